//! A text as Pagefind takes it in: a page of its own, with nothing but words, ids and facts.
//!
//! In: what a search looks through. Out: HTML that nobody is shown. Every id stands in an empty element
//! before its words, so that a hit knows its block; a heading carries its own, since hits are gathered by
//! headings.

use crate::markdown::escape;
use crate::site::{Piece, Searched, World};
use rayon::prelude::*;

/// A page for the index.
pub(super) struct IndexPage {
    /// Its address on the site.
    pub(super) address: String,
    /// Words, ids and facts.
    pub(super) html: String,
}

/// All pages of the index, in the order of the site; those without words are left out.
pub(super) fn pages(world: &World) -> Vec<IndexPage> {
    let searched = world.searched();
    let pages = searched.par_iter().filter_map(|page| {
        let pieces = world.pieces(page);
        let empty = pieces.iter().all(|piece| piece.words.trim().is_empty());
        (!empty).then(|| IndexPage { address: page.address.to_string(), html: html(page, &pieces) })
    });
    pages.collect()
}

fn html(page: &Searched, pieces: &[Piece]) -> String {
    let mut html = String::from("<html><body>\n");
    facts(page, &mut html);
    pieces.iter().for_each(|piece| words(piece, &mut html));
    html.push_str("</body></html>\n");
    html
}

/// What a hit tells of its page, and what hits can be narrowed by.
fn facts(page: &Searched, html: &mut String) {
    let mut tell = |attribute: &str, key: &str, words: &str| {
        let words = escape(words);
        html.push_str(&format!("<p data-pagefind-ignore data-pagefind-{attribute}=\"{key}\">{words}</p>\n"));
    };
    tell("meta", "title", &page.title);
    page.document.iter().for_each(|title| tell("meta", "document", title));
    page.draft.iter().for_each(|label| tell("meta", "draft", label));
    page.date.iter().for_each(|date| tell("meta", "date", &date.text));
    tell("filter", "kind", page.kind.word());
    page.state.iter().for_each(|state| tell("filter", "state", state));
    tell("filter", "drafts", if page.earlier { "earlier" } else { "newest" });
}

fn words(piece: &Piece, html: &mut String) {
    let words = escape(&piece.words);
    let id = piece.id.as_ref().map(|id| format!(" id=\"{}\"", escape(id)));
    match (piece.level, id) {
        (Some(level), id) => html.push_str(&format!("<h{level}{}>{words}</h{level}>\n", id.unwrap_or_default())),
        (None, Some(id)) => html.push_str(&format!("<a{id}></a><p>{words}</p>\n")),
        (None, None) => html.push_str(&format!("<p>{words}</p>\n")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(piece: Piece, expected: &str) {
        let mut html = String::new();
        words(&piece, &mut html);
        assert_eq!(html, expected);
    }

    #[test]
    fn words_stand_behind_the_id_of_their_block() {
        let piece =
            |id: Option<&str>, level, words: &str| Piece { id: id.map(str::to_owned), level, words: words.into() };
        check(piece(Some("p1-2"), None, "a < b & c"), "<a id=\"p1-2\"></a><p>a &lt; b &amp; c</p>\n");
        check(piece(Some("costs"), Some(2), "Costs"), "<h2 id=\"costs\">Costs</h2>\n");
        check(piece(None, None, "a"), "<p>a</p>\n");
    }
}
