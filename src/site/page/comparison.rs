//! The page that shows what changed from one draft to another, whole or in one chapter.

use super::draft::contents;
use super::{Page, Rendered};
use crate::config::capitalised;
use crate::diff::{Counts, Labels, Listed, Name, labelled, quote};
use crate::markdown::{Body, Side};
use crate::paper::{Chapter, Document, Draft, DraftName, Text};
use crate::path::Address;
use crate::routes::{DocumentKey, Route, compared_chapters, moved_chapters};
use crate::site::cards::{chapter_text, draft_route, in_words};
use crate::site::decor::{OLDER, PageDecor};
use crate::site::frame::About;
use crate::site::memo::Compared;
use crate::site::view::{ChangeLine, ChapterStep, ComparisonView, Heading, Pair};
use std::collections::BTreeMap;

/// The two drafts of a page.
#[derive(Clone, Copy)]
struct Both<'a> {
    document: &'a Document,
    old: &'a Draft,
    new: &'a Draft,
}

/// The two texts of a page, each with its address and its number where it is a chapter.
struct Texts<'a> {
    old: Option<&'a Text>,
    new: Option<&'a Text>,
    old_at: Option<Address>,
    new_at: Option<Address>,
    old_chapter: Option<u32>,
    new_chapter: Option<u32>,
}

impl<'a> Page<'a> {
    /// The comparison of two drafts; of drafts in chapters, of the words above them, with a list of them.
    pub(super) fn comparison(&self, key: &DocumentKey, old: &DraftName, new: &DraftName) -> Rendered {
        let (document, old) = self.find(key, old)?;
        let (_, new) = self.find(key, new)?;
        let both = Both { document, old, new };
        let at = |draft: &Draft| Some(draft_route(document, &draft.name).address());
        let texts = Texts {
            old: Some(&old.text),
            new: Some(&new.text),
            old_at: at(old),
            new_at: at(new),
            old_chapter: None,
            new_chapter: None,
        };
        let mut view = self.compared(both, &texts, None);
        view.counts = self.cards().counts(document, &old.name, &new.name);
        self.world.theme().render("comparison.html", &view)
    }

    /// The comparison of one chapter.
    pub(super) fn compared_chapter(&self, key: &DocumentKey, old: &DraftName, new: &DraftName, name: &str) -> Rendered {
        let (document, old) = self.find(key, old)?;
        let (_, new) = self.find(key, new)?;
        let (before, after) = (old.chapter(name), new.chapter(name));
        let chapter = after.or(before).ok_or_else(|| self.gone())?;
        let at = |draft: &Draft, chapter: Option<&Chapter>| {
            chapter.map(|chapter| Route::Chapter(key.clone(), draft.name.clone(), chapter.name.clone()).address())
        };
        let texts = Texts {
            old: before.map(|chapter| &chapter.text),
            new: after.map(|chapter| &chapter.text),
            old_at: at(old, before),
            new_at: at(new, after),
            old_chapter: before.map(|chapter| chapter.number),
            new_chapter: after.map(|chapter| chapter.number),
        };
        let view = self.compared(Both { document, old, new }, &texts, Some(chapter));
        self.world.theme().render("comparison.html", &view)
    }

    fn compared(&self, both: Both<'a>, texts: &Texts<'a>, chapter: Option<&Chapter>) -> ComparisonView {
        let Both { document, old, new } = both;
        let (cards, compared) = (self.cards(), self.world.compared(texts.old, texts.new));
        let names = (&old.name, &new.name);
        let href = |address: &Option<Address>| address.as_ref().map(|address| self.world.href(self.at, address));
        let title = chapter.map_or(document.title.clone(), |chapter| chapter.title.clone());
        let route = chapter.map(|chapter| self.chapter_route(both, &chapter.name));
        ComparisonView {
            frame: self.world.frame(self.at, self.comparison_about(both, &title, chapter.is_some())),
            document: cards.document(document),
            old: cards.draft(document, old),
            new: cards.draft(document, new),
            old_href: href(&texts.old_at),
            new_href: href(&texts.new_at),
            options: old.name.round == new.name.round,
            direct: new.follows.contains(&old.name),
            counts: in_words(&compared.counts, names),
            changes: compared.listed.iter().map(|listed| change_line(listed, names)).collect(),
            contents: self.map(&compared),
            chapters: self.chapter_steps(both),
            chapter: route.map(|route| cards.link(title.clone(), &route)),
            others: self.others(both),
            body_html: self.marked(both, texts, &compared),
            title,
        }
    }

    fn comparison_about(&self, both: Both, title: &str, chapter: bool) -> About {
        let Both { document, old, new } = both;
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

    fn chapter_route(&self, both: Both, chapter: &str) -> Route {
        let key = DocumentKey::of(both.document);
        Route::ComparedChapter(key, both.old.name.clone(), both.new.name.clone(), chapter.to_owned())
    }

    /// The text with its marks.
    fn marked(&self, both: Both, texts: &Texts, compared: &Compared) -> String {
        let numbered = both.document.numbered;
        let nowhere = both.document.folder.clone();
        let path = |text: Option<&'_ Text>| text.map_or(nowhere.clone(), |text| text.path().clone());
        let (old_path, new_path) = (path(texts.old), path(texts.new));
        let shared = compared.old.notes.iter().filter(|name| has_note(&compared.new, name)).cloned().collect();
        let old = PageDecor::new(self.world, self.at, &old_path, &compared.old, texts.old_chapter)
            .numbered(numbered)
            .prefix(OLDER)
            .elsewhere(texts.old_at.clone())
            .shared_notes(shared);
        let new = PageDecor::new(self.world, self.at, &new_path, &compared.new, texts.new_chapter).numbered(numbered);
        let (old, new) = (Side { body: &compared.old, decor: &old }, Side { body: &compared.new, decor: &new });
        labelled(&compared.comparison, old, new, labels(&both.old.name, &both.new.name))
    }

    /// The headings of the newer text, with how many changes stand below each.
    fn map(&self, compared: &Compared) -> Vec<Heading> {
        let mut below: BTreeMap<String, usize> = BTreeMap::new();
        let heading = |listed: &Listed| compared.new.blocks.get(listed.heading?)?.id.clone();
        for id in compared.listed.iter().filter_map(heading) {
            *below.entry(format!("#{id}")).or_default() += 1;
        }
        let mut headings = contents(&compared.new, "");
        for heading in &mut headings {
            heading.changes = below.get(&heading.link.href).copied().unwrap_or_default();
        }
        headings
    }

    /// The chapters of both drafts, each with what became of it.
    fn chapter_steps(&self, both: Both) -> Vec<ChapterStep> {
        let Both { document, old, new } = both;
        let moved = moved_chapters(document, &old.name, &new.name);
        let steps = compared_chapters(document, &old.name, &new.name).into_iter().filter_map(|name| {
            let (before, after) = (old.chapter(&name), new.chapter(&name));
            let title = after.or(before)?.title.clone();
            let compared = self.world.compared(chapter_text(Some(old), &name), chapter_text(Some(new), &name));
            let was = before.filter(|_| after.is_some()).map(|before| before.title.clone()).filter(|was| *was != title);
            let (state, text) = match (before, after) {
                (None, _) => ("added", "New chapter".to_owned()),
                (_, None) => ("removed", "Chapter removed".to_owned()),
                (Some(before), Some(after)) => {
                    self.chapter_state(both, (before, after), &compared, moved.contains(&name))
                }
            };
            Some(ChapterStep {
                link: self.cards().link(title, &self.chapter_route(both, &name)),
                was,
                name: state,
                text,
            })
        });
        steps.collect()
    }

    /// What became of a chapter that both drafts have.
    fn chapter_state(
        &self,
        both: Both,
        chapters: (&Chapter, &Chapter),
        compared: &Compared,
        moved: bool,
    ) -> (&'static str, String) {
        let (before, after) = chapters;
        let changed = compared.counts != Counts::default();
        let counts = in_words(&compared.counts, (&both.old.name, &both.new.name)).text;
        let place = format!("now chapter {}, was {}", after.number, before.number);
        match (moved, changed) {
            (true, true) => ("edited", format!("{place}; {counts}")),
            (true, false) => ("edited", format!("{place}; no other change")),
            (false, true) => ("edited", counts),
            (false, false) if before.title != after.title => ("edited", "No other change".to_owned()),
            (false, false) => ("same", "No change".to_owned()),
        }
    }

    fn others(&self, both: Both) -> Vec<Pair> {
        let (old, new) = (both.old.name.label(), both.new.name.label());
        let pairs = self.cards().pairs(both.document).into_iter();
        pairs.filter(|pair| (&pair.old, &pair.new) != (&old, &new)).collect()
    }
}

fn has_note(body: &Body, name: &str) -> bool {
    body.note(name).is_some()
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

/// Options of one round are not older and newer: nothing moved from one to the other.
fn labels(old: &DraftName, new: &DraftName) -> Labels {
    if old.round != new.round {
        return Labels::default();
    }
    let (old, new) = (option(old), option(new));
    Labels {
        moved_away: format!("In another place in {new}: see it there"),
        moved_here: format!("In another place in {old}: see it there"),
        only_old: Some(format!("Only in {old}")),
        only_new: Some(format!("Only in {new}")),
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
