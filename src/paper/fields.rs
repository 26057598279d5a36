//! The front matter of one file, typed, key by key.
//!
//! In: a source and the [`Table`] of keys that it may have. Out: one typed value a call, each asked for
//! once, and a finding for every key that is unknown, doubled, missing, or of the wrong type. What
//! could not be read is as if it had not been written, without further findings about its absence.

use super::Moment;
use super::advice;
use super::dates::{self, BadDate};
use super::front_matter::{self, Chunk, FrontMatter};
use super::keys::{self, Key, Table};
use super::yaml::{self, Value};
use crate::config::Config;
use crate::diag::{self, Diagnostic, Rule, Source, nearest};
use jiff::civil::Date;
use std::ops::Range;

/// A text with the place where it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// The text, without space around it.
    pub(super) text: String,
    /// Where it stands in the file.
    pub(super) range: Range<usize>,
}

/// A key that the table knows, with what is left of its value.
pub(super) struct Entry {
    pub(super) key: &'static Key,
    pub(super) chunk: Chunk,
    pub(super) value: Option<Value>,
}

/// The keys of a file.
pub(super) struct Fields<'a> {
    pub(super) source: &'a Source,
    pub(super) config: &'a Config,
    pub(super) entries: Vec<Entry>,
    /// Where the body begins, in bytes.
    pub(super) body_start: usize,
    /// The first line of the front matter.
    pub(super) head: Range<usize>,
    /// What was wrong so far.
    pub(super) found: Vec<Diagnostic>,
    /// Whether a value could not be read that says when or by whom the file may be seen.
    pub(super) unsettled: bool,
    /// Keys that are there in a form that could not be read: misspelt, doubled, swallowed by a fault.
    pub(super) meant: Vec<&'static str>,
}

impl<'a> Fields<'a> {
    /// Reads the front matter of a source by a table.
    pub(super) fn read(source: &'a Source, table: &'static Table, config: &'a Config) -> Self {
        let FrontMatter { chunks, body_start, head, present, found } = front_matter::split(source, table);
        let spoilt = found.iter().any(|finding| finding.rule == &diag::YAML_SYNTAX);
        let entries = Vec::with_capacity(chunks.len());
        let mut fields =
            Fields { source, config, entries, body_start, head, found, unsettled: false, meant: Vec::new() };
        for chunk in chunks {
            fields.take_in(chunk, table);
        }
        if present && !spoilt {
            fields.require(table);
        } else if !present {
            fields.require_front_matter(table);
        }
        fields
    }

    /// Adds the key of a chunk, or says why it cannot be.
    fn take_in(&mut self, chunk: Chunk, table: &'static Table) {
        let name = &self.source.text[chunk.key.clone()];
        let Some(key) = table.key(name) else {
            return self.unknown(name, chunk.key, table);
        };
        if let Some(first) = self.entries.iter().find(|entry| entry.key.name == key.name) {
            let line = self.source.place(first.chunk.key.clone()).line;
            let message = format!("`{name}` stands here a second time");
            self.meant.push(key.name);
            return self.report(
                &diag::DUPLICATE_KEY,
                chunk.key,
                message,
                format!("keep this one or the one in line {line}"),
            );
        }
        let text = &self.source.text[chunk.whole.clone()];
        let value = yaml::read(text).map_err(|fault| {
            self.found.push(advice::explain(self.source, &chunk, table, &fault));
            let below = text.lines().skip(1).filter_map(|line| line.split(':').next());
            self.meant.extend(below.filter_map(|name| table.key(name.trim()).map(|key| key.name)));
        });
        self.entries.push(Entry { key, chunk, value: value.ok() });
    }

    pub(super) fn unknown(&mut self, name: &str, range: Range<usize>, table: &Table) {
        self.meant.extend(near(name, table));
        let hint = match (keys::elsewhere(name, table), near(name, table)) {
            (places, _) if !places.is_empty() => format!("`{name}` belongs in {}", places.join(", or in ")),
            (_, Some(near)) => format!("did you mean `{near}`?"),
            _ => format!("known keys are {}", table.names().collect::<Vec<_>>().join(", ")),
        };
        self.report(&diag::UNKNOWN_KEY, range, format!("unknown key `{name}` in {}", table.place), hint);
    }

    /// Reports required keys that are absent or empty.
    pub(super) fn require(&mut self, table: &Table) {
        for key in table.keys.iter().filter(|key| key.required) {
            let entry = self.entries.iter().find(|entry| entry.key.name == key.name);
            let hint = format!("write `{}: …` with {}: {}", key.name, key.form, key.about);
            match entry.map(|entry| (entry.value.as_ref().is_some_and(Value::is_blank), entry.chunk.key.clone())) {
                Some((true, range)) => {
                    self.report(&diag::MISSING_KEY, range, format!("`{}` is empty", key.name), hint);
                }
                None if !self.meant.contains(&key.name) => {
                    let message = format!("{} needs the key `{}`", table.place, key.name);
                    self.report(&diag::MISSING_KEY, self.head.clone(), message, hint);
                }
                _ => {}
            }
        }
    }

    fn require_front_matter(&mut self, table: &Table) {
        let required: Vec<_> =
            table.keys.iter().filter(|key| key.required).map(|key| format!("`{}`", key.name)).collect();
        if !required.is_empty() {
            let keys = if required.len() == 1 { "key" } else { "keys" };
            let hint = format!(
                "begin the file with a line of three hyphens (---), the {keys} {}, and another line of three hyphens",
                required.join(", ")
            );
            let message = format!("the file has no front matter, which {} needs", table.place);
            self.report(&diag::FRONT_MATTER_FENCE, self.body_start..self.body_start, message, hint);
        }
    }

    /// Adds a finding.
    pub(super) fn report(
        &mut self,
        rule: &'static Rule,
        range: Range<usize>,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        self.found.push(Diagnostic::at(rule, self.source.place(range), message).hint(hint));
    }

    /// Takes the value of a key, if it says anything.
    pub(super) fn take(&mut self, name: &str) -> Option<(Value, Chunk)> {
        let entry = self.entries.iter_mut().find(|entry| entry.key.name == name)?;
        let value = entry.value.take().filter(|value| *value != Value::Empty)?;
        Some((value, entry.chunk.clone()))
    }

    /// The value of a key that was not taken yet.
    pub(super) fn peek(&self, name: &str) -> Option<&Value> {
        self.entries.iter().find(|entry| entry.key.name == name)?.value.as_ref()
    }

    /// Whether a key that was not taken yet says anything, right or wrong.
    pub(super) fn says(&self, name: &str) -> bool {
        self.is_spoilt(name) || self.peek(name).is_some_and(|value| !value.is_blank())
    }

    /// The key itself, for a finding about its absence or value.
    pub(super) fn key_range(&self, name: &str) -> Range<usize> {
        let entry = self.entries.iter().find(|entry| entry.key.name == name);
        entry.map_or(self.head.clone(), |entry| entry.chunk.key.clone())
    }

    /// Whether the value of a key could not be read, as far as it was not taken yet.
    pub(super) fn is_spoilt(&self, name: &str) -> bool {
        self.meant.contains(&name) || self.entries.iter().any(|entry| entry.key.name == name && entry.value.is_none())
    }

    /// What stands after the colon on the key's line; the key where nothing does.
    pub(super) fn value_range(&self, chunk: &Chunk) -> Range<usize> {
        let line = self.source.text[chunk.whole.clone()].lines().next().unwrap_or("");
        let skip = chunk.key.end - chunk.whole.start;
        let colon = line[skip..].find(':').map_or(line.len(), |at| skip + at + 1);
        let value = line[colon..].split(" #").next().unwrap_or("");
        let start = chunk.whole.start + colon + value.len() - value.trim_start().len();
        if value.trim().is_empty() { chunk.key.clone() } else { start..start + value.trim().len() }
    }

    /// Where a word stands in the value of a key; the value where it is not found as it is.
    fn find(&self, chunk: &Chunk, word: &str) -> Range<usize> {
        let text = &self.source.text[chunk.key.end..chunk.whole.end];
        match text.find(word).filter(|_| !word.is_empty()) {
            Some(at) => chunk.key.end + at..chunk.key.end + at + word.len(),
            None => self.value_range(chunk),
        }
    }

    fn wrong(&mut self, name: &str, value: &Value, chunk: &Chunk, wanted: &str) {
        let message = format!("`{name}` must be {wanted}, not {}", value.sort());
        let range = self.value_range(chunk);
        let hint = match value {
            Value::List(_) => format!("write one value after the colon: {name}: …"),
            Value::Map(_) => "put a text that holds a colon in quotation marks".to_owned(),
            _ => format!("write {wanted} after `{name}:`"),
        };
        self.report(&diag::BAD_VALUE, range, message, hint);
    }

    /// A text and its place.
    pub(super) fn word(&mut self, name: &str) -> Option<Word> {
        let (value, chunk) = self.take(name)?;
        match value {
            Value::Text(text) if text.trim().is_empty() => None,
            Value::Text(text) => {
                let before = self.found.len();
                self.check_whole(name, &chunk);
                if self.is_prose(name) && self.found.len() == before {
                    self.check_cut(&chunk);
                }
                Some(Word { text: text.trim().to_owned(), range: self.value_range(&chunk) })
            }
            value => {
                self.wrong(name, &value, &chunk, "a text");
                None
            }
        }
    }

    /// A value loses what follows a space and `#`, which begins a comment (YAML 1.2.2, section 6.6). Where
    /// no space follows the `#` it was hardly meant as one.
    fn check_whole(&mut self, name: &str, chunk: &Chunk) {
        let line = self.source.text[chunk.whole.clone()].lines().next().unwrap_or("").trim_end();
        let value = line.split_once(':').map_or("", |(_, value)| value.trim_start());
        let lost = value
            .match_indices(" #")
            .map(|(at, _)| at + 1)
            .find(|at| value[at + 1..].starts_with(char::is_alphanumeric));
        let Some(lost) = lost.filter(|_| !value.starts_with(['"', '\'', '|', '>', '#'])) else { return };
        let start = chunk.whole.start + line.len() - value.len() + lost;
        let message = format!("`{}` is lost: in YAML a # after a space begins a comment", &value[lost..]);
        let hint = format!("put the value in quotation marks: {name}: {}", advice::quoted(value));
        self.report(&diag::BAD_VALUE, start..start + value.len() - lost, message, hint);
    }

    /// A text.
    pub(super) fn text(&mut self, name: &str) -> Option<String> {
        self.word(name).map(|word| word.text)
    }

    /// A text, or a list of texts.
    pub(super) fn words(&mut self, name: &str) -> Option<Vec<Word>> {
        let (value, chunk) = self.take(name)?;
        let items = match value {
            Value::List(items) => items,
            value => vec![value],
        };
        if self.is_prose(name) {
            self.check_cut(&chunk);
        }
        let mut words = Vec::new();
        for item in items {
            match item {
                Value::Text(text) if !text.trim().is_empty() => {
                    let range = self.find(&chunk, text.trim());
                    words.push(Word { text: text.trim().to_owned(), range });
                }
                Value::Text(_) | Value::Empty => {}
                item => self.wrong(name, &item, &chunk, "a text or a list of texts"),
            }
        }
        Some(words)
    }

    /// A text, or a list of texts, without their places.
    pub(super) fn texts(&mut self, name: &str) -> Vec<String> {
        self.words(name).unwrap_or_default().into_iter().map(|word| word.text).collect()
    }

    /// `true` or `false`.
    pub(super) fn flag(&mut self, name: &str) -> Option<bool> {
        let word = self.word(name)?;
        match word.text.as_str() {
            "true" => Some(true),
            "false" => Some(false),
            other => {
                let message = format!("`{name}` must be true or false, not `{other}`");
                self.report(&diag::BAD_VALUE, word.range, message, format!("write `{name}: true` or `{name}: false`"));
                None
            }
        }
    }

    /// A civil date.
    pub(super) fn date(&mut self, name: &str) -> Option<Date> {
        let word = self.word(name)?;
        self.dated(name, word.range, dates::date(&word.text))
    }

    /// When the file is published: a date or a moment, in the time zone of the site.
    pub(super) fn published(&mut self) -> Option<Moment> {
        let before = self.found.len();
        self.unsettled |= self.is_spoilt("published");
        let word = self.word("published");
        let moment = word.and_then(|word| {
            let moment = dates::moment(&word.text, &self.config.timezone);
            self.dated("published", word.range, moment)
        });
        self.unsettled |= self.found.len() > before;
        moment
    }

    pub(super) fn dated<T>(&mut self, name: &str, range: Range<usize>, read: Result<T, BadDate>) -> Option<T> {
        read.map_err(|bad| self.report(&diag::BAD_DATE, range, format!("`{name}`: {}", bad.message), bad.hint)).ok()
    }
}

/// The key of a table that a misspelt one is nearest to: `Status-Because` is `status_because`.
pub(super) fn near(name: &str, table: &Table) -> Option<&'static str> {
    nearest(&name.to_lowercase().replace(['-', ' '], "_"), table.names())
}

#[cfg(test)]
mod tests;
