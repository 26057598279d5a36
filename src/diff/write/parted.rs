//! Blocks that one side has as a whole, while leaves inside them moved from or to elsewhere.

use super::{Marks, Page, Pane, end_of_move};
use crate::diff::{Comparison, Ends, Inside};
use crate::markdown::{Attrs, BlockKind, Ix, escape};
use std::collections::BTreeMap;

/// The leaves of moves whose ends lie inside other blocks: on each side the index in
/// [`Comparison::moves`] and in its pairs.
#[derive(Default)]
pub(super) struct Parted {
    old: BTreeMap<Ix, (usize, usize)>,
    new: BTreeMap<Ix, (usize, usize)>,
}

impl Parted {
    pub(super) fn of(comparison: &Comparison) -> Self {
        let mut parted = Parted::default();
        for (id, moved) in comparison.moves.iter().enumerate().filter(|(_, moved)| moved.ends == Ends::Inside) {
            for (at, pair) in moved.pairs.iter().enumerate() {
                parted.old.insert(pair.old, (id, at));
                parted.new.insert(pair.new, (id, at));
            }
        }
        parted
    }

    fn side(&self, pane: Pane) -> &BTreeMap<Ix, (usize, usize)> {
        if pane == Pane::Old { &self.old } else { &self.new }
    }
}

impl Page<'_> {
    /// Whether a leaf in the subtree of a block moved.
    pub(super) fn holds_moved(&self, pane: Pane, ix: Ix) -> bool {
        let end = self.side(pane).body.end(ix);
        self.parted.side(pane).range(ix..end).next().is_some()
    }

    /// Whether a block is itself a leaf that moved.
    pub(super) fn is_moved(&self, pane: Pane, ix: Ix) -> bool {
        self.parted.side(pane).contains_key(&ix)
    }

    /// A block of one side, with the leaves inside it that moved marked as such.
    pub(super) fn parted(&mut self, pane: Pane, ix: Ix, attrs: Attrs) {
        let side = self.side(pane);
        if let Some((id, at)) = self.parted.side(pane).get(&ix).copied() {
            return self.moved_leaf(id, at, pane, attrs);
        }
        if !self.holds_moved(pane, ix) {
            return self.writer.block(side, ix, attrs);
        }
        self.writer.open(side, ix, attrs);
        side.body.children(ix).for_each(|(child, _)| self.parted(pane, child, Attrs::default()));
        self.writer.close(side, ix);
    }

    fn moved_leaf(&mut self, id: usize, at: usize, pane: Pane, mut attrs: Attrs) {
        let Some(pair) = self.comparison.moves.get(id).and_then(|moved| moved.pairs.get(at)) else { return };
        let ix = if pane == Pane::Old { pair.old } else { pair.new };
        let is_plain = self.block(pane, ix).is_some_and(|block| block.kind == BlockKind::Plain);
        attrs.0.retain(|(name, _)| *name != "data-diff");
        attrs.0.extend(self.move_attrs(id, pane).0);
        let boxed = is_plain && self.marks == Marks::Shown;
        if boxed {
            self.writer.tag("span", &attrs, "");
            attrs = Attrs::default();
        }
        self.leaf(pane, ix, attrs, |page| {
            page.moved_mark(id, at, pane);
            match &pair.inside {
                Some(Inside::Words(pieces)) => {
                    page.within_move(pane, |page| page.joined_words(pane, ix, pieces.iter()));
                }
                _ => page.writer.inlines(page.side(pane), page.block(pane, ix).map_or(&[], |block| &block.inlines)),
            }
        });
        self.writer.raw(if boxed { "</span>" } else { "" });
    }

    /// The end of a move inside a leaf: an anchor, and a link to the other end.
    fn moved_mark(&mut self, id: usize, at: usize, pane: Pane) {
        if at > 0 || !self.linked {
            return;
        }
        let words = self.words_for(if pane == Pane::Old { "mark-moved-away" } else { "mark-moved-here" });
        let (own, other) = (end_of_move(id, pane), escape(&self.other_end(id, pane).0));
        self.writer.raw(&format!("<a class=\"move-link\" id=\"{own}\" href=\"{other}\" data-diff-chrome>{words}</a> "));
    }
}
