//! The comparison of two bodies, level by level.

use super::across;
use super::align::{Match, Siblings, heaviest_chain};
use super::comments;
use super::loose;
use super::markup;
use super::moves::{self, Free, Joints};
use super::notes::Notes;
use super::tables::Tables;
use super::tokens::{Images, Known, Lexicon, Text};
use super::words::{Stretch, pieces};
use super::{Change, Comparison, Ends, Inside, Mark, Move, Pair, Part};
use crate::markdown::{BlockKind, Body, Ix};
use std::collections::BTreeMap;
use std::ops::Range;

/// A body with what its images show, as far as that is known.
#[derive(Clone, Copy)]
pub struct Seen<'a> {
    /// The body.
    pub body: &'a Body,
    /// By the sources of its images: two are the same where they show the same.
    pub images: &'a Images,
}

/// Compares two bodies; images are the same where they have the same source.
pub fn compare(old: &Body, new: &Body) -> Comparison {
    let images = Images::new();
    let whole = Part { old: 0..old.blocks.len(), new: 0..new.blocks.len(), ..Part::default() };
    compare_parts(Seen { body: old, images: &images }, Seen { body: new, images: &images }, vec![whole])
}

/// Compares two bodies part by part; what is left of one part may have moved to another. `parts` say
/// which blocks are to be compared with which; what became of them is filled in.
pub fn compare_parts(old: Seen, new: Seen, parts: Vec<Part>) -> Comparison {
    let mut lexicon = Lexicon::default();
    let notes = Notes::pair(old.body, new.body, &mut lexicon);
    let older = Known { images: Some(old.images), notes: Some(&notes.names) };
    let newer = Known { images: Some(new.images), notes: None };
    let (old, new) = (Text::read(old.body, older, &mut lexicon), Text::read(new.body, newer, &mut lexicon));
    let mut comparer = Comparer { old: &old, new: &new, moves: Vec::new() };
    let (old_roots, new_roots) = (roots(&old), roots(&new));
    let inside =
        |roots: &[Ix], part: &Range<Ix>| roots.iter().copied().filter(|ix| part.contains(ix)).collect::<Vec<_>>();
    let parts = parts.into_iter().map(|part| {
        let (old, new) = (inside(&old_roots, &part.old), inside(&new_roots, &part.new));
        let changes = comparer.siblings(&comments::seen(comparer.old, &old), &comments::seen(comparer.new, &new));
        (part, comments::weave(changes, &comparer.moves, (comparer.old, &old), (comparer.new, &new)))
    });
    let mut parts: Vec<_> = parts.collect();
    if parts.len() > 1 {
        comparer.across(&mut parts);
    }
    let notes = comparer.notes(&notes);
    let mut comparison = Comparison { notes, ..Comparison::default() };
    for (part, changes) in parts {
        let start = comparison.blocks.len();
        comparison.blocks.extend(changes);
        comparison.parts.push(Part { changes: start..comparison.blocks.len(), ..part });
    }
    comparer.loose(&comparison);
    Comparison { moves: comparer.moves, ..comparison }
}

/// The blocks at the top, notes aside.
pub fn roots(text: &Text) -> Vec<Ix> {
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
        let Joints { splits, merges } = moves::joints(&siblings, &pairs, &mut free);
        let moved = moves::moves(&siblings, &candidates, &mut free);
        let mut order = Order { old: vec![None; old.len()], new: vec![None; new.len()] };
        for run in moved {
            let pairs =
                run.iter().map(|(i, j)| Pair { old: old[*i], new: new[*j], inside: self.inside(old[*i], new[*j]) });
            let pairs = pairs.collect();
            // What moved inside comes first: the id is known only now.
            order.old[run[0].0] = Some(Change::MovedAway { id: self.moves.len() });
            order.new[run[0].1] = Some(Change::MovedHere { id: self.moves.len() });
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
            (BlockKind::Html(before), BlockKind::Html(after)) => {
                markup::inside((before, &self.old.leaves[old]), (after, &self.new.leaves[new]))
            }
            (BlockKind::Figure | BlockKind::Html(_) | BlockKind::Comment(_), _) => Some(Inside::Whole),
            _ if a.size > 1 || b.size > 1 => self.blocks(old, new),
            _ => self.words(old, new),
        };
        let form = form(&a.kind) != form(&b.kind);
        inside.or(form.then_some(Inside::Form))
    }

    fn blocks(&mut self, old: Ix, new: Ix) -> Option<Inside> {
        let children = |text: &Text, ix: Ix| {
            let children: Vec<_> = text.body.children(ix).map(|(child, _)| child).collect();
            comments::seen(text, &children)
        };
        let changes = self.siblings(&children(self.old, old), &children(self.new, new));
        let same = changes.iter().all(|change| matches!(change, Change::Same { .. }));
        (!same).then_some(Inside::Blocks(changes))
    }

    fn words(&self, old: Ix, new: Ix) -> Option<Inside> {
        let pieces = pieces(&Stretch::whole(&self.old.leaves[old]), &Stretch::whole(&self.new.leaves[new]));
        let same = pieces.iter().all(|piece| piece.mark == Mark::Kept);
        (!same).then_some(Inside::Words(pieces))
    }

    /// What went from one part to another.
    fn across(&mut self, parts: &mut [(Part, Vec<Change>)]) {
        for run in across::runs(self.old, self.new, parts) {
            let pairs = run.iter().map(|(old, new)| Pair { old: *old, new: *new, inside: self.inside(*old, *new) });
            let pairs = pairs.collect();
            across::place(&run, self.moves.len(), parts);
            self.moves.push(Move { ends: Ends::Apart, pairs });
        }
    }

    /// Leaves that were neither removed nor added, although the blocks around them were.
    fn loose(&mut self, comparison: &Comparison) {
        let (old, new) = loose::leaves(&comparison.blocks, &self.moves, self.old, self.new);
        let siblings = Siblings { old_text: self.old, new_text: self.new, old: &old, new: &new, any_kind: true };
        let mut free = Free::beside(&[], old.len(), new.len());
        for run in moves::moves(&siblings, &siblings.candidates(), &mut free) {
            let run: Vec<_> = run.into_iter().map(|(i, j)| (old[i], new[j])).collect();
            for run in across::within_parts(&run, comparison.parts.iter()) {
                let pairs = run.into_iter().map(|(old, new)| Pair { old, new, inside: self.words(old, new) });
                let pairs = pairs.collect();
                self.moves.push(Move { ends: Ends::Inside, pairs });
            }
        }
    }

    /// The notes of both texts in one order: what changed its place among them has moved.
    fn notes(&mut self, notes: &Notes) -> Vec<Change> {
        let own = |body: &Body| body.notes.iter().filter_map(|name| body.note(name)).collect::<Vec<_>>();
        let (old, new) = (own(self.old.body), own(self.new.body));
        let places: BTreeMap<Ix, usize> = old.iter().enumerate().map(|(at, ix)| (*ix, at)).collect();
        let pairs = new.iter().enumerate().filter_map(|(j, ix)| Some((*places.get(notes.pairs.get(ix)?)?, j)));
        let mut pairs: Vec<_> =
            pairs.map(|(i, j)| Match { old: i, new: j, likeness: 1.0, common: 1, lot: 0 }).collect();
        pairs.sort_by_key(|pair| pair.old);
        let kept = heaviest_chain(&pairs);
        let mut order = Order {
            old: old.iter().map(|old| Some(Change::Removed { old: *old })).collect(),
            new: new.iter().map(|new| Some(Change::Added { new: *new })).collect(),
        };
        for pair in pairs.iter().filter(|pair| !kept.contains(pair)) {
            let (before, after) = (old[pair.old], new[pair.new]);
            let inside = self.inside(before, after);
            order.old[pair.old] = Some(Change::MovedAway { id: self.moves.len() });
            order.new[pair.new] = Some(Change::MovedHere { id: self.moves.len() });
            self.moves.push(Move { ends: Ends::Apart, pairs: vec![Pair { old: before, new: after, inside }] });
        }
        let kept = kept.into_iter().map(|pair| (pair, self.pair(old[pair.old], new[pair.new]))).collect();
        order.merge(kept)
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
        let (one, two) = (images("1"), images("2"));
        let whole = || vec![Part { old: 0..body.blocks.len(), new: 0..body.blocks.len(), ..Part::default() }];
        let compare = |a, b| compare_parts(Seen { body: &body, images: a }, Seen { body: &body, images: b }, whole());
        assert!(compare(&one, &one).is_empty());
        let changes = compare(&one, &two).blocks;
        assert!(changes.iter().all(|change| matches!(change, Change::Edited { .. })), "{changes:?}");
    }

    #[test]
    fn a_note_with_another_name_is_the_same_note() {
        let parsed = |name: &str| parse(&format!("a[^{name}] b c d\n\n[^{name}]: The note stays.\n"), Dialect::Paper);
        let (old, new) = (parsed("1"), parsed("vote"));
        assert!(matches!(compare(&old, &new).notes[..], [Change::Same { .. } | Change::Edited { .. }]));
    }

    #[test]
    fn a_block_may_go_from_one_part_to_another() {
        let levy = "Every contractor pays the same levy for each pharmacy.";
        let old = parse(&format!("one two three\n\n{levy}\n\nfour five six\n"), Dialect::Paper);
        let new = parse(&format!("one two three\n\nfour five six\n\n{levy}\n"), Dialect::Paper);
        let part = |old, new| Part { old, new, ..Part::default() };
        let images = Images::new();
        let seen = |body| Seen { body, images: &images };
        let comparison = compare_parts(seen(&old), seen(&new), vec![part(0..2, 0..1), part(2..3, 1..3)]);
        assert_eq!(comparison.moves.len(), 1, "{comparison:?}");
        assert_eq!(comparison.across(&comparison.moves[0]), Some((0, 1)));
        assert_eq!(comparison.parts.iter().map(|part| part.changes.clone()).collect::<Vec<_>>(), [0..2, 2..4]);
    }
}
