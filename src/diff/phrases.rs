//! What two blocks share that no other block has: proof that one is the other.
//!
//! Sections of one pattern, list items, questions asked in every part, legal formulae and lines with a
//! date are as alike as a paragraph and its edited copy. What they share, though, stands in their
//! siblings too, or lies between the words that tell them apart. So a move is believed where enough
//! phrases, which are a few words in a row, stand in its two ends and nowhere else.

use super::tokens::Text;
use crate::markdown::{BlockKind, Ix};
use std::ops::Range;

/// A phrase has so many tokens; with two, `of the` would prove something, and four leave too few
/// where every fourth word was edited.
const PHRASE: usize = 3;
/// This share of the phrases of the shorter block must be proof. A block of which a third was
/// edited, word by word here and there, keeps three in ten.
const PROOF: f64 = 0.2;
/// A block with as many tokens as this that moved word for word may have one copy that stays, as where a
/// summary repeats a proposal; with two, it is a formula that recurs.
const LONG: usize = 20;

/// A digest of some tokens in a row; a unit that has no more is a phrase too.
type Phrase = u32;

/// The phrases of a text, each with a unit that holds it; a unit is a leaf, or a row of a table. They lie in
/// buckets of a few, by their lowest bits, each in the order of the text: quicker than sorted.
#[derive(Debug, Default)]
pub struct Phrases {
    held: Vec<(Phrase, u32)>,
    /// Where each bucket ends.
    ends: Vec<usize>,
}

impl Phrases {
    /// Those of a text.
    pub fn of(text: &Text) -> Self {
        let buckets = (text.ids.len() / 4).next_power_of_two();
        let mut all = Vec::with_capacity(text.ids.len());
        all.extend(within(text, 0..text.body.blocks.len()).map(|(unit, phrase)| (phrase, unit as u32)));
        let mut ends = vec![0; buckets];
        all.iter().for_each(|(phrase, _)| ends[*phrase as usize % buckets] += 1);
        let mut start = 0;
        for end in &mut ends {
            start += std::mem::replace(end, start);
        }
        let mut held = vec![(0, 0); all.len()];
        for (phrase, unit) in all {
            let end = &mut ends[phrase as usize % buckets];
            held[*end] = (phrase, unit);
            *end += 1;
        }
        Phrases { held, ends }
    }

    /// How many units hold a phrase.
    fn holders(&self, phrase: Phrase) -> usize {
        let bucket = phrase as usize % self.ends.len().max(1);
        let start = bucket.checked_sub(1).map_or(0, |before| self.ends[before]);
        let end = self.ends.get(bucket).copied().unwrap_or(start);
        let mut units: Vec<u32> =
            self.held[start..end].iter().filter(|held| held.0 == phrase).map(|held| held.1).collect();
        units.dedup();
        units.len()
    }
}

/// Whether two blocks share enough that stands nowhere else. Where one side has it only once, its copies on
/// the other come from there: a sentence that became the beginning of several items.
pub fn prove(old: (&Text, Ix), new: (&Text, Ix)) -> bool {
    let (a, b) = (of_block(old), of_block(new));
    let (x, y) = (old.0.tokens(old.1), new.0.tokens(new.1));
    let most = if x == y && x.len() >= LONG { 2 } else { 1 };
    let own = |phrase: Phrase| old.0.phrases().holders(phrase).min(new.0.phrases().holders(phrase)) <= most;
    let (mut i, mut j, mut proofs) = (0, 0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        proofs += usize::from(x == y && own(*x));
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    proofs > 0 && proofs as f64 >= PROOF * a.len().min(b.len()) as f64
}

/// The phrases of a block, sorted.
fn of_block((text, ix): (&Text, Ix)) -> Vec<Phrase> {
    let mut phrases: Vec<_> = within(text, ix..text.body.end(ix)).map(|(_, phrase)| phrase).collect();
    phrases.sort_unstable();
    phrases
}

/// The phrases of a range of blocks, each with the unit that holds it.
fn within<'a>(text: &'a Text, range: Range<Ix>) -> impl Iterator<Item = (Ix, Phrase)> + 'a {
    let is_unit = |ix: &Ix| {
        let block = text.body.blocks.get(*ix);
        block.is_some_and(|block| match block.kind {
            BlockKind::Row { .. } => true,
            BlockKind::Cell => false,
            _ => block.size == 1,
        })
    };
    range.filter(is_unit).flat_map(|ix| {
        let tokens = text.tokens(ix);
        let phrases = tokens.windows(PHRASE.min(tokens.len()).max(1));
        phrases.map(move |phrase| (ix, digest(phrase)))
    })
}

/// Tokens are digests themselves, so that mixing them is enough (the multiplier is that of Knuth 1998).
fn digest(phrase: &[u32]) -> Phrase {
    let mixed =
        phrase.iter().fold(1_u64, |sum, id| (sum ^ u64::from(*id)).wrapping_mul(0x5851_f42d_4c95_7f2d).rotate_left(31));
    (mixed >> 32) as u32
}
