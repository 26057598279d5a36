//! How a consultation stands, for pages: states of rounds and votes, ways to reply, dates to know.

use super::cards::Cards;
use super::timetable;
use super::view::{ConsultationView, DateView, Day, Link, PhaseView, State, VoteView, WayView};
use super::world::World;
use crate::consult::states::{Known, Phase, of_round, of_vote};
use crate::paper::{Document, Draft, Lead, Round, Status, To, Vote, Way, When};
use crate::path::SitePath;
use crate::routes::{DocumentKey, Route};
use crate::words::phrase;
use jiff::Timestamp;
use jiff::civil::Date;

impl World {
    /// A day for readers and machines.
    pub fn day(&self, date: Date) -> Day {
        Day { iso: date.to_string(), text: self.theme().words.day(date) }
    }

    /// The first moment of a day in the site's time zone, RFC 3339.
    fn moment(&self, day: Date) -> Option<String> {
        let start = day.to_zoned(self.config().timezone.clone()).ok()?;
        Some(start.timestamp().to_string())
    }

    /// What is known of a round beside its own dates.
    fn known(&self, document: &Document, round: &Round) -> Known {
        let later = document.rounds.range(round.number + 1..).map(|(_, later)| later);
        let has_drafts = |round: &&Round| document.round(round.number).next().is_some();
        let is_settled = |draft: &Draft| draft.status.is_some_and(|status| status != Status::Discarded);
        let next = later.clone().find(|round| !has_drafts(round));
        Known {
            response: round.response.as_ref().and_then(|path| self.site().published_on(path)),
            past: later.clone().any(|round| has_drafts(&round)) || document.newest().all(is_settled),
            next: next.and_then(|round| Some((round.number, round.opens?))),
        }
    }

    /// The moment at which a rebuild next changes something: a draft comes out, a round or a vote passes into
    /// another state, something of the timetable is no longer to come. None where nothing is dated ahead.
    pub fn next_rebuild(&self) -> Option<Timestamp> {
        let days = self.site().documents().flat_map(|document| self.dated(document));
        let starts = days.filter_map(|day| Some(day.to_zoned(self.config().timezone.clone()).ok()?.timestamp()));
        starts.chain(self.next_change()).filter(|at| *at > self.options().at).min()
    }

    /// The days on which what is said of a document changes.
    fn dated(&self, document: &Document) -> Vec<Date> {
        let rounds = document.rounds.values();
        let phases = rounds.flat_map(|round| self.phases(document, round));
        let votes = document.consultation.vote.iter().flat_map(of_vote);
        let timetable = timetable::of_document(self.site(), document, &self.config().timezone);
        let behind = timetable.into_iter().filter_map(|dated| dated.behind());
        phases.chain(votes).filter_map(|phase| phase.from).chain(behind).collect()
    }

    /// The phases of a round of a document.
    pub fn phases(&self, document: &Document, round: &Round) -> Vec<Phase> {
        of_round(round, &self.known(document, round))
    }
}

impl Cards<'_> {
    /// The state of a round; none where it has no dates.
    pub fn round_state(&self, document: &Document, round: &Round) -> Option<State> {
        self.state_of(&self.world.phases(document, round), round.opens, round.closes)
    }

    fn state_of(&self, phases: &[Phase], opens: Option<Date>, closes: Option<Date>) -> Option<State> {
        let today = self.world.today();
        let now = phases.iter().find(|phase| phase.holds(today))?;
        let day = |date| self.world.day(date);
        Some(State {
            name: now.name,
            text: self.world.say(now.said.clone()),
            opens: opens.map(day),
            closes: closes.map(day),
            phases: phases.iter().map(|phase| self.phase(phase)).collect(),
        })
    }

    fn phase(&self, phase: &Phase) -> PhaseView {
        PhaseView {
            name: phase.name,
            text: self.world.say(phase.said.clone()),
            more: phase.more.clone().map(|more| self.world.say(more)),
            from: phase.from.and_then(|day| self.world.moment(day)),
            until: phase.until.and_then(|day| self.world.moment(day)),
            current: phase.holds(self.world.today()),
        }
    }

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
        let events = round.events.iter().map(|event| {
            let href = event.link.as_ref().and_then(|lead| match lead {
                Lead::Web(web) => Some(web.clone()),
                Lead::File(path) => self.file(path),
            });
            (When::Day(event.date), event.what.clone(), href)
        });
        let milestones = document.consultation.milestones.iter();
        let milestones = milestones.map(|milestone| (milestone.when.clone(), milestone.what.clone(), None));
        let mut dates: Vec<_> = events.chain(milestones).collect();
        dates.sort_by_key(|(when, ..)| match when {
            When::Day(day) => (false, Some(*day)),
            When::Expected(_) => (true, None),
        });
        let view = |(when, what, href)| {
            let (day, expected) = match when {
                When::Day(day) => (Some(self.world.day(day)), None),
                When::Expected(words) => (None, Some(words)),
            };
            DateView { day, expected, what, href }
        };
        dates.into_iter().map(view).collect()
    }

    fn vote(&self, document: &Document, vote: &Vote) -> Option<VoteView> {
        let key = DocumentKey::of(document);
        let draft = vote.draft.as_ref().map(|name| self.link(self.world.label(name), &Route::Draft(key, name.clone())));
        let turnout = vote.result.as_ref().and_then(|result| self.world.turnout(result));
        let eligible = vote.result.as_ref().and_then(|result| result.eligible);
        let eligible = eligible.map(|count| self.world.say(phrase("vote-eligible").with("count", count.to_string())));
        Some(VoteView {
            state: self.state_of(&of_vote(vote), vote.opens, vote.closes)?,
            draft,
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
