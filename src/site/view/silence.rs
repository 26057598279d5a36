//! Views of where a response, an answer or a reason is owed.

use super::{DateView, Day, Frame, Link};
use serde::Serialize;

/// A draft with changes that nobody has explained.
#[derive(Clone, Debug, Serialize)]
pub struct SilentDraft {
    /// The draft; leads to what changed in it.
    pub draft: Link,
    /// How many changes of substance have no reason.
    pub count: usize,
    /// The first of them: what happened to which words, and where it is shown.
    pub changes: Vec<Link>,
}

/// Feedback that is not answered, or led to nothing.
#[derive(Clone, Debug, Serialize)]
pub struct OpenFeedback {
    /// Its id and its place on the page of feedback.
    pub link: Link,
    /// The words, or what they come to.
    pub said: String,
    /// Until when an answer was promised.
    pub due: Option<Day>,
    /// Whether that day is over.
    pub late: bool,
}

/// A document that owes something.
#[derive(Clone, Debug, Serialize)]
pub struct SilentDocument {
    /// Its title and address.
    pub document: Link,
    /// The rounds whose response is late: each with the day by which it was promised.
    pub responses: Vec<DateView>,
    /// Drafts with changes of substance that have no reason.
    pub drafts: Vec<SilentDraft>,
    /// Feedback that is not answered.
    pub open: Vec<OpenFeedback>,
    /// Feedback that was adopted, though no change names it.
    pub unheeded: Vec<OpenFeedback>,
    /// The titles of groups that were asked and of which nobody was heard.
    pub groups: Vec<String>,
}

/// `silence.html`: where a response, an answer or a reason is owed.
#[derive(Clone, Debug, Serialize)]
pub struct SilenceView {
    /// What every page has.
    pub frame: Frame,
    /// The documents that owe something.
    pub documents: Vec<SilentDocument>,
}
