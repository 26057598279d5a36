//! Reasons that stand in a text: `<!-- why (F1, F3): hubs now follow the footprints of the ICSs -->`.
//!
//! In: a body. Out: each reason with the blocks at the top that it covers. Behind a block, or inside it, it is that
//! block's; behind a heading its section's, before anything else the whole text's. The nearest holds: what has a
//! reason of its own is not covered by that of its section, nor a section by that of the one around it.

use super::body::{BlockKind, Body, Ix};
use super::comments::WHY;
use std::collections::BTreeMap;
use std::ops::Range;

/// What a comment gives as a reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Why {
    /// The ids of the feedback that led to the change: `F1`, `F3`.
    pub because: Vec<String>,
    /// The words.
    pub words: String,
}

impl Why {
    /// Reads a comment; none where it gives no reason.
    pub fn read(comment: &str) -> Option<Why> {
        let (head, words) = comment.trim().split_once(':')?;
        let (word, ids) = head.split_once('(').unwrap_or((head, ""));
        if !word.trim().eq_ignore_ascii_case(WHY.word) {
            return None;
        }
        let ids = ids.trim().trim_end_matches(')').split(',').map(str::trim);
        let because = ids.filter(|id| !id.is_empty()).map(str::to_owned).collect();
        Some(Why { because, words: words.split_whitespace().collect::<Vec<_>>().join(" ") })
    }

    /// Whether it says that nothing was said anew: `why: editorial`.
    pub fn is_editorial(&self) -> bool {
        is_editorial(&self.words)
    }
}

/// Whether a reason says that nothing was said anew.
pub fn is_editorial(words: &str) -> bool {
    words.trim_end_matches('.').eq_ignore_ascii_case("editorial")
}

/// How much of a text a reason is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// A block at the top.
    Block(Ix),
    /// The section of a heading.
    Section(Ix),
    /// All of the text.
    Text,
}

/// A reason in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// What it says.
    pub why: Why,
    /// The comment.
    pub comment: Ix,
    /// What it is for.
    pub span: Span,
    /// The blocks at the top that it covers, the heading of a section among them.
    pub covers: Vec<Ix>,
}

/// The reasons of a stretch of a body that is one text, in their order.
pub fn reasons(body: &Body, text: Range<Ix>) -> Vec<Reason> {
    // A note may be referred to from any section.
    let is_note = |ix: &Ix| body.blocks.get(*ix).is_some_and(|block| matches!(block.kind, BlockKind::Note(_)));
    let reason = |(why, comment, before): (Why, Ix, Option<Ix>)| {
        let (span, covers) = match before {
            None => (Span::Text, body.siblings(text.clone()).map(|(ix, _)| ix).collect()),
            Some(ix) if body.level(ix).is_some() => {
                let section = body.section(ix, text.end).into_iter().filter(|ix| !is_note(ix));
                (Span::Section(ix), std::iter::once(ix).chain(section).collect())
            }
            Some(ix) => (Span::Block(ix), vec![ix]),
        };
        Reason { why, comment, span, covers }
    };
    nearest(given(body, text.clone()).into_iter().map(reason).collect())
}

/// The comments of a text that give reasons, each with the block at the top that it stands behind or in.
fn given(body: &Body, text: Range<Ix>) -> Vec<(Why, Ix, Option<Ix>)> {
    let mut given = Vec::new();
    let mut before = None;
    for (ix, block) in body.siblings(text) {
        if let BlockKind::Comment(words) = &block.kind {
            given.extend(Why::read(words).map(|why| (why, ix, before)));
            continue;
        }
        before = Some(ix);
        let inside = body.subtree(ix).iter().enumerate().filter_map(|(at, block)| match &block.kind {
            BlockKind::Comment(words) => Some((Why::read(words)?, ix + at, before)),
            _ => None,
        });
        given.extend(inside);
    }
    given
}

/// Leaves each block to the nearest of the reasons that cover it: those that cover the least.
fn nearest(mut reasons: Vec<Reason>) -> Vec<Reason> {
    let mut least: BTreeMap<Ix, usize> = BTreeMap::new();
    for reason in &reasons {
        for ix in &reason.covers {
            let known = least.entry(*ix).or_insert(usize::MAX);
            *known = reason.extent().min(*known);
        }
    }
    for reason in &mut reasons {
        let own = reason.extent();
        reason.covers.retain(|ix| least.get(ix) == Some(&own));
    }
    reasons
}

impl Reason {
    /// How much it covers; a block is less than a section of one heading.
    fn extent(&self) -> usize {
        match self.span {
            Span::Block(_) => 0,
            Span::Section(_) => self.covers.len(),
            Span::Text => usize::MAX,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::{Dialect, parse};

    /// Each reason with the words of the blocks that it covers.
    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)]) {
        let body = parse(text, Dialect::Paper);
        let found = reasons(&body, 0..body.blocks.len());
        let shown = found.iter().map(|reason| {
            let covered = reason.covers.iter().filter(|ix| !body.blocks[**ix].is_invisible());
            (reason.why.words.clone(), covered.map(|ix| body.words(*ix)).collect::<Vec<_>>().join(", "))
        });
        let shown: Vec<_> = shown.collect();
        let shown: Vec<_> = shown.iter().map(|(why, covered)| (why.as_str(), covered.as_str())).collect();
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn a_comment_names_feedback_and_gives_a_reason() {
        let read = |comment| Why::read(comment).map(|why| (why.because.join("+"), why.words));
        assert_eq!(read(" why (F1, F3): too\n far "), Some(("F1+F3".into(), "too far".into())));
        assert_eq!(read("Why: too far: it is"), Some((String::new(), "too far: it is".into())));
        assert_eq!(read("whyever: x"), None);
        assert_eq!(read("why x"), None);
        assert!(Why::read("why (F1): Editorial.").is_some_and(|why| why.is_editorial()));
    }

    #[test]
    fn a_reason_is_that_of_the_block_before_it() {
        check("a\n\n<!-- why: x -->\n\nb\n", &[("x", "a")]);
        check("a\n\n<!-- why: x -->\n\n<!-- why (F2): y -->\n\nb\n", &[("x", "a"), ("y", "a")]);
        check("a\n\n<!-- a remark -->\n\n<!-- why: x -->\n\nb\n", &[("x", "a")]);
        check("- a\n\n  <!-- why: x -->\n\n- b\n\nc\n", &[("x", "a b")]);
    }

    #[test]
    fn behind_a_heading_it_is_that_of_the_section_but_for_what_has_its_own() {
        check("## A\n\n<!-- why: x -->\n\na\n\nb\n\n<!-- why: y -->\n\n## B\n\nc\n", &[("x", "A, a"), ("y", "b")]);
        check(
            "## A\n\n<!-- why: x -->\n\na\n\n### C\n\n<!-- why: y -->\n\nb\n\n## B\n\nc\n",
            &[("x", "A, a"), ("y", "C, b")],
        );
        check("## A\n\n<!-- why: x -->\n\n### C\n\nb\n", &[("x", "A, C, b")]);
    }

    #[test]
    fn before_anything_else_it_is_that_of_the_text() {
        check("<!-- why: x -->\n\na\n\n## B\n\n<!-- why: y -->\n\nb\n", &[("x", "a"), ("y", "B, b")]);
    }
}
