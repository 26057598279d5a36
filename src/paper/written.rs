//! Where a key of front matter is written, for findings that only the whole site can bring.
//!
//! In: a text whose front matter was read, and the way to one of its keys. Out: the place of the key; none
//! where it is not there, or in a form that has no outline.

use super::{Text, outline};
use crate::diag::Place;
use std::ops::Range;

/// A step on the way to a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// The key of that name.
    Key(&'static str),
    /// The entry of a list in which a key has that value.
    Entry(&'static str, String),
}

impl Text {
    /// The place of a key of the front matter.
    pub fn place_of(&self, way: &[Step]) -> Option<Place> {
        find(&self.source.text, 0..self.body_start, way).map(|range| self.source.place(range))
    }
}

impl Text {
    /// The whole text with that value for a key at the top of its front matter, which is added where it is not there.
    pub fn with_key(&self, key: &str, value: &str) -> String {
        let text = &self.source.text;
        let front =
            || text.get(..self.body_start).filter(|front| front.trim_start_matches('\u{feff}').starts_with("---"));
        let chunk =
            outline::keys(text, 0..self.body_start).into_iter().find(|own| text.get(own.key.clone()) == Some(key));
        let (range, written) = match (chunk, front()) {
            (Some(chunk), _) => {
                let start = outline::value(text, &chunk).start;
                let line = text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or("");
                let old = line.find(" #").map_or(line, |at| line.get(..at).unwrap_or(line)).trim_end();
                (start..start + old.len(), format!(" {value}"))
            }
            (None, Some(front)) => {
                let at = front.find('\n').map_or(front.len(), |at| at + 1);
                let end = if front.contains("\r\n") { "\r\n" } else { "\n" };
                (at..at, format!("{key}: {value}{end}"))
            }
            (None, None) if text.starts_with('\u{feff}') => (3..3, format!("---\n{key}: {value}\n---\n\n")),
            (None, None) => (0..0, format!("---\n{key}: {value}\n---\n\n")),
        };
        let mut text = text.to_string();
        text.replace_range(range, &written);
        text
    }
}

fn find(text: &str, range: Range<usize>, way: &[Step]) -> Option<Range<usize>> {
    let (step, rest) = way.split_first()?;
    match step {
        Step::Key(name) => {
            let chunk = outline::keys(text, range).into_iter().find(|own| text.get(own.key.clone()) == Some(*name))?;
            if rest.is_empty() { Some(chunk.key) } else { find(text, outline::value(text, &chunk), rest) }
        }
        Step::Entry(key, value) => {
            let is_value = |entry: &Range<usize>| said(text, entry.clone(), key) == Some(value.as_str());
            find(text, outline::entries(text, range).into_iter().find(is_value)?, rest)
        }
    }
}

/// What a key of an entry says on its line, without quotation marks and a comment.
fn said<'t>(text: &'t str, entry: Range<usize>, key: &str) -> Option<&'t str> {
    let chunk = outline::keys(text, entry).into_iter().find(|own| text.get(own.key.clone()) == Some(key))?;
    let value = text.get(outline::value(text, &chunk))?.lines().next()?;
    Some(value.split(" #").next()?.trim().trim_matches(['"', '\'']))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Source;
    use crate::path::SitePath;
    use crate::tree::Digest;

    #[track_caller]
    fn check(front: &str, way: &[Step], expected: Option<(u32, u32)>) {
        let text = format!("---\n{front}\n---\nrounds: none\n");
        let source = Source::new(SitePath::new("a.md"), text.as_str());
        let text = Text { source, body_start: text.len() - "rounds: none\n".len(), digest: Digest::of(&[]) };
        assert_eq!(text.place_of(way).map(|place| (place.line, place.column)), expected, "{front}");
    }

    fn closes(round: &str) -> [Step; 3] {
        [Step::Key("rounds"), Step::Entry("round", round.into()), Step::Key("closes")]
    }

    #[test]
    fn keys_are_found_at_the_top_and_in_entries() {
        let listed =
            "title: A\nrounds:\n  - round: 1 # the first\n    closes: x\n  - round: \"2\"\n    closes: y\ndate: z";
        check(listed, &[Step::Key("date")], Some((8, 1)));
        check(listed, &closes("1"), Some((5, 5)));
        check(listed, &closes("2"), Some((7, 5)));
        check("rounds: [{round: 1}, {round: 2, closes: x}]", &closes("2"), Some((2, 33)));
    }

    #[test]
    fn a_key_is_set_where_it_stands_or_first() {
        let check = |text: &str, expected: &str| {
            let source = Source::new(SitePath::new("a.md"), text);
            let body_start = text.rfind("---\n").map_or(0, |at| at + 4);
            let text = Text { source, body_start, digest: Digest::of(&[]) };
            assert_eq!(text.with_key("published", "2021-08-05"), expected);
        };
        let set = "---\na: b\npublished: 2021-08-05 # then\n# more\nc: d\n---\n";
        check("---\na: b\npublished: soon # then\n# more\nc: d\n---\n", set);
        check("---\na: b\npublished:\n---\nx", "---\na: b\npublished: 2021-08-05\n---\nx");
        check("---\na: b\n---\npublished: no", "---\npublished: 2021-08-05\na: b\n---\npublished: no");
        check("Words", "---\npublished: 2021-08-05\n---\n\nWords");
        check("\u{feff}---\na: b\n---\n", "\u{feff}---\npublished: 2021-08-05\na: b\n---\n");
        check("\u{feff}Words", "\u{feff}---\npublished: 2021-08-05\n---\n\nWords");
    }

    #[test]
    fn what_is_not_written_has_no_place() {
        check("rounds: [{round: 1}]", &closes("1"), None);
        check("rounds: [{round: 1}]", &closes("2"), None);
        check("title: A", &[Step::Key("rounds")], None);
    }
}
