//! The contract with the authors of themes: `themes/README.md` names every field of every view and no
//! other, and the bare theme of the tests shows them all.
#![allow(clippy::disallowed_methods, reason = "reads the sources of this package")]

use greenpaper::path::Address;
use greenpaper::site::{Memo, Options, World};
use greenpaper::tree::Tree;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

/// The row of the tables in `themes/README.md` that each struct of the views is documented in, by the first
/// cell of the row.
const ROWS: &[(&str, &str)] = &[
    ("FrontView", "`front.html`"),
    ("SectionView", "`section.html`"),
    ("DocumentView", "`document.html`"),
    ("DraftView", "`draft.html`"),
    ("RoundView", "`round.html`"),
    ("ComparisonView", "`comparison.html`"),
    ("ChangesView", "`changes.html`"),
    ("PageView", "`page.html`"),
    ("GlossaryView", "`glossary.html`"),
    ("SearchView", "`search.html`"),
    ("FeedbackView", "`feedback.html`"),
    ("FeedbackItem", "entry of `feedback`"),
    ("FeedbackChange", "change for feedback"),
    ("FateCount", "entry of `fates`"),
    ("VotePageView", "`vote.html`"),
    ("VoteCount", "result of a vote"),
    ("SinceAsked", "`since_asked`"),
    ("FunctionRow", "entry of `functions`"),
    ("RecordView", "`record.html`"),
    ("TakenDownView", "`taken-down.html`"),
    ("Seal", "`seal`"),
    ("RecordEntry", "entry of the record"),
    ("Earlier", "entry of `earlier`"),
    ("SilenceView", "`silence.html`"),
    ("SilentDocument", "document that owes something"),
    ("SilentDraft", "draft that owes reasons"),
    ("OpenFeedback", "open feedback"),
    ("Reason", "reason"),
    ("LatestView", "`latest.html`"),
    ("FeedView", "`feed.xml`"),
    ("SitemapView", "`sitemap.xml`"),
    ("Frame", "`frame`"),
    ("Share", "`share`"),
    ("Brand", "`brand`"),
    ("Link", "link"),
    ("Day", "day"),
    ("State", "state"),
    ("PhaseView", "phase"),
    ("ConsultationView", "`consultation`"),
    ("WayView", "way"),
    ("DateView", "date"),
    ("VoteView", "vote"),
    ("DocumentCard", "document"),
    ("DraftCard", "draft"),
    ("Step", "step"),
    ("Group", "group"),
    ("Concern", "entry of `concerns` and `coverage`"),
    ("Counts", "counts"),
    ("RoundCard", "round"),
    ("Choice", "choice"),
    ("EventDay", "day of events"),
    ("Event", "event"),
    ("Pair", "pair"),
    ("OptionPair", "option pair"),
    ("OptionRow", "row of an option pair"),
    ("Picture", "`picture`"),
    ("PictureBox", "box of a picture"),
    ("PictureLine", "line of a picture"),
    ("SinceRead", "entry of `since_read`"),
    ("Word", "entry of `words`"),
    ("UsedIn", "entry of `used`"),
    ("Heading", "entry of `contents`"),
    ("Switch", "entry of `switcher`"),
    ("ChangeLine", "change"),
    ("DraftNote", "entry of `notes`"),
    ("Sections", "`sections`"),
    ("OriginCount", "entry of `origins`"),
    ("ChapterStep", "entry of `chapters`"),
    ("LetterHead", "`letter`"),
    ("FeedEntry", "entry of the feed"),
    ("SitemapEntry", "entry of the sitemap"),
];

fn read(folder: &str) -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let files = walkdir::WalkDir::new(root).sort_by_file_name().into_iter().filter_map(Result::ok);
    let files = files.filter(|entry| entry.file_type().is_file());
    files.map(|entry| std::fs::read_to_string(entry.path()).unwrap()).collect()
}

/// The fields of each view and of each piece of one, by the name of its struct.
fn views() -> BTreeMap<String, BTreeSet<String>> {
    let mut views: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for text in read("src/site/view") {
        let mut view = String::new();
        for line in text.lines() {
            if let Some(name) = line.strip_prefix("pub struct ") {
                view = name.trim_end_matches([' ', '{']).to_owned();
            } else if let Some((field, _)) = line.strip_prefix("    pub ").and_then(|line| line.split_once(':')) {
                views.entry(view.clone()).or_default().insert(field.to_owned());
            }
        }
    }
    // Flattened into the object around it.
    if let Some(counts) = views.get_mut("Counts") {
        counts.remove("numbers");
        counts.extend(["added", "removed", "edited", "moved", "words_added", "words_removed"].map(str::to_owned));
    }
    views
}

/// The fields that each row of a text's tables names in its last cell, by its first cell. What stands in
/// brackets are remarks.
fn rows(readme: &str) -> BTreeMap<String, BTreeSet<String>> {
    let cells = |line: &str| line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
    let rows = readme.lines().filter(|line| line.starts_with("| ")).map(cells).filter_map(|cells| {
        let plain: String =
            cells.last()?.split('(').map(|part| part.split_once(')').map_or(part, |(_, end)| end)).collect();
        let fields = plain.split('`').skip(1).step_by(2).map(str::to_owned).collect();
        Some((cells.first()?.clone(), fields))
    });
    rows.collect()
}

#[test]
fn the_readme_names_every_field_of_every_view_and_no_other() {
    let readme = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/README.md")).unwrap();
    let rows = rows(&readme);
    let mut wrong = Vec::new();
    for (view, mut fields) in views() {
        if view.ends_with("View") {
            fields.remove("frame");
        }
        let row = ROWS.iter().find(|(own, _)| *own == view).and_then(|(_, row)| rows.get(*row));
        match row {
            None => wrong.push(format!("{view} has no row")),
            Some(row) if *row != fields => {
                let lacks: Vec<_> = fields.difference(row).collect();
                let more: Vec<_> = row.difference(&fields).collect();
                wrong.push(format!("the row of {view} lacks {lacks:?} and names {more:?}"));
            }
            Some(_) => {}
        }
    }
    assert!(wrong.is_empty(), "themes/README.md: {}", wrong.join("\n"));
}

#[test]
fn the_bare_theme_shows_every_field() {
    let templates = read("tests/small/themes/bare/templates").join("\n");
    let words: BTreeSet<_> = templates.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').collect();
    let fields =
        views().into_iter().flat_map(|(view, fields)| fields.into_iter().map(move |field| (view.clone(), field)));
    let missing: Vec<_> = fields
        .filter(|(_, field)| !words.contains(field.as_str()))
        .map(|(view, field)| format!("{view}.{field}"))
        .collect();
    assert!(missing.is_empty(), "the bare theme lacks {missing:?}");
}

/// The blocks of a template of the default theme, and the names in the row of `themes/README.md`.
#[test]
fn the_readme_names_every_block_of_every_template() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut rows = rows(&std::fs::read_to_string(root.join("themes/README.md")).unwrap());
    rows.retain(|name, _| name.starts_with("`default/"));
    let mut blocks = BTreeMap::new();
    for entry in std::fs::read_dir(root.join("themes/default/templates")).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let named = text.split("block ").skip(1).filter_map(|rest| rest.split_once(" %}"));
        let names: BTreeSet<_> = named.map(|(name, _)| name.to_owned()).filter(|name| !name.contains(' ')).collect();
        if !names.is_empty() {
            blocks.insert(format!("`default/{}`", path.file_name().unwrap().to_string_lossy()), names);
        }
    }
    assert_eq!(rows, blocks);
}

/// The examples of `themes/README.md`: the last path in backticks before each, and its text.
fn examples(readme: &str) -> Vec<(String, String)> {
    let part = readme.split("## Change one thing").nth(1).unwrap().split("\n## ").next().unwrap();
    let mut examples = Vec::new();
    let mut pieces = part.split("```");
    while let (Some(before), Some(code)) = (pieces.next(), pieces.next()) {
        let path = before.rsplit('`').find(|word| word.starts_with("themes/") || *word == "site.toml").unwrap();
        examples.push((path.to_owned(), code.split_once('\n').unwrap().1.to_owned()));
    }
    examples
}

const SITE: &str = "title = \"Papers\"\nbase_url = \"https://example.org\"\n";

/// A small site with some files more.
fn world(files: &[(String, String)]) -> World {
    let statement = "---\ntitle: Accessibility\n---\n\n## Conformance\n\nA.\n\n## Limits\n\nB.\n\n## Contact\n\nC.\n\n\
                     ## Prepared\n\nD.\n";
    let index = "---\ntitle: Hubs\nsummary: S.\ncontact: a@example.org\nrounds:\n  - {round: 1, opens: 2021-08-01, \
                 closes: 2021-08-31}\n---\n";
    let own = [
        ("site.toml", SITE),
        ("content/index.md", "---\ntitle: Papers\n---\n\nWords.\n"),
        ("content/pages/accessibility.md", statement),
        ("content/proposals/hubs/index.md", index),
        ("content/proposals/hubs/draft-1.md", "---\nsummary: S.\npublished: 2021-08-01\n---\n\nWords.\n"),
    ];
    let files = files.iter().map(|(path, text)| (path.as_str(), text.as_str()));
    let tree: Tree = own.into_iter().chain(files).collect();
    let at = "2021-10-01T12:00:00Z".parse().unwrap();
    let options = Options::public(at);
    let outcome = World::read(&tree, &options, &Arc::<Memo>::default());
    assert!(outcome.found.is_empty(), "{:?}", outcome.found);
    outcome.world.unwrap()
}

#[test]
fn each_example_of_the_readme_changes_what_it_says_and_no_more() {
    let readme = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/README.md")).unwrap();
    let examples = examples(&readme);
    // Of each, in its order: how many files it takes, a page, and what stands there.
    let draft = "/proposals/hubs/draft-1/";
    let expected: &[(usize, &str, &[&str])] = &[
        (1, draft, &["<h2>This consultation has ended</h2>", "site-footer"]),
        (1, draft, &["<h2>Comments are closed</h2>", "next meeting", "site-footer"]),
        (1, "/404.html", &["For healthcare professionals in Papers", "site-footer"]),
        (1, "/404.html", &["assets/brand-", "site-footer"]),
        (2, "/404.html", &["assets/ours-", "site-footer"]),
        (
            1,
            "/proposals/",
            &[">Closed on 31 August 2021</strong>", "<strong class=\"badge\" data-since=", "site-footer"],
        ),
        (1, "/404.html", &["<h1>Not here</h1>", "site-footer"]),
        (1, draft, &[">Papers</a>", "<h1>Hubs</h1>", "Content-Security-Policy"]),
    ];
    let mut left = examples.as_slice();
    for (count, page, words) in expected {
        let (now, rest) = left.split_at(*count);
        left = rest;
        let mut files: Vec<_> = now.to_vec();
        for (path, text) in &mut files {
            if path == "site.toml" {
                *text = format!("{SITE}{text}");
            }
        }
        if files.iter().any(|(path, _)| path.starts_with("themes/ours/")) {
            files.push(("site.toml".to_owned(), format!("{SITE}theme = \"ours\"\n")));
        }
        let world = world(&files);
        for address in world.addresses() {
            assert!(world.render(address).unwrap().is_ok(), "{address} with {files:?}");
        }
        let bytes = world.render(&Address::new(*page)).unwrap().unwrap();
        let shown = String::from_utf8(bytes).unwrap();
        for words in *words {
            assert!(shown.contains(words), "{page} lacks {words} with {files:?}:\n{shown}");
        }
    }
    assert!(left.is_empty(), "examples that no test knows: {left:?}");
}
