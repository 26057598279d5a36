//! `greenpaper publish`: publication day, and what may be done to a text after it.

mod team;
mod told;

use super::site::{SiteArgs, prefix, shown};
use super::view::View;
use super::when::When;
use super::{Failure, build, named, terminal};
use crate::diag::Diagnostic;
use crate::disk;
use crate::paper::{Act, Document, DraftName, Site};
use crate::path::SitePath;
use crate::report;
use crate::site::{Asked, Memo, Options, Publication, Refused, World};
use crate::tree::{File, Tree};
use jiff::Timestamp;
use std::io::{self, IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::sync::Arc;
use told::Told;

/// Publish a draft: check it, seal it, record it, build the site
///
/// The day goes into the front matter of the draft, and the seal into `published.lock` beside it (`NAME.lock` beside a
/// letter or an update). From then on `build` refuses a text that is not what was sealed. Before anything is written,
/// what will appear and change is shown, and what is still missing.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  greenpaper publish opening-hours@draft-2                    today, or on the day that it names
  greenpaper publish opening-hours@draft-2 --at 2021-10-01    on a day to come
  greenpaper publish opening-hours@draft-2 --zip papers.zip   for a web team
  greenpaper publish opening-hours@draft-2 --correct --note \"The hall is at 7, not 9.\"
  greenpaper publish opening-hours@draft-2 --remove --note \"It named a person.\"

A letter or an update has one draft: reply@draft-1.")]
#[command(group(clap::ArgGroup::new("later").args(["correct", "remove"]).requires("note")))]
pub(super) struct Args {
    #[command(flatten)]
    site: SiteArgs,
    /// The draft, as DOCUMENT@DRAFT
    draft: String,
    /// The day on which it comes out, or a moment with its zone; of a correction, when it was made
    #[arg(long, value_name = "WHEN")]
    at: Option<When>,
    /// Record a change of what was published; the earlier words stay readable
    #[arg(long)]
    correct: bool,
    /// Record that words were taken down, and keep none of them: take them out of the file, or remove the file, first
    #[arg(long)]
    remove: bool,
    /// Why, in a sentence that readers will see
    #[arg(long, value_name = "TEXT", requires = "later")]
    note: Option<String>,
    /// Pack the pages, with a page for the web team that is to put them online
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    zip: Option<PathBuf>,
    /// Do not ask
    #[arg(long)]
    yes: bool,
    /// The folder for the pages [default: public/ in the site]
    #[arg(long, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    out: Option<PathBuf>,
}

/// Carries the command out.
pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let site = args.site.folder()?;
    let tree = disk::Reader::new(&site)?.read().map_err(|unread| Failure::from_all(&unread.errors))?;
    let plan = Plan::of(args, &tree, &prefix(&site))?;
    terminal::print(&plan.told.before());
    confirm(args)?;
    let files = plan.changed.iter().map(|(path, text)| (site.join(path.as_str()), text.clone().into_bytes()));
    disk::replace_all(&files.collect::<Vec<_>>())?;
    build::public(&site, args.out.as_deref(), &plan.tree)?;
    if let Some(zip) = &args.zip {
        let now = read(&plan.tree, &View::default().options(&plan.tree)?, &Arc::default(), &prefix(&site))?;
        let out = args.out.clone().unwrap_or_else(|| site.join("public"));
        let files = team::pack(zip, &out, &now)?;
        terminal::print(&format!("{} and a page for the web team in {}\n", report::plural(files, "file"), shown(zip)));
    }
    terminal::print(&plan.told.after());
    Ok(())
}

/// What is to be written, and what is said of it.
struct Plan {
    /// The files that change.
    changed: Vec<(SitePath, String)>,
    /// The site with them.
    tree: Tree,
    told: Told,
}

impl Args {
    fn act(&self) -> Act {
        match (self.correct, self.remove) {
            (true, _) => Act::Corrected,
            (_, true) => Act::Removed,
            _ => Act::Published,
        }
    }
}

impl Plan {
    fn of(args: &Args, tree: &Tree, prefix: &str) -> Result<Plan, Failure> {
        let memo = Arc::<Memo>::default();
        let now = View { unpublished: true, ..View::default() }.options(tree)?;
        let mut changed = Vec::new();
        let mut after = tree.clone();
        if args.act() == Act::Published {
            let world = read(tree, &now, &memo, prefix)?;
            changed.extend(dated(args, &world)?);
            write(&mut after, &changed);
        }
        let world = read(&after, &now, &memo, prefix)?;
        let (document, draft) = named(&world, args)?;
        let at = args.at.map_or(now.at, |when| first_moment(when, &world));
        let note = args.note.as_ref().map(|note| note.split_whitespace().collect::<Vec<_>>().join(" "));
        let asked = Asked { act: args.act(), draft: draft.clone(), at: seconds(at), note };
        let publication = world.publication(document, &asked).map_err(|why| refused(why, args))?;
        changed.push(publication.lock.clone());
        write(&mut after, std::slice::from_ref(&publication.lock));
        let then = document.drafts.get(&draft).and_then(|own| own.published).map_or(now.at, |own| own.at.max(now.at));
        let options = Options { at: then, unpublished: false, ..now };
        let found = checked(&after, &options, &memo, prefix)?;
        let told = Told::of((tree, &after), (document, &asked, &publication), (&options, &memo), found, prefix);
        Ok(Plan { changed, tree: after, told })
    }
}

/// The site, as it is seen with drafts that are not out; what keeps it from being read is shown.
fn read(tree: &Tree, options: &Options, memo: &Arc<Memo>, prefix: &str) -> Result<World, Failure> {
    let outcome = World::read(tree, options, memo);
    outcome.world.ok_or_else(|| {
        terminal::show(&outcome.found, prefix);
        Failure::Content
    })
}

/// What `check` would say of the site with the new record, as it will then be seen; an error ends it.
fn checked(tree: &Tree, options: &Options, memo: &Arc<Memo>, prefix: &str) -> Result<Vec<Diagnostic>, Failure> {
    let mut found = World::read(tree, options, memo).found;
    found.extend(World::read(tree, &Options { unpublished: true, ..options.clone() }, memo).found);
    let found = report::sorted(found);
    terminal::show(&found, prefix);
    match found.iter().any(Diagnostic::is_error) {
        true => Err(Failure::Content),
        false => Ok(found),
    }
}

/// The file of the draft with the day on which it comes out, where that is to be written.
fn dated(args: &Args, world: &World) -> Result<Option<(SitePath, String)>, Failure> {
    let (document, name) = named(world, args)?;
    let Some(draft) = document.drafts.get(&name) else { return Ok(None) };
    let zone = || world.config().timezone.clone();
    let day = match (args.at, draft.published) {
        (None, Some(_)) => return Ok(None),
        (None, None) => world.today().to_string(),
        (Some(When::Day(day)), _) => day.to_string(),
        (Some(When::Moment(at)), _) => at.to_zoned(zone()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(),
    };
    Ok(Some((draft.text.path().clone(), draft.text.with_key("published", &day))))
}

/// The document and the draft that are meant; the file of a draft that was recorded may be gone.
fn named<'w>(world: &'w World, args: &Args) -> Result<(&'w Document, DraftName), Failure> {
    let site: &Site = world.site();
    if let Some((document, draft)) = args.draft.rsplit_once('@')
        && args.remove
        && let Ok(document) = named::of_name(site, document)
        && let Some(name) = DraftName::parse(draft)
        && world.is_recorded(document, &name)
    {
        return Ok((document, name));
    }
    let (document, draft) = named::draft(site, &args.draft)?;
    Ok((document, draft.name.clone()))
}

/// The first moment of a day, as `published` means it; or that very moment.
fn first_moment(when: When, world: &World) -> Timestamp {
    match when {
        When::Moment(at) => at,
        When::Day(day) => day.to_zoned(world.config().timezone.clone()).map_or(world.options().at, |at| at.timestamp()),
    }
}

fn seconds(at: Timestamp) -> Timestamp {
    Timestamp::from_second(at.as_second()).unwrap_or(at)
}

fn write(tree: &mut Tree, files: &[(SitePath, String)]) {
    files.iter().for_each(|(path, text)| tree.insert(path.clone(), File::new(text.as_bytes())));
}

/// Asks whether it is to be done.
fn confirm(args: &Args) -> Result<(), Failure> {
    if args.yes {
        return Ok(());
    }
    if !io::stdin().is_terminal() {
        return Err(Failure::stop("nothing was written: nobody is here to be asked").hint("add --yes"));
    }
    let _ = write!(io::stderr().lock(), "Go ahead? [y/N] ");
    let mut answer = String::new();
    let read = io::stdin().read_line(&mut answer);
    match read.is_ok() && matches!(answer.trim().to_lowercase().as_str(), "y" | "yes") {
        true => Ok(()),
        false => Err(Failure::stop("nothing was written")),
    }
}

fn refused(why: Refused, args: &Args) -> Failure {
    let draft = &args.draft;
    match why {
        Refused::Recorded => Failure::stop(format!("{draft} is in the record already"))
            .hint(format!("what was published is changed openly: greenpaper publish {draft} --correct --note \"why\"")),
        Refused::NotRecorded => Failure::stop(format!("{draft} is not in the record"))
            .hint("only what was recorded can be corrected or taken down; record it with `greenpaper publish` first"),
        Refused::TakenDown => {
            Failure::stop(format!("{draft} was taken down")).hint("give the new text the name of a new draft")
        }
        Refused::Private => Failure::stop(format!("{draft} is not for everybody: it has `visible_to`"))
            .hint("the record holds what everybody may see; take `visible_to` away to publish it"),
        Refused::Same => Failure::stop(format!("{draft} is what the record says, to the letter"))
            .hint("change the text first, then record why"),
        Refused::Undated => {
            Failure::stop(format!("{draft} has no day on which it comes out")).hint("add --at 2021-10-01")
        }
        Refused::Broken => Failure::stop(format!("the record of {draft} cannot be read"))
            .hint("`greenpaper check` says where it is wrong"),
    }
}

impl Told {
    fn of(
        (before, after): (&Tree, &Tree),
        (document, asked, publication): (&Document, &Asked, &Publication),
        (options, memo): (&Options, &Arc<Memo>),
        found: Vec<Diagnostic>,
        prefix: &str,
    ) -> Told {
        let before = World::read(before, options, memo).world;
        let after = World::read(after, options, memo).world;
        told::tell((before.as_ref(), after.as_ref()), (document, asked, publication), &found, prefix)
    }
}
