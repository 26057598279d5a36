//! `greenpaper diff`: what changed between two files, or two drafts of a document.
//!
//! A file may be any Markdown, front matter included or not; it need not lie in a site. Front matter is
//! compared key by key, apart from the text.

use super::Failure;
use super::site::SiteArgs;
use super::terminal;
use crate::diff::{Judge, KeyChange, compare, front_matter, html, json, list, text};
use crate::disk;
use crate::markdown::{Block, Body, Decor, Dialect, Ix, Side, parse, token};
use crate::paper::{Archive, Lens, body_of, key_changes};
use crate::site::Memo;
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// Compare two files, or two drafts of a document
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  greenpaper diff old.md new.md
  greenpaper diff representation@draft-1 representation@draft-2-option-a --format html")]
pub(super) struct Args {
    #[command(flatten)]
    site: SiteArgs,
    /// The older text: a Markdown file, or DOCUMENT@DRAFT
    #[arg(value_hint = clap::ValueHint::FilePath)]
    old: String,
    /// The newer text
    #[arg(value_hint = clap::ValueHint::FilePath)]
    new: String,
    /// How the comparison is shown
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// The forms of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// One line a change, for a terminal
    Text,
    /// The whole text with its changes marked, as a fragment of a page
    Html,
    /// Every change as an object, for other programs
    Json,
}

/// Carries the command out.
pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let (old, new) = (read(&args.site, &args.old)?, read(&args.site, &args.new)?);
    terminal::print(&shown(args.format, &key_changes(&old.text, &new.text), &old.body, &new.body));
    Ok(())
}

/// What is compared.
struct Read {
    /// The file with its front matter; of a draft in chapters, that of the words above them.
    text: String,
    /// The text with all its chapters.
    body: Arc<Body>,
}

fn shown(format: Format, keys: &[KeyChange], old: &Body, new: &Body) -> String {
    let comparison = compare(old, new);
    let listed = || list(&comparison, old, new, &Judge::default());
    match format {
        Format::Text => text(keys, &listed(), terminal::is_coloured(&std::io::stdout())),
        Format::Html => {
            let kept = comparison.kept_notes(old, new);
            let sides = (Fragment { prefix: "old-", kept }, Fragment { prefix: "", kept: BTreeMap::new() });
            let marked = html(&comparison, Side { body: old, decor: &sides.0 }, Side { body: new, decor: &sides.1 });
            front_matter(keys) + &marked
        }
        Format::Json => json(keys, listed()) + "\n",
    }
}

/// A fragment leaves addresses as they are written; ids of the older side begin with `old-`.
struct Fragment {
    prefix: &'static str,
    /// Notes that the other side shows, with their names there.
    kept: BTreeMap<String, String>,
}

impl Decor for Fragment {
    fn id(&self, _ix: Ix, block: &Block) -> Option<String> {
        block.id.as_ref().map(|id| format!("{}{id}", self.prefix))
    }

    fn prefix(&self) -> &str {
        self.prefix
    }

    fn note_id(&self, name: &str) -> String {
        match self.kept.get(name) {
            Some(newer) => format!("note.{}", token(newer)),
            None => format!("{}note.{}", self.prefix, token(name)),
        }
    }
}

/// A file, or a draft with all its chapters.
fn read(site: &SiteArgs, named: &str) -> Result<Read, Failure> {
    match named.contains('@') && !Path::new(named).exists() {
        true => read_draft(site, named),
        false => {
            let bytes = std::fs::read(named).map_err(|error| Failure::stop(format!("cannot read {named}: {error}")))?;
            let text = String::from_utf8(bytes).map_err(|_| Failure::stop(format!("{named} is not UTF-8")))?;
            Ok(Read { body: Arc::new(parse(body_of(&text), Dialect::Paper)), text })
        }
    }
}

fn read_draft(site: &SiteArgs, named: &str) -> Result<Read, Failure> {
    let tree = disk::Reader::new(&site.folder()?)?.read().map_err(|unread| Failure::from_all(&unread.errors))?;
    let config = super::view::config(&tree);
    let (archive, _) = Archive::read(&tree, &config);
    let site = archive.visible(&Lens { at: Timestamp::MAX, audience: None, unpublished: true });
    let (_, draft) = super::named::draft(&site, named)?;
    let body = Memo::default().whole(draft, true, config.raw_html.into()).body;
    Ok(Read { text: draft.text.source.text.to_string(), body })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(format: Format, expected: &str) {
        let (old, new) = (parse("one two three\n", Dialect::Paper), parse("one 2 three\n", Dialect::Paper));
        let keys = key_changes("---\nnote: one\n---\n", "---\nnote: 1\n---\n");
        let shown = shown(format, &keys, &old, &new);
        assert!(shown.contains(expected), "{shown}");
    }

    #[test]
    fn a_comparison_has_three_forms() {
        check(Format::Text, "~ Paragraph changed: “two” became “2”");
        check(Format::Html, "<p>one <del>two</del><ins>2</ins> three</p>");
        check(Format::Json, "\"name\": \"edited\"");
    }

    #[test]
    fn front_matter_stands_before_the_text_in_each_form() {
        check(Format::Text, "Front matter\n  ~ note: one became 1\n\n  ~ Paragraph");
        check(Format::Html, "<li><code>note</code>: one became 1</li>\n</ul>\n</aside>\n<div class=");
        check(Format::Json, "\"key\": \"note\",\n      \"old\": \"one\",");
    }

    #[test]
    fn a_reference_that_went_leads_to_the_note_that_stayed() {
        let (old, new) = ("a[^x] b[^x]\n\n[^x]: note\n", "a[^x] b\n\n[^x]: note\n");
        let page = shown(Format::Html, &[], &parse(old, Dialect::Paper), &parse(new, Dialect::Paper));
        assert!(page.matches("href=\"#note.x\"").count() == 2 && !page.contains("#old-note"), "{page}");
    }
}
