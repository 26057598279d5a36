//! Views of feeds and the sitemap.

use serde::Serialize;

/// `feed.xml` (Atom, RFC 4287).
#[derive(Clone, Debug, Serialize)]
pub struct FeedView {
    /// The title of the site.
    pub title: String,
    /// The full address of the site, with `/` at its end.
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
    /// What was published.
    pub title: String,
    /// Its full address, which is also its id.
    pub address: String,
    /// When, RFC 3339.
    pub updated: String,
    /// Who put it out.
    pub author: String,
    /// The change note or summary.
    pub summary: String,
    /// Full address of the comparison with the draft before.
    pub comparison: Option<String>,
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
