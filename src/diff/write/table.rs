//! Tables: a row or cell that only one side has bears its mark; a changed cell is marked inside.

use super::{Page, Pane, anchor};
use crate::diff::list::row_counts;
use crate::diff::{Cell, Row, Table};
use crate::markdown::{Align, Attrs, BlockKind, Ix};

/// The two tables that are shown as one.
#[derive(Clone, Copy)]
struct Tables {
    old: Ix,
    new: Ix,
}

impl Page<'_> {
    /// Two tables as one.
    pub(super) fn table(&mut self, old: Ix, new: Ix, table: &Table, attrs: Attrs) {
        let (side, ix) = if self.kept() == Pane::Old { (self.old, old) } else { (self.new, new) };
        self.writer.open(side, ix, attrs);
        for row in &table.rows {
            self.row(Tables { old, new }, table, row);
        }
        self.writer.close(side, ix);
    }

    fn row(&mut self, tables: Tables, table: &Table, row: &Row) {
        let (pane, ix, alone) = match (row.old, row.new) {
            (Some(old), None) => (Pane::Old, old, true),
            (None, Some(new)) => (Pane::New, new, true),
            (Some(old), Some(_)) if self.kept() == Pane::Old => (Pane::Old, old, false),
            (_, Some(new)) => (Pane::New, new, false),
            (None, None) => return,
        };
        if alone && !self.shows(pane) {
            return;
        }
        let attrs = if alone { self.diff_attrs(pane) } else { Attrs::default() };
        let side = self.side(pane);
        self.writer.open(side, ix, attrs);
        let mut anchor = row_counts(row).then(|| anchor(row.old, row.new));
        for (cell, column) in row.cells.iter().zip(&table.columns) {
            let pane = match column {
                (Some(_), None) => Pane::Old,
                (None, Some(_)) => Pane::New,
                _ if alone => pane,
                _ => self.kept(),
            };
            if self.shows(pane) {
                let whole_column = !alone && (column.0.is_none() || column.1.is_none());
                let attrs = if whole_column { self.diff_attrs(pane) } else { Attrs::default() };
                let align = self.align(tables, *column, pane);
                self.cell(cell, pane, align, attrs, anchor.take());
            }
        }
        self.writer.close(side, ix);
    }

    fn cell(&mut self, cell: &Cell, pane: Pane, align: Option<Align>, attrs: Attrs, anchor: Option<String>) {
        let side = self.side(pane);
        let ix = if pane == Pane::Old { cell.old } else { cell.new };
        let empty = ix.and_then(|ix| side.body.blocks.get(ix)).is_none_or(|block| block.inlines.is_empty());
        self.writer.open_cell(side, align, attrs, empty && (self.pane != Pane::Both || cell.pieces.is_empty()));
        anchor.iter().for_each(|id| self.anchor(id));
        match (ix.and_then(|ix| side.body.blocks.get(ix)), cell.old, cell.new) {
            (_, Some(old), Some(new)) if !cell.pieces.is_empty() => self.words(old, new, &cell.pieces),
            (Some(block), ..) => self.writer.inlines(side, &block.inlines),
            _ => {}
        }
        self.writer.close_cell();
    }

    fn align(&self, tables: Tables, column: (Option<usize>, Option<usize>), pane: Pane) -> Option<Align> {
        let (ix, at) = if pane == Pane::Old { (tables.old, column.0) } else { (tables.new, column.1) };
        match &self.block(pane, ix)?.kind {
            BlockKind::Table(aligns) => aligns.get(at?).copied(),
            _ => None,
        }
    }
}
