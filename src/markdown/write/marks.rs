//! Words that lead to what they mean: links that the page adds to the content of a leaf.
//!
//! In: the inlines of a leaf, and the marks that the decor has for it. Out: the leaf with a link around each
//! mark. The words themselves, their order and the tags around them stay as they are.

use super::{Side, Writer, escape};
use crate::markdown::body::{Inline, Ix};
use std::fmt::Write as _;

/// A place in the content of a leaf.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// One of its inlines, which is a text.
    pub inline: usize,
    /// A byte of that text.
    pub byte: usize,
}

/// A stretch of words that becomes a link. Between its ends are texts and line ends alone, so that no tag
/// opens or closes in it, and nothing around it is a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Where it begins.
    pub from: Spot,
    /// Where it ends.
    pub to: Spot,
    /// Its id.
    pub id: String,
    /// Where it leads.
    pub href: String,
}

impl Writer {
    /// The content of a block, with its marks.
    pub(super) fn content(&mut self, side: Side, ix: Ix, inlines: &[Inline]) {
        let marks = side.decor.marks(ix);
        if marks.is_empty() {
            return self.inlines(side, inlines);
        }
        let mut edges = marks.iter().flat_map(|mark| [(mark.from, Some(mark)), (mark.to, None)]).peekable();
        for (at, inline) in inlines.iter().enumerate() {
            let Inline::Text(text) = inline else {
                self.inline(side, inline);
                continue;
            };
            let mut done = 0;
            while let Some((spot, mark)) = edges.next_if(|(spot, _)| spot.inline == at) {
                self.text(text.get(done..spot.byte).unwrap_or(""));
                done = spot.byte;
                self.edge(mark);
            }
            self.text(text.get(done..).unwrap_or(""));
        }
    }

    /// The beginning of a mark, or the end of the one that is open.
    fn edge(&mut self, mark: Option<&Mark>) {
        let _ = match mark {
            Some(Mark { id, href, .. }) => {
                write!(self.out, "<a class=\"term\" id=\"{}\" href=\"{}\">", escape(id), escape(href))
            }
            None => write!(self.out, "</a>"),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::{Decor, Dialect, parse};

    struct Marked(Vec<Mark>);

    impl Decor for Marked {
        fn marks(&self, ix: Ix) -> &[Mark] {
            if ix == 0 { &self.0 } else { &[] }
        }
    }

    /// An inline and a byte of it.
    type Place = (usize, usize);

    fn check(text: &str, marks: &[(Place, Place)], expected: &str) {
        let spot = |(inline, byte)| Spot { inline, byte };
        let mark =
            |(from, to): &(Place, Place)| Mark { from: spot(*from), to: spot(*to), id: "w".into(), href: "#h".into() };
        let decor = Marked(marks.iter().map(mark).collect());
        let html = Writer::body(Side { body: &parse(text, Dialect::Paper), decor: &decor });
        let html = html.replace("<a class=\"term\" id=\"w\" href=\"#h\">", "[").replace("</a>", "]");
        assert_eq!(html.trim(), expected);
    }

    #[test]
    fn marks_are_links_around_words() {
        check("The levy & more.\n", &[((0, 4), (0, 8))], "<p>The [levy] &amp; more.</p>");
        check("levy, forum\n", &[((0, 0), (0, 4)), ((0, 6), (0, 11))], "<p>[levy], [forum]</p>");
        check("The levy.\n", &[], "<p>The levy.</p>");
    }

    #[test]
    fn a_mark_may_go_over_a_line_end_and_stand_in_a_wrap() {
        check("a local\nforum b\n", &[((0, 2), (2, 5))], "<p>a [local\nforum] b</p>");
        check("a **levy** b\n", &[((2, 0), (2, 4))], "<p>a <strong>[levy]</strong> b</p>");
    }
}
