//! Diagnostics as data: what is wrong, where, and what to do.
//!
//! In: a rule, a place in a source file, words. Out: a [`Diagnostic`], which the edge draws as text,
//! JSON or annotations of a forge. Nothing is printed here, and every rule that exists is in [`RULES`].

use crate::path::SitePath;
use serde::Serialize;
use std::ops::Range;
use std::sync::Arc;

/// How much a finding weighs: an error stops a build, a warning does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The content is wrong; nothing is written.
    Error,
    /// The content can be published, but somebody should look.
    Warning,
}

/// A rule that content can break. Its name is what `[rules]` in `site.toml` and `check` speak of.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Kebab-case, never changed once released.
    pub name: &'static str,
    /// The severity where `site.toml` says nothing.
    pub severity: Severity,
    /// One sentence: what the rule asks for.
    pub about: &'static str,
}

macro_rules! rules {
    ($($(#[$doc:meta])* $id:ident $severity:ident $name:literal $about:literal;)*) => {
        $($(#[$doc])* #[doc = $about] pub static $id: Rule = Rule { name: $name, severity: Severity::$severity, about: $about };)*
        /// Every rule, in the order of the layers that report them.
        pub static RULES: &[&Rule] = &[$(&$id),*];
    };
}

rules! {
    NOT_UTF8 Error "not-utf8" "A text file is encoded as UTF-8.";
    CONFIG Error "config" "site.toml is valid TOML and its values are of the right type.";
    CONTRAST Error "contrast" "Words in the colours of the brand can be read: their contrast with the page is 4.5:1.";
    UNKNOWN_KEY Error "unknown-key" "Front matter and site.toml hold only keys that exist there.";
    FRONT_MATTER_FENCE Error "front-matter-fence" "Front matter stands between two lines of three hyphens.";
    YAML_SYNTAX Error "yaml-syntax" "Front matter is valid YAML.";
    YAML_COMMENT Warning "yaml-comment" "No words of a text in front matter are cut off by a space and #, behind which a comment stands.";
    DUPLICATE_KEY Error "duplicate-key" "A key stands once in the front matter of a file.";
    MISSING_KEY Error "missing-key" "Every key that a kind of file needs is there.";
    BAD_VALUE Error "bad-value" "A value is of the type and range that its key asks for.";
    BAD_DATE Error "bad-date" "A date is written 2021-08-05, a moment 2021-08-05T09:00+01:00.";
    NO_CONTENT Error "no-content" "A site has texts: a folder content/ with Markdown in it.";
    STRAY_FILE Error "stray-file" "Every file below content/ has a place in the layout.";
    FILE_NAME Error "file-name" "Names of content are lower-case letters, digits and hyphens; a chapter's begins with its number.";
    MISSING_INDEX Error "missing-index" "A folder with drafts or chapters has an index.md.";
    RESERVED_NAME Error "reserved-name" "A name that is an address of the site's own is not used for content.";
    DRAFT_NAME Error "draft-name" "A draft is named draft-N or draft-N-option-X.";
    DUPLICATE_DRAFT Error "duplicate-draft" "No two drafts, chapters or documents share a name.";
    FOLLOWS Error "follows" "`follows` and `base` name drafts of the document that come earlier.";
    ROUND Error "round" "A round in the front matter is one that drafts belong to, and closes after it opens.";
    VOTE Error "vote" "A vote in the front matter is on a draft of the document, and its dates and numbers fit one another.";
    GROUP Error "group" "A group that a text concerns is one that site.toml names.";
    DUPLICATE_ID Error "duplicate-id" "An id stands once in a file.";
    RESERVED_ID Error "reserved-id" "No id has the form of a block number, or of an id that pages use themselves.";
    BROKEN_LINK Error "broken-link" "A link leads to a file, a heading or a block that exists.";
    WITHHELD_LINK Error "withheld-link" "What may be seen does not link to what is withheld.";
    REMOTE_IMAGE Warning "remote-image" "An image is a file of the site, so that a page asks nothing of other hosts.";
    EDITORIAL Error "editorial" "A change that its author declares editorial touches no word that binds, number, date or term.";
    DATES Warning "dates" "The days of rounds, drafts, votes and letters fit one another, and their years can be meant.";
    GROUP_COVERAGE Warning "group-coverage" "The newest draft of a strategy has a part for each group of site.toml; off unless `[rules]` sets it.";
    ACCESSIBILITY_STATEMENT Error "accessibility-statement" "A site with documents has an accessibility statement with its four parts.";
    DEAD_LINK Warning "dead-link" "An address of another site answers; `check --external` asks each.";
    MISSING_NOTE Error "missing-note" "Every footnote that is referred to is defined.";
    OPEN_COMMENT Error "open-comment" "A comment ends, so that it hides nothing but itself.";
    COMMENT Warning "comment" "A comment that is nearly one of those that are read, `for:`, `why:` or `page`, is written as these are.";
    QUOTATION Error "quotation" "A quotation that says where it is from has the words of that place, and emphasises none of its own unsaid.";
    FEEDBACK Error "feedback" "A reason names feedback that stands in feedback.yaml.";
    IDLE_REASON Error "idle-reason" "A reason stands at something that changed since the base of its draft.";
    MISSING_REASON Warning "missing-reason" "Where a document gives reasons, every change of substance has one.";
    UNHEEDED Warning "unheeded" "Feedback that was adopted or adapted led to a change whose reason names it.";
    UNANSWERED Warning "unanswered" "Feedback is answered by the day on which the response to its round is due.";
    SILENT_GROUP Warning "silent-group" "Of every group that a document asks somebody was heard by the end of a round.";
    RECORD Error "record" "What was published is as it was: no draft has changed since it was sealed, none is missing in the record, and the record is whole.";
    MOVING_NUMBER Warning "moving-number" "A link to the number of a block leads into a draft that is published, whose numbers no longer change.";
    ABBREVIATION Warning "abbreviation" "An abbreviation in a text stands in the glossary, which says what it means.";
    PLACEHOLDER Error "placeholder" "What is published has no placeholder left: `To be written`, alone or with a colon. Until it is out, one is a warning.";
    EMPTY_TEXT Warning "empty-text" "A draft, a chapter or a page that is seen has words.";
    UNSAFE_LINK Error "unsafe-link" "A link leads to a file of the site, or to an address of http, https, mailto or tel.";
    NESTING Warning "nesting" "Lists and quotations are nested no deeper than sixty levels.";
    RAW_HTML Warning "raw-html" "Raw HTML is balanced and uses only the elements of the allow list.";
    BASE_URL Warning "base-url" "site.toml says where the site will be read, without which it has no feed and no sitemap.";
    OVERRIDE Warning "override" "A template, block, component, asset or key of words of the site's own is one that a page comes to.";
    THEME Error "theme" "The templates of the theme can be read and rendered.";
}

/// The rule of that name, if there is one.
pub fn rule(name: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.name == name)
}

/// A file's path and text, from which places are cut.
#[derive(Clone, Debug)]
pub struct Source {
    /// Where the file lies, from the root of the site.
    pub path: SitePath,
    /// The whole text.
    pub text: Arc<str>,
}

impl Source {
    /// A source from its parts.
    pub fn new(path: SitePath, text: impl Into<Arc<str>>) -> Self {
        Source { path, text: text.into() }
    }

    /// The place of a byte range; it is cut at the end of its first line and at character boundaries.
    pub fn place(&self, range: Range<usize>) -> Place {
        let floor = |mut at: usize| {
            at = at.min(self.text.len());
            while !self.text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let start = floor(range.start);
        let line_start = self.text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = self.text[start..].find('\n').map_or(self.text.len(), |at| start + at);
        let text = self.text[line_start..line_end].trim_end_matches('\r');
        let end = floor(range.end).min(line_start + text.len()).max(start);
        Place {
            file: self.path.clone(),
            line: self.text[..start].matches('\n').count() as u32 + 1,
            column: self.text[line_start..start].chars().count() as u32 + 1,
            width: self.text[start..end].chars().count().max(1) as u32,
            text: text.to_owned(),
        }
    }

    /// The place of a line and column, both from 1; past the end it is the last line.
    pub fn place_at(&self, line: usize, column: usize) -> Place {
        let start: usize = self.text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
        let rest = self.text.get(start..).unwrap_or("");
        let offset = rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.len(), |(at, _)| at);
        self.place(start + offset..start + offset + 1)
    }
}

/// A stretch of one line of a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// From the root of the site.
    pub file: SitePath,
    /// From 1.
    pub line: u32,
    /// In characters, from 1.
    pub column: u32,
    /// In characters, at least 1.
    pub width: u32,
    /// The line itself, without its end.
    pub text: String,
}

/// One finding.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// The rule that was broken.
    pub rule: &'static Rule,
    /// As the site weighs it.
    pub severity: Severity,
    /// What is wrong, in a sentence without a full stop.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
    /// Where; none where a whole site is meant.
    pub place: Option<Place>,
}

impl Diagnostic {
    /// A finding at a place, as heavy as the rule says.
    pub fn at(rule: &'static Rule, place: Place, message: impl Into<String>) -> Self {
        Diagnostic { rule, severity: rule.severity, message: message.into(), hint: None, place: Some(place) }
    }

    /// A finding about a file that has no line to show.
    pub fn file(rule: &'static Rule, file: &SitePath, message: impl Into<String>) -> Self {
        let place = Place { file: file.clone(), line: 1, column: 1, width: 1, text: String::new() };
        Diagnostic::at(rule, place, message)
    }

    /// Adds what to do.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Whether this stops a build.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// What findings are sorted by: those of `site.toml` first, since others may come of them; then file, line,
    /// column, rule, words.
    pub fn order(&self) -> impl Ord + use<> {
        let is_content = self.place.as_ref().is_some_and(|place| place.file.as_str() != "site.toml");
        (is_content, self.place.clone(), self.rule.name, self.message.clone())
    }
}

/// The known name nearest to a misspelt one, where one is near enough to be meant.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(word, name), name))
        .filter(|(distance, name)| *distance <= 1 + word.len().max(name.len()) / 4)
        .min()
        .map(|(_, name)| name)
}

/// The hint at the known name nearest to a misspelt one.
pub fn did_you_mean<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest(word, known).map(|name| format!("did you mean `{name}`?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_has_line_column_and_text() {
        let source = Source::new(SitePath::new("a.md"), "one\ntwö three\nfour");
        let place = source.place(9..14);
        assert_eq!((place.line, place.column, place.width, place.text.as_str()), (2, 5, 5, "twö three"));
        assert_eq!(source.place_at(2, 5), Place { width: 1, ..place });
    }

    #[test]
    fn the_end_of_a_line_is_no_part_of_a_place() {
        let place = |text: &str| Source::new(SitePath::new("a.md"), text).place(2..9);
        for text in ["a bc\r\nd", "a bc\nd", "a bc"] {
            assert_eq!((place(text).width, place(text).text.as_str()), (2, "a bc"), "{text:?}");
        }
    }

    #[test]
    fn a_place_past_the_end_or_inside_a_character_does_not_panic() {
        let source = Source::new(SitePath::new("a.md"), "é\n");
        assert_eq!(source.place(1..1).column, 1);
        assert_eq!(source.place(99..120).line, 2);
        assert_eq!(source.place_at(40, 40).line, 2);
    }

    #[test]
    fn the_nearest_name_must_be_near() {
        assert_eq!(nearest("titel", ["title", "summary"]), Some("title"));
        assert_eq!(nearest("weather", ["title", "summary"]), None);
    }
}
