//! The record of a site: which texts are sealed, whether they still are what was sealed, and what is to be recorded.
//!
//! In: a world. Out: [`Sealed`] of a draft, findings, and [`Publication`]: the record with what was asked for.

mod check;
mod publication;

pub(super) use check::check;
pub use publication::{Asked, Publication, Refused};

use super::world::World;
use crate::check::links::{Links, Target};
use crate::config::RawHtml;
use crate::consult::record::{ChapterHead, Form, Part, Sealed};
use crate::markdown::{Dialect, without_comments};
use crate::paper::{Chapter, Document, Draft, DraftName, Entry, Kind, LOCK, Lock, Text};
use crate::path::SitePath;
use crate::tree::Digest;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A text, and of a chapter what it is.
type TextOf<'a> = (&'a Text, Option<ChapterHead>);

impl World {
    /// Whether the record has a draft, be its file here or not.
    pub fn is_recorded(&self, document: &Document, draft: &DraftName) -> bool {
        let all = self.kept.archive().document(&document.section, &document.name);
        all.and_then(|all| all.lock.as_ref()?.newest(draft)).is_some()
    }

    /// All of the record of a document, `proposals/hubs`, whatever of it may be seen.
    pub fn record(&self, name: &str) -> Option<&Lock> {
        let (section, name) = name.split_once('/')?;
        self.kept.archive().document(section, name)?.lock.as_deref()
    }

    /// Where it lies, or would lie.
    pub fn lock_path(&self, name: &str) -> SitePath {
        let known = name.split_once('/').and_then(|(section, name)| self.kept.archive().document(section, name));
        known.map_or_else(|| SitePath::new(&format!("content/{name}/{LOCK}")), Document::lock_path)
    }

    /// The digest by which a draft is known: its seal where the record has one, else that of its file.
    pub fn digest_of(&self, document: &Document, draft: &Draft) -> Digest {
        sealed_as(document, &draft.name).map_or(draft.text.digest, |entry| entry.text)
    }

    /// A draft in the form that is sealed: what everybody may see of it.
    pub fn sealed(&self, document: &Document, draft: &Draft) -> Arc<Sealed> {
        let (texts, dialect) = (sealed_texts(draft), self.dialect());
        let bare = self.form(document, draft, &texts);
        self.sealed_from(bare, &texts, dialect)
    }

    /// The seal that a draft would have now.
    pub fn seal_of(&self, document: &Document, draft: &Draft) -> Digest {
        let (texts, dialect) = (sealed_texts(draft), self.dialect());
        let bare = self.form(document, draft, &texts);
        let key = (key_of(&bare, &texts), dialect);
        self.memo.seal(key, || self.sealed_from(bare, &texts, dialect).digest)
    }

    fn sealed_from(&self, bare: Form, texts: &[TextOf], dialect: Dialect) -> Arc<Sealed> {
        let weight = texts.iter().map(|(text, _)| text.source.text.len()).sum();
        self.memo.sealed((key_of(&bare, texts), dialect), weight, || {
            let part = |own: &TextOf| Part { chapter: own.1.clone(), text: without_comments(own.0.body(), dialect) };
            Sealed::of(Form { parts: texts.iter().map(part).collect(), ..bare }, dialect)
        })
    }

    /// What stands above the texts of a draft.
    fn form(&self, document: &Document, draft: &Draft, texts: &[TextOf]) -> Form {
        let original = document.letter.as_ref().and_then(|letter| letter.original.as_ref());
        let mut above = above(document);
        if self.config.raw_html == RawHtml::Drop {
            above.push(("raw_html".to_owned(), "drop".to_owned()));
        }
        Form {
            document: format!("{}/{}", document.section, document.name),
            draft: draft.name.to_string(),
            title: document.title.clone(),
            option: draft.title.clone().filter(|_| !document.lone),
            above,
            functions: draft.functions.clone(),
            files: self.sealed_files(texts, original),
            parts: Vec::new(),
        }
    }

    /// The files that texts show or lead to, and the original of a letter, by their paths below `content/`.
    fn sealed_files(&self, texts: &[TextOf], original: Option<&SitePath>) -> BTreeMap<String, Digest> {
        let links = Links { site: &self.site, facts: self.facts() };
        let references = texts.iter().flat_map(|(text, _)| {
            let known = self.facts().get(text.path()).map_or(&[][..], |facts| &facts.references);
            known.iter().map(move |link| links.resolve(text.path(), &link.target))
        });
        let shown = references.filter_map(|target| match target {
            Ok(Target::File(path)) => Some(path),
            _ => None,
        });
        let files = shown.chain(original.cloned()).filter_map(|path| {
            let digest = self.site.files().get(&path)?.digest;
            Some((path.as_str().strip_prefix("content/").unwrap_or(path.as_str()).to_owned(), digest))
        });
        files.collect()
    }
}

/// What stands above the text of a letter or an update.
fn above(document: &Document) -> Vec<(String, String)> {
    let mut above = Vec::new();
    let mut add = |key: &str, value: &str| above.push((key.to_owned(), value.to_owned()));
    if let Some(letter) = &document.letter {
        add("from", &letter.from);
        letter.to.iter().for_each(|to| add("to", to));
    } else if document.kind == Kind::Update {
        document.by.iter().for_each(|by| add("by", by));
    }
    document.date.iter().for_each(|date| add("date", &date.to_string()));
    document.letter.iter().filter_map(|letter| letter.reference.as_ref()).for_each(|own| add("reference", own));
    above
}

/// The entry of the record that holds of a draft; none where it is not recorded, or was taken down.
pub(super) fn sealed_as<'d>(document: &'d Document, draft: &DraftName) -> Option<&'d Entry> {
    document.lock.as_ref()?.newest(draft).filter(|entry| !entry.is_gone())
}

/// The texts of a draft that everybody may see, and what each chapter is.
fn sealed_texts(draft: &Draft) -> Vec<TextOf<'_>> {
    let chapters = draft.chapters.iter().filter(|own| own.visible_to.is_empty()).zip(1..);
    let head = |own: &Chapter, number| ChapterHead { name: own.name.clone(), number, title: own.title.clone() };
    let chapters = chapters.map(|(own, number)| (&own.text, Some(head(own, number))));
    std::iter::once((&draft.text, None)).chain(chapters).collect()
}

/// A draft as everybody sees it: as its blocks are named in the record.
pub(super) fn as_sealed(draft: &Draft) -> Draft {
    let chapters = draft.chapters.iter().filter(|own| own.visible_to.is_empty()).zip(1..);
    let chapters = chapters.map(|(own, number)| Chapter { number, ..own.clone() }).collect();
    Draft { chapters, ..draft.clone() }
}

/// The digest of all that a sealed form depends on.
fn key_of(bare: &Form, texts: &[TextOf]) -> Digest {
    let mut parts: Vec<Vec<u8>> = vec![bare.written().into_bytes()];
    for (text, chapter) in texts {
        parts.push(text.digest.bytes().to_vec());
        let head = chapter.as_ref().map(|own| format!("{}\n{}\n{}", own.name, own.number, own.title));
        parts.extend(head.map(String::into_bytes));
    }
    Digest::of_parts(parts.iter().map(Vec::as_slice))
}
