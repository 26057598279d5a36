//! A comparison as lines for a terminal, and as JSON for other programs.

use super::Comparison;
use super::class::Judge;
use super::list::{Counts, Listed, Name, counts, list};
use crate::markdown::Body;
use serde::Serialize;
use std::fmt::Write as _;

/// One line a change under the headings of the newer text; with the colours of a terminal if wanted.
pub fn text(comparison: &Comparison, old: &Body, new: &Body, judge: &Judge, colour: bool) -> String {
    let mut shown = String::new();
    let mut place = None;
    let listed = list(comparison, old, new, judge);
    let counts = counts(&listed);
    for line in listed {
        if place.as_ref() != Some(&line.place) && !line.place.is_empty() {
            let _ = writeln!(shown, "{}", paint(&line.place, "1", colour));
        }
        let (sign, code) = match line.name {
            Name::Added => ("+", "32"),
            Name::Removed => ("-", "31"),
            Name::Moved | Name::Split | Name::Merged => (">", "36"),
            Name::Edited | Name::Reformatted | Name::Renumbered => ("~", "33"),
        };
        let _ = writeln!(shown, "  {} {}", paint(sign, code, colour), visible(&line.sentence));
        place = Some(line.place);
    }
    let _ = writeln!(shown, "{}", summary(&counts));
    shown
}

/// The counts as a sentence: `3 changed, 1 added, 1 moved; 12 words added, 4 removed`.
pub fn summary(counts: &Counts) -> String {
    let parts =
        [(counts.edited, "changed"), (counts.added, "added"), (counts.removed, "removed"), (counts.moved, "moved")];
    let parts: Vec<_> =
        parts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
    if parts.is_empty() {
        return "Nothing changed".to_owned();
    }
    let words = if counts.words_added == 1 { "word" } else { "words" };
    format!("{}; {} {words} added, {} removed", parts.join(", "), counts.words_added, counts.words_removed)
}

/// The form for other programs: `{"version": 1, "counts": {…}, "changes": [{…}]}`.
#[derive(Serialize)]
struct Document {
    version: u32,
    counts: Counts,
    changes: Vec<Listed>,
}

/// The comparison as JSON, with the fields of [`Counts`] and [`Listed`].
pub fn json(comparison: &Comparison, old: &Body, new: &Body, judge: &Judge) -> String {
    let changes = list(comparison, old, new, judge);
    let document = Document { version: 1, counts: counts(&changes), changes };
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
    use crate::diff::compare;
    use crate::markdown::{Dialect, parse};

    #[test]
    fn lines_stand_under_their_headings() {
        let (old, new) =
            (parse("## Costs\n\na b c\n", Dialect::Paper), parse("## Costs\n\na b c\n\nMore.\n", Dialect::Paper));
        let shown = text(&compare(&old, &new), &old, &new, &Judge::default(), false);
        assert_eq!(shown, "Costs\n  + Paragraph added: “More.”\n1 added; 1 word added, 0 removed\n");
    }

    #[test]
    fn a_terminal_is_not_given_orders() {
        assert_eq!(visible("a\u{1b}[31mb"), "a\u{fffd}[31mb");
    }
}
