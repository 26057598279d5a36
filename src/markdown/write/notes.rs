//! Footnotes: where they are referred to, and the notes themselves, together at the end.

use super::{Attrs, Side, Writer, escape};
use crate::words::Words;
use std::fmt::Write as _;

impl Writer {
    /// The notes of a body that has a decor, together.
    pub fn notes(&mut self, side: Side) {
        let notes = || side.body.notes.iter().filter_map(|name| side.body.note(name));
        if side.decor.bare() || notes().next().is_none() {
            return;
        }
        self.open_notes(side.decor.words());
        notes().for_each(|ix| self.block(side, ix, Attrs::default()));
        self.close_notes();
    }

    /// Opens the part that holds the notes.
    pub fn open_notes(&mut self, words: &Words) {
        let label = escape(&words.say("notes"));
        let _ = writeln!(self.out, "<section class=\"footnotes\" aria-label=\"{label}\" role=\"doc-endnotes\">\n<ol>");
    }

    /// Closes it.
    pub fn close_notes(&mut self) {
        self.out.push_str("</ol>\n</section>\n");
    }

    pub(super) fn note_ref(&mut self, side: Side, name: &str) {
        let number = side.decor.note_number(side.body, name);
        if side.decor.bare() {
            let name = escape(name);
            let _ = write!(self.out, "<sup class=\"footnote-reference\"><a href=\"#{name}\">{number}</a></sup>");
            return;
        }
        let note = side.decor.note_id(name);
        let references = self.references.entry(note).or_default();
        let start = format!("{}ref.{}.", side.decor.prefix(), side.decor.note_name(name));
        let count = self.counts.entry(start.clone()).or_default();
        *count += 1;
        references.push(format!("{start}{count}"));
        let href = escape(&side.decor.note_href(name));
        // Where notes are on another page nothing leads back to here.
        let id = escape(&format!("{start}{count}"));
        let id = if href.starts_with('#') { format!(" id=\"{id}\"") } else { String::new() };
        let _ = write!(
            self.out,
            "<sup class=\"note-ref\" data-diff-chrome><a href=\"{href}\"{id} role=\"doc-noteref\">{number}</a></sup>"
        );
    }

    pub(super) fn open_note(&mut self, side: Side, name: &str, attrs: &Attrs) {
        if side.decor.bare() {
            let number = side.body.note_number(name).unwrap_or_default();
            let attrs = attrs.clone().with("class", "footnote-definition").with("id", name);
            self.line_tag("div", &attrs, "");
            let _ = write!(self.out, "<sup class=\"footnote-definition-label\">{number}</sup>");
            return;
        }
        let mut attrs = attrs.clone();
        attrs.0.retain(|(name, _)| *name != "id");
        attrs.0.insert(0, ("id", side.decor.note_id(name)));
        self.line_tag("li", &attrs, "");
    }

    /// A note ends with the ways back to where it is referred to.
    pub(super) fn close_note(&mut self, side: Side, name: &str) {
        let references = self.references.get(&side.decor.note_id(name));
        let label = escape(&side.decor.words().say("note-back"));
        for reference in references.into_iter().flatten().map(|id| escape(id)) {
            let _ = write!(
                self.out,
                "<a class=\"note-back\" href=\"#{reference}\" data-diff-chrome aria-label=\"{label}\">↩</a>"
            );
        }
        self.out.push_str("</li>\n");
    }
}
