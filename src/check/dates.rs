//! Days that do not fit one another: of rounds, drafts, votes and letters.
//!
//! In: an archive. Out: findings that each name both days. Of a document with a year that cannot be meant only
//! that year is told, and what was misread is not missed.

use super::years;
use crate::config::Kind;
use crate::diag::{self, Diagnostic};
use crate::paper::{Archive, Document, Draft, Round, Step, Text};
use crate::path::SitePath;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// What is wrong with the days of all documents.
pub fn check(archive: &Archive) -> Vec<Diagnostic> {
    let mut found = years::check(archive);
    let odd: BTreeSet<_> = found.iter().filter_map(|own| Some(own.place.as_ref()?.file.clone())).collect();
    let mut more = Vec::new();
    for document in archive.documents.values() {
        let drafts = || document.drafts.values().map(|draft| &draft.text);
        let Some(head) = document.index.as_ref().or(drafts().next()) else { continue };
        let none_of = |files: &BTreeSet<SitePath>| drafts().chain([head]).all(|text| !files.contains(text.path()));
        if none_of(&odd) {
            more.extend(Paper { document, head }.check(none_of(&archive.misread)));
        }
    }
    found.append(&mut more);
    found
}

/// A document with the text that says what holds for all of it.
struct Paper<'a> {
    document: &'a Document,
    head: &'a Text,
}

impl Paper<'_> {
    /// All findings; `whole` where nothing was misread, so that what is not there is missing.
    fn check(&self, whole: bool) -> Vec<Diagnostic> {
        let listed = self.head.place_of(&[Step::Key("rounds")]).is_some();
        let rounds = || self.document.rounds.values().filter(move |_| listed);
        let drafts = || self.document.drafts.values();
        let mut found: Vec<_> = rounds().filter(|_| whole).filter_map(|round| self.unsaid(round)).collect();
        found.extend(rounds().filter_map(|round| self.overlap(round)));
        found.extend(drafts().filter_map(|draft| self.before(draft)));
        found.extend(drafts().filter_map(|draft| self.late(draft)));
        found.extend(self.vote());
        found.extend(self.name());
        found.extend(drafts().next().and_then(|draft| self.ahead(draft)));
        found
    }

    /// A round with a draft that is out for comment, without an entry or without a last day.
    fn unsaid(&self, round: &Round) -> Option<Diagnostic> {
        let number = round.number;
        let asked = |draft: &&Draft| draft.status.is_none() && draft.published.is_some();
        let draft = self.document.round(number).find(asked)?;
        let published = format!("{} is published on {}", self.called(draft), draft.published?.day);
        if self.head.place_of(&of_round(number, "round")).is_none() {
            let hint = format!("add an entry to `rounds`: - round: {number}, with `opens` and `closes`");
            let message = format!("{published}, but `rounds` has no round {number}");
            return Some(self.finding(&[Step::Key("rounds")], message, hint));
        }
        let message = format!("{published}, but round {number} has no `closes`");
        let hint = "write `closes` with the last day for comments";
        round.closes.is_none().then(|| self.finding(&of_round(number, "round"), message, hint))
    }

    /// A round that opens before an earlier one closes.
    fn overlap(&self, round: &Round) -> Option<Diagnostic> {
        let opens = round.opens?;
        let earlier = self.document.rounds.range(..round.number).map(|(_, earlier)| earlier);
        let (last, closes) = last_day(earlier).filter(|(_, closes)| opens < *closes)?;
        let message = format!("round {} opens on {opens}, before round {last} closes on {closes}", round.number);
        let hint = format!("change `opens` of round {} or `closes` of round {last}", round.number);
        Some(self.finding(&of_round(round.number, "opens"), message, hint))
    }

    /// A draft that is published before one of an earlier round.
    fn before(&self, draft: &Draft) -> Option<Diagnostic> {
        let own = draft.published?;
        let earlier = self.document.drafts.values().filter(|other| other.name.round < draft.name.round);
        let latest = earlier.filter(|other| other.published.is_some()).max_by_key(|other| other.published)?;
        let other = latest.published.filter(|published| *published > own)?;
        let (name, latest) = (&draft.name, &latest.name);
        let message = format!("{name} is published on {}, before {latest} on {}", own.day, other.day);
        Some(published(draft, message, format!("change `published` of {name} or of {latest}")))
    }

    /// A draft that is published after its round has closed.
    fn late(&self, draft: &Draft) -> Option<Diagnostic> {
        let day = draft.published?.day;
        let round = self.document.rounds.get(&draft.name.round)?;
        let is_over = |closes: &Date| *closes < day && round.opens.is_none_or(|opens| opens <= *closes);
        let closes = round.closes.filter(is_over)?;
        let number = draft.name.round;
        let message = format!("{} is published on {day}, after round {number} closes on {closes}", self.called(draft));
        Some(published(draft, message, format!("change `published`, or `closes` of round {number}")))
    }

    /// A vote that opens before the last round closes. Where it also closes before, that is told already.
    fn vote(&self) -> Option<Diagnostic> {
        let vote = self.document.consultation.vote.as_ref()?;
        let opens = vote.opens?;
        let (last, closes) = last_day(self.document.rounds.values()).filter(|(_, closes)| opens < *closes)?;
        if vote.closes.is_some_and(|own| own < closes) {
            return None;
        }
        let message = format!("the vote opens on {opens}, before round {last} closes on {closes}");
        let hint = format!("change `opens` of the vote or `closes` of round {last}");
        Some(self.finding(&[Step::Key("vote"), Step::Key("opens")], message, hint))
    }

    /// A letter or an update whose file name has another date than it bears.
    fn name(&self) -> Option<Diagnostic> {
        let date = self.document.date?;
        let named: Date = self.document.name.get(..10)?.parse().ok().filter(|named| *named != date)?;
        let message = format!("`date` is {date}, but the name of the file says {named}");
        let hint = "correct `date`, or the name of the file while nobody has its address";
        Some(self.finding(&[Step::Key("date")], message, hint))
    }

    /// A letter or an update that bears a later date than that of its publication.
    fn ahead(&self, draft: &Draft) -> Option<Diagnostic> {
        let day = draft.published?.day;
        let date = self.document.date.filter(|date| *date > day)?;
        let what = if self.document.kind == Kind::Letter { "letter" } else { "update" };
        let message = format!("the {what} is dated {date}, after it is published on {day}");
        Some(self.finding(&[Step::Key("date")], message, "change `date` or `published`"))
    }

    /// What a draft is called in a finding.
    fn called(&self, draft: &Draft) -> String {
        if self.document.lone { "the paper".to_owned() } else { draft.name.to_string() }
    }

    fn finding(&self, way: &[Step], message: String, hint: impl Into<String>) -> Diagnostic {
        finding(self.head, way, message).hint(hint)
    }
}

fn published(draft: &Draft, message: String, hint: String) -> Diagnostic {
    finding(&draft.text, &[Step::Key("published")], message).hint(hint)
}

fn finding(text: &Text, way: &[Step], message: String) -> Diagnostic {
    let place = text.place_of(way).unwrap_or_else(|| text.source.place(0..0));
    Diagnostic::at(&diag::DATES, place, message)
}

/// The way to a key of a round.
fn of_round(number: u32, key: &'static str) -> [Step; 3] {
    [Step::Key("rounds"), Step::Entry("round", number.to_string()), Step::Key(key)]
}

/// The last day of some rounds, with the number of the round that closes on it.
fn last_day<'r>(rounds: impl Iterator<Item = &'r Round>) -> Option<(u32, Date)> {
    rounds.filter_map(|round| Some((round.number, round.closes?))).max_by_key(|(number, closes)| (*closes, *number))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::tree::Tree;

    #[track_caller]
    fn check(rounds: &str, drafts: [&str; 2], expected: &[&str]) {
        let index = format!("---\ntitle: A\nsummary: B\nrounds: {rounds}\n---\n");
        let [one, two] = drafts.map(|keys| format!("---\n{keys}\n---\nText.\n"));
        let files = [("index", &index), ("draft-1", &one), ("draft-2", &two)];
        let files = files.map(|(name, text)| (format!("content/proposals/a/{name}.md"), text.as_str()));
        let tree: Tree = files.iter().map(|(path, text)| (path.as_str(), *text)).collect();
        let (archive, _) = Archive::read(&tree, &Config::default());
        let found: Vec<_> = super::check(&archive).into_iter().map(|finding| finding.message).collect();
        assert_eq!(found, expected);
    }

    const DRAFTS: [&str; 2] = ["published: 2021-08-05", "published: 2021-09-05"];

    #[test]
    fn days_that_touch_fit() {
        let first = "{round: 1, opens: 2021-08-05, closes: 2021-09-05}";
        check(&format!("[{first}, {{round: 2, opens: 2021-09-05, closes: 2021-09-05}}]"), DRAFTS, &[]);
        check(&format!("[{first}, {{round: 2, closes: 2021-09-05}}, {{round: 3}}]"), DRAFTS, &[]);
    }

    #[test]
    fn nobody_is_asked_about_a_draft_that_is_decided_or_not_out() {
        let rounds = "[{round: 1, closes: 2021-08-31}]";
        check(rounds, [DRAFTS[0], "published: 2021-09-05\nstatus: final"], &[]);
        check(rounds, [DRAFTS[0], "note: To come."], &[]);
        check(rounds, DRAFTS, &["draft-2 is published on 2021-09-05, but `rounds` has no round 2"]);
    }

    #[test]
    fn what_was_misread_is_not_missing() {
        check("[{round: 1, close: 2021-08-31}, {round: two}]", DRAFTS, &[]);
        check("[{round: 1}]", [DRAFTS[0], "published: 2021-09-05\nstatus: Final"], &[]);
    }

    #[test]
    fn a_gap_of_fifty_years_can_be_meant() {
        let rounds = |closes: &str| format!("[{{round: 1, closes: {closes}}}, {{round: 2, closes: {closes}}}]");
        check(&rounds("2071-09-05"), DRAFTS, &[]);
        let message =
            "`closes` is 2072-09-05, more than 50 years after 2021-09-05, the last of the other dates of the site";
        check(&rounds("2072-09-05"), DRAFTS, &[message, message]);
        check(&rounds("1990-01-01"), ["", ""], &[]);
        check(&rounds("1989-01-01"), ["", ""], &["`closes` is 1989-01-01, before 1990"; 2]);
    }
}
