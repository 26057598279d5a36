//! The reasons of a draft beside its changes: what each change is explained by, and what is wrong with both.
//!
//! In: a world. Out: [`Because`] of a draft, counted from its base; [`Between`] of any two drafts. Reasons are owed by
//! drafts alone that stand beside the base that they were written for.

mod between;
mod check;
mod stubs;

pub(super) use between::{Between, alike};
pub(super) use check::{check, without_change};
pub use stubs::Stubs;

use super::memo::Compared;
use super::world::World;
use crate::consult::reasons::{At, Given, explain_all, given, part_around};
use crate::diag::Place;
use crate::diff::{Class, Listed};
use crate::facts::is_placeholder;
use crate::markdown::Ix;
use crate::paper::{Document, Draft, DraftName, Removal, Step, Text};
use crate::routes::DocumentKey;
use crate::words::Words;
use std::sync::Arc;

/// A draft beside its base, with its reasons.
pub(super) struct Because<'a> {
    pub(super) draft: &'a Draft,
    pub(super) base: &'a Draft,
    pub(super) compared: Arc<Compared>,
    pub(super) given: Vec<Given>,
    /// The reasons of each change that is listed, by their places in `given`.
    pub(super) of: Vec<Vec<usize>>,
}

impl World {
    /// A draft with its reasons; none where it has no base.
    pub(super) fn because<'a>(&self, document: &'a Document, draft: &'a Draft) -> Option<Because<'a>> {
        let base = document.drafts.get(draft.base.as_ref()?)?;
        let compared = self.compared(document, base, draft);
        // In another draft than the one that they are about, the same numbers are those of other blocks.
        let removed: &[Removal] = if self.has_own_base(document, draft) { &draft.removed } else { &[] };
        let given = given(&compared.old, &compared.new, removed);
        let of = explain_all(&compared.listed, &given, (&compared.old, &compared.new));
        Some(Because { draft, base, compared, given, of })
    }

    /// The drafts of a document whose changes need reasons, each beside its base; none where the document gives none.
    pub(super) fn reasoned<'a>(&self, document: &'a Document) -> Vec<Because<'a>> {
        let asked = self.lessons.reasons(document);
        let drafts = document.drafts.values().filter(|draft| asked && self.has_own_base(document, draft));
        drafts.filter_map(|draft| self.because(document, draft)).collect()
    }

    /// Whether the base of a draft is the one that its reasons were written for, or it never had one. Where that may not
    /// be seen or was taken down, what comes before it is another draft, or none.
    pub(super) fn has_own_base(&self, document: &Document, draft: &Draft) -> bool {
        let Some(all) = self.kept.archive().document(&document.section, &document.name) else { return true };
        let own = all.drafts.get(&draft.name).and_then(|own| own.base.as_ref());
        own == draft.base.as_ref() && !lost_its_base(all, draft)
    }
}

/// Whether the base of a draft was one that was taken down, as far as can be told.
fn lost_its_base(all: &Document, draft: &Draft) -> bool {
    let was_base = |gone: &DraftName| match &draft.base {
        None => gone.round < draft.name.round,
        // Of options the base is the one of the same name, else the first.
        Some(base) if gone.round == base.round => {
            base.option != draft.name.option && (gone.option == draft.name.option || gone < base)
        }
        Some(base) => (base.round..draft.name.round).contains(&gone.round),
    };
    let is_written = |key| draft.text.place_of(&[Step::Key(key)]).is_some();
    let gone = all.lock.iter().flat_map(|lock| lock.gone()).filter(|name| !all.drafts.contains_key(name));
    let is_lost = gone.collect::<Vec<_>>().iter().any(was_base);
    is_lost && (draft.base.is_none() || !is_written("base") && !is_written("follows"))
}

impl World {
    /// The changes of substance of a draft that have no reason, each with its place and what happened.
    pub fn unexplained(&self, key: &DocumentKey, draft: &DraftName) -> Vec<(Place, String)> {
        let own = |own: Because| {
            let start = own.draft.text.source.place(0..1);
            let place = |listed: &Listed| listed.new_root.and_then(|ix| own.place_of(ix)).unwrap_or(start.clone());
            own.unexplained().map(|listed| (place(listed), listed.said(Words::english()))).collect()
        };
        self.because_of(key, draft).map_or_else(Vec::new, own)
    }

    /// Where the reasons of a draft stand that are still to be written.
    pub fn unwritten(&self, key: &DocumentKey, draft: &DraftName) -> Vec<Place> {
        let places = |own: Because| {
            let unwritten = own.given.iter().filter(|given| is_placeholder(&given.words));
            unwritten.filter_map(|given| own.place(given)).collect()
        };
        self.because_of(key, draft).map_or_else(Vec::new, places)
    }

    /// Whether the draft is seen that a draft was written after, or it is the first.
    pub fn knows_base(&self, key: &DocumentKey, draft: &DraftName) -> bool {
        let document = self.site().document(&key.section, &key.name);
        let found = document.and_then(|document| Some((document, document.drafts.get(draft)?)));
        found.is_none_or(|(document, draft)| self.has_own_base(document, draft))
    }

    /// The files of a draft with stubs for the reasons that are missing.
    pub fn stubs(&self, key: &DocumentKey, draft: &DraftName) -> Stubs {
        self.because_of(key, draft).map_or_else(Stubs::default, |own| stubs::stubs(&own))
    }

    fn because_of(&self, key: &DocumentKey, draft: &DraftName) -> Option<Because<'_>> {
        let document = self.site().document(&key.section, &key.name)?;
        self.because(document, document.drafts.get(draft)?)
    }
}

impl Because<'_> {
    /// The changes of substance that have no reason.
    pub(super) fn unexplained(&self) -> impl Iterator<Item = &Listed> {
        let changes = self.compared.listed.iter().zip(&self.of);
        let open =
            changes.filter(|(listed, of)| of.is_empty() && !listed.departure && listed.class == Class::Substance);
        open.map(|(listed, _)| listed)
    }

    /// The changes that a reason explains, by its place in `given`.
    pub(super) fn explained_by(&self, reason: usize) -> impl Iterator<Item = &Listed> {
        let changes = self.compared.listed.iter().zip(&self.of);
        changes.filter(move |(_, of)| of.contains(&reason)).map(|(listed, _)| listed)
    }

    /// The file that a block of the draft stands in; of the title of a chapter that of the chapter.
    pub(super) fn text_of(&self, ix: Ix) -> &Text {
        let part = part_around(&self.compared.new, ix).and_then(|at| self.compared.new.parts.get(at));
        let chapter = part.and_then(|part| self.draft.chapter(&part.name));
        chapter.map_or(&self.draft.text, |chapter| &chapter.text)
    }

    /// Where a block of the draft is written.
    fn place_of(&self, ix: Ix) -> Option<Place> {
        let (text, span) = (self.text_of(ix), &self.compared.new.body.blocks.get(ix)?.span);
        Some(text.source.place(text.body_start + span.start..text.body_start + span.end))
    }

    /// Where a reason is written; of one in `removed` what it is about.
    fn place(&self, given: &Given) -> Option<Place> {
        match given.at {
            At::Text { comment, .. } => self.place_of(comment),
            At::Removed(at) => self.draft.removed.get(at).map(|removal| removal.place.clone()),
        }
    }
}

/// The texts of a draft, the one above its chapters first.
fn texts(draft: &Draft) -> impl Iterator<Item = &Text> {
    std::iter::once(&draft.text).chain(draft.chapters.iter().map(|chapter| &chapter.text))
}
