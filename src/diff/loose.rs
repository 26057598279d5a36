//! Leaves that lie inside blocks that were removed or added, and may be the same words in another dress:
//! a list that became paragraphs, an item that went to another list.

use super::tokens::Text;
use super::{Change, Inside, Move};
use crate::markdown::{BlockKind, Ix};

/// The leaves of all removed blocks, and of all added ones, in the order of each text.
pub fn leaves(changes: &[Change], moves: &[Move], old: &Text, new: &Text) -> (Vec<Ix>, Vec<Ix>) {
    let mut loose = Loose { old, new, removed: Vec::new(), added: Vec::new() };
    loose.visit(changes);
    for pair in moves.iter().flat_map(|moved| &moved.pairs) {
        if let Some(Inside::Blocks(inner)) = &pair.inside {
            loose.visit(inner);
        }
    }
    loose.removed.sort_unstable();
    loose.added.sort_unstable();
    (loose.removed, loose.added)
}

struct Loose<'a> {
    old: &'a Text<'a>,
    new: &'a Text<'a>,
    removed: Vec<Ix>,
    added: Vec<Ix>,
}

impl Loose<'_> {
    fn visit(&mut self, changes: &[Change]) {
        for change in changes {
            match change {
                Change::Removed { old } => gather(self.old, *old, &mut self.removed),
                Change::Added { new } => gather(self.new, *new, &mut self.added),
                Change::Edited { inside: Inside::Blocks(inner), .. } => self.visit(inner),
                _ => {}
            }
        }
    }
}

/// The leaves of words below a block; tables are compared by row and cell, and stay whole.
fn gather(text: &Text, ix: Ix, leaves: &mut Vec<Ix>) {
    let Some(block) = text.body.blocks.get(ix) else { return };
    match block.kind {
        BlockKind::Table(_) => {}
        BlockKind::Paragraph | BlockKind::Plain | BlockKind::Heading { .. } | BlockKind::Term => leaves.push(ix),
        _ => text.body.children(ix).for_each(|(child, _)| gather(text, child, leaves)),
    }
}
