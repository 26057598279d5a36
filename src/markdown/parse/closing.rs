//! How a block is closed: where it ends, the id that it takes, and whether it stays.

use super::Builder;
use crate::markdown::body::BlockKind;
use crate::markdown::ids;

impl Builder {
    /// Closes the innermost open block.
    pub(super) fn close(&mut self) {
        let Some(ix) = self.open.pop() else { return };
        self.last.pop();
        self.body.blocks[ix].size = self.body.blocks.len() - ix;
        self.end_definitions(ix);
        if self.dialect.is_paper() && self.take_id(ix) {
            return;
        }
        if self.is_emptied(ix) {
            return self.body.blocks.truncate(ix);
        }
        match self.last.last_mut() {
            Some(last) => *last = Some(ix),
            None => self.top = Some(ix),
        }
    }

    /// A list of definitions ends where its last one does, and not where the parser has seen that it is over.
    fn end_definitions(&mut self, ix: usize) {
        let inner = self.body.blocks[ix + 1..].iter().map(|block| block.span.end).max();
        let block = &mut self.body.blocks[ix];
        if matches!(block.kind, BlockKind::Definitions | BlockKind::Definition) {
            block.span.end = inner.map_or(block.span.end, |end| end.min(block.span.end));
        }
    }

    /// Takes `{#id}` off the end of a leaf. A paragraph that is nothing else names the block before
    /// it and goes: then the answer is true. The id of an item's words is that of the item.
    fn take_id(&mut self, ix: usize) -> bool {
        let block = &mut self.body.blocks[ix];
        if matches!(block.kind, BlockKind::Heading { .. }) {
            return false;
        }
        let Some(id) = ids::take(&mut block.inlines) else { return false };
        let before = self.last.last().copied().unwrap_or(self.top);
        match before {
            Some(before) if block.kind == BlockKind::Paragraph && block.inlines.is_empty() => {
                // The line belongs to the block that it names.
                let end = block.span.end;
                self.body.blocks.truncate(ix);
                let before = &mut self.body.blocks[before];
                before.id = Some(id);
                before.span.end = before.span.end.max(end);
                true
            }
            _ => {
                let own = matches!(block.kind, BlockKind::Plain | BlockKind::Cell);
                let owner = if own { self.open.last().copied().unwrap_or(ix) } else { ix };
                self.body.blocks[owner].id = Some(id);
                false
            }
        }
    }
}
