//! The changes of a comparison as a list with places, and as numbers.
//!
//! Each entry has the id of the element that shows it, so that a page can lead there, and says what
//! happened in one sentence that is enough for someone who does not see the marks.

mod counts;
mod declared;
mod judged;
mod listed;
mod moved;
mod numbers;
mod tables;
mod words;

pub use counts::{Counts, counts};
pub use listed::{Listed, NOTES, Name};
use numbers::gather_numbers;
use words::{alerts, changed_words, named, noun, renumbered, strikes, title, told};

use super::class::{Class, Judge, Sign};
use super::tokens::Leaf;
use super::write::{anchor, anchor_of, in_part};
use super::{Change, Comparison, Ends, Inside, Joined, Mark, Piece, Row};
use crate::markdown::{Block, BlockKind, Body, Ix};
use crate::words::{Arg, Phrase, phrase};
use std::collections::BTreeMap;

fn became(key: &'static str, was: &str, is: &str) -> Phrase {
    phrase(key).with("was", Arg::Quoted(was.to_owned())).with("is", Arg::Quoted(is.to_owned()))
}

/// Whether a row is a change of its own; a new column is one of the table.
pub(super) fn row_counts(row: &Row) -> bool {
    row.old.is_none() || row.new.is_none() || row.cells.iter().any(|cell| !cell.pieces.is_empty())
}

/// Every change, in the order of the text, each judged.
pub fn list(comparison: &Comparison, old: &Body, new: &Body, judge: &Judge) -> Vec<Listed> {
    let inside = comparison.moves.iter().enumerate().filter(|(_, moved)| moved.ends == Ends::Inside);
    let pairs = inside.flat_map(|(id, moved)| moved.pairs.iter().map(move |pair| (id, pair)));
    let moved = pairs.map(|(id, pair)| ((pair.old, id), (pair.new, id))).unzip();
    let (place, heading, listed) = (String::new(), None, Vec::new());
    let mut lister =
        Lister { comparison, old, new, judge, place, heading, listed, moved, part: 0, root: Root::default() };
    for (at, part) in comparison.parts.iter().enumerate() {
        (lister.part, lister.place, lister.heading) = (at, String::new(), None);
        comparison.blocks[part.changes.clone()].iter().for_each(|change| lister.at_top(change));
        (lister.place, lister.heading) = (NOTES.to_owned(), None);
        let notes = comparison.notes.iter().filter(|change| in_part(change, part, &comparison.moves));
        notes.filter(|change| !only_reordered(change, comparison)).for_each(|change| lister.at_top(change));
    }
    let texts: Vec<_> = comparison.parts.iter().map(|part| part.new.clone()).collect();
    declared::take_in(&mut lister.listed, new, &texts);
    gather_numbers(lister.listed)
}

/// Whether a note only stands elsewhere among the notes, as its reference does in the text.
fn only_reordered(change: &Change, comparison: &Comparison) -> bool {
    let (Change::MovedAway { id } | Change::MovedHere { id }) = change else { return false };
    comparison.moves.get(*id).is_some_and(|moved| moved.pairs.iter().all(|pair| pair.inside.is_none()))
}

struct Lister<'a> {
    comparison: &'a Comparison,
    old: &'a Body,
    new: &'a Body,
    place: String,
    heading: Option<Ix>,
    listed: Vec<Listed>,
    /// Leaves of either side that moved inside other blocks, with the index of the move.
    moved: (BTreeMap<Ix, usize>, BTreeMap<Ix, usize>),
    /// The part that is read.
    part: usize,
    /// By what changes are judged.
    judge: &'a Judge,
    /// The change at the top that is read.
    root: Root,
}

/// A change at the top: its id, and its block in either text.
#[derive(Clone, Default)]
struct Root {
    anchor: String,
    old: Option<Ix>,
    new: Option<Ix>,
}

impl Lister<'_> {
    /// A change at the top.
    fn at_top(&mut self, change: &Change) {
        let ends = |id: &usize| self.comparison.moves.get(*id).and_then(|moved| moved.pairs.first());
        let (old, new) = match change {
            Change::Same { old, new } | Change::Edited { old, new, .. } => (Some(*old), Some(*new)),
            Change::Removed { old } => (Some(*old), None),
            Change::Added { new } => (None, Some(*new)),
            Change::MovedAway { id } | Change::MovedHere { id } => {
                (ends(id).map(|pair| pair.old), ends(id).map(|pair| pair.new))
            }
            Change::Split { old, parts } => (Some(*old), parts.first().map(|part| part.block)),
            Change::Merged { parts, new } => (parts.first().map(|part| part.block), Some(*new)),
        };
        let anchor = anchor_of(change).unwrap_or_default();
        self.root = Root { anchor, old, new };
        self.change(change);
    }

    fn change(&mut self, change: &Change) {
        match change {
            Change::Same { new, .. } => self.enter(*new),
            Change::Removed { old } => self.one_sided(Name::Removed, Some(*old), None),
            Change::Added { new } => {
                self.enter(*new);
                self.one_sided(Name::Added, None, Some(*new));
            }
            Change::Edited { old, new, inside } => {
                self.enter(*new);
                self.edited(*old, *new, inside);
            }
            Change::MovedAway { id } => self.departed(*id),
            Change::MovedHere { id } => {
                if let Some(moved) = self.comparison.moves.get(*id) {
                    self.moved(*id, moved);
                }
            }
            Change::Split { old, parts } => {
                let first = parts.first().map(|part| part.block);
                let id = anchor(Some(*old), first);
                self.joint(Name::Split, id, parts, |part| (*old, part.block), "change-split");
            }
            Change::Merged { parts, new } => {
                let id = anchor(None, Some(*new));
                self.joint(Name::Merged, id, parts, |part| (part.block, *new), "change-merged");
            }
        }
    }

    /// Headings of the newer text are the places of what follows.
    fn enter(&mut self, new: Ix) {
        if let Some(block) = self.new.blocks.get(new).filter(|block| matches!(block.kind, BlockKind::Heading { .. })) {
            self.place = block.words();
            self.heading = Some(new);
        }
    }

    fn push(&mut self, name: Name, block: &'static str, words: (String, String), anchor: String, sentence: Phrase) {
        let (old, new) = words;
        self.listed.push(Listed {
            name,
            block,
            place: self.place.clone(),
            heading: self.heading,
            old,
            new,
            anchor,
            sentence,
            part: self.part,
            departure: false,
            class: Class::default(),
            signs: Vec::new(),
            declared: None,
            root: self.root.anchor.clone(),
            old_root: self.root.old,
            new_root: self.root.new,
        });
    }

    fn one_sided(&mut self, name: Name, old: Option<Ix>, new: Option<Ix>) {
        let before = old.map_or(String::new(), |ix| self.rest(self.old, ix, &self.moved.0));
        let after = new.map_or(String::new(), |ix| self.rest(self.new, ix, &self.moved.1));
        let holds = |body: &Body, ix: Option<Ix>, moved: &BTreeMap<Ix, usize>| {
            ix.is_some_and(|ix| moved.range(ix..body.end(ix)).next().is_some())
        };
        let parted = holds(self.old, old, &self.moved.0) || holds(self.new, new, &self.moved.1);
        if parted && before.is_empty() && after.is_empty() {
            self.departed_inside(old);
            return self.moved_inside(new);
        }
        let block = old.and_then(|ix| self.old.blocks.get(ix)).or(new.and_then(|ix| self.new.blocks.get(ix)));
        let Some(block) = block.filter(|block| !block.is_invisible()) else { return };
        let noun = noun(block);
        let happened = if name == Name::Added { "change-added" } else { "change-removed" };
        let sentence =
            phrase(happened).with("block", named(noun)).with("words", Arg::Quoted(format!("{before}{after}")));
        let says = format!("{before}{after}").contains(char::is_alphanumeric) || noun == "figure";
        let mut signs = self.judge.inside(&format!("{before} {after}"));
        self.push(name, noun, (before, after), anchor(old, new), sentence);
        signs.extend(says.then_some(Sign::Text));
        self.judged(signs);
        self.departed_inside(old);
        self.moved_inside(new);
    }

    /// The words of a block, without those of leaves that moved from or to elsewhere.
    fn rest(&self, body: &Body, ix: Ix, moved: &BTreeMap<Ix, usize>) -> String {
        let blocks = body.subtree(ix).iter().enumerate().filter(|(at, _)| !moved.contains_key(&(ix + at)));
        let words: Vec<_> = blocks.map(|(_, block)| block.words()).filter(|words| !words.is_empty()).collect();
        words.join(" ")
    }

    fn edited(&mut self, old: Ix, new: Ix, inside: &Inside) {
        let (Some(before), Some(after)) = (self.old.blocks.get(old), self.new.blocks.get(new)) else { return };
        match inside {
            Inside::Blocks(changes) => changes.iter().for_each(|change| self.change(change)),
            Inside::Table(table) => self.table(old, new, table),
            Inside::Words(pieces) => self.words(before, after, pieces, anchor(Some(old), Some(new))),
            Inside::Whole => {
                let (was, is) = (title(before), title(after));
                let replaced = phrase(if was == is { "change-replaced-file" } else { "change-replaced" });
                let sentence = replaced.with("block", named(noun(after))).with("was", Arg::Quoted(was.clone()));
                let sentence = sentence.with("is", Arg::Quoted(is.clone()));
                let mut signs = self.judge.signs(&was, &is, &[(0..was.len(), 0..is.len())]);
                signs.push(if after.kind == BlockKind::Figure { Sign::Figure } else { Sign::Text });
                self.push(Name::Edited, noun(after), (was, is), anchor(Some(old), Some(new)), sentence);
                self.judged(signs);
            }
            Inside::Form => {}
        }
        let at_top = self.root.old == Some(old) && self.root.new == Some(new);
        let sorts = alerts(before, after);
        if matches!(inside, Inside::Form) || (at_top && sorts.is_some()) {
            let sentence = match sorts {
                Some((was, is)) => phrase("change-form-sorts").with("was", was).with("is", is),
                None => phrase("change-form"),
            };
            let sentence = sentence.with("block", named(noun(after)));
            self.push(Name::Reformatted, noun(after), Default::default(), anchor(Some(old), Some(new)), sentence);
        }
    }

    fn words(&mut self, before: &Block, after: &Block, pieces: &[Piece], anchor: String) {
        let noun = noun(after);
        let (old, new) = (Leaf::read(before), Leaf::read(after));
        let (was, is) = changed_words(pieces, before, after);
        if renumbered(&old.text, &new.text) && noun == "heading" {
            let sentence = became("change-renumbered", &old.text, &new.text);
            return self.push(Name::Renumbered, noun, (old.text, new.text), anchor, sentence);
        }
        if noun == "heading" && !(was.is_empty() && is.is_empty()) {
            let sentence = became("change-renamed", &old.text, &new.text);
            self.push(Name::Edited, noun, (was, is), anchor, sentence);
            return self.judged(self.signs(pieces, before, after));
        }
        if was.is_empty() && is.is_empty() {
            let words: Vec<_> = pieces
                .iter()
                .filter(|piece| piece.mark == Mark::Reformatted)
                .map(|piece| &new.text[piece.new.clone()])
                .collect();
            // Where only white space changed, there are no words but those around it.
            let words = Some(words.join(" … ")).filter(|words| !words.trim().is_empty());
            let words = words.unwrap_or_else(|| after.words());
            let sentence = phrase("change-looks").with("words", Arg::Quoted(words.clone()));
            let struck = strikes(before) != strikes(after);
            let signs = if struck { self.judge.inside(&words) } else { Vec::new() };
            self.push(Name::Reformatted, noun, (words.clone(), words), anchor, sentence);
            return self.judged(signs);
        }
        let sentence = phrase("change-edited").with("block", named(noun)).with("told", told(pieces, before, after));
        self.push(Name::Edited, noun, (was, is), anchor, sentence);
        self.judged(self.signs(pieces, before, after));
    }

    fn joint(
        &mut self,
        name: Name,
        anchor: String,
        parts: &[Joined],
        ends: impl Fn(&Joined) -> (Ix, Ix),
        happened: &'static str,
    ) {
        let (mut was, mut is, mut signs) = (Vec::new(), Vec::new(), Vec::new());
        for part in parts {
            let (old, new) = ends(part);
            if let (Some(a), Some(b)) = (self.old.blocks.get(old), self.new.blocks.get(new)) {
                signs.extend(self.signs(&part.pieces, a, b));
                let (old, new) = changed_words(&part.pieces, a, b);
                was.extend((!old.is_empty()).then_some(old));
                is.extend((!new.is_empty()).then_some(new));
            }
        }
        let Some(part) = parts.first() else { return };
        let words = self.new.words(ends(part).1);
        let sentence = phrase(happened).with("count", parts.len()).with("words", Arg::Quoted(words));
        self.push(name, "paragraph", (was.join(" "), is.join(" ")), anchor, sentence);
        self.judged(signs);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diff::{compare, html};
    use crate::markdown::{Decor, Dialect, Side, parse};
    use crate::words::Words;

    fn sentences(old: &str, new: &str) -> Vec<String> {
        let (old, new) = (parse(old, Dialect::Paper), parse(new, Dialect::Paper));
        let comparison = compare(&old, &new);
        let listed = list(&comparison, &old, &new, &Judge::default());
        struct Paper;
        impl Decor for Paper {}
        let page = html(&comparison, Side { body: &old, decor: &Paper }, Side { body: &new, decor: &Paper });
        for line in &listed {
            let id = format!("id=\"{}\"", line.anchor);
            assert_eq!(page.matches(&id).count(), 1, "{id} of {line:?} in {page}");
        }
        listed.into_iter().map(|line| format!("{}| {}", line.place, line.said(Words::english()))).collect()
    }

    fn check(old: &str, new: &str, expected: &[&str]) {
        assert_eq!(sentences(old, new), expected);
    }

    #[test]
    fn every_change_is_a_sentence_with_its_place() {
        check(
            "## Costs\n\nIt may cost ten pounds.\n",
            "## Costs\n\nIt must cost ten pounds.\n",
            &["Costs| Paragraph changed: “may” became “must”"],
        );
        check("a b c\n", "a b c\n\nNew words here.\n", &["| Paragraph added: “New words here.”"]);
        check(
            "## 1. Costs\n\na\n",
            "## 2. Costs\n\na\n",
            &["2. Costs| Heading renumbered: “1. Costs” became “2. Costs”"],
        );
        check("see [it](a.md) now\n", "see [it](b.md) now\n", &["| Formatting or a link changed: “it”"]);
        check(
            "> [!NOTE]\n> by June\n",
            "> [!CAUTION]\n> by July\n",
            &["| Paragraph changed: “June” became “July”", "| Box set in another form: note became caution"],
        );
        check("![One](a.png)\n", "![Two](b.png)\n", &["| Figure replaced: “One” became “Two”"]);
    }

    #[test]
    fn items_rows_and_columns_are_listed_one_by_one() {
        check("- one\n- two\n", "- one\n- and a half\n- two\n", &["| Item added: “and a half”"]);
        check(
            "| a | b |\n|--|--|\n| x | 1 |\n",
            "| a | b | c |\n|--|--|--|\n| x | 2 | 3 |\n| y | 5 | 6 |\n",
            &["| Column added: “c”", "| Row “x” changed: “1” became “2”", "| Row added: “y 5 6”"],
        );
    }

    #[test]
    fn a_moved_item_can_be_led_to() {
        let item = "- one item that is quite long indeed\n";
        let rest = "- the second item, which stays where it is\n- the third item, which stays as well\n";
        check(
            &format!("{item}{rest}"),
            &format!("{rest}{item}"),
            &["| Item moved: “one item that is quite long indeed”"],
        );
    }

    #[test]
    fn words_that_changed_inside_what_moved_count() {
        let item = "- one item that is quite long indeed and stays as it is";
        let rest = "A paragraph of its own, about something else.\n\nAnother one, which follows the first.\n";
        let (old, new) = (format!("{item}\n- two\n\n{rest}"), format!("{rest}\n{item}\n- three\n"));
        let (old, new) = (parse(&old, Dialect::Paper), parse(&new, Dialect::Paper));
        let counted = counts(&list(&compare(&old, &new), &old, &new, &Judge::default()));
        assert_eq!((counted.words_added, counted.words_removed, counted.moved), (1, 1, 1), "{counted:?}");
    }

    #[test]
    fn a_renumbering_is_one_change_and_no_words() {
        let (old, new) = ("## 1. Costs\n\na\n\n## 2. Votes\n\nb\n", "## 2. Costs\n\na\n\n## 3. Votes\n\nb\n");
        let (old, new) = (parse(old, Dialect::Paper), parse(new, Dialect::Paper));
        let counted = counts(&list(&compare(&old, &new), &old, &new, &Judge::default()));
        assert_eq!(counted, Counts { edited: 1, ..Counts::default() });
    }

    #[test]
    fn words_are_counted() {
        let (old, new) = (parse("a b c d e f\n", Dialect::Paper), parse("a b x c d e f\n\ng h\n", Dialect::Paper));
        let counted = counts(&list(&compare(&old, &new), &old, &new, &Judge::default()));
        assert_eq!(counted, Counts { added: 1, edited: 1, words_added: 3, ..Counts::default() });
    }
}
