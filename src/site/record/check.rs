//! Whether what was published is as it was.

use super::as_sealed;
use crate::consult::record::{Difference, differences, names_of};
use crate::diag::{self, Diagnostic, Place, Severity, Source};
use crate::markdown::number::label;
use crate::paper::{Document, Draft, DraftName, Entry, Lock, Step, Text};
use crate::site::world::World;
use rayon::prelude::*;

/// How many words are shown around those that changed.
const AROUND: usize = 5;
/// How many words of a block are shown at most.
const LONGEST: usize = 40;
/// How many differences of a draft are told one by one.
const TOLD: usize = 5;

/// What is wrong with records, and with drafts that were sealed.
pub(in crate::site) fn check(world: &World) -> Vec<Diagnostic> {
    let documents: Vec<_> = world.kept.archive().documents.values().collect();
    let records = documents.par_iter().filter_map(|all| Some(Record::of(world, all)?.checked()));
    let checked: Vec<_> = records.collect();
    let mut found = Vec::new();
    for own in &checked {
        // What shows the same file is corrected together, in whatever document it is.
        let shared = checked.iter().filter(|other| other.files().any(|file| own.files().any(|own| own == file)));
        let mut names: Vec<_> = shared.chain([own]).flat_map(Checked::names).collect();
        names.sort();
        names.dedup();
        found.extend(own.found.iter().cloned());
        found.extend(own.altered.iter().flat_map(|(draft, differences)| own.record.told(draft, differences, &names)));
    }
    found
}

/// What is wrong with a record.
struct Checked<'w> {
    record: Record<'w>,
    found: Vec<Diagnostic>,
    /// The drafts that are not what was sealed.
    altered: Vec<(&'w Draft, Vec<Difference>)>,
}

impl Checked<'_> {
    fn names(&self) -> Vec<String> {
        let out = self.altered.iter().filter(|(draft, _)| self.record.is_out(&draft.name));
        out.map(|(draft, _)| self.record.named(&draft.name)).collect()
    }

    /// The files that were exchanged.
    fn files(&self) -> impl Iterator<Item = &str> {
        self.altered.iter().flat_map(|(_, differences)| differences).filter_map(|difference| match difference {
            Difference::FileChanged(path) | Difference::FileGone(path) => Some(path.as_str()),
            _ => None,
        })
    }
}

/// Whether everybody may see a draft once it is out: only that is recorded.
pub(super) fn is_public(document: &Document, draft: &Draft) -> bool {
    document.visible_to.is_empty() && draft.visible_to.is_empty()
}

/// A document with its record.
struct Record<'w> {
    world: &'w World,
    /// All of it, whatever may be seen.
    all: &'w Document,
    lock: &'w Lock,
}

impl<'w> Record<'w> {
    fn of(world: &'w World, all: &'w Document) -> Option<Record<'w>> {
        Some(Record { world, all, lock: all.lock.as_deref()? })
    }

    fn checked(self) -> Checked<'w> {
        let mut found = self.missing_files();
        let mut altered = Vec::new();
        for draft in self.all.drafts.values() {
            match self.lock.newest(&draft.name) {
                Some(entry) if entry.is_gone() => found.push(self.is_back(draft, entry)),
                Some(entry) => match self.withheld(draft).or_else(|| self.other_day(draft)) {
                    Some(finding) => found.push(finding),
                    None => altered.extend(self.differences(draft, entry).map(|differences| (draft, differences))),
                },
                None => found.extend(self.unrecorded(draft)),
            }
        }
        Checked { record: self, found, altered }
    }

    /// What a draft is called on the command line.
    fn named(&self, draft: &DraftName) -> String {
        let Document { section, name, .. } = self.all;
        let mut documents = self.world.kept.archive().documents.values();
        match documents.any(|own| own.name == *name && own.section != *section) {
            true => format!("{section}/{name}@{draft}"),
            false => format!("{name}@{draft}"),
        }
    }

    /// The day of an entry in the site's time zone.
    fn day(&self, entry: &Entry) -> String {
        entry.at.to_zoned(self.world.config().timezone.clone()).date().to_string()
    }

    /// `draft-1 was published on 2021-08-05`, or is to be.
    fn came_out(&self, draft: &DraftName) -> String {
        let Some(first) = self.lock.publication(draft) else { return draft.to_string() };
        let verb = if self.is_out(draft) { "was published" } else { "is recorded to come out" };
        format!("{draft} {verb} on {}", self.day(first))
    }

    fn is_out(&self, draft: &DraftName) -> bool {
        self.lock.publication(draft).is_none_or(|first| first.at <= self.world.options().at)
    }

    /// Entries of drafts whose files are gone.
    fn missing_files(&self) -> Vec<Diagnostic> {
        let Record { all, lock, .. } = self;
        let is_missing = |entry: &&Entry| {
            let holds = lock.newest(&entry.draft).is_some_and(|newest| newest.number == entry.number);
            holds && !entry.is_gone() && !all.drafts.contains_key(&entry.draft)
        };
        let path = all.lock_path();
        let source = Source::new(path.clone(), self.world.kept.text(&path));
        let findings = lock.entries.iter().filter(is_missing).map(|entry| {
            let line = source.text.lines().position(|line| line.starts_with(&format!("{} ", entry.number)));
            let message = format!("{}, and its file is not here", self.came_out(&entry.draft));
            let finding = Diagnostic::at(&diag::RECORD, source.place_at(line.map_or(1, |at| at + 1), 1), message);
            let name = self.named(&entry.draft);
            finding.hint(match self.is_out(&entry.draft) {
                true => format!("take the file back; what has to go is taken down openly: greenpaper publish {name} --remove --note \"…\""),
                false => format!("put the file back, or take back what was recorded: greenpaper publish {name} --remove"),
            })
        });
        findings.collect()
    }

    fn finding(&self, draft: &Draft, key: &'static str, message: String, hint: impl Into<String>) -> Diagnostic {
        let place = draft.text.place_of(&[Step::Key(key)]);
        let place = place.unwrap_or_else(|| draft.text.source.place(0..1));
        Diagnostic::at(&diag::RECORD, place, message).hint(hint)
    }

    fn is_back(&self, draft: &Draft, entry: &Entry) -> Diagnostic {
        let message = format!("{} was taken down on {}, and its file is here", draft.name, self.day(entry));
        self.finding(draft, "", message, "remove the file, or give the draft another name")
    }

    /// A draft that is out and not in the record; of one that is to come, a warning.
    fn unrecorded(&self, draft: &Draft) -> Option<Diagnostic> {
        let hint = format!("record it: greenpaper publish {}", self.named(&draft.name));
        if let Some(moment) =
            draft.published.filter(|moment| moment.at > self.world.options().at && is_public(self.all, draft))
        {
            let message =
                format!("{} comes out on {}, and on that day the record would lack it", draft.name, moment.day);
            let finding = self.finding(draft, "published", message, hint);
            return Some(Diagnostic { severity: Severity::Warning, ..finding });
        }
        let seen = self.world.site().document(&self.all.section, &self.all.name)?;
        let own = seen.drafts.get(&draft.name).filter(|_| is_public(self.all, draft))?;
        let message = format!("{} is published, and the record of this document lacks it", draft.name);
        (!self.world.site().is_unpublished(seen, own)).then(|| self.finding(draft, "published", message, hint))
    }

    /// A draft that everybody could see, and only some may now.
    fn withheld(&self, draft: &Draft) -> Option<Diagnostic> {
        let message = format!("{}, and `visible_to` keeps it from its readers", self.came_out(&draft.name));
        let hint = format!(
            "take `visible_to` away; what has to go is taken down openly: remove its file, then greenpaper publish {} \
             --remove --note \"…\"",
            self.named(&draft.name)
        );
        (!is_public(self.all, draft)).then(|| self.finding(draft, "visible_to", message, hint))
    }

    /// A draft whose front matter names another day than the record.
    fn other_day(&self, draft: &Draft) -> Option<Diagnostic> {
        let first = self.lock.publication(&draft.name)?;
        if draft.published.is_some_and(|moment| moment.at == first.at) {
            return None;
        }
        let message = format!("{}, which is not what its front matter says", self.came_out(&draft.name));
        let (name, is_ahead) = (self.named(&draft.name), first.at > self.world.options().at);
        let hint = if is_ahead && draft.published.is_none() {
            format!(
                "write `published: {}`; for another day: greenpaper publish {name} --at DAY; to take it back: \
                 greenpaper publish {name} --remove",
                self.written(first)
            )
        } else if is_ahead {
            format!("record the other day: greenpaper publish {name}")
        } else {
            format!("the record keeps the date; write `published: {}`", self.written(first))
        };
        Some(self.finding(draft, "published", message, hint))
    }

    /// The moment of an entry as front matter has it.
    fn written(&self, entry: &Entry) -> String {
        let at = entry.at.to_zoned(self.world.config().timezone.clone());
        let is_day = at.start_of_day().is_ok_and(|start| start == at);
        at.strftime(if is_day { "%Y-%m-%d" } else { "%Y-%m-%dT%H:%M:%S%:z" }).to_string()
    }

    /// How the text of a draft that is seen differs from what was sealed; none where it does not.
    fn differences(&self, draft: &Draft, entry: &Entry) -> Option<Vec<Difference>> {
        let seen = self.world.site().document(&self.all.section, &self.all.name)?;
        let own = seen.drafts.get(&draft.name)?;
        if self.world.seal_of(seen, own) == entry.text {
            return None;
        }
        let sealed = self.world.sealed(seen, own);
        let kept = self.lock.kept.get(&entry.number).map(String::as_str);
        Some(differences(entry, kept, &sealed, self.world.dialect()))
    }

    /// The first few differences of a draft; `altered` names all drafts of the document that are not as they were.
    fn told(&self, draft: &Draft, differences: &[Difference], altered: &[String]) -> Vec<Diagnostic> {
        let first = self.lock.publication(&draft.name);
        let (day, is_out) =
            first.map_or((String::new(), true), |first| (self.day(first), first.at <= self.world.options().at));
        let more = differences.len().saturating_sub(TOLD);
        let drafts = altered.join(" ");
        let hint = match is_out {
            true => {
                format!("take back the change, or make it openly: greenpaper publish {drafts} --correct --note \"…\"")
            }
            false => format!("take back the change, or record it anew: greenpaper publish {}", self.named(&draft.name)),
        };
        let finding = |(at, difference): (usize, &Difference)| {
            let (place, mut message) = self.said(draft, difference);
            let since = if is_out { "published on" } else { "recorded to come out on" };
            message = format!("{message} since it was {since} {day}");
            if at + 1 == TOLD && more > 0 {
                message = format!("{message}; and {more} more differences");
            }
            let hint = match difference {
                Difference::FileChanged(_) => {
                    format!("put the earlier file back, and give the new one another name in the next draft; or {hint}")
                }
                _ => hint.clone(),
            };
            let was = words_of(difference).map_or(String::new(), |was| format!("it read: {was}; "));
            Diagnostic::at(&diag::RECORD, place, message).hint(format!("{was}{hint}"))
        };
        differences.iter().take(TOLD).enumerate().map(finding).collect()
    }

    /// Where a difference is, and what happened there.
    fn said(&self, draft: &Draft, difference: &Difference) -> (Place, String) {
        let start = || draft.text.source.place(0..1);
        let key = |key: &'static str| draft.text.place_of(&[Step::Key(key)]).unwrap_or_else(start);
        let of = &draft.name;
        match difference {
            Difference::Title(was) if was.is_empty() => {
                (self.title(draft).unwrap_or_else(start), format!("{of} has got a title of its own"))
            }
            Difference::Title(was) => {
                (self.title(draft).unwrap_or_else(start), format!("the title of {of}, “{was}”, has changed"))
            }
            Difference::Above(name, _) if name == "raw_html" => {
                (start(), format!("`raw_html` in site.toml, which says what is shown of {of}, has changed"))
            }
            Difference::Above(name, _) => {
                let known = ["from", "to", "date", "reference", "by"].into_iter().find(|own| own == name);
                (key(known.unwrap_or_default()), format!("`{name}` of {of} has changed"))
            }
            Difference::Function(what, was) => {
                let done = if was.is_some() { "has changed" } else { "was put in" };
                (key("functions"), format!("what {of} says of the function “{what}” {done}"))
            }
            Difference::Chapter(name, was) => {
                let chapter = draft.chapter(name).map(|own| &own.text);
                let place = chapter.and_then(|text| text.place_of(&[Step::Key("title")]));
                (place.unwrap_or_else(start), format!("the title of the chapter {name} of {of}, “{was}”, has changed"))
            }
            Difference::Chapters => (start(), format!("the chapters of {of} are others, or stand in another order")),
            Difference::Name(was) => (start(), format!("{of} was sealed as a draft of {was}")),
            Difference::FileChanged(path) => {
                (start(), format!("{path}, which {of} shows or leads to, is another file"))
            }
            Difference::FileGone(path) => (start(), format!("{of} has lost the file {path}")),
            Difference::FileNew(path) => (start(), format!("{of} has got the file {path}")),
            Difference::Changed { .. }
            | Difference::Gone { .. }
            | Difference::New { .. }
            | Difference::Order
            | Difference::PageBreak(_)
            | Difference::Between(_) => self.said_of_text(draft, difference),
        }
    }

    /// The same of what is in the text.
    fn said_of_text(&self, draft: &Draft, difference: &Difference) -> (Place, String) {
        let start = || draft.text.source.place(0..1);
        let of = &draft.name;
        match difference {
            Difference::Changed { name, .. } => (
                place_of(self.world, draft, name).unwrap_or_else(start),
                format!("{} of {of} has changed", named(name)),
            ),
            Difference::Gone { name, .. } => (start(), format!("{} of {of} was taken out", named(name))),
            Difference::New { name } => {
                (place_of(self.world, draft, name).unwrap_or_else(start), format!("{} of {of} was put in", named(name)))
            }
            Difference::Order => (start(), format!("the blocks of {of} were put into another order")),
            Difference::PageBreak(line) => {
                (line_of(draft, line).unwrap_or_else(start), format!("a page break of {of} has changed"))
            }
            Difference::Between(lines) => {
                let place = lines.as_ref().and_then(|(_, is)| line_of(draft, is)).unwrap_or_else(start);
                (place, format!("something between the blocks of {of}, such as where a link leads, has changed"))
            }
            _ => (start(), format!("{of} has changed")),
        }
    }

    /// Where the title is written that a draft goes by.
    fn title(&self, draft: &Draft) -> Option<Place> {
        let title = [Step::Key("title")];
        draft.text.place_of(&title).or_else(|| self.all.index.as_ref()?.place_of(&title))
    }
}

/// What stood there, where that is known: of a block that changed the stretch in question, with some words around it.
fn words_of(difference: &Difference) -> Option<String> {
    let (was, is) = match difference {
        Difference::Changed { was: Some(was), is, .. } => (was, is.as_deref().unwrap_or("")),
        Difference::Gone { was: Some(was), .. } => (was, ""),
        Difference::Between(Some((was, _))) | Difference::Above(_, Some(was)) if !was.is_empty() => {
            return Some(format!("“{was}”"));
        }
        Difference::Function(_, Some(was)) => {
            let words = |own: &Option<String>| own.as_ref().map_or("nobody".to_owned(), |own| format!("“{own}”"));
            let said = format!("today {}, holder {}", words(&was.today), words(&was.holder));
            return Some(said.split_whitespace().take(LONGEST).collect::<Vec<_>>().join(" "));
        }
        _ => return None,
    };
    let (was, is): (Vec<_>, Vec<_>) = (was.split_whitespace().collect(), is.split_whitespace().collect());
    if was == is {
        return Some("the same words, in lines that break elsewhere or with other spaces".to_owned());
    }
    let before = was.iter().zip(&is).take_while(|(was, is)| was == is).count();
    let rest = was.len().min(is.len()) - before;
    let behind = was.iter().rev().zip(is.iter().rev()).take(rest).take_while(|(was, is)| was == is).count();
    let (from, to) = (before.saturating_sub(AROUND), (was.len() - behind + AROUND).min(was.len()));
    let to = to.min(from + LONGEST);
    let shown = was.get(from..to)?.join(" ");
    let (left, right) = (if from > 0 { "… " } else { "" }, if to < was.len() { " …" } else { "" });
    Some(format!("“{left}{shown}{right}”"))
}

/// Where a line of the sealed form is written.
fn line_of(draft: &Draft, line: &str) -> Option<Place> {
    let texts = std::iter::once(&draft.text).chain(draft.chapters.iter().map(|chapter| &chapter.text));
    texts.filter(|_| !line.trim().is_empty()).find_map(|text| {
        let at = text.body().find(line)?;
        Some(text.source.place(text.body_start + at..text.body_start + at + line.len()))
    })
}

/// The name of a block, in words: `h2-3` is heading 3 of chapter 2.
fn named(name: &str) -> String {
    let counted = |sort: &str, rest: &str| match rest.split_once('-') {
        Some((chapter, count)) => format!("{sort} {count} of chapter {chapter}"),
        None => format!("{sort} {rest}"),
    };
    match (name.strip_prefix('h'), name.strip_prefix('n')) {
        (Some(rest), _) => counted("heading", rest),
        (_, Some(rest)) => counted("note", rest),
        _ => format!("block {}", label(name)),
    }
}

/// Where a block is written.
fn place_of(world: &World, draft: &Draft, name: &str) -> Option<Place> {
    let whole = world.whole(&as_sealed(draft), false);
    let ix = names_of(&whole).iter().position(|own| own.as_deref() == Some(name))?;
    let part = whole.parts.get(whole.part_of(ix)?)?;
    let text: &Text = draft.chapter(&part.name).map_or(&draft.text, |chapter| &chapter.text);
    let span = &whole.body.blocks.get(ix)?.span;
    Some(text.source.place(text.body_start + span.start..text.body_start + span.end))
}
