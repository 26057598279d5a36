//! Sites whose files lie in the right and the wrong places.

use crate::paper::sample::{DRAFT, INDEX, archive, check, read};

const PAGE: &str = "---\ntitle: About\n---\n";
const LONE: &str = "---\ntitle: Hubs\nsummary: A plan.\npublished: 2021-08-05\n---\nText.\n";

/// One finding about one file beside a document that is right.
fn check_one(path: &str, text: &str, expected: &str) {
    let path = format!("content/{path}");
    let files = [
        ("content/proposals/hubs/index.md", INDEX),
        ("content/proposals/hubs/draft-1.md", DRAFT),
        (path.as_str(), text),
    ];
    check(&files, &[expected]);
}

#[test]
fn a_whole_site_has_a_place_for_everything() {
    let archive = archive(&[
        ("site.toml", "title = \"Papers\"\n"),
        ("README.md", "Not content."),
        ("content/index.md", PAGE),
        ("content/glossary.yaml", "[]"),
        ("content/logo.svg", ""),
        ("content/pages/about.md", PAGE),
        ("content/letters/figures/seal.svg", ""),
        ("content/proposals/lone.md", LONE),
        ("content/proposals/hubs/index.md", INDEX),
        ("content/proposals/hubs/draft-1.md", DRAFT),
        ("content/proposals/hubs/draft-2-option-a.md", DRAFT),
        ("content/proposals/hubs/draft-3/index.md", DRAFT),
        ("content/proposals/hubs/draft-3/10-costs.md", PAGE),
        ("content/proposals/hubs/draft-3/9-aims.md", PAGE),
        ("content/proposals/hubs/draft-3/map.svg", ""),
        ("content/proposals/hubs/figures/hubs.svg", ""),
        ("content/proposals/hubs/feedback.yaml", "[]"),
        (
            "content/proposals/hubs/published.lock",
            "# greenpaper record 1\nlast: 0 0000000000000000000000000000000000000000000000000000000000000000\n",
        ),
    ]);
    let names: Vec<_> = archive.documents.keys().map(|(section, name)| format!("{section}/{name}")).collect();
    assert_eq!(names, ["pages/about", "proposals/hubs", "proposals/lone"]);
    let hubs = archive.document("proposals", "hubs").expect("a document");
    let drafts: Vec<_> = hubs.drafts.keys().map(ToString::to_string).collect();
    assert_eq!(drafts, ["draft-1", "draft-2-option-a", "draft-3"]);
    let chapters: Vec<_> =
        hubs.newest().flat_map(|draft| &draft.chapters).map(|it| (it.number, it.name.as_str())).collect();
    assert_eq!(chapters, [(1, "aims"), (2, "costs")]);
    let figures: Vec<_> = hubs.figures.iter().map(|path| path.name()).collect();
    assert_eq!(figures, ["map.svg", "hubs.svg"]);
    assert_eq!(archive.files.len(), 4, "{:?}", archive.files.keys());
    assert!(archive.front.is_some() && archive.misplaced.is_empty());
}

#[test]
fn files_of_editors_and_systems_are_ignored() {
    archive(&[
        ("content/.notes.md", ""),
        ("content/proposals/~lock.md", ""),
        ("content/a.md~", ""),
        ("content/.git/b.md", ""),
    ]);
}

#[test]
fn a_draft_under_a_wrong_name_is_told_the_right_one() {
    let check = |name: &str, hint: &str| {
        let path = format!("proposals/hubs/{name}");
        check_one(
            &path,
            "",
            &format!(
                "{path}:1:1 draft-name: `{}` is not the name of a draft; {hint}",
                name.split('/').next().unwrap_or("")
            ),
        );
    };
    check("draft_2.md", "rename it to draft-2.md");
    check("Draft-2.md", "rename it to draft-2.md");
    check("draft-02.md", "rename it to draft-2.md");
    check("draft-2-B.md", "rename it to draft-2-option-b.md");
    check("draft2/index.md", "rename it to draft-2");
    check("draft-2.markdown", "rename it to draft-2.md");
    check("draft.md", "a draft is named draft-1 or draft-2-option-a");
}

#[test]
fn a_file_without_a_place_is_told_where_files_lie() {
    check_one(
        "proposals/hubs/notes.md",
        "",
        "proposals/hubs/notes.md:1:1 stray-file: notes.md has no place here; a document holds",
    );
    check_one("proposals/hubs/figures/a.md", "", "proposals/hubs/figures/a.md:1:1 stray-file");
    check_one("proposals/hubs/draft-1/a/01-b.md", "", "proposals/hubs/draft-1/a/01-b.md:1:1 stray-file");
    check_one(
        "proposals/index.md",
        "",
        "proposals/index.md:1:1 stray-file: index.md has no place here; a section has no text",
    );
    check_one("about.md", "", "about.md:1:1 stray-file: about.md has no place here; move it to content/pages/");
    check_one(
        "pages/about/draft-1.md",
        "",
        "pages/about/draft-1.md:1:1 stray-file: draft-1.md has no place here; a page has one text",
    );
    check_one("proposals/hubs/draft-2.cy.md", "", "proposals/hubs/draft-2.cy.md:1:1 reserved-name");
}

#[test]
fn a_yaml_file_without_a_place_is_told_where_it_belongs() {
    check_one("settings.yaml", "", "settings.yaml:1:1 stray-file");
    check_one(
        "proposals/hubs/feedbak.yml",
        "",
        "proposals/hubs/feedbak.yml:1:1 stray-file: feedbak.yml has no place here; feedback lies beside",
    );
    check_one(
        "proposals/glossary.yaml",
        "",
        "proposals/glossary.yaml:1:1 stray-file: glossary.yaml has no place here; the glossary is content/",
    );
}

#[test]
fn a_folder_that_is_no_section_is_reported_once() {
    check(
        &[("content/propsals/a/index.md", INDEX), ("content/propsals/a/draft-1.md", DRAFT)],
        &[
            "propsals/a/draft-1.md:1:1 stray-file: content/propsals/ is not a section of the site; did you mean content/proposals/?",
        ],
    );
    check(
        &[("content/guides/a.md", INDEX)],
        &["guides/a.md:1:1 stray-file: content/guides/ is not a section of the site; name it"],
    );
    check(&[("content/images/a.svg", "")], &[]);
}

#[test]
fn names_are_plain() {
    check_one(
        "proposals/My_Plan.md",
        LONE,
        "proposals/My_Plan.md:1:1 file-name: `My_Plan` cannot be part of an address that lasts; rename it to my-plan",
    );
    check_one(
        "proposals/plan.markdown",
        LONE,
        "proposals/plan.markdown:1:1 file-name: a Markdown file ends in .md, not .markdown; rename it to plan.md",
    );
    check(
        &[("content/proposals/My Plan/index.md", INDEX), ("content/proposals/My Plan/draft-1.md", DRAFT)],
        &[
            "proposals/My Plan/index.md:1:1 file-name: `My Plan` cannot be part of an address that lasts; rename it to my-plan",
        ],
    );
}

#[test]
fn the_names_of_the_sites_own_addresses_are_taken() {
    for name in ["changes", "glossary", "search", "letters", "cy"] {
        check_one(
            &format!("pages/{name}.md"),
            PAGE,
            &format!("pages/{name}.md:1:1 reserved-name: a page cannot be called `{name}`"),
        );
    }
    check_one(
        "pages/search/index.md",
        PAGE,
        "pages/search/index.md:1:1 reserved-name: a page cannot be called `search`",
    );
    check(&[("content/proposals/changes.md", LONE), ("content/proposals/draft-1.md", LONE)], &[]);
}

#[test]
fn chapters_have_numbers_and_names_of_their_own() {
    let chapter = |name: &str, expected: &str| {
        let path = format!("content/proposals/hubs/draft-2/{name}");
        let files = [
            ("content/proposals/hubs/index.md", INDEX),
            ("content/proposals/hubs/draft-2/index.md", DRAFT),
            ("content/proposals/hubs/draft-2/01-aims.md", PAGE),
            (path.as_str(), PAGE),
        ];
        check(&files, &[&format!("proposals/hubs/draft-2/{name}:1:1 {expected}")]);
    };
    chapter(
        "costs.md",
        "file-name: `costs.md` is not the name of a chapter; a chapter is named NN-name.md, such as 01-costs.md",
    );
    chapter(
        "02_Costs.md",
        "file-name: `02_Costs.md` is not the name of a chapter; a chapter is named NN-name.md, such as 02-costs.md",
    );
    chapter("02-all.md", "reserved-name: a chapter cannot be called `all`");
    chapter("02-aims.md", "duplicate-draft: the chapter `aims` is also content/proposals/hubs/draft-2/01-aims.md");
}

#[test]
fn a_name_that_is_there_twice_is_reported_and_one_is_kept() {
    let files = [
        ("content/proposals/hubs.md", LONE),
        ("content/proposals/hubs/index.md", INDEX),
        ("content/proposals/hubs/draft-1.md", DRAFT),
        ("content/proposals/hubs/draft-1/index.md", DRAFT),
    ];
    check(
        &files,
        &[
            "proposals/hubs.md:1:1 duplicate-draft: `hubs` is both",
            "proposals/hubs/draft-1.md:1:1 duplicate-draft: draft-1 is both",
        ],
    );
    let (archive, _) = read(&files);
    assert_eq!((archive.documents.len(), archive.misplaced.len()), (1, 2));
}

#[test]
fn a_folder_without_its_index_still_holds_its_document() {
    let files = [("content/proposals/hubs/draft-1/01-aims.md", PAGE)];
    check(
        &files,
        &[
            "proposals/hubs/draft-1/01-aims.md:1:1 missing-index: the folder draft-1 has chapters but no index.md",
            "proposals/hubs/draft-1/01-aims.md:1:1 missing-index: the folder of `hubs` has drafts but no index.md",
        ],
    );
    let (archive, _) = read(&files);
    assert_eq!(archive.document("proposals", "hubs").map(|hubs| hubs.title.as_str()), Some("Hubs"));
}
