//! What `publish` says: before it writes, what will appear and change; behind it, what to tell the readers.

use crate::diag::Diagnostic;
use crate::paper::{Act, Document, Draft};
use crate::path::Address;
use crate::report;
use crate::routes::{DocumentKey, Route, compared};
use crate::site::{Asked, Publication, World};
use crate::tree::Digest;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// How many addresses of a sort are named.
const NAMED: usize = 12;

/// What is said before and after.
pub(super) struct Told {
    before: String,
    after: String,
}

impl Told {
    pub(super) fn before(&self) -> String {
        self.before.clone()
    }

    pub(super) fn after(&self) -> String {
        self.after.clone()
    }
}

/// Says what will happen to a site: it is seen before and after at the same moment.
pub(super) fn tell(
    (before, after): (Option<&World>, Option<&World>),
    (document, asked, publication): (&Document, &Asked, &Publication),
    found: &[Diagnostic],
    prefix: &str,
) -> Told {
    let mut lines = vec![heading(document, asked, after)];
    for name in &publication.earlier {
        lines.push(format!("It was never recorded that {name} is out: that is done with it."));
    }
    lines.extend(addresses(before, after));
    lines.extend(missing(document, asked, after, found, prefix));
    let after = after.map_or_else(Vec::new, |after| announcement(document, asked, publication, after));
    Told { before: lines.join("\n") + "\n", after: after.join("\n") + "\n" }
}

fn title(document: &Document, draft: &crate::paper::DraftName) -> String {
    if document.lone { document.title.clone() } else { format!("{}, {}", document.title, draft.label()) }
}

/// The first line: what happens, and when.
fn heading(document: &Document, asked: &Asked, world: Option<&World>) -> String {
    let title = title(document, &asked.draft);
    let own = document.drafts.get(&asked.draft);
    let coming = own.and_then(|draft| draft.published).filter(|_| asked.act == Act::Published);
    match (asked.act, coming, world) {
        (Act::Corrected, ..) => format!("{title}: a correction is recorded."),
        (Act::Removed, ..) => format!("{title}: words are taken down."),
        (_, Some(moment), _) => format!("{title}: published on {}.", moment.day),
        _ => format!("{title}: published."),
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
        lines.push(format!(
            "{what}, {}:",
            match addresses.len() {
                1 => "1 address".to_owned(),
                count => format!("{count} addresses"),
            }
        ));
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

/// What is still missing for its readers.
fn missing(
    document: &Document,
    asked: &Asked,
    world: Option<&World>,
    found: &[Diagnostic],
    prefix: &str,
) -> Vec<String> {
    let draft = document.drafts.get(&asked.draft).filter(|_| asked.act == Act::Published);
    let lacking = world.zip(draft).map_or_else(Vec::new, |(world, draft)| world.lacking(document, draft));
    let mut lines: Vec<_> =
        lacking.iter().map(|(words, place)| format!("  {prefix}{}:{}: {words}", place.file, place.line)).collect();
    if !found.is_empty() {
        lines.push(format!("  {}, shown above", report::count(found)));
    }
    if !lines.is_empty() {
        lines.insert(0, "Still missing:".to_owned());
    }
    lines
}

/// What to tell the readers.
fn announcement(document: &Document, asked: &Asked, publication: &Publication, world: &World) -> Vec<String> {
    let seen = world.site().document(&document.section, &document.name).unwrap_or(document);
    let mut lines = vec![String::new(), title(document, &asked.draft)];
    let key = DocumentKey::of(document);
    let full = |route: &Route| world.full(&route.address());
    if let Some(draft) = seen.drafts.get(&asked.draft) {
        lines.push(match document.lone {
            true => full(&Route::Document(key.clone())),
            false => full(&Route::Draft(key.clone(), draft.name.clone())),
        });
        lines.extend(changes(seen, draft, world));
        if let Some(closes) = seen.rounds.get(&draft.name.round).and_then(|round| round.closes) {
            lines.push(format!("Comments until {closes}"));
        }
    }
    lines.extend(asked.note.clone());
    match publication.seal {
        Some(seal) => {
            lines.push(format!("SHA-256 {seal}"));
            lines.push(format!("of {}", full(&Route::Sealed(key.clone(), asked.draft.clone()))));
        }
        None => lines.push(format!("The record: {}", full(&Route::Record(key.clone())))),
    }
    let next = world.next_rebuild().map(|at| at.to_zoned(world.config().timezone.clone()).date());
    lines.extend(next.map(|day| format!("The next day that matters: {day}; build the site again then")));
    lines
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
