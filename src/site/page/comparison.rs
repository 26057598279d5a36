//! The page that shows what changed from one draft to another, whole or in one chapter.

use super::draft::contents;
use super::{Page, Rendered};
use crate::config::capitalised;
use crate::diff::{Counts, Labels, Listed, Name, PartLabels, counts, labelled, quote};
use crate::markdown::whole::{PARTED, Part, Whole};
use crate::markdown::{Side, token};
use crate::paper::{Chapter, Document, Draft, DraftName};
use crate::routes::{DocumentKey, Route, compared_chapters, moved_chapters};
use crate::site::cards::{draft_route, in_words};
use crate::site::decor::{OLDER, PageDecor};
use crate::site::frame::About;
use crate::site::memo::Compared;
use crate::site::view::{ChangeLine, ChapterStep, ComparisonView, Heading, Pair};
use std::collections::BTreeMap;

/// The two drafts of a page, and the chapter where it shows one.
#[derive(Clone, Copy)]
struct Both<'a> {
    document: &'a Document,
    old: &'a Draft,
    new: &'a Draft,
    chapter: Option<&'a str>,
}

impl<'a> Both<'a> {
    /// The chapter in the older draft.
    fn before(&self) -> Option<&'a Chapter> {
        self.old.chapter(self.chapter?)
    }

    /// The chapter in the newer draft.
    fn after(&self) -> Option<&'a Chapter> {
        self.new.chapter(self.chapter?)
    }

    /// Where a draft shows the same; nowhere where it lacks the chapter.
    fn place(&self, draft: &'a Draft) -> Option<Route> {
        let key = DocumentKey::of(self.document);
        match self.chapter {
            None => Some(draft_route(self.document, &draft.name)),
            Some(name) => draft.chapter(name).map(|own| Route::Chapter(key, draft.name.clone(), own.name.clone())),
        }
    }

    fn names(&self) -> (&'a DraftName, &'a DraftName) {
        (&self.old.name, &self.new.name)
    }
}

impl<'a> Page<'a> {
    /// The comparison of two drafts; of drafts in chapters, of the words above them, with a list of them.
    pub(super) fn comparison(&self, key: &DocumentKey, old: &DraftName, new: &DraftName) -> Rendered {
        let (document, old) = self.find(key, old)?;
        let (_, new) = self.find(key, new)?;
        let view = self.compared(Both { document, old, new, chapter: None });
        self.world.theme().render("comparison.html", &view)
    }

    /// The comparison of one chapter.
    pub(super) fn compared_chapter(&self, key: &DocumentKey, old: &DraftName, new: &DraftName, name: &str) -> Rendered {
        let (document, old) = self.find(key, old)?;
        let (_, new) = self.find(key, new)?;
        let chapter = new.chapter(name).or(old.chapter(name)).ok_or_else(|| self.gone())?;
        let view = self.compared(Both { document, old, new, chapter: Some(&chapter.name) });
        self.world.theme().render("comparison.html", &view)
    }

    fn compared(&self, both: Both<'a>) -> ComparisonView {
        let Both { document, old, new, chapter } = both;
        let (cards, compared) = (self.cards(), self.world.compared(document, old, new));
        let part = compared.part(chapter.unwrap_or_default()).unwrap_or_default();
        let href = |draft| both.place(draft).map(|route| cards.href(&route));
        let counts = match chapter {
            Some(_) => in_words(&counts(compared.listed_in(part)), both.names()),
            None => cards.counts(document, &old.name, &new.name),
        };
        let title = both.after().or(both.before()).map_or(document.title.clone(), |chapter| chapter.title.clone());
        let route = chapter.map(|chapter| comparison_route(document, both.names(), chapter));
        ComparisonView {
            frame: self.world.frame(self.at, self.comparison_about(both, &title, chapter.is_some())),
            document: cards.document(document),
            old: cards.draft(document, old),
            new: cards.draft(document, new),
            old_href: href(old),
            new_href: href(new),
            options: old.name.round == new.name.round,
            direct: new.follows.contains(&old.name),
            counts,
            changes: compared.listed_in(part).map(|listed| change_line(listed, both.names())).collect(),
            contents: self.map(&compared, part),
            chapters: self.chapter_steps(document, old, new),
            chapter: route.map(|route| cards.link(title.clone(), &route)),
            others: self.others(both),
            body_html: self.marked(both, &compared, part),
            title,
        }
    }

    fn comparison_about(&self, both: Both, title: &str, chapter: bool) -> About {
        let Both { document, old, new, .. } = both;
        let key = DocumentKey::of(document);
        let mut parents = self.section_parent(document);
        parents.push((document.title.clone(), Route::Document(key.clone()).address()));
        if chapter {
            let whole = Route::Comparison(key, old.name.clone(), new.name.clone()).address();
            parents.push((format!("{} to {}", old.name.label(), new.name.label()), whole));
        }
        let (from, to) = (old.name.label(), new.name.label());
        let description = format!("What changed from {from} to {to} of {}", document.title);
        let title = format!("{title}: from {from} to {to}");
        About { title, description, lang: document.lang.clone(), parents, noindex: true }
    }

    /// The text with its marks.
    fn marked(&self, both: Both<'a>, compared: &Compared, part: usize) -> String {
        let (before, after) = (&compared.old, &compared.new);
        let labels = self.labels(both, compared);
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
        let old = old.notes_away(away.collect());
        let beside = if one_page { self.beside(both.document, both.new) } else { BTreeMap::new() };
        let new = self.side(both, both.new, after).beside(beside);
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

    /// The headings of the newer text, with how many changes stand below each.
    fn map(&self, compared: &Compared, part: usize) -> Vec<Heading> {
        let body = &compared.new.body;
        let mut below: BTreeMap<String, usize> = BTreeMap::new();
        let heading = |listed: &Listed| body.blocks.get(listed.heading?)?.id.clone();
        for id in compared.listed_in(part).filter_map(heading) {
            *below.entry(format!("#{id}")).or_default() += 1;
        }
        let shown = compared.comparison.parts.get(part).map_or(0..0, |part| part.new.clone());
        let mut headings = contents(body, shown);
        for heading in &mut headings {
            heading.changes = below.get(&heading.link.href).copied().unwrap_or_default();
        }
        headings
    }

    /// The chapters of both drafts, each with what became of it.
    pub(super) fn chapter_steps(&self, document: &Document, old: &Draft, new: &Draft) -> Vec<ChapterStep> {
        let (moved, compared) = (moved_chapters(old, new), self.world.compared(document, old, new));
        let names = (&old.name, &new.name);
        let steps = compared_chapters(old, new).into_iter().filter_map(|name| {
            let (before, after) = (old.chapter(&name), new.chapter(&name));
            let title = after.or(before)?.title.clone();
            let was = before.filter(|_| after.is_some()).map(|before| before.title.clone()).filter(|was| *was != title);
            let counts = counts(compared.listed_in(compared.part(&name)?));
            let (state, text) = match (before, after) {
                (None, _) => ("added", "New chapter".to_owned()),
                (_, None) => ("removed", "Chapter removed".to_owned()),
                (Some(before), Some(after)) => chapter_state((before, after), &counts, moved.contains(&name), names),
            };
            let link = self.cards().link(title, &comparison_route(document, names, &name));
            Some(ChapterStep { link, was, name: state, text })
        });
        steps.collect()
    }

    fn others(&self, both: Both) -> Vec<Pair> {
        let (old, new) = (both.old.name.label(), both.new.name.label());
        let pairs = self.cards().pairs(both.document).into_iter();
        pairs.filter(|pair| (&pair.old, &pair.new) != (&old, &new)).collect()
    }

    /// Options of one round are not older and newer: nothing moved from one to the other.
    fn labels(&self, both: Both<'a>, compared: &Compared) -> Labels {
        let parts = compared.chapters.iter().map(|name| self.part_labels(both, name)).collect();
        if both.old.name.round != both.new.name.round {
            return Labels { parts, ..Labels::default() };
        }
        let (old, new) = (option(&both.old.name), option(&both.new.name));
        Labels {
            moved_away: format!("In another place in {new}: see it there"),
            moved_here: format!("In another place in {old}: see it there"),
            only_old: Some(format!("Only in {old}")),
            only_new: Some(format!("Only in {new}")),
            parts,
        }
    }

    /// What is said of a move from or to a chapter, or the words above all chapters.
    fn part_labels(&self, both: Both<'a>, name: &str) -> PartLabels {
        let title = |draft: &Draft| match draft.chapter(name) {
            Some(chapter) => format!("the chapter “{}”", chapter.title),
            None => "the words above the chapters".to_owned(),
        };
        let (before, after) = (title(both.old), title(both.new));
        let options = both.old.name.round == both.new.name.round;
        let (old, new) = (option(&both.old.name), option(&both.new.name));
        let route = match name {
            "" => Route::Comparison(DocumentKey::of(both.document), both.old.name.clone(), both.new.name.clone()),
            name => comparison_route(both.document, both.names(), name),
        };
        PartLabels {
            href: self.cards().href(&route),
            moved_away: if options {
                format!("In {after} in {new}: see it there")
            } else {
                format!("Moved to {after}: see it there")
            },
            moved_here: if options {
                format!("In {before} in {old}: see it there")
            } else {
                format!("Moved here from {before}: see where it was")
            },
        }
    }
}

fn comparison_route(document: &Document, (old, new): (&DraftName, &DraftName), chapter: &str) -> Route {
    Route::ComparedChapter(DocumentKey::of(document), old.clone(), new.clone(), chapter.to_owned())
}

/// What became of a chapter that both drafts have.
fn chapter_state(
    (before, after): (&Chapter, &Chapter),
    counts: &Counts,
    moved: bool,
    names: (&DraftName, &DraftName),
) -> (&'static str, String) {
    let changed = *counts != Counts::default();
    let counts = in_words(counts, names).text;
    let place = format!("now chapter {}, was {}", after.number, before.number);
    match (moved, changed) {
        (true, true) => ("edited", format!("{place}; {counts}")),
        (true, false) => ("edited", format!("{place}; no other change")),
        (false, true) => ("edited", counts),
        (false, false) if before.title != after.title => ("edited", "No other change".to_owned()),
        (false, false) => ("same", "No change".to_owned()),
    }
}

/// A change as a line; options of one round are not older and newer.
fn change_line(listed: &Listed, (old, new): (&DraftName, &DraftName)) -> ChangeLine {
    let options = old.round == new.round;
    ChangeLine {
        href: format!("#{}", listed.anchor),
        place: listed.place.clone(),
        name: name(listed.name),
        text: if options { option_sentence(listed, old, new) } else { listed.sentence.clone() },
    }
}

fn option(name: &DraftName) -> String {
    match &name.option {
        Some(option) => format!("option {}", option.to_uppercase()),
        None => name.label(),
    }
}

fn option_sentence(listed: &Listed, old: &DraftName, new: &DraftName) -> String {
    let block = capitalised(listed.block);
    match (listed.name, listed.old.is_empty(), listed.new.is_empty()) {
        (Name::Added, ..) => format!("{block} only in {}: {}", option(new), quote(&listed.new)),
        (Name::Removed, ..) => format!("{block} only in {}: {}", option(old), quote(&listed.old)),
        (Name::Edited, true, _) => format!("{block}: {} only in {}", quote(&listed.new), option(new)),
        (Name::Edited, _, true) => format!("{block}: {} only in {}", quote(&listed.old), option(old)),
        (Name::Edited, ..) => {
            format!("{block}: {} in {}, {} in {}", quote(&listed.old), option(old), quote(&listed.new), option(new))
        }
        (Name::Moved, ..) => listed.sentence.replacen(" moved", " in another place", 1),
        _ => listed.sentence.clone(),
    }
}

/// The word for a change in views.
fn name(name: Name) -> &'static str {
    match name {
        Name::Added => "added",
        Name::Removed => "removed",
        Name::Edited => "edited",
        Name::Moved => "moved",
        Name::Split => "split",
        Name::Merged => "merged",
        Name::Reformatted => "reformatted",
        Name::Renumbered => "renumbered",
    }
}
