//! One side of a comparison, taken back out of it: proof that a comparison holds both drafts whole.

use super::Comparison;
use super::write::{Marks, Pane, whole};
use crate::markdown::Side;

/// The HTML of one side, written from the changes without marks. It is, to the byte, what
/// [`crate::markdown::Writer::body`] writes of that side's body.
pub fn plain(comparison: &Comparison, old: Side, new: Side, pane: Pane) -> String {
    whole(comparison, old, new, pane, Marks::Hidden)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diff::{Judge, compare, html, list};
    use crate::markdown::{Body, Decor, Dialect, Writer, parse};

    struct Paper;
    impl Decor for Paper {}

    fn side(body: &Body) -> Side<'_> {
        Side { body, decor: &Paper }
    }

    /// Both sides come back to the byte, in both directions.
    fn check(old: &str, new: &str) {
        let (old, new) = (parse(old, Dialect::Paper), parse(new, Dialect::Paper));
        for (old, new) in [(&old, &new), (&new, &old), (&old, &old)] {
            let comparison = compare(old, new);
            assert_eq!(plain(&comparison, side(old), side(new), Pane::Old), Writer::body(side(old)));
            assert_eq!(plain(&comparison, side(old), side(new), Pane::New), Writer::body(side(new)));
        }
    }

    #[test]
    fn either_side_comes_back_to_the_byte() {
        check("a **b** c\n\n- x\n- y\n  - z\n\n> q\n", "a *b* `c` d\n\n- x\n- w\n- y\n\n> q\n> r\n");
        check("## H\n\none two three [four](a.md \"t\") five\n", "## I\n\none two [three](b.md) four five\n");
        check(
            "| a | b |\n|:--|--|\n| 1 | 2 |\n| 3 | 4 |\n",
            "| a | c | b |\n|--|--|--|\n| 1 | 9 | 2 |\n| 5 | 6 | 4 |\n",
        );
        check("t[^1]\n\n[^1]: note one\n\n[^2]: unused\n", "t[^2] u[^1]\n\n[^1]: note two\n\n[^2]: used\n");
        check(
            "```rust\nlet a = 1;\n  b\n```\n\n![A](a.png \"c\")\n\n<div>raw</div>\n",
            "```\nlet a = 2;\n b\n```\n\n![A](b.png)\n\n<div>row</div>\n",
        );
        check("[](x) *a***b**\n", "[](y) *a***b** c\n");
    }

    #[test]
    fn splits_merges_and_moves_come_back_too() {
        let levy = "Every contractor pays the **same levy. For** each pharmacy of the group.";
        let (first, second) = ("Every contractor pays the same levy.", "For each pharmacy of the group.");
        check(&format!("{levy}\n"), &format!("{first}\n\n{second}\n"));
        let rest =
            "The vote is held in December, one pharmacy one vote.\n\nNine hubs replace the local committees for good.";
        check(&format!("{levy}\n\n{rest}\n"), &format!("{rest}\n\n{}\n", levy.replace("same", "lowest")));
        check("- one item that is quite long indeed\n- b\n- c\n", "- b\n- c\n- one item that is quite long indeed\n");
    }

    /// What a reader is told and shown of a comparison does not change with comments.
    #[track_caller]
    fn silent(old: &str, new: &str) {
        let (old, new) = (parse(old, Dialect::Paper), parse(new, Dialect::Paper));
        let comparison = compare(&old, &new);
        let listed = list(&comparison, &old, &new, &Judge::default());
        assert!(listed.is_empty(), "{listed:?}");
        let page = html(&comparison, side(&old), side(&new));
        assert!(!page.contains("data-diff") && !page.contains("<ins") && !page.contains("<del"), "{page}");
    }

    #[test]
    fn a_comment_that_comes_or_goes_is_no_change() {
        let long = "Every contractor pays the same levy for each pharmacy of the group.";
        for text in [
            format!("## A\n\n{long}\n\nb\n"),
            format!("- {long}\n- b\n"),
            format!("- a\n\n- b\n\n> {long}\n"),
            "| a | b |\n|---|---|\n| c | d |\n".to_owned(),
        ] {
            let for_all = "<!-- for: dental -->";
            for with in [
                format!("{text}\n{for_all}\n"),
                format!("{for_all}\n\n{text}"),
                text.replacen("\n\nb", &format!("\n\n{for_all}\n\nb"), 1),
                text.replacen("## A\n", &format!("## A\n{for_all}\n"), 1),
                text.replacen("\n- b", &format!("\n  {for_all}\n- b"), 1),
                text.replacen("> ", &format!("> {for_all}\n>\n> "), 1),
            ] {
                silent(&text, &with);
                silent(&with, &text);
                silent(&with, &with.replace("dental", "medical"));
                check(&text, &with);
            }
        }
    }

    #[test]
    fn a_comment_hides_no_change_beside_it() {
        let sentences = |old: &str, new: &str| {
            let (old, new) = (parse(old, Dialect::Paper), parse(new, Dialect::Paper));
            let listed = list(&compare(&old, &new), &old, &new, &Judge::default());
            listed.into_iter().map(|line| line.sentence).collect::<Vec<_>>()
        };
        let (first, second) = ("Every contractor pays the same levy.", "For each pharmacy of the group.");
        for (old, new) in [
            ("## One\n\na b c d e f\n".to_owned(), "## Two\n\n<!-- for: dental -->\n\na b c d e f\n".to_owned()),
            (format!("{first} {second}\n"), format!("{first}\n\n<!-- for: dental -->\n\n{second}\n")),
        ] {
            let without = new.replace("<!-- for: dental -->\n\n", "");
            assert_eq!(sentences(&old, &new), sentences(&old, &without));
            assert_eq!(sentences(&new, &old), sentences(&without, &old));
            check(&old, &new);
        }
    }
}
