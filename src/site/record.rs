//! The record of a site: which texts are sealed, whether they still are what was sealed, and what is to be recorded.
//!
//! In: a world. Out: [`Sealed`] of a draft, findings, and [`Publication`]: the record with what was asked for.

mod check;
mod publication;

pub(super) use check::check;
pub use publication::{Asked, Publication, Refused};

use super::world::World;
use crate::check::links::{Links, Target};
use crate::consult::record::{Head, Part, Sealed};
use crate::markdown::without_comments;
use crate::paper::{Document, Draft, DraftName, Entry, Text};
use crate::path::SitePath;
use crate::tree::Digest;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A text, and of a chapter its name, number and title.
type TextOf<'a> = (&'a Text, Option<(&'a str, u32, &'a str)>);

impl World {
    /// Whether the record has a draft, be its file here or not.
    pub fn is_recorded(&self, document: &Document, draft: &DraftName) -> bool {
        let all = self.kept.archive().document(&document.section, &document.name);
        all.and_then(|all| all.lock.as_ref()?.newest(draft)).is_some()
    }

    /// The digest by which a draft is known: its seal where the record has one, else the one that it would have.
    pub fn digest_of(&self, document: &Document, draft: &Draft) -> Digest {
        sealed_as(document, &draft.name).map_or_else(|| self.sealed(document, draft).digest, |entry| entry.text)
    }

    /// A draft in the form that is sealed: what everybody may see of it.
    pub fn sealed<'a>(&self, document: &Document, draft: &'a Draft) -> Arc<Sealed> {
        let texts = sealed_texts(draft);
        let original = document.letter.as_ref().and_then(|letter| letter.original.as_ref());
        let files = self.sealed_files(&texts, original);
        let (dialect, weight) =
            (self.config.raw_html.into(), texts.iter().map(|(text, _)| text.source.text.len()).sum());
        let name = format!("{}/{}", document.section, document.name);
        let option = draft.title.as_deref().filter(|_| !document.lone);
        let own = draft.name.to_string();
        let functions = draft.functions.as_slice();
        let head = Head { document: &name, draft: &own, title: &document.title, option, functions };
        let seal = || {
            let part = |own: &TextOf<'a>| Part { chapter: own.1, text: without_comments(own.0.body(), dialect).into() };
            let parts: Vec<_> = texts.iter().map(part).collect();
            Sealed::of(head, files.clone(), &parts, dialect)
        };
        let key = key_of(&[&name, &own, &document.title, option.unwrap_or("")], &texts, &files);
        self.memo.sealed((key, dialect), weight, seal)
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

/// The entry of the record that holds of a draft; none where it is not recorded, or was taken down.
pub(super) fn sealed_as<'d>(document: &'d Document, draft: &DraftName) -> Option<&'d Entry> {
    document.lock.as_ref()?.newest(draft).filter(|entry| !entry.is_gone())
}

/// The texts of a draft that everybody may see, with name, number and title of each chapter.
fn sealed_texts(draft: &Draft) -> Vec<TextOf<'_>> {
    let chapters = draft.chapters.iter().filter(|own| own.visible_to.is_empty()).zip(1..);
    let chapters = chapters.map(|(own, number)| (&own.text, Some((own.name.as_str(), number, own.title.as_str()))));
    std::iter::once((&draft.text, None)).chain(chapters).collect()
}

/// The digest of all that a sealed form depends on.
fn key_of(names: &[&str], texts: &[TextOf], files: &BTreeMap<String, Digest>) -> Digest {
    let mut parts: Vec<Vec<u8>> = names.iter().map(|name| name.as_bytes().to_vec()).collect();
    for (text, chapter) in texts {
        parts.push(text.digest.bytes().to_vec());
        parts.extend(chapter.iter().map(|(name, number, title)| format!("{name}\n{number}\n{title}").into_bytes()));
    }
    parts.extend(files.iter().map(|(path, digest)| format!("{path}\n{digest}").into_bytes()));
    Digest::of_parts(parts.iter().map(Vec::as_slice))
}
