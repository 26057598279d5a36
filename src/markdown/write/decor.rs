//! What a page supplies to the writer: addresses, ids, numbers; and what it is by default.

use super::{Mark, token};
use crate::markdown::body::{Block, BlockKind, Body, Ix};
use crate::words::Words;
use std::borrow::Cow;

/// Attributes of an element, in the order in which they are written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attrs(pub Vec<(&'static str, String)>);

impl Attrs {
    /// Adds an attribute.
    pub fn set(&mut self, name: &'static str, value: impl Into<String>) {
        self.0.push((name, value.into()));
    }

    /// The same with one more.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.set(name, value);
        self
    }
}

/// What depends on the page that a body is shown on.
pub trait Decor {
    /// Whether the HTML is to be that of pulldown-cmark's own writer.
    fn bare(&self) -> bool {
        false
    }

    /// The language of what is said beside the text.
    fn words(&self) -> &Words {
        Words::english()
    }

    /// The id of a block's element.
    fn id(&self, _ix: Ix, block: &Block) -> Option<String> {
        block.id.clone()
    }

    /// What the ids of notes and references begin with.
    fn prefix(&self) -> &str {
        ""
    }

    /// What a note is called in ids.
    fn note_name(&self, name: &str) -> String {
        token(name)
    }

    /// The number that a note is shown with, from 1.
    fn note_number(&self, body: &Body, name: &str) -> usize {
        body.note_number(name).unwrap_or_default()
    }

    /// The id of the element of a note.
    fn note_id(&self, name: &str) -> String {
        format!("{}note.{}", self.prefix(), self.note_name(name))
    }

    /// Where a reference to a note leads.
    fn note_href(&self, name: &str) -> String {
        format!("#{}", self.note_id(name))
    }

    /// Markup before a block at the top.
    fn before(&self, _ix: Ix, _block: &Block, _out: &mut String) {}

    /// Markup after a block at the top.
    fn after(&self, _ix: Ix, _block: &Block, _out: &mut String) {}

    /// What stands for a comment at the top: nothing, most often.
    fn comment(&self, _ix: Ix, _words: &str) -> String {
        String::new()
    }

    /// Where a link leads on this page.
    fn href<'a>(&self, href: &'a str) -> Cow<'a, str> {
        Cow::Borrowed(href)
    }

    /// Where an image lies, seen from this page.
    fn src<'a>(&self, src: &'a str) -> Cow<'a, str> {
        Cow::Borrowed(src)
    }

    /// The words of a block that lead to what they mean, in their order.
    fn marks(&self, _ix: Ix) -> &[Mark] {
        &[]
    }

    /// What a table is called, for those who do not see it.
    fn table_label(&self, _ix: Ix) -> String {
        self.words().say("label-table")
    }

    /// The level that a heading has on this page.
    fn level(&self, level: u8) -> u8 {
        level
    }
}

/// No decor: the HTML of pulldown-cmark's own writer.
pub struct Bare;

impl Decor for Bare {
    fn bare(&self) -> bool {
        true
    }

    fn id(&self, _ix: Ix, block: &Block) -> Option<String> {
        match block.kind {
            BlockKind::Heading { explicit: false, .. } => None,
            _ => block.id.clone(),
        }
    }
}

/// A body and how it is shown.
#[derive(Clone, Copy)]
pub struct Side<'a> {
    /// The text.
    pub body: &'a Body,
    /// What the page supplies.
    pub decor: &'a dyn Decor,
}
