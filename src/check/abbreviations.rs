//! Abbreviations that the glossary lacks: one finding for each, at the first place where it stands.
//!
//! In: documents that may be seen, with the abbreviations of their texts that no term covers. Out: for each how often it
//! stands, and in how many files. Titles, summaries and notes in front matter count as text.

use crate::diag::{self, Diagnostic, Place};
use crate::facts::{Abbreviation, Facts, Glossary, in_words};
use crate::paper::{Document, Text};
use crate::path::SitePath;
use std::collections::BTreeMap;
use std::ops::Range;

/// An abbreviation in a text, its front matter or its body.
#[derive(Clone, Debug)]
pub struct Met {
    /// Without a plural `s`: `ICB`.
    pub word: String,
    /// How often it stands there.
    pub count: usize,
    /// The first of these places.
    pub first: Place,
}

/// What is known of an abbreviation.
struct Known<'m> {
    /// Where it stands first.
    first: &'m Place,
    count: usize,
    /// In how many files; the last of them.
    files: usize,
    last: &'m SitePath,
}

/// The abbreviations that the glossary lacks and that stand in the texts of a document.
pub fn of_document<'f>(
    document: &Document,
    facts: &dyn Fn(&SitePath) -> Option<&'f Facts>,
    glossary: &Glossary,
) -> Vec<Met> {
    let mut all = Vec::new();
    for (text, words) in words_of(document) {
        let met = |own: &Abbreviation, span: Range<usize>| Met {
            word: own.word.clone(),
            count: own.count,
            first: place(text, &own.word, span),
        };
        let front = words.iter().flat_map(|words| in_words(words, glossary));
        all.extend(front.map(|own| met(&own, 0..text.body_start)));
        let body = facts(text.path()).map_or(&[][..], |facts| &facts.abbreviations);
        let span = |own: &Abbreviation| text.body_start + own.span.start..text.body_start + own.span.end;
        all.extend(body.iter().map(|own| met(own, span(own))));
    }
    all
}

/// A finding for every abbreviation, from all places where one stands.
pub fn check<'m>(met: impl Iterator<Item = &'m Met>) -> Vec<Diagnostic> {
    let mut all: Vec<_> = met.collect();
    all.sort_by_key(|met| &met.first.file);
    let mut known: BTreeMap<&str, Known> = BTreeMap::new();
    for Met { word, count, first } in all {
        let new = Known { first, count: 0, files: 1, last: &first.file };
        let own = known.entry(word).or_insert(new);
        own.count += count;
        own.files += usize::from(*own.last != first.file);
        own.last = &first.file;
    }
    known.into_iter().map(|(word, known)| finding(word, &known)).collect()
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

fn finding(word: &str, known: &Known) -> Diagnostic {
    let often = match (known.count, known.files) {
        (1, _) => "once".to_owned(),
        (count, 1) => format!("{count} times in this file"),
        (count, files) => format!("{count} times in {files} files"),
    };
    let message = format!("the glossary does not say what `{word}` means, which stands in the texts {often}");
    Diagnostic::at(&diag::ABBREVIATION, known.first.clone(), message)
        .hint(format!("add it to content/glossary.yaml, with `term: …`, `short: {word}` and `meaning: …`"))
}

/// Every text of a document with what its front matter says to readers.
fn words_of(document: &Document) -> Vec<(&Text, Vec<&str>)> {
    let mut texts: BTreeMap<&SitePath, (&Text, Vec<&str>)> = BTreeMap::new();
    let own = document.index.as_ref().or(document.drafts.values().next().map(|draft| &draft.text));
    add(&mut texts, own, of_whole(document));
    for draft in document.drafts.values() {
        let words = [&draft.title, &draft.summary, &draft.note, &draft.status_because];
        let functions =
            draft.functions.iter().flat_map(|own| [Some(&own.what), own.today.as_ref(), own.holder.as_ref()]);
        add(&mut texts, Some(&draft.text), words.into_iter().flatten().chain(functions.flatten()));
        draft.chapters.iter().for_each(|own| add(&mut texts, Some(&own.text), [&own.title]));
    }
    texts.into_values().collect()
}

/// What the front matter of a document says to readers.
fn of_whole(document: &Document) -> impl Iterator<Item = &String> {
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
