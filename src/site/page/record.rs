//! `/site.json`: the site for other programs. Its form is stable: fields are added, never renamed.

use super::Page;
use crate::paper::{Document, Draft, Round};
use crate::routes::{DocumentKey, Route};
use crate::site::cards::{draft_route, kind};
use serde::Serialize;

/// The whole site.
#[derive(Serialize)]
struct Site {
    /// Of this form.
    version: u32,
    title: String,
    base_url: String,
    /// The moment at which a rebuild next changes something, RFC 3339; none where nothing is dated ahead.
    next_rebuild: Option<String>,
    documents: Vec<Entry>,
}

#[derive(Serialize)]
struct Entry {
    kind: String,
    title: String,
    summary: String,
    address: String,
    rounds: Vec<RoundEntry>,
    drafts: Vec<DraftEntry>,
}

#[derive(Serialize)]
struct RoundEntry {
    round: u32,
    opens: Option<String>,
    closes: Option<String>,
}

#[derive(Serialize)]
struct DraftEntry {
    name: String,
    title: Option<String>,
    address: String,
    /// RFC 3339; none of an unpublished draft.
    published: Option<String>,
    status: Option<String>,
    follows: Vec<String>,
    /// SHA-256 of its file, or of the file with the words above its chapters.
    digest: String,
    chapters: Vec<ChapterEntry>,
}

#[derive(Serialize)]
struct ChapterEntry {
    name: String,
    title: String,
    address: String,
    /// SHA-256 of its file.
    digest: String,
}

impl Page<'_> {
    /// The site as JSON, with a line feed at its end.
    pub(super) fn site_json(&self) -> Vec<u8> {
        let site = Site {
            version: 1,
            title: self.world.config().title.clone(),
            base_url: self.world.config().base_url.clone(),
            next_rebuild: self.next_rebuild(),
            documents: self.world.site().documents().map(|document| self.document_entry(document)).collect(),
        };
        let mut bytes = serde_json::to_vec_pretty(&site).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }

    /// The earliest of: a draft comes out, a round opens, the day after a round closes.
    fn next_rebuild(&self) -> Option<String> {
        let timezone = &self.world.config().timezone;
        let rounds = self.world.site().documents().flat_map(|document| document.rounds.values());
        let days = rounds.flat_map(|round| [round.opens, round.closes.and_then(|day| day.tomorrow().ok())]).flatten();
        let starts = days.filter_map(|day| Some(day.to_zoned(timezone.clone()).ok()?.timestamp()));
        let moments = starts.chain(self.world.next_change());
        moments.filter(|at| *at > self.world.options().at).min().map(|at| at.to_string())
    }

    fn document_entry(&self, document: &Document) -> Entry {
        let round = |round: &Round| RoundEntry {
            round: round.number,
            opens: round.opens.map(|day| day.to_string()),
            closes: round.closes.map(|day| day.to_string()),
        };
        Entry {
            kind: kind(document.kind).to_lowercase(),
            title: document.title.clone(),
            summary: document.summary.clone(),
            address: Route::Document(DocumentKey::of(document)).address().to_string(),
            rounds: document.rounds.values().map(round).collect(),
            drafts: document.drafts.values().map(|draft| self.draft_entry(document, draft)).collect(),
        }
    }

    fn draft_entry(&self, document: &Document, draft: &Draft) -> DraftEntry {
        let key = DocumentKey::of(document);
        let unpublished = self.world.site().is_unpublished(document, draft);
        let chapters = draft.chapters.iter().map(|chapter| ChapterEntry {
            name: chapter.name.clone(),
            title: chapter.title.clone(),
            address: Route::Chapter(key.clone(), draft.name.clone(), chapter.name.clone()).address().to_string(),
            digest: chapter.text.digest.to_string(),
        });
        DraftEntry {
            name: draft.name.to_string(),
            title: draft.title.clone(),
            address: draft_route(document, &draft.name).address().to_string(),
            published: draft.published.filter(|_| !unpublished).map(|moment| moment.at.to_string()),
            status: draft.status.map(|status| format!("{status:?}").to_lowercase()),
            follows: draft.follows.iter().map(ToString::to_string).collect(),
            digest: draft.text.digest.to_string(),
            chapters: chapters.collect(),
        }
    }
}
