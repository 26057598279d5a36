//! Views of what every page has around its content.

use super::Group;
use serde::Serialize;

/// A link: words and where they lead.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Link {
    /// What it says.
    pub text: String,
    /// Where it leads, relative to the page.
    pub href: String,
    /// Whether it leads to the page it stands on.
    pub current: bool,
}

/// A day.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Day {
    /// For `<time datetime>`: `2021-08-05`.
    pub iso: String,
    /// For readers: `5 August 2021`.
    pub text: String,
}

/// What is shown where a link to a page is shared ([Open Graph](https://ogp.me)), beside its title and description.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Share {
    /// `article` for drafts, letters and updates, else `website`.
    pub kind: &'static str,
    /// `en_GB`; none where the language is given without a country.
    pub locale: Option<String>,
    /// When the article was published, RFC 3339.
    pub published: Option<String>,
    /// The full address of the site's logo, where that is a picture that others show: PNG or WebP.
    pub image: Option<String>,
}

/// What is the site's own: `[brand]` in `site.toml`.
#[derive(Clone, Debug, Serialize)]
pub struct Brand {
    /// What the header calls the site; its title where `site.toml` gives no other name.
    pub name: String,
    /// The picture beside the name, an ornament.
    pub logo: Option<String>,
    /// A stylesheet with the colours; none where `site.toml` gives none.
    pub styles: Option<String>,
    /// A line for the foot of every page.
    pub footer: Option<String>,
}

/// What every page has around its content; templates know it as `frame`.
#[derive(Clone, Debug, Serialize)]
pub struct Frame {
    /// The moment that the site is shown as of, where it is not the present, RFC 3339.
    pub now: Option<String>,
    /// The title of the site.
    pub site: String,
    /// What is the site's own in the header, the foot and the colours.
    pub brand: Brand,
    /// Where readers meet, on other hosts: forum, newsletter, poll, network.
    pub community: Vec<Link>,
    /// A line for every page, if the site has one.
    pub notice: Option<String>,
    /// Said on every page of a preview or of a site for a closed audience: `Preview: …`.
    pub banner: Option<String>,
    /// The language of the page.
    pub lang: String,
    /// The title of the page, without the site's.
    pub title: String,
    /// A sentence for search engines and previews of links.
    pub description: String,
    /// The full address of the page; none where `base_url` is not set.
    pub address: Option<String>,
    /// The full address that search engines should keep, where `base_url` is set.
    pub canonical: Option<String>,
    /// Whether search engines are asked to leave the page out.
    pub noindex: bool,
    /// To the front page.
    pub home: Link,
    /// The sections and `/changes/`.
    pub nav: Vec<Link>,
    /// To `/search/`; none where the site has no search.
    pub search: Option<Link>,
    /// From the front page to the parent of this page.
    pub crumbs: Vec<Link>,
    /// The groups of readers, in the order of `site.toml`; empty where it names none.
    pub groups: Vec<Group>,
    /// The site's own pages (about, accessibility …).
    pub pages: Vec<Link>,
    /// To `/silence/`; none where the site does not have it.
    pub silence: Option<Link>,
    /// To `/glossary/`; none where the site has no glossary.
    pub glossary: Option<Link>,
    /// To `/feed.xml`; none where `base_url` is not set.
    pub feed: Option<String>,
    /// The feeds that a program may find from this page: the site's and, on pages of a document, its own.
    pub feeds: Vec<Link>,
    /// To `/calendar.ics`; none where `base_url` is not set or there is no day.
    pub calendar: Option<String>,
    /// What is shown where a link to the page is shared.
    pub share: Share,
    /// Of each asset of the theme by its name: `assets.main_css` for `assets/main.css`.
    pub assets: std::collections::BTreeMap<String, String>,
    /// The program's name and version.
    pub generator: String,
    /// Whether the pages are also read from a folder, without a server: `file:` is then what `'self'` is elsewhere.
    pub portable: bool,
}
