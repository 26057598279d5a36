//! Texts that a comment cuts off: ` #` in a value without quotation marks (YAML 1.2.2, section 6.6).
//!
//! In: a text, or a list of texts, where it is written. Out: a warning for each line on which words stand
//! behind ` #`. Two spaces before the `#` say that a comment is meant.

use super::advice::quoted;
use super::fields::Fields;
use super::front_matter::Chunk;
use super::outline;
use crate::diag;

impl Fields<'_> {
    /// Whether the value of a key is written in sentences, and is no name, date or path.
    pub(super) fn is_prose(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.key.name == name && entry.key.form.starts_with("a text"))
    }

    /// Warns of each line of a value that a comment cuts off.
    pub(super) fn check_cut(&mut self, chunk: &Chunk) {
        let range = outline::value(&self.source.text, chunk);
        let text = self.source.text.get(range.clone()).unwrap_or("").to_owned();
        let (mut at, mut plain) = (range.start, true);
        for line in text.split_inclusive('\n') {
            let item = line.trim_start().strip_prefix("- ");
            if at == range.start || item.is_some() {
                plain = is_plain(item.unwrap_or(line));
            }
            if let Some(start) = cut(line).filter(|_| plain) {
                let (lost, whole) = (line[start..].trim_end(), item.unwrap_or(line).trim());
                let message = format!("`{lost}` is lost: in YAML a # after a space begins a comment");
                let hint = format!(
                    "put the text in quotation marks: {}; where a comment is meant, write two spaces before it",
                    quoted(whole)
                );
                self.report(&diag::YAML_COMMENT, at + start..at + start + lost.len(), message, hint);
            }
            at += line.len();
        }
    }
}

/// Whether a value is in no quotation marks and no brackets, and is no text of lines of its own.
fn is_plain(value: &str) -> bool {
    !value.trim_start().starts_with(['"', '\'', '|', '>', '[', '{', '#', '&'])
}

/// Where a comment begins that words stand in, behind other words and a single space.
fn cut(line: &str) -> Option<usize> {
    let at = line.find(" #").filter(|at| !line[..*at].trim().is_empty() && !line[..*at].ends_with(' '))?;
    line[at + 2..].contains(char::is_alphanumeric).then_some(at + 1)
}

#[cfg(test)]
mod tests {
    use super::super::sample::check;

    /// Findings in an index with these keys.
    fn check_index(keys: &str, expected: &[&str]) {
        let index = format!("---\ntitle: A\nsummary: B\n{keys}\n---\n");
        let expected: Vec<_> = expected.iter().map(|line| format!("proposals/a/index.md:{line}")).collect();
        let expected: Vec<_> = expected.iter().map(String::as_str).collect();
        check(&[("content/proposals/a/index.md", &index)], &expected);
    }

    #[test]
    fn words_behind_a_number_sign_are_missed() {
        let message = "yaml-comment: `# 5 and more` is lost: in YAML a # after a space begins a comment; ";
        let told = |at: &str| format!("{at} {message}put the text in quotation marks: \"We moved # 5 and more\"");
        check_index("asked: We moved # 5 and more", &[&told("4:17")]);
        check_index("already_decided:\n  - One.\n  - We moved # 5 and more", &[&told("6:14")]);
        check_index("means_for:\n  dental: We moved # 5 and more", &[&told("5:20")]);
        check_index("asked:\n  We moved # 5 and more", &[&told("5:12")]);
        check_index("asked: One.\n  We moved # 5 and more", &[&told("5:12")]);
    }

    #[test]
    fn comments_that_are_meant_stay() {
        check_index("asked: One.  # What they are asked.", &[]);
        check_index("# One # two\nasked: One.\n# One # two", &[]);
        check_index("rounds:\n  - round: 1 # the first\n    closes: 2021-08-31 # a Tuesday", &[]);
        check_index("asked: One # ---", &[]);
    }

    #[test]
    fn texts_in_quotation_marks_and_in_lines_of_their_own_are_whole() {
        check_index("asked: 'One # two'", &[]);
        check_index("asked: \"One\n  two # three\"", &[]);
        check_index("asked: |\n  One # two\n", &[]);
        check_index("already_decided:\n  - >-\n    One # two\n  - \"One\n    two # three\"", &[]);
    }
}
