//! The parsed text of one file: a tree of blocks, kept flat in the order of the text.
//!
//! A [`Body`] holds no address and no number of a block; those belong to the page that shows it. The
//! blocks lie in pre-order, each with the size of its subtree, so that a subtree is a slice and the
//! index of a block ([`Ix`]) names it for as long as the body lives.

use crate::diag::Rule;
use std::collections::BTreeMap;
use std::ops::Range;

/// The index of a block in [`Body::blocks`].
pub type Ix = usize;

/// The parsed text of one file.
#[derive(Debug, Default, PartialEq)]
pub struct Body {
    /// All blocks in pre-order.
    pub blocks: Vec<Block>,
    /// The names of the footnotes in the order of their first reference; those never referred to
    /// follow in the order of their definitions.
    pub notes: Vec<String>,
    /// Of each footnote its place among `notes`, and its block where it is defined.
    pub(super) note_places: BTreeMap<String, (usize, Option<Ix>)>,
    /// Where the text leads, and what it shows.
    pub references: Vec<Reference>,
    /// What the parser noticed, with byte ranges in the text of the body.
    pub remarks: Vec<Remark>,
    /// The comments inside leaves, in bytes of the body's text; those that stand alone are blocks.
    pub asides: Vec<Range<usize>>,
}

/// A link or an image.
#[derive(Clone, Debug, PartialEq)]
pub struct Reference {
    /// The target as it is written.
    pub target: String,
    /// Where, in bytes of the body's text.
    pub span: Range<usize>,
    /// Whether it is the source of an image.
    pub image: bool,
}

/// Something that the parser noticed.
#[derive(Clone, Debug, PartialEq)]
pub struct Remark {
    /// The rule that is broken.
    pub rule: &'static Rule,
    /// Where, in bytes of the body's text.
    pub span: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: Option<String>,
}

/// One block.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// The number of blocks in its subtree, itself included.
    pub size: usize,
    /// Its id: of a heading its slug or `{#id}`, of others `{#id}` where they have one.
    pub id: Option<String>,
    /// Its bytes in the text of the body.
    pub span: Range<usize>,
    /// The content of a leaf; empty where the block has children.
    pub inlines: Vec<Inline>,
}

/// What a block is. Names follow CommonMark, GFM and (for `Plain`) Pandoc.
#[derive(Clone, Debug, PartialEq, Hash)]
pub enum BlockKind {
    /// A heading of level 1 to 6.
    Heading {
        /// 1 to 6.
        level: u8,
        /// Whether its id was written by the author.
        explicit: bool,
        /// Classes and attributes that the author gave it.
        attrs: Vec<(&'static str, String)>,
    },
    /// A paragraph.
    Paragraph,
    /// The words of a tight list item: a paragraph without `<p>`.
    Plain,
    /// A paragraph that holds nothing but an image.
    Figure,
    /// A quotation, or an alert.
    Quote(Option<Alert>),
    /// A list; ordered ones have their first number.
    List(Option<u64>),
    /// An item of a list.
    Item,
    /// A table with the alignment of each column.
    Table(Vec<Align>),
    /// A row of a table; the first is the header.
    Row {
        /// Whether it is the header row.
        header: bool,
    },
    /// A cell of a row.
    Cell,
    /// A definition list.
    Definitions,
    /// A term of a definition list.
    Term,
    /// What a term means.
    Definition,
    /// Code, with the info string of a fenced block.
    Code {
        /// The info string; none of an indented block.
        info: Option<String>,
        /// The code.
        text: String,
    },
    /// A footnote.
    Note(String),
    /// Raw HTML; cleaned unless the body was parsed raw.
    Html(String),
    /// An HTML comment that stands alone, without its marks: nothing to see.
    Comment(String),
    /// A thematic break.
    Rule,
}

/// The kinds of alert of GFM.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Alert {
    /// Worth knowing.
    Note,
    /// Helpful.
    Tip,
    /// Needed.
    Important,
    /// Urgent.
    Warning,
    /// Risky.
    Caution,
}

impl Alert {
    /// The word for it, as in the Markdown.
    pub fn word(self) -> &'static str {
        match self {
            Alert::Note => "note",
            Alert::Tip => "tip",
            Alert::Important => "important",
            Alert::Warning => "warning",
            Alert::Caution => "caution",
        }
    }
}

/// The alignment of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Align {
    /// As the theme has it.
    None,
    /// To the left.
    Left,
    /// In the middle.
    Center,
    /// To the right.
    Right,
}

/// A piece of the content of a leaf. Wraps open and close like brackets.
#[derive(Clone, Debug, PartialEq, Hash)]
pub enum Inline {
    /// Words.
    Text(String),
    /// Code.
    Code(String),
    /// Raw HTML, only where the body was parsed raw.
    Html(String),
    /// A line end in the source.
    SoftBreak,
    /// A line break that the author asked for.
    HardBreak,
    /// A reference to a footnote, by name.
    NoteRef(String),
    /// The box of a task, ticked or not.
    Task(bool),
    /// An image.
    Image(Box<Image>),
    /// The beginning of a wrap.
    Open(Wrap),
    /// The end of the innermost wrap.
    Close,
}

/// An image.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Image {
    /// The source as it is written.
    pub src: String,
    /// The alternative text.
    pub alt: String,
    /// The title, which is the caption of a figure.
    pub title: String,
}

/// What inlines can be wrapped in.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Wrap {
    /// Emphasis.
    Emphasis,
    /// Strong emphasis.
    Strong,
    /// Struck text: no longer accurate.
    Strike,
    /// A link.
    Link {
        /// The target as it is written; an autolinked e-mail address begins with `mailto:`.
        href: String,
        /// The title.
        title: String,
    },
    /// An element of raw HTML that is on the allow list.
    Html {
        /// The element's name.
        tag: &'static str,
        /// Its attributes, cleaned.
        attrs: Vec<(&'static str, String)>,
    },
}

impl Body {
    /// The blocks at the top.
    pub fn roots(&self) -> Children<'_> {
        Children { body: self, next: 0, end: self.blocks.len() }
    }

    /// The blocks at the top of a stretch that cuts through none.
    pub fn siblings(&self, blocks: Range<Ix>) -> Children<'_> {
        Children { body: self, next: blocks.start, end: blocks.end }
    }

    /// The blocks directly inside a block.
    pub fn children(&self, ix: Ix) -> Children<'_> {
        Children { body: self, next: ix + 1, end: self.end(ix) }
    }

    /// The index after the last block of a subtree.
    pub fn end(&self, ix: Ix) -> Ix {
        self.blocks.get(ix).map_or(ix, |block| ix + block.size)
    }

    /// The blocks of a subtree, the block itself first.
    pub fn subtree(&self, ix: Ix) -> &[Block] {
        self.blocks.get(ix..self.end(ix)).unwrap_or(&[])
    }

    /// The level of a heading; none of another block.
    pub fn level(&self, ix: Ix) -> Option<u8> {
        match self.blocks.get(ix)?.kind {
            BlockKind::Heading { level, .. } => Some(level),
            _ => None,
        }
    }

    /// The blocks at the top below a heading, down to the next heading of its level or above it, or to the end of its
    /// text; none below another block.
    pub fn section(&self, heading: Ix, end: Ix) -> Vec<Ix> {
        let Some(own) = self.level(heading) else { return Vec::new() };
        let below = self.siblings(self.end(heading)..end).map(|(ix, _)| ix);
        below.take_while(|ix| self.level(*ix).is_none_or(|level| level > own)).collect()
    }

    /// The definition of a footnote.
    pub fn note(&self, name: &str) -> Option<Ix> {
        self.note_places.get(name)?.1
    }

    /// The number that a footnote is shown with, from 1.
    pub fn note_number(&self, name: &str) -> Option<usize> {
        self.note_places.get(name).map(|(at, _)| at + 1)
    }

    /// The headings with their level and plain words.
    pub fn headings(&self) -> impl Iterator<Item = (Ix, u8, String)> {
        self.blocks.iter().enumerate().filter_map(|(ix, block)| match block.kind {
            BlockKind::Heading { level, .. } => Some((ix, level, block.words())),
            _ => None,
        })
    }

    /// The words of a subtree, blocks parted by a space.
    pub fn words(&self, ix: Ix) -> String {
        let words: Vec<_> = self.subtree(ix).iter().map(Block::words).filter(|words| !words.is_empty()).collect();
        words.join(" ")
    }

    /// How many words the text has: runs of characters without white space.
    pub fn word_count(&self) -> usize {
        self.blocks.iter().map(|block| block.words().split_whitespace().count()).sum()
    }
}

impl Block {
    /// The words of a leaf, without markup.
    pub fn words(&self) -> String {
        match &self.kind {
            BlockKind::Code { text, .. } => text.clone(),
            BlockKind::Html(html) => super::raw::tags::text_of(html),
            _ => plain(&self.inlines),
        }
    }

    /// Whether a reader sees nothing of it.
    pub fn is_invisible(&self) -> bool {
        match &self.kind {
            BlockKind::Comment(_) => true,
            BlockKind::Html(html) => html.trim().is_empty(),
            _ => false,
        }
    }
}

/// The words of inlines, without markup.
pub fn plain(inlines: &[Inline]) -> String {
    let mut words = String::new();
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Code(text) => words.push_str(text),
            Inline::SoftBreak | Inline::HardBreak => words.push(' '),
            Inline::Image(image) => words.push_str(&image.alt),
            Inline::Html(_) | Inline::NoteRef(_) | Inline::Task(_) | Inline::Open(_) | Inline::Close => {}
        }
    }
    words
}

/// The direct children of a block, or the roots of a body.
#[derive(Clone)]
pub struct Children<'a> {
    body: &'a Body,
    next: Ix,
    end: Ix,
}

impl<'a> Iterator for Children<'a> {
    type Item = (Ix, &'a Block);

    fn next(&mut self) -> Option<Self::Item> {
        let ix = self.next;
        let block = self.body.blocks.get(ix).filter(|_| ix < self.end)?;
        self.next = ix + block.size.max(1);
        Some((ix, block))
    }
}
