//! What is there before a new draft: the drafts that it follows, and the rounds of its document.
//!
//! In: the files of a document, and the name of the new draft. Out: lines for its front matter that name the real
//! drafts, where it could follow several, and whether its round is still to be announced.

use crate::config::Config;
use crate::paper::{Archive, Document, Draft, DraftName, Step};
use crate::path::SitePath;
use crate::tree::{File, Tree};
use std::sync::Arc;

/// A document as it is with the new draft.
pub(super) struct Before {
    document: Option<Arc<Document>>,
    name: DraftName,
}

impl Before {
    /// Reads the document of a folder alone, with an empty draft of that name.
    pub(super) fn read(tree: &Tree, config: &Config, folder: &SitePath, name: &DraftName) -> Before {
        let mut own = Tree::default();
        tree.below(folder).for_each(|(path, file)| own.insert(path.clone(), file.clone()));
        own.insert(folder.join(&format!("{name}.md")), File::new("---\n---\n"));
        let (archive, _) = Archive::read(&own, config);
        let document = archive.documents.into_values().find(|document| document.folder == *folder);
        Before { document, name: name.clone() }
    }

    /// Lines for a draft that begins with the text of `from`: empty where it can follow one draft only.
    pub(super) fn lineage(&self, from: &DraftName) -> String {
        let Some((document, draft)) = self.draft() else { return String::new() };
        let round = draft.follows.first().map_or(0, |first| first.round);
        let all: Vec<_> = document.round(round).map(|draft| &draft.name).collect();
        let (Some(base), true) = (&draft.base, all.len() > 1) else { return String::new() };
        let from_another = from != base && draft.follows.contains(from);
        let (mark, base) = if from_another { ("", from) } else { ("# ", base) };
        format!(
            "# It follows {}; what changed is counted from {base}. Where it is to follow\n\
             # others of round {round}, or changes are to be counted from another, say so:\n\
             # follows: [{}]\n{mark}base: {base}\n",
            listed(draft.follows.iter(), " and "),
            listed(all.into_iter(), ", "),
        )
    }

    /// The file in which the round of the draft is still to be announced; none where it is.
    pub(super) fn unannounced(&self) -> Option<&SitePath> {
        let index = self.document.as_ref()?.index.as_ref()?;
        let round = self.name.round.to_string();
        let way = [Step::Key("rounds"), Step::Entry("round", round), Step::Key("round")];
        index.place_of(&way).is_none().then(|| index.path())
    }

    fn draft(&self) -> Option<(&Document, &Draft)> {
        let document = self.document.as_ref()?;
        Some((document, document.drafts.get(&self.name)?))
    }
}

fn listed<'n>(names: impl Iterator<Item = &'n DraftName>, between: &str) -> String {
    names.map(DraftName::to_string).collect::<Vec<_>>().join(between)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OPTIONS: [(&str, &str); 3] = [("draft-1", ""), ("draft-2-option-a", ""), ("draft-2-option-b", "")];

    fn before(drafts: &[(&str, &str)], name: &str) -> Before {
        let path = |name: &str| format!("content/proposals/a/{name}.md");
        let text = |keys: &str| format!("---\n{keys}\n---\n");
        let drafts = drafts.iter().map(|(name, keys)| (path(name), text(keys)));
        let index = (path("index"), text("title: A\nsummary: B\nrounds: [{round: 1}]"));
        let files: Vec<_> = drafts.chain([index]).collect();
        let tree: Tree = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let folder = SitePath::new("content/proposals/a");
        Before::read(&tree, &Config::default(), &folder, &DraftName::parse(name).unwrap())
    }

    #[track_caller]
    fn check(drafts: &[(&str, &str)], name: &str, from: &str, expected: &[&str]) {
        let lines = before(drafts, name).lineage(&DraftName::parse(from).unwrap());
        for line in expected {
            assert!(lines.contains(line), "{line}\n{lines}");
        }
        assert_eq!(lines.is_empty(), expected.is_empty(), "{lines}");
    }

    #[test]
    fn the_drafts_that_it_could_follow_are_named() {
        let both = "# follows: [draft-2-option-a, draft-2-option-b]\n";
        let follows = "follows draft-2-option-a and draft-2-option-b; what changed is counted from draft-2-option-a.";
        check(&OPTIONS, "draft-3", "draft-2-option-a", &[both, follows, "\n# base: draft-2-option-a\n"]);
        check(&OPTIONS, "draft-3-option-b", "draft-2-option-b", &[both, "follows draft-2-option-b; ", "\n# base"]);
        check(&OPTIONS, "draft-3-option-c", "draft-2-option-a", &[both, follows]);
        check(&OPTIONS, "draft-2-option-c", "draft-2-option-a", &[]);
        check(&OPTIONS[..1], "draft-2", "draft-1", &[]);
    }

    #[test]
    fn changes_are_counted_from_the_draft_that_it_begins_with() {
        let drafts = [("draft-1-option-a", "status: rejected"), ("draft-1-option-b", "")];
        check(
            &drafts,
            "draft-2",
            "draft-1-option-b",
            &["counted from draft-1-option-b.", "]\nbase: draft-1-option-b\n"],
        );
    }

    #[test]
    fn a_round_that_is_not_announced_is_known() {
        let path = |name: &str| before(&[], name).unannounced().map(ToString::to_string);
        assert_eq!(path("draft-1"), None);
        assert_eq!(path("draft-2").as_deref(), Some("content/proposals/a/index.md"));
    }
}
