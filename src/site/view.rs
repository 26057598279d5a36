//! The views: what a template of a theme may use. They are the contract with theme authors.
//!
//! One struct a template, each with the [`Frame`] that every page shares. All addresses in a view are
//! relative to the page, so that a site works under any prefix. Fields that end in `html` are safe
//! markup and go in with `| safe`; everything else is text. Lists are in the order to be shown.

use crate::diff::{self, Class};
use serde::Serialize;

/// A link: words and where they lead.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Link {
    /// What it says.
    pub text: String,
    /// Where it leads, relative to the page.
    pub href: String,
    /// Whether it leads to the page it stands on.
    pub current: bool,
}

/// A day.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Day {
    /// For `<time datetime>`: `2021-08-05`.
    pub iso: String,
    /// For readers: `5 August 2021`.
    pub text: String,
}

/// What every page has around its content; templates know it as `frame`.
#[derive(Clone, Debug, Serialize)]
pub struct Frame {
    /// The title of the site.
    pub site: String,
    /// A line for every page, if the site has one.
    pub notice: Option<String>,
    /// Said on every page of a preview or of a site for a closed audience: `Preview: …`.
    pub banner: Option<String>,
    /// The language of the page.
    pub lang: String,
    /// The title of the page, without the site's.
    pub title: String,
    /// A sentence for search engines and previews of links.
    pub description: String,
    /// The full address that search engines should keep, where `base_url` is set.
    pub canonical: Option<String>,
    /// Whether search engines are asked to leave the page out.
    pub noindex: bool,
    /// To the front page.
    pub home: Link,
    /// The sections and `/changes/`.
    pub nav: Vec<Link>,
    /// From the front page to the parent of this page.
    pub crumbs: Vec<Link>,
    /// The site's own pages (about, accessibility …).
    pub pages: Vec<Link>,
    /// To `/feed.xml`; none where `base_url` is not set.
    pub feed: Option<String>,
    /// Of each asset of the theme by its name: `assets.main_css` for `assets/main.css`.
    pub assets: std::collections::BTreeMap<String, String>,
    /// The program's name and version.
    pub generator: String,
}

/// The state of a round on the date of the build, in words and days.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct State {
    /// `coming`, `open`, `closed` or `undated`: for classes.
    pub name: &'static str,
    /// `Open for comments until 8 October 2021`.
    pub text: String,
    /// The first day for comments.
    pub opens: Option<Day>,
    /// The last day for comments.
    pub closes: Option<Day>,
}

/// A document in a list.
#[derive(Clone, Debug, Serialize)]
pub struct DocumentCard {
    /// Title and address.
    pub link: Link,
    /// `Proposal`, `Letter`, …
    pub kind: String,
    /// One or two sentences.
    pub summary: String,
    /// Who puts it out; of a letter its sender.
    pub by: Option<String>,
    /// When its newest draft was published; of letters and updates their own date.
    pub date: Option<Day>,
    /// Which draft is the newest: `Draft 3`, `Draft 2, options A and B`; empty for one without drafts.
    pub newest: String,
    /// The state of the newest round; none where it has no dates.
    pub state: Option<State>,
}

/// What changed from one draft to another, in numbers.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Counts {
    /// `added`, `removed`, `edited`, `moved`, `words_added`, `words_removed`.
    #[serde(flatten)]
    pub numbers: diff::Counts,
    /// All of it in one sentence: `12 paragraphs changed, 3 added, 1 moved`.
    pub text: String,
}

/// A way from one draft to another through their comparison.
#[derive(Clone, Debug, Serialize)]
pub struct Step {
    /// The other draft: label and address.
    pub draft: Link,
    /// To the comparison.
    pub href: String,
    /// What changed.
    pub counts: Counts,
}

/// A draft in a list, or the one that a page shows.
#[derive(Clone, Debug, Serialize)]
pub struct DraftCard {
    /// `draft-2-option-a`.
    pub name: String,
    /// `Draft 2, option A`.
    pub label: String,
    /// As it is called beside the others of its round: `option A`; where it is alone, its label.
    pub option: String,
    /// The title of the option, if it has one: `Regional hubs`.
    pub title: Option<String>,
    /// Its address.
    pub href: String,
    /// Whether it is the draft of this page.
    pub current: bool,
    /// Whether it belongs to the newest round.
    pub newest: bool,
    /// When it was published; none for an unpublished one.
    pub published: Option<Day>,
    /// One or two sentences.
    pub summary: Option<String>,
    /// The change note.
    pub note: Option<String>,
    /// `Rejected`, `Adopted`, …
    pub status: Option<String>,
    /// Why.
    pub status_because: Option<String>,
    /// The drafts it follows, each with the comparison from there; the base first.
    pub follows: Vec<Step>,
    /// The number of words.
    pub words: usize,
    /// Minutes to read it, at 240 words a minute, at least 1.
    pub minutes: usize,
}

/// A round with its drafts.
#[derive(Clone, Debug, Serialize)]
pub struct RoundCard {
    /// From 1.
    pub number: u32,
    /// `Round 2`.
    pub label: String,
    /// Its state; none where it has no dates.
    pub state: Option<State>,
    /// To the page of the round; none while it has no drafts.
    pub href: Option<String>,
    /// Its drafts, by option.
    pub drafts: Vec<DraftCard>,
}

/// Something that happened, for lists by date.
#[derive(Clone, Debug, Serialize)]
pub struct Event {
    /// When.
    pub day: Day,
    /// What, and where it leads: `Representation and support: Draft 3`.
    pub link: Link,
    /// `Draft published`, `Letter`, `Round opens`, `Round closes`, `Update`.
    pub what: String,
    /// A sentence on it: the change note or a summary.
    pub note: Option<String>,
    /// To the comparison with the draft before, where there is one.
    pub comparison: Option<Link>,
}

/// `front.html`: the front page.
#[derive(Clone, Debug, Serialize)]
pub struct FrontView {
    /// What every page has.
    pub frame: Frame,
    /// The words of `content/index.md`.
    pub body_html: String,
    /// The documents whose newest round is open or coming.
    pub open: Vec<DocumentCard>,
    /// The other documents of kinds that are drafted in rounds.
    pub others: Vec<DocumentCard>,
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

/// `document.html`: a document through all its drafts.
#[derive(Clone, Debug, Serialize)]
pub struct DocumentView {
    /// What every page has.
    pub frame: Frame,
    /// Its card.
    pub document: DocumentCard,
    /// An address to reply to.
    pub contact: Option<String>,
    /// The body of its `index.md`; may be empty.
    pub body_html: String,
    /// The drafts of the newest round.
    pub newest: Vec<DraftCard>,
    /// To the page of the newest round, where it has several options.
    pub newest_round: Option<String>,
    /// All rounds, newest first.
    pub rounds: Vec<RoundCard>,
    /// Every comparison that the site has of this document.
    pub comparisons: Vec<Pair>,
}

/// Two drafts and the page that compares them.
#[derive(Clone, Debug, Serialize)]
pub struct Pair {
    /// The older one's label.
    pub old: String,
    /// The newer one's label.
    pub new: String,
    /// To the comparison.
    pub href: String,
    /// What changed.
    pub counts: Counts,
    /// Whether it is the comparison of this page.
    pub current: bool,
}

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
    /// An address to reply to.
    pub contact: Option<String>,
    /// Whether the draft is the only state of its document and shares its address.
    pub lone: bool,
    /// Where a newer round exists: its drafts at this chapter.
    pub superseded_by: Vec<Link>,
    /// To the page of the round, where it has several options.
    pub round: Option<Link>,
    /// Every draft of the document at this chapter; empty where there is only one.
    pub switcher: Vec<Switch>,
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
    /// The table of contents.
    pub contents: Vec<Heading>,
    /// The text.
    pub body_html: String,
    /// SHA-256 of the source, in hexadecimal digits.
    pub digest: String,
}

/// A chapter in the comparison of two drafts in chapters.
#[derive(Clone, Debug, Serialize)]
pub struct ChapterStep {
    /// Its newer title and the comparison of it; where only one draft has it, still that page.
    pub link: Link,
    /// Its older title, where it was renamed.
    pub was: Option<String>,
    /// `same`, `edited`, `added`, `removed`.
    pub name: &'static str,
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
    pub name: &'static str,
    /// `substance` or `editorial`.
    pub class: Class,
    /// By what it is of substance, the weightiest first: `what must or may be done`, `money`.
    pub signs: Vec<String>,
    /// Whether it binds, costs or counts: not of substance for its length alone.
    pub binds: bool,
    /// A sentence: `Paragraph moved from under “Costs”: “The levy is …”`.
    pub text: String,
}

/// How many blocks of a draft come from one of its predecessors.
#[derive(Clone, Debug, Serialize)]
pub struct OriginCount {
    /// `from option A`, `alike in both`, `new in this draft`.
    pub text: String,
    /// How many.
    pub blocks: usize,
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
    /// Whether both belong to one round: then they are options side by side, not older and newer.
    pub options: bool,
    /// Whether the newer draft follows the older one, so that its change note is about this comparison.
    pub direct: bool,
    /// What changed, in numbers.
    pub counts: Counts,
    /// The change notes of the drafts on the way, the newest last.
    pub notes: Vec<DraftNote>,
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

/// A row of two options side by side.
#[derive(Clone, Debug, Serialize)]
pub struct OptionRow {
    /// Its id on the page.
    pub id: String,
    /// Whether the two differ here.
    pub differs: bool,
    /// The heading that the row stands under, where no row that differs said so before.
    pub place: Option<String>,
    /// How many blocks the row holds.
    pub blocks: usize,
    /// The block of the first option; empty where it has none.
    pub left_html: String,
    /// The block of the second.
    pub right_html: String,
    /// Where the block stands in the other option, where it stands elsewhere there: `under “Costs”`.
    pub elsewhere: Option<Link>,
    /// The changes that it shows, by their ids on the page of the comparison.
    pub changes: Vec<String>,
}

/// Two options of a round side by side.
#[derive(Clone, Debug, Serialize)]
pub struct OptionPair {
    /// The first option: label and address.
    pub left: Link,
    /// The second.
    pub right: Link,
    /// As they are called in headings: `Option A`.
    pub left_option: String,
    /// As they are called in headings.
    pub right_option: String,
    /// Their titles.
    pub left_title: Option<String>,
    /// Their titles.
    pub right_title: Option<String>,
    /// To their comparison with marks.
    pub href: String,
    /// What differs, in numbers.
    pub counts: Counts,
    /// Their chapters, each with what differs; empty where they are whole.
    pub chapters: Vec<ChapterStep>,
    /// The differences in words, in the order of the text, each with the row that shows it.
    pub lines: Vec<ChangeLine>,
    /// The first of them: those that bind, cost or count before others.
    pub weightiest: Vec<ChangeLine>,
    /// Blocks in the order of the text, of options in chapters those above the chapters; equal
    /// neighbours are one row.
    pub rows: Vec<OptionRow>,
}

/// `round.html`: the options of a round.
#[derive(Clone, Debug, Serialize)]
pub struct RoundView {
    /// What every page has.
    pub frame: Frame,
    /// The document.
    pub document: DocumentCard,
    /// The round with its options.
    pub round: RoundCard,
    /// An address to reply to.
    pub contact: Option<String>,
    /// Every two of its options.
    pub pairs: Vec<OptionPair>,
}

/// `changes.html`: what happened when, across the site.
#[derive(Clone, Debug, Serialize)]
pub struct ChangesView {
    /// What every page has.
    pub frame: Frame,
    /// What is still to come, soonest first.
    pub coming: Vec<Event>,
    /// What happened, newest first.
    pub past: Vec<Event>,
}

/// `page.html`: a plain page, and `404.html` with nothing but its frame.
#[derive(Clone, Debug, Serialize)]
pub struct PageView {
    /// What every page has.
    pub frame: Frame,
    /// The text; empty on the page of the lost.
    pub body_html: String,
    /// The table of contents.
    pub contents: Vec<Heading>,
}

/// `latest.html`: leads on to the newest draft, or to its round.
#[derive(Clone, Debug, Serialize)]
pub struct LatestView {
    /// What every page has.
    pub frame: Frame,
    /// Where to.
    pub target: Link,
}

/// `feed.xml` (Atom, RFC 4287).
#[derive(Clone, Debug, Serialize)]
pub struct FeedView {
    /// The title of the site.
    pub title: String,
    /// The full address of the site, with `/` at its end.
    pub home: String,
    /// The full address of the feed.
    pub address: String,
    /// The newest date of its entries, RFC 3339.
    pub updated: String,
    /// Newest first.
    pub entries: Vec<FeedEntry>,
}

/// An entry of a feed.
#[derive(Clone, Debug, Serialize)]
pub struct FeedEntry {
    /// What was published.
    pub title: String,
    /// Its full address, which is also its id.
    pub address: String,
    /// When, RFC 3339.
    pub updated: String,
    /// Who put it out.
    pub author: String,
    /// The change note or summary.
    pub summary: String,
    /// Full address of the comparison with the draft before.
    pub comparison: Option<String>,
}

/// `sitemap.xml` (sitemaps.org protocol 0.9).
#[derive(Clone, Debug, Serialize)]
pub struct SitemapView {
    /// Full addresses, with the day of the last change where it is known.
    pub entries: Vec<SitemapEntry>,
}

/// An entry of the sitemap.
#[derive(Clone, Debug, Serialize)]
pub struct SitemapEntry {
    /// The full address.
    pub address: String,
    /// `2021-08-05`.
    pub changed: Option<String>,
}
