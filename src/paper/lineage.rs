//! Predecessors where some drafts may not be seen.
//!
//! In: a document and the names of the drafts that may be seen. Out: for every draft the nearest drafts
//! before it that may be seen, each once and in order, and the base among them.

use super::{Document, DraftName};
use std::collections::{BTreeMap, BTreeSet};

/// For every draft, seen or not, the nearest drafts before it that are seen, and the base among them.
#[derive(Default)]
pub(super) struct Lineage {
    /// `follows` and `base`, by draft.
    pub(super) follows: BTreeMap<DraftName, (Vec<DraftName>, Option<DraftName>)>,
}

impl Lineage {
    /// A draft only follows drafts of earlier rounds, so in the order of names all that is needed is there.
    pub(super) fn of(document: &Document, seen: &BTreeSet<DraftName>) -> Self {
        let mut lineage = Lineage::default();
        for draft in document.drafts.values() {
            let mut follows: Vec<DraftName> = Vec::new();
            for before in draft.follows.iter().flat_map(|name| lineage.nearest(name, seen)) {
                if !follows.contains(&before) {
                    follows.push(before);
                }
            }
            let base =
                draft.base.as_ref().and_then(|base| lineage.base(base, seen)).or_else(|| follows.first().cloned());
            lineage.follows.insert(draft.name.clone(), (follows, base));
        }
        lineage
    }

    fn nearest(&self, name: &DraftName, seen: &BTreeSet<DraftName>) -> Vec<DraftName> {
        if seen.contains(name) {
            return vec![name.clone()];
        }
        self.follows.get(name).map(|(follows, _)| follows.clone()).unwrap_or_default()
    }

    fn base(&self, name: &DraftName, seen: &BTreeSet<DraftName>) -> Option<DraftName> {
        if seen.contains(name) {
            return Some(name.clone());
        }
        self.follows.get(name).and_then(|(_, base)| base.clone())
    }
}
