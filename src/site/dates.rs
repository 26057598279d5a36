//! Days and states in words.

use super::view::{Day, State};
use super::world::World;
use crate::paper::Round;
use crate::words::{Words, phrase};
use jiff::civil::Date;

/// A day for readers and machines.
fn day(date: Date, words: &Words) -> Day {
    Day { iso: date.to_string(), text: words.day(date) }
}

impl World {
    /// A day for readers and machines.
    pub fn day(&self, date: Date) -> Day {
        day(date, &self.theme().words)
    }
}

/// The state of a round on a day; none where it has no dates.
pub fn state(round: &Round, today: Date, words: &Words) -> Option<State> {
    let (name, key, date) = match (round.opens, round.closes) {
        (Some(opens), _) if today < opens => ("coming", "state-opens", opens),
        (_, Some(closes)) if today <= closes => ("open", "state-open-until", closes),
        (_, Some(closes)) => ("closed", "state-closed", closes),
        (Some(opens), None) => ("open", "state-open-since", opens),
        (None, None) => return None,
    };
    let text = words.say(phrase(key).with("day", words.day(date)));
    let day = |date| day(date, words);
    Some(State { name, text, opens: round.opens.map(day), closes: round.closes.map(day) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_round_is_open_from_its_first_day_to_its_last() {
        let round =
            Round { number: 1, opens: Some(date(2021, 8, 5)), closes: Some(date(2021, 8, 31)), ..Round::default() };
        let check = |today: Date, expected: &str| {
            assert_eq!(state(&round, today, Words::english()).map(|state| state.text).as_deref(), Some(expected))
        };
        check(date(2021, 8, 4), "Opens on 5 August 2021");
        check(date(2021, 8, 5), "Open for comments until 31 August 2021");
        check(date(2021, 8, 31), "Open for comments until 31 August 2021");
        check(date(2021, 9, 1), "Closed on 31 August 2021");
        assert_eq!(state(&Round::default(), date(2021, 8, 4), Words::english()), None);
    }
}
