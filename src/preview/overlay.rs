//! Errors of the content as a list on the page, and as a page of their own.

use crate::diag::Diagnostic;
use crate::disk::DiskError;
use crate::markdown::escape;

/// What the list begins with.
pub(super) const START: &str = "<div id=\"greenpaper-errors\"";

/// Something that is wrong, in the words of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Trouble {
    pub(super) message: String,
    /// File, line and column.
    pub(super) place: Option<String>,
    /// The line itself: before the place, the place, after it.
    pub(super) quoted: Option<[String; 3]>,
    pub(super) hint: Option<String>,
}

impl From<&Diagnostic> for Trouble {
    fn from(finding: &Diagnostic) -> Self {
        let place = finding.place.as_ref();
        let quoted = place.filter(|place| !place.text.is_empty()).map(|place| {
            let start = place.column.saturating_sub(1) as usize;
            let part = |from: usize, count: usize| place.text.chars().skip(from).take(count).collect();
            let width = place.width as usize;
            [part(0, start), part(start, width), part(start + width, usize::MAX)]
        });
        Trouble {
            message: format!("{} [{}]", finding.message, finding.rule.name),
            place: place.map(|place| format!("{}:{}:{}", place.file, place.line, place.column)),
            quoted,
            hint: finding.hint.clone(),
        }
    }
}

impl From<&DiskError> for Trouble {
    fn from(error: &DiskError) -> Self {
        Trouble { message: error.to_string(), ..Trouble::default() }
    }
}

/// The list for a page that is shown although there are errors; `stale` where the page is that of the
/// files as they were before.
pub(super) fn list(troubles: &[Trouble], stale: bool) -> String {
    let count = troubles.len();
    let title = if count == 1 { "1 error".to_owned() } else { format!("{count} errors") };
    let stale = if stale { ": this page is older than the files" } else { "" };
    let items: String = troubles.iter().map(item).collect();
    format!(
        "{START} role=\"alert\" lang=\"en\"><link rel=\"stylesheet\" href=\"/__greenpaper/errors.css\">\
         <details open><summary>{title}{stale}</summary><ol>{items}</ol></details></div>"
    )
}

/// A page of errors alone, where there is no page to show.
pub(super) fn page(troubles: &[Trouble]) -> String {
    let list = list(troubles, false);
    format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Errors</title>\
         <meta name=\"viewport\" content=\"width=device-width\"></head><body>{list}</body></html>\n"
    )
}

fn item(trouble: &Trouble) -> String {
    let place =
        trouble.place.as_deref().map_or(String::new(), |place| format!("<p><code>{}</code></p>", escape(place)));
    let quoted = trouble.quoted.as_ref().map_or(String::new(), |[before, marked, after]| {
        format!("<pre>{}<mark>{}</mark>{}</pre>", escape(before), escape(marked), escape(after))
    });
    let hint = trouble.hint.as_deref().map_or(String::new(), |hint| format!("<p>{}</p>", escape(hint)));
    format!("<li><p><strong>{}</strong></p>{place}{quoted}{hint}</li>", escape(&trouble.message))
}

/// How the list looks, whatever the theme does.
pub(super) const CSS: &str = "\
#greenpaper-errors { position: fixed; inset: auto 0 0 0; z-index: 2147483647; max-height: 60vh; overflow: auto;
  margin: 0; padding: .75rem 1rem; background: #fff; color: #1a1a1a; border-top: .4rem solid #b00020;
  font: 16px/1.5 system-ui, sans-serif; text-align: left; }
#greenpaper-errors summary { font-weight: bold; cursor: pointer; }
#greenpaper-errors ol { margin: .5rem 0 0; padding-left: 2rem; }
#greenpaper-errors li { margin: 0 0 1rem; }
#greenpaper-errors p { margin: .15rem 0; }
#greenpaper-errors pre { margin: .25rem 0; padding: .5rem; background: #f2f2f2; color: #1a1a1a;
  white-space: pre-wrap; overflow-wrap: anywhere; }
#greenpaper-errors mark { background: #ffd7d7; color: #1a1a1a; text-decoration: underline wavy #b00020; }
@media print { #greenpaper-errors { display: none; } }
";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{self, Source};
    use crate::path::SitePath;

    #[test]
    fn an_error_shows_place_line_and_hint_and_cannot_break_the_page() {
        let source = Source::new(SitePath::new("content/a.md"), "see <b> </body> here");
        let finding = Diagnostic::at(&diag::RAW_HTML, source.place(4..7), "`<b>` is open").hint("close it & go on");
        let list = list(&[Trouble::from(&finding)], true);
        for expected in [
            "1 error: this page is older",
            "`&lt;b&gt;` is open [raw-html]",
            "content/a.md:1:5",
            "<pre>see <mark>&lt;b&gt;</mark> &lt;/body&gt; here</pre>",
            "close it &amp; go on",
        ] {
            assert!(list.contains(expected), "{expected} in {list}");
        }
        assert!(list.starts_with(START));
    }

    #[test]
    fn a_page_of_errors_alone_does_not_speak_of_a_page() {
        let page = page(&[Trouble::default(), Trouble::default()]);
        assert!(page.contains("<summary>2 errors</summary>"), "{page}");
    }
}
