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
    /// The draft is not for everybody.
    Private,
    /// Nothing in it differs from what was sealed.
    Same,
    /// Its front matter says no day on which it comes out.
    Undated,
    /// The record cannot be read.
    Broken,
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
        let known = lock.newest(&asked.draft).cloned();
        if known.as_ref().is_some_and(|entry| entry.is_gone()) {
            return Err(Refused::TakenDown);
        }
        let mut earlier = Vec::new();
        let event = |at| Deed { act: asked.act, draft: asked.draft.clone(), at, note: asked.note.clone() };
        match (document.drafts.get(&asked.draft), &known, asked.act) {
            (Some(draft), _, _) if !is_public(document, draft) => return Err(Refused::Private),
            (Some(_), Some(_), Act::Published) => return Err(Refused::Recorded),
            (_, None, Act::Corrected | Act::Removed | Act::Withheld) | (None, None, _) => {
                return Err(Refused::NotRecorded);
            }
            (Some(draft), None, Act::Published) => {
                draft.published.ok_or(Refused::Undated)?;
                earlier = self.record_all(document, draft, &mut lock);
            }
            (Some(draft), Some(known), act) => {
                if self.sealed(document, draft).digest == known.text {
                    return Err(Refused::Same);
                }
                if act == Act::Removed {
                    lock.forget(&draft.name);
                }
                self.add(&mut lock, event(asked.at), document, draft);
            }
            (None, Some(_), _) => lock.take_down(event(asked.at)),
        }
        let seal = lock.newest(&asked.draft).filter(|entry| !entry.is_gone()).map(|entry| entry.text);
        Ok(Publication { lock: (path, lock.to_string()), earlier, seal })
    }

    /// Records a draft, and with it those that are out and were never recorded, the earliest first.
    fn record_all(&self, document: &Document, own: &Draft, lock: &mut Lock) -> Vec<DraftName> {
        let is_missing = |draft: &&Draft| {
            let is_out = !self.site().is_unpublished(document, draft) && is_public(document, draft);
            draft.name == own.name || is_out && lock.newest(&draft.name).is_none()
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
