//! Where a response, an answer or a reason is owed: what `check` tells its authors, for readers.

use super::{Page, Rendered};
use crate::check::feedback::{owed, silent_groups};
use crate::diff::Listed;
use crate::paper::{Document, Fate, Feedback, Round};
use crate::routes::{DocumentKey, Route};
use crate::site::frame::About;
use crate::site::reasons::{Because, without_change};
use crate::site::view::{DateView, Link, OpenFeedback, SilenceView, SilentDocument, SilentDraft};
use crate::words::phrase;

/// How many changes without a reason are named of a draft.
const NAMED: usize = 12;

impl Page<'_> {
    /// Every document that owes something.
    pub(super) fn silence(&self) -> Rendered {
        let about = About { title: self.say("silence"), description: self.say("about-silence"), ..About::default() };
        let documents = self.world.site().documents().filter_map(|document| self.silent(document));
        let view = SilenceView { frame: self.world.frame(self.at, about), documents: documents.collect() };
        self.world.theme().render("silence.html", &view)
    }

    /// What a document owes; none where it owes nothing.
    fn silent(&self, document: &Document) -> Option<SilentDocument> {
        let feedback = |own: &Feedback| self.open_feedback(document, own);
        let open = document.feedback.iter().filter(|own| own.outcome == Fate::Open);
        let drafts = self.world.reasoned(document);
        let groups = silent_groups(self.world.config(), document, self.world.today()).into_iter();
        let silent = SilentDocument {
            document: self.cards().link(document.title.clone(), &Route::Document(DocumentKey::of(document))),
            responses: document.rounds.values().filter_map(|round| self.late(document, round)).collect(),
            drafts: drafts.iter().filter_map(|own| self.silent_draft(document, own)).collect(),
            open: open.map(feedback).collect(),
            unheeded: without_change(self.world, document).into_iter().map(feedback).collect(),
            groups: groups.map(|group| group.title.clone()).collect(),
        };
        let owes = !silent.responses.is_empty()
            || !silent.drafts.is_empty()
            || !silent.open.is_empty()
            || !silent.unheeded.is_empty()
            || !silent.groups.is_empty();
        owes.then_some(silent)
    }

    /// A round whose response was promised by a day that is over, and is not there.
    fn late(&self, document: &Document, round: &Round) -> Option<DateView> {
        let today = self.world.today();
        self.world.phases(document, round).iter().find(|phase| phase.name == "late" && phase.holds(today))?;
        let has_page = document.round(round.number).next().is_some();
        let route = Route::Round(DocumentKey::of(document), round.number);
        Some(DateView {
            day: round.response_due.map(|due| self.world.day(due)),
            expected: None,
            what: self.say(phrase("round").with("number", round.number)),
            href: has_page.then(|| self.cards().href(&route)),
        })
    }

    fn silent_draft(&self, document: &Document, own: &Because) -> Option<SilentDraft> {
        let count = own.unexplained().count();
        let words = &self.world.theme().words;
        let change = |listed: &Listed| Link {
            text: listed.said(words),
            href: self.change_href(document, own, listed),
            current: false,
        };
        let route = Route::Comparison(DocumentKey::of(document), own.base.name.clone(), own.draft.name.clone());
        (count > 0).then(|| SilentDraft {
            draft: self.cards().link(self.world.label(&own.draft.name), &route),
            count,
            changes: own.unexplained().take(NAMED).map(change).collect(),
        })
    }

    fn open_feedback(&self, document: &Document, own: &Feedback) -> OpenFeedback {
        let page = self.feedback_href(document).unwrap_or_default();
        let due = owed(document, own).map(|(_, due)| due);
        OpenFeedback {
            link: Link { text: own.id.clone(), href: format!("{page}#{}", own.id), current: false },
            said: own.said.clone(),
            due: due.map(|due| self.world.day(due)),
            late: due.is_some_and(|due| due < self.world.today()),
        }
    }
}
