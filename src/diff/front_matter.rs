//! Which keys of front matter changed → lines for a terminal, a box of HTML, fields of JSON.
//!
//! What comes in is read by whoever knows YAML: values are texts of one line. What goes out gives values
//! whole in JSON; in sentences, of two long values only the words where they differ, with a few around them.

use crate::markdown::escape;
use serde::Serialize;

/// A key of front matter that both sides do not have with the same value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KeyChange {
    /// The key; empty where the front matter is no YAML and the change is that of a line.
    pub key: String,
    /// Its value in the older text, in one line; none where that lacks the key.
    pub old: Option<String>,
    /// Its value in the newer text.
    pub new: Option<String>,
}

/// How many words that both values share stand before and after those that differ.
const AROUND: usize = 3;

impl KeyChange {
    /// What happened, as a sign for a line: `+`, `-` or `~`.
    pub(super) fn sign(&self) -> &'static str {
        match (&self.old, &self.new) {
            (None, _) => "+",
            (_, None) => "-",
            _ => "~",
        }
    }

    /// The key and what became of its value: `published: 2021-09-01 became 2021-09-14`.
    pub(super) fn line(&self) -> String {
        let key = if self.key.is_empty() { String::new() } else { format!("{}: ", self.key) };
        format!("{key}{}", self.values())
    }

    fn values(&self) -> String {
        match (&self.old, &self.new) {
            (Some(old), Some(new)) => {
                let (old, new) = apart(old, new);
                format!("{} became {}", said(&old), said(&new))
            }
            (old, new) => {
                let value = old.as_deref().or(new.as_deref()).unwrap_or_default();
                if self.key.is_empty() { value.to_owned() } else { said(value) }
            }
        }
    }

    fn item(&self) -> String {
        let happened = match self.sign() {
            "+" => " added",
            "-" => " removed",
            _ => "",
        };
        let key = if self.key.is_empty() { "line".to_owned() } else { format!("<code>{}</code>", escape(&self.key)) };
        format!("<li>{key}{happened}: {}</li>\n", escape(&self.values()))
    }
}

/// Changes of front matter as a box to stand before a text; nothing where there are none.
pub fn front_matter(keys: &[KeyChange]) -> String {
    if keys.is_empty() {
        return String::new();
    }
    let items: String = keys.iter().map(KeyChange::item).collect();
    format!(
        "<aside class=\"front-matter\" aria-label=\"Front matter\" data-diff-chrome>\n<p>Front matter</p>\n\
         <ul>\n{items}</ul>\n</aside>\n"
    )
}

/// A value in a sentence: several words stand in quotation marks.
fn said(value: &str) -> String {
    match value {
        "" => "empty".to_owned(),
        _ if value.contains(' ') && !value.starts_with(['[', '{']) => format!("“{value}”"),
        _ => value.to_owned(),
    }
}

/// Two values without most of the words with which both begin and end.
fn apart(old: &str, new: &str) -> (String, String) {
    let (before, after): (Vec<_>, Vec<_>) = (old.split(' ').collect(), new.split(' ').collect());
    let start = before.iter().zip(&after).take_while(|(a, b)| a == b).count();
    let (rest, other) = (before.get(start..).unwrap_or_default(), after.get(start..).unwrap_or_default());
    let end = rest.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count();
    let shown = |words: &[&str]| {
        // One word is not shorter when it is left out.
        let from = start.checked_sub(AROUND).filter(|from| *from > 1).unwrap_or_default();
        let to = end.checked_sub(AROUND).filter(|left| *left > 1).map_or(words.len(), |left| words.len() - left);
        let kept = words.get(from..to).unwrap_or_default().join(" ");
        format!("{}{kept}{}", if from > 0 { "… " } else { "" }, if to < words.len() { " …" } else { "" })
    };
    (shown(&before), shown(&after))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(key: &str, old: Option<&str>, new: Option<&str>) -> KeyChange {
        KeyChange { key: key.to_owned(), old: old.map(str::to_owned), new: new.map(str::to_owned) }
    }

    #[track_caller]
    fn check(key: &str, old: Option<&str>, new: Option<&str>, line: &str, item: &str) {
        let change = change(key, old, new);
        assert_eq!(format!("{} {}", change.sign(), change.line()), line);
        assert_eq!(change.item(), format!("<li>{item}</li>\n"));
    }

    #[test]
    fn a_key_says_what_became_of_it() {
        check(
            "published",
            Some("2021-09-01"),
            Some("2021-09-14"),
            "~ published: 2021-09-01 became 2021-09-14",
            "<code>published</code>: 2021-09-01 became 2021-09-14",
        );
        check("note", None, Some("Six hubs"), "+ note: “Six hubs”", "<code>note</code> added: “Six hubs”");
        check("status", Some("final"), None, "- status: final", "<code>status</code> removed: final");
        check("by", Some(""), Some("Us"), "~ by: empty became Us", "<code>by</code>: empty became Us");
        check("tags", None, Some("[a, b]"), "+ tags: [a, b]", "<code>tags</code> added: [a, b]");
    }

    #[test]
    fn a_line_that_is_no_yaml_stands_as_it_is_and_cannot_break_the_page() {
        check("", Some("a: [<b>"), None, "- a: [<b>", "line removed: a: [&lt;b&gt;");
    }

    #[test]
    fn of_long_values_the_words_that_differ_are_shown() {
        let check = |old: &str, new: &str, expected: (&str, &str)| {
            assert_eq!(apart(old, new), (expected.0.to_owned(), expected.1.to_owned()));
        };
        check("a b c d e f 1 g h i j k l", "a b c d e f 2 g h i j k l", ("… d e f 1 g h i …", "… d e f 2 g h i …"));
        check("a b c d 1", "a b c d 2", ("a b c d 1", "a b c d 2"));
        check("a a a a a a", "a a a a a a a", ("… a a a", "… a a a a"));
        check("1", "2", ("1", "2"));
    }

    #[test]
    fn the_box_is_there_only_where_something_changed() {
        assert_eq!(front_matter(&[]), "");
        let shown = front_matter(&[change("a", None, Some("1"))]);
        assert!(shown.starts_with("<aside class=\"front-matter\"") && shown.contains(" data-diff-chrome>"), "{shown}");
        assert!(shown.contains("<code>a</code> added: 1") && shown.ends_with("</aside>\n"), "{shown}");
    }
}
