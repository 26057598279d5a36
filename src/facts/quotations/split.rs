//! Characters → words and marks, and what a quotation says with them.
//!
//! Apostrophes and hyphens between letters belong to their word, full stops and commas between digits to their number, and so
//! does a sign right before one: `-5`, `.5`, `£5`. A character that is struck out has U+0336 behind it, as in text without
//! markup.

use super::chars::{Char, JOINT};
use super::{Piece, Token};
use unicode_normalization::char::is_combining_mark;

/// Strikes out the character before it.
pub(super) const STROKE: char = '\u{336}';

/// Marks that mean the same whether they are struck out or not.
const PLAIN: [char; 12] = ['[', ']', '(', ')', '.', '…', ',', ';', ':', '\'', '-', '—'];

/// A character by which texts are compared; none where it is not seen.
fn folded(c: char) -> Option<char> {
    match c {
        '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' => None,
        '‐' | '‑' | '–' | '−' => Some('-'),
        '―' => Some('—'),
        '“' | '”' | '„' | '«' | '»' | '"' | '‘' | '’' | '‚' | 'ʼ' | '‹' | '›' => Some('\''),
        c if c.is_whitespace() => Some(' '),
        c => Some(c),
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c)
}

/// A sign of the number behind it, white space or not: of a currency, or about how much.
fn is_firm(c: char) -> bool {
    matches!(c, '$' | '£' | '¥' | '¢' | '\u{20a0}'..='\u{20cf}' | '<' | '>' | '≤' | '≥' | '≈' | '~' | '±')
}

/// Folded characters. White space that one hand sets and another does not is left out: around a dash between numbers, and
/// between a sign and its number.
fn tight(chars: &[Char]) -> Vec<Char> {
    let mut chars: Vec<_> = chars.iter().filter_map(|own| Some(Char { c: folded(own.c)?, ..*own })).collect();
    chars.dedup_by(|next, before| next.c == ' ' && before.c == ' ');
    let stays = |at: &usize| {
        let c = |by: isize| at.checked_add_signed(by).and_then(|at| chars.get(at)).map_or(' ', |own| own.c);
        let digit = |by: isize| c(by).is_numeric();
        let dash = |by: isize| matches!(c(by), '-' | '—');
        let behind = dash(-1) && digit(1) && (digit(-2) || c(-2) == ' ' && digit(-3));
        let before = dash(1) && digit(-1) && c(2) == ' ' && digit(3);
        let sign = is_firm(c(-1)) && digit(1);
        c(0) != ' ' || !(behind || before || sign)
    };
    (0..chars.len()).filter(stays).filter_map(|at| chars.get(at).copied()).collect()
}

/// Whether a mark joins what stands on both sides of it.
fn joins(chars: &[Char], at: usize) -> bool {
    let beside = [at.checked_sub(1).and_then(|at| chars.get(at)), chars.get(at + 1)];
    let both = |is: fn(char) -> bool| beside.into_iter().all(|own| own.is_some_and(|own| is(own.c)));
    match chars.get(at).map(|own| own.c) {
        Some('\'' | '-') => both(is_word),
        Some('.' | ',' | '—') => both(char::is_numeric),
        _ => false,
    }
}

/// Whether a number begins with this sign, or with this one and the next.
fn leads(chars: &[Char], at: usize) -> bool {
    let c = |at: usize| chars.get(at).map_or(' ', |own| own.c);
    let before = at.checked_sub(1).map_or(' ', c);
    // Behind a word or another number it is a hyphen, a plus or a full stop.
    let loose = |before: char| !is_word(before) && !matches!(before, '.' | '-' | '%' | '‰' | '°' | ')' | ']' | JOINT);
    let signs = |at: usize, before: char| is_firm(c(at)) || matches!(c(at), '-' | '+' | '.') && loose(before);
    signs(at, before) && (c(at + 1).is_numeric() || signs(at + 1, c(at)) && c(at + 2).is_numeric())
}

/// Words and marks.
pub(super) fn split(chars: &[Char]) -> Vec<Token> {
    let chars = tight(chars);
    let (mut tokens, mut spaced, mut inside): (Vec<Token>, _, _) = (Vec::new(), false, false);
    for (at, own) in chars.iter().enumerate() {
        if matches!(own.c, ' ' | JOINT) {
            (spaced, inside) = (spaced || own.c == ' ', false);
            continue;
        }
        let sign = leads(&chars, at);
        let first = sign && !at.checked_sub(1).is_some_and(|before| leads(&chars, before));
        let part = sign || is_word(own.c) || joins(&chars, at);
        if first || !(part && inside) {
            tokens.push(Token { text: String::new(), spaced, emphasis: false });
        }
        if let Some(token) = tokens.last_mut() {
            token.text.push(if own.c == '—' { '-' } else { own.c });
            token.text.extend((own.struck && (part || !PLAIN.contains(&own.c))).then_some(STROKE));
            token.emphasis |= own.emphasis;
        }
        (spaced, inside) = (false, part);
    }
    for token in &mut tokens {
        if token.text == "…" {
            token.text = "...".to_owned();
        }
    }
    tokens
}

/// What a quotation says: its tokens, with what its brackets and dots stand for; nothing where no word is quoted.
pub(super) fn pieces(chars: &[Char]) -> Vec<Piece> {
    let tokens = split(chars);
    let (mut pieces, mut rest) = (Vec::new(), tokens.as_slice());
    while let Some((token, behind)) = rest.split_first() {
        let dots = rest.iter().take_while(|token| token.text == "...").count();
        let stops = rest.iter().take_while(|token| token.text == ".").count();
        let close = behind.iter().position(|token| token.text == "]").filter(|_| token.text == "[");
        let taken = if let Some((inner, outer)) = close.and_then(|close| behind.split_at_checked(close)) {
            let after = outer.get(1).filter(|after| !after.spaced && after.is_word());
            inner.len() + 2 + bracket(inner, !token.spaced, after, &mut pieces)
        } else if dots > 0 || stops > 2 {
            pieces.push(Piece::Skip);
            dots.max(stops)
        } else {
            pieces.push(Piece::Quoted(token.clone()));
            1
        };
        rest = rest.get(taken..).unwrap_or(&[]);
    }
    let quoted = |piece: &Piece| matches!(piece, Piece::Quoted(token) if token.is_word());
    if pieces.iter().any(quoted) { pieces } else { Vec::new() }
}

/// What stands in brackets, and how many tokens behind them it takes in.
fn bracket(inner: &[Token], joined: bool, after: Option<&Token>, pieces: &mut Vec<Piece>) -> usize {
    let words: Vec<_> = inner.iter().filter(|token| token.is_word()).collect();
    let before = match pieces.last() {
        Some(Piece::Quoted(token)) if joined && token.is_word() => Some(token.text.clone()),
        _ => None,
    };
    let [own] = words.as_slice() else {
        let omits = words.is_empty() && !inner.is_empty();
        pieces.push(if omits { Piece::Skip } else { Piece::Own(words.len()) });
        return 0;
    };
    if before.is_none() && after.is_none() {
        pieces.push(Piece::Own(1));
        return 0;
    }
    if before.is_some() {
        pieces.pop();
    }
    let end = after.map(|token| token.text.clone()).unwrap_or_default();
    pieces.push(Piece::Partly(before.unwrap_or_default(), own.text.chars().count(), end));
    usize::from(after.is_some())
}

#[cfg(test)]
mod tests {
    use super::super::chars::Line;
    use super::*;
    use crate::markdown::{Dialect, parse};

    /// The tokens of a text in one line.
    fn read(text: &str) -> String {
        let body = parse(text, Dialect::Paper);
        let mut line = Line::default();
        body.blocks.iter().for_each(|block| line.block(block));
        split(&line.chars).iter().map(Token::shown).collect::<Vec<_>>().join(" ")
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(read(text), expected, "{text}");
    }

    #[test]
    fn a_sign_belongs_to_its_number() {
        check("fell by −5 %, to .5 or +1.5", "fell by -5 % , to .5 or +1.5");
        check("£5, -£5, £ 5, US$5 and ≥ 5", "£5 , -£5 , £5 , US $5 and ≥5");
        check("(−5) 10-5 3.5 p.5 the end. 5 9 %–12 %", "( -5 ) 10-5 3.5 p . 5 the end . 5 9 % - 12 %");
        check("and...5 more", "and . . . 5 more");
    }

    #[test]
    fn white_space_around_dashes_is_no_difference() {
        for range in ["10–12", "10 – 12", "10 - 12", "10—12", "10– 12", "10\u{a0}— 12"] {
            check(&format!("of {range} days"), "of 10-12 days");
        }
        for dash in ["a—b", "a — b", "a – b", "a - b"] {
            check(dash, "a - b");
        }
        check("by 10 –12 days, well-known", "by 10 -12 days , well-known");
    }

    #[test]
    fn what_is_struck_out_or_raised_stands_by_itself() {
        check("must ~~not~~ <s>don’t</s> meet", "must ~~not~~ ~~don't~~ meet");
        check("~~un~~able ~~a, b~~", "~~un~~able ~~a~~ , ~~b~~");
        check("10<sup>6</sup>", "10 ^ 6");
        check("H<sub>2</sub>O", "H _ 2 O");
    }

    #[test]
    fn letters_are_the_same_however_they_are_composed() {
        assert_eq!(read("cafe\u{301} x\u{304}y"), read("caf\u{e9} x\u{304}y"));
        check("x\u{304}y", "x\u{304}y");
    }
}
