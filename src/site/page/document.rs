//! The page of a document through all its drafts, and the one that leads on to the newest.

use super::{Page, Rendered};
use crate::paper::{Document, Draft, DraftName};
use crate::routes::{DocumentKey, Route, compared};
use crate::site::cards::draft_route;
use crate::site::frame::About;
use crate::site::view::{DocumentView, LatestView, SinceRead};
use crate::words::phrase;
use std::collections::BTreeSet;

impl<'a> Page<'a> {
    /// A document; a lone file shows its text.
    pub(super) fn document(&self, key: &DocumentKey) -> Rendered {
        let document = self.world.site().document(&key.section, &key.name).ok_or_else(|| self.gone())?;
        if document.lone {
            return self.lone(document);
        }
        let cards = self.cards();
        let known: BTreeSet<u32> =
            document.drafts.keys().map(|name| name.round).chain(document.rounds.keys().copied()).collect();
        let newest_round = document.newest_round().filter(|round| document.round(*round).count() > 1);
        let about = About {
            title: document.title.clone(),
            description: document.summary.clone(),
            lang: document.lang.clone(),
            parents: self.section_parent(document),
            document: Some(key.clone()),
            ..About::default()
        };
        let (body_html, words) = document.index.as_ref().map_or_else(Default::default, |index| self.plain_html(index));
        let view = DocumentView {
            frame: self.world.frame(self.at, about),
            document: cards.document(document),
            consultation: cards.consultation(document, None),
            concerns: self.newest_concerns(document),
            coverage: self.coverage(document),
            body_html,
            words,
            newest: document.newest().map(|draft| cards.draft(document, draft)).collect(),
            newest_round: newest_round.map(|round| cards.href(&Route::Round(key.clone(), round))),
            picture: self.picture(document),
            since_read: self.since_read(document, None),
            rounds: known.into_iter().rev().map(|round| cards.round(document, round)).collect(),
            comparisons: cards.pairs(document),
            feedback: self.feedback_href(document),
            record: self.world.if_known(self.at, &Route::Record(DocumentKey::of(document))),
            feed: self.world.if_known(self.at, &Route::DocumentFeed(key.clone())),
        };
        self.world.theme().render("document.html", &view)
    }

    /// Leads on to the newest draft, or to its round where that has several options.
    pub(super) fn latest(&self, key: &DocumentKey) -> Rendered {
        let document = self.world.site().document(&key.section, &key.name).ok_or_else(|| self.gone())?;
        let (route, label) = self.newest_route(document).ok_or_else(|| self.gone())?;
        let about = About {
            title: self.say(phrase("title-newest").with("document", &*document.title)),
            description: document.summary.clone(),
            lang: document.lang.clone(),
            instead: Some(route.address()),
            document: Some(key.clone()),
            ..About::default()
        };
        let view = LatestView { frame: self.world.frame(self.at, about), target: self.cards().link(label, &route) };
        self.world.theme().render("latest.html", &view)
    }

    /// Where the newest draft stands, and what it is called.
    fn newest_route(&self, document: &Document) -> Option<(Route, String)> {
        let mut newest = document.newest();
        let first = newest.next()?;
        let (route, said) = match newest.next() {
            Some(_) => {
                let round = first.name.round;
                (Route::Round(DocumentKey::of(document), round), phrase("newest-options").with("number", round))
            }
            None => {
                let label = self.world.label(&first.name);
                (draft_route(document, &first.name), phrase("newest-draft").with("draft", label))
            }
        };
        Some((route, self.say(said.with("document", &*document.title))))
    }

    /// For every earlier draft the way to what changed since, for who saw it last: to the newest draft; on the
    /// page of a draft of the newest round to that one.
    pub(super) fn since_read(&self, document: &Document, shown: Option<&Draft>) -> Vec<SinceRead> {
        let mut newest = document.newest().filter(|draft| shown.is_none_or(|shown| shown.name == draft.name));
        let Some(to) = newest.next() else { return Vec::new() };
        let pairs = compared(document, self.world.config().compare);
        let earlier = document.drafts.keys().filter(|name| name.round < to.name.round);
        let known = earlier.filter(|name| pairs.contains(&((*name).clone(), to.name.clone())));
        let entry = |name: &DraftName| {
            let route = Route::Comparison(DocumentKey::of(document), name.clone(), to.name.clone());
            let said =
                phrase("since-read").with("draft", self.world.label(name)).with("newest", self.world.label(&to.name));
            SinceRead {
                draft: name.to_string(),
                link: self.cards().link(self.say(said), &route),
                counts: self.cards().counts(document, name, &to.name),
            }
        };
        known.map(entry).collect()
    }
}
