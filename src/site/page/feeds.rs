//! The feed (Atom, RFC 4287) and the sitemap (sitemaps.org, protocol 0.9).

use super::{Page, Rendered};
use crate::config::Kind;
use crate::paper::{Document, Draft, Moment};
use crate::routes::{DocumentKey, Route};
use crate::site::cards::draft_route;
use crate::site::view::{FeedEntry, FeedView, SitemapEntry, SitemapView};

/// How many entries the feed holds.
const ENTRIES: usize = 50;

impl Page<'_> {
    /// The feed: an entry for every published draft, letter and update, newest first.
    pub(super) fn feed(&self) -> Rendered {
        let mut entries: Vec<(Moment, FeedEntry)> = self
            .published_drafts()
            .map(|(moment, document, draft)| (moment, self.entry(moment, document, draft)))
            .collect();
        entries.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.address.cmp(&b.1.address)));
        entries.truncate(ENTRIES);
        let view = FeedView {
            title: self.world.config().title.clone(),
            home: self.world.full(&Route::Front.address()),
            address: self.world.full(self.at),
            updated: entries
                .first()
                .map_or_else(|| "1970-01-01T00:00:00Z".to_owned(), |(moment, _)| moment.at.to_string()),
            entries: entries.into_iter().map(|(_, entry)| entry).collect(),
        };
        self.world.theme().render("feed.xml", &view)
    }

    fn published_drafts(&self) -> impl Iterator<Item = (Moment, &Document, &Draft)> {
        let site = self.world.site();
        let drafts = site.documents().flat_map(|document| document.drafts.values().map(move |draft| (document, draft)));
        drafts
            .filter(|(document, draft)| !site.is_unpublished(document, draft))
            .filter_map(|(document, draft)| Some((draft.published?, document, draft)))
    }

    fn entry(&self, moment: Moment, document: &Document, draft: &Draft) -> FeedEntry {
        let author = document.by.clone().or_else(|| document.letter.as_ref().map(|letter| letter.from.clone()));
        let comparison = draft
            .base
            .as_ref()
            .map(|base| Route::Comparison(DocumentKey::of(document), base.clone(), draft.name.clone()).address());
        FeedEntry {
            title: self.draft_title(document, draft),
            address: self.world.full(&draft_route(document, &draft.name).address()),
            updated: moment.at.to_string(),
            author: author.unwrap_or_else(|| self.world.config().title.clone()),
            summary: draft.note.clone().or_else(|| draft.summary.clone()).unwrap_or_else(|| document.summary.clone()),
            comparison: comparison.map(|address| self.world.full(&address)),
        }
    }

    /// The sitemap: the pages that search engines may keep.
    pub(super) fn sitemap(&self) -> Rendered {
        // What not everybody may see is for no search engine.
        let public = self.world.options().audience.is_none() && !self.world.options().unpublished;
        let entries = self.world.routes().iter().filter(|_| public).filter_map(|(address, route)| {
            let changed = self.kept_by_search(route)?;
            Some(SitemapEntry { address: self.world.full(address), changed })
        });
        self.world.theme().render("sitemap.xml", &SitemapView { entries: entries.collect() })
    }

    /// For a page that search engines may keep, the day of its last change where that is known.
    fn kept_by_search(&self, route: &Route) -> Option<Option<String>> {
        let site = self.world.site();
        let find = |key: &DocumentKey| site.document(&key.section, &key.name);
        let day = |document: &Document| {
            let days = document.newest().filter_map(|draft| draft.published).map(|moment| moment.day);
            days.max().map(|day| day.to_string())
        };
        match route {
            Route::Front | Route::Changes | Route::Glossary | Route::Section(_) => Some(None),
            Route::Page(key) => find(key).filter(|page| page.kind == Kind::Page).map(|_| None),
            Route::Document(key) => find(key).map(day),
            Route::Draft(key, draft) | Route::Chapter(key, draft, _) | Route::All(key, draft) => {
                let document = find(key).filter(|document| document.newest_round() == Some(draft.round))?;
                let published = document.drafts.get(draft)?;
                (!site.is_unpublished(document, published))
                    .then(|| published.published.map(|moment| moment.day.to_string()))
            }
            Route::Round(key, round) => {
                let several = |document: &&Document| document.round(*round).count() > 1;
                find(key).filter(|document| document.newest_round() == Some(*round)).filter(several).map(day)
            }
            _ => None,
        }
    }
}
