//! The ids of blocks: what authors wrote as `{#id}`, and slugs for headings without one.
//!
//! Afterwards no two blocks of a body share an id, and none has the form of a block number.

use super::body::{Block, BlockKind, Body, Inline, Remark, plain};
use crate::diag;
use crate::path::slug;
use std::collections::{BTreeMap, BTreeSet};

/// Whether an id has the form of a block number: `p1`, `p2-4`, `p3-2-4.1`.
pub fn is_number(id: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
    id.strip_prefix('p').is_some_and(|rest| rest.split(['-', '.']).all(digits))
}

/// Whether an id could be one that pages use themselves: those of notes and changes hold a dot, those of
/// the theme begin with `at-`, the older side of a comparison with `old-`, pages of a letter with `page-`.
fn is_reserved(id: &str) -> bool {
    id.contains('.') || ["at-", "old-", "page-"].iter().any(|start| id.starts_with(start))
}

/// Takes a `{#id}` off the end of inlines.
pub fn take(inlines: &mut Vec<Inline>) -> Option<String> {
    let Some(Inline::Text(text)) = inlines.last_mut() else { return None };
    let at = text.rfind("{#")?;
    let id = text[at + 2..].strip_suffix('}')?;
    let alone = text[..at].is_empty() || text[..at].ends_with(char::is_whitespace);
    if id.is_empty() || !alone || id.contains(|c: char| c.is_whitespace() || matches!(c, '{' | '}' | '"' | '<' | '#')) {
        return None;
    }
    let id = id.to_owned();
    text.truncate(text[..at].trim_end().len());
    if text.is_empty() {
        inlines.pop();
        if inlines.last() == Some(&Inline::SoftBreak) {
            inlines.pop();
        }
    }
    Some(id)
}

/// Gives every heading its id and tells duplicates apart.
pub fn settle(body: &mut Body) {
    let mut taken = BTreeSet::new();
    for block in &mut body.blocks {
        let Some(id) = block.id.as_deref() else { continue };
        let (rule, message) = if is_number(id) {
            (&diag::RESERVED_ID, format!("the id `{id}` has the form of a block number"))
        } else if is_reserved(id) {
            (&diag::RESERVED_ID, format!("the id `{id}` has the form of one that pages use themselves"))
        } else if !taken.insert(id.to_owned()) {
            (&diag::DUPLICATE_ID, format!("the id `{id}` stands twice in this file"))
        } else {
            continue;
        };
        let hint = Some("choose another id: a word or two that say what the block is about".to_owned());
        body.remarks.push(Remark { rule, span: block.span.clone(), message, hint });
        block.id = None;
    }
    name_headings(&mut body.blocks, taken);
}

/// Slugs by the rule of GitHub: a second `costs` is `costs-1`.
fn name_headings(blocks: &mut [Block], mut taken: BTreeSet<String>) {
    let mut next: BTreeMap<String, usize> = BTreeMap::new();
    for block in blocks.iter_mut().filter(|block| block.id.is_none()) {
        let BlockKind::Heading { .. } = block.kind else { continue };
        let mut base = slug(&plain(&block.inlines));
        if base.is_empty() || is_number(&base) || is_reserved(&base) {
            base = format!("section-{base}").trim_end_matches('-').to_owned();
        }
        let count = next.entry(base.clone()).or_default();
        let mut id = if *count == 0 { base.clone() } else { format!("{base}-{count}") };
        while !taken.insert(id.clone()) {
            *count += 1;
            id = format!("{base}-{count}");
        }
        *count += 1;
        block.id = Some(id);
    }
}

#[cfg(test)]
mod tests {
    use crate::markdown::{Dialect, parse};

    fn ids(text: &str) -> Vec<String> {
        parse(text, Dialect::Paper).blocks.into_iter().filter_map(|block| block.id).collect()
    }

    fn rules(text: &str) -> Vec<&'static str> {
        parse(text, Dialect::Paper).remarks.into_iter().map(|remark| remark.rule.name).collect()
    }

    #[test]
    fn headings_have_slugs_and_duplicates_are_counted() {
        assert_eq!(
            ids("# Costs\n\n## Costs\n\n## Costs\n\n## Costs 1\n"),
            ["costs", "costs-1", "costs-2", "costs-1-1"]
        );
        assert_eq!(ids("## p2\n\n## …\n"), ["section-p2", "section"]);
        assert_eq!(ids("## Costs {#money}\n"), ["money"]);
    }

    #[test]
    fn any_block_can_have_an_id_of_its_own() {
        assert_eq!(ids("Words. {#one}\n"), ["one"]);
        assert_eq!(ids("Words.\n{#one}\n"), ["one"]);
        assert_eq!(ids("- a {#one}\n- b\n"), ["one"]);
        assert_eq!(ids("![A map](map.svg) {#map}\n"), ["map"]);
        assert_eq!(ids("```\ncode\n```\n\n{#listing}\n"), ["listing"]);
        assert_eq!(ids("| a |\n|---|\n| 1 |\n\n{#prices}\n\nafter\n"), ["prices"]);
        assert_eq!(ids("Words{#one}\n\nWords {#one two}\n"), Vec::<String>::new());
    }

    #[test]
    fn ids_that_clash_are_remarked() {
        assert_eq!(rules("a {#x}\n\nb {#x}\n"), ["duplicate-id"]);
        assert_eq!(rules("a {#p2-4}\n"), ["reserved-id"]);
        assert_eq!(rules("a {#x}\n\nb {#y}\n\n## X\n"), Vec::<&str>::new());
    }
}
