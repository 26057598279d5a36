//! Pages that list: the front page, sections, what happened when; and plain pages.

use super::draft::contents;
use super::{Page, Rendered};
use crate::config::Kind;
use crate::paper::{Document, Draft, Round};
use crate::routes::{DocumentKey, Route};
use crate::site::cards::draft_route;
use crate::site::frame::About;
use crate::site::view::{ChangesView, DocumentCard, Event, FrontView, PageView, SectionView};
use crate::words::phrase;
use jiff::civil::Date;

/// How many events the front page shows.
const LATEST: usize = 10;

/// An event with its day, for sorting.
struct Dated {
    day: Date,
    event: Event,
}

impl<'a> Page<'a> {
    /// The front page.
    pub(super) fn front(&self) -> Rendered {
        let site = self.world.site();
        let front = site.front();
        let text = front.and_then(|front| front.drafts.values().next()).map(|draft| &draft.text);
        let in_rounds = |document: &&Document| matches!(document.kind, Kind::Proposal | Kind::Strategy);
        let cards: Vec<_> =
            site.documents().filter(in_rounds).map(|document| self.cards().document(document)).collect();
        let is_open = |card: &DocumentCard| {
            card.state.as_ref().is_some_and(|state| state.name == "open" || state.name == "coming")
        };
        let (open, others) = cards.into_iter().partition(is_open);
        let config = self.world.config();
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
            latest: self.events().1.into_iter().take(LATEST).collect(),
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

    /// What happened when, and what is to come.
    pub(super) fn changes(&self) -> Rendered {
        let (coming, past) = self.events();
        let about = About { title: self.say("changes"), description: self.say("about-changes"), ..About::default() };
        let view = ChangesView { frame: self.world.frame(self.at, about), coming, past };
        self.world.theme().render("changes.html", &view)
    }

    /// What is to come, soonest first, and what happened, newest first.
    fn events(&self) -> (Vec<Event>, Vec<Event>) {
        let today = self.world.today();
        let all = self.world.site().documents().flat_map(|document| {
            let drafts = document.drafts.values().filter_map(|draft| self.published(document, draft));
            let rounds = document.rounds.values().flat_map(|round| self.round_events(document, round));
            drafts.chain(rounds).collect::<Vec<_>>()
        });
        let (mut coming, mut past): (Vec<_>, Vec<_>) = all.partition(|dated| dated.day > today);
        coming.sort_by_key(|dated| dated.day);
        past.sort_by_key(|dated| std::cmp::Reverse(dated.day));
        let events = |list: Vec<Dated>| list.into_iter().map(|dated| dated.event).collect();
        (events(coming), events(past))
    }

    fn published(&self, document: &Document, draft: &Draft) -> Option<Dated> {
        let date = draft.published.filter(|_| !self.world.site().is_unpublished(document, draft))?.day;
        let (cards, key) = (self.cards(), DocumentKey::of(document));
        let title = self.draft_title(document, draft);
        let what = if document.lone { self.world.kind(document.kind) } else { self.say("event-draft") };
        let note = draft.note.clone().or_else(|| draft.summary.clone()).unwrap_or_else(|| document.summary.clone());
        let comparison = draft.base.as_ref().map(|base| {
            let route = Route::Comparison(key, base.clone(), draft.name.clone());
            cards.link(self.say(phrase("changed-since").with("draft", self.world.label(base))), &route)
        });
        let link = cards.link(title, &draft_route(document, &draft.name));
        Some(Dated { day: date, event: Event { day: self.world.day(date), link, what, note: Some(note), comparison } })
    }

    /// A draft with its document; of a lone file its title alone.
    pub(super) fn draft_title(&self, document: &Document, draft: &Draft) -> String {
        if document.lone {
            return document.title.clone();
        }
        let draft = self.world.label(&draft.name);
        self.say(phrase("event-title").with("document", &*document.title).with("what", draft))
    }

    fn round_events(&self, document: &Document, round: &Round) -> Vec<Dated> {
        let key = DocumentKey::of(document);
        let several = document.round(round.number).count() > 1;
        let route = if several { Route::Round(key, round.number) } else { Route::Document(key) };
        let number = phrase("round-lower").with("number", round.number);
        let title = self.say(phrase("event-title").with("document", &*document.title).with("what", number));
        let event = |date: Date, what: &'static str| Dated {
            day: date,
            event: Event {
                day: self.world.day(date),
                link: self.cards().link(title.clone(), &route),
                what: self.say(what),
                note: None,
                comparison: None,
            },
        };
        let opens = round.opens.map(|date| event(date, "event-round-opens"));
        let closes = round.closes.map(|date| event(date, "event-round-closes"));
        opens.into_iter().chain(closes).collect()
    }
}
