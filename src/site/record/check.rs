//! Whether what was published is as it was.

use crate::consult::record::{Difference, Sealed, differences, names_of};
use crate::diag::{self, Diagnostic, Place, Source};
use crate::markdown::number::label;
use crate::paper::{Document, Draft, Entry, Lock, Step, Text};
use crate::site::world::World;

/// How many words are shown around those that changed.
const AROUND: usize = 5;
/// How many words of a block are shown at most.
const LONGEST: usize = 40;
/// How many differences of a draft are told one by one.
const TOLD: usize = 5;

/// What is wrong with records, and with drafts that were sealed.
pub(in crate::site) fn check(world: &World) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for all in world.kept.archive().documents.values() {
        let Some(lock) = &all.lock else { continue };
        found.extend(missing_files(world, all, lock));
        if let Some(document) = world.site().document(&all.section, &all.name) {
            let open = document.drafts.values().filter(|draft| is_public(document, draft));
            found.extend(open.flat_map(|draft| check_draft(world, document, draft, lock)));
        }
    }
    found
}

/// Whether everybody may see a draft once it is out: only that is recorded.
pub(super) fn is_public(document: &Document, draft: &Draft) -> bool {
    document.visible_to.is_empty() && draft.visible_to.is_empty()
}

/// Entries of drafts whose files are gone.
fn missing_files(world: &World, document: &Document, lock: &Lock) -> Vec<Diagnostic> {
    let is_missing = |entry: &&Entry| {
        let newest = lock.newest(&entry.draft).is_some_and(|newest| newest.number == entry.number);
        newest && !entry.is_gone() && !document.drafts.contains_key(&entry.draft)
    };
    let path = document.lock_path();
    let source = Source::new(path.clone(), world.kept.text(&path));
    let findings = lock.entries.iter().filter(is_missing).map(|entry| {
        let line = source.text.lines().position(|line| line.starts_with(&format!("{} ", entry.number)));
        let message = format!("{} was published on {}, and its file is not here", entry.draft, day(world, entry));
        let finding = Diagnostic::at(&diag::RECORD, source.place_at(line.map_or(1, |at| at + 1), 1), message);
        finding.hint(format!(
            "take the file back; what has to go is taken down openly: greenpaper publish {}@{} --remove --note \"why\"",
            document.name, entry.draft
        ))
    });
    findings.collect()
}

fn check_draft(world: &World, document: &Document, draft: &Draft, lock: &Lock) -> Vec<Diagnostic> {
    let name = format!("{}@{}", document.name, draft.name);
    let published = || draft.text.place_of(&[Step::Key("published")]).unwrap_or_else(|| draft.text.source.place(0..1));
    let told =
        |place: Place, message: String, hint: String| vec![Diagnostic::at(&diag::RECORD, place, message).hint(hint)];
    let Some(entry) = lock.newest(&draft.name) else {
        if world.site().is_unpublished(document, draft) {
            return Vec::new();
        }
        let message = format!("{} is published, and the record of this document lacks it", draft.name);
        return told(published(), message, format!("record it: greenpaper publish {name}"));
    };
    if entry.is_gone() {
        let message = format!("{} was taken down on {}, and its file is here", draft.name, day(world, entry));
        return told(draft.text.source.place(0..1), message, "remove the file, or give the draft another name".into());
    }
    let first = lock.of(&draft.name).next().unwrap_or(entry);
    if draft.published.is_none_or(|moment| moment.at != first.at) {
        let message = format!("{} was published on {}, which is not what its front matter says", draft.name, first.at);
        let day = day(world, first);
        // The same day in another time zone is another moment.
        let same_day = draft.published.is_some_and(|moment| moment.day.to_string() == day);
        let date = if same_day { first.at.to_string() } else { day };
        return told(published(), message, format!("the record keeps the date; write `published: {date}`"));
    }
    let sealed = world.sealed(document, draft);
    let kept = lock.kept.get(&entry.number).map(String::as_str);
    let differences = differences(entry, kept, &sealed, world.config().raw_html.into());
    let more = differences.len().saturating_sub(TOLD);
    let hint = format!("take back the change, or make it openly: greenpaper publish {name} --correct --note \"why\"");
    let finding = |(at, difference): (usize, &Difference)| {
        let (place, mut message) = said(world, document, draft, difference);
        message = format!("{message} since it was published on {}", day(world, first));
        if at + 1 == TOLD && more > 0 {
            message = format!("{message}; and {more} more differences");
        }
        let hint = match difference {
            Difference::FileChanged(_) => format!("give the new file another name, or {hint}"),
            _ => hint.clone(),
        };
        let was = words_of(difference, &sealed).map_or(String::new(), |was| format!("it read: {was}; "));
        Diagnostic::at(&diag::RECORD, place, message).hint(format!("{was}{hint}"))
    };
    differences.iter().take(TOLD).enumerate().map(finding).collect()
}

/// Where a difference is, and what happened there.
fn said(world: &World, document: &Document, draft: &Draft, difference: &Difference) -> (Place, String) {
    let start = || draft.text.source.place(0..1);
    let of = &draft.name;
    match difference {
        Difference::Title(was) => {
            let title = [Step::Key("title")];
            let own = draft.text.place_of(&title).or_else(|| document.index.as_ref()?.place_of(&title));
            (own.unwrap_or_else(start), format!("the title of {of}, “{was}”, has changed"))
        }
        Difference::Function { what, .. } => {
            let place = draft.text.place_of(&[Step::Key("functions")]).unwrap_or_else(start);
            (place, format!("what {of} says of the function “{what}” has changed"))
        }
        Difference::FileChanged(path) => (start(), format!("{path}, which {of} shows or leads to, is another file")),
        Difference::FileGone(path) => (start(), format!("{of} has lost the file {path}")),
        Difference::FileNew(path) => (start(), format!("{of} has got the file {path}")),
        Difference::Changed { name, .. } => {
            (place_of(world, draft, name).unwrap_or_else(start), format!("{} of {of} has changed", named(name)))
        }
        Difference::Gone { name, .. } => (start(), format!("{} of {of} was taken out", named(name))),
        Difference::New { name } => {
            (place_of(world, draft, name).unwrap_or_else(start), format!("{} of {of} was put in", named(name)))
        }
        Difference::Order => (start(), format!("the blocks of {of} were put into another order")),
        Difference::Between => {
            (start(), format!("something between the blocks of {of}, such as where a link leads, has changed"))
        }
    }
}

/// What a block was, where that is known: of one that changed the stretch in question, with some words around it.
fn words_of(difference: &Difference, now: &Sealed) -> Option<String> {
    let (was, is) = match difference {
        Difference::Changed { was: Some(was), name } => {
            (was, now.blocks.iter().find(|own| own.name == *name).map_or("", |own| own.text.as_str()))
        }
        Difference::Gone { was: Some(was), .. } => (was, ""),
        Difference::Function { was: Some(was), .. } => {
            let words = |own: &Option<String>| own.clone().unwrap_or_else(|| "nothing".into());
            return Some(format!("today “{}”, holder “{}”", words(&was.today), words(&was.holder)));
        }
        _ => return None,
    };
    let (was, is): (Vec<_>, Vec<_>) = (was.split_whitespace().collect(), is.split_whitespace().collect());
    let before = was.iter().zip(&is).take_while(|(was, is)| was == is).count();
    let rest = was.len().min(is.len()) - before;
    let behind = was.iter().rev().zip(is.iter().rev()).take(rest).take_while(|(was, is)| was == is).count();
    let (from, to) = (before.saturating_sub(AROUND), (was.len() - behind + AROUND).min(was.len()));
    let to = to.min(from + LONGEST);
    let shown = was.get(from..to)?.join(" ");
    let (left, right) = (if from > 0 { "… " } else { "" }, if to < was.len() { " …" } else { "" });
    Some(format!("“{left}{shown}{right}”"))
}

/// The name of a block, in words.
fn named(name: &str) -> String {
    match name.strip_prefix('p').filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit())) {
        Some(_) => format!("block {}", label(name)),
        None => match name.split_once("#note.") {
            Some(("", note)) => format!("the note {note}"),
            Some((chapter, note)) => format!("the note {note} of the chapter {chapter}"),
            None => format!("the heading {name}"),
        },
    }
}

/// Where a block is written.
fn place_of(world: &World, draft: &Draft, name: &str) -> Option<Place> {
    let whole = world.whole(draft, false);
    let ix = names_of(&whole).iter().position(|own| own.as_deref() == Some(name))?;
    let part = whole.parts.get(whole.part_of(ix)?)?;
    let text: &Text = draft.chapter(&part.name).map_or(&draft.text, |chapter| &chapter.text);
    let span = &whole.body.blocks.get(ix)?.span;
    Some(text.source.place(text.body_start + span.start..text.body_start + span.end))
}

/// The day of an entry in the site's time zone.
fn day(world: &World, entry: &Entry) -> String {
    entry.at.to_zoned(world.config().timezone.clone()).date().to_string()
}
