//! Where the keys and the entries of a YAML value stand.
//!
//! In: a text and the byte range of a value in it, which the library has read already. Out: the ranges of
//! its entries, or of its keys with theirs. The library tells no places of what is nested, so this looks at
//! indentation, hyphens, brackets and quotation marks alone; a value in a form that it does not know has no
//! outline, and findings then stand at the key above.

use super::front_matter::Chunk;
use std::ops::Range;

/// The entries of a list, in order.
pub(super) fn entries(text: &str, value: Range<usize>) -> Vec<Range<usize>> {
    match flow(text, &value, '[') {
        Some(parts) => parts,
        None => {
            let lines = lines(text, &value);
            let Some(depth) = lines.iter().find(|line| line.is_item(text)).map(|line| line.depth) else {
                return Vec::new();
            };
            let starts = lines.iter().filter(|line| line.depth == depth && line.is_item(text)).map(|line| line.start);
            until_next(starts.collect(), value.end)
        }
    }
}

/// The keys of a set of keys, in order.
pub(super) fn keys(text: &str, value: Range<usize>) -> Vec<Chunk> {
    let value = without_hyphen(text, value);
    let parts = match flow(text, &value, '{') {
        Some(parts) => parts,
        None => {
            let lines = lines(text, &value);
            let Some(depth) = lines.first().map(|line| line.depth) else { return Vec::new() };
            let own = lines.iter().filter(|line| line.depth == depth && !line.is_item(text));
            until_next(own.map(|line| line.start).collect(), value.end)
        }
    };
    parts.into_iter().filter_map(|part| chunk(text, part)).collect()
}

/// What stands behind the colon of a key.
pub(super) fn value(text: &str, chunk: &Chunk) -> Range<usize> {
    let rest = &text[chunk.key.end..chunk.whole.end];
    let colon = rest.find(':').map_or(rest.len(), |at| at + 1);
    chunk.key.end + colon..chunk.whole.end
}

/// A line with words, of which the first begins at `start`.
struct Line {
    start: usize,
    depth: usize,
}

impl Line {
    fn is_item(&self, text: &str) -> bool {
        let rest = &text[self.start..];
        rest.starts_with("- ") || rest.starts_with("-\n") || rest.starts_with("-\r")
    }
}

/// The lines of a value. The first begins in the middle of its line where the value does.
fn lines(text: &str, value: &Range<usize>) -> Vec<Line> {
    let mut at = value.start;
    let mut lines = Vec::new();
    for line in text[value.clone()].split_inclusive('\n') {
        let start = at + line.len() - line.trim_start().len();
        at += line.len();
        if !matches!(line.trim_start().chars().next(), None | Some('#')) {
            let of_line = text[..start].rfind('\n').map_or(0, |at| at + 1);
            lines.push(Line { start, depth: start - of_line });
        }
    }
    lines
}

fn until_next(starts: Vec<usize>, end: usize) -> Vec<Range<usize>> {
    let ends = starts.iter().skip(1).copied().chain([end]);
    starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
}

/// An entry of a list without its hyphen.
fn without_hyphen(text: &str, value: Range<usize>) -> Range<usize> {
    let entry = &text[value.clone()];
    let rest = entry.trim_start();
    let rest = rest.strip_prefix('-').filter(|after| after.starts_with(char::is_whitespace)).unwrap_or(rest);
    value.end - rest.trim_start().len()..value.end
}

/// The parts of a value in brackets, parted by commas; none where it is in no such brackets.
fn flow(text: &str, value: &Range<usize>, open: char) -> Option<Vec<Range<usize>>> {
    let inside = text[value.clone()].trim_start();
    let first = value.end - inside.len() + open.len_utf8();
    let inside = inside.strip_prefix(open)?;
    let (mut depth, mut quote, mut start) = (0, None, first);
    let mut parts = Vec::new();
    for (at, c) in inside.char_indices().map(|(at, c)| (first + at, c)) {
        match (quote, c) {
            (Some(mark), c) if mark == c => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') if opens_text(&text[start..at]) => quote = Some(c),
            (None, '[' | '{') => depth += 1,
            (None, ']' | '}') if depth == 0 => {
                parts.push(start..at);
                break;
            }
            (None, ']' | '}') => depth -= 1,
            (None, ',') if depth == 0 => {
                parts.push(start..at);
                start = at + 1;
            }
            _ => {}
        }
    }
    let trimmed = parts.into_iter().map(|part| {
        let words = text[part.clone()].trim_start();
        part.end - words.len()..part.start + text[part.clone()].trim_end().len()
    });
    Some(trimmed.filter(|part| !part.is_empty()).collect())
}

/// Whether a quotation mark behind these characters begins a text, and is no apostrophe.
fn opens_text(before: &str) -> bool {
    before.chars().next_back().is_none_or(|c| c.is_whitespace() || matches!(c, '[' | '{' | ',' | ':'))
}

/// A key with its value.
fn chunk(text: &str, part: Range<usize>) -> Option<Chunk> {
    let own = &text[part.clone()];
    let name = own[..own.find(':')?].trim_end();
    let is_quoted = name.len() > 2 && name.starts_with(['"', '\'']) && name.ends_with(['"', '\'']);
    let key = if is_quoted { part.start + 1..part.start + name.len() - 1 } else { part.start..part.start + name.len() };
    Some(Chunk { key, whole: part })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The keys of a text with the first line of their values.
    fn check(text: &str, expected: &[(&str, &str)]) {
        let read = keys(text, 0..text.len());
        let read: Vec<_> =
            read.iter().map(|chunk| (&text[chunk.key.clone()], text[value(text, chunk)].trim())).collect();
        assert_eq!(read, expected, "{text}");
    }

    fn check_list(text: &str, expected: &[&str]) {
        let read: Vec<_> = entries(text, 0..text.len()).into_iter().map(|entry| text[entry].trim()).collect();
        assert_eq!(read, expected, "{text}");
    }

    #[test]
    fn keys_on_lines_of_their_own_have_all_that_is_indented_below() {
        check("a: 1\nb: 2\n", &[("a", "1"), ("b", "2")]);
        check("\n  a:\n    - b: 1\n      c: 2\n  d: x\n", &[("a", "- b: 1\n      c: 2"), ("d", "x")]);
        check("- a: 1\n  b:\n  - c: 2\n  d: 3\n", &[("a", "1"), ("b", "- c: 2"), ("d", "3")]);
        check("-   a: 1\n    b: 2\n", &[("a", "1"), ("b", "2")]);
        check(
            "a: >\n  b: no key\n\n  c: nor this\n# d: 1\n\"e\": 2\n",
            &[("a", ">\n  b: no key\n\n  c: nor this\n# d: 1"), ("e", "2")],
        );
        check("", &[]);
    }

    #[test]
    fn keys_in_braces_end_at_commas() {
        check("{a: 1, b: [x, {c: 2}], 'd': \"e, f: }\"}", &[("a", "1"), ("b", "[x, {c: 2}]"), ("d", "\"e, f: }\"")]);
        check("- {a: it's,\n   b: 2}\n", &[("a", "it's"), ("b", "2")]);
        check("{}", &[]);
        check("{a: 1", &[]);
    }

    #[test]
    fn entries_begin_at_their_hyphens_or_between_commas() {
        check_list("\n- a: 1\n  b:\n    - c\n- d\n", &["- a: 1\n  b:\n    - c", "- d"]);
        check_list("\n    - a\n    -\n      b: 1\n", &["- a", "-\n      b: 1"]);
        check_list(" [{a: 1}, {b: 2}]\n", &["{a: 1}", "{b: 2}"]);
        check_list("words", &[]);
        check_list("[é, ü]", &["é", "ü"]);
    }
}
