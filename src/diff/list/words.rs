//! The words of sentences about changes.

use crate::diff::tokens::{ATOM, Leaf};
use crate::diff::{Mark, Piece};
use crate::markdown::{Block, BlockKind, Inline};

/// The words that only one side has, and those that only the other has.
pub(super) fn changed(pieces: &[Piece], old: &Leaf, new: &Leaf) -> (String, String) {
    let of = |mark: Mark, leaf: &Leaf, range: fn(&Piece) -> std::ops::Range<usize>| {
        let words = pieces.iter().filter(|piece| piece.mark == mark).filter_map(|piece| leaf.text.get(range(piece)));
        words
            .map(|words| words.replace(ATOM, "").trim().to_owned())
            .filter(|words| !words.is_empty())
            .collect::<Vec<_>>()
            .join(" … ")
    };
    (of(Mark::Removed, old, |piece| piece.old.clone()), of(Mark::Added, new, |piece| piece.new.clone()))
}

pub(super) fn changed_words(pieces: &[Piece], old: &Block, new: &Block) -> (String, String) {
    changed(pieces, &Leaf::read(old), &Leaf::read(new))
}

pub(super) fn replaced(was: &str, is: &str) -> String {
    match (was.is_empty(), is.is_empty()) {
        (true, _) => format!("{} added", quote(is)),
        (_, true) => format!("{} removed", quote(was)),
        _ => format!("{} became {}", quote(was), quote(is)),
    }
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

pub(super) fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// Words in quotation marks, cut after about twenty.
pub fn quote(words: &str) -> String {
    const MOST: usize = 120;
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.chars().count() <= MOST {
        return format!("“{words}”");
    }
    let cut: String = words.chars().take(MOST).collect();
    let cut = cut.rsplit_once(' ').map_or(cut.as_str(), |(whole, _)| whole);
    format!("“{} …”", cut.trim_end_matches([',', ';', ':', '.']))
}
