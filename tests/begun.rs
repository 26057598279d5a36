//! What `init` and `new` write: it can be read at once, nothing but what is to be written is found in it, and it
//! comes out only once that is written.

use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const PROGRAM: &str = env!("CARGO_BIN_EXE_greenpaper");

/// A site as `init` makes it, in a folder that goes with it.
struct Site {
    folder: tempfile::TempDir,
}

impl Site {
    fn new() -> Site {
        let site = Site { folder: tempfile::TempDir::new().unwrap() };
        assert!(site.run(&["init", "papers"]).status.success());
        site
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("papers")
    }

    fn run(&self, words: &[&str]) -> Output {
        let folder = if self.path().exists() { self.path() } else { self.folder.path().to_owned() };
        Command::new(PROGRAM).args(words).current_dir(folder).env_remove("SOURCE_DATE_EPOCH").output().unwrap()
    }

    /// The files that `new` writes.
    fn begin(&self, words: &[&str]) -> Vec<PathBuf> {
        let output = self.run(&[&["new"], words].concat());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().lines().map(|line| self.path().join(line)).collect()
    }

    /// How many findings of each severity and rule there are.
    fn check(&self) -> BTreeMap<(String, String), usize> {
        let output = self.run(&["check", "--format", "json"]);
        let Value::Array(found) = serde_json::from_slice(&output.stdout).unwrap() else { panic!("no list") };
        let mut counts = BTreeMap::new();
        for finding in &found {
            let word = |key: &str| finding[key].as_str().unwrap().to_owned();
            *counts.entry((word("severity"), word("rule"))).or_default() += 1;
        }
        counts
    }

    /// Yesterday, as the example of `init` has it.
    fn yesterday(&self) -> String {
        let entry = fs::read_dir(self.path().join("content/updates")).unwrap().next().unwrap().unwrap();
        entry.file_name().to_string_lossy()[..10].to_owned()
    }
}

fn change(path: &Path, to: impl Fn(String) -> String) {
    let text = fs::read_to_string(path).unwrap();
    fs::write(path, to(text)).unwrap();
}

/// A text with the lines of some keys taken out of their comments.
fn uncommented(text: &str, keys: &[&str]) -> String {
    let line = |line: &str| match line.split_once("# ") {
        Some((before, rest)) if keys.iter().any(|key| rest.starts_with(&format!("{key}:"))) => {
            format!("{before}{rest}\n")
        }
        _ => format!("{line}\n"),
    };
    text.lines().map(line).collect()
}

fn only(severity: &str, count: usize) -> BTreeMap<(String, String), usize> {
    BTreeMap::from([((severity.to_owned(), "placeholder".to_owned()), count)])
}

/// Of a new paper: nothing is found but its placeholders, each is an error once it is published, and none once it is
/// written.
#[track_caller]
fn check(words: &[&str], placeholders: usize) {
    let site = Site::new();
    let files = site.begin(words);
    assert_eq!(site.check(), only("warning", placeholders), "{words:?}");
    assert!(site.run(&["build", "--unpublished", "--out", "../proof"]).status.success(), "{words:?}");
    assert!(site.run(&["build"]).status.success(), "{words:?}");
    let yesterday = site.yesterday();
    for file in &files {
        let is_draft = file.components().any(|part| part.as_os_str().to_string_lossy().starts_with("draft-"));
        change(file, |text| {
            let text = uncommented(&text, &["published", "opens", "closes"]);
            let day = text.lines().find(|line| line.starts_with("published:")).filter(|_| is_draft).map(str::to_owned);
            day.map_or(text.clone(), |day| text.replace(&day, &format!("published: {yesterday}")))
        });
    }
    assert_eq!(site.check(), only("error", placeholders), "{words:?}");
    assert_eq!(site.run(&["build"]).status.code(), Some(1), "{words:?}");
    for file in &files {
        change(file, |text| text.replace("To be written", "Written"));
    }
    assert_eq!(site.check(), BTreeMap::new(), "{words:?}");
    assert!(site.run(&["build"]).status.success(), "{words:?}");
}

#[test]
fn a_new_proposal_comes_out_once_it_is_written() {
    check(&["proposal", "parking"], 9);
}

#[test]
fn a_new_strategy_comes_out_once_it_is_written() {
    check(&["strategy", "green-spaces"], 11);
}

#[test]
fn a_new_letter_and_a_new_update_come_out_once_they_are_written() {
    check(&["letter", "reply"], 4);
    check(&["update", "news"], 2);
}

#[test]
fn a_new_page_is_published_with_the_next_build() {
    let site = Site::new();
    let files = site.begin(&["page", "contact"]);
    assert_eq!(site.check(), only("error", 1));
    change(&files[0], |text| text.replace("To be written", "Written"));
    assert_eq!(site.check(), BTreeMap::new());
}

#[test]
fn each_group_of_the_site_has_a_section_in_a_new_paper() {
    let site = Site::new();
    let groups =
        "\n[[groups]]\nname = \"staff\"\ntitle = \"Staff\"\n\n[[groups]]\nname = \"visitors\"\ntitle = \"Visitors\"\n";
    change(&site.path().join("site.toml"), |text| text + groups);
    let files = site.begin(&["proposal", "parking"]);
    let draft = fs::read_to_string(&files[1]).unwrap();
    assert!(
        draft.contains("### Staff\n\n<!-- for: staff -->\n") && draft.contains("<!-- for: visitors -->"),
        "{draft}"
    );
    // What was said about the paper that is there already names no group.
    let mut expected = only("warning", 10);
    expected.insert(("warning".to_owned(), "silent-group".to_owned()), 1);
    assert_eq!(site.check(), expected);
}

#[test]
fn a_new_draft_waits_for_its_note() {
    let site = Site::new();
    let files = site.begin(&["draft", "opening-hours"]);
    let draft = fs::read_to_string(&files[0]).unwrap();
    assert!(draft.contains("\nnote: To be written\n") && draft.contains("\n# published: "), "{draft}");
    assert_eq!(site.check(), only("warning", 1));
}

#[test]
fn a_new_draft_after_options_names_them_and_what_it_says_of_them_is_right() {
    let site = Site::new();
    for option in ["a", "b"] {
        site.begin(&["draft", "opening-hours", "--option", option]);
    }
    let files = site.begin(&["draft", "opening-hours"]);
    let draft = fs::read_to_string(&files[0]).unwrap();
    assert!(draft.contains("\n# follows: [draft-3-option-a, draft-3-option-b]\n# base: draft-3-option-a\n"), "{draft}");
    assert_eq!(site.check(), only("warning", 3));
    change(&files[0], |text| uncommented(&text, &["follows", "base"]));
    assert_eq!(site.check(), only("warning", 3));
}

#[test]
fn a_new_site_says_how_to_publish_it() {
    let site = Site::new();
    let page = fs::read_to_string(site.path().join("PUBLISHING.md")).unwrap();
    for part in ["actions/deploy-pages", "pages:\n", "rsync", "s3 sync", "zip", "'wasm-unsafe-eval'", "--portable"] {
        assert!(page.contains(part), "{part}");
    }
    assert!(site.run(&["build"]).status.success());
    assert!(!site.path().join("public/PUBLISHING.md").exists());
}
