//! Moves as entries of the list.

use super::words::{noun, quote};
use super::{Listed, Lister, Name};
use crate::config::capitalised;
use crate::diff::class::Sign;
use crate::diff::write::end_of_move;
use crate::diff::{Ends, Move, Pane};
use crate::markdown::{Block, BlockKind, Ix};
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
        let what = self.what(moved, block);
        let sentence = format!("{} moved to another chapter: {}", capitalised(&what), quote(&self.old.words(ix)));
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

    /// What moved: `paragraph with 2 more`, `section`.
    fn what(&self, moved: &Move, first: &Block) -> String {
        match (&first.kind, moved.pairs.len() - 1) {
            (_, 0) => noun(first).to_owned(),
            (BlockKind::Heading { .. }, _) => "section".to_owned(),
            (_, more) => format!("{} with {more} more", noun(first)),
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
        let edited = moved.pairs.iter().any(|pair| pair.inside.is_some());
        let what = self.what(moved, block);
        let here = if self.comparison.across(moved).is_some() { " here from another chapter" } else { "" };
        let changed = if edited { " and changed" } else { "" };
        let Changed { was, is, signs, told } = self.changed_inside(moved);
        let was_of = self.old.blocks.get(first.old).map_or(noun(block), noun);
        let words = quote(&self.new.words(first.new));
        let (name, sentence) = match moved.ends {
            Ends::Together => (Name::Reformatted, format!("{} set in another form: {words}", capitalised(&what))),
            Ends::Inside if was_of != noun(block) => {
                let was = self.old.blocks.get(first.old).map_or(what.clone(), |old| self.what(moved, old));
                (Name::Moved, format!("{} became {}{changed}: {words}", capitalised(&was), noun(block)))
            }
            _ => (Name::Moved, format!("{} moved{here}{changed}: {words}", capitalised(&what))),
        };
        let sentence = if told.is_empty() { sentence } else { format!("{sentence}; {}", told.join("; ")) };
        let what = if what == "section" { "section" } else { noun(block) };
        self.push(name, what, (was, is), end_of_move(id, Pane::New), sentence);
        self.judged(signs);
        moved.pairs.iter().for_each(|pair| self.enter(pair.new));
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
        let told = inside.iter().filter_map(|listed| listed.sentence.split_once(" changed: ")).take(TOLD);
        Changed { told: told.map(|(_, told)| told.to_owned()).collect(), was, is, signs }
    }
}

/// How many changes inside a move its sentence tells.
const TOLD: usize = 2;

/// What changed inside a move.
struct Changed {
    /// The words that only the older text has.
    was: String,
    /// The words that only the newer text has.
    is: String,
    /// By what it is of substance.
    signs: Vec<Sign>,
    /// The first changes, in words.
    told: Vec<String>,
}
