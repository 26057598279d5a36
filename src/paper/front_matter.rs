//! Where the front matter of a file stands, and where its keys begin.
//!
//! In: a source and the keys that it may have. Out: the byte ranges of the keys with their values, the
//! start of the body, and what is wrong with the lines of three hyphens around them. The body is
//! found whatever is wrong above it, so that one run reports what is wrong in both.

use super::keys::Table;
use crate::diag::{self, Diagnostic, Source};
use std::ops::Range;

/// A key at the start of a line, with its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Chunk {
    /// The key, without colon and quotation marks.
    pub(super) key: Range<usize>,
    /// From the key to the line before the next key.
    pub(super) whole: Range<usize>,
}

/// The outline of a file's front matter.
#[derive(Debug, Default)]
pub(super) struct FrontMatter {
    /// In the order of the file.
    pub(super) chunks: Vec<Chunk>,
    /// Where the body begins, in bytes.
    pub(super) body_start: usize,
    /// The first line, at which what is missing is reported.
    pub(super) head: Range<usize>,
    /// Whether there is any.
    pub(super) present: bool,
    /// What is wrong with the fences and between the keys.
    pub(super) found: Vec<Diagnostic>,
}

/// Finds the front matter of a file that may have the keys of a table.
pub(super) fn split(source: &Source, table: &Table) -> FrontMatter {
    let splitter = Splitter { source, text: &source.text, table };
    let start = if source.text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let first = splitter.line(start);
    if is_fence(splitter.content(&first)) {
        return splitter.fenced(first);
    }
    splitter.without_opening(start)
}

/// The body of a text that may have front matter or not, of whatever keys.
pub fn body_of(text: &str) -> &str {
    parted(text).1
}

/// The front matter of such a text, without its fences; empty where it has none.
pub(super) fn front_of(text: &str) -> &str {
    parted(text).0
}

fn parted(text: &str) -> (&str, &str) {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lines = text.split_inclusive('\n');
    let fence = |line: &str| line.trim_end() == "---";
    let Some(first) = lines.next().filter(|line| fence(line)) else { return ("", text) };
    let mut at = first.len();
    for line in lines {
        if fence(line) {
            return (&text[first.len()..at], &text[at + line.len()..]);
        }
        at += line.len();
    }
    ("", text)
}

struct Splitter<'a> {
    source: &'a Source,
    text: &'a str,
    table: &'a Table,
}

/// What a line is to the front matter.
enum Line {
    Fence,
    NearFence,
    Blank,
    Comment,
    Key(Range<usize>),
    Continuation,
    Prose,
}

impl Splitter<'_> {
    /// The line that begins at an offset, with its end.
    fn line(&self, start: usize) -> Range<usize> {
        let end = self.text[start..].find('\n').map_or(self.text.len(), |at| start + at + 1);
        start..end
    }

    fn content(&self, line: &Range<usize>) -> &str {
        self.text[line.clone()].trim_end()
    }

    fn lines(&self, start: usize) -> impl Iterator<Item = Range<usize>> {
        let mut at = start;
        std::iter::from_fn(move || {
            let line = (at < self.text.len()).then(|| self.line(at))?;
            at = line.end;
            Some(line)
        })
    }

    fn sort(&self, line: &Range<usize>) -> Line {
        let content = self.content(line);
        match content.chars().next() {
            None => Line::Blank,
            Some('#') => Line::Comment,
            Some(_) if is_fence(content) => Line::Fence,
            Some(_) if is_near_fence(content) => Line::NearFence,
            Some(' ' | '\t' | ']' | '}') => Line::Continuation,
            Some('-') if content == "-" || content.starts_with("- ") => Line::Continuation,
            Some(_) => match key_of(content) {
                Some(key) => Line::Key(line.start + key.start..line.start + key.end),
                None => Line::Prose,
            },
        }
    }

    /// The front matter below an opening fence.
    fn fenced(&self, opening: Range<usize>) -> FrontMatter {
        let mut front = self.begin(&opening);
        let mut after_blank = false;
        for line in self.lines(opening.end) {
            front.body_start = line.end;
            match self.sort(&line) {
                Line::Fence => return front,
                Line::NearFence => {
                    front.found.push(self.near_fence(&line));
                    return front;
                }
                Line::Prose if after_blank => break,
                Line::Blank => after_blank = true,
                Line::Comment => {}
                Line::Key(key) => {
                    after_blank = false;
                    front.chunks.push(Chunk { key, whole: line });
                }
                Line::Continuation | Line::Prose => self.continued(&mut front, &line),
            }
        }
        self.unclosed(opening)
    }

    fn begin(&self, head: &Range<usize>) -> FrontMatter {
        let head = head.start..head.start + self.content(head).len();
        FrontMatter { head, present: true, ..FrontMatter::default() }
    }

    fn continued(&self, front: &mut FrontMatter, line: &Range<usize>) {
        match front.chunks.last_mut() {
            Some(chunk) => chunk.whole.end = line.end,
            None if front.found.is_empty() => {
                let message = "the front matter does not begin with a key at the start of a line";
                let finding = Diagnostic::at(&diag::YAML_SYNTAX, self.source.place(line.clone()), message);
                front.found.push(finding.hint("write each key at the start of its line, such as `title: …`"));
            }
            None => {}
        }
    }

    fn near_fence(&self, line: &Range<usize>) -> Diagnostic {
        let content = self.content(line).to_owned();
        let place = self.source.place(line.start..line.start + content.len());
        Diagnostic::at(&diag::FRONT_MATTER_FENCE, place, format!("front matter does not end with `{content}`"))
            .hint("write a line of exactly three hyphens: ---")
    }

    /// An opening fence without a closing one: the keys end where the text seems to begin.
    fn unclosed(&self, opening: Range<usize>) -> FrontMatter {
        let mut front = self.begin(&opening);
        self.open_ended(&mut front, opening.end);
        let place = self.source.place(front.head.clone());
        let message = "the front matter has no closing line of three hyphens";
        let last = self.source.place(front.body_start.saturating_sub(1)..front.body_start).line;
        let hint = format!("put a line of three hyphens (---) below line {last}, where the keys end");
        front.found.push(Diagnostic::at(&diag::FRONT_MATTER_FENCE, place, message).hint(hint));
        front
    }

    /// Takes keys until a fence, prose, or a blank line that no known key follows; says whether a
    /// fence ended them.
    fn open_ended(&self, front: &mut FrontMatter, start: usize) -> bool {
        front.body_start = start;
        let mut after_blank = false;
        for line in self.lines(start) {
            match self.sort(&line) {
                Line::Fence => {
                    front.body_start = line.end;
                    return true;
                }
                Line::Blank => after_blank = true,
                Line::Key(key) if !after_blank || self.table.key(&self.text[key.clone()]).is_some() => {
                    after_blank = false;
                    front.body_start = line.end;
                    front.chunks.push(Chunk { key, whole: line });
                }
                Line::Comment | Line::Continuation if !after_blank => {
                    front.body_start = line.end;
                    self.continued(front, &line);
                }
                _ => break,
            }
        }
        false
    }

    /// A file whose first line is not a fence: without front matter, or with a broken opening.
    fn without_opening(&self, start: usize) -> FrontMatter {
        let absent = FrontMatter { body_start: start, ..FrontMatter::default() };
        let mut lines = self.lines(start).filter(|line| !self.content(line).is_empty());
        let Some(first) = lines.next() else { return absent };
        let second_is_key = lines.next().is_some_and(|line| self.is_known_key(&line));
        let (keys_start, message, hint) = if self.is_known_key(&first) {
            let message = "the front matter has no opening line of three hyphens";
            (first.start, message, "put a line of three hyphens (---) above the first key")
        } else if second_is_key && is_fence(self.content(&first)) {
            (first.end, "the front matter does not begin on the first line", "remove the empty lines above it")
        } else if second_is_key && !self.content(&first).contains(char::is_alphanumeric) {
            let message = "the front matter does not begin with a line of three hyphens";
            (first.end, message, "write three hyphens and nothing else: ---")
        } else {
            return absent;
        };
        let mut front = self.begin(&first);
        let closed = self.open_ended(&mut front, keys_start);
        let hint =
            if closed { hint.to_owned() } else { format!("{hint}, and another line of three below the last key") };
        let place = self.source.place(front.head.clone());
        front.found.push(Diagnostic::at(&diag::FRONT_MATTER_FENCE, place, message).hint(hint));
        front
    }

    fn is_known_key(&self, line: &Range<usize>) -> bool {
        key_of(self.content(line)).is_some_and(|key| self.table.key(&self.content(line)[key]).is_some())
    }
}

fn is_fence(content: &str) -> bool {
    content == "---"
}

/// A line that was meant for a fence: too few or too many hyphens, dashes, or the end mark of YAML.
fn is_near_fence(content: &str) -> bool {
    let dashes = content.chars().all(|c| matches!(c, '-' | '–' | '—'));
    content == "..." || dashes && content != "-"
}

/// The range of the key that a line begins with: `key:` or `"key":`, also with a space in the key or
/// none after the colon, which are reported later.
fn key_of(content: &str) -> Option<Range<usize>> {
    let colon = content.find(':')?;
    let key = content[..colon].trim_end();
    let quoted = key.len() > 2 && key.starts_with(['"', '\'']) && key.ends_with(['"', '\'']);
    let range = if quoted { 1..key.len() - 1 } else { 0..key.len() };
    let name = &key[range.clone()];
    let plain = name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ' '));
    let spaced = content[colon + 1..].starts_with([' ', '\t']) || content.len() == colon + 1;
    (plain && !name.is_empty() && (spaced || !name.contains(' '))).then_some(range)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::keys;
    use crate::path::SitePath;

    /// The keys, the body, and the findings as `line:column rule`.
    fn split_text(text: &str) -> (Vec<String>, String, Vec<String>) {
        let source = Source::new(SitePath::new("a.md"), text);
        let front = split(&source, &keys::INDEX);
        let keys = front.chunks.iter().map(|chunk| source.text[chunk.key.clone()].to_owned()).collect();
        let found = front.found.iter().map(|finding| {
            let (line, column) = finding.place.as_ref().map_or((0, 0), |place| (place.line, place.column));
            assert!(finding.hint.is_some(), "{}", finding.message);
            format!("{line}:{column} {}", finding.rule.name)
        });
        (keys, source.text[front.body_start..].to_owned(), found.collect())
    }

    fn check(text: &str, keys: &[&str], body: &str, found: &[&str]) {
        let expected = (
            keys.iter().map(|key| key.to_string()).collect(),
            body.to_owned(),
            found.iter().map(|f| f.to_string()).collect(),
        );
        assert_eq!(split_text(text), expected, "{text}");
    }

    #[test]
    fn keys_and_body_are_told_apart() {
        check("---\ntitle: A\nsummary: B\n---\nBody\n", &["title", "summary"], "Body\n", &[]);
        check("---\n---\nBody\n", &[], "Body\n", &[]);
        check("---\ntitle: A\n---", &["title"], "", &[]);
        check("---\r\ntitle: A\r\n---\r\nBody\r\n", &["title"], "Body\r\n", &[]);
        check("\u{feff}---\ntitle: A\n---\nBody\n", &["title"], "Body\n", &[]);
        check("Body\n\n---\n\ntitle: A\n", &[], "Body\n\n---\n\ntitle: A\n", &[]);
        check("", &[], "", &[]);
        check("---\ntitle: A\n\n# a remark\nsummary: B\n---\n", &["title", "summary"], "", &[]);
        check("---\nrounds:\n- round: 1\n  opens: x\ntitle: A\n---\n", &["rounds", "title"], "", &[]);
        check("---\nsummary: |\n  A\n\n  B\ntitle: A\n---\n", &["summary", "title"], "", &[]);
    }

    #[test]
    fn a_missing_closing_fence_leaves_keys_and_body() {
        let found = &["1:1 front-matter-fence"];
        check("---\ntitle: A\nsummary: B\n\nDear all\n", &["title", "summary"], "\nDear all\n", found);
        check(
            "---\ntitle: A\n\nNote: this\n\nDear all\n\n---\n\nEnd\n",
            &["title"],
            "\nNote: this\n\nDear all\n\n---\n\nEnd\n",
            found,
        );
        check("---\ntitle: A\n", &["title"], "", found);
        check("---\ntitle: A\n\n- item\n\n1 Text\n", &["title"], "\n- item\n\n1 Text\n", found);
    }

    #[test]
    fn a_fence_that_is_nearly_right_is_named() {
        check("---\ntitle: A\n----\nBody\n", &["title"], "Body\n", &["3:1 front-matter-fence"]);
        check("---\ntitle: A\n—\nBody\n", &["title"], "Body\n", &["3:1 front-matter-fence"]);
        check("---\ntitle: A\n...\nBody\n", &["title"], "Body\n", &["3:1 front-matter-fence"]);
        check("----\ntitle: A\n---\nBody\n", &["title"], "Body\n", &["1:1 front-matter-fence"]);
        check("\n\n---\ntitle: A\n---\nBody\n", &["title"], "Body\n", &["3:1 front-matter-fence"]);
    }

    #[test]
    fn keys_without_an_opening_fence_are_still_read() {
        check("title: A\nsummary: B\n---\nBody\n", &["title", "summary"], "Body\n", &["1:1 front-matter-fence"]);
        check("title: A\n\nBody\n", &["title"], "\nBody\n", &["1:1 front-matter-fence"]);
        check("Remark: A\n\nBody\n", &[], "Remark: A\n\nBody\n", &[]);
    }

    #[test]
    fn lines_before_the_first_key_are_reported_once() {
        check("---\n  title: A\n  summary: B\n---\nBody\n", &[], "Body\n", &["2:1 yaml-syntax"]);
    }
}
