//! The words of a body as tokens, so that equal words are equal numbers.
//!
//! A token is a word by the boundaries of UAX #29, a single character that is not part of a word, or
//! something that stands in the line like one (an image, a reference to a note). White space lies
//! between tokens. The text of a leaf is what its inlines hold, laid end to end; offsets are bytes of it.

use crate::markdown::whole::PARTED;
use crate::markdown::{Block, BlockKind, Body, Inline, Ix, Wrap};
use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// What stands in the text of a leaf for an image, a reference or an empty link: one character
/// without a meaning.
pub const ATOM: &str = "\u{fffc}";

/// What the images of a text show, by their source as it is written: a digest of the file.
pub type Images = BTreeMap<String, String>;

/// Numbers for words, the same on both sides.
#[derive(Default)]
pub struct Lexicon {
    numbers: HashMap<String, u32>,
}

impl Lexicon {
    fn number(&mut self, word: &str) -> u32 {
        if let Some(number) = self.numbers.get(word) {
            return *number;
        }
        let number = self.numbers.len() as u32;
        self.numbers.insert(word.to_owned(), number);
        number
    }
}

/// One token of a leaf.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    /// Its number in the lexicon.
    pub id: u32,
    /// Its bytes in the text of the leaf.
    pub range: Range<usize>,
    /// A digest of the wraps around it.
    pub format: u64,
    /// Whether it is a character of a writing that has no spaces.
    pub unspaced: bool,
}

/// A stretch of a leaf's text that comes from one inline.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// Its bytes in the text of the leaf.
    pub range: Range<usize>,
    /// The inline.
    pub inline: usize,
    /// The inlines that open the wraps around it, outermost first.
    pub path: Vec<usize>,
}

/// The text of a leaf.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Leaf {
    /// What its inlines hold, laid end to end.
    pub text: String,
    /// Where each stretch comes from.
    pub runs: Vec<Run>,
    /// Its tokens.
    pub tokens: Vec<Token>,
    /// Whether white space counts, as in code.
    pub exact: bool,
}

impl Leaf {
    /// The text of a block's own inlines, or of its code, without tokens.
    pub fn read(block: &Block) -> Leaf {
        let mut leaf = Leaf::default();
        if let BlockKind::Code { text, .. } = &block.kind {
            leaf.push(text, 0, &[]);
            leaf.exact = true;
            return leaf;
        }
        let mut path = Vec::new();
        for (at, inline) in block.inlines.iter().enumerate() {
            match inline {
                Inline::Open(_) => path.push(at),
                Inline::Close => {
                    let empty = path.last().is_some_and(|open| open + 1 == at);
                    if empty {
                        leaf.push(ATOM, at - 1, &path);
                    }
                    path.pop();
                }
                Inline::Text(text) | Inline::Code(text) => leaf.push(text, at, &path),
                Inline::SoftBreak => leaf.push("\n", at, &path),
                _ => leaf.push(ATOM, at, &path),
            }
        }
        leaf
    }

    fn push(&mut self, text: &str, inline: usize, path: &[usize]) {
        let start = self.text.len();
        self.text.push_str(text);
        self.runs.push(Run { range: start..self.text.len(), inline, path: path.to_owned() });
    }

    fn tokenise(&mut self, block: &Block, images: &Images, lexicon: &mut Lexicon) {
        let mut at = 0;
        let mut run = 0;
        for word in words(&self.text) {
            let range = at..at + word.len();
            at = range.end;
            if word.chars().all(char::is_whitespace) {
                continue;
            }
            while self.runs.get(run).is_some_and(|own| own.range.end <= range.start) {
                run += 1;
            }
            let runs = self.runs[run.min(self.runs.len())..].iter().take_while(|own| own.range.start < range.end);
            let format = format(block, runs.clone());
            let id = match runs.clone().next().and_then(|own| block.inlines.get(own.inline)) {
                Some(inline) if word == ATOM => lexicon.number(&atom(inline, images)),
                _ => lexicon.number(word),
            };
            let unspaced = word.starts_with(is_unspaced);
            self.tokens.push(Token { id, range, format, unspaced });
        }
    }
}

/// What makes an atom the same atom: two that differ in it are two words. A note is the same whatever
/// chapter it stands in.
fn atom(inline: &Inline, images: &Images) -> String {
    if let Inline::NoteRef(name) = inline {
        return format!("{ATOM}{}", name.rsplit(PARTED).next().unwrap_or(name));
    }
    format!("{ATOM}{inline:?}{:?}", shown(inline, images))
}

/// What an image shows, as far as that is known.
fn shown<'i>(inline: &Inline, images: &'i Images) -> Option<&'i String> {
    match inline {
        Inline::Image(image) => images.get(&image.src),
        _ => None,
    }
}

/// A digest of the wraps around some runs. Code is a wrap.
fn format<'a>(block: &Block, runs: impl Iterator<Item = &'a Run>) -> u64 {
    let mut hasher = DefaultHasher::new();
    let mut before: Option<Vec<Option<&Wrap>>> = None;
    for run in runs {
        let wraps = run.path.iter().map(|at| match block.inlines.get(*at) {
            Some(Inline::Open(wrap)) => Some(wrap),
            _ => None,
        });
        let code = matches!(block.inlines.get(run.inline), Some(Inline::Code(_)));
        let wraps: Vec<_> = wraps.chain(code.then_some(None)).collect();
        if before.as_ref() != Some(&wraps) {
            wraps.iter().for_each(|wrap| hash(*wrap, &mut hasher));
            before = Some(wraps);
        }
    }
    hasher.finish()
}

/// A chapter is known by its name without the number, so a link to one that was only renumbered leads to
/// the same chapter.
fn hash(wrap: Option<&Wrap>, hasher: &mut impl Hasher) {
    match wrap {
        Some(Wrap::Link { href, title }) if !href.contains(':') => (unnumbered(href), title).hash(hasher),
        wrap => wrap.hash(hasher),
    }
}

/// `../draft-1/05-costs.md#x` as `../draft-1/costs.md#x`.
fn unnumbered(href: &str) -> String {
    let (path, id) = href.split_once('#').map_or((href, ""), |(path, id)| (path, id));
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
    let name = file
        .split_once('-')
        .filter(|(number, _)| number.chars().all(|c| c.is_ascii_digit()))
        .map_or(file, |(_, name)| name);
    format!("{folder}/{name}#{id}")
}

/// The words of a text and what lies between them: the pieces laid end to end are the text. A run of
/// letters and digits is never cut, apart from those of scripts that write without spaces. A full stop or
/// a colon between letters parts two words, as in an address or `data.contact`; in a number it does not.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut pieces = text.split_word_bounds().flat_map(parted).peekable();
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at;
        at += pieces.next()?.len();
        while let Some(next) = pieces.peek() {
            if !joins(&text[start..at], next) {
                break;
            }
            at += next.len();
            pieces.next();
        }
        Some(&text[start..at])
    })
}

/// A word cut at the marks between its letters that part words.
fn parted(word: &str) -> impl Iterator<Item = &str> {
    let mut rest = word;
    std::iter::from_fn(move || {
        let mut marks = rest.char_indices().filter(|(_, c)| matches!(c, '.' | ':'));
        let is_inner = |at: usize| {
            let beside = (rest[..at].chars().next_back(), rest[at + 1..].chars().next());
            !matches!(beside, (Some(a), Some(b)) if a.is_ascii_digit() && b.is_ascii_digit())
        };
        let cut = marks.find(|(at, _)| rest.len() > 1 && is_inner(*at)).map(|(at, _)| at.max(1));
        let (piece, after) = rest.split_at(cut.unwrap_or(rest.len()));
        rest = after;
        (!piece.is_empty()).then_some(piece)
    })
}

/// Whether two pieces are parts of one word although UAX #29 parts them.
fn joins(before: &str, after: &str) -> bool {
    let (Some(last), Some(first)) = (before.chars().next_back(), after.chars().next()) else { return false };
    let lettered = |c: char| (c.is_alphanumeric() || c == '_') && !is_unspaced(c);
    lettered(last) && lettered(first)
}

/// Whether a character is of Chinese, Japanese or Korean writing, where each stands for itself.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

/// The tokens of a whole body.
pub struct Text<'a> {
    /// The body.
    pub body: &'a Body,
    /// The text of every leaf, by the index of the block.
    pub leaves: Vec<Leaf>,
    /// The numbers of all tokens in the order of the text.
    pub ids: Vec<u32>,
    /// The tokens of every subtree, as a range of `ids`.
    pub ranges: Vec<Range<usize>>,
    /// A digest of every subtree, spans aside.
    pub digests: Vec<u64>,
}

impl<'a> Text<'a> {
    /// Reads a body.
    pub fn read(body: &'a Body, images: &Images, lexicon: &mut Lexicon) -> Self {
        let mut text =
            Text { body, leaves: Vec::new(), ids: Vec::new(), ranges: Vec::new(), digests: vec![0; body.blocks.len()] };
        let mut starts = Vec::with_capacity(body.blocks.len() + 1);
        for block in &body.blocks {
            starts.push(text.ids.len());
            let mut leaf = Leaf::read(block);
            leaf.tokenise(block, images, lexicon);
            text.ids.extend(leaf.tokens.iter().map(|token| token.id));
            text.ids.extend(unseen(block).flat_map(|words| numbers(&words, lexicon)));
            text.leaves.push(leaf);
        }
        starts.push(text.ids.len());
        text.ranges = (0..body.blocks.len()).map(|ix| starts[ix]..starts[body.end(ix)]).collect();
        text.digest(images);
        text
    }

    /// The numbers of the tokens of a subtree.
    pub fn tokens(&self, ix: Ix) -> &[u32] {
        self.ranges.get(ix).and_then(|range| self.ids.get(range.clone())).unwrap_or(&[])
    }

    /// Digests from the leaves up: children come after their parent, so backwards.
    fn digest(&mut self, images: &Images) {
        for ix in (0..self.body.blocks.len()).rev() {
            let mut hasher = DefaultHasher::new();
            let block = &self.body.blocks[ix];
            format!("{:?}", block.kind).hash(&mut hasher);
            format!("{:?}", block.inlines).hash(&mut hasher);
            block.inlines.iter().filter_map(|inline| shown(inline, images)).for_each(|shown| shown.hash(&mut hasher));
            self.body.children(ix).for_each(|(child, _)| self.digests[child].hash(&mut hasher));
            self.digests[ix] = hasher.finish();
        }
    }
}

/// Words of a block that are not in its inlines: of raw HTML, and what images show.
fn unseen(block: &Block) -> impl Iterator<Item = String> {
    let html = matches!(block.kind, BlockKind::Html(_)).then(|| block.words());
    let images = block.inlines.iter().filter_map(|inline| match inline {
        Inline::Image(image) => Some(format!("{} {}", image.alt, image.title)),
        _ => None,
    });
    let images: Vec<_> = images.collect();
    html.into_iter().chain(images)
}

fn numbers(text: &str, lexicon: &mut Lexicon) -> Vec<u32> {
    words(text).filter(|word| !word.trim().is_empty()).map(|word| lexicon.number(word)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::{Dialect, parse};

    fn check(text: &str, expected: &[&str]) {
        let words: Vec<_> = words(text).filter(|word| !word.trim().is_empty()).collect();
        assert_eq!(words, expected);
    }

    #[test]
    fn words_are_whole_and_punctuation_stands_alone() {
        check("It can't, won’t: 3.5 %.", &["It", "can't", ",", "won’t", ":", "3.5", "%", "."]);
        check("www.example.org a:b 1.5", &["www", ".", "example", ".", "org", "a", ":", "b", "1.5"]);
        check("snake_case e\u{301}t\u{e9}", &["snake_case", "e\u{301}t\u{e9}"]);
    }

    #[test]
    fn scripts_without_spaces_and_emoji_are_cut_well() {
        check("漢字 👩‍👩‍👧 สวัสดี", &["漢", "字", "👩‍👩‍👧", "สวัสดี"]);
    }

    #[test]
    fn a_renumbered_chapter_is_the_same_target() {
        assert_eq!(unnumbered("../draft-1/05-costs.md#x"), unnumbered("../draft-1/06-costs.md#x"));
        assert_ne!(unnumbered("05-costs.md#x"), unnumbered("05-costs.md#y"));
        assert_ne!(unnumbered("draft-1.md"), unnumbered("draft-2.md"));
    }

    #[test]
    fn a_word_may_cross_a_wrap() {
        let body = parse("un**believ**able `code`\n", Dialect::Paper);
        let mut lexicon = Lexicon::default();
        let text = Text::read(&body, &Default::default(), &mut lexicon);
        assert_eq!(text.leaves[0].text, "unbelievable code");
        assert_eq!(text.leaves[0].tokens.len(), 2);
        assert_ne!(text.leaves[0].tokens[0].format, text.leaves[0].tokens[1].format);
    }

    #[test]
    fn digests_do_not_depend_on_the_place() {
        let body = parse("- a\n- b\n\npara\n\n- a\n- b\n", Dialect::Paper);
        let text = Text::read(&body, &Default::default(), &mut Lexicon::default());
        let roots: Vec<_> = body.roots().map(|(ix, _)| text.digests[ix]).collect();
        assert_eq!(roots[0], roots[2]);
        assert_ne!(roots[0], roots[1]);
    }
}
