//! Words inside raw HTML: two pieces with the same tags are compared text by text.
//!
//! A mark lies inside one text between two tags and never around a tag, so that it cannot break the page.
//! White space at the edges of a text is never marked: it is most often the layout of the source.
//!
//! The text of such a leaf has a line end for each tag (see [`Leaf::read`]), so its runs are the texts and
//! tags in turn.

use super::tokens::Leaf;
use super::words::{Pieces, Stretch, pieces};
use super::{Inside, Mark};
use crate::markdown::{VOID, name_of, texts_and_tags};
use std::ops::Range;

/// Elements with nothing but other elements directly inside, where no mark may stand. Of those on the
/// allow list of raw HTML.
const NO_WORDS: [&str; 10] = ["table", "colgroup", "thead", "tbody", "tfoot", "tr", "ul", "ol", "dl", "rp"];

/// What changed between two pieces of cleaned HTML, each with its leaf; nothing where both read the same.
pub fn inside(old: (&str, &Leaf), new: (&str, &Leaf)) -> Option<Inside> {
    let (before, after) = (texts_and_tags(old.0), texts_and_tags(new.0));
    if !same_tags(&before, &after) {
        return Some(Inside::Whole);
    }
    let mut walk = Walk { old: old.1, new: new.1, open: Vec::new(), pieces: Pieces::default(), form: false };
    for (at, (a, b)) in before.iter().zip(&after).enumerate() {
        match at % 2 {
            0 if !walk.text(at) => return Some(Inside::Whole),
            0 => {}
            _ => walk.tag(at, a, b),
        }
    }
    let pieces = walk.pieces.finish();
    match pieces.iter().all(|piece| piece.mark == Mark::Kept) {
        false => Some(Inside::Words(pieces)),
        true => walk.form.then_some(Inside::Form),
    }
}

/// Whether both sides have the same tags in the same order, attributes aside. What an image shows is no
/// attribute of anything else.
fn same_tags(old: &[&str], new: &[&str]) -> bool {
    let same = |(a, b): (&&str, &&str)| name_of(a) == name_of(b) && (name_of(a) != "img" || a == b);
    let tags = |pieces: &[&str]| pieces.len() / 2;
    tags(old) == tags(new) && old.iter().skip(1).step_by(2).zip(new.iter().skip(1).step_by(2)).all(same)
}

/// An element that is open.
struct Open {
    /// Whether words, and so marks, may stand directly inside.
    words: bool,
    /// Whether white space counts.
    exact: bool,
    /// Whether an attribute of it changed, or of one around it.
    reformatted: bool,
}

/// A walk through both sides at once.
struct Walk<'a> {
    old: &'a Leaf,
    new: &'a Leaf,
    open: Vec<Open>,
    pieces: Pieces,
    /// Whether an attribute changed.
    form: bool,
}

impl Walk<'_> {
    /// The bytes of a text or a tag on both sides.
    fn ranges(&self, at: usize) -> (Range<usize>, Range<usize>) {
        let range = |leaf: &Leaf| leaf.runs.get(at).map_or(0..0, |run| run.range.clone());
        (range(self.old), range(self.new))
    }

    fn tag(&mut self, at: usize, old: &str, new: &str) {
        let (a, b) = self.ranges(at);
        self.pieces.push(Mark::Kept, a, b);
        self.form |= old != new;
        let name = name_of(new);
        if name.starts_with('/') {
            self.open.pop();
        } else if !VOID.contains(&name) {
            // The content of a `time` without an attribute for it is a date, and has no elements.
            let bare = |tag: &str| name == "time" && !tag.contains(" datetime=");
            let around = |is: fn(&Open) -> bool| self.open.last().is_some_and(is);
            let reformatted = old != new || around(|open| open.reformatted);
            let words = !NO_WORDS.contains(&name) && !bare(old) && !bare(new);
            self.open.push(Open { words, exact: name == "pre" || around(|open| open.exact), reformatted });
        }
    }

    /// A text of both sides. The answer is false where it changed and no mark may stand there.
    fn text(&mut self, at: usize) -> bool {
        let is = |is: fn(&Open) -> bool| self.open.last().is_some_and(is);
        let (exact, reformatted) = (is(|open| open.exact), is(|open| open.reformatted));
        let (a, b) = self.ranges(at);
        let (old, new) = (words(self.old, &a, exact), words(self.new, &b, exact));
        let mut marked = false;
        self.pieces.push(Mark::Kept, a.start..old.start, b.start..new.start);
        let ends = (old.end..a.end, new.end..b.end);
        for piece in pieces(&stretch(self.old, old, exact), &stretch(self.new, new, exact)) {
            let mark = if piece.mark == Mark::Kept && reformatted { Mark::Reformatted } else { piece.mark };
            marked |= mark != Mark::Kept;
            self.pieces.push(mark, piece.old, piece.new);
        }
        self.pieces.push(Mark::Kept, ends.0, ends.1);
        !marked || self.open.last().is_none_or(|open| open.words)
    }
}

/// Where in a text its words are: without the white space at its edges, unless that counts.
fn words(leaf: &Leaf, range: &Range<usize>, exact: bool) -> Range<usize> {
    let text = leaf.text.get(range.clone()).unwrap_or("");
    let trimmed = text.trim();
    if exact && !trimmed.is_empty() {
        return range.clone();
    }
    let start = range.end - text.trim_start().len();
    start..start + trimmed.len()
}

fn stretch(leaf: &Leaf, text: Range<usize>, exact: bool) -> Stretch<'_> {
    let before = |end: usize| leaf.tokens.partition_point(|token| token.range.start < end);
    Stretch { leaf, tokens: before(text.start)..before(text.end), text, exact }
}

#[cfg(test)]
mod tests {
    use super::super::{Judge, Pane, compare, html, list, plain};
    use crate::markdown::{Body, Decor, Dialect, Side, Writer, parse};

    struct Paper;
    impl Decor for Paper {}

    fn side(body: &Body) -> Side<'_> {
        Side { body, decor: &Paper }
    }

    /// The comparison of two raw HTML blocks as a page shows it, less the boxes around them. Either side
    /// must come back from it to the byte.
    fn shown(old: &str, new: &str) -> String {
        let (old, new) = (parse(old, Dialect::Paper), parse(new, Dialect::Paper));
        let comparison = compare(&old, &new);
        assert_eq!(plain(&comparison, side(&old), side(&new), Pane::Old), Writer::body(side(&old)));
        assert_eq!(plain(&comparison, side(&old), side(&new), Pane::New), Writer::body(side(&new)));
        let page = html(&comparison, side(&old), side(&new));
        let page = page.strip_prefix("<div class=\"change\" id=\"change.0\">\n").unwrap_or(&page);
        let page = page.strip_suffix("\n</div>\n</div>\n").unwrap_or(page);
        page.strip_prefix("<div class=\"raw\">\n").unwrap_or(page).to_owned()
    }

    #[track_caller]
    fn check(old: &str, new: &str, expected: &str) {
        assert_eq!(shown(old, new), expected);
    }

    /// Both sides stand one after the other, marked as wholes.
    #[track_caller]
    fn check_whole(old: &str, new: &str) {
        let page = shown(old, new);
        assert!(page.contains("<div data-diff=\"del\" class=\"raw\">"), "{page}");
        assert!(page.contains("<div data-diff=\"ins\" class=\"raw\">"), "{page}");
        assert!(!page.contains("<ins>") && !page.contains("<del>"), "{page}");
    }

    #[test]
    fn words_are_marked_between_the_tags() {
        check(
            "<ul>\n<li>every hub may hold one</li>\n<li>and pay</li>\n</ul>\n",
            "<ul>\n<li>every hub must hold one</li>\n<li>and pay</li>\n</ul>\n",
            "<ul>\n<li>every hub <del>may</del><ins>must</ins> hold one</li>\n<li>and pay</li>\n</ul>",
        );
        check(
            "<table><tr><td>a hub</td><td>ten pounds a year</td></tr></table>\n",
            "<table><tr><td>a hub</td><td>twelve pounds a year</td></tr></table>\n",
            "<table><tbody><tr><td>a hub</td><td><del>ten</del><ins>twelve</ins> pounds a year</td></tr></tbody></table>",
        );
        check("<div>one two</div>", "<div>one</div>", "<div>one<del> two</del></div>");
    }

    #[test]
    fn a_mark_ends_at_every_tag() {
        check(
            "<p>all of <b>our hubs</b> are open today</p>\n",
            "<p>all of <b>our offices</b> were open today</p>\n",
            "<p>all of <b>our <del>hubs</del><ins>offices</ins></b> <del>are</del><ins>were</ins> open today</p>",
        );
    }

    #[test]
    fn characters_are_written_as_they_were() {
        check(
            "<p>a&nbsp;b &amp; c &lt; d may</p>\n",
            "<p>a&nbsp;b &amp; c &lt; d &gt;</p>\n",
            "<p>a&nbsp;b &amp; c &lt; d <del>may</del><ins>&gt;</ins></p>",
        );
    }

    #[test]
    fn other_tags_make_another_block() {
        check_whole("<div>every hub may hold one</div>\n", "<section>every hub may hold one</section>\n");
        check_whole("<div>every hub may hold one</div>\n", "<div>every hub <b>may</b> hold one</div>\n");
        check_whole(
            "<div>every hub may hold one <img src=\"a.png\" alt=\"A\"></div>\n",
            "<div>every hub may hold one <img src=\"b.png\" alt=\"B\"></div>\n",
        );
    }

    #[test]
    fn no_mark_stands_where_no_words_may() {
        check_whole("<ul>one two three<li>four</li></ul>\n", "<ul>one 2 three<li>four</li></ul>\n");
        check_whole("<p>on <time>2 May</time> every hub</p>\n", "<p>on <time>3 May</time> every hub</p>\n");
        check(
            "<ul>one two three<li>four</li></ul>\n",
            "<ul>one two three<li>five</li></ul>\n",
            "<ul>one two three<li><del>four</del><ins>five</ins></li></ul>",
        );
    }

    #[test]
    fn layout_of_the_source_is_no_change() {
        let (old, new) = ("<ul><li>one two</li></ul>\n", "<ul>\n  <li>\n one  two </li>\n</ul>\n");
        let (old, new) = (parse(old, Dialect::Paper), parse(new, Dialect::Paper));
        assert!(compare(&old, &new).is_empty());
        check(
            "<ul><li>one two</li></ul>\n",
            "<ul>\n  <li>one too </li></ul>\n",
            "<ul>\n  <li>one <del>two</del><ins>too</ins> </li></ul>",
        );
    }

    #[test]
    fn white_space_counts_in_what_is_preformatted() {
        check("<pre>a  b\nc</pre>\n", "<pre>a b\nc</pre>\n", "<pre>a<del>  </del><ins> </ins>b\nc</pre>");
    }

    #[test]
    fn another_attribute_is_formatting() {
        check(
            "<p>see <a href=\"a.md\">the letter</a> now</p>\n",
            "<p>see <a href=\"b.md\">the letter</a> now</p>\n",
            "<p>see <a href=\"b.md\"><span data-diff=\"fmt\">the letter</span></a> now</p>",
        );
        let page = shown("<p>one two</p><hr title=\"a\">\n", "<p>one two</p><hr title=\"b\">\n");
        assert!(page.contains("<div data-diff=\"fmt\" class=\"raw\">"), "{page}");
    }

    #[test]
    fn details_with_a_change_are_open() {
        let block = |words: &str| format!("<details><summary>More</summary>{words}</details>\n");
        check(
            &block("one two three"),
            &block("one 2 three"),
            "<details open=\"\"><summary>More</summary>one <del>two</del><ins>2</ins> three</details>",
        );
    }

    #[test]
    fn the_words_that_changed_are_told() {
        let told = |old: &str, new: &str| {
            let (old, new) = (parse(old, Dialect::Paper), parse(new, Dialect::Paper));
            list(&compare(&old, &new), &old, &new, &Judge::default())
                .into_iter()
                .map(|line| line.said(crate::words::Words::english()))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            told("<ul><li>it may be</li><li>or not</li></ul>\n", "<ul><li>it must be</li><li>or never</li></ul>\n"),
            ["Passage changed: “may” became “must”; “not” became “never”"]
        );
        assert_eq!(
            told("<p>see <a href=\"a.md\">the letter</a></p>\n", "<p>see <a href=\"b.md\">the letter</a></p>\n"),
            ["Formatting or a link changed: “the letter”"]
        );
        assert_eq!(told("<pre>a  b</pre>\n", "<pre>a b</pre>\n"), ["Formatting or a link changed: “a b”"]);
    }
}
