//! The words of sentences about changes.

use crate::diff::tokens::{ATOM, Leaf};
use crate::diff::{Mark, Piece};
use crate::markdown::whole::PARTED;
use crate::markdown::{Block, BlockKind, Inline, Wrap};
use crate::words::{Arg, Phrase, phrase};
use std::ops::Range;

/// The words that only one side has, and those that only the other has.
pub(super) fn changed_words(pieces: &[Piece], old: &Block, new: &Block) -> (String, String) {
    let (before, after) = (Leaf::read(old), Leaf::read(new));
    let joined = |mark: Mark, words: &dyn Fn(&Piece) -> String| {
        let own = pieces.iter().filter(|piece| piece.mark == mark).map(|piece| words(piece).trim().to_owned());
        own.filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" … ")
    };
    let was = joined(Mark::Removed, &|piece| spoken(old, &before, piece.old.clone()));
    (was, joined(Mark::Added, &|piece| spoken(new, &after, piece.new.clone())))
}

/// How many changes of one block a sentence tells; the rest are counted.
const TOLD: usize = 3;

/// What happened to each stretch of a block.
pub(super) fn told(pieces: &[Piece], old: &Block, new: &Block) -> Vec<Phrase> {
    let (before, after) = (Leaf::read(old), Leaf::read(new));
    let stretches = pieces.split(|piece| matches!(piece.mark, Mark::Kept | Mark::Reformatted));
    let words = |stretch: &[Piece], mark: Mark| {
        let own = stretch.iter().filter(|piece| piece.mark == mark);
        let words = own.map(|piece| match mark {
            Mark::Removed => spoken(old, &before, with_signs(&before.text, piece.old.clone())),
            _ => spoken(new, &after, with_signs(&after.text, piece.new.clone())),
        });
        words.collect::<String>().trim().to_owned()
    };
    let pairs = stretches.map(|stretch| (words(stretch, Mark::Removed), words(stretch, Mark::Added)));
    let pairs: Vec<_> = pairs.filter(|(was, is)| !was.is_empty() || !is.is_empty()).collect();
    let more = pairs.len().saturating_sub(TOLD);
    let more = (more > 0).then(|| phrase("told-more").with("count", more));
    pairs.into_iter().take(TOLD).map(|(was, is)| replaced(was, is)).chain(more).collect()
}

fn replaced(was: String, is: String) -> Phrase {
    match (was.is_empty(), is.is_empty()) {
        (true, _) => phrase("told-added").with("is", Arg::Quoted(is)),
        (_, true) => phrase("told-removed").with("was", Arg::Quoted(was)),
        _ => phrase("told-became").with("was", Arg::Quoted(was)).with("is", Arg::Quoted(is)),
    }
}

/// A stretch with what makes its number a sum or a share, though that stayed: `£57`, `40%`.
fn with_signs(text: &str, range: Range<usize>) -> Range<usize> {
    let (before, own, behind) = (text.get(..range.start), text.get(range.clone()), text.get(range.end..));
    let own = own.unwrap_or("");
    let sign = before.and_then(|before| before.chars().next_back()).filter(|c| matches!(c, '£' | '$' | '€'));
    let sign = sign.filter(|_| own.starts_with(|c: char| c.is_ascii_digit()));
    let share = behind.is_some_and(|behind| behind.starts_with('%')) && own.ends_with(|c: char| c.is_ascii_digit());
    range.start - sign.map_or(0, char::len_utf8)..range.end + usize::from(share)
}

/// A stretch of a leaf as it is read out: images by their alternative text, notes and tasks by a word.
fn spoken(block: &Block, leaf: &Leaf, range: Range<usize>) -> String {
    let mut words = String::new();
    let runs = leaf.runs.iter().filter(|run| run.range.start < range.end && run.range.end > range.start);
    for run in runs {
        let text = leaf.text.get(run.range.start.max(range.start)..run.range.end.min(range.end)).unwrap_or("");
        match block.inlines.get(run.inline) {
            Some(Inline::Image(image)) => words.push_str(&format!("image {}", image.alt)),
            Some(Inline::NoteRef(name)) => {
                words.push_str(&format!("note {}", name.rsplit(PARTED).next().unwrap_or(name)))
            }
            Some(Inline::Task(done)) => words.push_str(if *done { "done " } else { "to do " }),
            _ => words.push_str(&text.replace(ATOM, "")),
        }
    }
    words
}

/// Whether only the number at the beginning of a heading changed.
pub(super) fn renumbered(old: &str, new: &str) -> bool {
    let parts = |text: &str| {
        let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
        (text[..end].trim_end_matches('.').to_owned(), text[end..].trim_start_matches([')', '.']).to_owned())
    };
    let (before, after) = (parts(old), parts(new));
    before.0 != after.0 && !before.0.is_empty() && !after.0.is_empty() && before.1 == after.1
}

/// What a block is called: of a figure its caption, else its alternative text; of others their words.
pub(super) fn title(block: &Block) -> String {
    match block.inlines.first() {
        Some(Inline::Image(image)) if block.kind == BlockKind::Figure && !image.title.is_empty() => image.title.clone(),
        _ => block.words(),
    }
}

/// A block in words.
pub(super) fn noun(block: &Block) -> &'static str {
    match &block.kind {
        BlockKind::Heading { .. } => "heading",
        BlockKind::Paragraph if block.inlines.iter().all(|inline| matches!(inline, Inline::Image(_))) => "figure",
        BlockKind::Paragraph => "paragraph",
        BlockKind::Plain | BlockKind::Item => "item",
        BlockKind::Figure => "figure",
        BlockKind::Quote(None) => "quotation",
        BlockKind::Quote(Some(_)) => "box",
        BlockKind::List(_) => "list",
        BlockKind::Table(_) => "table",
        BlockKind::Row { .. } => "row",
        BlockKind::Cell => "cell",
        BlockKind::Definitions => "list of terms",
        BlockKind::Term => "term",
        BlockKind::Definition => "meaning of a term",
        BlockKind::Code { .. } => "code",
        BlockKind::Note(_) => "note",
        BlockKind::Html(_) | BlockKind::Comment(_) => "passage",
        BlockKind::Rule => "line across",
    }
}

/// How often words are struck out in a block: what is struck out binds no longer.
pub(super) fn strikes(block: &Block) -> usize {
    block.inlines.iter().filter(|inline| matches!(inline, Inline::Open(Wrap::Strike))).count()
}

/// What sort of box became what other; nothing of other blocks.
pub(super) fn alerts(before: &Block, after: &Block) -> Option<(Phrase, Phrase)> {
    let word = |block: &Block| match block.kind {
        BlockKind::Quote(alert) => Some(alert.map_or("quotation", |alert| alert.word())),
        _ => None,
    };
    let (was, is) = (word(before)?, word(after)?);
    (was != is).then(|| (named(was), named(is)))
}

/// The word for a block, by what [`noun`] calls it.
pub(super) fn named(noun: &str) -> Phrase {
    phrase(format!("noun-{}", noun.replace(' ', "-")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_quoted_with_what_it_is_of() {
        let check = |text: &str, own: &str, expected: &str| {
            let start = text.find(own).unwrap();
            assert_eq!(&text[with_signs(text, start..start + own.len())], expected);
        };
        check("It costs £57 a month", "57", "£57");
        check("some 40% of them", "40", "40%");
        check("the £levy of 5", "levy", "levy");
        check("5", "5", "5");
    }
}
