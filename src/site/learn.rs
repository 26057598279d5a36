//! What is known of each document by itself, and what is wrong in its texts.
//!
//! In: the documents of a site, and what was learnt of them before. Out: [`Learned`] of each, shared where the
//! document stayed as it was. The links of a document are looked at again where it or something that it leads to
//! is another.

use super::memo::Memo;
use crate::check::abbreviations::{self, Met};
use crate::check::links::{Links, lead};
use crate::check::placeholders::{self, Unwritten};
use crate::check::quotations::Quoted;
use crate::check::{comments, groups, quotations};
use crate::config::Config;
use crate::diag::{self, Diagnostic};
use crate::facts::{Facts, Glossary};
use crate::markdown::reasons::Why;
use crate::markdown::{Dialect, Remark};
use crate::paper::{Document, Owner, Site, Text, place_of};
use crate::path::SitePath;
use crate::routes::DocumentKey;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The facts of texts, by path.
pub(super) type AllFacts = BTreeMap<SitePath, Arc<Facts>>;

/// What is known of a document by itself.
pub(super) struct Learned {
    of: Arc<Document>,
    /// The facts of its texts.
    facts: Vec<(SitePath, Arc<Facts>)>,
    /// What is wrong in its texts, their links aside.
    found: Vec<Diagnostic>,
    /// The documents that its texts lead to, by the paths of their files.
    leads: BTreeSet<DocumentKey>,
    /// The abbreviations in it that the glossary lacks.
    abbreviations: Vec<Met>,
    /// What in it is still to be written.
    unwritten: Vec<Unwritten>,
    /// Whether one of its comments speaks of editorial changes.
    declares: bool,
    /// Whether it gives reasons, or has feedback.
    reasons: bool,
}

/// What came of looking up where the links of a document lead.
#[derive(Clone, Default)]
struct Linked {
    found: Vec<Diagnostic>,
    quoted: Vec<Quoted>,
}

/// What was learnt of a site.
#[derive(Default)]
pub(super) struct Lessons {
    documents: BTreeMap<DocumentKey, Arc<Learned>>,
    /// What is wrong with the links of documents, and what they quote; of most, nothing.
    linked: BTreeMap<DocumentKey, Linked>,
    /// The facts of every text that may be seen.
    pub(super) facts: Arc<AllFacts>,
}

/// With what documents are read.
pub(super) struct Teacher<'a> {
    pub(super) config: &'a Config,
    pub(super) site: &'a Site,
    pub(super) dialect: Dialect,
    pub(super) glossary: &'a Glossary,
    pub(super) memo: &'a Memo,
}

/// What has changed of a site since it was read before.
pub(super) struct Since<'a> {
    pub(super) lessons: &'a Lessons,
    /// The documents of which files changed, came or went.
    pub(super) changed: BTreeSet<DocumentKey>,
    /// Whether files came or went.
    pub(super) paths: bool,
}

impl Lessons {
    /// What is wrong in all documents, their links included.
    pub(super) fn found(&self) -> impl Iterator<Item = &Diagnostic> {
        self.documents.values().flat_map(|own| &own.found).chain(self.linked.values().flat_map(|own| &own.found))
    }

    /// The quotations that are true, in the order of the documents that quote.
    pub(super) fn quoted(&self) -> impl Iterator<Item = &Quoted> {
        self.linked.values().flat_map(|own| &own.quoted)
    }

    /// The abbreviations of all documents.
    pub(super) fn abbreviations(&self) -> impl Iterator<Item = &Met> {
        self.documents.values().flat_map(|own| &own.abbreviations)
    }

    /// What is still to be written in all documents.
    pub(super) fn unwritten(&self) -> impl Iterator<Item = &Unwritten> {
        self.documents.values().flat_map(|own| &own.unwritten)
    }

    /// The documents with a comment that speaks of editorial changes.
    pub(super) fn declaring(&self) -> impl Iterator<Item = &Document> {
        self.documents.values().filter(|own| own.declares).map(|own| &*own.of)
    }

    /// Whether a document gives reasons or has feedback.
    pub(super) fn reasons(&self, document: &Document) -> bool {
        self.documents.get(&DocumentKey::of(document)).is_some_and(|own| own.reasons)
    }

    /// The documents that give reasons or have feedback.
    pub(super) fn reasoning(&self) -> impl Iterator<Item = &Document> {
        self.documents.values().filter(|own| own.reasons).map(|own| &*own.of)
    }
}

impl Teacher<'_> {
    /// Learns all of a site; `since` where it was read in the same way before.
    pub(super) fn teach(&self, since: Option<Since>) -> Lessons {
        let shared: Vec<_> = self.site.shared().map(|document| (DocumentKey::of(document), document)).collect();
        let learn = |(key, document): (DocumentKey, &Arc<Document>)| {
            let known = since.as_ref().and_then(|since| since.lessons.documents.get(&key));
            let known = known.filter(|known| Arc::ptr_eq(&known.of, document)).map(Arc::clone);
            (key, known.unwrap_or_else(|| Arc::new(self.learn(document))))
        };
        let documents: BTreeMap<_, _> = shared.into_par_iter().map(learn).collect::<Vec<_>>().into_iter().collect();
        let facts = documents.values().flat_map(|own| own.facts.iter().cloned()).collect();
        let mut lessons = Lessons { documents, linked: BTreeMap::new(), facts: Arc::new(facts) };
        lessons.linked = self.linked(&lessons, since);
        lessons
    }

    fn learn(&self, document: &Arc<Document>) -> Learned {
        let (mut own, mut found, mut leads, mut unwritten) = (Vec::new(), Vec::new(), BTreeSet::new(), Vec::new());
        for (text, chapter) in texts_of(document) {
            let facts = self.memo.facts(text, chapter, self.dialect, self.glossary);
            found.extend(facts.remarks.iter().map(|remark| finding(text, remark)));
            found.extend(empty(self.site, text, &facts));
            found.extend(groups::check(self.config, text, &facts));
            found.extend(comments::check(self.config, text, &facts));
            let files = facts.references.iter().filter_map(|link| lead(text.path(), &link.target));
            leads.extend(files.map(|path| key_of(&path)));
            unwritten.extend(placeholders::of_text(text, &facts));
            own.push((text.path().clone(), facts));
        }
        let of = |path: &SitePath| own.iter().find(|(known, _)| known == path).map(|(_, facts)| &**facts);
        let abbreviations = abbreviations::of_document(document, &of, self.glossary);
        let comments = || own.iter().flat_map(|(_, facts)| &facts.comments);
        let declares = comments().any(|(_, words)| words.to_lowercase().contains("editorial"));
        let gives = |words: &str| Why::read(words).is_some_and(|why| !why.is_editorial());
        let reasons = !document.feedback.is_empty()
            || document.drafts.values().any(|draft| !draft.removed.is_empty())
            || comments().any(|(_, words)| gives(words));
        Learned { of: Arc::clone(document), facts: own, found, leads, abbreviations, unwritten, declares, reasons }
    }

    /// What is wrong with the links and the quotations of each document.
    fn linked(&self, lessons: &Lessons, since: Option<Since>) -> BTreeMap<DocumentKey, Linked> {
        let touched = since.as_ref().map(|since| since.touched(lessons));
        let stays = |key: &DocumentKey, learned: &Arc<Learned>| {
            let (since, touched) = since.as_ref().zip(touched.as_ref())?;
            let before = since.lessons.documents.get(key).filter(|before| Arc::ptr_eq(before, learned))?;
            let found = since.lessons.linked.get(key);
            let faulty = found.is_some_and(|linked| !linked.found.is_empty());
            let same = before.leads.is_disjoint(touched) && !(faulty && since.paths);
            same.then(|| found.cloned().unwrap_or_default())
        };
        let links = Links { site: self.site, facts: &lessons.facts };
        let bodies = |path: &SitePath| {
            let learned = lessons.documents.get(&key_of(path))?;
            let (text, chapter) = texts_of(&learned.of).find(|(text, _)| text.path() == path)?;
            Some((self.memo.body(text, self.dialect), chapter))
        };
        let all = lessons.documents.par_iter().map(|(key, learned)| {
            let check = || {
                let mut linked = Linked::default();
                for (text, _) in texts_of(&learned.of) {
                    let checked = quotations::check(links, text, &bodies);
                    linked.found.extend(links.check(text).into_iter().chain(checked.found));
                    linked.quoted.extend(checked.quoted);
                }
                linked
            };
            (key, stays(key, learned).unwrap_or_else(check))
        });
        let found = all.filter(|(_, linked)| !linked.found.is_empty() || !linked.quoted.is_empty());
        found.map(|(key, linked)| (key.clone(), linked)).collect::<Vec<_>>().into_iter().collect()
    }
}

impl Since<'_> {
    /// The documents of which a link could now say something else: those of which a file changed, and those that are
    /// seen in another way, that came or went.
    fn touched(&self, now: &Lessons) -> BTreeSet<DocumentKey> {
        let mut touched = self.changed.clone();
        let mut differs = |one: &Lessons, other: &Lessons| {
            let of_other = |key: &DocumentKey| other.documents.get(key);
            let others =
                one.documents.iter().filter(|(key, own)| !of_other(key).is_some_and(|other| Arc::ptr_eq(own, other)));
            touched.extend(others.map(|(key, _)| key.clone()));
        };
        differs(self.lessons, now);
        differs(now, self.lessons);
        touched
    }
}

/// The document that a file belongs to, if it belongs to one.
pub(super) fn key_of(path: &SitePath) -> DocumentKey {
    let (section, name) = place_of(path);
    DocumentKey { section, name }
}

/// Every text of a document, with its number where it is a chapter.
pub(super) fn texts_of(document: &Document) -> impl Iterator<Item = (&Text, Option<u32>)> {
    let drafts = document.drafts.values().flat_map(|draft| {
        let chapters = draft.chapters.iter().map(|chapter| (&chapter.text, Some(chapter.number)));
        std::iter::once((&draft.text, None)).chain(chapters)
    });
    document.index.iter().map(|index| (index, None)).chain(drafts)
}

/// A text that is shown and has no words. Words above chapters or drafts are not asked for.
fn empty(site: &Site, text: &Text, facts: &Facts) -> Option<Diagnostic> {
    let above = match site.source_of(text.path())? {
        Owner::Draft { section, name, draft } => !site.document(section, name)?.drafts.get(draft)?.chapters.is_empty(),
        Owner::Document { section, name } => !site.document(section, name)?.lone,
        Owner::Front => true,
        Owner::Page { .. } | Owner::Chapter { .. } => false,
    };
    let place = text.source.place(text.body_start..text.body_start);
    let finding = || Diagnostic::at(&diag::EMPTY_TEXT, place, "there is nothing below the front matter");
    (!above && !facts.shows && text.body_start > 0)
        .then(finding)
        .map(|finding| finding.hint("write the text, or leave the file out until there is one"))
}

/// What the parser noticed, in its place.
pub(super) fn finding(text: &Text, remark: &Remark) -> Diagnostic {
    let span = text.body_start + remark.span.start..text.body_start + remark.span.end;
    let finding = Diagnostic::at(remark.rule, text.source.place(span), remark.message.clone());
    Diagnostic { hint: remark.hint.clone(), ..finding }
}
