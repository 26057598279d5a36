//! `README.md` names every key of front matter, and no other.
#![allow(clippy::disallowed_methods, reason = "reads a file of this package")]

use greenpaper::paper::keys::TABLES;
use std::collections::BTreeSet;
use std::path::Path;

/// The keys in the first cells of the table below a heading.
fn keys_below<'r>(readme: &'r str, heading: &str) -> BTreeSet<&'r str> {
    let part = readme.split(heading).nth(1).and_then(|part| part.split("\n## ").next()).unwrap();
    let cells = part.lines().filter_map(|line| line.strip_prefix("| `")?.split(" |").next());
    cells.flat_map(|cell| cell.split("`, `").map(|key| key.trim_end_matches('`'))).collect()
}

#[test]
fn every_key_of_front_matter_has_a_row_and_no_row_has_another() {
    let readme = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let known: BTreeSet<&str> = TABLES.iter().flat_map(|table| table.names()).collect();
    let told = keys_below(&readme, "\n## Front matter\n");
    assert!(!told.is_empty());
    assert_eq!(told.difference(&known).collect::<Vec<_>>(), Vec::<&&str>::new(), "no table has these");
    assert_eq!(known.difference(&told).collect::<Vec<_>>(), Vec::<&&str>::new(), "README.md lacks these");
}
