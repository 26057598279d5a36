//! The reasons of a draft beside its changes: what each change is explained by, and what is wrong with both.
//!
//! In: a world. Out: [`Because`] of a draft, counted from its base; [`Between`] of any two drafts.

mod check;
mod stubs;

pub(super) use check::check;
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
use std::collections::BTreeSet;
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

/// The reasons of all drafts on the way from one to another, beside the changes between those two.
#[derive(Default)]
pub(super) struct Between<'a> {
    /// Each reason with the draft that gives it, the earliest draft first.
    pub(super) given: Vec<(&'a Draft, Given)>,
    /// The reasons of each change that is listed, by their places in `given`.
    pub(super) of: Vec<Vec<usize>>,
}

impl World {
    /// Why two drafts differ: the reasons of the newer, and of any draft between the two, each at the changes of the
    /// blocks that it was given for. Options of one round are not on the way to one another.
    pub(super) fn between<'a>(
        &self,
        document: &'a Document,
        (old, new): (&Draft, &Draft),
        compared: &Compared,
    ) -> Between<'a> {
        let mut between = Between { given: Vec::new(), of: vec![Vec::new(); compared.listed.len()] };
        if !self.lessons.reasoning().any(|own| own.section == document.section && own.name == document.name) {
            return between;
        }
        let on_the_way = document.drafts.values().filter(|draft| {
            draft.name != old.name && leads(document, &old.name, draft) && leads(document, &draft.name, new)
        });
        for own in on_the_way.filter_map(|draft| self.because(document, draft)) {
            let reached = self.reached(document, (old, new), &own);
            for (at, given) in own.given.iter().enumerate().filter(|(_, given)| !given.is_editorial()) {
                let blocks = reached.of(own.explained_by(at));
                let place = between.given.len();
                between.given.push((own.draft, given.clone()));
                for (listed, of) in compared.listed.iter().zip(&mut between.of) {
                    if blocks.explain(listed) {
                        of.push(place);
                    }
                }
            }
        }
        between
    }

    /// What became of the blocks of a draft on the way, and what was before those of its base.
    fn reached(&self, document: &Document, (old, new): (&Draft, &Draft), own: &Because) -> Reached {
        let lineage = |from: &Draft, to: &Draft| {
            let pairs = (from.name != to.name).then(|| self.compared(document, from, to).comparison.lineage());
            pairs.map(|pairs| pairs.into_iter().collect())
        };
        Reached { ahead: lineage(own.draft, new), behind: lineage(old, own.base) }
    }
}

/// Whether a draft is that one, or follows it over others.
fn leads(document: &Document, from: &DraftName, to: &Draft) -> bool {
    to.name == *from
        || to.follows.iter().filter_map(|name| document.drafts.get(name)).any(|before| leads(document, from, before))
}

/// Which block of one draft is which of another, by pairs; none where both are the same draft.
type Pairs = Option<BTreeSet<(Ix, Ix)>>;

/// The way of blocks from a draft to the newer one of a comparison, and from the older one to the draft's base.
struct Reached {
    ahead: Pairs,
    behind: Pairs,
}

/// The blocks at the top that a reason explains, in the two drafts of a comparison.
struct Explained {
    new: BTreeSet<Ix>,
    old: BTreeSet<Ix>,
}

impl Reached {
    fn of<'l>(&self, changes: impl Iterator<Item = &'l Listed>) -> Explained {
        let (mut new, mut old) = (BTreeSet::new(), BTreeSet::new());
        for listed in changes {
            match (listed.new_root, listed.old_root) {
                (Some(ix), _) => match &self.ahead {
                    None => _ = new.insert(ix),
                    Some(pairs) => new.extend(pairs.iter().filter(|(from, _)| *from == ix).map(|(_, to)| *to)),
                },
                (None, Some(ix)) => match &self.behind {
                    None => _ = old.insert(ix),
                    Some(pairs) => old.extend(pairs.iter().filter(|(_, to)| *to == ix).map(|(from, _)| *from)),
                },
                (None, None) => {}
            }
        }
        Explained { new, old }
    }
}

impl Explained {
    fn explain(&self, listed: &Listed) -> bool {
        let removed = || listed.new_root.is_none() && listed.old_root.is_some_and(|ix| self.old.contains(&ix));
        !listed.departure && (listed.new_root.is_some_and(|ix| self.new.contains(&ix)) || removed())
    }
}
