//! Pages that list: the front page, sections, what happened when; and plain pages.

use super::draft::contents;
use super::timetable::Events;
use super::{Page, Rendered};
use crate::config::Kind;
use crate::paper::{Document, Draft};
use crate::routes::{DocumentKey, Route};
use crate::site::frame::About;
use crate::site::view::{ChangesView, DocumentCard, FrontView, PageView, SectionView, State};
use crate::words::phrase;

/// How many past events the front page shows.
const LATEST: usize = 10;

/// How many coming ones it shows.
const NEXT: usize = 5;

impl<'a> Page<'a> {
    /// The front page.
    pub(super) fn front(&self) -> Rendered {
        let site = self.world.site();
        let front = site.front();
        let text = front.and_then(|front| front.drafts.values().next()).map(|draft| &draft.text);
        let in_rounds = |document: &&Document| matches!(document.kind, Kind::Proposal | Kind::Strategy);
        let cards: Vec<_> =
            site.documents().filter(in_rounds).map(|document| self.cards().document(document)).collect();
        let is_open = |card: &DocumentCard| card.state.as_ref().is_some_and(State::is_ahead);
        let (open, others) = cards.into_iter().partition(is_open);
        let config = self.world.config();
        let events = self.events();
        let about = About {
            title: front.map_or(config.title.clone(), |front| front.title.clone()),
            description: front.map_or(String::new(), |front| front.summary.clone()),
            ..About::default()
        };
        let (body_html, words) = text.map_or_else(Default::default, |text| self.plain_html(text));
        let view = FrontView {
            frame: self.world.frame(self.at, about),
            body_html,
            words,
            open,
            others,
            next: self.by_day(first(&events.coming, NEXT)),
            latest: self.by_day(first(&events.past, LATEST)),
            changes: self.cards().href(&Route::Changes),
        };
        self.world.theme().render("front.html", &view)
    }

    /// All documents of a section: letters and updates by date, newest first, others by title.
    pub(super) fn section(&self, name: &str) -> Rendered {
        let section = self.world.config().section(name).ok_or_else(|| self.gone())?;
        let mut documents: Vec<_> = self.world.site().section(name).collect();
        match section.kind {
            Kind::Letter | Kind::Update => {
                documents.sort_by_key(|document| (std::cmp::Reverse(document.date), document.name.clone()))
            }
            _ => documents.sort_by_key(|document| document.title.clone()),
        }
        let title = self.world.section_title(section);
        let about = About {
            title: title.clone(),
            description: self.say(phrase("about-section").with("section", title.to_lowercase())),
            ..About::default()
        };
        let view = SectionView {
            frame: self.world.frame(self.at, about),
            title,
            kind: section.kind.word().to_owned(),
            documents: documents.into_iter().map(|document| self.cards().document(document)).collect(),
        };
        self.world.theme().render("section.html", &view)
    }

    /// A plain page.
    pub(super) fn plain(&self, key: &DocumentKey) -> Rendered {
        let document = self.world.site().document(&key.section, &key.name).ok_or_else(|| self.gone())?;
        let draft = document.drafts.values().next().ok_or_else(|| self.gone())?;
        let body = self.world.body(&draft.text);
        let (body_html, words) = self.plain_html(&draft.text);
        let about = About {
            title: document.title.clone(),
            description: document.summary.clone(),
            lang: document.lang.clone(),
            ..About::default()
        };
        let view = PageView {
            frame: self.world.frame(self.at, about),
            body_html,
            words,
            contents: contents(&body, 0..body.blocks.len()),
        };
        self.world.theme().render("page.html", &view)
    }

    /// The page of the lost.
    pub(super) fn not_found(&self) -> Rendered {
        let about = About { title: self.say("not-found"), noindex: true, ..About::default() };
        let frame = self.world.frame(self.at, about);
        let view = PageView { frame, body_html: String::new(), words: Vec::new(), contents: Vec::new() };
        self.world.theme().render("404.html", &view)
    }

    /// The timetable: what is to come, what is expected, and what happened.
    pub(super) fn changes(&self) -> Rendered {
        let Events { coming, expected, past } = self.events();
        let about = About { title: self.say("changes"), description: self.say("about-changes"), ..About::default() };
        let calendar = self.world.address_if_known(&Route::Calendar).map(|address| self.world.full(&address));
        let view = ChangesView {
            frame: self.world.frame(self.at, about),
            coming: self.by_day(&coming),
            expected: self.by_day(&expected),
            past: self.by_day(&past),
            calendar,
        };
        self.world.theme().render("changes.html", &view)
    }

    /// A draft with its document; of a lone file its title alone.
    pub(super) fn draft_title(&self, document: &Document, draft: &Draft) -> String {
        if document.lone {
            return document.title.clone();
        }
        let draft = self.world.label(&draft.name);
        self.say(phrase("event-title").with("document", &*document.title).with("what", draft))
    }
}

/// At most so many from the beginning.
fn first<T>(list: &[T], most: usize) -> &[T] {
    list.get(..most).unwrap_or(list)
}
