//! Which Markdown is read: CommonMark, and what [`EXTENSIONS`] adds to it.
//!
//! The parser is told of these alone, and `MANUAL.md` is written from the same table.

use crate::config::RawHtml;
use pulldown_cmark::Options;

/// What authors may write beside CommonMark.
pub struct Extension {
    /// What it is called: `Footnotes`.
    pub name: &'static str,
    /// How it is written, and what comes of it.
    pub about: &'static str,
    /// A text with it.
    pub example: &'static str,
    /// What pulldown-cmark is told.
    options: Options,
    /// Whether a text can mean it at all.
    is_meant: fn(&str) -> bool,
}

/// Everything beside CommonMark, in the order of the manual.
pub static EXTENSIONS: [Extension; 7] = [
    Extension {
        name: "Tables",
        about: "Cells between bars, and a line of hyphens below the head; colons in it say how a column is set.",
        example: "| Body | Votes |\n|---|---:|\n| Council | 12 |\n",
        options: Options::ENABLE_TABLES,
        is_meant: |_| true,
    },
    Extension {
        name: "Footnotes",
        about: "`[^name]` in the text, and the note anywhere in the file. Notes are numbered in the order in which they \
                are referred to.",
        example: "The hall costs 4 million.[^sum]\n\n[^sum]: In prices of 2021.\n",
        options: Options::ENABLE_FOOTNOTES,
        is_meant: |_| true,
    },
    Extension {
        name: "Task lists",
        about: "`[ ]` or `[x]` at the start of an item.",
        example: "- [x] Ask the market.\n- [ ] Ask the schools.\n",
        options: Options::ENABLE_TASKLISTS,
        is_meant: |_| true,
    },
    Extension {
        name: "Struck-out text",
        about: "Two tildes on either side. It is the author's, and never confused with what a comparison strikes out.",
        example: "The fee is ~~2 %~~ waived.\n",
        options: Options::ENABLE_STRIKETHROUGH,
        is_meant: |_| true,
    },
    Extension {
        name: "Alerts",
        about: "A quotation whose first line is `[!NOTE]`, `[!TIP]`, `[!IMPORTANT]`, `[!WARNING]` or `[!CAUTION]`.",
        example: "> [!NOTE]\n> The hall stays open until the move.\n",
        options: Options::ENABLE_GFM,
        is_meant: |_| true,
    },
    Extension {
        name: "Definition lists",
        about: "A term on a line of its own; below it a colon, a space and what it means.",
        example: "Levy\n: What is paid for each dispensing.\n",
        options: Options::ENABLE_DEFINITION_LIST,
        is_meant: has_definitions,
    },
    Extension {
        name: "Ids",
        about: "`{#name}` at the end of any block: an address that stays when the block moves and its number changes. A \
                heading without one is known by its words.",
        example: "## What it costs {#costs}\n\nThe fee is waived. {#fee}\n",
        options: Options::ENABLE_HEADING_ATTRIBUTES,
        is_meant: |_| true,
    },
];

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
        let meant = EXTENSIONS.iter().filter(|extension| self.is_paper() && (extension.is_meant)(text));
        meant.fold(Options::empty(), |all, extension| all | extension.options)
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
    use pulldown_cmark::Parser;

    #[test]
    fn every_extension_is_what_reads_its_example() {
        for Extension { name, example, options, .. } in &EXTENSIONS {
            let events = |options| format!("{:?}", Parser::new_ext(example, options).collect::<Vec<_>>());
            let all = Dialect::Paper.options(example);
            assert_ne!(events(all), events(all - *options), "{name}");
            assert_eq!(Dialect::CommonMark.options(example), Options::empty());
        }
    }

    #[test]
    fn a_colon_begins_a_definition_where_a_space_follows() {
        assert!(has_definitions("term\n: meaning\n") && has_definitions("> term\n> : meaning\n"));
        assert!(!has_definitions("text\n\n:smile: more\n"));
    }
}
