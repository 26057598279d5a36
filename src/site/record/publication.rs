//! What is to be recorded: that a draft is published, that it was corrected, that words were taken down.
//!
//! In: a world in which unpublished drafts are seen, and what was asked for. Out: the new text of the record, or why
//! there is none.

use super::check::is_public;
use crate::consult::record::names_of;
use crate::paper::{Act, Deed, Document, Draft, DraftName, Lock};
use crate::path::SitePath;
use crate::site::world::World;
use crate::tree::Digest;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// What was asked for.
#[derive(Clone, Debug)]
pub struct Asked {
    /// What is to happen.
    pub act: Act,
    /// To which draft.
    pub draft: DraftName,
    /// When it happens; a publication happens when the front matter of the draft says.
    pub at: Timestamp,
    /// Other drafts that are asked for at once, each by itself.
    pub beside: Vec<DraftName>,
    /// The moment at which this is asked for.
    pub now: Timestamp,
    /// Why; needed for all but a publication.
    pub note: Option<String>,
}

/// The record with what was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Publication {
    /// The record, and its new text.
    pub lock: (SitePath, String),
    /// The drafts that were out before they were recorded, which are recorded with it, the earliest first.
    pub earlier: Vec<DraftName>,
    /// The seal that then holds of the draft; none where it was taken down.
    pub seal: Option<Digest>,
    /// Whether it is taken back before it came out, so that nobody ever saw it.
    pub unseen: bool,
}

/// Why something cannot be recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The record holds the draft already.
    Recorded,
    /// The record lacks the draft.
    NotRecorded,
    /// It was taken down as a whole.
    TakenDown,
    /// It has not come out yet: it can be recorded anew, and there is nothing to correct.
    NotOut,
    /// It would be corrected or taken down at a moment that is still to come.
    Ahead,
    /// It would be corrected or taken down before what was last recorded of it.
    Before(Timestamp),
    /// The draft is not for everybody.
    Private,
    /// Nothing in it differs from what was sealed.
    Same,
    /// Readers would not be told why.
    Silent,
    /// Its front matter says no day on which it comes out.
    Undated,
    /// The record cannot be read.
    Broken,
}

impl Asked {
    fn deed(&self) -> Deed {
        Deed { act: self.act, draft: self.draft.clone(), at: self.at, note: self.note.clone() }
    }
}

impl World {
    /// What has to be written so that it is recorded.
    pub fn publication(&self, document: &Document, asked: &Asked) -> Result<Publication, Refused> {
        let path = document.lock_path();
        let all = self.kept.archive().document(&document.section, &document.name);
        let mut lock = match all.and_then(|all| all.lock.as_deref()) {
            Some(lock) => lock.clone(),
            None if self.kept.text(&path).is_empty() => Lock::default(),
            None => return Err(Refused::Broken),
        };
        let earlier = match asked.act {
            Act::Published => self.publish(document, asked, &mut lock)?,
            // The file is there, for some readers.
            _ if all.is_some_and(|all| all.drafts.contains_key(&asked.draft))
                && !document.drafts.contains_key(&asked.draft) =>
            {
                return Err(Refused::Private);
            }
            _ => self.change(document, asked, &mut lock).map(|()| Vec::new())?,
        };
        let newest = lock.newest(&asked.draft);
        let seal = newest.filter(|entry| !entry.is_gone()).map(|entry| entry.text);
        let unseen = newest.is_none();
        Ok(Publication { lock: (path, lock.to_string()), earlier, seal, unseen })
    }

    /// Records a publication. What was recorded of a day to come gives way to it.
    fn publish(&self, document: &Document, asked: &Asked, lock: &mut Lock) -> Result<Vec<DraftName>, Refused> {
        let draft = document.drafts.get(&asked.draft).ok_or(Refused::NotRecorded)?;
        if !is_public(document, draft) {
            return Err(Refused::Private);
        }
        let moment = draft.published.ok_or(Refused::Undated)?;
        if let Some(known) = lock.newest(&draft.name) {
            if known.is_gone() {
                return Err(Refused::TakenDown);
            }
            let first = lock.publication(&draft.name).unwrap_or(known).at;
            if first <= asked.now {
                return Err(Refused::Recorded);
            }
            if first == moment.at && self.sealed(document, draft).digest == known.text {
                return Err(Refused::Same);
            }
            lock.take_back(&draft.name);
        }
        Ok(self.record_all(document, (draft, &asked.beside), lock))
    }

    /// Records that a draft was corrected, or that words of it or all of it were taken down.
    fn change(&self, document: &Document, asked: &Asked, lock: &mut Lock) -> Result<(), Refused> {
        let last = lock.newest(&asked.draft).cloned().ok_or(Refused::NotRecorded)?;
        let first = lock.publication(&asked.draft).map_or(last.at, |entry| entry.at);
        let draft = document.drafts.get(&asked.draft);
        match (last.is_gone(), first > asked.now, draft) {
            (true, ..) => return Err(Refused::TakenDown),
            // Nobody has seen it: there is nothing to tell, whether its file stays or goes.
            (_, true, _) if asked.act == Act::Removed => {
                lock.take_back(&asked.draft);
                // What was recorded before that would hold again.
                if lock.newest(&asked.draft).is_some() {
                    lock.take_down(Deed { act: Act::TakenDown, at: asked.now, ..asked.deed() });
                }
                return Ok(());
            }
            (_, true, _) => return Err(Refused::NotOut),
            _ if asked.note.is_none() => return Err(Refused::Silent),
            _ if asked.at > asked.now => return Err(Refused::Ahead),
            _ if asked.at < last.at => return Err(Refused::Before(last.at)),
            _ => {}
        }
        match draft {
            None if asked.act == Act::Removed => lock.take_down(Deed { act: Act::TakenDown, ..asked.deed() }),
            None => return Err(Refused::NotRecorded),
            Some(draft) if !is_public(document, draft) => return Err(Refused::Private),
            Some(draft) => {
                let is_same = self.sealed(document, draft).digest == last.text;
                // Words that were corrected away are still kept beside the correction, and can be taken down too.
                let keeps_more =
                    lock.of(&draft.name).any(|own| own.number < last.number && lock.kept.contains_key(&own.number));
                if is_same && (asked.act != Act::Removed || !keeps_more) {
                    return Err(Refused::Same);
                }
                if asked.act == Act::Removed {
                    lock.forget(&draft.name);
                }
                self.add(lock, asked.deed(), document, draft);
            }
        }
        Ok(())
    }

    /// Records a draft, and with it those that are out and were never recorded, the earliest first.
    fn record_all(
        &self,
        document: &Document,
        (own, beside): (&Draft, &[DraftName]),
        lock: &mut Lock,
    ) -> Vec<DraftName> {
        let is_missing = |draft: &&Draft| {
            let is_out = !self.site().is_unpublished(document, draft) && is_public(document, draft);
            draft.name == own.name || is_out && lock.newest(&draft.name).is_none() && !beside.contains(&draft.name)
        };
        let mut missing: Vec<_> = document.drafts.values().filter(is_missing).collect();
        missing.sort_by_key(|draft| (draft.published, draft.name.clone()));
        for draft in &missing {
            let at = draft.published.map_or(Timestamp::UNIX_EPOCH, |moment| moment.at);
            let deed = Deed { act: Act::Published, draft: draft.name.clone(), at, note: None };
            self.add(lock, deed, document, draft);
        }
        missing.iter().map(|draft| draft.name.clone()).filter(|name| *name != own.name).collect()
    }

    fn add(&self, lock: &mut Lock, event: Deed, document: &Document, draft: &Draft) {
        lock.add(event, self.sealed(document, draft).contents(&self.from(document, draft)));
    }

    /// By the name of each block what it was called in the draft from which changes are counted.
    fn from(&self, document: &Document, draft: &Draft) -> BTreeMap<String, String> {
        let Some(base) = draft.base.as_ref().and_then(|base| document.drafts.get(base)) else {
            return BTreeMap::new();
        };
        let compared = self.compared(document, base, draft);
        let (old, new) = (names_of(&compared.old), names_of(&compared.new));
        let name = |names: &[Option<String>], ix: usize| names.get(ix).cloned().flatten();
        let mut from = BTreeMap::new();
        for (was, is) in compared.comparison.lineage() {
            if let (Some(was), Some(is)) = (name(&old, was), name(&new, is)) {
                from.entry(is).or_insert(was);
            }
        }
        from
    }
}
