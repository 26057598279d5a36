//! What a site consists of: documents, rounds, drafts, chapters, and what their front matter says.
//!
//! Plain data without behaviour that needs a text: bodies are read where a page needs them.

use super::Lock;
pub use super::consultation::{Consultation, Event, Lead, Milestone, To, Vote, VoteResult, Way, When};
pub use super::feedback::{About, Fate, Feedback, Removal};
pub use super::functions::Function;
pub use crate::config::Kind;
use crate::diag::Source;
use crate::markdown::{Body, whole};
use crate::path::SitePath;
use crate::tree::Digest;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// The name of a draft: its round, and its option where the round has several.
/// Ordered by round, then option; a draft without an option comes first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DraftName {
    /// From 1.
    pub round: u32,
    /// Lower-case letters and digits: `a`.
    pub option: Option<String>,
}

impl DraftName {
    /// Reads `draft-2` or `draft-2-option-a`.
    pub fn parse(name: &str) -> Option<Self> {
        let rest = name.strip_prefix("draft-")?;
        let (round, option) = match rest.split_once("-option-") {
            Some((round, option)) => (round, Some(option)),
            None => (rest, None),
        };
        let plain = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
        let round_ok = round.chars().all(|c| c.is_ascii_digit()) && !round.starts_with('0');
        if !round_ok || !option.is_none_or(plain) {
            return None;
        }
        Some(DraftName { round: round.parse().ok()?, option: option.map(str::to_owned) })
    }

    /// As readers see it: `Draft 2, option A`.
    pub fn label(&self) -> String {
        match &self.option {
            Some(option) => format!("Draft {}, option {}", self.round, option.to_uppercase()),
            None => format!("Draft {}", self.round),
        }
    }
}

impl fmt::Display for DraftName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "draft-{}", self.round)?;
        self.option.iter().try_for_each(|option| write!(f, "-option-{option}"))
    }
}

/// The name of the record in the folder of a document.
pub const LOCK: &str = "published.lock";

/// A moment of publication as an author wrote it: a day, or a moment of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// When it is, to the second; of a day, its first moment in the site's time zone.
    pub at: Timestamp,
    /// The day in the site's time zone.
    pub day: Date,
}

/// A Markdown file: its front matter is read, its body is not.
#[derive(Clone, Debug)]
pub struct Text {
    /// Path and the whole text, front matter included.
    pub source: Source,
    /// Where the body begins, in bytes.
    pub body_start: usize,
    /// Digest of the whole file.
    pub digest: Digest,
}

impl Text {
    /// The file's path.
    pub fn path(&self) -> &SitePath {
        &self.source.path
    }

    /// The Markdown below the front matter.
    pub fn body(&self) -> &str {
        self.source.text.get(self.body_start..).unwrap_or("")
    }
}

/// One paper through all its drafts.
#[derive(Clone, Debug)]
pub struct Document {
    /// The section that it lies in: `proposals`.
    pub section: String,
    /// What sort of paper it is.
    pub kind: Kind,
    /// The name of its folder or file: `representation`. Empty for the front page alone.
    pub name: String,
    /// Whether it is a lone file: document and only draft share one address.
    pub lone: bool,
    /// The folder that holds its files; of a lone file, the section's folder.
    pub folder: SitePath,
    /// What it is called.
    pub title: String,
    /// One or two sentences.
    pub summary: String,
    /// The body or author that puts it out.
    pub by: Option<String>,
    /// An e-mail address to reply to.
    pub contact: Option<String>,
    /// A language tag where it is not the site's.
    pub lang: Option<String>,
    /// The audiences that may see it; none means everybody.
    pub visible_to: Vec<String>,
    /// Whether block numbers are shown.
    pub numbered: bool,
    /// The groups whom it concerns, in the order of site.toml; none means that it does not say.
    pub groups: Vec<String>,
    /// What it means for a group, in its own words, in the order of site.toml.
    pub means_for: Vec<Meaning>,
    /// What readers of a proposal or a strategy are asked and told; empty for others.
    pub consultation: Consultation,
    /// What holds for the document, with the body of its `index.md`; none for a lone file.
    pub index: Option<Text>,
    /// What letters have and others do not.
    pub letter: Option<Letter>,
    /// The date of a letter or an update.
    pub date: Option<Date>,
    /// The rounds that its front matter or its drafts name, by number.
    pub rounds: BTreeMap<u32, Round>,
    /// The record of what was published; none where there is none, or it cannot be read.
    pub lock: Option<Arc<Lock>>,
    /// What was said about it, in the order of feedback.yaml.
    pub feedback: Vec<Feedback>,
    /// All drafts, by name; never empty in a [`super::Site`].
    pub drafts: BTreeMap<DraftName, Draft>,
    /// Files that drafts show or attach, such as `figures/hubs.svg`, from the root of the site.
    pub figures: Vec<SitePath>,
}

/// What a document or a draft means for a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meaning {
    /// The name of the group.
    pub group: String,
    /// In a sentence or two.
    pub text: String,
}

/// What a letter's front matter holds.
#[derive(Clone, Debug, Default)]
pub struct Letter {
    /// Who wrote it.
    pub from: String,
    /// To whom.
    pub to: Vec<String>,
    /// The sender's reference.
    pub reference: Option<String>,
    /// The letter that it answers, from the root of the site.
    pub replies_to: Option<SitePath>,
    /// The letter as it was sent, from the root of the site.
    pub original: Option<SitePath>,
}

/// All drafts with one number: what is out for comment at the same time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Round {
    /// From 1.
    pub number: u32,
    /// The first day for comments.
    pub opens: Option<Date>,
    /// The last day for comments.
    pub closes: Option<Date>,
    /// How to reply.
    pub respond: Vec<Way>,
    /// Meetings and the like, in the order of the file.
    pub events: Vec<Event>,
    /// The day by which a response is promised.
    pub response_due: Option<Date>,
    /// The file that holds the response, from the root of the site; in a [`super::Site`] only one that may be
    /// seen.
    pub response: Option<SitePath>,
    /// Why it is short.
    pub short_because: Option<String>,
    /// Why it was extended.
    pub extended_because: Option<String>,
}

/// Where a draft stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// The last text; not to be changed any more.
    Final,
    /// Decided on and in force.
    Adopted,
    /// Decided against.
    Rejected,
    /// Laid aside while drafting: later drafts do not follow it by default.
    Discarded,
    /// Taken back by whoever put it out.
    Withdrawn,
}

/// One published or coming state of a document.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Round and option.
    pub name: DraftName,
    /// The title of an option: `Regional hubs`.
    pub title: Option<String>,
    /// One or two sentences.
    pub summary: Option<String>,
    /// The change note: what is new and why.
    pub note: Option<String>,
    /// When it is published; none means not yet.
    pub published: Option<Moment>,
    /// Where it stands; none while it is simply a draft.
    pub status: Option<Status>,
    /// Why it stands there.
    pub status_because: Option<String>,
    /// The audiences that may see it; none means everybody.
    pub visible_to: Vec<String>,
    /// The groups whom it concerns, in the order of site.toml; none means those of the document.
    pub groups: Vec<String>,
    /// What it means for a group, in its own words, in the order of site.toml.
    pub means_for: Vec<Meaning>,
    /// The drafts that this one follows; in a [`super::Site`] only ones that may be seen.
    pub follows: Vec<DraftName>,
    /// The one of them from which changes are counted.
    pub base: Option<DraftName>,
    /// Why passages of its base were removed.
    pub removed: Vec<Removal>,
    /// Who holds what, in the order of the file.
    pub functions: Vec<Function>,
    /// The text; of a draft in chapters, the words above its chapters.
    pub text: Text,
    /// Its chapters in their order; empty where the draft is whole.
    pub chapters: Vec<Chapter>,
}

impl Draft {
    /// Whether nobody is asked about it any more: discarded, rejected or withdrawn.
    pub fn is_laid_aside(&self) -> bool {
        matches!(self.status, Some(Status::Discarded | Status::Rejected | Status::Withdrawn))
    }

    /// The chapter of that name.
    pub fn chapter(&self, name: &str) -> Option<&Chapter> {
        self.chapters.iter().find(|chapter| chapter.name == name)
    }
}

/// A part of a draft that is large enough for a page of its own.
#[derive(Clone, Debug)]
pub struct Chapter {
    /// The file's name without its number, by which a chapter is known: `context`.
    pub name: String,
    /// Its place among the chapters of the draft, from 1.
    pub number: u32,
    /// What it is called.
    pub title: String,
    /// The audiences that may see it; none means everybody.
    pub visible_to: Vec<String>,
    /// The groups whom it concerns, in the order of site.toml; none means those of the draft.
    pub groups: Vec<String>,
    /// The text.
    pub text: Text,
}

impl Chapter {
    /// The chapter with its parsed text, as a part of a whole draft.
    pub fn with<'a>(&'a self, body: &'a Body) -> whole::Chapter<'a> {
        whole::Chapter {
            name: &self.name,
            number: self.number,
            title: &self.title,
            file: self.text.path().name(),
            body,
        }
    }
}

impl Document {
    /// Where its record lies: `published.lock` in its folder, or `NAME.lock` beside a lone file.
    pub fn lock_path(&self) -> SitePath {
        let folder = SitePath::new("content").join(&self.section);
        if self.lone && self.index.is_none() && self.folder == folder {
            return folder.join(&format!("{}.lock", self.name));
        }
        folder.join(&self.name).join(LOCK)
    }

    /// The newest round that has drafts.
    pub fn newest_round(&self) -> Option<u32> {
        self.drafts.keys().next_back().map(|name| name.round)
    }

    /// The drafts of the last round; several where that round has options. Those that were laid aside
    /// count only where all were.
    pub fn newest(&self) -> impl Iterator<Item = &Draft> {
        let newest = self.newest_round();
        let last = move |draft: &&Draft| Some(draft.name.round) == newest;
        let alive = self.drafts.values().filter(last).any(|draft| !draft.is_laid_aside());
        self.drafts.values().filter(last).filter(move |draft| !alive || !draft.is_laid_aside())
    }

    /// The groups whom a draft or a chapter of it concerns: its own, or those of what it is part of.
    pub fn groups_of<'a>(&'a self, draft: &'a Draft, chapter: Option<&'a Chapter>) -> &'a [String] {
        let own = [chapter.map(|chapter| chapter.groups.as_slice()), Some(draft.groups.as_slice())];
        own.into_iter().flatten().find(|groups| !groups.is_empty()).unwrap_or(&self.groups)
    }

    /// What a draft means for a group: its own words, or those of the document.
    pub fn means_for<'a>(&'a self, draft: &'a Draft, group: &str) -> Option<&'a str> {
        let meanings = draft.means_for.iter().chain(&self.means_for);
        meanings.filter(|meaning| meaning.group == group).map(|meaning| meaning.text.as_str()).next()
    }

    /// The drafts of a round, by option.
    pub fn round(&self, round: u32) -> impl Iterator<Item = &Draft> {
        self.drafts.values().filter(move |draft| draft.name.round == round)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_drafts_are_read_and_written() {
        for name in ["draft-1", "draft-2-option-a", "draft-10-option-b2"] {
            assert_eq!(DraftName::parse(name).map(|name| name.to_string()).as_deref(), Some(name));
        }
        for name in
            ["draft", "draft-", "draft-0", "draft-01", "draft-1-option-", "draft-1-option-A", "draft-x", "draft-1-b"]
        {
            assert_eq!(DraftName::parse(name), None, "{name}");
        }
    }

    #[test]
    fn drafts_are_ordered_by_round_and_option() {
        let mut names: Vec<_> =
            ["draft-10", "draft-2-option-b", "draft-2-option-a", "draft-2"].map(DraftName::parse).into();
        names.sort();
        let names: Vec<_> = names.into_iter().flatten().map(|name| name.label()).collect();
        assert_eq!(names, ["Draft 2", "Draft 2, option A", "Draft 2, option B", "Draft 10"]);
    }
}
