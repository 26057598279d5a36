//! The record of a site: which texts are sealed, whether they still are what was sealed, and what is to be recorded.
//!
//! In: a world. Out: [`Sealed`] of a draft, the [`Lock`] of a document, findings, and [`Publication`]: the files that
//! record a publication.

mod check;
mod publication;

pub(super) use check::check;
pub use publication::{Asked, Publication, Refused};

use super::world::World;
use crate::check::links::{Links, Target};
use crate::consult::record::{Act, Entry, Lock, Part, Sealed};
use crate::diag::{Diagnostic, Source};
use crate::markdown::without_comments;
use crate::paper::{Archive, Document, Draft, DraftName, Text};
use crate::routes::DocumentKey;
use crate::tree::Digest;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The record of a document as it was read.
pub(super) struct Record {
    source: Source,
    pub(super) lock: Result<Lock, Box<Diagnostic>>,
}

/// A text, and of a chapter its name, number and title.
type TextOf<'a> = (&'a Text, Option<(&'a str, u32, &'a str)>);

/// The records of all documents, seen or not; those whose file is the same are taken over.
pub(super) type Records = BTreeMap<DocumentKey, Arc<Record>>;

/// Reads the records of an archive.
pub(super) fn records(archive: &Archive, before: Option<&Records>) -> Records {
    let sources = archive.documents.values().filter_map(|own| Some((DocumentKey::of(own), own.lock.as_ref()?)));
    let record = |(key, source): (DocumentKey, &Source)| {
        let known = before.and_then(|before| before.get(&key));
        let known = known.filter(|known| Arc::ptr_eq(&known.source.text, &source.text)).map(Arc::clone);
        let read = || Arc::new(Record { source: source.clone(), lock: Lock::read(source) });
        (key, known.unwrap_or_else(read))
    };
    sources.map(record).collect()
}

impl World {
    /// The record of a document; none where there is none, or it cannot be read.
    pub fn lock(&self, document: &Document) -> Option<&Lock> {
        self.records.get(&DocumentKey::of(document))?.lock.as_ref().ok()
    }

    /// The entry of the record that holds of a draft; none where it is not recorded, or was taken down.
    pub fn entry(&self, document: &Document, draft: &DraftName) -> Option<&Entry> {
        self.lock(document)?.newest(draft).filter(|entry| !entry.is_gone())
    }

    /// What the record says that may be seen: the entries about drafts that are out, or were taken down. None where
    /// there is no record.
    pub fn recorded(&self, document: &Document) -> Option<Vec<&Entry>> {
        let lock = self.lock(document)?;
        let is_seen = |entry: &&Entry| entry.at <= self.options.at || self.options.unpublished;
        let known = |entry: &&Entry| {
            document.drafts.contains_key(&entry.draft) || lock.newest(&entry.draft).is_some_and(Entry::is_gone)
        };
        Some(lock.entries.iter().filter(is_seen).filter(known).collect())
    }

    /// The drafts that were taken down as a whole, each with the entry that says so.
    pub fn taken_down(&self, document: &Document) -> Vec<&Entry> {
        let entries = self.recorded(document).unwrap_or_default();
        entries.into_iter().filter(|entry| entry.act == Act::Removed && entry.is_gone()).collect()
    }

    /// A draft in the form that is sealed: what everybody may see of it.
    pub fn sealed<'a>(&self, document: &Document, draft: &'a Draft) -> Arc<Sealed> {
        let texts = sealed_texts(draft);
        let files = self.sealed_files(&texts);
        let (dialect, weight) = (self.config.raw_html.into(), texts.iter().map(|(text, _)| text.source.text.len()).sum());
        let name = format!("{}/{}", document.section, document.name);
        let option = draft.title.as_deref().filter(|_| !document.lone);
        let seal = || {
            let part = |own: &TextOf<'a>| Part { chapter: own.1, text: without_comments(own.0.body(), dialect).into() };
            let parts: Vec<_> = texts.iter().map(part).collect();
            Sealed::of((&name, &draft.name.to_string()), (&document.title, option), files.clone(), &parts, dialect)
        };
        let key = key_of(&[&name, &draft.name.to_string(), &document.title, option.unwrap_or("")], &texts, &files);
        self.memo.sealed((key, dialect), weight, seal)
    }

    /// The files that texts show or lead to, by their paths below `content/`.
    fn sealed_files(&self, texts: &[TextOf]) -> BTreeMap<String, Digest> {
        let links = Links { site: &self.site, facts: self.facts() };
        let mut files = BTreeMap::new();
        for (text, _) in texts {
            let references = self.facts().get(text.path()).map_or(&[][..], |facts| &facts.references);
            for link in references {
                let Ok(Target::File(path)) = links.resolve(text.path(), &link.target) else { continue };
                if let Some(file) = self.site.files().get(&path) {
                    let below = path.as_str().strip_prefix("content/").unwrap_or(path.as_str());
                    files.insert(below.to_owned(), file.digest);
                }
            }
        }
        files
    }
}

/// The texts of a draft that everybody may see, with name, number and title of each chapter.
fn sealed_texts(draft: &Draft) -> Vec<TextOf<'_>> {
    let chapters = draft.chapters.iter().filter(|own| own.visible_to.is_empty()).zip(1..);
    let chapters = chapters.map(|(own, number)| (&own.text, Some((own.name.as_str(), number, own.title.as_str()))));
    std::iter::once((&draft.text, None)).chain(chapters).collect()
}

/// The digest of all that a sealed form depends on.
fn key_of(
    names: &[&str],
    texts: &[TextOf],
    files: &BTreeMap<String, Digest>,
) -> Digest {
    let mut parts: Vec<Vec<u8>> = names.iter().map(|name| name.as_bytes().to_vec()).collect();
    for (text, chapter) in texts {
        parts.push(text.digest.bytes().to_vec());
        parts.extend(chapter.iter().map(|(name, number, title)| format!("{name}\n{number}\n{title}").into_bytes()));
    }
    parts.extend(files.iter().map(|(path, digest)| format!("{path}\n{digest}").into_bytes()));
    Digest::of_parts(parts.iter().map(Vec::as_slice))
}
