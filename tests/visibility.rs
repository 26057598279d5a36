//! What is withheld leaves no trace: not in a page, not in a feed, not in an address.
//!
//! The site below is built as different readers see it on different days. Each thing that is withheld
//! holds a word of its own in every place that has words: title, summary, note, text, the name of a
//! figure, the titles of chapters. That word is searched for in all bytes of all addresses.

use greenpaper::diag::Diagnostic;
use greenpaper::path::Address;
use greenpaper::site::{Memo, Options, World};
use greenpaper::tree::Tree;
use std::collections::BTreeMap;
use std::process::Command;
use std::sync::Arc;
use tempfile::TempDir;

const SITE: &str = "title = \"Papers\"\nbase_url = \"https://example.org\"\naudiences = [\"board\", \"press\"]\n";

/// The word `quince` stands only in draft 2 of hubs, which comes out in December; `medlar` only in its draft
/// 3, for the board alone; `damson` in a letter for the board; `sorrel` in a strategy without a date.
const FILES: &[(&str, &str)] = &[
    // A term that both what is seen and what is withheld use.
    ("content/glossary.yaml", "- term: blue\n  meaning: A colour.\n"),
    ("content/pages/about.md", "---\ntitle: About\n---\n\nWho we are.\n"),
    (
        "content/pages/accessibility.md",
        "---\ntitle: A\n---\n\n## Conformance\n\nA.\n\n## Limits\n\nA.\n\n## Contact\n\nA.\n\n## Prepared\n\nA.\n",
    ),
    ("content/pages/inside.md", "---\ntitle: Inside the medlar\nvisible_to: board\n---\n\nA medlar.\n"),
    ("content/proposals/hubs/index.md", "---\ntitle: Hubs\nsummary: A plan.\n---\n\nAll about hubs.\n"),
    (
        "content/proposals/hubs/draft-1.md",
        "---\npublished: 2021-08-05\n---\n\nThe hub is blue.\n\n![Now](figures/now.svg)\n",
    ),
    (
        "content/proposals/hubs/draft-2-option-a.md",
        "---\ntitle: The quince\nsummary: A quince.\nnote: Now a quince.\npublished: 2021-12-01\n---\n\n\
         ## Of the quince\n\nThe quince is blue. {#quince}\n\n![A quince](figures/quince.svg)\n",
    ),
    (
        "content/proposals/hubs/draft-2-option-b/index.md",
        "---\ntitle: More quince\nnote: Chapters on the quince.\n---\n\nQuince, in chapters.\n",
    ),
    (
        "content/proposals/hubs/draft-2-option-b/01-quince.md",
        "---\ntitle: The quince itself\n---\n\n![A seed](quince-seed.svg)\n",
    ),
    ("content/proposals/hubs/draft-2-option-b/quince-seed.svg", "<svg><title>quince seed</title></svg>"),
    (
        "content/proposals/hubs/draft-3.md",
        "---\ntitle: Medlars\nnote: A medlar.\nfollows: [draft-2-option-a, draft-2-option-b]\npublished: 2021-09-01\n\
         visible_to: board\nstatus: rejected\nstatus_because: No medlar grows here.\n---\n\nThe medlar is blue.\n",
    ),
    (
        // The second is about a quince, the third is still to come; nobody's name may be shown, and an answer is to come.
        "content/proposals/hubs/feedback.yaml",
        "- id: F1\n  date: 2021-08-10\n  from: Medlar Damson\n  said: Why blue?\n  outcome: adapted\n  answer: A quince.\n  \
         answered: 2021-12-01\n- id: F2\n  date: 2021-08-10\n  about: draft-2-option-a.md\n  said: Why a quince?\n- id: F3\n  \
         date: 2021-12-01\n  said: No quince?\n",
    ),
    ("content/proposals/hubs/draft-4.md", "---\nnote: Green.\npublished: 2021-09-15\n---\n\nThe hub is green.\n"),
    ("content/proposals/hubs/figures/now.svg", "<svg><title>now</title></svg>"),
    ("content/proposals/hubs/figures/quince.svg", "<svg><title>quince</title></svg>"),
    ("content/strategy/sorrel/index.md", "---\ntitle: Sorrel\nsummary: A sorrel.\n---\n\nAll about sorrel.\n"),
    ("content/strategy/sorrel/draft-1/index.md", "---\nnote: Sorrel.\n---\n"),
    ("content/strategy/sorrel/draft-1/01-sorrel.md", "---\ntitle: Sorrel\n---\n\nSorrel.\n"),
    (
        "content/letters/damson.md",
        "---\ntitle: Damson\nsummary: A damson.\nfrom: A damson\nto: The damson\ndate: 2021-08-05\nreference: damson\n\
         published: 2021-08-05\nvisible_to: [board]\n---\n\nDear damson\n",
    ),
    (
        "content/letters/reply.md",
        "---\ntitle: Reply\nfrom: A\nto: B\ndate: 2021-08-06\npublished: 2021-08-06\nreplies_to: damson.md\n---\n\nNo.\n",
    ),
];

/// Who looks: a day, an audience, and whether drafts that are not out are seen.
#[derive(Clone, Copy)]
struct Reader {
    day: &'static str,
    audience: Option<&'static str>,
    unpublished: bool,
}

const PUBLIC: Reader = Reader { day: "2021-10-01", audience: None, unpublished: false };
const BOARD: Reader = Reader { audience: Some("board"), ..PUBLIC };
const PRESS: Reader = Reader { audience: Some("press"), ..PUBLIC };
const DECEMBER: Reader = Reader { day: "2021-12-02", ..PUBLIC };
const PREVIEW: Reader = Reader { unpublished: true, ..PUBLIC };

/// The site with more files, or other ones, as a reader sees it; with all that is wrong.
fn read(reader: Reader, more: &[(&str, &str)]) -> (World, Vec<Diagnostic>) {
    let tree: Tree = [("site.toml", SITE)].iter().chain(FILES).chain(more).copied().collect();
    let options = Options {
        audience: reader.audience.map(str::to_owned),
        unpublished: reader.unpublished,
        ..Options::public(format!("{}T12:00:00Z", reader.day).parse().unwrap())
    };
    let outcome = World::read(&tree, &options, &Arc::<Memo>::default());
    // Its drafts come out of their order, and its feedback changes nothing, on purpose.
    let expected = ["dates", "missing-reason", "unheeded"];
    let found = outcome.found.into_iter().filter(|finding| !expected.contains(&finding.rule.name)).collect();
    (outcome.world.unwrap(), found)
}

fn sound(reader: Reader) -> World {
    let (world, found) = read(reader, &[]);
    assert!(found.is_empty(), "{found:#?}");
    world
}

fn rendered(world: &World) -> BTreeMap<Address, Vec<u8>> {
    world.addresses().map(|address| (address.clone(), world.render(address).unwrap().unwrap())).collect()
}

/// Every address that holds a word, in itself or in its bytes.
fn traces(world: &World, word: &str) -> Vec<String> {
    let holds = |bytes: &[u8]| bytes.to_ascii_lowercase().windows(word.len()).any(|window| window == word.as_bytes());
    let pages = rendered(world).into_iter();
    pages.filter(|(at, bytes)| holds(at.as_str().as_bytes()) || holds(bytes)).map(|(at, _)| at.to_string()).collect()
}

#[track_caller]
fn sees(reader: Reader, words: &[&str]) {
    let world = sound(reader);
    for word in ["quince", "medlar", "damson", "sorrel"] {
        let traces = traces(&world, word);
        assert_eq!(!traces.is_empty(), words.contains(&word), "{word}: {traces:?}");
    }
}

#[test]
fn the_public_sees_nothing_of_what_is_withheld() {
    sees(PUBLIC, &[]);
}

#[test]
fn each_reader_sees_what_is_for_that_reader() {
    sees(BOARD, &["medlar", "damson"]);
    sees(PRESS, &[]);
    sees(DECEMBER, &["quince"]);
    sees(Reader { audience: Some("board"), ..DECEMBER }, &["quince", "medlar", "damson"]);
}

#[test]
fn a_preview_shows_drafts_to_come_and_nothing_of_an_audience() {
    sees(PREVIEW, &["quince", "sorrel"]);
    sees(Reader { audience: Some("board"), ..PREVIEW }, &["quince", "medlar", "damson", "sorrel"]);
}

#[test]
fn a_draft_is_seen_from_the_first_moment_of_its_day_in_the_sites_zone() {
    let at = |site: &str, at: &str| {
        let tree: Tree = [("site.toml", site)].iter().chain(FILES).copied().collect();
        let options = Options::public(at.parse().unwrap());
        let world = World::read(&tree, &options, &Arc::<Memo>::default()).world.unwrap();
        !traces(&world, "quince").is_empty()
    };
    assert!(!at(SITE, "2021-11-30T23:59:59Z"));
    assert!(at(SITE, "2021-12-01T00:00:00Z"));
    let berlin = format!("{SITE}timezone = \"Europe/Berlin\"\n");
    assert!(!at(&berlin, "2021-11-30T22:59:59Z"));
    assert!(at(&berlin, "2021-11-30T23:00:00Z"));
}

/// The comparisons that a reader sees.
fn comparisons(reader: Reader) -> Vec<String> {
    let world = sound(reader);
    let addresses = world.addresses().map(|at| at.as_str());
    let found = addresses.filter_map(|at| at.strip_prefix("/proposals/hubs/changes/"));
    found.map(|pair| pair.trim_end_matches('/').to_owned()).collect()
}

#[test]
fn a_draft_is_compared_with_the_nearest_before_it_that_is_seen() {
    assert_eq!(comparisons(PUBLIC), ["draft-1/draft-4"]);
    assert_eq!(comparisons(BOARD), ["draft-1/draft-3", "draft-1/draft-4", "draft-3/draft-4"]);
    let december = ["draft-1/draft-2-option-a", "draft-1/draft-4", "draft-2-option-a/draft-4"];
    assert_eq!(comparisons(DECEMBER), december);
    let page = sound(PUBLIC).render(&Address::new("/proposals/hubs/changes/draft-1/draft-4/")).unwrap().unwrap();
    let page = String::from_utf8(page).unwrap();
    assert!(page.contains("<del>blue</del>") && page.contains("<ins>green</ins>"), "{page}");
}

/// Rule, file and message of what is found when a page of the public links to a target.
fn linked(reader: Reader, target: &str) -> Vec<String> {
    let page = format!("---\ntitle: About\n---\n\n[there]({target})\n");
    let (_, found) = read(reader, &[("content/pages/about.md", &page)]);
    found.iter().map(|finding| format!("{} {:?}", finding.rule.name, finding.severity)).collect()
}

#[test]
fn a_link_to_what_is_withheld_is_an_error() {
    for target in [
        "../proposals/hubs/draft-2-option-a.md",
        "../proposals/hubs/draft-2-option-a.md#quince",
        "../proposals/hubs/draft-2-option-b/01-quince.md",
        "../proposals/hubs/draft-2-option-b/quince-seed.svg",
        "../proposals/hubs/draft-3.md",
        "../strategy/sorrel/index.md",
        "../letters/damson.md",
        "inside.md",
    ] {
        assert_eq!(linked(PUBLIC, target), ["withheld-link Error"], "{target}");
    }
    for target in ["../proposals/hubs/draft-4.md", "../proposals/hubs/draft-1.md#p1", "../letters/reply.md"] {
        assert_eq!(linked(PUBLIC, target), [""; 0], "{target}");
    }
    assert_eq!(linked(BOARD, "../letters/damson.md"), [""; 0]);
    assert_eq!(linked(DECEMBER, "../proposals/hubs/draft-2-option-a.md#quince"), [""; 0]);
}

#[test]
fn a_link_to_what_is_withheld_stays_an_error_whatever_site_toml_says() {
    let page = "---\ntitle: About\n---\n\n[there](../letters/damson.md)\n";
    for severity in ["warning", "off"] {
        let site = format!("{SITE}[rules]\nwithheld-link = \"{severity}\"\n");
        let (_, found) = read(PUBLIC, &[("site.toml", &site), ("content/pages/about.md", page)]);
        let errors: Vec<_> = found.iter().filter(|it| it.is_error()).map(|it| it.rule.name).collect();
        assert_eq!(errors, ["config", "withheld-link"]);
    }
}

/// What cannot be read is withheld, so that a rule that was switched off opens nothing.
#[test]
fn a_page_whose_audience_cannot_be_read_is_shown_to_nobody() {
    let off = ["bad-value", "unknown-key", "yaml-syntax", "duplicate-key", "bad-date", "missing-key"];
    let rules: String = off.iter().map(|rule| format!("{rule} = \"off\"\n")).collect();
    let site = format!("{SITE}[rules]\n{rules}");
    for key in [
        "visible_to: bord",
        "visible_to: [bord, pres]",
        "visible_to: [board",
        "visible_to:board",
        "visible_to: {board: true}",
        "visble_to: board",
        "Visible-To: board",
        "visible_to:\nvisible_to: board",
    ] {
        let page = format!("---\ntitle: About\n{key}\n---\n\nThe secret.\n");
        let (world, found) = read(PUBLIC, &[("site.toml", &site), ("content/pages/about.md", &page)]);
        assert!(found.is_empty(), "{found:#?}");
        assert_eq!(traces(&world, "the secret"), [""; 0], "{key}");
    }
    let (world, _) = read(PUBLIC, &[("content/pages/about.md", "---\ntitle: About\n---\n\nThe secret.\n")]);
    assert_eq!(traces(&world, "the secret"), ["/about/"]);
}

/// The figures that a reader is given.
fn figures(reader: Reader, more: &[(&str, &str)]) -> Vec<String> {
    let (world, _) = read(reader, more);
    world.addresses().map(|at| at.to_string()).filter(|at| at.ends_with(".svg") && !at.starts_with("/assets")).collect()
}

#[test]
fn a_figure_that_only_a_withheld_draft_shows_is_not_published() {
    assert_eq!(figures(PUBLIC, &[]), ["/proposals/hubs/figures/now.svg"]);
    let december = ["/proposals/hubs/figures/now.svg", "/proposals/hubs/figures/quince.svg"];
    assert_eq!(figures(DECEMBER, &[]), december);
    let shown = "---\ntitle: About\n---\n\n![A quince](../proposals/hubs/figures/quince.svg)\n";
    assert_eq!(figures(PUBLIC, &[("content/pages/about.md", shown)]), december);
    let comment =
        "---\ntitle: About\n---\n\n<!-- ![A quince](../proposals/hubs/figures/quince.svg) -->\n\n    quince.svg\n";
    assert_eq!(figures(PUBLIC, &[("content/pages/about.md", comment)]), december[..1]);
}

#[test]
fn the_next_rebuild_is_told_without_what_it_brings() {
    let json = |reader| String::from_utf8(sound(reader).render(&Address::new("/site.json")).unwrap().unwrap()).unwrap();
    assert!(json(PUBLIC).contains("\"next_rebuild\": \"2021-12-01T00:00:00Z\""));
    assert!(json(DECEMBER).contains("\"next_rebuild\": null"));
}

#[test]
fn a_chapter_for_an_audience_leaves_no_trace_in_its_draft() {
    let more = [
        ("content/strategy/care/index.md", "---\ntitle: Care\nsummary: A plan.\n---\n"),
        ("content/strategy/care/draft-1/index.md", "---\npublished: 2021-08-05\n---\n\nIn chapters.\n"),
        ("content/strategy/care/draft-1/01-medlar.md", "---\ntitle: Medlar\nvisible_to: board\n---\n\nMedlar.\n"),
        ("content/strategy/care/draft-1/02-aims.md", "---\ntitle: Aims\n---\n\nAims.\n"),
    ];
    let (world, found) = read(PUBLIC, &more);
    assert!(found.is_empty(), "{found:#?}");
    assert_eq!(traces(&world, "medlar"), [""; 0]);
    let (board, _) = read(BOARD, &more);
    assert!(traces(&board, "medlar").contains(&"/strategy/care/draft-1/all/".to_owned()));
}

/// What the program writes into a folder, as one text of paths and bytes.
fn built(words: &[&str]) -> String {
    let (site, out) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    for (path, text) in [("site.toml", SITE)].iter().chain(FILES) {
        let path = site.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let mut program = Command::new(env!("CARGO_BIN_EXE_greenpaper"));
    program.args(["build", "--site"]).arg(site.path()).arg("--out").arg(out.path().join("public"));
    let built = program.args(words).env_remove("SOURCE_DATE_EPOCH").output().unwrap();
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let files = walkdir::WalkDir::new(out.path()).into_iter().map(Result::unwrap);
    let files = files.filter(|entry| entry.file_type().is_file());
    let texts = files.map(|entry| {
        let bytes = std::fs::read(entry.path()).unwrap();
        format!("{}\n{}", entry.path().display(), String::from_utf8_lossy(&bytes)).to_lowercase()
    });
    texts.collect()
}

#[test]
fn a_build_as_of_a_day_holds_what_was_out_then() {
    let october = built(&["--as-of", "2021-10-01"]);
    assert!(october.contains("the hub is green") && !october.contains("quince") && !october.contains("medlar"));
    let august = built(&["--as-of", "2021-08-31"]);
    assert!(
        august.contains("the hub is <a class=\"term\"") && !august.contains("the hub is green"),
        "draft 4 was not out in August"
    );
    let december = built(&["--as-of", "2021-12-01"]);
    assert!(december.contains("quince") && !december.contains("medlar"));
    let board = built(&["--as-of", "2021-10-01", "--visible-to", "board"]);
    assert!(board.contains("medlar") && board.contains("damson") && !board.contains("quince"));
}
