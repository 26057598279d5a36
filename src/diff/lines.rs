//! Code is compared by line: what equal lines hold is kept, and only between them words are compared.

use super::tokens::Token;
use super::words::{Stretch, kept_words, matches};
use foldhash::{HashMap, HashMapExt as _};
use std::ops::Range;

/// The pairs of tokens of two stretches of code that are kept, by index, ascending.
pub fn kept_by_line(old: &Stretch, new: &Stretch) -> Vec<(usize, usize)> {
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
    let between = |a: Range<usize>, b: Range<usize>, kept: &mut Vec<(usize, usize)>| {
        let (words, others) = (old.tokens().get(a.clone()), new.tokens().get(b.clone()));
        let inside = kept_words(words.unwrap_or(&[]), others.unwrap_or(&[]));
        kept.extend(inside.into_iter().map(|(x, y)| (a.start + x, b.start + y)));
    };
    for (a, b) in same {
        let (was, is) = (before[a].tokens.clone(), after[b].tokens.clone());
        between(i..was.start, j..is.start, &mut kept);
        (i, j) = (was.end, is.end);
        kept.extend(was.zip(is));
    }
    between(i..old.tokens().len(), j..new.tokens().len(), &mut kept);
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
    fn an_equal_line_counts_more_than_more_words_of_other_lines() {
        check("a b c d\ne", "e\na b c d q", "<del>a b c d\n</del>e");
    }

    #[test]
    fn words_are_compared_in_lines_that_changed() {
        check("let a = 1;\nrest", "let a = 2;\nrest", "let a = <del>1</del><ins>2</ins>;\nrest");
    }
}
