//! `greenpaper verify`: whether a folder of pages is what was published.
//!
//! In: a folder that `build` wrote, or a copy of one; with it, where there is one, the site that it was built from.
//! Out: a line for each fault: files against the list of the folder, seals against the texts and the record in the
//! folder, and that record against the one of the site.

use super::build::LIST;
use super::site::{SiteArgs, shown};
use super::view::{View, config};
use super::{Failure, terminal};
use crate::disk::{Published, Reader};
use crate::paper::{Act, Archive, Lock};
use crate::path::{Address, SitePath};
use crate::report::plural;
use crate::tree::Digest;
use jiff::Timestamp;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Check that a folder of pages is what was published
///
/// Every file is held against sha256sums.txt, every text that was sealed against its seal, and the record in the folder
/// against that of the site, where there is a site: --site, or the nearest folder upwards from the pages that has a
/// site.toml. Each fault is one line, and exit status 1 says that there are some.
///
/// The seals hold no key: whoever can change all of the folder, and the site too, can change them with it. What they
/// prove is told in MANUAL.md.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  greenpaper verify public
  greenpaper verify copy/ --site .     a copy from elsewhere, held against the record of this site")]
pub(super) struct Args {
    #[command(flatten)]
    site: SiteArgs,
    /// The folder of pages
    #[arg(value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    folder: PathBuf,
}

/// Carries the command out.
pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let folder = &args.folder;
    let published = Published::read(folder, LIST)
        .map_err(|error| Failure::from(error).hint("name the folder that `greenpaper build` wrote, or a copy of it"))?;
    let mut faults: Vec<String> = published.faults(&[LIST])?.iter().map(ToString::to_string).collect();
    let (records, sealed, more) = seals(&published);
    faults.extend(more);
    let site = args.site.folder_for(folder)?;
    if let Some(site) = &site {
        faults.extend(against_site(site, &records)?);
    }
    for fault in &faults {
        terminal::print(&format!("{fault}\n"));
    }
    let counted = format!("{}, {}", plural(published.count(), "file"), plural(sealed, "sealed text"));
    let held = match &site {
        Some(site) => format!("held against the record of {}", shown(site)),
        None => "held against the folder's own record alone: no site was found, name one with --site".to_owned(),
    };
    terminal::say(&format!("{}: {counted}; {held}", shown(folder)));
    if faults.is_empty() {
        terminal::print("no faults\n");
        return Ok(());
    }
    terminal::print(&format!("{}\n", plural(faults.len(), "fault")));
    Err(Failure::Content)
}

/// What `site.json` says of seals.
#[derive(Deserialize)]
struct Site {
    documents: Vec<Document>,
}

#[derive(Deserialize)]
struct Document {
    address: String,
    record: Option<String>,
    drafts: Vec<Draft>,
}

#[derive(Deserialize)]
struct Draft {
    name: String,
    address: String,
    seal: Option<String>,
    sealed: Option<String>,
}

/// The records of a folder, by the paths of their documents.
type Records = BTreeMap<String, Lock>;

/// The records of a folder, how many texts are sealed, and what does not fit.
fn seals(published: &Published) -> (Records, usize, Vec<String>) {
    let mut faults = Vec::new();
    let mut records = Records::new();
    let mut count = 0;
    let site = published.file(&SitePath::new("site.json"));
    let Some(site) = site.and_then(|bytes| serde_json::from_slice::<Site>(&bytes).ok()) else {
        return (records, 0, vec!["site.json: it is not here, or not as greenpaper writes it".to_owned()]);
    };
    for document in &site.documents {
        let record = document.record.as_ref().map(|address| (file_of(address), lock_of(published, address)));
        for draft in &document.drafts {
            let Some((seal, sealed)) = draft.seal.as_ref().zip(draft.sealed.as_ref()) else { continue };
            count += 1;
            faults.extend(text_faults(published, draft, seal, &file_of(sealed)));
            let held = record.as_ref().and_then(|(_, lock)| lock.as_ref().ok()).map(|lock| newest(lock, &draft.name));
            if held.is_some_and(|held| held.as_deref() != Some(seal.as_str())) {
                let file = file_of(document.record.as_deref().unwrap_or(""));
                faults.push(format!("{file}: its seal of {} is not the one in site.json, {seal}", draft.name));
            }
        }
        match record {
            Some((_, Ok(lock))) => _ = records.insert(document.address.trim_matches('/').to_owned(), lock),
            Some((file, Err(why))) => faults.push(format!("{file}: {why}")),
            None => {}
        }
    }
    (records, count, faults)
}

/// The text that was sealed, and the page that has to name its seal.
fn text_faults(published: &Published, draft: &Draft, seal: &str, sealed: &SitePath) -> Vec<String> {
    let mut faults = Vec::new();
    match published.file(sealed) {
        None => faults.push(format!("{sealed}: the sealed text of {} is not here", draft.name)),
        Some(bytes) if Digest::of(&bytes).to_string() != seal => {
            faults.push(format!("{sealed}: it is not the text that was sealed as {seal}"));
        }
        Some(_) => {}
    }
    let page = file_of(&draft.address);
    let names_it = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).contains(seal);
    if published.file(&page).is_some_and(|bytes| !names_it(bytes)) {
        faults.push(format!("{page}: it does not name its seal, {seal}"));
    }
    faults
}

fn lock_of(published: &Published, address: &str) -> Result<Lock, String> {
    let bytes = published.file(&file_of(address)).ok_or("the record is not here")?;
    Lock::read_published(&String::from_utf8_lossy(&bytes))
}

/// The seal that holds of a draft, in digits.
fn newest(lock: &Lock, draft: &str) -> Option<String> {
    let own = lock.entries.iter().rev().find(|entry| entry.act != Act::Withheld && entry.draft.to_string() == draft)?;
    (!own.is_gone()).then(|| own.text.to_string())
}

fn file_of(address: &str) -> SitePath {
    Address::new(address).file()
}

/// How the records of a folder differ from those of the site.
fn against_site(site: &Path, records: &Records) -> Result<Vec<String>, Failure> {
    let tree = Reader::new(site)?.read().map_err(|unread| Failure::from_all(&unread.errors))?;
    let now = View::default().options(&tree)?.at;
    let (archive, found) = Archive::read(&tree, &config(&tree));
    let is_record = |finding: &&crate::diag::Diagnostic| finding.rule.name == "record";
    let mut faults: Vec<_> = found
        .iter()
        .filter(is_record)
        .map(|finding| {
            let file = finding.place.as_ref().map_or(String::new(), |place| place.file.to_string());
            format!("{file}: {}", finding.message)
        })
        .collect();
    for document in archive.documents.values() {
        let Some(lock) = &document.lock else { continue };
        let name = format!("{}/{}", document.section, document.name);
        match records.get(&name) {
            Some(record) => faults.extend(record_faults(&name, record, lock, now)),
            None if lock.entries.iter().any(|entry| entry.at <= now) => {
                faults.push(format!("{name}: {} has it, and these pages have no record of it", document.lock_path()));
            }
            None => {}
        }
    }
    for name in records.keys() {
        let is_known = archive
            .documents
            .values()
            .any(|own| own.lock.is_some() && format!("{}/{}", own.section, own.name) == *name);
        if !is_known {
            faults.push(format!("{name}: these pages have a record of it, and the site has none"));
        }
    }
    Ok(faults)
}

/// How a record in a folder differs from that of the site; what is recorded of days to come is not in it yet.
fn record_faults(name: &str, record: &Lock, lock: &Lock, now: Timestamp) -> Vec<String> {
    let mut faults = Vec::new();
    for (published, own) in record.entries.iter().zip(&lock.entries) {
        if published.seal != own.seal {
            faults.push(format!("{name}/record.txt: {} is not what the site's record says", own.label()));
            return faults;
        }
    }
    if record.entries.len() > lock.entries.len() {
        faults.push(format!(
            "{name}/record.txt: it has {} more than the site's record",
            plural_entries(record.entries.len() - lock.entries.len())
        ));
    }
    let newer = lock.entries.iter().skip(record.entries.len()).filter(|entry| entry.at <= now);
    faults.extend(
        newer.map(|entry| format!("{name}/record.txt: {} is not in it yet; build the site again", entry.label())),
    );
    faults
}

fn plural_entries(count: usize) -> String {
    if count == 1 { "1 entry".to_owned() } else { format!("{count} entries") }
}
