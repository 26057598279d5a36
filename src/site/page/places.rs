//! Where a block of a draft is in the others: its place in each, and which of several predecessors it
//! comes from.

use super::Page;
use super::draft::Shown;
use crate::diff::Change;
use crate::markdown::number::numbers_of;
use crate::markdown::whole::{Whole, chapter_prefix};
use crate::markdown::{BlockKind, Ix};
use crate::paper::{Chapter, Document, Draft, DraftName};
use crate::routes::{DocumentKey, Route, compared};
use crate::site::cards::draft_route;
use crate::site::decor::{Newer, NewerDraft, Places};
use crate::site::names::in_sentence;
use crate::site::reasons::alike;
use crate::site::view::OriginCount;
use crate::words::{Phrase, Words, phrase};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Documents of at most so many drafts know the place of every block in each of them.
const ALL: usize = 8;

/// A block less alike than this to all that it could come from is new.
const FROM: f64 = 0.6;

/// Which predecessors of a draft with several a block comes from: the nearest, or all that are equally near.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Origin {
    /// None where the block is new.
    nearest: Vec<DraftName>,
    /// How many predecessors the draft has.
    all: usize,
}

impl Origin {
    /// What a page says of the block; nothing where it comes from all alike.
    pub(super) fn label(&self, words: &Words) -> Option<String> {
        match self.nearest.as_slice() {
            [] => Some(words.say("origin-new")),
            nearest if nearest.len() == self.all => None,
            nearest => {
                let drafts: Vec<_> = nearest.iter().map(|name| in_sentence(words, name)).collect();
                Some(words.say(phrase("origin-from").with("drafts", words.and(&drafts))))
            }
        }
    }
}

/// How many blocks come from where.
pub(super) fn in_numbers(words: &Words, origins: &[Option<Origin>]) -> Vec<OriginCount> {
    let mut counts: BTreeMap<(bool, String), usize> = BTreeMap::new();
    for origin in origins.iter().flatten() {
        let new = origin.nearest.is_empty();
        let all = || words.say(if origin.all == 2 { "origin-both" } else { "origin-all" });
        let text = origin.label(words).unwrap_or_else(all);
        *counts.entry((new, text)).or_default() += 1;
    }
    counts.into_iter().map(|((_, text), blocks)| OriginCount { text, blocks }).collect()
}

/// Where a draft shows what another one shows.
pub(super) struct Place {
    /// The page.
    pub(super) route: Route,
    /// Said where it has no such chapter.
    pub(super) lacks: Option<Phrase>,
}

impl Page<'_> {
    /// Where each block of a draft with several predecessors comes from; empty for other drafts, none for
    /// blocks without a number.
    pub(super) fn origins(&self, shown: Shown) -> Vec<Option<Origin>> {
        let before: Vec<_> = shown.draft.follows.iter().filter_map(|name| shown.document.drafts.get(name)).collect();
        if before.len() < 2 {
            return Vec::new();
        }
        let likeness: Vec<_> = before.iter().map(|draft| (&draft.name, self.likeness(shown, draft))).collect();
        let length = likeness.iter().map(|(_, likeness)| likeness.len()).max().unwrap_or(0);
        let origin = |ix: Ix| {
            let near: Vec<_> =
                likeness.iter().filter_map(|(name, likeness)| Some((*name, likeness.get(ix).copied()??))).collect();
            let best = near.iter().map(|(_, near)| *near).fold(0.0, f64::max);
            let best = if best < FROM { 0.0 } else { best };
            let nearest = near.iter().filter(|(_, near)| best > 0.0 && *near == best).map(|(name, _)| (*name).clone());
            (!near.is_empty()).then(|| Origin { nearest: nearest.collect(), all: before.len() })
        };
        (0..length).map(origin).collect()
    }

    /// For each block at the top of what is shown how alike it is to the block of a predecessor that it
    /// comes from, 0 where it comes from none; nothing for blocks that have no number.
    fn likeness(&self, shown: Shown, before: &Draft) -> Vec<Option<f64>> {
        let compared = self.world.compared(shown.document, before, shown.draft);
        let name = shown.chapter.map_or("", |chapter| &chapter.name);
        let own = compared.new.part(name).map_or(0..0, |at| compared.new.parts[at].blocks.clone());
        let mut likeness: Vec<Option<f64>> = vec![None; own.len()];
        let body = &compared.new.body;
        for (ix, block) in body.siblings(own.clone()) {
            let numbered = !matches!(
                block.kind,
                BlockKind::Heading { .. } | BlockKind::Note(_) | BlockKind::Comment(_) | BlockKind::Rule
            );
            likeness[ix - own.start] = (numbered && !block.is_invisible()).then_some(0.0);
        }
        let same: BTreeSet<Ix> = compared
            .comparison
            .blocks
            .iter()
            .filter_map(|change| match change {
                Change::Same { new, .. } => Some(*new),
                _ => None,
            })
            .collect();
        for (old, new) in compared.comparison.lineage() {
            let Some(Some(near)) = new.checked_sub(own.start).and_then(|at| likeness.get_mut(at)) else { continue };
            let alike = if same.contains(&new) { 1.0 } else { alike((&compared.old.body, old), (body, new)) };
            *near = near.max(alike);
        }
        likeness
    }

    /// Where another draft shows the same: its chapter of that name, else the nearest, else its own page.
    pub(super) fn same_place(&self, shown: Shown, other: &Draft) -> Place {
        let key = || DocumentKey::of(shown.document);
        let route = |chapter: &Chapter| Route::Chapter(key(), other.name.clone(), chapter.name.clone());
        let whole = || draft_route(shown.document, &other.name);
        let Some(chapter) = shown.chapter else { return Place { route: whole(), lacks: None } };
        if let Some(own) = other.chapter(&chapter.name) {
            return Place { route: route(own), lacks: None };
        }
        match self.nearest_chapter(shown, chapter, other) {
            Some(near) => {
                let said = phrase("lacks-chapter-nearest").with("title", &*near.title);
                Place { route: route(near), lacks: Some(said) }
            }
            None if other.chapters.is_empty() => Place { route: whole(), lacks: Some("lacks-chapters".into()) },
            None => Place { route: whole(), lacks: Some("lacks-chapter".into()) },
        }
    }

    /// The chapter of another draft that most blocks of this one are in; where none is, the one that stands
    /// behind the same chapter before it.
    fn nearest_chapter<'d>(&self, shown: Shown, chapter: &Chapter, other: &'d Draft) -> Option<&'d Chapter> {
        let older = other.name < shown.draft.name;
        let (old, new) = if older { (other, shown.draft) } else { (shown.draft, other) };
        let compared = self.world.compared(shown.document, old, new);
        let (here, there) = if older { (&compared.new, &compared.old) } else { (&compared.old, &compared.new) };
        let own = here.part(&chapter.name).and_then(|at| here.parts.get(at)).map_or(0..0, |part| part.blocks.clone());
        let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
        for (old, new) in compared.comparison.lineage() {
            let (ix, at) = if older { (new, old) } else { (old, new) };
            let part = there.part_of(at).filter(|_| own.contains(&ix)).and_then(|at| there.parts.get(at));
            if let Some(own) = part.and_then(|part| other.chapter(&part.name)) {
                *counts.entry(own.number).or_default() += 1;
            }
        }
        let most =
            counts.into_iter().max_by_key(|(number, count)| (*count, Reverse(*number))).map(|(number, _)| number);
        let before = shown.draft.chapters.iter().rev().skip_while(|own| own.name != chapter.name).skip(1);
        let before = || before.clone().find_map(|own| other.chapter(&own.name));
        most.and_then(|number| other.chapters.iter().find(|own| own.number == number)).or_else(before)
    }

    /// The newest drafts with the place of every block of this one there.
    pub(super) fn newer(&self, shown: Shown, places: &Places) -> Option<Newer> {
        let known = |draft: &Draft| places.get(&draft.name.to_string()).cloned().unwrap_or_default();
        self.newer_by(shown, |draft| self.references(shown, draft, known(draft)))
    }

    /// The same for the page of all chapters: the place of every block on the page of its chapter.
    pub(super) fn newer_of_all(&self, document: &Document, draft: &Draft, whole: &Whole) -> Option<Newer> {
        let whole_of = Shown { document, draft, chapter: None };
        let places_in = |newest: &Draft| {
            let mut places = vec![None; whole.body.blocks.len()];
            for part in &whole.parts {
                let shown = Shown { document, draft, chapter: draft.chapter(&part.name) };
                let (href, own) = self.references(shown, newest, self.places_in(shown, newest));
                // The title of the chapter stands before it.
                let title = part.blocks.start.checked_sub(1).filter(|_| part.lowered);
                let own = title.map(|title| (title, None)).into_iter().chain(part.blocks.clone().zip(own));
                for (ix, place) in own {
                    places
                        .get_mut(ix)
                        .into_iter()
                        .for_each(|known| *known = place.clone().or_else(|| Some(href.clone())));
                }
            }
            (self.references(whole_of, newest, Vec::new()).0, places)
        };
        self.newer_by(whole_of, places_in)
    }

    fn newer_by(&self, shown: Shown, places_in: impl Fn(&Draft) -> (String, Vec<Option<String>>)) -> Option<Newer> {
        let Shown { document, draft, .. } = shown;
        let newest = document.newest().filter(|newest| newest.name.round > draft.name.round);
        let drafts = newest.map(|newest| {
            let (href, places) = places_in(newest);
            NewerDraft { label: self.world.label(&newest.name), href, places }
        });
        let drafts: Vec<_> = drafts.collect();
        let own = (document.title.clone(), self.cards().href(&Route::Document(DocumentKey::of(document))));
        (!drafts.is_empty()).then(|| Newer { label: self.world.label(&draft.name), document: own, drafts })
    }

    /// Where another draft shows what is shown; and of each block, of which the place there is known, that place.
    fn references(&self, shown: Shown, draft: &Draft, places: Vec<Option<String>>) -> (String, Vec<Option<String>>) {
        let href = self.cards().href(&self.same_place(shown, draft).route);
        let reference = |place: String| if place.contains('#') { place } else { format!("{href}#{place}") };
        let places = places.into_iter().map(|place| place.map(reference)).collect();
        (href, places)
    }

    /// For every other draft, the id that each block has there; of many drafts for those that this
    /// one is compared with.
    pub(super) fn places(&self, shown: Shown) -> Places {
        let (own, all) = (&shown.draft.name, &shown.document.drafts);
        let near: BTreeSet<_> = compared(shown.document, self.world.config().compare)
            .into_iter()
            .filter_map(|(old, new)| if old == *own { Some(new) } else { Some(old).filter(|_| new == *own) })
            .collect();
        let drafts =
            all.values().filter(|draft| draft.name != *own && (all.len() <= ALL || near.contains(&draft.name)));
        drafts.map(|draft| (draft.name.to_string(), self.places_in(shown, draft))).collect()
    }

    /// The id that each numbered block and each heading has in another draft; with its page before it where the
    /// other draft has it on a page that does not show the same.
    fn places_in(&self, shown: Shown, draft: &Draft) -> Vec<Option<String>> {
        let older = draft.name < shown.draft.name;
        let (old, new) = if older { (draft, shown.draft) } else { (shown.draft, draft) };
        let compared = self.world.compared(shown.document, old, new);
        let (here, there) = if older { (&compared.new, &compared.old) } else { (&compared.old, &compared.new) };
        let name = shown.chapter.map_or("", |chapter| &chapter.name);
        let own = here.part(name).map_or(0..0, |at| here.parts[at].blocks.clone());
        let ids = ids_of(there);
        let usual = self.same_place(shown, draft).route;
        let mut places = vec![None; own.len()];
        for (old, new) in compared.comparison.lineage() {
            let (ix, other) = if older { (new, old) } else { (old, new) };
            let Some(place) = ix.checked_sub(own.start).and_then(|at| places.get_mut(at)) else { continue };
            let id = ids.get(other).cloned().flatten().filter(|_| place.is_none());
            let part = there.part_of(other).and_then(|at| there.parts.get(at));
            let chapter = part.and_then(|part| draft.chapter(&part.name));
            let route = match chapter {
                Some(chapter) => {
                    let key = DocumentKey::of(shown.document);
                    Route::Chapter(key, draft.name.clone(), chapter.name.clone())
                }
                None => draft_route(shown.document, &draft.name),
            };
            if let Some(id) = id {
                let elsewhere = || format!("{}#{id}", self.cards().href(&route));
                *place = Some(if route == usual { id } else { elsewhere() });
            }
        }
        places
    }
}

/// The ids of numbered blocks and of headings, each on the page of its own part.
fn ids_of(whole: &Whole) -> Vec<Option<String>> {
    let mut ids = numbers_of(whole);
    for part in &whole.parts {
        let shared = if part.lowered { chapter_prefix(&part.name) } else { String::new() };
        let blocks = whole.body.siblings(part.blocks.clone());
        for (ix, block) in blocks.filter(|(_, block)| matches!(block.kind, BlockKind::Heading { .. })) {
            ids[ix] = block.id.as_deref().and_then(|id| id.strip_prefix(&shared)).map(str::to_owned);
        }
    }
    ids
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origin(nearest: &[&str]) -> Option<Origin> {
        let name = |option: &&str| DraftName { round: 2, option: Some((*option).to_owned()) };
        Some(Origin { nearest: nearest.iter().map(name).collect(), all: 2 })
    }

    #[test]
    fn a_block_says_where_it_comes_from_unless_it_is_in_all() {
        assert_eq!(origin(&["a"]).unwrap().label(Words::english()).as_deref(), Some("from option A"));
        assert_eq!(origin(&[]).unwrap().label(Words::english()).as_deref(), Some("new in this draft"));
        assert_eq!(origin(&["a", "b"]).unwrap().label(Words::english()), None);
    }

    #[test]
    fn blocks_are_counted_by_where_they_come_from_new_ones_last() {
        let counts =
            in_numbers(Words::english(), &[origin(&["b"]), None, origin(&[]), origin(&["a", "b"]), origin(&["b"])]);
        let counts: Vec<_> = counts.iter().map(|count| (count.text.as_str(), count.blocks)).collect();
        assert_eq!(counts, [("alike in both", 1), ("from option B", 2), ("new in this draft", 1)]);
    }
}
