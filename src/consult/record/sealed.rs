//! A draft in the form that its seal covers, with its blocks.

use super::form::Form;
use crate::markdown::number::numbers_of;
use crate::markdown::whole::{Chapter, Whole};
use crate::markdown::{BlockKind, Body, Dialect, parse};
use crate::paper::Contents;
use crate::tree::Digest;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A draft in the form that its seal covers.
#[derive(Clone, Debug, PartialEq)]
pub struct Sealed {
    /// The form.
    pub form: Form,
    /// The same as a text.
    pub text: String,
    /// SHA-256 of the text: the seal.
    pub digest: Digest,
    /// The blocks at the top that have a name, in the order of the text.
    pub blocks: Vec<Block>,
}

/// A block of a sealed text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Its number (`p2-4`). The third heading is `h3`, the third note `n3`; in the second chapter `h2-3` and `n2-3`. No
    /// name holds words of the text, which might have to be taken down.
    pub name: String,
    /// SHA-256 of its Markdown.
    pub digest: Digest,
    /// Its Markdown.
    pub text: String,
}

impl Sealed {
    /// Puts a seal on a form.
    pub fn of(form: Form, dialect: Dialect) -> Sealed {
        let text = form.written();
        Sealed { digest: Digest::of(text.as_bytes()), blocks: blocks(&form, dialect), text, form }
    }

    /// What an entry of the record holds of it; `from` says by the name of each block what it was called before.
    pub fn contents(&self, from: &BTreeMap<String, String>) -> Contents {
        let block = |own: &Block| (own.name.clone(), own.digest, from.get(&own.name).cloned());
        Contents { text: self.text.clone(), blocks: self.blocks.iter().map(block).collect() }
    }
}

/// The blocks at the top that have a name.
pub(super) fn blocks(form: &Form, dialect: Dialect) -> Vec<Block> {
    let whole = whole_of(form, dialect);
    let names = names_of(&whole);
    let mut blocks = Vec::new();
    for (part, own) in whole.parts.iter().zip(&form.parts) {
        for (ix, block) in whole.body.siblings(part.blocks.clone()) {
            let words = own.text.get(block.span.clone()).unwrap_or("").trim();
            if let Some(name) = names.get(ix).cloned().flatten() {
                blocks.push(Block { name, digest: Digest::of(words.as_bytes()), text: words.to_owned() });
            }
        }
    }
    blocks
}

fn whole_of(form: &Form, dialect: Dialect) -> Whole {
    let mut bodies: Vec<_> = form.parts.iter().map(|part| parse(&part.text, dialect)).collect();
    let opening = if bodies.is_empty() { Body::default() } else { bodies.remove(0) };
    if bodies.is_empty() {
        return Whole::of(Arc::new(opening));
    }
    let heads = form.parts.iter().filter_map(|part| part.chapter.as_ref());
    let chapters = heads.zip(&bodies).map(|(own, body)| {
        let (name, number) = (own.name.as_str(), own.number);
        Chapter { name, number, title: "", file: "", body }
    });
    Whole::in_chapters(&opening, &chapters.collect::<Vec<_>>())
}

/// The names of the blocks at the top, by index; none of what has no name, such as a rule.
pub fn names_of(whole: &Whole) -> Vec<Option<String>> {
    let numbers = numbers_of(whole);
    let mut names = vec![None; whole.body.blocks.len()];
    for part in &whole.parts {
        let chapter = part.number.map_or(String::new(), |number| format!("{number}-"));
        let (mut headings, mut notes) = (0, 0);
        let counted = |sort: char, count: &mut usize| {
            *count += 1;
            Some(format!("{sort}{chapter}{count}"))
        };
        for (ix, block) in whole.body.siblings(part.blocks.clone()) {
            names[ix] = match &block.kind {
                BlockKind::Heading { .. } => counted('h', &mut headings),
                BlockKind::Note(_) => counted('n', &mut notes),
                _ => numbers.get(ix).cloned().flatten(),
            };
        }
    }
    names
}
