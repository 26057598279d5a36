//! Views of feeds and the sitemap.

use super::Link;
use serde::Serialize;

/// `feed.xml` (Atom, RFC 4287).
#[derive(Clone, Debug, Serialize)]
pub struct FeedView {
    /// The title of the site, or of the document and the site.
    pub title: String,
    /// What it is about, in a sentence.
    pub subtitle: String,
    /// The language of its words.
    pub lang: String,
    /// Who puts it out: the name of the site.
    pub author: String,
    /// The full address of the site, or of the document, with `/` at its end; it is also the id of the feed.
    pub home: String,
    /// The full address of the feed.
    pub address: String,
    /// The newest date of its entries, RFC 3339.
    pub updated: String,
    /// Newest first.
    pub entries: Vec<FeedEntry>,
}

/// An entry of a feed.
#[derive(Clone, Debug, Serialize)]
pub struct FeedEntry {
    /// What was published or what came of it.
    pub title: String,
    /// Its id, for life: of a draft, letter or update its full address.
    pub id: String,
    /// Its full address.
    pub address: String,
    /// The language of what was published, where it is not that of the feed.
    pub lang: Option<String>,
    /// For programs: `draft`, `letter`, `update`, `response`, `result`.
    pub name: String,
    /// The same in words.
    pub what: String,
    /// When, RFC 3339.
    pub updated: String,
    /// Who put it out.
    pub author: String,
    /// The change note or summary.
    pub summary: String,
    /// To the comparison with the draft before: a full address.
    pub comparison: Option<Link>,
    /// How much changed since: `12 passages changed, 3 added`.
    pub counts: Option<String>,
    /// How long its round is open for comments.
    pub open: Option<String>,
    /// The seal that it was published with, SHA-256; none where it is not recorded.
    pub seal: Option<String>,
}

/// `sitemap.xml` (sitemaps.org protocol 0.9).
#[derive(Clone, Debug, Serialize)]
pub struct SitemapView {
    /// Full addresses, with the day of the last change where it is known.
    pub entries: Vec<SitemapEntry>,
}

/// An entry of the sitemap.
#[derive(Clone, Debug, Serialize)]
pub struct SitemapEntry {
    /// The full address.
    pub address: String,
    /// `2021-08-05`.
    pub changed: Option<String>,
}
