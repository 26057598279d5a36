//! The drafts of a document as a picture: rounds from the newest down to the first, options beside one
//! another, and a line from each draft up to those that follow it.
//!
//! In: a document. Out: boxes and lines in units of the picture, for a template to draw.

use super::Page;
use crate::paper::{Document, Draft, DraftName};
use crate::routes::{DocumentKey, Route};
use crate::site::view::{Picture, PictureBox, PictureLine};
use crate::words::phrase;
use std::collections::BTreeMap;

/// The height of a box.
const BOX: usize = 52;
/// From one row of boxes to the next.
const GAP: usize = 64;
/// From the edge of a box to the middle of a label.
const LABEL: usize = 21;
/// Between two boxes of a row, and beside the outermost.
const SPACE: usize = 12;
/// The width of a picture with one or two options: that of a phone, and of a column beside the text.
const NARROW: usize = 316;
/// The width of a box where a round has more options than fit a phone.
const WIDE_BOX: usize = 158;
/// The lane beside the boxes for lines that pass over a round.
const LANE: usize = 44;

/// Where the boxes are.
struct Grid {
    width: usize,
    /// The left edge, the upper edge and the width of each draft's box.
    boxes: BTreeMap<DraftName, (usize, usize, usize)>,
    /// The round of each row, from above.
    rows: Vec<u32>,
}

impl Page<'_> {
    /// The picture of a document; none where it has a single draft.
    pub(super) fn picture(&self, document: &Document) -> Option<Picture> {
        if document.drafts.len() < 2 {
            return None;
        }
        let grid = grid(document);
        let boxes = document.drafts.values().rev().filter_map(|draft| self.picture_box(document, draft, &grid));
        let lines = document.drafts.values().rev().flat_map(|draft| {
            draft
                .follows
                .iter()
                .filter_map(|before| self.picture_line(document, before, draft, &grid))
                .collect::<Vec<_>>()
        });
        let height = grid.rows.len() * (BOX + GAP) - GAP + 2;
        Some(Picture { width: grid.width, height, boxes: boxes.collect(), lines: lines.collect() })
    }

    fn picture_box(&self, document: &Document, draft: &Draft, grid: &Grid) -> Option<PictureBox> {
        let (x, y, width) = *grid.boxes.get(&draft.name)?;
        let card = self.cards().draft(document, draft);
        Some(PictureBox {
            x,
            y,
            width,
            height: BOX,
            middle: x + width / 2,
            draft: self.cards().link(card.label, &Route::Draft(DocumentKey::of(document), draft.name.clone())),
            title: card.title,
            published: card.published,
            status: card.status,
            newest: card.newest,
        })
    }

    fn picture_line(&self, document: &Document, before: &DraftName, draft: &Draft, grid: &Grid) -> Option<PictureLine> {
        let (from, to) = (grid.boxes.get(before)?, grid.boxes.get(&draft.name)?);
        let counts = self.cards().counts(document, before, &draft.name);
        let numbers = &counts.numbers;
        let changes = numbers.added + numbers.removed + numbers.edited + numbers.moved;
        let (old, new) = (self.world.label(before), self.world.label(&draft.name));
        let text = phrase("picture-line").with("old", old).with("new", new).with("counts", counts.text);
        let rows = |round: u32| grid.rows.iter().position(|row| *row == round).unwrap_or_default();
        let over = rows(before.round).saturating_sub(rows(draft.name.round)) > 1;
        let (path, x, y) = if over { around(grid, *from, *to) } else { straight(*from, *to, draft.follows.len() < 2) };
        Some(PictureLine {
            path,
            x,
            y,
            base: draft.base.as_ref() == Some(before),
            href: self.cards().href(&Route::Comparison(DocumentKey::of(document), before.clone(), draft.name.clone())),
            changes: self.say(phrase("count-changes").with("count", changes)),
            text: self.say(text),
        })
    }
}

fn grid(document: &Document) -> Grid {
    let mut rows: Vec<u32> = document.drafts.keys().map(|name| name.round).collect();
    rows.dedup();
    rows.reverse();
    let most = rows.iter().map(|round| document.round(*round).count()).max().unwrap_or(1);
    let passes = |draft: &Draft| {
        draft.follows.iter().any(|before| rows.iter().any(|row| before.round < *row && *row < draft.name.round))
    };
    let lane = if document.drafts.values().any(passes) { LANE } else { 0 };
    let inner = if most > 2 { most * (WIDE_BOX + SPACE) - SPACE } else { NARROW - lane };
    let mut boxes = BTreeMap::new();
    for (at, round) in rows.iter().enumerate() {
        let count = document.round(*round).count();
        let width = if most > 2 { WIDE_BOX } else { (inner - SPACE) / 2 };
        let left = (inner - (count * (width + SPACE) - SPACE)) / 2;
        for (column, draft) in document.round(*round).enumerate() {
            boxes.insert(draft.name.clone(), (left + column * (width + SPACE) + 1, at * (BOX + GAP) + 1, width - 2));
        }
    }
    Grid { width: inner + lane, boxes, rows }
}

/// A line from the upper edge of one box to the lower edge of the one above, and where its label stands: at
/// that of both ends where no other line comes in.
fn straight(
    (x, y, width): (usize, usize, usize),
    (to, above, wide): (usize, usize, usize),
    at_newer: bool,
) -> (String, usize, usize) {
    let (x, to, end) = (x + width / 2, to + wide / 2, above + BOX);
    let path = format!("M{x} {y}C{x} {} {to} {} {to} {end}", y - GAP / 2, end + GAP / 2);
    if at_newer { (path, to, end + LABEL) } else { (path, x, y - LABEL) }
}

/// A line beside the boxes, past the rounds between.
fn around(
    grid: &Grid,
    (x, y, width): (usize, usize, usize),
    (to, above, wide): (usize, usize, usize),
) -> (String, usize, usize) {
    let (from, to, lane) = (x + width, to + wide, grid.width - LANE / 2);
    let (start, end) = (y + BOX / 2, above + BOX / 2);
    (
        format!(
            "M{from} {start}C{lane} {start} {lane} {start} {lane} {}V{}C{lane} {end} {lane} {end} {to} {end}",
            start - GAP / 2,
            end + GAP / 2
        ),
        lane,
        start.midpoint(end),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_goes_up_from_the_older_box() {
        let (from, to) = ((0, 112, 100), (200, 0, 100));
        assert_eq!(straight(from, to, true), ("M50 112C50 80 250 84 250 52".to_owned(), 250, 73));
        assert_eq!(straight(from, to, false), ("M50 112C50 80 250 84 250 52".to_owned(), 50, 91));
    }
}
