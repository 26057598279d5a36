//! A text without its comments: what of a source is put before readers.
//!
//! In: the Markdown below the front matter. Out: the same with line feeds for line ends, one blank line between two blocks
//! at the top, and without the comments that no page shows, so that one may be added, changed or taken away later and the
//! result stays the same to the byte. Page breaks stay, since they are cited. A comment without which the blocks around it
//! would run together leaves a blank line or, where that does not part them, `<!-- -->`. What comes out always reads as
//! what went in does: a text that cannot be brought into this form stays as it is.

use super::body::{BlockKind, Body};
use super::comments::page;
use super::parse::{Dialect, parse};
use super::write::{Decor, Side, Writer};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// What stands for a comment that parts two blocks where a blank line does not.
const PARTING: &str = "<!-- -->";

/// By where a comment begins that parts two blocks, what it leaves on its line.
type Parting = BTreeMap<usize, &'static str>;

/// The text without comments. It ends with one line feed, or is empty.
pub fn without_comments(text: &str, dialect: Dialect) -> String {
    let text = text.replace("\r\n", "\n");
    let body = parse(&text, dialect);
    let shown = shown(&body);
    let comments = comments(&body, &text);
    let same = |text: &String| reads(text, dialect) == shown;
    let bare = cut(&text, &comments, &Parting::new());
    let bare = Some(bare).filter(same).or_else(|| {
        let parting = parting(&body, &text, &comments, dialect);
        Some(cut(&text, &comments, &parting)).filter(same)
    });
    let bare = bare.unwrap_or_else(|| trimmed(&text));
    Some(spaced(&bare, dialect)).filter(same).unwrap_or(bare)
}

/// Of the comments those that part the blocks around them: of several between the same two blocks the last one.
fn parting(body: &Body, text: &str, comments: &[Range<usize>], dialect: Dialect) -> Parting {
    let blocks = blocks(body, |kind| !matches!(kind, BlockKind::Comment(_)));
    let mut parting = Parting::new();
    let mut rest = comments;
    while let Some(first) = rest.first() {
        let window = around(&blocks, first);
        let count = rest.iter().take_while(|own| around(&blocks, own) == window).count();
        let (own, others) = rest.split_at(count);
        rest = others;
        let start = window.start.min(first.start);
        let end = own.last().map_or(window.end, |last| window.end.max(last.end));
        let Some(part) = text.get(start..end) else { continue };
        let own: Vec<_> = own.iter().map(|own| own.start - start..own.end - start).collect();
        parting.extend(parting_in(part, &own, dialect).into_iter().map(|(at, mark)| (at + start, mark)));
    }
    parting
}

/// The stretch from the beginning of the block before a comment, or of the one that it stands in, to the end of the next.
fn around(blocks: &[Range<usize>], comment: &Range<usize>) -> Range<usize> {
    let behind = blocks.partition_point(|block| block.start <= comment.start);
    let start = behind.checked_sub(1).and_then(|at| blocks.get(at)).map_or(0, |block| block.start);
    start..blocks.get(behind).or(blocks.last()).map_or(start, |block| block.end)
}

fn parting_in(text: &str, comments: &[Range<usize>], dialect: Dialect) -> Parting {
    let shown = reads(text, dialect);
    let same = |parting: &Parting| reads(&cut(text, comments, parting), dialect) == shown;
    if same(&Parting::new()) {
        return Parting::new();
    }
    let mut parting: Parting = comments.iter().map(|comment| (comment.start, PARTING)).collect();
    for comment in comments {
        parting.remove(&comment.start);
        if !same(&parting) {
            parting.insert(comment.start, PARTING);
        }
    }
    let starts: BTreeSet<usize> = parting.keys().copied().collect();
    for start in starts {
        parting.insert(start, "");
        if !same(&parting) {
            parting.insert(start, PARTING);
        }
    }
    parting
}

/// The places of the blocks at the top of some kinds, in the order of the text.
fn blocks(body: &Body, is_meant: impl Fn(&BlockKind) -> bool) -> Vec<Range<usize>> {
    let mut blocks: Vec<_> =
        body.roots().filter(|(_, block)| is_meant(&block.kind)).map(|(_, block)| block.span.clone()).collect();
    blocks.sort_by_key(|block| block.start);
    blocks
}

/// The text with one blank line between two blocks at the top, and around what stands between them.
fn spaced(text: &str, dialect: Dialect) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for block in blocks(&parse(text, dialect), |_| true) {
        let start = text.get(..block.start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
        let Some((between, own)) = text.get(from..start).zip(text.get(start..block.end)) else {
            return text.to_owned();
        };
        lines_of(between).for_each(|lines| add(&mut out, lines));
        add(&mut out, own);
        from = block.end;
    }
    lines_of(text.get(from..).unwrap_or("")).for_each(|lines| add(&mut out, lines));
    out
}

/// Lines that stand together.
fn lines_of(text: &str) -> impl Iterator<Item = &str> {
    text.split("\n\n").filter(|lines| !lines.trim().is_empty())
}

fn add(out: &mut String, lines: &str) {
    if !out.is_empty() {
        out.push('\n');
    }
    out.push_str(lines.trim_start_matches('\n').trim_end());
    out.push('\n');
}

/// The places of the comments that are left out, in order.
fn comments(body: &Body, text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<_> = body.asides.clone();
    for block in &body.blocks {
        match &block.kind {
            BlockKind::Comment(words) if page(words).is_some() => {}
            BlockKind::Comment(_) | BlockKind::Html(_) => found.extend(within(text, block.span.clone())),
            _ => {}
        }
    }
    found.sort_by_key(|range| range.start);
    found.dedup();
    found
}

/// The comments in a piece of HTML.
fn within(text: &str, span: Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = span.start;
    while let Some(start) = text.get(from..span.end).and_then(|rest| rest.find("<!--")).map(|at| from + at) {
        let end = text.get(start + 4..span.end).and_then(|rest| rest.find("-->")).map(|at| start + at + 7);
        let Some(end) = end else { break };
        found.push(start..end);
        from = end;
    }
    found
}

/// The text without these comments; those that begin where `parting` says leave a mark.
fn cut(text: &str, comments: &[Range<usize>], parting: &Parting) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for comment in comments {
        out.push_str(text.get(from..comment.start).unwrap_or(""));
        from = from.max(comment.end);
        if let Some(mark) = parting.get(&comment.start) {
            out.push_str(mark);
            continue;
        }
        let rest = text.get(from..).unwrap_or("");
        let line = out.rfind('\n').map_or(0, |at| at + 1);
        if is_blank(&out[line..]) && is_blank(first_line(rest)) {
            out.truncate(line);
            from += first_line(rest).len();
            let next = first_line(text.get(from..).unwrap_or(""));
            from += if is_blank(next) && ends_blank(&out) { next.len() } else { 0 };
        } else if out.ends_with(' ') && (rest.is_empty() || rest.starts_with([' ', '\n'])) {
            out.pop();
        }
    }
    out.push_str(text.get(from..).unwrap_or(""));
    trimmed(&out)
}

/// Without blank lines before and behind.
fn trimmed(text: &str) -> String {
    let start = text.len() - text.trim_start().len();
    let start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let text = text[start..].trim_end();
    if text.is_empty() { String::new() } else { format!("{text}\n") }
}

/// A line with its end.
fn first_line(text: &str) -> &str {
    text.split_inclusive('\n').next().unwrap_or("")
}

/// Whether there is nothing on a line; within a quotation, nothing but its mark.
fn is_blank(line: &str) -> bool {
    line.trim_matches([' ', '\t', '>', '\n']).is_empty()
}

/// Whether the last line is blank, or there is none.
fn ends_blank(text: &str) -> bool {
    text.is_empty()
        || text.trim_end_matches('\n').len() + 2 <= text.len()
        || is_blank(text.lines().next_back().unwrap_or(""))
}

/// What readers see of a text, on any page.
struct Plain;

impl Decor for Plain {}

fn reads(text: &str, dialect: Dialect) -> String {
    shown(&parse(text, dialect))
}

fn shown(body: &Body) -> String {
    let html = Writer::body(Side { body, decor: &Plain });
    // A space that is left at the end of a line is seen by nobody.
    html.split_whitespace().collect::<Vec<_>>().join(" ").replace(" <", "<").replace("> ", ">")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(without_comments(text, Dialect::Paper), expected, "{text:?}");
    }

    #[test]
    fn comments_leave_nothing_behind() {
        check("a\r\n\r\nb", "a\n\nb\n");
        check("a\n\n<!-- why: x -->\n\nb\n", "a\n\nb\n");
        check("a\n<!-- why: x -->\n\nb\n", "a\n\nb\n");
        check("a\n\n<!-- why: x -->\n<!-- for: y -->\n\n\nb\n", "a\n\nb\n");
        check("<!-- why:\nall -->\n\n    code\n", "    code\n");
        check("## A\n<!-- for: x -->\nb <!-- c --> d <!-- e -->\nf<!-- g -->\n\n<!-- h -->\n", "## A\n\nb d\nf\n");
        check("a. <!-- for: x -->\n\n- b <!-- y -->\n", "a.\n\n- b\n");
        check("- a\n\n  <!-- why: x -->\n\n- b\n", "- a\n\n- b\n");
        check("> a\n>\n> <!-- x -->\n>\n> b\n", "> a\n>\n> b\n");
        check("<div>a<!-- x --></div>\n", "<div>a</div>\n");
    }

    #[test]
    fn blank_lines_between_blocks_say_nothing() {
        check(
            "# A\nb\n- c\n\n\n\n- d\n \n\n```\n\n\ne\n```\nf\n",
            "# A\n\nb\n\n- c\n\n\n\n- d\n\n```\n\n\ne\n```\n\nf\n",
        );
        check("a [x]\n\n\n[x]: b\n[y]: c\n\n\nd\n", "a [x]\n\n[x]: b\n[y]: c\n\nd\n");
        check("B.\n\nT\n: d\n\n\nU\n: e\n\n\nC.\n\n\nD.\n", "B.\n\nT\n: d\n\n\nU\n: e\n\nC.\n\nD.\n");
        check("- a\n\n{#t}\n\n\nx\n", "- a\n\n{#t}\n\nx\n");
        check("a\n\n\n    code\n\n\n    more\n", "a\n\n    code\n\n\n    more\n");
    }

    #[test]
    fn what_only_looks_like_a_comment_stays() {
        for text in [
            "<div><!-->four<!-- --></div>\n",
            "<div><!-- a --!>four<!-- --></div>\n",
            "<div title=\"a<!--\">x</div><p title=\"-->\">four</p>\n",
            "<div title=\"<!-- four -->\">x</div>\n",
        ] {
            let other = text.replace("four", "five");
            let sealed = |text: &str| without_comments(text, Dialect::Paper);
            assert_eq!(reads(&sealed(text), Dialect::Paper), reads(text, Dialect::Paper));
            if reads(text, Dialect::Paper) != reads(&other, Dialect::Paper) {
                assert_ne!(sealed(text), sealed(&other), "{text}");
            }
        }
    }

    #[test]
    fn what_is_seen_or_cited_stays() {
        check("a\n\n<!-- page 2 -->\n\nb\n", "a\n\n<!-- page 2 -->\n\nb\n");
        check("```\n<!-- a -->\n```\n\n`<!-- b -->`\n", "```\n<!-- a -->\n```\n\n`<!-- b -->`\n");
    }

    #[test]
    fn a_comment_that_parts_two_blocks_leaves_a_mark() {
        check("- a\n\n<!-- why: x -->\n\n- b\n", "- a\n\n<!-- -->\n\n- b\n");
        check("- a\n\n<!-- why: x -->\n\n<!-- for: y -->\n\n- b\n", "- a\n\n<!-- -->\n\n- b\n");
        check("a\n<!-- x -->\nb\n\n<!-- y -->\n\nc\n", "a\n\nb\n\nc\n");
    }
}
