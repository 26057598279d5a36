//! Rounds: what front matter lists, and what drafts there are.
//!
//! In: the `rounds` of a document's front matter and the document's drafts. Out: an entry for every round
//! that is listed or has drafts; a listed round without drafts is one that is still to come.

use super::fields::{Fields, Word};
use super::{DraftName, Round, keys};
use crate::diag;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry as Slot;
use std::ops::Range;

/// Rounds as they are listed, each with the place of its number.
pub(super) type Listed = BTreeMap<u32, (Round, Range<usize>)>;

/// Reads `rounds`.
pub(super) fn read(fields: &mut Fields) -> Listed {
    let mut listed = Listed::new();
    for mut entry in fields.list_of("rounds", &keys::ROUND) {
        let number = entry.word("round").and_then(|word| number(&mut entry, &word));
        let round = Round { number: number.unwrap_or(0), opens: entry.date("opens"), closes: entry.date("closes") };
        if let (Some(opens), Some(closes)) = (round.opens, round.closes)
            && closes < opens
        {
            let range = entry.key_range("closes");
            let message = format!("the round closes on {closes}, before it opens on {opens}");
            entry.report(&diag::ROUND, range, message, "change `opens` or `closes`");
        }
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
}
