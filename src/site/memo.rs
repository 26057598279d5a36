//! What lives across builds: parsed bodies and comparisons, by the digest of what went in.
//!
//! A memo never changes what is written, only how long it takes. It is bounded: the oldest entries go
//! first.

use crate::diff::{Comparison, Counts, Images, Listed, compare_seen, counts, list};
use crate::markdown::{Body, Dialect, parse};
use crate::paper::Text;
use crate::tree::Digest;
use std::collections::{HashMap, VecDeque};
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

/// How many parsed bodies are kept.
const BODIES: usize = 4_096;
/// How many comparisons are kept.
const COMPARISONS: usize = 1_024;

/// Two bodies compared, with what pages say about it.
#[derive(Debug)]
pub struct Compared {
    /// The older body.
    pub old: Arc<Body>,
    /// The newer body.
    pub new: Arc<Body>,
    /// All changes.
    pub comparison: Comparison,
    /// In numbers.
    pub counts: Counts,
    /// As a list with places.
    pub listed: Vec<Listed>,
}

/// What lives across builds.
#[derive(Default)]
pub struct Memo {
    bodies: Mutex<Kept<Digest, Arc<Body>>>,
    compared: Mutex<Kept<(Digest, Digest), Arc<Compared>>>,
}

impl Memo {
    /// The body of a text.
    pub fn body(&self, text: &Text) -> Arc<Body> {
        recall(&self.bodies, BODIES, text.digest, || Arc::new(parse(text.body(), Dialect::Paper)))
    }

    /// The comparison of two texts, each with what its images show; a missing one is empty.
    pub fn compared(&self, old: (Option<&Text>, &Images), new: (Option<&Text>, &Images)) -> Arc<Compared> {
        let digest = |(text, images): (Option<&Text>, &Images)| {
            let images = images.iter().flat_map(|(source, shown)| [source.as_bytes(), shown.as_bytes()]);
            Digest::of_parts(text.map(|text| text.digest.bytes().as_slice()).into_iter().chain(images))
        };
        recall(&self.compared, COMPARISONS, (digest(old), digest(new)), || {
            let body = |text: Option<&Text>| text.map_or_else(Arc::default, |text| self.body(text));
            let images = (old.1, new.1);
            let (old, new) = (body(old.0), body(new.0));
            let comparison = compare_seen(&old, &new, images.0, images.1);
            let (counts, listed) = (counts(&comparison, &old, &new), list(&comparison, &old, &new));
            Arc::new(Compared { old, new, comparison, counts, listed })
        })
    }
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
