//! Columns, rows and cells as entries of the list.

use super::words::{changed_words, told};
use super::{Lister, Name, row_counts};
use crate::diff::class::Sign;
use crate::diff::write::anchor;
use crate::diff::{Row, Table};
use crate::markdown::{Body, Ix};
use crate::words::{Arg, phrase};

impl Lister<'_> {
    pub(super) fn table(&mut self, old: Ix, new: Ix, table: &Table) {
        for (at, (before, after)) in table.columns.iter().enumerate() {
            let head = table.rows.first().and_then(|row| row.cells.get(at));
            let words = |body: &Body, ix: Option<Ix>| ix.map_or(String::new(), |ix| body.words(ix));
            let (was, is) = (
                head.map_or(String::new(), |head| words(self.old, head.old)),
                head.map_or(String::new(), |head| words(self.new, head.new)),
            );
            let (name, happened) = match (before, after) {
                (Some(_), None) => (Name::Removed, "change-column-removed"),
                (None, Some(_)) => (Name::Added, "change-column-added"),
                _ => continue,
            };
            let sentence = phrase(happened).with("words", Arg::Quoted(format!("{was}{is}")));
            let cells = table.rows.iter().filter_map(|row| row.cells.get(at));
            let all = cells.map(|cell| words(self.old, cell.old) + " " + &words(self.new, cell.new));
            let mut signs = self.judge.inside(&all.collect::<Vec<_>>().join(" "));
            signs.push(Sign::Text);
            self.push(name, "column", (was, is), anchor(Some(old), Some(new)), sentence);
            self.judged(signs);
        }
        table.rows.iter().filter(|row| row_counts(row)).for_each(|row| self.row(row));
    }

    fn row(&mut self, row: &Row) {
        match (row.old, row.new) {
            (Some(_), None) => return self.one_sided(Name::Removed, row.old, None),
            (None, Some(_)) => return self.one_sided(Name::Added, None, row.new),
            _ => {}
        }
        let (mut was, mut is, mut happened, mut signs) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for cell in row.cells.iter().filter(|cell| !cell.pieces.is_empty()) {
            if let (Some(a), Some(b)) =
                (cell.old.and_then(|ix| self.old.blocks.get(ix)), cell.new.and_then(|ix| self.new.blocks.get(ix)))
            {
                let (old, new) = changed_words(&cell.pieces, a, b);
                was.push(old);
                is.push(new);
                happened.extend(told(&cell.pieces, a, b));
                signs.extend(self.signs(&cell.pieces, a, b));
            }
        }
        let (was, is) = (was.join(" "), is.join(" "));
        let (name, sentence) = if format!("{was}{is}").trim().is_empty() {
            (Name::Reformatted, phrase("change-row-looks"))
        } else {
            (Name::Edited, phrase("change-row").with("told", happened))
        };
        let first = row.cells.first().and_then(|cell| cell.new).map_or(String::new(), |ix| self.new.words(ix));
        let sentence = sentence.with("row", Arg::Quoted(first));
        self.push(name, "row", (was, is), anchor(row.old, row.new), sentence);
        self.judged(signs);
    }
}
