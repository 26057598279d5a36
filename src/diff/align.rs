//! Which block of one level pairs with which: the best pairing overall that keeps the order.
//!
//! 1. Candidates: blocks with equal digests, and for every other block those that share the rarest
//!    words with it, a bounded number each. Their likeness is 2·common / (a + b) over the tokens of
//!    both (Dice 1945, with multiplicity).
//! 2. The heaviest chain of candidates in which both sides ascend, by a Fenwick tree over the newer
//!    side: O(c log n) for c candidates. A pair weighs the tokens that it keeps.
//! 3. Gaps between pairs of the chain are small; there every pair is tried (Needleman and Wunsch
//!    1970), which finds short blocks without rare words, and headings between paired neighbours.

use super::tokens::Text;
use super::words::matches;
use crate::markdown::{BlockKind, Ix};
use foldhash::{HashMap, HashMapExt as _, HashSet};
use std::mem::discriminant;

/// Blocks less alike than this are not the same block edited.
pub const LIKE: f64 = 0.4;
/// A block stands in a longer one where this share of its tokens does, in stretches.
const HELD: f64 = 0.6;
/// And it has at least this many.
const HELD_TOKENS: usize = 6;
/// A stretch is at least so many tokens that follow one another on both sides.
const STRETCH: usize = 3;
/// How many candidates a block keeps.
const CANDIDATES: usize = 6;
/// Words that more blocks hold than this do not help to find candidates.
const COMMON: usize = 12;
/// Equal blocks are paired with at most this many of their like, nearest in order first.
const EQUALS: usize = 4;
/// Gaps with more pairs than this are left alone.
pub const GAP: usize = 2_500;

/// A pair of positions in the two lists of siblings, with how alike they are, 1 where equal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Match {
    /// Position in the older list.
    pub old: usize,
    /// Position in the newer list.
    pub new: usize,
    /// From 0 to 1.
    pub likeness: f64,
    /// The tokens that both hold.
    pub common: usize,
    /// A number drawn from both blocks, whichever is the older: it decides where nothing else does.
    pub lot: u32,
}

/// What is aligned: siblings of both texts.
pub struct Siblings<'a> {
    /// The older text.
    pub old_text: &'a Text<'a>,
    /// The newer text.
    pub new_text: &'a Text<'a>,
    /// Blocks of the older text.
    pub old: &'a [Ix],
    /// Blocks of the newer text.
    pub new: &'a [Ix],
    /// Whether blocks of different kinds can be one another edited.
    pub any_kind: bool,
}

impl Siblings<'_> {
    /// Whether two blocks are of one kind, so that one can be the other edited.
    pub fn comparable(&self, i: usize, j: usize) -> bool {
        if self.any_kind {
            return true;
        }
        let place =
            |text: &Text, list: &[Ix], at: usize| list.get(at).copied().filter(|ix| *ix < text.body.blocks.len());
        let (Some(i), Some(j)) = (place(self.old_text, self.old, i), place(self.new_text, self.new, j)) else {
            return false;
        };
        match (&self.old_text.body.blocks[i].kind, &self.new_text.body.blocks[j].kind) {
            (BlockKind::Row { header: a }, BlockKind::Row { header: b }) => a == b,
            (a, b) => discriminant(a) == discriminant(b),
        }
    }

    /// Whether two blocks are equal, spans aside.
    pub fn equal(&self, i: usize, j: usize) -> bool {
        self.old_text.digests[self.old[i]] == self.new_text.digests[self.new[j]]
    }

    /// How alike two blocks are.
    pub fn compare(&self, i: usize, j: usize) -> Match {
        let (a, b) = (self.old_text.tokens(self.old[i]), self.new_text.tokens(self.new[j]));
        let lot = self.old_text.digests[self.old[i]].wrapping_add(self.new_text.digests[self.new[j]]) as u32;
        if self.equal(i, j) {
            return Match { old: i, new: j, likeness: 1.0, common: a.len(), lot };
        }
        let sorted = || (self.old_text.sorted(self.old[i]), self.new_text.sorted(self.new[j]));
        let common = if self.comparable(i, j) { shared(sorted()) } else { 0 };
        let likeness = if a.len() + b.len() == 0 { 0.0 } else { 2.0 * common as f64 / (a.len() + b.len()) as f64 };
        let same = likeness < LIKE && (self.same_first_cell(i, j) || holds(a, b, common));
        let likeness = if same { LIKE } else { likeness };
        Match { old: i, new: j, likeness: likeness.min(0.999), common, lot }
    }

    /// Whether two blocks are rows that begin with the same cell: then they are about the same thing.
    fn same_first_cell(&self, i: usize, j: usize) -> bool {
        let first = |text: &Text, ix: Ix| {
            let row = matches!(text.body.blocks.get(ix)?.kind, BlockKind::Row { header: false });
            let cell = text.body.children(ix).next().filter(|_| row)?.0;
            (!text.tokens(cell).is_empty()).then(|| text.digests[cell])
        };
        let before = first(self.old_text, self.old[i]);
        before.is_some() && before == first(self.new_text, self.new[j])
    }

    /// Equal blocks and those that share rare words, ascending; looked for from both sides, so that it
    /// does not matter which is the older.
    pub fn candidates(&self) -> Vec<Match> {
        let (older, newer) =
            (Side { text: self.old_text, list: self.old }, Side { text: self.new_text, list: self.new });
        let mut places = older.likely(&newer);
        places.extend(newer.likely(&older).into_iter().map(|(j, i)| (i, j)));
        places.sort_unstable();
        places.dedup();
        let found = places.into_iter().map(|(i, j)| self.compare(i, j));
        found.filter(|pair| pair.likeness >= LIKE).collect()
    }

    /// The best pairing that keeps the order.
    pub fn align(&self, candidates: &[Match]) -> Vec<Match> {
        let chain = heaviest_chain(candidates);
        let mut pairs = Vec::with_capacity(chain.len());
        let (mut i, mut j) = (0, 0);
        for pair in chain {
            self.fill(i..pair.old, j..pair.new, &mut pairs);
            pairs.push(pair);
            (i, j) = (pair.old + 1, pair.new + 1);
        }
        self.fill(i..self.old.len(), j..self.new.len(), &mut pairs);
        self.pair_headings(pairs)
    }

    /// Tries every pair of a gap.
    fn fill(&self, old: std::ops::Range<usize>, new: std::ops::Range<usize>, pairs: &mut Vec<Match>) {
        if old.is_empty() || new.is_empty() || old.len() * new.len() > GAP {
            return;
        }
        let every = old.flat_map(|i| new.clone().map(move |j| (i, j)));
        let like: Vec<_> =
            every.map(|(i, j)| self.compare(i, j)).filter(|pair| pair.likeness >= LIKE || self.alone(pair)).collect();
        pairs.extend(heaviest_chain(&like));
    }

    /// Blocks that cannot be told by their words: equal ones without any, and figures, of which the one
    /// at the same place takes the place of the other.
    fn alone(&self, pair: &Match) -> bool {
        let figure = self.old_text.body.blocks[self.old[pair.old]].kind == BlockKind::Figure;
        self.equal(pair.old, pair.new) || (figure && self.comparable(pair.old, pair.new))
    }

    /// A heading whose words all changed is still the same heading where what follows is paired.
    fn pair_headings(&self, mut pairs: Vec<Match>) -> Vec<Match> {
        let mut added = Vec::new();
        let by_old: HashMap<usize, usize> = pairs.iter().map(|pair| (pair.old, pair.new)).collect();
        let taken: HashSet<usize> = pairs.iter().map(|pair| pair.new).collect();
        for pair in &pairs {
            let (Some(i), Some(j)) = (pair.old.checked_sub(1), pair.new.checked_sub(1)) else { continue };
            let heading = matches!(self.old_text.body.blocks[self.old[i]].kind, BlockKind::Heading { .. });
            if heading && self.comparable(i, j) && !by_old.contains_key(&i) && !taken.contains(&j) {
                added.push(self.compare(i, j));
            }
        }
        pairs.extend(added);
        pairs.sort_by_key(|pair| (pair.old, pair.new));
        pairs
    }
}

/// One of the two lists.
struct Side<'a> {
    text: &'a Text<'a>,
    list: &'a [Ix],
}

impl Side<'_> {
    /// For every block the equal ones of the other side; where there is none, those that share the
    /// rarest words with it.
    fn likely(&self, other: &Side) -> Vec<(usize, usize)> {
        let mut found = self.equals(other);
        let mut exact = vec![false; self.list.len()];
        found.iter().for_each(|(i, _)| exact[*i] = true);
        let holders = other.holders();
        let mut shared: HashMap<usize, f64> = HashMap::new();
        for i in (0..self.list.len()).filter(|i| !exact[*i]) {
            shared.clear();
            for id in self.text.tokens(self.list[i]) {
                for j in holders.get(id).into_iter().flatten() {
                    *shared.entry(*j).or_default() += 1.0 / holders[id].len() as f64;
                }
            }
            let mut best: Vec<_> = shared.iter().map(|(j, weight)| (*j, *weight)).collect();
            best.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            found.extend(best.into_iter().take(CANDIDATES).map(|(j, _)| (i, j)));
        }
        found
    }

    /// The blocks that hold each word, for words that few hold.
    fn holders(&self) -> HashMap<u32, Vec<usize>> {
        let mut holders: HashMap<u32, Vec<usize>> = HashMap::new();
        for (j, ix) in self.list.iter().enumerate() {
            for id in self.text.tokens(*ix) {
                let list = holders.entry(*id).or_default();
                if list.len() <= COMMON && list.last() != Some(&j) {
                    list.push(j);
                }
            }
        }
        holders.retain(|_, list| list.len() <= COMMON);
        holders
    }

    /// Pairs of equal blocks: of several alike, the first with the first and its neighbours.
    fn equals(&self, other: &Side) -> Vec<(usize, usize)> {
        let mut places: HashMap<u64, Vec<usize>> = HashMap::new();
        for (j, ix) in other.list.iter().enumerate() {
            places.entry(other.text.digests[*ix]).or_default().push(j);
        }
        let mut seen: HashMap<u64, usize> = HashMap::new();
        let mut found = Vec::new();
        for (i, ix) in self.list.iter().enumerate() {
            let digest = self.text.digests[*ix];
            let Some(list) = places.get(&digest) else { continue };
            let count = seen.entry(digest).or_default();
            let from = count.saturating_sub(EQUALS / 2).min(list.len().saturating_sub(EQUALS));
            found.extend(list.iter().skip(from).take(EQUALS).map(|j| (i, *j)));
            *count += 1;
        }
        found
    }
}

/// Whether one of two lists was taken into the other: most of the shorter stands in the longer, in
/// stretches that no chance explains.
fn holds(a: &[u32], b: &[u32], common: usize) -> bool {
    let shorter = a.len().min(b.len());
    if shorter < HELD_TOKENS || (common as f64) < HELD * shorter as f64 {
        return false;
    }
    let follows = |a: &(usize, usize), b: &(usize, usize)| a.0 + 1 == b.0 && a.1 + 1 == b.1;
    let kept = matches(a, b);
    let stretches = kept.chunk_by(follows).map(<[_]>::len).filter(|length| *length >= STRETCH);
    stretches.sum::<usize>() as f64 >= HELD * shorter as f64
}

/// How many tokens two lists share, with multiplicity, in any order.
pub fn common<T: Ord + Clone>(a: &[T], b: &[T]) -> usize {
    let sorted = |list: &[T]| {
        let mut list = list.to_vec();
        list.sort_unstable();
        list
    };
    shared((&sorted(a), &sorted(b)))
}

/// How alike two lists are, from 0 to 1: 2·common / (a + b), after Dice (1945), with multiplicity.
pub fn dice<T: Ord + Clone>(a: &[T], b: &[T]) -> f64 {
    2.0 * common(a, b) as f64 / (a.len() + b.len()).max(1) as f64
}

/// The same of two lists that are sorted.
fn shared<T: Ord>((a, b): (&[T], &[T])) -> usize {
    let (mut i, mut j, mut count) = (0, 0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        count += usize::from(x == y);
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    count
}

/// What a chain is worth: its weight; of two that weigh the same, the one whose blocks come first; of two
/// that do so alike, the one of the higher lot.
type Worth = (u64, i64, u64);

/// The chain of matches in which both positions ascend and the weights add up to the most.
/// Matches must be sorted by `(old, new)`.
pub fn heaviest_chain(matches: &[Match]) -> Vec<Match> {
    // The tree spans the positions that occur, so that a small gap in a long list costs little.
    let first = matches.iter().map(|pair| pair.new).min().unwrap_or(0);
    let width = matches.iter().map(|pair| pair.new + 1 - first).max().unwrap_or(0);
    let mut best = Fenwick(vec![((0, 0, 0), None); width + 1]);
    let mut before: Vec<Option<usize>> = Vec::with_capacity(matches.len());
    let mut sums: Vec<Worth> = Vec::with_capacity(matches.len());
    let mut at = 0;
    for row in matches.chunk_by(|a, b| a.old == b.old) {
        for pair in row {
            let (sum, link) = best.best_below(pair.new - first);
            sums.push((sum.0 + weight(pair), sum.1 - (pair.old + pair.new) as i64, sum.2 + u64::from(pair.lot)));
            before.push(link);
        }
        for pair in row {
            best.raise(pair.new - first, (sums[at], Some(at)));
            at += 1;
        }
    }
    let mut link = best.best_below(width).1;
    let mut chain = Vec::new();
    while let Some(at) = link {
        chain.push(matches[at]);
        link = before[at];
    }
    chain.reverse();
    chain
}

/// What a pair is worth: the tokens that it keeps, more where it is more alike.
fn weight(pair: &Match) -> u64 {
    1 + (pair.common as f64 * 16.0 * (0.5 + 0.5 * pair.likeness)) as u64
}

/// Highest sums over prefixes (Fenwick 1994).
struct Fenwick(Vec<(Worth, Option<usize>)>);

impl Fenwick {
    /// The best among positions below one.
    fn best_below(&self, position: usize) -> (Worth, Option<usize>) {
        let mut best = ((0, 0, 0), None);
        let mut at = position.min(self.0.len() - 1);
        while at > 0 {
            if self.0[at].0 > best.0 {
                best = self.0[at];
            }
            at &= at - 1;
        }
        best
    }

    fn raise(&mut self, position: usize, value: (Worth, Option<usize>)) {
        let mut at = position + 1;
        while at < self.0.len() {
            if value.0 > self.0[at].0 {
                self.0[at] = value;
            }
            at += at & at.wrapping_neg();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tokens::{Known, Lexicon};
    use super::*;
    use crate::markdown::{Dialect, parse};

    fn check(old: &str, new: &str, expected: &[(usize, usize)]) {
        let (old, new) = (parse(old, Dialect::Paper), parse(new, Dialect::Paper));
        let mut lexicon = Lexicon::default();
        let (old, new) =
            (Text::read(&old, Known::default(), &mut lexicon), Text::read(&new, Known::default(), &mut lexicon));
        let roots = |text: &Text| text.body.roots().map(|(ix, _)| ix).collect::<Vec<_>>();
        let (a, b) = (roots(&old), roots(&new));
        let siblings = Siblings { old_text: &old, new_text: &new, old: &a, new: &b, any_kind: false };
        let pairs: Vec<_> = siblings.align(&siblings.candidates()).iter().map(|pair| (pair.old, pair.new)).collect();
        assert_eq!(pairs, expected);
    }

    #[test]
    fn equal_blocks_anchor_whatever_was_put_between() {
        check("one\n\ntwo\n\nthree\n", "zero\n\none\n\nnew\n\ntwo\n\nthree\n", &[(0, 1), (1, 3), (2, 4)]);
    }

    #[test]
    fn the_best_match_wins_not_the_first_that_will_do() {
        check(
            "Every hub holds a register of members and reviews it once a quarter.\n",
            "Every hub holds a list of contracts and pays for it once a year.\n\n\
             Every hub holds a register of members and reviews it once a month.\n",
            &[(0, 1)],
        );
    }

    #[test]
    fn a_renamed_heading_stays_with_what_follows_it() {
        check(
            "## Costs\n\nThe levy is paid monthly.\n",
            "## What you pay\n\nThe levy is paid monthly.\n",
            &[(0, 0), (1, 1)],
        );
    }

    #[test]
    fn a_block_that_was_added_to_is_the_same_block() {
        let block = "Provide the relevant texts for inclusion in the repository of the board";
        let more = "where a text is not at hand in English give a summary of it as well, together with every standard \
                    that your body has chosen to keep to, and what else shapes the work of those who build on it, so that \
                    nobody needs to ask you for it later on";
        check(&format!("{block}.\n"), &format!("{block}; {more}.\n"), &[(0, 0)]);
    }

    #[test]
    fn unlike_blocks_are_not_paired() {
        check("The levy is paid monthly by all.\n", "Nobody knows what happens in April next.\n", &[]);
    }

    #[test]
    fn repeated_blocks_pair_in_order() {
        check("a\n\n---\n\nb\n\n---\n\nc\n", "a\n\n---\n\nb\n\n---\n\nc\n", &[(0, 0), (1, 1), (2, 2), (3, 3), (4, 4)]);
    }

    #[test]
    fn the_heaviest_chain_is_found() {
        let pair = |old, new, common| Match { old, new, likeness: 1.0, common, lot: 0 };
        let chain = heaviest_chain(&[pair(0, 2, 10), pair(1, 0, 4), pair(2, 1, 4), pair(3, 3, 1)]);
        assert_eq!(chain, [pair(0, 2, 10), pair(3, 3, 1)]);
    }
}
