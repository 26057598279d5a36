//! Everything on a site that has a day, or is expected without one.
//!
//! In: a [`Site`]. Out: [`Dated`] things, each of one document: those with a day in the order of their days, then
//! those without. The front page, `/changes/`, the dates to know of a round, the calendar and what feeds tell of
//! outcomes all come from this list, so none of them knows a day that another does not.

use crate::paper::{Act, Document, Draft, Entry, Event, Lock, Milestone, Moment, Round, Site, Vote, VoteResult, When};
use crate::path::SitePath;
use crate::tree::Digest;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::collections::BTreeMap;

/// Something that has a day or is expected.
#[derive(Clone, Debug)]
pub struct Dated<'a> {
    /// When.
    pub when: When,
    /// Of which document.
    pub document: &'a Document,
    /// What.
    pub what: What<'a>,
    /// Its name among the dated things of the document, for life: `round-3-closes`. Of what is told in words
    /// alone it is made from the words, so that it stays when the day changes.
    pub name: String,
}

/// What has a day.
#[derive(Clone, Copy, Debug)]
pub enum What<'a> {
    /// A draft is published; of a lone file, its text.
    Draft(&'a Draft, Moment),
    /// The first day for comments.
    Opens(&'a Round),
    /// The last day for comments.
    Closes(&'a Round),
    /// A meeting or the like.
    Event(&'a Round, &'a Event),
    /// The day by which a response is promised.
    Due(&'a Round),
    /// The response is published: in which file, and when.
    Response(&'a Round, &'a SitePath, Moment),
    /// A vote whose days are not known yet.
    Vote,
    /// The first day of a vote.
    VoteOpens,
    /// The last day of a vote.
    VoteCloses,
    /// What came of a vote.
    Result(&'a Vote, &'a VoteResult),
    /// Something else that is to happen.
    Milestone(&'a Milestone),
    /// What was published was corrected, or taken down.
    Recorded(&'a Entry),
}

impl What<'_> {
    /// Whether the day is the first of something, which has happened as soon as that day has come. Other days
    /// are those on which something takes place or by which it must be done: they are ahead until they are over.
    fn begins(self) -> bool {
        use What::{Draft, Opens, Recorded, Response, Result, VoteOpens};
        matches!(self, Draft(..) | Opens(_) | Response(..) | VoteOpens | Result(..) | Recorded(_))
    }
}

impl Dated<'_> {
    /// The day, where it is known.
    pub fn day(&self) -> Option<Date> {
        match self.when {
            When::Day(day) => Some(day),
            When::Expected(_) => None,
        }
    }

    /// When, in words, where no day is known.
    pub fn expected(&self) -> Option<&str> {
        match &self.when {
            When::Day(_) => None,
            When::Expected(words) => Some(words),
        }
    }

    /// The first day on which it is behind the reader; none where nothing is known or time ends.
    pub fn behind(&self) -> Option<Date> {
        let day = self.day()?;
        if self.what.begins() { Some(day) } else { day.tomorrow().ok() }
    }
}

/// All dated things of a site: by day, on one day by document; then what is only expected, by document.
pub fn of_site<'a>(site: &'a Site, timezone: &TimeZone) -> Vec<Dated<'a>> {
    let mut all: Vec<_> = site.documents().flat_map(|document| of_document(site, document, timezone)).collect();
    all.sort_by_key(order);
    all
}

/// Those of one document, in the same order.
pub fn of_document<'a>(site: &'a Site, document: &'a Document, timezone: &TimeZone) -> Vec<Dated<'a>> {
    let published = document.drafts.values().filter(|draft| !site.is_unpublished(document, draft));
    let drafts = published.filter_map(|draft| Some((draft, draft.published?)));
    let drafts = drafts.map(|(draft, moment)| (moment.day, What::Draft(draft, moment), draft.name.to_string()));
    let rounds = document.rounds.values().flat_map(|round| of_round(site, round));
    let vote = document.consultation.vote.iter();
    let recorded = document.lock.iter().flat_map(|lock| of_record(lock, site.lens().at, timezone));
    let days = drafts.chain(rounds).chain(vote.clone().flat_map(|vote| of_vote(vote, timezone))).chain(recorded);
    let days = days.map(|(day, what, name)| (When::Day(day), what, name));
    let expected =
        vote.filter_map(|vote| Some((When::Expected(vote.expected.clone()?), What::Vote, "vote".to_owned())));
    let milestones = document.consultation.milestones.iter().map(|milestone| {
        (milestone.when.clone(), What::Milestone(milestone), format!("milestone-{}", short(&milestone.what)))
    });
    let all = days.chain(expected).chain(milestones);
    let mut all: Vec<_> = all.map(|(when, what, name)| Dated { when, document, what, name }).collect();
    all.sort_by_key(order);
    number(&mut all);
    all
}

/// What has no day comes last.
fn order(dated: &Dated) -> (bool, Option<Date>) {
    (dated.day().is_none(), dated.day())
}

/// Numbers those of one name from the second on.
fn number(all: &mut [Dated]) {
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for dated in all {
        let count = known.entry(dated.name.clone()).or_default();
        *count += 1;
        if *count > 1 {
            dated.name = format!("{}-{count}", dated.name);
        }
    }
}

/// A day, what it is the day of, and its name.
type Named<'a> = (Date, What<'a>, String);

fn of_round<'a>(site: &'a Site, round: &'a Round) -> Vec<Named<'a>> {
    let named = |what: &str| format!("round-{}-{what}", round.number);
    let response = round.response.as_ref().and_then(|path| Some((path, out(site, path)?)));
    // A promise that was kept is told by the response alone.
    let kept = |due: &Date| response.is_some_and(|(_, moment)| moment.day <= *due);
    let opens = round.opens.map(|day| (day, What::Opens(round), named("opens")));
    let closes = round.closes.map(|day| (day, What::Closes(round), named("closes")));
    let events = round.events.iter().map(|event| {
        let name = named(&format!("event-{}", short(&event.what)));
        (event.date, What::Event(round, event), name)
    });
    let due = round.response_due.filter(|due| !kept(due)).map(|day| (day, What::Due(round), named("due")));
    let response = response.map(|(path, moment)| (moment.day, What::Response(round, path, moment), named("response")));
    opens.into_iter().chain(closes).chain(events).chain(due).chain(response).collect()
}

fn of_vote<'a>(vote: &'a Vote, timezone: &TimeZone) -> Vec<Named<'a>> {
    let opens = vote.opens.map(|day| (day, What::VoteOpens, "vote-opens".to_owned()));
    let closes = vote.closes.map(|day| (day, What::VoteCloses, "vote-closes".to_owned()));
    let result = vote.result.as_ref().map(|result| {
        let day = result.from.to_zoned(timezone.clone()).date();
        (day, What::Result(vote, result), "vote-result".to_owned())
    });
    opens.into_iter().chain(closes).chain(result).collect()
}

/// What was corrected or taken down; that a draft was published is told of the draft.
fn of_record<'a>(lock: &'a Lock, until: Timestamp, timezone: &TimeZone) -> Vec<Named<'a>> {
    let told = lock
        .entries
        .iter()
        .filter(|entry| entry.at <= until)
        .filter(|entry| matches!(entry.act, Act::Corrected | Act::Removed | Act::TakenDown));
    let dated = told.map(|entry| {
        let day = entry.at.to_zoned(timezone.clone()).date();
        (day, What::Recorded(entry), format!("record-{}", entry.number))
    });
    dated.collect()
}

/// When what a file holds came out, if it has.
fn out(site: &Site, path: &SitePath) -> Option<Moment> {
    site.published(path).filter(|moment| moment.at <= site.lens().at)
}

/// The same words have the same name.
fn short(words: &str) -> String {
    Digest::of(words.trim().as_bytes()).short(8)
}

/// The moment at which something of a document was last made known: a draft, or what came of its vote.
pub fn last_published(site: &Site, document: &Document) -> Option<Timestamp> {
    let drafts = document.drafts.values().filter(|draft| !site.is_unpublished(document, draft));
    let result = document.consultation.vote.as_ref().and_then(|vote| vote.result.as_ref());
    let recorded = document.lock.iter().flat_map(|lock| lock.entries.iter().map(|entry| entry.at));
    let known = drafts.filter_map(|draft| draft.published).map(|moment| moment.at).chain(recorded);
    known.chain(result.map(|result| result.from)).max()
}
