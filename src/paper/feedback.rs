//! What was said about a document and what became of it: `feedback.yaml`, a list; and why passages were removed.
//!
//! In: the source of the file, or the front matter of a draft. Out: entries in the order of the file, and what is wrong
//! with them. Whether what they name is there is looked up later, by `check`.

use super::around::Around;
use super::fields::{Fields, Word};
use super::yaml;
use super::{DraftName, Lead, Moment, dates, keys};
use crate::config::Config;
use crate::diag::{self, Diagnostic, Place, Source, nearest};
use std::collections::BTreeMap;

/// Something that was said about a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feedback {
    /// By what reasons name it: `F1`.
    pub id: String,
    /// When it was said.
    pub date: Option<Moment>,
    /// Who said it; in a [`super::Site`] only where the name may be shown.
    pub from: Option<String>,
    /// Whether the name may be shown.
    pub publish_name: bool,
    /// The group that spoke.
    pub group: Option<String>,
    /// How many said it.
    pub voices: u64,
    /// The draft or block that it is about.
    pub about: Option<About>,
    /// The words, or what they come to.
    pub said: String,
    /// Where it is to be read in full.
    pub source: Option<Lead>,
    /// What became of it.
    pub outcome: Fate,
    /// Why.
    pub answer: Option<String>,
    /// When the answer is published; at once where there is none.
    pub answered: Option<Moment>,
    /// Where its id stands.
    pub place: Place,
}

/// The draft or block that feedback is about, as its author wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// A path as seen from feedback.yaml, with an id behind `#`.
    pub target: String,
    /// The draft of the same document that it lies in, if it does.
    pub draft: Option<DraftName>,
    /// Where it is written.
    pub place: Place,
}

/// What became of feedback.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fate {
    /// Taken up as it was said.
    Adopted,
    /// Taken up in another way.
    Adapted,
    /// Not taken up.
    Rejected,
    /// Left to a later draft.
    Later,
    /// Not answered yet.
    #[default]
    Open,
}

/// The words for what became of feedback.
const FATES: [(&str, Fate); 5] = [
    ("adopted", Fate::Adopted),
    ("adapted", Fate::Adapted),
    ("rejected", Fate::Rejected),
    ("later", Fate::Later),
    ("open", Fate::Open),
];

impl Fate {
    /// Its word in feedback.yaml.
    pub fn word(self) -> &'static str {
        FATES.iter().find(|(_, fate)| *fate == self).map_or("", |(word, _)| word)
    }
}

/// Why a passage of the base was removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removal {
    /// The number or the id of the block, or the name of the chapter, without `#`.
    pub was: String,
    /// Why.
    pub why: String,
    /// The ids of the feedback that led to it.
    pub because: Vec<String>,
    /// Where `was` stands.
    pub place: Place,
    /// Where each of `because` stands.
    pub because_places: Vec<Place>,
}

/// Reads `feedback.yaml` of the document in a folder.
pub(super) fn read(source: &Source, config: &Config, around: &Around) -> (Vec<Feedback>, Vec<Diagnostic>) {
    let items = match yaml::read_list(&source.text) {
        Ok(items) => items,
        Err(fault) => {
            let finding = Diagnostic::at(&diag::YAML_SYNTAX, source.place_at(fault.line, fault.column), fault.message);
            let hint =
                "begin each entry on a line of its own: - id: …, its other keys below it, indented by two spaces";
            return (Vec::new(), vec![finding.hint(hint)]);
        }
    };
    let mut file = Fields::of_file(source, config);
    let mut feedback = Vec::new();
    let mut lines: BTreeMap<String, u32> = BTreeMap::new();
    for mut entry in file.entries_of("feedback.yaml", items, &keys::FEEDBACK) {
        let id = entry.id(&mut lines);
        feedback.extend(one(&mut entry, id, around));
        file.found.append(&mut entry.found);
    }
    (feedback, file.found)
}

/// An entry; none without an id.
fn one(entry: &mut Fields, id: Option<Word>, around: &Around) -> Option<Feedback> {
    let about = entry.word("about").map(|word| entry.about(word));
    let (outcome, answer) = (entry.fate(), entry.text("answer"));
    let voices = entry.whole("voices");
    if voices == Some(0) {
        let range = entry.key_range("voices");
        entry.report(&diag::BAD_VALUE, range, "`voices: 0` says that nobody said it", "write how many said it");
    }
    let feedback = Feedback {
        id: String::new(),
        date: entry.moment("date"),
        from: entry.text("from"),
        publish_name: entry.flag("publish_name").unwrap_or(false),
        group: entry.group(),
        voices: voices.unwrap_or(1),
        about,
        said: entry.text("said").unwrap_or_default(),
        source: entry.lead("source", around),
        outcome,
        answer,
        answered: entry.moment("answered"),
        place: entry.source.place(id.as_ref().map_or(0..0, |id| id.range.clone())),
    };
    id.map(|id| Feedback { id: id.text, ..feedback })
}

/// Reads `removed` of a draft.
pub(super) fn removals(fields: &mut Fields) -> Vec<Removal> {
    let mut removals = Vec::new();
    for mut entry in fields.list_of("removed") {
        let (was, why, because) = (entry.word("was"), entry.text("why"), entry.words("because").unwrap_or_default());
        let because_places = because.iter().map(|word| entry.source.place(word.range.clone())).collect();
        let because = because.into_iter().map(|word| word.text).collect();
        removals.extend(was.zip(why).map(|(was, why)| Removal {
            was: was.text.trim_start_matches('#').to_owned(),
            why,
            because,
            place: entry.source.place(was.range),
            because_places,
        }));
        fields.found.append(&mut entry.found);
    }
    removals
}

impl Fields<'_> {
    /// The id of an entry, which no other has.
    fn id(&mut self, lines: &mut BTreeMap<String, u32>) -> Option<Word> {
        let word = self.word("id")?;
        if !is_id(&word.text) {
            let message = format!("`{}` cannot be an id", word.text);
            let hint = "begin with a letter and go on with letters, digits and hyphens: F1, hub-hours";
            self.report(&diag::BAD_VALUE, word.range, message, hint);
            return None;
        }
        let line = self.source.place(word.range.clone()).line;
        if let Some(first) = lines.get(&word.text) {
            let message = format!("the id `{}` stands here a second time", word.text);
            self.report(
                &diag::DUPLICATE_KEY,
                word.range,
                message,
                format!("the first is in line {first}: give this one another"),
            );
            return None;
        }
        lines.insert(word.text.clone(), line);
        Some(word)
    }

    fn about(&self, word: Word) -> About {
        let path = word.text.split('#').next().unwrap_or_default();
        let folder = self.source.path.parent();
        let file = self.source.path.resolve(path).filter(|_| !path.is_empty());
        let below = file.as_ref().and_then(|file| file.below(&folder));
        let first =
            below.and_then(|below| below.split('/').next()).map(|first| first.trim_end_matches(".md").to_owned());
        let draft = first.and_then(|first| DraftName::parse(&first));
        About { target: word.text, draft, place: self.source.place(word.range) }
    }

    /// What became of feedback; what was not taken up needs an answer.
    fn fate(&mut self) -> Fate {
        let Some(word) = self.word("outcome") else { return Fate::Open };
        let Some((_, fate)) = FATES.iter().find(|(name, _)| *name == word.text) else {
            let names = FATES.map(|(name, _)| name);
            let hint = match nearest(&word.text.to_lowercase(), names) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("an outcome is one of {}", names.join(", ")),
            };
            self.report(&diag::BAD_VALUE, word.range, format!("unknown outcome `{}`", word.text), hint);
            return Fate::Open;
        };
        if matches!(fate, Fate::Rejected | Fate::Later) && !self.says("answer") {
            let message = format!("`outcome: {}` needs the key `answer`", word.text);
            self.report(&diag::MISSING_KEY, word.range, message, "write `answer: …` with the reason, in a sentence");
        }
        *fate
    }

    /// A day, or a moment of a day.
    fn moment(&mut self, name: &str) -> Option<Moment> {
        let word = self.word(name)?;
        let read = dates::moment(&word.text, &self.config.timezone);
        self.dated(name, word.range, read)
    }

    /// One group.
    fn group(&mut self) -> Option<String> {
        let word = self.word("group")?;
        self.check_group(&word);
        Some(word.text).filter(|name| self.config.group(name).is_some())
    }
}

/// Whether a text can be the id of feedback: an id of a page, in a class of its own.
fn is_id(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic()) && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

#[cfg(test)]
mod tests {
    use super::super::sample::{DRAFT, INDEX, archive, check as check_site};
    use super::*;

    const AT: &str = "content/proposals/a/feedback.yaml";

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let files = [("content/proposals/a/index.md", INDEX), ("content/proposals/a/draft-1.md", DRAFT), (AT, text)];
        check_site(&files, expected);
    }

    #[test]
    fn an_entry_is_read_whole() {
        let text = "- id: F1\n  date: 2021-08-05\n  from: A\n  voices: 12\n  about: draft-1.md#p1\n  said: B\n  \
                    outcome: later\n  answer: C\n- id: F2\n  date: 2021-08-06\n  said: D\n";
        let archive =
            archive(&[("content/proposals/a/index.md", INDEX), ("content/proposals/a/draft-1.md", DRAFT), (AT, text)]);
        let feedback = &archive.document("proposals", "a").expect("a document").feedback;
        let first = &feedback[0];
        assert_eq!((first.id.as_str(), first.voices, first.outcome.word()), ("F1", 12, "later"));
        assert_eq!(first.about.as_ref().and_then(|about| about.draft.as_ref()).map(|name| name.round), Some(1));
        assert_eq!((feedback[1].voices, feedback[1].outcome, feedback[1].publish_name), (1, Fate::Open, false));
    }

    #[test]
    fn what_is_wrong_is_told_in_its_place() {
        check(
            "- id: F 1\n  date: 2021-08-05\n  said: B\n",
            &["proposals/a/feedback.yaml:1:7 bad-value: `F 1` cannot be an id; "],
        );
        check(
            "- id: F1\n  date: 2021-08-05\n  said: B\n- id: F1\n  date: 2021-08-05\n  said: B\n",
            &["proposals/a/feedback.yaml:4:7 duplicate-key: the id `F1` stands here a second time; "],
        );
        check(
            "- id: F1\n  date: 2021-08-05\n  said: B\n  outcome: rejected\n",
            &["proposals/a/feedback.yaml:4:12 missing-key: `outcome: rejected` needs the key `answer`; "],
        );
        check(
            "- id: F1\n  date: 2021-08-05\n  said: B\n  outcome: adoptet\n",
            &["proposals/a/feedback.yaml:4:12 bad-value: unknown outcome `adoptet`; did you mean `adopted`?"],
        );
        check(
            "- id: F1\n  date: 5 August\n  said: B\n  voices: 0\n",
            &["proposals/a/feedback.yaml:2:9 bad-date: ", "proposals/a/feedback.yaml:4:3 bad-value: "],
        );
    }
}
