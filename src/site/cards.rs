//! The pieces of views that several pages share: documents, drafts, rounds, comparisons.

use super::dates::{day, state};
use super::view::{Counts, DocumentCard, DraftCard, Link, Pair, RoundCard, State, Step};
use super::world::World;
use crate::config::Kind;
use crate::diff;
use crate::paper::{Document, Draft, DraftName, Status};
use crate::path::Address;
use crate::routes::{DocumentKey, Route, compared, compared_chapters, moved_chapters};

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
        let by = document.by.clone().or_else(|| document.letter.as_ref().map(|letter| letter.from.clone()));
        DocumentCard {
            link: self.link(document.title.clone(), &Route::Document(key)),
            kind: kind(document.kind).to_owned(),
            summary: document.summary.clone(),
            by,
            date: document.date.or(published).map(day),
            newest: newest(document),
            state: self.newest_state(document),
        }
    }

    /// The state of a document's newest round.
    pub fn newest_state(&self, document: &Document) -> Option<State> {
        let coming = document.rounds.values().next_back();
        let newest = document.newest_round().and_then(|round| document.rounds.get(&round));
        newest.or(coming).and_then(|round| state(round, self.world.today()))
    }

    /// The state of a draft's round.
    pub fn state(&self, document: &Document, draft: &Draft) -> Option<State> {
        let round = document.rounds.get(&draft.name.round).filter(|_| !draft.is_laid_aside());
        round.and_then(|round| state(round, self.world.today()))
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
            label: draft.name.label(),
            title: draft.title.clone(),
            href: self.href(&route),
            current: route.address() == *self.at,
            newest: document.newest().any(|newest| newest.name == draft.name),
            published: draft
                .published
                .filter(|_| !self.world.site().is_unpublished(document, draft))
                .map(|moment| day(moment.day)),
            summary: draft.summary.clone(),
            note: draft.note.clone(),
            status: draft.status.map(|status| status_word(status).to_owned()),
            status_because: draft.status_because.clone(),
            follows: before.into_iter().map(|before| self.step(document, before, &draft.name)).collect(),
            words,
            minutes: words.div_ceil(WORDS_A_MINUTE).max(1),
        }
    }

    fn step(&self, document: &Document, before: &DraftName, name: &DraftName) -> Step {
        let key = DocumentKey::of(document);
        Step {
            draft: self.link(before.label(), &Route::Draft(key.clone(), before.clone())),
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
            label: format!("Round {number}"),
            state: document
                .rounds
                .get(&number)
                .and_then(|round| state(round, self.world.today()))
                .filter(|state| state.name == "coming" || !drafts.is_empty()),
            href: (!drafts.is_empty()).then(|| self.href(&Route::Round(key, number))),
            drafts,
        }
    }

    /// Every comparison of a document.
    pub fn pairs(&self, document: &Document) -> Vec<Pair> {
        let key = DocumentKey::of(document);
        let pairs = compared(document).into_iter().map(|(old, new)| {
            let route = Route::Comparison(key.clone(), old.clone(), new.clone());
            Pair {
                old: old.label(),
                new: new.label(),
                href: self.href(&route),
                counts: self.counts(document, &old, &new),
                current: route.address() == *self.at,
            }
        });
        pairs.collect()
    }

    /// What changed between two drafts, chapters included, in numbers.
    pub fn counts(&self, document: &Document, old: &DraftName, new: &DraftName) -> Counts {
        in_words(&self.raw_counts(document, old, new), (old, new))
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

/// Counts with a sentence; options of one round are not older and newer.
pub fn in_words(counts: &diff::Counts, (old, new): (&DraftName, &DraftName)) -> Counts {
    let options = old.round == new.round;
    let (a, b) = (only_in(old), only_in(new));
    let parts = match options {
        false => [
            (counts.edited, "changed".into()),
            (counts.added, "added".into()),
            (counts.removed, "removed".into()),
            (counts.moved, "moved".into()),
        ],
        true => [
            (counts.edited, if counts.edited == 1 { "differs" } else { "differ" }.into()),
            (counts.removed, a),
            (counts.added, b),
            (counts.moved, "in another place".into()),
        ],
    };
    let mut parts = parts.into_iter().filter(|(count, _): &(usize, String)| *count > 0);
    let first = parts
        .next()
        .map(|(count, what)| format!("{count}\u{a0}{} {what}", if count == 1 { "passage" } else { "passages" }));
    let rest = parts.map(|(count, what)| format!("{count}\u{a0}{what}"));
    let text = first.into_iter().chain(rest).collect::<Vec<_>>().join(", ");
    Counts {
        numbers: *counts,
        text: match (text.is_empty(), options) {
            (false, _) => text,
            (true, false) => "Nothing changed".to_owned(),
            (true, true) => "No difference".to_owned(),
        },
    }
}

fn only_in(name: &DraftName) -> String {
    match &name.option {
        Some(option) => format!("only in option {}", option.to_uppercase()),
        None => format!("only in {}", name.label()),
    }
}

/// The newest draft or options, in words.
fn newest(document: &Document) -> String {
    let mut names = document.newest().map(|draft| &draft.name);
    let (Some(first), false) = (names.next(), document.lone) else { return String::new() };
    let rest: Vec<_> = names.filter_map(|name| name.option.as_ref()).map(|option| option.to_uppercase()).collect();
    if rest.is_empty() {
        return first.label();
    }
    let own = first.option.as_ref().map(|option| option.to_uppercase());
    let letters: Vec<_> = own.into_iter().chain(rest).collect();
    format!("Draft {}, options {}", first.round, and(&letters))
}

/// Words joined by commas and `and`.
pub fn and(words: &[String]) -> String {
    match words.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    }
}

/// A kind in words.
pub fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Proposal => "Proposal",
        Kind::Letter => "Letter",
        Kind::Strategy => "Strategy",
        Kind::Update => "Update",
        Kind::Page => "Page",
    }
}

fn status_word(status: Status) -> &'static str {
    match status {
        Status::Final => "Final",
        Status::Adopted => "Adopted",
        Status::Rejected => "Rejected",
        Status::Discarded => "Discarded",
        Status::Withdrawn => "Withdrawn",
    }
}
