//! Quotations that say where they are from.
//!
//! In: a body. Out: each quotation with the place that its attribution leads to, as [`Piece`]s that can be held
//! against the [`Token`]s of that place. A quotation is a `>` block whose last lines begin with a dash and hold a
//! link, or words in quotation marks with a link right behind them.
//!
//! Words are folded on both sides: quotation marks, dashes and white space of any form are the same, and soft hyphens
//! are none. In a quotation `…` and `[…]` stand for words left out, `[words]` are the quoter's own.

use crate::markdown::{BlockKind, Body, Inline, Ix, Wrap};
use std::ops::Range;

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
    /// Folded.
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

/// A character of a leaf.
#[derive(Clone, Copy)]
struct Char {
    c: char,
    emphasis: bool,
}

/// A leaf, character by character, and its links: from where to where, and their targets.
#[derive(Default)]
struct Line<'a> {
    chars: Vec<Char>,
    links: Vec<(Range<usize>, &'a str)>,
}

/// The tokens of blocks, in order.
pub fn tokens(body: &Body, blocks: Range<Ix>) -> Vec<Token> {
    let mut chars = Vec::new();
    for block in body.blocks.get(blocks).unwrap_or(&[]) {
        if let BlockKind::Code { text, .. } = &block.kind {
            chars.extend(text.chars().map(|c| Char { c, emphasis: false }));
        }
        chars.extend(line(&block.inlines).chars);
        chars.push(Char { c: ' ', emphasis: false });
    }
    split(&chars)
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
            found.extend(inline_quotations(body, ix));
        }
    }
    found
}

/// A `>` block whose attribution leads somewhere.
fn block_quotation(body: &Body, ix: Ix) -> Option<Quotation> {
    let last = (ix + 1..body.end(ix)).rfind(|at| !body.blocks[*at].inlines.is_empty())?;
    let inlines = &body.blocks[last].inlines;
    let from = attribution(inlines)?;
    let said = line(&inlines[from..]);
    let (_, target) = said.links.iter().find(|(_, target)| names_a_place(target))?;
    let mut chars = Vec::new();
    for block in &body.blocks[ix + 1..last] {
        chars.extend(line(&block.inlines).chars);
        chars.push(Char { c: ' ', emphasis: false });
    }
    chars.extend(line(&inlines[..from]).chars);
    let pieces = pieces(&chars);
    let words: String = said.chars.iter().map(|own| own.c).collect();
    let span = body.blocks[ix].span.clone();
    let quotation = Quotation { span, pieces, target: (*target).to_owned(), declared: declares(&words) };
    (!quotation.pieces.is_empty()).then_some(quotation)
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

/// Words in quotation marks with a link right behind them.
fn inline_quotations(body: &Body, ix: Ix) -> Vec<Quotation> {
    let block = &body.blocks[ix];
    let line = line(&block.inlines);
    let mut found = Vec::new();
    for (at, target) in line.links.iter().filter(|(_, target)| names_a_place(target)) {
        let Some(inner) = quoted_before(&line.chars, at.start) else { continue };
        let rest: String = line.chars[at.end..].iter().map(|own| own.c).take_while(|c| *c != '.').collect();
        let pieces = pieces(&line.chars[inner]);
        let within = |span: &Range<usize>| block.span.start <= span.start && span.end <= block.span.end;
        let link = body.references.iter().find(|link| link.target == *target && within(&link.span));
        let span = link.map_or(block.span.clone(), |link| link.span.clone());
        found.push(Quotation { span, pieces, target: (*target).to_owned(), declared: declares(&rest) });
    }
    found.retain(|quotation| !quotation.pieces.is_empty());
    found
}

/// The words in quotation marks that end right before a link, in characters.
fn quoted_before(chars: &[Char], link: usize) -> Option<Range<usize>> {
    let before = |mut end: usize, marks: &[char]| {
        while end > 0 && (chars[end - 1].c.is_whitespace() || marks.contains(&chars[end - 1].c)) {
            end -= 1;
        }
        end
    };
    let end = before(link, &['(', ',', '—', '–'])
        .checked_sub(1)
        .filter(|end| matches!(chars[*end].c, '”' | '"' | '’' | '»'))?;
    let (open, close) = match chars[end].c {
        '”' => ('“', '”'),
        '’' => ('‘', '’'),
        '»' => ('«', '»'),
        straight => (straight, straight),
    };
    let mut depth = 1;
    let start = (0..end).rev().find(|at| {
        let c = chars[*at].c;
        // An apostrophe closes nothing.
        let closes = c == close && open != close && close != '’';
        depth = if c == open { depth - 1 } else { depth + u32::from(closes) };
        depth == 0
    })?;
    Some(start + 1..end)
}

/// Whether a target is a place in a file of the site.
fn names_a_place(target: &str) -> bool {
    let (path, id) = target.split_once('#').unwrap_or((target, ""));
    !id.is_empty() && !path.contains(':') && !path.starts_with('/')
}

/// Whether the words around a citation say that emphasis is the quoter's.
fn declares(words: &str) -> bool {
    let words = words.to_lowercase();
    words.contains("emphasis") && ["added", "our", "my", "mine"].iter().any(|own| words.contains(own))
}

/// The characters and the links of inlines.
fn line(inlines: &[Inline]) -> Line<'_> {
    let (mut line, mut open) = (Line::default(), Vec::new());
    let mut depth = 0;
    for inline in inlines {
        let at = line.chars.len();
        match inline {
            Inline::Text(text) | Inline::Code(text) => {
                line.chars.extend(text.chars().map(|c| Char { c, emphasis: depth > 0 }));
            }
            Inline::SoftBreak | Inline::HardBreak => line.chars.push(Char { c: ' ', emphasis: depth > 0 }),
            Inline::Open(wrap) => {
                depth += usize::from(is_emphasis(wrap));
                open.push((wrap, at));
            }
            Inline::Close => match open.pop() {
                Some((Wrap::Link { href, .. }, from)) => line.links.push((from..at, href)),
                Some((wrap, _)) => depth -= usize::from(is_emphasis(wrap)),
                None => {}
            },
            Inline::Html(_) | Inline::NoteRef(_) | Inline::Task(_) | Inline::Image(_) => {}
        }
    }
    line
}

fn is_emphasis(wrap: &Wrap) -> bool {
    matches!(wrap, Wrap::Emphasis | Wrap::Strong)
}

/// A character by which texts are compared; none where it is not seen.
fn folded(c: char) -> Option<char> {
    match c {
        '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' => None,
        '‐' | '‑' | '–' | '—' | '―' | '−' => Some('-'),
        '“' | '”' | '„' | '«' | '»' | '"' | '‘' | '’' | '‚' | 'ʼ' => Some('\''),
        c if c.is_whitespace() => Some(' '),
        c => Some(c),
    }
}

/// Words and marks. Apostrophes and hyphens between letters belong to their word, and so do full stops and commas
/// between digits.
fn split(chars: &[Char]) -> Vec<Token> {
    let chars: Vec<_> = chars.iter().filter_map(|own| Some(Char { c: folded(own.c)?, ..*own })).collect();
    let word = |at: usize| chars.get(at).is_some_and(|own| own.c.is_alphanumeric());
    let digit = |at: usize| chars.get(at).is_some_and(|own| own.c.is_numeric());
    let joins = |at: usize| match chars[at].c {
        '\'' | '-' => at > 0 && word(at - 1) && word(at + 1),
        '.' | ',' => at > 0 && digit(at - 1) && digit(at + 1),
        _ => false,
    };
    let (mut tokens, mut spaced, mut inside): (Vec<Token>, _, _) = (Vec::new(), false, false);
    for (at, own) in chars.iter().enumerate() {
        if own.c == ' ' {
            (spaced, inside) = (true, false);
            continue;
        }
        let part = word(at) || joins(at);
        match tokens.last_mut().filter(|_| part && inside) {
            Some(token) => {
                token.text.push(own.c);
                token.emphasis |= own.emphasis;
            }
            None => tokens.push(Token { text: own.c.to_string(), spaced, emphasis: own.emphasis }),
        }
        (spaced, inside) = (false, part);
    }
    for token in &mut tokens {
        if token.text == "…" {
            token.text = "...".to_owned();
        }
    }
    tokens
}

/// What a quotation says: its tokens, with what its brackets and dots stand for.
fn pieces(chars: &[Char]) -> Vec<Piece> {
    let tokens = split(chars);
    let (mut pieces, mut at) = (Vec::new(), 0);
    while let Some(token) = tokens.get(at) {
        let dots = tokens[at..].iter().take_while(|token| token.text == "...").count();
        let stops = tokens[at..].iter().take_while(|token| token.text == ".").count();
        let close = tokens[at..].iter().position(|token| token.text == "]").filter(|_| token.text == "[");
        if let Some(close) = close {
            let after = tokens.get(at + close + 1).filter(|after| !after.spaced && after.is_word());
            at += bracket(&tokens[at + 1..at + close], !token.spaced, after, &mut pieces) + close + 1;
        } else if dots > 0 || stops > 2 {
            pieces.push(Piece::Skip);
            at += dots.max(stops);
        } else {
            pieces.push(Piece::Quoted(token.clone()));
            at += 1;
        }
    }
    let quoted = |piece: &Piece| matches!(piece, Piece::Quoted(token) if token.is_word());
    if pieces.iter().any(quoted) { pieces } else { Vec::new() }
}

/// What stands in brackets, and how many tokens behind them it takes in.
fn bracket(inner: &[Token], joined: bool, after: Option<&Token>, pieces: &mut Vec<Piece>) -> usize {
    let words: Vec<_> = inner.iter().filter(|token| token.is_word()).collect();
    let before = match pieces.last() {
        Some(Piece::Quoted(token)) if joined && token.is_word() => Some(token.text.clone()),
        _ => None,
    };
    if words.is_empty() {
        pieces.push(if inner.is_empty() { Piece::Own(0) } else { Piece::Skip });
        return 0;
    }
    if words.len() > 1 || (before.is_none() && after.is_none()) {
        pieces.push(Piece::Own(words.len()));
        return 0;
    }
    if before.is_some() {
        pieces.pop();
    }
    let end = after.map(|token| token.text.clone()).unwrap_or_default();
    pieces.push(Piece::Partly(before.unwrap_or_default(), words[0].text.chars().count(), end));
    usize::from(after.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::{Dialect, parse};

    /// A quotation in one line: `~` for what is left out, `[n]` for own words, `start<n>end` for words in part.
    fn read(text: &str) -> Vec<(String, String, bool)> {
        let said = |piece: &Piece| match piece {
            Piece::Quoted(token) => token.text.clone(),
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
    fn emphasis_can_be_declared() {
        assert!(read("> *a* b\n>\n> — [x](a.md#p1), emphasis added\n")[0].2);
        assert!(read("“*a* b” ([x](a.md#p1), our emphasis).\n")[0].2);
        assert!(!read("> *a* b\n>\n> — [x](a.md#p1)\n")[0].2);
    }
}
