//! Changes in words: the lists above the marked text, and a map of where they are.

use super::comparison::Both;
use super::draft::contents;
use super::groups::Whom;
use crate::config::capitalised;
use crate::diff::{Listed, NOTES, Name, Sign};
use crate::markdown::number::{label, numbers_of};
use crate::markdown::{BlockKind, Body, Ix};
use crate::site::memo::Compared;
use crate::site::view::{ChangeLine, Heading, Reason, Sections};
use crate::site::world::World;
use crate::words::{Arg, Phrase, phrase};
use std::collections::{BTreeMap, BTreeSet};

/// How many changes are told first.
const FIRST: usize = 8;

/// The changes of a comparison, in words.
pub(super) struct Told<'a> {
    world: &'a World,
    both: Both<'a>,
    compared: &'a Compared,
    whom: Whom,
    /// The reasons of each change that is listed.
    reasons: Vec<Vec<Reason>>,
    old_numbers: Vec<Option<String>>,
    new_numbers: Vec<Option<String>>,
}

impl<'a> Told<'a> {
    pub(super) fn new(world: &'a World, both: Both<'a>, compared: &'a Compared) -> Self {
        let numbers = |whole| if both.document.numbered { numbers_of(whole) } else { Vec::new() };
        let (old_numbers, new_numbers) = (numbers(&compared.old), numbers(&compared.new));
        Told { world, both, compared, whom: Whom::default(), reasons: Vec::new(), old_numbers, new_numbers }
    }

    /// With whom the changes concern.
    pub(super) fn concerning(mut self, whom: Whom) -> Self {
        self.whom = whom;
        self
    }

    /// With why: the reasons of each change that is listed.
    pub(super) fn because(mut self, reasons: Vec<Vec<Reason>>) -> Self {
        self.reasons = reasons;
        self
    }

    /// Every change of a part as a line, with the id of the change at the top that it lies in.
    pub(super) fn lines(&self, part: usize) -> Vec<(String, ChangeLine)> {
        self.listed_in(part).map(|(at, listed)| self.line(at, listed)).collect()
    }

    /// The changes of a part, each with its place among all.
    fn listed_in(&self, part: usize) -> impl Iterator<Item = (usize, &'a Listed)> {
        self.compared.listed.iter().enumerate().filter(move |(_, listed)| listed.part == part)
    }

    /// The changes of substance of a part that weigh most: those that bind, cost or count come first.
    pub(super) fn weightiest(&self, part: usize) -> Vec<(String, ChangeLine)> {
        let mut listed: Vec<_> = self.listed_in(part).filter(|(_, listed)| !listed.signs.is_empty()).collect();
        listed.sort_by_key(|(_, listed)| weight(listed));
        listed.truncate(FIRST);
        listed.into_iter().map(|(at, listed)| self.line(at, listed)).collect()
    }

    fn line(&self, at: usize, listed: &Listed) -> (String, ChangeLine) {
        let line = ChangeLine {
            href: format!("#{}", listed.anchor),
            number: self.number(listed),
            place: if listed.place == NOTES { self.world.say("notes") } else { listed.place.clone() },
            name: listed.name,
            class: listed.class,
            signs: listed.signs.iter().map(|sign| self.world.say(sign_key(*sign))).collect(),
            binds: listed.signs.first().is_some_and(|sign| *sign != Sign::Text),
            groups: self.whom.of_listed(listed),
            reasons: self.reasons.get(at).cloned().unwrap_or_default(),
            same_reasons: false,
            text: self.sentence(listed),
        };
        (listed.root.clone(), line)
    }

    /// The number of the block in the newer text; of one that went, in the older.
    fn number(&self, listed: &Listed) -> Option<String> {
        let own = |numbers: &[Option<String>], ix: Option<Ix>| numbers.get(ix?)?.as_deref().map(label);
        let new = own(&self.new_numbers, listed.new_root).filter(|_| !listed.departure);
        new.or_else(|| {
            own(&self.old_numbers, listed.old_root)
                .map(|number| self.world.say(phrase("number-was").with("number", number)))
        })
    }

    /// What happened, in the words of drafts or of options.
    pub(super) fn sentence(&self, listed: &Listed) -> String {
        let words = &self.world.theme().words;
        match self.both.options() {
            false => listed.said(words),
            true => capitalised(&words.text(&self.option_sentence(listed))),
        }
    }

    /// Of options neither is older: what only one has was not added or removed.
    fn option_sentence(&self, listed: &Listed) -> Phrase {
        let (old, new) = self.both.names();
        let (left, right) = (self.world.option(old), self.world.option(new));
        let quoted = |words: &String| Arg::Quoted(words.clone());
        // A row is named by its first cell.
        let (key, only) = match listed.sentence.arg("row").cloned() {
            Some(row) => ("option-row-words", phrase("option-row-only").with("row", row)),
            None => ("option-words", phrase("option-words-only").with("block", block_of(listed))),
        };
        match (listed.name, listed.old.is_empty(), listed.new.is_empty()) {
            (Name::Added | Name::Removed, ..) => {
                let (words, option) =
                    if listed.name == Name::Added { (&listed.new, right) } else { (&listed.old, left) };
                phrase("option-only")
                    .with("block", block_of(listed))
                    .with("words", quoted(words))
                    .with("option", option)
            }
            (Name::Edited, true, _) => only.with("words", quoted(&listed.new)).with("option", right),
            (Name::Edited, _, true) => only.with("words", quoted(&listed.old)).with("option", left),
            (Name::Edited, ..) => {
                let both = Phrase { key: key.into(), args: only.args };
                let both = both.with("was", quoted(&listed.old)).with("left", left);
                both.with("is", quoted(&listed.new)).with("right", right)
            }
            (Name::Moved, ..) => elsewhere(&listed.sentence),
            _ => listed.sentence.clone(),
        }
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
pub(super) fn weight(listed: &Listed) -> (bool, bool, bool, Sign) {
    let first = listed.signs.first().copied().unwrap_or(Sign::Text);
    (first == Sign::Text, listed.name == Name::Moved, listed.signs.contains(&Sign::Text), first)
}

/// The word for the block of a change.
fn block_of(listed: &Listed) -> Phrase {
    phrase(format!("noun-{}", listed.block.replace(' ', "-")))
}

/// What is said of a move, for options: it stands in another place in one of them.
fn elsewhere(sentence: &Phrase) -> Phrase {
    let args = sentence.args.iter().map(|(name, arg)| match arg {
        Arg::Phrase(said) if name == "said" => (name.clone(), Arg::from(elsewhere(said))),
        _ => (name.clone(), arg.clone()),
    });
    let key = match sentence.key.strip_prefix("change-").filter(|end| end.starts_with("moved") || *end == "departed") {
        Some(end) => format!("option-{end}").into(),
        None => sentence.key.clone(),
    };
    Phrase { key, args: args.collect() }
}

fn sign_key(sign: Sign) -> &'static str {
    match sign {
        Sign::Force => "sign-force",
        Sign::Negation => "sign-negation",
        Sign::Money => "sign-money",
        Sign::Percentage => "sign-percentage",
        Sign::Date => "sign-date",
        Sign::Number => "sign-number",
        Sign::Term => "sign-term",
        Sign::Figure => "sign-figure",
        Sign::Text => "sign-text",
    }
}
