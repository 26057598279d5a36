//! Moves as entries of the list.

use super::words::{named, noun};
use super::{Listed, Lister, Name};
use crate::diff::class::Sign;
use crate::diff::write::end_of_move;
use crate::diff::{Ends, Move, Pane};
use crate::markdown::{Block, BlockKind, Ix};
use crate::words::{Arg, Phrase, phrase};
use std::collections::BTreeSet;

impl Lister<'_> {
    /// The older end of a move to another part, which is shown on another page.
    pub(super) fn departed(&mut self, id: usize) {
        let Some(moved) = self.comparison.moves.get(id).filter(|moved| self.comparison.across(moved).is_some()) else {
            return;
        };
        let Some((ix, block)) = moved.pairs.first().and_then(|pair| Some((pair.old, self.old.blocks.get(pair.old)?)))
        else {
            return;
        };
        let sentence = phrase("change-departed").with("block", what(moved, block));
        let sentence = sentence.with("words", Arg::Quoted(self.old.words(ix)));
        self.push(Name::Moved, noun(block), Default::default(), end_of_move(id, Pane::Old), sentence);
        self.listed.iter_mut().last().into_iter().for_each(|listed| listed.departure = true);
    }

    /// The moves to another part that begin inside a removed block.
    pub(super) fn departed_inside(&mut self, old: Option<Ix>) {
        let Some(block) = old else { return };
        let within = block..self.old.end(block);
        let ids: BTreeSet<_> = self.moved.0.range(within.clone()).map(|(_, id)| *id).collect();
        for id in ids {
            if self.comparison.moves[id].pairs.first().is_some_and(|pair| within.contains(&pair.old)) {
                self.departed(id);
            }
        }
    }

    /// The moves that begin inside an added block.
    pub(super) fn moved_inside(&mut self, new: Option<Ix>) {
        let Some(block) = new else { return };
        let comparison = self.comparison;
        let within: BTreeSet<_> = self.moved.1.range(block..self.new.end(block)).map(|(_, id)| *id).collect();
        for id in within {
            let moved = &comparison.moves[id];
            if moved.pairs.first().is_some_and(|pair| (block..self.new.end(block)).contains(&pair.new)) {
                self.moved(id, moved);
            }
        }
    }

    pub(super) fn moved(&mut self, id: usize, moved: &Move) {
        let Some(first) = moved.pairs.first() else { return };
        let Some(block) = self.new.blocks.get(first.new) else { return };
        let Changed { was, is, signs, told } = self.changed_inside(moved);
        let was_of = self.old.blocks.get(first.old).unwrap_or(block);
        let (name, sentence) = match moved.ends {
            Ends::Together => (Name::Reformatted, phrase("change-form-moved").with("block", what(moved, block))),
            Ends::Inside if noun(was_of) != noun(block) => {
                let became = phrase(if is_edited(moved) { "change-became-edited" } else { "change-became" });
                (Name::Moved, became.with("was", what(moved, was_of)).with("block", named(noun(block))))
            }
            _ => (Name::Moved, self.moved_key(moved).with("block", what(moved, block))),
        };
        let sentence = sentence.with("words", Arg::Quoted(self.new.words(first.new)));
        let sentence =
            if told.is_empty() { sentence } else { phrase("change-told").with("said", sentence).with("told", told) };
        let what = if is_section(moved, block) { "section" } else { noun(block) };
        self.push(name, what, (was, is), end_of_move(id, Pane::New), sentence);
        self.judged(signs);
        moved.pairs.iter().for_each(|pair| self.enter(pair.new));
    }

    /// Whether it came from another chapter, and whether words in it changed.
    fn moved_key(&self, moved: &Move) -> Phrase {
        phrase(match (self.comparison.across(moved).is_some(), is_edited(moved)) {
            (false, false) => "change-moved",
            (false, true) => "change-moved-edited",
            (true, false) => "change-moved-here",
            (true, true) => "change-moved-here-edited",
        })
    }

    /// What changed in what moved, however deep it lies.
    fn changed_inside(&mut self, moved: &Move) -> Changed {
        let from = self.listed.len();
        for pair in &moved.pairs {
            pair.inside.iter().for_each(|inside| self.edited(pair.old, pair.new, inside));
        }
        let inside: Vec<_> = self.listed.drain(from..).filter(|listed| listed.name != Name::Reformatted).collect();
        let joined = |words: &dyn Fn(&Listed) -> &String| {
            let words = inside.iter().map(words).filter(|words| !words.is_empty()).cloned();
            words.collect::<Vec<_>>().join(" ")
        };
        let (was, is) = (joined(&|listed| &listed.old), joined(&|listed| &listed.new));
        let signs = inside.iter().flat_map(|listed| listed.signs.iter().copied()).collect();
        let told = inside.iter().filter_map(|listed| match listed.sentence.arg("told")? {
            Arg::List(told) => Some(told.clone()),
            _ => None,
        });
        Changed { told: told.take(TOLD).flatten().collect(), was, is, signs }
    }
}

/// How many changes inside a move its sentence tells.
const TOLD: usize = 2;

/// What moved: `paragraph with 2 more`, `section`.
fn what(moved: &Move, first: &Block) -> Phrase {
    match moved.pairs.len() - 1 {
        0 => named(noun(first)),
        _ if is_section(moved, first) => named("section"),
        more => phrase("noun-more").with("block", named(noun(first))).with("count", more),
    }
}

/// Whether what moved is a heading with what stands below it.
fn is_section(moved: &Move, first: &Block) -> bool {
    moved.pairs.len() > 1 && matches!(first.kind, BlockKind::Heading { .. })
}

fn is_edited(moved: &Move) -> bool {
    moved.pairs.iter().any(|pair| pair.inside.is_some())
}

/// What changed inside a move.
struct Changed {
    /// The words that only the older text has.
    was: String,
    /// The words that only the newer text has.
    is: String,
    /// By what it is of substance.
    signs: Vec<Sign>,
    /// The first changes, in words.
    told: Vec<Phrase>,
}
