//! Why two drafts differ: the reasons of every draft on the way from one to the other, at the changes of the blocks
//! that they were given for.
//!
//! A round on the way may have several options. A block of the newer draft then has the reasons of the one that it comes
//! from, which is the one whose block it is most like; what was removed, those of the drafts from which changes are
//! counted.

use super::Because;
use crate::consult::reasons::Given;
use crate::diff::{Class, Listed, dice};
use crate::markdown::whole::Whole;
use crate::markdown::{Body, Ix};
use crate::paper::{Document, Draft, DraftName};
use crate::site::memo::Compared;
use crate::site::world::World;
use std::collections::{BTreeMap, BTreeSet};

/// The reasons of all drafts on the way from one to another, beside the changes between those two.
#[derive(Default)]
pub(in crate::site) struct Between<'a> {
    /// Each reason with the draft that gives it, the earliest draft first.
    pub(in crate::site) given: Vec<(&'a Draft, Given)>,
    /// The reasons of each change that is listed, by their places in `given`.
    pub(in crate::site) of: Vec<Vec<usize>>,
}

/// Of each block at the top of one draft which blocks of another it is.
type Pairs = BTreeMap<Ix, BTreeSet<Ix>>;

/// A draft on the way.
struct Step<'a> {
    own: Because<'a>,
    /// What its blocks became in the newer draft.
    ahead: Pairs,
    /// What the blocks of its base were in the older draft, where changes are counted over this one.
    behind: Pairs,
    /// Whether changes are counted over this draft.
    counted: bool,
}

impl World {
    /// Why two drafts differ. Options of one round are not on the way to one another.
    pub(in crate::site) fn between<'a>(
        &self,
        document: &'a Document,
        (old, new): (&Draft, &Draft),
        compared: &Compared,
    ) -> Between<'a> {
        let mut between = Between { given: Vec::new(), of: vec![Vec::new(); compared.listed.len()] };
        if !self.lessons.reasons(document) {
            return between;
        }
        let steps = self.steps(document, (old, new), compared);
        let nearest = nearest(&steps, &compared.new);
        for step in &steps {
            let name = &step.own.draft.name;
            let is_from = |ix: &Ix| nearest.get(&(name.round, *ix)).is_none_or(|nearest| nearest == name);
            for (at, given) in step.own.given.iter().enumerate().filter(|(_, given)| !given.is_editorial()) {
                let (new, old) = step.reached(step.own.explained_by(at));
                let place = between.given.len();
                between.given.push((step.own.draft, given.clone()));
                for (listed, of) in compared.listed.iter().zip(&mut between.of).filter(|(own, _)| !own.departure) {
                    let explained = match (listed.new_root, listed.old_root) {
                        (Some(ix), _) => new.contains(&ix) && is_from(&ix),
                        (None, Some(ix)) => step.counted && old.contains(&ix),
                        (None, None) => false,
                    };
                    // A section's reason is that of what was said anew in it.
                    let speaks = listed.class == Class::Substance || given.is_of_block();
                    of.extend((explained && speaks).then_some(place));
                }
            }
        }
        between
    }

    /// The drafts on the way, the newer one among them; none of a round in which no draft gives a reason.
    fn steps<'a>(&self, document: &'a Document, (old, new): (&Draft, &Draft), compared: &Compared) -> Vec<Step<'a>> {
        let (counted, after, before) = (counted(document, new), after(document, &old.name), before(document, new));
        let is_on_the_way = |name: &DraftName| *name != old.name && after.contains(name) && before.contains(name);
        let drafts = document.drafts.values().filter(|draft| is_on_the_way(&draft.name));
        let drafts: Vec<_> = drafts.filter_map(|draft| self.because(document, draft)).collect();
        let gives = drafts.iter().filter(|own| own.given.iter().any(|given| !given.is_editorial()));
        let rounds: BTreeSet<_> = gives.map(|own| own.draft.name.round).collect();
        let step = |own: Because<'a>| {
            let counted = counted.contains(&own.draft.name);
            let ahead = self.lineage(document, (own.draft, &own.compared.new), (new, &compared.new));
            let behind = match counted {
                true => self.lineage(document, (old, &compared.old), (own.base, &own.compared.old)),
                false => Vec::new(),
            };
            let behind = behind.into_iter().map(|(was, is)| (is, was));
            Step { ahead: paired(ahead), behind: paired(behind), counted, own }
        };
        drafts.into_iter().filter(|own| rounds.contains(&own.draft.name.round)).map(step).collect()
    }

    /// Which block of one draft is which of another, by their places in these forms of the two.
    fn lineage(&self, document: &Document, from: (&Draft, &Whole), to: (&Draft, &Whole)) -> Vec<(Ix, Ix)> {
        if from.0.name == to.0.name {
            let roots = from.1.body.roots();
            return roots.filter_map(|(ix, _)| Some((ix, same(from.1, to.1, ix)?))).collect();
        }
        let compared = self.compared(document, from.0, to.0);
        let pairs = compared.comparison.lineage().into_iter();
        let placed = pairs.filter_map(|(a, b)| Some((same(&compared.old, from.1, a)?, same(&compared.new, to.1, b)?)));
        placed.collect()
    }
}

impl Step<'_> {
    /// The blocks at the top of the newer and of the older draft that changes of this one are about.
    fn reached<'l>(&self, changes: impl Iterator<Item = &'l Listed>) -> (BTreeSet<Ix>, BTreeSet<Ix>) {
        let (mut new, mut old) = (BTreeSet::new(), BTreeSet::new());
        for listed in changes {
            match (listed.new_root, listed.old_root) {
                (Some(ix), _) => new.extend(self.ahead.get(&ix).into_iter().flatten().copied()),
                (None, Some(ix)) => old.extend(self.behind.get(&ix).into_iter().flatten().copied()),
                (None, None) => {}
            }
        }
        (new, old)
    }
}

/// Pairs by the first of the two.
fn paired(pairs: impl IntoIterator<Item = (Ix, Ix)>) -> Pairs {
    let mut paired = Pairs::new();
    for (from, to) in pairs {
        paired.entry(from).or_default().insert(to);
    }
    paired
}

/// Of each round with several drafts on the way, and each block of the newer draft, the draft that it comes from.
fn nearest(steps: &[Step], new: &Whole) -> BTreeMap<(u32, Ix), DraftName> {
    let mut nearest: BTreeMap<(u32, Ix), (f64, bool, &DraftName)> = BTreeMap::new();
    for step in steps {
        let name = &step.own.draft.name;
        if steps.iter().filter(|other| other.own.draft.name.round == name.round).count() < 2 {
            continue;
        }
        for (from, to) in step.ahead.iter().flat_map(|(from, all)| all.iter().map(move |to| (from, to))) {
            let alike = alike((&step.own.compared.new.body, *from), (&new.body, *to));
            let known = nearest.get(&(name.round, *to));
            if known.is_none_or(|(best, counted, _)| (alike, step.counted) > (*best, *counted)) {
                nearest.insert((name.round, *to), (alike, step.counted, name));
            }
        }
    }
    nearest.into_iter().map(|(key, (_, _, name))| (key, name.clone())).collect()
}

/// How alike the words of two blocks are, from 0 to 1.
pub(in crate::site) fn alike(old: (&Body, Ix), new: (&Body, Ix)) -> f64 {
    let words = |(body, ix): (&Body, Ix)| body.words(ix).split_whitespace().map(str::to_lowercase).collect::<Vec<_>>();
    dice(&words(old), &words(new))
}

/// A block of a draft in another form of the same draft: chapters with a page each, or all on one.
fn same(from: &Whole, to: &Whole, ix: Ix) -> Option<Ix> {
    let part = from.parts.get(from.part_of(ix)?)?;
    let there = to.parts.get(to.part(&part.name)?)?;
    Some(there.blocks.start + (ix - part.blocks.start)).filter(|ix| there.blocks.contains(ix))
}

/// The drafts over which changes are counted back from one: its base, the base of that, and so on; and itself.
fn counted(document: &Document, draft: &Draft) -> BTreeSet<DraftName> {
    let mut names = BTreeSet::from([draft.name.clone()]);
    let mut at = draft;
    while let Some(base) = at.base.as_ref().and_then(|base| document.drafts.get(base)) {
        if !names.insert(base.name.clone()) {
            break;
        }
        at = base;
    }
    names
}

/// The drafts that come of one, over others too, and itself. Each follows only drafts of earlier rounds, which stand
/// before it.
fn after(document: &Document, from: &DraftName) -> BTreeSet<DraftName> {
    let mut names = BTreeSet::from([from.clone()]);
    for draft in document.drafts.values() {
        if draft.follows.iter().any(|name| names.contains(name)) {
            names.insert(draft.name.clone());
        }
    }
    names
}

/// The drafts that one comes of, over others too, and itself.
fn before(document: &Document, to: &Draft) -> BTreeSet<DraftName> {
    let mut names = BTreeSet::from([to.name.clone()]);
    for draft in document.drafts.values().rev() {
        if names.contains(&draft.name) {
            names.extend(draft.follows.iter().cloned());
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::paper::Archive;
    use crate::tree::Tree;

    /// A document of rounds with options that all follow all of the round before.
    fn archive(rounds: usize, options: &[&str]) -> Archive {
        let mut files =
            vec![("content/proposals/hubs/index.md".to_owned(), "---\ntitle: Hubs\nsummary: S\n---\n".to_owned())];
        for round in 1..=rounds {
            let name = |round: usize, option: &str| format!("draft-{round}-option-{option}");
            let before: Vec<_> = options.iter().map(|option| name(round - 1, option)).collect();
            let follows = if round == 1 { String::new() } else { format!("follows: [{}]\n", before.join(", ")) };
            let text = format!("---\npublished: 2021-03-01\n{follows}---\n\nWords.\n");
            let files_of = options
                .iter()
                .map(|option| (format!("content/proposals/hubs/{}.md", name(round, option)), text.clone()));
            files.extend(files_of);
        }
        let tree: Tree = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        Archive::read(&tree, &Config::default()).0
    }

    #[test]
    fn what_lies_between_drafts_of_many_options_is_found_in_one_walk() {
        let archive = archive(16, &["a", "b", "c", "d", "e"]);
        let document = archive.document("proposals", "hubs").unwrap();
        let (first, last) = (document.drafts.values().next().unwrap(), document.drafts.values().next_back().unwrap());
        let (after, before) = (after(document, &first.name), before(document, last));
        assert_eq!((after.len(), before.len()), (76, 76));
        assert!(after.contains(&last.name) && before.contains(&first.name));
    }
}
