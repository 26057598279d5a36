//! Views of what changed from one draft to another.

use super::{Concern, Counts, DocumentCard, DraftCard, Frame, FunctionRow, Heading, Link, Pair, Reason};
use crate::diff::{Class, Name};
use serde::Serialize;

/// A chapter in the comparison of two drafts in chapters.
#[derive(Clone, Debug, Serialize)]
pub struct ChapterStep {
    /// Its newer title and the comparison of it; where only one draft has it, still that page.
    pub link: Link,
    /// Its older title, where it was renamed.
    pub was: Option<String>,
    /// `same`, `edited`, `added`, `removed`.
    pub name: &'static str,
    /// The names of the groups that it concerns; empty where it concerns whom the document concerns.
    pub groups: Vec<String>,
    /// What changed in it, or `New chapter`, `Chapter removed`, `No change`.
    pub text: String,
}

/// One change as a line of a list.
#[derive(Clone, Debug, Serialize)]
pub struct ChangeLine {
    /// `#id` of the change on the page.
    pub href: String,
    /// The number of the block: `3.2`, or `was 3.2` where it went; none of headings and notes.
    pub number: Option<String>,
    /// The heading that it stands under; empty before the first.
    pub place: String,
    /// `added`, `removed`, `edited`, `moved`, `split`, `merged`, `reformatted`, `renumbered`.
    pub name: Name,
    /// `substance` or `editorial`.
    pub class: Class,
    /// By what it is of substance, the weightiest first: `what must or may be done`, `money`.
    pub signs: Vec<String>,
    /// Whether it binds, costs or counts: not of substance for its length alone.
    pub binds: bool,
    /// The names of the groups that its section concerns; empty where it concerns whom the document concerns.
    pub groups: Vec<String>,
    /// Why.
    pub reasons: Vec<Reason>,
    /// Whether the line before it has the same reasons.
    pub same_reasons: bool,
    /// A sentence: `Paragraph moved from under “Costs”: “The levy is …”`.
    pub text: String,
}

/// The change note of a draft.
#[derive(Clone, Debug, Serialize)]
pub struct DraftNote {
    /// The draft.
    pub draft: Link,
    /// What was new in it, and why.
    pub note: String,
}

/// Sections of a text, which begin at headings of level 2.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Sections {
    /// How many hold a change.
    pub changed: usize,
    /// How many there are.
    pub all: usize,
}

/// `comparison.html`: what changed from one draft to another, whole or by chapter.
#[derive(Clone, Debug, Serialize)]
pub struct ComparisonView {
    /// What every page has.
    pub frame: Frame,
    /// The document.
    pub document: DocumentCard,
    /// The older draft.
    pub old: DraftCard,
    /// The newer draft.
    pub new: DraftCard,
    /// The title of the page: the chapter's, or the document's.
    pub title: String,
    /// To this chapter or draft in the older text.
    pub old_href: Option<String>,
    /// To this chapter or draft in the newer text.
    pub new_href: Option<String>,
    /// SHA-256 of the older text, in hexadecimal digits; none where the older draft has no such chapter.
    pub old_digest: Option<String>,
    /// SHA-256 of the newer text.
    pub new_digest: Option<String>,
    /// Whether both belong to one round: then they are options side by side, not older and newer.
    pub options: bool,
    /// Whether the newer draft follows the older one, so that its change note is about this comparison.
    pub direct: bool,
    /// What changed, in numbers.
    pub counts: Counts,
    /// The groups that the newer draft says it concerns.
    pub concerns: Vec<Concern>,
    /// The change notes of the drafts on the way, the newest last.
    pub notes: Vec<DraftNote>,
    /// The functions that the two do not say the same of; empty on the page of a chapter.
    pub functions: Vec<FunctionRow>,
    /// In how many sections something changed.
    pub sections: Sections,
    /// Each change with its place, in the order of the text.
    pub changes: Vec<ChangeLine>,
    /// Those of substance.
    pub substance: Vec<ChangeLine>,
    /// The first of them: those that bind, cost or count before others.
    pub weightiest: Vec<ChangeLine>,
    /// Those that are editorial.
    pub editorial: Vec<ChangeLine>,
    /// To what was said about the document, and what became of it; none where nothing was.
    pub feedback: Option<String>,
    /// The headings of the newer text, with how many changes stand below each.
    pub contents: Vec<Heading>,
    /// The chapters, where the drafts have them.
    pub chapters: Vec<ChapterStep>,
    /// The chapter of this page; none on the page of the whole.
    pub chapter: Option<Link>,
    /// Other comparisons of this document.
    pub others: Vec<Pair>,
    /// The text with its marks: `<ins>`, `<del>`, `data-diff`, `data-move`.
    pub body_html: String,
}
