//! What may be seen: the only way from an [`Archive`] to a [`Site`].
//!
//! In: an archive and a [`Lens`]: a moment and an audience. Out: a site in which nothing is left of what
//! this audience may not see at this moment but the paths of the files, so that links to them can be
//! refused. Nothing that is made from a site can show what its lens withholds.

use super::{Archive, Document, Draft, DraftName, Lead, Moment, Owner, Round, Term};
use crate::config::Kind;
use crate::path::SitePath;
use crate::tree::File;
use admit::Admitted;
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

mod admit;

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

/// Section and name of a document.
type Name = (String, String);

/// What one audience may see at one moment.
#[derive(Clone, Debug)]
pub struct Site {
    lens: Lens,
    front: Option<Arc<Document>>,
    documents: BTreeMap<Name, Arc<Document>>,
    files: BTreeMap<SitePath, File>,
    withheld: BTreeSet<SitePath>,
    misplaced: BTreeSet<SitePath>,
    unsettled: BTreeSet<SitePath>,
    glossary: Vec<Term>,
    /// Of each document of the archive, the front page without a name among them, what may be seen.
    admitted: BTreeMap<Name, Arc<Admitted>>,
}

impl Archive {
    /// What may be seen through a lens.
    pub fn visible(&self, lens: &Lens) -> Site {
        self.visible_again(lens, None)
    }

    /// What may be seen through a lens, where another archive was looked at before. The result is that of
    /// [`Archive::visible`]; it shares each document that both archives share, where the lens is the same.
    pub fn visible_again(&self, lens: &Lens, before: Option<&Site>) -> Site {
        let before = before.filter(|site| site.lens == *lens);
        let front = self.front.iter().map(|front| (Name::default(), front));
        let all = front.chain(self.documents.iter().map(|(name, document)| (name.clone(), document)));
        let admit = |(name, document): (Name, &Arc<Document>)| {
            let known = before.and_then(|site| site.admitted.get(&name));
            let known = known.filter(|known| Arc::ptr_eq(&known.of, document)).map(Arc::clone);
            (name, known.unwrap_or_else(|| Arc::new(lens.admit(document))))
        };
        let admitted: BTreeMap<_, _> = all.map(admit).collect();
        let seen = admitted.iter().filter(|(name, _)| **name != Name::default());
        let seen = seen.filter_map(|(name, own)| Some((name.clone(), Arc::clone(own.seen.as_ref()?))));
        let withheld: BTreeSet<_> = admitted.values().flat_map(|own| own.withheld.iter().cloned()).collect();
        let files = self.files.iter().filter(|(path, _)| !withheld.contains(*path));
        let mut site = Site {
            lens: lens.clone(),
            front: admitted.get(&Name::default()).and_then(|own| own.seen.clone()),
            documents: seen.collect(),
            files: files.map(|(path, file)| (path.clone(), file.clone())).collect(),
            withheld,
            misplaced: self.misplaced.clone(),
            unsettled: self.unsettled.clone(),
            glossary: self.glossary.clone(),
            admitted,
        };
        site.drop_what_is_withheld();
        site
    }

    /// The next moment after the lens's at which its audience will see something new.
    pub fn next_change(&self, lens: &Lens) -> Option<Timestamp> {
        let documents = self.all().filter(|document| lens.admits(&document.visible_to));
        let drafts = documents.flat_map(|document| document.drafts.values());
        let coming = drafts.filter(|draft| lens.admits(&draft.visible_to)).filter_map(|draft| draft.published);
        let results = self.all().filter_map(|document| result_of(document, lens));
        let said = self.all().filter(|document| lens.admits(&document.visible_to)).flat_map(|own| &own.feedback);
        let said = said.flat_map(|own| [own.date, own.answered].into_iter().flatten()).map(|moment| moment.at);
        coming.map(|published| published.at).chain(results).chain(said).filter(|at| *at > lens.at).min()
    }
}

impl Site {
    /// Through which it is seen.
    pub fn lens(&self) -> &Lens {
        &self.lens
    }

    /// The front page: a document in one file, without section and name.
    pub fn front(&self) -> Option<&Document> {
        self.front.as_deref()
    }

    /// All documents but pages, by section and name.
    pub fn documents(&self) -> impl Iterator<Item = &Document> {
        self.documents.values().map(|document| &**document).filter(|document| document.kind != Kind::Page)
    }

    /// All pages but the front page, by section and name.
    pub fn pages(&self) -> impl Iterator<Item = &Document> {
        self.documents.values().map(|document| &**document).filter(|document| document.kind == Kind::Page)
    }

    /// The documents or pages of a section, by name.
    pub fn section<'a>(&'a self, section: &'a str) -> impl Iterator<Item = &'a Document> {
        let first = (section.to_owned(), String::new());
        self.documents
            .range(first..)
            .map(|(_, document)| &**document)
            .take_while(move |document| document.section == section)
    }

    /// The document or page of that section and name.
    pub fn document(&self, section: &str, name: &str) -> Option<&Document> {
        self.documents.get(&(section.to_owned(), name.to_owned())).map(|document| &**document)
    }

    /// The same, to be told from what it was before and will be later: each reading of a site shares the documents
    /// that stayed as they were.
    pub fn shared(&self) -> impl Iterator<Item = &Arc<Document>> {
        self.front.iter().chain(self.documents.values())
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

    /// All files that were reported in this way.
    pub fn reported(&self) -> impl Iterator<Item = &SitePath> {
        self.misplaced.iter().chain(&self.unsettled)
    }

    /// What a Markdown file is; none where there is none that may be seen.
    pub fn source_of(&self, path: &SitePath) -> Option<&Owner> {
        owner(&self.admitted, path)
    }

    /// The day on which what a Markdown file holds was published; none where it may not be seen, and of a page.
    pub fn published_on(&self, path: &SitePath) -> Option<Date> {
        self.published(path).map(|published| published.day)
    }

    /// The same to the second.
    pub fn published(&self, path: &SitePath) -> Option<Moment> {
        let (section, name, draft) = match self.source_of(path)? {
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

    /// Whether the text of a Markdown file may still change: its draft is not published.
    pub fn is_moving(&self, path: &SitePath) -> bool {
        let (section, name, draft) = match self.source_of(path) {
            Some(Owner::Document { section, name }) => (section, name, None),
            Some(Owner::Draft { section, name, draft } | Owner::Chapter { section, name, draft, .. }) => {
                (section, name, Some(draft))
            }
            _ => return false,
        };
        let Some(document) = self.document(section, name) else { return false };
        let own = document.drafts.values().filter(|own| draft.is_none_or(|draft| own.name == *draft));
        let is_index = !document.lone && draft.is_none();
        own.filter(|_| !is_index).any(|draft| self.is_unpublished(document, draft))
    }

    /// Whether a draft is only seen because the lens shows what is not published.
    pub fn is_unpublished(&self, document: &Document, draft: &Draft) -> bool {
        document.kind != Kind::Page && draft.published.is_none_or(|published| published.at > self.lens.at)
    }

    /// Leaves out of letters and rounds what leads to files that may not be seen: there, they are not there yet.
    fn drop_what_is_withheld(&mut self) {
        let Site { documents, admitted, .. } = self;
        let is_seen = |path: &SitePath| owner(admitted, path).is_some();
        for document in documents.values_mut().filter(|document| !leads_to(document).all(is_seen)) {
            drop_leads(Arc::make_mut(document), is_seen);
        }
    }
}

/// The files that letters and rounds of a document lead to.
fn leads_to(document: &Document) -> impl Iterator<Item = &SitePath> {
    let rounds = document.rounds.values().flat_map(|round| {
        let events = round.events.iter().filter_map(|event| match &event.link {
            Some(Lead::File(path)) => Some(path),
            _ => None,
        });
        round.response.iter().chain(events)
    });
    let sources = document.feedback.iter().filter_map(|own| match &own.source {
        Some(Lead::File(path)) => Some(path),
        _ => None,
    });
    let rounds = rounds.chain(sources);
    rounds.chain(document.letter.iter().filter_map(|letter| letter.replies_to.as_ref()))
}

fn drop_leads(document: &mut Document, is_seen: impl Fn(&SitePath) -> bool) {
    let keeps = |link: &Lead| match link {
        Lead::File(path) => is_seen(path),
        Lead::Web(_) => true,
    };
    for feedback in &mut document.feedback {
        feedback.source = feedback.source.take().filter(keeps);
    }
    for round in document.rounds.values_mut() {
        round.response = round.response.take().filter(&is_seen);
        for event in &mut round.events {
            event.link = event.link.take().filter(keeps);
        }
    }
    if let Some(letter) = &mut document.letter {
        letter.replies_to = letter.replies_to.take().filter(&is_seen);
    }
}

/// What a Markdown file is that may be seen.
fn owner<'a>(admitted: &'a BTreeMap<Name, Arc<Admitted>>, path: &SitePath) -> Option<&'a Owner> {
    admitted.get(&place_of(path))?.owners.get(path)
}

/// The section and the name of the document that a file below `content/` belongs to, if it belongs to one: its path
/// says so. Both are empty for files that lie in no section, such as the front page.
pub fn place_of(path: &SitePath) -> (String, String) {
    let parts: Vec<_> = path.parts().skip(1).collect();
    match parts.as_slice() {
        [] | [_] => Name::default(),
        [section, _] => ((*section).to_owned(), path.stem().to_owned()),
        [section, name, ..] => ((*section).to_owned(), (*name).to_owned()),
    }
}

/// When the result of a document's vote will be seen.
fn result_of(document: &Document, lens: &Lens) -> Option<Timestamp> {
    let from = document.consultation.vote.as_ref()?.result.as_ref()?.from;
    let then = Lens { at: from, ..lens.clone() };
    let seen = then.admits(&document.visible_to) && document.drafts.values().any(|draft| then.shows(document, draft));
    seen.then_some(from)
}

#[cfg(test)]
mod tests;
