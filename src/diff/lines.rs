//! Code is compared by line: what equal lines hold is kept, and only between them words are compared.

use super::tokens::Token;
use super::words::{Stretch, matches};
use foldhash::{HashMap, HashMapExt as _};
use std::ops::Range;

/// The pairs of equal tokens of two stretches of code, by index, ascending.
pub fn matches_by_line(old: &Stretch, new: &Stretch) -> Vec<(usize, usize)> {
    let (before, after) = (lines(old), lines(new));
    let mut numbers = HashMap::new();
    let mut number = |lines: &[Line]| -> Vec<u32> {
        let mut own = |line: &Line| {
            let fresh = numbers.len() as u32;
            *numbers.entry(line.ids.clone()).or_insert(fresh)
        };
        lines.iter().map(&mut own).collect()
    };
    let same = matches(&number(&before), &number(&after));
    let mut kept = Vec::new();
    let (mut i, mut j) = (0, 0);
    for (a, b) in same {
        between(&before[i..a], &after[j..b], &mut kept);
        kept.extend(before[a].tokens.clone().zip(after[b].tokens.clone()));
        (i, j) = (a + 1, b + 1);
    }
    between(&before[i..], &after[j..], &mut kept);
    kept
}

/// A line that holds tokens.
struct Line {
    tokens: Range<usize>,
    ids: Vec<u32>,
}

fn lines(stretch: &Stretch) -> Vec<Line> {
    let same_line = |a: &Token, b: &Token| {
        !stretch.leaf.text.get(a.range.end..b.range.start).is_some_and(|between| between.contains('\n'))
    };
    let mut at = 0;
    let lines = stretch.tokens().chunk_by(same_line).map(|line| {
        at += line.len();
        Line { tokens: at - line.len()..at, ids: line.iter().map(|token| token.id).collect() }
    });
    lines.collect()
}

/// The words that lines between two equal ones share.
fn between(old: &[Line], new: &[Line], kept: &mut Vec<(usize, usize)>) {
    let (Some(first_old), Some(first_new)) = (old.first(), new.first()) else { return };
    let ids = |lines: &[Line]| lines.iter().flat_map(|line| line.ids.iter().copied()).collect::<Vec<_>>();
    let (i, j) = (first_old.tokens.start, first_new.tokens.start);
    kept.extend(matches(&ids(old), &ids(new)).into_iter().map(|(a, b)| (i + a, j + b)));
}

#[cfg(test)]
mod tests {
    use crate::diff::{compare, html};
    use crate::markdown::{Decor, Dialect, Side, parse};

    struct Plain;
    impl Decor for Plain {}

    fn check(old: &str, new: &str, expected: &str) {
        let parsed = |code: &str| parse(&format!("```\n{code}\n```\n"), Dialect::Paper);
        let (old, new) = (parsed(old), parsed(new));
        let page = html(&compare(&old, &new), Side { body: &old, decor: &Plain }, Side { body: &new, decor: &Plain });
        assert!(page.contains(expected), "{page}");
    }

    #[test]
    fn lines_that_stay_are_kept_whole() {
        check("a = 1\nb = 1\nc = 1", "a = 1\nc = 1", "a = 1\n<del>b = 1\n</del>c = 1");
        check("x\n}\ny\n}", "x\n}\nz\n}\ny\n}", "x\n}\n<ins>z\n}\n</ins>y\n}");
    }

    #[test]
    fn words_are_compared_in_lines_that_changed() {
        check("let a = 1;\nrest", "let a = 2;\nrest", "let a = <del>1</del><ins>2</ins>;\nrest");
    }
}
