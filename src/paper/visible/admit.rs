//! What may be seen of one document.
//!
//! In: a document of the archive and a [`Lens`]. Out: [`Admitted`]: the document without what its audience may not see
//! at that moment, what each of its texts is, and the files that are withheld.

use super::Lens;
use crate::paper::lineage::Lineage;
use crate::paper::{Chapter, Consultation, Document, Draft, DraftName, Entry, Fate, Feedback, Lock, Moment, Owner};
use crate::path::SitePath;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What may be seen of one document.
#[derive(Debug)]
pub(super) struct Admitted {
    /// The document as the archive has it.
    pub(super) of: Arc<Document>,
    /// None where nothing of it may be seen.
    pub(super) seen: Option<Arc<Document>>,
    /// What each of its texts is that may be seen.
    pub(super) owners: BTreeMap<SitePath, Owner>,
    /// Its files that may not be seen.
    pub(super) withheld: Vec<SitePath>,
}

impl Lens {
    /// What is to be seen of a document.
    pub(super) fn admit(&self, document: &Arc<Document>) -> Admitted {
        let mut admitted =
            Admitted { of: Arc::clone(document), seen: None, owners: BTreeMap::new(), withheld: Vec::new() };
        let shown = |draft: &&Draft| self.admits(&document.visible_to) && self.shows(document, draft);
        let names: BTreeSet<_> = document.drafts.values().filter(shown).map(|draft| draft.name.clone()).collect();
        for draft in document.drafts.values().filter(|draft| !names.contains(&draft.name)) {
            admitted.withhold_draft(document, draft);
        }
        if names.is_empty() {
            admitted.withheld.extend(document.index.iter().map(|index| index.path().clone()));
            admitted.withheld.extend(document.figures.iter().cloned());
            return admitted;
        }
        admitted.seen = Some(Arc::new(self.part_of(document, &names, &mut admitted)));
        admitted
    }

    /// A document with these drafts alone, noted with its files.
    fn part_of(&self, document: &Document, names: &BTreeSet<DraftName>, admitted: &mut Admitted) -> Document {
        let lineage = Lineage::of(document, names);
        let drafts = names.iter().filter_map(|name| document.drafts.get(name));
        let drafts = drafts.map(|draft| (draft.name.clone(), self.admit_draft(document, draft, &lineage, admitted)));
        let drafts = drafts.collect();
        let rounds = document.rounds.iter().filter(|(_, round)| self.announces(document, round, names));
        let rounds = rounds.map(|(number, round)| (*number, round.clone())).collect();
        if let Some(index) = &document.index {
            admitted.owners.insert(index.path().clone(), Owner::document(document));
        }
        let withheld = &admitted.withheld;
        let figures = document.figures.iter().filter(|figure| !withheld.contains(figure)).cloned().collect();
        let consultation = self.admit_consultation(document, names);
        let gone = document.lock.as_ref().map_or_else(Vec::new, |lock| lock.gone());
        let feedback = document.feedback.iter().filter_map(|own| self.admit_feedback(own, (names, &gone))).collect();
        let lock = document.lock.as_ref().map(|lock| Arc::new(self.admit_lock(lock, names)));
        Document { drafts, rounds, figures, consultation, feedback, lock, ..without_parts(document) }
    }

    /// A vote does not show a draft that may not be seen, nor its result before its last day is over, whoever
    /// looks.
    fn admit_consultation(&self, document: &Document, names: &BTreeSet<DraftName>) -> Consultation {
        let mut consultation = document.consultation.clone();
        if let Some(vote) = &mut consultation.vote {
            vote.draft = vote.draft.take().filter(|draft| names.contains(draft));
            vote.result = vote.result.take().filter(|result| result.from <= self.at);
        }
        consultation
    }

    /// What was recorded of drafts that may be seen, and of those that were out and were taken down.
    fn admit_lock(&self, lock: &Lock, names: &BTreeSet<DraftName>) -> Lock {
        let gone = lock.gone();
        let is_seen = |entry: &Entry| {
            let is_known = names.contains(&entry.draft) || gone.contains(&entry.draft);
            // A text is shown as it is now, at whatever moment it is looked at, so what was corrected is told with it.
            let is_out = || lock.publication(&entry.draft).is_some_and(|first| first.at <= self.at);
            is_known && !lock.is_void(entry) && (self.unpublished || is_out())
        };
        lock.seen(is_seen)
    }

    /// What was said, once it was, about a draft that may be seen or was taken down; a name where it may be shown, an
    /// answer once it is published.
    fn admit_feedback(
        &self,
        feedback: &Feedback,
        (names, gone): (&BTreeSet<DraftName>, &[DraftName]),
    ) -> Option<Feedback> {
        let is_here = |moment: Option<Moment>| self.unpublished || moment.is_none_or(|moment| moment.at <= self.at);
        let about = feedback.about.as_ref().and_then(|about| about.draft.as_ref());
        if !is_here(feedback.date) || about.is_some_and(|draft| !names.contains(draft) && !gone.contains(draft)) {
            return None;
        }
        let from = feedback.from.clone().filter(|_| feedback.publish_name);
        let seen = Feedback { from, ..feedback.clone() };
        Some(match is_here(feedback.answered) {
            true => seen,
            false => Feedback { outcome: Fate::Open, answer: None, answered: None, ..seen },
        })
    }

    fn admit_draft(&self, document: &Document, draft: &Draft, lineage: &Lineage, admitted: &mut Admitted) -> Draft {
        let path = draft.text.path().clone();
        let owner = if document.lone { Owner::document(document) } else { Owner::draft(document, draft) };
        admitted.owners.insert(path, owner);
        let mut chapters = Vec::new();
        for chapter in &draft.chapters {
            if !self.admits(&chapter.visible_to) {
                admitted.withheld.push(chapter.text.path().clone());
                continue;
            }
            admitted.owners.insert(chapter.text.path().clone(), Owner::chapter(document, draft, chapter));
            chapters.push(Chapter { number: chapters.len() as u32 + 1, ..chapter.clone() });
        }
        let (follows, base) = lineage.follows.get(&draft.name).cloned().unwrap_or_default();
        Draft { chapters, follows, base, ..draft.clone() }
    }
}

impl Admitted {
    fn withhold_draft(&mut self, document: &Document, draft: &Draft) {
        self.withheld.push(draft.text.path().clone());
        self.withheld.extend(draft.chapters.iter().map(|chapter| chapter.text.path().clone()));
        let folder = document.folder.join(&draft.name.to_string());
        self.withheld.extend(document.figures.iter().filter(|figure| figure.below(&folder).is_some()).cloned());
    }
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
        lock: None,
        feedback: Vec::new(),
        drafts: BTreeMap::new(),
        figures: Vec::new(),
    }
}
