//! One entry of the list of changes.

use crate::config::capitalised;
use crate::diff::class::{Class, Sign};
use crate::markdown::Ix;
use crate::words::{Phrase, Words};
use serde::{Serialize, Serializer};

/// What happened to a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Name {
    /// Only the newer text has it.
    Added,
    /// Only the older text has it.
    Removed,
    /// Its words changed.
    Edited,
    /// It stands elsewhere.
    Moved,
    /// It became several.
    Split,
    /// It was several.
    Merged,
    /// Its formatting, a link target or another attribute changed.
    Reformatted,
    /// Only its number changed.
    Renumbered,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Listed {
    /// What happened.
    pub name: Name,
    /// To what: `paragraph`, `heading`, `item`, `row`, `column`, …
    pub block: &'static str,
    /// The heading that it stands under in the newer text (in the older, where it was removed).
    pub place: String,
    /// That heading in the newer text.
    #[serde(skip)]
    pub heading: Option<Ix>,
    /// The words of the older text; only the changed stretches where words were edited.
    pub old: String,
    /// The words of the newer text.
    pub new: String,
    /// The id of the element that shows it.
    pub anchor: String,
    /// What happened, as a sentence.
    #[serde(serialize_with = "in_english")]
    pub sentence: Phrase,
    /// The part that shows it, in [`crate::diff::Comparison::parts`].
    #[serde(skip)]
    pub part: usize,
    /// Whether it is of substance.
    pub class: Class,
    /// By what; empty where it is editorial.
    pub signs: Vec<Sign>,
    /// The comment of the newer text in which its author declares it editorial.
    #[serde(skip)]
    pub declared: Option<Ix>,
    /// The id of the element at the top that shows it: its own, or that of the block that it lies in.
    #[serde(skip)]
    pub root: String,
    /// The block at the top in the older text.
    #[serde(skip)]
    pub old_root: Option<Ix>,
    /// The block at the top in the newer text.
    #[serde(skip)]
    pub new_root: Option<Ix>,
    /// Whether it is the older end of a move to another part, of which the newer end is listed there.
    #[serde(skip)]
    pub departure: bool,
}

/// Where notes stand, in [`Listed::place`].
pub const NOTES: &str = "Notes";

impl Listed {
    /// What happened, as a sentence.
    pub fn said(&self, words: &Words) -> String {
        capitalised(&words.text(&self.sentence))
    }
}

/// In JSON sentences are English.
fn in_english<S: Serializer>(sentence: &Phrase, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&capitalised(&Words::english().text(sentence)))
}
