//! Feedback: whether what it names is there, whether it was answered in time, and who was never heard.
//!
//! In: a document as it may be seen, and what its texts say. Out: findings in feedback.yaml, in front matter and at
//! reasons. Whether feedback led to a change needs a comparison, and is told of elsewhere.

use super::links::{Fault, Links, Target};
use crate::config::{Config, Group};
use crate::diag::{self, Diagnostic, Place, did_you_mean};
use crate::markdown::reasons::Why;
use crate::paper::{Document, DraftName, Fate, Feedback, Round, Text};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// What is wrong with the feedback of a document, as it is seen on a day; `known` is all that its feedback.yaml has, seen
/// or not.
pub fn check(
    links: Links,
    config: &Config,
    (document, known): (&Document, &[Feedback]),
    today: Date,
) -> Vec<Diagnostic> {
    let mut found = references(document, known, links);
    found.extend(document.feedback.iter().filter_map(|own| about(links, document, own)));
    found.extend(document.feedback.iter().filter_map(|own| unanswered((document, known), own, today)));
    found.extend(never_heard(config, document, today));
    found
}

/// Reasons that name feedback which is not there.
fn references(document: &Document, known: &[Feedback], links: Links) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for draft in document.drafts.values() {
        let texts = std::iter::once(&draft.text).chain(draft.chapters.iter().map(|chapter| &chapter.text));
        found.extend(texts.flat_map(|text| in_text(known, text, links)));
        for removal in &draft.removed {
            let named = removal.because.iter().zip(&removal.because_places);
            found.extend(named.filter_map(|(id, place)| unknown(known, id, place.clone())));
        }
    }
    found
}

fn in_text(known: &[Feedback], text: &Text, links: Links) -> Vec<Diagnostic> {
    let comments = links.facts.get(text.path()).into_iter().flat_map(|facts| &facts.comments);
    let reasons = comments.filter_map(|(span, words)| Some((span, Why::read(words)?)));
    let named = reasons.flat_map(|(span, why)| why.because.into_iter().map(move |id| (span, id)));
    let findings = named.filter_map(|(span, id)| {
        let start = text.body_start + span.start;
        let comment = text.source.text.get(start..text.body_start + span.end).unwrap_or("");
        let at = comment.find(&id).map_or(start, |at| start + at);
        unknown(known, &id, text.source.place(at..at + id.len()))
    });
    findings.collect()
}

fn unknown(known: &[Feedback], id: &str, place: Place) -> Option<Diagnostic> {
    let known: Vec<_> = known.iter().map(|own| own.id.as_str()).collect();
    if known.contains(&id) {
        return None;
    }
    let finding = Diagnostic::at(&diag::FEEDBACK, place, format!("there is no feedback `{id}`"));
    let instead = match known.is_empty() {
        true => "write down what was said in feedback.yaml, in the folder of the document".to_owned(),
        false => format!("feedback.yaml has {}", known.join(", ")),
    };
    // Numbers are near to one another, whichever is meant.
    let is_numbered = id.ends_with(|c: char| c.is_ascii_digit());
    let near = did_you_mean(id, known.iter().copied()).filter(|_| !is_numbered);
    Some(finding.hint(near.unwrap_or(instead)))
}

/// Feedback about a place that is none; what was taken down was one.
fn about(links: Links, document: &Document, feedback: &Feedback) -> Option<Diagnostic> {
    let about = feedback.about.as_ref()?;
    if about.draft.as_ref().is_some_and(|draft| is_gone(document, draft)) {
        return None;
    }
    match links.resolve(&about.place.file, &about.target) {
        Ok(Target::Page(..)) | Err(Fault::Reported) => None,
        Err(fault) => links.finding(about.place.clone(), &about.target, fault),
        Ok(_) => {
            let message = format!("`{}` is no draft", about.target);
            let finding = Diagnostic::at(&diag::BROKEN_LINK, about.place.clone(), message);
            Some(finding.hint("write the relative path of a draft, and the number of a block: draft-1.md#p2-4"))
        }
    }
}

/// Whether a draft was taken down.
fn is_gone(document: &Document, draft: &DraftName) -> bool {
    let recorded = || document.lock.as_ref().is_some_and(|lock| lock.gone().contains(draft));
    !document.drafts.contains_key(draft) && recorded()
}

/// Feedback that is open behind the day on which a response was promised; it may be answered, and the answer still to
/// come.
fn unanswered((document, known): (&Document, &[Feedback]), feedback: &Feedback, today: Date) -> Option<Diagnostic> {
    let (round, due) = owed(document, feedback).filter(|(_, due)| *due < today)?;
    let written = known.iter().find(|own| own.id == feedback.id && own.outcome != Fate::Open);
    let (answer, hint) = match written.and_then(|own| own.answered) {
        Some(moment) => (
            format!("the answer to `{}` comes out on {}", feedback.id, moment.day),
            "take `answered` away, and it comes out with the next build",
        ),
        None => (format!("`{}` is not answered", feedback.id), "write `outcome: …` and `answer: …`"),
    };
    let message = format!("{answer}, and the response to round {} was due on {due}", round.number);
    Some(Diagnostic::at(&diag::UNANSWERED, feedback.place.clone(), message).hint(hint))
}

/// Until when an answer to open feedback is owed, and in which round; none where none was promised.
pub fn owed<'a>(document: &'a Document, feedback: &Feedback) -> Option<(&'a Round, Date)> {
    let round = round_of(document, feedback).filter(|_| feedback.outcome == Fate::Open)?;
    Some((round, round.response_due?))
}

/// The round in which something was said: that of the draft that it is about, else the one that was open then.
fn round_of<'a>(document: &'a Document, feedback: &Feedback) -> Option<&'a Round> {
    if let Some(draft) = feedback.about.as_ref().and_then(|about| about.draft.as_ref()) {
        return document.rounds.get(&draft.round);
    }
    let day = feedback.date?.day;
    document.rounds.values().rfind(|round| round.opens.is_some_and(|opens| opens <= day))
}

/// The groups that a document asks and of which nobody was heard, once a round is closed.
fn never_heard(config: &Config, document: &Document, today: Date) -> Option<Diagnostic> {
    let first = document.feedback.first()?;
    let silent = silent_groups(config, document, today);
    let titles: Vec<_> = silent.iter().map(|group| format!("“{}”", group.title)).collect();
    let name = &silent.first()?.name;
    let place = Place { line: 1, column: 1, width: 1, text: String::new(), ..first.place.clone() };
    let finding = Diagnostic::at(&diag::SILENT_GROUP, place, format!("nobody was heard of {}", titles.join(", ")));
    Some(finding.hint(format!("ask them; where they did speak, write `group: {name}` at what they said")))
}

/// The same as data, in the order of site.toml; none of a document without feedback, or before a round is closed.
pub fn silent_groups<'a>(config: &'a Config, document: &Document, today: Date) -> Vec<&'a Group> {
    let is_closed = document.rounds.values().any(|round| round.closes.is_some_and(|closes| closes < today));
    if document.feedback.is_empty() || !is_closed {
        return Vec::new();
    }
    let heard: BTreeSet<_> = document.feedback.iter().filter_map(|own| own.group.as_deref()).collect();
    let asked =
        config.groups.iter().filter(|group| document.groups.is_empty() || document.groups.contains(&group.name));
    asked.filter(|group| !heard.contains(group.name.as_str())).collect()
}
