//! What a search looks through: the visible texts of a site, page by page, with what tells them apart.
//!
//! In: a [`World`]. Out: a [`Searched`] for every document, draft, chapter, letter, update and page, in the
//! order of the site, and its words piece by piece. Comparisons, rounds and lists repeat these texts and
//! are left out, and so are the pages with all chapters. The ids are those that the pages themselves have.

use super::cards::Cards;
use super::view::Day;
use super::world::World;
use crate::config::Kind;
use crate::markdown::{Block, BlockKind, number, token};
use crate::paper::{Document, Draft, Text};
use crate::path::Address;
use crate::routes::{DocumentKey, Route};

/// A page as a search sees it.
#[derive(Clone, Debug)]
pub struct Searched<'a> {
    /// Where it stands.
    pub address: Address,
    /// What it is called: of a chapter its own title.
    pub title: String,
    /// Of a chapter, the title of its document.
    pub document: Option<String>,
    /// Which draft it is: `Draft 2, option A`; none of documents and lone files.
    pub draft: Option<String>,
    /// When it was published.
    pub date: Option<Day>,
    /// What sort of paper it is.
    pub kind: Kind,
    /// Whether a newer draft has taken its place, or the draft was laid aside for another option.
    pub earlier: bool,
    /// The state of its round: `open`, `closed`, …; none where it has no dates.
    pub state: Option<&'static str>,
    /// What is said above its text: summaries, the change note.
    above: Vec<&'a str>,
    /// Its text, with its number where it is a chapter.
    text: Option<(&'a Text, Option<u32>)>,
}

/// A heading or a block of a page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Piece {
    /// The id of its element, where it has one.
    pub id: Option<String>,
    /// The level of a heading.
    pub level: Option<u8>,
    /// Its words; empty where they stand in the pieces that follow.
    pub words: String,
}

impl World {
    /// All that a search may find, in the order of the site.
    pub fn searched(&self) -> Vec<Searched<'_>> {
        let documents = self.site().documents().flat_map(|document| match document.lone {
            true => self.lone(document, Route::Document(DocumentKey::of(document))).into_iter().collect(),
            false => self.drafted(document),
        });
        let pages = self.site().pages().flat_map(|page| self.lone(page, Route::Page(DocumentKey::of(page))));
        documents.chain(pages).collect()
    }

    /// The words of a page, in their order.
    pub fn pieces(&self, page: &Searched) -> Vec<Piece> {
        let above = page.above.iter().map(|words| Piece { words: (*words).to_owned(), ..Piece::default() });
        let mut pieces: Vec<_> = above.collect();
        let Some((text, chapter)) = page.text else { return pieces };
        let body = self.body(text);
        let lowered = body.headings().any(|(_, level, _)| level == 1);
        let numbers = number::numbers(&body, chapter);
        let shown = body.blocks.iter().zip(numbers).filter(|(block, _)| !block.is_invisible());
        let shown = shown.map(|(block, number)| piece(block, number, lowered));
        pieces.extend(shown.filter(|piece| piece.id.is_some() || !piece.words.is_empty()));
        pieces
    }

    /// A document in one file.
    fn lone<'a>(&'a self, document: &'a Document, route: Route) -> Option<Searched<'a>> {
        let draft = document.drafts.values().next()?;
        let page = self.draft_page(document, draft);
        let date = document.date.map(|date| self.day(date)).or(page.date).filter(|_| document.kind != Kind::Page);
        Some(Searched { address: route.address(), draft: None, date, ..page })
    }

    /// A document with drafts, and all of them.
    fn drafted<'a>(&'a self, document: &'a Document) -> Vec<Searched<'a>> {
        let key = DocumentKey::of(document);
        let mut pages = vec![self.document_page(document)];
        for draft in document.drafts.values() {
            let page = self.draft_page(document, draft);
            let chapters = draft.chapters.iter().map(|chapter| Searched {
                address: Route::Chapter(key.clone(), draft.name.clone(), chapter.name.clone()).address(),
                title: chapter.title.clone(),
                document: Some(document.title.clone()),
                above: Vec::new(),
                text: Some((&chapter.text, Some(chapter.number))),
                ..page.clone()
            });
            let chapters: Vec<_> = chapters.collect();
            pages.push(page);
            pages.extend(chapters);
        }
        pages
    }

    fn document_page<'a>(&self, document: &'a Document) -> Searched<'a> {
        let at = Route::Document(DocumentKey::of(document)).address();
        Searched {
            title: document.title.clone(),
            document: None,
            draft: None,
            date: None,
            kind: document.kind,
            earlier: false,
            state: Cards { world: self, at: &at }.newest_state(document).map(|state| kept(state.name)),
            above: vec![&document.summary],
            text: document.index.as_ref().map(|text| (text, None)),
            address: at,
        }
    }

    /// The page of a draft, with what is said of it above its text.
    fn draft_page<'a>(&self, document: &'a Document, draft: &'a Draft) -> Searched<'a> {
        let at = Route::Draft(DocumentKey::of(document), draft.name.clone()).address();
        let published = draft.published.filter(|_| !self.site().is_unpublished(document, draft));
        let above = [&draft.title, &draft.summary, &draft.note];
        Searched {
            title: document.title.clone(),
            document: None,
            draft: Some(self.label(&draft.name)),
            date: published.map(|moment| self.day(moment.day)),
            kind: document.kind,
            earlier: !document.newest().any(|newest| newest.name == draft.name),
            state: Cards { world: self, at: &at }.state(document, draft).map(|state| kept(state.name)),
            above: above.into_iter().flatten().map(String::as_str).collect(),
            text: Some((&draft.text, None)),
            address: at,
        }
    }
}

/// A block with the id of its element. A box with the number is around each block at the top; items and
/// rows have one element, and their own id takes the place of the number.
fn piece(block: &Block, number: Option<String>, lowered: bool) -> Piece {
    let (level, id) = match &block.kind {
        BlockKind::Heading { level, .. } => (Some((level + u8::from(lowered)).min(6)), block.id.clone()),
        BlockKind::Item | BlockKind::Row { .. } => (None, block.id.clone().or(number)),
        BlockKind::Note(name) => (None, Some(format!("note.{}", token(name)))),
        _ => (None, number.or_else(|| block.id.clone())),
    };
    Piece { id, level, words: block.words() }
}

/// The state of a round as readers look for it: what became of its replies is not asked.
fn kept(state: &'static str) -> &'static str {
    if matches!(state, "late" | "answered") { "closed" } else { state }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::{Memo, Options};
    use crate::tree::Tree;
    use std::sync::Arc;

    const FILES: [(&str, &str); 9] = [
        (
            "site.toml",
            "title = \"Papers\"\nbase_url = \"https://example.org\"\naudiences = [\"board\"]\n[rules]\naccessibility-statement = \"off\"\n",
        ),
        ("content/index.md", "---\ntitle: Papers\nsummary: S.\n---\n\nWelcome.\n"),
        ("content/pages/about.md", "---\ntitle: About\nsummary: S.\n---\n\nWho we are.\n"),
        (
            "content/proposals/hubs/index.md",
            "---\ntitle: Hubs\nsummary: Fewer hubs.\nrounds:\n  - round: 1\n    closes: 2021-08-31\n  - round: 2\n    closes: 2021-10-08\n  - round: 3\n    closes: 2021-11-30\n---\n",
        ),
        (
            "content/proposals/hubs/draft-1.md",
            "---\npublished: 2021-08-05\n---\n\n## Costs {#money}\n\nForty.\n\n- one\n- two {#two}\n",
        ),
        (
            "content/proposals/hubs/draft-2.md",
            "---\npublished: 2021-09-14\nnote: Cheaper now.\n---\n\nA line.[^n] <!-- unseen -->\n\n| a |\n|---|\n| b |\n\n[^n]: The note.\n\n<!-- unseen too -->\n",
        ),
        ("content/proposals/hubs/draft-3.md", "---\npublished: 2021-11-02\nnote: N.\n---\n\nComing.\n"),
        (
            "content/letters/2021-09-20-reply.md",
            "---\ntitle: Reply\nsummary: S.\nfrom: A\nto: [B]\ndate: 2021-09-20\npublished: 2021-09-20\n---\n\nDear B.\n",
        ),
        (
            "content/letters/2021-09-21-secret.md",
            "---\ntitle: Secret\nsummary: S.\nfrom: A\nto: [B]\ndate: 2021-09-21\npublished: 2021-09-21\nvisible_to: [board]\n---\n\nHushed.\n",
        ),
    ];

    fn world(audience: Option<&str>) -> World {
        let tree: Tree = FILES.into_iter().collect();
        let at = "2021-10-01T12:00:00Z".parse().unwrap();
        let audience = audience.map(str::to_owned);
        let options = Options { audience, ..Options::public(at) };
        let outcome = World::read(&tree, &options, &Arc::<Memo>::default());
        assert!(outcome.found.is_empty(), "{:#?}", outcome.found);
        outcome.world.unwrap()
    }

    fn page<'a>(world: &'a World, address: &str) -> Searched<'a> {
        world.searched().into_iter().find(|page| page.address.as_str() == address).unwrap()
    }

    /// The pieces of a page: id, then words.
    fn pieces(world: &World, address: &str) -> Vec<String> {
        let pieces = world.pieces(&page(world, address)).into_iter();
        pieces
            .map(|piece| format!("{} {}", piece.id.unwrap_or("-".into()), piece.words).trim_end().to_owned())
            .collect()
    }

    #[test]
    fn every_text_stands_in_one_page_and_no_list_or_comparison_does() {
        let world = world(None);
        let addresses: Vec<_> = world.searched().iter().map(|page| page.address.to_string()).collect();
        let hubs = ["", "draft-1/", "draft-2/"].map(|below| format!("/proposals/hubs/{below}"));
        let lone = ["/letters/2021-09-20-reply/", "/about/"].map(str::to_owned);
        assert_eq!(addresses, [&lone[..1], &hubs, &lone[1..]].concat());
    }

    #[test]
    fn what_is_withheld_or_not_out_yet_is_not_found() {
        let words = |world: &World| {
            let pages = world.searched();
            pages.iter().flat_map(|page| world.pieces(page)).map(|piece| piece.words).collect::<String>()
        };
        let (public, board) = (words(&world(None)), words(&world(Some("board"))));
        for unseen in ["Coming", "Hushed", "unseen"] {
            assert!(!public.contains(unseen), "{unseen}");
        }
        assert!(board.contains("Hushed") && !board.contains("Coming"));
    }

    #[test]
    fn words_have_the_ids_that_the_page_has() {
        let world = world(None);
        assert_eq!(pieces(&world, "/proposals/hubs/"), ["- Fewer hubs."]);
        let first = ["money Costs", "p1-1 Forty.", "p1-2", "p1-2.1", "- one", "two", "- two"];
        assert_eq!(pieces(&world, "/proposals/hubs/draft-1/"), first);
        let second = ["- Cheaper now.", "p1 A line.", "p2", "- a", "p2.1", "- b", "note.n", "- The note."];
        assert_eq!(pieces(&world, "/proposals/hubs/draft-2/"), second);
    }

    #[test]
    fn a_page_says_which_draft_it_is_and_how_its_round_stands() {
        let world = world(None);
        let check = |address: &str, draft: Option<&str>, earlier: bool, state: Option<&str>, date: Option<&str>| {
            let page = page(&world, address);
            let date_of = page.date.as_ref().map(|date| date.iso.as_str());
            assert_eq!(
                (page.draft.as_deref(), page.earlier, page.state, date_of),
                (draft, earlier, state, date),
                "{address}"
            );
        };
        check("/proposals/hubs/", None, false, Some("open"), None);
        check("/proposals/hubs/draft-1/", Some("Draft 1"), true, Some("closed"), Some("2021-08-05"));
        check("/proposals/hubs/draft-2/", Some("Draft 2"), false, Some("open"), Some("2021-09-14"));
        check("/letters/2021-09-20-reply/", None, false, None, Some("2021-09-20"));
        check("/about/", None, false, None, None);
    }
}
