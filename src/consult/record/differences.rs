//! How a draft differs from what was sealed.
//!
//! In: the entry of the record that holds, the text that was sealed, where it is kept, and the draft as it is now. Out:
//! each difference in the words of the record, none where the seal fits.

use super::sealed::{Block, Sealed, blocks, function_of};
use crate::markdown::Dialect;
use crate::paper::{Entry, Function};
use crate::tree::Digest;
use std::collections::BTreeMap;

/// How a draft differs from what was sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// The title of the document, or the draft's own: what it was.
    Title(String),
    /// What the draft says of a function, or whether it names it.
    Function {
        /// The function.
        what: String,
        /// What it said of it, where that is known; none too where it was not named.
        was: Option<Function>,
    },
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
    let blocks = now.blocks.iter().map(|own| (own.name.as_str(), own.digest)).collect();
    let functions = now.functions.iter().map(|own| (own.0.as_str(), Digest::of(own.1.as_bytes()))).collect();
    let titles = (now.title.as_str(), now.option.as_ref());
    told(entry, kept, &Now { text: now.digest, titles, functions, files: &now.files, blocks }, dialect)
}

/// How a text that was sealed anew differs from what was sealed before.
pub fn between(was: &Entry, kept: Option<&str>, is: &Entry, dialect: Dialect) -> Vec<Difference> {
    let blocks = is.blocks.iter().map(|(name, digest, _)| (name.as_str(), *digest)).collect();
    let functions = is.functions.iter().map(|(what, digest)| (what.as_str(), *digest)).collect();
    let titles = (is.title.as_str(), is.option.as_ref());
    told(was, kept, &Now { text: is.text, titles, functions, files: &is.files, blocks }, dialect)
}

/// The newer of two texts.
struct Now<'a> {
    text: Digest,
    titles: (&'a str, Option<&'a String>),
    /// Functions, each with the digest of what is said of it.
    functions: Vec<(&'a str, Digest)>,
    files: &'a BTreeMap<String, Digest>,
    /// Names and digests of its blocks.
    blocks: Vec<(&'a str, Digest)>,
}

fn told(entry: &Entry, kept: Option<&str>, now: &Now, dialect: Dialect) -> Vec<Difference> {
    if entry.text == now.text {
        return Vec::new();
    }
    let mut found = Vec::new();
    if entry.title != now.titles.0 {
        found.push(Difference::Title(entry.title.clone()));
    } else if entry.option.as_ref() != now.titles.1 {
        found.push(Difference::Title(entry.option.clone().unwrap_or_default()));
    }
    found.extend(functions(entry, kept, now));
    found.extend(files(&entry.files, now.files));
    found.extend(changed_blocks(entry, kept, now, dialect));
    if found.is_empty() {
        found.push(Difference::Between);
    }
    found
}

fn functions(entry: &Entry, kept: Option<&str>, now: &Now) -> Vec<Difference> {
    let was = |what: &str| function_of(kept?, what);
    let told = |what: &str| Difference::Function { what: what.to_owned(), was: was(what) };
    let stays = |own: &(String, Digest)| now.functions.contains(&(own.0.as_str(), own.1));
    let known = entry.functions.iter().filter(|own| !stays(own)).map(|own| told(&own.0));
    let is_new = |what: &str| entry.functions.iter().all(|own| own.0 != what);
    let new = now.functions.iter().filter(|own| is_new(own.0)).map(|own| told(own.0));
    known.chain(new).collect()
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

fn changed_blocks(entry: &Entry, kept: Option<&str>, now: &Now, dialect: Dialect) -> Vec<Difference> {
    let kept: Vec<Block> = kept.map_or_else(Vec::new, |text| blocks(text, dialect));
    let words = |name: &str, digest: Digest| {
        kept.iter().find(|own| own.name == name && own.digest == digest).map(|own| own.text.clone())
    };
    let mut gone: Vec<_> = Vec::new();
    let mut left = now.blocks.clone();
    for (name, digest, _) in &entry.blocks {
        // Words that stay are the same wherever they stand now; of several that are alike, the one in its place.
        let at = left.iter().position(|own| *own == (name.as_str(), *digest));
        match at.or_else(|| left.iter().position(|own| own.1 == *digest)) {
            Some(at) => _ = left.remove(at),
            None => gone.push((name.clone(), *digest)),
        }
    }
    let mut found = Vec::new();
    for (name, digest) in gone {
        let was = words(&name, digest);
        match left.iter().position(|own| own.0 == name) {
            Some(at) => {
                left.remove(at);
                found.push(Difference::Changed { name, was });
            }
            None => found.push(Difference::Gone { name, was }),
        }
    }
    found.extend(left.into_iter().map(|(name, _)| Difference::New { name: name.to_owned() }));
    let was = entry.blocks.iter().map(|(_, digest, _)| *digest);
    if found.is_empty() && !was.eq(now.blocks.iter().map(|own| own.1)) {
        found.push(Difference::Order);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::{Head, Part};
    use super::*;
    use crate::paper::{Act, Deed, DraftName, Lock};

    fn sealed(title: &str, words: &str, figure: &str) -> Sealed {
        held(title, words, figure, "A trust")
    }

    /// A draft that names a function and its holder.
    fn held(title: &str, words: &str, figure: &str, holder: &str) -> Sealed {
        let part = Part { chapter: None, text: words.into() };
        let files = BTreeMap::from([("a.svg".to_owned(), Digest::of(figure.as_bytes()))]);
        let functions = [Function { what: "The hall".into(), today: None, holder: Some(holder.into()) }];
        let head = Head { document: "proposals/hubs", draft: "draft-1", title, option: None, functions: &functions };
        Sealed::of(head, files, &[part], Dialect::Paper)
    }

    #[track_caller]
    fn check(title: &str, words: &str, figure: &str, expected: &[Difference]) {
        let mut lock = Lock::default();
        let draft = DraftName { round: 1, option: None };
        let event = Deed { act: Act::Published, draft, at: jiff::Timestamp::UNIX_EPOCH, note: None };
        lock.add(event, sealed("Hubs", "## A\n\nOne.\n\nTwo.\n\n[x]: b\n", "1").contents(&BTreeMap::new()));
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

    #[test]
    fn a_function_that_got_another_holder_is_told_with_the_one_that_it_had() {
        let sealed = |holder: &str| held("Hubs", "Words.\n", "1", holder);
        let mut lock = Lock::default();
        let draft = DraftName { round: 1, option: None };
        let event = Deed { act: Act::Published, draft, at: jiff::Timestamp::UNIX_EPOCH, note: None };
        lock.add(event, sealed("A \"trust\"").contents(&BTreeMap::new()));
        let told = |kept: Option<&str>, holder: &str| {
            differences(&lock.entries[0], kept, &sealed(holder), Dialect::Paper)
        };
        let kept = lock.kept.get(&1).map(String::as_str);
        let was = Function { what: "The hall".into(), today: None, holder: Some("A \"trust\"".into()) };
        let expected = |was| vec![Difference::Function { what: "The hall".into(), was }];
        assert_eq!(told(kept, "A \"trust\""), Vec::new());
        assert_eq!(told(kept, "The clerk"), expected(Some(was)));
        assert_eq!(told(None, "The clerk"), expected(None));
    }
}
