//! Places that somebody still has to write: what `greenpaper new` leaves for its author.
//!
//! In: a body, or words. Out: where the mark stands. A block, or a value of front matter, is a placeholder where it is
//! [`MARK`] and nothing else, or where a colon follows behind which it says what is to be written. Rules that “are
//! to be written by the board” are none.

use crate::markdown::reasons::Why;
use crate::markdown::{BlockKind, Body, Inline};
use std::ops::Range;

/// The words by which a placeholder is known.
pub const MARK: &str = "To be written";

/// Whether a block or a value is a placeholder: `To be written.`, `To be written: what it costs.`
pub fn is_placeholder(words: &str) -> bool {
    words.trim().strip_prefix(MARK).is_some_and(|rest| matches!(rest, "" | "." | "…" | "...") || rest.starts_with(':'))
}

/// The blocks and the reasons of a body that are placeholders, in bytes of its text.
pub(super) fn of(body: &Body) -> Vec<Range<usize>> {
    let begins = |inline: &Inline| match inline {
        Inline::Text(text) => Some(text.trim_start().starts_with(MARK)),
        _ => None,
    };
    let found = body.blocks.iter().filter(|block| block.inlines.iter().find_map(begins) == Some(true));
    let found = found.filter(|block| is_placeholder(&block.words()));
    let reasons = body.blocks.iter().filter(|block| match &block.kind {
        BlockKind::Comment(words) => Why::read(words).is_some_and(|why| is_placeholder(&why.words)),
        _ => false,
    });
    found.chain(reasons).map(|block| block.span.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::{Dialect, parse};

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<_> = of(&parse(text, Dialect::Paper)).into_iter().map(|span| text[span].trim()).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_block_that_is_to_be_written_is_found_wherever_it_stands() {
        check("To be written.\n\nWords.\n", &["To be written."]);
        check(
            "Words.\n\n<!-- why: To be written: “a” became “b” -->\n",
            &["<!-- why: To be written: “a” became “b” -->"],
        );
        check("Words.\n\nTo be written: what it\ncosts.\n", &["To be written: what it\ncosts."]);
        check("## To be written\n\n- To be written…\n", &["## To be written", "To be written…"]);
        check("| A | B |\n|---|---|\n| To be written | x |\n", &["To be written"]);
        check("> *To be written.* {#x}\n", &["*To be written.* {#x}"]);
    }

    #[test]
    fn words_that_say_what_is_to_be_written_are_none() {
        for text in [
            "The rules are to be written by the board.",
            "To be written by the board: the rules.",
            "To be written up in May.",
            "to be written.",
            "**Rules.** To be written.",
            "`To be written.`",
            "    To be written.",
            "<!-- To be written. -->",
        ] {
            check(text, &[]);
        }
    }
}
