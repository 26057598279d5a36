//! The marked text of a comparison: both texts in one, what stands beside each change, and both sides
//! of each change for columns.

use super::Page;
use super::comparison::{Both, comparison_route};
use super::groups::Whom;
use super::told::Told;
use crate::diff::{Class, Labels, Listed, Pane, PartLabels, anchor_of, labelled, pane};
use crate::markdown::whole::{PARTED, Part, Whole};
use crate::markdown::{Side, escape, token};
use crate::paper::{Draft, DraftName};
use crate::routes::{DocumentKey, Route, compared_chapters};
use crate::site::concerned::{Concerned, data_for};
use crate::site::decor::{OLDER, PageDecor};
use crate::site::memo::Compared;
use crate::site::reasons::Between;
use crate::words::{Phrase, phrase};
use std::collections::{BTreeMap, BTreeSet};

impl<'a> Page<'a> {
    /// The text with its marks.
    pub(super) fn marked(&self, both: Both<'a>, why: &Between, (compared, part): (&Compared, usize)) -> String {
        let (before, after) = (&compared.old, &compared.new);
        let quiet = Told::new(self.world, both, compared).quiet(part);
        let whom = self.whom(both, compared);
        let attributes = attributes(&whom, compared, part);
        let around = self.around(both, why, (compared, part));
        let labels = Labels { around, attributes, quiet, ..self.labels(both, compared) };
        let one_page = compared.chapters.len() == 1;
        let shown_in = |note: &str| compared.comparison.new_part(after.body.note(note)?);
        let kept = compared.comparison.kept_notes(&before.body, &after.body);
        let (kept, away): (BTreeMap<_, _>, BTreeMap<_, _>) =
            kept.into_iter().partition(|(_, newer)| one_page || shown_in(newer) == Some(part));
        let away = away.into_iter().filter_map(|(older, newer)| {
            let name = newer.rsplit(PARTED).next().map(token)?;
            Some((older, format!("{}#note.{name}", labels.parts.get(shown_in(&newer)?)?.href)))
        });
        let elsewhere = both.place(both.old).map(|route| route.address());
        let old = self.side(both, both.old, before).prefix(OLDER).elsewhere(elsewhere).kept_notes(kept);
        let old = old.notes_away(away.collect()).concerned(Concerned::boxes(whom.old));
        let beside = if one_page { self.beside(both.document, both.new) } else { BTreeMap::new() };
        let new = self.side(both, both.new, after).beside(beside).concerned(Concerned::boxes(whom.new));
        let (old, new) = (Side { body: &before.body, decor: &old }, Side { body: &after.body, decor: &new });
        let part = (!one_page).then_some(part);
        labelled(&compared.comparison, part, old, new, labels)
    }

    /// The decor of one draft: of the part that the page shows, or of all.
    fn side(&self, both: Both<'a>, draft: &'a Draft, whole: &Whole) -> PageDecor<'a> {
        let decor = match (both.chapter, compared_chapters(both.old, both.new).is_empty()) {
            (None, true) => PageDecor::of_all(self.world, self.at, draft.text.path(), whole),
            (name, _) => {
                let chapter = name.and_then(|name| draft.chapter(name));
                let file = chapter.map_or(draft.text.path(), |chapter| chapter.text.path());
                let part = whole.part(name.unwrap_or_default()).and_then(|at| whole.parts.get(at));
                let nothing = Part::default();
                PageDecor::of_part(self.world, self.at, file, whole, part.unwrap_or(&nothing))
            }
        };
        decor.numbered(both.document.numbered)
    }

    /// Options of one round are not older and newer: nothing moved from one to the other.
    fn labels(&self, both: Both<'a>, compared: &Compared) -> Labels {
        let parts = compared.chapters.iter().map(|name| self.part_labels(both, name)).collect();
        if !both.options() {
            return Labels { parts, ..Labels::default() };
        }
        let (old, new) = (self.world.option(&both.old.name), self.world.option(&both.new.name));
        let say = |key: &'static str, option: &str| Some(self.say(phrase(key).with("option", option)));
        Labels {
            moved_away: say("label-elsewhere", &new),
            moved_here: say("label-elsewhere", &old),
            only_old: say("label-only", &old),
            only_new: say("label-only", &new),
            parts,
            ..Labels::default()
        }
    }

    /// What is said of a move from or to a chapter, or the words above all chapters.
    fn part_labels(&self, both: Both<'a>, name: &str) -> PartLabels {
        let title = |draft: &Draft| match draft.chapter(name) {
            Some(chapter) => phrase("place-chapter").with("title", &*chapter.title),
            None => phrase("place-opening"),
        };
        let (before, after) = (title(both.old), title(both.new));
        let options = both.options();
        let (old, new) = (self.world.option(&both.old.name), self.world.option(&both.new.name));
        let label = |key: &'static str, other: &'static str, place: Phrase, option: String| match options {
            false => self.say(phrase(key).with("place", place)),
            true => self.say(phrase(other).with("place", place).with("option", option)),
        };
        let route = match name {
            "" => Route::Comparison(DocumentKey::of(both.document), both.old.name.clone(), both.new.name.clone()),
            name => comparison_route(both.document, both.names(), name),
        };
        PartLabels {
            href: self.cards().href(&route),
            moved_away: label("label-moved-to", "label-elsewhere-in", after, new),
            moved_here: label("label-moved-from", "label-elsewhere-in", before, old),
        }
    }

    /// What stands beside each change at the top: its class with the way to the next, and both sides of it.
    fn around(
        &self,
        both: Both<'a>,
        why: &Between,
        (compared, part): (&Compared, usize),
    ) -> BTreeMap<String, (String, String)> {
        let changes = compared.comparison.parts.get(part).map_or(0..0, |part| part.changes.clone());
        let changes: Vec<_> = compared.comparison.blocks[changes]
            .iter()
            .filter_map(|change| Some((anchor_of(change)?, change)))
            .collect();
        let away = |draft: &'a Draft| both.place(draft).map(|route| route.address());
        let side = |draft: &'a Draft, whole: &Whole, start: &str| {
            self.side(both, draft, whole).prefix(start).elsewhere(away(draft)).notes_elsewhere()
        };
        let (left, right) = (side(both.old, &compared.old, "left."), side(both.new, &compared.new, "right."));
        let left = Side { body: &compared.old.body, decor: &left };
        let right = Side { body: &compared.new.body, decor: &right };
        let words = Told::new(self.world, both, compared);
        let mut around = BTreeMap::new();
        let mut reasons = self.reasons_at(both, why, (compared, part));
        let mut told_at: BTreeMap<&str, Vec<&Listed>> = BTreeMap::new();
        compared.listed_in(part).for_each(|listed| told_at.entry(&listed.root).or_default().push(listed));
        let roots: BTreeSet<_> = changes.iter().map(|(own, _)| own.as_str()).collect();
        // Behind the text, the first note that changed.
        let note = compared.listed_in(part).find(|listed| !roots.contains(listed.root.as_str()));
        let mut next = note.map(|listed| listed.anchor.as_str());
        for (anchor, change) in changes.iter().rev() {
            let told = told_at.get(anchor.as_str()).cloned().unwrap_or_default();
            let column = |shown: Pane| pane(&compared.comparison, change, left, right, shown);
            let sides = self.columns(&column(Pane::Old), &column(Pane::New), both.names());
            let behind = sides + &reasons.remove(anchor).unwrap_or_default();
            around.insert(anchor.clone(), (self.line_at(&told, next, &words), behind));
            next = if told.is_empty() { next } else { Some(anchor) };
        }
        around
    }

    /// Both sides of a change, for windows that are wide enough.
    fn columns(&self, old: &str, new: &str, names: (&DraftName, &DraftName)) -> String {
        if old.is_empty() && new.is_empty() {
            return String::new();
        }
        let side = |class: &str, name: &DraftName, text: &str| {
            let label = escape(&self.world.label(name));
            let group = if text.is_empty() { String::new() } else { format!(" role=\"group\" aria-label=\"{label}\"") };
            format!("<div class=\"{class}\"{group}>{text}</div>")
        };
        let (old, new) = (side("side-old", names.0, old), side("side-new", names.1, new));
        format!("<div class=\"sides\" data-diff-chrome>{old}{new}</div>\n")
    }

    /// The line at a change: whether it is of substance, what happened in words for those who do not see
    /// the marks, and the way to the next.
    fn line_at(&self, changes: &[&Listed], next: Option<&str>, told: &Told) -> String {
        let said = |key: &'static str| escape(&self.say(key));
        let next = next.map_or(String::new(), |next| {
            let (label, short) = (said("next-change"), said("next-change-short"));
            format!(" <a class=\"next-change\" href=\"#{next}\" aria-label=\"{label}\">{short}</a>")
        });
        if changes.is_empty() {
            let alone = || format!("<p class=\"change-class\" data-diff-chrome>{next}</p>\n");
            return if next.is_empty() { String::new() } else { alone() };
        }
        let substance = changes.iter().any(|listed| listed.class == Class::Substance);
        let (class, words) = if substance { ("substance", "of-substance") } else { ("editorial", "editorial") };
        let sentences: Vec<_> = changes.iter().map(|listed| told.sentence(listed)).collect();
        let sentences = escape(&self.say(phrase("told-at-change").with("sentences", sentences.join(". "))));
        let words = said(words);
        format!(
            "<p class=\"change-class class-{class}\" data-diff-chrome><span>{words}<span class=\"visually-hidden\">{sentences}</span></span>{next}</p>\n"
        )
    }
}

/// Whom the changes at the top concern, for their boxes.
fn attributes(whom: &Whom, compared: &Compared, part: usize) -> BTreeMap<String, String> {
    let changes = compared.comparison.parts.get(part).map_or(0..0, |part| part.changes.clone());
    let boxes = compared.comparison.blocks[changes].iter();
    boxes.filter_map(|change| Some((anchor_of(change)?, data_for(&whom.of_change(change, compared))))).collect()
}
