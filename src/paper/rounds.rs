//! Rounds: what front matter lists, and what drafts there are.
//!
//! In: the `rounds` of a document's front matter and the document's drafts. Out: an entry for every round
//! that is listed or has drafts; a listed round without drafts is one that is still to come.

use super::around::Around;
use super::fields::{Fields, Word};
use super::{DraftName, Event, Round, Way};
use crate::diag;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry as Slot;
use std::ops::Range;

/// Rounds as they are listed, each with the place of its number.
pub(super) type Listed = BTreeMap<u32, (Round, Range<usize>)>;

/// Reads `rounds`.
pub(super) fn read(fields: &mut Fields, around: &Around) -> Listed {
    let mut listed = Listed::new();
    for mut entry in fields.list_of("rounds") {
        let number = entry.word("round").and_then(|word| number(&mut entry, &word));
        let round = Round {
            number: number.unwrap_or(0),
            opens: entry.date("opens"),
            closes: entry.date("closes"),
            ..told(&mut entry, around)
        };
        check_dates(&mut entry, &round);
        let round = Round { events: events(&mut entry, &round, around), ..round };
        let range = entry.key_range("round");
        match number.map(|number| listed.entry(number)) {
            Some(Slot::Vacant(slot)) => {
                slot.insert((round, range));
            }
            Some(Slot::Occupied(_)) => {
                let message = format!("round {} is listed a second time", round.number);
                entry.report(&diag::ROUND, range, message, "keep one entry for each round");
            }
            None => {}
        }
        fields.found.append(&mut entry.found);
    }
    listed
}

/// What readers of a round are told beside its days and events.
fn told(entry: &mut Fields, around: &Around) -> Round {
    Round {
        respond: ways(entry),
        response_due: entry.date("response_due"),
        response: entry.file("response", around),
        short_because: entry.text("short_because"),
        extended_because: entry.text("extended_because"),
        ..Round::default()
    }
}

fn check_dates(entry: &mut Fields, round: &Round) {
    let Some(closes) = round.closes else { return };
    if let Some(opens) = round.opens.filter(|opens| closes < *opens) {
        let range = entry.key_range("closes");
        let message = format!("the round closes on {closes}, before it opens on {opens}");
        entry.report(&diag::ROUND, range, message, "change `opens` or `closes`");
    }
    if let Some(due) = round.response_due.filter(|due| *due < closes) {
        let range = entry.key_range("response_due");
        let message = format!("a response is due on {due}, before the round closes on {closes}");
        entry.report(&diag::ROUND, range, message, "change `response_due` or `closes`");
    }
}

fn ways(fields: &mut Fields) -> Vec<Way> {
    let mut ways = Vec::new();
    for mut entry in fields.list_of("respond") {
        ways.extend(entry.text("by").zip(entry.reply_to()).map(|(by, to)| Way { by, to }));
        fields.found.append(&mut entry.found);
    }
    ways
}

/// The events of a round; reports those that take place while it is not open.
fn events(fields: &mut Fields, round: &Round, around: &Around) -> Vec<Event> {
    let mut events = Vec::new();
    for mut entry in fields.list_of("events") {
        let date = entry.date("date");
        let early = date.zip(round.opens).filter(|(date, opens)| date < opens);
        let late = date.zip(round.closes).filter(|(date, closes)| date > closes);
        let message = match (early, late) {
            (Some((date, opens)), _) => Some(format!("the event is on {date}, before the round opens on {opens}")),
            (_, Some((date, closes))) => Some(format!("the event is on {date}, after the round closes on {closes}")),
            _ => None,
        };
        if let Some(message) = message {
            let range = entry.key_range("date");
            entry.report(&diag::ROUND, range, message, "change the date, or list it under `milestones`");
        }
        let (what, link) = (entry.text("what"), entry.lead("link", around));
        events.extend(date.zip(what).map(|(date, what)| Event { date, what, link }));
        fields.found.append(&mut entry.found);
    }
    events
}

fn number(entry: &mut Fields, word: &Word) -> Option<u32> {
    let number = word.text.parse().ok().filter(|number| *number > 0);
    if number.is_none() {
        let message = format!("`round` must be a number from 1, not `{}`", word.text);
        entry.report(
            &diag::BAD_VALUE,
            word.range.clone(),
            message,
            "write the number in the names of the round's drafts",
        );
    }
    number
}

/// The rounds of a document; reports listed ones that should have drafts by now.
pub(super) fn settle<'d>(
    listed: Listed,
    drafts: impl Iterator<Item = &'d DraftName> + Clone,
    fields: &mut Fields,
) -> BTreeMap<u32, Round> {
    let newest = drafts.clone().map(|name| name.round).max().unwrap_or(0);
    let mut rounds = BTreeMap::new();
    for name in drafts {
        rounds.insert(name.round, Round { number: name.round, ..Round::default() });
    }
    for (number, (round, range)) in listed {
        if number < newest && !rounds.contains_key(&number) {
            let message = format!("round {number} has no drafts, though round {newest} has");
            let hint = format!("add draft-{number}.md, or remove the entry");
            fields.report(&diag::ROUND, range, message, hint);
        }
        rounds.insert(number, round);
    }
    rounds
}

#[cfg(test)]
mod tests {
    use super::super::sample::{DRAFT, archive, check};
    use super::super::{Lead, To};

    /// Findings in an index with these rounds, beside drafts of rounds 1 and 3.
    fn check_rounds(rounds: &str, expected: &[&str]) {
        let index = format!("---\ntitle: A\nsummary: B\nrounds:\n{rounds}\n---\n");
        let files = [
            ("content/proposals/a/index.md", index.as_str()),
            ("content/proposals/a/draft-1.md", DRAFT),
            ("content/proposals/a/draft-3.md", DRAFT),
        ];
        let expected: Vec<_> = expected.iter().map(|line| format!("proposals/a/index.md:{line}")).collect();
        check(&files, &expected.iter().map(String::as_str).collect::<Vec<_>>());
    }

    #[test]
    fn rounds_that_are_right_are_read() {
        check_rounds(
            "  - round: 1\n    opens: 2021-08-05\n    closes: 2021-08-05\n  - {round: 4, opens: 2021-12-01}",
            &[],
        );
        check_rounds("- round: 3\n- round: 1", &[]);
    }

    #[test]
    fn every_round_has_an_entry() {
        let index = "---\ntitle: A\nsummary: B\nrounds:\n  - round: 2\n    opens: 2021-08-05\n---\n";
        let archive = archive(&[("content/proposals/a/index.md", index), ("content/proposals/a/draft-1.md", DRAFT)]);
        let rounds =
            archive.document("proposals", "a").map(|document| document.rounds.values().cloned().collect::<Vec<_>>());
        let rounds = rounds.unwrap_or_default();
        assert_eq!(
            rounds.iter().map(|round| (round.number, round.opens.is_some())).collect::<Vec<_>>(),
            [(1, false), (2, true)]
        );
    }

    #[test]
    fn a_round_in_the_past_has_drafts() {
        check_rounds(
            "  - round: 2",
            &["5:5 round: round 2 has no drafts, though round 3 has; add draft-2.md, or remove the entry"],
        );
    }

    #[test]
    fn a_round_stands_once_and_closes_after_it_opens() {
        check_rounds("  - round: 1\n  - round: 1", &["6:5 round: round 1 is listed a second time"]);
        check_rounds(
            "  - round: 1\n    opens: 2021-09-01\n    closes: 2021-08-01",
            &["7:5 round: the round closes on 2021-08-01, before it opens on 2021-09-01"],
        );
    }

    #[test]
    fn keys_of_a_round_are_checked_where_they_stand() {
        check_rounds(
            "  - round: 1\n    open: 2021-09-01\n  - round: three\n    closes: 2021-09-31",
            &[
                "6:5 unknown-key: unknown key `open` in an entry of `rounds`; did you mean `opens`?",
                "7:12 bad-value: `round` must be a number from 1, not `three`",
                "8:13 bad-date: `closes`: `2021-09-31` is not a day of the calendar; September 2021 has 30 days",
            ],
        );
        check_rounds("  - {round: 1, close: 2021-09-01}", &["5:16 unknown-key: unknown key `close`"]);
        check_rounds("  - opens: 2021-09-01", &["5:3 missing-key: an entry of `rounds` needs the key `round`"]);
        check_rounds(
            "  - round: 1\n    opens: 2021-09-01\n    opens: 2021-09-02",
            &["7:5 duplicate-key: `opens` stands here a second time"],
        );
    }

    #[test]
    fn rounds_are_a_list_of_sets_of_keys() {
        check_rounds("  round: 1", &["4:1 bad-value: `rounds` must be a list, not a set of keys; begin each entry"]);
        check_rounds("  - 1", &["5:3 bad-value: an entry of `rounds` must be a set of keys, not a text"]);
    }

    #[test]
    fn ways_to_reply_and_events_are_read_as_they_are_meant() {
        let index = "---\ntitle: A\nsummary: B\nrounds:\n  - round: 1\n    opens: 2021-08-05\n    respond:\n      - by: E-mail\n        \
                     to: a@example.org\n      - {by: Form, to: 'https://example.org/form?a=b,c'}\n      - by: Telephone\n        to: tel:+44 20 7946 0000\n      \
                     - by: Post\n        to: \"Freepost: REVIEW\"\n    closes: 2021-08-31\n    events:\n    - date: 2021-08-05\n      what: \"opens: a walk\"\n      \
                     link: draft-1.md\n    response: index.md\n    short_because: None.\n---\n";
        let archive = archive(&[("content/proposals/a/index.md", index), ("content/proposals/a/draft-1.md", DRAFT)]);
        let round = archive.document("proposals", "a").and_then(|a| a.rounds.get(&1).cloned()).unwrap_or_default();
        let to: Vec<_> = round.respond.iter().map(|way| way.to.clone()).collect();
        let words = |text: &str| text.to_owned();
        assert_eq!(
            to,
            [
                To::Mail(words("a@example.org")),
                To::Web(words("https://example.org/form?a=b,c")),
                To::Phone(words("+44 20 7946 0000")),
                To::Words(words("Freepost: REVIEW"))
            ]
        );
        assert_eq!((round.closes.is_some(), round.short_because.as_deref()), (true, Some("None.")));
        assert_eq!(round.response.map(|path| path.to_string()).as_deref(), Some("content/proposals/a/index.md"));
        let event = round.events.first().expect("an event");
        assert_eq!(event.what, "opens: a walk");
        assert!(matches!(&event.link, Some(Lead::File(path)) if path.name() == "draft-1.md"));
    }

    #[test]
    fn days_of_a_round_fit_one_another() {
        let with = |more: &str| format!("  - round: 1\n    opens: 2021-08-05\n    closes: 2021-08-31\n{more}");
        check_rounds(&with("    response_due: 2021-08-31\n    events: [{date: 2021-08-31, what: A}]"), &[]);
        check_rounds(
            &with("    response_due: 2021-08-30"),
            &[
                "8:5 round: a response is due on 2021-08-30, before the round closes on 2021-08-31; change `response_due`",
            ],
        );
        check_rounds(
            &with("    events:\n      - what: A\n        date: 2021-08-04\n      - date: 2021-09-01\n        what: B"),
            &[
                "10:9 round: the event is on 2021-08-04, before the round opens on 2021-08-05; change the date, or list it under",
                "11:9 round: the event is on 2021-09-01, after the round closes on 2021-08-31",
            ],
        );
    }

    #[test]
    fn lists_in_a_round_are_read_strictly() {
        let with = |more: &str| format!("  - round: 1\n{more}");
        check_rounds(
            &with("    respond: a@b.c"),
            &["6:14 bad-value: `respond` must be a list, not a text; begin each entry"],
        );
        check_rounds(
            &with("    respond:\n      - by: Post\n      - bye: x\n        to: y\n      - to: z"),
            &[
                "7:7 missing-key: an entry of `respond` needs the key `to`",
                "8:9 unknown-key: unknown key `bye` in an entry of `respond`; did you mean `by`?",
                "10:7 missing-key: an entry of `respond` needs the key `by`",
            ],
        );
        check_rounds(
            &with("    events: [{date: soon, what: A, where: B}, words]"),
            &[
                "6:21 bad-date: `date`",
                "6:36 unknown-key: unknown key `where` in an entry of `events`",
                "6:47 bad-value: an entry of `events` must be a set of keys, not a text",
            ],
        );
    }

    #[test]
    fn addresses_that_lead_nowhere_are_told() {
        for to in ["http://example.org", "ftp://example.org", "mailto:a", "tel:ring", "a@", "https://"] {
            let line = format!("8:13 bad-value: `{to}` is no address that a reply can go to");
            check_rounds(&format!("  - round: 1\n    respond:\n      - by: A\n        to: {to}"), &[&line]);
        }
        check_rounds(
            "  - round: 1\n    response: drafft-1.md",
            &[
                "6:15 bad-value: `response` names `drafft-1.md`, which is no Markdown file of the site; did you mean draft-1.md",
            ],
        );
        check_rounds(
            "  - round: 1\n    events: [{date: 2021-08-05, what: A, link: there}]",
            &["6:48 bad-value: `link` names `there`"],
        );
    }
}
