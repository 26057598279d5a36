//! Pages: a route → the view of its template → bytes. One file for each sort of page.

mod calendar;
mod comparison;
mod document;
mod draft;
mod feedback;
mod feeds;
mod functions;
mod glossary;
mod groups;
mod lists;
mod marked;
mod picture;
mod places;
mod published;
mod quotations;
mod reasons;
mod round;
mod rows;
mod search;
mod silence;
mod site_json;
mod timetable;
mod told;
mod vote;
mod words;

use super::world::World;
use crate::diag::{self, Diagnostic};
use crate::path::Address;
use crate::routes::Route;
use crate::words::Phrase;

/// What comes of a page.
pub type Rendered = Result<Vec<u8>, Vec<Diagnostic>>;

impl World {
    /// The bytes of what stands at an address; none where nothing does.
    pub fn render(&self, address: &Address) -> Option<Rendered> {
        let route = self.routes().get(address)?;
        Some(render(self, route, address))
    }

    /// The same, also of a comparison of two drafts that the site does not compare.
    pub fn render_any(&self, address: &Address) -> Option<Rendered> {
        self.render(address).or_else(|| Some(render(self, &self.extra(address)?, address)))
    }
}

/// The bytes of a route.
fn render(world: &World, route: &Route, at: &Address) -> Rendered {
    let page = Page { world, at };
    match route {
        Route::Front => page.front(),
        Route::Section(section) => page.section(section),
        Route::Page(key) => page.plain(key),
        Route::Document(key) => page.document(key),
        Route::Draft(key, draft) => page.draft(key, draft),
        Route::Chapter(key, draft, chapter) => page.chapter(key, draft, chapter),
        Route::All(key, draft) => page.all(key, draft),
        Route::Round(key, round) => page.round(key, *round),
        Route::Latest(key) => page.latest(key),
        Route::Comparison(key, old, new) => page.comparison(key, old, new),
        Route::ComparedChapter(key, old, new, chapter) => page.compared_chapter(key, old, new, chapter),
        Route::Feedback(key) => page.feedback(key),
        Route::Vote(key) => page.vote(key),
        Route::Sealed(key, draft) => page.sealed(key, draft),
        Route::Record(key) => page.record(key),
        Route::RecordText(key) => page.record_text(key),
        Route::TakenDown(key, draft) => page.taken_down(key, draft),
        Route::Changes => page.changes(),
        Route::Glossary => page.glossary(),
        Route::Silence => page.silence(),
        Route::Search => page.search(),
        Route::Feed => page.feed(),
        Route::DocumentFeed(key) => page.document_feed(key),
        Route::Calendar => page.calendar(),
        Route::Sitemap => page.sitemap(),
        Route::NotFound => page.not_found(),
        Route::SiteJson => Ok(page.site_json()),
        Route::Asset(name) => world.theme().assets.get(name).cloned().ok_or_else(|| page.gone()),
        Route::File(path) => {
            world.site().files().get(path).map(|file| file.bytes().to_vec()).ok_or_else(|| page.gone())
        }
    }
}

/// One page that is being written.
#[derive(Clone, Copy)]
pub(super) struct Page<'a> {
    pub(super) world: &'a World,
    pub(super) at: &'a Address,
}

impl<'a> Page<'a> {
    /// Pieces of views, seen from here.
    fn cards(&self) -> super::cards::Cards<'a> {
        super::cards::Cards { world: self.world, at: self.at }
    }

    /// A phrase in the language of the site.
    fn say(&self, phrase: impl Into<Phrase>) -> String {
        self.world.say(phrase)
    }

    /// Routes are made from the site that they are rendered from, so this is not met.
    fn gone(&self) -> Vec<Diagnostic> {
        let finding =
            Diagnostic::file(&diag::THEME, &self.at.file(), format!("nothing stands at {} any more", self.at));
        vec![finding.hint("build again: the site changed while it was written")]
    }
}
