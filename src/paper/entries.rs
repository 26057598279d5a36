//! Values that have keys of their own: lists such as `rounds`, sets such as `vote`, lists in their entries.
//!
//! In: a key of the [`Fields`] of a file, which knows the [`Table`] of the keys below it. Out: each entry as fields of
//! its own, with the places of its keys in the file.

use super::fields::{Entry, Fields, Word};
use super::front_matter::Chunk;
use super::keys::Table;
use super::outline;
use super::yaml::Value;
use crate::config::Config;
use crate::diag::{self, Source};
use std::ops::Range;

impl<'a> Fields<'a> {
    /// The entries of a list of key sets, each as fields of its own.
    pub(super) fn list_of(&mut self, name: &str) -> Vec<Fields<'a>> {
        let Some((table, (value, chunk))) = self.below(name).zip(self.take(name)) else { return Vec::new() };
        self.items(&format!("`{name}`"), value, &chunk, table)
    }

    /// A key that has keys below it, as fields of its own.
    pub(super) fn set_of(&mut self, name: &str) -> Option<Fields<'a>> {
        let (table, (value, chunk)) = self.below(name).zip(self.take(name))?;
        let Value::Map(map) = value else {
            let message = format!("`{name}` must be a set of keys, not {}", value.sort());
            let hint = format!("its keys are {}", table.names().collect::<Vec<_>>().join(", "));
            self.report(&diag::BAD_VALUE, self.value_range(&chunk), message, hint);
            return None;
        };
        let range = outline::value(&self.source.text, &chunk);
        Some(self.nested(map, range, chunk.key, table))
    }

    /// The keys that may stand below one that is there.
    fn below(&self, name: &str) -> Option<&'static Table> {
        self.entries.iter().find(|entry| entry.key.name == name)?.key.below
    }

    /// A key that has keys of the author's below it, each with a text.
    pub(super) fn texts_by_key(&mut self, name: &str) -> Vec<(Word, String)> {
        let Some((value, chunk)) = self.take(name) else { return Vec::new() };
        let Value::Map(map) = value else {
            let message = format!("`{name}` must be a set of keys, not {}", value.sort());
            let hint = format!("write each on a line of its own below `{name}:`, indented by two spaces: name: text");
            self.report(&diag::BAD_VALUE, self.value_range(&chunk), message, hint);
            return Vec::new();
        };
        let places = outline::keys(&self.source.text, outline::value(&self.source.text, &chunk));
        let mut texts = Vec::new();
        for (key, value) in map {
            let own = places.iter().find(|place| self.source.text[place.key.clone()] == key).unwrap_or(&chunk).clone();
            match value {
                Value::Text(text) if !text.trim().is_empty() => {
                    self.check_cut(&own);
                    texts.push((Word { text: key, range: own.key }, text.trim().to_owned()));
                }
                value => {
                    let message = format!("`{key}` must be a text, not {}", value.sort());
                    self.report(&diag::BAD_VALUE, own.key, message, format!("write a sentence or two after `{key}:`"));
                }
            }
        }
        texts
    }

    /// A file that holds a list and nothing else, without keys of its own.
    pub(super) fn of_file(source: &'a Source, config: &'a Config) -> Self {
        let (entries, found, meant) = (Vec::new(), Vec::new(), Vec::new());
        Fields { source, config, entries, body_start: 0, head: 0..1, found, unsettled: false, meant }
    }

    /// The entries of such a file, called `name`.
    pub(super) fn entries_of(&mut self, name: &str, value: Value, table: &'static Table) -> Vec<Fields<'a>> {
        let chunk = Chunk { key: 0..0, whole: 0..self.source.text.len() };
        if value == Value::Empty { Vec::new() } else { self.items(name, value, &chunk, table) }
    }

    fn items(&mut self, name: &str, value: Value, chunk: &Chunk, table: &'static Table) -> Vec<Fields<'a>> {
        let Value::List(items) = value else {
            let message = format!("{name} must be a list, not {}", value.sort());
            let hint = format!(
                "begin each entry on a line of its own with a hyphen: - {}: …",
                table.names().next().unwrap_or("key")
            );
            self.report(&diag::BAD_VALUE, self.value_range(chunk), message, hint);
            return Vec::new();
        };
        let text = &self.source.text;
        let list = if chunk.key.is_empty() { chunk.whole.clone() } else { outline::value(text, chunk) };
        let places = outline::entries(text, list);
        let mut entries = Vec::new();
        for (number, item) in items.into_iter().enumerate() {
            let own = places.get(number).cloned().unwrap_or_else(|| chunk.whole.clone());
            let head = own.start..own.start + 1;
            match item {
                Value::Map(map) => entries.push(self.nested(map, own, head, table)),
                item => {
                    let message = format!("an entry of {name} must be a set of keys, not {}", item.sort());
                    let hint = format!("its keys are {}", table.names().collect::<Vec<_>>().join(", "));
                    self.report(&diag::BAD_VALUE, head, message, hint);
                }
            }
        }
        entries
    }

    /// The keys of a set that stands at a range, which is told of at `head`.
    fn nested(
        &self,
        map: Vec<(String, Value)>,
        range: Range<usize>,
        head: Range<usize>,
        table: &'static Table,
    ) -> Fields<'a> {
        let nowhere = head.start..head.start;
        let mut fields = Fields { head, ..Fields::of_file(self.source, self.config) };
        let places = outline::keys(&self.source.text, range);
        for (name, value) in map {
            let place = places.iter().find(|place| self.source.text[place.key.clone()] == name);
            let chunk = place.cloned().unwrap_or_else(|| Chunk { key: nowhere.clone(), whole: nowhere.clone() });
            match table.key(&name) {
                Some(key) => fields.entries.push(Entry { key, chunk, value: Some(value) }),
                None => fields.unknown(&name, chunk.key, table),
            }
        }
        fields.require(table);
        fields
    }
}
