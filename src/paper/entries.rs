//! Lists whose entries have keys of their own, such as `rounds`.
//!
//! In: a key of the [`Fields`] of a file, and the [`Table`] of its entries. Out: each entry as fields of
//! its own, with the places of its keys in the file.

use super::fields::{Entry, Fields};
use super::front_matter::Chunk;
use super::keys::Table;
use super::yaml::Value;
use crate::config::Config;
use crate::diag::{self, Source};
use std::ops::Range;

impl<'a> Fields<'a> {
    /// The entries of a list of key sets, each as fields of its own.
    pub(super) fn list_of(&mut self, name: &str, table: &'static Table) -> Vec<Fields<'a>> {
        let Some((value, chunk)) = self.take(name) else { return Vec::new() };
        self.items(&format!("`{name}`"), value, &chunk, table)
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
        let starts = entry_starts(&self.source.text, chunk);
        let mut entries = Vec::new();
        for (number, item) in items.into_iter().enumerate() {
            let start = starts.get(number).copied().unwrap_or(chunk.whole.start);
            let end = starts.get(number + 1).copied().unwrap_or(chunk.whole.end);
            match item {
                Value::Map(map) => entries.push(self.nested(map, start..end, table)),
                item => {
                    let message = format!("an entry of {name} must be a set of keys, not {}", item.sort());
                    let hint = format!("its keys are {}", table.names().collect::<Vec<_>>().join(", "));
                    self.report(&diag::BAD_VALUE, start..start + 1, message, hint);
                }
            }
        }
        entries
    }

    fn nested(&self, map: Vec<(String, Value)>, range: Range<usize>, table: &'static Table) -> Fields<'a> {
        let head = range.start..range.start + 1;
        let mut fields = Fields {
            source: self.source,
            config: self.config,
            entries: Vec::new(),
            body_start: 0,
            head,
            found: Vec::new(),
            unsettled: false,
            meant: Vec::new(),
        };
        for (name, value) in map {
            let chunk = nested_chunk(&self.source.text, &name, &range);
            match table.key(&name) {
                Some(key) => fields.entries.push(Entry { key, chunk, value: Some(value) }),
                None => fields.unknown(&name, chunk.key, table),
            }
        }
        fields.require(table);
        fields
    }
}

/// Where the entries of a list begin: at their hyphens, or at their braces.
fn entry_starts(text: &str, chunk: &Chunk) -> Vec<usize> {
    let whole = &text[chunk.whole.clone()];
    let mut starts = Vec::new();
    let mut at = chunk.whole.start;
    let mut indent = None;
    for line in whole.split_inclusive('\n') {
        let depth = line.len() - line.trim_start().len();
        if line.trim_start().starts_with("- ") && *indent.get_or_insert(depth) == depth {
            starts.push(at + depth);
        }
        at += line.len();
    }
    if starts.is_empty() {
        starts.extend(whole.match_indices('{').map(|(at, _)| chunk.whole.start + at));
    }
    starts
}

/// The place of a key within an entry, up to the end of its value.
fn nested_chunk(text: &str, name: &str, range: &Range<usize>) -> Chunk {
    let entry = &text[range.clone()];
    let is_key = |at: &usize| {
        let before = entry[..*at].chars().next_back();
        let after = entry[at + name.len()..].trim_start_matches(['"', '\'', ' ']);
        after.starts_with(':') && before.is_none_or(|c| !c.is_alphanumeric() && c != '_' && c != '-')
    };
    let at = entry.match_indices(name).map(|(at, _)| at).find(is_key).unwrap_or(0);
    let length = if entry[at..].starts_with(name) { name.len() } else { 0 };
    let rest = &entry[at + length..];
    let in_braces = entry.trim_start().starts_with('{');
    let end = rest.find(if in_braces { &['\n', ',', '}'][..] } else { &['\n'][..] }).unwrap_or(rest.len());
    let key = range.start + at..range.start + at + length;
    Chunk { whole: key.start..key.end + end, key }
}
