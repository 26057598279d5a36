//! A comparison → HTML, through the same writer as any page.
//!
//! Words are marked with `<ins>` and `<del>`, blocks with `data-diff`, both ends of a move with
//! `data-move`; formatting and link targets with `<span data-diff="fmt">`. Marks stand inside `li`,
//! `td`, `p`, or as an attribute on the block, so the result is as well formed as a plain page.
//! Labels that are not text of the document carry `data-diff-chrome`.

mod joints;
mod labels;
mod moved;
mod parted;
mod table;
mod words;

use super::{Change, Comparison, Inside, Joined, Move, Part};
use crate::markdown::{Attrs, Block, BlockKind, Ix, Side, Writer, escape};
use crate::words::Phrase;
pub use labels::{Labels, PartLabels};
use parted::Parted;

/// Which side is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pane {
    /// Both in one text.
    Both,
    /// The older text alone.
    Old,
    /// The newer text alone.
    New,
}

/// Whether changes are marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marks {
    /// With marks, labels and anchors.
    Shown,
    /// Plainly, as if there were nothing to compare with.
    Hidden,
}

/// The whole comparison in one text, with marks.
pub fn html(comparison: &Comparison, old: Side, new: Side) -> String {
    whole(comparison, old, new, Pane::Both, Marks::Shown)
}

/// A comparison, or one part of it, in one text with marks, and labels in other words.
pub fn labelled(comparison: &Comparison, part: Option<usize>, old: Side, new: Side, labels: Labels) -> String {
    let mut page = Page::new(comparison, old, new, Pane::Both, Marks::Shown);
    page.labels = labels;
    page.part = part;
    page.all();
    page.writer.finish()
}

/// One side of one change at the top, for columns side by side; empty where that side has nothing.
pub fn pane(comparison: &Comparison, change: &Change, old: Side, new: Side, pane: Pane) -> String {
    let mut page = Page::new(comparison, old, new, pane, Marks::Shown);
    page.root(change);
    page.writer.finish()
}

/// The whole comparison, or one side of it.
pub(super) fn whole(comparison: &Comparison, old: Side, new: Side, pane: Pane, marks: Marks) -> String {
    let mut page = Page::new(comparison, old, new, pane, marks);
    page.all();
    page.writer.finish()
}

/// The id of the element that shows a change; unique, since a block stands in one change only.
pub fn anchor(old: Option<Ix>, new: Option<Ix>) -> String {
    match (old, new) {
        (_, Some(new)) => format!("change.{new}"),
        (old, None) => format!("removed.{}", old.unwrap_or_default()),
    }
}

/// The id of the element that shows a change at the top; none where nothing changed.
pub fn anchor_of(change: &Change) -> Option<String> {
    let first = |parts: &[Joined]| parts.first().map(|part| part.block);
    Some(match change {
        Change::Same { .. } => return None,
        Change::Edited { old, new, .. } => anchor(Some(*old), Some(*new)),
        Change::Removed { old } => anchor(Some(*old), None),
        Change::Added { new } => anchor(None, Some(*new)),
        Change::MovedAway { id } => end_of_move(*id, Pane::Old),
        Change::MovedHere { id } => end_of_move(*id, Pane::New),
        Change::Split { old, parts } => anchor(Some(*old), first(parts)),
        Change::Merged { new, .. } => anchor(None, Some(*new)),
    })
}

/// The id of one end of a move.
pub fn end_of_move(id: usize, pane: Pane) -> String {
    format!("move.{}.{}", id + 1, if pane == Pane::Old { "from" } else { "to" })
}

struct Page<'a> {
    comparison: &'a Comparison,
    old: Side<'a>,
    new: Side<'a>,
    pane: Pane,
    /// Whether one end of a move is written: what is in it is of one side alone.
    in_move: bool,
    marks: Marks,
    writer: Writer,
    parted: Parted,
    labels: Labels,
    /// The part that is shown; none where all are.
    part: Option<usize>,
    /// Whether both ends of moves are on the page, whichever side is written at the moment.
    linked: bool,
}

impl<'a> Page<'a> {
    fn new(comparison: &'a Comparison, old: Side<'a>, new: Side<'a>, pane: Pane, marks: Marks) -> Self {
        let parted = Parted::of(comparison);
        let (writer, labels) = (Writer::default(), Labels::default());
        let linked = pane == Pane::Both && marks == Marks::Shown;
        Page { comparison, old, new, pane, in_move: false, marks, writer, parted, labels, part: None, linked }
    }

    fn all(&mut self) {
        let part = self.shown_part();
        let changes = part.map_or(0..self.comparison.blocks.len(), |part| part.changes.clone());
        self.comparison.blocks[changes].iter().for_each(|change| self.root(change));
        self.notes();
    }

    fn shown_part(&self) -> Option<&'a Part> {
        self.comparison.parts.get(self.part?)
    }

    /// Where the other end of a move is, seen from one end, and what the page of its part is called
    /// where that is another page.
    fn other_end(&self, id: usize, pane: Pane) -> (String, Option<&PartLabels>) {
        let other = if pane == Pane::Old { Pane::New } else { Pane::Old };
        let ends = self.part.and(self.comparison.moves.get(id)).and_then(|moved| self.comparison.across(moved));
        let part = ends.map(|(old, new)| if pane == Pane::Old { new } else { old });
        let labels = part.and_then(|part| self.labels.parts.get(part));
        let page = labels.map_or("", |labels| labels.href.as_str());
        (format!("{page}#{}", end_of_move(id, other)), labels)
    }

    fn shows(&self, pane: Pane) -> bool {
        self.pane == Pane::Both || self.pane == pane
    }

    /// Whether both sides stand in one text with marks, so that labels and anchors make sense.
    fn merged(&self) -> bool {
        self.pane == Pane::Both && self.marks == Marks::Shown
    }

    /// The side that unchanged words are taken from.
    fn kept(&self) -> Pane {
        if self.pane == Pane::Old { Pane::Old } else { Pane::New }
    }

    /// A label in the language of the page, as markup.
    fn words_for(&self, label: impl Into<Phrase>) -> String {
        escape(&self.new.decor.words().say(label))
    }

    fn side(&self, pane: Pane) -> Side<'a> {
        if pane == Pane::Old { self.old } else { self.new }
    }

    fn block(&self, pane: Pane, ix: Ix) -> Option<&'a Block> {
        self.side(pane).body.blocks.get(ix)
    }

    /// `data-diff` for a block that only one side has.
    fn diff_attrs(&self, pane: Pane) -> Attrs {
        match (self.marks, pane) {
            (Marks::Hidden, _) => Attrs::default(),
            (Marks::Shown, Pane::Old) => Attrs::default().with("data-diff", "del"),
            (Marks::Shown, _) => Attrs::default().with("data-diff", "ins"),
        }
    }

    /// A change at the top.
    fn root(&mut self, change: &Change) {
        match change {
            Change::Same { old, new } => self.same_root(*old, *new),
            Change::Removed { old } => self.framed("change", anchor(Some(*old), None), |page| {
                page.only(Pane::Old);
                page.side_root(Pane::Old, *old);
            }),
            Change::Added { new } => self.framed("change", anchor(None, Some(*new)), |page| {
                page.only(Pane::New);
                page.side_root(Pane::New, *new);
            }),
            Change::Edited { old, new, inside } => {
                let write = |page: &mut Self| page.edited_root(*old, *new, inside);
                self.framed("change", anchor(Some(*old), Some(*new)), write);
            }
            Change::MovedAway { id } => self.moved_root(*id, Pane::Old),
            Change::MovedHere { id } => self.moved_root(*id, Pane::New),
            Change::Split { old, parts } => self.split(*old, parts),
            Change::Merged { parts, new } => self.merge(parts, *new),
        }
    }

    fn same_root(&mut self, old: Ix, new: Ix) {
        let ix = if self.kept() == Pane::Old { old } else { new };
        let quiet = self.merged() && self.labels.quiet.contains(&new);
        self.writer.raw(if quiet { "<div class=\"quiet\">\n" } else { "" });
        self.writer.root(self.side(self.kept()), ix);
        self.writer.raw(if quiet { "</div>\n" } else { "" });
    }

    /// The label of a block that only one side has.
    fn only(&mut self, pane: Pane) {
        let label = if pane == Pane::Old { &self.labels.only_old } else { &self.labels.only_new };
        if let (Some(label), true) = (label.clone(), self.merged()) {
            let label = crate::markdown::escape(&label);
            self.writer.raw(&format!("<p class=\"change-label\" data-diff-chrome>{label}</p>\n"));
        }
    }

    /// A box around a change at the top, with an anchor that the list of changes leads to.
    fn framed(&mut self, class: &str, anchor: String, write: impl FnOnce(&mut Self)) {
        if self.merged() {
            let (before, after) = self.labels.around.remove(&anchor).unwrap_or_default();
            let attributes = self.labels.attributes.remove(&anchor).unwrap_or_default();
            self.writer.raw(&format!("<div class=\"{class}\" id=\"{anchor}\"{attributes}>\n{before}"));
            write(self);
            self.writer.raw(&format!("{after}</div>\n"));
        } else {
            write(self);
        }
    }

    /// What the page puts around a block at the top.
    fn decorated(&mut self, pane: Pane, ix: Ix, write: impl FnOnce(&mut Self)) {
        let (Some(block), side) = (self.block(pane, ix), self.side(pane)) else { return };
        if block.is_invisible() {
            return self.writer.root(side, ix);
        }
        side.decor.before(ix, block, self.writer.out());
        write(self);
        side.decor.after(ix, block, self.writer.out());
    }

    /// A block at the top that only one side has.
    fn side_root(&mut self, pane: Pane, ix: Ix) {
        let seen = self.block(pane, ix).is_some_and(|block| !block.is_invisible());
        if seen && self.shows(pane) {
            self.decorated(pane, ix, |page| page.one_sided(pane, ix, page.diff_attrs(pane)));
        }
    }

    /// A block of one side with attributes. Words without an element of their own get a box to bear
    /// them.
    fn one_sided(&mut self, pane: Pane, ix: Ix, attrs: Attrs) {
        let side = self.side(pane);
        if self.holds_moved(pane, ix) {
            return self.parted(pane, ix, attrs);
        }
        let plain = self.block(pane, ix).is_some_and(|block| block.kind == BlockKind::Plain);
        if !plain || self.marks == Marks::Hidden {
            return self.writer.block(side, ix, attrs);
        }
        self.writer.tag("span", &attrs, "");
        self.writer.block(side, ix, Attrs::default());
        self.writer.raw("</span>");
    }

    fn edited_root(&mut self, old: Ix, new: Ix, inside: &Inside) {
        if matches!(inside, Inside::Whole) {
            self.side_root(Pane::Old, old);
            return self.side_root(Pane::New, new);
        }
        let pane = self.kept();
        let ix = if pane == Pane::Old { old } else { new };
        self.decorated(pane, ix, |page| page.edited(old, new, inside, Attrs::default()));
    }

    /// A pair with what changed inside it.
    fn edited(&mut self, old: Ix, new: Ix, inside: &Inside, attrs: Attrs) {
        let pane = self.kept();
        let (side, ix) = (self.side(pane), if pane == Pane::Old { old } else { new });
        match inside {
            Inside::Whole => {
                for (pane, ix) in [(Pane::Old, old), (Pane::New, new)] {
                    if self.shows(pane) {
                        self.one_sided(pane, ix, self.diff_attrs(pane));
                    }
                }
            }
            Inside::Form if self.marks == Marks::Shown && !self.in_move => {
                self.writer.block(side, ix, attrs.with("data-diff", "fmt"))
            }
            Inside::Form => self.writer.block(side, ix, attrs),
            Inside::Words(pieces) => self.leaf(pane, ix, attrs, |page| page.words(old, new, pieces)),
            Inside::Blocks(changes) => {
                self.writer.open(side, ix, attrs);
                changes.iter().for_each(|change| self.nested(change));
                self.writer.close(side, ix);
            }
            Inside::Table(table) => self.table(old, new, table, attrs),
        }
    }

    /// A leaf whose words are written by someone else.
    fn leaf(&mut self, pane: Pane, ix: Ix, mut attrs: Attrs, write: impl FnOnce(&mut Self)) {
        let (side, Some(block)) = (self.side(pane), self.block(pane, ix)) else { return };
        if let BlockKind::Code { info, .. } = &block.kind {
            attrs.0.splice(0..0, side.decor.id(ix, block).map(|id| ("id", id)));
            self.writer.open_code(info.as_deref(), &attrs);
            write(self);
            return self.writer.close_code();
        }
        match block.kind {
            BlockKind::Html(_) => self.writer.open_raw(side, ix, attrs),
            _ => self.writer.open(side, ix, attrs),
        }
        write(self);
        self.writer.close(side, ix);
    }

    /// A change below the top: in a list, a quotation, a note.
    fn nested(&mut self, change: &Change) {
        match change {
            Change::Same { old, new } => {
                let ix = if self.kept() == Pane::Old { *old } else { *new };
                self.writer.block(self.side(self.kept()), ix, Attrs::default());
            }
            Change::Removed { old } => self.nested_side(Pane::Old, *old, &anchor(Some(*old), None)),
            Change::Added { new } => self.nested_side(Pane::New, *new, &anchor(None, Some(*new))),
            Change::Edited { old, new, inside } => self.nested_edited(*old, *new, inside),
            Change::MovedAway { id } => self.nested_moved(*id, Pane::Old),
            Change::MovedHere { id } => self.nested_moved(*id, Pane::New),
            Change::Split { old, parts } => self.split(*old, parts),
            Change::Merged { parts, new } => self.merge(parts, *new),
        }
    }

    /// A pair below the top; the anchor of a term stands inside it.
    fn nested_edited(&mut self, old: Ix, new: Ix, inside: &Inside) {
        let id = anchor(Some(old), Some(new));
        let pane = self.kept();
        match (inside, self.block(Pane::New, new).is_some_and(needs_parent)) {
            (_, false) => {
                self.anchor(&id);
                self.edited(old, new, inside, Attrs::default());
            }
            (Inside::Words(pieces), true) => {
                let ix = if pane == Pane::Old { old } else { new };
                self.leaf(pane, ix, Attrs::default(), |page| {
                    page.anchor(&id);
                    page.words(old, new, pieces);
                });
            }
            (_, true) => self.edited(old, new, inside, Attrs::default()),
        }
    }

    /// Below the top an anchor is an element of its own.
    fn anchor(&mut self, id: &str) {
        if self.merged() {
            self.writer.raw(&format!("<span class=\"anchor\" id=\"{id}\" data-diff-chrome></span>"));
        }
    }

    /// A block below the top that only one side has; the anchor of an item stands inside it.
    fn nested_side(&mut self, pane: Pane, ix: Ix, id: &str) {
        let (Some(block), side) = (self.block(pane, ix), self.side(pane)) else { return };
        if !self.shows(pane) {
            return;
        }
        let attrs = self.diff_attrs(pane);
        if self.is_moved(pane, ix) {
            return self.parted(pane, ix, attrs);
        }
        if !needs_parent(block) {
            self.anchor(id);
            return self.one_sided(pane, ix, attrs);
        }
        self.writer.open(side, ix, attrs);
        self.anchor(id);
        self.writer.inlines(side, &block.inlines);
        side.body.children(ix).for_each(|(child, _)| self.parted(pane, child, Attrs::default()));
        self.writer.close(side, ix);
    }

    /// The notes of both sides, together at the end.
    fn notes(&mut self) {
        let part = self.shown_part();
        let is_shown = |change: &&Change| part.is_none_or(|part| in_part(change, part, &self.comparison.moves));
        let mut notes: Vec<&Change> = self.comparison.notes.iter().filter(is_shown).collect();
        notes.retain(|change| match change {
            Change::Removed { .. } | Change::MovedAway { .. } => self.shows(Pane::Old),
            Change::Added { .. } | Change::MovedHere { .. } => self.shows(Pane::New),
            _ => true,
        });
        if notes.is_empty() {
            return;
        }
        self.writer.open_notes(self.new.decor.words());
        notes.into_iter().for_each(|change| self.nested(change));
        self.writer.close_notes();
    }
}

/// Whether a note belongs to a part.
pub(super) fn in_part(change: &Change, part: &Part, moves: &[Move]) -> bool {
    let ends = |id: &usize| moves.get(*id).and_then(|moved| moved.pairs.first());
    match change {
        Change::Same { new, .. } | Change::Edited { new, .. } | Change::Added { new } => part.new.contains(new),
        Change::Removed { old } => part.old.contains(old),
        Change::MovedAway { id } => ends(id).is_some_and(|pair| part.old.contains(&pair.old)),
        Change::MovedHere { id } => ends(id).is_some_and(|pair| part.new.contains(&pair.new)),
        _ => false,
    }
}

/// Whether a block may stand only directly inside its list, so that an anchor must go inside it.
fn needs_parent(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Item | BlockKind::Term | BlockKind::Definition | BlockKind::Note(_))
}
