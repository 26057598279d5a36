//! The reasons of a draft beside its changes: what each change is explained by, and what is wrong with both.
//!
//! In: a world. Out: [`Because`] of a draft, counted from its base; [`Between`] of any two drafts.

mod between;
mod check;
mod stubs;

pub(super) use between::{Between, alike};
pub(super) use check::{check, without_change};
pub use stubs::Stubs;

use super::memo::Compared;
use super::world::World;
use crate::consult::reasons::{Given, explain_all, given};
use crate::diag::Place;
use crate::diff::{Class, Listed};
use crate::markdown::Ix;
use crate::paper::{Document, Draft, DraftName, Text};
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
        let given = given(&compared.old, &compared.new, &draft.removed);
        let of = explain_all(&compared.listed, &given, &compared.old.body);
        Some(Because { draft, base, compared, given, of })
    }
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

    /// The file that a block of the draft stands in.
    pub(super) fn text_of(&self, ix: Ix) -> &Text {
        let part = self.compared.new.part_of(ix).and_then(|at| self.compared.new.parts.get(at));
        let chapter = part.and_then(|part| self.draft.chapter(&part.name));
        chapter.map_or(&self.draft.text, |chapter| &chapter.text)
    }

    /// Where a block of the draft is written.
    fn place_of(&self, ix: Ix) -> Option<Place> {
        let (text, span) = (self.text_of(ix), &self.compared.new.body.blocks.get(ix)?.span);
        Some(text.source.place(text.body_start + span.start..text.body_start + span.end))
    }
}
