//! Findings → text for people, JSON for programs, annotations for a forge.
//!
//! In: [`Diagnostic`]s in any order. Out: one text, in the order of files and lines, that holds no
//! control character of the sources. Nothing is printed here.
//!
//! The JSON is an array with an object for each finding, whose keys stay as they are: `rule`, `severity`
//! (`error` or `warning`), `file` (from the root of the site), `line`, `column` and `width` (in
//! characters, from 1), `message`, `hint`, and `text`, the whole line. What is not known is `null`.

use crate::diag::{self, Diagnostic, Place, Severity};
use annotate_snippets::{AnnotationKind, Level, Origin, Renderer, Snippet, normalize_untrusted_str};
use serde::Serialize;
use std::collections::BTreeSet;
use std::ops::Range;

/// How findings are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people: the line, the place in it, what to do.
    Text,
    /// For programs: an array of objects.
    Json,
    /// For GitHub Actions: annotations of the files of a pull request.
    Github,
}

/// Findings in the order of files and lines, each once.
pub fn sorted(mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    found.sort_by_cached_key(Diagnostic::order);
    found.dedup_by_key(|finding| finding.order());
    // Where a link may not lead at all it is no matter whether it leads to the right place.
    let at_withheld = |finding: &&Diagnostic| *finding.rule == diag::WITHHELD_LINK;
    let withheld: BTreeSet<_> = found.iter().filter(at_withheld).map(|finding| finding.place.clone()).collect();
    let about_the_place = |finding: &Diagnostic| [&diag::BROKEN_LINK, &diag::MOVING_NUMBER].contains(&finding.rule);
    found.retain(|finding| !about_the_place(finding) || !withheld.contains(&finding.place));
    found
}

/// Draws findings. `site` is where the site lies, seen from where paths are read: empty, or `docs/`.
pub fn draw(found: &[Diagnostic], format: Format, site: &str, coloured: bool) -> String {
    match format {
        Format::Text => text(found, site, coloured),
        Format::Json => json(found),
        Format::Github => found.iter().map(|finding| annotation(finding, site)).collect(),
    }
}

/// How many errors and warnings there are, in how many files: `3 errors, 1 warning in 2 files`.
pub fn count(found: &[Diagnostic]) -> String {
    let errors = found.iter().filter(|finding| finding.is_error()).count();
    let files: BTreeSet<_> =
        found.iter().filter_map(|finding| finding.place.as_ref()).map(|place| &place.file).collect();
    let kinds = [(errors, "error"), (found.len() - errors, "warning")];
    let kinds = kinds.iter().filter(|(count, _)| *count > 0).map(|(count, word)| plural(*count, word));
    let kinds: Vec<_> = kinds.collect();
    match (kinds.is_empty(), files.len()) {
        (true, _) => "no errors, no warnings".to_owned(),
        (_, 0) => kinds.join(", "),
        (_, files) => format!("{} in {}", kinds.join(", "), plural(files, "file")),
    }
}

/// A count with its word: `1 page`, `3 pages`.
pub fn plural(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}

fn text(found: &[Diagnostic], site: &str, coloured: bool) -> String {
    let renderer = if coloured { Renderer::styled() } else { Renderer::plain() };
    let drawn: String = found.iter().map(|finding| draw_one(finding, site, &renderer) + "\n\n").collect();
    if found.is_empty() { String::new() } else { format!("{drawn}{}\n", count(found)) }
}

/// One finding. The renderer makes the old control characters visible, and what it leaves (U+0080 to
/// U+009F, which some terminals obey as well) is replaced here, one for one, so that columns hold.
fn draw_one(finding: &Diagnostic, site: &str, renderer: &Renderer) -> String {
    let visible = |text: &str| text.replace(|c| matches!(c, '\u{80}'..='\u{9f}'), "\u{fffd}");
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut group = level.primary_title(visible(&finding.message)).id(finding.rule.name).elements(Vec::<Origin>::new());
    group = match &finding.place {
        None => group,
        Some(place) if place.text.is_empty() => {
            let origin = Origin::path(visible(&format!("{site}{}", place.file)));
            group.element(origin.line(place.line as usize).char_column(place.column as usize))
        }
        Some(place) => {
            let line = visible(&place.text);
            let marked = marked(&line, place);
            let snippet = Snippet::source(line).line_start(place.line as usize);
            let snippet = snippet.path(visible(&format!("{site}{}", place.file)));
            group.element(snippet.annotation(AnnotationKind::Primary.span(marked)))
        }
    };
    if let Some(hint) = &finding.hint {
        group = group.element(Level::HELP.message(normalize_untrusted_str(&visible(hint))));
    }
    renderer.render(&[group])
}

/// The bytes of its line that a place means.
fn marked(line: &str, place: &Place) -> Range<usize> {
    let byte = |character: u32| line.char_indices().nth(character as usize).map_or(line.len(), |(byte, _)| byte);
    let start = place.column.saturating_sub(1);
    byte(start)..byte(start.saturating_add(place.width))
}

/// A finding as an object of the JSON output.
#[derive(Serialize)]
struct Entry<'a> {
    rule: &'static str,
    severity: Severity,
    file: Option<&'a str>,
    line: Option<u32>,
    column: Option<u32>,
    width: Option<u32>,
    message: &'a str,
    hint: Option<&'a str>,
    text: Option<&'a str>,
}

fn json(found: &[Diagnostic]) -> String {
    let entries = found.iter().map(|finding| {
        let place = finding.place.as_ref();
        Entry {
            rule: finding.rule.name,
            severity: finding.severity,
            file: place.map(|place| place.file.as_str()),
            line: place.map(|place| place.line),
            column: place.map(|place| place.column),
            width: place.map(|place| place.width),
            message: &finding.message,
            hint: finding.hint.as_deref(),
            text: place.map(|place| place.text.as_str()),
        }
    });
    let entries: Vec<_> = entries.collect();
    // Strings and numbers can always be written as JSON.
    serde_json::to_string_pretty(&entries).unwrap_or_default() + "\n"
}

/// A workflow command of GitHub Actions:
/// <https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands>.
fn annotation(finding: &Diagnostic, site: &str) -> String {
    let command = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let place = finding.place.as_ref().map_or(String::new(), |place| {
        let file = property(&format!("{site}{}", place.file));
        let end = place.column.saturating_add(place.width);
        format!("file={file},line={},col={},endColumn={end},", place.line, place.column)
    });
    let hint = finding.hint.as_ref().map_or(String::new(), |hint| format!("\nhelp: {hint}"));
    let message = escaped(&format!("{}{hint}", finding.message));
    format!("::{command} {place}title={}::{message}\n", property(finding.rule.name))
}

/// The message of a workflow command: one line.
fn escaped(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property of a workflow command, where `:` and `,` have a meaning too.
fn property(text: &str) -> String {
    escaped(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{self, Source};
    use crate::path::SitePath;

    fn finding(text: &str, marked: &str) -> Diagnostic {
        let source = Source::new(SitePath::new("content/a, b.md"), text);
        let start = text.find(marked).unwrap();
        let place = source.place(start..start + marked.len());
        Diagnostic::at(&diag::BROKEN_LINK, place, "`x.md` does not exist: 100%").hint("did you mean `y.md`?")
    }

    fn warning() -> Diagnostic {
        Diagnostic::file(&diag::RAW_HTML, &SitePath::new("content/z.md"), "not balanced")
    }

    #[test]
    fn text_shows_rule_place_line_and_hint() {
        let expected = "\
error[broken-link]: `x.md` does not exist: 100%
 --> docs/content/a, b.md:2:8
  |
2 | tö see [x](x.md)
  |        ^^^^^^^^^
  |
  = help: did you mean `y.md`?

warning[raw-html]: not balanced
--> docs/content/z.md:1:1

1 error, 1 warning in 2 files
";
        let found = [finding("one\ntö see [x](x.md)\n", "[x](x.md)"), warning()];
        assert_eq!(draw(&found, Format::Text, "docs/", false), expected);
    }

    #[test]
    fn colours_are_drawn_where_they_are_wanted() {
        assert!(draw(&[warning()], Format::Text, "", true).contains('\u{1b}'));
        assert!(!draw(&[warning()], Format::Text, "", false).contains('\u{1b}'));
    }

    #[test]
    fn control_characters_are_made_visible() {
        let mut found = finding("a \u{1b}[31m red \u{202e} x \u{9b}31m \u{7}", "red");
        found.message = "bell \u{7}".into();
        found.hint = Some("clear \u{1b}[2J".into());
        let text = draw(&[found], Format::Text, "", false);
        assert!(!text.contains(['\u{1b}', '\u{202e}', '\u{9b}', '\u{7}']), "{text}");
    }

    #[test]
    fn a_long_line_is_cut_around_its_place() {
        let text = format!("{} here {}", "word ".repeat(200), "word ".repeat(200));
        let drawn = draw(&[finding(&text, "here")], Format::Text, "", false);
        assert!(drawn.contains("here") && drawn.lines().all(|line| line.chars().count() <= 150), "{drawn}");
    }

    #[test]
    fn json_has_every_key_of_every_finding() {
        let none = Diagnostic { place: None, hint: None, ..finding("[x]", "[x]") };
        let text = draw(&[finding("[x]", "[x]"), none], Format::Json, "docs/", false);
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        let expected = serde_json::json!([
            {"rule": "broken-link", "severity": "error", "file": "content/a, b.md", "line": 1, "column": 1, "width": 3,
             "message": "`x.md` does not exist: 100%", "hint": "did you mean `y.md`?", "text": "[x]"},
            {"rule": "broken-link", "severity": "error", "file": null, "line": null, "column": null, "width": null,
             "message": "`x.md` does not exist: 100%", "hint": null, "text": null},
        ]);
        assert_eq!(value, expected);
        assert_eq!(draw(&[], Format::Json, "", false), "[]\n");
    }

    #[test]
    fn annotations_are_escaped_as_the_forge_asks() {
        let expected = "::error file=docs/content/a%2C b.md,line=1,col=1,endColumn=4,title=broken-link::\
                        `x.md` does not exist: 100%25%0Ahelp: did you mean `y.md`?\n";
        assert_eq!(draw(&[finding("[x]", "[x]")], Format::Github, "docs/", false), expected);
    }

    #[test]
    fn findings_are_sorted_and_told_once() {
        let found = sorted(vec![warning(), finding("[x]", "[x]"), warning()]);
        let rules: Vec<_> = found.iter().map(|finding| finding.rule.name).collect();
        assert_eq!(rules, ["broken-link", "raw-html"]);
    }

    #[test]
    fn a_link_to_what_is_withheld_is_not_told_as_broken_too() {
        let withheld = Diagnostic { rule: &diag::WITHHELD_LINK, ..finding("[x]", "[x]") };
        let found = sorted(vec![withheld, finding("[x]", "[x]")]);
        let rules: Vec<_> = found.iter().map(|finding| finding.rule.name).collect();
        assert_eq!(rules, ["withheld-link"]);
    }

    #[test]
    fn counts_agree_with_their_words() {
        assert_eq!(count(&[]), "no errors, no warnings");
        assert_eq!(count(&[warning()]), "1 warning in 1 file");
        assert_eq!(count(&[warning(), warning(), finding("[x]", "[x]")]), "1 error, 2 warnings in 2 files");
    }
}
