//! The pieces of views that several pages share: documents, drafts, rounds, comparisons.

use super::view::{Counts, DocumentCard, DraftCard, Link, Pair, RoundCard, State, Step};
use super::world::World;
use crate::diff;
use crate::paper::{Document, Draft, DraftName};
use crate::path::Address;
use crate::routes::{DocumentKey, Route, compared, compared_chapters, moved_chapters};
use crate::words::{Words, phrase};

/// Words that are read in a minute.
const WORDS_A_MINUTE: usize = 240;

/// Pieces of views, seen from one page.
#[derive(Clone, Copy)]
pub struct Cards<'a> {
    /// The site.
    pub world: &'a World,
    /// The page that is written.
    pub at: &'a Address,
}

impl Cards<'_> {
    /// The language of the site.
    pub fn words(&self) -> &Words {
        &self.world.theme().words
    }

    /// A reference to a route.
    pub fn href(&self, route: &Route) -> String {
        self.world.href(self.at, &route.address())
    }

    /// A link to a route.
    pub fn link(&self, text: impl Into<String>, route: &Route) -> Link {
        self.world.link(self.at, text, &route.address())
    }

    /// A document in a list.
    pub fn document(&self, document: &Document) -> DocumentCard {
        let key = DocumentKey::of(document);
        let published = document.newest().filter_map(|draft| draft.published).map(|moment| moment.day).max();
        let state = self.newest_state(document);
        let by = document.by.clone().or_else(|| document.letter.as_ref().map(|letter| letter.from.clone()));
        DocumentCard {
            address: Route::Document(key.clone()).address().to_string(),
            link: self.link(document.title.clone(), &Route::Document(key)),
            kind: self.world.kind(document.kind),
            summary: document.summary.clone(),
            by,
            date: document.date.or(published).map(|date| self.world.day(date)),
            newest: self.world.newest_label(document),
            until: state.as_ref().and_then(State::until),
            state,
            vote: document.consultation.vote.as_ref().and_then(|vote| self.vote(document, vote)),
            groups: self.groups(document),
        }
    }

    /// The groups that the newest drafts of a document concern, what only parts of them name included; none where
    /// it concerns everybody.
    pub fn groups(&self, document: &Document) -> Vec<String> {
        let everybody = document.newest().any(|draft| document.groups_of(draft, None).is_empty());
        let concerned = |name: &String| {
            document.newest().any(|draft| {
                document.groups_of(draft, None).contains(name)
                    || draft.chapters.iter().any(|own| own.groups.contains(name))
            })
        };
        let names = self.world.config().groups.iter().map(|group| group.name.clone());
        names.filter(|name| !everybody && concerned(name)).collect()
    }

    /// The state of a document's newest round.
    pub fn newest_state(&self, document: &Document) -> Option<State> {
        let coming = document.rounds.values().next_back();
        let newest = document.newest_round().and_then(|round| document.rounds.get(&round));
        newest.or(coming).and_then(|round| self.round_state(document, round))
    }

    /// The state of a draft's round.
    pub fn state(&self, document: &Document, draft: &Draft) -> Option<State> {
        let round = document.rounds.get(&draft.name.round).filter(|_| !draft.is_laid_aside());
        round.and_then(|round| self.round_state(document, round))
    }

    /// A draft in a list, or the one that a page shows.
    pub fn draft(&self, document: &Document, draft: &Draft) -> DraftCard {
        let route = draft_route(document, &draft.name);
        let words = self.world.words(&draft.text)
            + draft.chapters.iter().map(|chapter| self.world.words(&chapter.text)).sum::<usize>();
        let mut before: Vec<_> = draft.follows.iter().collect();
        before.sort_by_key(|name| Some(*name) != draft.base.as_ref());
        DraftCard {
            name: draft.name.to_string(),
            label: self.world.label(&draft.name),
            option: self.world.option(&draft.name),
            title: draft.title.clone(),
            href: self.href(&route),
            current: route.address() == *self.at,
            newest: document.newest().any(|newest| newest.name == draft.name),
            published: draft
                .published
                .filter(|_| !self.world.site().is_unpublished(document, draft))
                .map(|moment| self.world.day(moment.day)),
            summary: draft.summary.clone(),
            note: draft.note.clone(),
            status: draft.status.map(|status| self.world.status(status)),
            status_because: draft.status_because.clone(),
            follows: before.into_iter().map(|before| self.step(document, before, &draft.name)).collect(),
            words,
            minutes: words.div_ceil(WORDS_A_MINUTE).max(1),
        }
    }

    fn step(&self, document: &Document, before: &DraftName, name: &DraftName) -> Step {
        let key = DocumentKey::of(document);
        Step {
            draft: self.link(self.world.label(before), &Route::Draft(key.clone(), before.clone())),
            href: self.href(&Route::Comparison(key, before.clone(), name.clone())),
            counts: self.counts(document, before, name),
        }
    }

    /// A round with its drafts.
    pub fn round(&self, document: &Document, number: u32) -> RoundCard {
        let key = DocumentKey::of(document);
        let drafts: Vec<_> = document.round(number).map(|draft| self.draft(document, draft)).collect();
        RoundCard {
            number,
            label: self.world.say(phrase("round").with("number", number)),
            state: document
                .rounds
                .get(&number)
                .and_then(|round| self.round_state(document, round))
                .filter(|state| state.name == "coming" || !drafts.is_empty()),
            href: (!drafts.is_empty()).then(|| self.href(&Route::Round(key.clone(), number))),
            drafts,
            taken_down: self.taken_down(document, number),
        }
    }

    /// The drafts of a round that were taken down.
    fn taken_down(&self, document: &Document, round: u32) -> Vec<Link> {
        let gone = document.lock.as_ref().map_or_else(Vec::new, |lock| lock.gone());
        let links = gone.into_iter().filter(|name| name.round == round).filter_map(|name| {
            let route = Route::TakenDown(DocumentKey::of(document), name.clone());
            let href = self.world.if_known(self.at, &route)?;
            Some(Link { text: self.world.label(&name), href, current: false })
        });
        links.collect()
    }

    /// Every comparison of a document.
    pub fn pairs(&self, document: &Document) -> Vec<Pair> {
        let key = DocumentKey::of(document);
        let pairs = compared(document, self.world.config().compare).into_iter().map(|(old, new)| {
            let route = Route::Comparison(key.clone(), old.clone(), new.clone());
            Pair {
                old: self.world.label(&old),
                new: self.world.label(&new),
                href: self.href(&route),
                counts: self.counts(document, &old, &new),
                current: route.address() == *self.at,
            }
        });
        pairs.collect()
    }

    /// What changed between two drafts, chapters included, in numbers.
    pub fn counts(&self, document: &Document, old: &DraftName, new: &DraftName) -> Counts {
        self.in_words(&self.raw_counts(document, old, new), (old, new))
    }

    /// Counts with a sentence; options of one round are not older and newer.
    pub fn in_words(&self, counts: &diff::Counts, (old, new): (&DraftName, &DraftName)) -> Counts {
        let (a, b) = (self.world.option(old), self.world.option(new));
        let parts = match old.round == new.round {
            false => [
                (counts.edited, "counts-changed", "counts-more-changed", ""),
                (counts.added, "counts-added", "counts-more-added", ""),
                (counts.removed, "counts-removed", "counts-more-removed", ""),
                (counts.moved, "counts-moved", "counts-more-moved", ""),
            ],
            true => [
                (counts.edited, "options-differ", "options-more-differ", ""),
                (counts.removed, "options-only", "options-more-only", a.as_str()),
                (counts.added, "options-only", "options-more-only", b.as_str()),
                (counts.moved, "options-moved", "options-more-moved", ""),
            ],
        };
        let parts = parts.into_iter().filter(|(count, ..)| *count > 0).enumerate();
        let said = parts.map(|(at, (count, first, more, option))| {
            let key = if at == 0 { first } else { more };
            self.words().say(phrase(key).with("count", count).with("option", option))
        });
        let text = said.collect::<Vec<_>>().join(&self.words().say("list-comma"));
        let nothing = if old.round == new.round { "options-nothing" } else { "counts-nothing" };
        Counts { numbers: *counts, text: if text.is_empty() { self.words().say(nothing) } else { text } }
    }

    fn raw_counts(&self, document: &Document, old: &DraftName, new: &DraftName) -> diff::Counts {
        let Some((before, after)) = document.drafts.get(old).zip(document.drafts.get(new)) else {
            return diff::Counts::default();
        };
        let mut counts = self.world.compared(document, before, after).counts;
        counts.moved += moved_chapters(before, after).len();
        let titles = compared_chapters(before, after).into_iter().filter(|name| {
            let title = |draft: &Draft| draft.chapter(name).map(|own| own.title.clone());
            title(before).zip(title(after)).is_some_and(|(was, is)| was != is)
        });
        counts.edited += titles.count();
        counts
    }
}

/// Where a draft stands: of a lone file at the address of its document.
pub fn draft_route(document: &Document, draft: &DraftName) -> Route {
    let key = DocumentKey::of(document);
    if document.lone { Route::Document(key) } else { Route::Draft(key, draft.clone()) }
}
