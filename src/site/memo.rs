//! What lives across builds: parsed bodies and comparisons, by the digest of what went in and the dialect that it was
//! read in.
//!
//! A memo never changes what is written, only how long it takes. It is bounded: the oldest entries go
//! first, and what nobody asks for while the site is read again and again goes too.

use crate::consult::record::Sealed;
use crate::diff::{Comparison, Counts, Images, Judge, Listed, Part, Seen, compare_parts, counts, list};
use crate::facts::{Facts, Glossary};
use crate::markdown::whole::Whole;
use crate::markdown::{Body, Dialect, parse};
use crate::paper::{Draft, Text};
use crate::routes::compared_chapters;
use crate::tree::Digest;
use std::collections::{HashMap, VecDeque};
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// How many bytes of text parsed bodies are kept of.
const BODIES: usize = 4 << 20;
/// How many bytes of text comparisons are kept of, both sides counted.
const COMPARISONS: usize = 4 << 20;
/// How many bytes of text drafts are kept of in the form that is sealed.
const SEALED: usize = 4 << 20;
/// Of how many drafts the seal is kept.
const SEALS: usize = 1 << 16;
/// For how many readings of the site something is kept that nobody asks for.
const AGES: u64 = 8;

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
    bodies: Mutex<Shelf<(Digest, Dialect), Arc<Body>>>,
    compared: Mutex<Shelf<ComparedKey, Arc<Compared>>>,
    sealed: Mutex<Shelf<(Digest, Dialect), Arc<Sealed>>>,
    seals: Mutex<Shelf<(Digest, Dialect), Digest>>,
}

impl Memo {
    /// Another reading of the site begins: what nobody asked for during the last ones is forgotten.
    pub fn age(&self) {
        held(&self.bodies).age();
        held(&self.compared).age();
        held(&self.sealed).age();
        held(&self.seals).age();
    }

    /// The body of a text.
    pub fn body(&self, text: &Text, dialect: Dialect) -> Arc<Body> {
        let key = (text.digest, dialect);
        recall(&self.bodies, (BODIES, text.source.text.len()), key, || Arc::new(parse(text.body(), dialect)))
    }

    /// The facts of a text; `chapter` is its number where it is a chapter.
    pub fn facts(&self, text: &Text, chapter: Option<u32>, dialect: Dialect, glossary: &Glossary) -> Arc<Facts> {
        // A body that is needed for its facts alone does not drive out those that pages need.
        let kept = held(&self.bodies).has(&(text.digest, dialect), (BODIES, text.source.text.len()));
        let facts = |body: &Body| Facts::of(body, chapter, glossary);
        Arc::new(if kept { facts(&self.body(text, dialect)) } else { facts(&parse(text.body(), dialect)) })
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

    /// A draft in the form that is sealed; the key is the digest of all that it depends on.
    pub fn sealed(&self, key: (Digest, Dialect), weight: usize, make: impl FnOnce() -> Sealed) -> Arc<Sealed> {
        recall(&self.sealed, (SEALED, weight), key, || Arc::new(make()))
    }

    /// The seal of such a draft alone, which is asked for at every reading of the site.
    pub fn seal(&self, key: (Digest, Dialect), make: impl FnOnce() -> Digest) -> Digest {
        recall(&self.seals, (SEALS, 1), key, make)
    }

    /// The comparison of two drafts, each with what its images show.
    pub fn compared(&self, old: (&Draft, &Images), new: (&Draft, &Images), reading: Reading) -> Arc<Compared> {
        let judge = Digest::of(reading.judge.identity().as_bytes());
        let key = (digest(old), digest(new), judge, reading.dialect);
        let weight = [old.0, new.0].into_iter().map(length).sum();
        recall(&self.compared, (COMPARISONS, weight), key, || Arc::new(self.compare(old, new, reading)))
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

/// How many bytes of text a draft has.
fn length(draft: &Draft) -> usize {
    let chapters = draft.chapters.iter().map(|chapter| &chapter.text);
    chapters.chain([&draft.text]).map(|text| text.source.text.len()).sum()
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
struct Shelf<K, V> {
    values: HashMap<K, Shelved<V>>,
    order: VecDeque<K>,
    weight: usize,
    now: u64,
}

struct Shelved<V> {
    value: V,
    weight: usize,
    /// When it was last asked for.
    asked: u64,
}

impl<K, V> Default for Shelf<K, V> {
    fn default() -> Self {
        Shelf { values: HashMap::new(), order: VecDeque::new(), weight: 0, now: 0 }
    }
}

impl<K: Copy + Eq + Hash, V: Clone> Shelf<K, V> {
    fn age(&mut self) {
        self.now += 1;
        let Shelf { values, order, weight, now } = self;
        values.retain(|_, own| {
            let young = own.asked + AGES > *now;
            *weight -= if young { 0 } else { own.weight };
            young
        });
        order.retain(|key| values.contains_key(key));
    }

    fn get(&mut self, key: &K) -> Option<V> {
        let own = self.values.get_mut(key)?;
        own.asked = self.now;
        Some(own.value.clone())
    }

    /// Whether a value is there, or there is room for it.
    fn has(&self, key: &K, (most, weight): (usize, usize)) -> bool {
        self.weight + weight <= most || self.values.contains_key(key)
    }

    /// Adds a value; the oldest go while all weigh more than `most`.
    fn put(&mut self, key: K, value: V, (most, weight): (usize, usize)) {
        if self.values.insert(key, Shelved { value, weight, asked: self.now }).is_none() {
            self.order.push_back(key);
            self.weight += weight;
        }
        while self.weight > most {
            let Some(oldest) = self.order.pop_front() else { break };
            self.weight -= self.values.remove(&oldest).map_or(0, |own| own.weight);
        }
    }
}

/// The value of a key, made if it is not there; two threads may both make it, which does no harm.
fn recall<K: Copy + Eq + Hash, V: Clone>(
    shelf: &Mutex<Shelf<K, V>>,
    weight: (usize, usize),
    key: K,
    make: impl FnOnce() -> V,
) -> V {
    let known = held(shelf).get(&key);
    known.unwrap_or_else(|| {
        let value = make();
        held(shelf).put(key, value.clone(), weight);
        value
    })
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_made_is_kept_and_the_oldest_goes() {
        let shelf = Mutex::new(Shelf::default());
        let made = |key: u32| recall(&shelf, (2, 1), key, || key * 10);
        assert_eq!((made(1), made(2), made(3)), (10, 20, 30));
        assert_eq!(recall(&shelf, (2, 1), 3, || 99), 30);
        assert_eq!(recall(&shelf, (2, 1), 1, || 99), 99);
    }

    #[test]
    fn what_nobody_asks_for_is_forgotten() {
        let shelf = Mutex::new(Shelf::default());
        let made = |key: u32, value: u32| recall(&shelf, (10, 1), key, || value);
        assert_eq!((made(1, 1), made(2, 2)), (1, 2));
        for _ in 0..AGES {
            held(&shelf).age();
            assert_eq!(made(1, 99), 1);
        }
        assert_eq!((made(1, 99), made(2, 99)), (1, 99));
        assert_eq!(held(&shelf).weight, 2);
    }
}
