//! What is left when blocks are paired: moves, splits and merges.
//!
//! A move is a pair of equal or very like blocks that the order kept apart; neighbours that moved
//! together are one move. A split is a block whose words stand in several neighbouring blocks of the
//! newer text; a merge is the same the other way about.

use super::align::{LIKE, Match, Siblings};
use super::phrases::prove;
use super::tokens::Text;
use super::words::{Stretch, matches, pieces};
use super::{Joined, Piece};
use crate::markdown::{BlockKind, Ix};
use std::collections::BTreeMap;
use std::ops::Range;

/// A block that moved and was edited must keep this share of its words, in order.
const MOVED: f64 = 0.6;
/// A block of fewer tokens does not move by itself: short blocks look alike by chance.
const SHORT: usize = 6;
/// A part of a split or merge must keep this share of its words.
const PART: f64 = 0.6;
/// And at least this many.
const PART_TOKENS: usize = 4;
/// A block is split into no more than this many.
const MOST_PARTS: usize = 8;
/// And they have no more tokens than this many times those of the block.
const MOST_TOKENS: f64 = 1.7;

/// Which blocks of each list are not spoken for.
pub struct Free {
    /// Of the older list.
    pub old: Vec<bool>,
    /// Of the newer list.
    pub new: Vec<bool>,
}

impl Free {
    /// All that the pairs leave.
    pub fn beside(pairs: &[Match], old: usize, new: usize) -> Self {
        let mut free = Free { old: vec![true; old], new: vec![true; new] };
        pairs.iter().for_each(|pair| free.take(pair.old, pair.new));
        free
    }

    fn both(&self, i: usize, j: usize) -> bool {
        self.old.get(i) == Some(&true) && self.new.get(j) == Some(&true)
    }

    fn take(&mut self, i: usize, j: usize) {
        self.old[i] = false;
        self.new[j] = false;
    }
}

/// Moves among free blocks: lists of pairs, each list a run on both sides.
pub fn moves(siblings: &Siblings, candidates: &[Match], free: &mut Free) -> Vec<Vec<(usize, usize)>> {
    let mut likely: Vec<_> = candidates.iter().filter(|pair| free.both(pair.old, pair.new)).copied().collect();
    likely.sort_by(|a, b| {
        let order = b.common.cmp(&a.common).then(b.likeness.total_cmp(&a.likeness));
        order
            .then(a.old.abs_diff(a.new).cmp(&b.old.abs_diff(b.new)))
            .then((a.old + a.new, a.lot).cmp(&(b.old + b.new, b.lot)))
    });
    let mut found = Vec::new();
    for pair in likely {
        if free.both(pair.old, pair.new) && is_move(siblings, &pair) {
            free.take(pair.old, pair.new);
            found.push((pair.old, pair.new));
            extend(siblings, free, &mut found);
        }
    }
    found.sort_unstable();
    found.chunk_by(|a, b| a.0 + 1 == b.0 && a.1 + 1 == b.1).map(<[_]>::to_vec).collect()
}

/// Takes the neighbours of the last move along, short ones too, where they are equal or alike.
fn extend(siblings: &Siblings, free: &mut Free, found: &mut Vec<(usize, usize)>) {
    let Some(&(i, j)) = found.last() else { return };
    let goes = |i: usize, j: usize, free: &Free| free.both(i, j) && siblings.compare(i, j).likeness >= LIKE;
    let (mut a, mut b) = (i, j);
    while a > 0 && b > 0 && goes(a - 1, b - 1, free) {
        (a, b) = (a - 1, b - 1);
        free.take(a, b);
        found.push((a, b));
    }
    (a, b) = (i + 1, j + 1);
    while goes(a, b, free) {
        free.take(a, b);
        found.push((a, b));
        (a, b) = (a + 1, b + 1);
    }
}

fn is_move(siblings: &Siblings, pair: &Match) -> bool {
    let (old, new) = (siblings.old[pair.old], siblings.new[pair.new]);
    let (a, b) = (siblings.old_text.tokens(old), siblings.new_text.tokens(new));
    if a.len().min(b.len()) < SHORT || pair.likeness < MOVED {
        return false;
    }
    let in_order = || a == b || 2.0 * matches(a, b).len() as f64 / (a.len() + b.len()) as f64 >= MOVED;
    in_order() && prove((siblings.old_text, old), (siblings.new_text, new))
}

/// Splits and merges around pairs.
#[derive(Default)]
pub struct Joints {
    /// By the position of the older block.
    pub splits: BTreeMap<usize, Joint>,
    /// By the position of the newer block.
    pub merges: BTreeMap<usize, Joint>,
}

/// Splits and merges around pairs; their other blocks are no longer free. Where two want the same
/// blocks, the one that takes in more words has them.
pub fn joints(siblings: &Siblings, pairs: &[Match], free: &mut Free) -> Joints {
    let look = |pair: &Match, free: &Free| {
        let old = (siblings.old_text, siblings.old, pair.old);
        let new = (siblings.new_text, siblings.new, pair.new);
        let split = joint(old, new, &free.new).map(|joint| (gain(&joint, new), true, joint));
        let merge = joint(new, old, &free.old).map(|joint| (gain(&joint, old), false, joint));
        split.into_iter().chain(merge).max_by_key(|(gain, ..)| *gain)
    };
    let edited = pairs.iter().filter(|pair| pair.likeness < 1.0);
    let mut likely: Vec<_> = edited.filter_map(|pair| Some((look(pair, free)?.0, pair))).collect();
    likely.sort_by_key(|(gain, _)| std::cmp::Reverse(*gain));
    let mut joints = Joints::default();
    for (_, pair) in likely {
        let Some((_, split, joint)) = look(pair, free) else { continue };
        let (taken, found) =
            if split { (&mut free.new, &mut joints.splits) } else { (&mut free.old, &mut joints.merges) };
        taken[joint.many.clone()].fill(false);
        found.insert(joint.one, joint);
    }
    joints
}

/// The tokens that a joint takes in.
fn gain(joint: &Joint, (text, list, at): (&Text, &[Ix], usize)) -> usize {
    joint.many.clone().filter(|other| *other != at).map(|other| text.tokens(list[other]).len()).sum()
}

/// One block against several neighbours.
pub struct Joint {
    /// The one block.
    pub one: usize,
    /// The several, as a run of positions.
    pub many: Range<usize>,
}

/// Looks around a pair for free neighbours that hold the rest of the words. `one` and `many` are the
/// two sides, in either order: splits have the older text as `one`, merges the newer.
fn joint(one: (&Text, &[Ix], usize), many: (&Text, &[Ix], usize), free: &[bool]) -> Option<Joint> {
    let (text, list, at) = one;
    let (other, others, start) = many;
    if !is_paragraph(text, list[at]) || !is_paragraph(other, others[start]) {
        return None;
    }
    let mut run = start..start + 1;
    let fits = |run: &Range<usize>| run.len() <= MOST_PARTS && holds(own(text, list[at]), other, &others[run.clone()]);
    loop {
        let before = run.start.checked_sub(1).filter(|i| free[*i] && is_paragraph(other, others[*i]));
        let after = Some(run.end).filter(|i| free.get(*i) == Some(&true) && is_paragraph(other, others[*i]));
        let wider = after
            .map(|end| run.start..end + 1)
            .filter(fits)
            .or_else(|| before.map(|start| start..run.end).filter(fits));
        match wider {
            Some(wider) => run = wider,
            None => break,
        }
    }
    (run.len() > 1).then_some(Joint { one: at, many: run })
}

fn is_paragraph(text: &Text, ix: Ix) -> bool {
    text.body.blocks.get(ix).is_some_and(|block| block.kind == BlockKind::Paragraph)
}

/// The tokens of a paragraph as they stand in it; those of what its images show come after them.
fn own<'t>(text: &'t Text, ix: Ix) -> &'t [u32] {
    let length = text.leaves.get(ix).map_or(0, |leaf| leaf.tokens.len());
    text.tokens(ix).get(..length).unwrap_or(&[])
}

/// Whether every one of several blocks keeps enough of its words in one block.
fn holds(one: &[u32], text: &Text, many: &[Ix]) -> bool {
    let ids: Vec<u32> = many.iter().flat_map(|ix| own(text, *ix).iter().copied()).collect();
    if ids.len() as f64 > MOST_TOKENS * one.len() as f64 {
        return false;
    }
    let kept = matches(one, &ids);
    let mut start = 0;
    many.iter().all(|ix| {
        let length = own(text, *ix).len();
        let own = kept.partition_point(|(_, b)| *b < start + length) - kept.partition_point(|(_, b)| *b < start);
        start += length;
        own >= PART_TOKENS && own as f64 >= PART * length as f64
    })
}

/// The pieces of each of several blocks beside its stretch of the one block.
pub fn parts(one: (&Text, Ix), many: (&Text, &[Ix]), split: bool) -> Vec<Joined> {
    let (text, ix) = one;
    let leaf = &text.leaves[ix];
    let lengths: Vec<_> = many.1.iter().map(|ix| many.0.leaves[*ix].tokens.len()).collect();
    let ids: Vec<u32> = many.1.iter().flat_map(|ix| many.0.leaves[*ix].tokens.iter().map(|token| token.id)).collect();
    let own: Vec<u32> = leaf.tokens.iter().map(|token| token.id).collect();
    let kept = matches(&own, &ids);
    let mut parts = Vec::new();
    let (mut token, mut byte, mut end) = (0, 0, 0);
    for (at, block) in many.1.iter().enumerate() {
        end += lengths[at];
        let last = at + 1 == many.1.len();
        let next = kept.iter().find(|(_, b)| *b >= end).map(|(a, _)| *a).filter(|_| !last).unwrap_or(leaf.tokens.len());
        let until = leaf.tokens.get(next).map_or(leaf.text.len(), |token| token.range.start);
        let stretch = Stretch { leaf, tokens: token..next, text: byte..until, exact: leaf.exact };
        let whole = Stretch::whole(&many.0.leaves[*block]);
        let pieces: Vec<Piece> = if split { pieces(&stretch, &whole) } else { pieces(&whole, &stretch) };
        parts.push(Joined { block: *block, pieces });
        (token, byte) = (next, until);
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::super::{Change, Comparison, Ends, compare};
    use crate::markdown::{Dialect, parse};

    fn changes(old: &str, new: &str) -> Comparison {
        compare(&parse(old, Dialect::Paper), &parse(new, Dialect::Paper))
    }

    /// The changes as a line of letters: `=` same, `~` edited, `-` removed, `+` added, `<` moved away,
    /// `>` moved here, `Y` split, `A` merged.
    fn check(old: &str, new: &str, expected: &str) {
        let letters: String = changes(old, new).blocks.iter().map(letter).collect();
        assert_eq!(letters, expected);
    }

    fn letter(change: &Change) -> char {
        match change {
            Change::Same { .. } => '=',
            Change::Edited { .. } => '~',
            Change::Removed { .. } => '-',
            Change::Added { .. } => '+',
            Change::MovedAway { .. } => '<',
            Change::MovedHere { .. } => '>',
            Change::Split { .. } => 'Y',
            Change::Merged { .. } => 'A',
        }
    }

    const LEVY: &str = "Every contractor pays the same levy for each pharmacy.";
    const VOTE: &str = "The vote is held in December, one pharmacy one vote.";
    const HUBS: &str = "Nine regional hubs take the place of the local committees.";

    #[test]
    fn an_equal_block_elsewhere_has_moved() {
        check(&format!("{LEVY}\n\n{VOTE}\n\n{HUBS}\n"), &format!("{VOTE}\n\n{HUBS}\n\n{LEVY}\n"), "<==>");
    }

    #[test]
    fn a_like_block_elsewhere_has_moved_and_was_edited() {
        let edited = LEVY.replace("same", "lowest");
        let comparison = changes(&format!("{LEVY}\n\n{VOTE}\n\n{HUBS}\n"), &format!("{VOTE}\n\n{HUBS}\n\n{edited}\n"));
        assert_eq!(comparison.moves.len(), 1);
        assert!(comparison.moves[0].pairs[0].inside.is_some());
    }

    #[test]
    fn a_section_moves_as_one() {
        let section = format!("## Levy\n\n{LEVY}\n\nYes.\n");
        let comparison = changes(
            &format!("{section}\n## Vote\n\n{VOTE}\n\n{HUBS}\n"),
            &format!("## Vote\n\n{VOTE}\n\n{HUBS}\n\n{section}"),
        );
        assert_eq!(comparison.moves.iter().map(|moved| moved.pairs.len()).collect::<Vec<_>>(), [3]);
    }

    #[test]
    fn a_heading_of_another_level_stays_at_its_place() {
        let comparison = changes("### Costs\n\nYes.\n", "## Costs\n\nYes.\n");
        assert!(
            comparison.moves.len() == 1
                && comparison.moves[0].ends == Ends::Together
                && comparison.moves[0].pairs[0].inside.is_none()
        );
        check("### Costs\n\nYes.\n", "## Costs\n\nYes.\n", "<>=");
    }

    #[test]
    fn nothing_is_lost_where_a_split_meets_a_merge() {
        let comparison = changes(&format!("{LEVY} {VOTE}\n\n{HUBS}\n"), &format!("{LEVY}\n\n{VOTE} {HUBS}\n"));
        let old: usize = comparison
            .blocks
            .iter()
            .map(|change| match change {
                Change::Added { .. } | Change::MovedHere { .. } => 0,
                Change::Merged { parts, .. } => parts.len(),
                _ => 1,
            })
            .sum();
        assert_eq!(old, 2, "{comparison:?}");
    }

    #[test]
    fn a_list_that_became_paragraphs_keeps_its_words() {
        let comparison = changes(&format!("- {LEVY}\n- {VOTE}\n"), &format!("{LEVY}\n\n{VOTE}\n"));
        let inside: Vec<_> = comparison.moves.iter().filter(|moved| moved.ends == Ends::Inside).collect();
        assert_eq!(inside.iter().map(|moved| moved.pairs.len()).sum::<usize>(), 2, "{comparison:?}");
    }

    #[test]
    fn short_blocks_do_not_move_by_themselves() {
        check(&format!("Yes.\n\n{VOTE}\n"), &format!("{VOTE}\n\nYes.\n"), "-=+");
    }

    #[test]
    fn a_paragraph_of_images_may_be_merged_with_the_next() {
        let images = "![Build passes](a.png) ![Version 1](b.png) ![Coverage is high](c.png) ![Chat](d.png)";
        check(&format!("{images}\n\n{LEVY}\n"), &format!("{images} {LEVY}\n"), "A");
    }

    #[test]
    fn a_paragraph_may_be_split_and_merged() {
        check(&format!("{LEVY} {VOTE}\n"), &format!("{LEVY}\n\n{VOTE}\n"), "Y");
        check(&format!("{LEVY}\n\n{VOTE}\n\n{HUBS}\n"), &format!("{LEVY} {VOTE} {HUBS}\n"), "A");
        check(&format!("{LEVY} {VOTE}\n"), &format!("{LEVY}\n\n{HUBS}\n"), "~+");
    }
}
