//! Blocks → HTML. One writer for every page: plain text, comparisons, rounds.
//!
//! A [`Decor`] supplies what depends on the page. With [`Bare`] the bytes are those of pulldown-cmark's
//! own writer; with any other decor figures have captions, alerts a title, tables a box to scroll in,
//! and notes stand together at the end. Whoever renders a comparison opens and closes blocks here, so
//! that its markup is as well formed as a plain page's.

use super::body::{Align, Block, BlockKind, Body, Image, Inline, Ix, Wrap};
use pulldown_cmark_escape::{escape_href, escape_html, escape_html_body_text};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Attributes of an element, in the order in which they are written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attrs(pub Vec<(&'static str, String)>);

impl Attrs {
    /// Adds an attribute.
    pub fn set(&mut self, name: &'static str, value: impl Into<String>) {
        self.0.push((name, value.into()));
    }

    /// The same with one more.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.set(name, value);
        self
    }
}

/// What depends on the page that a body is shown on.
pub trait Decor {
    /// Whether the HTML is to be that of pulldown-cmark's own writer.
    fn bare(&self) -> bool {
        false
    }

    /// The id of a block's element.
    fn id(&self, _ix: Ix, block: &Block) -> Option<String> {
        block.id.clone()
    }

    /// What the ids of notes and references begin with.
    fn prefix(&self) -> &str {
        ""
    }

    /// The id of the element of a note.
    fn note_id(&self, name: &str) -> String {
        format!("{}note.{}", self.prefix(), token(name))
    }

    /// Where a reference to a note leads.
    fn note_href(&self, name: &str) -> String {
        format!("#{}", self.note_id(name))
    }

    /// Markup before a block at the top.
    fn before(&self, _ix: Ix, _block: &Block, _out: &mut String) {}

    /// Markup after a block at the top.
    fn after(&self, _ix: Ix, _block: &Block, _out: &mut String) {}

    /// What stands for a comment at the top: nothing, most often.
    fn comment(&self, _words: &str) -> String {
        String::new()
    }

    /// Where a link leads on this page.
    fn href<'a>(&self, href: &'a str) -> Cow<'a, str> {
        Cow::Borrowed(href)
    }

    /// Where an image lies, seen from this page.
    fn src<'a>(&self, src: &'a str) -> Cow<'a, str> {
        Cow::Borrowed(src)
    }

    /// The level that a heading has on this page.
    fn level(&self, level: u8) -> u8 {
        level
    }
}

/// No decor: the HTML of pulldown-cmark's own writer.
pub struct Bare;

impl Decor for Bare {
    fn bare(&self) -> bool {
        true
    }

    fn id(&self, _ix: Ix, block: &Block) -> Option<String> {
        match block.kind {
            BlockKind::Heading { explicit: false, .. } => None,
            _ => block.id.clone(),
        }
    }
}

/// A body and how it is shown.
#[derive(Clone, Copy)]
pub struct Side<'a> {
    /// The text.
    pub body: &'a Body,
    /// What the page supplies.
    pub decor: &'a dyn Decor,
}

/// Writes HTML.
#[derive(Default)]
pub struct Writer {
    out: String,
    /// The end tags of the wraps that are open.
    wraps: Vec<&'static str>,
    /// Whether the row that is open is a header.
    header: bool,
    /// The ids of the references to each note so far, by the id of the note.
    references: BTreeMap<String, Vec<String>>,
}

impl Writer {
    /// The whole of a body: its blocks, then its notes.
    pub fn body(side: Side) -> String {
        let mut writer = Writer::default();
        for (ix, _) in side.body.roots() {
            writer.root(side, ix);
        }
        writer.notes(side);
        writer.finish()
    }

    /// What was written.
    pub fn finish(self) -> String {
        self.out
    }

    /// What was written so far, for a decor to add to.
    pub fn out(&mut self) -> &mut String {
        &mut self.out
    }

    /// Writes markup as it is.
    pub fn raw(&mut self, markup: &str) {
        self.out.push_str(markup);
    }

    /// A block at the top, with what the page puts around it. Notes stand at the end instead.
    pub fn root(&mut self, side: Side, ix: Ix) {
        let Some(block) = side.body.blocks.get(ix) else { return };
        if let (BlockKind::Comment(words), false) = (&block.kind, side.decor.bare()) {
            self.out.push_str(&side.decor.comment(words));
            return;
        }
        if !side.decor.bare() && (matches!(block.kind, BlockKind::Note(_)) || block.is_invisible()) {
            return;
        }
        side.decor.before(ix, block, &mut self.out);
        self.block(side, ix, Attrs::default());
        side.decor.after(ix, block, &mut self.out);
    }

    /// A block with all that is inside it.
    pub fn block(&mut self, side: Side, ix: Ix, attrs: Attrs) {
        let Some(block) = side.body.blocks.get(ix) else { return };
        self.open(side, ix, attrs);
        self.inlines(side, &block.inlines);
        let aligns = match &block.kind {
            BlockKind::Table(aligns) => aligns.as_slice(),
            _ => &[],
        };
        for (child, _) in side.body.children(ix) {
            if aligns.is_empty() { self.block(side, child, Attrs::default()) } else { self.row(side, child, aligns) }
        }
        self.close(side, ix);
    }

    /// A row with its cells.
    fn row(&mut self, side: Side, ix: Ix, aligns: &[Align]) {
        self.open(side, ix, Attrs::default());
        for (column, (cell, block)) in side.body.children(ix).enumerate() {
            self.open_cell(side, aligns.get(column).copied(), block_id(side, cell));
            self.inlines(side, &block.inlines);
            self.close_cell();
        }
        self.close(side, ix);
    }

    /// Opens a block. Cells are opened by [`Writer::open_cell`].
    pub fn open(&mut self, side: Side, ix: Ix, mut attrs: Attrs) {
        let Some(block) = side.body.blocks.get(ix) else { return };
        if let Some(id) = side.decor.id(ix, block) {
            attrs.0.insert(0, ("id", id));
        }
        match &block.kind {
            BlockKind::Plain => {}
            BlockKind::Paragraph => self.line_tag("p", &attrs, ""),
            BlockKind::Heading { level, attrs: own, .. } => self.heading(side.decor.level(*level), &attrs, own),
            BlockKind::Figure if side.decor.bare() => self.line_tag("p", &attrs, ""),
            BlockKind::Figure => self.line_tag("figure", &attrs, ""),
            BlockKind::Quote(alert) => self.quote(side, *alert, &attrs),
            BlockKind::List(start) => self.list(*start, &attrs),
            BlockKind::Item => self.item(side, ix, &attrs),
            BlockKind::Table(_) => self.table(side, &attrs),
            BlockKind::Row { header } => self.open_row(*header, &attrs),
            BlockKind::Cell => self.open_cell(side, None, attrs),
            BlockKind::Definitions => self.line_tag("dl", &attrs, "\n"),
            BlockKind::Term => self.line_tag("dt", &attrs, ""),
            BlockKind::Definition => self.line_tag("dd", &attrs, ""),
            BlockKind::Code { info, text } => self.code(info.as_deref(), text, &attrs),
            BlockKind::Note(name) => self.open_note(side, name, &attrs),
            BlockKind::Html(html) if side.decor.bare() => self.out.push_str(html),
            BlockKind::Html(html) => {
                let target = |target: &str, image: bool| match image {
                    true => side.decor.src(target).into_owned(),
                    false => side.decor.href(target).into_owned(),
                };
                self.out.push_str(&super::raw::retarget(html, target));
            }
            BlockKind::Comment(words) if side.decor.bare() => {
                let _ = write!(self.out, "<!--{words}-->\n");
            }
            BlockKind::Comment(_) => {}
            BlockKind::Rule => self.line_tag("hr", &attrs, " /"),
        }
    }

    /// Closes a block.
    pub fn close(&mut self, side: Side, ix: Ix) {
        let Some(block) = side.body.blocks.get(ix) else { return };
        let end = match &block.kind {
            BlockKind::Plain
            | BlockKind::Html(_)
            | BlockKind::Comment(_)
            | BlockKind::Rule
            | BlockKind::Code { .. } => "",
            BlockKind::Paragraph => "</p>\n",
            BlockKind::Heading { level, .. } => {
                let _ = writeln!(self.out, "</h{}>", side.decor.level(*level));
                ""
            }
            BlockKind::Figure if side.decor.bare() => "</p>\n",
            BlockKind::Figure => {
                self.caption(block);
                "</figure>\n"
            }
            BlockKind::Quote(_) => "</blockquote>\n",
            BlockKind::List(None) => "</ul>\n",
            BlockKind::List(Some(_)) => "</ol>\n",
            BlockKind::Item => "</li>\n",
            BlockKind::Table(_) if side.decor.bare() => "</tbody></table>\n",
            BlockKind::Table(_) => "</tbody></table></div>\n",
            BlockKind::Row { header: true } => "</tr></thead><tbody>\n",
            BlockKind::Row { header: false } => "</tr>\n",
            BlockKind::Cell => return self.close_cell(),
            BlockKind::Definitions => "</dl>\n",
            BlockKind::Term => "</dt>\n",
            BlockKind::Definition => "</dd>\n",
            BlockKind::Note(_) if side.decor.bare() => "</div>\n",
            BlockKind::Note(name) => return self.close_note(side, name),
        };
        self.out.push_str(end);
    }

    /// Opens a cell of the row that is open.
    pub fn open_cell(&mut self, side: Side, align: Option<Align>, mut attrs: Attrs) {
        let value = match align {
            Some(Align::Left) => "left",
            Some(Align::Center) => "center",
            Some(Align::Right) => "right",
            Some(Align::None) | None => "",
        };
        if !value.is_empty() && side.decor.bare() {
            attrs.set("style", format!("text-align: {value}"));
        } else if !value.is_empty() {
            attrs.set("class", value);
        }
        self.tag(if self.header { "th" } else { "td" }, &attrs, "");
    }

    /// Closes a cell.
    pub fn close_cell(&mut self) {
        self.out.push_str(if self.header { "</th>" } else { "</td>" });
    }

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

    /// The notes of a body that has a decor, together.
    pub fn notes(&mut self, side: Side) {
        let notes = || side.body.notes.iter().filter_map(|name| side.body.note(name));
        if side.decor.bare() || notes().next().is_none() {
            return;
        }
        self.open_notes();
        notes().for_each(|ix| self.block(side, ix, Attrs::default()));
        self.close_notes();
    }

    /// Opens the part that holds the notes.
    pub fn open_notes(&mut self) {
        self.out.push_str("<section class=\"footnotes\" aria-label=\"Notes\" role=\"doc-endnotes\">\n<ol>\n");
    }

    /// Closes it.
    pub fn close_notes(&mut self) {
        self.out.push_str("</ol>\n</section>\n");
    }

    /// A start tag on a line of its own; `end` follows its name and attributes.
    fn line_tag(&mut self, name: &str, attrs: &Attrs, end: &str) {
        self.new_line();
        match end {
            " /" => {
                self.tag(name, attrs, " /");
                self.out.push('\n');
            }
            end => {
                self.tag(name, attrs, "");
                self.out.push_str(end);
            }
        }
    }

    /// A start tag.
    pub fn tag(&mut self, name: &str, attrs: &Attrs, slash: &str) {
        let _ = write!(self.out, "<{name}");
        for (name, value) in &attrs.0 {
            let _ = write!(self.out, " {name}=\"");
            let _ = escape_html(&mut self.out, value);
            self.out.push('"');
        }
        self.out.push_str(slash);
        self.out.push('>');
    }

    fn new_line(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
    }

    fn heading(&mut self, level: u8, attrs: &Attrs, own: &[(String, Option<String>)]) {
        self.new_line();
        self.tag(&format!("h{level}"), attrs, "");
        self.out.pop();
        for (name, value) in own {
            let _ = write!(self.out, " {}=\"", escape(name));
            let _ = escape_html(&mut self.out, value.as_deref().unwrap_or(""));
            self.out.push('"');
        }
        self.out.push('>');
    }

    fn quote(&mut self, side: Side, alert: Option<super::Alert>, attrs: &Attrs) {
        let class = alert.map(|alert| match side.decor.bare() {
            true => format!("markdown-alert-{}", alert.word()),
            false => format!("alert alert-{}", alert.word()),
        });
        let attrs = class.map_or_else(|| attrs.clone(), |class| attrs.clone().with("class", class));
        self.line_tag("blockquote", &attrs, "\n");
        if let Some(alert) = alert.filter(|_| !side.decor.bare()) {
            let _ = writeln!(self.out, "<p class=\"alert-title\" data-diff-chrome>{}</p>", capitalised(alert.word()));
        }
    }

    fn list(&mut self, start: Option<u64>, attrs: &Attrs) {
        match start {
            None => self.line_tag("ul", attrs, "\n"),
            Some(1) => self.line_tag("ol", attrs, "\n"),
            Some(start) => {
                let mut attrs = attrs.clone();
                attrs.0.insert(0, ("start", start.to_string()));
                self.line_tag("ol", &attrs, "\n");
            }
        }
    }

    fn item(&mut self, side: Side, ix: Ix, attrs: &Attrs) {
        let first = side.body.blocks.get(ix + 1).and_then(|leaf| leaf.inlines.first());
        let task = !side.decor.bare() && matches!(first, Some(Inline::Task(_)));
        let attrs = if task { attrs.clone().with("class", "task") } else { attrs.clone() };
        self.line_tag("li", &attrs, "");
    }

    fn table(&mut self, side: Side, attrs: &Attrs) {
        if side.decor.bare() {
            return self.tag("table", attrs, "");
        }
        self.new_line();
        self.out.push_str("<div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"Table\">");
        self.tag("table", attrs, "");
    }

    fn open_row(&mut self, header: bool, attrs: &Attrs) {
        self.header = header;
        if header {
            self.out.push_str("<thead>");
        }
        self.tag("tr", attrs, "");
    }

    fn code(&mut self, info: Option<&str>, text: &str, attrs: &Attrs) {
        self.open_code(info, attrs);
        self.text(text);
        self.close_code();
    }

    /// Opens a block of code.
    pub fn open_code(&mut self, info: Option<&str>, attrs: &Attrs) {
        self.new_line();
        self.tag("pre", attrs, "");
        match info.and_then(|info| info.split(' ').next()).filter(|language| !language.is_empty()) {
            Some(language) => {
                let _ = write!(self.out, "<code class=\"language-{}\">", escape(language));
            }
            None => self.out.push_str("<code>"),
        }
    }

    /// Closes a block of code.
    pub fn close_code(&mut self) {
        self.out.push_str("</code></pre>\n");
    }

    fn caption(&mut self, block: &Block) {
        let Some(Inline::Image(image)) = block.inlines.first() else { return };
        if !image.title.is_empty() {
            self.out.push_str("<figcaption>");
            self.text(&image.title);
            self.out.push_str("</figcaption>");
        }
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
            (true, _) => "",
            (false, true) => " aria-label=\"Done\"",
            (false, false) => " aria-label=\"To do\"",
        };
        let checked = if done { " checked=\"\"" } else { "" };
        let _ = writeln!(self.out, "<input disabled=\"\" type=\"checkbox\"{checked}{label}/>");
    }

    fn note_ref(&mut self, side: Side, name: &str) {
        let number = side.body.note_number(name).unwrap_or_default();
        if side.decor.bare() {
            let name = escape(name);
            let _ = write!(self.out, "<sup class=\"footnote-reference\"><a href=\"#{name}\">{number}</a></sup>");
            return;
        }
        let note = side.decor.note_id(name);
        let references = self.references.entry(note.clone()).or_default();
        let start = format!("{}ref.{}.", side.decor.prefix(), token(name));
        let count = references.iter().filter(|id| id.starts_with(&start)).count() + 1;
        let reference = format!("{start}{count}");
        references.push(reference.clone());
        let href = escape(&side.decor.note_href(name));
        let _ = write!(
            self.out,
            "<sup class=\"note-ref\" data-diff-chrome><a href=\"{href}\" id=\"{reference}\" role=\"doc-noteref\">{number}</a></sup>"
        );
    }

    fn open_note(&mut self, side: Side, name: &str, attrs: &Attrs) {
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
    fn close_note(&mut self, side: Side, name: &str) {
        let references = self.references.get(&side.decor.note_id(name));
        for reference in references.into_iter().flatten() {
            let _ = write!(
                self.out,
                "<a class=\"note-back\" href=\"#{reference}\" data-diff-chrome aria-label=\"Back to the text\">↩</a>"
            );
        }
        self.out.push_str("</li>\n");
    }
}

fn block_id(side: Side, ix: Ix) -> Attrs {
    let id = side.body.blocks.get(ix).and_then(|block| side.decor.id(ix, block));
    Attrs(id.map(|id| ("id", id)).into_iter().collect())
}

/// A note's name as part of an id: no white space.
pub fn token(name: &str) -> String {
    escape(name).split_whitespace().collect::<Vec<_>>().join("-")
}

/// A text escaped for HTML, quotation marks included.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let _ = escape_html(&mut escaped, text);
    escaped
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::{Dialect, parse};
    use pulldown_cmark::{Options, Parser, html};

    /// Our bare HTML must be pulldown-cmark's, to the byte.
    fn same_as_pulldown(text: &str) {
        let mut expected = String::new();
        html::push_html(&mut expected, Parser::new_ext(text, Options::empty()));
        let body = parse(text, Dialect::CommonMark);
        assert_eq!(Writer::body(Side { body: &body, decor: &Bare }), expected, "{text:?}");
    }

    #[test]
    fn bare_html_is_that_of_pulldown_cmark() {
        for text in [
            "# A *b* `c`\n\npara\nsoft  \nhard\n\n> quote\n> - item\n>   - nested\n>\n>   loose\n\n1. one\n2. two\n\n7) seven\n",
            "- a\n\n  b\n- \n- c\n\n```rust ignore\nlet <x>;\n```\n\n    indented\n\n***\n<div>\nraw\n</div>\n\nA <b>raw</b> tag\n",
            "[link](/url \"title\") ![*alt* `x`](src) <me@example.org> <https://example.org/?a&b>\n",
            "<!-- comment -->\ntext &amp; &copy; \\* \"quotes\"\n",
            "-\n\n  a\n\n- - b\n",
        ] {
            same_as_pulldown(text);
        }
    }

    fn decorated(text: &str) -> String {
        struct Paper;
        impl Decor for Paper {}
        Writer::body(Side { body: &parse(text, Dialect::Paper), decor: &Paper })
    }

    #[test]
    fn figures_have_captions() {
        assert_eq!(
            decorated("![A map](map.svg \"Where\")\n"),
            "<figure><img src=\"map.svg\" alt=\"A map\" title=\"Where\" /><figcaption>Where</figcaption></figure>\n"
        );
    }

    #[test]
    fn notes_stand_at_the_end_with_a_way_back() {
        let html = decorated("a[^x] b[^x]\n\n[^x]: note\n\nc\n");
        assert!(html.contains("<p>c</p>\n<section class=\"footnotes\""), "{html}");
        assert!(html.contains("href=\"#note.x\" id=\"ref.x.2\""), "{html}");
        assert!(html.contains("<a class=\"note-back\" href=\"#ref.x.2\""), "{html}");
    }

    #[test]
    fn struck_text_is_never_a_change() {
        assert_eq!(decorated("~~old~~ <del>x</del>\n"), "<p><s>old</s> <s>x</s></p>\n");
    }

    #[test]
    fn alerts_have_a_title_and_tasks_a_label() {
        assert!(decorated("> [!NOTE]\n> a\n").contains("<p class=\"alert-title\" data-diff-chrome>Note</p>\n<p>a</p>"));
        assert!(decorated("- [x] a\n").starts_with(
            "<ul>\n<li class=\"task\"><input disabled=\"\" type=\"checkbox\" checked=\"\" aria-label=\"Done\"/>"
        ));
    }
}
