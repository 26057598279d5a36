//! `greenpaper verify`: whether a folder of pages is what was published.
//!
//! In: a folder that `build` wrote, or a copy of one; with it, where there is one, the site that it was built from.
//! Out: a line for each fault: files against the list of the folder, seals against the texts and the record in the
//! folder, and that record against the one of the site.

use super::build::LIST;
use super::site::{SiteArgs, shown};
use super::view::{View, config};
use super::{Failure, terminal};
use crate::consult::record::Form;
use crate::diag::Diagnostic;
use crate::disk::{Published, Reader};
use crate::paper::{Act, Archive, Entry, Lens, Lock};
use crate::path::SitePath;
use crate::report::plural;
use crate::tree::Digest;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Check that a folder of pages is what was published
///
/// Every file is held against sha256sums.txt; every text that the record in the folder names, and the figures that it was
/// sealed with, against their seals; and the record against that of the site, where there is a site: --site, or the
/// nearest folder upwards from the pages that has a site.toml. Each fault is one line, and exit status 1 says that there
/// are some.
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
    let mut faults: Vec<String> = published.faults(&[LIST]).iter().map(ToString::to_string).collect();
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

/// The records of a folder, by the names of their documents: `proposals/hubs`; none where one cannot be read.
type Records = BTreeMap<String, Option<Lock>>;

/// The records of a folder, how many texts are sealed, and what does not fit.
fn seals(published: &Published) -> (Records, usize, Vec<String>) {
    let mut faults = Vec::new();
    let mut records = Records::new();
    let mut count = 0;
    let site = published.file(&SitePath::new("site.json"));
    let site = site.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    if site.is_none() {
        faults.push("site.json: it is not here".to_owned());
    }
    for path in published.paths() {
        let Some(name) = path.as_str().strip_suffix("/record.txt") else { continue };
        let text = published.file(path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        match text.ok_or("the record is not here".to_owned()).and_then(|text| Lock::read_published(&text)) {
            Ok(lock) => {
                for entry in holding(&lock) {
                    count += 1;
                    faults.extend(text_faults(published, name, entry));
                    let names_it = |site: &String| site.contains(&format!("\"{}\"", entry.text));
                    if site.as_ref().is_some_and(|site| !names_it(site)) {
                        faults.push(format!("site.json: it does not name the seal of {name}, {}", entry.label()));
                    }
                }
                records.insert(name.to_owned(), Some(lock));
            }
            Err(why) => {
                faults.push(format!("{path}: {why}"));
                records.insert(name.to_owned(), None);
            }
        }
    }
    (records, count, faults)
}

/// Of each draft that is to be there the entry that holds.
fn holding(lock: &Lock) -> Vec<&Entry> {
    let mut drafts: Vec<_> = lock.entries.iter().filter(|own| own.act != Act::Withheld).map(|own| &own.draft).collect();
    drafts.sort();
    drafts.dedup();
    drafts.into_iter().filter_map(|draft| lock.newest(draft)).filter(|entry| !entry.is_gone()).collect()
}

/// The text that was sealed, the files that it names, and the page that has to name its seal.
fn text_faults(published: &Published, name: &str, entry: &Entry) -> Vec<String> {
    let (draft, seal) = (&entry.draft, entry.text.to_string());
    let sealed = SitePath::new(&format!("{name}/{draft}.md"));
    let below = format!("{name}/draft-");
    let is_lone =
        !published.paths().any(|path| path.as_str().starts_with(&below) && path.as_str().ends_with("/index.html"));
    let page = if is_lone { format!("{name}/index.html") } else { format!("{name}/{draft}/index.html") };
    let page = SitePath::new(&page);
    let mut faults = match published.file(&sealed) {
        None => vec![format!("{sealed}: the sealed text of {draft} is not here")],
        Some(bytes) if Digest::of(&bytes).to_string() != seal => {
            vec![format!("{sealed}: it is not the text that was sealed as {seal}")]
        }
        Some(bytes) => file_faults(published, name, entry, &String::from_utf8_lossy(&bytes)),
    };
    match published.file(&page) {
        None => faults.push(format!("{page}: the page of {draft} is not here")),
        Some(bytes) if !String::from_utf8_lossy(&bytes).contains(&seal) => {
            faults.push(format!("{page}: it does not name its seal, {seal}"));
        }
        Some(_) => {}
    }
    faults
}

/// The figures and attachments that a sealed text names, by their digests.
fn file_faults(published: &Published, name: &str, entry: &Entry, sealed: &str) -> Vec<String> {
    let files = Form::read(sealed).map_or_else(BTreeMap::new, |form| form.files);
    let other = files.iter().filter(|(path, digest)| {
        let bytes = published.file(&SitePath::new(path));
        bytes.is_none_or(|bytes| Digest::of(&bytes) != **digest)
    });
    other.map(|(path, _)| format!("{path}: it is not the file that {name}, {} was sealed with", entry.draft)).collect()
}

/// How the records of a folder differ from those of the site.
fn against_site(site: &Path, records: &Records) -> Result<Vec<String>, Failure> {
    let tree = Reader::new(site)?.read().map_err(|unread| Failure::from_all(&unread.errors))?;
    let at = View::default().options(&tree)?.at;
    let (archive, found) = Archive::read(&tree, &config(&tree));
    let seen = archive.visible(&Lens { at, audience: None, unpublished: false });
    let broken: Vec<_> = found.iter().filter(|finding| finding.rule.name == "record").collect();
    let file = |finding: &Diagnostic| finding.place.as_ref().map(|place| place.file.clone());
    let mut faults: Vec<_> =
        broken.iter().map(|finding| format!("{}: {}", file(finding).unwrap_or_default(), finding.message)).collect();
    let mut known = BTreeMap::new();
    for document in archive.documents.values() {
        let name = format!("{}/{}", document.section, document.name);
        let own = seen.document(&document.section, &document.name).and_then(|own| own.lock.as_deref().cloned());
        let all = document.lock.as_deref().cloned().unwrap_or_default();
        let is_broken = broken.iter().any(|finding| file(finding) == Some(document.lock_path()));
        known.insert(name, (document.lock_path(), all, own.unwrap_or_default(), is_broken));
    }
    for (name, (path, all, lock, _)) in known.iter().filter(|(_, own)| !own.3) {
        match records.get(name) {
            Some(record) => faults.extend(record.iter().flat_map(|record| record_faults(name, record, all, lock))),
            None if !lock.entries.is_empty() => {
                faults.push(format!("{name}: {path} has it, and these pages have no record of it"));
            }
            None => {}
        }
    }
    let unknown = records.keys().filter(|name| !known.contains_key(*name));
    faults.extend(unknown.map(|name| format!("{name}: these pages have a record of it, and the site has not got it")));
    Ok(faults)
}

/// How a record in a folder differs from that of the site, of which everybody may see `seen`.
fn record_faults(name: &str, record: &Lock, all: &Lock, seen: &Lock) -> Vec<String> {
    if all.entries.is_empty() && !record.entries.is_empty() {
        return vec![format!("{name}: these pages have a record of it, and the site has none")];
    }
    let told = |own: &Entry| own.act != Act::Withheld;
    for (published, own) in record.entries.iter().zip(&all.entries) {
        if published.seal != own.seal {
            return vec![format!("{name}/record.txt: {} is not what the site's record says", own.label())];
        }
    }
    let hidden = record.entries.iter().zip(&seen.entries).filter(|(is, own)| is.act == Act::Withheld && told(own));
    let hidden =
        hidden.map(|(_, own)| format!("{name}/record.txt: it withholds {}, which everybody may see", own.label()));
    let more = record.entries.len().saturating_sub(all.entries.len());
    let count = if more == 1 { "1 entry".to_owned() } else { format!("{more} entries") };
    let more = (more > 0).then(|| format!("{name}/record.txt: it has {count} more than the site's record"));
    let newer = seen.entries.iter().skip(record.entries.len()).filter(|own| told(own));
    let newer =
        newer.map(|own| format!("{name}/record.txt: it lacks {}: these pages are older than the record", own.label()));
    let is_early = |own: &&Entry| seen.entries.get(own.number - 1).is_none_or(|seen| seen.act == Act::Withheld);
    let early = record.entries.iter().take(all.entries.len()).filter(|own| told(own)).filter(is_early);
    let early = early.map(|own| format!("{name}/record.txt: it tells of {}, which nobody is to see yet", own.label()));
    hidden.chain(more).chain(newer).chain(early).collect()
}
