//! A comparison as lines for a terminal, and as JSON for other programs.

use super::front_matter::KeyChange;
use super::list::{Counts, Listed, Name, counts};
use crate::words::Words;
use serde::Serialize;
use std::fmt::Write as _;

/// One line a change, those of front matter first, then under the headings of the newer text; with the
/// colours of a terminal if wanted.
pub fn text(keys: &[KeyChange], listed: &[Listed], colour: bool) -> String {
    let mut shown = front_matter(keys, colour);
    let mut place = None;
    let nothing = if keys.is_empty() { NOTHING } else { "Nothing changed in the text" };
    let summary = if listed.is_empty() { nothing.to_owned() } else { summary(&counts(listed)) };
    for line in listed {
        if place != Some(&line.place) && !line.place.is_empty() {
            let _ = writeln!(shown, "{}", paint(&line.place, "1", colour));
        }
        let (sign, code) = match line.name {
            Name::Added => ("+", "32"),
            Name::Removed => ("-", "31"),
            Name::Moved | Name::Split | Name::Merged => (">", "36"),
            Name::Edited | Name::Reformatted | Name::Renumbered => ("~", "33"),
        };
        let _ = writeln!(shown, "  {} {}", paint(sign, code, colour), visible(&line.said(Words::english())));
        place = Some(&line.place);
    }
    let _ = writeln!(shown, "{summary}");
    shown
}

/// The changes of front matter below a heading, and an empty line.
fn front_matter(keys: &[KeyChange], colour: bool) -> String {
    let mut shown = String::new();
    if !keys.is_empty() {
        let _ = writeln!(shown, "{}", paint("Front matter", "1", colour));
    }
    for change in keys {
        let code = match change.sign() {
            "+" => "32",
            "-" => "31",
            _ => "33",
        };
        let _ = writeln!(shown, "  {} {}", paint(change.sign(), code, colour), visible(&change.line()));
    }
    // What stands above the first heading has no line of its own to part it from this.
    if keys.is_empty() { shown } else { shown + "\n" }
}

const NOTHING: &str = "Nothing changed";

/// The counts as a sentence: `3 changed, 1 added, 1 moved; 12 words added, 4 removed`.
pub fn summary(counts: &Counts) -> String {
    let parts =
        [(counts.edited, "changed"), (counts.added, "added"), (counts.removed, "removed"), (counts.moved, "moved")];
    let parts: Vec<_> =
        parts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
    if parts.is_empty() {
        return NOTHING.to_owned();
    }
    let words = if counts.words_added == 1 { "word" } else { "words" };
    format!("{}; {} {words} added, {} removed", parts.join(", "), counts.words_added, counts.words_removed)
}

/// The form for other programs: `{"version": 1, "front_matter": [{…}], "counts": {…}, "changes": [{…}]}`.
/// Its fields are described in `ARCHITECTURE.md`.
#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    front_matter: &'a [KeyChange],
    counts: Counts,
    changes: Vec<Listed>,
}

/// The changes as JSON, with the fields of [`KeyChange`], [`Counts`] and [`Listed`].
pub fn json(keys: &[KeyChange], changes: Vec<Listed>) -> String {
    let document = Document { version: 1, front_matter: keys, counts: counts(&changes), changes };
    serde_json::to_string_pretty(&document).unwrap_or_default()
}

fn paint(words: &str, code: &str, colour: bool) -> String {
    let words = visible(words);
    if colour { format!("\u{1b}[{code}m{words}\u{1b}[0m") } else { words }
}

/// Text without characters that a terminal would obey.
fn visible(words: &str) -> String {
    words.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diff::{Judge, compare, list};
    use crate::markdown::{Dialect, parse};

    #[test]
    fn lines_stand_under_their_headings() {
        let (old, new) =
            (parse("## Costs\n\na b c\n", Dialect::Paper), parse("## Costs\n\na b c\n\nMore.\n", Dialect::Paper));
        let listed = list(&compare(&old, &new), &old, &new, &Judge::default());
        let shown = text(&[], &listed, false);
        assert_eq!(shown, "Costs\n  + Paragraph added: “More.”\n1 added; 1 word added, 0 removed\n");
    }

    #[test]
    fn front_matter_is_the_first_group() {
        let keys = [KeyChange { key: "a".into(), old: Some("1".into()), new: Some("2\u{1b}".into()) }];
        let shown = text(&keys, &[], false);
        assert_eq!(shown, "Front matter\n  ~ a: 1 became 2\u{fffd}\n\nNothing changed in the text\n");
        assert_eq!(text(&[], &[], false), "Nothing changed\n");
        let shown = json(&keys[..], Vec::new());
        let read: serde_json::Value = serde_json::from_str(&shown).unwrap();
        assert_eq!(read["front_matter"], serde_json::json!([{"key": "a", "old": "1", "new": "2\u{1b}"}]));
        assert_eq!(read["version"], 1);
    }

    #[test]
    fn a_terminal_is_not_given_orders() {
        assert_eq!(visible("a\u{1b}[31mb"), "a\u{fffd}[31mb");
    }
}
