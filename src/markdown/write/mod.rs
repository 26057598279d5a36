//! Blocks → HTML. One writer for every page: plain text, comparisons, rounds.
//!
//! A [`Decor`] supplies what depends on the page. With [`Bare`] the bytes are those of pulldown-cmark's
//! own writer; with any other decor figures have captions, alerts a title, tables a box to scroll in,
//! and notes stand together at the end. Whoever renders a comparison opens and closes blocks here, so
//! that its markup is as well formed as a plain page's.

mod decor;
mod inlines;
mod marks;
mod notes;

pub use decor::{Attrs, Bare, Decor, Side};
pub use marks::{Mark, Spot};

use super::body::{Align, Block, BlockKind, Inline, Ix};
use crate::words::phrase;
use pulldown_cmark_escape::escape_html;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Writes HTML.
#[derive(Default)]
pub struct Writer {
    out: String,
    /// The end tags of the wraps that are open.
    wraps: Vec<&'static str>,
    /// Whether the row that is open is a header.
    header: bool,
    /// The element of the cell that is open.
    cell: &'static str,
    /// The ids of the references to each note so far, by the id of the note.
    references: BTreeMap<String, Vec<String>>,
    /// How many references each of their ids was begun with.
    counts: BTreeMap<String, usize>,
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
            self.out.push_str(&side.decor.comment(ix, words));
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
        self.content(side, ix, &block.inlines);
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
            let empty = block.inlines.is_empty();
            self.open_cell(side, aligns.get(column).copied(), block_id(side, cell), empty);
            self.content(side, cell, &block.inlines);
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
            BlockKind::Table(_) => self.table(side, ix, &attrs),
            BlockKind::Row { header } => self.open_row(*header, &attrs),
            BlockKind::Cell => self.open_cell(side, None, attrs, false),
            BlockKind::Definitions => self.line_tag("dl", &attrs, "\n"),
            BlockKind::Term => self.line_tag("dt", &attrs, ""),
            BlockKind::Definition => self.line_tag("dd", &attrs, ""),
            BlockKind::Code { info, text } => self.code(info.as_deref(), text, &attrs),
            BlockKind::Note(name) => self.open_note(side, name, &attrs),
            BlockKind::Html(html) => {
                self.open_raw_box(side, &attrs);
                self.raw_markup(side, html);
            }
            BlockKind::Comment(words) if side.decor.bare() => {
                let _ = writeln!(self.out, "<!--{words}-->");
            }
            BlockKind::Comment(_) => {}
            BlockKind::Rule => self.line_tag("hr", &attrs, " /"),
        }
    }

    /// Closes a block.
    pub fn close(&mut self, side: Side, ix: Ix) {
        let Some(block) = side.body.blocks.get(ix) else { return };
        let end = match &block.kind {
            BlockKind::Html(_) if !side.decor.bare() => "</div>\n",
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

    /// Opens a cell of the row that is open. An empty cell of a header heads nothing.
    pub fn open_cell(&mut self, side: Side, align: Option<Align>, mut attrs: Attrs, empty: bool) {
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
        self.cell = if self.header && (side.decor.bare() || !empty) { "th" } else { "td" };
        self.tag(self.cell, &attrs, "");
    }

    /// Closes a cell.
    pub fn close_cell(&mut self) {
        let _ = write!(self.out, "</{}>", self.cell);
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

    fn heading(&mut self, level: u8, attrs: &Attrs, own: &[(&'static str, String)]) {
        let attrs = Attrs([attrs.0.as_slice(), own].concat());
        self.line_tag(&format!("h{level}"), &attrs, "");
    }

    fn quote(&mut self, side: Side, alert: Option<super::Alert>, attrs: &Attrs) {
        let class = alert.map(|alert| match side.decor.bare() {
            true => format!("markdown-alert-{}", alert.word()),
            false => format!("alert alert-{}", alert.word()),
        });
        let attrs = class.map_or_else(|| attrs.clone(), |class| attrs.clone().with("class", class));
        self.line_tag("blockquote", &attrs, "\n");
        if let Some(alert) = alert.filter(|_| !side.decor.bare()) {
            let title = side.decor.words().say(phrase(format!("alert-{}", alert.word())));
            let _ = writeln!(self.out, "<p class=\"alert-title\" data-diff-chrome>{}</p>", escape(&title));
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

    fn table(&mut self, side: Side, ix: Ix, attrs: &Attrs) {
        if side.decor.bare() {
            return self.tag("table", attrs, "");
        }
        self.new_line();
        let label = escape(&side.decor.table_label(ix));
        let _ = write!(self.out, "<div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"{label}\">");
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

    /// Opens a raw HTML block without what is in it.
    pub fn open_raw(&mut self, side: Side, ix: Ix, mut attrs: Attrs) {
        let id = side.body.blocks.get(ix).and_then(|block| side.decor.id(ix, block));
        attrs.0.splice(0..0, id.map(|id| ("id", id)));
        self.open_raw_box(side, &attrs);
    }

    /// A box around markup of the author's, so that what stands loose in it is in a block.
    fn open_raw_box(&mut self, side: Side, attrs: &Attrs) {
        if !side.decor.bare() {
            self.line_tag("div", &attrs.clone().with("class", "raw"), "\n");
        }
    }

    /// Markup of the author's, or a tag of it.
    pub fn raw_markup(&mut self, side: Side, html: &str) {
        if side.decor.bare() {
            return self.out.push_str(html);
        }
        let target = |target: &str, image: bool| match image {
            true => side.decor.src(target).into_owned(),
            false => side.decor.href(target).into_owned(),
        };
        self.out.push_str(&super::raw::tags::retarget(html, target));
    }

    fn caption(&mut self, block: &Block) {
        let Some(Inline::Image(image)) = block.inlines.first() else { return };
        if !image.title.is_empty() {
            self.out.push_str("<figcaption>");
            self.text(&image.title);
            self.out.push_str("</figcaption>");
        }
    }
}

fn block_id(side: Side, ix: Ix) -> Attrs {
    let id = side.body.blocks.get(ix).and_then(|block| side.decor.id(ix, block));
    Attrs(id.map(|id| ("id", id)).into_iter().collect())
}

/// A note's name as part of an id: without white space.
pub fn token(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join("~").replace(super::whole::PARTED, ".")
}

/// A text escaped for HTML, quotation marks included.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let _ = escape_html(&mut escaped, text);
    escaped
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
