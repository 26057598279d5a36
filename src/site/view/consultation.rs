//! Views of a consultation: its states, how to take part, the vote.

use super::{Day, Link};
use serde::Serialize;

/// The state of a round or a vote on the date of the build, in words and days, and those of all other days.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct State {
    /// Of a round `coming`, `open`, `closed`, `late` or `answered`; of a vote `expected`, `coming`, `open`,
    /// `closed` or `decided`: for classes.
    pub name: &'static str,
    /// `Open for comments until 8 October 2021`.
    pub text: String,
    /// The first day.
    pub opens: Option<Day>,
    /// The last day.
    pub closes: Option<Day>,
    /// All its states in the order of time.
    pub phases: Vec<PhaseView>,
}

impl State {
    /// Whether it is open or coming.
    pub fn is_ahead(&self) -> bool {
        is_ahead(self.name)
    }

    /// The moment from which it is neither open nor coming; none where it is not now.
    pub fn until(&self) -> Option<String> {
        let last = self.phases.iter().rev().find(|phase| is_ahead(phase.name));
        last.filter(|_| self.is_ahead()).and_then(|phase| phase.until.clone())
    }
}

fn is_ahead(name: &str) -> bool {
    matches!(name, "open" | "coming")
}

/// A state with the moments between which it holds, so that a script can show the right one on any day.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PhaseView {
    /// As in the state.
    pub name: &'static str,
    /// As in the state.
    pub text: String,
    /// What else is to be said: `Replies are being read. A response is due by 17 December 2021.`
    pub more: Option<String>,
    /// Its first moment, RFC 3339; none of the first.
    pub from: Option<String>,
    /// The first moment of the next, RFC 3339; none of the last.
    pub until: Option<String>,
    /// Whether it holds on the date of the build.
    pub current: bool,
}

/// What readers are asked and told about taking part.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ConsultationView {
    /// What they are asked.
    pub asked: Option<String>,
    /// What is settled and not open to influence.
    pub already_decided: Vec<String>,
    /// How to get the paper in another form.
    pub alternative_formats: Option<String>,
    /// What happens to replies.
    pub privacy: Option<String>,
    /// How to reply in the round of the page.
    pub ways: Vec<WayView>,
    /// Where questions go.
    pub contact: Option<WayView>,
    /// To the published response to the round of the page.
    pub response: Option<Link>,
    /// Why the round is short.
    pub short_because: Option<String>,
    /// Why it was extended.
    pub extended_because: Option<String>,
    /// Events of the round and milestones of the document: those with a day by it, then the others.
    pub dates: Vec<DateView>,
    /// The vote that decides.
    pub vote: Option<VoteView>,
}

/// A way to reply, or an address for questions.
#[derive(Clone, Debug, Serialize)]
pub struct WayView {
    /// What it is called: `E-mail`; empty where the link says it.
    pub by: String,
    /// The address as readers see it; of a page on the web its name.
    pub text: String,
    /// What a link leads to; none of plain words.
    pub href: Option<String>,
}

/// Something that takes place.
#[derive(Clone, Debug, Serialize)]
pub struct DateView {
    /// The day, where it is known.
    pub day: Option<Day>,
    /// When, in words, where it is not.
    pub expected: Option<String>,
    /// What.
    pub what: String,
    /// Where more is to be read.
    pub href: Option<String>,
}

/// A vote.
#[derive(Clone, Debug, Serialize)]
pub struct VoteView {
    /// Its state.
    pub state: State,
    /// The text that is voted on.
    pub draft: Option<Link>,
    /// To the page of the vote; none while it is not known which draft is voted on.
    pub page: Option<String>,
    /// The question as it is put.
    pub question: Option<String>,
    /// How votes are given.
    pub how: String,
    /// Who may vote.
    pub who: String,
    /// What carries it.
    pub threshold: String,
    /// Once it is known, how many of a hundred voted, and how many could: `Turnout 61.5 per cent`.
    pub turnout: Vec<String>,
}
