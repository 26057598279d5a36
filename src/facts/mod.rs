//! What others need to know of a text without its body: small, and kept for the whole site.

mod abbreviations;
pub mod concerns;
mod glossary;
mod placeholders;
mod quotations;
mod words;

pub use abbreviations::{Abbreviation, in_words};
pub use glossary::Glossary;
pub use placeholders::{MARK, is_placeholder};
pub use quotations::{Piece, Quotation, Token, tokens as quoted_tokens};
pub use words::Use;

use crate::markdown::{BlockKind, Body, Reference, Remark, number, page};
use concerns::{Concerns, Said};
use std::collections::BTreeSet;
use std::ops::Range;

/// What others need to know of a text.
#[derive(Debug, Default)]
pub struct Facts {
    /// Every id that a link can lead to: ids of blocks, block numbers, pages of a letter.
    pub anchors: BTreeSet<String>,
    /// Where it leads and what it shows, with byte ranges in the body's text.
    pub references: Vec<Reference>,
    /// What it says about whom it concerns.
    pub said: Vec<Said>,
    /// How many words it has.
    pub words: usize,
    /// The first use of each term of the glossary in each section.
    pub uses: Vec<Use>,
    /// The abbreviations that the glossary does not explain.
    pub abbreviations: Vec<Abbreviation>,
    /// What the parser noticed.
    pub remarks: Vec<Remark>,
    /// The comments, each with its place in the body's text.
    pub comments: Vec<(Range<usize>, String)>,
    /// Whether a reader sees anything of it.
    pub shows: bool,
    /// The blocks that are still to be written, in bytes of the body's text.
    pub placeholders: Vec<Range<usize>>,
    /// The quotations that say where they are from.
    pub quotations: Vec<Quotation>,
}

impl Facts {
    /// The facts of a body; `chapter` is its number where it is a chapter.
    pub fn of(body: &Body, chapter: Option<u32>, glossary: &Glossary) -> Facts {
        let ids = body.blocks.iter().filter_map(|block| block.id.clone());
        let numbers = number::numbers(body, chapter);
        let (uses, abbreviations) = words::read(body, &numbers, glossary);
        let numbers = numbers.into_iter().zip(&body.blocks).filter_map(|(number, block)| {
            // An item or a row has one element, so its own id takes the place of its number.
            let own = matches!(block.kind, BlockKind::Item | BlockKind::Row { .. }) && block.id.is_some();
            number.filter(|_| !own)
        });
        let pages = body.blocks.iter().filter_map(|block| match &block.kind {
            BlockKind::Comment(words) => page(words).map(|page| format!("page-{page}")),
            _ => None,
        });
        Facts {
            anchors: ids.chain(numbers).chain(pages).collect(),
            references: body.references.clone(),
            said: Concerns::of(body).said,
            words: body.word_count(),
            uses,
            abbreviations,
            remarks: body.remarks.clone(),
            comments: comments(body),
            shows: body.blocks.iter().any(|block| !block.is_invisible()),
            placeholders: placeholders::of(body),
            quotations: quotations::of(body),
        }
    }
}

fn comments(body: &Body) -> Vec<(Range<usize>, String)> {
    let comments = body.blocks.iter().filter_map(|block| match &block.kind {
        BlockKind::Comment(words) => Some((block.span.clone(), words.clone())),
        _ => None,
    });
    comments.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::{Dialect, parse};

    #[test]
    fn anchors_are_ids_numbers_and_pages() {
        let body = parse("## Costs\n\n<!-- page 2 -->\n\na {#x}\n\n- b {#y}\n- c\n", Dialect::Paper);
        let anchors: Vec<_> = Facts::of(&body, None, &Glossary::default()).anchors.into_iter().collect();
        assert_eq!(anchors, ["costs", "p1-1", "p1-2", "p1-2.2", "page-2", "x", "y"]);
    }

    #[test]
    fn links_have_their_place() {
        let facts = Facts::of(&parse("see [a](b.md) ![c](d.svg)\n", Dialect::Paper), None, &Glossary::default());
        let found: Vec<_> =
            facts.references.iter().map(|link| (link.target.as_str(), link.span.clone(), link.image)).collect();
        assert_eq!(found, [("b.md", 4..13, false), ("d.svg", 14..25, true)]);
    }
}
