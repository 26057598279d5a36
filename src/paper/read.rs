//! From a tree of files to an archive: everything that a site holds, seen or not.
//!
//! In: a [`Tree`] and a [`Config`]. Out: an [`Archive`] and all findings about layout and front matter.
//!
//! 1. Paths are sorted into documents (`layout`).
//! 2. Documents are read, each by itself, in parallel (`document`).
//! 3. Findings are brought into order and weighed.

use super::around::Around;
use super::document::{self, At, Desk, Outcome};
use super::layout::{self, Files, Layout};
use super::{Document, Term, Text, glossary};
use crate::config::Config;
use crate::diag::Diagnostic;
use crate::path::SitePath;
use crate::tree::{File, Tree};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Section and name of a document.
type Name = (String, String);

/// All that a site holds, also what nobody may see yet. Pages are made from a [`super::Site`].
#[derive(Clone, Debug, Default)]
pub struct Archive {
    /// The front page: a document in one file, without section and name.
    pub front: Option<Arc<Document>>,
    /// All documents, pages among them, by section and name.
    pub documents: BTreeMap<Name, Arc<Document>>,
    /// All files below `content/` that are neither Markdown nor YAML.
    pub files: BTreeMap<SitePath, File>,
    /// Markdown files that have no place in the layout; each has its finding.
    pub misplaced: BTreeSet<SitePath>,
    /// Markdown files of which it could not be read when or by whom they may be seen; each has its finding.
    pub unsettled: BTreeSet<SitePath>,
    /// Files in which something is wrong, so that what is not in them may only have been misread.
    pub misread: BTreeSet<SitePath>,
    /// The terms of the glossary.
    pub glossary: Vec<Term>,
    /// What it was read from, for the next reading.
    from: From,
}

/// What an archive was read from, and what came of each document.
#[derive(Clone, Debug, Default)]
struct From {
    tree: Tree,
    config: Config,
    layout: Arc<Layout>,
    filed: BTreeMap<Name, Arc<Filed>>,
}

/// A document as it was read.
#[derive(Debug)]
struct Filed {
    document: Arc<Document>,
    outcome: Outcome,
    /// Whether its front matter names other files of the site.
    looks_around: bool,
}

impl Archive {
    /// Reads a site.
    pub fn read(tree: &Tree, config: &Config) -> (Archive, Vec<Diagnostic>) {
        Archive::default().read_again(tree, config)
    }

    /// Reads a site that was read before. The result is that of [`Archive::read`]; it shares each document whose
    /// files, and what they were read by, stayed the same.
    pub fn read_again(&self, tree: &Tree, config: &Config) -> (Archive, Vec<Diagnostic>) {
        let desk = Desk { tree, config };
        let layout = self.from.layout_of(desk);
        let mut outcome = Outcome { found: layout.found.clone(), ..Outcome::default() };
        let front = layout.front.as_ref().map(|path| {
            let around = Around::new(tree);
            Arc::new(document::front(desk, &around, path, &mut outcome))
        });
        let filed = self.from.filed_of(desk, &layout);
        let documents = filed.iter().map(|(name, filed)| (name.clone(), Arc::clone(&filed.document))).collect();
        filed.values().for_each(|filed| outcome.append(filed.outcome.clone()));
        let glossary = read_glossary(desk, &layout, &mut outcome);
        let Outcome { mut found, unsettled } = outcome;
        found.sort_by_cached_key(Diagnostic::order);
        let misread = found.iter().filter_map(|finding| Some(finding.place.as_ref()?.file.clone())).collect();
        let files = layout.files.iter().filter_map(|path| Some((path.clone(), tree.get(path)?.clone()))).collect();
        let misplaced = layout.misplaced.clone();
        let from = From { tree: tree.clone(), config: config.clone(), layout, filed };
        let archive = Archive { front, documents, files, misplaced, unsettled, misread, glossary, from };
        (archive, config.weigh(found))
    }

    /// The document of that section and name.
    pub fn document(&self, section: &str, name: &str) -> Option<&Document> {
        self.documents.get(&(section.to_owned(), name.to_owned())).map(|document| &**document)
    }

    /// Every text, with its number where it is a chapter.
    pub fn texts(&self) -> impl Iterator<Item = (&Text, Option<u32>)> {
        self.all().flat_map(|document| {
            let drafts = document.drafts.values().flat_map(|draft| {
                let chapters = draft.chapters.iter().map(|chapter| (&chapter.text, Some(chapter.number)));
                std::iter::once((&draft.text, None)).chain(chapters)
            });
            document.index.iter().map(|index| (index, None)).chain(drafts)
        })
    }

    /// The front page, then all documents.
    pub(super) fn all(&self) -> impl Iterator<Item = &Document> {
        self.front.iter().chain(self.documents.values()).map(|document| &**document)
    }
}

impl From {
    /// Where every file belongs.
    fn layout_of(&self, desk: Desk) -> Arc<Layout> {
        match self.config == *desk.config && self.tree.has_same_paths(desk.tree) {
            true => Arc::clone(&self.layout),
            false => Arc::new(layout::sort(desk.tree, desk.config)),
        }
    }

    /// Every document, from the last reading where that can be.
    fn filed_of(&self, desk: Desk, layout: &Layout) -> BTreeMap<Name, Arc<Filed>> {
        let same_config = self.config == *desk.config;
        let same_paths = self.tree.has_same_paths(desk.tree);
        let changed = self.tree.changed(desk.tree);
        let kept = |name: &Name, files: &Files| {
            let filed = self.filed.get(name).filter(|filed| same_config && (same_paths || !filed.looks_around))?;
            let same = self.layout.documents.get(name) == Some(files)
                && (changed.is_empty() || files.paths().all(|path| !changed.contains(path)));
            same.then(|| Arc::clone(filed))
        };
        let documents: Vec<_> = layout.documents.iter().collect();
        let filed = documents.into_par_iter().filter_map(|(name, files)| {
            let filed = kept(name, files).or_else(|| Filed::read(desk, name, files).map(Arc::new));
            Some((name.clone(), filed?))
        });
        filed.collect::<Vec<_>>().into_iter().collect()
    }
}

impl Filed {
    /// Reads a document; none in a section that the site does not have.
    fn read(desk: Desk, (section, name): &Name, files: &Files) -> Option<Filed> {
        let kind = desk.config.section(section)?.kind;
        let around = Around::new(desk.tree);
        let mut outcome = Outcome::default();
        let document = document::read(desk, &around, At { section, kind, name }, files, &mut outcome);
        Some(Filed { document: Arc::new(document), outcome, looks_around: around.was_asked() })
    }
}

fn read_glossary(desk: Desk, layout: &Layout, outcome: &mut Outcome) -> Vec<Term> {
    let mut glossary = Vec::new();
    for path in &layout.yaml {
        let before = outcome.found.len();
        let source = desk.source(path, outcome);
        if outcome.found.len() == before && path.as_str() == "content/glossary.yaml" {
            let (terms, found) = glossary::read(&source, desk.config);
            glossary = terms;
            outcome.found.extend(found);
        }
    }
    glossary
}

#[cfg(test)]
mod tests {
    use super::super::sample::{DRAFT, INDEX, archive, check, config, read};
    use super::*;
    use crate::config::Kind;
    use crate::diag::Severity;

    const LETTER: &str = "---\ntitle: Delegation\nfrom: The commissioner\nto: [Leads, Chairs]\ndate: 2021-07-22\n\
                          published: 2021-07-26\nreplies_to: earlier.md\n---\nDear all\n";
    const EARLIER: &str = "---\ntitle: Earlier\nfrom: The leads\nto: The commissioner\ndate: 2021-07-01\n---\n";

    #[test]
    fn a_letter_is_document_and_draft_in_one() {
        let archive = archive(&[("content/letters/delegation.md", LETTER), ("content/letters/earlier.md", EARLIER)]);
        let document = archive.document("letters", "delegation").expect("a letter");
        let letter = document.letter.as_ref().expect("what letters have");
        assert_eq!((document.kind, document.lone, document.numbered), (Kind::Letter, true, true));
        assert_eq!((letter.from.as_str(), letter.to.join(" ")), ("The commissioner", "Leads Chairs".to_owned()));
        assert_eq!(letter.replies_to.as_ref().map(SitePath::as_str), Some("content/letters/earlier.md"));
        assert_eq!(document.folder.as_str(), "content/letters");
        let draft = document.newest().next().expect("its draft");
        assert_eq!((draft.title.as_ref(), draft.text.body()), (None, "Dear all\n"));
        assert!(draft.published.is_some() && document.index.is_none());
    }

    #[test]
    fn a_letter_in_a_folder_is_whole_unless_it_has_drafts() {
        let index = LETTER.replace("earlier.md", "../earlier.md");
        let earlier = ("content/letters/earlier.md", EARLIER);
        let whole = archive(&[("content/letters/a/index.md", &index), ("content/letters/a/scan.pdf", ""), earlier]);
        let letter = whole.document("letters", "a").expect("a letter");
        assert_eq!((letter.lone, letter.figures.len(), letter.folder.as_str()), (true, 1, "content/letters/a"));
        check(
            &[("content/letters/a/index.md", &index), ("content/letters/a/draft-1.md", DRAFT), earlier],
            &[
                "letters/a/index.md:6:1 unknown-key: unknown key `published` in the index.md of a letter with drafts; `published` belongs in a draft",
            ],
        );
    }

    #[test]
    fn an_answer_must_lead_to_a_file() {
        check(
            &[("content/letters/a.md", LETTER), ("content/letters/earlier-one.md", EARLIER)],
            &["letters/a.md:7:13 bad-value: `replies_to` names `earlier.md`, which is no Markdown file of the site; "],
        );
        check(
            &[("content/letters/a.md", LETTER), ("content/letters/earlyer.md", EARLIER)],
            &[
                "letters/a.md:7:13 bad-value: `replies_to` names `earlier.md`, which is no Markdown file of the site; did you mean earlyer.md in content/letters/?",
            ],
        );
    }

    #[test]
    fn pages_and_updates_have_their_keys() {
        let archive = archive(&[
            ("content/index.md", "---\ntitle: Welcome\n---\nHello\n"),
            ("content/pages/about.md", "---\ntitle: About\nlang: cy\n---\n"),
            ("content/updates/2021-08-05-news.md", "---\ntitle: 2021\nby: The group\ndate: 2021-08-05\n---\n"),
        ]);
        let news = archive.document("updates", "2021-08-05-news").expect("an update");
        assert_eq!((news.title.as_str(), news.numbered), ("2021", false));
        assert_eq!(news.date.map(|date| date.to_string()).as_deref(), Some("2021-08-05"));
        assert_eq!(archive.document("pages", "about").and_then(|page| page.lang.as_deref()), Some("cy"));
        assert_eq!(archive.front.map(|front| front.title.clone()).as_deref(), Some("Welcome"));
    }

    #[test]
    fn bytes_that_are_not_utf8_are_shown_where_they_stand() {
        let mut tree: Tree = [("content/proposals/a/index.md", INDEX)].into_iter().collect();
        let draft = SitePath::new("content/proposals/a/draft-1.md");
        tree.insert(draft, File::new(&b"---\nnote: \xc3\xa9t\xe9\n---\nText.\n"[..]));
        tree.insert(SitePath::new("content/glossary.yaml"), File::new(&b"\xff\xfea\0"[..]));
        tree.insert(SitePath::new("content/logo.png"), File::new(&b"\xff"[..]));
        let (archive, found) = Archive::read(&tree, &config());
        let places =
            found.iter().filter_map(|finding| finding.place.as_ref().map(|at| (finding.rule.name, at.line, at.column)));
        assert_eq!(places.collect::<Vec<_>>(), [("not-utf8", 1, 1), ("not-utf8", 2, 9)]);
        assert_eq!(archive.document("proposals", "a").map(|document| document.drafts.len()), Some(1));
    }

    #[test]
    fn a_document_with_faults_is_there_and_all_faults_are_found() {
        let files = [
            ("content/proposals/a/index.md", "---\ntitel: A\nsummary:\n---\nBody\n"),
            ("content/proposals/a/draft-1.md", "---\npublished: soon\nstatus: lost\n"),
            ("content/proposals/b/index.md", "Body\n"),
        ];
        check(
            &files,
            &[
                "proposals/a/draft-1.md:1:1 front-matter-fence",
                "proposals/a/draft-1.md:2:12 bad-date",
                "proposals/a/draft-1.md:3:9 bad-value",
                "proposals/a/index.md:2:1 unknown-key: unknown key `titel` in the index.md of a proposal or strategy; did you mean `title`?",
                "proposals/a/index.md:3:1 missing-key: `summary` is empty",
                "proposals/b/index.md:1:1 front-matter-fence: the file has no front matter",
            ],
        );
        let (archive, _) = read(&files);
        let document = archive.document("proposals", "a").expect("a document");
        assert_eq!(document.index.as_ref().map(|text| text.body()), Some("Body\n"));
        let unsettled: Vec<_> = archive.unsettled.iter().map(|path| path.name()).collect();
        assert_eq!(unsettled, ["draft-1.md", "index.md"]);
    }

    #[test]
    fn findings_are_weighed_as_the_site_says() {
        let tree: Tree =
            [("content/about.md", ""), ("content/pages/changes.md", "---\ntitle: A\n---\n")].into_iter().collect();
        let mut config = config();
        config.rules.insert("stray-file".into(), None);
        config.rules.insert("reserved-name".into(), Some(Severity::Warning));
        let (_, found) = Archive::read(&tree, &config);
        assert_eq!(found.iter().map(|finding| finding.severity).collect::<Vec<_>>(), [Severity::Warning]);
    }

    /// Pieces of front matter, right and wrong, in any order.
    const PIECES: [&str; 28] = [
        "---\n",
        "title:",
        "summary: ",
        "rounds:\n",
        "  - round: 1\n",
        "    opens: ",
        "follows: ",
        "draft-1",
        "[",
        "]",
        "{",
        "}",
        "\"",
        "'",
        "é",
        "\t",
        "\n",
        "\r\n",
        ": ",
        "#",
        "- ",
        " ",
        "|\n",
        "&a",
        "*a",
        "published: 2021-08-05",
        "status: ",
        "\u{feff}",
    ];

    proptest::proptest! {
        #[test]
        fn no_front_matter_stops_the_reader(pieces in proptest::collection::vec(0..PIECES.len(), 0..40)) {
            let text: String = pieces.iter().filter_map(|at| PIECES.get(*at)).copied().collect();
            let whole = format!("---\n{text}\n---\n");
            for text in [&text, &whole] {
                for path in ["proposals/a/index.md", "proposals/a/draft-1.md", "letters/a.md", "proposals/b.md"] {
                    let tree: Tree = [(format!("content/{path}").as_str(), text.as_str())].into_iter().collect();
                    let (archive, _) = Archive::read(&tree, &config());
                    proptest::prop_assert_eq!(archive.documents.len(), 1);
                }
            }
        }
    }
}
