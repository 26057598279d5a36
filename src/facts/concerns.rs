//! Whom the blocks of a text concern: `<!-- for: medical, dental -->` behind a heading, for its section, or
//! behind another block, for that block alone.
//!
//! In: a [`Body`]. Out: the groups of every block, and the comments themselves with their places. The nearest
//! comment holds: a section within a section says for itself whom it concerns. Where nothing is said, what
//! the text is part of says it: the chapter, the draft, the document.

use crate::markdown::comments::FOR;
use crate::markdown::whole::Whole;
use crate::markdown::{Block, BlockKind, Body, Children, Ix};
use std::collections::BTreeMap;
use std::ops::Range;

/// Whom the blocks of a body concern.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Concerns {
    groups: BTreeMap<Ix, Vec<String>>,
    /// What is said, in the order of the text.
    pub said: Vec<Said>,
}

/// A comment that says whom something concerns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The groups with their places, in bytes of the body's text.
    pub groups: Vec<(String, Range<usize>)>,
    /// The comment, in bytes of the body's text.
    pub span: Range<usize>,
    /// The heading or the other block before it; none where it stands behind nothing.
    pub of: Option<Ix>,
    /// The words and the id of the heading, where it is one: what is said holds for its section.
    pub heading: Option<(String, String)>,
}

impl Concerns {
    /// Of the text of one file.
    pub fn of(body: &Body) -> Concerns {
        let mut concerns = Concerns::default();
        if !body.blocks.iter().any(|block| matches!(&block.kind, BlockKind::Comment(words) if named(words).is_some())) {
            return concerns;
        }
        concerns.level(body, body.roots(), &[]);
        concerns.said.sort_by_key(|said| said.span.start);
        concerns
    }

    /// Of a draft with all its chapters: what a chapter says ends with it. Places are those in its own file.
    pub fn of_whole(whole: &Whole) -> Concerns {
        let mut concerns = Concerns::default();
        for part in &whole.parts {
            concerns.level(&whole.body, whole.body.siblings(part.blocks.clone()), &[]);
        }
        concerns
    }

    /// The groups that a block says it concerns, its own or those of its section; empty where nothing is said.
    pub fn groups(&self, ix: Ix) -> &[String] {
        self.groups.get(&ix).map_or(&[], Vec::as_slice)
    }

    /// Siblings, with the groups of the block around them.
    fn level(&mut self, body: &Body, siblings: Children, around: &[String]) {
        let siblings: Vec<_> = siblings.collect();
        let mut own = BTreeMap::new();
        let mut before = None;
        for (ix, block) in &siblings {
            let BlockKind::Comment(words) = &block.kind else {
                before = Some(*ix);
                continue;
            };
            let Some(groups) = named(words) else { continue };
            let start = block.span.start + "<!--".len();
            let groups: Vec<_> =
                groups.into_iter().map(|(name, at)| (name.to_owned(), start + at..start + at + name.len())).collect();
            own.extend(before.map(|of| (of, groups.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>())));
            let heading = before.and_then(|of| heading(body.blocks.get(of)?));
            self.said.push(Said { groups, span: block.span.clone(), of: before, heading });
        }
        let mut sections: Vec<(u8, Vec<String>)> = Vec::new();
        for (ix, block) in siblings {
            if let BlockKind::Heading { level, .. } = block.kind {
                sections.retain(|(above, _)| *above < level);
                sections.extend(own.remove(&ix).map(|groups| (level, groups)));
            }
            // A footnote may be referred to from any section.
            let section = sections.last().filter(|_| !matches!(block.kind, BlockKind::Note(_)));
            let section = section.map_or(around, |(_, groups)| groups.as_slice());
            let groups = own.remove(&ix).unwrap_or_else(|| section.to_vec());
            self.level(body, body.children(ix), &groups);
            if !groups.is_empty() {
                self.groups.insert(ix, groups);
            }
        }
    }
}

fn heading(block: &Block) -> Option<(String, String)> {
    matches!(block.kind, BlockKind::Heading { .. }).then(|| (block.words(), block.id.clone().unwrap_or_default()))
}

/// The groups that a comment names, each with its place in it; none where it says something else.
fn named(comment: &str) -> Option<Vec<(&str, usize)>> {
    let (key, names) = comment.split_once(':')?;
    if !key.trim().eq_ignore_ascii_case(FOR.word) {
        return None;
    }
    let mut at = key.len() + 1;
    let mut found = Vec::new();
    for part in names.split(',') {
        let name = part.trim();
        if !name.is_empty() {
            found.push((name, at + part.len() - part.trim_start().len()));
        }
        at += part.len() + 1;
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::{Dialect, parse};
    use std::sync::Arc;

    /// The leaves of a text with their groups.
    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)]) {
        let body = parse(text, Dialect::Paper);
        let concerns = Concerns::of(&body);
        let leaves = body.blocks.iter().enumerate().filter(|(_, block)| block.size == 1 && !block.is_invisible());
        let found: Vec<_> = leaves.map(|(ix, block)| (block.words(), concerns.groups(ix).join(" "))).collect();
        let found: Vec<_> = found.iter().map(|(words, groups)| (words.as_str(), groups.as_str())).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn behind_a_heading_it_is_the_section() {
        check(
            "a\n\n## B\n\n<!-- for: medical, dental -->\n\nb\n\n### C\n\nc\n\n## D\n\nd\n",
            &[
                ("a", ""),
                ("B", "medical dental"),
                ("b", "medical dental"),
                ("C", "medical dental"),
                ("c", "medical dental"),
                ("D", ""),
                ("d", ""),
            ],
        );
        check("## A\n<!-- FOR:dental -->\n# B\n\nb\n", &[("A", "dental"), ("B", ""), ("b", "")]);
        check("## A\n\n<!-- why: x -->\n\n<!-- for: dental -->\n\na\n", &[("A", "dental"), ("a", "dental")]);
    }

    #[test]
    fn behind_another_block_it_is_that_block_alone() {
        check("a\n<!-- for: dental -->\n\nb\n", &[("a", "dental"), ("b", "")]);
        check("- a\n- b\n\n<!-- for: dental -->\n\nc\n", &[("a", "dental"), ("b", "dental"), ("c", "")]);
        check("- a\n\n  <!-- for: dental -->\n\n- b\n", &[("a", "dental"), ("b", "")]);
        check("> ## A\n>\n> <!-- for: dental -->\n>\n> a\n\nb\n", &[("A", "dental"), ("a", "dental"), ("b", "")]);
    }

    #[test]
    fn the_nearest_comment_holds() {
        check(
            "## A\n\n<!-- for: medical -->\n\n### B\n\n<!-- for: dental -->\n\nb\n\n### C\n\nc\n\nd\n\n<!-- for: nhs -->\n",
            &[("A", "medical"), ("B", "dental"), ("b", "dental"), ("C", "medical"), ("c", "medical"), ("d", "nhs")],
        );
    }

    #[test]
    fn other_comments_and_words_in_a_line_say_nothing() {
        check("a\n\n<!-- before: dental -->\n", &[("a", "")]);
        check("a\n\n<!-- page 2 -->\n", &[("a", "")]);
        check("a <!-- for: dental --> b\n", &[("a  b", "")]);
        check(
            "## A\n\n<!-- for: dental -->\n\na[^n]\n\n[^n]: note\n",
            &[("A", "dental"), ("a", "dental"), ("note", "")],
        );
    }

    #[test]
    fn what_is_said_has_its_place() {
        let text = "<!-- for: x -->\n\n## é\n\n<!-- for: medical ,  dental,\nnhs -->\n\n<!-- for: -->\n";
        let said = Concerns::of(&parse(text, Dialect::Paper)).said;
        let places: Vec<_> = said.iter().flat_map(|said| &said.groups).map(|(_, at)| &text[at.clone()]).collect();
        assert_eq!(places, ["x", "medical", "dental", "nhs"]);
        assert_eq!(
            said.iter().map(|said| (said.of, said.groups.len())).collect::<Vec<_>>(),
            [(None, 1), (Some(1), 3), (Some(1), 0)]
        );
        assert_eq!(said[1].heading, Some(("é".to_owned(), "é".to_owned())));
        assert!(text[said[0].span.clone()].starts_with("<!-- for: x"));
    }

    #[test]
    fn what_a_chapter_says_ends_with_it() {
        let body = |text| parse(text, Dialect::Paper);
        let (opening, first) = (body("## O\n\n<!-- for: dental -->\n"), body("a\n\n## A\n\n<!-- for: nhs -->\n"));
        let second = body("b\n");
        let chapter =
            |name, number, body| crate::markdown::whole::Chapter { name, number, title: "T", file: "f.md", body };
        let whole = Whole::in_chapters(&opening, &[chapter("one", 1, &first), chapter("two", 2, &second)]);
        let concerns = Concerns::of_whole(&whole);
        let words = |ix: usize| (whole.body.words(ix), concerns.groups(ix).join(" "));
        let all: Vec<_> = (0..whole.body.blocks.len()).map(words).filter(|(words, _)| !words.is_empty()).collect();
        let all: Vec<_> = all.iter().map(|(words, groups)| (words.as_str(), groups.as_str())).collect();
        assert_eq!(all, [("O", "dental"), ("a", ""), ("A", "nhs"), ("b", "")]);
        assert_eq!(Concerns::of_whole(&Whole::of(Arc::new(body("## O\n\n<!-- for: x -->\n")))).said.len(), 1);
    }
}
