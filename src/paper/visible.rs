//! What may be seen: the only way from an [`Archive`] to a [`Site`].
//!
//! In: an archive and a [`Lens`]: a moment and an audience. Out: a site in which nothing is left of what
//! this audience may not see at this moment but the paths of the files, so that links to them can be
//! refused. Nothing that is made from a site can show what its lens withholds.

use super::lineage::Lineage;
use super::{Archive, Chapter, Consultation, Document, Draft, DraftName, Lead, Moment, Owner, Round, Term};
use crate::config::Kind;
use crate::path::SitePath;
use crate::tree::File;
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Who looks, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lens {
    /// The moment: what is published then or earlier is seen.
    pub at: Timestamp,
    /// A name from `audiences` in `site.toml`; none is the public.
    pub audience: Option<String>,
    /// Whether drafts are seen that are not published yet, as in a preview.
    pub unpublished: bool,
}

impl Lens {
    /// What the public sees at a moment.
    pub fn public(at: Timestamp) -> Self {
        Lens { at, audience: None, unpublished: false }
    }

    /// Whether something with this `visible_to` is for the audience.
    fn admits(&self, visible_to: &[String]) -> bool {
        visible_to.is_empty()
            || self.audience.as_ref().is_some_and(|name| !name.is_empty() && visible_to.contains(name))
    }

    /// Whether a round is seen: it has a draft that is, or dates that were announced, unless all its drafts
    /// are for other readers.
    fn announces(&self, document: &Document, round: &Round, names: &BTreeSet<DraftName>) -> bool {
        let dated = round.opens.is_some() || round.closes.is_some();
        let mut drafts = document.round(round.number).peekable();
        let for_others = drafts.peek().is_some() && drafts.all(|draft| !self.admits(&draft.visible_to));
        names.iter().any(|name| name.round == round.number) || (dated && !for_others)
    }

    fn shows(&self, document: &Document, draft: &Draft) -> bool {
        let out = draft.published.is_some_and(|published| published.at <= self.at);
        self.admits(&draft.visible_to) && (out || self.unpublished || document.kind == Kind::Page)
    }
}

/// What one audience may see at one moment.
#[derive(Clone, Debug)]
pub struct Site {
    lens: Lens,
    front: Option<Document>,
    documents: BTreeMap<(String, String), Document>,
    files: BTreeMap<SitePath, File>,
    withheld: BTreeSet<SitePath>,
    owners: BTreeMap<SitePath, Owner>,
    misplaced: BTreeSet<SitePath>,
    unsettled: BTreeSet<SitePath>,
    glossary: Vec<Term>,
}

impl Archive {
    /// What may be seen through a lens.
    pub fn visible(&self, lens: &Lens) -> Site {
        let mut site = Site {
            lens: lens.clone(),
            front: None,
            documents: BTreeMap::new(),
            files: self.files.clone(),
            withheld: BTreeSet::new(),
            owners: BTreeMap::new(),
            misplaced: self.misplaced.clone(),
            unsettled: self.unsettled.clone(),
            glossary: self.glossary.clone(),
        };
        site.front = self.front.as_ref().and_then(|front| site.admit(front));
        for (at, document) in &self.documents {
            if let Some(visible) = site.admit(document) {
                site.documents.insert(at.clone(), visible);
            }
        }
        site.drop_what_is_withheld();
        site
    }

    /// The next moment after the lens's at which its audience will see something new.
    pub fn next_change(&self, lens: &Lens) -> Option<Timestamp> {
        let documents = self.all().filter(|document| lens.admits(&document.visible_to));
        let drafts = documents.flat_map(|document| document.drafts.values());
        let coming = drafts.filter(|draft| lens.admits(&draft.visible_to)).filter_map(|draft| draft.published);
        let results = self.all().filter_map(|document| result_of(document, lens));
        coming.map(|published| published.at).chain(results).filter(|at| *at > lens.at).min()
    }
}

impl Site {
    /// Through which it is seen.
    pub fn lens(&self) -> &Lens {
        &self.lens
    }

    /// The front page: a document in one file, without section and name.
    pub fn front(&self) -> Option<&Document> {
        self.front.as_ref()
    }

    /// All documents but pages, by section and name.
    pub fn documents(&self) -> impl Iterator<Item = &Document> {
        self.documents.values().filter(|document| document.kind != Kind::Page)
    }

    /// All pages but the front page, by section and name.
    pub fn pages(&self) -> impl Iterator<Item = &Document> {
        self.documents.values().filter(|document| document.kind == Kind::Page)
    }

    /// The documents or pages of a section, by name.
    pub fn section<'a>(&'a self, section: &'a str) -> impl Iterator<Item = &'a Document> {
        let first = (section.to_owned(), String::new());
        self.documents
            .range(first..)
            .map(|(_, document)| document)
            .take_while(move |document| document.section == section)
    }

    /// The document or page of that section and name.
    pub fn document(&self, section: &str, name: &str) -> Option<&Document> {
        self.documents.get(&(section.to_owned(), name.to_owned()))
    }

    /// Figures and other files that are neither Markdown nor YAML, and may be seen.
    pub fn files(&self) -> &BTreeMap<SitePath, File> {
        &self.files
    }

    /// The terms of the glossary.
    pub fn glossary(&self) -> &[Term] {
        &self.glossary
    }

    /// Files that exist but may not be seen.
    pub fn withheld(&self) -> &BTreeSet<SitePath> {
        &self.withheld
    }

    /// Whether it was reported already why a Markdown file is not in the site: it has no place in the
    /// layout, or the value that says when or by whom it may be seen could not be read.
    pub fn is_reported(&self, path: &SitePath) -> bool {
        self.misplaced.contains(path) || self.unsettled.contains(path)
    }

    /// What a Markdown file is; none where there is none that may be seen.
    pub fn source_of(&self, path: &SitePath) -> Option<&Owner> {
        self.owners.get(path)
    }

    /// The day on which what a Markdown file holds was published; none where it may not be seen, and of a page.
    pub fn published_on(&self, path: &SitePath) -> Option<Date> {
        self.published(path).map(|published| published.day)
    }

    /// The same to the second.
    pub fn published(&self, path: &SitePath) -> Option<Moment> {
        let (section, name, draft) = match self.owners.get(path)? {
            Owner::Front | Owner::Page { .. } => return None,
            Owner::Document { section, name } => (section, name, None),
            Owner::Draft { section, name, draft } | Owner::Chapter { section, name, draft, .. } => {
                (section, name, Some(draft))
            }
        };
        let drafts = &self.document(section, name)?.drafts;
        let own = drafts.values().filter(|own| draft.is_none_or(|draft| own.name == *draft));
        own.filter_map(|draft| draft.published).min()
    }

    /// Whether a draft is only seen because the lens shows what is not published.
    pub fn is_unpublished(&self, document: &Document, draft: &Draft) -> bool {
        document.kind != Kind::Page && draft.published.is_none_or(|published| published.at > self.lens.at)
    }

    /// What is to be seen of a document, noted with its files; none where that is nothing.
    fn admit(&mut self, document: &Document) -> Option<Document> {
        let shown = |draft: &&Draft| self.lens.admits(&document.visible_to) && self.lens.shows(document, draft);
        let names: BTreeSet<_> = document.drafts.values().filter(shown).map(|draft| draft.name.clone()).collect();
        for draft in document.drafts.values().filter(|draft| !names.contains(&draft.name)) {
            self.withhold_draft(document, draft);
        }
        if names.is_empty() {
            self.withheld.extend(document.index.iter().map(|index| index.path().clone()));
            self.withhold_files(document.figures.iter());
            return None;
        }
        let lineage = Lineage::of(document, &names);
        let drafts = names.iter().filter_map(|name| document.drafts.get(name));
        let drafts = drafts.map(|draft| (draft.name.clone(), self.admit_draft(document, draft, &lineage))).collect();
        let rounds = document.rounds.iter().filter(|(_, round)| self.lens.announces(document, round, &names));
        let rounds = rounds.map(|(number, round)| (*number, round.clone())).collect();
        if let Some(index) = &document.index {
            self.owners.insert(index.path().clone(), Owner::document(document));
        }
        let figures = document.figures.iter().filter(|figure| !self.withheld.contains(figure)).cloned().collect();
        let consultation = self.admit_consultation(document, &names);
        Some(Document { drafts, rounds, figures, consultation, ..without_parts(document) })
    }

    /// A vote does not show a draft that may not be seen, nor its result before its last day is over, whoever
    /// looks.
    fn admit_consultation(&self, document: &Document, names: &BTreeSet<DraftName>) -> Consultation {
        let mut consultation = document.consultation.clone();
        if let Some(vote) = &mut consultation.vote {
            vote.draft = vote.draft.take().filter(|draft| names.contains(draft));
            vote.result = vote.result.take().filter(|result| result.from <= self.lens.at);
        }
        consultation
    }

    fn admit_draft(&mut self, document: &Document, draft: &Draft, lineage: &Lineage) -> Draft {
        let path = draft.text.path().clone();
        self.owners.insert(path, if document.lone { Owner::document(document) } else { Owner::draft(document, draft) });
        let mut chapters = Vec::new();
        for chapter in &draft.chapters {
            if !self.lens.admits(&chapter.visible_to) {
                self.withheld.insert(chapter.text.path().clone());
                continue;
            }
            self.owners.insert(chapter.text.path().clone(), Owner::chapter(document, draft, chapter));
            chapters.push(Chapter { number: chapters.len() as u32 + 1, ..chapter.clone() });
        }
        let (follows, base) = lineage.follows.get(&draft.name).cloned().unwrap_or_default();
        Draft { chapters, follows, base, ..draft.clone() }
    }

    fn withhold_draft(&mut self, document: &Document, draft: &Draft) {
        self.withheld.insert(draft.text.path().clone());
        self.withheld.extend(draft.chapters.iter().map(|chapter| chapter.text.path().clone()));
        let folder = document.folder.join(&draft.name.to_string());
        self.withhold_files(document.figures.iter().filter(|figure| figure.below(&folder).is_some()));
    }

    fn withhold_files<'a>(&mut self, files: impl Iterator<Item = &'a SitePath>) {
        for file in files {
            self.files.remove(file);
            self.withheld.insert(file.clone());
        }
    }

    /// Leaves out of letters and rounds what leads to files that may not be seen: there, they are not there yet.
    fn drop_what_is_withheld(&mut self) {
        let owners = &self.owners;
        for round in self.documents.values_mut().flat_map(|document| document.rounds.values_mut()) {
            round.response = round.response.take().filter(|path| owners.contains_key(path));
            for event in &mut round.events {
                event.link = event.link.take().filter(|link| match link {
                    Lead::File(path) => owners.contains_key(path),
                    Lead::Web(_) => true,
                });
            }
        }
        for letter in self.documents.values_mut().filter_map(|document| document.letter.as_mut()) {
            letter.replies_to = letter.replies_to.take().filter(|path| owners.contains_key(path));
        }
    }
}

/// When the result of a document's vote will be seen.
fn result_of(document: &Document, lens: &Lens) -> Option<Timestamp> {
    let from = document.consultation.vote.as_ref()?.result.as_ref()?.from;
    let then = Lens { at: from, ..lens.clone() };
    let seen = then.admits(&document.visible_to) && document.drafts.values().any(|draft| then.shows(document, draft));
    seen.then_some(from)
}

/// A copy of what holds for the whole document.
fn without_parts(document: &Document) -> Document {
    Document {
        section: document.section.clone(),
        kind: document.kind,
        name: document.name.clone(),
        lone: document.lone,
        folder: document.folder.clone(),
        title: document.title.clone(),
        summary: document.summary.clone(),
        by: document.by.clone(),
        contact: document.contact.clone(),
        lang: document.lang.clone(),
        visible_to: document.visible_to.clone(),
        numbered: document.numbered,
        groups: document.groups.clone(),
        means_for: document.means_for.clone(),
        consultation: Consultation::default(),
        index: document.index.clone(),
        letter: document.letter.clone(),
        date: document.date,
        rounds: BTreeMap::new(),
        drafts: BTreeMap::new(),
        figures: Vec::new(),
    }
}

#[cfg(test)]
mod tests;
