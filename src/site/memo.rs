//! What lives across builds: parsed bodies, their facts, and comparisons, by the digest of what went in and the dialect
//! that it was read in.
//!
//! A memo never changes what is written, only how long it takes. It is bounded: the oldest entries go
//! first.

use crate::diff::{Comparison, Counts, Images, Judge, Listed, Part, Seen, compare_parts, counts, list};
use crate::facts::{Facts, Glossary};
use crate::markdown::whole::Whole;
use crate::markdown::{Body, Dialect, parse};
use crate::paper::{Draft, Text};
use crate::routes::compared_chapters;
use crate::tree::Digest;
use std::collections::{HashMap, VecDeque};
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

/// How many parsed bodies are kept.
const BODIES: usize = 4_096;
/// How many facts are kept; they are small.
const FACTS: usize = 65_536;
/// How many comparisons are kept.
const COMPARISONS: usize = 1_024;

/// Two drafts compared, with what pages say about it.
#[derive(Debug)]
pub struct Compared {
    /// The older draft.
    pub old: Whole,
    /// The newer draft.
    pub new: Whole,
    /// All changes.
    pub comparison: Comparison,
    /// Of each part of the comparison the name of the chapter; empty of the words above them, and where
    /// both drafts are on one page.
    pub chapters: Vec<String>,
    /// In numbers.
    pub counts: Counts,
    /// As a list with places.
    pub listed: Vec<Listed>,
}

impl Compared {
    /// The part of the comparison that shows a chapter.
    pub fn part(&self, chapter: &str) -> Option<usize> {
        self.chapters.iter().position(|own| own == chapter)
    }

    /// The changes that a part shows, what left it included.
    pub fn listed_in(&self, part: usize) -> impl Iterator<Item = &Listed> {
        self.listed.iter().filter(move |listed| listed.part == part)
    }
}

/// Both drafts, by what they are judged, and how they are read.
type ComparedKey = (Digest, Digest, Digest, Dialect);

/// A text, its number where it is a chapter, how it is read, and the terms that are looked for in it.
type FactsKey = (Digest, Option<u32>, Dialect, Digest);

/// How texts are read, and by what their changes are judged.
#[derive(Clone, Copy)]
pub struct Reading<'a> {
    /// Which Markdown is read.
    pub dialect: Dialect,
    /// By what changes are judged.
    pub judge: &'a Judge,
}

/// What lives across builds.
#[derive(Default)]
pub struct Memo {
    bodies: Mutex<Kept<(Digest, Dialect), Arc<Body>>>,
    facts: Mutex<Kept<FactsKey, Arc<Facts>>>,
    compared: Mutex<Kept<ComparedKey, Arc<Compared>>>,
}

impl Memo {
    /// The body of a text.
    pub fn body(&self, text: &Text, dialect: Dialect) -> Arc<Body> {
        recall(&self.bodies, BODIES, (text.digest, dialect), || Arc::new(parse(text.body(), dialect)))
    }

    /// The facts of a text; `chapter` is its number where it is a chapter.
    pub fn facts(&self, text: &Text, chapter: Option<u32>, dialect: Dialect, glossary: &Glossary) -> Arc<Facts> {
        let key = (text.digest, chapter, dialect, glossary.digest());
        recall(&self.facts, FACTS, key, || Arc::new(Facts::of(&self.body(text, dialect), chapter, glossary)))
    }

    /// A draft with all its chapters: each as it is on its own page, or all on one.
    pub fn whole(&self, draft: &Draft, one_page: bool, dialect: Dialect) -> Whole {
        let opening = self.body(&draft.text, dialect);
        if draft.chapters.is_empty() {
            return Whole::of(opening);
        }
        let bodies: Vec<_> = draft.chapters.iter().map(|chapter| self.body(&chapter.text, dialect)).collect();
        let chapters: Vec<_> = draft.chapters.iter().zip(&bodies).map(|(own, body)| own.with(body)).collect();
        if one_page { Whole::on_one_page(&opening, &chapters) } else { Whole::in_chapters(&opening, &chapters) }
    }

    /// The comparison of two drafts, each with what its images show.
    pub fn compared(&self, old: (&Draft, &Images), new: (&Draft, &Images), reading: Reading) -> Arc<Compared> {
        let judge = Digest::of(reading.judge.identity().as_bytes());
        let key = (digest(old), digest(new), judge, reading.dialect);
        recall(&self.compared, COMPARISONS, key, || Arc::new(self.compare(old, new, reading)))
    }

    fn compare(&self, old: (&Draft, &Images), new: (&Draft, &Images), reading: Reading) -> Compared {
        let Reading { dialect, judge } = reading;
        let one_page = old.0.chapters.is_empty() != new.0.chapters.is_empty();
        let (before, after) = (self.whole(old.0, one_page, dialect), self.whole(new.0, one_page, dialect));
        let mut chapters = vec![String::new()];
        chapters.extend(compared_chapters(old.0, new.0));
        let blocks = |whole: &Whole, name: &str| match one_page {
            true => 0..whole.body.blocks.len(),
            false => whole.part(name).map_or(0..0, |at| whole.parts[at].blocks.clone()),
        };
        let part = |name: &String| Part { old: blocks(&before, name), new: blocks(&after, name), ..Part::default() };
        let parts = chapters.iter().map(part).collect();
        let seen = (Seen { body: &before.body, images: old.1 }, Seen { body: &after.body, images: new.1 });
        let comparison = compare_parts(seen.0, seen.1, parts);
        let listed = list(&comparison, &before.body, &after.body, judge);
        let counts = counts(listed.iter().filter(|listed| !listed.departure));
        Compared { old: before, new: after, comparison, chapters, counts, listed }
    }
}

/// The digest of all that a comparison of a draft depends on.
fn digest((draft, images): (&Draft, &Images)) -> Digest {
    let numbers: Vec<_> = draft.chapters.iter().map(|own| own.number.to_be_bytes()).collect();
    let chapters = draft.chapters.iter().zip(&numbers);
    let chapters =
        chapters.flat_map(|(own, number)| [own.name.as_bytes(), number.as_slice(), own.text.digest.bytes().as_slice()]);
    let images = images.iter().flat_map(|(source, shown)| [source.as_bytes(), shown.as_bytes()]);
    Digest::of_parts([draft.text.digest.bytes().as_slice()].into_iter().chain(chapters).chain(images))
}

/// Values in the order in which they came.
struct Kept<K, V> {
    values: HashMap<K, V>,
    order: VecDeque<K>,
}

impl<K, V> Default for Kept<K, V> {
    fn default() -> Self {
        Kept { values: HashMap::new(), order: VecDeque::new() }
    }
}

/// The value of a key, made if it is not there; two threads may both make it, which does no harm.
fn recall<K: Copy + Eq + Hash, V: Clone>(kept: &Mutex<Kept<K, V>>, most: usize, key: K, make: impl FnOnce() -> V) -> V {
    let open = || kept.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(value) = open().values.get(&key) {
        return value.clone();
    }
    let value = make();
    let mut kept = open();
    if kept.values.insert(key, value.clone()).is_none() {
        kept.order.push_back(key);
    }
    while kept.order.len() > most {
        if let Some(oldest) = kept.order.pop_front() {
            kept.values.remove(&oldest);
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_made_is_kept_and_the_oldest_goes() {
        let kept = Mutex::new(Kept::default());
        let made = |key: u32| recall(&kept, 2, key, || key * 10);
        assert_eq!((made(1), made(2), made(3)), (10, 20, 30));
        assert_eq!(recall(&kept, 2, 3, || 99), 30);
        assert_eq!(recall(&kept, 2, 1, || 99), 99);
    }
}
