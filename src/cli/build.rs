//! `greenpaper build`: a site's folder → its pages in the output folder.

use super::site::{SiteArgs, prefix, shown};
use super::terminal::Teller;
use super::view::{View, ViewArgs, base_url};
use super::{Failure, pages, record, terminal, zip};
use crate::diag::Diagnostic;
use crate::disk::{Output, Staging, Unread, Written, resolve};
use crate::path::SitePath;
use crate::preview::Lookout;
use crate::report;
use crate::search;
use crate::site::{Memo, Outcome, World};
use crate::tree::Tree;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// What to do where there is no index.
const WITHOUT_SEARCH: &str = "please report it; `search = false` in site.toml builds the site without a search";

/// The list of all files of a build, in the folder that it wrote.
pub(super) const LIST: &str = "sha256sums.txt";

/// Write the site into a folder
///
/// Only what differs is written, and only what an earlier build wrote is removed. Where the content has
/// errors, nothing is written.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  greenpaper build
  greenpaper build --as-of 2021-10-01                  the site as it stood at the end of that day
  greenpaper build --visible-to board --out board/     for the audience `board` of site.toml
  greenpaper build --unpublished --out proof/          with the drafts that are not out yet
  greenpaper build --zip papers.zip                    for a web team")]
#[command(group(clap::ArgGroup::new("narrowed").args(["unpublished", "visible_to"]).multiple(true).requires("out")))]
pub(super) struct Args {
    #[command(flatten)]
    site: SiteArgs,
    /// The folder for the pages [default: public/ in the site]
    #[arg(long, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    out: Option<PathBuf>,
    /// Where the site will be read, instead of the base_url of site.toml
    #[arg(long, value_name = "URL", value_parser = base_url)]
    base_url: Option<String>,
    #[command(flatten)]
    view: ViewArgs,
    /// Include drafts that are not published yet; needs an --out of its own
    #[arg(long)]
    unpublished: bool,
    /// Write index.html into links, so that the folder can be read without a server
    #[arg(long)]
    portable: bool,
    /// Pack the pages too, with a page for the web team that is to put them online
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath, conflicts_with = "watch")]
    zip: Option<PathBuf>,
    /// Build again whenever a file of the site changes
    #[arg(long)]
    watch: bool,
    /// With --watch: look for changes every so many milliseconds, instead of being told of them
    #[arg(long, value_name = "MS", num_args = 0..=1, require_equals = true, default_missing_value = "300")]
    #[arg(value_parser = clap::value_parser!(u64).range(10..=60_000), requires = "watch")]
    poll: Option<u64>,
}

/// Carries the command out.
pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let site = args.site.folder()?;
    let build = Build {
        output: args.output(&site)?,
        prefix: prefix(&site),
        view: View {
            args: args.view.clone(),
            unpublished: args.unpublished,
            base_url: args.base_url.clone(),
            portable: args.portable,
        },
        memo: Arc::default(),
        teller: args.watch.then(Teller::default),
    };
    args.zip.as_ref().map_or(Ok(()), |file| zip::check(file, build.output.folder(), &site))?;
    let mut lookout = Lookout::new(&site, args.poll.map(Duration::from_millis))?;
    let mut built = None;
    let first = build.once(&lookout.look(), &mut built);
    if !args.watch {
        first?;
        return built.zip(args.zip.as_ref()).map_or(Ok(()), |(world, file)| pack(file, build.output.folder(), &world));
    }
    terminal::say(&format!("Changes are {}. Stop with Ctrl-C.", lookout.way()));
    build.again_and_again(lookout, first)
}

/// Packs what was built, and says so.
fn pack(file: &Path, pages: &Path, world: &World) -> Result<(), Failure> {
    let files = zip::pack(file, pages, world)?;
    let files = report::plural(files, "file");
    terminal::print(&format!("{files} and a page for the web team in {}\n", shown(file)));
    Ok(())
}

/// Builds what everybody may see now into a folder, and packs it where a zip is named.
pub(super) fn public(site: &Path, out: &Path, tree: &Tree, zip: Option<&Path>) -> Result<(), Failure> {
    let build = Build {
        output: Output::of(site, out)?,
        prefix: prefix(site),
        view: View::default(),
        memo: Arc::default(),
        teller: None,
    };
    let mut built = None;
    build.once(&Ok(tree.clone()), &mut built)?;
    built.zip(zip).map_or(Ok(()), |(world, file)| pack(file, build.output.folder(), &world))
}

impl Args {
    /// The output folder; what not everybody may see does not go where the public site goes.
    fn output(&self, site: &Path) -> Result<Output, Failure> {
        let usual = site.join("public");
        let out = self.out.as_ref().unwrap_or(&usual);
        let narrowed = self.unpublished || self.view.visible_to.is_some();
        if narrowed && resolve(out)? == resolve(&usual)? {
            let message = format!("{} is where the public site goes", out.display());
            return Err(Failure::stop(message).hint("name another folder with --out, such as --out proof"));
        }
        let output = Output::of(site, out)?;
        Ok(match (&self.view.visible_to, self.unpublished) {
            (None, false) => output,
            (None, true) => output.for_audience("previews"),
            (Some(name), false) => output.for_audience(name),
            (Some(name), true) => output.for_audience(format!("previews for {name}")),
        })
    }
}

/// What stays the same from build to build.
struct Build {
    output: Output,
    prefix: String,
    view: View,
    memo: Arc<Memo>,
    /// Tells each finding once, where the site is built again and again.
    teller: Option<Teller>,
}

impl Build {
    /// Builds whenever the site has changed, for ever; what is wrong is shown and waited for.
    fn again_and_again(&self, mut lookout: Lookout, mut last: Result<(), Failure>) -> Result<(), Failure> {
        let mut before = None;
        loop {
            if let Err(Failure::Stop { message, hint }) = last {
                terminal::say(&terminal::trouble(&message, hint.as_deref()));
            }
            let mut read = lookout.wait();
            // Errors may be those of a half-written file.
            while let Some(settled) = lookout.settle() {
                read = settled;
            }
            last = self.once(&read, &mut before);
        }
    }

    /// One build, from what was read to the line that says what was done; `before` is the site of the build before, from
    /// which what did not change is taken over.
    fn once(&self, read: &Result<Tree, Unread>, before: &mut Option<World>) -> Result<(), Failure> {
        let tree = read.as_ref().map_err(|unread| Failure::from_all(&unread.errors))?;
        let staging = self.output.stage()?;
        let options = self.view.options(tree)?;
        let Outcome { world, found } = World::read_again(before.as_ref(), tree, &options, &self.memo);
        let next = world.as_ref().and_then(next_rebuild);
        let done = self.write(world.as_ref(), found, staging);
        *before = world.or(before.take());
        let (pages, written) = done?;
        let folder = shown(self.output.folder());
        terminal::print(&format!("{} in {folder}/ ({written})\n", report::plural(pages, "page")));
        next.iter()
            .for_each(|when| terminal::print(&format!("next dated change: {when}; build the site again then\n")));
        Ok(())
    }

    /// Renders all pages and puts them in place; shows what was found, and writes nothing where that
    /// holds an error.
    fn write(
        &self,
        world: Option<&World>,
        mut found: Vec<Diagnostic>,
        staging: Staging,
    ) -> Result<(usize, Written), Failure> {
        let sound = world.is_some() && !found.iter().any(Diagnostic::is_error);
        let add = |file, bytes: Vec<u8>| if sound { staging.add(file, &bytes) } else { Ok(()) };
        // The index is made on a thread of its own, while the pages are rendered.
        let (rendered, indexed) = std::thread::scope(|scope| {
            let index = world.filter(|_| sound).map(|world| scope.spawn(|| search::index(world, &staging)));
            let rendered = world.map(|world| pages::render(world, |address, bytes| add(address.file(), bytes)));
            (rendered, index.map(|index| index.join().unwrap_or_else(|_| Err(search::SearchError::broken()))))
        });
        let mut failures = Vec::new();
        let mut pages = 0;
        if let Some(rendered) = rendered {
            found.extend(rendered.found);
            failures = rendered.failures;
            pages = rendered.pages;
        }
        let found = report::sorted(found);
        match &self.teller {
            Some(teller) => teller.tell(&found, &[], &self.prefix),
            None => terminal::show(&found, &self.prefix),
        }
        if !sound || found.iter().any(Diagnostic::is_error) {
            return Err(Failure::Content);
        }
        if !failures.is_empty() {
            return Err(Failure::from_all(&failures));
        }
        world.map_or(Ok(()), |world| record::goes_on(self.output.folder(), world))?;
        indexed.transpose().map_err(|error| Failure::stop(error.to_string()).hint(WITHOUT_SEARCH))?;
        staging.add_list(SitePath::new(LIST))?;
        Ok((pages, staging.finish()?))
    }
}

/// When a rebuild next changes something, in the site's time zone: a day, and the time where it is not midnight.
fn next_rebuild(world: &World) -> Option<String> {
    let at = world.next_rebuild()?.to_zoned(world.config().timezone.clone());
    let midnight = at.time() == jiff::civil::Time::midnight();
    Some(at.strftime(if midnight { "%Y-%m-%d" } else { "%Y-%m-%d at %H:%M" }).to_string())
}
