//! The content of a leaf: words, wraps, images.

use super::{Attrs, Side, Writer, escape};
use crate::markdown::body::{Image, Inline, Wrap};
use pulldown_cmark_escape::{escape_href, escape_html, escape_html_body_text};
use std::fmt::Write as _;

impl Writer {
    /// The content of a leaf.
    pub fn inlines(&mut self, side: Side, inlines: &[Inline]) {
        inlines.iter().for_each(|inline| self.inline(side, inline));
    }

    /// One piece of the content of a leaf.
    pub fn inline(&mut self, side: Side, inline: &Inline) {
        match inline {
            Inline::Text(text) => self.text(text),
            Inline::Code(code) => {
                self.out.push_str("<code>");
                self.text(code);
                self.out.push_str("</code>");
            }
            Inline::Html(html) => self.out.push_str(html),
            Inline::SoftBreak => self.out.push('\n'),
            Inline::HardBreak => self.out.push_str("<br />\n"),
            Inline::NoteRef(name) => self.note_ref(side, name),
            Inline::Task(done) => self.task(side, *done),
            Inline::Image(image) => self.image(side, image),
            Inline::Open(wrap) => self.open_wrap(side, wrap),
            Inline::Close => {
                if let Some(tag) = self.wraps.pop() {
                    let _ = write!(self.out, "</{tag}>");
                }
            }
        }
    }

    /// Words, escaped.
    pub fn text(&mut self, text: &str) {
        let _ = escape_html_body_text(&mut self.out, text);
    }

    fn image(&mut self, side: Side, image: &Image) {
        self.out.push_str("<img src=\"");
        let _ = escape_href(&mut self.out, &side.decor.src(&image.src));
        self.out.push_str("\" alt=\"");
        let _ = escape_html(&mut self.out, &image.alt);
        if !image.title.is_empty() {
            self.out.push_str("\" title=\"");
            let _ = escape_html(&mut self.out, &image.title);
        }
        self.out.push_str("\" />");
    }

    fn open_wrap(&mut self, side: Side, wrap: &Wrap) {
        let tag = match wrap {
            Wrap::Emphasis => "em",
            Wrap::Strong => "strong",
            Wrap::Strike => "s",
            Wrap::Link { .. } => "a",
            Wrap::Html { tag, .. } => tag,
        };
        self.wraps.push(tag);
        match wrap {
            Wrap::Link { href, title } => {
                self.out.push_str("<a href=\"");
                let _ = escape_href(&mut self.out, &side.decor.href(href));
                if !title.is_empty() {
                    self.out.push_str("\" title=\"");
                    let _ = escape_html(&mut self.out, title);
                }
                self.out.push_str("\">");
            }
            Wrap::Html { tag, attrs } => self.tag(tag, &Attrs(attrs.clone()), ""),
            _ => {
                let _ = write!(self.out, "<{tag}>");
            }
        }
    }

    fn task(&mut self, side: Side, done: bool) {
        let label = match (side.decor.bare(), done) {
            (true, _) => String::new(),
            (false, done) => {
                let label = side.decor.words().say(if done { "task-done" } else { "task-open" });
                format!(" aria-label=\"{}\"", escape(&label))
            }
        };
        let checked = if done { " checked=\"\"" } else { "" };
        let _ = writeln!(self.out, "<input disabled=\"\" type=\"checkbox\"{checked}{label}/>");
    }
}
