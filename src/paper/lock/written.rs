//! The record as text: how it is written, and read.

use super::{Act, Entry, Fault, Lines, Lock};
use crate::paper::DraftName;
use crate::tree::Digest;
use std::collections::BTreeMap;
use std::fmt::{self, Write as _};

/// What every record begins with.
const HEAD: &str = "# What was published here, and when. `greenpaper publish` adds to this file; nothing else changes it.\n\
                    # greenpaper record 1\n";

impl fmt::Display for Lock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(HEAD)?;
        for entry in &self.entries {
            write!(f, "\n{}  seal: {}\n", entry.sealed_lines(), entry.seal)?;
        }
        writeln!(f, "\nlast: {} {}", self.entries.len(), self.seal())?;
        for (number, text) in &self.kept {
            writeln!(f, "\ntext: {number}")?;
            text.lines().try_for_each(|line| writeln!(f, "|{line}"))?;
        }
        Ok(())
    }
}

impl Lock {
    /// The record without the texts that were sealed, as it is published.
    pub fn without_texts(&self) -> String {
        Lock { entries: self.entries.clone(), kept: BTreeMap::new() }.to_string()
    }
}

impl Entry {
    /// The seal that fits what the entry says.
    pub(super) fn own_seal(&self) -> Digest {
        Digest::of(self.sealed_lines().as_bytes())
    }

    /// Its lines, down to `before`.
    fn sealed_lines(&self) -> String {
        if self.act == Act::Withheld {
            return format!("{} {}\n  before: {}\n", self.number, self.act.word(), self.before);
        }
        let mut lines = format!("{} {} {}\n", self.number, self.act.word(), self.draft);
        let mut field = |name: &str, value: &str| _ = writeln!(lines, "  {name}: {value}");
        field("at", &self.at.to_string());
        self.note.iter().for_each(|note| field("note", &quoted(note)));
        field("text", &self.text.to_string());
        for (name, digest, from) in &self.blocks {
            let from = from.as_ref().map_or(String::new(), |from| format!(" from {from}"));
            field("block", &format!("{digest} {name}{from}"));
        }
        field("before", &self.before.to_string());
        lines
    }
}

/// Reads a record; whether its seals fit is not looked at.
pub(super) fn read(text: &str) -> Result<(Lock, Lines), Fault> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (mut lock, mut lines) = (Lock::default(), Lines::default());
    if !text.lines().any(|line| line == "# greenpaper record 1") {
        return Err(Fault::new(1, "this is not a record that this version of greenpaper can read"));
    }
    let mut open: Option<Entry> = None;
    let mut kept: Option<usize> = None;
    for (number, line) in (1..).zip(text.lines()) {
        let wrong = || Fault::new(number, format!("`{}` is no line of a record", line.trim()));
        if let Some(words) = line.strip_prefix('|') {
            let text = kept.and_then(|at| lock.kept.get_mut(&at)).ok_or_else(wrong)?;
            text.push_str(words);
            text.push('\n');
        } else if let Some(field) = line.strip_prefix("  ") {
            let entry = open.as_mut().ok_or_else(wrong)?;
            if take(entry, field).ok_or_else(wrong)? {
                lock.entries.extend(open.take());
            }
        } else if let Some(last) = line.strip_prefix("last: ") {
            let (count, seal) = last.split_once(' ').ok_or_else(wrong)?;
            lines.last = (count.parse().map_err(|_| wrong())?, Digest::parse(seal).ok_or_else(wrong)?);
            lines.last_line = number;
        } else if let Some(at) = line.strip_prefix("text: ") {
            let at = at.parse().map_err(|_| wrong())?;
            lock.kept.insert(at, String::new());
            lines.kept.insert(at, number);
            kept = Some(at);
        } else if !line.trim().is_empty() && !line.starts_with('#') {
            if let Some(entry) = &open {
                return Err(Fault::new(number, format!("{} has no seal", entry.label())));
            }
            open = Some(begin(line).ok_or_else(wrong)?);
            lines.entries.push(number);
        }
    }
    ended(open, &lines)?;
    Ok((lock, lines))
}

/// Whether a record ends as one does.
fn ended(open: Option<Entry>, lines: &Lines) -> Result<(), Fault> {
    match (open, lines.last_line) {
        (Some(entry), _) => {
            Err(Fault::new(lines.entries.last().copied().unwrap_or(1), format!("{} has no seal", entry.label())))
        }
        (None, 0) => Err(Fault::new(1, "the line `last` is missing, which names the last entry")),
        _ => Ok(()),
    }
}

/// The first line of an entry: `2 published draft-1`.
fn begin(line: &str) -> Option<Entry> {
    let mut words = line.split(' ');
    let (number, act) = (words.next()?, words.next()?);
    let act = Act::ALL.into_iter().find(|own| own.word() == act)?;
    let draft = match (act, words.next()) {
        (Act::Withheld, None) => DraftName { round: 0, option: None },
        (Act::Withheld, Some(_)) => return None,
        (_, draft) => DraftName::parse(draft?)?,
    };
    words.next().is_none().then_some(())?;
    Some(Entry::empty(number.parse().ok()?, act, draft))
}

/// Takes a field into an entry; true of the last one. None of what is no field.
fn take(entry: &mut Entry, field: &str) -> Option<bool> {
    let (name, value) = field.split_once(": ")?;
    match name {
        "at" => entry.at = value.parse().ok()?,
        "note" => entry.note = Some(unquoted(value)?),
        "text" => entry.text = Digest::parse(value)?,
        "block" => {
            let mut words = value.split(' ');
            let (digest, name) = (Digest::parse(words.next()?)?, words.next()?);
            let from = match (words.next(), words.next(), words.next()) {
                (None, ..) => None,
                (Some("from"), Some(from), None) => Some(from.to_owned()),
                _ => return None,
            };
            entry.blocks.push((name.to_owned(), digest, from));
        }
        "before" => entry.before = Digest::parse(value)?,
        "seal" => {
            entry.seal = Digest::parse(value)?;
            return Some(true);
        }
        _ => return None,
    }
    Some(false)
}

/// A text in quotation marks, on one line.
pub fn quoted(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A text that was written in quotation marks.
pub fn unquoted(value: &str) -> Option<String> {
    let inner = value.strip_prefix('"')?.strip_suffix('"')?;
    let mut text = String::with_capacity(inner.len());
    let mut chars = inner.chars();
    while let Some(c) = chars.next() {
        text.push(if c == '\\' { chars.next()? } else { c });
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::super::{Contents, Deed};
    use super::*;
    use crate::diag::Source;
    use crate::path::SitePath;

    fn sealed(words: &str, from: Option<&str>) -> Contents {
        let blocks = vec![("p1-1".to_owned(), Digest::of(words.as_bytes()), from.map(str::to_owned))];
        Contents { text: words.into(), blocks }
    }

    fn event(act: Act, draft: &str, note: Option<&str>) -> Deed {
        let at = "2021-08-05T00:00:00Z".parse().unwrap();
        Deed { act, draft: DraftName::parse(draft).unwrap(), at, note: note.map(str::to_owned) }
    }

    fn lock() -> Lock {
        let mut lock = Lock::default();
        lock.add(event(Act::Published, "draft-1", None), sealed("## A\n\nWords.\n", None));
        lock.add(event(Act::Published, "draft-2-option-a", None), sealed("## A\n\nOther words.\n", Some("p1-2")));
        lock.add(event(Act::Corrected, "draft-1", Some("A slip.")), sealed("## A\n\nWord.\n", None));
        lock
    }

    fn read(text: &str) -> Result<Lock, String> {
        Lock::read(&Source::new(SitePath::new("published.lock"), text)).map_err(|found| found.message)
    }

    #[test]
    fn a_record_is_read_as_it_was_written() {
        let lock = lock();
        assert_eq!(read(&lock.to_string()), Ok(lock.clone()));
        assert_eq!(read(&lock.to_string().replace('\n', "\r\n")), Ok(lock.clone()));
        let published = Lock::read_published(&lock.without_texts());
        assert!(published.is_ok_and(|read| read.entries == lock.entries && read.kept.is_empty()));
        assert_eq!(read(&Lock::default().to_string()), Ok(Lock::default()));
    }

    #[test]
    fn what_was_done_to_a_record_is_told_by_entry() {
        let text = lock().to_string();
        let parts: Vec<_> = text.split("\n\n").collect();
        let without = |gone: usize| {
            let parts: Vec<_> = parts.iter().enumerate().filter(|(at, _)| *at != gone).map(|(_, part)| *part).collect();
            parts.join("\n\n")
        };
        let swapped = [parts[0], parts[2], parts[1], parts[3], parts[4], parts[5]].join("\n\n");
        let check = |text: &str, expected: &str| assert_eq!(read(text).unwrap_err(), expected);
        check(&without(1), "entry 2 (draft-2-option-a, published) stands where entry 1 was");
        check(&without(2), "entry 3 (draft-1, corrected) stands where entry 2 was");
        check(&without(3), "entry 3, the last one, is missing");
        check(&swapped, "entry 2 (draft-2-option-a, published) stands where entry 1 was");
        check(
            &text.replacen("08-05", "08-06", 1),
            "entry 1 (draft-1, published) is not as it was written: its seal does not fit",
        );
        check(
            &text.replace("|Other words.", "|Other word."),
            "the words kept of entry 2 are not those that were sealed",
        );
        check(&text.replace("  note:", "  remark:"), "`remark: \"A slip.\"` is no line of a record");
        let all_but_last = text.rsplit_once("\ntext: 3").unwrap().0;
        check(all_but_last, "the words of entry 3 (draft-1, corrected) are not kept, and they were never taken down");
        check("", "this is not a record that this version of greenpaper can read");
    }

    #[test]
    fn an_entry_that_was_sealed_anew_does_not_fit_its_neighbours() {
        let mut lock = lock();
        lock.entries[1].text = Digest::of(b"Another");
        lock.entries[1].seal = lock.entries[1].own_seal();
        let expected = "entry 3 (draft-1, corrected) does not follow the one before it: one of the two was exchanged";
        assert_eq!(read(&lock.to_string()).unwrap_err(), expected);
    }

    #[test]
    fn of_what_may_not_be_seen_the_seals_alone_are_published() {
        let lock = lock();
        let seen = lock.seen(|entry| entry.number != 2);
        assert_eq!((seen.entries[1].act, seen.entries[2].seal), (Act::Withheld, lock.entries[2].seal));
        assert!(!seen.to_string().contains("option-a") && !seen.to_string().contains("Other words"));
        assert_eq!(Lock::read_published(&seen.to_string()), Ok(seen.clone()));
        assert_eq!(read(&seen.to_string()).unwrap_err(), "entry 2 is withheld: this is a record as it is published");
        assert_eq!(lock.seen(|entry| entry.number == 1).entries.len(), 1);
    }

    #[test]
    fn what_nobody_saw_yet_can_be_recorded_anew() {
        let draft = DraftName::parse("draft-2-option-a").unwrap();
        let at = |at: &str| Deed { at: at.parse().unwrap(), ..event(Act::Published, "draft-2-option-a", None) };
        let mut lock = lock();
        lock.take_back(&draft);
        assert_eq!(lock.entries.len(), 3, "another entry stands behind it");
        lock.add(at("2021-09-01T00:00:00Z"), sealed("## A\n\nNew words.\n", None));
        assert!(lock.is_void(&lock.entries[1]) && lock.of(&draft).count() == 1);
        assert_eq!(lock.publication(&draft).map(|entry| entry.number), Some(4));
        let seen = lock.seen(|entry| !lock.is_void(entry));
        assert!(!seen.to_string().contains("Other words") && seen.entries.len() == 4);
        let gone = Deed { act: Act::TakenDown, ..at("2021-08-20T00:00:00Z") };
        lock.take_down(gone);
        assert!(lock.of(&draft).next().is_none() && lock.gone().is_empty(), "it never came out");
        lock.take_back(&draft);
        lock.take_back(&draft);
        assert_eq!(lock.entries.len(), 3);
    }

    #[test]
    fn what_is_taken_down_leaves_its_digest() {
        let mut lock = lock();
        let digest = lock.entries[2].text;
        lock.take_down(event(Act::TakenDown, "draft-1", Some("It named a person.")));
        let last = lock.newest(&DraftName::parse("draft-1").unwrap()).unwrap();
        assert!(last.is_gone() && last.text == digest);
        assert_eq!(lock.kept.keys().collect::<Vec<_>>(), [&2]);
        assert_eq!(read(&lock.to_string()), Ok(lock));
    }
}
