//! Every address of a site, and what stands there.
//!
//! In: what may be seen, the facts of its texts, the theme. Out: [`Addresses`]. Those of a document are made when
//! one of them is first asked for, and shared from one reading of a site to the next where the document stayed as
//! it was.

use super::learn::AllFacts;
use super::theme::Theme;
use super::timetable;
use crate::check::links::{Links, Target};
use crate::config::{Config, Kind};
use crate::paper::{Document, Site};
use crate::path::{Address, SitePath};
use crate::routes::{DocumentKey, Route, of_document, of_site};
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

type Routes = BTreeMap<Address, Route>;

/// What stands at each address of a site.
#[derive(Default)]
pub struct Addresses {
    /// Those of no document: lists, pages, assets, figures.
    own: Routes,
    documents: BTreeMap<DocumentKey, Arc<OfDocument>>,
}

/// The addresses of one document.
struct OfDocument {
    document: Arc<Document>,
    /// How many drafts it may have so that each is compared with each.
    most: usize,
    /// Whether it is known where the site will be read.
    full: bool,
    routes: OnceLock<Routes>,
}

impl OfDocument {
    fn routes(&self) -> &Routes {
        self.routes.get_or_init(|| self.made(self.most))
    }

    fn made(&self, most: usize) -> Routes {
        let routes = of_document(&self.document, most).into_iter();
        let routes = routes.filter(|route| self.full || !matches!(route, Route::DocumentFeed(_)));
        routes.map(|route| (route.address(), route)).collect()
    }

    /// Whether this holds for a document too.
    fn is_of(&self, document: &Arc<Document>, most: usize, full: bool) -> bool {
        Arc::ptr_eq(&self.document, document) && self.most == most && self.full == full
    }
}

impl Addresses {
    /// The addresses of a site; `before` those of an earlier reading.
    pub(super) fn of(
        (site, config): (&Site, &Config),
        facts: &AllFacts,
        theme: &Theme,
        before: Option<&Addresses>,
    ) -> Addresses {
        let (most, full) = (config.compare, !config.base_url.is_empty());
        let papers = site.shared().filter(|document| document.kind != Kind::Page);
        let documents = papers.map(|document| {
            let key = DocumentKey::of(document);
            let known = before.and_then(|before| before.documents.get(&key));
            let known = known.filter(|known| known.is_of(document, most, full)).map(Arc::clone);
            let new = || OfDocument { document: Arc::clone(document), most, full, routes: OnceLock::new() };
            (key, known.unwrap_or_else(|| Arc::new(new())))
        });
        let documents = documents.collect();
        Addresses { own: own(site, config, facts, theme), documents }
    }

    /// What stands at an address.
    pub fn get(&self, address: &Address) -> Option<&Route> {
        self.own.get(address).or_else(|| self.document(address)?.routes().get(address))
    }

    /// Whether something stands at an address.
    pub fn contains(&self, address: &Address) -> bool {
        self.get(address).is_some()
    }

    /// The comparison that an address asks for, also of two drafts that the site does not compare.
    pub(super) fn pair(&self, address: &Address) -> Option<Route> {
        self.document(address)?.made(usize::MAX).remove(address)
    }

    /// All addresses in order, each with what stands there.
    pub fn all(&self) -> Vec<(&Address, &Route)> {
        let mut all: Vec<_> = self.documents.values().flat_map(|own| own.routes()).chain(&self.own).collect();
        all.sort_unstable();
        all
    }

    /// The document below whose folder an address lies.
    fn document(&self, address: &Address) -> Option<&OfDocument> {
        let mut parts = address.as_str().split('/').skip(1);
        let key = DocumentKey { section: parts.next()?.to_owned(), name: parts.next()?.to_owned() };
        self.documents.get(&key).map(|own| &**own)
    }
}

/// The addresses of lists and pages, of the theme's assets, and of the files that visible texts show or lead to: a
/// file that nothing leads to yet is not published. The logo is on every page.
fn own(site: &Site, config: &Config, facts: &AllFacts, theme: &Theme) -> Routes {
    let mut routes = of_site(site, config);
    // They hold full addresses, which are not known.
    let is_full = |route: &Route| matches!(route, Route::Feed | Route::Sitemap | Route::Calendar);
    // A calendar has at least one day.
    let mut dated = site.documents().flat_map(|document| timetable::of_document(site, document, &config.timezone));
    let has_days = dated.any(|dated| dated.day().is_some());
    routes.retain(|route| !config.base_url.is_empty() && (has_days || *route != Route::Calendar) || !is_full(route));
    let logo = config.brand.logo.iter().map(|logo| &logo.path).filter(|path| site.files().contains_key(*path));
    routes.extend(shown_files(site, facts).into_iter().chain(logo.cloned()).map(Route::File));
    routes.extend(theme.assets.keys().map(|name| Route::Asset(name.clone())));
    routes.into_iter().map(|route| (route.address(), route)).collect()
}

/// The files that texts and terms show or lead to.
fn shown_files(site: &Site, facts: &AllFacts) -> Vec<SitePath> {
    if site.files().is_empty() {
        return Vec::new();
    }
    let links = Links { site, facts };
    let is_text = |target: &str| target.split(['#', '?']).next().is_some_and(|path| path.ends_with(".md"));
    let targets = facts.iter().flat_map(|(path, own)| own.references.iter().map(move |link| (path, &link.target)));
    let targets = targets.filter(|(_, target)| !is_text(target));
    let targets = targets.map(|(path, target)| links.resolve(path, target)).chain(links.of_terms());
    let files = targets.filter_map(|target| match target {
        Ok(Target::File(file)) => Some(file),
        _ => None,
    });
    let originals = site.documents().filter_map(|document| document.letter.as_ref()?.original.clone());
    files.chain(originals.filter(|path| site.files().contains_key(path))).collect()
}
