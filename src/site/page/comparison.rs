//! The page that shows what changed from one draft to another, whole or in one chapter.

use super::told::Told;
use super::{Page, Rendered};
use crate::diff::{Class, Counts, counts};
use crate::paper::{Chapter, Document, Draft, DraftName};
use crate::routes::{DocumentKey, Route, compared_chapters, moved_chapters};
use crate::site::cards::draft_route;
use crate::site::frame::About;
use crate::site::record::sealed_as;
use crate::site::view::{ChangeLine, ChapterStep, ComparisonView, DraftNote, Pair};
use crate::words::phrase;

/// The two drafts of a page, and the chapter where it shows one.
#[derive(Clone, Copy)]
pub(super) struct Both<'a> {
    pub(super) document: &'a Document,
    pub(super) old: &'a Draft,
    pub(super) new: &'a Draft,
    pub(super) chapter: Option<&'a str>,
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
    pub(super) fn place(&self, draft: &'a Draft) -> Option<Route> {
        let key = DocumentKey::of(self.document);
        match self.chapter {
            None => Some(draft_route(self.document, &draft.name)),
            Some(name) => draft.chapter(name).map(|own| Route::Chapter(key, draft.name.clone(), own.name.clone())),
        }
    }

    pub(super) fn names(&self) -> (&'a DraftName, &'a DraftName) {
        (&self.old.name, &self.new.name)
    }

    /// Whether both are options of one round: then neither is the older one.
    pub(super) fn options(&self) -> bool {
        self.old.name.round == self.new.name.round
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
            Some(_) => cards.in_words(&counts(compared.listed_in(part)), both.names()),
            None => cards.counts(document, &old.name, &new.name),
        };
        let why = self.why(both, &compared);
        let reasons = (0..compared.listed.len()).map(|change| self.reasons_of(both, &why, change)).collect();
        let told = Told::new(self.world, both, &compared).concerning(self.whom(both, &compared)).because(reasons);
        let alone = |lines: Vec<(String, ChangeLine)>| lines.into_iter().map(|(_, line)| line).collect::<Vec<_>>();
        let lines = alone(told.lines(part));
        let of_class = |class| with_repeats(lines.iter().filter(|line| line.class == class).cloned().collect());
        let title = both.after().or(both.before()).map_or(document.title.clone(), |chapter| chapter.title.clone());
        let route = chapter.map(|chapter| comparison_route(document, both.names(), chapter));
        ComparisonView {
            frame: self.world.frame(self.at, self.comparison_about(both, &title, chapter.is_some())),
            document: cards.document(document),
            old: cards.draft(document, old),
            new: cards.draft(document, new),
            old_href: href(old),
            new_href: href(new),
            old_digest: digest(both.document, both.chapter, old),
            new_digest: digest(both.document, both.chapter, new),
            options: both.options(),
            direct: new.follows.contains(&old.name),
            concerns: self.concerns(document, new, both.after()),
            notes: self.notes_between(both),
            functions: if chapter.is_none() { self.functions_between(old, new) } else { Vec::new() },
            counts,
            sections: told.sections(part),
            substance: of_class(Class::Substance),
            weightiest: with_repeats(alone(told.weightiest(part))),
            editorial: of_class(Class::Editorial),
            changes: with_repeats(lines),
            feedback: self.feedback_href(document),
            contents: told.map(part),
            chapters: self.chapter_steps(document, old, new),
            chapter: route.map(|route| cards.link(title.clone(), &route)),
            others: self.others(both),
            body_html: self.marked(both, &why, (&compared, part)),
            title,
        }
    }

    fn comparison_about(&self, both: Both, title: &str, chapter: bool) -> About {
        let Both { document, old, new, .. } = both;
        let key = DocumentKey::of(document);
        let (from, to) = (self.world.label(&old.name), self.world.label(&new.name));
        let mut parents = self.section_parent(document);
        parents.push((document.title.clone(), Route::Document(key.clone()).address()));
        if chapter {
            let whole = Route::Comparison(key, old.name.clone(), new.name.clone()).address();
            parents.push((self.say(phrase("crumb-comparison").with("old", &*from).with("new", &*to)), whole));
        }
        let about = phrase("about-comparison").with("old", &*from).with("new", &*to);
        let description = self.say(about.with("document", &*document.title));
        let title = self.say(phrase("title-comparison").with("title", title).with("old", from).with("new", to));
        let lang = document.lang.clone();
        let document = Some(DocumentKey::of(document));
        About { title, description, lang, parents, noindex: true, document, ..About::default() }
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
                (None, _) => ("added", self.say("chapter-added")),
                (_, None) => ("removed", self.say("chapter-removed")),
                (Some(before), Some(after)) => {
                    self.chapter_state((before, after), &counts, moved.contains(&name), names)
                }
            };
            let link = self.cards().link(title, &comparison_route(document, names, &name));
            let (draft, chapter) = after.map(|own| (new, own)).or(before.map(|own| (old, own)))?;
            let groups = self.of_chapter(document, draft, chapter);
            Some(ChapterStep { link, was, name: state, groups, text })
        });
        steps.collect()
    }

    /// What became of a chapter that both drafts have.
    fn chapter_state(
        &self,
        (before, after): (&Chapter, &Chapter),
        counts: &Counts,
        moved: bool,
        names: (&DraftName, &DraftName),
    ) -> (&'static str, String) {
        let changed = *counts != Counts::default();
        let counts = self.cards().in_words(counts, names).text;
        let place = |key| phrase(key).with("now", after.number).with("was", before.number);
        match (moved, changed) {
            (true, true) => ("edited", self.say(place("chapter-moved").with("counts", counts))),
            (true, false) => ("edited", self.say(place("chapter-moved-same"))),
            (false, true) => ("edited", counts),
            (false, false) if before.title != after.title => ("edited", self.say("chapter-same-words")),
            (false, false) => ("same", self.say("chapter-same")),
        }
    }

    /// The change notes of the drafts on the way from the older to the newer, the newest last.
    fn notes_between(&self, both: Both) -> Vec<DraftNote> {
        let mut notes = Vec::new();
        let mut at = Some(both.new).filter(|_| !both.options() && both.chapter.is_none());
        while let Some(draft) = at.filter(|draft| draft.name.round > both.old.name.round) {
            let link = self.cards().link(self.world.label(&draft.name), &draft_route(both.document, &draft.name));
            notes.extend(draft.note.clone().map(|note| DraftNote { draft: link, note }));
            at = draft.base.as_ref().and_then(|base| both.document.drafts.get(base));
        }
        notes.reverse();
        notes
    }

    fn others(&self, both: Both) -> Vec<Pair> {
        let (old, new) = (self.world.label(&both.old.name), self.world.label(&both.new.name));
        let pairs = self.cards().pairs(both.document).into_iter();
        pairs.filter(|pair| (&pair.old, &pair.new) != (&old, &new)).collect()
    }
}

/// Lines of which each knows whether the one before it has the same reasons.
fn with_repeats(mut lines: Vec<ChangeLine>) -> Vec<ChangeLine> {
    for at in 1..lines.len() {
        // A line that readers of other groups do not see is no place to refer to.
        let is_seen = lines[at - 1].groups.is_empty() || lines[at].groups == lines[at - 1].groups;
        let is_same = !lines[at].reasons.is_empty() && lines[at].reasons == lines[at - 1].reasons;
        lines[at].same_reasons = is_same && is_seen;
    }
    lines
}

/// The page that compares a chapter.
pub(super) fn comparison_route(document: &Document, (old, new): (&DraftName, &DraftName), chapter: &str) -> Route {
    Route::ComparedChapter(DocumentKey::of(document), old.clone(), new.clone(), chapter.to_owned())
}

/// The digest of a draft: its seal where it is recorded, else that of its file or of the file of one of its chapters.
fn digest(document: &Document, chapter: Option<&str>, draft: &Draft) -> Option<String> {
    if let Some(entry) = sealed_as(document, &draft.name) {
        return Some(entry.text.to_string());
    }
    let text = match chapter {
        Some(name) => &draft.chapter(name)?.text,
        None => &draft.text,
    };
    Some(text.digest.to_string())
}
