//! Views of a draft, a chapter, a letter.

use super::{
    Concern, ConsultationView, Day, DocumentCard, DraftCard, Frame, FunctionRow, Link, Reason, Seal, SinceRead, State,
    VoteView, Word,
};
use serde::Serialize;

/// An entry of a table of contents.
#[derive(Clone, Debug, Serialize)]
pub struct Heading {
    /// 2 or 3; deeper ones are left out.
    pub level: u8,
    /// Words and `#id`.
    pub link: Link,
    /// On the page of a comparison, how many changes stand below it.
    pub changes: usize,
}

/// A place that the switcher offers: the same block or chapter in another draft.
#[derive(Clone, Debug, Serialize)]
pub struct Switch {
    /// The draft's name: `draft-2-option-a`. Blocks name their place in it in `data-in`.
    pub draft: String,
    /// The draft's label and address, at the same chapter where it has it.
    pub link: Link,
    /// The title of the option, if it has one.
    pub title: Option<String>,
    /// When it was published.
    pub published: Option<Day>,
    /// Whether it belongs to the newest round.
    pub newest: bool,
    /// To what changed between that draft and this one, where the site compares them.
    pub comparison: Option<String>,
    /// Said where the other draft has no such chapter.
    pub lacks: Option<String>,
}

/// Sender and addressees of a letter.
#[derive(Clone, Debug, Serialize)]
pub struct LetterHead {
    /// Who wrote it.
    pub from: String,
    /// To whom.
    pub to: Vec<String>,
    /// Its date.
    pub date: Option<Day>,
    /// The sender's reference.
    pub reference: Option<String>,
    /// The letter that it answers.
    pub replies_to: Option<Link>,
    /// The letters that answer it.
    pub replies: Vec<Link>,
    /// The letter as it was sent, with its sort and size.
    pub original: Option<Link>,
}

/// `draft.html`: a draft, or one of its chapters, or all of them (`all/`); letters and updates too.
#[derive(Clone, Debug, Serialize)]
pub struct DraftView {
    /// What every page has.
    pub frame: Frame,
    /// The document.
    pub document: DocumentCard,
    /// The draft.
    pub draft: DraftCard,
    /// The state of its round; none where it has no dates.
    pub state: Option<State>,
    /// How to take part.
    pub consultation: ConsultationView,
    /// Whether the draft is the only state of its document and shares its address.
    pub lone: bool,
    /// Where a newer round exists: its drafts at this chapter.
    pub superseded_by: Vec<Switch>,
    /// To the page of the round, where it has several options.
    pub round: Option<Link>,
    /// Of the newest draft, for each earlier one what changed since, to be shown to who saw it last.
    pub since_read: Vec<SinceRead>,
    /// Every draft of the document at this chapter; empty where there is only one.
    pub switcher: Vec<Switch>,
    /// What concerns each group that the draft says it concerns.
    pub concerns: Vec<Concern>,
    /// The letter's head.
    pub letter: Option<LetterHead>,
    /// The title of the page: the chapter's, or the document's.
    pub title: String,
    /// `Chapter 2 of 5`; none where the page is not a chapter.
    pub chapter: Option<String>,
    /// The chapters of the draft; the current one is marked.
    pub chapters: Vec<Link>,
    /// To all chapters on one page.
    pub all: Option<String>,
    /// The chapter before.
    pub previous: Option<Link>,
    /// The chapter after.
    pub next: Option<Link>,
    /// Of a draft that follows several, where its blocks come from; each block says so in an element of the
    /// class `origin`.
    pub origins: Vec<OriginCount>,
    /// What led to it: the reasons that it gives for what changed since its base, in the order of the text.
    pub reasons: Vec<Reason>,
    /// Who holds what, beside what its base said; empty on the page of a chapter.
    pub functions: Vec<FunctionRow>,
    /// To what was said about the document, and what became of it; none where nothing was.
    pub feedback: Option<String>,
    /// The table of contents.
    pub contents: Vec<Heading>,
    /// The text.
    pub body_html: String,
    /// The terms that the text leads to, in the order of the alphabet.
    pub words: Vec<Word>,
    /// SHA-256, in hexadecimal digits: the seal where the draft is recorded, else that of the source of the page.
    pub digest: String,
    /// The vote on this draft; none where there is no vote on it.
    pub vote: Option<VoteView>,
    /// The seal of the draft; none where it is not recorded.
    pub seal: Option<Seal>,
}

/// How many blocks of a draft come from one of its predecessors.
#[derive(Clone, Debug, Serialize)]
pub struct OriginCount {
    /// `from option A`, `alike in both`, `new in this draft`.
    pub text: String,
    /// How many.
    pub blocks: usize,
}
