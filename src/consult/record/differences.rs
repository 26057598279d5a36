//! How a draft differs from what was sealed.
//!
//! In: the entry of the record that holds, the text that was sealed, where it is kept, and the draft as it is now. Out:
//! each difference in the words of the record, none where the seal fits.

use super::form::Form;
use super::sealed::{Block, Sealed, blocks};
use crate::markdown::{Dialect, page};
use crate::paper::{Entry, Function};
use crate::tree::Digest;
use std::collections::BTreeMap;

/// How a draft differs from what was sealed.
#[derive(Clone, Debug, PartialEq)]
pub enum Difference {
    /// The title of the document, or the draft's own: what it was.
    Title(String),
    /// What else stands above the text, by its key: what it was; none where the key was not there.
    Above(String, Option<String>),
    /// What the draft says of a function: what it said; none where it did not name it.
    Function(String, Option<Function>),
    /// The title of a chapter: its name, and what it was called.
    Chapter(String, String),
    /// The chapters are others, or stand in another order.
    Chapters,
    /// The document is called otherwise in files: what it was called.
    Name(String),
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
        /// What it is now, where that is known.
        is: Option<String>,
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
    /// A page of a letter begins elsewhere: the line that says so, or said it.
    PageBreak(String),
    /// Something between the blocks, such as where a link leads: the first line of either text that differs, where both
    /// are known.
    Between(Option<(String, String)>),
}

/// A text of which the seal is known, and, where they are kept, its words.
struct Side {
    seal: Digest,
    form: Option<Form>,
    /// Names and digests of its blocks.
    names: Vec<(String, Digest)>,
    /// Its blocks, where its words are known.
    blocks: Vec<Block>,
}

impl Side {
    fn of(entry: &Entry, kept: Option<&str>, dialect: Dialect) -> Side {
        let form = kept.and_then(Form::read);
        let blocks = form.as_ref().map_or_else(Vec::new, |form| blocks(form, dialect));
        let names = entry.blocks.iter().map(|(name, digest, _)| (name.clone(), *digest)).collect();
        Side { seal: entry.text, form, names, blocks }
    }

    fn words(&self, name: &str) -> Option<String> {
        self.blocks.iter().find(|own| own.name == name).map(|own| own.text.clone())
    }
}

/// What differs; empty where the seal fits.
pub fn differences(entry: &Entry, kept: Option<&str>, now: &Sealed, dialect: Dialect) -> Vec<Difference> {
    if entry.text == now.digest {
        return Vec::new();
    }
    let names = now.blocks.iter().map(|block| (block.name.clone(), block.digest)).collect();
    let now = Side { seal: now.digest, form: Some(now.form.clone()), names, blocks: now.blocks.clone() };
    told(&Side::of(entry, kept, dialect), &now)
}

/// How a text that was sealed anew differs from what was sealed before; of each the words, where they are kept.
pub fn between(was: (&Entry, Option<&str>), is: (&Entry, Option<&str>), dialect: Dialect) -> Vec<Difference> {
    told(&Side::of(was.0, was.1, dialect), &Side::of(is.0, is.1, dialect))
}

fn told(was: &Side, is: &Side) -> Vec<Difference> {
    if was.seal == is.seal {
        return Vec::new();
    }
    let mut found = was.form.as_ref().zip(is.form.as_ref()).map_or_else(Vec::new, |(was, is)| heads(was, is));
    found.extend(changed_blocks(was, is));
    if found.is_empty() {
        let lines = was.form.as_ref().zip(is.form.as_ref()).and_then(first_other);
        let page = lines.as_ref().and_then(|(was, is)| [is, was].into_iter().find(|line| is_page_break(line)));
        found.push(page.map_or(Difference::Between(lines.clone()), |line| Difference::PageBreak(line.clone())));
    }
    found
}

/// What differs outside of the texts.
fn heads(was: &Form, is: &Form) -> Vec<Difference> {
    let mut found = Vec::new();
    if was.document != is.document {
        found.push(Difference::Name(was.document.clone()));
    }
    if was.title != is.title {
        found.push(Difference::Title(was.title.clone()));
    } else if was.option != is.option {
        found.push(Difference::Title(was.option.clone().unwrap_or_default()));
    }
    found.extend(above(&was.above, &is.above));
    found.extend(functions(&was.functions, &is.functions));
    found.extend(files(&was.files, &is.files));
    let chapters = |form: &Form| form.parts.iter().filter_map(|part| part.chapter.clone()).collect::<Vec<_>>();
    let now = chapters(is);
    if !chapters(was).iter().map(|own| &own.name).eq(now.iter().map(|own| &own.name)) {
        found.push(Difference::Chapters);
    }
    for own in chapters(was) {
        if now.iter().any(|now| now.name == own.name && now.title != own.title) {
            found.push(Difference::Chapter(own.name, own.title));
        }
    }
    found
}

fn above(was: &[(String, String)], now: &[(String, String)]) -> Vec<Difference> {
    let of = |all: &[(String, String)], key: &str| {
        let own: Vec<_> = all.iter().filter(|own| own.0 == key).map(|own| own.1.clone()).collect();
        (!own.is_empty()).then(|| own.join(", "))
    };
    let mut keys: Vec<&str> = was.iter().chain(now).map(|own| own.0.as_str()).collect();
    keys.sort_unstable();
    keys.dedup();
    let other = keys.into_iter().filter(|key| of(was, key) != of(now, key));
    other.map(|key| Difference::Above(key.to_owned(), of(was, key))).collect()
}

fn functions(was: &[Function], now: &[Function]) -> Vec<Difference> {
    let known = was.iter().filter(|own| !now.contains(own));
    let known = known.map(|own| Difference::Function(own.what.clone(), Some(own.clone())));
    let new = now.iter().filter(|own| was.iter().all(|was| was.what != own.what));
    let found: Vec<_> = known.chain(new.map(|own| Difference::Function(own.what.clone(), None))).collect();
    let moved = was.iter().zip(now).find(|(was, is)| found.is_empty() && was != is);
    found.into_iter().chain(moved.map(|(was, _)| Difference::Function(was.what.clone(), Some(was.clone())))).collect()
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

fn changed_blocks(was: &Side, is: &Side) -> Vec<Difference> {
    let mut gone: Vec<_> = Vec::new();
    let mut left = is.names.clone();
    for (name, digest) in &was.names {
        // Words that stay are the same wherever they stand now; of several that are alike, the one in its place.
        let at = left.iter().position(|own| own.0 == *name && own.1 == *digest);
        match at.or_else(|| left.iter().position(|own| own.1 == *digest)) {
            Some(at) => _ = left.remove(at),
            None => gone.push(name.clone()),
        }
    }
    let mut found = Vec::new();
    for name in gone {
        let words = was.words(&name);
        match left.iter().position(|own| own.0 == name) {
            Some(at) => {
                left.remove(at);
                let is = is.words(&name);
                found.push(Difference::Changed { name, was: words, is });
            }
            None => found.push(Difference::Gone { name, was: words }),
        }
    }
    found.extend(left.into_iter().map(|(name, _)| Difference::New { name }));
    if found.is_empty() && !was.names.iter().map(|own| own.1).eq(is.names.iter().map(|own| own.1)) {
        found.push(Difference::Order);
    }
    found
}

fn is_page_break(line: &str) -> bool {
    let comment = line.trim().strip_prefix("<!--").and_then(|rest| rest.strip_suffix("-->"));
    comment.is_some_and(|comment| page(comment).is_some())
}

/// The first line of either text that the other has not in its place; blank ones aside.
fn first_other((was, is): (&Form, &Form)) -> Option<(String, String)> {
    let lines = |form: &Form| {
        form.parts
            .iter()
            .flat_map(|part| part.text.lines().filter(|line| !line.trim().is_empty()))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let (was, is) = (lines(was), lines(is));
    let at = (0..was.len().max(is.len())).find(|at| was.get(*at) != is.get(*at))?;
    let line = |lines: &[String]| lines.get(at).cloned().unwrap_or_default();
    Some((line(&was), line(&is)))
}

#[cfg(test)]
mod tests {
    use super::super::Part;
    use super::*;
    use crate::paper::{Act, Deed, DraftName, Lock};

    /// A draft that names a function and its holder, with a figure.
    fn sealed(title: &str, words: &str, figure: &str, holder: &str) -> Sealed {
        let form = Form {
            document: "proposals/hubs".into(),
            draft: "draft-1".into(),
            title: title.into(),
            above: vec![("from".into(), "A".into())],
            functions: vec![Function { what: "The hall".into(), today: None, holder: Some(holder.into()) }],
            files: BTreeMap::from([("a.svg".to_owned(), Digest::of(figure.as_bytes()))]),
            parts: vec![Part { chapter: None, text: words.into() }],
            ..Form::default()
        };
        Sealed::of(form, Dialect::Paper)
    }

    const WORDS: &str = "## A\n\nOne.\n\nTwo.\n\n[x]: b\n";

    #[track_caller]
    fn check(now: &Sealed, expected: &[Difference]) {
        let mut lock = Lock::default();
        let draft = DraftName { round: 1, option: None };
        let event = Deed { act: Act::Published, draft, at: jiff::Timestamp::UNIX_EPOCH, note: None };
        lock.add(event, sealed("Hubs", WORDS, "1", "A trust").contents(&BTreeMap::new()));
        let kept = lock.kept.get(&1).map(String::as_str);
        assert_eq!(differences(&lock.entries[0], kept, now, Dialect::Paper), expected);
    }

    #[test]
    fn every_sort_of_difference_is_told() {
        use Difference::{Above, Between, Changed, FileChanged, Function as Other, Gone, New, Order, Title};
        let now = |words: &str| sealed("Hubs", words, "1", "A trust");
        let (name, was) = ("p1-2".to_owned(), Some("Two.".to_owned()));
        check(&now(WORDS), &[]);
        check(&sealed("Hub", WORDS, "1", "A trust"), &[Title("Hubs".into())]);
        check(&sealed("Hubs", WORDS, "2", "A trust"), &[FileChanged("a.svg".into())]);
        let held = Function { what: "The hall".into(), today: None, holder: Some("A trust".into()) };
        check(&sealed("Hubs", WORDS, "1", "The clerk"), &[Other("The hall".into(), Some(held))]);
        let mut other = now(WORDS).form;
        other.above[0].1 = "B".into();
        check(&Sealed::of(other, Dialect::Paper), &[Above("from".into(), Some("A".into()))]);
        let is = Some("Two!".to_owned());
        let changed = Changed { name: name.clone(), was: was.clone(), is };
        check(&now("## A\n\nOne.\n\nTwo!\n\n[x]: b\n"), &[changed]);
        check(&now("## A\n\nOne.\n\n[x]: b\n"), &[Gone { name, was }]);
        check(&now("## A\n\nNo.\n\nOne.\n\nTwo.\n\n[x]: b\n"), &[New { name: "p1-1".into() }]);
        check(&now("## A\n\nTwo.\n\nOne.\n\n[x]: b\n"), &[Order]);
        let page = "<!-- page 2 -->".to_owned();
        check(&now("## A\n\nOne.\n\n<!-- page 2 -->\n\nTwo.\n\n[x]: b\n"), &[Difference::PageBreak(page)]);
        check(&now("## A\n\nOne.\n\nTwo.\n\n[x]: c\n"), &[Between(Some(("[x]: b".into(), "[x]: c".into())))]);
    }
}
