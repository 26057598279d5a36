//! Splits and merges: several blocks on one side, one on the other, in a single text for both.
//!
//! The several blocks bear the mark of their side and hold their words in an element marked `fmt`: for
//! the other side their boundary is then not there, and no word is marked.

use super::{Marks, Page, Pane, anchor};
use crate::diff::Joined;
use crate::markdown::{Attrs, Ix};
use crate::words::{Phrase, phrase};

impl Page<'_> {
    /// One block that became several.
    pub(super) fn split(&mut self, old: Ix, parts: &[Joined]) {
        if self.pane == Pane::Old {
            return self.joined(old, parts, Pane::Old);
        }
        let first = parts.first().map(|part| part.block);
        self.framed("change split", anchor(Some(old), first), |page| {
            page.label(phrase("label-split").with("count", parts.len()));
            parts.iter().for_each(|part| page.part(Pane::New, old, part.block, part));
        });
    }

    /// Several blocks that became one.
    pub(super) fn merge(&mut self, parts: &[Joined], new: Ix) {
        if self.pane == Pane::New {
            return self.joined(new, parts, Pane::New);
        }
        self.framed("change merge", anchor(None, Some(new)), |page| {
            page.label(phrase("label-merged").with("count", parts.len()));
            // The number is that of the one block, which has no element of its own in a text for both.
            let write =
                |page: &mut Self| parts.iter().for_each(|part| page.bare_part(Pane::Old, part.block, new, part));
            match page.pane {
                Pane::Both => page.decorated(Pane::New, new, write),
                _ => parts.iter().for_each(|part| page.part(Pane::Old, part.block, new, part)),
            }
        });
    }

    fn label(&mut self, label: Phrase) {
        if self.merged() {
            let words = self.words_for(label);
            self.writer.raw(&format!("<p class=\"change-label\" data-diff-chrome>{words}</p>\n"));
        }
    }

    /// One of the several blocks, with what the page puts around it.
    fn part(&mut self, several: Pane, old: Ix, new: Ix, part: &Joined) {
        self.decorated(several, part.block, |page| page.bare_part(several, old, new, part));
    }

    fn bare_part(&mut self, several: Pane, old: Ix, new: Ix, part: &Joined) {
        let both = self.pane == Pane::Both && self.marks == Marks::Shown;
        let attrs = if both { self.diff_attrs(several) } else { Attrs::default() };
        self.leaf(several, part.block, attrs, |page| {
            page.writer.raw(if both { "<span data-diff=\"fmt\">" } else { "" });
            page.words(old, new, &part.pieces);
            page.writer.raw(if both { "</span>" } else { "" });
        });
    }

    /// The one block, where its side is shown alone.
    fn joined(&mut self, one: Ix, parts: &[Joined], pane: Pane) {
        let pieces = parts.iter().flat_map(|part| &part.pieces);
        self.decorated(pane, one, |page| {
            page.leaf(pane, one, Attrs::default(), |page| page.joined_words(pane, one, pieces));
        });
    }
}
