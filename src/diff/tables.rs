//! Tables by column, row and cell.
//!
//! Columns are paired by their headings, then, where headings differ, by what stands in them; rows as
//! any other blocks, those with the same first cell included. A cell is compared with the cell of the
//! paired row and column.

use super::align::{GAP, LIKE, Match, Siblings, common, dice, heaviest_chain};
use super::tokens::Text;
use super::words::{Stretch, pieces};
use super::{Cell, Mark, Row, Table};
use crate::markdown::Ix;
use std::ops::Range;

/// Two tables.
pub struct Tables<'a> {
    /// The older text.
    pub old: &'a Text<'a>,
    /// The newer text.
    pub new: &'a Text<'a>,
}

/// A position in either list, or in both.
type Place = (Option<usize>, Option<usize>);

impl Tables<'_> {
    /// What changed between two tables; nothing where they read the same.
    pub fn compare(&self, old: Ix, new: Ix) -> Option<Table> {
        let (a, b) = (children(self.old, old), children(self.new, new));
        let columns = self.columns(&a, &b);
        let rows = self.rows(&a, &b).into_iter().map(|(i, j)| self.row(i.map(|i| a[i]), j.map(|j| b[j]), &columns));
        let rows = rows.collect();
        let table = Table { columns, rows };
        (!is_same(&table)).then_some(table)
    }

    /// The header is the header, whatever became of its words.
    fn rows(&self, a: &[Ix], b: &[Ix]) -> Vec<Place> {
        let (Some((_, old)), Some((_, new))) = (a.split_first(), b.split_first()) else { return Vec::new() };
        let siblings = Siblings { old_text: self.old, new_text: self.new, old, new, any_kind: false };
        let body = merge(&siblings.align(&siblings.candidates()), old.len(), new.len());
        let body = body.into_iter().map(|(i, j)| (i.map(|i| i + 1), j.map(|j| j + 1)));
        std::iter::once((Some(0), Some(0))).chain(body).collect()
    }

    fn columns(&self, a: &[Ix], b: &[Ix]) -> Vec<Place> {
        let (Some(first), Some(second)) = (a.first(), b.first()) else { return Vec::new() };
        let (heads_a, heads_b) = (children(self.old, *first), children(self.new, *second));
        let siblings =
            Siblings { old_text: self.old, new_text: self.new, old: &heads_a, new: &heads_b, any_kind: false };
        let named = siblings.align(&siblings.candidates());
        let mut pairs = Vec::new();
        let (mut i, mut j) = (0, 0);
        let end = Match { old: heads_a.len(), new: heads_b.len(), likeness: 0.0, common: 0, lot: 0 };
        let (before, after) = (columns(self.old, a), columns(self.new, b));
        for pair in named.iter().chain([&end]) {
            pairs.extend(unnamed(&before, &after, i..pair.old, j..pair.new));
            pairs.push(*pair);
            (i, j) = (pair.old + 1, pair.new + 1);
        }
        pairs.pop();
        merge(&pairs, heads_a.len(), heads_b.len())
    }

    fn row(&self, old: Option<Ix>, new: Option<Ix>, columns: &[Place]) -> Row {
        let a = old.map_or(Vec::new(), |ix| children(self.old, ix));
        let b = new.map_or(Vec::new(), |ix| children(self.new, ix));
        let at = |cells: &[Ix], column: Option<usize>| column.and_then(|column| cells.get(column).copied());
        let cells = columns.iter().map(|(i, j)| self.cell(at(&a, *i), at(&b, *j))).collect();
        Row { old, new, cells }
    }

    fn cell(&self, old: Option<Ix>, new: Option<Ix>) -> Cell {
        let pieces = match (old, new) {
            (Some(a), Some(b)) if self.old.digests[a] != self.new.digests[b] => {
                let pieces = pieces(&Stretch::whole(&self.old.leaves[a]), &Stretch::whole(&self.new.leaves[b]));
                if pieces.iter().all(|piece| piece.mark == Mark::Kept) { Vec::new() } else { pieces }
            }
            _ => Vec::new(),
        };
        Cell { old, new, pieces }
    }
}

/// Whether both sides read the same.
fn is_same(table: &Table) -> bool {
    let cells = |row: &Row| row.cells.iter().all(|cell| cell.pieces.is_empty());
    table.columns.iter().all(|(old, new)| old.is_some() && new.is_some())
        && table.rows.iter().all(|row| row.old.is_some() && row.new.is_some() && cells(row))
}

fn children(text: &Text, ix: Ix) -> Vec<Ix> {
    text.body.children(ix).map(|(child, _)| child).collect()
}

/// The tokens of every column, their headings aside.
fn columns(text: &Text, rows: &[Ix]) -> Vec<Vec<u32>> {
    let mut columns: Vec<Vec<u32>> = Vec::new();
    for row in rows.iter().skip(1) {
        for (at, (cell, _)) in text.body.children(*row).enumerate() {
            if at == columns.len() {
                columns.push(Vec::new());
            }
            columns[at].extend(text.tokens(cell));
        }
    }
    columns
}

/// Columns whose headings differ, paired by their cells.
fn unnamed(before: &[Vec<u32>], after: &[Vec<u32>], old: Range<usize>, new: Range<usize>) -> Vec<Match> {
    if old.len() * new.len() > GAP {
        return Vec::new();
    }
    let every = old.flat_map(|i| new.clone().map(move |j| (i, j)));
    let like = every.filter_map(|(i, j)| {
        let (x, y) = (before.get(i)?, after.get(j)?);
        let likeness = dice(x, y);
        (likeness >= LIKE).then_some(Match { old: i, new: j, likeness, common: common(x, y), lot: 0 })
    });
    heaviest_chain(&like.collect::<Vec<_>>())
}

/// Both lists in one order: before each pair what only the older has, then what only the newer has.
pub fn merge(pairs: &[Match], old: usize, new: usize) -> Vec<Place> {
    let mut merged = Vec::with_capacity(old.max(new));
    let (mut i, mut j) = (0, 0);
    let end = Match { old, new, likeness: 0.0, common: 0, lot: 0 };
    for (at, pair) in pairs.iter().chain([&end]).enumerate() {
        merged.extend((i..pair.old).map(|i| (Some(i), None)));
        merged.extend((j..pair.new).map(|j| (None, Some(j))));
        if at < pairs.len() {
            merged.push((Some(pair.old), Some(pair.new)));
        }
        (i, j) = (pair.old + 1, pair.new + 1);
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::super::{Change, Comparison, Inside, compare};
    use super::*;
    use crate::markdown::{Dialect, parse};

    fn table(old: &str, new: &str) -> Option<Table> {
        let Comparison { blocks, .. } = compare(&parse(old, Dialect::Paper), &parse(new, Dialect::Paper));
        match blocks.into_iter().next() {
            Some(Change::Edited { inside: Inside::Table(table), .. }) => Some(table),
            _ => None,
        }
    }

    const OLD: &str = "| Function | Today |\n|---|---|\n| Negotiation | PSNC |\n| Guidance | LPCs |\n";

    #[test]
    fn a_column_that_was_added_is_found() {
        let new = "| Function | Cost | Today |\n|---|---|---|\n| Negotiation | 10 | PSNC |\n| Guidance | 20 | LPCs |\n";
        let found = table(OLD, new).map(|table| table.columns);
        assert_eq!(found, Some(vec![(Some(0), Some(0)), (None, Some(1)), (Some(1), Some(2))]));
    }

    #[test]
    fn a_column_with_another_heading_is_known_by_its_cells() {
        let new = "| Function | Who does it now |\n|---|---|\n| Negotiation | PSNC |\n| Guidance | LPCs |\n";
        let found = table(OLD, new).map(|table| table.columns);
        assert_eq!(found, Some(vec![(Some(0), Some(0)), (Some(1), Some(1))]));
    }

    #[test]
    fn the_header_stays_the_header() {
        let new = "| Was macht | Wer |\n|---|---|\n| Negotiation | PSNC |\n| Guidance | LPCs |\n";
        let rows = table(OLD, new).map(|table| table.rows).unwrap_or_default();
        assert!(rows.iter().all(|row| row.old.is_some() && row.new.is_some()) && rows.len() == 3, "{rows:?}");
    }

    #[test]
    fn a_row_is_known_by_its_first_cell() {
        let new = "| Function | Today |\n|---|---|\n| Training | Hubs |\n| Negotiation | PSNC |\n| Guidance | Nine hubs, in their own words |\n";
        let rows = table(OLD, new).map(|table| table.rows).unwrap_or_default();
        let sides: Vec<_> = rows.iter().map(|row| (row.old.is_some(), row.new.is_some())).collect();
        assert_eq!(sides, [(true, true), (false, true), (true, true), (true, true)]);
        assert!(!rows[3].cells[1].pieces.is_empty() && rows[3].cells[0].pieces.is_empty());
    }
}
