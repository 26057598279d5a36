//! A draft in the form that its seal covers.
//!
//! The form is Markdown. Above the text stand, between two lines of three hyphens, `document`, `draft`, `title`, the
//! draft's own title as `option` where it has one, below `functions` who holds what, in the order of the draft, and below
//! `files` the path of every file that the text shows or leads to, with its SHA-256, in the order of their paths. Line ends are line feeds, comments that no page shows are left out
//! ([`without_comments`](crate::markdown::without_comments)), and there is one line feed at the end. Of a draft in chapters each chapter follows behind lines
//! of the same sort, with `chapter`, `number` and `title`. Texts stand in quotation marks, `\` before `"` and `\`.

use crate::markdown::number::numbers_of;
use crate::markdown::whole::{Chapter, Whole, chapter_prefix};
use crate::markdown::{BlockKind, Body, Dialect, parse, token};
use crate::paper::{Contents, Function, quoted, unquoted};
use crate::tree::Digest;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

/// A draft in the form that its seal covers.
#[derive(Clone, Debug, PartialEq)]
pub struct Sealed {
    /// All of it.
    pub text: String,
    /// SHA-256 of the text: the seal.
    pub digest: Digest,
    /// What the document is called.
    pub title: String,
    /// What the draft is called, if it has a title of its own.
    pub option: Option<String>,
    /// The functions, each with the lines that tell of it, in the order of the draft.
    pub functions: Vec<(String, String)>,
    /// The files that the text shows or leads to, by their paths below `content/`.
    pub files: BTreeMap<String, Digest>,
    /// The blocks at the top that have a name, in the order of the text.
    pub blocks: Vec<Block>,
}

/// A block of a sealed text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Its number (`p2-4`), of a heading `#` and its id, of a note `#note.` and its name; in chapters the last two
    /// begin with the chapter's name.
    pub name: String,
    /// SHA-256 of its Markdown.
    pub digest: Digest,
    /// Its Markdown.
    pub text: String,
}

/// A text of a draft: the words above the chapters, or a chapter.
#[derive(Clone, Debug)]
pub struct Part<'a> {
    /// The name, the number and the title of a chapter.
    pub chapter: Option<(&'a str, u32, &'a str)>,
    /// The Markdown without comments.
    pub text: Arc<str>,
}

/// What stands above the text.
#[derive(Clone, Copy, Debug)]
pub struct Head<'a> {
    /// The section and the name of the document: `proposals/hubs`.
    pub document: &'a str,
    /// The name of the draft.
    pub draft: &'a str,
    /// What the document is called.
    pub title: &'a str,
    /// What the draft is called, if it has a title of its own.
    pub option: Option<&'a str>,
    /// Who holds what.
    pub functions: &'a [Function],
}

impl Sealed {
    /// Puts a draft into the form that is sealed.
    pub fn of(head: Head, files: BTreeMap<String, Digest>, parts: &[Part], dialect: Dialect) -> Sealed {
        let functions: Vec<_> = head.functions.iter().map(|own| (own.what.clone(), lines_of(own))).collect();
        let mut text = above(head, &functions, &files);
        for part in parts {
            if let Some((name, number, title)) = part.chapter {
                _ = write!(text, "\n---\nchapter: {name}\nnumber: {number}\ntitle: {}\n---\n", quoted(title));
            }
            if !part.text.is_empty() {
                _ = write!(text, "\n{}", part.text);
            }
        }
        Sealed {
            digest: Digest::of(text.as_bytes()),
            title: head.title.to_owned(),
            option: head.option.map(str::to_owned),
            functions,
            files,
            blocks: blocks(&text, dialect),
            text,
        }
    }

    /// What an entry of the record holds of it; `from` says by the name of each block what it was called before.
    pub fn contents(&self, from: &BTreeMap<String, String>) -> Contents {
        let block = |own: &Block| (own.name.clone(), own.digest, from.get(&own.name).cloned());
        Contents {
            title: self.title.clone(),
            option: self.option.clone(),
            text: self.text.clone(),
            functions: self.functions.iter().map(|own| (own.0.clone(), Digest::of(own.1.as_bytes()))).collect(),
            files: self.files.clone(),
            blocks: self.blocks.iter().map(block).collect(),
        }
    }
}

/// The lines above the text, between two of three hyphens.
fn above(head: Head, functions: &[(String, String)], files: &BTreeMap<String, Digest>) -> String {
    let Head { document, draft, title, option, .. } = head;
    let mut text = format!("---\ndocument: {document}\ndraft: {draft}\ntitle: {}\n", quoted(title));
    option.iter().for_each(|option| _ = writeln!(text, "option: {}", quoted(option)));
    if !functions.is_empty() {
        text.push_str("functions:\n");
    }
    functions.iter().for_each(|(_, lines)| text.push_str(lines));
    if !files.is_empty() {
        text.push_str("files:\n");
    }
    files.iter().for_each(|(path, digest)| _ = writeln!(text, "  {}: {digest}", quoted(path)));
    text.push_str("---\n");
    text
}

/// The lines that tell of a function.
fn lines_of(function: &Function) -> String {
    let mut lines = format!("  - what: {}\n", quoted(&function.what));
    let others = [("today", &function.today), ("holder", &function.holder)];
    let others = others.into_iter().filter_map(|(key, value)| Some((key, value.as_ref()?)));
    others.for_each(|(key, value)| _ = writeln!(lines, "    {key}: {}", quoted(value)));
    lines
}

/// What a sealed text says of a function.
pub fn function_of(sealed: &str, what: &str) -> Option<Function> {
    let head = sealed.strip_prefix("---\n")?.split_once("\n---\n")?.0;
    let first = format!("  - what: {}", quoted(what));
    let mut lines = head.lines().skip_while(|line| **line != *first);
    lines.next()?;
    let mut function = Function { what: what.to_owned(), today: None, holder: None };
    for line in lines.map_while(|line| line.strip_prefix("    ")) {
        match line.split_once(": ") {
            Some(("today", words)) => function.today = unquoted(words),
            Some(("holder", words)) => function.holder = unquoted(words),
            _ => {}
        }
    }
    Some(function)
}

/// The blocks at the top of a sealed text that have a name.
pub fn blocks(sealed: &str, dialect: Dialect) -> Vec<Block> {
    let mut texts = Vec::new();
    let mut heads = sealed.split("\n---\nchapter: ");
    let opening = heads.next().unwrap_or("");
    texts.push((None, opening.split_once("\n---\n").map_or("", |(_, text)| text)));
    for chapter in heads {
        let (head, text) = chapter.split_once("\n---\n").unwrap_or((chapter, ""));
        let mut lines = head.lines();
        let name = lines.next().unwrap_or("");
        let number = lines.find_map(|line| line.strip_prefix("number: ")?.parse().ok()).unwrap_or(0);
        texts.push((Some((name, number)), text));
    }
    let whole = whole_of(&texts, dialect);
    let names = names_of(&whole);
    let mut blocks = Vec::new();
    for (part, (_, text)) in whole.parts.iter().zip(&texts) {
        for (ix, block) in whole.body.siblings(part.blocks.clone()) {
            let words = text.get(block.span.clone()).unwrap_or("").trim();
            if let Some(name) = names.get(ix).cloned().flatten() {
                blocks.push(Block { name, digest: Digest::of(words.as_bytes()), text: words.to_owned() });
            }
        }
    }
    blocks
}

fn whole_of(texts: &[(Option<(&str, u32)>, &str)], dialect: Dialect) -> Whole {
    let mut bodies: Vec<_> = texts.iter().map(|(_, text)| parse(text, dialect)).collect();
    let opening = if bodies.is_empty() { Body::default() } else { bodies.remove(0) };
    if bodies.is_empty() {
        return Whole::of(Arc::new(opening));
    }
    let named = texts.iter().filter_map(|(chapter, _)| *chapter);
    let chapters = named.zip(&bodies).map(|((name, number), body)| Chapter { name, number, title: "", file: "", body });
    Whole::in_chapters(&opening, &chapters.collect::<Vec<_>>())
}

/// The names of the blocks at the top, by index; none of what has no name, such as a rule.
pub fn names_of(whole: &Whole) -> Vec<Option<String>> {
    let numbers = numbers_of(whole);
    let mut names = vec![None; whole.body.blocks.len()];
    for part in &whole.parts {
        let shared = if part.lowered { chapter_prefix(&part.name) } else { String::new() };
        for (ix, block) in whole.body.siblings(part.blocks.clone()) {
            let own = |id: &str| format!("{}#{}", part.name, id.strip_prefix(&shared).unwrap_or(id));
            names[ix] = match &block.kind {
                BlockKind::Heading { .. } => block.id.as_deref().map(own),
                BlockKind::Note(name) => {
                    let name = name.rsplit(crate::markdown::whole::PARTED).next().unwrap_or(name);
                    Some(format!("{}#note.{}", part.name, token(name)))
                }
                _ => numbers.get(ix).cloned().flatten(),
            };
        }
    }
    names
}
