//! Two texts → which keys of their front matter changed.
//!
//! The keys may be any. Their order does not count, nor does white space inside a value: values are
//! compared, and come out, in one line. Front matter that is no set of keys is compared by its lines,
//! whose order does not count either. Nothing is ever an error.

use super::front_matter::front_of;
use super::yaml::{self, Value};
use crate::diff::KeyChange;
use std::collections::{BTreeMap, BTreeSet};

/// What changed in the front matter from one text to another, in the order of the keys' names.
pub fn key_changes(old: &str, new: &str) -> Vec<KeyChange> {
    let (before, after) = (front_of(old), front_of(new));
    match (yaml::keys(before), yaml::keys(after)) {
        (Some(before), Some(after)) => by_key(&before, &after),
        _ => by_line(before, after),
    }
}

fn by_key(before: &BTreeMap<String, Value>, after: &BTreeMap<String, Value>) -> Vec<KeyChange> {
    let keys: BTreeSet<_> = before.keys().chain(after.keys()).collect();
    let value = |side: &BTreeMap<String, Value>, key: &String| side.get(key).map(compact);
    let changes = keys.into_iter().map(|key| (key.clone(), value(before, key), value(after, key)));
    changes.filter(|(_, old, new)| old != new).map(|(key, old, new)| KeyChange { key, old, new }).collect()
}

fn by_line(before: &str, after: &str) -> Vec<KeyChange> {
    let key = String::new;
    let removed = only(before, after).into_iter().map(|line| KeyChange { key: key(), old: Some(line), new: None });
    let added = only(after, before).into_iter().map(|line| KeyChange { key: key(), old: None, new: Some(line) });
    removed.chain(added).collect()
}

/// The lines that a text has more often than another.
fn only(own: &str, other: &str) -> Vec<String> {
    let lines = |text| str::lines(text).map(str::trim_end).filter(|line| !line.is_empty());
    let mut there: BTreeMap<&str, usize> = BTreeMap::new();
    lines(other).for_each(|line| *there.entry(line).or_default() += 1);
    let lacking = lines(own).filter(|line| match there.get_mut(line) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    });
    lacking.map(str::to_owned).collect()
}

/// A value in one line: a text as it is, what is nested as YAML writes it in a line.
fn compact(value: &Value) -> String {
    match value {
        Value::Empty => String::new(),
        Value::Text(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
        Value::List(list) => format!("[{}]", list.iter().map(nested).collect::<Vec<_>>().join(", ")),
        Value::Map(map) => {
            let keys: BTreeMap<_, _> = map.iter().map(|(key, value)| (key, nested(value))).collect();
            let pairs = keys.iter().map(|(key, value)| format!("{key}: {value}"));
            format!("{{{}}}", pairs.collect::<Vec<_>>().join(", "))
        }
    }
}

/// A value inside another: a text in quotation marks where it would be taken for several.
fn nested(value: &Value) -> String {
    let text = compact(value);
    let parts = |c: char| matches!(c, ',' | ':' | '"' | '[' | ']' | '{' | '}');
    match value {
        Value::Empty => "null".to_owned(),
        Value::Text(_) if text.is_empty() || text.contains(parts) => {
            format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
        }
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The changes as `key: old > new`, with `-` for what a side lacks.
    #[track_caller]
    fn check(old: &str, new: &str, expected: &[&str]) {
        let text = |front: &str| format!("---\n{front}---\nText\n");
        let value = |value: Option<String>| value.unwrap_or_else(|| "-".to_owned());
        let changes = key_changes(&text(old), &text(new));
        let changes = changes.into_iter().map(|own| format!("{}: {} > {}", own.key, value(own.old), value(own.new)));
        assert_eq!(changes.collect::<Vec<_>>(), expected, "{old} {new}");
    }

    #[test]
    fn keys_are_compared_by_their_values() {
        check("a: 1\nb: x y\nc: z\n", "c: z\na: 2\nd: new\n", &["a: 1 > 2", "b: x y > -", "d: - > new"]);
        check("a: \"x\"\n", "a: x\n", &[]);
        check("a: |\n  one\n  two\n", "a: one  two\n", &[]);
        check("a: 1.10\n", "a: 1.1\n", &["a: 1.10 > 1.1"]);
        check("a:\n", "a: x\n", &["a:  > x"]);
        check("a:\n", "", &["a:  > -"]);
    }

    #[test]
    fn nested_values_are_shown_in_a_line() {
        check("a:\n- x\n- y\n", "a: [x, \"y, z\"]\n", &["a: [x, y] > [x, \"y, z\"]"]);
        check("a: [{b: 1, c: 2}]\n", "a:\n  - c: 2\n    b: 1\n", &[]);
        check("a: {b: 1}\n", "a: {b: ~, c: ''}\n", &["a: {b: 1} > {b: null, c: \"\"}"]);
        check("a: [007, 2.50]\n", "a: [007, 2.5]\n", &["a: [007, 2.50] > [007, 2.5]"]);
    }

    #[test]
    fn what_is_no_yaml_is_compared_by_lines() {
        check("a: [x\nb: 1\n", "b: 1\na: x\n", &[": a: [x > -", ": - > a: x"]);
        check("just words\n", "just words\n", &[]);
        check("a: 1\na: 1\n", "a: 1\n", &[": a: 1 > -"]);
    }

    #[test]
    fn a_text_without_front_matter_has_no_keys() {
        let change = KeyChange { key: "a".to_owned(), old: None, new: Some("1".to_owned()) };
        assert_eq!(key_changes("Text\n", "\u{feff}---\na: 1\n---\nText\n"), [change]);
        assert_eq!(key_changes("Text\n", "---\n---\nText\n"), []);
        assert_eq!(key_changes("a: 1\n", "b: 1\n"), []);
    }
}
