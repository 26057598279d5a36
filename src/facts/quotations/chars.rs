//! Blocks as the characters that a reader sees, each with how it looks.
//!
//! In: blocks, or the inlines of one. Out: a [`Line`]. Text, code and raw HTML are taken in, and of images the alternative
//! text and the caption. Characters are composed (NFC); what is raised has a `^` before it, what is lowered a `_`.

use crate::markdown::{Block, BlockKind, Inline, PHRASING, Wrap, decoded, name_of, texts_and_tags};
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;

/// Parts two words that stand side by side without white space.
pub(super) const JOINT: char = '\u{1f}';

/// A character, and how it looks.
#[derive(Clone, Copy)]
pub(super) struct Char {
    pub(super) c: char,
    pub(super) emphasis: bool,
    pub(super) struck: bool,
}

/// Characters in a row.
#[derive(Default)]
pub(super) struct Line<'a> {
    pub(super) chars: Vec<Char>,
    /// The links: from where to where, and their targets.
    pub(super) links: Vec<(Range<usize>, &'a str)>,
    /// How many of the elements that are open emphasise, and how many strike out.
    emphasis: usize,
    struck: usize,
}

impl<'a> Line<'a> {
    /// The characters of inlines.
    pub(super) fn of(inlines: &'a [Inline]) -> Line<'a> {
        let mut line = Line::default();
        line.inlines(inlines);
        line
    }

    /// Adds a block, and white space behind it.
    pub(super) fn block(&mut self, block: &'a Block) {
        match &block.kind {
            BlockKind::Code { text, .. } => self.text(text),
            BlockKind::Html(html) => self.html(html),
            _ => {}
        }
        self.inlines(&block.inlines);
        if let (BlockKind::Figure, [Inline::Image(image)]) = (&block.kind, block.inlines.as_slice()) {
            self.text(" ");
            self.text(&image.title);
        }
        self.text(" ");
    }

    /// Adds inlines. Wraps that they leave open end with them.
    pub(super) fn inlines(&mut self, inlines: &'a [Inline]) {
        let mut open: Vec<(&'a Wrap, usize)> = Vec::new();
        for inline in inlines {
            match inline {
                Inline::Text(text) | Inline::Code(text) => self.text(text),
                Inline::SoftBreak | Inline::HardBreak => self.text(" "),
                Inline::Image(image) => self.text(&image.alt),
                Inline::Open(wrap) => {
                    open.push((wrap, self.chars.len()));
                    self.element(tag_of(wrap), true);
                }
                Inline::Close => open.pop().into_iter().for_each(|(wrap, from)| self.close(wrap, from)),
                Inline::Html(_) | Inline::NoteRef(_) | Inline::Task(_) => {}
            }
        }
        open.into_iter().rev().for_each(|(wrap, from)| self.close(wrap, from));
    }

    fn close(&mut self, wrap: &'a Wrap, from: usize) {
        self.element(tag_of(wrap), false);
        if let Wrap::Link { href, .. } = wrap {
            self.links.push((from..self.chars.len(), href));
        }
    }

    /// Adds raw HTML that was cleaned: what stands in different blocks is parted by white space.
    fn html(&mut self, html: &str) {
        for (at, piece) in texts_and_tags(html).into_iter().enumerate() {
            if at % 2 == 0 {
                self.text(&decoded(piece));
                continue;
            }
            let name = name_of(piece);
            let (name, begins) = name.strip_prefix('/').map_or((name, true), |name| (name, false));
            match name {
                "img" => self.text(&decoded(alternative(piece))),
                "wbr" => {}
                name if PHRASING.iter().any(|(_, shown)| *shown == name) => self.element(name, begins),
                _ => self.text(" "),
            }
        }
    }

    /// An element begins or ends.
    fn element(&mut self, tag: &str, begins: bool) {
        let step = |depth: usize| if begins { depth + 1 } else { depth.saturating_sub(1) };
        match (tag, begins) {
            ("b" | "em" | "i" | "mark" | "strong" | "u", _) => self.emphasis = step(self.emphasis),
            ("s", _) => self.struck = step(self.struck),
            ("sup", true) => self.text("^"),
            ("sub", true) => self.text("_"),
            ("sup" | "sub", false) => self.put(JOINT),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        text.nfc().for_each(|c| self.put(c));
    }

    fn put(&mut self, c: char) {
        self.chars.push(Char { c, emphasis: self.emphasis > 0, struck: self.struck > 0 });
    }
}

/// What the element of a wrap is called.
fn tag_of(wrap: &Wrap) -> &str {
    match wrap {
        Wrap::Emphasis => "em",
        Wrap::Strong => "strong",
        Wrap::Strike => "s",
        Wrap::Link { .. } => "a",
        Wrap::Html { tag, .. } => tag,
    }
}

/// The alternative text in the tag of an image. Cleaned HTML writes values between double quotation marks.
fn alternative(tag: &str) -> &str {
    let mut pieces = tag.split('"');
    while let (Some(name), Some(value)) = (pieces.next(), pieces.next()) {
        if name.ends_with(" alt=") {
            return value;
        }
    }
    ""
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::{Dialect, parse};

    /// What is seen of a text: `*` before a character that is emphasised, `~` before one that is struck out.
    #[track_caller]
    fn check(text: &str, expected: &str) {
        let body = parse(text, Dialect::Paper);
        let mut line = Line::default();
        body.blocks.iter().for_each(|block| line.block(block));
        let seen = |own: &Char| {
            let c = if own.c == JOINT { '|' } else { own.c };
            format!("{}{}{c}", if own.emphasis { "*" } else { "" }, if own.struck { "~" } else { "" })
        };
        let seen: String = line.chars.iter().map(seen).collect();
        assert_eq!(seen.split_whitespace().collect::<Vec<_>>().join(" "), expected, "{text}");
    }

    #[test]
    fn words_count_wherever_they_stand() {
        check("a `b` ![c](d.svg)\n", "a b c");
        check("![A map](a.svg \"Where\")\n", "A map Where");
        check("```\nnot\n```\n\n    code\n", "not code");
        check("<p>N<wbr>OT &amp;<br>x</p><img title=\" alt=\" alt=\"A map\" src=\"a.svg\">\n", "NOT & x A map");
    }

    #[test]
    fn looks_are_those_of_markdown_and_of_html() {
        check("a *b* <em>c</em> ~~d~~ <del>e</del>\n", "a *b *c ~d ~e");
        check("<div>a <b>b</b> <s>c</s></div>\n", "a *b ~c");
        check("10<sup>6</sup> H<sub>2</sub>O\n", "10^6| H_2|O");
    }

    #[test]
    fn letters_are_composed() {
        check("cafe\u{301}\n", "caf\u{e9}");
    }
}
