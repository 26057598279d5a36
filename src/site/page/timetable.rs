//! Dated things in words, for the front page, `/changes/`, the calendar and feeds.
//!
//! In: [`Dated`]. Out: [`DatedInWords`], what is said of one and where it leads; with it the [`Event`] of a page. Pages and
//! the calendar tell the same because both are written from here.

use super::Page;
use crate::paper::{Act, Document, Draft, Entry, Lead, Owner, Round, Status, Vote, VoteResult};
use crate::path::SitePath;
use crate::routes::{DocumentKey, Route};
use crate::site::cards::draft_route;
use crate::site::names::in_sentence;
use crate::site::timetable::{self, Dated, What};
use crate::site::view::{Event, EventDay, Link};
use crate::site::world::World;
use crate::words::phrase;
use std::collections::BTreeSet;

/// Where a dated thing leads.
#[derive(Clone, Debug)]
pub(super) enum Destination {
    /// To a page of the site.
    Here(Route),
    /// To an address of another site.
    Web(String),
}

impl Destination {
    /// Its full address.
    pub(super) fn full(&self, world: &World) -> String {
        match self {
            Destination::Here(route) => world.full(&route.address()),
            Destination::Web(address) => address.clone(),
        }
    }
}

/// A dated thing in words.
#[derive(Clone, Debug)]
pub(super) struct DatedInWords {
    /// For classes: `closes`.
    pub(super) name: &'static str,
    /// What sort of thing it is: `Comments`.
    pub(super) sort: String,
    /// What happens: `Last day for comments on round 3`; of a lone file its title.
    pub(super) text: String,
    /// Where it leads.
    pub(super) to: Destination,
    /// A sentence on it.
    pub(super) note: Option<String>,
    /// To the comparison with the draft before.
    pub(super) comparison: Option<(String, Route)>,
}

impl<'a> Page<'a> {
    /// All dated things of the site.
    pub(super) fn timetable(&self) -> Vec<Dated<'a>> {
        timetable::of_site(self.world.site(), &self.world.config().timezone)
    }

    /// The full address of what a dated thing is, which is its id for life: of a draft its own, of others a part of
    /// the document's.
    pub(super) fn id(&self, dated: &Dated) -> String {
        let key = DocumentKey::of(dated.document);
        match dated.what {
            What::Draft(draft, _) => self.world.full(&draft_route(dated.document, &draft.name).address()),
            _ => format!("{}#{}", self.world.full(&Route::Document(key).address()), dated.name),
        }
    }

    /// What is said of a dated thing.
    pub(super) fn told(&self, dated: &Dated) -> DatedInWords {
        let document = dated.document;
        let (name, sort, text) = match dated.what {
            What::Draft(draft, _) => return self.told_draft(document, draft),
            What::Opens(round) => ("opens", "date-comments", self.of_round("date-opens", round)),
            What::Closes(round) => ("closes", "date-comments", self.of_round("date-closes", round)),
            What::Event(_, event) => ("event", "date-event", event.what.clone()),
            What::Due(round) => ("due", "date-response", self.of_round("date-due", round)),
            What::Response(round, ..) => ("response", "date-response", self.of_round("date-responded", round)),
            What::Vote => ("vote", "date-vote", self.say("date-vote-expected")),
            What::VoteOpens => ("vote", "date-vote", self.say("date-vote-opens")),
            What::VoteCloses => ("vote-closes", "date-vote", self.say("date-vote-closes")),
            What::Result(_, result) => ("result", "date-vote", self.result(result)),
            What::Milestone(milestone) => ("milestone", "date-milestone", milestone.what.clone()),
            What::Recorded(entry) => ("record", "date-record", self.recorded(document, entry)),
        };
        let note = match dated.what {
            What::Closes(round) => round.extended_because.clone(),
            What::Response(_, path, _) => self.named(document, path),
            What::Result(vote, result) => self.outcome(document, vote, result),
            What::Recorded(entry) => entry.note.clone(),
            _ => None,
        };
        DatedInWords { name, sort: self.say(sort), text, to: self.destination(dated), note, comparison: None }
    }

    fn told_draft(&self, document: &Document, draft: &Draft) -> DatedInWords {
        let note = draft.note.clone().or_else(|| draft.summary.clone()).unwrap_or_else(|| document.summary.clone());
        let comparison = draft.base.as_ref().map(|base| {
            let route = Route::Comparison(DocumentKey::of(document), base.clone(), draft.name.clone());
            (self.say(phrase("changed-since").with("draft", self.world.label(base))), route)
        });
        let label = self.world.label(&draft.name);
        DatedInWords {
            name: if document.lone { document.kind.word() } else { "draft" },
            sort: if document.lone { self.world.kind(document.kind) } else { self.say("date-draft") },
            text: match document.lone {
                true => document.title.clone(),
                false => self.say(phrase("date-published").with("draft", label)),
            },
            to: Destination::Here(draft_route(document, &draft.name)),
            note: Some(note),
            comparison,
        }
    }

    fn of_round(&self, key: &'static str, round: &Round) -> String {
        self.say(phrase(key).with("number", round.number))
    }

    /// `Correction to draft 2`.
    fn recorded(&self, document: &Document, entry: &Entry) -> String {
        let key = match (entry.act, document.lone) {
            (Act::Corrected, false) => "date-corrected",
            (Act::Corrected, true) => "date-corrected-lone",
            (Act::TakenDown, _) => "date-taken-down",
            (_, false) => "date-removed",
            (_, true) => "date-removed-lone",
        };
        self.say(
            phrase(key)
                .with("draft", in_sentence(&self.world.theme().words, &entry.draft))
                .with("title", &*document.title),
        )
    }

    /// `Result of the vote: 1,204 for, 310 against`.
    fn result(&self, result: &VoteResult) -> String {
        let said = phrase("date-result").with("for", result.in_favour);
        self.say(said.with("against", result.against))
    }

    /// What a response is called; of a draft of the same document its label alone.
    fn named(&self, own: &Document, path: &SitePath) -> Option<String> {
        let site = self.world.site();
        let (section, name, draft) = match site.source_of(path)? {
            Owner::Draft { section, name, draft } | Owner::Chapter { section, name, draft, .. } => {
                (section, name, Some(draft))
            }
            Owner::Document { section, name } => (section, name, None),
            Owner::Front | Owner::Page { .. } => return None,
        };
        let document = site.document(section, name)?;
        let draft = draft.and_then(|name| document.drafts.get(name));
        let same = DocumentKey::of(own) == DocumentKey::of(document);
        let title = match draft {
            Some(draft) if same => self.world.label(&draft.name),
            Some(draft) => self.draft_title(document, draft),
            None => document.title.clone(),
        };
        Some(self.say(phrase("date-see").with("title", title)))
    }

    /// What became of the draft that was voted on, and how many voted.
    fn outcome(&self, document: &Document, vote: &Vote, result: &VoteResult) -> Option<String> {
        let draft = vote.draft.as_ref().and_then(|name| document.drafts.get(name));
        let decided = draft.and_then(|draft| Some((draft, draft.status.filter(|status| is_decided(*status))?)));
        let status = decided.map(|(draft, status)| {
            let said = phrase("date-decided").with("draft", self.world.label(&draft.name));
            self.say(said.with("status", self.world.status(status)))
        });
        let said: Vec<_> = status.into_iter().chain(self.world.turnout(result)).collect();
        (!said.is_empty()).then(|| said.join(" "))
    }

    /// Where a dated thing leads: an event to what its author names, a response to its file, else to the options
    /// of the round or to the document.
    fn destination(&self, dated: &Dated) -> Destination {
        let owner = |path| self.world.site().source_of(path).map(|owner| Destination::Here(Route::of(owner)));
        let named = match dated.what {
            What::Event(_, event) => match &event.link {
                Some(Lead::Web(address)) => Some(Destination::Web(address.clone())),
                Some(Lead::File(path)) => owner(path),
                None => None,
            },
            What::Response(_, path, _) => owner(path),
            _ => None,
        };
        let key = DocumentKey::of(dated.document);
        let options = |round: &&Round| dated.document.round(round.number).count() > 1;
        named.unwrap_or_else(|| match dated.what {
            What::Opens(round) | What::Closes(round) | What::Event(round, _) if options(&round) => {
                Destination::Here(Route::Round(key, round.number))
            }
            What::Recorded(_) => Destination::Here(Route::Record(key)),
            What::Vote | What::VoteOpens | What::VoteCloses | What::Result(..) if self.has_vote(&key) => {
                Destination::Here(Route::Vote(key))
            }
            _ => Destination::Here(Route::Document(key)),
        })
    }

    fn has_vote(&self, key: &DocumentKey) -> bool {
        self.world.address_if_known(&Route::Vote(key.clone())).is_some()
    }

    /// A dated thing on a page.
    fn event(&self, dated: &Dated) -> Event {
        let (told, cards) = (self.told(dated), self.cards());
        let document = dated.document;
        let link = match told.to {
            Destination::Here(route) => cards.link(told.text, &route),
            Destination::Web(href) => Link { text: told.text, href, current: false },
        };
        let own = || cards.link(document.title.clone(), &Route::Document(DocumentKey::of(document)));
        Event {
            name: told.name.to_owned(),
            what: told.sort,
            link,
            document: (!document.lone).then(own),
            note: told.note,
            comparison: told.comparison.map(|(text, route)| cards.link(text, &route)),
            groups: cards.groups(document),
        }
    }

    /// The same of many, by day.
    pub(super) fn by_day(&self, list: &[Dated]) -> Vec<EventDay> {
        let days = list.chunk_by(|one, other| one.when == other.when).filter_map(|day| {
            let events: Vec<_> = day.iter().map(|dated| self.event(dated)).collect();
            let everybody = events.iter().any(|event| event.groups.is_empty());
            let groups: BTreeSet<_> = events.iter().flat_map(|event| &event.groups).filter(|_| !everybody).collect();
            let groups = groups.into_iter().cloned().collect();
            let first = day.first()?;
            let behind = day.iter().filter_map(Dated::behind).max().filter(|behind| *behind > self.world.today());
            Some(EventDay {
                day: first.day().map(|day| self.world.day(day)),
                expected: first.expected().map(str::to_owned),
                until: behind.and_then(|behind| self.world.moment(behind)),
                groups,
                events,
            })
        });
        days.collect()
    }

    /// What is still to come, soonest first; what is expected without a day; and what happened, newest first.
    pub(super) fn events(&self) -> Events<'_> {
        let today = self.world.today();
        let (days, expected): (Vec<_>, Vec<_>) = self.timetable().into_iter().partition(|dated| dated.day().is_some());
        let (mut past, coming): (Vec<_>, Vec<_>) =
            days.into_iter().partition(|dated| dated.behind().is_some_and(|behind| behind <= today));
        past.sort_by_key(|dated| std::cmp::Reverse(dated.day()));
        Events { coming, expected, past }
    }
}

/// The timetable as a page shows it.
pub(super) struct Events<'w> {
    pub(super) coming: Vec<Dated<'w>>,
    pub(super) expected: Vec<Dated<'w>>,
    pub(super) past: Vec<Dated<'w>>,
}

/// Whether a vote can have led to it.
fn is_decided(status: Status) -> bool {
    matches!(status, Status::Adopted | Status::Rejected | Status::Withdrawn)
}
