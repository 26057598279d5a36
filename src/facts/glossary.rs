//! The glossary as it is looked for in texts: the words of its terms, by the first.
//!
//! In: the terms of a glossary, then a text cut into words. Out: the longest term that begins at a word. An
//! abbreviation is found as it is written, a term in capitals or not; both with a plural `s` and as a
//! possessive.

use crate::diff::cut;
use crate::paper::Term;
use crate::tree::Digest;
use foldhash::fast::FixedState;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// The words of all terms.
#[derive(Debug)]
pub struct Glossary {
    /// What a term can look like, by its first word in lower case, the longest first.
    forms: HashMap<String, Vec<Form>, FixedState>,
    /// What first words begin with, by two bytes in lower case: most words of a text are no first word.
    starts: HashSet<[u8; 2], FixedState>,
    digest: Digest,
}

/// One of the ways to write a term.
#[derive(Debug)]
struct Form {
    /// Its place in the glossary.
    term: usize,
    words: Vec<String>,
    /// Whether capitals count, as in an abbreviation.
    exact: bool,
}

/// A term that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// Its place in the glossary.
    pub(super) term: usize,
    /// How many words it has here.
    pub(super) words: usize,
    /// Where it ends in the text.
    pub(super) end: usize,
}

impl Default for Glossary {
    fn default() -> Self {
        Glossary::new(&[])
    }
}

impl Glossary {
    /// The words of the terms of a glossary.
    pub fn new(terms: &[Term]) -> Self {
        let mut glossary =
            Glossary { forms: HashMap::default(), starts: HashSet::default(), digest: Digest::of_parts(bytes(terms)) };
        for (term, own) in terms.iter().enumerate() {
            glossary.add(term, &own.term, false);
            own.short.iter().for_each(|short| glossary.add(term, short, true));
        }
        for forms in glossary.forms.values_mut() {
            forms.sort_by_key(|form| (std::cmp::Reverse(form.words.len()), !form.exact, form.term));
        }
        glossary
    }

    fn add(&mut self, term: usize, written: &str, exact: bool) {
        let lower = |word: &str| if exact { word.to_owned() } else { word.to_lowercase() };
        let words: Vec<_> = spans(written).map(|span| lower(&written[span])).collect();
        let Some(first) = words.first().map(|word| word.to_lowercase()) else { return };
        self.starts.insert(start(&first));
        self.forms.entry(first).or_default().push(Form { term, words, exact });
    }

    /// Whether there is nothing to look for.
    pub(super) fn is_empty(&self) -> bool {
        self.forms.is_empty()
    }

    /// The digest of all that is looked for.
    pub fn digest(&self) -> Digest {
        self.digest
    }

    /// The longest term that the first of these words of a text begins.
    pub(super) fn longest(&self, text: &str, words: &[Range<usize>]) -> Option<Found> {
        let first = word(text, words.first()?);
        // A word of one letter may stand here with an `s`.
        let begins = self.starts.contains(&start(first)) || self.starts.contains(&[start(first)[0], 0]);
        if first.is_ascii() && !begins {
            return None;
        }
        let forms = stems(first).filter_map(|stem| self.forms.get(&stem.to_lowercase())).flatten();
        let found = forms
            .filter_map(|form| Some(Found { term: form.term, words: form.words.len(), end: form.end(text, words)? }));
        found.reduce(|best, other| if other.words > best.words { other } else { best })
    }
}

impl Form {
    /// Where the form ends that begins at the first of these words, if it does.
    fn end(&self, text: &str, words: &[Range<usize>]) -> Option<usize> {
        let (last, before) = self.words.split_last()?;
        let own = words.get(..self.words.len())?;
        let same = before.iter().zip(own).all(|(form, at)| self.is(form, word(text, at)));
        let at = own.last().filter(|_| same)?;
        let stem = stems(word(text, at)).find(|stem| self.is(last, stem))?;
        Some(at.start + stem.len() + plural(&text[at.start + stem.len()..at.end]))
    }

    fn is(&self, form: &str, word: &str) -> bool {
        if self.exact {
            return form == word;
        }
        form.eq_ignore_ascii_case(word) || (!word.is_ascii() && form == word.to_lowercase())
    }
}

/// What the words of a text are, white space aside.
pub(super) fn spans(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    let words = cut::words(text).map(move |word| {
        at += word.len();
        (at - word.len()..at, word)
    });
    words.filter(|(_, word)| !word.starts_with(char::is_whitespace)).map(|(span, _)| span)
}

fn word<'t>(text: &'t str, span: &Range<usize>) -> &'t str {
    text.get(span.clone()).unwrap_or("")
}

/// The first two bytes of a word in lower case.
fn start(word: &str) -> [u8; 2] {
    let mut bytes = word.bytes().map(|byte| byte.to_ascii_lowercase());
    [bytes.next().unwrap_or(0), bytes.next().unwrap_or(0)]
}

/// A word as it is, without the end of a possessive, and without a plural `s`.
pub(super) fn stems(word: &str) -> impl Iterator<Item = &str> {
    let owner = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s"));
    let single = owner.unwrap_or(word).strip_suffix('s');
    [Some(word), owner, single].into_iter().flatten()
}

/// How much of what follows a stem is its plural: the end of a possessive is not.
fn plural(rest: &str) -> usize {
    usize::from(rest.starts_with('s'))
}

/// What is looked for, as bytes.
fn bytes(terms: &[Term]) -> impl Iterator<Item = &[u8]> {
    terms.iter().flat_map(|term| [term.term.as_bytes(), term.short.as_deref().unwrap_or("").as_bytes()])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every term that is found in a text, from its beginning on, as it stands there.
    #[track_caller]
    fn check(terms: &[(&str, &str)], text: &str, expected: &[&str]) {
        let term = |(term, short): &(&str, &str)| Term {
            term: (*term).to_owned(),
            short: Some((*short).to_owned()).filter(|short| !short.is_empty()),
            ..Term::default()
        };
        let glossary = Glossary::new(&terms.iter().map(term).collect::<Vec<_>>());
        let words: Vec<_> = spans(text).collect();
        let (mut at, mut found) = (0, Vec::new());
        while let Some(first) = words.get(at) {
            let own = glossary.longest(text, &words[at..]);
            found.extend(own.map(|own| &text[first.start..own.end]));
            at += own.map_or(1, |own| own.words);
        }
        assert_eq!(found, expected, "{text}");
    }

    const ICB: (&str, &str) = ("integrated care board", "ICB");

    #[test]
    fn capitals_count_in_an_abbreviation_alone() {
        check(&[ICB], "An ICB, an icb, an Integrated Care Board.", &["ICB", "Integrated Care Board"]);
        check(&[("Überblick", "")], "ein überblick, EIN ÜBERBLICK", &["überblick", "ÜBERBLICK"]);
    }

    #[test]
    fn plurals_and_possessives_are_the_same_term() {
        check(&[ICB], "ICBs, the ICB's, the ICB’s, the ICBs'", &["ICBs", "ICB", "ICB", "ICBs"]);
        check(
            &[ICB],
            "integrated care boards; the integrated care board's",
            &["integrated care boards", "integrated care board"],
        );
        check(&[("needs", "")], "needs need", &["needs"]);
        check(&[("x", "")], "X, an x's, xs, xy", &["X", "x", "xs"]);
    }

    #[test]
    fn words_are_whole() {
        check(&[("levy", "")], "levying the levy, un-levy and levy-payer, relevy", &["levy", "levy", "levy"]);
        check(&[ICB], "ICBC ICB2 integrated care", &[]);
    }

    #[test]
    fn the_longest_term_wins() {
        let terms = [("board", ""), ("care board", ""), ICB, ("care", "")];
        check(
            &terms,
            "The integrated care board, a care board, boards, integrated care",
            &["integrated care board", "care board", "boards", "care"],
        );
    }

    #[test]
    fn a_term_may_hold_marks_and_line_ends() {
        check(
            &[("accident and emergency", "A&E")],
            "A&E or accident\nand emergency, A & E",
            &["A&E", "accident\nand emergency", "A & E"],
        );
        check(&[("", "")], "nothing", &[]);
    }

    #[test]
    fn the_digest_is_that_of_the_words() {
        let digest = |term: &str, short: Option<&str>| {
            Glossary::new(&[Term { term: term.into(), short: short.map(str::to_owned), ..Term::default() }]).digest()
        };
        assert_eq!(digest("a", Some("b")), digest("a", Some("b")));
        assert_ne!(digest("a", Some("b")), digest("ab", None));
    }
}
