//! Changes in numbers.

use super::{Listed, Name};
use serde::Serialize;

/// What changed, in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Blocks that only the newer text has.
    pub added: usize,
    /// Blocks that only the older text has.
    pub removed: usize,
    /// Blocks that were edited, split, merged, reformatted or renumbered.
    pub edited: usize,
    /// Blocks or runs of blocks that stand elsewhere.
    pub moved: usize,
    /// Words that only the newer text has.
    pub words_added: usize,
    /// Words that only the older text has.
    pub words_removed: usize,
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, other: Counts) {
        self.added += other.added;
        self.removed += other.removed;
        self.edited += other.edited;
        self.moved += other.moved;
        self.words_added += other.words_added;
        self.words_removed += other.words_removed;
    }
}

/// Listed changes in numbers.
pub fn counts<'l>(listed: impl IntoIterator<Item = &'l Listed>) -> Counts {
    let mut counts = Counts::default();
    for listed in listed {
        match listed.name {
            Name::Added => counts.added += 1,
            Name::Removed => counts.removed += 1,
            Name::Moved => counts.moved += 1,
            _ => counts.edited += 1,
        }
        let words = |text: &str| text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count();
        if !matches!(listed.name, Name::Reformatted | Name::Renumbered) {
            counts.words_removed += words(&listed.old);
            counts.words_added += words(&listed.new);
        }
    }
    counts
}
