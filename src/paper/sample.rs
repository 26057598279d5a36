//! Small sites for the tests of this layer.
//!
//! In: paths and texts. Out: what was read, and findings as lines that tests can compare.

use super::{Archive, DraftName};
use crate::config::{Config, Group};
use crate::diag::Diagnostic;
use crate::tree::Tree;

/// A proposal's `index.md` that is right.
pub(super) const INDEX: &str = "---\ntitle: Hubs\nsummary: A plan.\n---\n";

/// A published draft that is right.
pub(super) const DRAFT: &str = "---\npublished: 2021-08-05\n---\nText.\n";

/// A site with two audiences and two groups.
pub(super) fn config() -> Config {
    let group = |name: &str| Group { name: name.into(), title: name.to_uppercase(), about: None };
    let groups = vec![group("medical"), group("dental")];
    Config { audiences: vec!["board".into(), "press".into()], groups, ..Config::default() }
}

/// Reads a site.
pub(super) fn read(files: &[(&str, &str)]) -> (Archive, Vec<String>) {
    let tree: Tree = files.iter().copied().collect();
    let (archive, found) = Archive::read(&tree, &config());
    (archive, found.iter().map(line).collect())
}

/// Reads a site in which nothing may be wrong.
pub(super) fn archive(files: &[(&str, &str)]) -> Archive {
    let (archive, found) = read(files);
    assert_eq!(found, Vec::<String>::new());
    archive
}

/// Reads a site and compares the findings, each as `path:line:column rule: message; hint` from which
/// the expected line may leave out the end.
pub(super) fn check(files: &[(&str, &str)], expected: &[&str]) {
    let (_, found) = read(files);
    let same = found.len() == expected.len() && found.iter().zip(expected).all(|(found, line)| found.starts_with(line));
    assert!(same, "expected {expected:#?}\nfound {found:#?}");
}

/// The draft of that name.
pub(super) fn draft(name: &str) -> DraftName {
    DraftName::parse(name).expect("the name of a draft")
}

/// A finding as one line; every finding says what to do.
fn line(finding: &Diagnostic) -> String {
    let place = finding.place.as_ref().map_or(String::new(), |at| format!("{}:{}:{}", at.file, at.line, at.column));
    let place = place.strip_prefix("content/").unwrap_or(&place).to_owned();
    let hint = finding.hint.as_deref().expect("a hint");
    format!("{place} {}: {}; {hint}", finding.rule.name, finding.message)
}
