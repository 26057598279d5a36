//! Views of what was said about a document, and of why it changed.

use super::{Day, DocumentCard, Frame, Link};
use serde::Serialize;

/// Why something changed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reason {
    /// The words.
    pub text: String,
    /// The draft that gives it, where that is not the newer one of the page.
    pub draft: Option<Link>,
    /// The feedback that led to it.
    pub feedback: Vec<Link>,
    /// What it is for: a paragraph, a section, a draft as a whole; none beside the change itself.
    pub place: Option<Link>,
}

/// A draft that took up feedback, with what changed in it.
#[derive(Clone, Debug, Serialize)]
pub struct FeedbackChange {
    /// The draft; leads to what changed in it.
    pub draft: Link,
    /// The reason.
    pub reason: String,
    /// The changes, at least one: what happened to which words, and where it is shown.
    pub changes: Vec<Link>,
    /// How many more there are.
    pub more: usize,
}

/// Something that was said.
#[derive(Clone, Debug, Serialize)]
pub struct FeedbackItem {
    /// Its id, on the page too: `F1`.
    pub id: String,
    /// When it was said.
    pub date: Option<Day>,
    /// Who said it, where the name may be shown.
    pub from: Option<String>,
    /// The title of the group that spoke.
    pub group: Option<String>,
    /// How many said it.
    pub voices: u64,
    /// The draft or the paragraph that it is about.
    pub about: Option<Link>,
    /// The words, or what they come to.
    pub said: String,
    /// Where it is to be read in full.
    pub source: Option<Link>,
    /// `adopted`, `adapted`, `rejected`, `later`, `open`.
    pub outcome: &'static str,
    /// The same for readers: `Adopted`.
    pub outcome_text: String,
    /// Why.
    pub answer: Option<String>,
    /// When it was answered.
    pub answered: Option<Day>,
    /// What changed because of it; empty, too, of what was adopted where no change of it is found any more.
    pub changes: Vec<FeedbackChange>,
}

/// How much feedback had one outcome.
#[derive(Clone, Debug, Serialize)]
pub struct FateCount {
    /// `adopted`, …
    pub name: &'static str,
    /// The same for readers.
    pub text: String,
    /// How many entries.
    pub count: usize,
}

/// `feedback.html`: what was said about a document, and what became of it.
#[derive(Clone, Debug, Serialize)]
pub struct FeedbackView {
    /// What every page has.
    pub frame: Frame,
    /// The document.
    pub document: DocumentCard,
    /// How many people spoke.
    pub voices: u64,
    /// How much had each outcome; outcomes that nothing had are left out.
    pub fates: Vec<FateCount>,
    /// What was said, in the order of feedback.yaml.
    pub feedback: Vec<FeedbackItem>,
}
