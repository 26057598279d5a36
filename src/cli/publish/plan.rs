//! What is to be written, and what is said of it before and after.

use super::Args;
use super::refusals::refused;
use super::told::{self, Done};
use crate::cli::view::View;
use crate::cli::when::When;
use crate::cli::{Failure, named, record, terminal};
use crate::diag::Diagnostic;
use crate::paper::{Act, Document, DraftName, Moment};
use crate::path::SitePath;
use crate::report;
use crate::routes::DocumentKey;
use crate::site::{Asked, Memo, Options, World};
use crate::tree::{File, Tree};
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A day on which nothing comes out.
const NEVER: &str = "9999-12-31";

/// What is to be written, and what is said of it.
pub(super) struct Plan {
    /// The records that change, and the drafts in which a day is written.
    records: BTreeMap<SitePath, String>,
    drafts: BTreeMap<SitePath, String>,
    /// The site with them.
    pub(super) tree: Tree,
    /// What is said before anything is written.
    pub(super) before: String,
    /// What is said behind it.
    pub(super) after: String,
}

/// How a site is read here.
struct Reading<'a> {
    memo: Arc<Memo>,
    prefix: &'a str,
    now: Options,
}

impl Reading<'_> {
    /// The site, as it is seen with drafts that are not out; what keeps it from being read is shown.
    fn world(&self, tree: &Tree) -> Result<World, Failure> {
        let outcome = World::read(tree, &self.now, &self.memo);
        outcome.world.ok_or_else(|| {
            terminal::show(&outcome.found, self.prefix);
            Failure::Content
        })
    }

    /// The site as everybody sees it at a moment, and what is wrong with it.
    fn public(&self, tree: &Tree, at: Timestamp) -> (Option<World>, Vec<Diagnostic>) {
        let options = Options { at, unpublished: false, ..self.now.clone() };
        let outcome = World::read(tree, &options, &self.memo);
        (outcome.world, outcome.found)
    }
}

impl Plan {
    pub(super) fn of(args: &Args, tree: &Tree, (prefix, out): (&str, &Path)) -> Result<Plan, Failure> {
        let now = View { unpublished: true, ..View::default() }.options(tree)?;
        let reading = Reading { memo: Arc::default(), prefix, now };
        let mut plan = Plan {
            records: BTreeMap::new(),
            drafts: BTreeMap::new(),
            tree: tree.clone(),
            before: String::new(),
            after: String::new(),
        };
        let mut hidden = tree.clone();
        let mut done = Vec::new();
        for name in &args.drafts {
            done.push(plan.add(args, name, &reading, &mut hidden)?);
        }
        let comes = done.iter().filter_map(|own| own.comes).map(|moment| moment.at).max();
        let then = comes.map_or(reading.now.at, |at| at.max(reading.now.at));
        let (after, found) = reading.public(&plan.tree, then);
        let found = report::sorted(plan.as_it_is_written(tree, found));
        terminal::show(&found, prefix);
        if found.iter().any(Diagnostic::is_error) {
            return Err(Failure::Content);
        }
        after.as_ref().map_or(Ok(()), |world| record::goes_on(out, world))?;
        let before = reading.public(&hidden, then).0;
        let next = reading.public(&plan.tree, reading.now.at).0.and_then(|world| world.next_rebuild());
        let told = told::Told { before: before.as_ref(), after: after.as_ref(), found: &found, prefix, next };
        (plan.before, plan.after) = told.tell(&done, reading.now.at);
        Ok(plan)
    }

    /// Adds what is asked of one draft. `hidden` is the site as it is without what comes out.
    fn add(&mut self, args: &Args, name: &str, reading: &Reading, hidden: &mut Tree) -> Result<Done, Failure> {
        let act = args.act();
        if act == Act::Published {
            let world = reading.world(&self.tree)?;
            let (document, draft) = found(&world, args, name)?;
            let text = document.drafts.get(&draft).map(|own| &own.text);
            if let Some((text, day)) = text.zip(day(args, &world, document, &draft)) {
                self.drafts.insert(text.path().clone(), text.with_key("published", &day));
                put(&mut self.tree, &self.drafts);
            }
            if let Some(text) = text {
                hidden.insert(text.path().clone(), File::new(text.with_key("published", NEVER)));
            }
        }
        let world = reading.world(&self.tree)?;
        let (document, draft) = found(&world, args, name)?;
        let at = args.at.map_or(reading.now.at, |when| first_moment(when, &world));
        let of = name.rsplit_once('@').map(|(document, _)| document);
        let beside = args.drafts.iter().filter(|other| *other != name).filter_map(|other| other.rsplit_once('@'));
        let beside = beside.filter(|(document, _)| Some(*document) == of);
        let beside = beside.filter_map(|(_, draft)| DraftName::parse(draft)).collect();
        let asked = Asked {
            beside,
            act,
            draft: draft.clone(),
            at: seconds(at),
            now: seconds(reading.now.at),
            note: args.note.clone(),
        };
        let publication = world.publication(document, &asked).map_err(|why| refused(why, name))?;
        self.records.insert(publication.lock.0.clone(), publication.lock.1.clone());
        put(&mut self.tree, &self.records);
        let comes = document.drafts.get(&draft).and_then(|own| own.published).filter(|_| act == Act::Published);
        let is_here = document.drafts.contains_key(&draft);
        Ok(Done {
            document: DocumentKey::of(document),
            lone: document.lone,
            title: document.title.clone(),
            asked,
            comes,
            is_here,
            publication,
        })
    }

    /// Findings by the lines that the author has before them: in a draft in which a line is put for the day, those
    /// behind it are one less.
    fn as_it_is_written(&self, tree: &Tree, mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
        for place in found.iter_mut().filter_map(|finding| finding.place.as_mut()) {
            let written = tree.get(&place.file).and_then(File::text);
            let Some((new, old)) = self.drafts.get(&place.file).zip(written) else { continue };
            let is_longer = new.lines().count() > old.lines().count();
            let same = new.lines().zip(old.lines()).take_while(|(new, old)| new == old).count();
            if is_longer && place.line as usize > same + 1 {
                place.line -= 1;
            }
        }
        found
    }

    /// The files to be written, the records first: a draft that is recorded and not dated is told of, one that is dated
    /// and not recorded might not be.
    pub(super) fn files(&self, site: &Path) -> Vec<(PathBuf, Vec<u8>)> {
        let files = self.records.iter().chain(&self.drafts);
        files.map(|(path, text)| (site.join(path.as_str()), text.clone().into_bytes())).collect()
    }
}

/// The day to be written into the front matter of a draft; none where it stands there already.
fn day(args: &Args, world: &World, document: &Document, draft: &DraftName) -> Option<String> {
    let zone = || world.config().timezone.clone();
    let is_dated = document.drafts.get(draft)?.published.is_some();
    match args.at {
        // A draft that is recorded for a day to come does not come out today by an oversight.
        None => (!is_dated && !world.is_recorded(document, draft)).then(|| world.today().to_string()),
        Some(When::Day(day)) => Some(day.to_string()),
        Some(When::Local(time)) => Some(time.strftime("%Y-%m-%dT%H:%M:%S").to_string()),
        Some(When::Moment(at)) => Some(at.to_zoned(zone()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()),
    }
}

/// The document and the draft that are meant; the file of a draft that was recorded may be gone.
fn found<'w>(world: &'w World, args: &Args, name: &str) -> Result<(&'w Document, DraftName), Failure> {
    let site = world.site();
    if let Some((document, draft)) = name.rsplit_once('@').filter(|_| args.remove) {
        let own = named::of_name(site, document).map_err(|failure| match failure {
            Failure::Stop { message, .. } => Failure::stop(format!("{message} with a text")).hint(
                "put the file back; of a paper with a single text it stays, with a sentence in place of the words that \
                 have to go",
            ),
            other => other,
        })?;
        let draft = DraftName::parse(draft).filter(|draft| world.is_recorded(own, draft));
        if let Some(draft) = draft {
            return Ok((own, draft));
        }
    }
    let (document, draft) = named::draft(site, name)?;
    Ok((document, draft.name.clone()))
}

/// The first moment of a day, as `published` means it; or that very moment.
fn first_moment(when: When, world: &World) -> Timestamp {
    let zone = world.config().timezone.clone();
    match when {
        When::Day(day) => day.to_zoned(zone).map_or(world.options().at, |at| at.timestamp()),
        other => other.at(&zone),
    }
}

fn seconds(at: Timestamp) -> Timestamp {
    Timestamp::from_second(at.as_second()).unwrap_or(at)
}

fn put(tree: &mut Tree, files: &BTreeMap<SitePath, String>) {
    files.iter().for_each(|(path, text)| tree.insert(path.clone(), File::new(text.as_bytes())));
}

/// Whether a draft is not out at a moment.
pub(super) fn is_ahead(comes: Option<Moment>, at: Timestamp) -> bool {
    comes.is_some_and(|moment| moment.at > at)
}
