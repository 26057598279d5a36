//! Feeds (Atom, RFC 4287) and the sitemap (sitemaps.org, protocol 0.9).
//!
//! A feed has an entry for every published draft, letter and update, for every response, for the result of every vote, and
//! for what was corrected or taken down. Their ids stay for life, and what they say does not depend on the day.

use super::{Page, Rendered};
use crate::paper::{Document, Draft, Round};
use crate::routes::{DocumentKey, Route};
use crate::site::timetable::{self, Dated, What};
use crate::site::view::{FeedEntry, FeedView, Link, SitemapEntry, SitemapView};
use crate::words::phrase;
use jiff::Timestamp;

/// How many entries a feed holds.
const ENTRIES: usize = 50;

impl<'a> Page<'a> {
    /// The feed of the site.
    pub(super) fn feed(&self) -> Rendered {
        let config = self.world.config();
        let subtitle = self.world.site().front().map(|front| front.summary.clone()).filter(|words| !words.is_empty());
        let view = FeedView {
            title: clean(&config.title),
            subtitle: clean(&subtitle.unwrap_or_else(|| self.say("about-changes"))),
            lang: config.lang.clone(),
            ..self.feed_of(self.timetable(), &Route::Front)
        };
        self.world.theme().render("feed.xml", &view)
    }

    /// The feed of a document.
    pub(super) fn document_feed(&self, key: &DocumentKey) -> Rendered {
        let (site, config) = (self.world.site(), self.world.config());
        let document = site.document(&key.section, &key.name).ok_or_else(|| self.gone())?;
        let dated = timetable::of_document(site, document, &config.timezone);
        let title = self.say(phrase("title").with("page", &*document.title).with("site", &*config.title));
        let view = FeedView {
            title: clean(&title),
            subtitle: clean(&document.summary),
            lang: document.lang.clone().unwrap_or_else(|| config.lang.clone()),
            ..self.feed_of(dated, &Route::Document(key.clone()))
        };
        self.world.theme().render("feed.xml", &view)
    }

    /// A feed without its words: the newest entries, newest first.
    fn feed_of(&self, dated: Vec<Dated<'a>>, home: &Route) -> FeedView {
        let known = dated.iter().filter_map(|dated| Some((published(dated)?, self.id(dated), dated)));
        let mut known: Vec<_> = known.collect();
        known.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        known.truncate(ENTRIES);
        FeedView {
            title: String::new(),
            subtitle: String::new(),
            lang: String::new(),
            author: clean(&self.world.config().title),
            home: self.world.full(&home.address()),
            address: self.world.full(self.at),
            updated: known.first().map_or(Timestamp::UNIX_EPOCH, |(at, ..)| *at).to_string(),
            entries: known.into_iter().map(|(at, id, dated)| self.entry(at, id, dated)).collect(),
        }
    }

    fn entry(&self, at: Timestamp, id: String, dated: &Dated) -> FeedEntry {
        let (told, document) = (self.told(dated), dated.document);
        let author = document.by.clone().or_else(|| document.letter.as_ref().map(|letter| letter.from.clone()));
        let said = phrase("event-title").with("document", &*document.title);
        let (title, counts, open) = match dated.what {
            What::Draft(draft, _) => {
                (self.draft_title(document, draft), self.feed_counts(document, draft), self.open(document, draft))
            }
            _ => (self.say(said.with("what", &*told.text)), None, None),
        };
        FeedEntry {
            title: clean(&title),
            address: told.to.full(self.world),
            id,
            lang: document.lang.clone(),
            name: told.name.to_owned(),
            what: told.sort,
            updated: at.to_string(),
            author: clean(&author.unwrap_or_else(|| self.world.config().title.clone())),
            summary: clean(&told.note.unwrap_or_else(|| document.summary.clone())),
            comparison: told.comparison.map(|(text, route)| Link {
                text,
                href: self.world.full(&route.address()),
                current: false,
            }),
            counts,
            open,
            seal: seal(dated),
        }
    }

    fn feed_counts(&self, document: &Document, draft: &Draft) -> Option<String> {
        let base = draft.base.as_ref()?;
        Some(self.cards().counts(document, base, &draft.name).text)
    }

    /// How long the round of a draft is open: its days, whichever day it is.
    fn open(&self, document: &Document, draft: &Draft) -> Option<String> {
        let round: &Round = document.rounds.get(&draft.name.round).filter(|_| !draft.is_laid_aside())?;
        let day = |day| self.world.day(day).text;
        let said = match (round.opens, round.closes) {
            (Some(opens), Some(closes)) => phrase("feed-open").with("opens", day(opens)).with("closes", day(closes)),
            (Some(opens), None) => phrase("feed-open-from").with("opens", day(opens)),
            (None, Some(closes)) => phrase("feed-open-until").with("closes", day(closes)),
            (None, None) => return None,
        };
        Some(self.say(said))
    }

    /// The sitemap: the pages that search engines may keep.
    pub(super) fn sitemap(&self) -> Rendered {
        // What not everybody may see is for no search engine.
        let public = self.world.options().audience.is_none() && !self.world.options().unpublished;
        let entries = self.world.routes().all().into_iter().filter(|_| public).filter_map(|(address, route)| {
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
            Route::Front | Route::Changes | Route::Glossary | Route::Silence | Route::Section(_) | Route::Page(_) => {
                Some(None)
            }
            Route::Document(key) | Route::Feedback(key) | Route::Record(key) | Route::Vote(key) => find(key).map(day),
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

/// When what a feed tells was made known; none of what feeds do not tell.
fn published(dated: &Dated) -> Option<Timestamp> {
    match dated.what {
        What::Draft(_, moment) | What::Response(_, _, moment) => Some(moment.at),
        What::Result(_, result) => Some(result.from),
        What::Recorded(entry) => Some(entry.at),
        _ => None,
    }
}

/// The seal with which something was published; a draft that was corrected later keeps the first.
fn seal(dated: &Dated) -> Option<String> {
    let entry = match dated.what {
        What::Draft(draft, _) => dated.document.lock.as_ref()?.of(&draft.name).next()?,
        What::Recorded(entry) => entry,
        _ => return None,
    };
    Some(entry.text.to_string())
}

/// Words without what XML cannot hold, not even escaped.
fn clean(words: &str) -> String {
    let held = |c: &char| matches!(c, '\t' | '\n') || !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}');
    words.chars().filter(held).collect()
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn what_xml_cannot_hold_is_left_out() {
        assert_eq!(clean("a\u{8}b\0c\u{ffff}\nd 💊 & <"), "abc\nd 💊 & <");
    }
}
