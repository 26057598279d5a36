//! Views of the front page, lists, plain pages.

use super::{DocumentCard, Event, Frame, Heading, Word};
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
    /// The next events, soonest first, five at most.
    pub next: Vec<Event>,
    /// The latest events, newest first, ten at most.
    pub latest: Vec<Event>,
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
    pub coming: Vec<Event>,
    /// What is expected and has no day yet.
    pub expected: Vec<Event>,
    /// What happened, newest first.
    pub past: Vec<Event>,
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
