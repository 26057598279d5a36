//! What stands between a draft and its publication.
//!
//! In: a site with drafts that are not out yet, the address of a page, and what was found in the site. Out: of a page
//! of such a draft, the day on which it comes out, and everything that is still to be done before it can.

use super::world::World;
use crate::config::Kind;
use crate::diag::{Diagnostic, Place};
use crate::paper::{Document, Draft, Step, Text};
use crate::path::{Address, SitePath};
use crate::routes::{DocumentKey, Route};

/// What stands between a draft and its publication.
#[derive(Clone, Debug)]
pub struct Ahead {
    /// `Draft 3`; of a lone file, the title.
    pub name: String,
    /// When it comes out, as it is written: `2021-08-05`.
    pub comes: Option<String>,
    /// What is not there yet, each with its place.
    pub missing: Vec<(String, Place)>,
    /// What was found in its files.
    pub found: Vec<Diagnostic>,
}

impl Ahead {
    /// How many things there are to do.
    pub fn count(&self) -> usize {
        self.missing.len() + self.found.len()
    }
}

impl World {
    /// What stands between the draft that a page shows and its publication; none of other pages, and of a draft that
    /// is published.
    pub fn ahead(&self, page: &Address, found: &[Diagnostic]) -> Option<Ahead> {
        let (document, draft) = self.draft_of(page)?;
        if !self.site().is_unpublished(document, draft) {
            return None;
        }
        let files = files(document, draft);
        let is_of = |finding: &&Diagnostic| finding.place.as_ref().is_some_and(|place| files.contains(&&place.file));
        Some(Ahead {
            name: if document.lone { document.title.clone() } else { draft.name.label() },
            comes: draft.published.map(|published| published.day.to_string()),
            missing: missing(document, draft),
            found: found.iter().filter(is_of).cloned().collect(),
        })
    }

    /// What a draft needs for its readers that no rule asks for, each with its place.
    pub fn lacking(&self, document: &Document, draft: &Draft) -> Vec<(String, Place)> {
        missing(document, draft)
    }

    /// The files that a page is made of; none where that cannot be told from its address.
    pub fn files_of(&self, page: &Address) -> Option<Vec<&SitePath>> {
        if let Some((document, draft)) = self.draft_of(page) {
            return Some(files(document, draft));
        }
        let key = match self.routes().get(page)? {
            Route::Page(key) | Route::Document(key) | Route::Round(key, _) | Route::Latest(key) => key,
            Route::Comparison(key, ..) | Route::ComparedChapter(key, ..) | Route::DocumentFeed(key) => key,
            Route::Front => return Some(self.site().front()?.drafts.values().map(|own| own.text.path()).collect()),
            _ => return Some(Vec::new()),
        };
        let document = self.site().document(&key.section, &key.name)?;
        let mut files: Vec<_> = document.index.iter().map(Text::path).collect();
        document.drafts.values().for_each(|draft| files.extend(texts(draft)));
        Some(files)
    }

    /// The draft that a page shows, or a chapter of it.
    fn draft_of(&self, page: &Address) -> Option<(&Document, &Draft)> {
        let document = |key: &DocumentKey| self.site().document(&key.section, &key.name);
        match self.routes().get(page)? {
            Route::Draft(key, name) | Route::All(key, name) | Route::Chapter(key, name, _) => {
                let document = document(key)?;
                Some((document, document.drafts.get(name)?))
            }
            Route::Document(key) => {
                let document = document(key).filter(|document| document.lone)?;
                Some((document, document.drafts.values().next()?))
            }
            _ => None,
        }
    }
}

fn texts(draft: &Draft) -> impl Iterator<Item = &SitePath> {
    std::iter::once(draft.text.path()).chain(draft.chapters.iter().map(|chapter| chapter.text.path()))
}

/// The files that hold a draft, and what holds for its document.
fn files<'d>(document: &'d Document, draft: &'d Draft) -> Vec<&'d SitePath> {
    texts(draft).chain(document.index.iter().map(Text::path)).collect()
}

/// What a draft needs for its readers that no rule asks for before it is out.
fn missing(document: &Document, draft: &Draft) -> Vec<(String, Place)> {
    let mut missing = Vec::new();
    let mut add = |text: &Text, way: &[Step], words: &str| {
        let place = text.place_of(way).unwrap_or_else(|| text.source.place(0..0));
        missing.push((words.to_owned(), place));
    };
    if draft.published.is_none() {
        add(&draft.text, &[], "write `published`, the day on which it comes out");
    }
    if !draft.follows.is_empty() && draft.note.is_none() {
        add(&draft.text, &[], "write `note`: what is new, and why, for those who read the last draft");
    }
    let round = document.rounds.get(&draft.name.round);
    let asks = matches!(document.kind, Kind::Proposal | Kind::Strategy) && !document.lone && draft.status.is_none();
    if asks && round.is_none_or(|round| round.closes.is_none()) {
        let text = document.index.as_ref().unwrap_or(&draft.text);
        add(text, &[Step::Key("rounds")], "say in `rounds` until when its readers can reply (`closes`)");
    }
    missing
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::{Memo, Options};
    use crate::tree::Tree;
    use std::sync::Arc;

    const INDEX: &str = "---\ntitle: Hubs\nsummary: S\nrounds:\n  - {round: 1, closes: 2021-02-01}\n---\n";

    fn ahead(page: &str) -> Option<(String, Option<String>, Vec<String>, usize)> {
        let tree: Tree = [
            ("site.toml", "title = \"T\"\n"),
            ("content/proposals/hubs/index.md", INDEX),
            ("content/proposals/hubs/draft-1.md", "---\npublished: 2020-12-01\n---\n\nWords.\n"),
            ("content/proposals/hubs/draft-2.md", "---\nsummary: S\n---\n\nThe ICB.\n"),
            (
                "content/proposals/hubs/draft-3.md",
                "---\npublished: 2021-03-01\nnote: N\nstatus: final\n---\n\nWords.\n",
            ),
        ]
        .into_iter()
        .collect();
        let options = Options { unpublished: true, ..Options::public("2021-01-01T00:00:00Z".parse().unwrap()) };
        let outcome = World::read(&tree, &options, &Arc::new(Memo::default()));
        let ahead = outcome.world.unwrap().ahead(&Address::new(page), &outcome.found)?;
        let missing = ahead.missing.iter().map(|(words, place)| {
            let word = words.split('`').nth(1).unwrap_or_default();
            format!("{word} {}:{}", place.file.name(), place.line)
        });
        Some((ahead.name.clone(), ahead.comes.clone(), missing.collect(), ahead.count()))
    }

    #[test]
    fn what_a_draft_lacks_is_counted_with_its_place() {
        let missing = ["published draft-2.md:1", "note draft-2.md:1", "rounds index.md:4"].map(str::to_owned).to_vec();
        assert_eq!(ahead("/proposals/hubs/draft-2/"), Some(("Draft 2".to_owned(), None, missing, 4)));
        let comes = Some("2021-03-01".to_owned());
        assert_eq!(ahead("/proposals/hubs/draft-3/"), Some(("Draft 3".to_owned(), comes, Vec::new(), 0)));
    }

    #[test]
    fn nothing_stands_before_what_is_out() {
        for page in ["/proposals/hubs/draft-1/", "/proposals/hubs/", "/proposals/hubs/changes/draft-1/draft-2/", "/"] {
            assert_eq!(ahead(page), None, "{page}");
        }
    }
}
