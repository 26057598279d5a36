//! Block numbers: what a block of one draft is cited by.
//!
//! The blocks at the top level of a section are numbered, beginning anew at each level-2 heading:
//! `p2-4` is the fourth block of the second section, `p0-1` the first before any heading. A text
//! without level-2 headings has `p1`, `p2`, …; in chapter 3 a number begins with `p3-`. Items and
//! rows add `.1`, `.2`. Headings, notes, comments and thematic breaks have no number.

use super::body::{BlockKind, Body, Ix};
use super::whole::Whole;
use std::ops::Range;

/// The level of the headings at which numbers begin anew.
pub const SECTION: u8 = 2;

/// The number of every block of a body, by its index; none where a block has no number.
pub fn numbers(body: &Body, chapter: Option<u32>) -> Vec<Option<String>> {
    let mut numbers = vec![None; body.blocks.len()];
    part(body, 0..body.blocks.len(), (chapter, SECTION), &mut numbers);
    numbers
}

/// The number of every block of a text in parts: each as it is in its own file.
pub fn numbers_of(whole: &Whole) -> Vec<Option<String>> {
    let mut numbers = vec![None; whole.body.blocks.len()];
    for own in &whole.parts {
        let section = SECTION + u8::from(own.lowered);
        part(&whole.body, own.blocks.clone(), (own.number, section), &mut numbers);
    }
    numbers
}

/// Numbers the blocks of a part: `(chapter, level)` are its number and the level at which sections begin.
fn part(body: &Body, blocks: Range<Ix>, (chapter, level): (Option<u32>, u8), numbers: &mut [Option<String>]) {
    let start = chapter.map_or("p".to_owned(), |chapter| format!("p{chapter}-"));
    let is_section = |kind: &BlockKind| matches!(kind, BlockKind::Heading { level: own, .. } if *own == level);
    let roots = || body.siblings(blocks.clone());
    let sections = roots().any(|(_, block)| is_section(&block.kind));
    let (mut section, mut count) = (0, 0);
    for (ix, block) in roots() {
        if is_section(&block.kind) {
            (section, count) = (section + 1, 0);
        } else if is_numbered(&block.kind) && !block.is_invisible() {
            count += 1;
            let number = if sections { format!("{start}{section}-{count}") } else { format!("{start}{count}") };
            inside(body, ix, &number, numbers);
            numbers[ix] = Some(number);
        }
    }
}

/// A number as readers see it: `2.4` for `p2-4`.
pub fn label(number: &str) -> String {
    number.trim_start_matches('p').replace('-', ".")
}

/// Numbers the items and rows below a block, however deep.
fn inside(body: &Body, ix: Ix, number: &str, numbers: &mut [Option<String>]) {
    let mut count = 0;
    let mut below: Vec<Ix> = Vec::new();
    let gather = |ix: Ix, below: &mut Vec<Ix>| below.extend(body.children(ix).map(|(child, _)| child));
    gather(ix, &mut below);
    below.reverse();
    while let Some(child) = below.pop() {
        match body.blocks[child].kind {
            BlockKind::Item | BlockKind::Row { header: false } => {
                count += 1;
                let own = format!("{number}.{count}");
                inside(body, child, &own, numbers);
                numbers[child] = Some(own);
            }
            BlockKind::List(_) => {
                let from = below.len();
                gather(child, &mut below);
                below[from..].reverse();
            }
            _ => {}
        }
    }
}

fn is_numbered(kind: &BlockKind) -> bool {
    !matches!(kind, BlockKind::Heading { .. } | BlockKind::Note(_) | BlockKind::Comment(_) | BlockKind::Rule)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::{Dialect, parse};

    fn check(text: &str, chapter: Option<u32>, expected: &[&str]) {
        let body = parse(text, Dialect::Paper);
        let numbers: Vec<_> = numbers(&body, chapter).into_iter().flatten().collect();
        assert_eq!(numbers, expected, "{text}");
    }

    #[test]
    fn sections_begin_anew_at_level_two() {
        check("a\n\n## S\n\nb\n\n### T\n\nc\n\n## U\n\nd\n", None, &["p0-1", "p1-1", "p1-2", "p2-1"]);
    }

    #[test]
    fn a_text_without_headings_counts_through() {
        check("a\n\nb\n\n---\n\n<!-- c -->\n\nd\n", None, &["p1", "p2", "p3"]);
        check("a\n", Some(3), &["p3-1"]);
        check("## S\n\na\n", Some(3), &["p3-1-1"]);
    }

    #[test]
    fn items_and_rows_add_their_own() {
        check("- a\n  - b\n  - c\n- d\n", None, &["p1", "p1.1", "p1.1.1", "p1.1.2", "p1.2"]);
        check("| a |\n|---|\n| 1 |\n| 2 |\n", None, &["p1", "p1.1", "p1.2"]);
    }

    #[test]
    fn labels_are_for_readers() {
        assert_eq!(label("p3-2-4.1"), "3.2.4.1");
    }
}
