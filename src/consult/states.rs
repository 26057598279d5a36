//! The states of rounds and votes, each with the days between which it holds.
//!
//! In: what front matter says of a round or a vote, and what has been published. Out: [`Phase`]s in the
//! order of time, without gaps: a page that was built on one day says the right thing on every other, since
//! it holds them all.

use crate::paper::{Round, Vote};
use crate::words::{Arg, Phrase, phrase};
use jiff::civil::Date;

/// A state with the days on which it holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Phase {
    /// For classes: of a round `coming`, `open`, `closed`, `late` or `answered`; of a vote `expected`,
    /// `coming`, `open`, `closed` or `decided`.
    pub name: &'static str,
    /// Its first day; none of the first state.
    pub from: Option<Date>,
    /// The first day of the next; none of the last state.
    pub until: Option<Date>,
    /// It in a few words: `Open for comments until 8 October 2021`.
    pub said: Phrase,
    /// What else is to be said of it.
    pub more: Option<Phrase>,
}

impl Phase {
    /// Whether it holds on a day.
    pub fn holds(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day < until)
    }
}

/// What else is known of a round.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// The day on which its response was published.
    pub response: Option<Date>,
    /// Whether something newer has taken its place, or all is decided: nobody waits for a response without a
    /// promised day.
    pub past: bool,
    /// The round after it and its first day, while that has no drafts.
    pub next: Option<(u32, Date)>,
}

/// The phases of a round; none where it has no dates.
pub fn of_round(round: &Round, known: &Known) -> Vec<Phase> {
    let mut phases = Vec::new();
    let Some(start) = round.opens.or(round.closes) else { return phases };
    if let Some(opens) = round.opens {
        phases.push(phase("coming", None, dated("state-opens", opens)));
    }
    let open = match round.closes {
        Some(closes) => dated("state-open-until", closes),
        None => dated("state-open-since", start),
    };
    phases.push(phase("open", round.opens, open));
    if let Some(closes) = round.closes {
        closed(round, closes, known, &mut phases);
    }
    in_line(phases)
}

/// The phases after a round has closed.
fn closed(round: &Round, closes: Date, known: &Known, phases: &mut Vec<Phase>) {
    let said = || dated("state-closed", closes);
    let after = closes.tomorrow().ok();
    let next = known.next.map(|(number, opens)| dated("state-next-round", opens).with("number", number));
    let waiting = match round.response_due {
        Some(due) => Some(dated("state-due", due)),
        None if known.past || known.response.is_some() => None,
        None => Some(phrase("state-analysed")),
    };
    phases.push(Phase { more: waiting.or(next.clone()), ..phase("closed", after, said()) });
    let late = round.response_due.and_then(|due| due.tomorrow().ok());
    if let (Some(due), Some(from)) =
        (round.response_due, late.filter(|late| known.response.is_none_or(|day| day >= *late)))
    {
        phases.push(Phase { more: Some(dated("state-late", due)), ..phase("late", Some(from), said()) });
    }
    if let Some(day) = known.response {
        let key = if late.is_some_and(|late| day >= late) { "state-answered-late" } else { "state-answered" };
        // A response that came before the end is told after it.
        let from = after.map_or(day, |after| after.max(day));
        let more = dated(key, day).with("due", round.response_due.map_or(Arg::from(""), Arg::Day));
        phases.push(Phase { more: Some(more), ..phase("answered", Some(from), said()) });
    }
}

/// The phases of a vote.
pub fn of_vote(vote: &Vote) -> Vec<Phase> {
    let Some(opens) = vote.opens else {
        let expected = phrase("vote-expected").with("when", vote.expected.clone().unwrap_or_default());
        return vec![phase("expected", None, expected)];
    };
    let mut phases = vec![phase("coming", None, dated("vote-opens", opens))];
    match vote.closes {
        None => phases.push(phase("open", Some(opens), dated("vote-open-since", opens))),
        Some(closes) => {
            phases.push(phase("open", Some(opens), dated("vote-open-until", closes)));
            let after = closes.tomorrow().ok();
            phases.push(match &vote.result {
                None => {
                    Phase { more: Some("vote-counted".into()), ..phase("closed", after, dated("vote-closed", closes)) }
                }
                Some(result) => {
                    let said = phrase("vote-result").with("for", result.in_favour);
                    phase("decided", after, said.with("against", result.against))
                }
            });
        }
    }
    in_line(phases)
}

fn phase(name: &'static str, from: Option<Date>, said: Phrase) -> Phase {
    Phase { name, from, until: None, said, more: None }
}

fn dated(key: &'static str, day: Date) -> Phrase {
    phrase(key).with("day", Arg::Day(day))
}

/// Each phase ends where the next begins; those that no day is left for go.
fn in_line(mut phases: Vec<Phase>) -> Vec<Phase> {
    for at in (1..phases.len()).rev() {
        phases[at - 1].until = phases[at].from;
    }
    phases.retain(|phase| phase.from.is_none() || phase.until.is_none() || phase.from < phase.until);
    phases
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Words;
    use jiff::civil::date;

    fn day(text: &str) -> Option<Date> {
        (!text.is_empty()).then(|| text.parse().unwrap())
    }

    fn round(opens: &str, closes: &str, due: &str) -> Round {
        Round { number: 1, opens: day(opens), closes: day(closes), response_due: day(due), ..Round::default() }
    }

    fn told(phases: &[Phase]) -> Vec<String> {
        let words = Words::english();
        let told = phases.iter().map(|phase| {
            let more = phase.more.as_ref().map_or(String::new(), |more| format!("; {}", words.text(more)));
            let from = phase.from.map_or("-".to_owned(), |from| from.to_string());
            format!("{from} {}: {}{more}", phase.name, words.text(&phase.said))
        });
        told.collect()
    }

    #[test]
    fn a_round_is_coming_open_closed_and_late() {
        let phases = of_round(&round("2021-08-05", "2021-08-31", "2021-09-14"), &Known::default());
        assert_eq!(
            told(&phases),
            [
                "- coming: Opens on 5 August 2021",
                "2021-08-05 open: Open until 31 August 2021",
                "2021-09-01 closed: Closed on 31 August 2021; Replies are being read. A response is due by 14 September 2021.",
                "2021-09-15 late: Closed on 31 August 2021; A response was promised by 14 September 2021. It is late.",
            ]
        );
        let on = |day| phases.iter().filter(|phase| phase.holds(day)).map(|phase| phase.name).collect::<Vec<_>>();
        assert_eq!(on(date(2021, 8, 4)), ["coming"]);
        assert_eq!(on(date(2021, 8, 5)), ["open"]);
        assert_eq!(on(date(2021, 8, 31)), ["open"]);
        assert_eq!(on(date(2021, 9, 1)), ["closed"]);
        assert_eq!(on(date(2030, 1, 1)), ["late"]);
    }

    #[test]
    fn a_response_meets_its_day_or_comes_late() {
        let asked = round("2021-08-05", "2021-08-31", "2021-09-14");
        let answered = |text: &str| Known { response: day(text), ..Known::default() };
        let last = |known: &Known| told(&of_round(&asked, known)).pop().unwrap();
        assert_eq!(
            last(&answered("2021-09-14")),
            "2021-09-14 answered: Closed on 31 August 2021; The response was published on 14 September 2021."
        );
        let late = answered("2021-09-20");
        assert_eq!(
            last(&late),
            "2021-09-20 answered: Closed on 31 August 2021; The response was published on 20 September 2021. \
             It had been promised by 14 September 2021."
        );
        let names = |known: &Known| of_round(&asked, known).iter().map(|phase| phase.name).collect::<Vec<_>>();
        assert_eq!(names(&answered("2021-09-14")), ["coming", "open", "closed", "answered"]);
        assert_eq!(names(&late), ["coming", "open", "closed", "late", "answered"]);
        assert_eq!(names(&answered("2021-08-20")), ["coming", "open", "answered"]);
    }

    #[test]
    fn without_a_promise_replies_are_read_until_something_newer_is_there() {
        let asked = round("", "2021-08-31", "");
        let last = |known: &Known| told(&of_round(&asked, known)).pop().unwrap();
        assert_eq!(last(&Known::default()), "2021-09-01 closed: Closed on 31 August 2021; Replies are being read.");
        let past = Known { past: true, ..Known::default() };
        assert_eq!(last(&past), "2021-09-01 closed: Closed on 31 August 2021");
        let next = Known { past: true, next: Some((2, date(2021, 10, 1))), ..Known::default() };
        assert_eq!(last(&next), "2021-09-01 closed: Closed on 31 August 2021; Round 2 opens on 1 October 2021.");
        assert_eq!(told(&of_round(&round("2021-08-05", "", ""), &Known::default())).len(), 2);
        assert!(of_round(&round("", "", "2021-09-14"), &Known::default()).is_empty());
    }

    #[test]
    fn a_vote_is_expected_coming_open_counted_and_decided() {
        let expected = Vote { expected: Some("early 2022".into()), ..Vote::default() };
        assert_eq!(told(&of_vote(&expected)), ["- expected: Vote expected: early 2022"]);
        let mut vote = Vote { opens: day("2022-01-10"), closes: day("2022-01-31"), ..Vote::default() };
        assert_eq!(
            told(&of_vote(&vote)),
            [
                "- coming: The vote opens on 10 January 2022",
                "2022-01-10 open: Vote open until 31 January 2022",
                "2022-02-01 closed: The vote closed on 31 January 2022; The result is not published yet.",
            ]
        );
        vote.result = Some(crate::paper::VoteResult {
            in_favour: 1204,
            against: 310,
            turnout: None,
            eligible: None,
            from: jiff::Timestamp::UNIX_EPOCH,
        });
        assert_eq!(told(&of_vote(&vote)).pop().unwrap(), "2022-02-01 decided: Voted: 1,204 for, 310 against");
    }
}
