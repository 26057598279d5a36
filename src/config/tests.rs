//! Right and wrong lines of `site.toml`.

use super::*;
use crate::path::SitePath;

fn read(text: &str) -> (Config, Vec<String>) {
    let (config, found) = Config::read(&Source::new(SitePath::new("site.toml"), text));
    let lines = found.iter().map(|finding| {
        let line = finding.place.as_ref().map_or(0, |place| place.line);
        format!("{} {}: {} ({})", line, finding.rule.name, finding.message, finding.hint.as_deref().unwrap_or("-"))
    });
    (config, lines.collect())
}

#[test]
fn a_whole_file_is_read() {
    let (config, found) = read(
        "title = \"Papers\"\nbase_url = \"https://example.org/papers/\"\ntimezone = \"Europe/London\"\n\
         audiences = [\"board\"]\n[sections.guidance]\nkind = \"strategy\"\n[rules]\nraw-html = \"off\"\n",
    );
    assert_eq!(found, Vec::<String>::new());
    assert_eq!((config.title.as_str(), config.prefix()), ("Papers", "/papers"));
    assert_eq!(
        config.section("guidance").map(|section| (section.kind, section.title.as_deref())),
        Some((Kind::Strategy, None))
    );
    assert_eq!(config.rules["raw-html"], None);
}

#[test]
fn every_fault_of_a_file_is_reported_at_once() {
    let (_, found) =
        read("titel = \"Papers\"\nbase_url = \"example.org\"\ntimezone = \"Londres\"\n[rules]\nraw-htm = \"off\"\n");
    let rules: Vec<_> = found.iter().map(|line| line.split(':').next().unwrap_or("")).collect();
    assert_eq!(rules.len(), 5, "{found:#?}");
    for expected in ["1 unknown-key", "2 config", "3 config", "5 unknown-key", "1 missing-key"] {
        assert!(rules.contains(&expected), "{expected} in {found:#?}");
    }
    assert!(found.iter().any(|line| line.ends_with("(did you mean `raw-html`?)")));
}

#[track_caller]
fn check(lines: &str, expected: &[&str]) {
    let (_, found) = read(&format!("title = \"Papers\"\n{lines}\n"));
    let same = found.len() == expected.len() && found.iter().zip(expected).all(|(line, start)| line.starts_with(start));
    assert!(same, "expected {expected:#?}\nfound {found:#?}");
}

#[test]
fn the_name_of_a_section_is_a_free_address() {
    check("[sections.guidance]\nkind = \"strategy\"", &[]);
    check("[sections.letters]\ntitle = \"Post\"", &[]);
    check("[sections.changes]\nkind = \"update\"", &["2 reserved-name: a section cannot be called `changes`"]);
    check("[sections.cy]\nkind = \"update\"", &["2 reserved-name: a section cannot be called `cy`"]);
    check("[sections.\"My Notes\"]\nkind = \"update\"", &["2 file-name: `My Notes` cannot be part"]);
}

#[test]
fn a_kind_that_is_wrong_is_reported_once() {
    check("[sections.notes]\nkind = \"updates\"", &["3 config: `kind` must be"]);
    check("[sections.notes]\ntitle = \"Notes\"", &["2 config: `notes` must be a table with a `kind`"]);
    check("[sections.notes]\nkind = 5", &["3 config: `kind` must be a text"]);
}

#[test]
fn some_rules_are_always_errors() {
    assert!(ALWAYS_ERRORS.iter().all(|(name, _)| diag::rule(name).is_some()));
    check("[rules]\nwithheld-link = \"warning\"", &["3 config: `withheld-link` is always an error"]);
    check("[rules]\ntheme = \"off\"", &["3 config: `theme` is always an error"]);
    check("[rules]\ntheme = \"warning\"", &["3 config: `theme` is always an error"]);
    check("[rules]\ntheme = \"error\"", &[]);
}

#[test]
fn raw_html_is_cleaned_or_dropped() {
    assert_eq!(read("title = \"Papers\"\n").0.raw_html, RawHtml::Clean);
    assert_eq!(read("title = \"Papers\"\nraw_html = \"drop\"\n").0.raw_html, RawHtml::Drop);
    check("raw_html = \"clean\"", &[]);
    check("raw_html = \"dropp\"", &["2 config: `raw_html` must be \"clean\" or \"drop\" (write: raw_html = \"drop\")"]);
    check("raw_html = true", &["2 config: `raw_html` must be \"clean\" or \"drop\" (write: raw_html = \"clean\")"]);
    check("raw-html = \"drop\"", &["2 unknown-key: unknown key `raw-html` (did you mean `raw_html`?)"]);
}

#[test]
fn every_finding_says_what_to_do() {
    let (_, found) = read(
        "title = 5\nbase_url = 5\ntimezone = 5\naudiences = 5\nsections = 5\nraw_html = 5\nrules = 5\nx = 5\nlang = \"en\n",
    );
    assert!(found.len() > 8 && found.iter().all(|line| !line.ends_with("(-)")), "{found:#?}");
}
