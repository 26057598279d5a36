//! Raw HTML among the events: cleaned, paired, or kept as it stands.

use super::{Builder, Dialect};
use crate::diag;
use crate::markdown::body::{BlockKind, Inline, Remark, Wrap};
use crate::markdown::raw;
use std::ops::Range;

impl Builder {
    pub(super) fn inline_html(&mut self, html: &str, span: Range<usize>) {
        if self.dialect == Dialect::CommonMark {
            return self.inline(Inline::Html(html.to_owned()), span);
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
        if self.dialect == Dialect::Paper && raw::hides_the_rest(&html) {
            let span = self.body.blocks[ix].span.clone();
            let message = "this comment does not end, and hides everything below it".to_owned();
            let hint = Some("write `-->` where it ends".to_owned());
            self.body.remarks.push(Remark { rule: &diag::OPEN_COMMENT, span, message, hint });
        }
        let kind = match self.dialect {
            Dialect::CommonMark => BlockKind::Html(html),
            Dialect::Paper => match raw::comment(&html) {
                Some(comment) => BlockKind::Comment(comment.to_owned()),
                None => {
                    let (clean, remarks) = raw::clean_block(&html);
                    let span = self.body.blocks[ix].span.clone();
                    for (message, hint) in remarks {
                        self.remark(span.clone(), message, Some(hint));
                    }
                    for (target, image) in raw::targets(&clean) {
                        self.refer(&target, &span, image);
                    }
                    BlockKind::Html(clean)
                }
            },
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
