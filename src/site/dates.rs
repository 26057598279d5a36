//! Days and states in words.

use super::view::{Day, State};
use crate::paper::Round;
use jiff::civil::Date;

/// A day for readers and machines.
pub fn day(date: Date) -> Day {
    Day { iso: date.to_string(), text: date.strftime("%-d %B %Y").to_string() }
}

/// The state of a round on a day; none where it has no dates.
pub fn state(round: &Round, today: Date) -> Option<State> {
    let (name, text) = match (round.opens, round.closes) {
        (Some(opens), _) if today < opens => ("coming", format!("Opens on {}", day(opens).text)),
        (_, Some(closes)) if today <= closes => ("open", format!("Open for comments until {}", day(closes).text)),
        (_, Some(closes)) => ("closed", format!("Closed on {}", day(closes).text)),
        (Some(opens), None) => ("open", format!("Open for comments since {}", day(opens).text)),
        (None, None) => return None,
    };
    Some(State { name, text, opens: round.opens.map(day), closes: round.closes.map(day) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_round_is_open_from_its_first_day_to_its_last() {
        let round = Round { number: 1, opens: Some(date(2021, 8, 5)), closes: Some(date(2021, 8, 31)) };
        let check = |today: Date, expected: &str| {
            assert_eq!(state(&round, today).map(|state| state.text).as_deref(), Some(expected))
        };
        check(date(2021, 8, 4), "Opens on 5 August 2021");
        check(date(2021, 8, 5), "Open for comments until 31 August 2021");
        check(date(2021, 8, 31), "Open for comments until 31 August 2021");
        check(date(2021, 9, 1), "Closed on 31 August 2021");
        assert_eq!(state(&Round::default(), date(2021, 8, 4)), None);
    }
}
