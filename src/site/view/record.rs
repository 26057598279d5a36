//! Views of what was recorded: when a text was published, with which seal, and what was changed openly since.

use super::{Day, DocumentCard, Frame, Link};
use serde::Serialize;

/// Words that were published, and are not there any more.
#[derive(Clone, Debug, Serialize)]
pub struct Earlier {
    /// What stands there now: its number, or where there is none the heading.
    pub place: Link,
    /// The earlier words; none where there were none.
    pub text: Option<String>,
}

/// An entry of the record.
#[derive(Clone, Debug, Serialize)]
pub struct RecordEntry {
    /// From 1.
    pub number: usize,
    /// `published`, `corrected`, `removed`, `taken-down`.
    pub act: &'static str,
    /// The same for readers: `Published`.
    pub what: String,
    /// The day.
    pub day: Day,
    /// The draft, with its page where it has one.
    pub draft: Link,
    /// Why; of a publication none.
    pub note: Option<String>,
    /// SHA-256 of the text that was sealed.
    pub digest: String,
    /// That text, where it still holds and can be had.
    pub sealed: Option<Link>,
    /// The day of the next entry about the draft, since which this text holds no more.
    pub until: Option<Day>,
    /// Of a correction what was changed.
    pub earlier: Vec<Earlier>,
}

/// The seal of a draft.
#[derive(Clone, Debug, Serialize)]
pub struct Seal {
    /// SHA-256 of the text that was sealed.
    pub digest: String,
    /// That text: the name of the file, and where it is.
    pub sealed: Link,
    /// To the record of the document.
    pub record: String,
    /// What was changed openly since it was published.
    pub corrections: Vec<RecordEntry>,
}

/// `record.html`: what was recorded of a document.
#[derive(Clone, Debug, Serialize)]
pub struct RecordView {
    /// What every page has.
    pub frame: Frame,
    /// The document.
    pub document: DocumentCard,
    /// What happened, in its order.
    pub entries: Vec<RecordEntry>,
    /// To the record as a text, with the seals of every block.
    pub text: String,
}

/// `taken-down.html`: what stands where a draft was that was taken down.
#[derive(Clone, Debug, Serialize)]
pub struct TakenDownView {
    /// What every page has.
    pub frame: Frame,
    /// The document.
    pub document: DocumentCard,
    /// The entry that says so.
    pub entry: RecordEntry,
    /// To the record of the document.
    pub record: String,
}
