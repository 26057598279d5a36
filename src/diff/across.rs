//! Moves from one part of a text to another: a paragraph that went to another chapter.

use super::align::{Match, Siblings};
use super::comments;
use super::moves::{self, Free};
use super::tokens::Text;
use super::{Change, Part};
use crate::markdown::Ix;
use std::collections::HashMap;

/// Runs of blocks, each of an older part and a newer one, that were removed in one and added in the
/// other; by their indices in both texts. `parts` are the changes of each part so far.
pub fn runs(old_text: &Text, new_text: &Text, parts: &[(Part, Vec<Change>)]) -> Vec<Vec<(Ix, Ix)>> {
    let changes = || parts.iter().flat_map(|(_, changes)| changes);
    let removed: Vec<_> = changes().filter_map(removed).collect();
    let added: Vec<_> = changes().filter_map(added).collect();
    // Candidates are looked for among what is left alone; neighbours are those of the whole text.
    let left = Siblings { old_text, new_text, old: &removed, new: &added, any_kind: false };
    let roots = |text: &Text| comments::seen(text, &super::compare::roots(text));
    let (old, new) = (roots(old_text), roots(new_text));
    let places = |list: &[Ix]| list.iter().enumerate().map(|(at, ix)| (*ix, at)).collect::<HashMap<_, _>>();
    let (old_places, new_places) = (places(&old), places(&new));
    let mut free = Free::beside(&[], 0, 0);
    free.old = old.iter().map(|ix| removed.contains(ix)).collect();
    free.new = new.iter().map(|ix| added.contains(ix)).collect();
    let candidates = left.candidates().into_iter().map(|pair| Match {
        old: old_places[&removed[pair.old]],
        new: new_places[&added[pair.new]],
        ..pair
    });
    let candidates: Vec<_> = candidates.collect();
    let siblings = Siblings { old_text, new_text, old: &old, new: &new, any_kind: false };
    let found = moves::moves(&siblings, &candidates, &mut free);
    let found = found.into_iter().map(|run| run.into_iter().map(|(i, j)| (old[i], new[j])).collect::<Vec<_>>());
    found.flat_map(|run| within_parts(&run, parts.iter().map(|(part, _)| part))).collect()
}

/// A run cut where it passes from one part to the next.
pub fn within_parts<'p>(run: &[(Ix, Ix)], parts: impl Iterator<Item = &'p Part> + Clone) -> Vec<Vec<(Ix, Ix)>> {
    let place = |pair: &(Ix, Ix)| {
        let old = parts.clone().position(|part| part.old.contains(&pair.0));
        (old, parts.clone().position(|part| part.new.contains(&pair.1)))
    };
    run.chunk_by(|a, b| place(a) == place(b)).map(<[_]>::to_vec).collect()
}

/// Puts the ends of a run in the places of what was removed and added.
pub fn place(run: &[(Ix, Ix)], id: usize, parts: &mut [(Part, Vec<Change>)]) {
    let Some(first) = run.first() else { return };
    for (_, changes) in parts {
        for change in changes.iter_mut() {
            match change {
                Change::Removed { old } if *old == first.0 => *change = Change::MovedAway { id },
                Change::Added { new } if *new == first.1 => *change = Change::MovedHere { id },
                _ => {}
            }
        }
        let gone =
            |change: &Change| run.iter().any(|pair| removed(change) == Some(pair.0) || added(change) == Some(pair.1));
        changes.retain(|change| !gone(change));
    }
}

fn removed(change: &Change) -> Option<Ix> {
    match change {
        Change::Removed { old } => Some(*old),
        _ => None,
    }
}

fn added(change: &Change) -> Option<Ix> {
    match change {
        Change::Added { new } => Some(*new),
        _ => None,
    }
}
