//! The words of a leaf with their marks: wraps are opened and closed around them as either side asks. Tags
//! of raw HTML stand as they are, and marks between them.

use super::{Marks, Page, Pane};
use crate::diff::tokens::{ATOM, Leaf};
use crate::diff::{Mark, Piece};
use crate::markdown::{Block, BlockKind, Inline, Ix, Side, Wrap, Writer, encoded, texts_and_tags};
use std::ops::Range;

impl Page<'_> {
    /// The words of a pair.
    pub(super) fn words(&mut self, old: Ix, new: Ix, pieces: &[Piece]) {
        self.line(Some(old), Some(new), pieces.iter());
    }

    /// The words of one side alone, from pieces that lie one after the other in it.
    pub(super) fn joined_words<'p>(&mut self, pane: Pane, ix: Ix, pieces: impl Iterator<Item = &'p Piece>) {
        match pane {
            Pane::Old => self.line(Some(ix), None, pieces),
            _ => self.line(None, Some(ix), pieces),
        }
    }

    fn line<'p>(&mut self, old: Option<Ix>, new: Option<Ix>, pieces: impl Iterator<Item = &'p Piece>) {
        let kept = self.kept();
        let open = |page: &Self, pane: Pane, ix: Option<Ix>| {
            ix.and_then(|ix| page.block(pane, ix)).filter(|_| page.shows(pane)).map(Words::read)
        };
        let (before, after) = (open(self, Pane::Old, old), open(self, Pane::New, new));
        let sides = (self.old, self.new);
        let marks = self.marks;
        let in_move = self.in_move;
        let mut line = Line { writer: &mut self.writer, wraps: Vec::new(), mark: None, marks, in_move };
        for piece in pieces {
            let pane = match piece.mark {
                Mark::Removed => Pane::Old,
                Mark::Added => Pane::New,
                Mark::Kept | Mark::Reformatted => kept,
            };
            let mark = Some(piece.mark).filter(|mark| *mark != Mark::Kept && marks == Marks::Shown);
            match (pane, &before, &after) {
                (Pane::Old, Some(words), _) => line.stretch(sides.0, words, piece.old.clone(), mark),
                (Pane::New | Pane::Both, _, Some(words)) => line.stretch(sides.1, words, piece.new.clone(), mark),
                _ => {}
            }
        }
        line.end(sides.1);
    }
}

/// A leaf of one side.
struct Words<'a> {
    block: &'a Block,
    leaf: Leaf,
    /// The texts and tags of raw HTML.
    raw: Vec<&'a str>,
}

impl<'a> Words<'a> {
    fn read(block: &'a Block) -> Self {
        let raw = match &block.kind {
            BlockKind::Html(html) => texts_and_tags(html),
            _ => Vec::new(),
        };
        Words { block, leaf: Leaf::read(block), raw }
    }
}

/// A wrap that is open: the inline that opens it, and whose it is.
struct Open<'a> {
    at: usize,
    block: &'a Block,
}

/// A leaf that is being written.
struct Line<'w, 'a> {
    writer: &'w mut Writer,
    wraps: Vec<Open<'a>>,
    mark: Option<Mark>,
    marks: Marks,
    /// At one end of a move, words that were reformatted are still of that side alone.
    in_move: bool,
}

impl<'a> Line<'_, 'a> {
    /// A stretch of one side's text.
    fn stretch(&mut self, side: Side, words: &Words<'a>, range: Range<usize>, mark: Option<Mark>) {
        let runs = &words.leaf.runs;
        let first = runs.partition_point(|run| run.range.end <= range.start);
        for run in runs.iter().skip(first).take_while(|run| run.range.start < range.end) {
            let bytes = run.range.start.max(range.start)..run.range.end.min(range.end);
            let text = words.leaf.text.get(bytes).unwrap_or("");
            let inline = words.block.inlines.get(run.inline);
            let code = matches!(inline, Some(Inline::Code(_))).then_some(run.inline);
            self.enter(side, words.block, run.path.iter().copied().chain(code).collect());
            self.set_mark(mark);
            match (inline, words.raw.get(run.inline)) {
                (_, Some(tag)) if run.inline % 2 == 1 => self.tag(side, tag),
                (_, Some(_)) => self.writer.raw(&encoded(text)),
                (Some(Inline::Open(_)), _) => {}
                (Some(inline), _) if text == ATOM && !matches!(inline, Inline::Text(_) | Inline::Code(_)) => {
                    self.writer.inline(side, inline)
                }
                _ => self.writer.text(text),
            }
        }
    }

    /// A tag of raw HTML. Details are open, so that marks in them are seen.
    fn tag(&mut self, side: Side, tag: &str) {
        match tag.strip_prefix("<details") {
            Some(attrs) if self.marks == Marks::Shown && !attrs.contains(" open=") => {
                self.writer.raw_markup(side, &format!("<details open=\"\"{attrs}"));
            }
            _ => self.writer.raw_markup(side, tag),
        }
    }

    /// Closes and opens wraps until exactly those of `path` are open.
    fn enter(&mut self, side: Side, block: &'a Block, path: Vec<usize>) {
        let shared = self.wraps.iter().zip(&path).take_while(|(open, at)| same_wrap(open, block, **at)).count();
        if shared < self.wraps.len() || shared < path.len() {
            self.set_mark(None);
        }
        while self.wraps.len() > shared {
            self.wraps.pop();
            self.writer.inline(side, &Inline::Close);
        }
        self.wraps.iter_mut().zip(&path).for_each(|(open, at)| *open = Open { at: *at, block });
        for at in path.into_iter().skip(shared) {
            match block.inlines.get(at) {
                Some(Inline::Code(_)) => {
                    self.writer.inline(side, &Inline::Open(Wrap::Html { tag: "code", attrs: Vec::new() }))
                }
                Some(open) => self.writer.inline(side, open),
                None => {}
            }
            self.wraps.push(Open { at, block });
        }
    }

    fn set_mark(&mut self, mark: Option<Mark>) {
        if self.mark != mark {
            self.writer.raw(match self.mark {
                Some(Mark::Removed) => "</del>",
                Some(Mark::Added) => "</ins>",
                Some(Mark::Reformatted) => "</span>",
                _ => "",
            });
            self.writer.raw(match mark {
                Some(Mark::Removed) => "<del>",
                Some(Mark::Added) => "<ins>",
                Some(Mark::Reformatted) if self.in_move => "<span class=\"mark-fmt\">",
                Some(Mark::Reformatted) => "<span data-diff=\"fmt\">",
                _ => "",
            });
            self.mark = mark;
        }
    }

    fn end(mut self, side: Side) {
        self.set_mark(None);
        self.wraps.drain(..).for_each(|_| self.writer.inline(side, &Inline::Close));
    }
}

/// Whether the wrap that is open can serve as the one that is wanted: it is the same, or its like on
/// the other side.
fn same_wrap(open: &Open, block: &Block, at: usize) -> bool {
    if std::ptr::eq(open.block, block) {
        return open.at == at;
    }
    match (open.block.inlines.get(open.at), block.inlines.get(at)) {
        (Some(Inline::Code(_)), Some(Inline::Code(_))) => true,
        (before, after) => before == after,
    }
}
