//! A consultation for pages: what readers are asked and told, ways to reply, dates to know, the vote.
//!
//! In: a document and one of its rounds. Out: the [`ConsultationView`] of their pages. Its dates come from the
//! timetable, so that they are those of `/changes/`.

use super::cards::Cards;
use super::timetable::{self, Dated, What};
use super::view::{ConsultationView, DateView, Link, VoteView, WayView};
use crate::consult::states::of_vote;
use crate::paper::{Document, Lead, Round, To, Vote, Way};
use crate::path::SitePath;
use crate::routes::{DocumentKey, Route};
use crate::words::phrase;

impl Cards<'_> {
    /// What readers of a document are asked and told, in the round of a draft or in its newest.
    pub fn consultation(&self, document: &Document, round: Option<u32>) -> ConsultationView {
        let own = &document.consultation;
        let newest = document.newest_round().or(document.rounds.keys().next_back().copied());
        let round = round.or(newest).and_then(|round| document.rounds.get(&round)).cloned().unwrap_or_default();
        let contact = document.contact.as_ref().map(|contact| self.way("", &to(contact)));
        ConsultationView {
            asked: own.asked.clone(),
            already_decided: own.already_decided.clone(),
            alternative_formats: own.alternative_formats.clone(),
            privacy: own.privacy.clone(),
            ways: round.respond.iter().map(|Way { by, to }| self.way(by, to)).collect(),
            contact,
            response: round.response.as_ref().and_then(|path| self.lead_to(path, round.number)),
            short_because: round.short_because.clone(),
            extended_because: round.extended_because.clone(),
            dates: self.dates(document, &round),
            vote: own.vote.as_ref().and_then(|vote| self.vote(document, vote)),
        }
    }

    fn way(&self, by: &str, to: &To) -> WayView {
        // The address of a form says nothing that its name does not.
        let (by, text) = match to {
            To::Web(_) if !by.is_empty() => ("", by),
            to => (by, to.words()),
        };
        WayView { by: by.to_owned(), text: text.to_owned(), href: to.href() }
    }

    fn file(&self, path: &SitePath) -> Option<String> {
        self.world.site().source_of(path).map(|owner| self.href(&Route::of(owner)))
    }

    fn lead_to(&self, path: &SitePath, round: u32) -> Option<Link> {
        let text = self.world.say(phrase("response-to-round").with("number", round));
        Some(Link { text, href: self.file(path)?, current: false })
    }

    /// Events of a round and milestones: those with a day by it, then the others.
    fn dates(&self, document: &Document, round: &Round) -> Vec<DateView> {
        let dated = timetable::of_document(self.world.site(), document, &self.world.config().timezone);
        let view = |dated: Dated| {
            let (what, lead) = match dated.what {
                What::Event(own, event) if own.number == round.number => (&event.what, event.link.as_ref()),
                What::Milestone(milestone) => (&milestone.what, None),
                _ => return None,
            };
            let href = lead.and_then(|lead| match lead {
                Lead::Web(web) => Some(web.clone()),
                Lead::File(path) => self.file(path),
            });
            let day = dated.day().map(|day| self.world.day(day));
            let expected = dated.expected().map(str::to_owned);
            Some(DateView { day, expected, what: what.clone(), href })
        };
        dated.into_iter().filter_map(view).collect()
    }

    /// A vote of a document, as it stands today.
    pub fn vote(&self, document: &Document, vote: &Vote) -> Option<VoteView> {
        let key = DocumentKey::of(document);
        let draft = vote.draft.as_ref().map(|name| self.link(self.world.label(name), &Route::Draft(key, name.clone())));
        let turnout = vote.result.as_ref().and_then(|result| self.world.turnout(result));
        let eligible = vote.result.as_ref().and_then(|result| result.eligible);
        let eligible = eligible.map(|count| self.world.say(phrase("vote-eligible").with("count", count)));
        Some(VoteView {
            state: self.state_of(&of_vote(vote), vote.opens, vote.closes)?,
            draft,
            page: self.world.if_known(self.at, &Route::Vote(DocumentKey::of(document))),
            question: vote.question.clone(),
            how: vote.how.clone(),
            who: vote.who.clone(),
            threshold: vote.threshold.clone(),
            turnout: turnout.into_iter().chain(eligible).collect(),
        })
    }
}

/// What an address for questions is, by its form.
fn to(contact: &str) -> To {
    match contact {
        mail if mail.contains('@') && !mail.contains(' ') => {
            To::Mail(mail.strip_prefix("mailto:").unwrap_or(mail).to_owned())
        }
        web if web.starts_with("https://") || web.starts_with("http://") => To::Web(web.to_owned()),
        words => To::Words(words.to_owned()),
    }
}
