//! `WHEN` on the command line: a day, or a moment, in the time zone of the site where it names none.
//!
//! A day means its last moment, so that what is published on that day is there. Which zone the site has stands in
//! `site.toml`, so the moment is worked out late.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, Zoned};
use std::str::FromStr;

/// A point in time as it was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum When {
    /// The last moment of a day.
    Day(Date),
    /// A time of a day.
    Local(DateTime),
    /// That very moment.
    Moment(Timestamp),
}

impl FromStr for When {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if !text.contains([':', 'T'])
            && let Ok(day) = text.parse::<Date>()
        {
            return Ok(When::Day(day));
        }
        let moment = text.parse::<Timestamp>().or_else(|_| text.parse::<Zoned>().map(|zoned| zoned.timestamp()));
        let moment = moment.map(When::Moment);
        let local = || text.parse::<DateTime>().ok().filter(|_| text.contains('T')).map(When::Local);
        let wrong =
            "write a day, 2021-10-01, or a moment, 2021-10-01T09:00, if need be with its zone, 2021-10-01T09:00+01:00";
        moment.or_else(|_| local().ok_or_else(|| wrong.to_owned()))
    }
}

impl When {
    /// The moment, in that time zone; the end of time where the calendar ends before it.
    pub(super) fn at(self, timezone: &TimeZone) -> Timestamp {
        match self {
            When::Moment(at) => at,
            When::Local(time) => time.to_zoned(timezone.clone()).map_or(Timestamp::MAX, |at| at.timestamp()),
            When::Day(day) => day
                .tomorrow()
                .and_then(|next| next.to_zoned(timezone.clone()))
                .and_then(|midnight| midnight.timestamp().checked_sub(SignedDuration::from_secs(1)))
                .unwrap_or(Timestamp::MAX),
        }
    }

    /// The moment that `SOURCE_DATE_EPOCH` holds: seconds since 1970
    /// (<https://reproducible-builds.org/specs/source-date-epoch/>).
    pub(super) fn of_epoch(text: &str) -> Option<When> {
        Timestamp::from_second(text.trim().parse().ok()?).ok().map(When::Moment)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, zone: &str, expected: &str) {
        let at = text.parse::<When>().unwrap().at(&TimeZone::get(zone).unwrap());
        assert_eq!(at.to_string(), expected, "{text}");
    }

    #[test]
    fn a_day_means_its_last_moment_in_the_zone_of_the_site() {
        check("2021-10-01", "UTC", "2021-10-01T23:59:59Z");
        check("2021-10-01", "Europe/London", "2021-10-01T22:59:59Z");
        check("2021-10-31", "Europe/London", "2021-10-31T23:59:59Z");
        check("9999-12-31", "UTC", &Timestamp::MAX.to_string());
    }

    #[test]
    fn a_moment_means_itself() {
        check("2021-10-01T09:00+01:00", "America/New_York", "2021-10-01T08:00:00Z");
        check("2021-10-01T09:00:30Z", "Europe/London", "2021-10-01T09:00:30Z");
        check("2021-10-01T09:00[Europe/London]", "UTC", "2021-10-01T08:00:00Z");
        assert_eq!(When::of_epoch("1633075200").unwrap().at(&TimeZone::UTC).to_string(), "2021-10-01T08:00:00Z");
    }

    #[test]
    fn a_moment_without_a_zone_is_meant_in_that_of_the_site() {
        check("2021-10-01T09:00", "Europe/London", "2021-10-01T08:00:00Z");
        check("2021-12-01T09:00:30", "Europe/London", "2021-12-01T09:00:30Z");
    }

    #[test]
    fn what_could_be_meant_in_two_ways_is_refused() {
        for text in ["", "yesterday", "2021-13-01", "09:00", "01/10/2021", "2021-10-01 09:00"] {
            assert!(text.parse::<When>().is_err(), "{text}");
        }
        assert_eq!(When::of_epoch("noon"), None);
    }
}
