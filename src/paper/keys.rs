//! Which keys front matter may hold, place by place, with a sentence and an example on each.
//!
//! The reader of front matter and its messages are made from these tables: a key that is not here does not exist.
//! `MANUAL.md` is written from them too, and `tests/manual.rs` reads every example as a site does.

use super::Kind;

mod consultation;
mod feedback;
mod tables;

pub use consultation::*;
pub use feedback::*;
pub use tables::*;

/// A key of front matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// As it is written: `status_because`.
    pub name: &'static str,
    /// Whether a file without it is wrong.
    pub required: bool,
    /// What stands after the colon: `a date`.
    pub form: &'static str,
    /// What it says, in a sentence.
    pub about: &'static str,
    /// What may stand after the colon; empty where keys stand below it.
    pub example: &'static str,
    /// The keys that stand below it.
    pub below: Option<&'static Table>,
}

/// A place where keys stand.
#[derive(Debug, PartialEq, Eq)]
pub struct Table {
    /// With its article: `a letter`.
    pub place: &'static str,
    /// Its keys, in the order in which the reference lists them.
    pub keys: &'static [Key],
}

impl Table {
    /// The names of the keys.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.keys.iter().map(|key| key.name)
    }

    /// The key of that name.
    pub fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys.iter().find(|key| key.name == name)
    }
}

/// The places other than this one where a key of that name may stand.
pub fn elsewhere(name: &str, here: &Table) -> Vec<&'static str> {
    TABLES
        .iter()
        .filter(|table| table.place != here.place && table.key(name).is_some())
        .map(|table| table.place)
        .collect()
}

/// What stands in the `index.md` of a folder.
pub(super) fn of_index(kind: Kind) -> &'static Table {
    match kind {
        Kind::Proposal | Kind::Strategy => &INDEX,
        Kind::Letter => &LETTER_INDEX,
        Kind::Update => &UPDATE_INDEX,
        Kind::Page => &PAGE,
    }
}

/// What stands in a file that is document and draft in one.
pub(super) fn of_lone(kind: Kind) -> &'static Table {
    match kind {
        Kind::Proposal | Kind::Strategy => &LONE,
        Kind::Letter => &LETTER,
        Kind::Update => &UPDATE,
        Kind::Page => &PAGE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_that_belongs_elsewhere_is_found_there() {
        assert_eq!(elsewhere("follows", &CHAPTER), ["a draft"]);
        assert_eq!(elsewhere("opens", &INDEX), ["an entry of `rounds`", "`vote`"]);
        assert_eq!(elsewhere("weather", &INDEX), Vec::<&str>::new());
    }

    #[test]
    fn no_table_names_a_key_twice() {
        for table in TABLES {
            let mut names: Vec<_> = table.names().collect();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), table.keys.len(), "{}", table.place);
        }
    }
}
