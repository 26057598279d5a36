//! Every address of a site, and what stands there.
//!
//! In: a [`Site`]. Out: [`Route`]s by [`Address`]. An address never changes once it is published, so
//! the forms below do not change either.

use crate::config::{Config, Kind};
use crate::paper::{Document, Draft, DraftName, Entry, Owner, Site};
use crate::path::{Address, SitePath};
use std::collections::BTreeSet;

/// The section and the name of a document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentKey {
    /// `proposals`.
    pub section: String,
    /// `representation`.
    pub name: String,
}

impl DocumentKey {
    /// Of a document.
    pub fn of(document: &Document) -> Self {
        DocumentKey { section: document.section.clone(), name: document.name.clone() }
    }
}

/// What stands at an address.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Route {
    /// The front page.
    Front,
    /// All documents of a section.
    Section(String),
    /// A plain page.
    Page(DocumentKey),
    /// A document; of a lone file, its text.
    Document(DocumentKey),
    /// A draft; of a draft in chapters, the words above them and the list of them.
    Draft(DocumentKey, DraftName),
    /// A chapter of a draft.
    Chapter(DocumentKey, DraftName, String),
    /// All chapters of a draft on one page.
    All(DocumentKey, DraftName),
    /// A round: its options side by side.
    Round(DocumentKey, u32),
    /// Leads on to the newest draft or round.
    Latest(DocumentKey),
    /// What changed from one draft to another.
    Comparison(DocumentKey, DraftName, DraftName),
    /// What changed in one chapter.
    ComparedChapter(DocumentKey, DraftName, DraftName, String),
    /// What was said about a document, and what became of it.
    Feedback(DocumentKey),
    /// The vote on a document.
    Vote(DocumentKey),
    /// A draft as it was sealed.
    Sealed(DocumentKey, DraftName),
    /// What was recorded of a document.
    Record(DocumentKey),
    /// The same as a text, seals and all.
    RecordText(DocumentKey),
    /// That a draft was taken down, where it stood.
    TakenDown(DocumentKey, DraftName),
    /// What happened when, across the site.
    Changes,
    /// What the terms mean, and where they are used.
    Glossary,
    /// Where an answer or a reason is owed.
    Silence,
    /// The search.
    Search,
    /// The feed.
    Feed,
    /// The feed of a document.
    DocumentFeed(DocumentKey),
    /// The calendar.
    Calendar,
    /// The sitemap.
    Sitemap,
    /// The page of the lost.
    NotFound,
    /// The site for other programs.
    SiteJson,
    /// An asset of the theme, by the name that it has in the output.
    Asset(String),
    /// A figure or attachment.
    File(SitePath),
}

impl Route {
    /// What stands at the address of a Markdown file.
    pub fn of(owner: &Owner) -> Route {
        let key = |section: &str, name: &str| DocumentKey { section: section.to_owned(), name: name.to_owned() };
        match owner {
            Owner::Front => Route::Front,
            Owner::Page { section, name } => Route::Page(key(section, name)),
            Owner::Document { section, name } => Route::Document(key(section, name)),
            Owner::Draft { section, name, draft } => Route::Draft(key(section, name), draft.clone()),
            Owner::Chapter { section, name, draft, chapter } => {
                Route::Chapter(key(section, name), draft.clone(), chapter.clone())
            }
        }
    }

    /// Its address.
    pub fn address(&self) -> Address {
        let below = |key: &DocumentKey, rest: &str| Address::new(format!("/{}/{}/{rest}", key.section, key.name));
        match self {
            Route::Front => Address::new("/"),
            Route::Section(section) => Address::new(format!("/{section}/")),
            Route::Page(key) => Address::new(format!("/{}/", key.name)),
            Route::Document(key) => below(key, ""),
            Route::Draft(key, draft) => below(key, &format!("{draft}/")),
            Route::Chapter(key, draft, chapter) => below(key, &format!("{draft}/{chapter}/")),
            Route::All(key, draft) => below(key, &format!("{draft}/all/")),
            Route::Round(key, round) => below(key, &format!("round-{round}/")),
            Route::Latest(key) => below(key, "latest/"),
            Route::Feedback(key) => below(key, "feedback/"),
            Route::Vote(key) => below(key, "vote/"),
            Route::Comparison(key, old, new) => below(key, &format!("changes/{old}/{new}/")),
            Route::ComparedChapter(key, old, new, chapter) => below(key, &format!("changes/{old}/{new}/{chapter}/")),
            Route::Sealed(key, draft) => below(key, &format!("{draft}.md")),
            Route::Record(key) => below(key, "record/"),
            Route::RecordText(key) => below(key, "record.txt"),
            Route::TakenDown(key, draft) => below(key, &format!("{draft}/")),
            Route::Changes => Address::new("/changes/"),
            Route::Glossary => Address::new("/glossary/"),
            Route::Silence => Address::new("/silence/"),
            Route::Search => Address::new("/search/"),
            Route::Feed => Address::new("/feed.xml"),
            Route::DocumentFeed(key) => below(key, "feed.xml"),
            Route::Calendar => Address::new("/calendar.ics"),
            Route::Sitemap => Address::new("/sitemap.xml"),
            Route::NotFound => Address::new("/404.html"),
            Route::SiteJson => Address::new("/site.json"),
            Route::Asset(name) => Address::new(format!("/assets/{name}")),
            Route::File(path) => Address::new(path.as_str().strip_prefix("content").unwrap_or(path.as_str())),
        }
    }
}

/// What stands at the addresses of a site that are no document's, but for assets and files.
pub fn of_site(site: &Site, config: &Config) -> Vec<Route> {
    let mut routes = vec![Route::Front, Route::Changes, Route::NotFound, Route::SiteJson];
    routes.extend([Route::Feed, Route::Calendar, Route::Sitemap]);
    routes.extend((!site.glossary().is_empty()).then_some(Route::Glossary));
    routes.extend(config.silence.then_some(Route::Silence));
    routes.extend(config.search.then_some(Route::Search));
    let sections = config.sections.iter().filter(|section| section.kind != Kind::Page);
    let used = sections.filter(|section| site.section(&section.name).next().is_some());
    routes.extend(used.map(|section| Route::Section(section.name.clone())));
    routes.extend(site.pages().map(|page| Route::Page(DocumentKey::of(page))));
    routes
}

/// What stands at the addresses of a document; `most` says how many drafts it may have so that each is compared
/// with each.
pub fn of_document(document: &Document, most: usize) -> Vec<Route> {
    let key = DocumentKey::of(document);
    let mut routes = vec![Route::Document(key.clone())];
    routes.extend(of_record(document, &key));
    if document.lone {
        return routes;
    }
    routes.extend([Route::Latest(key.clone()), Route::DocumentFeed(key.clone())]);
    routes.extend((!document.feedback.is_empty()).then(|| Route::Feedback(key.clone())));
    let vote = document.consultation.vote.as_ref().and_then(|vote| vote.draft.as_ref());
    routes.extend(vote.map(|_| Route::Vote(key.clone())));
    for draft in document.drafts.values() {
        routes.push(Route::Draft(key.clone(), draft.name.clone()));
        if !draft.chapters.is_empty() {
            routes.push(Route::All(key.clone(), draft.name.clone()));
        }
        let chapters = draft.chapters.iter().map(|chapter| chapter.name.clone());
        routes.extend(chapters.map(|chapter| Route::Chapter(key.clone(), draft.name.clone(), chapter)));
    }
    let rounds: BTreeSet<u32> = document.drafts.keys().map(|name| name.round).collect();
    routes.extend(rounds.into_iter().map(|round| Route::Round(key.clone(), round)));
    for (old, new) in compared(document, most) {
        routes.push(Route::Comparison(key.clone(), old.clone(), new.clone()));
        let drafts = document.drafts.get(&old).zip(document.drafts.get(&new));
        let chapters = drafts.into_iter().flat_map(|(old, new)| compared_chapters(old, new));
        routes.extend(chapters.map(|chapter| Route::ComparedChapter(key.clone(), old.clone(), new.clone(), chapter)));
    }
    routes
}

/// What stands at the addresses of the record of a document.
fn of_record(document: &Document, key: &DocumentKey) -> Vec<Route> {
    let Some(lock) = document.lock.as_ref().filter(|lock| !lock.entries.is_empty()) else { return Vec::new() };
    let mut routes = vec![Route::Record(key.clone()), Route::RecordText(key.clone())];
    let drafts: BTreeSet<_> = lock.entries.iter().map(|entry| &entry.draft).collect();
    for name in drafts {
        let is_gone = lock.newest(name).is_some_and(Entry::is_gone);
        match document.drafts.contains_key(name) {
            true => routes.extend((!is_gone).then(|| Route::Sealed(key.clone(), name.clone()))),
            false => routes.extend(is_gone.then(|| Route::TakenDown(key.clone(), name.clone()))),
        }
    }
    routes
}

/// The pairs of drafts that are compared, the older one first: of a document with at most so many drafts all;
/// of another each draft with what it follows, with the first and with the newest, and the options of a round
/// with one another.
pub fn compared(document: &Document, most: usize) -> BTreeSet<(DraftName, DraftName)> {
    let names: Vec<_> = document.drafts.keys().collect();
    let all = names.len() <= most;
    let first = names.first().map_or(0, |name| name.round);
    let newest: BTreeSet<_> = document.newest().map(|draft| &draft.name).collect();
    let mut pairs = BTreeSet::new();
    for (at, old) in names.iter().enumerate() {
        for new in &names[at + 1..] {
            let follows = document.drafts.get(*new).is_some_and(|draft| draft.follows.contains(old));
            let ends = old.round == first || newest.contains(new);
            if all || follows || ends || old.round == new.round {
                pairs.insert(((*old).clone(), (*new).clone()));
            }
        }
    }
    pairs
}

/// The chapters of both drafts that stand in another order: the fewest whose move explains it.
pub fn moved_chapters(old: &Draft, new: &Draft) -> BTreeSet<String> {
    let names = |draft: &Draft| draft.chapters.iter().map(|chapter| chapter.name.clone()).collect::<Vec<_>>();
    let before = names(old);
    let places: Vec<_> =
        names(new).into_iter().filter_map(|name| Some((before.iter().position(|own| *own == name)?, name))).collect();
    // The longest ascending run of places, by its length up to each (chapters are few).
    let mut best: Vec<(usize, Option<usize>)> = Vec::new();
    for (at, (place, _)) in places.iter().enumerate() {
        let before = (0..at).filter(|other| places[*other].0 < *place).max_by_key(|other| best[*other].0);
        best.push((before.map_or(1, |other| best[other].0 + 1), before));
    }
    let mut kept = BTreeSet::new();
    let mut link = (0..best.len()).max_by_key(|at| (best[*at].0, std::cmp::Reverse(*at)));
    while let Some(at) = link {
        kept.insert(at);
        link = best[at].1;
    }
    places.into_iter().enumerate().filter(|(at, _)| !kept.contains(at)).map(|(_, (_, name))| name).collect()
}

/// The chapters that either of two drafts in chapters has: in the order of the newer, then those that
/// went. Where one of them is whole, both are compared on one page.
pub fn compared_chapters(old: &Draft, new: &Draft) -> Vec<String> {
    if old.chapters.is_empty() || new.chapters.is_empty() {
        return Vec::new();
    }
    let names = |draft: &Draft| draft.chapters.iter().map(|chapter| chapter.name.clone()).collect::<Vec<_>>();
    let mut chapters = names(new);
    let gone: Vec<_> = names(old).into_iter().filter(|name| !chapters.contains(name)).collect();
    chapters.extend(gone);
    chapters
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::{Archive, Lens};
    use crate::tree::Tree;
    use jiff::Timestamp;

    fn document(files: &[(&str, &str)]) -> Document {
        let index = ("content/proposals/hubs/index.md", "---\ntitle: Hubs\nsummary: S\n---\n");
        let tree: Tree = files.iter().copied().chain([index]).collect();
        let (archive, found) = Archive::read(&tree, &Config::default());
        assert!(found.is_empty(), "{found:?}");
        let lens = Lens { unpublished: true, ..Lens::public(Timestamp::UNIX_EPOCH) };
        archive.visible(&lens).document("proposals", "hubs").unwrap().clone()
    }

    const DRAFT: &str = "---\nsummary: S\n---\n\nWords.\n";

    #[test]
    fn addresses_are_those_of_the_design() {
        let hubs = document(&[
            ("content/proposals/hubs/draft-1.md", DRAFT),
            ("content/proposals/hubs/draft-2-option-a.md", DRAFT),
            ("content/proposals/hubs/draft-2-option-b.md", DRAFT),
        ]);
        let addresses: BTreeSet<_> = of_document(&hubs, 8).iter().map(|route| route.address().to_string()).collect();
        let below = |rest: &str| format!("/proposals/hubs/{rest}");
        let expected = [
            "",
            "draft-1/",
            "draft-2-option-a/",
            "draft-2-option-b/",
            "round-1/",
            "round-2/",
            "latest/",
            "feed.xml",
            "changes/draft-1/draft-2-option-a/",
            "changes/draft-1/draft-2-option-b/",
            "changes/draft-2-option-a/draft-2-option-b/",
        ];
        assert_eq!(addresses, expected.map(below).into());
    }

    #[test]
    fn of_few_drafts_all_are_compared_and_of_many_those_that_readers_ask_for() {
        let files: Vec<_> = (1..=5).map(|round| format!("content/proposals/hubs/draft-{round}.md")).collect();
        let hubs = document(&files.iter().map(|file| (file.as_str(), DRAFT)).collect::<Vec<_>>());
        let pairs = |most| {
            let pairs = compared(&hubs, most).into_iter().map(|(old, new)| format!("{}{}", old.round, new.round));
            pairs.collect::<Vec<_>>().join(" ")
        };
        assert_eq!(pairs(5), "12 13 14 15 23 24 25 34 35 45");
        assert_eq!(pairs(4), "12 13 14 15 23 25 34 35 45");
    }

    #[test]
    fn a_chapter_that_changed_places_has_moved() {
        let chapter = "---\ntitle: T\n---\n\nWords.\n";
        let hubs = document(&[
            ("content/proposals/hubs/draft-1/index.md", DRAFT),
            ("content/proposals/hubs/draft-1/01-a.md", chapter),
            ("content/proposals/hubs/draft-1/02-b.md", chapter),
            ("content/proposals/hubs/draft-1/03-c.md", chapter),
            ("content/proposals/hubs/draft-2/index.md", DRAFT),
            ("content/proposals/hubs/draft-2/01-b.md", chapter),
            ("content/proposals/hubs/draft-2/02-new.md", chapter),
            ("content/proposals/hubs/draft-2/03-c.md", chapter),
            ("content/proposals/hubs/draft-2/04-a.md", chapter),
        ]);
        let drafts = hubs.drafts.values().collect::<Vec<_>>();
        assert_eq!(moved_chapters(drafts[0], drafts[1]), ["a".to_owned()].into());
        assert_eq!(compared_chapters(drafts[0], drafts[1]), ["b", "new", "c", "a"]);
        assert!(moved_chapters(drafts[0], drafts[0]).is_empty());
    }
}
