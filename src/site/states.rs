//! How rounds and votes stand, for pages: their states in words, and when the next of them begins.

use super::cards::Cards;
use super::timetable;
use super::view::{Day, PhaseView, State};
use super::world::World;
use crate::consult::states::{Known, Phase, of_round, of_vote};
use crate::paper::{Document, Draft, Round, Status};
use jiff::Timestamp;
use jiff::civil::Date;

impl World {
    /// A day for readers and machines.
    pub fn day(&self, date: Date) -> Day {
        Day { iso: date.to_string(), text: self.theme().words.day(date) }
    }

    /// The first moment of a day in the site's time zone, RFC 3339.
    pub fn moment(&self, day: Date) -> Option<String> {
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

    /// The state that phases say today.
    pub(super) fn state_of(&self, phases: &[Phase], opens: Option<Date>, closes: Option<Date>) -> Option<State> {
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
}
