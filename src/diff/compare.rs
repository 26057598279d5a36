//! The comparison of two bodies, level by level.

use super::align::{Match, Siblings};
use super::loose;
use super::moves::{self, Free, Joint};
use super::tables::Tables;
use super::tokens::{Images, Lexicon, Text};
use super::words::{Stretch, pieces};
use super::{Change, Comparison, Ends, Inside, Mark, Move, Pair};
use crate::markdown::{BlockKind, Body, Ix};
use std::collections::BTreeMap;

/// Compares two bodies; images are the same where they have the same source.
pub fn compare(old: &Body, new: &Body) -> Comparison {
    compare_seen(old, new, &Images::new(), &Images::new())
}

/// Compares two bodies whose images are known: they are the same where they show the same.
pub fn compare_seen(old: &Body, new: &Body, old_images: &Images, new_images: &Images) -> Comparison {
    let mut lexicon = Lexicon::default();
    let (old, new) = (Text::read(old, old_images, &mut lexicon), Text::read(new, new_images, &mut lexicon));
    let mut comparer = Comparer { old: &old, new: &new, moves: Vec::new() };
    let blocks = comparer.siblings(&roots(&old), &roots(&new));
    let notes = comparer.notes();
    comparer.loose(&blocks);
    Comparison { blocks, notes, moves: comparer.moves }
}

/// The blocks at the top, notes aside.
fn roots(text: &Text) -> Vec<Ix> {
    let seen = text.body.roots().filter(|(_, block)| !matches!(block.kind, BlockKind::Note(_)));
    seen.map(|(ix, _)| ix).collect()
}

struct Comparer<'a> {
    old: &'a Text<'a>,
    new: &'a Text<'a>,
    moves: Vec<Move>,
}

impl Comparer<'_> {
    fn siblings(&mut self, old: &[Ix], new: &[Ix]) -> Vec<Change> {
        let siblings = Siblings { old_text: self.old, new_text: self.new, old, new, any_kind: false };
        let candidates = siblings.candidates();
        let pairs = siblings.align(&candidates);
        let mut free = Free::beside(&pairs, old.len(), new.len());
        let splits = self.joints(&pairs, &mut free, old, new, true);
        let whole: Vec<_> = pairs.iter().filter(|pair| !splits.contains_key(&pair.old)).copied().collect();
        let merges = self.joints(&whole, &mut free, old, new, false);
        let moved = moves::moves(&siblings, &candidates, &mut free);
        let mut order = Order { old: vec![None; old.len()], new: vec![None; new.len()] };
        for run in moved {
            order.old[run[0].0] = Some(Change::MovedAway { id: self.moves.len() });
            order.new[run[0].1] = Some(Change::MovedHere { id: self.moves.len() });
            let pairs =
                run.iter().map(|(i, j)| Pair { old: old[*i], new: new[*j], inside: self.inside(old[*i], new[*j]) });
            let pairs = pairs.collect();
            self.moves.push(Move { ends: Ends::Apart, pairs });
        }
        for (at, ix) in old.iter().enumerate().filter(|(at, _)| free.old[*at]) {
            order.old[at] = Some(Change::Removed { old: *ix });
        }
        for (at, ix) in new.iter().enumerate().filter(|(at, _)| free.new[*at]) {
            order.new[at] = Some(Change::Added { new: *ix });
        }
        let pairs = pairs.iter().map(|pair| {
            let change = match (splits.get(&pair.old), merges.get(&pair.new)) {
                (Some(joint), _) => vec![self.split(old[joint.one], &new[joint.many.clone()])],
                (_, Some(joint)) => vec![self.merge(&old[joint.many.clone()], new[joint.one])],
                _ => self.pair(old[pair.old], new[pair.new]),
            };
            (*pair, change)
        });
        let pairs: Vec<_> = pairs.collect();
        order.merge(pairs)
    }

    /// Splits (or merges) around pairs, by the position of the one block; their other blocks are no
    /// longer free.
    fn joints(&self, pairs: &[Match], free: &mut Free, old: &[Ix], new: &[Ix], split: bool) -> BTreeMap<usize, Joint> {
        let mut joints = BTreeMap::new();
        for pair in pairs.iter().filter(|pair| pair.likeness < 1.0) {
            let (a, b) = ((self.old, old, pair.old), (self.new, new, pair.new));
            let (one, many, taken) = if split { (a, b, &mut free.new) } else { (b, a, &mut free.old) };
            if let Some(joint) = moves::joint(one, many, taken) {
                taken[joint.many.clone()].fill(false);
                joints.insert(joint.one, joint);
            }
        }
        joints
    }

    fn split(&self, old: Ix, new: &[Ix]) -> Change {
        Change::Split { old, parts: moves::parts((self.old, old), (self.new, new), true) }
    }

    fn merge(&self, old: &[Ix], new: Ix) -> Change {
        Change::Merged { parts: moves::parts((self.new, new), (self.old, old), false), new }
    }

    /// A pair at its place; two changes where the block became one of another kind.
    fn pair(&mut self, old: Ix, new: Ix) -> Vec<Change> {
        let inside = self.inside(old, new);
        if level(self.old, old) != level(self.new, new) {
            let id = self.moves.len();
            self.moves.push(Move { ends: Ends::Together, pairs: vec![Pair { old, new, inside }] });
            return vec![Change::MovedAway { id }, Change::MovedHere { id }];
        }
        vec![match inside {
            None => Change::Same { old, new },
            Some(inside) => Change::Edited { old, new, inside },
        }]
    }

    /// What changed inside a pair; nothing where both read the same.
    fn inside(&mut self, old: Ix, new: Ix) -> Option<Inside> {
        if self.old.digests[old] == self.new.digests[new] {
            return None;
        }
        let (a, b) = (&self.old.body.blocks[old], &self.new.body.blocks[new]);
        let inside = match (&a.kind, &b.kind) {
            (BlockKind::Table(_), _) => Tables { old: self.old, new: self.new }.compare(old, new).map(Inside::Table),
            (BlockKind::Figure | BlockKind::Html(_) | BlockKind::Comment(_), _) => Some(Inside::Whole),
            _ if a.size > 1 || b.size > 1 => self.blocks(old, new),
            _ => self.words(old, new),
        };
        let form = form(&a.kind) != form(&b.kind);
        inside.or(form.then_some(Inside::Form))
    }

    fn blocks(&mut self, old: Ix, new: Ix) -> Option<Inside> {
        let children = |text: &Text, ix: Ix| text.body.children(ix).map(|(child, _)| child).collect::<Vec<_>>();
        let changes = self.siblings(&children(self.old, old), &children(self.new, new));
        let same = changes.iter().all(|change| matches!(change, Change::Same { .. }));
        (!same).then_some(Inside::Blocks(changes))
    }

    fn words(&self, old: Ix, new: Ix) -> Option<Inside> {
        let pieces = pieces(&Stretch::whole(&self.old.leaves[old]), &Stretch::whole(&self.new.leaves[new]));
        let same = pieces.iter().all(|piece| piece.mark == Mark::Kept);
        (!same).then_some(Inside::Words(pieces))
    }

    /// Leaves that were neither removed nor added, although the blocks around them were.
    fn loose(&mut self, blocks: &[Change]) {
        let (old, new) = loose::leaves(blocks, &self.moves, self.old, self.new);
        let siblings = Siblings { old_text: self.old, new_text: self.new, old: &old, new: &new, any_kind: true };
        let mut free = Free::beside(&[], old.len(), new.len());
        for run in moves::moves(&siblings, &siblings.candidates(), &mut free) {
            let pair =
                |(i, j): &(usize, usize)| Pair { old: old[*i], new: new[*j], inside: self.words(old[*i], new[*j]) };
            let pairs = run.iter().map(pair).collect();
            self.moves.push(Move { ends: Ends::Inside, pairs });
        }
    }

    /// Notes are known by their names.
    fn notes(&mut self) -> Vec<Change> {
        let (old, new) = (self.old.body, self.new.body);
        let named = |body: &Body, name: &String| body.note(name);
        let mut changes = Vec::new();
        let mut gone =
            old.notes.iter().filter(|name| named(new, name).is_none()).filter_map(|name| old.note(name)).peekable();
        for name in &new.notes {
            let Some(ix) = new.note(name) else { continue };
            match named(old, name) {
                Some(before) => changes.extend(self.pair(before, ix)),
                None => changes.push(Change::Added { new: ix }),
            }
        }
        changes.extend(gone.by_ref().map(|old| Change::Removed { old }));
        changes
    }
}

/// The level of a heading; none of other blocks.
fn level(text: &Text, ix: Ix) -> Option<u8> {
    match text.body.blocks.get(ix)?.kind {
        BlockKind::Heading { level, .. } => Some(level),
        _ => None,
    }
}

/// What of a block's kind a reader sees beside its words.
fn form(kind: &BlockKind) -> String {
    match kind {
        BlockKind::List(start) => format!("{start:?}"),
        BlockKind::Quote(alert) => format!("{alert:?}"),
        BlockKind::Table(aligns) => format!("{aligns:?}"),
        BlockKind::Code { info, .. } => format!("{info:?}"),
        _ => String::new(),
    }
}

/// What stands at each position that is not paired.
struct Order {
    old: Vec<Option<Change>>,
    new: Vec<Option<Change>>,
}

impl Order {
    /// Everything in one order: before each pair what only the older list has, then what only the
    /// newer has.
    fn merge(mut self, pairs: Vec<(Match, Vec<Change>)>) -> Vec<Change> {
        let mut merged = Vec::new();
        let (mut i, mut j) = (0, 0);
        for (pair, changes) in pairs {
            self.between(i..pair.old, j..pair.new, &mut merged);
            merged.extend(changes);
            (i, j) = (pair.old + 1, pair.new + 1);
        }
        self.between(i..self.old.len(), j..self.new.len(), &mut merged);
        merged
    }

    fn between(&mut self, old: std::ops::Range<usize>, new: std::ops::Range<usize>, merged: &mut Vec<Change>) {
        merged.extend(self.old[old].iter_mut().filter_map(Option::take));
        merged.extend(self.new[new].iter_mut().filter_map(Option::take));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::{Dialect, parse};

    #[test]
    fn an_image_changed_where_its_file_did() {
        let body = parse("![Map](map.svg)\n\nSee ![it](map.svg) here.\n", Dialect::Paper);
        let images = |digest: &str| Images::from([("map.svg".to_owned(), digest.to_owned())]);
        assert!(compare_seen(&body, &body, &images("1"), &images("1")).is_empty());
        let changes = compare_seen(&body, &body, &images("1"), &images("2")).blocks;
        assert!(changes.iter().all(|change| matches!(change, Change::Edited { .. })), "{changes:?}");
    }
}
