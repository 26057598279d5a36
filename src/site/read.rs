//! How a site is read: from its files to a [`World`] and all that is wrong with them.
//!
//! In: a tree of files, options. Out: the findings of every step, weighed and sorted, and the world where
//! `site.toml` and the theme can be read. A file that is wrong keeps no other from being read.

use super::addresses::Addresses;
use super::declared;
use super::learn::{AllFacts, Lessons, Since, Teacher, finding, key_of, texts_of};
use super::memo::Memo;
use super::reasons;
use super::record;
use super::theme::Loaded;
use super::world::{Options, Outcome, World};
use crate::check::links::Links;
use crate::check::quotations::Quoted;
use crate::check::{abbreviations, brand, dates, groups, placeholders, statement};
use crate::config::Config;
use crate::diag::{self, Diagnostic, Source};
use crate::diff::Judge;
use crate::facts::Glossary;
use crate::paper::{Archive, Lens, Owner, Site, Text};
use crate::path::SitePath;
use crate::routes::DocumentKey;
use crate::tree::{File, Tree};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What one reading of a site leaves to the next, so that only what changed is read again.
#[derive(Default)]
pub(super) struct Kept {
    tree: Tree,
    config: Config,
    archive: Archive,
    glossary: Option<crate::tree::Digest>,
    theme: Option<Arc<Loaded>>,
}

impl World {
    /// Reads a site.
    pub fn read(tree: &Tree, options: &Options, memo: &Arc<Memo>) -> Outcome {
        World::read_again(None, tree, options, memo)
    }

    /// Reads a site that was read before. The result is that of [`World::read`]; it shares what did not change.
    pub fn read_again(before: Option<&World>, tree: &Tree, options: &Options, memo: &Arc<Memo>) -> Outcome {
        memo.age();
        let (config, mut found) = read_config(tree, options);
        let nothing = Kept::default();
        let kept = before.map_or(&nothing, |world| &world.kept);
        found.extend(no_content(tree));
        let (archive, more) = kept.archive.read_again(tree, &config);
        found.extend(more);
        found.extend(dates::check(&archive));
        found.extend(blank(tree, &archive));
        let lens = Lens { at: options.at, audience: options.audience.clone(), unpublished: options.unpublished };
        let site = archive.visible_again(&lens, before.map(|world| &world.site));
        let glossary = Glossary::new(site.glossary());
        let teacher =
            Teacher { config: &config, site: &site, dialect: config.raw_html.into(), glossary: &glossary, memo };
        let same = kept.config == config && kept.glossary == Some(glossary.digest());
        let since = before.filter(|_| same).map(|world| kept.since(tree, &world.lessons));
        let lessons = teacher.teach(since);
        found.extend(lessons.found().cloned());
        found.extend(check_unseen(&archive, &teacher, &found, &lessons.facts));
        found.extend(check_whole(&teacher, &lessons));
        let theme = kept.theme(tree, &config);
        found.extend(theme.found.iter().cloned());
        let loaded = theme.theme.clone();
        let rules = config.clone();
        let kept = Kept {
            tree: tree.clone(),
            config: config.clone(),
            archive,
            glossary: Some(glossary.digest()),
            theme: Some(theme),
        };
        let world = loaded.map(|theme| World {
            routes: Addresses::of((&site, &config), &lessons.facts, &theme, before.map(|world| &world.routes)),
            judges: judges(&site, &config),
            replies: replies(&site),
            quoting: quotations(&lessons, |own| &own.by),
            quoted: quotations(&lessons, |own| &own.source),
            next_change: kept.archive.next_change(&lens),
            config,
            options: options.clone(),
            memo: Arc::clone(memo),
            site,
            theme,
            lessons,
            kept,
        });
        found.extend(world.iter().flat_map(declared::check));
        found.extend(world.iter().flat_map(reasons::check));
        found.extend(world.iter().flat_map(record::check));
        let readable = tree.get(&SitePath::new("site.toml")).is_some();
        Outcome { world: world.filter(|_| readable), found: settle(&rules, found) }
    }
}

impl Kept {
    /// All that the site holds, seen or not.
    pub(super) fn archive(&self) -> &Archive {
        &self.archive
    }

    /// The text of a file; empty where there is none.
    pub(super) fn text(&self, path: &SitePath) -> Arc<str> {
        self.tree.get(path).map(File::lossy).unwrap_or_default()
    }

    /// What has changed since.
    fn since<'a>(&self, tree: &Tree, lessons: &'a Lessons) -> Since<'a> {
        let changed = self.tree.changed(tree).iter().map(key_of).collect();
        Since { lessons, changed, paths: !self.tree.has_same_paths(tree) }
    }

    /// The theme, loaded anew where one of its files or what it is loaded by is another.
    fn theme(&self, tree: &Tree, config: &Config) -> Arc<Loaded> {
        let is_of_theme = |path: &SitePath| path.below(&SitePath::new("themes")).is_some();
        let same = self.config == *config && !self.tree.changed(tree).iter().any(is_of_theme);
        let known = self.theme.as_ref().filter(|_| same).map(Arc::clone);
        known.unwrap_or_else(|| Arc::new(Loaded::of(tree, config)))
    }
}

/// What only the whole site can tell: where links of the glossary lead, what it lacks, what every site needs.
fn check_whole(teacher: &Teacher, lessons: &Lessons) -> Vec<Diagnostic> {
    let Teacher { config, site, .. } = teacher;
    let links = Links { site, facts: &lessons.facts };
    let bodies = |text: &Text| teacher.memo.body(text, teacher.dialect);
    let mut found = links.check_terms();
    found.extend(abbreviations::check(lessons.abbreviations()));
    found.extend(placeholders::check(site, lessons.unwritten()));
    found.extend(groups::uncovered(config, site, &lessons.facts));
    found.extend(statement::check(site, &bodies));
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

/// The quotations, by one of the files that they are of.
fn quotations(lessons: &Lessons, file: fn(&Quoted) -> &SitePath) -> BTreeMap<SitePath, Vec<Quoted>> {
    let mut by_file: BTreeMap<_, Vec<_>> = BTreeMap::new();
    lessons.quoted().for_each(|own| by_file.entry(file(own).clone()).or_default().push(own.clone()));
    by_file
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
fn check_unseen(archive: &Archive, teacher: &Teacher, found: &[Diagnostic], seen: &AllFacts) -> Vec<Diagnostic> {
    let faulty: BTreeSet<&SitePath> = found.iter().filter_map(|finding| Some(&finding.place.as_ref()?.file)).collect();
    let mut suspect = faulty.iter().copied().chain(teacher.site.reported());
    if suspect.all(|path| seen.contains_key(path)) {
        return Vec::new();
    }
    let is_faulty = |path: &SitePath| faulty.contains(path) || teacher.site.is_reported(path);
    let unseen: Vec<_> =
        archive.texts().filter(|(text, _)| !seen.contains_key(text.path()) && is_faulty(text.path())).collect();
    if unseen.is_empty() {
        return Vec::new();
    }
    let everything = archive.visible(&Lens { unpublished: true, ..Lens::public(Timestamp::MAX) });
    let facts = facts_of_all(archive, teacher, seen);
    let links = Links { site: &everything, facts: &facts };
    let mut findings = Vec::new();
    for (text, _) in unseen {
        let Some(own) = facts.get(text.path()) else { continue };
        findings.extend(own.remarks.iter().map(|remark| finding(text, remark)));
        findings.extend(links.check(text).into_iter().filter(|finding| *finding.rule == diag::BROKEN_LINK));
        findings.extend(groups::check(teacher.config, text, own));
    }
    findings
}

/// The facts of all texts, seen or not; those that are known are taken over.
fn facts_of_all(archive: &Archive, teacher: &Teacher, seen: &AllFacts) -> AllFacts {
    let numbers: BTreeMap<&SitePath, Option<u32>> =
        texts(teacher.site).into_iter().map(|(text, number)| (text.path(), number)).collect();
    let facts = archive.texts().map(|(text, chapter)| {
        let known = seen.get(text.path()).filter(|_| numbers.get(text.path()) == Some(&chapter));
        let facts = known.map(Arc::clone);
        let learn = || teacher.memo.facts(text, chapter, teacher.dialect, teacher.glossary);
        (text.path().clone(), facts.unwrap_or_else(learn))
    });
    facts.collect()
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
    documents.flat_map(texts_of).collect()
}

/// Files without anything in them, seen or not, of which nothing else was told.
fn blank(tree: &Tree, archive: &Archive) -> Vec<Diagnostic> {
    let paths = archive.texts().filter(|(text, _)| text.source.text.trim().is_empty()).map(|(text, _)| text.path());
    let paths = paths.filter(|path| tree.get(path).is_some() && !archive.misread.contains(path));
    let finding = |path| Diagnostic::file(&diag::EMPTY_TEXT, path, "there is nothing in this file");
    paths.map(|path| finding(path).hint("write the text, or leave the file out until there is one")).collect()
}
