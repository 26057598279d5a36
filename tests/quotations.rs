//! Quotations, on random texts: a true one passes however it is set, and one with a word changed, added or left out
//! does not.
//!
//! Every word of a source stands in it once, so that each mistake makes a quotation false.

use greenpaper::consult::quotations::hold;
use greenpaper::facts::{Facts, Glossary, quoted_tokens};
use greenpaper::markdown::{Dialect, parse};
use greenpaper::path::Address;
use greenpaper::site::{Memo, Options, World};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use std::sync::Arc;

/// Whether a quotation with these words is true of a source.
fn holds(quoted: &str, source: &str) -> bool {
    let quotation = parse(&format!("> {quoted}\n>\n> — [x](a.md#p1)\n"), Dialect::Paper);
    let facts = Facts::of(&quotation, None, &Glossary::default());
    let source = parse(source, Dialect::Paper);
    let held = hold(&facts.quotations[0].pieces, &quoted_tokens(&source, 0..source.blocks.len()));
    held.differences.is_empty() && held.emphasised.is_empty()
}

/// A text of words that differ, with marks between some of them, and which of its words are quoted: six or more. Some are
/// struck out, code, images, raised, or numbers with a sign.
fn texts() -> impl Strategy<Value = (Vec<String>, std::ops::Range<usize>)> {
    let marks = prop::sample::select(vec!["", "", "", "", ",", ";", "”", "’s", "~~", "`", "!", "^", "−", "£", "."]);
    let texts = prop::collection::vec(marks, 8..40).prop_map(|marks| {
        let words = marks.into_iter().enumerate().map(|(at, mark)| match mark {
            "”" => format!("“w{at}”"),
            "~~" | "`" => format!("{mark}w{at}{mark}"),
            "!" => format!("![w{at}](a.svg)"),
            "^" => format!("w{at}<sup>2</sup>"),
            "−" => format!("−{}", 100 + at),
            "£" => format!("£{}", 200 + at),
            "." => format!(".{}", 300 + at),
            mark => format!("w{at}{mark}"),
        });
        words.collect::<Vec<_>>()
    });
    texts.prop_flat_map(|words| {
        let count = words.len();
        (Just(words), 0..count - 6).prop_flat_map(move |(words, start)| {
            (Just(words), start + 6..=count).prop_map(move |(words, end)| (words, start..end))
        })
    })
}

/// A word as another hand would set it.
fn set(word: &str, way: u8) -> String {
    if word.starts_with(['~', '`', '!']) {
        return word.to_owned();
    }
    match way % 4 {
        0 => word.replace(['“', '”'], "\"").replace('’', "'"),
        1 => word.replace('“', "„").replace('”', "“"),
        2 => format!(
            "{}\u{ad}{}",
            &word[..word.char_indices().nth(1).map_or(0, |(at, _)| at)],
            &word[word.char_indices().nth(1).map_or(0, |(at, _)| at)..]
        ),
        _ => word.replace('−', "-").replace('£', "£ "),
    }
}

/// A word without its sign, its tildes or its raised number.
fn bared(word: &str) -> String {
    word.trim_matches(['~', '−', '£', '.']).replace("<sup>2</sup>", "2")
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 500,
        rng_seed: RngSeed::Fixed(6),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn a_true_quotation_passes_however_it_is_set(
        (words, quoted) in texts(),
        ways in prop::collection::vec(any::<u8>(), 40),
        spaces in prop::collection::vec(prop::sample::select(vec![" ", "  ", "\n> ", "\u{a0}"]), 40),
        gap in prop::option::of((1usize..3, 0usize..3)),
    ) {
        let mut said = String::new();
        for (at, word) in words[quoted.clone()].iter().enumerate() {
            match gap {
                Some((from, more)) if (from..from + more).contains(&at) => continue,
                Some((from, more)) if at == from + more => said.push_str("[…] "),
                _ => {}
            }
            said.push_str(&set(word, ways[at]));
            said.push_str(spaces[at]);
        }
        let said = said.trim_end();
        let said = said.strip_suffix("\n>").unwrap_or(said);
        prop_assert!(holds(said, &words.join(" ")), "{said:?} / {words:?}");
    }

    #[test]
    fn a_word_that_is_changed_added_or_left_out_is_found(
        (words, quoted) in texts(),
        at in any::<prop::sample::Index>(),
        how in 0u8..3,
    ) {
        let mut said = words[quoted].to_vec();
        let inner = 1 + at.index(said.len() - 2);
        match how {
            0 => said[inner] = "other".to_owned(),
            1 => said.insert(inner, "more".to_owned()),
            _ => { said.remove(inner); }
        }
        prop_assert!(!holds(&said.join(" "), &words.join(" ")), "{said:?} / {words:?}");
    }

    #[test]
    fn a_sign_that_is_lost_is_found_wherever_it_stands(
        (words, quoted) in texts(),
        at in any::<prop::sample::Index>(),
    ) {
        let mut said = words[quoted].to_vec();
        let count = said.len();
        let signed = (0..count).map(|by| (at.index(count) + by) % count).find(|at| bared(&said[*at]) != said[*at]);
        let Some(at) = signed else { return Ok(()) };
        said[at] = bared(&said[at]);
        prop_assert!(!holds(&said.join(" "), &words.join(" ")), "{said:?} / {words:?}");
    }
}

/// The page of a letter in a site of two, of which the second quotes the first.
fn page(quotation: &str, address: &str) -> String {
    let letter = |title: &str, text: &str| {
        format!("---\ntitle: {title}\nfrom: A\nto: B\ndate: 2021-08-05\npublished: 2021-08-05\n---\n\n{text}\n")
    };
    let first =
        letter("First", "Before it.\n\nSome boards may take it on earlier, and need give no reason.\n\nBehind it.");
    let second = letter("Second", quotation);
    let files = [
        ("site.toml", "title = \"T\"\nbase_url = \"https://example.org\"\n"),
        ("content/letters/first.md", first.as_str()),
        ("content/letters/second.md", second.as_str()),
    ];
    let options = Options::public("2021-10-01T12:00:00Z".parse().unwrap());
    let world = World::read(&files.into_iter().collect(), &options, &Arc::<Memo>::default()).world.unwrap();
    String::from_utf8(world.render(&Address::new(address)).unwrap().unwrap()).unwrap()
}

#[test]
fn a_true_quotation_says_so_and_shows_what_stands_around_it() {
    let quotation = "> Some boards may … need give no reason.\n>\n> — [First](first.md#p2)";
    let quoting = page(quotation, "/letters/second/");
    assert!(quoting.contains("<a href=\"../first/#p2\">First,\u{a0}2</a>"), "{quoting}");
    for words in ["Before it.", "take it on earlier, and", "Behind it."] {
        assert!(quoting.contains(words), "{words}: {quoting}");
    }
    let quoted = page(quotation, "/letters/first/");
    assert!(quoted.contains("Quoted in: <a href=\"../second/#p1\">Second,\u{a0}1</a>"), "{quoted}");
}

#[test]
fn a_false_quotation_is_not_shown_as_checked() {
    let quotation = "> Some boards must take it on earlier.\n>\n> — [First](first.md#p2)";
    assert!(!page(quotation, "/letters/second/").contains("quotation-checked"));
    assert!(!page(quotation, "/letters/first/").contains("quoted-in"));
}

#[test]
fn a_quotation_in_a_line_is_shown_behind_its_paragraph() {
    let quoting = page("It says “boards may take it on” ([2](first.md#p2)).", "/letters/second/");
    assert!(quoting.contains("quotation-checked"), "{quoting}");
}
