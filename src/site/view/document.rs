//! Views of a document through all its drafts.

use super::{Concern, ConsultationView, Day, DocumentCard, DraftCard, Frame, Link, Pair, RoundCard, SinceRead, Word};
use serde::Serialize;

/// `document.html`: a document through all its drafts.
#[derive(Clone, Debug, Serialize)]
pub struct DocumentView {
    /// What every page has.
    pub frame: Frame,
    /// Its card.
    pub document: DocumentCard,
    /// How to take part.
    pub consultation: ConsultationView,
    /// What concerns each group that it says it concerns.
    pub concerns: Vec<Concern>,
    /// Of a strategy, what there is for every group of the site; empty of others.
    pub coverage: Vec<Concern>,
    /// The body of its `index.md`; may be empty.
    pub body_html: String,
    /// The terms that the text leads to, in the order of the alphabet.
    pub words: Vec<Word>,
    /// The drafts of the newest round.
    pub newest: Vec<DraftCard>,
    /// To the page of the newest round, where it has several options.
    pub newest_round: Option<String>,
    /// The drafts as a picture; none where there is only one.
    pub picture: Option<Picture>,
    /// For each earlier draft what changed from it to the newest, to be shown to who saw it last.
    pub since_read: Vec<SinceRead>,
    /// All rounds, newest first.
    pub rounds: Vec<RoundCard>,
    /// Every comparison that the site has of this document.
    pub comparisons: Vec<Pair>,
    /// To what was said about it, and what became of it; none where nothing was.
    pub feedback: Option<String>,
    /// To its record; none where nothing is recorded.
    pub record: Option<String>,
    /// To the feed of this document; none where `base_url` is not set.
    pub feed: Option<String>,
}

/// The drafts of a document as a picture; its units are those of CSS pixels.
#[derive(Clone, Debug, Serialize)]
pub struct Picture {
    /// From left to right.
    pub width: usize,
    /// From top to bottom.
    pub height: usize,
    /// The drafts, the newest first.
    pub boxes: Vec<PictureBox>,
    /// From each draft to those that follow it.
    pub lines: Vec<PictureLine>,
}

/// A draft in a picture.
#[derive(Clone, Debug, Serialize)]
pub struct PictureBox {
    /// Its left edge.
    pub x: usize,
    /// Its upper edge.
    pub y: usize,
    /// Its width.
    pub width: usize,
    /// Its height.
    pub height: usize,
    /// The middle between its left and its right edge.
    pub middle: usize,
    /// The draft: label and address.
    pub draft: Link,
    /// The title of the option, if it has one.
    pub title: Option<String>,
    /// When it was published.
    pub published: Option<Day>,
    /// `Rejected`, `Adopted`, …
    pub status: Option<String>,
    /// Whether it belongs to the newest round.
    pub newest: bool,
}

/// A line in a picture, from a draft to one that follows it.
#[derive(Clone, Debug, Serialize)]
pub struct PictureLine {
    /// For the attribute `d` of a path.
    pub path: String,
    /// Where its label stands: the middle from the left.
    pub x: usize,
    /// The same from the top.
    pub y: usize,
    /// Whether changes are counted from that draft.
    pub base: bool,
    /// To the comparison.
    pub href: String,
    /// How much changed: `38 changes`.
    pub changes: String,
    /// The same as a sentence: `From Draft 1 to Draft 3: 30 passages changed, 8 added`.
    pub text: String,
}

/// `latest.html`: leads on to the newest draft, or to its round.
#[derive(Clone, Debug, Serialize)]
pub struct LatestView {
    /// What every page has.
    pub frame: Frame,
    /// Where to.
    pub target: Link,
}
