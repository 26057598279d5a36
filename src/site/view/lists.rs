//! Views of the front page, lists, plain pages.

use super::{DocumentCard, EventDay, Frame, Heading, Word};
use serde::Serialize;

/// `front.html`: the front page.
#[derive(Clone, Debug, Serialize)]
pub struct FrontView {
    /// What every page has.
    pub frame: Frame,
    /// The words of `content/index.md`.
    pub body_html: String,
    /// The terms that the text leads to, in the order of the alphabet.
    pub words: Vec<Word>,
    /// The documents whose newest round is open or coming.
    pub open: Vec<DocumentCard>,
    /// The other documents of kinds that are drafted in rounds.
    pub others: Vec<DocumentCard>,
    /// The next five events, soonest first.
    pub next: Vec<EventDay>,
    /// The latest ten events, newest first.
    pub latest: Vec<EventDay>,
    /// To `/changes/`.
    pub changes: String,
}

/// `section.html`: all documents of a section.
#[derive(Clone, Debug, Serialize)]
pub struct SectionView {
    /// What every page has.
    pub frame: Frame,
    /// `Proposals`.
    pub title: String,
    /// `proposal`, `letter`, …: for classes.
    pub kind: String,
    /// Its documents: dated kinds newest first, others by title.
    pub documents: Vec<DocumentCard>,
}

/// `changes.html`: what happened when, across the site.
#[derive(Clone, Debug, Serialize)]
pub struct ChangesView {
    /// What every page has.
    pub frame: Frame,
    /// What is still to come, today's included, soonest first.
    pub coming: Vec<EventDay>,
    /// What is expected and has no day yet.
    pub expected: Vec<EventDay>,
    /// What happened, newest first.
    pub past: Vec<EventDay>,
    /// The full address of `/calendar.ics`, to subscribe to; none where `base_url` is not set or there is no day.
    pub calendar: Option<String>,
}

/// `page.html`: a plain page, and `404.html` with nothing but its frame.
#[derive(Clone, Debug, Serialize)]
pub struct PageView {
    /// What every page has.
    pub frame: Frame,
    /// The text; empty on the page of the lost.
    pub body_html: String,
    /// The terms that the text leads to, in the order of the alphabet.
    pub words: Vec<Word>,
    /// The table of contents.
    pub contents: Vec<Heading>,
}
