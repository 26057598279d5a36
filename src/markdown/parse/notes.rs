//! Footnotes: their numbers, and references that lead to none.

use super::Builder;
use crate::diag;
use crate::markdown::body::{BlockKind, Inline, Remark};
use std::collections::BTreeSet;

impl Builder {
    /// A reference to a footnote that is not defined is plain text to the parser.
    pub(super) fn check_notes(&mut self, text: &str) {
        for block in self.body.blocks.iter().filter(|_| self.dialect.is_paper()) {
            let texts = block.inlines.iter().filter_map(|inline| match inline {
                Inline::Text(text) => Some(text),
                _ => None,
            });
            let after = texts.flat_map(|text| text.split("[^").skip(1));
            for name in after.filter_map(|rest| Some(rest.split_once(']')?.0)) {
                let message = format!("the footnote `[^{name}]` is not defined");
                let hint = Some(format!("add a line such as: [^{name}]: the words of the note"));
                let reference = format!("[^{name}]");
                let at = text.get(block.span.clone()).and_then(|own| own.find(&reference));
                let span =
                    at.map_or(block.span.clone(), |at| block.span.start + at..block.span.start + at + reference.len());
                self.body.remarks.push(Remark { rule: &diag::MISSING_NOTE, span, message, hint });
            }
        }
    }

    /// Notes are numbered in the order of their first reference.
    pub(super) fn number_notes(&mut self) {
        let mut seen = BTreeSet::new();
        let referred = std::mem::take(&mut self.referred);
        let defined = self.body.blocks.iter().filter_map(|block| match &block.kind {
            BlockKind::Note(name) => Some(name.clone()),
            _ => None,
        });
        let all: Vec<_> = referred.into_iter().chain(defined).collect();
        self.body.notes = all.into_iter().filter(|name| seen.insert(name.clone())).collect();
        self.body.note_places =
            self.body.notes.iter().enumerate().map(|(at, name)| (name.clone(), (at, None))).collect();
        for (ix, block) in self.body.blocks.iter().enumerate().rev() {
            if let BlockKind::Note(name) = &block.kind
                && let Some(place) = self.body.note_places.get_mut(name)
            {
                place.1 = Some(ix);
            }
        }
    }
}
