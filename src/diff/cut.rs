//! Text cut into words and what lies between them.
//!
//! Words are those of UAX #29, with two changes. Letters and digits that touch are one word, whatever
//! script they are of, apart from writing without spaces, where each character is a word. A full stop or a
//! colon between letters parts two words, as in an address or `data.contact`; in a number it does not.
//! Stretches of ASCII, which are nearly all of most texts, are cut by a rule that gives the same words.

use unicode_segmentation::UnicodeSegmentation;

/// The pieces of a text, which laid end to end are the text: words, single marks, white space.
pub fn words(text: &str) -> Words<'_> {
    Words { rest: text }
}

/// The pieces of a text.
pub struct Words<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Words<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let end = match ascii(self.rest.as_bytes()) {
            Some(end) => end,
            None => unicode(self.rest),
        };
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        (!word.is_empty()).then_some(word)
    }
}

/// The length of the first piece, where it and the character behind it are ASCII.
fn ascii(text: &[u8]) -> Option<usize> {
    let first = *text.first()?;
    let wordy = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let mut end = 1;
    if first == b' ' || first == b'\n' {
        while text.get(end).is_some_and(|byte| *byte == first && first == b' ') {
            end += 1;
        }
    } else if wordy(first) {
        while let Some(byte) = text.get(end) {
            let inner = || {
                let (before, after) = (text[end - 1], text.get(end + 1).copied().unwrap_or(0));
                let letters = before.is_ascii_alphabetic() && after.is_ascii_alphabetic();
                let digits = before.is_ascii_digit() && after.is_ascii_digit();
                (*byte == b'\'' && (letters || digits)) || (matches!(byte, b'.' | b',' | b';') && digits)
            };
            if !wordy(*byte) && !inner() {
                break;
            }
            end += 1;
        }
    } else if !first.is_ascii_graphic() {
        return None;
    }
    // A mark of another script may join what stands before it.
    let alone = |byte: &u8| byte.is_ascii();
    let behind = text.get(end).is_none_or(alone) && text.get(end + 1).is_none_or(alone);
    (first.is_ascii() && behind).then_some(end)
}

/// The length of the first piece.
fn unicode(text: &str) -> usize {
    let mut pieces = text.split_word_bounds().flat_map(parted);
    let mut end = pieces.next().map_or(0, str::len);
    for next in pieces {
        if !joins(&text[..end], next) {
            break;
        }
        end += next.len();
    }
    end
}

/// A word cut at the marks between its letters that part words.
fn parted(word: &str) -> impl Iterator<Item = &str> {
    let mut rest = word;
    std::iter::from_fn(move || {
        let mut marks = rest.char_indices().filter(|(_, c)| matches!(c, '.' | ':'));
        let is_inner = |at: usize| {
            let beside = (rest[..at].chars().next_back(), rest[at + 1..].chars().next());
            !matches!(beside, (Some(a), Some(b)) if a.is_numeric() && b.is_numeric())
        };
        let cut = marks.find(|(at, _)| rest.len() > 1 && is_inner(*at)).map(|(at, _)| at.max(1));
        let (piece, after) = rest.split_at(cut.unwrap_or(rest.len()));
        rest = after;
        (!piece.is_empty()).then_some(piece)
    })
}

/// Whether two pieces are parts of one word although UAX #29 parts them.
fn joins(before: &str, after: &str) -> bool {
    let (Some(last), Some(first)) = (before.chars().next_back(), after.chars().next()) else { return false };
    let lettered = |c: char| (c.is_alphanumeric() || c == '_') && !is_unspaced(c);
    lettered(last) && lettered(first)
}

/// Whether a character is of Chinese, Japanese or Korean writing, where each stands for itself.
pub fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expected: &[&str]) {
        let words: Vec<_> = words(text).filter(|word| !word.trim().is_empty()).collect();
        assert_eq!(words, expected);
    }

    #[test]
    fn words_are_whole_and_punctuation_stands_alone() {
        check("It can't, won’t: 3.5 %.", &["It", "can't", ",", "won’t", ":", "3.5", "%", "."]);
        check("www.example.org a:b 1,000.5", &["www", ".", "example", ".", "org", "a", ":", "b", "1,000.5"]);
        check("snake_case e\u{301}t\u{e9}", &["snake_case", "e\u{301}t\u{e9}"]);
        check("don'\u{e9} caf\u{e9}s £3", &["don'\u{e9}", "caf\u{e9}s", "£", "3"]);
    }

    #[test]
    fn scripts_without_spaces_and_emoji_are_cut_well() {
        check("漢字 👩‍👩‍👧 สวัสดี a漢b", &["漢", "字", "👩‍👩‍👧", "สวัสดี", "a", "漢", "b"]);
    }

    /// The pieces as they are without the rule for ASCII.
    fn slow(text: &str) -> Vec<&str> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while !rest.is_empty() {
            let (word, after) = rest.split_at(unicode(rest));
            pieces.push(word);
            rest = after;
        }
        pieces
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn the_rule_for_ascii_gives_the_same_words(text in "([a-c1-2_'.,;: \n\"é’漢\u{301}£-]|a'b|1,2|x\\.y){0,14}") {
            let words: Vec<_> = words(&text).collect();
            prop_assert_eq!(words.concat(), text.clone());
            prop_assert_eq!(words, slow(&text));
        }
    }
}
