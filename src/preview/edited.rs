//! The block of a page that was edited last.
//!
//! In: the site before and now, and the address of a page. Out: the id of the first block of its text that differs,
//! or of the nearest one before it that a link can lead to; none where the text is the same.

use crate::markdown::{Body, Ix, number};
use crate::paper::{Document, Text};
use crate::path::Address;
use crate::routes::{DocumentKey, Route};
use crate::site::World;

/// The block that was edited.
pub(super) fn block(before: Option<&World>, now: Option<&World>, page: &Address) -> Option<String> {
    let (before, now) = (before?, now?);
    let (old, _) = text(before, page)?;
    let (new, chapter) = text(now, page)?;
    if old.digest == new.digest {
        return None;
    }
    let (old_body, new_body) = (before.body(old), now.body(new));
    let at = first_other((&old_body, old.body()), (&new_body, new.body()))?;
    let numbers = number::numbers(&new_body, chapter);
    let id = |ix: Ix| {
        let own = new_body.blocks.get(ix).and_then(|block| block.id.clone());
        numbers.get(ix).cloned().flatten().or(own)
    };
    let roots: Vec<_> = new_body.roots().map(|(ix, _)| ix).collect();
    roots.into_iter().rev().filter(|ix| *ix <= at).find_map(id)
}

/// The first block at the top of the newer text that the older one does not have at its place, in the order of both;
/// where blocks were taken away at the end, the last.
fn first_other(old: (&Body, &str), new: (&Body, &str)) -> Option<Ix> {
    let words = |(body, text): (&Body, &str)| -> Vec<(Ix, String)> {
        let words = |block: &crate::markdown::Block| text.get(block.span.clone()).unwrap_or("").trim_end().to_owned();
        body.roots().map(|(ix, block)| (ix, words(block))).collect()
    };
    let (old, new) = (words(old), words(new));
    let same = old.iter().zip(&new).take_while(|(old, new)| old.1 == new.1).count();
    new.get(same).or(new.last()).map(|(ix, _)| *ix)
}

/// The text that a page is about, with its number where it is a chapter.
fn text<'w>(world: &'w World, page: &Address) -> Option<(&'w Text, Option<u32>)> {
    let document = |key: &DocumentKey| world.site().document(&key.section, &key.name);
    let own = |document: &'w Document| {
        let text = document.index.as_ref().or(document.drafts.values().next().map(|draft| &draft.text));
        text.map(|text| (text, None))
    };
    match world.routes().get(page)? {
        Route::Front => own(world.site().front()?),
        Route::Page(key) | Route::Document(key) => own(document(key)?),
        Route::Draft(key, name) => Some((&document(key)?.drafts.get(name)?.text, None)),
        Route::Chapter(key, name, chapter) => {
            let chapter = document(key)?.drafts.get(name)?.chapter(chapter)?;
            Some((&chapter.text, Some(chapter.number)))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::{Dialect, parse};

    #[track_caller]
    fn check(old: &str, new: &str, expected: Option<Ix>) {
        let (old_body, new_body) = (parse(old, Dialect::Paper), parse(new, Dialect::Paper));
        assert_eq!(first_other((&old_body, old), (&new_body, new)), expected, "{old:?} {new:?}");
    }

    #[test]
    fn the_first_block_that_differs_was_edited() {
        check("a\n\nb\n\nc\n", "a\n\nx\n\nc\n", Some(1));
        check("a\n\nb\n", "a\n\nnew\n\nb\n", Some(1));
        check("a\n\nb\n", "a\n\nb\n\nc\n", Some(2));
        check("a\n\nb\n\nc\n", "a\n\nb\n", Some(1));
        check("a\n", "", None);
        check("a\n\n- b\n- c\n\nd\n", "a\n\n- b\n- x\n\nd\n", Some(1));
    }
}
