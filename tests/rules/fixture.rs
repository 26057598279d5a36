//! The format of `tests/rules/NAME.txt`: text → a clean site, and broken ones one step away from it.
//!
//! ```text
//! Words on the rule, for readers alone.
//!
//! === content/pages/about.md             a file of the clean site
//! === case: a file that does not exist   begins a broken site: the clean one, but for what follows
//! === content/pages/about.md             a file that is added or replaced
//! === gone: content/pages/map.svg        a file that is left out
//! === findings                           what `greenpaper check` says about the case, to the letter
//! ```
//!
//! Behind a path, `as latin-1` or `as utf-16` says how the file is encoded. Empty lines at the end of a
//! file are dropped. A site without `site.toml` of its own has [`SITE`], one without a front page has one, and
//! one without a statement of accessibility has [`STATEMENT`].

use greenpaper::path::SitePath;
use greenpaper::tree::{File, Tree};
use std::collections::BTreeMap;

/// What `site.toml` says where a fixture has none.
const SITE: &str = "title = \"Papers\"\nbase_url = \"https://example.org\"\naudiences = [\"board\"]\n";

/// A statement of accessibility with its four parts.
const STATEMENT: &str = "---\ntitle: Accessibility\n---\n\n## Conformance\n\nA.\n\n## Limits\n\nB.\n\n## Contact\n\n\
                         C.\n\n## Prepared\n\nD.\n";

/// The files of a site, as bytes by path.
pub type Files = BTreeMap<String, Vec<u8>>;

/// A fixture.
pub struct Fixture {
    /// The name of the rule.
    pub rule: String,
    /// The files of the clean site.
    pub clean: Files,
    /// The broken ones.
    pub cases: Vec<Case>,
}

/// A broken site.
pub struct Case {
    /// What is wrong with it.
    pub name: String,
    /// All its files.
    pub files: Files,
    /// The findings as text.
    pub findings: String,
}

/// Reads a fixture.
pub fn read(rule: &str, text: &str) -> Fixture {
    let mut fixture = Fixture { rule: rule.to_owned(), clean: site(), cases: Vec::new() };
    for (head, body) in sections(text) {
        if let Some(name) = head.strip_prefix("case: ") {
            let files = fixture.clean.clone();
            fixture.cases.push(Case { name: name.to_owned(), files, findings: String::new() });
            continue;
        }
        match (fixture.cases.last_mut(), head.strip_prefix("gone: ")) {
            (Some(case), Some(path)) => {
                assert!(case.files.remove(path).is_some(), "{rule}, {}: {path} is not in the clean site", case.name)
            }
            (Some(case), None) if head == "findings" => case.findings = body.trim().to_owned(),
            (Some(case), None) => insert(&mut case.files, head, body),
            (None, None) => insert(&mut fixture.clean, head, body),
            (None, Some(_)) => panic!("{rule}: a file is gone from no case"),
        }
    }
    fixture
}

/// A fixture's text with the findings of its cases replaced.
pub fn with_findings(text: &str, findings: &[String]) -> String {
    let cases: Vec<&str> = text.split("\n=== case: ").collect();
    let mut out = cases[0].to_owned();
    for (case, findings) in cases[1..].iter().zip(findings) {
        let case = case.split("\n=== findings").next().unwrap_or(case).trim_end();
        out.push_str(&format!("\n=== case: {case}\n\n=== findings\n{findings}\n"));
    }
    out
}

/// The files as the program gets them.
pub fn tree(files: &Files) -> Tree {
    let mut tree = Tree::default();
    for (path, bytes) in files {
        tree.insert(SitePath::new(path), File::new(bytes.as_slice()));
    }
    tree
}

fn site() -> Files {
    let front = ("content/index.md", "---\ntitle: Papers\n---\n\nWords.\n");
    let files = [("site.toml", SITE), front, ("content/pages/accessibility.md", STATEMENT)];
    files.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).into()
}

/// What stands behind each `===`, with the lines below it.
fn sections(text: &str) -> Vec<(&str, &str)> {
    let parts = text.split("\n=== ").skip(1);
    parts.map(|part| part.split_once('\n').unwrap_or((part, ""))).collect()
}

fn insert(files: &mut Files, head: &str, body: &str) {
    let (path, encoding) = head.split_once(" as ").unwrap_or((head, "utf-8"));
    let text = body.trim_end_matches('\n');
    let text = if text.is_empty() { String::new() } else { format!("{text}\n") };
    files.insert(path.to_owned(), encoded(&text, encoding));
}

fn encoded(text: &str, encoding: &str) -> Vec<u8> {
    match encoding {
        "utf-8" => text.as_bytes().to_vec(),
        "latin-1" => text.chars().map(|c| u8::try_from(c).expect("a character of Latin-1")).collect(),
        "utf-16" => [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect(),
        other => panic!("`{other}` is no encoding of fixtures"),
    }
}
