//! The view of a vote.

use super::{ConsultationView, Day, DocumentCard, DraftCard, Frame, FunctionRow, Link, RecordEntry, VoteView};
use serde::Serialize;

/// What came of a vote, in numbers.
#[derive(Clone, Debug, Serialize)]
pub struct VoteCount {
    /// Votes for the draft.
    pub in_favour: u64,
    /// Votes against it.
    pub against: u64,
    /// The same in words, with the share: `1,204 votes for, 310 against: 79.5 per cent were for it.`
    pub text: String,
}

/// What changed in the draft that is voted on since readers were last asked about it.
#[derive(Clone, Debug, Serialize)]
pub struct SinceAsked {
    /// The draft that they were asked about.
    pub draft: Link,
    /// Whether that is the one that is voted on: then nothing has changed.
    pub same: bool,
    /// To all changes, where the site compares the two.
    pub comparison: Option<Link>,
    /// The changes of substance that weigh most, each with its place.
    pub changes: Vec<Link>,
    /// How many more there are.
    pub more: usize,
}

/// `vote.html`: a document that is put to the vote.
#[derive(Clone, Debug, Serialize)]
pub struct VotePageView {
    /// What every page has.
    pub frame: Frame,
    /// The document.
    pub document: DocumentCard,
    /// The draft that is voted on.
    pub draft: DraftCard,
    /// SHA-256 of it: its seal where it is recorded, else the digest of its file. Once the vote is over, that of the text
    /// that was voted on.
    pub digest: String,
    /// The text that was sealed, to download; none where it is another now.
    pub sealed: Option<Link>,
    /// The day on which the text was changed after the vote was over.
    pub changed: Option<Day>,
    /// How that text was corrected since it was published.
    pub corrections: Vec<RecordEntry>,
    /// The question as it is put.
    pub question: String,
    /// Its state, how and by whom, and what carries it.
    pub vote: VoteView,
    /// What came of it.
    pub result: Option<VoteCount>,
    /// Who holds what, today and by the draft.
    pub functions: Vec<FunctionRow>,
    /// What changed since readers were last asked; none where they never were.
    pub since_asked: Option<SinceAsked>,
    /// Where questions go, and the like.
    pub consultation: ConsultationView,
}
