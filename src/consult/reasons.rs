//! Why a draft differs from its base: the reasons that its text and its front matter give, each with the blocks of
//! either side that it covers.
//!
//! In: both drafts whole, and what the newer says of passages that it removed. Out: [`Given`]s; and for a change, those
//! that explain it, the nearest alone.

use crate::diff::{Listed, Name};
use crate::markdown::number::numbers_of;
use crate::markdown::reasons::{Span, reasons};
use crate::markdown::whole::Whole;
use crate::markdown::{BlockKind, Body, Inline, Ix};
use crate::paper::Removal;
use std::collections::{BTreeMap, BTreeSet};

/// A reason that a draft gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Given {
    /// The words.
    pub words: String,
    /// The ids of the feedback that led to it.
    pub because: Vec<String>,
    /// Where it stands.
    pub at: At,
    /// The blocks at the top of the newer draft that it covers.
    pub new: BTreeSet<Ix>,
    /// Those of the older one, of which it says why they went.
    pub old: BTreeSet<Ix>,
}

/// Where a reason stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// In the text: the comment, what it is for, and the part that it lies in.
    Text {
        /// The comment.
        comment: Ix,
        /// What it is for.
        span: Span,
        /// The part.
        part: usize,
    },
    /// In `removed` of the front matter, by its place there.
    Removed(usize),
}

impl Given {
    /// Whether it says that nothing was said anew.
    pub fn is_editorial(&self) -> bool {
        self.words.trim_end_matches('.').eq_ignore_ascii_case("editorial")
    }

    /// Whether it was given for one block alone.
    pub fn is_of_block(&self) -> bool {
        !matches!(self.at, At::Text { span: Span::Section(_) | Span::Text, .. })
    }
}

/// All reasons of a draft, those of its text first.
pub fn given(old: &Whole, new: &Whole, removed: &[Removal]) -> Vec<Given> {
    let in_text = new.parts.iter().enumerate().flat_map(|(part, own)| {
        reasons(&new.body, own.blocks.clone()).into_iter().map(move |reason| Given {
            words: reason.why.words,
            because: reason.why.because,
            at: At::Text { comment: reason.comment, span: reason.span, part },
            new: reason.covers.into_iter().collect(),
            old: BTreeSet::new(),
        })
    });
    let removals = removed.iter().enumerate().map(|(at, removal)| Given {
        words: removal.why.clone(),
        because: removal.because.clone(),
        at: At::Removed(at),
        new: BTreeSet::new(),
        old: removed_blocks(old, &removal.was),
    });
    let mut given: Vec<_> = in_text.chain(removals).collect();
    cover_notes(&mut given, &new.body);
    given
}

/// A note that has no reason of its own has those of the block that refers to it.
fn cover_notes(given: &mut [Given], body: &Body) {
    for (note, root) in referred(body) {
        if !given.iter().any(|own| own.new.contains(&note)) {
            given.iter_mut().filter(|own| own.new.contains(&root)).for_each(|own| _ = own.new.insert(note));
        }
    }
}

/// Every note with the block at the top that refers to it first.
fn referred(body: &Body) -> BTreeMap<Ix, Ix> {
    let mut referred = BTreeMap::new();
    for (root, _) in body.roots() {
        for inline in body.subtree(root).iter().flat_map(|block| &block.inlines) {
            if let Inline::NoteRef(name) = inline
                && let Some(note) = body.note(name)
            {
                referred.entry(note).or_insert(root);
            }
        }
    }
    referred
}

/// The blocks at the top that a `was` names: the one with that number or id, the section of a heading, a chapter; none
/// where nothing has that name.
pub fn removed_blocks(old: &Whole, was: &str) -> BTreeSet<Ix> {
    let numbers = numbers_of(old);
    let named = |ix: &Ix| old.body.blocks[*ix].id.as_deref() == Some(was) || numbers[*ix].as_deref() == Some(was);
    let Some(ix) = (0..old.body.blocks.len()).find(named) else {
        let part = old.part(was).filter(|_| !was.is_empty()).map_or(0..0, |part| old.parts[part].blocks.clone());
        return old.body.siblings(part).map(|(ix, _)| ix).collect();
    };
    let part = old.part_of(ix).map_or(0..0, |part| old.parts[part].blocks.clone());
    let roots: Vec<_> = old.body.siblings(part).collect();
    // An item or a row lies in a block at the top.
    let Some(place) = roots.iter().rposition(|(root, _)| *root <= ix) else { return BTreeSet::new() };
    let level = |at: usize| match roots[at].1.kind {
        BlockKind::Heading { level, .. } => Some(level),
        _ => None,
    };
    let own = level(place);
    let below =
        (place + 1..roots.len()).take_while(|at| own.is_some_and(|own| level(*at).is_none_or(|level| level > own)));
    std::iter::once(place).chain(below).map(|at| roots[at].0).collect()
}

/// The reasons that explain each of the changes from a text, by their places. A note that was removed has those of the
/// block that referred to it.
pub fn explain_all(listed: &[Listed], given: &[Given], old: &Body) -> Vec<Vec<usize>> {
    let mut all: Vec<_> = listed.iter().map(|listed| explain(listed, given)).collect();
    let notes = referred(old);
    for at in 0..all.len() {
        let removed = listed[at].old_root.filter(|_| all[at].is_empty() && listed[at].new_root.is_none());
        if let Some(root) = removed.and_then(|note| notes.get(&note)) {
            let same = listed.iter().zip(&all).filter(|(other, _)| other.old_root == Some(*root));
            let reasons: BTreeSet<_> = same.flat_map(|(_, of)| of.iter().copied()).collect();
            all[at] = reasons.into_iter().collect();
        }
    }
    all
}

/// The reasons that explain a change, by their places: what is said of the block itself, else of its section, else of
/// the text.
fn explain(listed: &Listed, given: &[Given]) -> Vec<usize> {
    if listed.departure {
        return Vec::new();
    }
    let all = |explains: &dyn Fn(&Given) -> bool| -> Vec<usize> {
        given.iter().enumerate().filter(|(_, own)| explains(own)).map(|(at, _)| at).collect()
    };
    if let Some(new) = listed.new_root {
        return all(&|own| own.new.contains(&new));
    }
    let own = all(&|own| listed.old_root.is_some_and(|old| own.old.contains(&old)));
    if !own.is_empty() || listed.name != Name::Removed {
        return own;
    }
    // What was removed stood in the section of the newer text that it is told under.
    let section = |own: &Given| match own.at {
        At::Text { span: Span::Section(_), .. } => listed.heading.is_some_and(|heading| own.new.contains(&heading)),
        At::Text { span: Span::Text, part, .. } => {
            part == listed.part && listed.heading.is_none_or(|heading| own.new.contains(&heading))
        }
        _ => false,
    };
    all(&section)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Source;
    use crate::diff::{Judge, compare, list};
    use crate::markdown::{Dialect, parse};
    use crate::path::SitePath;
    use std::sync::Arc;

    /// What explains each change between two texts.
    #[track_caller]
    fn check(old: &str, new: &str, was: &[&str], expected: &[&str]) {
        let (old, new) = (parse(old, Dialect::Paper), parse(new, Dialect::Paper));
        let listed = list(&compare(&old, &new), &old, &new, &Judge::default());
        let place = Source::new(SitePath::new("a.md"), "").place(0..0);
        let removal = |was: &&str| Removal {
            was: (*was).to_owned(),
            why: format!("without {was}"),
            because: Vec::new(),
            place: place.clone(),
            because_places: Vec::new(),
        };
        let removed: Vec<_> = was.iter().map(removal).collect();
        let (old, new) = (Whole::of(Arc::new(old)), Whole::of(Arc::new(new)));
        let given = given(&old, &new, &removed);
        let explained = explain_all(&listed, &given, &old.body);
        let explained = explained
            .into_iter()
            .map(|of| of.into_iter().map(|at| given[at].words.as_str()).collect::<Vec<_>>().join("+"));
        assert_eq!(explained.collect::<Vec<_>>(), expected, "{listed:?}");
    }

    #[test]
    fn a_change_is_explained_behind_its_block() {
        check("It is a.\n\nIt is c.\n", "It is b.\n\n<!-- why: x -->\n\nIt is d.\n", &[], &["x", ""]);
        check("It is a.\n", "It is b.\n\n<!-- why: x -->\n\n<!-- why: y -->\n", &[], &["x+y"]);
    }

    #[test]
    fn a_heading_explains_what_changed_and_what_went_below_it() {
        let old = "## A\n\nIt is a.\n\nThe levy is gone.\n\n## B\n\nAnother one.\n";
        check(old, "## A\n\n<!-- why: x -->\n\nIt is b.\n\n## B\n", &[], &["x", "x", ""]);
        check(old, "<!-- why: x -->\n\n## A\n\nIt is b.\n\n## B\n", &[], &["x", "x", "x"]);
    }

    #[test]
    fn a_note_has_the_reasons_of_what_refers_to_it() {
        let note = "\n[^n]: One or two or three of them.\n";
        check(&format!("It is a.[^n]\n{note}"), "It is b.\n\n<!-- why: x -->\n", &[], &["x", "x"]);
        check("It is a.\n", &format!("It is b.[^n]\n\n<!-- why: x -->\n{note}\n<!-- why: y -->\n"), &[], &["x", "y"]);
        check("It is a.\n", &format!("It is b.[^n]\n\n<!-- why: x -->\n{note}"), &[], &["x", "x"]);
    }

    #[test]
    fn what_went_is_explained_by_its_number_or_its_heading() {
        let old = "## A\n\nIt is a.\n\nThe levy is gone.\n\n## B\n\nAnother one.\n";
        check(old, "## A\n\nIt is a.\n\n## B\n\nAnother one.\n", &["p1-2"], &["without p1-2"]);
        check(old, "## A\n\nIt is a.\n\nThe levy is gone.\n", &["b"], &["without b", "without b"]);
        check(old, "## A\n\nIt is a.\n\n## B\n\nAnother one.\n", &["p9"], &[""]);
    }
}
