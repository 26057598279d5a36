//! How a draft differs from what was sealed.
//!
//! In: the entry of the record that holds, the text that was sealed, where it is kept, and the draft as it is now. Out:
//! each difference in the words of the record, none where the seal fits.

use super::lock::Entry;
use super::sealed::{Block, Sealed, blocks};
use crate::markdown::Dialect;
use crate::tree::Digest;
use std::collections::BTreeMap;

/// How a draft differs from what was sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// The title of the document, or the draft's own: what it was.
    Title(String),
    /// Another file lies at this path.
    FileChanged(String),
    /// The text no longer shows or leads to this file, or it is not there.
    FileGone(String),
    /// The text shows or leads to a file that it did not.
    FileNew(String),
    /// A block is not what it was.
    Changed {
        /// Its name.
        name: String,
        /// Its Markdown, where it is known.
        was: Option<String>,
    },
    /// A block is not there any more.
    Gone {
        /// What it was called.
        name: String,
        /// Its Markdown, where it is known.
        was: Option<String>,
    },
    /// A block that was not there.
    New {
        /// Its name.
        name: String,
    },
    /// The blocks stand in another order.
    Order,
    /// Something between the blocks.
    Between,
}

/// What differs; empty where the seal fits.
pub fn differences(entry: &Entry, kept: Option<&str>, now: &Sealed, dialect: Dialect) -> Vec<Difference> {
    if entry.text == now.digest {
        return Vec::new();
    }
    let mut found = Vec::new();
    if entry.title != now.title {
        found.push(Difference::Title(entry.title.clone()));
    } else if entry.option != now.option {
        found.push(Difference::Title(entry.option.clone().unwrap_or_default()));
    }
    found.extend(files(&entry.files, &now.files));
    found.extend(changed_blocks(entry, kept, now, dialect));
    if found.is_empty() {
        found.push(Difference::Between);
    }
    found
}

fn files(was: &BTreeMap<String, Digest>, now: &BTreeMap<String, Digest>) -> Vec<Difference> {
    let known = was.iter().filter_map(|(path, digest)| match now.get(path) {
        None => Some(Difference::FileGone(path.clone())),
        Some(other) if other != digest => Some(Difference::FileChanged(path.clone())),
        Some(_) => None,
    });
    let new = now.keys().filter(|path| !was.contains_key(*path)).map(|path| Difference::FileNew(path.clone()));
    known.chain(new).collect()
}

fn changed_blocks(entry: &Entry, kept: Option<&str>, now: &Sealed, dialect: Dialect) -> Vec<Difference> {
    let kept: Vec<Block> = kept.map_or_else(Vec::new, |text| blocks(text, dialect));
    let words = |name: &str, digest: Digest| {
        kept.iter().find(|own| own.name == name && own.digest == digest).map(|own| own.text.clone())
    };
    let mut gone: Vec<_> = Vec::new();
    let mut left: Vec<&Block> = now.blocks.iter().collect();
    for (name, digest, _) in &entry.blocks {
        // Words that stay are the same wherever they stand now; of several that are alike, the one in its place.
        let same = |own: &&&Block| own.digest == *digest;
        let at = left.iter().position(|own| same(&own) && own.name == *name);
        match at.or_else(|| left.iter().position(|own| same(&own))) {
            Some(at) => _ = left.remove(at),
            None => gone.push((name.clone(), *digest)),
        }
    }
    let mut found = Vec::new();
    for (name, digest) in gone {
        let was = words(&name, digest);
        match left.iter().position(|own| own.name == name) {
            Some(at) => {
                left.remove(at);
                found.push(Difference::Changed { name, was });
            }
            None => found.push(Difference::Gone { name, was }),
        }
    }
    found.extend(left.into_iter().map(|own| Difference::New { name: own.name.clone() }));
    let was = entry.blocks.iter().map(|(_, digest, _)| digest);
    if found.is_empty() && !was.eq(now.blocks.iter().map(|own| &own.digest)) {
        found.push(Difference::Order);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::{Act, Lock, Part};
    use super::super::lock::Event;
    use super::*;
    use crate::paper::DraftName;

    fn sealed(title: &str, words: &str, figure: &str) -> Sealed {
        let part = Part { chapter: None, text: words.into() };
        let files = BTreeMap::from([("a.svg".to_owned(), Digest::of(figure.as_bytes()))]);
        Sealed::of(("proposals/hubs", "draft-1"), (title, None), files, &[part], Dialect::Paper)
    }

    #[track_caller]
    fn check(title: &str, words: &str, figure: &str, expected: &[Difference]) {
        let mut lock = Lock::default();
        let draft = DraftName { round: 1, option: None };
        let event = Event { act: Act::Published, draft, at: jiff::Timestamp::UNIX_EPOCH, note: None };
        lock.add(event, &sealed("Hubs", "## A\n\nOne.\n\nTwo.\n\n[x]: b\n", "1"), &BTreeMap::new());
        let now = sealed(title, words, figure);
        let kept = lock.kept.get(&1).map(String::as_str);
        assert_eq!(differences(&lock.entries[0], kept, &now, Dialect::Paper), expected);
    }

    #[test]
    fn every_sort_of_difference_is_told() {
        use Difference::{Between, Changed, FileChanged, Gone, New, Order, Title};
        let (name, was) = ("p1-2".to_owned(), Some("Two.".to_owned()));
        check("Hubs", "## A\n\nOne.\n\nTwo.\n\n[x]: b\n", "1", &[]);
        check("Hub", "## A\n\nOne.\n\nTwo.\n\n[x]: b\n", "1", &[Title("Hubs".into())]);
        check("Hubs", "## A\n\nOne.\n\nTwo.\n\n[x]: b\n", "2", &[FileChanged("a.svg".into())]);
        check("Hubs", "## A\n\nOne.\n\nTwo!\n\n[x]: b\n", "1", &[Changed { name: name.clone(), was: was.clone() }]);
        check("Hubs", "## A\n\nOne.\n\n[x]: b\n", "1", &[Gone { name, was }]);
        check("Hubs", "## A\n\nNo.\n\nOne.\n\nTwo.\n\n[x]: b\n", "1", &[New { name: "p1-1".into() }]);
        check("Hubs", "## A\n\nTwo.\n\nOne.\n\n[x]: b\n", "1", &[Order]);
        check("Hubs", "## A\n\nOne.\n\nTwo.\n\n[x]: c\n", "1", &[Between]);
    }
}
