//! Stubs for reasons that are missing: what an author has to fill in, in the right places.
//!
//! In: a draft beside its base. Out: its files with a comment behind each block that changed without a reason, and an
//! entry of `removed` in the front matter for each that went, each a placeholder with the words that changed. Behind
//! a heading that changed the stub is for its section. All else stays as it is, to the byte.

use super::Because;
use crate::consult::reasons::removed_blocks;
use crate::diff::Listed;
use crate::facts::MARK;
use crate::markdown::number::numbers_of;
use crate::markdown::{BlockKind, Body, Ix};
use crate::paper::Text;
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
    /// The entries of `removed` that could not be put in their place, since it is written on one line.
    pub left: Vec<String>,
}

/// Writes the stubs of a draft.
pub(super) fn stubs(own: &Because) -> Stubs {
    let mut stubs = Stubs::default();
    let mut inserts: BTreeMap<SitePath, Vec<(usize, String)>> = BTreeMap::new();
    for (ix, said) in in_text(own) {
        let Some(block) = own.compared.new.body.blocks.get(ix) else { continue };
        let text = own.text_of(ix);
        let line = line_end(text, text.body_start + block.span.end);
        inserts.entry(text.path().clone()).or_default().push((line, format!("\n\n<!-- why: {} -->", plain(&said))));
        stubs.count += 1;
    }
    let removed = removed(own);
    let head = &own.draft.text;
    match (removed.is_empty(), place_of_removed(head)) {
        (true, _) => {}
        (false, None) => stubs.left = removed,
        (false, Some((at, key))) => {
            stubs.count += removed.len();
            let entries: String = removed.iter().map(|entry| format!("{entry}\n")).collect();
            inserts.entry(head.path().clone()).or_default().push((at, format!("{key}{entries}")));
        }
    }
    let file = |(path, mut inserts): (SitePath, Vec<(usize, String)>)| {
        let source = texts(own).find(|text| *text.path() == path).map_or("", |text| &text.source.text);
        inserts.sort();
        let text = with(source, &inserts);
        (path, text)
    };
    stubs.files = inserts.into_iter().map(file).collect();
    stubs
}

fn texts<'a>(own: &'a Because) -> impl Iterator<Item = &'a Text> {
    std::iter::once(&own.draft.text).chain(own.draft.chapters.iter().map(|chapter| &chapter.text))
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
    let body = &own.compared.new.body;
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
        covered.extend(section(own, body, ix));
        let said: Vec<_> = listed.iter().map(|listed| listed.said(Words::english())).collect();
        stubs.push((ix, format!("{MARK}: {}", said.join("; "))));
    }
    stubs
}

/// The blocks of a heading's section in its part; none of another block.
fn section(own: &Because, body: &Body, ix: Ix) -> Vec<Ix> {
    let level = |ix: Ix| match body.blocks.get(ix)?.kind {
        BlockKind::Heading { level, .. } => Some(level),
        _ => None,
    };
    let part = own.compared.new.part_of(ix).and_then(|at| own.compared.new.parts.get(at));
    let Some((level_here, part)) = level(ix).zip(part) else { return Vec::new() };
    let below = body.siblings(part.blocks.clone()).map(|(ix, _)| ix).filter(|other| *other > ix);
    below.take_while(|other| level(*other).is_none_or(|other| other > level_here)).collect()
}

/// The entries of `removed`, one for each block that went, or for a heading with its section.
fn removed(own: &Because) -> Vec<String> {
    let numbers = numbers_of(&own.compared.old);
    let mut covered = BTreeSet::new();
    let mut entries = Vec::new();
    for listed in own.unexplained().filter(|listed| listed.new_root.is_none()) {
        let Some(ix) = listed.old_root.filter(|ix| !covered.contains(ix)) else { continue };
        let number = numbers.get(ix).and_then(Option::as_ref);
        let id = own.compared.old.body.blocks.get(ix).and_then(|block| block.id.as_ref());
        let named = number.or(id).map(|was| (was, removed_blocks(&own.compared.old, was)));
        let Some((was, blocks)) = named.filter(|(_, blocks)| blocks.contains(&ix)) else { continue };
        covered.extend(blocks);
        let why = format!("{MARK}: {}", listed.said(Words::english())).replace('\\', "\\\\").replace('"', "\\\"");
        entries.push(format!("  - was: \"#{was}\"\n    why: \"{why}\""));
    }
    entries
}

/// Where entries of `removed` are put into the front matter, and what stands before them; none where the key has its
/// value on its own line.
fn place_of_removed(text: &Text) -> Option<(usize, &'static str)> {
    let front = text.source.text.get(..text.body_start)?;
    let mut at = 0;
    let (mut end, mut within) = (None, false);
    for line in front.split_inclusive('\n') {
        let bare = line.trim_end();
        if within && (bare.starts_with([' ', '-']) && bare != "---" || bare.is_empty()) {
            end = Some(at + line.len());
        } else {
            within = false;
        }
        if let Some(value) = bare.strip_prefix("removed:") {
            let value = value.split('#').next().unwrap_or("").trim();
            if !value.is_empty() {
                return None;
            }
            (within, end) = (true, Some(at + line.len()));
        }
        at += line.len();
    }
    let close = || front.trim_end().rfind("---").filter(|at| *at > 0).map(|at| (at, "removed:\n"));
    end.map(|end| (end, "")).or_else(close)
}

/// The end of the line in which the words before a place end.
fn line_end(text: &Text, at: usize) -> usize {
    let source = &text.source.text;
    let words = source.get(..at).unwrap_or("").trim_end().len();
    source.get(words..).and_then(|rest| rest.find(['\r', '\n'])).map_or(source.len(), |end| words + end)
}

/// Words that can stand in a comment.
fn plain(words: &str) -> String {
    let mut plain = words.replace("--", "–").replace('>', "›");
    while plain.contains("--") {
        plain = plain.replace("--", "–");
    }
    plain
}
