//! Words inside a pair: which are kept, removed, added, reformatted.
//!
//! The tokens of both sides are compared by Myers' algorithm (imara-diff: linear space, bounded).
//! Kept stretches of one or two tokens between two changes are given up: a reader takes in one larger
//! change more easily than three small ones. White space is dealt out last, so that either side's
//! pieces, laid end to end, are that side's text.

use super::lines::kept_by_line;
use super::tokens::{Leaf, Token};
use super::{Mark, Piece};
use foldhash::{HashMap, HashMapExt as _};
use imara_diff::{Algorithm, Diff, Token as Number};
use std::ops::Range;

/// Kept stretches between two changes that are not longer than this many tokens are given up,
const CONFETTI: usize = 2;
/// unless they have so many bytes that they are seen at a glance. Over drafts of forty public policies
/// 8 leaves half a stretch of two words for every hundred changed ones, 10 a third, 12 a seventh, and all
/// keep what is marked within 6 % of the least; 10 also shows a name of two words as kept.
const GLANCE: usize = 10;

/// Leaves of more tokens than this are compared by another algorithm, or window by window.
const WINDOW: usize = 4_096;
/// A long leaf is rich where at least one in so many of its tokens is a different word.
const RICH: usize = 64;

/// A stretch of a leaf: tokens, and the text that they lie in.
#[derive(Clone)]
pub struct Stretch<'a> {
    /// The leaf.
    pub leaf: &'a Leaf,
    /// Which of its tokens.
    pub tokens: Range<usize>,
    /// Which bytes of its text.
    pub text: Range<usize>,
    /// Whether white space counts.
    pub exact: bool,
}

impl<'a> Stretch<'a> {
    /// The whole of a leaf.
    pub fn whole(leaf: &'a Leaf) -> Self {
        Stretch { leaf, tokens: 0..leaf.tokens.len(), text: 0..leaf.text.len(), exact: leaf.exact }
    }

    /// Its tokens.
    pub fn tokens(&self) -> &'a [Token] {
        self.leaf.tokens.get(self.tokens.clone()).unwrap_or(&[])
    }
}

/// The pieces of two leaves.
pub fn pieces(old: &Stretch, new: &Stretch) -> Vec<Piece> {
    let by_line = old.leaf.exact && new.leaf.exact;
    let kept = if by_line { kept_by_line(old, new) } else { kept_words(old.tokens(), new.tokens()) };
    lay_out(old, new, &kept)
}

/// The pairs of equal tokens that a reader sees as kept, by index, ascending.
pub fn kept_words(old: &[Token], new: &[Token]) -> Vec<(usize, usize)> {
    let ids = |tokens: &[Token]| tokens.iter().map(|token| token.id).collect::<Vec<_>>();
    drop_confetti(matches(&ids(old), &ids(new)), (old.len(), new.len()), new)
}

/// The pairs of equal tokens that a short edit script keeps, by index, ascending. There may be several as
/// short: the same one is taken whichever side is the older.
pub fn matches(old: &[u32], new: &[u32]) -> Vec<(usize, usize)> {
    if (old.len(), old) <= (new.len(), new) {
        return directed(old, new);
    }
    directed(new, old).into_iter().map(|(j, i)| (i, j)).collect()
}

fn directed(old: &[u32], new: &[u32]) -> Vec<(usize, usize)> {
    let mut local = HashMap::new();
    let mut number = |id: &u32| {
        let next = local.len() as u32;
        Number(*local.entry(*id).or_insert(next))
    };
    let before: Vec<_> = old.iter().map(&mut number).collect();
    let after: Vec<_> = new.iter().map(&mut number).collect();
    let longest = before.len().max(after.len());
    if longest <= WINDOW {
        return kept(Algorithm::Myers, &before, &after, local.len(), 0);
    }
    if local.len() * RICH >= longest {
        return kept(Algorithm::Histogram, &before, &after, local.len(), 0);
    }
    // No paper has a paragraph like that: a long one of very few different words, for which both
    // algorithms are quadratic. It is compared window by window.
    let windows = (0..longest).step_by(WINDOW).flat_map(|start| {
        let cut = |list: &'_ [Number]| list.len().min(start)..list.len().min(start + WINDOW);
        kept(Algorithm::Myers, &before[cut(&before)], &after[cut(&after)], local.len(), start)
    });
    windows.collect()
}

/// The pairs that an algorithm keeps; `start` is where both lists begin.
fn kept(
    algorithm: Algorithm,
    before: &[Number],
    after: &[Number],
    numbers: usize,
    start: usize,
) -> Vec<(usize, usize)> {
    let mut diff = Diff::default();
    diff.compute_with(algorithm, before, after, numbers as u32);
    let kept = (0..before.len() as u32).filter(|at| !diff.is_removed(*at));
    let pairs = kept.zip((0..after.len() as u32).filter(|at| !diff.is_added(*at)));
    pairs.map(|(i, j)| (start + i as usize, start + j as usize)).collect()
}

/// Gives up kept stretches that are too short to be read as kept. Where writing has no spaces a single
/// character is a word, and one that stays is plain to see.
fn drop_confetti(kept: Vec<(usize, usize)>, ends: (usize, usize), tokens: &[Token]) -> Vec<(usize, usize)> {
    let (old, new) = ends;
    let is_seen = |stretch: &[(usize, usize)]| {
        let tokens = stretch.iter().filter_map(|(_, at)| tokens.get(*at));
        tokens.clone().all(|token| token.unspaced) || tokens.map(|token| token.range.len()).sum::<usize>() >= GLANCE
    };
    let follows = |a: &(usize, usize), b: &(usize, usize)| a.0 + 1 == b.0 && a.1 + 1 == b.1;
    let stretches = kept.chunk_by(follows).filter(|stretch| {
        let first_or_last =
            stretch.first() == Some(&(0, 0)) || stretch.last() == Some(&(old.wrapping_sub(1), new.wrapping_sub(1)));
        stretch.len() > CONFETTI || first_or_last || is_seen(stretch)
    });
    stretches.flatten().copied().collect()
}

/// Turns kept tokens into pieces that cover both texts.
fn lay_out(old: &Stretch, new: &Stretch, kept: &[(usize, usize)]) -> Vec<Piece> {
    let mut pieces = Pieces::default();
    let (mut i, mut j) = (old.text.start, new.text.start);
    let mut next = (0, 0);
    for (a, b) in kept {
        let (Some(before), Some(after)) = (old.tokens().get(*a), new.tokens().get(*b)) else { continue };
        let changed = next != (*a, *b);
        let mark = if before.format == after.format { Mark::Kept } else { Mark::Reformatted };
        pieces.gap(old, i..before.range.start, new, j..after.range.start, (!changed).then_some(mark));
        pieces.push(mark, before.range.clone(), after.range.clone());
        (i, j) = (before.range.end, after.range.end);
        next = (a + 1, b + 1);
    }
    let changed = next != (old.tokens.len(), new.tokens.len());
    pieces.gap(old, i..old.text.end, new, j..new.text.end, (!changed).then_some(Mark::Kept));
    pieces.finish()
}

/// Pieces that lie one after the other.
#[derive(Default)]
pub struct Pieces(Vec<Piece>);

impl Pieces {
    /// All of them.
    pub fn finish(self) -> Vec<Piece> {
        self.0
    }

    /// Adds a piece; it is joined to the one before where both have the same mark.
    pub fn push(&mut self, mark: Mark, old: Range<usize>, new: Range<usize>) {
        if old.is_empty() && new.is_empty() {
            return;
        }
        match self.0.last_mut() {
            Some(last) if last.mark == mark && last.old.end == old.start && last.new.end == new.start => {
                last.old.end = old.end;
                last.new.end = new.end;
            }
            _ => self.0.push(Piece { mark, old, new }),
        }
    }

    /// What lies between two kept tokens: white space that both sides have stays, at either end. Where
    /// it is nothing else, `next` is the mark of the token after it.
    fn gap(&mut self, old: &Stretch, mut i: Range<usize>, new: &Stretch, mut j: Range<usize>, next: Option<Mark>) {
        let text =
            |stretch: &Stretch, range: &Range<usize>| stretch.leaf.text.get(range.clone()).unwrap_or("").to_owned();
        let (before, after) = (text(old, &i), text(new, &j));
        if next.is_some() && old.exact && before != after {
            self.push(Mark::Removed, i.clone(), j.start..j.start);
            return self.push(Mark::Added, i.end..i.end, j);
        }
        if next.is_some() && before.is_empty() == after.is_empty() {
            let both = next == Some(Mark::Reformatted) && self.0.last().is_some_and(|last| Some(last.mark) == next);
            return self.push(if both { Mark::Reformatted } else { Mark::Kept }, i, j);
        }
        let lead = |text: &str| text.len() - text.trim_start().len();
        let (a, b) = (lead(&before), lead(&after));
        if a > 0 && b > 0 {
            self.push(Mark::Kept, i.start..i.start + a, j.start..j.start + b);
            (i.start, j.start) = (i.start + a, j.start + b);
        }
        let trail = |text: &str| text.len() - text.trim_end().len();
        let (a, b) = (trail(&text(old, &i)), trail(&text(new, &j)));
        let shared = if a > 0 && b > 0 { (a, b) } else { (0, 0) };
        let (end_i, end_j) = (i.end - shared.0, j.end - shared.1);
        self.push(Mark::Removed, i.start..end_i, j.start..j.start);
        self.push(Mark::Added, end_i..end_i, j.start..end_j);
        self.push(Mark::Kept, end_i..i.end, end_j..j.end);
    }
}

#[cfg(test)]
mod tests {
    use super::super::tokens::{Known, Lexicon, Text};
    use super::*;
    use crate::markdown::{Dialect, parse};

    /// Pieces as text: `[-removed-]`, `{+added+}`, `<reformatted>`.
    fn check(old: &str, new: &str, expected: &str) {
        let (old, new) = (parse(old, Dialect::Paper), parse(new, Dialect::Paper));
        let mut lexicon = Lexicon::default();
        let (old, new) =
            (Text::read(&old, Known::default(), &mut lexicon), Text::read(&new, Known::default(), &mut lexicon));
        let (old, new) = (&old.leaves[0], &new.leaves[0]);
        let pieces = pieces(&Stretch::whole(old), &Stretch::whole(new));
        let mut shown = String::new();
        for piece in &pieces {
            let (before, after) = (&old.text[piece.old.clone()], &new.text[piece.new.clone()]);
            shown += &match piece.mark {
                Mark::Kept => after.to_owned(),
                Mark::Reformatted => format!("<{after}>"),
                Mark::Removed => format!("[-{before}-]"),
                Mark::Added => format!("{{+{after}+}}"),
            };
        }
        assert_eq!(shown, expected);
        assert_eq!(pieces.iter().map(|piece| &old.text[piece.old.clone()]).collect::<String>(), old.text);
        assert_eq!(pieces.iter().map(|piece| &new.text[piece.new.clone()]).collect::<String>(), new.text);
    }

    #[test]
    fn words_are_replaced_whole() {
        check("every hub may hold one", "every hub must hold one", "every hub [-may-]{+must+} hold one");
        check("the hubs are many", "the hub's are many", "the [-hubs-]{+hub's+} are many");
    }

    #[test]
    fn white_space_goes_with_what_was_added_or_removed() {
        check("a b c d", "a d", "a [-b c -]d");
        check("one two", "one, two", "one{+,+} two");
        check("end here", "end here. And more", "end here{+. And more+}");
        check("a-b", "a - b", "a{+ +}-{+ +}b");
    }

    #[test]
    fn short_stretches_between_changes_are_given_up() {
        check(
            "it was 20 of 30 then and now",
            "it was 25 of 35 then and now",
            "it was [-20 of 30-]{+25 of 35+} then and now",
        );
    }

    #[test]
    fn single_characters_stay_where_writing_has_no_spaces() {
        check("截止日期是五月九日", "截止日期是三月一日", "截止日期是[-五-]{+三+}月[-九-]{+一+}日");
    }

    #[test]
    fn formatting_and_targets_are_a_layer_of_their_own() {
        check("very important words", "very **important words**", "very <important words>");
        check("see [the letter](a.md) now", "see [the letter](b.md) now", "see <the letter> now");
        check("see ![A](a.png) now", "see ![A](b.png) now", "see [-\u{fffc}-]{+\u{fffc}+} now");
    }

    #[test]
    fn nothing_and_something() {
        check("a", "b", "[-a-]{+b+}");
        check("a  \nb", "a\nb", "a[-\u{fffc}-]{+\n+}b");
    }
}
