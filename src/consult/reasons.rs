//! Why a draft differs from its base: the reasons that its text and its front matter give, each with the blocks of
//! either side that it covers.
//!
//! In: both drafts whole, and what the newer says of passages that it removed. Out: [`Given`]s; and for a change, those
//! that explain it, the nearest alone.

use crate::diff::{Listed, Name};
use crate::markdown::number::numbers_of;
use crate::markdown::reasons::{Span, is_editorial, reasons};
use crate::markdown::whole::{Part, Whole, chapter_prefix};
use crate::markdown::{Body, Inline, Ix};
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
        is_editorial(&self.words)
    }

    /// Whether it was given for one block alone.
    pub fn is_of_block(&self) -> bool {
        !matches!(self.at, At::Text { span: Span::Section(_) | Span::Text, .. })
    }
}

/// All reasons of a draft, those of its text first.
pub fn given(old: &Whole, new: &Whole, removed: &[Removal]) -> Vec<Given> {
    let in_text = new.parts.iter().enumerate().flat_map(|(part, own)| {
        reasons(&new.body, own.blocks.clone()).into_iter().map(move |reason| {
            // What is said of a chapter is said of its title.
            let title = title(own).filter(|_| reason.span == Span::Text);
            Given {
                words: reason.why.words,
                because: reason.why.because,
                at: At::Text { comment: reason.comment, span: reason.span, part },
                new: reason.covers.into_iter().chain(title).collect(),
                old: BTreeSet::new(),
            }
        })
    });
    let numbers = if removed.is_empty() { Vec::new() } else { numbers_of(old) };
    let removals = removed.iter().enumerate().map(|(at, removal)| Given {
        words: removal.why.clone(),
        because: removal.because.clone(),
        at: At::Removed(at),
        new: BTreeSet::new(),
        old: removed_blocks((old, &numbers), &removal.was),
    });
    let mut given: Vec<_> = in_text.chain(removals).collect();
    cover_notes(&mut given, &new.body);
    given
}

/// The heading with the title of a chapter, where that shares a page with others: it stands right above the chapter.
fn title(part: &Part) -> Option<Ix> {
    part.blocks.start.checked_sub(1).filter(|_| part.lowered)
}

/// The part that a block lies in, or of which it is the title.
pub fn part_around(whole: &Whole, ix: Ix) -> Option<usize> {
    whole.parts.iter().position(|part| part.blocks.contains(&ix) || title(part) == Some(ix))
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

/// The id of a block as its author wrote it, whichever page it stands on.
fn id_of(whole: &Whole, ix: Ix) -> Option<&str> {
    let id = whole.body.blocks.get(ix)?.id.as_deref()?;
    let part = whole.part_of(ix).and_then(|at| whole.parts.get(at)).filter(|part| part.lowered);
    Some(part.and_then(|part| id.strip_prefix(chapter_prefix(&part.name).as_str())).unwrap_or(id))
}

/// By what `removed` can name a block: its number, its id; of the title of a chapter the name of that.
pub fn name_of<'w>((whole, numbers): (&'w Whole, &'w [Option<String>]), ix: Ix) -> Option<&'w str> {
    let chapter = whole.parts.iter().find(|part| title(part) == Some(ix)).map(|part| part.name.as_str());
    chapter.or_else(|| numbers.get(ix)?.as_deref()).or_else(|| id_of(whole, ix))
}

/// The blocks at the top that a `was` names: the one with that number or id, the section of a heading, a chapter; none
/// where nothing has that name.
pub fn removed_blocks((old, numbers): (&Whole, &[Option<String>]), was: &str) -> BTreeSet<Ix> {
    let body = &old.body;
    let number = |ix: Ix| numbers.get(ix)?.as_deref();
    let named = |ix: &Ix| id_of(old, *ix) == Some(was) || number(*ix) == Some(was);
    let Some(ix) = (0..body.blocks.len()).find(named) else {
        let part = old.part(was).filter(|_| !was.is_empty()).and_then(|at| old.parts.get(at));
        let blocks = part.map_or(0..0, |part| title(part).unwrap_or(part.blocks.start)..part.blocks.end);
        return body.siblings(blocks).map(|(ix, _)| ix).collect();
    };
    let Some(part) = old.part_of(ix).and_then(|at| old.parts.get(at)) else { return BTreeSet::new() };
    // An item or a row lies in a block at the top.
    let root = body.siblings(part.blocks.clone()).map(|(root, _)| root).take_while(|root| *root <= ix).last();
    root.into_iter().flat_map(|root| std::iter::once(root).chain(body.section(root, part.blocks.end))).collect()
}

/// The reasons that explain each of the changes from a text, by their places. A note that was removed has those of the
/// block that referred to it.
pub fn explain_all(listed: &[Listed], given: &[Given], (old, new): (&Whole, &Whole)) -> Vec<Vec<usize>> {
    let mut all: Vec<_> = listed.iter().map(|own| explain(own, given, told_in(own, new))).collect();
    let notes = referred(&old.body);
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

/// The part of the newer text that a change is told in: that of its heading, else the one that shows it. A comparison
/// has the parts of the newer text first, or one for all of them.
fn told_in(listed: &Listed, new: &Whole) -> Option<usize> {
    listed.heading.map_or(Some(listed.part), |heading| part_around(new, heading))
}

/// The reasons that explain a change, by their places: what is said of the block itself, else of its section, else of
/// the text that it is told in.
fn explain(listed: &Listed, given: &[Given], told_in: Option<usize>) -> Vec<usize> {
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
            Some(part) == told_in && listed.heading.is_none_or(|heading| own.new.contains(&heading))
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
    use crate::markdown::whole::Chapter;
    use crate::markdown::{Dialect, parse};
    use crate::path::SitePath;
    use std::sync::Arc;

    fn removal(was: &str) -> Removal {
        Removal {
            was: was.to_owned(),
            why: format!("without {was}"),
            because: Vec::new(),
            place: Source::new(SitePath::new("a.md"), "").place(0..0),
            because_places: Vec::new(),
        }
    }

    /// What explains each change between two texts.
    #[track_caller]
    fn check(old: &str, new: &str, was: &[&str], expected: &[&str]) {
        let (old, new) = (parse(old, Dialect::Paper), parse(new, Dialect::Paper));
        let listed = list(&compare(&old, &new), &old, &new, &Judge::default());
        let removed: Vec<_> = was.iter().map(|was| removal(was)).collect();
        let (old, new) = (Whole::of(Arc::new(old)), Whole::of(Arc::new(new)));
        let given = given(&old, &new, &removed);
        let explained = explain_all(&listed, &given, (&old, &new));
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

    /// A draft of a chapter, on one page with the words above it.
    fn in_chapter(opening: &str, chapter: &str) -> Whole {
        let (opening, body) = (parse(opening, Dialect::Paper), parse(chapter, Dialect::Paper));
        let chapter = Chapter { name: "money", number: 1, title: "Money", file: "01-money.md", body: &body };
        Whole::on_one_page(&opening, &[chapter])
    }

    /// What explains each change from one whole to another, both on one page.
    #[track_caller]
    fn check_whole(old: &Whole, new: &Whole, was: &[&str], expected: &[&str]) {
        let listed = list(&compare(&old.body, &new.body), &old.body, &new.body, &Judge::default());
        let removed: Vec<_> = was.iter().map(|was| removal(was)).collect();
        let given = given(old, new, &removed);
        let explained = explain_all(&listed, &given, (old, new));
        let words = |of: &Vec<usize>| of.iter().map(|at| given[*at].words.as_str()).collect::<Vec<_>>().join("+");
        assert_eq!(explained.iter().map(words).collect::<Vec<_>>(), expected, "{listed:?}");
    }

    #[test]
    fn what_is_said_of_a_chapter_is_said_of_its_title() {
        let old = Whole::of(Arc::new(parse("Above.\n", Dialect::Paper)));
        let new = in_chapter("Above.\n", "<!-- why: x -->\n\nThe levy is £5.\n");
        check_whole(&old, &new, &[], &["x", "x"]);
    }

    #[test]
    fn a_chapter_that_went_is_named_by_its_name_and_its_headings_by_their_own_ids() {
        let old = in_chapter("Above.\n", "## Costs\n\nThe levy is £5.\n");
        let new = Whole::of(Arc::new(parse("Above.\n", Dialect::Paper)));
        check_whole(&old, &new, &["money"], &["without money"; 3]);
        check_whole(&old, &new, &["costs"], &["", "without costs", "without costs"]);
        let numbers = numbers_of(&old);
        let names: Vec<_> = (0..4).map(|ix| name_of((&old, &numbers), ix)).collect();
        assert_eq!(names, [Some("p1"), Some("money"), Some("costs"), Some("p1-1-1")]);
    }
}
