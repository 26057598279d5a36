//! Moves: both ends, each shown from its own side.

use super::{Marks, Page, Pane, end_of_move, needs_parent};
use crate::diff::{Ends, Inside, Pair};
use crate::markdown::{Attrs, Ix, escape};

impl Page<'_> {
    /// One end of a move at the top: a box around all that moved, with a link to the other end.
    pub(super) fn moved_root(&mut self, id: usize, pane: Pane) {
        let (Some(moved), true) = (self.comparison.moves.get(id), self.shows(pane)) else { return };
        let boxed = self.marks == Marks::Shown;
        if boxed {
            self.open_move(id, pane);
            self.move_label(id, pane);
        }
        for pair in &moved.pairs {
            let ix = if pane == Pane::Old { pair.old } else { pair.new };
            self.decorated(pane, ix, |page| page.moved_block(pair, pane, Attrs::default()));
        }
        let around = self.labels.around.remove(&end_of_move(id, pane)).filter(|_| self.linked);
        self.writer.raw(&around.unwrap_or_default().1);
        self.writer.raw(if boxed { "</div>\n" } else { "" });
    }

    /// The box of one end; it has an id where both ends are on the page.
    fn open_move(&mut self, id: usize, pane: Pane) {
        let mut attrs = Attrs::default().with("class", "move");
        if self.linked {
            attrs.set("id", end_of_move(id, pane));
        }
        let own = self.labels.attributes.remove(&end_of_move(id, pane)).filter(|_| self.linked);
        let attrs = Attrs([attrs.0, self.move_attrs(id, pane).0].concat());
        self.writer.tag("div", &attrs, &own.unwrap_or_default());
        let before = self.labels.around.get(&end_of_move(id, pane)).filter(|_| self.linked);
        let before = before.map_or(String::new(), |(before, _)| before.clone());
        self.writer.raw(&format!("\n{before}"));
    }

    pub(super) fn move_attrs(&self, id: usize, pane: Pane) -> Attrs {
        match self.marks {
            Marks::Shown => self.diff_attrs(pane).with("data-move", format!("m{}", id + 1)),
            Marks::Hidden => Attrs::default(),
        }
    }

    fn move_label(&mut self, id: usize, pane: Pane) {
        let together = self.comparison.moves.get(id).is_some_and(|moved| moved.ends == Ends::Together);
        let (target, part) = self.other_end(id, pane);
        let words = match (pane, together) {
            (Pane::Old, true) => Err("label-form-below"),
            (_, true) => Err("label-form-above"),
            (Pane::Old, false) => {
                part.map(|part| &part.moved_away).or(self.labels.moved_away.as_ref()).ok_or("label-moved-away")
            }
            (_, false) => {
                part.map(|part| &part.moved_here).or(self.labels.moved_here.as_ref()).ok_or("label-moved-here")
            }
        };
        let words = words.map_or_else(|key| self.words_for(key), |own| escape(own));
        if self.merged() {
            let target = escape(&target);
            self.writer.raw(&format!(
                "<p class=\"change-label\" data-diff-chrome><a class=\"move-link\" href=\"{target}\">{words}</a></p>\n"
            ));
        }
    }

    /// One block of a move, seen from one side.
    fn moved_block(&mut self, pair: &Pair, pane: Pane, attrs: Attrs) {
        let ix = if pane == Pane::Old { pair.old } else { pair.new };
        let Some(inside) = pair.inside.as_ref().filter(|inside| !matches!(inside, Inside::Form | Inside::Whole)) else {
            return self.one_sided_moved(pane, ix, attrs);
        };
        self.within_move(pane, |page| page.edited(pair.old, pair.new, inside, attrs));
    }

    /// Writes one end of a move from its own side.
    pub(super) fn within_move(&mut self, pane: Pane, write: impl FnOnce(&mut Self)) {
        let before = std::mem::replace(&mut self.pane, pane);
        let outer = std::mem::replace(&mut self.in_move, true);
        write(self);
        (self.pane, self.in_move) = (before, outer);
    }

    fn one_sided_moved(&mut self, pane: Pane, ix: Ix, attrs: Attrs) {
        if attrs.0.is_empty() { self.writer.block(self.side(pane), ix, attrs) } else { self.one_sided(pane, ix, attrs) }
    }

    /// One end of a move below the top: the attributes stand on the blocks themselves.
    pub(super) fn nested_moved(&mut self, id: usize, pane: Pane) {
        let (Some(moved), true) = (self.comparison.moves.get(id), self.shows(pane)) else { return };
        for (at, pair) in moved.pairs.iter().enumerate() {
            let ix = if pane == Pane::Old { pair.old } else { pair.new };
            let attrs = self.move_attrs(id, pane);
            let end = end_of_move(id, pane);
            match self.block(pane, ix) {
                Some(block) if needs_parent(block) => self.moved_item(pair, pane, attrs, (at == 0).then_some(&end)),
                _ => {
                    if at == 0 {
                        self.anchor(&end);
                    }
                    self.moved_block(pair, pane, attrs);
                }
            }
        }
    }

    /// An item that moved; the anchor stands inside it.
    fn moved_item(&mut self, pair: &Pair, pane: Pane, attrs: Attrs, end: Option<&String>) {
        let (side, ix) = (self.side(pane), if pane == Pane::Old { pair.old } else { pair.new });
        self.writer.open(side, ix, attrs);
        end.iter().for_each(|end| self.anchor(end));
        self.within_move(pane, |page| match &pair.inside {
            Some(Inside::Words(pieces)) => page.words(pair.old, pair.new, pieces),
            Some(Inside::Blocks(changes)) => changes.iter().for_each(|change| page.nested(change)),
            _ => {
                page.writer.inlines(side, side.body.blocks.get(ix).map_or(&[], |block| &block.inlines));
                side.body.children(ix).for_each(|(child, _)| page.writer.block(side, child, Attrs::default()));
            }
        });
        self.writer.close(side, ix);
    }
}
