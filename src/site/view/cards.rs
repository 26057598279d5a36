//! Views of documents, drafts, rounds, events and comparisons, as several pages show them.

use super::{Day, Link, State, VoteView};
use crate::diff;
use serde::Serialize;

/// A document in a list.
#[derive(Clone, Debug, Serialize)]
pub struct DocumentCard {
    /// Title and address.
    pub link: Link,
    /// Its address from the root of the site, by which programs know it: `/proposals/hubs/`.
    pub address: String,
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
    /// The moment from which that round is neither open nor coming, RFC 3339; none where it is not on the date of the
    /// build.
    pub until: Option<String>,
    /// The vote that decides; none where there is none.
    pub vote: Option<VoteView>,
    /// The names of the groups that it concerns; empty where it concerns everybody.
    pub groups: Vec<String>,
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
    /// Drafts of it that were taken down, with the pages that say why.
    pub taken_down: Vec<Link>,
}

/// What happened or is to come on one day, or at one time that is expected.
#[derive(Clone, Debug, Serialize)]
pub struct EventDay {
    /// When; none where no day is known.
    pub day: Option<Day>,
    /// When, in words, where no day is known: `early 2022`.
    pub expected: Option<String>,
    /// The moment from which all its events are behind the reader, RFC 3339; none where they are on the date of the
    /// build, or no day is known.
    pub until: Option<String>,
    /// The names of the groups that its events concern; empty where one of them concerns everybody.
    pub groups: Vec<String>,
    /// In the order of their papers.
    pub events: Vec<Event>,
}

/// Something that happened or is to come.
#[derive(Clone, Debug, Serialize)]
pub struct Event {
    /// For classes: `draft`, `letter`, `update`, `opens`, `closes`, `event`, `due`, `response`, `vote`,
    /// `vote-closes`, `result`, `milestone`; of another document in one file its kind.
    pub name: String,
    /// What, and where it leads: `Last day for comments on round 3`; of a letter or an update its title.
    pub link: Link,
    /// What sort of thing it is: `Draft`, `Comments`, `Letter`, …
    pub what: String,
    /// Of which document; none where the document is what is linked.
    pub document: Option<Link>,
    /// A sentence on it: the change note or a summary.
    pub note: Option<String>,
    /// To the comparison with the draft before, where there is one.
    pub comparison: Option<Link>,
    /// The names of the groups that the document concerns; empty where it concerns everybody.
    pub groups: Vec<String>,
}

/// For a reader who saw an earlier draft last: the way to what changed since.
#[derive(Clone, Debug, Serialize)]
pub struct SinceRead {
    /// The name of that draft: `draft-1`.
    pub draft: String,
    /// What to say, and the comparison with the newest.
    pub link: Link,
    /// What changed.
    pub counts: Counts,
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
