//! Which drafts a draft follows.
//!
//! In: the drafts of a document with what their front matter asks for. Out: `follows` and `base` of every
//! draft: always drafts of earlier rounds that exist, `base` always one of `follows`, so that
//! whoever walks from draft to predecessor comes to an end.

use super::fields::Word;
use super::{Draft, DraftName, Status};
use crate::diag::{self, Diagnostic, Source, nearest};
use std::collections::BTreeMap;

/// What the front matter of a draft says about its predecessors.
#[derive(Debug, Default)]
pub(super) struct Wish {
    /// `follows`, where it is written.
    pub(super) follows: Option<Vec<Word>>,
    /// `base`, where it is written.
    pub(super) base: Option<Word>,
}

/// Fills in the predecessors of all drafts; those that were taken down may still be named, and are passed over.
pub(super) fn settle(
    drafts: &mut BTreeMap<DraftName, Draft>,
    wishes: &BTreeMap<DraftName, Wish>,
    gone: &[DraftName],
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut settled = Vec::new();
    for (name, draft) in drafts.iter() {
        let case = Case { name, source: &draft.text.source, drafts, gone };
        let wish = wishes.get(name);
        let follows = match wish.and_then(|wish| wish.follows.as_ref()) {
            Some(words) => case.named(words, &mut found),
            None => case.default(),
        };
        let base = wish.and_then(|wish| wish.base.as_ref()).and_then(|word| case.base(word, &follows, &mut found));
        settled.push((base.or_else(|| follows.first().cloned()), follows));
    }
    for (draft, (base, follows)) in drafts.values_mut().zip(settled) {
        (draft.base, draft.follows) = (base, follows);
    }
    found
}

struct Case<'a> {
    name: &'a DraftName,
    source: &'a Source,
    drafts: &'a BTreeMap<DraftName, Draft>,
    gone: &'a [DraftName],
}

impl Case<'_> {
    /// The draft of the nearest earlier round with the same option, else all of that round that were
    /// not discarded; a round that was discarded as a whole is passed over.
    fn default(&self) -> Vec<DraftName> {
        let mut round = self.name.round;
        loop {
            let earlier = self.drafts.keys().filter(|name| name.round < round).map(|name| name.round).max();
            let Some(found) = earlier else { return Vec::new() };
            round = found;
            let of_round = || self.drafts.values().filter(move |draft| draft.name.round == found);
            if let Some(same) = of_round().find(|draft| draft.name.option == self.name.option) {
                return vec![same.name.clone()];
            }
            let kept = of_round().filter(|draft| draft.status != Some(Status::Discarded));
            let kept: Vec<_> = kept.map(|draft| draft.name.clone()).collect();
            if !kept.is_empty() {
                return kept;
            }
        }
    }

    /// The drafts that `follows` names, each once.
    fn named(&self, words: &[Word], found: &mut Vec<Diagnostic>) -> Vec<DraftName> {
        let mut follows = Vec::new();
        for word in words.iter().filter(|word| !self.is_gone(word)) {
            match self.earlier(word, "follows") {
                Ok(name) if follows.contains(&name) => {}
                Ok(name) => follows.push(name),
                Err(finding) => found.push(*finding),
            }
        }
        follows
    }

    fn is_gone(&self, word: &Word) -> bool {
        DraftName::parse(&word.text).is_some_and(|name| self.gone.contains(&name))
    }

    fn base(&self, word: &Word, follows: &[DraftName], found: &mut Vec<Diagnostic>) -> Option<DraftName> {
        if self.is_gone(word) {
            return None;
        }
        match self.earlier(word, "base") {
            Ok(name) if follows.contains(&name) => Some(name),
            Ok(name) => {
                let message = format!("`base` is {name}, which {} does not follow", self.name);
                let names: Vec<_> = follows.iter().map(DraftName::to_string).collect();
                let hint = format!("name one of the drafts that it follows: {}", names.join(", "));
                let hint = if names.is_empty() { format!("add `follows: {name}`") } else { hint };
                found.push(self.finding(word, message).hint(hint));
                None
            }
            Err(finding) => {
                found.push(*finding);
                None
            }
        }
    }

    /// The draft of an earlier round that a word names.
    fn earlier(&self, word: &Word, key: &str) -> Result<DraftName, Box<Diagnostic>> {
        let name = DraftName::parse(&word.text).filter(|name| self.drafts.contains_key(name));
        let Some(name) = name else {
            let message = format!("`{key}` names `{}`, which is no draft of this document", word.text);
            return Err(Box::new(self.finding(word, message).hint(self.candidates(&word.text))));
        };
        if name == *self.name {
            let message = format!("`{key}` names the draft itself");
            return Err(Box::new(self.finding(word, message).hint(self.candidates(""))));
        }
        if name.round >= self.name.round {
            let message = format!("`{key}` names {name}, which is not of an earlier round than {}", self.name);
            return Err(Box::new(self.finding(word, message).hint(self.candidates(""))));
        }
        Ok(name)
    }

    fn finding(&self, word: &Word, message: String) -> Diagnostic {
        Diagnostic::at(&diag::FOLLOWS, self.source.place(word.range.clone()), message)
    }

    /// What could be named instead.
    fn candidates(&self, word: &str) -> String {
        let earlier = self.drafts.keys().filter(|name| name.round < self.name.round);
        let names: Vec<_> = earlier.map(DraftName::to_string).collect();
        match nearest(word.trim_end_matches(".md"), names.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None if names.is_empty() => "the first round follows nothing: remove the key".to_owned(),
            None => format!("drafts of earlier rounds are {}", names.join(", ")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{INDEX, draft, read};

    /// What a document makes of its drafts, each a name with front matter: `name: follows / base`, then findings.
    fn check(drafts: &[(&str, &str)], expected: &[&str]) {
        let drafts: Vec<_> = drafts
            .iter()
            .map(|(name, keys)| (format!("content/proposals/a/{name}.md"), format!("---\n{keys}\n---\n")))
            .collect();
        let mut files: Vec<_> = drafts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        files.push(("content/proposals/a/index.md", INDEX));
        let (archive, found) = read(&files);
        let document = archive.document("proposals", "a").expect("a document");
        let lines = document.drafts.values().filter(|draft| draft.name.round > 1).map(|draft| {
            let follows: Vec<_> = draft.follows.iter().map(ToString::to_string).collect();
            let base = draft.base.as_ref().map_or("-".to_owned(), ToString::to_string);
            format!("{}: {} / {base}", draft.name, follows.join(" "))
        });
        let found = found.iter().map(|line| line.trim_start_matches("proposals/a/").to_owned());
        let lines: Vec<_> = lines.chain(found).collect();
        let same =
            lines.len() == expected.len() && lines.iter().zip(expected).all(|(line, start)| line.starts_with(start));
        assert!(same, "expected {expected:#?}\nfound {lines:#?}");
    }

    const DISCARDED: &str = "status: discarded\nstatus_because: Too dear.";

    #[test]
    fn a_draft_follows_the_one_with_its_option_by_default() {
        check(&[("draft-1", ""), ("draft-2", "")], &["draft-2: draft-1 / draft-1"]);
        check(
            &[("draft-1-option-a", ""), ("draft-1-option-b", ""), ("draft-2-option-b", "")],
            &["draft-2-option-b: draft-1-option-b / draft-1-option-b"],
        );
        check(&[("draft-1", ""), ("draft-4", "")], &["draft-4: draft-1 / draft-1"]);
    }

    #[test]
    fn without_that_it_follows_all_that_were_not_discarded() {
        let options =
            [("draft-1-option-a", ""), ("draft-1-option-b", DISCARDED), ("draft-1-option-c", ""), ("draft-2", "")];
        check(&options, &["draft-2: draft-1-option-a draft-1-option-c / draft-1-option-a"]);
        check(
            &[("draft-1", ""), ("draft-2-option-a", DISCARDED), ("draft-3", "")],
            &["draft-2-option-a: draft-1 / draft-1", "draft-3: draft-1 / draft-1"],
        );
    }

    #[test]
    fn what_is_named_holds() {
        let options = |keys| [("draft-1-option-a", ""), ("draft-1-option-b", ""), ("draft-2", keys)];
        check(&options("follows: draft-1-option-b"), &["draft-2: draft-1-option-b / draft-1-option-b"]);
        check(
            &options("follows: [draft-1-option-b, draft-1-option-a]\nbase: draft-1-option-a"),
            &["draft-2: draft-1-option-b draft-1-option-a / draft-1-option-a"],
        );
        check(&options("base: draft-1-option-b"), &["draft-2: draft-1-option-a draft-1-option-b / draft-1-option-b"]);
        check(&options("follows: []"), &["draft-2:  / -"]);
    }

    #[test]
    fn a_name_that_is_no_earlier_draft_is_reported() {
        let two = |keys| [("draft-1", ""), ("draft-2", keys), ("draft-3", "")];
        let check = |keys, line| check(&two(keys), &["draft-2: ", "draft-3: draft-2 / draft-2", line]);
        check(
            "follows: drft-1",
            "draft-2.md:2:10 follows: `follows` names `drft-1`, which is no draft of this document; did you mean `draft-1`?",
        );
        check(
            "follows: draft-1.md",
            "draft-2.md:2:10 follows: `follows` names `draft-1.md`, which is no draft of this document; did you mean `draft-1`?",
        );
        check(
            "follows:\n  - draft-1\n  - other",
            "draft-2.md:4:5 follows: `follows` names `other`, which is no draft of this document; drafts of earlier rounds are draft-1",
        );
        check("follows: draft-2", "draft-2.md:2:10 follows: `follows` names the draft itself");
        check("follows: draft-3", "draft-2.md:2:10 follows: `follows` names draft-3, which is not of an earlier round");
        check("base: draft-3", "draft-2.md:2:7 follows: `base` names draft-3, which is not of an earlier round");
        check(
            "follows: []\nbase: draft-1",
            "draft-2.md:3:7 follows: `base` is draft-1, which draft-2 does not follow; add `follows: draft-1`",
        );
    }

    #[test]
    fn the_first_round_follows_nothing() {
        let (archive, found) = read(&[
            ("content/proposals/a/index.md", INDEX),
            ("content/proposals/a/draft-1.md", "---\nfollows: draft-0\n---\n"),
        ]);
        assert_eq!(archive.document("proposals", "a").and_then(|a| a.drafts[&draft("draft-1")].base.clone()), None);
        assert!(found.len() == 1 && found[0].ends_with("the first round follows nothing: remove the key"), "{found:?}");
    }
}
