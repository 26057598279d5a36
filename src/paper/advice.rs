//! What to say about lines that YAML refuses: the faults that people make, in their words.
//!
//! In: a key with its value, and the fault that the library stopped at. Out: a finding at the place
//! where the author has to change something, which is often not where the library noticed.

use super::front_matter::Chunk;
use super::keys::Table;
use super::yaml::{Fault, NO_SPACE};
use crate::diag::{self, Diagnostic, Source};
use std::ops::Range;

/// The finding for a fault in a chunk of a source.
pub(super) fn explain(source: &Source, chunk: &Chunk, table: &Table, fault: &Fault) -> Diagnostic {
    let case = Case { source, chunk, text: &source.text[chunk.whole.clone()], fault };
    case.missing_space()
        .or_else(|| case.doubled())
        .or_else(|| case.tab())
        .or_else(|| case.open_quote())
        .or_else(|| case.indented_key(table))
        .or_else(|| case.unquoted())
        .unwrap_or_else(|| case.other())
}

/// The value in quotation marks, so that YAML takes it as it stands.
pub(super) fn quoted(value: &str) -> String {
    let value = value.trim();
    let bare = value.strip_prefix('“').and_then(|rest| rest.strip_suffix('”')).unwrap_or(value);
    if bare.contains(['"', '\\']) { format!("'{}'", bare.replace('\'', "''")) } else { format!("\"{bare}\"") }
}

struct Case<'a> {
    source: &'a Source,
    chunk: &'a Chunk,
    text: &'a str,
    fault: &'a Fault,
}

impl Case<'_> {
    /// A finding at a range of the chunk.
    fn at(&self, range: Range<usize>, message: impl Into<String>) -> Diagnostic {
        let start = self.chunk.whole.start;
        Diagnostic::at(&diag::YAML_SYNTAX, self.source.place(start + range.start..start + range.end), message)
    }

    fn key(&self) -> &str {
        &self.source.text[self.chunk.key.clone()]
    }

    /// Lines with their offsets in the chunk, without their ends.
    fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        let mut at = 0;
        self.text.split_inclusive('\n').map(move |line| {
            let start = at;
            at += line.len();
            (start, line.trim_end())
        })
    }

    /// The offset of the fault in the chunk.
    fn offset(&self) -> usize {
        let (start, line) = self.lines().nth(self.fault.line.saturating_sub(1)).unwrap_or((self.text.len(), ""));
        start + line.char_indices().nth(self.fault.column.saturating_sub(1)).map_or(line.len(), |(at, _)| at)
    }

    fn missing_space(&self) -> Option<Diagnostic> {
        let colon = self.text.find(':').filter(|_| self.fault.message == NO_SPACE)?;
        let key = self.key();
        let hint = format!("write `{key}: {}`", self.text[colon + 1..].lines().next().unwrap_or("").trim());
        Some(self.at(colon..colon + 1, format!("no space follows the colon of `{key}`")).hint(hint))
    }

    /// A key that stands twice in a set of keys, which the library reports at the start of the set.
    fn doubled(&self) -> Option<Diagnostic> {
        let (_, name) = self.fault.message.split_once("duplicate entry with key ")?;
        let name = name.trim_matches('"');
        let start = self.offset();
        let (again, _) = self.text.get(start..)?.match_indices(&format!("{name}:")).nth(1)?;
        let finding = self.at(start + again..start + again + name.len(), format!("`{name}` stands here a second time"));
        Some(Diagnostic { rule: &diag::DUPLICATE_KEY, ..finding }.hint("keep one of the two"))
    }

    fn tab(&self) -> Option<Diagnostic> {
        let tab = self.lines().find_map(|(start, line)| {
            let indent = line.len() - line.trim_start().len();
            line[..indent].find('\t').map(|at| start + at)
        })?;
        Some(self.at(tab..tab + 1, "a tab is used for indentation").hint("indent with spaces: two for each step"))
    }

    /// A value, or an item of a list, that opens a quotation mark and never closes it.
    fn open_quote(&self) -> Option<Diagnostic> {
        let starts = self.lines().enumerate().map(|(number, (start, line))| {
            let skip = if number == 0 { line.find(':').map_or(0, |at| at + 1) } else { item_mark(line) };
            start + skip + line[skip..].len() - line[skip..].trim_start().len()
        });
        let open = starts.into_iter().find(|start| is_open_quote(&self.text[*start..]))?;
        let mark = self.text[open..].chars().next()?;
        let finding = self.at(open..open + 1, format!("the quotation mark that opens here is never closed: {mark}"));
        Some(finding.hint(format!("put another {mark} at the end of the value")))
    }

    fn indented_key(&self, table: &Table) -> Option<Diagnostic> {
        let (start, line) = self.lines().skip(1).find(|(_, line)| {
            let key = line.trim_start().split(':').next().unwrap_or("");
            line.starts_with(' ') && line.contains(':') && table.key(key).is_some()
        })?;
        let indent = line.len() - line.trim_start().len();
        let key = line.trim_start().split(':').next().unwrap_or("");
        let finding = self.at(start..start + indent, format!("`{key}` does not begin at the start of its line"));
        Some(finding.hint(format!("remove the spaces in front of `{key}`")))
    }

    /// A text on one line with a character that means something to YAML, most often a colon.
    fn unquoted(&self) -> Option<Diagnostic> {
        let (start, line) = self.lines().nth(self.fault.line.saturating_sub(1))?;
        let skip = if self.fault.line == 1 { line.find(':').map_or(0, |at| at + 1) } else { item_mark(line) };
        let value = line[skip..].trim();
        let open = |pair: (char, char)| value.starts_with(pair.0) && !value.contains(pair.1);
        let is_open = open(('[', ']')) || open(('{', '}'));
        let is_text = !is_open && value.chars().any(char::is_alphanumeric) && (self.fault.line == 1 || skip > 0);
        if !is_text {
            return None;
        }
        let shown = format!("{}{}", self.lead(line, skip), quoted(value));
        let hint = format!("put the value in quotation marks: {shown}");
        let value_start = start + skip + line[skip..].len() - line[skip..].trim_start().len();
        let colon = value.find(": ").or_else(|| value.ends_with(':').then(|| value.len() - 1));
        let finding = match colon.filter(|_| self.fault.message.contains("mapping values")) {
            Some(at) => self.at(
                value_start + at..value_start + at + 1,
                "a value that holds a colon stands without quotation marks",
            ),
            None => self.at(value_start..value_start + value.len(), "this value needs quotation marks"),
        };
        Some(finding.hint(hint))
    }

    /// What stands in front of the value in a hint: `title: ` or `- `.
    fn lead(&self, line: &str, skip: usize) -> String {
        format!("{} ", line[..skip].trim())
    }

    fn other(&self) -> Diagnostic {
        let at = self.offset().min(self.text.trim_end().len());
        let finding =
            self.at(at..at + 1, format!("the value of `{}` is not valid YAML: {}", self.key(), self.fault.message));
        finding.hint("look for a missing space after a colon or hyphen, a wrong indentation, or an unclosed bracket")
    }
}

/// How many bytes of a line are indentation and the hyphen of a list; none where there is no hyphen.
fn item_mark(line: &str) -> usize {
    let indent = line.len() - line.trim_start().len();
    if line[indent..].starts_with("- ") { indent + 2 } else { 0 }
}

/// Whether a text begins with a quotation mark that has no partner.
fn is_open_quote(text: &str) -> bool {
    let mut rest = text.chars();
    match rest.next() {
        Some('\'') => !text[1..].contains('\''),
        Some('"') => {
            let mut escaped = false;
            !rest.any(|c| {
                let closes = c == '"' && !escaped;
                escaped = c == '\\' && !escaped;
                closes
            })
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::{front_matter, keys, yaml};
    use crate::path::SitePath;

    /// The place, message and hint for the first key of some front matter.
    fn check(lines: &str, expected: (u32, u32), message: &str, hint: &str) {
        let source = Source::new(SitePath::new("a.md"), format!("---\n{lines}\n---\n"));
        let front = front_matter::split(&source, &keys::INDEX);
        let chunk = front.chunks.first().expect("a key");
        let fault = yaml::read(&source.text[chunk.whole.clone()]).expect_err("not YAML");
        let finding = explain(&source, chunk, &keys::INDEX, &fault);
        let place = finding.place.expect("a place");
        assert_eq!((place.line, place.column), expected, "{lines}");
        assert_eq!((finding.message.as_str(), finding.hint.as_deref()), (message, Some(hint)), "{lines}");
    }

    #[test]
    fn a_colon_in_a_title_asks_for_quotation_marks() {
        let message = "a value that holds a colon stands without quotation marks";
        check("title: Hubs: a plan", (2, 12), message, "put the value in quotation marks: title: \"Hubs: a plan\"");
        check("title: “Hubs: a plan”", (2, 13), message, "put the value in quotation marks: title: \"Hubs: a plan\"");
        check(
            "title: Hubs: \"a\" plan",
            (2, 12),
            message,
            "put the value in quotation marks: title: 'Hubs: \"a\" plan'",
        );
        check("to:\n  - A: b: c", (3, 6), message, "put the value in quotation marks: - \"A: b: c\"");
    }

    #[test]
    fn a_character_that_yaml_keeps_for_itself_asks_for_quotation_marks() {
        let message = "this value needs quotation marks";
        check("title: @home", (2, 8), message, "put the value in quotation marks: title: \"@home\"");
        check(
            "title: \"Hubs\" and more",
            (2, 8),
            message,
            "put the value in quotation marks: title: '\"Hubs\" and more'",
        );
        check("title: [Draft] hubs", (2, 8), message, "put the value in quotation marks: title: \"[Draft] hubs\"");
        check("title: *bold*", (2, 8), message, "put the value in quotation marks: title: \"*bold*\"");
    }

    #[test]
    fn a_tab_is_shown_where_it_stands() {
        check(
            "rounds:\n\t- round: 1",
            (3, 1),
            "a tab is used for indentation",
            "indent with spaces: two for each step",
        );
    }

    #[test]
    fn a_quotation_mark_without_a_partner_is_shown_where_it_opens() {
        let message = "the quotation mark that opens here is never closed: \"";
        check("title: \"Hubs\nsummary: B", (2, 8), message, "put another \" at the end of the value");
        check("to:\n  - \"A\n  - B", (3, 5), message, "put another \" at the end of the value");
    }

    #[test]
    fn a_missing_space_and_a_needless_one_are_told_apart() {
        check("title:Hubs", (2, 6), "no space follows the colon of `title`", "write `title: Hubs`");
        check(
            "title: Hubs\n summary: B",
            (3, 1),
            "`summary` does not begin at the start of its line",
            "remove the spaces in front of `summary`",
        );
    }

    #[test]
    fn any_other_fault_has_the_words_of_the_library() {
        let source = Source::new(SitePath::new("a.md"), "---\nto: [a,\n  b\n---\n");
        let front = front_matter::split(&source, &keys::INDEX);
        let chunk = &front.chunks[0];
        let fault = yaml::read(&source.text[chunk.whole.clone()]).expect_err("not YAML");
        let finding = explain(&source, chunk, &keys::INDEX, &fault);
        assert!(finding.hint.is_some() && finding.place.is_some_and(|place| place.line >= 2));
    }
}
