//! Years that cannot be meant: slips such as 0021 or 2921.
//!
//! In: an archive. Out: a finding for each date before 1990, and for each that lies more than fifty years
//! after the other dates of the site. No clock is asked.

use crate::diag::{self, Diagnostic};
use crate::paper::{Archive, Document, Step, Text, When};
use jiff::civil::Date;

/// The first year of a date that is taken as it is.
const FIRST: i16 = 1990;

/// How many years may lie between a date and the one before it.
const GAP: i16 = 50;

/// A date with where it is written.
struct Dated<'a> {
    text: &'a Text,
    way: Vec<Step>,
    day: Date,
}

/// The dates of a site whose year cannot be meant.
pub(super) fn check(archive: &Archive) -> Vec<Diagnostic> {
    let dated: Vec<_> = archive.documents.values().flat_map(|document| of_document(document)).collect();
    let mut days: Vec<_> = dated.iter().map(|own| own.day).filter(|day| day.year() >= FIRST).collect();
    days.sort_unstable();
    let gap = days.windows(2).find_map(|pair| match pair {
        [before, after] if after.year() - before.year() > GAP => Some(*before),
        _ => None,
    });
    dated.iter().filter_map(|own| finding(own, gap)).collect()
}

fn finding(own: &Dated, gap: Option<Date>) -> Option<Diagnostic> {
    let key = own.way.iter().rev().find_map(|step| match step {
        Step::Key(key) => Some(*key),
        Step::Entry(..) => None,
    })?;
    let day = own.day;
    let message = match gap {
        _ if day.year() < FIRST => format!("`{key}` is {day}, before {FIRST}"),
        Some(before) if day > before => {
            format!("`{key}` is {day}, more than {GAP} years after {before}, the last of the other dates of the site")
        }
        _ => return None,
    };
    let place = own.text.place_of(&own.way).unwrap_or_else(|| own.text.source.place(0..0));
    Some(Diagnostic::at(&diag::DATES, place, message).hint("look at the year: is it the one that you mean?"))
}

/// The dates of a document.
fn of_document(document: &Document) -> Vec<Dated<'_>> {
    let mut dated = Vec::new();
    for draft in document.drafts.values() {
        let day = draft.published.map(|published| published.day);
        dated.extend(day.map(|day| Dated { text: &draft.text, way: vec![Step::Key("published")], day }));
    }
    let first = document.drafts.values().next().map(|draft| &draft.text);
    let Some(text) = document.index.as_ref().or(first) else { return dated };
    let mut add = |way: Vec<Step>, day: Option<Date>| dated.extend(day.map(|day| Dated { text, way, day }));
    add(vec![Step::Key("date")], document.date);
    for round in document.rounds.values() {
        let way = |key| [Step::Key("rounds"), Step::Entry("round", round.number.to_string()), Step::Key(key)];
        add(way("opens").into(), round.opens);
        add(way("closes").into(), round.closes);
        add(way("response_due").into(), round.response_due);
        for event in &round.events {
            let of_event = [Step::Entry("date", event.date.to_string()), Step::Key("date")];
            add(way("events").into_iter().chain(of_event).collect(), Some(event.date));
        }
    }
    if let Some(vote) = &document.consultation.vote {
        add(vec![Step::Key("vote"), Step::Key("opens")], vote.opens);
        add(vec![Step::Key("vote"), Step::Key("closes")], vote.closes);
    }
    for milestone in &document.consultation.milestones {
        let When::Day(day) = milestone.when else { continue };
        let way = [Step::Key("milestones"), Step::Entry("date", day.to_string()), Step::Key("date")];
        add(way.into(), Some(day));
    }
    dated
}
