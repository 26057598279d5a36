//! What `publish` says: before it writes, what will appear and change; behind it, what to tell the readers.

use super::plan::is_ahead;
use crate::diag::Diagnostic;
use crate::paper::{Act, Document, Draft, Moment};
use crate::path::Address;
use crate::report;
use crate::routes::{DocumentKey, Route, compared};
use crate::site::{Asked, Publication, World};
use crate::tree::Digest;
use jiff::Timestamp;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// How many addresses of a sort are named.
const NAMED: usize = 12;

/// What is recorded of one draft.
pub(super) struct Done {
    pub(super) document: DocumentKey,
    pub(super) lone: bool,
    pub(super) title: String,
    pub(super) asked: Asked,
    /// When it comes out; none where it is corrected or taken down.
    pub(super) comes: Option<Moment>,
    /// Whether its file is there.
    pub(super) is_here: bool,
    pub(super) publication: Publication,
}

impl Done {
    fn name(&self) -> String {
        if self.lone { self.title.clone() } else { format!("{}, {}", self.title, self.asked.draft.label()) }
    }

    /// What happens, and when.
    fn heading(&self, now: Timestamp) -> Vec<String> {
        let name = self.name();
        let first = match (self.asked.act, self.comes) {
            (Act::Corrected, _) => format!("{name}: a correction is recorded."),
            (Act::Removed, _) if self.publication.unseen && self.is_here => format!(
                "{name}: it is taken back. Nobody saw it. Take `published` out of its front matter, or it comes out all the same."
            ),
            (Act::Removed, _) if self.publication.unseen => format!("{name}: it is taken back. Nobody saw it."),
            (Act::Removed, _) if self.is_here => format!("{name}: words are taken down."),
            (Act::Removed, _) => format!("{name}: it is taken down."),
            (_, Some(moment)) if is_ahead(self.comes, now) => format!("{name}: to come out on {}.", moment.day),
            (_, Some(moment)) => format!("{name}: published on {}.", moment.day),
            _ => format!("{name}: published."),
        };
        let earlier = self.publication.earlier.iter();
        let earlier = earlier.map(|name| format!("{name} is out and was never recorded: it is recorded now too."));
        std::iter::once(first).chain(earlier).collect()
    }
}

/// What is known of a site before and after.
pub(super) struct Told<'a> {
    /// Without what comes out, seen at the moment at which it does.
    pub(super) before: Option<&'a World>,
    /// With it, seen at the same moment.
    pub(super) after: Option<&'a World>,
    pub(super) found: &'a [Diagnostic],
    pub(super) prefix: &'a str,
    /// When the site has to be built next, as it then is.
    pub(super) next: Option<Timestamp>,
}

impl Told<'_> {
    /// What is said before anything is written, and behind it.
    pub(super) fn tell(&self, done: &[Done], now: Timestamp) -> (String, String) {
        let mut before: Vec<String> = done.iter().flat_map(|own| own.heading(now)).collect();
        before.extend(done.iter().filter_map(|own| self.passed(own, now)));
        before.extend(done.iter().filter_map(|own| self.voted(own, now)));
        before.extend(addresses(self.before, self.after));
        before.extend(self.missing(done));
        let mut after: Vec<String> = done.iter().flat_map(|own| self.announcement(own, now)).collect();
        let zone = self.after.map(|world| world.config().timezone.clone());
        if let Some((next, zone)) = self.next.zip(zone) {
            let day = next.to_zoned(zone).date();
            after.push(format!("The next day that matters: {day}; build the site again then"));
        }
        (before.join("\n") + "\n", after.join("\n") + "\n")
    }

    /// A day of publication that has passed is what the record will say.
    fn passed(&self, own: &Done, now: Timestamp) -> Option<String> {
        let (comes, world) = own.comes.zip(self.after)?;
        let today = now.to_zoned(world.config().timezone.clone()).date();
        (comes.day < today)
            .then(|| format!("{} has passed: pages and record will say that it came out then. Is that so?", comes.day))
    }

    /// A text that is voted on is changed once people may have voted.
    fn voted(&self, own: &Done, now: Timestamp) -> Option<String> {
        let (world, document) = self.document(own).filter(|_| own.asked.act != Act::Published)?;
        let vote = document.consultation.vote.as_ref().filter(|vote| vote.draft.as_ref() == Some(&own.asked.draft))?;
        let opens = vote.opens.filter(|opens| *opens <= now.to_zoned(world.config().timezone.clone()).date())?;
        Some(format!("The vote on this draft opened on {opens}: those who have voted already saw the earlier text."))
    }

    /// What is still missing for the readers of what comes out.
    fn missing(&self, done: &[Done]) -> Vec<String> {
        let mut lines = Vec::new();
        for own in done.iter().filter(|own| own.asked.act == Act::Published) {
            let Some((world, document)) = self.document(own) else { continue };
            let lacking =
                document.drafts.get(&own.asked.draft).map_or_else(Vec::new, |own| world.lacking(document, own));
            let line = |(words, place): &(String, crate::diag::Place)| {
                format!("  {}{}:{}: {words}", self.prefix, place.file, place.line)
            };
            lines.extend(lacking.iter().map(line));
        }
        if !self.found.is_empty() {
            lines.push(format!("  {}, shown above", report::count(self.found)));
        }
        if !lines.is_empty() {
            lines.insert(0, "Still missing:".to_owned());
        }
        lines
    }

    fn document(&self, own: &Done) -> Option<(&World, &Document)> {
        let world = self.after?;
        Some((world, world.site().document(&own.document.section, &own.document.name)?))
    }

    /// What to tell the readers.
    fn announcement(&self, own: &Done, now: Timestamp) -> Vec<String> {
        if own.publication.unseen {
            return Vec::new();
        }
        let mut lines = vec![String::new()];
        if let Some(moment) = own.comes.filter(|_| is_ahead(own.comes, now)) {
            lines.push(format!("Not online yet. From {} on, once the site is built again:", moment.day));
        }
        lines.push(match (own.asked.act, own.is_here) {
            (Act::Corrected, _) => format!("Correction: {}", own.name()),
            (Act::Removed, true) => format!("Words taken down: {}", own.name()),
            (Act::Removed, false) => format!("Taken down: {}", own.name()),
            _ => own.name(),
        });
        let Some(world) = self.after else { return lines };
        let full = |route: &Route| world.full(&route.address());
        let known =
            self.document(own).and_then(|(_, document)| Some((document, document.drafts.get(&own.asked.draft)?)));
        if let Some((document, draft)) = known {
            lines.push(match own.lone {
                true => full(&Route::Document(own.document.clone())),
                false => full(&Route::Draft(own.document.clone(), draft.name.clone())),
            });
            lines.extend(changes(document, draft, world));
            let today = now.to_zoned(world.config().timezone.clone()).date();
            let closes = document.rounds.get(&draft.name.round).and_then(|round| round.closes);
            if let Some(closes) = closes.filter(|closes| *closes >= today) {
                lines.push(format!("Comments until {closes}"));
            }
        }
        lines.extend(own.asked.note.clone());
        match own.publication.seal {
            Some(seal) => {
                lines.push(format!("SHA-256 {seal}"));
                lines.push(format!("of {}", full(&Route::Sealed(own.document.clone(), own.asked.draft.clone()))));
            }
            None => lines.push(format!("The record: {}", full(&Route::Record(own.document.clone())))),
        }
        lines
    }
}

/// The addresses that appear, change and go.
fn addresses(before: Option<&World>, after: Option<&World>) -> Vec<String> {
    let (before, after) = (before.map_or_else(BTreeMap::new, pages), after.map_or_else(BTreeMap::new, pages));
    let new: Vec<_> = after.keys().filter(|address| !before.contains_key(*address)).collect();
    let gone: Vec<_> = before.keys().filter(|address| !after.contains_key(*address)).collect();
    let changed = after.iter().filter(|(address, digest)| before.get(*address).is_some_and(|was| was != *digest));
    let changed: Vec<_> = changed.map(|(address, _)| address).collect();
    let mut lines = Vec::new();
    for (what, addresses) in [("New", new), ("Changed", changed), ("Gone", gone)] {
        if addresses.is_empty() {
            continue;
        }
        let count =
            if addresses.len() == 1 { "1 address".to_owned() } else { format!("{} addresses", addresses.len()) };
        lines.push(format!("{what}, {count}:"));
        lines.extend(addresses.iter().take(NAMED).map(|address| format!("  {address}")));
        if addresses.len() > NAMED {
            lines.push(format!("  and {} more", addresses.len() - NAMED));
        }
    }
    lines
}

/// Every page with its digest; what the templates cannot render has none.
fn pages(world: &World) -> BTreeMap<Address, Digest> {
    let addresses: Vec<_> = world.addresses().collect();
    let pages = addresses.par_iter().filter_map(|address| {
        let bytes = world.render(address)?.ok()?;
        Some(((*address).clone(), Digest::of(&bytes)))
    });
    pages.collect::<Vec<_>>().into_iter().collect()
}

/// What changed since the base of a draft, where the site compares them.
fn changes(document: &Document, draft: &Draft, world: &World) -> Option<String> {
    let base = draft.base.as_ref()?;
    let pair = (base.clone(), draft.name.clone());
    compared(document, world.config().compare).contains(&pair).then(|| {
        let route = Route::Comparison(DocumentKey::of(document), base.clone(), draft.name.clone());
        format!("What changed since {}: {}", base.label().to_lowercase(), world.full(&route.address()))
    })
}
