//! The page of a round: its options side by side.

use super::{Page, Rendered};
use crate::diff::{Change, Comparison, Pane, pane};
use crate::markdown::whole::Whole;
use crate::markdown::{BlockKind, Side};
use crate::paper::{Document, Draft};
use crate::routes::{DocumentKey, Route};
use crate::site::decor::PageDecor;
use crate::site::frame::About;
use crate::site::view::{OptionPair, OptionRow, RoundView};

impl<'a> Page<'a> {
    /// The options of a round.
    pub(super) fn round(&self, key: &DocumentKey, number: u32) -> Rendered {
        let document = self.world.site().document(&key.section, &key.name).ok_or_else(|| self.gone())?;
        let cards = self.cards();
        let options: Vec<_> = document.round(number).collect();
        let every =
            options.iter().enumerate().flat_map(|(at, left)| options[at + 1..].iter().map(move |right| (left, right)));
        let pairs = every.enumerate().map(|(at, (left, right))| self.option_pair(document, left, right, at));
        let mut parents = self.section_parent(document);
        parents.push((document.title.clone(), Route::Document(key.clone()).address()));
        let several = options.len() > 1;
        let what = if several { format!("options of round {number}") } else { format!("round {number}") };
        let about = About {
            title: format!("{} – {what}", document.title),
            description: format!("{}: {what}", document.title),
            lang: document.lang.clone(),
            parents,
            noindex: !several || Some(number) != document.newest_round(),
        };
        let view = RoundView {
            frame: self.world.frame(self.at, about),
            document: cards.document(document),
            round: cards.round(document, number),
            contact: document.contact.clone(),
            pairs: pairs.collect(),
        };
        self.world.theme().render("round.html", &view)
    }

    fn option_pair(&self, document: &'a Document, left: &'a Draft, right: &'a Draft, at: usize) -> OptionPair {
        let (cards, key) = (self.cards(), DocumentKey::of(document));
        let route = |draft: &Draft| Route::Draft(key.clone(), draft.name.clone());
        OptionPair {
            left: cards.link(left.name.label(), &route(left)),
            right: cards.link(right.name.label(), &route(right)),
            left_title: left.title.clone(),
            right_title: right.title.clone(),
            href: cards.href(&Route::Comparison(key.clone(), left.name.clone(), right.name.clone())),
            counts: cards.counts(document, &left.name, &right.name),
            chapters: self.chapter_steps(document, left, right),
            rows: self.option_rows(document, left, right, at),
        }
    }

    /// The texts of two options block by block. Ids begin with a letter for the side, since both sides
    /// stand on one page; places of a text are led to on its own page.
    fn option_rows(&self, document: &Document, left: &'a Draft, right: &'a Draft, at: usize) -> Vec<OptionRow> {
        let compared = self.world.compared(document, left, right);
        let (before, after) = (&compared.old, &compared.new);
        let one_page = compared.chapters.len() == 1;
        let old = self.column(document, left, before, one_page).prefix(format!("left{at}."));
        let new = self.column(document, right, after, one_page).prefix(format!("right{at}."));
        let (old, new) = (Side { body: &before.body, decor: &old }, Side { body: &after.body, decor: &new });
        rows(&compared.comparison, old, new)
    }

    /// The decor of one option: of all its text where the other is whole, else of the words above its
    /// chapters. Its places and notes are on its own page, or on the one with all its chapters.
    fn column(&self, document: &Document, draft: &'a Draft, whole: &Whole, one_page: bool) -> PageDecor<'a> {
        let (key, name) = (DocumentKey::of(document), draft.name.clone());
        let decor = match one_page {
            true => PageDecor::of_all(self.world, self.at, draft.text.path(), whole),
            false => PageDecor::of_part(self.world, self.at, draft.text.path(), whole, &whole.parts[0]),
        };
        let all = one_page && !draft.chapters.is_empty();
        let own = if all { Route::All(key, name) } else { Route::Draft(key, name) };
        decor.elsewhere(Some(own.address())).notes_elsewhere()
    }
}

/// Changes as rows. Equal neighbours are one row; what only the first option has shares a row with what
/// only the second has at the same place.
fn rows(comparison: &Comparison, old: Side, new: Side) -> Vec<OptionRow> {
    let mut rows: Vec<OptionRow> = Vec::new();
    let mut place = None;
    let changes = comparison.parts.first().map_or(0..0, |part| part.changes.clone());
    for change in &comparison.blocks[changes] {
        if let Change::Same { new: ix, .. } | Change::Edited { new: ix, .. } | Change::Added { new: ix } = change {
            let heading = new.body.blocks.get(*ix).filter(|block| matches!(block.kind, BlockKind::Heading { .. }));
            place = heading.map(|block| block.words()).filter(|_| !differs(change)).or(place);
        }
        let left = pane(comparison, change, old, new, Pane::Old);
        let right = pane(comparison, change, old, new, Pane::New);
        let differs = differs(change);
        match rows.last_mut() {
            _ if left.is_empty() && right.is_empty() => {}
            Some(row) if !row.differs && !differs => {
                row.left_html.push_str(&left);
                row.right_html.push_str(&right);
                row.blocks += 1;
            }
            Some(row) if row.right_html.is_empty() && left.is_empty() => row.right_html = right,
            _ => {
                let place = place.take_if(|_| differs);
                rows.push(OptionRow { differs, place, blocks: 1, left_html: left, right_html: right });
            }
        }
    }
    rows
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
        let rows = rows(&compare(&old, &new), side(&old), side(&new));
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
        let rows = rows(&compare(&old, &new), side(&old), side(&new));
        let places: Vec<_> = rows.iter().map(|row| row.place.as_deref()).collect();
        assert_eq!(places, [None, Some("Costs"), None]);
    }

    #[test]
    fn what_either_side_has_alone_shares_a_row() {
        check("same here\n\none\n", "same here\n\ntwo\n\nthree\n", &[(false, 1), (true, 1), (true, 1)]);
    }
}
