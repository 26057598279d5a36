//! The words of a body as tokens, so that equal words are equal numbers.
//!
//! A token is a word, a single character that is not part of a word, or something that stands in the line like one (an image, a reference to a note). White space lies
//! between tokens. The text of a leaf is what its inlines hold, laid end to end; offsets are bytes of it.

use super::cut::{is_unspaced, words};
use super::phrases::Phrases;
use crate::markdown::{Block, BlockKind, Body, Inline, Ix, Wrap, decoded, texts_and_tags};
use foldhash::fast::{FixedState, RandomState};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{BuildHasher, Hash, Hasher};
use std::ops::Range;
use std::sync::OnceLock;

/// What stands in the text of a leaf for an image, a reference or an empty link: one character
/// without a meaning.
pub const ATOM: &str = "\u{fffc}";

/// What the images of a text show, by their source as it is written: a digest of the file.
pub type Images = BTreeMap<String, String>;

/// What is known of a body beside its text.
#[derive(Clone, Copy, Default)]
pub struct Known<'a> {
    /// What its images show.
    pub images: Option<&'a Images>,
    /// Of the older text: what its notes are called in the newer one. Those that are not named went.
    pub notes: Option<&'a BTreeMap<String, String>>,
}

impl<'a> Known<'a> {
    /// What an image shows, as far as that is known.
    fn shown(&self, inline: &Inline) -> Option<&'a String> {
        match inline {
            Inline::Image(image) => self.images?.get(&image.src),
            _ => None,
        }
    }

    /// Hashes a piece of a leaf: two that differ in it are two words. A note is the same under any name.
    fn hash(&self, inline: &Inline, hasher: &mut impl Hasher) {
        match inline {
            Inline::NoteRef(name) => match self.notes {
                None => ("note", name).hash(hasher),
                Some(notes) => {
                    (notes.get(name).map_or("gone", |_| "note"), notes.get(name).unwrap_or(name)).hash(hasher)
                }
            },
            inline => inline.hash(hasher),
        }
        self.shown(inline).hash(hasher);
    }
}

/// Numbers for words, the same on both sides, and the same whichever side is read first: digests, and the
/// next free number where two words have the same.
#[derive(Default)]
pub struct Lexicon {
    numbers: HashMap<String, u32, RandomState>,
    taken: HashSet<u32, RandomState>,
}

impl Lexicon {
    /// The numbers of the words of a text.
    pub fn numbers(&mut self, text: &str) -> Vec<u32> {
        words(text).filter(|word| !is_space(word)).map(|word| self.number(word)).collect()
    }

    fn number(&mut self, word: &str) -> u32 {
        if let Some(number) = self.numbers.get(word) {
            return *number;
        }
        let mut number = HASHING.hash_one(word) as u32;
        while !self.taken.insert(number) {
            number = number.wrapping_add(1);
        }
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
    /// The text of a block's own inlines, or of its code, without tokens. Of raw HTML it is the texts between
    /// the tags, with a line end for each tag; a run then names a text or a tag by its place among them.
    pub fn read(block: &Block) -> Leaf {
        let mut leaf = Leaf::default();
        if let BlockKind::Code { text, .. } = &block.kind {
            leaf.push(text, 0, &[]);
            leaf.exact = true;
            return leaf;
        }
        if let BlockKind::Html(html) = &block.kind {
            for (at, piece) in texts_and_tags(html).into_iter().enumerate() {
                let text = if at % 2 == 0 { decoded(piece) } else { "\n".to_owned() };
                leaf.push(&text, at, &[]);
            }
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

    fn tokenise(&mut self, block: &Block, known: Known, lexicon: &mut Lexicon) {
        let formats: Vec<u64> = self.runs.iter().map(|run| format(block, run)).collect();
        let (mut at, mut run) = (0, 0);
        for word in words(&self.text) {
            let range = at..at + word.len();
            at = range.end;
            if is_space(word) {
                continue;
            }
            while self.runs.get(run).is_some_and(|own| own.range.end <= range.start) {
                run += 1;
            }
            let last = (run..self.runs.len()).take_while(|at| self.runs[*at].range.start < range.end).last();
            let format = mixed(formats.get(run..=last.unwrap_or(run)).unwrap_or(&[]));
            let id = match self.runs.get(run).and_then(|own| block.inlines.get(own.inline)) {
                Some(inline) if word == ATOM => lexicon.number(&atom(inline, known)),
                _ => lexicon.number(word),
            };
            let unspaced = word.starts_with(is_unspaced);
            self.tokens.push(Token { id, range, format, unspaced });
        }
    }
}

fn is_space(word: &str) -> bool {
    word.chars().all(char::is_whitespace)
}

/// What stands for an atom among words: the same for the same atom.
fn atom(inline: &Inline, known: Known) -> String {
    let mut hasher = HASHING.build_hasher();
    known.hash(inline, &mut hasher);
    format!("{ATOM}{:x}", hasher.finish())
}

/// How digests are made: the same in both texts.
const HASHING: FixedState = FixedState::with_seed(0);

/// A digest of the wraps around a run. Code is a wrap.
fn format(block: &Block, run: &Run) -> u64 {
    let is_code = matches!(block.inlines.get(run.inline), Some(Inline::Code(_)));
    if run.path.is_empty() && !is_code {
        return 0;
    }
    let mut hasher = HASHING.build_hasher();
    for at in &run.path {
        match block.inlines.get(*at) {
            Some(Inline::Open(wrap)) => hash(Some(wrap), &mut hasher),
            _ => hash(None, &mut hasher),
        }
    }
    is_code.hash(&mut hasher);
    hasher.finish()
}

/// The digest of a word that lies in several runs.
fn mixed(formats: &[u64]) -> u64 {
    match formats {
        [] => 0,
        [first, rest @ ..] if rest.iter().all(|format| format == first) => *first,
        formats => HASHING.hash_one(formats),
    }
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
    /// The numbers of a subtree sorted, once they are asked for.
    sorted: Vec<OnceLock<Box<[u32]>>>,
    /// Its phrases, once they are asked for.
    phrases: OnceLock<Phrases>,
}

impl<'a> Text<'a> {
    /// Reads a body.
    pub fn read(body: &'a Body, known: Known, lexicon: &mut Lexicon) -> Self {
        let mut text = Text {
            body,
            leaves: Vec::new(),
            ids: Vec::new(),
            ranges: Vec::new(),
            digests: vec![0; body.blocks.len()],
            sorted: vec![OnceLock::new(); body.blocks.len()],
            phrases: OnceLock::new(),
        };
        let mut starts = Vec::with_capacity(body.blocks.len() + 1);
        for block in &body.blocks {
            starts.push(text.ids.len());
            let mut leaf = Leaf::read(block);
            leaf.tokenise(block, known, lexicon);
            text.ids.extend(leaf.tokens.iter().map(|token| token.id));
            unseen(block).for_each(|words| text.ids.extend(lexicon.numbers(&words)));
            text.leaves.push(leaf);
        }
        starts.push(text.ids.len());
        text.ranges = (0..body.blocks.len()).map(|ix| starts[ix]..starts[body.end(ix)]).collect();
        text.digest(known);
        text
    }

    /// The numbers of the tokens of a subtree.
    pub fn tokens(&self, ix: Ix) -> &[u32] {
        self.ranges.get(ix).and_then(|range| self.ids.get(range.clone())).unwrap_or(&[])
    }

    /// The numbers of the tokens of a subtree, sorted.
    pub fn sorted(&self, ix: Ix) -> &[u32] {
        let sort = || {
            let mut ids: Box<[u32]> = self.tokens(ix).into();
            ids.sort_unstable();
            ids
        };
        self.sorted.get(ix).map_or(&[], |sorted| sorted.get_or_init(sort))
    }

    /// How many units of it hold each phrase.
    pub fn phrases(&self) -> &Phrases {
        self.phrases.get_or_init(|| Phrases::of(self))
    }

    /// Digests from the leaves up: children come after their parent, so backwards.
    fn digest(&mut self, known: Known) {
        for ix in (0..self.body.blocks.len()).rev() {
            let mut hasher = HASHING.build_hasher();
            let block = &self.body.blocks[ix];
            match &block.kind {
                BlockKind::Note(_) => "note".hash(&mut hasher),
                kind => kind.hash(&mut hasher),
            }
            block.inlines.iter().for_each(|inline| known.hash(inline, &mut hasher));
            let seen = self.body.children(ix).filter(|(_, child)| !matches!(child.kind, BlockKind::Comment(_)));
            seen.for_each(|(child, _)| self.digests[child].hash(&mut hasher));
            self.digests[ix] = hasher.finish();
        }
    }
}

/// Words of a block that are not in its text: what images show.
fn unseen(block: &Block) -> impl Iterator<Item = String> {
    block.inlines.iter().filter_map(|inline| match inline {
        Inline::Image(image) => Some(format!("{} {}", image.alt, image.title)),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::{Dialect, parse};

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
        let text = Text::read(&body, Known::default(), &mut lexicon);
        assert_eq!(text.leaves[0].text, "unbelievable code");
        assert_eq!(text.leaves[0].tokens.len(), 2);
        assert_ne!(text.leaves[0].tokens[0].format, text.leaves[0].tokens[1].format);
    }

    #[test]
    fn digests_do_not_depend_on_the_place() {
        let body = parse("- a\n- b\n\npara\n\n- a\n- b\n", Dialect::Paper);
        let text = Text::read(&body, Known::default(), &mut Lexicon::default());
        let roots: Vec<_> = body.roots().map(|(ix, _)| text.digests[ix]).collect();
        assert_eq!(roots[0], roots[2]);
        assert_ne!(roots[0], roots[1]);
    }

    #[test]
    fn digests_do_not_depend_on_comments_inside() {
        let digest = |text: &str| {
            let body = parse(text, Dialect::Paper);
            Text::read(&body, Known::default(), &mut Lexicon::default()).digests[0]
        };
        assert_eq!(digest("- a\n- b\n"), digest("- a\n  <!-- for: x -->\n- b\n"));
        assert_ne!(digest("- a\n- b\n"), digest("- a\n- c\n"));
    }
}
