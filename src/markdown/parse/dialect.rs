//! Which Markdown is read.

use crate::config::RawHtml;
use pulldown_cmark::Options;

/// How a text is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// As authors write: all extensions, raw HTML cleaned, ids settled.
    #[default]
    Paper,
    /// The same, but raw HTML is left out and only its words stay.
    PaperWithoutHtml,
    /// CommonMark alone, raw HTML as it stands, no ids of our own.
    CommonMark,
}

impl From<RawHtml> for Dialect {
    fn from(raw_html: RawHtml) -> Self {
        match raw_html {
            RawHtml::Clean => Dialect::Paper,
            RawHtml::Drop => Dialect::PaperWithoutHtml,
        }
    }
}

impl Dialect {
    /// Whether it is what authors write, with our ids and extensions.
    pub(super) fn is_paper(self) -> bool {
        matches!(self, Dialect::Paper | Dialect::PaperWithoutHtml)
    }

    /// What pulldown-cmark reads of a text.
    pub(super) fn options(self, text: &str) -> Options {
        let definitions = if has_definitions(text) { Options::ENABLE_DEFINITION_LIST } else { Options::empty() };
        match self {
            Dialect::CommonMark => Options::empty(),
            Dialect::Paper | Dialect::PaperWithoutHtml => {
                definitions
                    | Options::ENABLE_TABLES
                    | Options::ENABLE_FOOTNOTES
                    | Options::ENABLE_STRIKETHROUGH
                    | Options::ENABLE_TASKLISTS
                    | Options::ENABLE_HEADING_ATTRIBUTES
                    | Options::ENABLE_GFM
            }
        }
    }
}

/// Whether a line begins with a colon and a space: only then does a colon begin a definition, and
/// `:smile:` at the start of a line is a text like any other.
fn has_definitions(text: &str) -> bool {
    let mut lines = text.lines().map(|line| line.trim_start_matches([' ', '\t', '>']));
    lines.any(|line| line.strip_prefix(':').is_some_and(|rest| rest.starts_with([' ', '\t'])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colon_begins_a_definition_where_a_space_follows() {
        assert!(has_definitions("term\n: meaning\n") && has_definitions("> term\n> : meaning\n"));
        assert!(!has_definitions("text\n\n:smile: more\n"));
    }
}
