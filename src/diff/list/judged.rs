//! By what an entry of the list is of substance.

use super::Lister;
use crate::diff::class::{Class, Sign};
use crate::diff::tokens::Leaf;
use crate::diff::{Mark, Piece};
use crate::markdown::Block;

impl Lister<'_> {
    /// Says by what the last change that was listed is of substance.
    pub(super) fn judged(&mut self, mut signs: Vec<Sign>) {
        let Some(last) = self.listed.last_mut() else { return };
        signs.append(&mut last.signs);
        signs.sort_unstable();
        signs.dedup();
        last.class = if signs.is_empty() { Class::Editorial } else { Class::Substance };
        last.signs = signs;
    }

    /// The signs of the words that changed in a pair of leaves.
    pub(super) fn signs(&self, pieces: &[Piece], before: &Block, after: &Block) -> Vec<Sign> {
        let (old, new) = (Leaf::read(before), Leaf::read(after));
        let changed = |piece: &Piece| matches!(piece.mark, Mark::Removed | Mark::Added);
        let stretches = pieces.chunk_by(|a, b| changed(a) && changed(b)).filter(|stretch| stretch.iter().any(changed));
        let hunks: Vec<_> = stretches
            .map(|stretch| {
                let (first, last) = (&stretch[0], &stretch[stretch.len() - 1]);
                (first.old.start..last.old.end, first.new.start..last.new.end)
            })
            .collect();
        self.judge.signs(&old.text, &new.text, &hunks)
    }
}
