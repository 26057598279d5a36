//! Where an answer or a reason is owed: what `check` tells its authors, for readers.

use super::{Page, Rendered};
use crate::check::feedback::{owed, silent_groups};
use crate::paper::{Document, Fate, Feedback};
use crate::routes::{DocumentKey, Route};
use crate::site::frame::About;
use crate::site::reasons::{Because, without_change};
use crate::site::view::{Link, OpenFeedback, SilenceView, SilentDocument, SilentDraft};

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
        let drafts: Vec<_> = document.drafts.values().filter_map(|draft| self.world.because(document, draft)).collect();
        let open = document.feedback.iter().filter(|own| own.outcome == Fate::Open);
        let silent = SilentDocument {
            document: self.cards().link(document.title.clone(), &Route::Document(DocumentKey::of(document))),
            drafts: drafts.iter().filter_map(|own| self.silent_draft(document, own)).collect(),
            open: open.map(|own| self.open_feedback(document, own)).collect(),
            unheeded: without_change(document, &drafts)
                .into_iter()
                .map(|own| self.open_feedback(document, own))
                .collect(),
            groups: silent_groups(self.world.config(), document, self.world.today())
                .into_iter()
                .map(|group| group.title.clone())
                .collect(),
        };
        let owes = !silent.drafts.is_empty()
            || !silent.open.is_empty()
            || !silent.unheeded.is_empty()
            || !silent.groups.is_empty();
        owes.then_some(silent)
    }

    fn silent_draft(&self, document: &Document, own: &Because) -> Option<SilentDraft> {
        let count = own.unexplained().count();
        let words = &self.world.theme().words;
        let change = |listed| Link {
            text: crate::diff::Listed::said(listed, words),
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
