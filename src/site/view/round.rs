//! Views of options side by side.

use super::{ChangeLine, ChapterStep, ConsultationView, Counts, DocumentCard, Frame, Link, RoundCard};
use serde::Serialize;

/// A row of two options side by side.
#[derive(Clone, Debug, Serialize)]
pub struct OptionRow {
    /// Its id on the page.
    pub id: String,
    /// Whether the two differ here.
    pub differs: bool,
    /// The heading that the row stands under, where no row that differs said so before.
    pub place: Option<String>,
    /// How many blocks the row holds.
    pub blocks: usize,
    /// The block of the first option; empty where it has none.
    pub left_html: String,
    /// The block of the second.
    pub right_html: String,
    /// Where the block stands in the other option, where it stands elsewhere there: `under “Costs”`.
    pub elsewhere: Option<Link>,
    /// The changes that it shows, by their ids on the page of the comparison.
    pub changes: Vec<String>,
}

/// Two options of a round side by side.
#[derive(Clone, Debug, Serialize)]
pub struct OptionPair {
    /// The first option: label and address.
    pub left: Link,
    /// The second.
    pub right: Link,
    /// As they are called in headings: `Option A`.
    pub left_option: String,
    /// As they are called in headings.
    pub right_option: String,
    /// Their titles.
    pub left_title: Option<String>,
    /// Their titles.
    pub right_title: Option<String>,
    /// To their comparison with marks.
    pub href: String,
    /// What differs, in numbers.
    pub counts: Counts,
    /// Their chapters, each with what differs; empty where they are whole.
    pub chapters: Vec<ChapterStep>,
    /// The differences in words, in the order of the text, each with the row that shows it.
    pub lines: Vec<ChangeLine>,
    /// The first of them: those that bind, cost or count before others.
    pub weightiest: Vec<ChangeLine>,
    /// Blocks in the order of the text, of options in chapters those above the chapters; equal
    /// neighbours are one row.
    pub rows: Vec<OptionRow>,
}

/// `round.html`: the options of a round.
#[derive(Clone, Debug, Serialize)]
pub struct RoundView {
    /// What every page has.
    pub frame: Frame,
    /// The document.
    pub document: DocumentCard,
    /// The round with its options.
    pub round: RoundCard,
    /// How to take part.
    pub consultation: ConsultationView,
    /// Every two of its options.
    pub pairs: Vec<OptionPair>,
}
