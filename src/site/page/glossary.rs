//! The glossary: every term with what it means and where it is used.

use super::words::alphabetical;
use super::{Page, Rendered};
use crate::config::Kind;
use crate::facts::Use;
use crate::paper::{Document, Draft, Text};
use crate::routes::{DocumentKey, Route};
use crate::site::cards::draft_route;
use crate::site::frame::About;
use crate::site::view::{GlossaryView, Link, UsedIn, Word};
use std::collections::BTreeMap;

/// How many places of a draft are named for a term.
const PLACES: usize = 5;

impl Page<'_> {
    /// All terms.
    pub(super) fn glossary(&self) -> Rendered {
        let mut used = self.used();
        let terms = self.world.site().glossary().iter().enumerate();
        let entry = |(at, term)| Word { used: used.remove(&at).unwrap_or_default(), ..self.word(term) };
        let mut words: Vec<_> = terms.map(entry).collect();
        words.sort_by_key(alphabetical);
        let about = About { title: self.say("glossary"), description: self.say("about-glossary"), ..About::default() };
        let view = GlossaryView { frame: self.world.frame(self.at, about), words };
        self.world.theme().render("glossary.html", &view)
    }

    /// Where each term is used, by its place in the glossary: in the newest drafts, then on plain pages.
    fn used(&self) -> BTreeMap<usize, Vec<UsedIn>> {
        let mut used: BTreeMap<usize, Vec<UsedIn>> = BTreeMap::new();
        let site = self.world.site();
        for document in site.documents().chain(site.pages()) {
            for draft in document.newest() {
                for (term, places) in self.places_of_terms(document, draft) {
                    let more = places.len().saturating_sub(PLACES);
                    let places = places.into_iter().take(PLACES).collect();
                    used.entry(term).or_default().push(UsedIn { link: self.draft_link(document, draft), places, more });
                }
            }
        }
        used
    }

    /// The places where a draft uses each term first in a section.
    fn places_of_terms(&self, document: &Document, draft: &Draft) -> BTreeMap<usize, Vec<Link>> {
        let key = DocumentKey::of(document);
        let own = std::iter::once((&draft.text, self.text_route(document, draft)));
        let chapters = draft
            .chapters
            .iter()
            .map(|chapter| (&chapter.text, Route::Chapter(key.clone(), draft.name.clone(), chapter.name.clone())));
        let mut places: BTreeMap<usize, Vec<Link>> = BTreeMap::new();
        for (text, route) in own.chain(chapters) {
            let uses = self.uses(text);
            if uses.is_empty() {
                continue;
            }
            let href = self.cards().href(&route);
            for own in uses {
                let link = Link { text: self.place_label(own), href: format!("{href}#{}", own.anchor), current: false };
                places.entry(own.term).or_default().push(link);
            }
        }
        places
    }

    fn uses(&self, text: &Text) -> &[Use] {
        self.world.facts().get(text.path()).map_or(&[], |facts| &facts.uses)
    }

    /// Where the text of a draft stands, its chapters aside.
    fn text_route(&self, document: &Document, draft: &Draft) -> Route {
        match document.kind {
            Kind::Page => Route::Page(DocumentKey::of(document)),
            _ => draft_route(document, &draft.name),
        }
    }

    fn draft_link(&self, document: &Document, draft: &Draft) -> Link {
        self.cards().link(self.draft_title(document, draft), &self.text_route(document, draft))
    }
}
