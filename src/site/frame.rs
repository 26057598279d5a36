//! What every page has around its content.

use super::view::{Frame, Link};
use super::world::World;
use crate::config::Kind;
use crate::paper::Document;
use crate::path::Address;
use crate::routes::{DocumentKey, Route};
use crate::words::phrase;

/// What a page says of itself.
#[derive(Clone, Debug, Default)]
pub struct About {
    /// Its title, without the site's.
    pub title: String,
    /// A sentence on it.
    pub description: String,
    /// Its language, where it is not the site's.
    pub lang: Option<String>,
    /// From the section down to its parent.
    pub parents: Vec<(String, Address)>,
    /// Whether search engines are asked to leave it out.
    pub noindex: bool,
}

impl World {
    /// A link from one page to another.
    pub fn link(&self, from: &Address, text: impl Into<String>, to: &Address) -> Link {
        Link { text: text.into(), href: self.href(from, to), current: from == to }
    }

    /// The frame of a page.
    pub fn frame(&self, at: &Address, about: About) -> Frame {
        let config = self.config();
        let asset = |name: &String| self.href(at, &Route::Asset(name.clone()).address());
        let home = (config.title.clone(), Route::Front.address());
        let crumbs =
            std::iter::once(&home).chain(&about.parents).map(|(text, address)| self.link(at, text.clone(), address));
        let noindex = about.noindex || self.banner().is_some();
        let canonical = (!config.base_url.is_empty() && !noindex).then(|| self.full(at));
        Frame {
            now: self.options().as_of.then(|| self.options().at.to_string()),
            site: config.title.clone(),
            notice: config.notice.clone(),
            banner: self.banner(),
            lang: about.lang.unwrap_or_else(|| config.lang.clone()),
            title: about.title,
            description: about.description,
            address: (!config.base_url.is_empty()).then(|| self.full(at)),
            canonical,
            noindex,
            home: self.link(at, config.title.clone(), &home.1),
            nav: self.nav(at),
            search: self.routes().contains_key(&Route::Search.address()).then(|| self.search_link(at)),
            crumbs: if *at == home.1 { Vec::new() } else { crumbs.collect() },
            pages: self.site().pages().map(|page| self.page_link(at, page)).collect(),
            glossary: self.glossary_link(at),
            feed: self.routes().contains_key(&Route::Feed.address()).then(|| self.href(at, &Route::Feed.address())),
            assets: self.theme().names.iter().map(|(known, name)| (known.clone(), asset(name))).collect(),
            generator: format!("greenpaper {}", env!("CARGO_PKG_VERSION")),
            portable: self.options().portable,
        }
    }

    /// The sections that have documents, and the changes across the site.
    fn nav(&self, at: &Address) -> Vec<Link> {
        let sections = self.config().sections.iter().filter(|section| section.kind != Kind::Page);
        let sections =
            sections.map(|section| (self.section_title(section), Route::Section(section.name.clone()).address()));
        let used = sections.filter(|(_, address)| self.routes().contains_key(address));
        let changes = std::iter::once((self.say("changes"), Route::Changes.address()));
        used.chain(changes).map(|(text, address)| self.link(at, text, &address)).collect()
    }

    fn glossary_link(&self, at: &Address) -> Option<Link> {
        let address = Route::Glossary.address();
        self.routes().contains_key(&address).then(|| self.link(at, self.say("glossary"), &address))
    }

    fn search_link(&self, at: &Address) -> Link {
        self.link(at, self.say("search"), &Route::Search.address())
    }

    fn page_link(&self, at: &Address, page: &Document) -> Link {
        self.link(at, page.title.clone(), &Route::Page(DocumentKey::of(page)).address())
    }

    /// What is said on every page that not everybody may see.
    fn banner(&self) -> Option<String> {
        let options = self.options();
        let said = match (&options.audience, options.unpublished) {
            (Some(audience), true) => Some(phrase("banner-audience-preview").with("audience", audience.as_str())),
            (Some(audience), false) => Some(phrase("banner-audience").with("audience", audience.as_str())),
            (None, true) => Some(phrase("banner-preview")),
            (None, false) => None,
        };
        said.map(|said| self.say(said))
    }
}
