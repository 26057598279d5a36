//! Two bodies → [`Comparison`]: all changes from one draft to another, as data.
//!
//! 1. `tokens` cuts the words of every leaf into tokens, shared between both sides;
//! 2. `align` pairs the blocks of each level: equal ones anchor, then the best matches overall;
//! 3. `moves` tells moves, splits and merges apart among what is left, `across` between the parts of a
//!    text, `loose` inside what was removed and added;
//! 4. `words`, `tables` and `markup` look inside pairs.
//!
//! 5. `list` tells every change in a sentence, with its class by `class`: editorial or of substance.
//!
//! A comparison refers to blocks by index and holds no text, no address and no number: whoever
//! renders it brings both bodies. Every block at the top of either side stands in it exactly once, comments of
//! one side alone aside, which nobody sees; a leaf inside a block that was removed or added can besides be the
//! end of a move.

mod across;
mod align;
mod class;
mod comments;
mod compare;
pub mod cut;
mod front_matter;
mod lines;
mod list;
mod loose;
mod markup;
mod moves;
mod notes;
mod phrases;
mod plain;
mod tables;
mod terminal;
mod tokens;
mod words;
mod write;

pub use align::dice;
pub use class::{Class, Judge, Sign};
pub use compare::{Seen, compare, compare_parts};
pub use front_matter::{KeyChange, front_matter};
pub use list::{Counts, Listed, NOTES, Name, counts, list};
pub use plain::plain;
pub use terminal::{json, summary, text};
pub use tokens::Images;
pub use write::{Labels, Marks, Pane, PartLabels, anchor_of, html, labelled, pane};

use crate::markdown::{BlockKind, Body, Ix};
use std::collections::BTreeMap;
use std::ops::Range;

/// All changes from one body to another.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparison {
    /// The blocks of both sides, merged into one order; notes aside.
    pub blocks: Vec<Change>,
    /// The notes of both sides.
    pub notes: Vec<Change>,
    /// What moved; [`Change::MovedAway`] and [`Change::MovedHere`] are its two ends.
    pub moves: Vec<Move>,
    /// The parts that were compared with one another, in the order of [`Comparison::blocks`].
    pub parts: Vec<Part>,
}

/// A part of either text, compared with one another before anything else.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Part {
    /// What became of it, in [`Comparison::blocks`].
    pub changes: Range<usize>,
    /// Its blocks in the older text.
    pub old: Range<Ix>,
    /// Its blocks in the newer text.
    pub new: Range<Ix>,
}

/// What became of one block, or of a few that belong together.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// It stands unchanged.
    Same {
        /// In the older text.
        old: Ix,
        /// In the newer.
        new: Ix,
    },
    /// Something inside it changed.
    Edited {
        /// In the older text.
        old: Ix,
        /// In the newer.
        new: Ix,
        /// What.
        inside: Inside,
    },
    /// Only the older text has it.
    Removed {
        /// In the older text.
        old: Ix,
    },
    /// Only the newer text has it.
    Added {
        /// In the newer text.
        new: Ix,
    },
    /// Here stood, in the older text, what moved.
    MovedAway {
        /// In [`Comparison::moves`].
        id: usize,
    },
    /// Here stands, in the newer text, what moved.
    MovedHere {
        /// In [`Comparison::moves`].
        id: usize,
    },
    /// One block became several.
    Split {
        /// In the older text.
        old: Ix,
        /// The newer blocks, each with the pieces that it shares with the older one.
        parts: Vec<Joined>,
    },
    /// Several blocks became one.
    Merged {
        /// The older blocks, each with the pieces that it shares with the newer one.
        parts: Vec<Joined>,
        /// In the newer text.
        new: Ix,
    },
}

/// One of the blocks that a split leads to, or that a merge comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct Joined {
    /// The block, in the newer text of a split, in the older of a merge.
    pub block: Ix,
    /// Its words and those of the stretch of the other block that they are compared with.
    pub pieces: Vec<Piece>,
}

/// Blocks that stand elsewhere in the newer text, in the same order as before.
#[derive(Clone, Debug, PartialEq)]
pub struct Move {
    /// Where its two ends stand.
    pub ends: Ends,
    /// Each block in both texts, with what changed inside it.
    pub pairs: Vec<Pair>,
}

/// Where the two ends of a move stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ends {
    /// At two places, as [`Change::MovedAway`] and [`Change::MovedHere`].
    Apart,
    /// At the same place, one after the other: the block became one of another kind, such as a heading
    /// of another level.
    Together,
    /// Inside blocks that were removed and added: a list that became paragraphs, an item that went to
    /// another list.
    Inside,
}

/// A block in both texts.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// In the older text.
    pub old: Ix,
    /// In the newer.
    pub new: Ix,
    /// What changed inside it; nothing where it is equal.
    pub inside: Option<Inside>,
}

/// What changed inside a block.
#[derive(Clone, Debug, PartialEq)]
pub enum Inside {
    /// Words of a leaf. In raw HTML, which then has the same tags on both sides, every tag is a piece of
    /// kept text, and no other piece goes beyond the text between two tags.
    Words(Vec<Piece>),
    /// Blocks inside it.
    Blocks(Vec<Change>),
    /// Columns, rows and cells of a table.
    Table(Table),
    /// The whole of it: an image, a piece of raw HTML with other tags.
    Whole,
    /// Nothing that a reader can read: the start of a list, the language of code, the kind of an alert, an
    /// attribute in raw HTML.
    Form,
}

/// A stretch of a leaf's words; ranges are bytes of the leaf's text on each side.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    /// What became of it.
    pub mark: Mark,
    /// In the older text; empty where it was added.
    pub old: Range<usize>,
    /// In the newer text; empty where it was removed.
    pub new: Range<usize>,
}

/// What became of a stretch of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// It stands unchanged.
    Kept,
    /// Its words stand unchanged; formatting or a link target changed.
    Reformatted,
    /// Only the older text has it.
    Removed,
    /// Only the newer text has it.
    Added,
}

/// A table in both texts.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// The columns of both sides in one order: indices from 0 in the older and the newer table.
    pub columns: Vec<(Option<usize>, Option<usize>)>,
    /// The rows of both sides in one order, the header first.
    pub rows: Vec<Row>,
}

/// A row in one or both texts.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// In the older text.
    pub old: Option<Ix>,
    /// In the newer.
    pub new: Option<Ix>,
    /// A cell for every column.
    pub cells: Vec<Cell>,
}

/// A cell in one or both texts; neither, where a row of one side meets a column of the other.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// In the older text.
    pub old: Option<Ix>,
    /// In the newer.
    pub new: Option<Ix>,
    /// What changed in its words, where both sides have it and they differ.
    pub pieces: Vec<Piece>,
}

impl Comparison {
    /// Which block at the top of the older text is which of the newer: through edits, moves, splits and
    /// merges, a block in as many pairs as it became or came from.
    pub fn lineage(&self) -> Vec<(Ix, Ix)> {
        let mut pairs = Vec::new();
        for change in &self.blocks {
            match change {
                Change::Same { old, new } | Change::Edited { old, new, .. } => pairs.push((*old, *new)),
                Change::Split { old, parts } => pairs.extend(parts.iter().map(|part| (*old, part.block))),
                Change::Merged { parts, new } => pairs.extend(parts.iter().map(|part| (part.block, *new))),
                _ => {}
            }
        }
        pairs.extend(self.moves.iter().flat_map(|moved| moved.pairs.iter().map(|pair| (pair.old, pair.new))));
        pairs
    }

    /// By the name of every note of the older text the name that it has in the newer.
    pub fn kept_notes(&self, old: &Body, new: &Body) -> BTreeMap<String, String> {
        let name = |body: &Body, ix: Ix| match &body.blocks.get(ix)?.kind {
            BlockKind::Note(name) => Some(name.clone()),
            _ => None,
        };
        let kept = self.notes.iter().filter_map(|change| match change {
            Change::Same { old: a, new: b } | Change::Edited { old: a, new: b, .. } => Some((*a, *b)),
            _ => None,
        });
        kept.filter_map(|(a, b)| Some((name(old, a)?, name(new, b)?))).collect()
    }

    /// The part that a block of the older text lies in.
    pub fn old_part(&self, ix: Ix) -> Option<usize> {
        self.parts.iter().position(|part| part.old.contains(&ix))
    }

    /// The part that a block of the newer text lies in.
    pub fn new_part(&self, ix: Ix) -> Option<usize> {
        self.parts.iter().position(|part| part.new.contains(&ix))
    }

    /// The parts of both ends of a move, where it leads from one to another.
    pub fn across(&self, moved: &Move) -> Option<(usize, usize)> {
        let first = moved.pairs.first()?;
        Some((self.old_part(first.old)?, self.new_part(first.new)?)).filter(|(old, new)| old != new)
    }

    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.blocks.iter().chain(&self.notes).all(|change| matches!(change, Change::Same { .. }))
    }
}
