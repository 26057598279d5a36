//! Everything that a page may need, behind addresses: [`World::read`] takes the files of a site,
//! [`World::render`] an address.
//!
//! The same files and options give the same bytes, on any machine, with any number of threads. How a world is
//! read stands in `site/read`.

use super::addresses::Addresses;
use super::learn::Lessons;
use super::memo::{Compared, Memo, Reading};
use super::read::{Kept, texts};
use super::theme::Theme;
use crate::check::external;
use crate::check::links::{Links, Target};
use crate::check::quotations::Quoted;
use crate::config::Config;
use crate::diag::{Diagnostic, Place};
use crate::diff::{Images, Judge};
use crate::facts::Facts;
use crate::markdown::whole::Whole;
use crate::markdown::{Body, Dialect};
use crate::paper::{Document, Draft, Site, Text};
use crate::path::{Address, SitePath};
use crate::routes::{DocumentKey, Route};
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What is to be seen of a site, and how it is to be written.
#[derive(Clone, Debug)]
pub struct Options {
    /// The moment at which the site is seen.
    pub at: Timestamp,
    /// Whether that is not the present: pages then go by it on every day.
    pub as_of: bool,
    /// The audience that sees it; none is the public.
    pub audience: Option<String>,
    /// Whether drafts are seen that are not published yet.
    pub unpublished: bool,
    /// Where the site will be read, instead of what `site.toml` says.
    pub base_url: Option<String>,
    /// Whether links name `index.html`, so that the site can be read from a folder.
    pub portable: bool,
}

impl Options {
    /// What everybody sees at a moment, read where `site.toml` says.
    pub fn public(at: Timestamp) -> Self {
        Options { at, as_of: false, audience: None, unpublished: false, base_url: None, portable: false }
    }
}

/// What came of reading a site.
pub struct Outcome {
    /// The site; none where `site.toml` or the theme cannot be read.
    pub world: Option<World>,
    /// All findings, sorted and weighed. With an error among them the site is not fit to be published.
    pub found: Vec<Diagnostic>,
}

/// A site as one audience sees it at one moment, with all that is needed to write its pages.
pub struct World {
    pub(super) config: Config,
    pub(super) options: Options,
    pub(super) site: Site,
    pub(super) theme: Arc<Theme>,
    pub(super) memo: Arc<Memo>,
    pub(super) lessons: Lessons,
    pub(super) routes: Addresses,
    /// By what changes are judged, for every language of the site.
    pub(super) judges: BTreeMap<String, Judge>,
    /// By each letter that others answer, those that do.
    pub(super) replies: BTreeMap<DocumentKey, Vec<DocumentKey>>,
    /// By each file that quotes, what it quotes; and by each that is quoted, who quotes it where.
    pub(super) quoting: BTreeMap<SitePath, Vec<Quoted>>,
    pub(super) quoted: BTreeMap<SitePath, Vec<Quoted>>,
    pub(super) next_change: Option<Timestamp>,
    /// What the next reading takes over.
    pub(super) kept: Kept,
}

impl World {
    /// Every address, in order.
    pub fn addresses(&self) -> impl Iterator<Item = &Address> {
        self.routes.all().into_iter().map(|(address, _)| address)
    }

    /// What `site.toml` says.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// What may be seen.
    pub fn site(&self) -> &Site {
        &self.site
    }

    /// How the site is to be seen and written.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// Templates and assets.
    pub fn theme(&self) -> &Theme {
        &self.theme
    }

    /// How the texts of this site are read.
    pub(super) fn dialect(&self) -> Dialect {
        self.config.raw_html.into()
    }

    /// The body of a text.
    pub fn body(&self, text: &Text) -> Arc<Body> {
        self.memo.body(text, self.dialect())
    }

    /// A draft with all its chapters: each as it is on its own page, or all on one.
    pub fn whole(&self, draft: &Draft, one_page: bool) -> Whole {
        self.memo.whole(draft, one_page, self.dialect())
    }

    /// The comparison of two drafts, with all their chapters.
    pub fn compared(&self, document: &Document, old: &Draft, new: &Draft) -> Arc<Compared> {
        let lang = document.lang.as_ref().unwrap_or(&self.config.lang);
        let nothing = Judge::default();
        let reading = Reading { dialect: self.dialect(), judge: self.judges.get(lang).unwrap_or(&nothing) };
        self.memo.compared((old, &self.images(old)), (new, &self.images(new)), reading)
    }

    /// What the images of a draft show: the digests of their files.
    fn images(&self, draft: &Draft) -> Images {
        let links = Links { site: &self.site, facts: self.facts() };
        let texts = std::iter::once(&draft.text).chain(draft.chapters.iter().map(|chapter| &chapter.text));
        let known = texts.filter_map(|text| Some((text, &self.facts().get(text.path())?.references)));
        let images = known.flat_map(|(text, references)| references.iter().map(move |link| (text, link)));
        let files = images.filter(|(_, link)| link.image).filter_map(|(text, link)| {
            let Ok(Target::File(path)) = links.resolve(text.path(), &link.target) else { return None };
            Some((link.target.clone(), self.site.files().get(&path)?.digest.to_string()))
        });
        files.collect()
    }

    /// The letters that answer this one.
    pub fn replies(&self, letter: &Document) -> impl Iterator<Item = &Document> {
        let keys = self.replies.get(&DocumentKey::of(letter)).into_iter().flatten();
        keys.filter_map(|key| self.site.document(&key.section, &key.name))
    }

    /// The facts of every text that may be seen.
    pub fn facts(&self) -> &BTreeMap<SitePath, Arc<Facts>> {
        &self.lessons.facts
    }

    /// The addresses of other sites that texts lead to, each with every place that names it.
    pub fn external(&self) -> BTreeMap<String, Vec<Place>> {
        let links = Links { site: &self.site, facts: self.facts() };
        external::addresses(links, texts(&self.site).into_iter().map(|(text, _)| text))
    }

    /// What only a preview shows: the comparison of two drafts that the site does not compare; none where an address
    /// asks for nothing of the sort.
    pub fn extra(&self, address: &Address) -> Option<Route> {
        self.routes.pair(address).filter(|route| matches!(route, Route::Comparison(..) | Route::ComparedChapter(..)))
    }

    /// What stands at each address.
    pub fn routes(&self) -> &Addresses {
        &self.routes
    }

    /// Whether the site is the same at a later moment: it is the same day, and nothing comes out between.
    pub fn lasts_until(&self, at: Timestamp) -> bool {
        let day = |at: Timestamp| at.to_zoned(self.config.timezone.clone()).date();
        self.options.at <= at && day(at) == self.today() && self.next_change.is_none_or(|next| next > at)
    }

    /// The next moment at which this audience will see something new; none where nothing is dated ahead.
    pub fn next_change(&self) -> Option<Timestamp> {
        self.next_change
    }

    /// The day on which the site is seen, in its time zone.
    pub fn today(&self) -> Date {
        self.options.at.to_zoned(self.config.timezone.clone()).date()
    }

    /// The words of a text: how many it has.
    pub fn words(&self, text: &Text) -> usize {
        self.facts().get(text.path()).map_or(0, |facts| facts.words)
    }

    /// The reference from one page to another. The page of the lost is shown at any address, so its
    /// references begin at the root of the host.
    pub fn href(&self, from: &Address, to: &Address) -> String {
        let file = if self.options.portable && to.as_str().ends_with('/') { "index.html" } else { "" };
        if *from == Route::NotFound.address() {
            return format!("{}{to}{file}", self.config.prefix());
        }
        let reference = from.to(to);
        match (reference.as_str(), file) {
            ("./", "index.html") => file.to_owned(),
            _ => format!("{reference}{file}"),
        }
    }

    /// The full address of a page.
    pub fn full(&self, address: &Address) -> String {
        format!("{}{address}", self.config.base_url)
    }
}
