//! What was said about a document, and what became of it.

use super::{Page, Rendered};
use crate::check::links::{Links, Target};
use crate::diff::Listed;
use crate::markdown::is_number;
use crate::markdown::number::label;
use crate::paper::{Document, Fate, Feedback, Lead};
use crate::routes::{DocumentKey, Route};
use crate::site::frame::About;
use crate::site::reasons::Because;
use crate::site::view::{FateCount, FeedbackChange, FeedbackItem, FeedbackView, Link};
use crate::words::phrase;

/// How many changes are named for a reason.
const NAMED: usize = 6;

impl<'a> Page<'a> {
    /// You said, we did.
    pub(super) fn feedback(&self, key: &DocumentKey) -> Rendered {
        let document = self.world.site().document(&key.section, &key.name).ok_or_else(|| self.gone())?;
        let mut parents = self.section_parent(document);
        parents.push((document.title.clone(), Route::Document(key.clone()).address()));
        let title = phrase("title-feedback").with("document", &*document.title);
        let about = About {
            title: self.say(title),
            description: self.say(phrase("about-feedback").with("document", &*document.title)),
            lang: document.lang.clone(),
            parents,
            document: Some(key.clone()),
            ..About::default()
        };
        let drafts: Vec<_> = document.drafts.values().filter_map(|draft| self.world.because(document, draft)).collect();
        let item = |own: &Feedback| self.feedback_item(document, own, &drafts);
        let view = FeedbackView {
            frame: self.world.frame(self.at, about),
            document: self.cards().document(document),
            voices: document.feedback.iter().map(|own| own.voices).sum(),
            fates: self.fates(document),
            feedback: document.feedback.iter().map(item).collect(),
        };
        self.world.theme().render("feedback.html", &view)
    }

    fn fates(&self, document: &Document) -> Vec<FateCount> {
        let all = [Fate::Adopted, Fate::Adapted, Fate::Rejected, Fate::Later, Fate::Open];
        let counts = all.into_iter().map(|fate| FateCount {
            name: fate.word(),
            text: self.say(fate_key(fate)),
            count: document.feedback.iter().filter(|own| own.outcome == fate).count(),
        });
        counts.filter(|entry| entry.count > 0).collect()
    }

    fn feedback_item(&self, document: &Document, own: &Feedback, drafts: &[Because]) -> FeedbackItem {
        let group = own.group.as_ref().and_then(|name| self.world.config().group(name));
        FeedbackItem {
            id: own.id.clone(),
            date: own.date.map(|moment| self.world.day(moment.day)),
            from: own.from.clone(),
            group: group.map(|group| group.title.clone()),
            voices: own.voices,
            about: self.about_link(document, own),
            said: own.said.clone(),
            source: self.source_link(own),
            outcome: own.outcome.word(),
            outcome_text: self.say(fate_key(own.outcome)),
            answer: own.answer.clone(),
            answered: own.answered.map(|moment| self.world.day(moment.day)),
            changes: drafts.iter().flat_map(|draft| self.changes_for(document, own, draft)).collect(),
        }
    }

    /// The draft or the paragraph that feedback is about.
    fn about_link(&self, document: &Document, own: &Feedback) -> Option<Link> {
        let about = own.about.as_ref()?;
        let links = Links { site: self.world.site(), facts: self.world.facts() };
        let Ok(Target::Page(address, id)) = links.resolve(&about.place.file, &about.target) else { return None };
        let name = about.draft.as_ref().map_or(document.title.clone(), |draft| self.world.label(draft));
        let id = id.filter(|id| !id.is_empty());
        let text = match id.as_ref().filter(|id| is_number(id) && document.numbered) {
            Some(number) => self.say(phrase("feedback-about-number").with("draft", name).with("number", label(number))),
            None => name,
        };
        let id = id.map_or(String::new(), |id| format!("#{id}"));
        Some(Link { text, href: format!("{}{id}", self.world.href(self.at, &address)), current: false })
    }

    fn source_link(&self, own: &Feedback) -> Option<Link> {
        match own.source.as_ref()? {
            Lead::Web(address) => {
                Some(Link { text: self.say("feedback-source"), href: address.clone(), current: false })
            }
            Lead::File(path) => {
                let route = Route::of(self.world.site().source_of(path)?);
                Some(self.cards().link(self.say("feedback-source"), &route))
            }
        }
    }

    /// What changed in a draft because of what was said: the reasons that name it, where something changed.
    fn changes_for(&self, document: &Document, own: &Feedback, draft: &Because) -> Vec<FeedbackChange> {
        let reasons = draft.given.iter().enumerate().filter(|(_, given)| given.because.contains(&own.id));
        let reasons = reasons.filter(|(at, _)| draft.explained_by(*at).next().is_some());
        let change = |listed: &Listed| Link {
            text: listed.said(&self.world.theme().words),
            href: self.change_href(document, draft, listed),
            current: false,
        };
        let key = DocumentKey::of(document);
        let route = Route::Comparison(key, draft.base.name.clone(), draft.draft.name.clone());
        let changes = reasons.map(|(at, given)| FeedbackChange {
            draft: self.cards().link(self.world.label(&draft.draft.name), &route),
            reason: given.words.clone(),
            changes: weightiest(draft, at).take(NAMED).map(change).collect(),
            more: draft.explained_by(at).count().saturating_sub(NAMED),
        });
        changes.collect()
    }
}

/// The changes that a reason explains, those of substance first.
fn weightiest<'d>(draft: &'d Because, reason: usize) -> impl Iterator<Item = &'d Listed> {
    let mut changes: Vec<_> = draft.explained_by(reason).collect();
    changes.sort_by_key(|listed| listed.class);
    changes.into_iter()
}

fn fate_key(fate: Fate) -> &'static str {
    match fate {
        Fate::Adopted => "fate-adopted",
        Fate::Adapted => "fate-adapted",
        Fate::Rejected => "fate-rejected",
        Fate::Later => "fate-later",
        Fate::Open => "fate-open",
    }
}
