//! Abbreviations that the glossary lacks: one finding for each, at the first place where it stands.
//!
//! In: all texts that may be seen, with the abbreviations that no term covers. Out: for each how often it
//! stands, and in how many files. Titles, summaries and notes in front matter count as text.

use crate::diag::{self, Diagnostic, Place};
use crate::facts::{Abbreviation, Facts, Glossary, in_words};
use crate::paper::{Document, Site, Text};
use crate::path::SitePath;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// What is known of an abbreviation.
struct Known {
    /// Where it stands first.
    first: Place,
    count: usize,
    /// In how many files; the last of them.
    files: usize,
    last: SitePath,
}

/// Every abbreviation that the glossary lacks.
pub fn check(site: &Site, facts: &BTreeMap<SitePath, Arc<Facts>>, glossary: &Glossary) -> Vec<Diagnostic> {
    let mut known: BTreeMap<String, Known> = BTreeMap::new();
    for (text, words) in by_path(site) {
        let front = words.iter().flat_map(|words| in_words(words, glossary));
        front.for_each(|own| meet(&mut known, &own, text, 0..text.body_start));
        let body = facts.get(text.path()).map_or(&[][..], |facts| &facts.abbreviations);
        body.iter().for_each(|own| {
            meet(&mut known, own, text, text.body_start + own.span.start..text.body_start + own.span.end);
        });
    }
    known.into_iter().map(|(word, known)| finding(&word, known)).collect()
}

/// Counts an abbreviation that stands in a stretch of a text's file.
fn meet(all: &mut BTreeMap<String, Known>, own: &Abbreviation, text: &Text, span: Range<usize>) {
    let known = all.entry(own.word.clone()).or_insert_with(|| Known {
        first: place(text, &own.word, span),
        count: 0,
        files: 1,
        last: text.path().clone(),
    });
    known.count += own.count;
    if known.last != *text.path() {
        known.files += 1;
        known.last = text.path().clone();
    }
}

/// Where a word stands in a stretch of a file; where it is written in another way, the stretch's first line.
fn place(text: &Text, word: &str, span: Range<usize>) -> Place {
    let source = text.source.text.get(span.clone()).unwrap_or("");
    let is_alone = |at: &usize| {
        let beside = (source[..*at].chars().next_back(), source[at + word.len()..].chars().next());
        !beside.0.is_some_and(char::is_alphanumeric) && beside.1.is_none_or(|c| c == 's' || !c.is_alphanumeric())
    };
    match source.match_indices(word).map(|(at, _)| at).find(is_alone) {
        Some(at) => text.source.place(span.start + at..span.start + at + word.len()),
        None => text.source.place(span.start..span.start),
    }
}

fn finding(word: &str, known: Known) -> Diagnostic {
    let often = match (known.count, known.files) {
        (1, _) => "once".to_owned(),
        (count, 1) => format!("{count} times in this file"),
        (count, files) => format!("{count} times in {files} files"),
    };
    let message = format!("the glossary does not say what `{word}` means, which stands in the texts {often}");
    Diagnostic::at(&diag::ABBREVIATION, known.first, message)
        .hint(format!("add it to content/glossary.yaml, with `term: …`, `short: {word}` and `meaning: …`"))
}

/// Every text that may be seen with what its front matter says to readers, in the order of the paths.
fn by_path(site: &Site) -> Vec<(&Text, Vec<&str>)> {
    let mut texts: BTreeMap<&SitePath, (&Text, Vec<&str>)> = BTreeMap::new();
    for document in site.front().into_iter().chain(site.pages()).chain(site.documents()) {
        let own = document.index.as_ref().or(document.drafts.values().next().map(|draft| &draft.text));
        add(&mut texts, own, of_document(document));
        for draft in document.drafts.values() {
            let words = [&draft.title, &draft.summary, &draft.note, &draft.status_because];
            add(&mut texts, Some(&draft.text), words.into_iter().flatten());
            draft.chapters.iter().for_each(|own| add(&mut texts, Some(&own.text), [&own.title]));
        }
    }
    texts.into_values().collect()
}

/// What the front matter of a document says to readers.
fn of_document(document: &Document) -> impl Iterator<Item = &String> {
    let letter = document.letter.iter().flat_map(|letter| std::iter::once(&letter.from).chain(&letter.to));
    let asked = &document.consultation;
    let asked =
        asked.asked.iter().chain(&asked.already_decided).chain(&asked.alternative_formats).chain(&asked.privacy);
    let means = document.means_for.iter().map(|own| &own.text);
    [&document.title, &document.summary].into_iter().chain(&document.by).chain(letter).chain(asked).chain(means)
}

/// Adds words to those of a text; of a lone file the same may stand in the document and in its draft.
fn add<'s>(
    texts: &mut BTreeMap<&'s SitePath, (&'s Text, Vec<&'s str>)>,
    text: Option<&'s Text>,
    words: impl IntoIterator<Item = &'s String>,
) {
    let Some(text) = text else { return };
    let all = &mut texts.entry(text.path()).or_insert((text, Vec::new())).1;
    for words in words {
        if !all.contains(&words.as_str()) {
            all.push(words);
        }
    }
}
