//! The form of a draft that a seal covers, as a text.
//!
//! It is Markdown. Between two lines of three hyphens stand `document`, `draft`, `title`; `option`, the draft's own title;
//! of a letter `from`, `to`, `date` and `reference`, of an update `by` and `date`; `raw_html`, where the site drops raw
//! HTML; below `functions` who holds what; below `files` every file that the text shows or leads to, with its SHA-256, by
//! path. Then comes the text, without the comments that no page shows
//! ([`without_comments`](crate::markdown::without_comments)). Of a draft in chapters each follows with `chapter`, `number`
//! and `title` between such lines. `lines` says how many lines of text follow, so that no text can pass for a chapter.
//! Texts stand in quotation marks, `\` before `"` and `\`. Lines end with line feeds.

use crate::paper::{Function, quoted, unquoted};
use crate::tree::Digest;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// A draft in the form that is sealed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Form {
    /// The section and the name of the document: `proposals/hubs`.
    pub document: String,
    /// The name of the draft.
    pub draft: String,
    /// What the document is called.
    pub title: String,
    /// What the draft is called, if it has a title of its own.
    pub option: Option<String>,
    /// What else stands above the text, each by its key, in the order of the page.
    pub above: Vec<(String, String)>,
    /// Who holds what.
    pub functions: Vec<Function>,
    /// The files that the text shows or leads to, by their paths below `content/`.
    pub files: BTreeMap<String, Digest>,
    /// The texts: the whole, or the words above the chapters, and then each chapter.
    pub parts: Vec<Part>,
}

/// A text of a draft.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// Of a chapter what it is.
    pub chapter: Option<ChapterHead>,
    /// The Markdown without comments; empty, or with a line feed at its end.
    pub text: String,
}

/// What stands above the text of a chapter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChapterHead {
    /// By what it is known.
    pub name: String,
    /// Its place among the chapters, from 1.
    pub number: u32,
    /// What it is called.
    pub title: String,
}

impl Form {
    /// The text whose SHA-256 is the seal.
    pub fn written(&self) -> String {
        let mut out =
            format!("---\ndocument: {}\ndraft: {}\ntitle: {}\n", self.document, self.draft, quoted(&self.title));
        let mut line = |key: &str, value: &str| _ = writeln!(out, "{key}: {}", quoted(value));
        self.option.iter().for_each(|option| line("option", option));
        self.above.iter().for_each(|(key, value)| line(key, value));
        if !self.functions.is_empty() {
            out.push_str("functions:\n");
        }
        self.functions.iter().for_each(|own| write_function(&mut out, own));
        if !self.files.is_empty() {
            out.push_str("files:\n");
        }
        self.files.iter().for_each(|(path, digest)| _ = writeln!(out, "  {}: {digest}", quoted(path)));
        for part in &self.parts {
            if let Some(chapter) = &part.chapter {
                let ChapterHead { name, number, title } = chapter;
                _ = write!(out, "\n---\nchapter: {name}\nnumber: {number}\ntitle: {}\n", quoted(title));
            }
            if self.parts.len() > 1 {
                _ = writeln!(out, "lines: {}", part.text.lines().count());
            }
            out.push_str(if part.text.is_empty() { "---\n" } else { "---\n\n" });
            out.push_str(&part.text);
        }
        out
    }

    /// Reads what [`Form::written`] wrote; none of anything else.
    pub fn read(text: &str) -> Option<Form> {
        let mut lines = text.lines();
        (lines.next()? == "---").then_some(())?;
        let mut form = Form::default();
        let count = form.read_head(&mut lines)?;
        form.parts.push(Part { chapter: None, text: words(&mut lines, count) });
        while let Some(line) = lines.next() {
            (line.is_empty() && lines.next()? == "---").then_some(())?;
            let (chapter, count) = read_chapter(&mut lines)?;
            form.parts.push(Part { chapter: Some(chapter), text: words(&mut lines, Some(count)) });
        }
        Some(form)
    }

    /// Reads the lines down to the second line of hyphens; what comes out is how many lines of text follow.
    fn read_head<'t>(&mut self, lines: &mut impl Iterator<Item = &'t str>) -> Option<Option<usize>> {
        let mut count = None;
        for line in lines.by_ref().take_while(|line| *line != "---") {
            if let Some(what) = line.strip_prefix("  - what: ") {
                self.functions.push(Function { what: unquoted(what)?, today: None, holder: None });
            } else if let Some(field) = line.strip_prefix("    ") {
                let function = self.functions.last_mut()?;
                match field.split_once(": ")? {
                    ("today", words) => function.today = unquoted(words),
                    (_, words) => function.holder = unquoted(words),
                }
            } else if let Some(file) = line.strip_prefix("  ") {
                let (path, digest) = file.rsplit_once(": ")?;
                self.files.insert(unquoted(path)?, Digest::parse(digest)?);
            } else if let Some((key, value)) = line.split_once(": ") {
                match key {
                    "document" => value.clone_into(&mut self.document),
                    "draft" => value.clone_into(&mut self.draft),
                    "title" => self.title = unquoted(value)?,
                    "option" => self.option = Some(unquoted(value)?),
                    "lines" => count = Some(value.parse().ok()?),
                    _ => self.above.push((key.to_owned(), unquoted(value)?)),
                }
            }
        }
        Some(count)
    }
}

fn write_function(out: &mut String, function: &Function) {
    _ = writeln!(out, "  - what: {}", quoted(&function.what));
    let others = [("today", &function.today), ("holder", &function.holder)];
    let others = others.into_iter().filter_map(|(key, value)| Some((key, value.as_ref()?)));
    others.for_each(|(key, value)| _ = writeln!(out, "    {key}: {}", quoted(value)));
}

/// The lines above a chapter, and how many lines of text follow.
fn read_chapter<'t>(lines: &mut impl Iterator<Item = &'t str>) -> Option<(ChapterHead, usize)> {
    let mut field = |key: &str| lines.next()?.strip_prefix(key)?.strip_prefix(": ").map(str::to_owned);
    let (name, number, title) = (field("chapter")?, field("number")?, field("title")?);
    let count = field("lines")?.parse().ok()?;
    (lines.next()? == "---").then_some(())?;
    Some((ChapterHead { name, number: number.parse().ok()?, title: unquoted(&title)? }, count))
}

/// So many lines behind an empty one; without a number all that are left.
fn words<'t>(lines: &mut impl Iterator<Item = &'t str>, count: Option<usize>) -> String {
    if count == Some(0) || lines.next().is_none() {
        return String::new();
    }
    let mut text = String::new();
    for line in lines.take(count.unwrap_or(usize::MAX)) {
        text.push_str(line);
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn part(chapter: Option<(&str, u32)>, text: &str) -> Part {
        let head =
            |(name, number): (&str, u32)| ChapterHead { name: name.into(), number, title: format!("“{name}\" \\") };
        Part { chapter: chapter.map(head), text: text.into() }
    }

    fn form(parts: Vec<Part>) -> Form {
        let above = vec![("from".to_owned(), "A: \"b\"".to_owned()), ("date".to_owned(), "2021-08-05".to_owned())];
        let functions = vec![Function { what: "W \\".into(), today: Some("T: x".into()), holder: None }];
        let files = [("a: b.svg".to_owned(), Digest::of(b"1"))].into();
        let (document, draft, title) = ("proposals/hubs".into(), "draft-1".into(), "Hubs: \"1\"".into());
        Form { document, draft, title, option: Some("O".into()), above, functions, files, parts }
    }

    #[test]
    fn the_form_is_read_as_it_was_written() {
        let whole = form(vec![part(None, "## A\n\nWords.\n")]);
        let written = whole.written();
        assert!(written.contains("\n  \"a: b.svg\": ") && written.ends_with("---\n\n## A\n\nWords.\n"), "{written}");
        assert_eq!(Form::read(&written), Some(whole));
        let empty = form(vec![part(None, "")]);
        assert_eq!(Form::read(&empty.written()), Some(empty));
        assert_eq!(Form::read("# Words\n"), None);
    }

    /// What could pass for the head of a chapter.
    const LINES: [&str; 8] =
        ["Words.", "", "---", "chapter: two", "number: 2", "title: \"Two\"", "lines: 1", "title: \"Three\""];

    proptest! {
        #[test]
        fn no_text_passes_for_a_chapter(
            texts in prop::collection::vec(prop::collection::vec(0..LINES.len(), 0..9), 1..4),
        ) {
            let text = |lines: &Vec<usize>| {
                lines.iter().map(|at| format!("{}\n", LINES[*at])).collect::<String>()
            };
            let chapter = |at: usize| (at > 0).then_some(("two", at as u32));
            let parts = texts.iter().enumerate().map(|(at, lines)| part(chapter(at), &text(lines))).collect();
            let form = form(parts);
            prop_assert_eq!(Form::read(&form.written()), Some(form));
        }
    }
}
