//! What every page has around its content.

use super::view::{Brand, Frame, Group, Link, Share};
use super::world::World;
use crate::config::Kind;
use crate::paper::{Document, Moment};
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
    /// What search engines should keep in its place: a page that says the same.
    pub instead: Option<Address>,
    /// The document that it belongs to.
    pub document: Option<DocumentKey>,
    /// Of a draft, a letter, an update: whether it is one, and when it was published.
    pub article: Option<Option<Moment>>,
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
        let kept = about.instead.as_ref().unwrap_or(at);
        let canonical = (!config.base_url.is_empty() && !noindex).then(|| self.full(kept));
        let lang = about.lang.clone().unwrap_or_else(|| config.lang.clone());
        Frame {
            now: self.options().as_of.then(|| self.options().at.to_string()),
            site: config.title.clone(),
            brand: self.brand(at),
            community: self.community(),
            notice: config.notice.clone(),
            banner: self.banner(),
            share: self.share(&about, &lang),
            feeds: self.feeds(at, about.document.as_ref()),
            lang,
            title: about.title,
            description: about.description,
            address: (!config.base_url.is_empty()).then(|| self.full(at)),
            canonical,
            noindex,
            home: self.link(at, config.title.clone(), &home.1),
            nav: self.nav(at),
            search: self.link_if_known(at, || self.say("search"), &Route::Search),
            crumbs: if *at == home.1 { Vec::new() } else { crumbs.collect() },
            groups: self.groups(),
            pages: self.site().pages().map(|page| self.page_link(at, page)).collect(),
            silence: self.link_if_known(at, || self.say("silence"), &Route::Silence),
            glossary: self.link_if_known(at, || self.say("glossary"), &Route::Glossary),
            feed: self.if_known(at, &Route::Feed),
            calendar: self.if_known(at, &Route::Calendar),
            assets: self.theme().names.iter().map(|(known, name)| (known.clone(), asset(name))).collect(),
            generator: format!("greenpaper {}", env!("CARGO_PKG_VERSION")),
            portable: self.options().portable,
        }
    }

    /// The address of what is not on every site.
    pub fn address_if_known(&self, route: &Route) -> Option<Address> {
        Some(route.address()).filter(|address| self.routes().contains(address))
    }

    /// The reference to it.
    pub fn if_known(&self, at: &Address, route: &Route) -> Option<String> {
        self.address_if_known(route).map(|address| self.href(at, &address))
    }

    /// A link to it.
    fn link_if_known(&self, at: &Address, text: impl FnOnce() -> String, route: &Route) -> Option<Link> {
        self.address_if_known(route).map(|address| self.link(at, text(), &address))
    }

    /// The site's feed, then the document's.
    fn feeds(&self, at: &Address, document: Option<&DocumentKey>) -> Vec<Link> {
        let site = self.link_if_known(at, || self.config().title.clone(), &Route::Feed);
        let own = document.and_then(|key| {
            let title = &self.site().document(&key.section, &key.name)?.title;
            self.link_if_known(at, || title.clone(), &Route::DocumentFeed(key.clone()))
        });
        site.into_iter().chain(own).collect()
    }

    fn share(&self, about: &About, lang: &str) -> Share {
        let published = about.article.flatten().map(|moment| moment.at.to_string());
        let shown = |address: &Address| {
            let shared = [".png", ".webp"].iter().any(|end| address.as_str().to_lowercase().ends_with(end));
            shared && !self.config().base_url.is_empty()
        };
        Share {
            kind: if about.article.is_some() { "article" } else { "website" },
            locale: locale(lang),
            published,
            image: self.logo().filter(shown).map(|address| self.full(&address)),
        }
    }

    /// The address of the logo.
    fn logo(&self) -> Option<Address> {
        let logo = self.config().brand.logo.as_ref()?;
        self.address_if_known(&Route::File(logo.path.clone()))
    }

    /// The groups of readers.
    pub fn groups(&self) -> Vec<Group> {
        let group = |own: &crate::config::Group| Group {
            name: own.name.clone(),
            title: own.title.clone(),
            about: own.about.clone(),
        };
        self.config().groups.iter().map(group).collect()
    }

    /// What is the site's own.
    fn brand(&self, at: &Address) -> Brand {
        let config = self.config();
        let styles = self.theme().brand.as_ref().map(|name| Route::Asset(name.clone()).address());
        Brand {
            name: config.brand.name.clone().unwrap_or_else(|| config.title.clone()),
            logo: self.logo().map(|logo| self.href(at, &logo)),
            styles: styles.map(|styles| self.href(at, &styles)),
            footer: config.brand.footer.clone(),
        }
    }

    /// Where readers meet.
    fn community(&self) -> Vec<Link> {
        let links = self.config().community.links().filter_map(|(key, href)| {
            let text = self.say(match key {
                "forum" => "community-forum",
                "newsletter" => "community-newsletter",
                "poll" => "community-poll",
                "network" => "community-network",
                _ => return None,
            });
            Some(Link { text, href: href.to_owned(), current: false })
        });
        links.collect()
    }

    /// The sections that have documents, and the changes across the site.
    fn nav(&self, at: &Address) -> Vec<Link> {
        let sections = self.config().sections.iter().filter(|section| section.kind != Kind::Page);
        let used = sections.filter_map(|section| {
            self.link_if_known(at, || self.section_title(section), &Route::Section(section.name.clone()))
        });
        used.chain([self.link(at, self.say("changes"), &Route::Changes.address())]).collect()
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

/// `en_GB` of `en-GB`: a language and a country, with whatever stands between them left out.
fn locale(lang: &str) -> Option<String> {
    let mut parts = lang.split('-');
    let language = parts.next()?.to_lowercase();
    let is_country = |part: &&str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_alphabetic());
    parts.find(is_country).map(|country| format!("{language}_{}", country.to_uppercase()))
}

#[cfg(test)]
mod tests {
    use super::locale;

    #[test]
    fn a_locale_needs_a_country() {
        let check = |lang: &str, expected: Option<&str>| assert_eq!(locale(lang).as_deref(), expected, "{lang}");
        check("en-GB", Some("en_GB"));
        check("sr-latn-rs", Some("sr_RS"));
        check("en", None);
        check("es-419", None);
    }
}
