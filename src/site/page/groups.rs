//! What concerns which group of readers: on a document and its drafts, in a text, in a comparison.

use super::Page;
use super::comparison::Both;
use crate::check::groups::{Part, coverage};
use crate::config::Kind;
use crate::diff::{Change, Listed};
use crate::facts::concerns::Concerns;
use crate::markdown::whole::Whole;
use crate::markdown::{Body, Ix};
use crate::paper::{Chapter, Document, Draft, Text};
use crate::routes::{DocumentKey, Route};
use crate::site::cards::draft_route;
use crate::site::concerned::{Concerned, Groups};
use crate::site::memo::Compared;
use crate::site::view::{Concern, Link};
use crate::words::phrase;
use std::collections::BTreeSet;

impl<'a> Page<'a> {
    /// What concerns each group that a draft, or a part of it, says it concerns or means something for.
    pub(super) fn concerns(&self, document: &Document, draft: &Draft, chapter: Option<&Chapter>) -> Vec<Concern> {
        let here = document.groups_of(draft, chapter);
        let above = document.groups_of(draft, None);
        let mut concerns = self.every_concern(document, &[draft]);
        for concern in &mut concerns {
            concern.whole = here.contains(&concern.group.name);
        }
        let named = |own: &Concern| own.whole || above.contains(&own.group.name);
        concerns.retain(|own| named(own) || own.means.is_some() || !own.parts.is_empty());
        concerns
    }

    /// The same for the newest drafts of a document.
    pub(super) fn newest_concerns(&self, document: &Document) -> Vec<Concern> {
        let newest: Vec<_> = document.newest().collect();
        let mut concerns = self.every_concern(document, &newest);
        concerns.retain(|own| own.whole || own.means.is_some() || !own.parts.is_empty());
        concerns
    }

    /// Of a strategy which chapters and sections of the newest draft there are for every group.
    pub(super) fn coverage(&self, document: &Document) -> Vec<Concern> {
        let newest: Vec<_> = document.newest().filter(|_| document.kind == Kind::Strategy).collect();
        if newest.is_empty() { Vec::new() } else { self.every_concern(document, &newest) }
    }

    /// Every group of the site, with what concerns it in some drafts of a round.
    fn every_concern(&self, document: &Document, drafts: &[&Draft]) -> Vec<Concern> {
        let groups = self.world.groups().into_iter();
        let concern = groups.map(|group| {
            let whole = drafts.iter().any(|draft| document.groups_of(draft, None).contains(&group.name));
            let means = drafts.iter().find_map(|draft| document.means_for(draft, &group.name)).map(str::to_owned);
            Concern { group, whole, means, parts: Vec::new() }
        });
        let mut concerns: Vec<_> = concern.collect();
        for draft in drafts {
            let covered = coverage(self.world.config(), draft, self.world.facts());
            for (concern, covered) in concerns.iter_mut().zip(covered) {
                let parts = covered.parts.iter().map(|part| self.part(document, draft, part, drafts.len() > 1));
                concern.parts.extend(parts);
            }
        }
        concerns
    }

    /// A link to a chapter or a section; beside those of other options it names its own.
    fn part(&self, document: &Document, draft: &Draft, part: &Part, options: bool) -> Link {
        let route = match part.chapter {
            Some(name) => Route::Chapter(DocumentKey::of(document), draft.name.clone(), name.to_owned()),
            None => draft_route(document, &draft.name),
        };
        let named = || phrase("named").with("label", self.world.option(&draft.name)).with("title", part.title);
        let link = self.cards().link(if options { self.say(named()) } else { part.title.to_owned() }, &route);
        let page = if link.current { "" } else { &link.href };
        Link { href: part.anchor.map_or(link.href.clone(), |anchor| format!("{page}#{anchor}")), ..link }
    }

    /// The lines and boxes of a text whose page as a whole concerns some groups.
    pub(super) fn stretches(&self, body: &Body, page: &[String]) -> Concerned {
        let concerns = Concerns::of(body);
        let groups = body.roots().filter_map(|(ix, _)| Some((ix, self.apart(concerns.groups(ix), page)?)));
        Concerned::stretches(self.world, body, &groups.collect(), &own_headings(&concerns))
    }

    /// The same of a draft whose chapters share the page.
    pub(super) fn stretches_of_all(&self, document: &Document, draft: &Draft, whole: &Whole) -> Concerned {
        let groups = self.groups_in(draft, whole, document.groups_of(draft, None));
        let chapters = whole.parts.iter().map(|part| part.blocks.start);
        let own = own_headings(&Concerns::of_whole(whole)).into_iter().chain(chapters).collect();
        Concerned::stretches(self.world, &whole.body, &groups, &own)
    }

    /// Of a draft with its chapters, whom the blocks concern that do not concern the same as the draft.
    fn groups_in(&self, draft: &Draft, whole: &Whole, page: &[String]) -> Groups {
        if self.world.config().groups.is_empty() {
            return Groups::new();
        }
        let concerns = Concerns::of_whole(whole);
        let chapter = |ix: Ix| draft.chapter(&whole.parts.get(whole.part_of(ix)?)?.name);
        let groups = whole.body.roots().filter_map(|(ix, _)| {
            let own = concerns.groups(ix);
            let said = if own.is_empty() { chapter(ix).map_or(own, |chapter| &chapter.groups) } else { own };
            Some((ix, self.apart(said, page)?))
        });
        groups.collect()
    }

    /// The groups that something says it concerns, where they are not those of the page: in the order of the
    /// site, unknown ones left out.
    fn apart(&self, said: &[String], page: &[String]) -> Option<Vec<String>> {
        let known = |names: &[String]| {
            let groups = self.world.config().groups.iter().filter(|group| names.contains(&group.name));
            groups.map(|group| group.name.clone()).collect::<Vec<_>>()
        };
        let said = known(said);
        (!said.is_empty() && said != known(page)).then_some(said)
    }

    /// Whom the changes between two drafts concern.
    pub(super) fn whom(&self, both: Both, compared: &Compared) -> Whom {
        let of = |draft: &Draft, whole: &Whole| self.groups_in(draft, whole, both.document.groups_of(draft, None));
        Whom { old: of(both.old, &compared.old), new: of(both.new, &compared.new) }
    }

    /// Whom a chapter concerns, its sections included; nobody in particular where it does not say so itself.
    pub(super) fn of_chapter(&self, document: &Document, draft: &Draft, chapter: &Chapter) -> Vec<String> {
        let sections = self.said_in(&chapter.text).into_iter().chain(chapter.groups.clone());
        let all: Vec<_> = sections.filter(|_| !chapter.groups.is_empty()).collect();
        self.apart(&all, document.groups_of(draft, None)).unwrap_or_default()
    }

    /// The groups that the sections of a text name.
    fn said_in(&self, text: &Text) -> Vec<String> {
        let said = self.world.facts().get(text.path()).into_iter().flat_map(|facts| &facts.said);
        said.flat_map(|said| said.groups.iter().map(|(name, _)| name.clone())).collect()
    }
}

/// The headings that say themselves whom they concern.
fn own_headings(concerns: &Concerns) -> BTreeSet<Ix> {
    concerns.said.iter().filter(|said| said.heading.is_some()).filter_map(|said| said.of).collect()
}

/// Whom the blocks of two drafts concern.
#[derive(Debug, Default)]
pub(super) struct Whom {
    /// The older draft.
    pub(super) old: Groups,
    /// The newer draft.
    pub(super) new: Groups,
}

impl Whom {
    /// A change concerns whom its section in the newer text concerns; where it was removed, that in the older.
    pub(super) fn of_listed(&self, listed: &Listed) -> Vec<String> {
        match listed.new_root.filter(|_| !listed.departure) {
            Some(new) => self.at(&self.new, new),
            None => listed.old_root.map_or(Vec::new(), |old| self.at(&self.old, old)),
        }
    }

    /// The same of a change in the text.
    pub(super) fn of_change(&self, change: &Change, compared: &Compared) -> Vec<String> {
        let moved = |id: &usize| compared.comparison.moves.get(*id).and_then(|moved| moved.pairs.first());
        let new = match change {
            Change::Same { new, .. }
            | Change::Edited { new, .. }
            | Change::Added { new }
            | Change::Merged { new, .. } => Some(*new),
            Change::Removed { old } => return self.at(&self.old, *old),
            Change::MovedAway { id } | Change::MovedHere { id } => moved(id).map(|pair| pair.new),
            Change::Split { parts, .. } => parts.first().map(|part| part.block),
        };
        new.map_or(Vec::new(), |new| self.at(&self.new, new))
    }

    fn at(&self, groups: &Groups, ix: Ix) -> Vec<String> {
        groups.get(&ix).cloned().unwrap_or_default()
    }
}
