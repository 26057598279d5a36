//! `/calendar.ics`: the timetable for calendar programs (iCalendar, RFC 5545).
//!
//! In: the dated things of the site. Out: a calendar with one entry for each that has a day. The same site gives the
//! same bytes on every day: `DTSTAMP` is the moment at which something of the document was last published, and
//! `UID` the address of what the entry is about. No entry says when it was last changed, since front matter
//! does not.

use super::{Page, Rendered};
use crate::routes::{DocumentKey, Route};
use crate::site::timetable::{Dated, last_published};
use jiff::Timestamp;
use jiff::civil::Date;

/// How many bytes a line may have.
const LINE: usize = 75;

impl Page<'_> {
    /// The calendar.
    pub(super) fn calendar(&self) -> Rendered {
        let title = &self.world.config().title;
        let mut lines = Lines::default();
        lines.plain("BEGIN", "VCALENDAR");
        lines.plain("VERSION", "2.0");
        lines.plain("PRODID", "-//greenpaper//greenpaper//EN");
        lines.plain("CALSCALE", "GREGORIAN");
        lines.text("NAME", title);
        lines.text("X-WR-CALNAME", title);
        lines.plain("SOURCE;VALUE=URI", &self.world.full(self.at));
        lines.plain("URL", &self.world.full(&Route::Changes.address()));
        lines.plain("REFRESH-INTERVAL;VALUE=DURATION", "P1D");
        lines.plain("X-PUBLISHED-TTL", "P1D");
        for dated in self.timetable() {
            if let Some(day) = dated.day() {
                self.calendar_entry(&dated, day, &mut lines);
            }
        }
        lines.plain("END", "VCALENDAR");
        Ok(lines.0.into_bytes())
    }

    fn calendar_entry(&self, dated: &Dated, day: Date, lines: &mut Lines) {
        let (told, title) = (self.told(dated), &dated.document.title);
        let stamp = last_published(self.world.site(), dated.document).unwrap_or_default();
        lines.plain("BEGIN", "VEVENT");
        lines.text("UID", &self.id(dated));
        lines.plain("DTSTAMP", &moment(stamp));
        lines.plain("DTSTART;VALUE=DATE", &date(day));
        // The end is the first day that is no part of it.
        if let Ok(end) = day.tomorrow() {
            lines.plain("DTEND;VALUE=DATE", &date(end));
        }
        let summary = if dated.document.lone { (&told.sort, title) } else { (&told.text, title) };
        lines.text("SUMMARY", &format!("{}: {}", summary.0, summary.1));
        let own = self.world.full(&Route::Document(DocumentKey::of(dated.document)).address());
        let comparison = told.comparison.map(|(text, route)| format!("{text}: {}", self.world.full(&route.address())));
        let about: Vec<_> = told.note.into_iter().chain(comparison).chain([format!("{title}: {own}")]).collect();
        lines.text("DESCRIPTION", &about.join("\n"));
        lines.text("CATEGORIES", &told.sort);
        lines.plain("URL", &told.to.full(self.world));
        lines.plain("TRANSP", "TRANSPARENT");
        lines.plain("END", "VEVENT");
    }
}

/// `20211130`.
fn date(day: Date) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

/// `20211102T093000Z`.
fn moment(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// Lines of a calendar, each ended and folded as RFC 5545, section 3.1, asks.
#[derive(Default)]
struct Lines(String);

impl Lines {
    /// A property with a value that holds nothing to be escaped: a name, a day, an address.
    fn plain(&mut self, name: &str, value: &str) {
        let mut left = LINE;
        for c in name.chars().chain([':']).chain(value.chars().filter(|c| !c.is_control())) {
            if c.len_utf8() > left {
                self.0.push_str("\r\n ");
                left = LINE - 1;
            }
            left -= c.len_utf8();
            self.0.push(c);
        }
        self.0.push_str("\r\n");
    }

    /// A property with words (section 3.3.11).
    fn text(&mut self, name: &str, words: &str) {
        let mut escaped = String::with_capacity(words.len());
        for c in words.replace("\r\n", "\n").chars() {
            match c {
                '\\' | ',' | ';' => escaped.extend(['\\', c]),
                '\n' | '\r' => escaped.push_str("\\n"),
                c => escaped.push(c),
            }
        }
        self.plain(name, &escaped);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(words: &str) -> String {
        let mut lines = Lines::default();
        lines.text("SUMMARY", words);
        lines.0
    }

    #[test]
    fn words_are_escaped() {
        let check = |words: &str, expected: &str| assert_eq!(text(words), format!("SUMMARY:{expected}\r\n"), "{words}");
        check("Plain: \"quoted\"", "Plain: \"quoted\"");
        check("a, b; c", "a\\, b\\; c");
        check("C:\\new", "C:\\\\new");
        check("one\ntwo\r\nthree\rfour", "one\\ntwo\\nthree\\nfour");
        check("bell\u{7}, null\0", "bell\\, null");
    }

    #[test]
    fn lines_are_folded_at_75_bytes_and_never_inside_a_letter() {
        for words in ["x".repeat(300), "Überprüfung ".repeat(20), "💊".repeat(60), ",".repeat(100), "x".repeat(67)]
        {
            let lines = text(&words);
            assert!(lines.ends_with("\r\n"));
            assert!(lines.split("\r\n").all(|line| line.len() <= 75), "{lines}");
            let unfolded = lines.replace("\r\n ", "");
            assert_eq!(unfolded, format!("SUMMARY:{}\r\n", words.replace(',', "\\,")));
        }
        assert_eq!(text(&"x".repeat(67)).matches("\r\n").count(), 1);
        assert_eq!(text(&"x".repeat(68)).matches("\r\n").count(), 2);
    }

    #[test]
    fn days_and_moments_are_written_in_their_short_form() {
        assert_eq!(date(jiff::civil::date(2024, 2, 29)), "20240229");
        assert_eq!(date(jiff::civil::date(987, 1, 1)), "09870101");
        assert_eq!(moment("2021-12-31T23:30:00.5Z".parse().unwrap()), "20211231T233000Z");
    }
}
