//! Changes in words: the lists above the marked text, and a map of where they are.

use super::comparison::Both;
use super::draft::contents;
use crate::config::capitalised;
use crate::diff::{Listed, Name, Sign, quote};
use crate::markdown::number::{label, numbers_of};
use crate::markdown::{BlockKind, Body, Ix};
use crate::paper::DraftName;
use crate::site::memo::Compared;
use crate::site::view::{ChangeLine, Heading, Sections};
use std::collections::{BTreeMap, BTreeSet};

/// How many changes are told first.
const FIRST: usize = 8;

/// The changes of a comparison, in words.
pub(super) struct Told<'a> {
    both: Both<'a>,
    compared: &'a Compared,
    old_numbers: Vec<Option<String>>,
    new_numbers: Vec<Option<String>>,
}

impl<'a> Told<'a> {
    pub(super) fn new(both: Both<'a>, compared: &'a Compared) -> Self {
        let numbers = |whole| if both.document.numbered { numbers_of(whole) } else { Vec::new() };
        Told { both, compared, old_numbers: numbers(&compared.old), new_numbers: numbers(&compared.new) }
    }

    /// Every change of a part as a line, with the id of the change at the top that it lies in.
    pub(super) fn lines(&self, part: usize) -> Vec<(String, ChangeLine)> {
        self.compared.listed_in(part).map(|listed| self.line(listed)).collect()
    }

    /// The changes of substance of a part that weigh most: those that bind, cost or count come first.
    pub(super) fn weightiest(&self, part: usize) -> Vec<(String, ChangeLine)> {
        let mut listed: Vec<_> = self.compared.listed_in(part).filter(|listed| !listed.signs.is_empty()).collect();
        listed.sort_by_key(|listed| weight(listed));
        listed.truncate(FIRST);
        listed.into_iter().map(|listed| self.line(listed)).collect()
    }

    fn line(&self, listed: &Listed) -> (String, ChangeLine) {
        let line = ChangeLine {
            href: format!("#{}", listed.anchor),
            number: self.number(listed),
            place: listed.place.clone(),
            name: name(listed.name),
            class: listed.class,
            signs: listed.signs.iter().map(|sign| sign.about().to_owned()).collect(),
            text: Self::sentence(listed, self.both.names()),
        };
        (listed.root.clone(), line)
    }

    /// The number of the block in the newer text; of one that went, in the older.
    fn number(&self, listed: &Listed) -> Option<String> {
        let own = |numbers: &[Option<String>], ix: Option<Ix>| numbers.get(ix?)?.as_deref().map(label);
        let new = own(&self.new_numbers, listed.new_root).filter(|_| !listed.departure);
        new.or_else(|| own(&self.old_numbers, listed.old_root).map(|number| format!("was {number}")))
    }

    /// What happened, in the words of drafts or of options.
    pub(super) fn sentence(listed: &Listed, (old, new): (&DraftName, &DraftName)) -> String {
        if old.round == new.round { option_sentence(listed, old, new) } else { listed.sentence.clone() }
    }

    /// The headings of the newer text, with how many changes stand below each.
    pub(super) fn map(&self, part: usize) -> Vec<Heading> {
        let (compared, body) = (self.compared, self.body());
        let mut below: BTreeMap<String, usize> = BTreeMap::new();
        let heading = |listed: &Listed| body.blocks.get(listed.heading?)?.id.clone();
        for id in compared.listed_in(part).filter_map(heading) {
            *below.entry(format!("#{id}")).or_default() += 1;
        }
        let shown = compared.comparison.parts.get(part).map_or(0..0, |part| part.new.clone());
        let mut headings = contents(body, shown);
        for heading in &mut headings {
            heading.changes = below.get(&heading.link.href).copied().unwrap_or_default();
        }
        headings
    }

    /// How many sections a part has, and in how many of them something changed.
    pub(super) fn sections(&self, part: usize) -> Sections {
        let quiet = self.quiet(part);
        let sections: Vec<_> = self.headings(part).into_iter().filter(|(_, level)| *level == 2).collect();
        let changed = sections.iter().filter(|(ix, _)| !quiet.contains(ix)).count();
        Sections { changed, all: sections.len() }
    }

    /// The headings of a part below which nothing changed, down to the next heading of their level.
    pub(super) fn quiet(&self, part: usize) -> BTreeSet<Ix> {
        let loud: BTreeSet<Ix> = self
            .compared
            .listed_in(part)
            .flat_map(|listed| [listed.heading, listed.new_root].into_iter().flatten())
            .collect();
        let headings = self.headings(part);
        let end = |at: usize| {
            let level = headings[at].1;
            headings[at + 1..].iter().find(|(_, other)| *other <= level).map_or(usize::MAX, |(ix, _)| *ix)
        };
        let own = headings.iter().enumerate().filter(|(at, (ix, _))| loud.range(*ix..end(*at)).next().is_none());
        own.map(|(_, (ix, _))| *ix).collect()
    }

    fn headings(&self, part: usize) -> Vec<(Ix, u8)> {
        let shown = self.compared.comparison.parts.get(part).map_or(0..0, |part| part.new.clone());
        let level = |ix: Ix| match self.body().blocks.get(ix)?.kind {
            BlockKind::Heading { level, .. } => Some((ix, level)),
            _ => None,
        };
        shown.filter_map(level).collect()
    }

    fn body(&self) -> &'a Body {
        &self.compared.new.body
    }
}

/// What changes are sorted by: those that bind, cost or count, by their strongest sign, what moved behind the
/// others; then those of many words alone.
fn weight(listed: &Listed) -> (bool, bool, bool, Sign) {
    let first = listed.signs.first().copied().unwrap_or(Sign::Text);
    (first == Sign::Text, listed.name == Name::Moved, listed.signs.contains(&Sign::Text), first)
}

pub(super) fn option(name: &DraftName) -> String {
    match &name.option {
        Some(option) => format!("option {}", option.to_uppercase()),
        None => name.label(),
    }
}

fn option_sentence(listed: &Listed, old: &DraftName, new: &DraftName) -> String {
    // A row is named by its first cell.
    let row = listed.sentence.split_once(" changed: ").filter(|_| listed.block == "row");
    let block = row.map_or_else(|| capitalised(listed.block), |(row, _)| row.to_owned());
    match (listed.name, listed.old.is_empty(), listed.new.is_empty()) {
        (Name::Added, ..) => format!("{block} only in {}: {}", option(new), quote(&listed.new)),
        (Name::Removed, ..) => format!("{block} only in {}: {}", option(old), quote(&listed.old)),
        (Name::Edited, true, _) => format!("{block}: {} only in {}", quote(&listed.new), option(new)),
        (Name::Edited, _, true) => format!("{block}: {} only in {}", quote(&listed.old), option(old)),
        (Name::Edited, ..) => {
            format!("{block}: {} in {}, {} in {}", quote(&listed.old), option(old), quote(&listed.new), option(new))
        }
        // The words of the text begin behind the colon, and stay as they are.
        (Name::Moved, ..) => match listed.sentence.split_once(": ") {
            Some((said, words)) => format!("{}: {words}", said.replacen(" moved", " in another place", 1)),
            None => listed.sentence.clone(),
        },
        _ => listed.sentence.clone(),
    }
}

/// The word for a change in views.
fn name(name: Name) -> &'static str {
    match name {
        Name::Added => "added",
        Name::Removed => "removed",
        Name::Edited => "edited",
        Name::Moved => "moved",
        Name::Split => "split",
        Name::Merged => "merged",
        Name::Reformatted => "reformatted",
        Name::Renumbered => "renumbered",
    }
}
