//! Whether a quotation is true: its pieces held against the words of the place that it names.
//!
//! In: [`Piece`]s and the [`Token`]s of a passage. Out: the stretch of the passage that is nearest, and every
//! difference. A stretch without any is looked for first. The alignment is that of P. H. Sellers, "The theory and
//! computation of evolutionary distances: pattern recognition" (1980): the fewest words changed, added or left out, where
//! the quotation may begin and end anywhere. O(p · t) for p pieces and t tokens.

use crate::facts::{Piece, Token};
use std::collections::BTreeMap;
use std::ops::Range;

/// A quotation beside the words that it is nearest to.
#[derive(Debug, Default, PartialEq)]
pub struct Held {
    /// The stretch of the passage, in tokens.
    pub nearest: Range<usize>,
    /// What the quotation has and the passage has not, in the order of the text.
    pub differences: Vec<Difference>,
    /// The words that the quotation emphasises and the passage does not.
    pub emphasised: Vec<String>,
}

/// Where a quotation is not what it says.
#[derive(Debug, PartialEq, Eq)]
pub enum Difference {
    /// It has the first where the passage has the second.
    Changed(String, String),
    /// It has a word that the passage has not.
    Added(String),
    /// It has not a word that the passage has.
    LeftOut(String),
}

/// One step of the alignment, from the end to the beginning.
#[derive(Clone, Copy, PartialEq)]
enum Step {
    /// A piece stands for so many tokens.
    Stands(usize),
    Changed,
    Added,
    LeftOut,
}

/// Holds a quotation against a passage.
pub fn hold(pieces: &[Piece], passage: &[Token]) -> Held {
    let near = exact(pieces, passage).unwrap_or(0..passage.len());
    let held = align(pieces, passage.get(near.clone()).unwrap_or(&[]));
    Held { nearest: near.start + held.nearest.start..near.start + held.nearest.end, ..held }
}

/// The stretch of a passage that has a quotation without a difference: of several the one that ends first, and of those the
/// shortest.
pub fn exact(pieces: &[Piece], passage: &[Token]) -> Option<Range<usize>> {
    let mut ends: BTreeMap<_, _> = (0..=passage.len()).map(|end| (end, end)).collect();
    for (at, piece) in pieces.iter().enumerate() {
        ends = behind(piece, &ends, (passage, is_end(pieces, at)));
    }
    ends.first_key_value().map(|(end, start)| *start..*end)
}

/// Where the pieces up to this one may end, each with the latest place where they then begin; `before` says so of those
/// before it.
fn behind(
    piece: &Piece,
    before: &BTreeMap<usize, usize>,
    (passage, at_end): (&[Token], bool),
) -> BTreeMap<usize, usize> {
    let mut ends = BTreeMap::new();
    if *piece == Piece::Skip {
        let first = before.keys().next().copied().unwrap_or(passage.len() + 1);
        let mut latest = 0;
        for end in first..=passage.len() {
            latest = before.get(&end).map_or(latest, |start| latest.max(*start));
            ends.insert(end, latest);
        }
        return ends;
    }
    for (end, start) in before {
        for count in 0.. {
            let Some(tokens) = passage.get(..end + count) else { break };
            if stands(piece, tokens, at_end).any(|own| own == count) {
                let latest = ends.entry(end + count).or_insert(*start);
                *latest = (*latest).max(*start);
            } else if count > 0 {
                break;
            }
        }
    }
    ends
}

/// The alignment with the fewest differences.
fn align(pieces: &[Piece], passage: &[Token]) -> Held {
    let costs = costs(pieces, passage);
    let last = &costs[pieces.len()];
    let Some(end) = (0..last.len()).min_by_key(|at| last[*at]) else { return Held::default() };
    let (mut piece, mut token) = (pieces.len(), end);
    let (mut differences, mut pairs) = (Vec::new(), Vec::new());
    while piece > 0 {
        let step = step(&costs, (pieces, passage), (piece, token));
        let said = || written(&pieces[piece - 1]);
        match step {
            Step::Stands(count) => {
                pairs.push((piece - 1, token - count..token));
                (piece, token) = (piece - 1, token - count);
            }
            Step::Changed => {
                differences.push(Difference::Changed(said(), passage[token - 1].shown()));
                (piece, token) = (piece - 1, token - 1);
            }
            Step::Added => {
                differences.push(Difference::Added(said()));
                piece -= 1;
            }
            Step::LeftOut => {
                differences.push(Difference::LeftOut(passage[token - 1].shown()));
                token -= 1;
            }
        }
    }
    differences.reverse();
    pairs.reverse();
    Held { nearest: token..end, differences, emphasised: emphasised(pieces, passage, &pairs) }
}

/// The fewest differences of the first pieces and any stretch that ends before each token.
fn costs(pieces: &[Piece], passage: &[Token]) -> Vec<Vec<u32>> {
    let mut rows = vec![vec![0; passage.len() + 1]];
    for at in 0..pieces.len() {
        let mut row: Vec<u32> = Vec::with_capacity(passage.len() + 1);
        for end in 0..=passage.len() {
            let stands = stands(&pieces[at], &passage[..end], is_end(pieces, at));
            let best = stands.map(|count| rows[at][end - count]).min();
            let changed = end.checked_sub(1).map(|before| rows[at][before] + 1);
            let left_out = end.checked_sub(1).map(|before| row[before] + gap(&pieces[at]));
            let added = rows[at][end] + 1;
            row.push(best.into_iter().chain(changed).chain(left_out).fold(added, u32::min));
        }
        rows.push(row);
    }
    rows
}

/// What it costs that a token is left out behind a piece.
fn gap(piece: &Piece) -> u32 {
    u32::from(*piece != Piece::Skip)
}

/// The step by which a cost came about.
fn step(costs: &[Vec<u32>], (pieces, passage): (&[Piece], &[Token]), (piece, token): (usize, usize)) -> Step {
    let cost = costs[piece][token];
    let own = &pieces[piece - 1];
    let mut stands = stands(own, &passage[..token], is_end(pieces, piece - 1));
    if let Some(count) = stands.find(|count| costs[piece - 1][token - count] == cost) {
        return Step::Stands(count);
    }
    if token > 0 && gap(own) == 0 && costs[piece][token - 1] == cost {
        // A gap reaches back to where it began.
        let from = (0..token).rev().find(|at| costs[piece - 1][*at] == cost).unwrap_or(token - 1);
        return Step::Stands(token - from);
    }
    if token > 0 && costs[piece - 1][token - 1] + 1 == cost {
        return Step::Changed;
    }
    if token > 0 && costs[piece][token - 1] + gap(own) == cost { Step::LeftOut } else { Step::Added }
}

/// For how many of the last tokens a piece may stand: for one, and for any number below a bound.
fn stands(piece: &Piece, before: &[Token], at_end: bool) -> impl Iterator<Item = usize> + use<> {
    let last = before.last();
    let (one, below) = match piece {
        Piece::Quoted(own) => {
            let free = at_end && matches!(own.text.as_str(), "." | "," | ";" | ":");
            (last.is_some_and(|token| token.text == own.text), usize::from(free))
        }
        Piece::Partly(start, own, end) => (last.is_some_and(|token| is_partly(&token.text, (start, *own, end))), 0),
        Piece::Skip => (false, 1),
        Piece::Own(words) => {
            let mut left = *words;
            let fits = |token: &&Token| {
                let fits = !token.is_word() || left > 0;
                left -= usize::from(token.is_word() && fits);
                fits
            };
            (false, before.iter().rev().take_while(fits).count() + 1)
        }
    };
    one.then_some(1).into_iter().chain(0..below)
}

/// Whether a word begins and ends like that, with about as much between.
fn is_partly(word: &str, (start, own, end): (&str, usize, &str)) -> bool {
    let rest = word.strip_prefix(start).and_then(|rest| rest.strip_suffix(end));
    rest.is_some_and(|rest| rest.chars().count() <= own + 2)
}

/// Whether a sentence may end at a piece that goes on in the source: it is the last one, or words are left out behind it.
fn is_end(pieces: &[Piece], at: usize) -> bool {
    matches!(pieces.get(at + 1), None | Some(Piece::Skip))
}

fn written(piece: &Piece) -> String {
    match piece {
        Piece::Quoted(token) => token.shown(),
        Piece::Partly(start, _, end) => format!("{start}[…]{end}"),
        Piece::Skip => "…".to_owned(),
        Piece::Own(_) => "[…]".to_owned(),
    }
}

/// The words that only the quotation emphasises. One that is emphasised as a whole is written so, and says nothing.
fn emphasised(pieces: &[Piece], passage: &[Token], pairs: &[(usize, Range<usize>)]) -> Vec<String> {
    let words = |piece: &Piece| matches!(piece, Piece::Quoted(token) if token.is_word() && !token.emphasis);
    if !pieces.iter().any(words) {
        return Vec::new();
    }
    let found = pairs.iter().filter_map(|(piece, tokens)| match &pieces[*piece] {
        Piece::Quoted(own) if own.emphasis && own.is_word() => {
            passage.get(tokens.start).filter(|token| !token.emphasis).map(|_| own.shown())
        }
        _ => None,
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::{Facts, Glossary, quoted_tokens};
    use crate::markdown::{Dialect, parse};

    /// What is wrong with words that are quoted from others, in one line.
    fn held(quoted: &str, source: &str) -> String {
        let body = parse(&format!("> {quoted}\n>\n> — [x](a.md#p1)\n"), Dialect::Paper);
        let quotations = Facts::of(&body, None, &Glossary::default()).quotations;
        let source = parse(source, Dialect::Paper);
        let held = hold(&quotations[0].pieces, &quoted_tokens(&source, 0..source.blocks.len()));
        let said = |difference: &Difference| match difference {
            Difference::Changed(own, other) => format!("{own}≠{other}"),
            Difference::Added(own) => format!("+{own}"),
            Difference::LeftOut(other) => format!("-{other}"),
        };
        let emphasised = held.emphasised.iter().map(|word| format!("!{word}"));
        held.differences.iter().map(said).chain(emphasised).collect::<Vec<_>>().join(" ")
    }

    #[track_caller]
    fn check(quoted: &str, source: &str, expected: &str) {
        assert_eq!(held(quoted, source), expected, "{quoted} / {source}");
    }

    const SOURCE: &str = "It follows that an ICB will apply the “contractual framework”, and will *not* vary it.\n";

    #[test]
    fn a_true_quotation_passes_however_it_is_set() {
        for quoted in [
            "an ICB will apply",
            "an ICB will apply.",
            "It follows that an ICB will\n> apply the 'contractual framework', and will not vary it",
            "an ICB … will *not* vary it",
            "[A]n ICB will apply […] and will not vary it.",
            "an ICB [of any size] will apply the [national framework], and",
            "an ICB will appl[y] the",
        ] {
            check(quoted, SOURCE, "");
        }
    }

    #[test]
    fn every_word_counts() {
        check("an ICB must apply the", SOURCE, "must≠will");
        check("and will vary it", SOURCE, "-not");
        check("an ICB will always apply the", SOURCE, "+always");
        check("an ICB will [x] the ‘contractual", SOURCE, "");
        check("ICB [x] vary it", SOURCE, "ICB≠not");
        // A bracket stands for no more words than it has.
        assert!(!held("that an ICB will [x] and will *not* vary it", SOURCE).is_empty());
    }

    #[test]
    fn what_is_struck_out_must_be_so_in_both() {
        const STRUCK: &str = "They must ~~not~~ meet <s>in May</s>.\n";
        check("must ~~not~~ meet ~~in May~~.", STRUCK, "");
        check("must […] meet", STRUCK, "");
        check("must not meet", STRUCK, "not≠~~not~~");
        check("They must meet ~~in May~~", STRUCK, "-~~not~~");
        check("They ~~must~~ meet in", "They must meet in May.\n", "~~must~~≠must");
    }

    #[test]
    fn numbers_are_quoted_with_their_signs() {
        const NUMBERS: &str = "It fell by −5 %, to £7 or .5, of 10<sup>6</sup> in 10 – 12 days.\n";
        for quoted in ["-5%, to £ 7", "£7 or", ".5, of 10<sup>6</sup> in 10–12 days"] {
            check(quoted, NUMBERS, "");
        }
        check("5 %, to", NUMBERS, "5≠-5");
        check("7 or .5", NUMBERS, "7≠£7");
        check("5, of", NUMBERS, "5≠.5");
        check("or .5, of 106 in 10–12 days", NUMBERS, "-10 -^ 106≠6");
        check("12 days", NUMBERS, "12≠10-12");
    }

    #[test]
    fn words_count_wherever_they_stand() {
        check("Some may\n>\n> <p>NOT</p>\n>\n> take it on", "Some may take it on.\n", "+NOT");
        check("Some may\n>\n> ```\n> not\n> ```\n>\n> take it on", "Some may take it on.\n", "+not");
        check("Some may ![not](a.svg) take it on", "Some may take it on.\n", "+not");
        for between in ["<p>b <b>c</b>d</p>", "    b cd", "![b cd](a.svg)"] {
            let source = format!("Some may.\n\n{between}\n\nTake it on.\n");
            check("Some may.\n>\n> b cd\n>\n> Take it on.", &source, "");
            check("Some may.\n>\n> Take it on.", &source, "-b -cd");
        }
    }

    #[test]
    fn a_quotation_may_go_past_a_footnote() {
        let source = "One[^n] two.\n\n[^n]: Words.\n\nThree four.\n";
        check("two. Three", source, "");
        check("Words", source, "");
    }

    #[test]
    fn the_first_stretch_without_a_difference_is_the_nearest() {
        let tokens = |text: &str| {
            let body = parse(text, Dialect::Paper);
            quoted_tokens(&body, 0..body.blocks.len())
        };
        let find = |quoted: &str, source: &str| {
            let body = parse(&format!("> {quoted}\n>\n> — [x](a.md#p1)\n"), Dialect::Paper);
            let facts = Facts::of(&body, None, &Glossary::default());
            let pieces = &facts.quotations[0].pieces;
            let (found, held) = (exact(pieces, &tokens(source)), hold(pieces, &tokens(source)));
            assert_eq!(found.is_some(), held.differences.is_empty(), "{quoted}");
            assert!(found.is_none_or(|found| found == held.nearest), "{quoted}");
            held.nearest
        };
        assert_eq!(find("b c.", "a b c d b c.\n"), 1..3);
        assert_eq!(find("a … c", "a a b c a c\n"), 1..4);
        assert_eq!(find("a [x y] c", "a b b b c a b c\n"), 5..8);
        assert_eq!(find("a … b. […] c", "a b. b c\n"), 0..5);
        assert_eq!(find("b x d", "a b c d\n"), 1..4);
    }

    #[test]
    fn emphasis_of_the_quoters_is_found() {
        check("an ICB **will** apply", SOURCE, "!will");
        check("*an ICB will apply*", SOURCE, "");
    }
}
