//! One run tells all that is wrong with a site, and a build that fails changes nothing.
//!
//! `tests/broken/sound/` is a site without fault; the files of `tests/broken/faults/` take the place of
//! its own or stand beside them, with faults of most rules in front matter and bodies. The program is run
//! as it is handed out.

use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::SystemTime;
use tempfile::TempDir;

/// Every fault that was planted: rule, file, line.
const PLANTED: [(&str, &str, u64); 26] = [
    ("yaml-syntax", "content/letters/2021-09-20-reply.md", 2),
    ("reserved-id", "content/letters/2021-09-20-reply.md", 9),
    ("stray-file", "content/notes.md", 1),
    ("front-matter-fence", "content/pages/about.md", 1),
    ("unknown-key", "content/pages/about.md", 3),
    ("broken-link", "content/pages/about.md", 7),
    ("missing-note", "content/pages/about.md", 7),
    ("broken-link", "content/pages/about.md", 9),
    ("reserved-name", "content/pages/changes.md", 1),
    ("duplicate-key", "content/pages/changes.md", 3),
    ("follows", "content/proposals/hubs/draft-2.md", 3),
    ("duplicate-id", "content/proposals/hubs/draft-2.md", 11),
    ("withheld-link", "content/proposals/hubs/draft-2.md", 13),
    ("draft-name", "content/proposals/hubs/draft_4.md", 1),
    ("missing-key", "content/proposals/hubs/index.md", 1),
    ("bad-value", "content/proposals/hubs/index.md", 3),
    ("round", "content/proposals/hubs/index.md", 7),
    ("bad-date", "content/proposals/hubs/index.md", 9),
    ("broken-link", "content/proposals/hubs/index.md", 12),
    ("raw-html", "content/strategy/care/draft-1/01-context.md", 5),
    ("duplicate-draft", "content/strategy/care/draft-1/03-people.md", 1),
    ("file-name", "content/strategy/care/draft-1/Money.md", 1),
    ("missing-index", "content/strategy/care/draft-2/01-context.md", 1),
    ("not-utf8", "content/updates/2021-08-05-first.md", 8),
    ("config", "site.toml", 3),
    ("unknown-key", "site.toml", 6),
];

/// A site in a folder of its own.
struct Site {
    folder: TempDir,
}

impl Site {
    fn sound() -> Site {
        let site = Site { folder: TempDir::new().unwrap() };
        site.add("sound");
        site
    }

    fn broken() -> Site {
        let site = Site::sound();
        site.add("faults");
        site
    }

    /// Copies the files of a folder of `tests/broken/` over the site's own.
    fn add(&self, name: &str) {
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/broken").join(name);
        for (path, bytes) in files(&from) {
            let to = self.folder.path().join(path);
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            fs::write(to, bytes).unwrap();
        }
    }

    /// Runs the program in the site's folder.
    fn run(&self, words: &[&str]) -> Output {
        program(words, self.folder.path()).arg("--site").arg(self.folder.path()).output().unwrap()
    }

    fn public(&self) -> PathBuf {
        self.folder.path().join("public")
    }
}

/// The program, as on 1 October 2021.
fn program(words: &[&str], folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_greenpaper"));
    command.args(words).env("SOURCE_DATE_EPOCH", "1633089600").current_dir(folder);
    command
}

/// All files below a folder, by path from there.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let entries = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    let files = entries.filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| (entry.path().strip_prefix(folder).unwrap().to_owned(), fs::read(entry.path()).unwrap()))
        .collect()
}

/// When each file and folder was last written.
fn times(folder: &Path) -> BTreeMap<PathBuf, SystemTime> {
    let entries = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    entries.map(|entry| (entry.path().to_owned(), entry.metadata().unwrap().modified().unwrap())).collect()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// The findings of `check --format json` as rule, file and line.
fn found(site: &Site) -> Vec<(String, String, u64)> {
    let checked = site.run(&["check", "--format", "json"]);
    let findings: Vec<Value> = serde_json::from_slice(&checked.stdout).unwrap();
    let word = |finding: &Value, key: &str| finding[key].as_str().unwrap().to_owned();
    let findings = findings.iter();
    findings.map(|it| (word(it, "rule"), word(it, "file"), it["line"].as_u64().unwrap())).collect()
}

fn planted() -> Vec<(String, String, u64)> {
    PLANTED.iter().map(|(rule, file, line)| ((*rule).to_owned(), (*file).to_owned(), *line)).collect()
}

#[test]
fn a_build_tells_every_fault_in_one_run() {
    let built = Site::broken().run(&["build"]);
    let told = text(&built.stderr);
    assert_eq!((built.status.code(), text(&built.stdout).as_str()), (Some(1), ""), "{told}");
    for (rule, file, line) in PLANTED {
        let is_told = told.split("\n\n").any(|finding| {
            finding.contains(&format!("[{rule}]: ")) && finding.contains(&format!("--> {file}:{line}:"))
        });
        assert!(is_told, "{rule} in {file}:{line} is missing from\n{told}");
    }
    let heads = told.lines().filter(|line| line.starts_with("error[") || line.starts_with("warning["));
    assert_eq!(heads.count(), PLANTED.len(), "{told}");
    assert!(told.ends_with("25 errors, 1 warning in 13 files\n"), "{told}");
}

#[test]
fn a_build_that_fails_leaves_the_earlier_output_as_it_was() {
    let site = Site::sound();
    assert_eq!(site.run(&["build"]).status.code(), Some(0));
    let (files_before, times_before) = (files(&site.public()), times(&site.public()));
    assert!(files_before.len() > 20, "{:?}", files_before.keys());
    site.add("faults");
    assert_eq!(site.run(&["build"]).status.code(), Some(1));
    assert!(files(&site.public()) == files_before, "a file of public/ has changed");
    assert_eq!(times(&site.public()), times_before);
}

#[test]
fn a_build_that_fails_writes_nothing_where_nothing_was() {
    let site = Site::broken();
    assert_eq!(site.run(&["build"]).status.code(), Some(1));
    assert!(!site.public().exists() || files(&site.public()).is_empty(), "{:?}", files(&site.public()).keys());
}

#[test]
fn check_tells_the_same_faults_as_json() {
    let site = Site::broken();
    assert_eq!(site.run(&["check", "--format", "json"]).status.code(), Some(1));
    let mut expected = planted();
    let mut found = found(&site);
    expected.sort();
    found.sort();
    assert_eq!(found, expected);
}

#[test]
fn check_tells_the_same_faults_as_text_on_standard_output() {
    let site = Site::broken();
    let checked = site.run(&["check"]);
    assert_eq!((checked.status.code(), text(&checked.stderr).as_str()), (Some(1), ""));
    assert_eq!(text(&checked.stdout), text(&site.run(&["build"]).stderr));
}

#[test]
fn check_tells_the_same_faults_as_annotations_one_a_line() {
    let site = Site::broken();
    let checked = site.run(&["check", "--format", "github"]);
    let lines = text(&checked.stdout);
    assert_eq!((checked.status.code(), lines.lines().count()), (Some(1), PLANTED.len()), "{lines}");
    for (rule, file, line) in PLANTED {
        let is_told = lines.lines().any(|annotation| {
            let place = format!("file={file},line={line},");
            annotation.starts_with("::")
                && annotation.contains(&place)
                && annotation.contains(&format!("title={rule}::"))
        });
        assert!(is_told, "{rule} in {file}:{line} is missing from\n{lines}");
    }
}

#[test]
fn a_sound_site_is_built_and_checked_without_a_word_of_trouble() {
    let site = Site::sound();
    let built = site.run(&["build"]);
    assert_eq!((built.status.code(), text(&built.stderr).as_str()), (Some(0), ""));
    assert!(text(&built.stdout).contains(" pages in "), "{}", text(&built.stdout));
    let checked = site.run(&["check"]);
    assert_eq!((checked.status.code(), text(&checked.stderr).as_str()), (Some(0), ""));
    assert!(text(&checked.stdout).ends_with(": no errors, no warnings\n"), "{}", text(&checked.stdout));
    assert_eq!(text(&site.run(&["check", "--format", "json"]).stdout), "[]\n");
    assert_eq!(text(&site.run(&["check", "--format", "github"]).stdout), "");
}

#[test]
fn a_warning_alone_does_not_stop_a_build() {
    let site = Site::sound();
    let page = site.folder.path().join("content/pages/about.md");
    fs::write(page, "---\ntitle: About\n---\n\n<blink>Words {#rooms}\n").unwrap();
    let built = site.run(&["build"]);
    assert_eq!(built.status.code(), Some(0), "{}", text(&built.stderr));
    assert!(text(&built.stderr).contains("warning[raw-html]"), "{}", text(&built.stderr));
    assert_eq!(site.run(&["check"]).status.code(), Some(0));
}

#[test]
fn wrong_usage_is_exit_status_2() {
    let site = Site::sound();
    for words in [
        &["build", "--as-of", "yesterday"][..],
        &["build", "--unpublished"],
        &["build", "--visible-to", "press", "--out", "press"],
        &["build", "--out", "."],
        &["check", "--format", "xml"],
        &["chekc"],
    ] {
        let run = site.run(words);
        assert_eq!(run.status.code(), Some(2), "{words:?}: {}", text(&run.stderr));
        assert!(!run.stderr.is_empty() && run.stdout.is_empty(), "{words:?}");
    }
    assert!(!site.public().exists());
    let nowhere = TempDir::new().unwrap();
    for words in [&["build", "--site", "."][..], &["check"], &[]] {
        let run = program(words, nowhere.path()).output().unwrap();
        assert_eq!(run.status.code(), Some(2), "{words:?}: {}", text(&run.stderr));
    }
}
