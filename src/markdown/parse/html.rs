//! Raw HTML among the events: cleaned and paired, left out but for its words, or kept as it stands.

use super::{Builder, Dialect};
use crate::diag;
use crate::markdown::body::{BlockKind, Inline, Remark, Wrap};
use crate::markdown::raw::{self, tags::tags};
use std::ops::Range;

impl Builder {
    pub(super) fn inline_html(&mut self, html: &str, span: Range<usize>) {
        if self.dialect == Dialect::CommonMark {
            return self.inline(Inline::Html(html.to_owned()), span);
        }
        if html.starts_with("<!--") {
            self.body.asides.push(span.clone());
        }
        if self.dialect == Dialect::PaperWithoutHtml {
            return self.drop_inline(html, span);
        }
        self.leaf(&span);
        let Some(ix) = self.open.last().copied() else { return };
        let inlines = &mut self.body.blocks[ix].inlines;
        let before = inlines.len();
        let remark = self.tags.take(html, inlines);
        let added = inlines.get(before).and_then(target_of);
        if let Some((target, image)) = added {
            self.refer(&target, &span, image);
        }
        if let Some((message, hint)) = remark {
            self.remark(span, message, Some(hint));
        }
    }

    /// A tag inside a paragraph is left out; a line break is still white space between words.
    fn drop_inline(&mut self, html: &str, span: Range<usize>) {
        let Some(tag) = tags(html).next() else { return };
        if tag.name == "br" {
            self.inline(Inline::SoftBreak, span.clone());
        }
        self.left_out(html, span);
    }

    /// Remarks on the first element of raw HTML that was left out, if there is one.
    fn left_out(&mut self, html: &str, span: Range<usize>) {
        if let Some(tag) = tags(html).find(|tag| !tag.end) {
            let message = format!("`<{}>` was left out: `site.toml` drops raw HTML", tag.name);
            let hint = "write it in Markdown, or set `raw_html = \"clean\"` in `site.toml`".to_owned();
            self.remark(span, message, Some(hint));
        }
    }

    /// A raw HTML block that becomes a paragraph of its words. Without words it goes as it is closed.
    fn drop_block(&mut self, ix: usize, html: &str) -> BlockKind {
        self.left_out(html, self.body.blocks[ix].span.clone());
        let words = raw::words(html);
        self.body.blocks[ix].inlines.extend((!words.is_empty()).then_some(Inline::Text(words)));
        BlockKind::Paragraph
    }

    /// Whether a paragraph held nothing but raw HTML that was left out.
    pub(super) fn is_emptied(&self, ix: usize) -> bool {
        let is_blank = |inline: &Inline| match inline {
            Inline::Text(text) => text.trim().is_empty(),
            inline => *inline == Inline::SoftBreak,
        };
        let block = &self.body.blocks[ix];
        self.dialect == Dialect::PaperWithoutHtml
            && block.kind == BlockKind::Paragraph
            && block.id.is_none()
            && block.inlines.iter().all(is_blank)
    }

    /// A raw HTML block reduced to what may stay.
    fn clean_block(&mut self, ix: usize, html: &str) -> BlockKind {
        let (clean, remarks) = raw::clean_block(html);
        let span = self.body.blocks[ix].span.clone();
        for (message, hint) in remarks {
            self.remark(span.clone(), message, Some(hint));
        }
        for (target, image) in raw::targets(&clean) {
            self.refer(&target, &span, image);
        }
        BlockKind::Html(clean)
    }

    /// Elements of raw HTML that the leaf leaves open are closed with it.
    pub(super) fn end_tags(&mut self) {
        let Some(ix) = self.open.last().copied() else { return };
        for tag in self.tags.close_all(&mut self.body.blocks[ix].inlines) {
            let span = self.body.blocks[ix].span.clone();
            self.remark(
                span,
                format!("`<{tag}>` is not closed"),
                Some(format!("write `</{tag}>` in the same paragraph")),
            );
        }
    }

    pub(super) fn open_wrap(&mut self, wrap: Wrap, span: Range<usize>) {
        self.leaf(&span);
        if self.tags.enter(&wrap) {
            self.inline(Inline::Open(wrap), span);
        }
    }

    pub(super) fn close_wrap(&mut self) {
        if let Some(ix) = self.open.last() {
            self.tags.leave(&mut self.body.blocks[*ix].inlines);
        }
    }

    pub(super) fn end_html(&mut self) {
        let html = self.html.take().unwrap_or_default();
        let Some(ix) = self.open.last().copied() else { return };
        if self.dialect.is_paper() && raw::hides_the_rest(&html) {
            let span = self.body.blocks[ix].span.clone();
            let message = "this comment does not end, and hides everything below it".to_owned();
            let hint = Some("write `-->` where it ends".to_owned());
            self.body.remarks.push(Remark { rule: &diag::OPEN_COMMENT, span, message, hint });
        }
        let kind = match (self.dialect, raw::comment(&html)) {
            (Dialect::CommonMark, _) => BlockKind::Html(html),
            (_, Some(comment)) => BlockKind::Comment(comment.to_owned()),
            (Dialect::Paper, None) => self.clean_block(ix, &html),
            (Dialect::PaperWithoutHtml, None) => self.drop_block(ix, &html),
        };
        self.body.blocks[ix].kind = kind;
        self.close();
    }
}

/// Where an inline leads, or what it shows.
fn target_of(inline: &Inline) -> Option<(String, bool)> {
    match inline {
        Inline::Open(Wrap::Link { href, .. }) => Some((href.clone(), false)),
        Inline::Image(image) => Some((image.src.clone(), true)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;
    use crate::markdown::{Decor, Side, Writer};

    struct Paper;
    impl Decor for Paper {}

    /// What a page shows of a text that is read without raw HTML, and how much was told to be left out.
    #[track_caller]
    fn check(text: &str, expected: &str, told: usize) {
        let body = parse(text, Dialect::PaperWithoutHtml);
        assert_eq!(Writer::body(Side { body: &body, decor: &Paper }), expected);
        let remarks: Vec<_> = body.remarks.iter().map(|remark| (remark.rule.name, remark.hint.is_some())).collect();
        assert_eq!(remarks, vec![("raw-html", true); told], "{:?}", body.remarks);
    }

    #[test]
    fn words_of_a_block_stay_without_its_tags() {
        check("<div>\none <b>t</b>wo &lt;b&gt;\n</div>\n", "<p>one two &lt;b&gt;</p>\n", 1);
        check("<ul><li>one</li><li>two<br>three</li></ul>\n", "<p>one two three</p>\n", 1);
        check("- a\n\n  <p title=\"x\">b</p>\n", "<ul>\n<li>\n<p>a</p>\n<p>b</p>\n</li>\n</ul>\n", 1);
    }

    #[test]
    fn a_block_without_words_leaves_nothing() {
        check("a\n\n<hr>\n\nb\n", "<p>a</p>\n<p>b</p>\n", 1);
        check("a\n\n<script>x()</script>\n\n<img src=\"x.png\" alt=\"X\">\n", "<p>a</p>\n", 2);
        check("a\n\n<b></b> <i>\n</i>\n", "<p>a</p>\n", 2);
        assert_eq!(parse("<img src=\"x.png\">\n", Dialect::PaperWithoutHtml).references, []);
    }

    #[test]
    fn tags_in_a_paragraph_go_and_its_words_stay() {
        check("H<sub>2</sub>O and <b onclick=\"x\">*bold*\n", "<p>H2O and <em>bold</em></p>\n", 2);
        check(
            "one<br>two <img src=\"a.png\">![a <b>b](c.png)\n",
            "<p>one\ntwo <img src=\"c.png\" alt=\"a b\" /></p>\n",
            2,
        );
    }

    #[test]
    fn comments_and_markdown_are_read_as_ever() {
        check(
            "a {#x}\n\n<!-- page 2 -->\n\n**b** <!-- c --> <https://example.org>\n",
            "<p id=\"x\">a</p>\n<p><strong>b</strong>  <a href=\"https://example.org\">https://example.org</a></p>\n",
            0,
        );
    }
}
