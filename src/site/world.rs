//! Everything that a page may need, behind addresses: [`World::read`] takes the files of a site,
//! [`World::render`] an address.
//!
//! The same files and options give the same bytes, on any machine, with any number of threads.

use super::declared;
use super::memo::{Compared, Memo, Reading};
use super::theme::Theme;
use super::timetable;
use crate::check::links::{Links, Target};
use crate::check::{abbreviations, brand, external, groups, statement};
use crate::config::Config;
use crate::diag::{self, Diagnostic, Place, Source};
use crate::diff::{Images, Judge};
use crate::facts::{Facts, Glossary};
use crate::markdown::whole::Whole;
use crate::markdown::{Body, Dialect, Remark};
use crate::paper::{Archive, Document, Draft, Lens, Owner, Site, Text};
use crate::path::{Address, SitePath};
use crate::routes::{Route, routes};
use crate::tree::Tree;
use jiff::Timestamp;
use jiff::civil::Date;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
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

/// What came of reading a site.
pub struct Outcome {
    /// The site; none where `site.toml` or the theme cannot be read.
    pub world: Option<World>,
    /// All findings, sorted and weighed. With an error among them the site is not fit to be published.
    pub found: Vec<Diagnostic>,
}

/// A site as one audience sees it at one moment, with all that is needed to write its pages.
pub struct World {
    config: Config,
    options: Options,
    site: Site,
    theme: Theme,
    memo: Arc<Memo>,
    facts: BTreeMap<SitePath, Arc<Facts>>,
    routes: BTreeMap<Address, Route>,
    /// By what changes are judged, for every language of the site.
    judges: BTreeMap<String, Judge>,
    next_change: Option<Timestamp>,
}

impl World {
    /// Reads a site.
    pub fn read(tree: &Tree, options: &Options, memo: &Arc<Memo>) -> Outcome {
        let (config, mut found) = read_config(tree, options);
        found.extend(no_content(tree));
        let (archive, more) = Archive::read(tree, &config);
        found.extend(more);
        let lens = Lens { at: options.at, audience: options.audience.clone(), unpublished: options.unpublished };
        let site = archive.visible(&lens);
        let dialect = config.raw_html.into();
        let glossary = Glossary::new(site.glossary());
        let bodies = |text: &Text| memo.body(text, dialect);
        let facts_of = |text: &Text, chapter| memo.facts(text, chapter, dialect, &glossary);
        let (facts, more) = read_bodies(&site, &bodies, &facts_of);
        found.extend(more);
        found.extend(check_unseen(&archive, &config, &found, &facts, &bodies, &facts_of));
        let links = Links { site: &site, facts: &facts };
        found.extend(links.check_terms());
        found.extend(abbreviations::check(&site, &facts, &glossary));
        found.extend(texts(&site).par_iter().flat_map(|(text, _)| links.check(text)).collect::<Vec<_>>());
        found.extend(texts(&site).iter().flat_map(|(text, _)| groups::check(&config, text, &facts)));
        found.extend(groups::uncovered(&config, &site, &facts));
        found.extend(statement::check(&site, &bodies));
        found.extend(brand::check(&config, &site));
        let (theme, more) = Theme::load(tree, &config);
        found.extend(more);
        let world = match theme {
            Some(theme) => {
                let routes = all_routes(&site, &config, &facts, &theme);
                let next_change = archive.next_change(&lens);
                let (options, memo) = (options.clone(), Arc::clone(memo));
                let (config, judges) = (config.clone(), judges(&site, &config));
                Some(World { config, options, site, theme, memo, facts, routes, judges, next_change })
            }
            None => None,
        };
        found.extend(world.iter().flat_map(declared::check));
        // A text may be empty because of what is wrong above it.
        let faulty: BTreeSet<SitePath> = found
            .iter()
            .filter(|finding| *finding.rule != diag::EMPTY_TEXT)
            .filter_map(|finding| Some(finding.place.as_ref()?.file.clone()))
            .collect();
        let alone = |finding: &Diagnostic| finding.place.as_ref().is_none_or(|place| !faulty.contains(&place.file));
        found.retain(|finding| *finding.rule != diag::EMPTY_TEXT || alone(finding));
        let mut found = config.weigh(found);
        found.sort_by_cached_key(Diagnostic::order);
        found.dedup_by(|a, b| a.place == b.place && a.rule.name == b.rule.name && a.message == b.message);
        let readable = tree.get(&SitePath::new("site.toml")).is_some();
        Outcome { world: world.filter(|_| readable), found }
    }

    /// Every address, in order.
    pub fn addresses(&self) -> impl Iterator<Item = &Address> {
        self.routes.keys()
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
    fn dialect(&self) -> Dialect {
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
        let links = Links { site: &self.site, facts: &self.facts };
        let texts = std::iter::once(&draft.text).chain(draft.chapters.iter().map(|chapter| &chapter.text));
        let known = texts.filter_map(|text| Some((text, &self.facts.get(text.path())?.references)));
        let images = known.flat_map(|(text, references)| references.iter().map(move |link| (text, link)));
        let files = images.filter(|(_, link)| link.image).filter_map(|(text, link)| {
            let Ok(Target::File(path)) = links.resolve(text.path(), &link.target) else { return None };
            Some((link.target.clone(), self.site.files().get(&path)?.digest.to_string()))
        });
        files.collect()
    }

    /// The facts of every text that may be seen.
    pub fn facts(&self) -> &BTreeMap<SitePath, Arc<Facts>> {
        &self.facts
    }

    /// The addresses of other sites that texts lead to, each with every place that names it.
    pub fn external(&self) -> BTreeMap<String, Vec<Place>> {
        let links = Links { site: &self.site, facts: &self.facts };
        external::addresses(links, texts(&self.site).into_iter().map(|(text, _)| text))
    }

    /// What stands at each address.
    pub fn routes(&self) -> &BTreeMap<Address, Route> {
        &self.routes
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
        self.facts.get(text.path()).map_or(0, |facts| facts.words)
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

fn read_config(tree: &Tree, options: &Options) -> (Config, Vec<Diagnostic>) {
    let path = SitePath::new("site.toml");
    let Some(file) = tree.get(&path) else {
        let finding = Diagnostic::file(&diag::CONFIG, &path, "there is no site.toml");
        return (Config::default(), vec![finding.hint("`greenpaper init DIR` makes a site to begin with")]);
    };
    let text = match std::str::from_utf8(&file.bytes) {
        Ok(text) => text,
        Err(_) => {
            let finding = Diagnostic::file(&diag::CONFIG, &path, "site.toml is not UTF-8").hint("save it as UTF-8");
            return (Config::default(), vec![finding]);
        }
    };
    let (mut config, mut found) = Config::read(&Source::new(path.clone(), text));
    if let Some(url) = &options.base_url {
        config.base_url = url.clone();
    }
    if config.base_url.is_empty() && !text.lines().any(|line| line.trim_start().starts_with("base_url")) {
        let finding = Diagnostic::file(&diag::BASE_URL, &path, "site.toml does not say where the site will be read");
        found.push(finding.hint("add a line such as: base_url = \"https://example.org/papers\""));
    }
    (config, found)
}

/// A site without any text: most likely its files were not fetched, and nothing is to be taken offline.
fn no_content(tree: &Tree) -> Option<Diagnostic> {
    let site = SitePath::new("site.toml");
    let has_text = tree.below(&SitePath::new("content")).any(|(path, _)| path.extension() == "md");
    if has_text || tree.get(&site).is_none() {
        return None;
    }
    let finding = Diagnostic::file(&diag::NO_CONTENT, &site, "there is no text in content/");
    Some(finding.hint("fetch the files of the site, or write a first text: content/index.md"))
}

/// Findings in the bodies of texts that are not seen because of what is wrong above them: one run tells
/// all that is wrong with a file. What they may link to cannot be known, so only places that exist
/// nowhere are told.
fn check_unseen(
    archive: &Archive,
    config: &Config,
    found: &[Diagnostic],
    seen: &AllFacts,
    body: &Read,
    facts_of: &Learn,
) -> Vec<Diagnostic> {
    let faulty: BTreeSet<&SitePath> = found.iter().filter_map(|finding| Some(&finding.place.as_ref()?.file)).collect();
    let everything = archive.visible(&Lens { unpublished: true, ..Lens::public(Timestamp::MAX) });
    let faulty = |path: &SitePath| faulty.contains(path) || everything.is_reported(path);
    let unseen: Vec<_> =
        archive.texts().filter(|(text, _)| !seen.contains_key(text.path()) && faulty(text.path())).collect();
    if unseen.is_empty() {
        return Vec::new();
    }
    let facts: AllFacts =
        archive.texts().map(|(text, chapter)| (text.path().clone(), facts_of(text, chapter))).collect();
    let links = Links { site: &everything, facts: &facts };
    let mut findings = Vec::new();
    for (text, _) in unseen {
        findings.extend(body(text).remarks.iter().map(|remark| finding(text, remark)));
        findings.extend(links.check(text).into_iter().filter(|finding| *finding.rule == diag::BROKEN_LINK));
        findings.extend(groups::check(config, text, &facts));
    }
    findings
}

/// By what changes are judged, for every language of the site: its words, and the terms of the glossary.
fn judges(site: &Site, config: &Config) -> BTreeMap<String, Judge> {
    let langs = site.documents().filter_map(|document| document.lang.clone()).chain([config.lang.clone()]);
    let terms = || {
        site.glossary()
            .iter()
            .map(|term| [Some(&term.term), term.short.as_ref()].into_iter().flatten().map(String::as_str).collect())
    };
    langs.map(|lang| (lang.clone(), Judge::new(&lang, terms()))).collect()
}

/// Every text that may be seen, with its number where it is a chapter.
pub(super) fn texts(site: &Site) -> Vec<(&Text, Option<u32>)> {
    let documents = site.front().into_iter().chain(site.pages()).chain(site.documents());
    let mut texts = Vec::new();
    for document in documents {
        texts.extend(document.index.iter().map(|index| (index, None)));
        for draft in document.drafts.values() {
            texts.push((&draft.text, None));
            texts.extend(draft.chapters.iter().map(|chapter| (&chapter.text, Some(chapter.number))));
        }
    }
    texts
}

/// How the body of a text is come by.
type Read<'m> = dyn Fn(&Text) -> Arc<Body> + Sync + 'm;

/// How the facts of a text are come by; the number is a chapter's.
type Learn<'m> = dyn Fn(&Text, Option<u32>) -> Arc<Facts> + Sync + 'm;

type AllFacts = BTreeMap<SitePath, Arc<Facts>>;

/// Reads every text: its facts, and what its parser noticed.
fn read_bodies(site: &Site, body: &Read, facts_of: &Learn) -> (AllFacts, Vec<Diagnostic>) {
    let read = texts(site).into_par_iter().map(|(text, chapter)| {
        let body = body(text);
        let mut found: Vec<_> = body.remarks.iter().map(|remark| finding(text, remark)).collect();
        found.extend(empty(site, text, &body));
        (text.path().clone(), facts_of(text, chapter), found)
    });
    let (mut facts, mut findings) = (BTreeMap::new(), Vec::new());
    for (path, own, found) in read.collect::<Vec<_>>() {
        facts.insert(path, own);
        findings.extend(found);
    }
    (facts, findings)
}

/// A text that is shown and has no words. Words above chapters or drafts are not asked for.
fn empty(site: &Site, text: &Text, body: &Body) -> Option<Diagnostic> {
    let above = match site.source_of(text.path())? {
        Owner::Draft { section, name, draft } => !site.document(section, name)?.drafts.get(draft)?.chapters.is_empty(),
        Owner::Document { section, name } => !site.document(section, name)?.lone,
        Owner::Front => true,
        Owner::Page { .. } | Owner::Chapter { .. } => false,
    };
    let shows = body.blocks.iter().any(|block| !block.is_invisible());
    let place = text.source.place(text.body_start..text.body_start);
    let finding = || Diagnostic::at(&diag::EMPTY_TEXT, place, "there is nothing below the front matter");
    (!above && !shows && text.body_start > 0)
        .then(finding)
        .map(|finding| finding.hint("write the text, or leave the file out until there is one"))
}

fn finding(text: &Text, remark: &Remark) -> Diagnostic {
    let span = text.body_start + remark.span.start..text.body_start + remark.span.end;
    let finding = Diagnostic::at(remark.rule, text.source.place(span), remark.message.clone());
    Diagnostic { hint: remark.hint.clone(), ..finding }
}

/// The routes of pages, of the theme's assets, and of the files that visible texts show or lead to: a
/// file that nothing leads to yet is not published. The logo is on every page.
fn all_routes(site: &Site, config: &Config, facts: &AllFacts, theme: &Theme) -> BTreeMap<Address, Route> {
    let mut routes = routes(site, config);
    // They hold full addresses, which are not known.
    let is_full =
        |route: &Route| matches!(route, Route::Feed | Route::DocumentFeed(_) | Route::Sitemap | Route::Calendar);
    // A calendar has at least one day.
    let has_days = timetable::of_site(site, &config.timezone).first().is_some_and(|dated| dated.day().is_some());
    routes.retain(|_, route| !config.base_url.is_empty() && (has_days || *route != Route::Calendar) || !is_full(route));
    let links = Links { site, facts };
    let targets = facts.iter().flat_map(|(path, own)| own.references.iter().map(move |link| (path, &link.target)));
    let targets = targets.map(|(path, target)| links.resolve(path, target)).chain(links.of_terms());
    let files = targets.filter_map(|target| match target {
        Ok(Target::File(file)) => Some(Route::File(file)),
        _ => None,
    });
    let logo = config.brand.logo.iter().map(|logo| &logo.path).filter(|path| site.files().contains_key(*path));
    let files = files.chain(logo.cloned().map(Route::File));
    let assets = theme.assets.keys().map(|name| Route::Asset(name.clone()));
    routes.extend(files.chain(assets).map(|route| (route.address(), route)));
    routes
}
