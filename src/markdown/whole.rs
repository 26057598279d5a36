//! Several texts as one body: a draft with all its chapters.
//!
//! Blocks of all parts lie in one [`Body`], so that what goes from one chapter to another can be seen to
//! go there. A footnote of a chapter has the chapter's name before its own, parted by [`PARTED`].

use super::body::{Block, BlockKind, Body, Inline, Ix, Wrap};
use super::raw::tags::retarget;
use std::ops::Range;
use std::sync::Arc;

/// What stands between the name of a chapter and that of one of its notes.
pub const PARTED: char = '\u{1f}';

/// A text in parts.
#[derive(Clone, Debug, Default)]
pub struct Whole {
    /// All blocks.
    pub body: Arc<Body>,
    /// The parts, in the order of the text; the first are the words above the chapters.
    pub parts: Vec<Part>,
}

/// A part of a text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Part {
    /// The name of the chapter; empty of the words above all chapters.
    pub name: String,
    /// The chapter's number.
    pub number: Option<u32>,
    /// Whether its headings stand a level lower than in its own file.
    pub lowered: bool,
    /// Its blocks.
    pub blocks: Range<Ix>,
}

/// A chapter that becomes part of a whole.
#[derive(Clone, Copy, Debug)]
pub struct Chapter<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its number.
    pub number: u32,
    /// Its title.
    pub title: &'a str,
    /// Its file, in the folder of the words above it.
    pub file: &'a str,
    /// Its text.
    pub body: &'a Body,
}

impl Whole {
    /// A text in one part.
    pub fn of(body: Arc<Body>) -> Whole {
        let parts = vec![Part { name: String::new(), number: None, lowered: false, blocks: 0..body.blocks.len() }];
        Whole { body, parts }
    }

    /// Parts that each have a page: every block is as it stands in its own file.
    pub fn in_chapters(opening: &Body, chapters: &[Chapter]) -> Whole {
        let mut whole = Builder::default();
        whole.part("", None, opening, None);
        chapters.iter().for_each(|own| whole.part(own.name, Some(own.number), own.body, None));
        whole.finish()
    }

    /// All parts on one page: every chapter below a heading with its title, its own headings a level
    /// lower, its ids behind its name, its links to places within it naming its file.
    pub fn on_one_page(opening: &Body, chapters: &[Chapter]) -> Whole {
        let mut whole = Builder::default();
        whole.part("", None, opening, None);
        for own in chapters {
            whole.body.blocks.push(title(own));
            whole.part(own.name, Some(own.number), own.body, Some(own));
        }
        whole.finish()
    }

    /// The part that a block lies in.
    pub fn part_of(&self, ix: Ix) -> Option<usize> {
        self.parts.iter().position(|part| part.blocks.contains(&ix))
    }

    /// The part of that name.
    pub fn part(&self, name: &str) -> Option<usize> {
        self.parts.iter().position(|part| part.name == name)
    }
}

/// The id of the heading above a chapter that shares a page with others.
pub fn chapter_id(name: &str) -> String {
    format!("chapter.{name}")
}

/// What the ids of a chapter begin with where it shares a page with others.
pub fn chapter_prefix(name: &str) -> String {
    if name.is_empty() { String::new() } else { format!("{name}.") }
}

#[derive(Default)]
struct Builder {
    body: Body,
    parts: Vec<Part>,
}

impl Builder {
    fn part(&mut self, name: &str, number: Option<u32>, body: &Body, below: Option<&Chapter>) {
        let start = self.body.blocks.len();
        let qualified = |note: &str| if name.is_empty() { note.to_owned() } else { format!("{name}{PARTED}{note}") };
        for block in &body.blocks {
            let mut block = block.clone();
            if let BlockKind::Note(note) = &mut block.kind {
                *note = qualified(note);
            }
            for inline in &mut block.inlines {
                if let Inline::NoteRef(note) = inline {
                    *note = qualified(note);
                }
            }
            below.iter().for_each(|chapter| lower(&mut block, chapter));
            self.body.blocks.push(block);
        }
        for note in &body.notes {
            let place = (self.body.notes.len(), body.note(note).map(|ix| start + ix));
            self.body.note_places.insert(qualified(note), place);
            self.body.notes.push(qualified(note));
        }
        let blocks = start..self.body.blocks.len();
        self.parts.push(Part { name: name.to_owned(), number, lowered: below.is_some(), blocks });
    }

    fn finish(self) -> Whole {
        Whole { body: Arc::new(self.body), parts: self.parts }
    }
}

/// The heading with the title of a chapter.
fn title(chapter: &Chapter) -> Block {
    Block {
        kind: BlockKind::Heading { level: 2, explicit: true, attrs: vec![("class", "chapter-title".to_owned())] },
        size: 1,
        id: Some(chapter_id(chapter.name)),
        span: 0..0,
        inlines: vec![Inline::Text(chapter.title.to_owned())],
    }
}

/// Makes a block of a chapter one of a page that the chapter shares with others.
fn lower(block: &mut Block, chapter: &Chapter) {
    let target = |target: &str| match target.strip_prefix('#') {
        Some(id) => format!("{}#{id}", chapter.file),
        None => target.to_owned(),
    };
    if let Some(id) = &mut block.id {
        *id = format!("{}{id}", chapter_prefix(chapter.name));
    }
    match &mut block.kind {
        BlockKind::Heading { level, .. } => *level = (*level + 1).min(6),
        BlockKind::Html(html) => *html = retarget(html, |written, _| target(written)),
        _ => {}
    }
    for inline in &mut block.inlines {
        match inline {
            Inline::Open(Wrap::Link { href, .. }) => *href = target(href),
            Inline::Open(Wrap::Html { attrs, .. }) => {
                attrs.iter_mut().filter(|(name, _)| *name == "href").for_each(|(_, value)| *value = target(value));
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::{Dialect, parse};

    fn chapter<'a>(name: &'a str, number: u32, body: &'a Body) -> Chapter<'a> {
        Chapter { name, number, title: "Money", file: "02-money.md", body }
    }

    #[test]
    fn blocks_of_all_parts_lie_in_one_body() {
        let (opening, money) =
            (parse("a[^x]\n\n[^x]: n\n", Dialect::Paper), parse("b[^x]\n\n[^x]: m\n", Dialect::Paper));
        let whole = Whole::in_chapters(&opening, &[chapter("money", 2, &money)]);
        assert_eq!(whole.body.notes, ["x".to_owned(), format!("money{PARTED}x")]);
        let note = whole.body.note(&whole.body.notes[1]).unwrap();
        assert_eq!((whole.body.words(note), whole.part_of(note)), ("m".to_owned(), Some(1)));
    }

    #[test]
    fn on_one_page_nothing_has_the_id_of_another() {
        let (opening, money) =
            (parse("## Costs\n", Dialect::Paper), parse("## Costs\n\nsee [there](#costs) {#x}\n", Dialect::Paper));
        let whole = Whole::on_one_page(&opening, &[chapter("money", 2, &money)]);
        let ids: Vec<_> = whole.body.blocks.iter().filter_map(|block| block.id.as_deref()).collect();
        assert_eq!(ids, ["costs", "chapter.money", "money.costs", "money.x"]);
        let link = Wrap::Link { href: "02-money.md#costs".to_owned(), title: String::new() };
        assert!(whole.body.blocks[3].inlines.contains(&Inline::Open(link)));
        assert_eq!(whole.body.headings().map(|(_, level, _)| level).collect::<Vec<_>>(), [2, 2, 3]);
    }
}
