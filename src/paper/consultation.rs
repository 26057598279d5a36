//! What readers are asked and told about taking part: ways to reply, events, the vote, what comes when.
//!
//! Plain data. What may be seen of it is decided in `visible`, as for all else.

use super::DraftName;
use crate::path::SitePath;
use jiff::Timestamp;
use jiff::civil::Date;

/// What readers of a proposal or a strategy are asked and told. Rounds are in [`super::Document::rounds`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Consultation {
    /// What they are asked, in a sentence or two.
    pub asked: Option<String>,
    /// What is settled and not open to influence.
    pub already_decided: Vec<String>,
    /// How to get the paper in another form.
    pub alternative_formats: Option<String>,
    /// What happens to replies.
    pub privacy: Option<String>,
    /// The vote that decides.
    pub vote: Option<Vote>,
    /// What else happens, in the order of the file.
    pub milestones: Vec<Milestone>,
}

/// A way to reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// What it is called: `E-mail`.
    pub by: String,
    /// Where a reply goes.
    pub to: To,
}

/// Where a reply goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum To {
    /// An e-mail address, without `mailto:`.
    Mail(String),
    /// An address that begins with `https://`.
    Web(String),
    /// A telephone number as it is written, without `tel:`.
    Phone(String),
    /// Words, such as a postal address.
    Words(String),
}

impl To {
    /// As readers see it.
    pub fn words(&self) -> &str {
        match self {
            To::Mail(words) | To::Web(words) | To::Phone(words) | To::Words(words) => words,
        }
    }

    /// What a link leads to; none of plain words.
    pub fn href(&self) -> Option<String> {
        match self {
            To::Mail(mail) => Some(format!("mailto:{mail}")),
            To::Web(web) => Some(web.clone()),
            To::Phone(number) => Some(format!("tel:{}", number.replace(' ', ""))),
            To::Words(_) => None,
        }
    }
}

/// Something that takes place on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The day.
    pub date: Date,
    /// What it is.
    pub what: String,
    /// Where more is to be read.
    pub link: Option<Lead>,
}

/// Where more is to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lead {
    /// An address that begins with `https://`.
    Web(String),
    /// A Markdown file, from the root of the site; in a [`super::Site`] only one that may be seen.
    File(SitePath),
}

/// A vote on a draft.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Vote {
    /// The text that is voted on; in a [`super::Site`] only one that may be seen.
    pub draft: Option<DraftName>,
    /// The question as it is put.
    pub question: Option<String>,
    /// How votes are given.
    pub how: String,
    /// Who may vote.
    pub who: String,
    /// How many votes carry it.
    pub threshold: String,
    /// The first day.
    pub opens: Option<Date>,
    /// The last day.
    pub closes: Option<Date>,
    /// When, in words, while `opens` is not known.
    pub expected: Option<String>,
    /// What came of it; in a [`super::Site`] only once the vote is closed.
    pub result: Option<VoteResult>,
}

/// What came of a vote.
#[derive(Clone, Debug, PartialEq)]
pub struct VoteResult {
    /// Votes for the draft.
    pub in_favour: u64,
    /// Votes against it.
    pub against: u64,
    /// How many of a hundred who could vote did, as it is written.
    pub turnout: Option<f64>,
    /// How many could vote.
    pub eligible: Option<u64>,
    /// The first moment at which it can be known: when the last day of the vote is over.
    pub from: Timestamp,
}

impl VoteResult {
    /// The votes that were given.
    pub fn cast(&self) -> u64 {
        self.in_favour.saturating_add(self.against)
    }

    /// How many of a hundred who could vote did: as it is written, else reckoned, where both numbers are
    /// known.
    pub fn turnout(&self) -> Option<f64> {
        let reckoned = |eligible: u64| 100.0 * self.cast() as f64 / eligible as f64;
        self.turnout.or(self.eligible.filter(|eligible| *eligible > 0).map(reckoned))
    }
}

/// Something that is to happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Milestone {
    /// When.
    pub when: When,
    /// What.
    pub what: String,
}

/// A day, or what is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum When {
    /// The day.
    Day(Date),
    /// In words: `early 2022`.
    Expected(String),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_replies_go_is_a_link_where_it_can_be() {
        let check = |to: To, href: Option<&str>| assert_eq!(to.href().as_deref(), href, "{to:?}");
        check(To::Mail("a@example.org".into()), Some("mailto:a@example.org"));
        check(To::Web("https://example.org/form".into()), Some("https://example.org/form"));
        check(To::Phone("+44 20 7946 0000".into()), Some("tel:+442079460000"));
        check(To::Words("Freepost REVIEW".into()), None);
    }

    #[test]
    fn a_turnout_that_is_not_written_is_reckoned() {
        let result = |turnout, eligible| {
            VoteResult { in_favour: 60, against: 20, turnout, eligible, from: Timestamp::UNIX_EPOCH }.turnout()
        };
        assert_eq!(result(Some(61.5), Some(160)), Some(61.5));
        assert_eq!(result(None, Some(160)), Some(50.0));
        assert_eq!((result(None, Some(0)), result(None, None)), (None, None));
    }
}
