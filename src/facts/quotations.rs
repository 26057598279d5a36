//! Quotations that say where they are from.
//!
//! In: a body. Out: each quotation with the place that its attribution leads to, as [`Piece`]s that can be held
//! against the [`Token`]s of that place. A quotation is a `>` block whose last lines begin with a dash and hold a
//! link, or words in quotation marks with a link right behind them. All that is seen of it counts, be it text, code, raw
//! HTML or an image; its footnotes do not.
//!
//! Words are folded on both sides: quotation marks, dashes and white space of any form are the same, and soft hyphens
//! are none. In a quotation `…` and `[…]` stand for words left out, `[words]` are the quoter's own.

mod chars;
mod split;

use crate::markdown::{Block, BlockKind, Body, Inline, Ix};
use chars::{Char, Line};
use split::{STROKE, pieces, split};
use std::ops::Range;

/// What is said where emphasis is the quoter's, in English and in Welsh.
const DECLARED: [&str; 14] = [
    "emphasis added",
    "emphasis is added",
    "emphasis supplied",
    "emphasis mine",
    "emphasis is mine",
    "emphasis ours",
    "emphasis is ours",
    "my emphasis",
    "our emphasis",
    "pwyslais wedi'i ychwanegu",
    "pwyslais wedi ei ychwanegu",
    "ychwanegwyd y pwyslais",
    "fy mhwyslais",
    "ein pwyslais",
];

/// A quotation and the place that it is said to be from.
#[derive(Debug, PartialEq)]
pub struct Quotation {
    /// Where it stands, in bytes of the body's text.
    pub span: Range<usize>,
    /// What it says.
    pub pieces: Vec<Piece>,
    /// Where its attribution leads, as it is written; it has an id behind `#`.
    pub target: String,
    /// Whether the attribution says that emphasis is the quoter's.
    pub declared: bool,
}

/// A word, or a mark beside words.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    /// Folded; what is struck out has U+0336 behind each character.
    pub text: String,
    /// Whether white space stands before it.
    pub spaced: bool,
    /// Whether it is emphasised.
    pub emphasis: bool,
}

impl Token {
    /// Whether it is a word and not a mark.
    pub fn is_word(&self) -> bool {
        self.text.contains(char::is_alphanumeric)
    }

    /// How it is written in Markdown: what is struck out between `~~`.
    pub fn shown(&self) -> String {
        let (mut shown, mut struck) = (String::with_capacity(self.text.len()), false);
        let mut chars = self.text.chars().peekable();
        while let Some(c) = chars.next() {
            let own = chars.next_if_eq(&STROKE).is_some();
            shown.push_str(if own == struck { "" } else { "~~" });
            shown.push(c);
            struck = own;
        }
        shown.push_str(if struck { "~~" } else { "" });
        shown
    }
}

/// A piece of a quotation.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// What must stand in the source.
    Quoted(Token),
    /// A word of which a part is the quoter's: how it begins, how long that part is, how it ends.
    Partly(String, usize, String),
    /// Anything may have been left out.
    Skip,
    /// So many words of the quoter's own, in place of as many of the source or fewer.
    Own(usize),
}

/// The tokens of blocks: in order, footnotes behind the text as on the page.
pub fn tokens(body: &Body, blocks: Range<Ix>) -> Vec<Token> {
    let (text, notes) = parted(body, blocks);
    let mut line = Line::default();
    text.into_iter().chain(notes).for_each(|block| line.block(block));
    split(&line.chars)
}

/// Blocks of the text, and those of footnotes that begin among them.
fn parted(body: &Body, blocks: Range<Ix>) -> (Vec<&Block>, Vec<&Block>) {
    let (mut text, mut notes, mut note) = (Vec::new(), Vec::new(), 0);
    for (ix, block) in blocks.clone().zip(body.blocks.get(blocks).unwrap_or(&[])) {
        if matches!(block.kind, BlockKind::Note(_)) {
            note = body.end(ix);
        }
        if ix < note { notes.push(block) } else { text.push(block) }
    }
    (text, notes)
}

/// The quotations of a body.
pub(super) fn of(body: &Body) -> Vec<Quotation> {
    let mut found = Vec::new();
    let mut quoted = 0;
    for (ix, block) in body.blocks.iter().enumerate() {
        let is_quote = block.kind == BlockKind::Quote(None) && ix >= quoted;
        if let Some(quotation) = is_quote.then(|| block_quotation(body, ix)).flatten() {
            found.push(quotation);
            quoted = body.end(ix);
        }
        if ix >= quoted {
            found.extend(inline_quotations(body, block));
        }
    }
    found
}

/// A `>` block whose attribution leads somewhere. Where more is seen behind an attribution, it is none.
fn block_quotation(body: &Body, ix: Ix) -> Option<Quotation> {
    let span = body.blocks.get(ix)?.span.clone();
    let (text, _) = parted(body, ix + 1..body.end(ix));
    let last = text.iter().rposition(|block| is_seen(block))?;
    let (cited, quoted) = text.get(..=last)?.split_last()?;
    let (own, said) = cited.inlines.split_at_checked(attribution(&cited.inlines)?)?;
    let said = Line::of(said);
    let (_, target) = said.links.iter().find(|(_, target)| names_a_place(target))?;
    let mut words = Line::default();
    quoted.iter().for_each(|block| words.block(block));
    words.inlines(own);
    let (pieces, declared) = (pieces(&words.chars), declares(&written(&said.chars)));
    (!pieces.is_empty()).then(|| Quotation { span, pieces, target: (*target).to_owned(), declared })
}

/// Whether a reader sees something of a block itself.
fn is_seen(block: &Block) -> bool {
    match block.kind {
        BlockKind::Code { .. } => true,
        BlockKind::Html(_) => !block.is_invisible(),
        _ => !block.inlines.is_empty(),
    }
}

/// Where the attribution begins: at the last line of a leaf that begins with a dash.
fn attribution(inlines: &[Inline]) -> Option<usize> {
    let dash = |at: usize| match inlines.get(at) {
        Some(Inline::Text(text)) => ["—", "–", "--", "―"].iter().any(|dash| text.trim_start().starts_with(dash)),
        _ => false,
    };
    let begins = |at: usize| at == 0 || matches!(inlines[at - 1], Inline::SoftBreak | Inline::HardBreak);
    (0..inlines.len()).rev().find(|at| begins(*at) && dash(*at))
}

/// Words in quotation marks with a link right behind them: of several before one link the last.
fn inline_quotations(body: &Body, block: &Block) -> Vec<Quotation> {
    let line = Line::of(&block.inlines);
    let mut found = Vec::new();
    for (nth, (at, target)) in line.links.iter().enumerate().filter(|(_, (_, target))| names_a_place(target)) {
        let inner = quoted_before(&line.chars, at.start).and_then(|inner| line.chars.get(inner));
        let Some(inner) = inner else { continue };
        let rest = written(line.chars.get(at.end..).unwrap_or(&[]));
        // What is said behind the next quotation is said of that one.
        let rest = rest.split(['.', '“', '„', '‘', '«', '"']).next().unwrap_or_default();
        let within = |span: &Range<usize>| block.span.start <= span.start && span.end <= block.span.end;
        let same = line.links.iter().take(nth).filter(|(_, other)| other == target).count();
        let link = body.references.iter().filter(|link| link.target == *target && within(&link.span)).nth(same);
        let span = link.map_or(block.span.clone(), |link| link.span.clone());
        let target = (*target).to_owned();
        found.push(Quotation { span, pieces: pieces(inner), target, declared: declares(rest) });
    }
    found.retain(|quotation| !quotation.pieces.is_empty());
    found
}

/// The words in quotation marks that end right before a link, in characters.
fn quoted_before(chars: &[Char], link: usize) -> Option<Range<usize>> {
    let between = |own: &Char| own.c.is_whitespace() || matches!(own.c, '(' | ',' | '—' | '–');
    let end = chars.get(..link)?.iter().rposition(|own| !between(own))?;
    let c = |at: usize| chars.get(at).map_or(' ', |own| own.c);
    let close = c(end);
    let opening = opening(close)?;
    let plural = |at: usize| at.checked_sub(1).map(c) == Some('s');
    // An apostrophe closes nothing: it stands before a letter; or behind an s, if the last mark does not.
    let closes = |at: usize| close != '’' || !c(at + 1).is_alphanumeric() && (plural(end) || !plural(at));
    let mut depth = 1_u32;
    let start = (0..end).rev().find(|at| {
        if opening.contains(&c(*at)) {
            depth -= 1;
        } else if c(*at) == close && closes(*at) {
            depth += 1;
        }
        depth == 0
    })?;
    Some(start + 1..end)
}

/// The marks that a quotation may begin with that ends in this one.
fn opening(close: char) -> Option<&'static [char]> {
    match close {
        '”' => Some(&['“', '„']),
        '’' => Some(&['‘']),
        '“' => Some(&['„']),
        '‘' => Some(&['‚']),
        '»' => Some(&['«']),
        '"' => Some(&['"']),
        _ => None,
    }
}

/// Whether a target is a place in a file of the site.
fn names_a_place(target: &str) -> bool {
    let (path, id) = target.split_once('#').unwrap_or((target, ""));
    !id.is_empty() && !path.contains(':') && !path.starts_with('/')
}

/// Whether the words around a citation say that emphasis is the quoter's.
fn declares(words: &str) -> bool {
    let words = words.to_lowercase().replace('’', "'");
    let words: Vec<_> =
        words.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty()).collect();
    let said = |phrase: &str| {
        let phrase: Vec<_> = phrase.split(' ').collect();
        words.windows(phrase.len()).any(|own| own == phrase)
    };
    DECLARED.into_iter().any(said)
}

/// Characters as a text.
fn written(chars: &[Char]) -> String {
    chars.iter().map(|own| own.c).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::{Dialect, parse};

    /// A quotation in one line: `~` for what is left out, `[n]` for own words, `start<n>end` for words in part.
    fn read(text: &str) -> Vec<(String, String, bool)> {
        let said = |piece: &Piece| match piece {
            Piece::Quoted(token) => token.shown(),
            Piece::Partly(start, own, end) => format!("{start}<{own}>{end}"),
            Piece::Skip => "~".to_owned(),
            Piece::Own(words) => format!("[{words}]"),
        };
        let found = of(&parse(text, Dialect::Paper)).into_iter();
        found.map(|own| (own.pieces.iter().map(said).collect::<Vec<_>>().join(" "), own.target, own.declared)).collect()
    }

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)]) {
        let found = read(text);
        let found: Vec<_> = found.iter().map(|(words, target, _)| (words.as_str(), target.as_str())).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_block_with_an_attribution_is_a_quotation() {
        check("> Some may.\n>\n> — [the letter](a.md#p1)\n", &[("Some may .", "a.md#p1")]);
        check(
            "> Some may.\n> — the *letter*, [page 2](a.md#page-2), emphasis added\n",
            &[("Some may .", "a.md#page-2")],
        );
        check("> - one\n> - two\n>\n> -- [x](#p1)\n", &[("one two", "#p1")]);
    }

    #[test]
    fn words_in_marks_before_a_link_are_a_quotation() {
        check("It says “some may” ([page 2](a.md#page-2)).\n", &[("some may", "a.md#page-2")]);
        check(
            "\"Some may\", [p](a.md#p1); ‘it’s so’ [q](a.md#p2)\n",
            &[("Some may", "a.md#p1"), ("it's so", "a.md#p2")],
        );
        check("“a “b” c” ([x](a.md#p1))\n", &[("a ' b ' c", "a.md#p1")]);
    }

    #[test]
    fn what_names_no_place_is_left_alone() {
        for text in [
            "> Words.\n",
            "> Words [x](a.md#p1)\n",
            "> Words.\n>\n> — A. Writer\n",
            "> Words.\n>\n> — [x](a.md)\n",
            "> Words.\n>\n> — [x](https://example.org/#p1)\n",
            "> [!NOTE]\n> Words.\n>\n> — [x](a.md#p1)\n",
            "“words” and then [x](a.md#p1)\n",
            "“…” ([x](a.md#p1))\n",
        ] {
            check(text, &[]);
        }
    }

    #[test]
    fn dots_and_brackets_are_the_quoters() {
        check("“a … b […] c... d [...]” ([x](a.md#p1))\n", &[("a ~ b ~ c ~ d ~", "a.md#p1")]);
        check("“[T]he [new board] clos[ed] it” ([x](a.md#p1))\n", &[("<1>he [2] clos<2> it", "a.md#p1")]);
    }

    #[test]
    fn all_that_is_seen_of_a_quotation_counts() {
        let said = "\n>\n> — [x](a.md#p1)\n";
        check(&format!("> a\n>\n> <p>NOT</p>\n>\n> b{said}"), &[("a NOT b", "a.md#p1")]);
        check(&format!("> a\n>\n> ```\n> not\n> ```{said}"), &[("a not", "a.md#p1")]);
        check(&format!("> a ![not](a.svg) b{said}"), &[("a not b", "a.md#p1")]);
        check(&format!("> <p>A</p>{said}"), &[("A", "a.md#p1")]);
        check("> a\n>\n> — [x](a.md#p1)\n>\n> <p>NOT</p>\n", &[]);
        check("> a\n>\n> — [x](a.md#p1)\n>\n> ```\n> not\n> ```\n", &[]);
    }

    #[test]
    fn comments_and_footnotes_are_no_part_of_a_quotation() {
        let note = "\n[^n]: Words.\n";
        check(
            &format!("> a <!-- x --> b[^n]\n>\n> <!-- y -->\n>\n> — [x](a.md#p1)[^n]\n{note}"),
            &[("a b", "a.md#p1")],
        );
        check("> a[^n]\n>\n> — [x](a.md#p1) <!-- x -->\n>\n> <!-- y -->\n>\n> [^n]: b\n", &[("a", "a.md#p1")]);
    }

    #[test]
    fn quotation_marks_are_those_of_any_language() {
        check("„A „b“ c“ ([x](a.md#p1))\n", &[("A ' b ' c", "a.md#p1")]);
        check(
            "„A” ([x](a.md#p1)); « B » [y](a.md#p2); ‚C‘ [z](a.md#p3)\n",
            &[("A", "a.md#p1"), ("B", "a.md#p2"), ("C", "a.md#p3")],
        );
        check("“A” und „B“ ([x](a.md#p1))\n", &[("B", "a.md#p1")]);
        check("It says “A” and “B” ([x](a.md#p1)).\n", &[("B", "a.md#p1")]);
    }

    #[test]
    fn an_apostrophe_closes_nothing() {
        check("‘Hubs’ are the contractors’ [choice](a.md#p1)\n", &[]);
        check("‘Hubs’ are the contractors’ choice [x](a.md#p1)\n", &[]);
        check("‘the contractors’ choice’ ([x](a.md#p1))\n", &[("the contractors ' choice", "a.md#p1")]);
        check("‘it’s’ and ‘the hubs’ ([x](a.md#p1))\n", &[("the hubs", "a.md#p1")]);
    }

    #[test]
    fn emphasis_can_be_declared() {
        for words in ["emphasis added", "with *our* emphasis", "Pwyslais wedi’i ychwanegu", "ein pwyslais ni"] {
            assert!(read(&format!("> *a* b\n>\n> — [x](a.md#p1), {words}\n"))[0].2, "{words}");
            assert!(read(&format!("“*a* b” ([x](a.md#p1), {words}).\n"))[0].2, "{words}");
        }
        for words in ["", "the source", "emphasis on four sources", "emphasis determined", "your emphasis", "added"] {
            assert!(!read(&format!("> *a* b\n>\n> — [x](a.md#p1), {words}\n"))[0].2, "{words}");
        }
        let found = read("“*a* b” ([x](a.md#p1)) and “*c* d” ([x](a.md#p2), our emphasis).\n");
        assert_eq!(found.iter().map(|own| own.2).collect::<Vec<_>>(), [false, true]);
    }
}
