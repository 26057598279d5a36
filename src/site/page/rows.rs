//! Two options as rows: equal neighbours in one, what differs side by side.

use crate::diff::{Change, Comparison, Ends, Pane, anchor_of, pane};
use crate::markdown::{Block, BlockKind, Body, Ix, Side};
use crate::site::view::{Link, OptionRow};
use crate::words::{Words, phrase};

/// Changes as rows with ids that begin with `start`. Equal neighbours are one row; what only the first
/// option has shares a row with what only the second has at the same place. What stands elsewhere in the
/// other option says where.
pub(super) fn rows(comparison: &Comparison, old: Side, new: Side, start: &str, words: &Words) -> Vec<OptionRow> {
    let mut rows = Rows { rows: Vec::new(), ends: Vec::new(), headings: Default::default(), told: None, start, words };
    let changes = comparison.parts.first().map_or(0..0, |part| part.changes.clone());
    for change in &comparison.blocks[changes] {
        rows.enter(change, old.body, new.body);
        let left = pane(comparison, change, old, new, Pane::Old);
        let right = pane(comparison, change, old, new, Pane::New);
        if !left.is_empty() || !right.is_empty() {
            rows.take(change, left, right, apart(comparison, change));
        }
    }
    rows.finish()
}

/// The move that a change is an end of, where its ends stand at two places.
fn apart(comparison: &Comparison, change: &Change) -> Option<usize> {
    let (Change::MovedAway { id } | Change::MovedHere { id }) = change else { return None };
    comparison.moves.get(*id).filter(|moved| moved.ends == Ends::Apart).map(|_| *id)
}

struct Rows<'s> {
    rows: Vec<OptionRow>,
    /// The move that a row is an end of, and the heading that it stands under.
    ends: Vec<(Option<usize>, String)>,
    /// The headings of what comes next, in either option.
    headings: (String, String),
    /// The heading, where no row that differs said so before.
    told: Option<String>,
    start: &'s str,
    words: &'s Words,
}

impl Rows<'_> {
    /// Headings are the places of what follows; the page shows those of the second option.
    fn enter(&mut self, change: &Change, old: &Body, new: &Body) {
        let is_heading = |block: &&Block| matches!(block.kind, BlockKind::Heading { .. });
        let words = |body: &Body, ix: Ix| body.blocks.get(ix).filter(is_heading).map(Block::words);
        let (before, after) = match change {
            Change::Same { old, new } | Change::Edited { old, new, .. } => (Some(*old), Some(*new)),
            Change::Removed { old } => (Some(*old), None),
            Change::Added { new } => (None, Some(*new)),
            _ => return,
        };
        if let Some(heading) = before.and_then(|ix| words(old, ix)) {
            self.headings.0 = heading;
        }
        if let Some(heading) = after.and_then(|ix| words(new, ix)) {
            self.headings.1.clone_from(&heading);
            self.told = Some(heading).filter(|_| !differs(change)).or(self.told.take());
        }
    }

    fn take(&mut self, change: &Change, left: String, right: String, moved: Option<usize>) {
        let differs = differs(change);
        let alone = self.ends.last().is_some_and(|(end, _)| end.is_none()) && moved.is_none();
        match self.rows.last_mut() {
            Some(row) if !row.differs && !differs => {
                row.left_html.push_str(&left);
                row.right_html.push_str(&right);
                row.blocks += 1;
            }
            Some(row) if alone && row.right_html.is_empty() && left.is_empty() => {
                row.right_html = right;
                row.changes.extend(anchor_of(change));
            }
            _ => {
                let id = format!("{}{}", self.start, self.rows.len() + 1);
                let place = self.told.take_if(|_| differs);
                let changes = anchor_of(change).into_iter().collect();
                let here = if matches!(change, Change::MovedAway { .. }) { &self.headings.0 } else { &self.headings.1 };
                self.ends.push((moved, here.clone()));
                let (left_html, right_html) = (left, right);
                self.rows.push(OptionRow {
                    id,
                    differs,
                    place,
                    blocks: 1,
                    left_html,
                    right_html,
                    elsewhere: None,
                    changes,
                });
            }
        }
    }

    /// Rows whose block stands elsewhere in the other option lead there.
    fn finish(mut self) -> Vec<OptionRow> {
        for at in 0..self.rows.len() {
            let Some(id) = self.ends[at].0 else { continue };
            let other = (0..self.rows.len()).find(|other| *other != at && self.ends[*other].0 == Some(id));
            let link = other.map(|other| {
                let heading = &self.ends[other].1;
                let text = if heading.is_empty() {
                    self.words.say("before-first-heading")
                } else {
                    self.words.say(phrase("under-heading").with("heading", heading.as_str()))
                };
                Link { text, href: format!("#{}", self.rows[other].id), current: false }
            });
            self.rows[at].elsewhere = link;
        }
        self.rows
    }
}

fn differs(change: &Change) -> bool {
    !matches!(change, Change::Same { .. })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diff::compare;
    use crate::markdown::{Bare, Dialect, parse};

    fn check(old: &str, new: &str, expected: &[(bool, usize)]) {
        let (old, new) = (parse(old, Dialect::Paper), parse(new, Dialect::Paper));
        let side = |body| Side { body, decor: &Bare };
        let rows = rows(&compare(&old, &new), side(&old), side(&new), "r", Words::english());
        assert_eq!(rows.iter().map(|row| (row.differs, row.blocks)).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn equal_neighbours_are_one_row() {
        check("a\n\nb\n\nc d\n", "a\n\nb\n\nc d e\n", &[(false, 2), (true, 1)]);
    }

    #[test]
    fn a_row_that_differs_says_under_which_heading_once() {
        let (old, new) = (
            parse("## Costs\n\na b c\n\nd e f\n", Dialect::Paper),
            parse("## Costs\n\na b x\n\nd e y\n", Dialect::Paper),
        );
        let side = |body| Side { body, decor: &Bare };
        let rows = rows(&compare(&old, &new), side(&old), side(&new), "r", Words::english());
        let places: Vec<_> = rows.iter().map(|row| row.place.as_deref()).collect();
        assert_eq!(places, [None, Some("Costs"), None]);
    }

    #[test]
    fn what_either_side_has_alone_shares_a_row() {
        check("same here\n\none\n", "same here\n\ntwo\n\nthree\n", &[(false, 1), (true, 1), (true, 1)]);
    }

    #[test]
    fn what_stands_elsewhere_says_where() {
        let levy = "Every contractor pays the same levy for each pharmacy.";
        let old = parse(
            &format!(
                "## Costs\n\n{levy}\n\nNine hubs take the place of the local committees.\n\n## Votes\n\nThe vote is held in December, one pharmacy one vote each.\n"
            ),
            Dialect::Paper,
        );
        let new = parse(
            &format!(
                "## Costs\n\nNine hubs take the place of the local committees.\n\n## Votes\n\nThe vote is held in December, one pharmacy one vote each.\n\n{levy}\n"
            ),
            Dialect::Paper,
        );
        let side = |body| Side { body, decor: &Bare };
        let rows = rows(&compare(&old, &new), side(&old), side(&new), "r", Words::english());
        let leads: Vec<_> = rows
            .iter()
            .filter_map(|row| row.elsewhere.as_ref())
            .map(|link| (link.text.as_str(), link.href.as_str()))
            .collect();
        assert_eq!(leads, [("under “Votes”", "#r4"), ("under “Costs”", "#r2")]);
    }
}
