//! YAML, one key at a time, or all keys of a text at once.
//!
//! In: the lines of one key with its value. Out: a [`Value`], or the [`Fault`] that stopped the
//! library. No other file knows which library that is.

use serde_yaml::Value as Yaml;
use std::collections::BTreeMap;

/// A value as its author wrote it: numbers, dates and truth values are text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// Nothing after the colon.
    Empty,
    /// One value.
    Text(String),
    /// Several, in order.
    List(Vec<Value>),
    /// Keys below the key.
    Map(Vec<(String, Value)>),
}

impl Value {
    /// Whether it says nothing.
    pub(super) fn is_blank(&self) -> bool {
        match self {
            Value::Empty => true,
            Value::Text(text) => text.trim().is_empty(),
            Value::List(list) => list.is_empty(),
            Value::Map(map) => map.is_empty(),
        }
    }

    /// What it is, for a sentence such as "must be a text, not a list".
    pub(super) fn sort(&self) -> &'static str {
        match self {
            Value::Empty => "empty",
            Value::Text(_) => "a text",
            Value::List(_) => "a list",
            Value::Map(_) => "a set of keys",
        }
    }
}

/// What the library could not read.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// The line, from 1.
    pub(super) line: usize,
    /// The column in characters, from 1.
    pub(super) column: usize,
    /// The words of the library, without a place.
    pub(super) message: String,
}

/// Reads `key: value`. A text that is not of that form (`key:value`) is given back as it is.
pub(super) fn read(chunk: &str) -> Result<Value, Fault> {
    match serde_yaml::from_str::<Yaml>(chunk) {
        Ok(Yaml::Mapping(map)) => Ok(map.into_iter().next().map_or(Value::Empty, |(_, value)| own(value, chunk))),
        Ok(_) => Err(Fault { line: 1, column: 1, message: NO_SPACE.to_owned() }),
        Err(error) => Err(fault(&error)),
    }
}

/// Reads a file that is a list, or something else: numbers and truth values are text.
pub(super) fn read_list(text: &str) -> Result<Value, Fault> {
    let value = serde_yaml::from_str::<Yaml>(text).map_err(|error| fault(&error))?;
    // Sets of texts are read as such, so that `2021.10` keeps its last digit.
    let entry = |map: BTreeMap<String, String>| {
        Value::Map(map.into_iter().map(|(key, value)| (key, Value::Text(value))).collect())
    };
    Ok(match serde_yaml::from_str::<Vec<BTreeMap<String, String>>>(text) {
        Ok(entries) => Value::List(entries.into_iter().map(entry).collect()),
        Err(_) => plain(value),
    })
}

/// All keys of a text with their values; none where it is no set of keys.
pub(super) fn keys(text: &str) -> Option<BTreeMap<String, Value>> {
    let entry = |(key, value): (Yaml, Yaml)| {
        let key = name(key);
        let value = match chunk(text, &key) {
            Some(chunk) => own(value, chunk),
            None => plain(value),
        };
        (key, value)
    };
    match serde_yaml::from_str::<Yaml>(text) {
        Ok(Yaml::Null) => Some(BTreeMap::new()),
        Ok(Yaml::Mapping(map)) => Some(map.into_iter().map(entry).collect()),
        _ => None,
    }
}

/// The lines of a key that begins a line, up to the next key.
fn chunk<'a>(text: &'a str, key: &str) -> Option<&'a str> {
    let mut lines = text.split_inclusive('\n').scan(0, |end, line| {
        *end += line.len();
        Some((*end - line.len(), line))
    });
    let begins = |line: &str| line.strip_prefix(key).is_some_and(|rest| rest.starts_with(':'));
    let (start, _) = lines.find(|(_, line)| begins(line))?;
    let goes_on = |line: &str| line.starts_with([' ', '\t', '-', ']', '}', '#', '\r', '\n']);
    let end = lines.find(|(_, line)| !goes_on(line)).map_or(text.len(), |(at, _)| at);
    text.get(start..end)
}

/// The message where a key is not followed by a space.
pub(super) const NO_SPACE: &str = "the colon after a key is followed by a space";

/// The value of the chunk's key; one that YAML takes for a number is read again as text, so that
/// `2021.10` keeps its last digit.
fn own(value: Yaml, chunk: &str) -> Value {
    match value {
        Yaml::Number(_) | Yaml::Bool(_) => match serde_yaml::from_str::<BTreeMap<String, String>>(chunk) {
            Ok(texts) => texts.into_values().next().map_or(Value::Empty, Value::Text),
            Err(_) => plain(value),
        },
        Yaml::Sequence(_) => match serde_yaml::from_str::<BTreeMap<String, Vec<String>>>(chunk) {
            Ok(texts) => Value::List(texts.into_values().flatten().map(Value::Text).collect()),
            Err(_) => plain(value),
        },
        value => plain(value),
    }
}

fn plain(value: Yaml) -> Value {
    match value {
        Yaml::Null => Value::Empty,
        Yaml::Bool(truth) => Value::Text(truth.to_string()),
        Yaml::Number(number) => Value::Text(number.to_string()),
        Yaml::String(text) => Value::Text(text),
        Yaml::Sequence(list) => Value::List(list.into_iter().map(plain).collect()),
        Yaml::Mapping(map) => Value::Map(map.into_iter().map(|(key, value)| (name(key), plain(value))).collect()),
        Yaml::Tagged(tagged) => plain(tagged.value),
    }
}

fn name(key: Yaml) -> String {
    match plain(key) {
        Value::Text(text) => text,
        _ => String::new(),
    }
}

/// The library ends its messages with places of its own, which count from the chunk.
fn fault(error: &serde_yaml::Error) -> Fault {
    let (line, column) = error.location().map_or((1, 1), |place| (place.line(), place.column()));
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or_default().to_owned();
    Fault { line, column, message }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(chunk: &str, expected: Value) {
        assert_eq!(read(chunk), Ok(expected), "{chunk}");
    }

    fn text(text: &str) -> Value {
        Value::Text(text.to_owned())
    }

    #[test]
    fn scalars_keep_the_form_in_which_they_were_written() {
        check("a: Hubs", text("Hubs"));
        check("a: 2021.10", text("2021.10"));
        check("a: true", text("true"));
        check("a: 2021-08-05", text("2021-08-05"));
        check("a: [007, 2.50]", Value::List(vec![text("007"), text("2.50")]));
        check("a:", Value::Empty);
        check("a: ~", Value::Empty);
        check("a: |\n  one\n  two\n", text("one\ntwo\n"));
    }

    #[test]
    fn keys_below_a_key_keep_their_order() {
        let round = Value::Map(vec![("round".into(), text("2")), ("opens".into(), text("2021-08-05"))]);
        check("a:\n  - round: 2\n    opens: 2021-08-05\n", Value::List(vec![round]));
    }

    #[test]
    fn all_keys_of_a_text_are_read_as_they_were_written() {
        let read = keys("n: 2.50 # remark\nl:\n- 007\n- 1.0\n\nt: |\n  n: 1\n").unwrap();
        let numbers = Value::List(vec![text("007"), text("1.0")]);
        assert_eq!(
            read,
            [("n", text("2.50")), ("l", numbers), ("t", text("n: 1\n"))].map(|(k, v)| (k.into(), v)).into()
        );
        assert_eq!(keys("a: &x [1]\nb: *x\n\"c\": 7\n").map(|keys| keys.len()), Some(3));
        assert_eq!(keys("a: &x 7\nb: *x\n").unwrap()["b"], text("7"));
        assert_eq!((keys(""), keys("# remark\n")), (Some(BTreeMap::new()), Some(BTreeMap::new())));
        for text in ["words", "- a", "a: [", "a: b: c", "a: 1\na: 2"] {
            assert_eq!(keys(text), None, "{text}");
        }
    }

    #[test]
    fn a_fault_has_its_place_in_the_chunk() {
        let fault = read("a:\n  - one\n  - b: c: d\n").expect_err("not YAML");
        assert_eq!((fault.line, fault.column), (3, 9));
        assert!(!fault.message.contains("line"), "{}", fault.message);
        assert_eq!(read("title:Hubs").map_err(|fault| fault.message), Err(NO_SPACE.to_owned()));
    }
}
