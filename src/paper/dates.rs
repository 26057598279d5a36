//! Dates and moments as authors write them.
//!
//! In: a text. Out: a civil date, or a moment in the site's time zone, or what to write instead. Only
//! `2021-08-05` and `2021-08-05T09:00` (with a zone or in the site's) are taken; nothing is guessed.

use super::Moment;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

/// Why a text is not a date.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct BadDate {
    /// What is wrong with it.
    pub(super) message: String,
    /// What to do about it.
    pub(super) hint: String,
}

/// Reads `2021-08-05`.
pub(super) fn date(text: &str) -> Result<Date, BadDate> {
    if has_form_of_date(text) {
        return text.parse().map_err(|_| not_in_calendar(text));
    }
    Err(bad_form(text, "a date", "a date is written 2021-08-05"))
}

/// Reads a date, or `2021-08-05T09:00` with `Z`, with an offset, or in the site's time zone.
pub(super) fn moment(text: &str, timezone: &TimeZone) -> Result<Moment, BadDate> {
    if has_form_of_date(text) {
        let day = date(text)?;
        let start = day.to_zoned(timezone.clone()).and_then(|midnight| midnight.start_of_day());
        return start.map(|start| Moment { at: start.timestamp(), day }).map_err(|_| not_in_calendar(text));
    }
    let bad = || bad_form(text, "a date or a moment", "a date is written 2021-08-05, a moment 2021-08-05T09:00+01:00");
    let (day, _) = text.split_once('T').filter(|(day, _)| has_form_of_date(day)).ok_or_else(bad)?;
    date(day)?;
    let zoned = match (text.parse::<Timestamp>(), text.parse::<DateTime>()) {
        (Ok(at), _) => at.to_zoned(timezone.clone()),
        (_, Ok(local)) => local.to_zoned(timezone.clone()).map_err(|_| not_in_calendar(text))?,
        _ => return Err(bad()),
    };
    Ok(Moment { at: zoned.timestamp(), day: zoned.date() })
}

/// Four digits, two, two, with hyphens.
fn has_form_of_date(text: &str) -> bool {
    let digit_or_hyphen =
        |(at, byte): (usize, u8)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() };
    text.len() == 10 && text.bytes().enumerate().all(digit_or_hyphen)
}

fn bad_form(text: &str, wanted: &str, form: &str) -> BadDate {
    let hint = match meant(text) {
        Some(date) => format!("write {date}"),
        None => form.to_owned(),
    };
    BadDate { message: format!("`{text}` is not {wanted}"), hint }
}

fn not_in_calendar(text: &str) -> BadDate {
    let number = |range| text.get(range).and_then(|digits: &str| digits.parse::<i16>().ok()).unwrap_or(0);
    let first = Date::new(number(0..4), number(5..7) as i8, 1);
    let hint = match first {
        Ok(first) => format!("{} has {} days", first.strftime("%B %Y"), first.days_in_month()),
        Err(_) => "a month is a number from 01 to 12".to_owned(),
    };
    BadDate { message: format!("`{text}` is not a day of the calendar"), hint }
}

/// The date that a text in another form can only mean. `5/8/2021` can mean two.
fn meant(text: &str) -> Option<Date> {
    const FORMS: [&str; 8] =
        ["%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%d %B %Y", "%d %b %Y", "%B %d %Y", "%A %d %B %Y", "%d.%m.%Y"];
    let words: Vec<_> = text.split_whitespace().map(|word| without_ordinal(word.trim_end_matches(','))).collect();
    let text = words.join(" ");
    FORMS.iter().find_map(|form| Date::strptime(form, &text).ok())
}

/// `5th` as `5`.
fn without_ordinal(word: &str) -> &str {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if is_number && matches!(&word[digits.len()..], "st" | "nd" | "rd" | "th") { digits } else { word }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let london = TimeZone::get("Europe/London").expect("a known zone");
        let read = match moment(text, &london) {
            Ok(moment) => format!("{} {}", moment.at, moment.day),
            Err(bad) => format!("{}; {}", bad.message, bad.hint),
        };
        assert_eq!(read, expected, "{text}");
    }

    #[test]
    fn a_day_begins_in_the_time_zone_of_the_site() {
        check("2021-08-05", "2021-08-04T23:00:00Z 2021-08-05");
        check("2021-12-05", "2021-12-05T00:00:00Z 2021-12-05");
    }

    #[test]
    fn a_moment_has_the_day_of_the_site() {
        check("2021-08-05T09:00+01:00", "2021-08-05T08:00:00Z 2021-08-05");
        check("2021-08-05T09:00:00Z", "2021-08-05T09:00:00Z 2021-08-05");
        check("2021-08-05T23:30:00Z", "2021-08-05T23:30:00Z 2021-08-06");
        check("2021-08-05T09:00", "2021-08-05T08:00:00Z 2021-08-05");
    }

    #[test]
    fn what_is_not_in_the_calendar_is_told_why() {
        check("2021-02-30", "`2021-02-30` is not a day of the calendar; February 2021 has 28 days");
        check("2021-13-01", "`2021-13-01` is not a day of the calendar; a month is a number from 01 to 12");
        check("2021-02-30T09:00", "`2021-02-30` is not a day of the calendar; February 2021 has 28 days");
    }

    #[test]
    fn another_form_is_answered_with_the_right_one() {
        for text in
            ["5 August 2021", "5 Aug 2021", "August 5, 2021", "5th August 2021", "2021-8-5", "2021/08/05", "20210805"]
        {
            assert_eq!(date(text).map_err(|bad| bad.hint), Err("write 2021-08-05".to_owned()), "{text}");
        }
        for text in ["5/8/2021", "soon", "2021", "2021-08-05T09:00"] {
            assert_eq!(date(text).map_err(|bad| bad.hint), Err("a date is written 2021-08-05".to_owned()), "{text}");
        }
        check(
            "2021-08-05T25:00",
            "`2021-08-05T25:00` is not a date or a moment; a date is written 2021-08-05, a moment 2021-08-05T09:00+01:00",
        );
        check(
            "2021-08-05 09:00",
            "`2021-08-05 09:00` is not a date or a moment; a date is written 2021-08-05, a moment 2021-08-05T09:00+01:00",
        );
    }
}
