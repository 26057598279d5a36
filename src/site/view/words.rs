//! Views of the words that a glossary explains.

use super::{Frame, Link};
use serde::Serialize;

/// A term of the glossary with what it means.
#[derive(Clone, Debug, Serialize)]
pub struct Word {
    /// What it is called in ids: `icb`. The text leads to `#word.icb`, the glossary has it at `#icb`.
    pub name: String,
    /// As it is written in full: `integrated care board`.
    pub term: String,
    /// Its abbreviation: `ICB`.
    pub short: Option<String>,
    /// What it means.
    pub meaning: String,
    /// Where more is to be read: the title of a page, or another host.
    pub more: Option<Link>,
    /// To its entry in the glossary.
    pub glossary: String,
    /// Not in the glossary: back to where it stands on this page, by the numbers of the paragraphs, or 1, 2, 3
    /// where none are shown.
    pub places: Vec<Link>,
    /// In the glossary alone: the newest drafts, the letters, updates and pages that use it.
    pub used: Vec<UsedIn>,
}

/// `glossary.html`: all terms.
#[derive(Clone, Debug, Serialize)]
pub struct GlossaryView {
    /// What every page has.
    pub frame: Frame,
    /// The terms in the order of the alphabet.
    pub words: Vec<Word>,
}

/// A text that uses a term.
#[derive(Clone, Debug, Serialize)]
pub struct UsedIn {
    /// The document or draft: title and address.
    pub link: Link,
    /// The paragraphs in which sections use it first, five at most.
    pub places: Vec<Link>,
    /// How many more sections use it.
    pub more: usize,
}
