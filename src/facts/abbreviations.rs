//! Abbreviations that a glossary does not explain.
//!
//! In: the text of a leaf with the terms that were found in it. Out: every word of two to six capital letters
//! that lies in no term. Digits and `&` may stand between the letters. Roman numerals are none, and neither
//! are grades such as AA, parts of a reference such as PC/2021/7, and the words of a line in capitals.

use super::glossary::{Glossary, stems};
use super::words::Leaf;
use std::ops::Range;

/// From so many words in capitals on, with nothing but white space between them, somebody is shouting.
const SHOUTED: usize = 4;
/// More letters than this are a word in capitals.
const LONGEST: usize = 6;

/// An abbreviation of one text that no term covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Abbreviation {
    /// Without a plural `s`: `ICB`.
    pub word: String,
    /// The bytes of the first leaf that it stands in, in the text of the body.
    pub span: Range<usize>,
    /// How often it stands there.
    pub count: usize,
}

/// Adds the abbreviations of a leaf; `span` is the leaf's.
pub(super) fn of_leaf(leaf: &Leaf, span: &Range<usize>, all: &mut Vec<Abbreviation>) {
    let capitals = capitals(leaf);
    let mut rest = capitals.as_slice();
    while !rest.is_empty() {
        let near = |pair: &&[Range<usize>]| leaf.text[pair[0].end..pair[1].start].chars().all(char::is_whitespace);
        let (run, after) = rest.split_at(1 + rest.windows(2).take_while(near).count());
        rest = after;
        let open =
            run.iter().filter(|own| run.len() < SHOUTED && is_open(leaf, own)).map(|own| &leaf.text[own.clone()]);
        for word in open.filter(|word| is_abbreviation(word)) {
            match all.iter_mut().find(|known| known.word == word) {
                Some(known) => known.count += 1,
                None => all.push(Abbreviation { word: word.to_owned(), span: span.clone(), count: 1 }),
            }
        }
    }
}

/// The abbreviations of words that stand alone, such as a summary.
pub fn in_words(words: &str, glossary: &Glossary) -> Vec<Abbreviation> {
    let mut all = Vec::new();
    of_leaf(&Leaf::of_words(words, glossary), &(0..words.len()), &mut all);
    all
}

/// The words in capitals, without a plural `s`, and joined by `&` where no space lies between.
fn capitals(leaf: &Leaf) -> Vec<Range<usize>> {
    let mut capitals: Vec<Range<usize>> = Vec::new();
    for span in &leaf.words {
        let word = &leaf.text[span.clone()];
        if !word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) {
            continue;
        }
        let Some(stem) = stems(word).find(|stem| is_in_capitals(stem)) else { continue };
        let end = span.start + stem.len();
        match capitals.last_mut().filter(|last| leaf.text[last.end..span.start] == *"&") {
            Some(last) => last.end = end,
            None => capitals.push(span.start..end),
        }
    }
    capitals
}

/// Whether a text may hold an abbreviation: a capital behind a capital, a digit or `&`.
pub(super) fn may_stand_in(text: &str) -> bool {
    let capital = |byte: u8| byte.is_ascii_uppercase();
    !text.is_ascii()
        || text
            .as_bytes()
            .windows(2)
            .any(|pair| capital(pair[1]) && (capital(pair[0]) || pair[0].is_ascii_digit() || pair[0] == b'&'))
}

fn is_in_capitals(word: &str) -> bool {
    word.chars().all(|c| c.is_uppercase() || c.is_ascii_digit()) && word.chars().any(char::is_uppercase)
}

/// Whether the words at a place are a reader's and belong to no term.
fn is_open(leaf: &Leaf, own: &Range<usize>) -> bool {
    let explained = leaf.found.iter().any(|(term, _)| term.start < own.end && own.start < term.end);
    !explained && leaf.is_plain(own) && !is_reference(leaf, own)
}

/// Whether a word is part of a reference: what stands around it without a space holds `/` and a digit.
fn is_reference(leaf: &Leaf, own: &Range<usize>) -> bool {
    let before = leaf.text[..own.start].rsplit(char::is_whitespace).next().unwrap_or("");
    let after = leaf.text[own.end..].split(char::is_whitespace).next().unwrap_or("");
    let holds = |is: fn(char) -> bool| before.contains(is) || after.contains(is);
    holds(|c| c == '/') && holds(|c| c.is_ascii_digit())
}

fn is_abbreviation(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_uppercase()).count();
    let ends = [word.chars().next(), word.chars().next_back()];
    let grade = word.chars().all(|c| ends[0] == Some(c));
    !grade && (2..=LONGEST).contains(&letters) && ends.into_iter().flatten().all(char::is_uppercase) && !is_roman(word)
}

/// Whether a word is a number in Roman digits. Of two letters those up to 39 count alone: CD and DC are
/// hardly ever numbers.
fn is_roman(word: &str) -> bool {
    let mut rest = word;
    let steps = ["M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"];
    for step in steps {
        let most = if matches!(step, "M" | "C" | "X" | "I") { 3 } else { 1 };
        (0..most).for_each(|_| rest = rest.strip_prefix(step).unwrap_or(rest));
    }
    let small = word.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
    rest.is_empty() && (small || word.len() > 2)
}

#[cfg(test)]
mod tests {
    use super::super::words;
    use super::*;
    use crate::markdown::{Dialect, number, parse};
    use crate::paper::Term;

    fn glossary() -> Glossary {
        let term = |term: &str, short: Option<&str>| Term {
            term: term.into(),
            short: short.map(str::to_owned),
            ..Term::default()
        };
        Glossary::new(&[
            term("integrated care board", Some("ICB")),
            term("NHS England", None),
            term("accident and emergency", Some("A&E")),
        ])
    }

    #[track_caller]
    fn check(text: &str, expected: &[(&str, usize)]) {
        let body = parse(text, Dialect::Paper);
        let (_, found) = words::read(&body, &number::numbers(&body, None), &glossary());
        let found: Vec<_> = found.iter().map(|own| (own.word.as_str(), own.count)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn what_no_term_covers_is_told_with_how_often_it_stands() {
        check("The PCN, two PCNs, a PCN's, the ICB, ICBs.\n", &[("PCN", 3)]);
        check("NHS England and the NHS, A&E and R&D, W3C\n", &[("NHS", 1), ("R&D", 1), ("W3C", 1)]);
        check("Die ÖPNV-Karte, ЦБР\n", &[("ÖPNV", 1), ("ЦБР", 1)]);
    }

    #[test]
    fn headings_links_and_tables_are_text_too() {
        check(
            "## PCN\n\n[LPC](a.md) **GP**\n\n| RSG |\n|---|\n| **R**SG |\n",
            &[("PCN", 1), ("LPC", 1), ("GP", 1), ("RSG", 1)],
        );
    }

    #[test]
    fn code_addresses_and_what_is_explained_are_left_out() {
        check(
            "`PCN` <https://example.org/PCN> [x](PCN.md) <PCN@example.org> <abbr title=\"x\">LPC</abbr>\n\n    GP\n",
            &[],
        );
    }

    #[test]
    fn numbers_single_letters_and_long_words_are_none() {
        check("II, XIV, MCMXC, I, A, 2021, A4, LE1 1AA, CO2, SUMMARY, It, iPhone\n", &[]);
        check("level AA, H<sub>2</sub>O, reference PC/2021/7, TC/LIB/7; LPC/PCN\n", &[("LPC", 1), ("PCN", 1)]);
        check("CD and DC and IV\n", &[("CD", 1), ("DC", 1)]);
    }

    #[test]
    fn a_line_in_capitals_is_shouting() {
        check("TO WHOM IT MAY concern\n", &[]);
        check(
            "PCN LPC RSG and NHS, GP, UK, EU\n",
            &[("PCN", 1), ("LPC", 1), ("RSG", 1), ("NHS", 1), ("GP", 1), ("UK", 1), ("EU", 1)],
        );
    }

    #[test]
    fn a_text_without_a_glossary_is_told_too() {
        for text in ["The PCN", "R&D", "W3C", "die ÖPNV"] {
            assert_eq!(in_words(text, &Glossary::default()).len(), 1, "{text}");
        }
    }

    #[test]
    fn words_alone_can_be_asked_about() {
        let found = in_words("What the PCNs and ICBs do", &glossary());
        assert_eq!(found.iter().map(|own| own.word.as_str()).collect::<Vec<_>>(), ["PCN"]);
    }
}
