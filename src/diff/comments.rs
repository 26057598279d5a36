//! Comments, of which a reader sees nothing: they are set aside while blocks are compared, and are no change.
//!
//! In: siblings, and the changes among those that are seen. Out: the same changes, and at their places between
//! them the comments that stand in both texts. A comment of one side alone is left out.

use super::tokens::Text;
use super::{Change, Move};
use crate::markdown::{BlockKind, Ix};
use std::collections::BTreeMap;

/// The blocks of a list that are no comments.
pub fn seen(text: &Text, list: &[Ix]) -> Vec<Ix> {
    list.iter().copied().filter(|ix| !is_comment(text, *ix)).collect()
}

fn is_comment(text: &Text, ix: Ix) -> bool {
    text.body.blocks.get(ix).is_some_and(|block| matches!(block.kind, BlockKind::Comment(_)))
}

/// Puts the comments of both lists between the changes.
pub fn weave(changes: Vec<Change>, moves: &[Move], old: (&Text, &[Ix]), new: (&Text, &[Ix])) -> Vec<Change> {
    let mut before = by_place(&changes, old, |change| blocks(change, moves).0);
    if before.is_empty() {
        return changes;
    }
    let after = by_place(&changes, new, |change| blocks(change, moves).1);
    let mut kept = |place: usize| {
        let (free, own) = (before.entry(place).or_default(), after.get(&place));
        let pairs = own.into_iter().flatten().filter_map(|ix| {
            let at = free.iter().position(|other| old.0.digests[*other] == new.0.digests[*ix])?;
            // What stands before it is not paired any more, so that both sides keep their order.
            let other = free.drain(..=at).next_back()?;
            Some(Change::Same { old: other, new: *ix })
        });
        pairs.collect::<Vec<_>>()
    };
    let mut woven = kept(0);
    for (at, change) in changes.into_iter().enumerate() {
        woven.push(change);
        woven.extend(kept(at + 1));
    }
    woven
}

/// The comments of a list, each behind so many changes.
fn by_place(
    changes: &[Change],
    (text, list): (&Text, &[Ix]),
    blocks: impl Fn(&Change) -> Vec<Ix>,
) -> BTreeMap<usize, Vec<Ix>> {
    let mut comments: BTreeMap<usize, Vec<Ix>> = BTreeMap::new();
    if !list.iter().any(|ix| is_comment(text, *ix)) {
        return comments;
    }
    let holders =
        changes.iter().enumerate().flat_map(|(at, change)| blocks(change).into_iter().map(move |ix| (ix, at)));
    let holders: BTreeMap<Ix, usize> = holders.collect();
    let mut place = 0;
    for ix in list {
        match holders.get(ix) {
            Some(at) => place = at + 1,
            None if is_comment(text, *ix) => comments.entry(place).or_default().push(*ix),
            None => {}
        }
    }
    comments
}

/// The blocks of both sides that a change is about.
fn blocks(change: &Change, moves: &[Move]) -> (Vec<Ix>, Vec<Ix>) {
    let of_move = |id: &usize| moves.get(*id).into_iter().flat_map(|moved| &moved.pairs);
    match change {
        Change::Same { old, new } | Change::Edited { old, new, .. } => (vec![*old], vec![*new]),
        Change::Removed { old } => (vec![*old], Vec::new()),
        Change::Added { new } => (Vec::new(), vec![*new]),
        Change::MovedAway { id } => (of_move(id).map(|pair| pair.old).collect(), Vec::new()),
        Change::MovedHere { id } => (Vec::new(), of_move(id).map(|pair| pair.new).collect()),
        Change::Split { old, parts } => (vec![*old], parts.iter().map(|part| part.block).collect()),
        Change::Merged { parts, new } => (parts.iter().map(|part| part.block).collect(), vec![*new]),
    }
}
