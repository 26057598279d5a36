//! Stubs for reasons that are missing: what an author has to fill in, in the right places.
//!
//! In: a draft beside its base. Out: its files with a comment behind each block that changed without a reason, and an
//! entry of `removed` in the front matter for each that went, each a placeholder with the words that changed. Behind
//! a heading that changed the stub is for its section. All else stays as it is, to the byte; where `removed` is written
//! in a form to which nothing can be added, its entries are handed back.

use super::{Because, texts};
use crate::consult::reasons::{name_of, part_around, removed_blocks};
use crate::diff::Listed;
use crate::facts::MARK;
use crate::markdown::number::numbers_of;
use crate::markdown::{BlockKind, Ix};
use crate::paper::{Step, Text};
use crate::path::SitePath;
use crate::words::Words;
use std::collections::{BTreeMap, BTreeSet};

/// The files of a draft with stubs.
#[derive(Debug, Default)]
pub struct Stubs {
    /// The new text of each file that has some.
    pub files: BTreeMap<SitePath, String>,
    /// How many there are.
    pub count: usize,
    /// How many have no place, since they would stand in code that nothing closes.
    pub fenced: usize,
    /// The entries of `removed` that could not be put in their place, since that is no list with an entry a line.
    pub left: Vec<String>,
}

/// How far entries of `removed` are indented where none is written yet.
const DEPTH: usize = 2;

/// Writes the stubs of a draft.
pub(super) fn stubs(own: &Because) -> Stubs {
    let mut stubs = Stubs::default();
    let mut inserts: BTreeMap<SitePath, Vec<(usize, String)>> = BTreeMap::new();
    for (ix, said) in in_text(own) {
        let Some(block) = own.compared.new.body.blocks.get(ix) else { continue };
        let text = own.text_of(ix);
        if is_open(text.body().get(block.span.clone()).unwrap_or("")) {
            stubs.fenced += 1;
            continue;
        }
        let (at, stub) =
            in_its_place(text, text.body_start + block.span.end, &format!("<!-- why: {} -->", plain(&said)));
        inserts.entry(text.path().clone()).or_default().push((at, stub));
        stubs.count += 1;
    }
    let (removed, head) = (removed(own), &own.draft.text);
    let entries = |depth: usize| removed.iter().map(move |entry| entry.written(depth)).collect::<Vec<_>>();
    match room(head) {
        _ if removed.is_empty() => {}
        None => stubs.left = entries(DEPTH),
        Some(room) => {
            stubs.count += removed.len();
            let entries = format!("{}{}\n", room.key, entries(room.depth).join("\n"));
            inserts.entry(head.path().clone()).or_default().push((room.at, entries));
        }
    }
    let file = |(path, mut inserts): (SitePath, Vec<(usize, String)>)| {
        let source = texts(own.draft).find(|text| *text.path() == path).map_or("", |text| &text.source.text);
        inserts.sort();
        let text = with(source, &inserts);
        (path, text)
    };
    stubs.files = inserts.into_iter().map(file).collect();
    stubs
}

/// A text with what is to be put in at each place, in the line ends that it has.
fn with(source: &str, inserts: &[(usize, String)]) -> String {
    let crlf = source.contains("\r\n");
    let (mut out, mut from) = (String::with_capacity(source.len()), 0);
    for (at, words) in inserts {
        out.push_str(source.get(from..*at).unwrap_or(""));
        out.push_str(&if crlf { words.replace('\n', "\r\n") } else { words.clone() });
        from = *at;
    }
    out + source.get(from..).unwrap_or("")
}

/// The blocks of the text behind which a stub is to stand, each with what is said there.
fn in_text(own: &Because) -> Vec<(Ix, String)> {
    let mut changed: BTreeMap<Ix, Vec<&Listed>> = BTreeMap::new();
    for listed in own.unexplained() {
        if let Some(ix) = listed.new_root {
            changed.entry(ix).or_default().push(listed);
        }
    }
    let mut covered = BTreeSet::new();
    let mut stubs = Vec::new();
    for (ix, listed) in changed {
        if covered.contains(&ix) {
            continue;
        }
        covered.extend(section(own, ix));
        let said: Vec<_> = listed.iter().map(|listed| listed.said(Words::english())).collect();
        stubs.push((ix, format!("{MARK}: {}", said.join("; "))));
    }
    stubs
}

/// The blocks that a stub behind a block covers beside that: of a heading its section, of the title of a chapter all of
/// the chapter.
fn section(own: &Because, ix: Ix) -> Vec<Ix> {
    let new = &own.compared.new;
    let Some(part) = part_around(new, ix).and_then(|at| new.parts.get(at)) else { return Vec::new() };
    if !part.blocks.contains(&ix) {
        return new.body.siblings(part.blocks.clone()).map(|(ix, _)| ix).collect();
    }
    // A note may be referred to from any section.
    let is_note = |ix: &Ix| new.body.blocks.get(*ix).is_some_and(|block| matches!(block.kind, BlockKind::Note(_)));
    new.body.section(ix, part.blocks.end).into_iter().filter(|ix| !is_note(ix)).collect()
}

/// An entry of `removed`.
struct Entry {
    was: String,
    /// In a form that can stand in quotation marks.
    why: String,
}

impl Entry {
    fn written(&self, depth: usize) -> String {
        let (indent, Entry { was, why }) = (" ".repeat(depth), self);
        format!("{indent}- was: \"#{was}\"\n{indent}  why: \"{why}\"")
    }
}

/// The entries of `removed`, one for each block that went, or for a heading with its section.
fn removed(own: &Because) -> Vec<Entry> {
    let old = &own.compared.old;
    let numbers = numbers_of(old);
    let mut covered = BTreeSet::new();
    let mut entries = Vec::new();
    for listed in own.unexplained().filter(|listed| listed.new_root.is_none()) {
        let Some(ix) = listed.old_root.filter(|ix| !covered.contains(ix)) else { continue };
        let named = name_of((old, &numbers), ix).map(|was| (was, removed_blocks((old, &numbers), was)));
        let Some((was, blocks)) = named.filter(|(_, blocks)| blocks.contains(&ix)) else { continue };
        covered.extend(blocks);
        let why = format!("{MARK}: {}", listed.said(Words::english())).replace('\\', "\\\\").replace('"', "\\\"");
        entries.push(Entry { was: was.to_owned(), why });
    }
    entries
}

/// Where entries of `removed` are put into the front matter.
struct Room {
    at: usize,
    /// What stands before them.
    key: &'static str,
    /// How far they are indented.
    depth: usize,
}

/// Where entries of `removed` have their place; none where it is written in a form to which no line can be added.
fn room(text: &Text) -> Option<Room> {
    let front = text.source.text.get(..text.body_start)?;
    let mut end = 0;
    let lines = front.split_inclusive('\n').map(|line| {
        end += line.len();
        (end, line.trim_end())
    });
    let lines: Vec<(usize, &str)> = lines.collect();
    match lines.iter().position(|(_, line)| line.starts_with("removed:")) {
        Some(key) => behind_the_last(lines.get(key..)?),
        // A key that is no line of its own is in brackets or in quotation marks.
        None if text.place_of(&[Step::Key("removed")]).is_some() => None,
        None if lines.iter().any(|(_, line)| line.starts_with('{')) => None,
        None => {
            let fence = lines.iter().rposition(|(_, line)| *line == "---")?;
            let (at, _) = lines.get(fence.checked_sub(1)?)?;
            Some(Room { at: *at, key: "removed:\n", depth: DEPTH })
        }
    }
}

/// The place behind the entries of a list, as far to the right as the first: `lines` are that of its key and all below,
/// each with its end.
fn behind_the_last(lines: &[(usize, &str)]) -> Option<Room> {
    let ((at, key), below) = lines.split_first()?;
    let value = key.strip_prefix("removed:")?.trim_start();
    if !(value.is_empty() || value.starts_with('#')) {
        return None;
    }
    let mut room = Room { at: *at, key: "", depth: DEPTH };
    let mut first = None;
    // Between entries there may be empty lines and comments.
    for (end, line) in below.iter().filter(|(_, line)| !line.is_empty() && !line.starts_with('#')) {
        let words = line.trim_start();
        let (depth, is_entry) = (line.len() - words.len(), words == "-" || words.starts_with("- "));
        if depth == 0 && !is_entry {
            break;
        }
        if first.is_none() && !is_entry {
            return None;
        }
        room.depth = *first.get_or_insert(depth);
        room.at = *end;
    }
    Some(room)
}

/// Where a stub is put that is to stand behind the line in which the words before a place end, with what parts it from
/// what is around it. Before all words it stands first.
fn in_its_place(text: &Text, at: usize, stub: &str) -> (usize, String) {
    let source = &text.source.text;
    let words = source.get(..at).unwrap_or("").trim_end().len();
    if words == 0 {
        return (0, format!("{stub}\n\n"));
    }
    let end = source.get(words..).and_then(|rest| rest.find(['\r', '\n'])).map_or(source.len(), |end| words + end);
    (end, format!("\n\n{stub}"))
}

/// Whether Markdown is a fence of code that nothing closes, so that what is put behind it would be code.
fn is_open(markdown: &str) -> bool {
    let mut lines = markdown.trim().lines();
    let fence = lines.next().and_then(|line| ["```", "~~~"].into_iter().find(|fence| line.starts_with(fence)));
    let last = lines.next_back().map_or("", str::trim);
    fence.is_some_and(|fence| !last.starts_with(fence) || last.chars().any(|c| !fence.contains(c)))
}

/// Words that can stand in a comment.
fn plain(words: &str) -> String {
    words.replace("--", "–").replace('>', "›")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fence_that_nothing_closes_is_told_from_others() {
        for (markdown, expected) in [
            ("```\na\n```\n", false),
            ("~~~ rust\na\n~~~~", false),
            ("```\na\n", true),
            ("~~~\na\n```", true),
            ("```", true),
            ("words", false),
        ] {
            assert_eq!(is_open(markdown), expected, "{markdown:?}");
        }
    }
}
