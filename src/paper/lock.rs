//! The record of a document: what was published when, as `published.lock` holds it.
//!
//! Entries stand in the order in which they were made, each with its number. Below it are its fields, indented; the last
//! two are `before`, the seal of the entry before (zeros of the first), and `seal`: SHA-256 of the lines of the entry
//! down to `before`, each with a line feed. No entry holds words of a draft, since those might have to be taken down.
//! Behind the entries one line names the number and the seal of the last. Then come the texts that were sealed, each by
//! the number of its entry, every line behind `|`; they are covered by the digest in their entry, and one that had to be
//! taken down is missing. Where the record is published, an entry that may not be seen yet, or is void, has its two seals
//! alone (`3 withheld`).
//!
//! The seals hold no key. They show that something changed to whoever has an earlier seal, and prove nothing to whoever got
//! all of it from one hand.

mod written;

pub use written::{quoted, unquoted};

use super::DraftName;
use crate::diag::{self, Diagnostic, Source};
use crate::tree::Digest;
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::fmt;

/// What an entry tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Act {
    /// A draft was published.
    Published,
    /// A published draft was corrected, openly.
    Corrected,
    /// Words of a published draft were taken down and are not shown any more.
    Removed,
    /// A draft was taken down as a whole.
    TakenDown,
    /// Something that may not be seen yet.
    Withheld,
}

impl Act {
    /// All of them.
    pub const ALL: [Act; 5] = [Act::Published, Act::Corrected, Act::Removed, Act::TakenDown, Act::Withheld];

    /// Its word in the file.
    pub fn word(self) -> &'static str {
        match self {
            Act::Published => "published",
            Act::Corrected => "corrected",
            Act::Removed => "removed",
            Act::TakenDown => "taken-down",
            Act::Withheld => "withheld",
        }
    }
}

/// What happened to a draft, with the seal that holds since.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// From 1.
    pub number: usize,
    /// What happened.
    pub act: Act,
    /// To which draft.
    pub draft: DraftName,
    /// When.
    pub at: Timestamp,
    /// Why; of a publication none.
    pub note: Option<String>,
    /// The seal of the text; of a draft that was taken down as a whole, the one that it had.
    pub text: Digest,
    /// Each block by its name with its digest, and what it was called in the draft from which changes are counted.
    pub blocks: Vec<(String, Digest, Option<String>)>,
    /// The seal of the entry before.
    pub before: Digest,
    /// The seal of this entry.
    pub seal: Digest,
}

impl Entry {
    /// Whether the draft as a whole was taken down.
    pub fn is_gone(&self) -> bool {
        self.act == Act::TakenDown
    }

    /// An entry without anything in it.
    fn empty(number: usize, act: Act, draft: DraftName) -> Entry {
        Entry {
            number,
            act,
            draft,
            at: Timestamp::UNIX_EPOCH,
            note: None,
            text: Digest::zero(),
            blocks: Vec::new(),
            before: Digest::zero(),
            seal: Digest::zero(),
        }
    }

    /// Its seals alone.
    fn withheld(&self) -> Entry {
        let nothing = DraftName { round: 0, option: None };
        Entry { before: self.before, seal: self.seal, ..Entry::empty(self.number, Act::Withheld, nothing) }
    }

    /// What it is called in messages: `entry 2 (draft-1, published)`.
    pub fn label(&self) -> String {
        format!("entry {} ({}, {})", self.number, self.draft, self.act.word())
    }
}

/// The record of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lock {
    /// What happened, in its order.
    pub entries: Vec<Entry>,
    /// The texts that were sealed, by the numbers of their entries.
    pub kept: BTreeMap<usize, String>,
}

impl Lock {
    /// Reads a record, and proves its seals.
    pub fn read(source: &Source) -> Result<Lock, Box<Diagnostic>> {
        let (lock, lines) = written::read(&source.text).map_err(|fault| finding(source, &fault))?;
        let lines = Lines { are_kept: true, ..lines };
        lock.prove(&lines).map_err(|fault| finding(source, &fault))?;
        match lock.entries.iter().find(|entry| entry.act == Act::Withheld) {
            Some(entry) => {
                let line = lines.entries.get(entry.number - 1).copied().unwrap_or(1);
                Err(finding(
                    source,
                    &Fault::new(
                        line,
                        format!("entry {} is withheld: this is a record as it is published", entry.number),
                    ),
                ))
            }
            None => Ok(lock),
        }
    }

    /// Reads a record as it is published, where entries may be withheld; an error in words.
    pub fn read_published(text: &str) -> Result<Lock, String> {
        let (lock, lines) = written::read(text).map_err(|fault| fault.to_string())?;
        lock.prove(&lines).map_err(|fault| fault.to_string())?;
        Ok(lock)
    }

    /// What holds of a draft: the last entry about it.
    pub fn newest(&self, draft: &DraftName) -> Option<&Entry> {
        self.of(draft).last()
    }

    /// By what a draft came out: the first entry about it that holds.
    pub fn publication(&self, draft: &DraftName) -> Option<&Entry> {
        self.of(draft).next()
    }

    /// All entries about a draft that hold. What was recorded of a day to come is void where the draft was recorded anew,
    /// or taken back, before that day: nobody ever saw it.
    pub fn of<'a>(&'a self, draft: &DraftName) -> impl DoubleEndedIterator<Item = &'a Entry> + use<'a> {
        let draft = draft.clone();
        self.entries.iter().filter(move |entry| entry.draft == draft && !self.is_void(entry))
    }

    /// What a block of an entry is called in the text as it stands; none where it was taken out since.
    pub fn name_now(&self, entry: &Entry, name: &str) -> Option<String> {
        let (mut was, mut name) = (entry, name.to_owned());
        for is in self.of(&entry.draft).filter(|own| own.number > entry.number) {
            let digest = was.blocks.iter().find(|own| own.0 == name)?.1;
            let in_place = is.blocks.iter().find(|own| own.0 == name);
            let stays = in_place.filter(|own| own.1 == digest);
            let moved = || is.blocks.iter().find(|own| own.1 == digest);
            let changed = || in_place.filter(|own| was.blocks.iter().all(|was| was.1 != own.1));
            name = stays.or_else(moved).or_else(changed)?.0.clone();
            was = is;
        }
        Some(name)
    }

    /// Whether an entry does not hold: see [`Lock::of`].
    pub fn is_void(&self, entry: &Entry) -> bool {
        let own = || self.entries.iter().filter(|own| own.draft == entry.draft);
        let anew = own().any(|later| later.number > entry.number && later.act == Act::Published);
        let last = own().rfind(|own| own.act == Act::Published);
        let taken_back = |gone: &Entry| gone.is_gone() && last.is_some_and(|last| last.at > gone.at);
        entry.act != Act::Withheld && (anew || own().next_back().is_some_and(taken_back))
    }

    /// The drafts that were taken down as a whole.
    pub fn gone(&self) -> Vec<DraftName> {
        let gone = self.entries.iter().filter(|entry| entry.is_gone() && !self.is_void(entry));
        gone.map(|entry| entry.draft.clone()).collect()
    }

    /// Forgets the last entry, which nobody has seen yet, if it is about a draft.
    pub fn take_back(&mut self, draft: &DraftName) {
        if self.entries.last().is_some_and(|entry| entry.draft == *draft) {
            self.kept.remove(&self.entries.len());
            self.entries.pop();
        }
    }

    /// The last seal; zeros where nothing is recorded.
    pub fn seal(&self) -> Digest {
        self.entries.last().map_or(Digest::zero(), |entry| entry.seal)
    }

    /// Adds what happened, with the text that holds since. Words of the draft that nobody has seen, since it was recorded
    /// for a day to come, are not kept.
    pub fn add(&mut self, event: Deed, contents: Contents) {
        if event.act == Act::Published {
            self.forget(&event.draft);
        }
        let Contents { text, blocks } = contents;
        self.push(Entry {
            number: 0,
            act: event.act,
            draft: event.draft,
            at: event.at,
            note: event.note,
            text: Digest::of(text.as_bytes()),
            blocks,
            before: Digest::zero(),
            seal: Digest::zero(),
        });
        self.kept.insert(self.entries.len(), text);
    }

    /// Adds that a draft was taken down as a whole. No words of it are kept.
    pub fn take_down(&mut self, event: Deed) {
        let Some(last) = self.newest(&event.draft).cloned() else { return };
        self.forget(&event.draft);
        let Deed { act, draft, at, note } = event;
        self.push(Entry { at, note, text: last.text, ..Entry::empty(0, act, draft) });
    }

    /// Forgets the words of a draft that were sealed so far; their digests stay.
    pub fn forget(&mut self, draft: &DraftName) {
        let own = self.entries.iter().filter(|entry| entry.draft == *draft);
        let numbers: Vec<_> = own.map(|entry| entry.number).collect();
        numbers.iter().for_each(|number| _ = self.kept.remove(number));
    }

    /// What of the record may be seen: of another entry its seals alone, and none behind the last that may be seen.
    #[must_use]
    pub fn seen(&self, is_seen: impl Fn(&Entry) -> bool) -> Lock {
        let count = self.entries.iter().rposition(&is_seen).map_or(0, |at| at + 1);
        let entry = |entry: &Entry| if is_seen(entry) { entry.clone() } else { entry.withheld() };
        let entries: Vec<_> = self.entries.iter().take(count).map(entry).collect();
        let kept = self
            .kept
            .iter()
            .filter(|(number, _)| entries.iter().any(|own| own.number == **number && own.act != Act::Withheld));
        Lock { kept: kept.map(|(number, text)| (*number, text.clone())).collect(), entries }
    }

    fn push(&mut self, entry: Entry) {
        let mut entry = Entry { number: self.entries.len() + 1, before: self.seal(), ..entry };
        entry.seal = entry.own_seal();
        self.entries.push(entry);
    }

    /// The first thing that is not as it was sealed.
    fn prove(&self, lines: &Lines) -> Result<(), Fault> {
        let mut before = Digest::zero();
        for (at, entry) in self.entries.iter().enumerate() {
            let line = lines.entries.get(at).copied().unwrap_or(1);
            if entry.number != at + 1 {
                let message = format!("{} stands where entry {} was", entry.label(), at + 1);
                return Err(Fault::new(line, message));
            }
            if entry.act != Act::Withheld && entry.own_seal() != entry.seal {
                return Err(Fault::new(
                    line,
                    format!("{} is not as it was written: its seal does not fit", entry.label()),
                ));
            }
            if entry.before != before {
                let message =
                    format!("{} does not follow the one before it: one of the two was exchanged", entry.label());
                return Err(Fault::new(line, message));
            }
            before = entry.seal;
        }
        if lines.last != (self.entries.len(), before) {
            let (number, _) = lines.last;
            let message = match number.cmp(&self.entries.len()) {
                std::cmp::Ordering::Greater => format!("entry {number}, the last one, is missing"),
                _ => format!("the last entry is not the one that `last` names, entry {number}"),
            };
            return Err(Fault::new(lines.last_line, message));
        }
        self.prove_kept(lines)
    }

    /// The words that were sealed are kept, but for those that were taken down later.
    fn prove_kept(&self, lines: &Lines) -> Result<(), Fault> {
        for (number, text) in &self.kept {
            let entry = number.checked_sub(1).and_then(|at| self.entries.get(at));
            if entry.is_none_or(|entry| entry.text != Digest::of(text.as_bytes())) {
                let line = lines.kept.get(number).copied().unwrap_or(1);
                return Err(Fault::new(
                    line,
                    format!("the words kept of entry {number} are not those that were sealed"),
                ));
            }
        }
        let is_owed = |entry: &&Entry| {
            let later = self.entries.iter().filter(|own| own.draft == entry.draft && own.number > entry.number);
            let mut taken = later.filter(|own| matches!(own.act, Act::Removed | Act::TakenDown));
            !matches!(entry.act, Act::Withheld | Act::TakenDown) && taken.next().is_none() && !self.is_void(entry)
        };
        let is_missing = |entry: &&Entry| !self.kept.contains_key(&entry.number);
        match self.entries.iter().filter(is_owed).find(is_missing) {
            Some(entry) if lines.are_kept => {
                let line = lines.entries.get(entry.number - 1).copied().unwrap_or(1);
                Err(Fault::new(
                    line,
                    format!("the words of {} are not kept, and they were never taken down", entry.label()),
                ))
            }
            _ => Ok(()),
        }
    }
}

/// What a seal covers.
#[derive(Clone, Debug)]
pub struct Contents {
    /// The draft in the form that is sealed.
    pub text: String,
    /// Each block by its name with its digest, and what it was called in the draft from which changes are counted.
    pub blocks: Vec<(String, Digest, Option<String>)>,
}

/// What is to be recorded.
#[derive(Clone, Debug)]
pub struct Deed {
    /// What happened.
    pub act: Act,
    /// To which draft.
    pub draft: DraftName,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub note: Option<String>,
}

/// Where things stand in the file, by lines from 1, and what its line `last` says.
#[derive(Debug)]
pub(super) struct Lines {
    pub(super) entries: Vec<u32>,
    pub(super) kept: BTreeMap<usize, u32>,
    pub(super) last: (usize, Digest),
    pub(super) last_line: u32,
    /// Whether the words that were sealed have to be there, as in a site, and not as it is published.
    pub(super) are_kept: bool,
}

impl Default for Lines {
    fn default() -> Self {
        Lines { entries: Vec::new(), kept: BTreeMap::new(), last: (0, Digest::zero()), last_line: 0, are_kept: false }
    }
}

/// What is wrong with a record.
#[derive(Debug)]
pub(super) struct Fault {
    line: u32,
    message: String,
}

impl Fault {
    pub(super) fn new(line: u32, message: impl Into<String>) -> Fault {
        Fault { line, message: message.into() }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

fn finding(source: &Source, fault: &Fault) -> Box<Diagnostic> {
    let hint = "take the file back from an earlier copy of the site: `greenpaper publish` adds to it, and nothing else changes it";
    Box::new(Diagnostic::at(&diag::RECORD, source.place_at(fault.line as usize, 1), fault.message.clone()).hint(hint))
}
