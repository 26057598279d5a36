//! The vote and the milestones, and the rest of what readers of a consultation are asked and told.
//!
//! In: the front matter of a document, its drafts and its rounds. Out: a [`Consultation`], and a finding for
//! dates and numbers that do not fit one another. The draft of a vote is always one of the document, or one that was taken down.

use super::fields::{Fields, Word};
use super::{Consultation, DraftName, Milestone, Round, Vote, VoteResult, When};
use crate::config::Config;
use crate::diag::{self, nearest};
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::ops::Range;

/// What a vote asks for that the drafts and rounds of the document have to answer.
#[derive(Debug, Default)]
pub(super) struct Wish {
    draft: Option<Word>,
    /// Where `closes` stands.
    closes: Range<usize>,
}

/// Reads what readers are asked and told. The draft of the vote is filled in by [`settle`].
pub(super) fn read(fields: &mut Fields) -> (Consultation, Wish) {
    let vote = vote(fields);
    let (vote, wish) = vote.map_or((None, Wish::default()), |(vote, wish)| (Some(vote), wish));
    let consultation = Consultation {
        asked: fields.text("asked"),
        already_decided: fields.texts("already_decided"),
        alternative_formats: fields.text("alternative_formats"),
        privacy: fields.text("privacy"),
        vote,
        milestones: milestones(fields),
    };
    (consultation, wish)
}

/// Fills in the draft of the vote, and reports a vote that closes before the round of its draft does.
pub(super) fn settle<'d>(
    vote: &mut Option<Vote>,
    wish: Wish,
    drafts: impl Iterator<Item = &'d DraftName> + Clone,
    rounds: &BTreeMap<u32, Round>,
    fields: &mut Fields,
) {
    let (Some(vote), Some(word)) = (vote, wish.draft) else { return };
    let Some(name) = DraftName::parse(&word.text).filter(|name| drafts.clone().any(|draft| draft == name)) else {
        let names: Vec<_> = drafts.clone().map(DraftName::to_string).collect();
        let near = || nearest(word.text.trim_end_matches(".md"), names.iter().map(String::as_str));
        let near = options(&word.text, drafts).or_else(|| near().map(|near| format!("`{near}`")));
        let hint = match near {
            Some(near) => format!("did you mean {near}?"),
            None => format!("the drafts are {}", names.join(", ")),
        };
        let message = format!("`draft` names `{}`, which is no draft of this document", word.text);
        return fields.report(&diag::VOTE, word.range, message, hint);
    };
    let round = rounds.get(&name.round).and_then(|round| round.closes);
    if let (Some(closes), Some(round)) = (vote.closes, round)
        && closes < round
    {
        let message = format!("the vote closes on {closes}, before the round of its draft closes on {round}");
        fields.report(&diag::VOTE, wish.closes, message, "change `closes` of the vote or of the round");
    }
    vote.draft = Some(name);
}

/// The options of a round, where a word names the round alone.
fn options<'d>(word: &str, drafts: impl Iterator<Item = &'d DraftName>) -> Option<String> {
    let meant = DraftName::parse(word.trim_end_matches(".md")).filter(|name| name.option.is_none())?;
    let of_round = drafts.filter(|name| name.round == meant.round && name.option.is_some());
    let names: Vec<_> = of_round.map(|name| format!("`{name}`")).collect();
    (!names.is_empty()).then(|| names.join(" or "))
}

fn vote(fields: &mut Fields) -> Option<(Vote, Wish)> {
    let mut entry = fields.set_of("vote")?;
    check_dates(&mut entry);
    let vote = Vote {
        draft: None,
        question: entry.text("question"),
        how: entry.text("how").unwrap_or_default(),
        who: entry.text("who").unwrap_or_default(),
        threshold: entry.text("threshold").unwrap_or_default(),
        opens: entry.date("opens"),
        closes: entry.date("closes"),
        expected: entry.text("expected"),
        result: None,
    };
    if let (Some(opens), Some(closes)) = (vote.opens, vote.closes)
        && closes < opens
    {
        let range = entry.key_range("closes");
        let message = format!("the vote closes on {closes}, before it opens on {opens}");
        entry.report(&diag::VOTE, range, message, "change `opens` or `closes`");
    }
    let wish = Wish { draft: entry.word("draft"), closes: entry.key_range("closes") };
    let result = result(&mut entry);
    let from = vote.closes.and_then(|closes| over(closes, entry.config));
    let result = result.zip(from).map(|(result, from)| VoteResult { from, ..result });
    fields.found.append(&mut entry.found);
    Some((Vote { result, ..vote }, wish))
}

/// Reports what is missing of the dates of a vote, or is there twice. Values that are wrong are told of
/// when they are read.
fn check_dates(entry: &mut Fields) {
    let [opens, closes, expected, draft, result] =
        ["opens", "closes", "expected", "draft", "result"].map(|name| entry.says(name));
    let mut report = |key: &str, message: &str, hint: &str| {
        let range = entry.key_range(key);
        entry.report(&diag::VOTE, range, message, hint);
    };
    match (opens, expected) {
        (true, true) => {
            report("expected", "the vote has both `opens` and `expected`", "remove `expected`: the day is known now")
        }
        (false, false) => report(
            "opens",
            "the vote does not say when it is",
            "write `opens` and `closes` with their days, or `expected: late 2021 or early 2022`",
        ),
        (false, true) if closes => report(
            "closes",
            "the vote says when it closes, but not when it opens",
            "write `opens` in place of `expected`",
        ),
        _ => {}
    }
    if result && !closes {
        report(
            "result",
            "there is a result of a vote that has no day on which it closes",
            "write `closes` with the last day of the vote",
        );
    }
    if opens && !draft {
        report(
            "opens",
            "the vote has a day, but not the draft that is voted on",
            "write `draft` with the name of the draft: draft: draft-3",
        );
    }
}

/// What came of a vote, without the moment at which it can be known.
fn result(vote: &mut Fields) -> Option<VoteResult> {
    let mut entry = vote.set_of("result")?;
    let (in_favour, against) = (entry.whole("for"), entry.whole("against"));
    let (turnout, eligible) = (entry.percentage("turnout"), entry.whole("eligible"));
    let cast = in_favour.unwrap_or(0).saturating_add(against.unwrap_or(0));
    if let Some(eligible) = eligible.filter(|eligible| *eligible < cast) {
        let range = entry.key_range("eligible");
        let message = format!("{cast} votes were given, but only {eligible} could be");
        entry.report(&diag::VOTE, range, message, "change `for`, `against` or `eligible`");
    }
    let share = eligible.filter(|eligible| *eligible > 0).map(|eligible| 100.0 * cast as f64 / eligible as f64);
    if let Some((turnout, share)) =
        turnout.zip(share).filter(|(turnout, share)| *share > turnout + 0.1 && *share <= 100.0)
    {
        let range = entry.key_range("turnout");
        let message = format!(
            "{cast} votes of {} are {share:.1} per cent, more than the turnout of {turnout}",
            eligible.unwrap_or(0)
        );
        entry.report(
            &diag::VOTE,
            range,
            message,
            "change `for`, `against`, `turnout` or `eligible`; leave `turnout` out to have it reckoned",
        );
    }
    vote.found.append(&mut entry.found);
    Some(VoteResult { in_favour: in_favour?, against: against?, turnout, eligible, from: Timestamp::MAX })
}

/// The first moment after a day.
fn over(day: Date, config: &Config) -> Option<Timestamp> {
    let next = day.tomorrow().and_then(|day| day.to_zoned(config.timezone.clone())?.start_of_day());
    next.ok().map(|start| start.timestamp())
}

fn milestones(fields: &mut Fields) -> Vec<Milestone> {
    let mut milestones = Vec::new();
    for mut entry in fields.list_of("milestones") {
        let (dated, expected) = (entry.says("date"), entry.says("expected"));
        if dated == expected {
            let range = entry.key_range("expected");
            let (message, hint) = match dated {
                true => ("the milestone has both `date` and `expected`", "keep the one that is known"),
                false => ("the milestone does not say when", "write `date` with a day, or `expected` with words"),
            };
            entry.report(if dated { &diag::BAD_VALUE } else { &diag::MISSING_KEY }, range, message, hint);
        }
        let when = entry.date("date").map(When::Day).or_else(|| entry.text("expected").map(When::Expected));
        milestones.extend(when.zip(entry.text("what")).map(|(when, what)| Milestone { when, what }));
        fields.found.append(&mut entry.found);
    }
    milestones
}

#[cfg(test)]
mod tests {
    use super::super::sample::{DRAFT, archive, check};
    use super::*;

    /// Findings in an index with this vote, beside draft 1, whose round closes on 31 August.
    #[track_caller]
    fn check_vote(vote: &str, expected: &[&str]) {
        let lines: String = vote.lines().map(|line| format!("  {line}\n")).collect();
        let front = "title: A\nsummary: B\nrounds: [{round: 1, closes: 2021-08-31}]\nvote:\n  how: Online\n  who: All\n  threshold: Half";
        let index = format!("---\n{front}\n{lines}---\n");
        let files = [("content/proposals/a/index.md", index.as_str()), ("content/proposals/a/draft-1.md", DRAFT)];
        let expected: Vec<_> = expected.iter().map(|line| format!("proposals/a/index.md:{line}")).collect();
        check(&files, &expected.iter().map(String::as_str).collect::<Vec<_>>());
    }

    fn consultation(keys: &str) -> Consultation {
        let index = format!("---\ntitle: A\nsummary: B\n{keys}\n---\n");
        let archive = archive(&[("content/proposals/a/index.md", &index), ("content/proposals/a/draft-1.md", DRAFT)]);
        archive.document("proposals", "a").map(|document| document.consultation.clone()).unwrap_or_default()
    }

    #[test]
    fn a_vote_is_read_with_its_result() {
        let vote = "vote:\n  draft: draft-1\n  question: Do you accept it?\n  how: Online\n  who: All contractors\n  threshold: Half\n  \
                    opens: 2021-12-01\n  closes: 2021-12-10\n  result: {for: 60, against: 20, turnout: 50.50, eligible: 160}";
        let vote = consultation(vote).vote.unwrap_or_default();
        assert_eq!(vote.draft.map(|draft| draft.to_string()).as_deref(), Some("draft-1"));
        assert_eq!((vote.who.as_str(), vote.question.as_deref()), ("All contractors", Some("Do you accept it?")));
        let result = vote.result.expect("a result");
        assert_eq!(
            (result.in_favour, result.against, result.turnout, result.eligible),
            (60, 20, Some(50.5), Some(160))
        );
        assert_eq!(result.from.to_string(), "2021-12-11T00:00:00Z");
    }

    #[test]
    fn what_readers_are_told_is_read() {
        let told = consultation(
            "asked: Do you want hubs?\nalready_decided:\n  - The framework.\n  - The year.\nprivacy: None.\n\
             alternative_formats: Ring us.\nmilestones:\n  - date: 2021-12-01\n    what: A meeting\n  - {expected: early 2022, what: The vote}",
        );
        assert_eq!((told.asked.as_deref(), told.already_decided.len()), (Some("Do you want hubs?"), 2));
        assert_eq!((told.privacy.is_some(), told.alternative_formats.is_some(), told.vote), (true, true, None));
        let when: Vec<_> = told.milestones.iter().map(|milestone| &milestone.when).collect();
        assert_eq!(when, [&When::Day(jiff::civil::date(2021, 12, 1)), &When::Expected("early 2022".into())]);
        assert_eq!(consultation("already_decided: All.").already_decided, ["All."]);
    }

    #[test]
    fn a_vote_says_once_when_it_is() {
        check_vote("expected: late 2021 or early 2022", &[]);
        check_vote("draft: draft-1\nopens: 2021-12-01", &[]);
        check_vote("draft: draft-1", &["5:1 vote: the vote does not say when it is; write `opens`"]);
        check_vote(
            "draft: draft-1\nopens: 2021-12-01\nexpected: soon",
            &["11:3 vote: the vote has both `opens` and `expected`; remove `expected`"],
        );
        check_vote(
            "expected: soon\ncloses: 2021-12-01",
            &["10:3 vote: the vote says when it closes, but not when it opens"],
        );
        check_vote("draft: draft-1\nopens: soon", &["10:10 bad-date: `opens`"]);
    }

    #[test]
    fn the_days_of_a_vote_fit_one_another_and_the_round() {
        let dated = |opens, closes| format!("draft: draft-1\nopens: {opens}\ncloses: {closes}");
        check_vote(&dated("2021-08-31", "2021-08-31"), &[]);
        check_vote(
            &dated("2021-12-10", "2021-12-01"),
            &["11:3 vote: the vote closes on 2021-12-01, before it opens on 2021-12-10; change `opens` or `closes`"],
        );
        check_vote(
            &dated("2021-08-01", "2021-08-30"),
            &["11:3 vote: the vote closes on 2021-08-30, before the round of its draft closes on 2021-08-31"],
        );
    }

    #[test]
    fn a_vote_is_on_a_draft_of_the_document() {
        check_vote("opens: 2021-12-01", &["9:3 vote: the vote has a day, but not the draft that is voted on"]);
        check_vote(
            "expected: soon\ndraft: drafft-1",
            &["10:10 vote: `draft` names `drafft-1`, which is no draft of this document; did you mean `draft-1`?"],
        );
        check_vote(
            "expected: soon\ndraft: final",
            &["10:10 vote: `draft` names `final`, which is no draft of this document; the drafts are draft-1"],
        );
    }

    #[test]
    fn a_result_fits_the_vote() {
        let with = |result: &str| format!("draft: draft-1\nopens: 2021-12-01\ncloses: 2021-12-10\nresult: {result}");
        check_vote(&with("{for: 60, against: 40, eligible: 100}"), &[]);
        check_vote(&with("{for: 60, against: 30, turnout: 92, eligible: 100}"), &[]);
        check_vote(
            &with("{for: 60, against: 30, turnout: 80, eligible: 100}"),
            &["12:34 vote: 90 votes of 100 are 90.0 per cent, more than the turnout of 80; change `for`"],
        );
        check_vote(
            &with("{for: 60, against: 41, eligible: 100}"),
            &["12:34 vote: 101 votes were given, but only 100 could be"],
        );
        check_vote(
            "expected: soon\nresult: {for: 1, against: 2}",
            &["10:3 vote: there is a result of a vote that has no day on which it closes; write `closes`"],
        );
        check_vote(&with("{for: 1}"), &["12:3 missing-key: `result` of a vote needs the key `against`"]);
        check_vote(&with("none"), &["12:11 bad-value: `result` must be a set of keys, not a text; its keys are for"]);
        check_vote(
            &with("{for: 5.5, against: -1, turnout: 101, eligable: 5}"),
            &[
                "12:17 bad-value: `for` must be a whole number, not `5.5`",
                "12:31 bad-value: `against` must be a whole number",
                "12:44 bad-value: `turnout` must be a number from 0 to 100, not `101`",
                "12:49 unknown-key: unknown key `eligable` in `result` of a vote; did you mean `eligible`?",
            ],
        );
        check_vote(
            &with("\n  for: 5,011\n  against: 20\n  turnout: 61.5%"),
            &["13:10 bad-value: `for`", "15:14 bad-value: `turnout`"],
        );
    }

    #[test]
    fn a_vote_is_a_set_of_known_keys() {
        check_vote(
            "expected: soon\ntreshold: x",
            &["10:3 unknown-key: unknown key `treshold` in `vote`; did you mean `threshold`?"],
        );
        let index = "---\ntitle: A\nsummary: B\nvote: soon\n---\n";
        let files = [("content/proposals/a/index.md", index), ("content/proposals/a/draft-1.md", DRAFT)];
        check(
            &files,
            &["proposals/a/index.md:4:7 bad-value: `vote` must be a set of keys, not a text; its keys are draft"],
        );
        let index = "---\ntitle: A\nsummary: B\nvote:\n  expected: soon\n---\n";
        let files = [("content/proposals/a/index.md", index), ("content/proposals/a/draft-1.md", DRAFT)];
        let line = |key| format!("proposals/a/index.md:4:1 missing-key: `vote` needs the key `{key}`");
        check(&files, &[&line("how"), &line("threshold"), &line("who")]);
    }

    #[test]
    fn a_milestone_has_a_day_or_words_and_not_both() {
        let check_list = |list: &str, expected: &[&str]| {
            let index = format!("---\ntitle: A\nsummary: B\nmilestones:\n{list}\n---\n");
            let files = [("content/proposals/a/index.md", index.as_str()), ("content/proposals/a/draft-1.md", DRAFT)];
            let expected: Vec<_> = expected.iter().map(|line| format!("proposals/a/index.md:{line}")).collect();
            check(&files, &expected.iter().map(String::as_str).collect::<Vec<_>>());
        };
        check_list("  - date: 2021-12-01\n    what: A\n  - expected: soon\n    what: B", &[]);
        check_list("  - what: A", &["5:3 missing-key: the milestone does not say when; write `date`"]);
        check_list("  - what: A\n    date: 2021-12-01\n    expected: soon", &["7:5 bad-value: the milestone has both"]);
        check_list("  - expected: soon", &["5:3 missing-key: an entry of `milestones` needs the key `what`"]);
        check_list("  - date: soon\n    what: A", &["5:11 bad-date: `date`"]);
    }
}
