//! What the preview says about a page: what is wrong, and what is still to be done.
//!
//! In: what was seen, the address of a page. Out: HTML for the root of an element that is drawn apart from the page,
//! whatever the theme does. Places carry their file, line and column, from which the script makes links that open an
//! editor.

use super::sight::Seen;
use crate::diag::{Diagnostic, Place};
use crate::markdown::escape;
use crate::path::Address;
use crate::report::plural;
use crate::site::Ahead;
use std::path::{Path, PathBuf};

/// A page with nothing on it but what is wrong.
pub(super) const PAGE: &str = "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Errors</title>\
     <meta name=\"viewport\" content=\"width=device-width\"></head><body></body></html>\n";

/// How it looks.
pub(super) const CSS: &str = include_str!("panel.css");

/// How many findings of other pages are listed; all errors are.
const OTHERS: usize = 20;

/// Where the files of the site lie, for an editor to open them.
pub(super) struct Editor {
    pub(super) root: PathBuf,
}

/// What is known of a page.
struct Known<'a> {
    editor: &'a Editor,
    /// Errors and warnings of the files that the page is made of.
    here: Vec<&'a Diagnostic>,
    /// Those of other files.
    elsewhere: Vec<&'a Diagnostic>,
    stopped: &'a [String],
    ahead: Option<Ahead>,
    /// Whether the page is shown as it was, since one of its files has an error.
    held: bool,
}

/// The panel of a page; `more` is what its templates reported.
pub(super) fn draw(seen: &Seen, address: &Address, more: &[Diagnostic], editor: &Editor) -> String {
    let world = seen.world.as_deref();
    let files = world.and_then(|world| world.files_of(address));
    let is_content = |place: &Place| place.file.as_str().ends_with(".md");
    let is_here = |finding: &&Diagnostic| match (&files, &finding.place) {
        (Some(files), Some(place)) => files.contains(&&place.file) || !is_content(place) && finding.is_error(),
        (None, _) => finding.is_error(),
        (Some(_), None) => true,
    };
    let (mut here, elsewhere): (Vec<_>, Vec<_>) = seen.found.iter().partition(is_here);
    here.extend(more);
    let known = Known {
        editor,
        here,
        elsewhere,
        stopped: &seen.stopped,
        ahead: world.and_then(|world| world.ahead(address, &seen.found)),
        held: files.iter().flatten().any(|file| seen.held.contains(*file)) || !more.is_empty(),
    };
    known.draw()
}

impl Known<'_> {
    fn draw(&self) -> String {
        let is_bad = !self.stopped.is_empty() || self.here.iter().any(|finding| finding.is_error());
        let open = if is_bad { " open" } else { "" };
        format!(
            "<link rel=\"stylesheet\" href=\"/__greenpaper/preview.css\"><section aria-label=\"Preview\">\
             <div class=\"bar\"><slot></slot></div><details id=\"panel\"{open}><summary>{}</summary>\
             <div class=\"list\">{}{}{}{}{}</div></details></section>",
            self.summary(),
            self.stale(),
            self.errors(),
            self.to_do(),
            self.others(),
            self.choices(),
        )
    }

    /// The line that is always seen.
    fn summary(&self) -> String {
        let errors = |found: &[&Diagnostic]| found.iter().filter(|finding| finding.is_error()).count();
        let (here, elsewhere) = (errors(&self.here) + self.stopped.len(), errors(&self.elsewhere));
        let mut parts = Vec::new();
        if here > 0 {
            parts.push(format!("<strong class=\"error\">{}</strong>", plural(here, "error")));
        }
        if elsewhere > 0 {
            let words = match here {
                0 => format!("{} in other files", plural(elsewhere, "error")),
                _ => format!("{elsewhere} more in other files"),
            };
            parts.push(format!("<strong class=\"error\">{words}</strong>"));
        }
        match &self.ahead {
            Some(ahead) if ahead.count() > 0 => {
                parts.push(format!(
                    "{}: {} before it can come out",
                    escape(&ahead.name),
                    plural(ahead.count(), "thing")
                ));
            }
            Some(ahead) => parts.push(match &ahead.comes {
                Some(day) => format!("{} comes out on {day}", escape(&ahead.name)),
                None => format!("{} is ready", escape(&ahead.name)),
            }),
            None => {
                let warnings = self.here.len() + self.stopped.len() - here;
                parts.extend((warnings > 0).then(|| format!("{} on this page", plural(warnings, "warning"))));
            }
        }
        if parts.is_empty() {
            parts.push("Preview".to_owned());
        }
        parts.join(" · ")
    }

    fn stale(&self) -> String {
        let words = "This page is shown as it was before the error. It follows as soon as the error is mended.";
        if self.held { format!("<p class=\"stale\">{words}</p>") } else { String::new() }
    }

    fn errors(&self) -> String {
        let errors = self.here.iter().chain(&self.elsewhere).filter(|finding| finding.is_error());
        let stopped = self.stopped.iter().map(|words| format!("<li><p><strong>{}</strong></p></li>", said(words)));
        self.list("Errors", stopped.chain(errors.map(|finding| self.item(finding))))
    }

    /// What stands before publication; of other pages, the warnings.
    fn to_do(&self) -> String {
        let Some(ahead) = &self.ahead else {
            let warnings = self.here.iter().filter(|finding| !finding.is_error());
            return self.list("On this page", warnings.map(|finding| self.item(finding)));
        };
        let missing = ahead.missing.iter().map(|(words, place)| {
            format!("<li><p><strong>{}</strong></p><p>{}</p></li>", said(words), self.place(place))
        });
        let warnings = ahead.found.iter().filter(|finding| !finding.is_error()).map(|finding| self.item(finding));
        self.list(&format!("Before {} comes out", ahead.name), missing.chain(warnings))
    }

    fn others(&self) -> String {
        let warnings: Vec<_> = self.elsewhere.iter().filter(|finding| !finding.is_error()).collect();
        let more = warnings.len().saturating_sub(OTHERS);
        let items = warnings.iter().take(OTHERS).map(|finding| self.item(finding));
        let more = if more > 0 {
            format!("<p>{more} more: <code>greenpaper check</code> lists them.</p>")
        } else {
            String::new()
        };
        let list = self.list("", items);
        if list.is_empty() {
            return list;
        }
        let title = format!("{} in other files", plural(warnings.len(), "warning"));
        format!("<details><summary>{title}</summary>{list}{more}</details>")
    }

    fn list(&self, title: &str, items: impl Iterator<Item = String>) -> String {
        let items: String = items.collect();
        let title = if title.is_empty() { String::new() } else { format!("<h2>{}</h2>", escape(title)) };
        if items.is_empty() { items } else { format!("{title}<ol>{items}</ol>") }
    }

    fn item(&self, finding: &Diagnostic) -> String {
        let place = finding.place.as_ref();
        let at = place.map_or(String::new(), |place| format!("<p>{}</p>", self.place(place)));
        let line = place.filter(|place| !place.text.is_empty()).map_or(String::new(), quoted);
        let hint = finding.hint.as_deref().map_or(String::new(), |hint| format!("<p>{}</p>", said(hint)));
        let rule = finding.rule.name;
        format!("<li><p><strong>{}</strong> <small>{rule}</small></p>{at}{line}{hint}</li>", said(&finding.message))
    }

    /// A place, as a link that the script completes.
    fn place(&self, place: &Place) -> String {
        let Place { file, line, column, .. } = place;
        let path = self.editor.path(file.as_str());
        let data = format!("data-path=\"{}\" data-line=\"{line}\" data-column=\"{column}\"", escape(&path));
        format!("<a class=\"place\" {data}><code>{}:{line}:{column}</code></a>", escape(file.as_str()))
    }

    /// What the reader of the panel can choose; the script fills the rest in and remembers.
    fn choices(&self) -> String {
        "<p class=\"choices\"><label><input type=\"checkbox\" id=\"follow\"> After a save, go to what was edited</label> \
         <label>Open places in <select id=\"editor\"></select></label></p>"
            .to_owned()
    }
}

impl Editor {
    fn path(&self, file: &str) -> String {
        self.root.join(Path::new(file)).to_string_lossy().into_owned()
    }
}

/// The words of a finding, in which what is written as in a file stands between backticks.
fn said(words: &str) -> String {
    let part = |(at, part): (usize, &str)| match at % 2 {
        0 => escape(part),
        _ => format!("<code>{}</code>", escape(part)),
    };
    let closed = words.matches('`').count().is_multiple_of(2);
    if closed { words.split('`').enumerate().map(part).collect() } else { escape(words) }
}

/// How many characters of a line are shown before and after a place: a line may be a whole paragraph.
const AROUND: usize = 90;

/// The line of a place, with the place marked.
fn quoted(place: &Place) -> String {
    let start = place.column.saturating_sub(1) as usize;
    let part = |from: usize, count: usize| escape(&place.text.chars().skip(from).take(count).collect::<String>());
    let (width, length) = (place.width as usize, place.text.chars().count());
    let from = start.saturating_sub(AROUND);
    let (cut, more) = (if from > 0 { "…" } else { "" }, if start + width + AROUND < length { "…" } else { "" });
    let (before, marked, after) = (part(from, start - from), part(start, width), part(start + width, AROUND));
    format!("<pre>{cut}{before}<mark>{marked}</mark>{after}{more}</pre>")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{self, Source};
    use crate::path::SitePath;

    fn panel(found: Vec<Diagnostic>) -> String {
        let seen = Seen { found, ..Seen::default() };
        draw(&seen, &Address::new("/"), &[], &Editor { root: PathBuf::from("/home/a b") })
    }

    #[test]
    fn an_error_shows_place_line_and_hint_and_cannot_break_the_page() {
        let source = Source::new(SitePath::new("content/a.md"), "see <b> </body> here");
        let finding = Diagnostic::at(&diag::NO_CONTENT, source.place(4..7), "`<b>` is open").hint("close it & go on");
        let list = panel(vec![finding]);
        for expected in [
            "<strong class=\"error\">1 error</strong>",
            "<details id=\"panel\" open>",
            "<code>&lt;b&gt;</code> is open</strong> <small>no-content</small>",
            "data-path=\"/home/a b/content/a.md\" data-line=\"1\" data-column=\"5\"><code>content/a.md:1:5</code>",
            "<pre>see <mark>&lt;b&gt;</mark> &lt;/body&gt; here</pre>",
            "close it &amp; go on",
        ] {
            assert!(list.contains(expected), "{expected} in {list}");
        }
    }

    #[test]
    fn of_a_long_line_the_part_around_the_place_is_shown() {
        let source = Source::new(SitePath::new("content/a.md"), format!("{}here{}", "a".repeat(200), "b".repeat(200)));
        let list = panel(vec![Diagnostic::at(&diag::NO_CONTENT, source.place(200..204), "M")]);
        let (before, after) = ("a".repeat(AROUND), "b".repeat(AROUND));
        assert!(list.contains(&format!("<pre>…{before}<mark>here</mark>{after}…</pre>")), "{list}");
    }

    #[test]
    fn a_page_with_nothing_to_say_about_says_nothing() {
        let list = panel(Vec::new());
        assert!(list.contains("<details id=\"panel\"><summary>Preview</summary>") && !list.contains("<ol>"), "{list}");
    }
}
