//! One document from its files.
//!
//! In: the [`Files`] that belong to a document. Out: a [`Document`] and what is wrong in those files. It
//! is there whatever is wrong, as far as it could be read, so that nothing else fails because of it.

use super::around::Around;
use super::feedback::{self, Feedback};
use super::fields::Fields;
use super::follows::{self, Wish};
use super::functions;
use super::keys;
use super::layout::{DraftFiles, Files};
use super::rounds::{self, Listed};
use super::vote;
use super::{Chapter, Consultation, Document, Draft, DraftName, Letter, Lock, Text, names};
use crate::config::{Config, Kind};
use crate::diag::{self, Diagnostic, Source};
use crate::path::SitePath;
use crate::tree::{Digest, File, Tree};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What a document is read with.
#[derive(Clone, Copy)]
pub(super) struct Desk<'a> {
    /// All files.
    pub(super) tree: &'a Tree,
    /// What holds for the site.
    pub(super) config: &'a Config,
}

/// Where a document lies.
#[derive(Clone, Copy)]
pub(super) struct At<'a> {
    /// The section's folder.
    pub(super) section: &'a str,
    /// What the section's documents are.
    pub(super) kind: Kind,
    /// The document's name.
    pub(super) name: &'a str,
}

/// What was noticed while reading.
#[derive(Clone, Debug, Default)]
pub(super) struct Outcome {
    /// What is wrong.
    pub(super) found: Vec<Diagnostic>,
    /// Files of which it could not be read when or by whom they may be seen.
    pub(super) unsettled: BTreeSet<SitePath>,
}

impl Outcome {
    /// Adds what was noticed elsewhere.
    pub(super) fn append(&mut self, mut other: Outcome) {
        self.found.append(&mut other.found);
        self.unsettled.append(&mut other.unsettled);
    }

    /// Takes what the fields of a file noticed.
    fn close(&mut self, fields: Fields, path: &SitePath) {
        self.found.extend(fields.found);
        if fields.unsettled {
            self.unsettled.insert(path.clone());
        }
    }
}

/// Reads the files of a document.
pub(super) fn read(desk: Desk, around: &Around, at: At, files: &Files, outcome: &mut Outcome) -> Document {
    let whole = matches!(at.kind, Kind::Letter | Kind::Update | Kind::Page) && files.drafts.is_empty();
    let lock = files.lock.as_ref().and_then(|path| desk.lock(path, outcome));
    let gone = lock.as_ref().map_or_else(Vec::new, |lock| lock.gone());
    let mut document = match files.lone.as_ref().or(files.index.as_ref().filter(|_| whole)) {
        Some(path) => lone(desk, around, at, path, outcome),
        None => folder(desk, around, at, (files, &gone), outcome),
    };
    document.figures.clone_from(&files.figures);
    document.lock = lock;
    document
}

/// Reads the front page.
pub(super) fn front(desk: Desk, around: &Around, path: &SitePath, outcome: &mut Outcome) -> Document {
    lone(desk, around, At { section: "", kind: Kind::Page, name: "" }, path, outcome)
}

/// The name of the only draft of a document in one file.
pub(super) fn only() -> DraftName {
    DraftName { round: 1, option: None }
}

/// A document in one file: front matter first says what holds for the document, then for its draft.
fn lone(desk: Desk, around: &Around, at: At, path: &SitePath, outcome: &mut Outcome) -> Document {
    let source = desk.source(path, outcome);
    let mut fields = Fields::read(&source, keys::of_lone(at.kind), desk.config);
    let (mut document, listed, wish) = head(at, &mut fields, around);
    document.lone = true;
    document.folder = path.parent();
    let text = desk.text(&source, fields.body_start);
    let (draft, _) = draft(only(), &mut fields, text);
    let draft = Draft { visible_to: document.visible_to.clone(), ..draft };
    document.drafts.insert(only(), draft);
    document.rounds = rounds::settle(listed, document.drafts.keys(), &mut fields);
    vote::settle(&mut document.consultation.vote, wish, document.drafts.keys(), &document.rounds, &mut fields);
    outcome.close(fields, path);
    document
}

/// A document in a folder; `gone` are the drafts that were taken down.
fn folder(
    desk: Desk,
    around: &Around,
    at: At,
    (files, gone): (&Files, &[DraftName]),
    outcome: &mut Outcome,
) -> Document {
    let folder = SitePath::new("content").join(at.section).join(at.name);
    let mut drafts = BTreeMap::new();
    let mut wishes = BTreeMap::new();
    for (name, files) in &files.drafts {
        let (draft, wish) = desk.draft(name, files, &folder, outcome);
        wishes.insert(name.clone(), wish);
        drafts.insert(name.clone(), draft);
    }
    outcome.found.extend(follows::settle(&mut drafts, &wishes, gone));
    let feedback = files.feedback.iter().flat_map(|path| desk.feedback(path, around, outcome)).collect();
    let Some(index) = &files.index else {
        let rounds = drafts.keys().map(|name| (name.round, super::Round { number: name.round, ..Default::default() }));
        return Document { rounds: rounds.collect(), drafts, folder, feedback, ..empty(at) };
    };
    let source = desk.source(index, outcome);
    let mut fields = Fields::read(&source, keys::of_index(at.kind), desk.config);
    let (mut document, listed, wish) = head(at, &mut fields, around);
    let rounds = rounds::settle(listed, drafts.keys().chain(gone), &mut fields);
    vote::settle(&mut document.consultation.vote, wish, drafts.keys().chain(gone), &rounds, &mut fields);
    let index = desk.text(&source, fields.body_start);
    if fields.unsettled {
        outcome.unsettled.extend(paths(&drafts));
    }
    outcome.close(fields, index.path());
    if paths(&drafts).any(|path| outcome.unsettled.contains(&path)) {
        outcome.unsettled.insert(index.path().clone());
    }
    Document { rounds, drafts, folder, feedback, index: Some(index), ..document }
}

/// The files of drafts and chapters.
fn paths(drafts: &BTreeMap<DraftName, Draft>) -> impl Iterator<Item = SitePath> {
    let texts = |draft: &'_ Draft| {
        let chapters = draft.chapters.iter().map(|chapter| chapter.text.path().clone());
        std::iter::once(draft.text.path().clone()).chain(chapters).collect::<Vec<_>>()
    };
    drafts.values().flat_map(texts)
}

/// A document of which nothing is known but where it lies.
fn empty(at: At) -> Document {
    Document {
        section: at.section.to_owned(),
        kind: at.kind,
        name: at.name.to_owned(),
        lone: false,
        folder: SitePath::default(),
        title: names::title(at.name),
        summary: String::new(),
        by: None,
        contact: None,
        lang: None,
        visible_to: Vec::new(),
        numbered: matches!(at.kind, Kind::Proposal | Kind::Letter | Kind::Strategy),
        groups: Vec::new(),
        means_for: Vec::new(),
        consultation: Consultation::default(),
        index: None,
        letter: None,
        date: None,
        rounds: BTreeMap::new(),
        lock: None,
        feedback: Vec::new(),
        drafts: BTreeMap::new(),
        figures: Vec::new(),
    }
}

/// What holds for the whole document.
fn head(at: At, fields: &mut Fields, around: &Around) -> (Document, Listed, vote::Wish) {
    let empty = empty(at);
    let (consultation, wish) = vote::read(fields);
    let document = Document {
        title: fields.text("title").unwrap_or(empty.title),
        summary: fields.text("summary").unwrap_or_default(),
        by: fields.text("by"),
        contact: fields.contact(),
        lang: fields.lang(),
        visible_to: fields.audiences(),
        numbered: fields.flag("numbered").unwrap_or(empty.numbered),
        groups: fields.groups(),
        means_for: fields.means_for(),
        consultation,
        date: fields.date("date"),
        letter: (at.kind == Kind::Letter).then(|| letter(fields, around)),
        ..empty
    };
    (document, rounds::read(fields, around), wish)
}

fn letter(fields: &mut Fields, around: &Around) -> Letter {
    Letter {
        from: fields.text("from").unwrap_or_default(),
        to: fields.texts("to"),
        reference: fields.text("reference"),
        replies_to: fields.file("replies_to", around),
        original: fields.attachment("original", around),
    }
}

/// A draft without its predecessors, chapters and audiences.
fn draft(name: DraftName, fields: &mut Fields, text: Text) -> (Draft, Wish) {
    let wish = Wish { follows: fields.words("follows"), base: fields.word("base") };
    let draft = Draft {
        name,
        title: fields.text("title"),
        summary: fields.text("summary"),
        note: fields.text("note"),
        published: fields.published(),
        status: fields.status(),
        status_because: fields.text("status_because"),
        visible_to: Vec::new(),
        groups: fields.groups(),
        means_for: fields.means_for(),
        follows: Vec::new(),
        base: None,
        removed: feedback::removals(fields),
        functions: functions::read(fields),
        text,
        chapters: Vec::new(),
    };
    (draft, wish)
}

impl Desk<'_> {
    /// The text of a file; one that is not UTF-8 is reported, and read as well as it can be.
    pub(super) fn source(&self, path: &SitePath, outcome: &mut Outcome) -> Source {
        let file = self.tree.get(path);
        if let Some(text) = file.and_then(File::text) {
            return Source::new(path.clone(), Arc::clone(text));
        }
        let bytes = file.map_or(&[][..], File::bytes);
        let Err(error) = std::str::from_utf8(bytes) else { return Source::new(path.clone(), "") };
        let (text, at, was) = match utf16(bytes) {
            Some(text) => (text, 0, "the file is UTF-16: "),
            None => (String::from_utf8_lossy(bytes).into_owned(), error.valid_up_to(), ""),
        };
        let source = Source::new(path.clone(), text);
        let finding = Diagnostic::at(&diag::NOT_UTF8, source.place(at..at + 1), "this is not UTF-8 text");
        outcome.found.push(finding.hint(format!("{was}save the file again with the encoding UTF-8")));
        source
    }

    fn text(&self, source: &Source, body_start: usize) -> Text {
        let digest = self.tree.get(&source.path).map_or_else(|| Digest::of(&[]), |file| file.digest);
        Text { source: source.clone(), body_start, digest }
    }

    /// The record of a document.
    fn lock(&self, path: &SitePath, outcome: &mut Outcome) -> Option<Arc<Lock>> {
        let source = self.source(path, outcome);
        Lock::read(&source).map(Arc::new).map_err(|finding| outcome.found.push(*finding)).ok()
    }

    /// What was said about a document.
    fn feedback(&self, path: &SitePath, around: &Around, outcome: &mut Outcome) -> Vec<Feedback> {
        let source = self.source(path, outcome);
        let (feedback, found) = feedback::read(&source, self.config, around);
        outcome.found.extend(found);
        feedback
    }

    fn draft(&self, name: &DraftName, files: &DraftFiles, folder: &SitePath, outcome: &mut Outcome) -> (Draft, Wish) {
        let path = files.index.clone().or_else(|| files.file.clone());
        let path = path.unwrap_or_else(|| folder.join(&format!("{name}/index.md")));
        let source = self.source(&path, outcome);
        let mut fields = Fields::read(&source, &keys::DRAFT, self.config);
        let text = self.text(&source, fields.body_start);
        let (mut draft, wish) = draft(name.clone(), &mut fields, text);
        draft.visible_to = fields.audiences();
        if fields.unsettled {
            outcome.unsettled.extend(files.chapters.iter().map(|(_, _, path)| path.clone()));
        }
        outcome.close(fields, &path);
        for (number, (_, name, path)) in (1..).zip(&files.chapters) {
            draft.chapters.push(self.chapter(number, name, path, outcome));
        }
        (draft, wish)
    }

    fn chapter(&self, number: u32, name: &str, path: &SitePath, outcome: &mut Outcome) -> Chapter {
        let source = self.source(path, outcome);
        let mut fields = Fields::read(&source, &keys::CHAPTER, self.config);
        let chapter = Chapter {
            name: name.to_owned(),
            number,
            title: fields.text("title").unwrap_or_else(|| names::title(name)),
            visible_to: fields.audiences(),
            groups: fields.groups(),
            text: self.text(&source, fields.body_start),
        };
        outcome.close(fields, path);
        chapter
    }
}

/// The text of a file that begins with the mark of UTF-16 (RFC 2781, section 3.2).
fn utf16(bytes: &[u8]) -> Option<String> {
    let read = match bytes {
        [0xff, 0xfe, ..] => u16::from_le_bytes,
        [0xfe, 0xff, ..] => u16::from_be_bytes,
        _ => return None,
    };
    let (pairs, _) = bytes.as_chunks::<2>();
    let units = pairs.iter().skip(1).map(|pair| read(*pair));
    Some(char::decode_utf16(units).map(|c| c.unwrap_or('\u{fffd}')).collect())
}
