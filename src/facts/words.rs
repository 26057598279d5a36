//! The words of a body that a glossary explains, and the abbreviations that it does not.
//!
//! In: a body with the numbers of its blocks, and a [`Glossary`]. Out: the first use of each term in each
//! section, and every abbreviation that no term covers. A section begins at a heading of level 2, as block
//! numbers do. A use lies in words of one formatting, and never in a heading, a link, code, an image or raw
//! HTML.

use super::abbreviations::{self, Abbreviation};
use super::glossary::{Found, Glossary, spans};
use crate::markdown::{Block, BlockKind, Body, Inline, Ix, Spot, Wrap, number, token};
use std::ops::Range;

/// The first use of a term in a section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// The place of the term in the glossary.
    pub term: usize,
    /// The leaf that it stands in.
    pub ix: Ix,
    /// Where it begins.
    pub from: Spot,
    /// Where it ends.
    pub to: Spot,
    /// The id of the nearest thing around it that a link can lead to.
    pub anchor: String,
    /// The number of the block around it; none in a note.
    pub number: Option<String>,
}

/// What the elements are called whose words are code, or are explained where they stand.
const NO_WORDS: &[&str] = &["abbr", "code", "kbd", "samp", "var"];

/// What stands in the text of a leaf for code, images and references: no word.
const ATOM: &str = "\u{fffc}";

/// Looks a body through.
pub(super) fn read(body: &Body, numbers: &[Option<String>], glossary: &Glossary) -> (Vec<Use>, Vec<Abbreviation>) {
    let (mut uses, mut abbreviations) = (Vec::new(), Vec::new());
    let mut met: Vec<usize> = Vec::new();
    let mut leaf = Leaf::default();
    for (root, top) in body.roots() {
        if matches!(top.kind, BlockKind::Heading { level: number::SECTION, .. }) {
            met.clear();
        }
        for (ix, block) in (root..).zip(body.subtree(root)).filter(|(_, block)| !block.inlines.is_empty()) {
            leaf.read(block, glossary);
            for (span, term) in leaf.found.iter().filter(|_| is_marked(block)) {
                let Some((from, to)) = leaf.spots(span).filter(|_| !met.contains(term)) else { continue };
                let (anchor, number) = place(body, numbers, root..ix + 1);
                uses.push(Use { term: *term, ix, from, to, anchor, number });
                met.push(*term);
            }
            abbreviations::of_leaf(&leaf, &block.span, &mut abbreviations);
        }
    }
    (uses, abbreviations)
}

fn is_marked(block: &Block) -> bool {
    !matches!(block.kind, BlockKind::Heading { .. } | BlockKind::Figure)
}

/// The innermost of the blocks around a leaf that has an id, with its number.
fn place(body: &Body, numbers: &[Option<String>], down: Range<Ix>) -> (String, Option<String>) {
    let leaf = down.end - 1;
    for ix in down.rev().filter(|ix| body.end(*ix) > leaf) {
        let (Some(block), number) = (body.blocks.get(ix), numbers.get(ix).cloned().flatten()) else { continue };
        let part = matches!(block.kind, BlockKind::Item | BlockKind::Row { .. });
        match (&block.kind, number, &block.id) {
            (BlockKind::Note(name), ..) => return (format!("note.{}", token(name)), None),
            (_, Some(number), Some(id)) if part => return (id.clone(), Some(number)),
            (_, Some(number), _) => return (number.clone(), Some(number)),
            _ => {}
        }
    }
    (String::new(), None)
}

/// The text of a leaf, with what was found in it.
#[derive(Default)]
pub(super) struct Leaf {
    /// What its inlines hold, laid end to end.
    pub(super) text: String,
    /// Its words.
    pub(super) words: Vec<Range<usize>>,
    /// Every term in it: where, and its place in the glossary.
    pub(super) found: Vec<(Range<usize>, usize)>,
    pieces: Vec<Piece>,
}

/// A stretch of the text that comes from one inline.
struct Piece {
    span: Range<usize>,
    inline: usize,
    /// How many tags and atoms stand before it: pieces of one number have nothing between them.
    group: usize,
    /// Whether a link may be made of its words.
    free: bool,
    /// Whether its words are a reader's, and not an address or explained where they stand.
    plain: bool,
}

impl Leaf {
    /// Reads the content of a block.
    fn read(&mut self, block: &Block, glossary: &Glossary) {
        self.text.clear();
        self.pieces.clear();
        let mut around: Vec<&Wrap> = Vec::new();
        let mut group = 0;
        for (inline, content) in block.inlines.iter().enumerate() {
            match content {
                Inline::Text(text) => self.piece(text, inline, group, &around),
                Inline::SoftBreak => self.piece("\n", inline, group, &around),
                other => {
                    group += 1;
                    match other {
                        Inline::Open(wrap) => around.push(wrap),
                        Inline::Close => drop(around.pop()),
                        Inline::HardBreak => self.text.push('\n'),
                        _ => self.text.push_str(ATOM),
                    }
                }
            }
        }
        self.search(glossary);
    }

    /// Reads words that stand alone.
    pub(super) fn of_words(words: &str, glossary: &Glossary) -> Leaf {
        let mut leaf = Leaf::default();
        leaf.piece(words, 0, 0, &[]);
        leaf.search(glossary);
        leaf
    }

    fn piece(&mut self, text: &str, inline: usize, group: usize, around: &[&Wrap]) {
        let start = self.text.len();
        self.text.push_str(text);
        let link = |wrap: &&Wrap| matches!(wrap, Wrap::Link { .. } | Wrap::Html { .. });
        let free = !around.iter().any(link);
        let plain = !around.iter().any(|wrap| match wrap {
            Wrap::Link { href, .. } => href.strip_prefix("mailto:").unwrap_or(href) == text,
            Wrap::Html { tag, .. } => NO_WORDS.contains(tag),
            _ => false,
        });
        self.pieces.push(Piece { span: start..self.text.len(), inline, group, free, plain });
    }

    /// Finds all terms, from the left, the longest first.
    fn search(&mut self, glossary: &Glossary) {
        let Leaf { text, words, found, .. } = self;
        words.clear();
        found.clear();
        if glossary.is_empty() && !abbreviations::may_stand_in(text) {
            return;
        }
        words.extend(spans(text));
        let mut rest = words.as_slice();
        while let Some(first) = rest.first() {
            let own = glossary.longest(text, rest);
            found.extend(own.map(|Found { term, end, .. }| (first.start..end, term)));
            rest = rest.get(own.map_or(1, |own| own.words.max(1))..).unwrap_or(&[]);
        }
    }

    fn piece_at(&self, at: usize) -> Option<&Piece> {
        self.pieces.get(self.pieces.partition_point(|piece| piece.span.end <= at))
    }

    /// Whether a stretch is of a reader's words, without a tag in it.
    pub(super) fn is_plain(&self, span: &Range<usize>) -> bool {
        let ends = self.piece_at(span.start).zip(span.end.checked_sub(1).and_then(|at| self.piece_at(at)));
        ends.is_some_and(|(first, last)| first.plain && first.group == last.group && first.span.start <= span.start)
    }

    /// Both ends of a stretch that may become a link.
    fn spots(&self, span: &Range<usize>) -> Option<(Spot, Spot)> {
        let (first, last) = (self.piece_at(span.start)?, self.piece_at(span.end.checked_sub(1)?)?);
        let own = first.free && first.group == last.group && first.span.start <= span.start;
        let spot = |piece: &Piece, at: usize| Spot { inline: piece.inline, byte: at - piece.span.start };
        own.then(|| (spot(first, span.start), spot(last, span.end)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::{Dialect, parse};
    use crate::paper::Term;

    /// The uses in a text: the words, and where they are.
    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)]) {
        let term = |term: &str, short: Option<&str>| Term {
            term: term.into(),
            short: short.map(str::to_owned),
            ..Term::default()
        };
        let terms = [term("integrated care board", Some("ICB")), term("levy", None), term("local forum", None)];
        let body = parse(text, Dialect::Paper);
        let (uses, _) = read(&body, &number::numbers(&body, None), &Glossary::new(&terms));
        let words = |own: &Use| match &body.blocks[own.ix].inlines[own.from.inline..=own.to.inline] {
            [Inline::Text(text)] => text[own.from.byte..own.to.byte].to_owned(),
            [Inline::Text(first), Inline::SoftBreak, Inline::Text(last)] => {
                format!("{}|{}", &first[own.from.byte..], &last[..own.to.byte])
            }
            other => format!("{other:?}"),
        };
        let found: Vec<_> = uses.iter().map(|own| (words(own), own.anchor.as_str())).collect();
        let found: Vec<_> = found.iter().map(|(words, anchor)| (words.as_str(), *anchor)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn the_first_use_in_each_section_counts() {
        check(
            "The levy, a levy.\n\nLevy.\n\n## A\n\nThe levy.\n\n### B\n\nLevy.\n",
            &[("levy", "p0-1"), ("levy", "p1-1")],
        );
        check("ICBs and integrated care boards\n", &[("ICBs", "p1")]);
    }

    #[test]
    fn a_use_is_no_part_of_a_heading_a_link_code_or_html() {
        let text = "## The levy\n\n[levy](a.md) `levy` ![levy](a.svg) <kbd>levy</kbd> **the levy**\n\n    levy\n";
        check(text, &[("levy", "p1-1")]);
        check("<div>levy</div>\n\n![levy](a.svg)\n", &[]);
    }

    #[test]
    fn a_use_may_go_over_a_line_end_but_not_over_a_tag() {
        check("a local\nforum\n", &[("local|forum", "p1")]);
        check("a *local* forum, a local  \nforum, un**levy**ed\n", &[]);
        check("*a local forum*\n", &[("local forum", "p1")]);
    }

    #[test]
    fn items_rows_and_notes_are_where_they_stand() {
        check("- a\n- b\n  - levy\n", &[("levy", "p1.2.1")]);
        check("- a\n- levy {#x}\n", &[("levy", "x")]);
        check("| levy |\n|---|\n| ICB |\n", &[("levy", "p1"), ("ICB", "p1.1")]);
        check("> levy[^n]\n\n[^n]: ICB\n", &[("levy", "p1"), ("ICB", "note.n")]);
    }
}
