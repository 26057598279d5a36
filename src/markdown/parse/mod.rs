//! Text → [`Body`]: the events of pulldown-cmark become blocks, inlines and remarks.
//!
//! 1. events are gathered into blocks, flat and in pre-order, each with its byte span;
//! 2. raw HTML is cleaned or left out (or kept, for the test against pulldown-cmark's own writer);
//! 3. ids are settled: `{#id}` at the end of a block, slugs of headings, duplicates told apart.
//!
//! Parsing cannot fail; what looks wrong becomes a [`Remark`].

mod closing;
mod dialect;
mod html;
mod kinds;
mod nesting;
mod notes;

use super::body::{Block, BlockKind, Body, Image, Inline, Reference, Remark, Wrap};
use super::{ids, raw};
use crate::diag;
pub use dialect::{Dialect, EXTENSIONS, Extension};
use kinds::{alert, align, code, figure, heading};
use nesting::{DEEPEST, Nesting};
use pulldown_cmark::{CodeBlockKind, CowStr, Event, LinkType, Parser, Tag, TagEnd};
use std::ops::Range;

/// Reads a text.
pub fn parse(text: &str, dialect: Dialect) -> Body {
    let mut builder = Builder { dialect, ..Builder::default() };
    let mut nesting = Nesting::default();
    for (event, span) in Parser::new_ext(text, dialect.options(text)).into_offset_iter() {
        let (kept, too_deep) = nesting.admits(&event);
        if too_deep {
            builder.too_deep(&span);
        }
        if kept {
            builder.event(event, span);
        }
    }
    builder.finish(text)
}

/// An image whose alternative text is being gathered.
struct OpenImage {
    image: Image,
    depth: usize,
}

#[derive(Default)]
struct Builder {
    dialect: Dialect,
    body: Body,
    /// The indices of the blocks that are open, outermost first.
    open: Vec<usize>,
    /// The last block that was closed inside each of them.
    last: Vec<Option<usize>>,
    /// The last block that was closed at the top.
    top: Option<usize>,
    image: Option<OpenImage>,
    /// Raw HTML of the block that is open.
    html: Option<String>,
    /// Elements of raw HTML open in the current leaf.
    tags: raw::OpenTags,
    /// The names of footnotes as they are referred to.
    referred: Vec<String>,
}

impl Builder {
    fn event(&mut self, event: Event, span: Range<usize>) {
        if self.image.is_some() {
            return self.image_event(event, span);
        }
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text, span),
            Event::Code(text) => self.inline(Inline::Code(text.into_string()), span),
            Event::Html(html) => self.html.get_or_insert_default().push_str(&html),
            Event::InlineHtml(html) => self.inline_html(&html, span),
            Event::SoftBreak => self.inline(Inline::SoftBreak, span),
            Event::HardBreak => self.inline(Inline::HardBreak, span),
            Event::TaskListMarker(done) => self.inline(Inline::Task(done), span),
            Event::FootnoteReference(name) => {
                self.referred.push(name.to_string());
                self.inline(Inline::NoteRef(name.into_string()), span);
            }
            Event::Rule => {
                self.open(BlockKind::Rule, span);
                self.close();
            }
            Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text, span),
        }
    }

    fn too_deep(&mut self, span: &Range<usize>) {
        let message = format!("lists and quotations are nested more than {DEEPEST} levels deep here");
        let hint = Some("what lies deeper is shown at this level: give it a section or a list of its own".to_owned());
        self.body.remarks.push(Remark { rule: &diag::NESTING, span: span.clone(), message, hint });
    }

    fn start(&mut self, tag: Tag, span: Range<usize>) {
        match tag {
            Tag::Emphasis => self.open_wrap(Wrap::Emphasis, span),
            Tag::Strong => self.open_wrap(Wrap::Strong, span),
            Tag::Strikethrough => self.open_wrap(Wrap::Strike, span),
            Tag::Superscript => self.open_wrap(raw::plain_wrap("sup"), span),
            Tag::Subscript => self.open_wrap(raw::plain_wrap("sub"), span),
            Tag::Link { link_type, dest_url, title, .. } => {
                let href =
                    if link_type == LinkType::Email { format!("mailto:{dest_url}") } else { dest_url.into_string() };
                self.link(href, title.into_string(), span);
            }
            Tag::Image { dest_url, title, .. } => {
                let src = self.source(dest_url.into_string(), &span);
                let image = Image { src, alt: String::new(), title: title.into_string() };
                self.leaf(&span);
                self.image = Some(OpenImage { image, depth: 0 });
            }
            Tag::HtmlBlock => {
                self.html = Some(String::new());
                self.open(BlockKind::Html(String::new()), span);
            }
            Tag::MetadataBlock(_) => {}
            tag => self.start_block(tag, span),
        }
    }

    fn start_block(&mut self, tag: Tag, span: Range<usize>) {
        let kind = match tag {
            Tag::Heading { level, id, classes, attrs } => {
                let heading = heading(level as u8, id.is_some(), classes, attrs);
                let ix = self.open(heading, span);
                self.body.blocks[ix].id = id.map(CowStr::into_string);
                return;
            }
            Tag::Paragraph => BlockKind::Paragraph,
            Tag::BlockQuote(kind) => BlockKind::Quote(kind.map(alert)),
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => code(Some(info.into_string())),
            Tag::CodeBlock(CodeBlockKind::Indented) => code(None),
            Tag::List(start) => BlockKind::List(start),
            Tag::Item => BlockKind::Item,
            Tag::FootnoteDefinition(name) => BlockKind::Note(name.into_string()),
            Tag::DefinitionList => BlockKind::Definitions,
            Tag::DefinitionListTitle => BlockKind::Term,
            Tag::DefinitionListDefinition => BlockKind::Definition,
            Tag::Table(columns) => BlockKind::Table(columns.into_iter().map(align).collect()),
            Tag::TableHead => BlockKind::Row { header: true },
            Tag::TableRow => BlockKind::Row { header: false },
            _ => BlockKind::Cell,
        };
        self.open(kind, span);
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link => self.close_wrap(),
            TagEnd::Image | TagEnd::MetadataBlock(_) => {}
            TagEnd::HtmlBlock => self.end_html(),
            _ => {
                self.end_plain();
                self.end_tags();
                self.close();
            }
        }
    }

    /// Opens a block below the innermost open one.
    fn open(&mut self, kind: BlockKind, span: Range<usize>) -> usize {
        self.end_plain();
        let ix = self.body.blocks.len();
        self.body.blocks.push(Block { kind, size: 1, id: None, span, inlines: Vec::new() });
        self.open.push(ix);
        self.last.push(None);
        ix
    }

    /// Makes sure that a leaf is open for inlines: inside an item or a definition that is a `Plain`.
    fn leaf(&mut self, span: &Range<usize>) -> Option<&mut Block> {
        let needs_plain = self.open.last().is_none_or(|ix| {
            matches!(
                self.body.blocks[*ix].kind,
                BlockKind::Item | BlockKind::Definition | BlockKind::Note(_) | BlockKind::Quote(_)
            )
        });
        if needs_plain {
            self.open(BlockKind::Plain, span.clone());
        }
        let ix = *self.open.last()?;
        let block = self.body.blocks.get_mut(ix)?;
        if block.kind == BlockKind::Plain {
            block.span.end = block.span.end.max(span.end);
        }
        Some(block)
    }

    /// Closes a `Plain` that is open.
    fn end_plain(&mut self) {
        if self.open.last().is_some_and(|ix| self.body.blocks[*ix].kind == BlockKind::Plain) {
            self.end_tags();
            self.close();
        }
    }

    fn inline(&mut self, inline: Inline, span: Range<usize>) {
        if let Some(block) = self.leaf(&span) {
            block.inlines.push(inline);
        }
    }

    fn text(&mut self, text: &str, span: Range<usize>) {
        // White space before a raw HTML block comes as text.
        if let Some(html) = &mut self.html {
            return html.push_str(text);
        }
        let Some(block) = self.leaf(&span) else { return };
        if let BlockKind::Code { text: code, .. } = &mut block.kind {
            return code.push_str(text);
        }
        match block.inlines.last_mut() {
            Some(Inline::Text(before)) => before.push_str(text),
            _ => block.inlines.push(Inline::Text(text.to_owned())),
        }
    }

    /// Inside an image only words count: they are its alternative text.
    fn image_event(&mut self, event: Event, span: Range<usize>) {
        let Some(open) = &mut self.image else { return };
        match event {
            Event::Start(_) => open.depth += 1,
            Event::End(_) if open.depth > 0 => open.depth -= 1,
            Event::End(_) => {
                if let Some(done) = self.image.take() {
                    self.inline(Inline::Image(Box::new(done.image)), span);
                }
            }
            Event::InlineHtml(_) if self.dialect == Dialect::PaperWithoutHtml => {}
            Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) => open.image.alt.push_str(&text),
            Event::SoftBreak | Event::HardBreak => open.image.alt.push(' '),
            _ => {}
        }
    }

    /// A link; one that would run a script is its words alone.
    fn link(&mut self, href: String, title: String, span: Range<usize>) {
        if self.dialect.is_paper() && !raw::is_safe(&href) {
            self.unsafe_link(&href, &span);
            return self.open_wrap(raw::plain_wrap("span"), span);
        }
        self.refer(&href, &span, false);
        self.open_wrap(Wrap::Link { href, title }, span);
    }

    /// The source of an image; none where it is not one that may be shown.
    fn source(&mut self, src: String, span: &Range<usize>) -> String {
        if self.dialect.is_paper() && !raw::is_safe_source(&src) {
            self.unsafe_link(&src, span);
            return String::new();
        }
        self.refer(&src, span, true);
        src
    }

    fn unsafe_link(&mut self, target: &str, span: &Range<usize>) {
        let message = format!("`{target}` is not an address that a paper may lead to");
        let hint = Some("link to https, http, mailto or tel, or to a file of the site".to_owned());
        self.body.remarks.push(Remark { rule: &diag::UNSAFE_LINK, span: span.clone(), message, hint });
    }

    fn refer(&mut self, target: &str, span: &Range<usize>, image: bool) {
        self.body.references.push(Reference { target: target.to_owned(), span: span.clone(), image });
    }

    fn remark(&mut self, span: Range<usize>, message: String, hint: Option<String>) {
        self.body.remarks.push(Remark { rule: &diag::RAW_HTML, span, message, hint });
    }

    fn finish(mut self, text: &str) -> Body {
        self.end_plain();
        while !self.open.is_empty() {
            self.close();
        }
        self.number_notes();
        self.check_notes(text);
        if self.dialect.is_paper() {
            self.body.blocks.iter_mut().for_each(figure);
            ids::settle(&mut self.body);
        }
        self.body
    }
}

#[cfg(test)]
mod tests {
    use super::super::body::plain;
    use super::*;

    /// The blocks as an outline: kind and words, indented by depth.
    fn outline(text: &str) -> String {
        let body = parse(text, Dialect::Paper);
        let mut lines = String::new();
        fn walk(body: &Body, children: super::super::body::Children, depth: usize, lines: &mut String) {
            for (ix, block) in children {
                let kind = format!("{:?}", block.kind);
                let kind = kind.split([' ', '(', '{']).next().unwrap_or("").to_owned();
                let words = if block.size == 1 { format!(" {}", block.words()) } else { String::new() };
                lines.push_str(&format!("{}{kind}{words}\n", "  ".repeat(depth)));
                walk(body, body.children(ix), depth + 1, lines);
            }
        }
        walk(&body, body.roots(), 0, &mut lines);
        lines
    }

    #[test]
    fn tight_items_hold_plain_words_and_loose_ones_paragraphs() {
        assert_eq!(
            outline("- a\n  - b\n- c\n"),
            "List\n  Item\n    Plain a\n    List\n      Item\n        Plain b\n  Item\n    Plain c\n"
        );
        assert_eq!(outline("- a\n\n- c\n"), "List\n  Item\n    Paragraph a\n  Item\n    Paragraph c\n");
    }

    #[test]
    fn tables_have_rows_and_cells() {
        assert_eq!(
            outline("| a | b |\n|---|---|\n| 1 | 2 |\n"),
            "Table\n  Row\n    Cell a\n    Cell b\n  Row\n    Cell 1\n    Cell 2\n"
        );
    }

    #[test]
    fn a_lone_image_is_a_figure_and_words_beside_it_make_a_paragraph() {
        assert_eq!(outline("![A map](map.svg)\n\nSee ![A map](map.svg)\n"), "Figure A map\nParagraph See A map\n");
    }

    #[test]
    fn a_lone_comment_is_invisible() {
        assert_eq!(outline("a\n\n<!-- page 3 -->\n\nb\n"), "Paragraph a\nComment \nParagraph b\n");
    }

    #[test]
    fn notes_are_numbered_by_first_reference() {
        let body = parse("b[^b] a[^a]\n\n[^a]: one\n\n[^b]: two\n\n[^c]: three\n", Dialect::Paper);
        assert_eq!(body.notes, ["b", "a", "c"]);
    }

    #[test]
    fn every_note_that_is_not_defined_is_remarked() {
        let body = parse("a[^x] b[^y] [^z\n", Dialect::Paper);
        let messages: Vec<_> = body.remarks.iter().map(|remark| remark.message.as_str()).collect();
        assert_eq!(messages, ["the footnote `[^x]` is not defined", "the footnote `[^y]` is not defined"]);
    }

    #[test]
    fn a_link_to_a_script_is_its_words_alone() {
        let body =
            parse("[a](javascript:x()) [b](JaVaScRiPt:x()) [c](<java\tscript:x()>) <b:x> [d](d.md)\n", Dialect::Paper);
        let links: Vec<_> =
            body.blocks[0].inlines.iter().filter(|inline| matches!(inline, Inline::Open(Wrap::Link { .. }))).collect();
        assert_eq!(links.len(), 1, "{links:?}");
    }

    #[test]
    fn what_is_nested_too_deep_is_kept_at_the_limit() {
        let text = format!("{}words\n", "> ".repeat(5_000));
        let body = parse(&text, Dialect::Paper);
        assert!(body.blocks.len() < 100 && body.words(0).ends_with("words") && body.remarks.len() == 1);
        let text: String = (0..300).map(|depth| format!("{}- item {depth}\n", "  ".repeat(depth))).collect();
        let body = parse(&text, Dialect::Paper);
        assert!(body.words(0).contains("item 0") && body.words(0).ends_with("item 299"), "{}", body.words(0));
    }

    #[test]
    fn raw_html_in_a_leaf_is_closed_with_it() {
        let body = parse("a <b>bold *and <i>both* there\n", Dialect::Paper);
        let opens = body.blocks[0].inlines.iter().filter(|inline| matches!(inline, Inline::Open(_))).count();
        let closes = body.blocks[0].inlines.iter().filter(|inline| matches!(inline, Inline::Close)).count();
        assert_eq!((opens, closes, body.remarks.len()), (3, 3, 1));
        assert_eq!(plain(&body.blocks[0].inlines), "a bold and both there");
    }
}
