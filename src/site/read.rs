//! How a site is read: from its files to a [`World`] and all that is wrong with them.
//!
//! In: a tree of files, options. Out: the findings of every step, weighed and sorted, and the world where
//! `site.toml` and the theme can be read. A file that is wrong keeps no other from being read.

use super::declared;
use super::memo::Memo;
use super::theme::Theme;
use super::timetable;
use super::world::{Options, Outcome, World};
use crate::check::links::{Links, Target};
use crate::check::{abbreviations, brand, comments, dates, groups, statement};
use crate::config::Config;
use crate::diag::{self, Diagnostic, Source};
use crate::diff::Judge;
use crate::facts::{Facts, Glossary};
use crate::markdown::{Body, Remark};
use crate::paper::{Archive, Lens, Owner, Site, Text};
use crate::path::{Address, SitePath};
use crate::routes::{DocumentKey, Route, routes};
use crate::tree::Tree;
use jiff::Timestamp;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

impl World {
    /// Reads a site.
    pub fn read(tree: &Tree, options: &Options, memo: &Arc<Memo>) -> Outcome {
        let (config, mut found) = read_config(tree, options);
        found.extend(no_content(tree));
        let (archive, more) = Archive::read(tree, &config);
        found.extend(more);
        found.extend(dates::check(&archive));
        found.extend(blank(tree, &archive));
        let lens = Lens { at: options.at, audience: options.audience.clone(), unpublished: options.unpublished };
        let site = archive.visible(&lens);
        let dialect = config.raw_html.into();
        let glossary = Glossary::new(site.glossary());
        let bodies = |text: &Text| memo.body(text, dialect);
        let facts_of = |text: &Text, chapter| memo.facts(text, chapter, dialect, &glossary);
        let (facts, more) = read_bodies(&site, &bodies, &facts_of);
        found.extend(more);
        found.extend(check_unseen(&archive, &config, &found, &facts, &bodies, &facts_of));
        found.extend(check_whole(&config, &site, &facts, &glossary, &bodies));
        let (theme, more) = Theme::load(tree, &config);
        found.extend(more);
        let world = theme.map(|theme| World {
            routes: all_routes(&site, &config, &facts, &theme),
            judges: judges(&site, &config),
            replies: replies(&site),
            next_change: archive.next_change(&lens),
            config: config.clone(),
            options: options.clone(),
            memo: Arc::clone(memo),
            site,
            theme,
            facts,
        });
        found.extend(world.iter().flat_map(declared::check));
        let readable = tree.get(&SitePath::new("site.toml")).is_some();
        Outcome { world: world.filter(|_| readable), found: settle(&config, found) }
    }
}

/// What only the whole site can tell: where links lead, what the glossary lacks, whom papers concern, what every
/// site needs.
fn check_whole(config: &Config, site: &Site, facts: &AllFacts, glossary: &Glossary, bodies: &Read) -> Vec<Diagnostic> {
    let links = Links { site, facts };
    let texts = texts(site);
    let mut found: Vec<_> = links.check_terms().into_iter().collect();
    found.extend(abbreviations::check(site, facts, glossary));
    found.extend(texts.par_iter().flat_map(|(text, _)| links.check(text)).collect::<Vec<_>>());
    found.extend(texts.iter().flat_map(|(text, _)| groups::check(config, text, facts)));
    found.extend(texts.iter().flat_map(|(text, _)| comments::check(config, text, &bodies(text))));
    found.extend(groups::uncovered(config, site, facts));
    found.extend(statement::check(site, bodies));
    found.extend(brand::check(config, site));
    found
}

/// Weighs and sorts all findings, and tells each once.
fn settle(config: &Config, mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
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
    found
}

/// The letters that answer each letter, in the order of the site.
fn replies(site: &Site) -> BTreeMap<DocumentKey, Vec<DocumentKey>> {
    let mut replies: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for document in site.documents() {
        let path = document.letter.as_ref().and_then(|letter| letter.replies_to.as_ref());
        if let Some(Owner::Document { section, name }) = path.and_then(|path| site.source_of(path)) {
            let key = DocumentKey { section: section.clone(), name: name.clone() };
            replies.entry(key).or_default().push(DocumentKey::of(document));
        }
    }
    replies
}

fn read_config(tree: &Tree, options: &Options) -> (Config, Vec<Diagnostic>) {
    let path = SitePath::new("site.toml");
    let Some(file) = tree.get(&path) else {
        let finding = Diagnostic::file(&diag::CONFIG, &path, "there is no site.toml");
        return (Config::default(), vec![finding.hint("`greenpaper init DIR` makes a site to begin with")]);
    };
    let Some(text) = file.text() else {
        let finding = Diagnostic::file(&diag::CONFIG, &path, "site.toml is not UTF-8").hint("save it as UTF-8");
        return (Config { groups_misread: true, ..Config::default() }, vec![finding]);
    };
    let (mut config, mut found) = Config::read(&Source::new(path.clone(), Arc::clone(text)));
    if let Some(url) = &options.base_url {
        config.base_url = url.clone();
    }
    if config.base_url.is_empty() && !config.base_url_given {
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

/// Files without anything in them, seen or not, of which nothing else was told.
fn blank(tree: &Tree, archive: &Archive) -> Vec<Diagnostic> {
    let paths = archive.texts().filter(|(text, _)| text.source.text.trim().is_empty()).map(|(text, _)| text.path());
    let paths = paths.filter(|path| tree.get(path).is_some() && !archive.misread.contains(path));
    let finding = |path| Diagnostic::file(&diag::EMPTY_TEXT, path, "there is nothing in this file");
    paths.map(|path| finding(path).hint("write the text, or leave the file out until there is one")).collect()
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
