//! Every rule: a small site that breaks it, a clean neighbour one step away, and what is said of both.
//!
//! The sites stand in `tests/rules/NAME.txt`, one file for each rule of [`RULES`]; `rules/fixture.rs`
//! explains the format. `UPDATE=1 cargo test --test rules` writes the findings into the fixtures anew:
//! read what changed before you keep it.

#[path = "rules/fixture.rs"]
mod fixture;

use fixture::{Files, Fixture};
use greenpaper::check::external::{self, Answer};
use greenpaper::config::ALWAYS_ERRORS;
use greenpaper::diag::{Diagnostic, RULES, Severity};
use greenpaper::report::{self, Format};
use greenpaper::site::{Memo, Options, World};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules")
}

fn fixtures() -> Vec<(PathBuf, String, Fixture)> {
    let entries = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let mut paths: Vec<_> = entries.filter(|path| path.extension().is_some_and(|end| end == "txt")).collect();
    paths.sort();
    let read = paths.into_iter().map(|path| {
        let text = fs::read_to_string(&path).unwrap();
        let rule = path.file_stem().unwrap().to_string_lossy().into_owned();
        let fixture = fixture::read(&rule, &text);
        (path, text, fixture)
    });
    read.collect()
}

/// All that is found in a site, its pages included, as everybody sees it and with drafts that are not out yet. The tests
/// ask for the same sites, so each is read once.
fn findings(files: &Files) -> Vec<Diagnostic> {
    static FOUND: Mutex<BTreeMap<Files, Arc<OnceLock<Vec<Diagnostic>>>>> = Mutex::new(BTreeMap::new());
    let found = Arc::clone(FOUND.lock().unwrap().entry(files.clone()).or_default());
    found.get_or_init(|| read(files)).clone()
}

fn read(files: &Files) -> Vec<Diagnostic> {
    let memo = Arc::<Memo>::default();
    let mut found = Vec::new();
    for unpublished in [false, true] {
        let options = Options { unpublished, ..Options::public("2021-10-01T12:00:00Z".parse().unwrap()) };
        let outcome = World::read(&fixture::tree(files), &options, &memo);
        found.extend(outcome.found);
        if let Some(world) = outcome.world {
            let pages = world.addresses().map(|address| world.render(address));
            found.extend(pages.flatten().filter_map(Result::err).flatten());
            found.extend(world.config().weigh(external::findings(&world.external(), answer)));
        }
    }
    report::sorted(found)
}

/// What the hosts of fixtures answer: `https://404.example/` with that status, `silent.example` nothing.
fn answer(address: &str) -> Answer {
    let host = address.split(['/', '.']).nth(2).unwrap_or_default();
    match (host, host.parse()) {
        (_, Ok(status)) => Answer::Status(status),
        ("silent", _) => Answer::Silence("no such host".to_owned()),
        _ => Answer::Found,
    }
}

fn drawn(found: &[Diagnostic]) -> String {
    report::draw(found, Format::Text, "", false).trim().to_owned()
}

#[test]
fn every_rule_has_a_fixture_and_every_fixture_a_rule() {
    let rules: BTreeSet<_> = RULES.iter().map(|rule| rule.name.to_owned()).collect();
    let fixtures: BTreeSet<_> = fixtures().into_iter().map(|(_, _, fixture)| fixture.rule).collect();
    assert_eq!(rules.difference(&fixtures).collect::<Vec<_>>(), Vec::<&String>::new(), "rules without a fixture");
    assert_eq!(fixtures.difference(&rules).collect::<Vec<_>>(), Vec::<&String>::new(), "fixtures without a rule");
}

#[test]
fn clean_sites_have_no_findings() {
    for (_, _, fixture) in fixtures() {
        assert_eq!(drawn(&findings(&fixture.clean)), "", "{}", fixture.rule);
    }
}

#[test]
fn broken_sites_have_exactly_the_findings_that_their_fixtures_tell() {
    let mut wrong = Vec::new();
    for (path, text, fixture) in fixtures() {
        let found: Vec<_> = fixture.cases.iter().map(|case| drawn(&findings(&case.files))).collect();
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&path, fixture::with_findings(&text, &found)).unwrap();
            continue;
        }
        for (case, found) in fixture.cases.iter().zip(found).filter(|(case, found)| case.findings != *found) {
            wrong
                .push(format!("## {}: {}\n\nexpected\n{}\n\nfound\n{found}\n", fixture.rule, case.name, case.findings));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_case_breaks_the_rule_that_it_stands_under() {
    for (_, _, fixture) in fixtures() {
        assert!(!fixture.cases.is_empty(), "{} has no case", fixture.rule);
        for case in &fixture.cases {
            let found = findings(&case.files);
            let broken = found.iter().any(|finding| finding.rule.name == fixture.rule);
            assert!(broken, "{}: {}\n{}", fixture.rule, case.name, drawn(&found));
        }
    }
}

#[test]
fn every_finding_shows_where_it_is_and_what_to_do() {
    for (_, _, fixture) in fixtures() {
        for case in &fixture.cases {
            for finding in findings(&case.files) {
                assert!(finding.place.is_some(), "{}: {}: no place", fixture.rule, case.name);
                assert!(finding.hint.is_some(), "{}: {}: no hint: {}", fixture.rule, case.name, finding.message);
            }
        }
    }
}

/// The site with one rule set to a severity in its `site.toml`; none where that file is broken itself, and
/// for rules that are always errors.
fn with_rule(files: &Files, rule: &str, severity: &str) -> Option<Files> {
    let site = std::str::from_utf8(files.get("site.toml")?).ok()?;
    let is_broken = |finding: &Diagnostic| {
        finding.place.as_ref().is_some_and(|at| at.file.as_str() == "site.toml" && !at.text.is_empty())
    };
    let is_fixed = ALWAYS_ERRORS.iter().any(|(name, _)| *name == rule);
    if is_fixed || site.contains("[rules]") || findings(files).iter().any(is_broken) {
        return None;
    }
    let site = format!("{site}\n[rules]\n{rule} = \"{severity}\"\n");
    Some(files.clone().into_iter().chain([("site.toml".to_owned(), site.into_bytes())]).collect())
}

/// Findings without those of a rule, and those alone.
fn split(found: Vec<Diagnostic>, rule: &str) -> (Vec<Diagnostic>, Vec<Diagnostic>) {
    found.into_iter().partition(|finding| finding.rule.name != rule)
}

#[test]
fn a_rule_that_is_off_is_silent_and_changes_nothing_else() {
    for (_, _, fixture) in fixtures() {
        for case in &fixture.cases {
            let Some(files) = with_rule(&case.files, &fixture.rule, "off") else { continue };
            let (others, _) = split(findings(&case.files), &fixture.rule);
            assert_eq!(drawn(&findings(&files)), drawn(&others), "{}: {}", fixture.rule, case.name);
        }
    }
}

#[test]
fn a_rule_weighs_as_site_toml_says() {
    for (_, _, fixture) in fixtures() {
        for case in &fixture.cases {
            for (word, severity) in [("warning", Severity::Warning), ("error", Severity::Error)] {
                let Some(files) = with_rule(&case.files, &fixture.rule, word) else { continue };
                let (_, expected) = split(findings(&case.files), &fixture.rule);
                let expected: Vec<_> = expected.into_iter().map(|finding| Diagnostic { severity, ..finding }).collect();
                let (_, found) = split(findings(&files), &fixture.rule);
                assert_eq!(drawn(&found), drawn(&expected), "{}: {}", fixture.rule, case.name);
            }
        }
    }
}
