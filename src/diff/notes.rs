//! Which note of one text is which of the other.
//!
//! A name is a good sign but no proof: chapters number their notes anew, and a note that is put in
//! renumbers those behind it. So notes with the same words are paired first, then those of one name that
//! are alike, then the most alike of those left, and at last what has the same name.

use super::align::{LIKE, dice};
use super::tokens::Lexicon;
use crate::markdown::{Body, Ix};
use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

/// Where more pairs than this are left, notes are paired by their names alone.
const TRIED: usize = 10_000;

/// Notes of both texts that are the same note, by their newer index.
#[derive(Default)]
pub struct Notes {
    /// For every newer note its older one.
    pub pairs: BTreeMap<Ix, Ix>,
    /// For every older name the newer one.
    pub names: BTreeMap<String, String>,
}

impl Notes {
    /// Pairs the notes of two texts.
    pub fn pair(old: &Body, new: &Body, lexicon: &mut Lexicon) -> Notes {
        let read = |body: &Body, lexicon: &mut Lexicon| -> Vec<Note> {
            let notes = body.notes.iter().filter_map(|name| Some((name.clone(), body.note(name)?)));
            notes.map(|(name, ix)| Note { name, ix, tokens: lexicon.numbers(&body.words(ix)) }).collect()
        };
        let (old, new) = (read(old, lexicon), read(new, lexicon));
        let mut pairing = Pairing { old: &old, new: &new, found: BTreeMap::new(), taken: BTreeSet::new() };
        pairing.equal();
        pairing.named(LIKE);
        pairing.alike();
        pairing.named(0.0);
        let found = pairing.found;
        Notes {
            pairs: found.iter().map(|(j, i)| (new[*j].ix, old[*i].ix)).collect(),
            names: found.iter().map(|(j, i)| (old[*i].name.clone(), new[*j].name.clone())).collect(),
        }
    }
}

struct Note {
    name: String,
    ix: Ix,
    tokens: Vec<u32>,
}

struct Pairing<'n> {
    old: &'n [Note],
    new: &'n [Note],
    /// The older note of each newer one, by their places.
    found: BTreeMap<usize, usize>,
    taken: BTreeSet<usize>,
}

impl Pairing<'_> {
    fn take(&mut self, i: usize, j: usize) {
        if !self.found.contains_key(&j) && self.taken.insert(i) {
            self.found.insert(j, i);
        }
    }

    /// Notes with the same words: those of one name first, then the first with the first.
    fn equal(&mut self) {
        let (old, new) = (self.old, self.new);
        let names: HashMap<_, _> = old.iter().enumerate().map(|(i, note)| (&note.name, i)).collect();
        for (j, note) in new.iter().enumerate() {
            if let Some(i) = names.get(&note.name).filter(|i| old[**i].tokens == note.tokens) {
                self.take(*i, j);
            }
        }
        let mut places: HashMap<&[u32], VecDeque<usize>> = HashMap::new();
        for (i, note) in old.iter().enumerate().filter(|(i, _)| !self.taken.contains(i)) {
            places.entry(&note.tokens).or_default().push_back(i);
        }
        for (j, note) in new.iter().enumerate() {
            if self.found.contains_key(&j) {
                continue;
            }
            if let Some(i) = places.get_mut(note.tokens.as_slice()).and_then(VecDeque::pop_front) {
                self.take(i, j);
            }
        }
    }

    /// Notes of the same name that are at least so much alike.
    fn named(&mut self, least: f64) {
        let (old, new) = (self.old, self.new);
        let names: HashMap<_, _> = old.iter().enumerate().map(|(i, note)| (&note.name, i)).collect();
        for (j, note) in new.iter().enumerate() {
            if let Some(i) = names.get(&note.name).filter(|i| likeness(&old[**i], note) >= least) {
                self.take(*i, j);
            }
        }
    }

    /// The most alike of those left.
    fn alike(&mut self) {
        let left_old: Vec<_> = (0..self.old.len()).filter(|i| !self.taken.contains(i)).collect();
        let left_new: Vec<_> = (0..self.new.len()).filter(|j| !self.found.contains_key(j)).collect();
        if left_old.len() * left_new.len() > TRIED {
            return;
        }
        let every = left_old.iter().flat_map(|i| left_new.iter().map(move |j| (*i, *j)));
        let pairs = every.map(|(i, j)| (likeness(&self.old[i], &self.new[j]), i, j)).filter(|pair| pair.0 >= LIKE);
        let mut pairs: Vec<_> = pairs.collect();
        pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1 + a.2, a.1).cmp(&(b.1 + b.2, b.1))));
        pairs.into_iter().for_each(|(_, i, j)| self.take(i, j));
    }
}

fn likeness(a: &Note, b: &Note) -> f64 {
    dice(&a.tokens, &b.tokens)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::{Dialect, parse};

    fn check(old: &str, new: &str, expected: &[(&str, &str)]) {
        let text = |notes: &str| {
            let lines = notes.split(';').map(|note| note.split_once('=').unwrap());
            let text: String = lines.map(|(name, words)| format!("[^{name}]\n\n[^{name}]: {words}\n\n")).collect();
            parse(&text, Dialect::Paper)
        };
        let notes = Notes::pair(&text(old), &text(new), &mut Lexicon::default());
        let names: Vec<_> = notes.names.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        assert_eq!(names, expected);
    }

    #[test]
    fn names_and_words_say_which_note_is_which() {
        check("a=The vote is in May;b=Hubs", "a=The vote is in June;b=Hubs", &[("a", "a"), ("b", "b")]);
        check("1=The vote is in May", "1=Here all means everyone;2=The vote is in May", &[("1", "2")]);
        check("1=The vote is in May", "1=Here all means everyone;2=The vote is in June", &[("1", "2")]);
        check("a=Nothing alike", "a=Something else", &[("a", "a")]);
        check("a=Same;b=Same", "b=Same;a=Same", &[("a", "a"), ("b", "b")]);
        check("a=Nothing alike", "b=Something else", &[]);
    }
}
