//! The contract with the authors of themes: `themes/README.md` names every field of every view and no
//! other, and the bare theme of the tests shows them all.
#![allow(clippy::disallowed_methods, reason = "reads the sources of this package")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

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
    ("LatestView", "`latest.html`"),
    ("FeedView", "`feed.xml`"),
    ("SitemapView", "`sitemap.xml`"),
    ("Frame", "`frame`"),
    ("Share", "`share`"),
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
