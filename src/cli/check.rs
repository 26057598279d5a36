//! `greenpaper check`: everything that is wrong with a site, without writing anything.

use super::site::{SiteArgs, prefix, prefix_in_repository};
use super::view::{View, ViewArgs, config};
use super::{Failure, pages, terminal};
#[cfg(feature = "external")]
use crate::check::external::{Answer, findings};
use crate::diag::{Diagnostic, Place};
use crate::disk::Reader;
use crate::report::{self, Format};
use crate::site::{Memo, World};
use crate::tree::Tree;
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::io;
use std::sync::Arc;

/// Report everything that is wrong with the site, without writing it
///
/// The site is read as everybody will see it, as each audience will, and with the drafts that are not
/// published yet. Exit status 1 says that there are errors.
///
/// In JSON each finding has the keys rule, severity, file, line, column, width, message, hint and text.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  greenpaper check
  greenpaper check --external        asks other sites whether the pages linked to are there
  greenpaper check --format json     an array of objects, for other programs
  greenpaper check --format github   annotations for a pull request, in GitHub Actions")]
pub(super) struct Args {
    #[command(flatten)]
    site: SiteArgs,
    /// How findings are drawn
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Ask the hosts of other sites, too, whether what is linked to is there
    #[cfg(feature = "external")]
    #[arg(long)]
    external: bool,
}

/// Carries the command out.
pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let site = args.site.folder()?;
    let tree = Reader::new(&site)?.read().map_err(|unread| Failure::from_all(&unread.errors))?;
    let Findings { pages, mut found, external } = find(&tree)?;
    found.extend(dead_links(args, &tree, &external));
    let found = report::sorted(found);
    let drawn = match args.format {
        Format::Text if found.is_empty() => format!("{}: {}\n", report::plural(pages, "page"), report::count(&found)),
        Format::Github => report::draw(&found, Format::Github, &prefix_in_repository(&site), false),
        format => report::draw(&found, format, &prefix(&site), terminal::is_coloured(&io::stdout())),
    };
    terminal::print(&drawn);
    if found.iter().any(Diagnostic::is_error) { Err(Failure::Content) } else { Ok(()) }
}

/// What came of reading a site in every way.
#[derive(Default)]
struct Findings {
    /// How many pages the largest view of it has.
    pages: usize,
    /// What is wrong with any of them.
    found: Vec<Diagnostic>,
    /// The addresses of other sites that any of them leads to, with their places.
    external: BTreeMap<String, Vec<Place>>,
}

fn find(tree: &Tree) -> Result<Findings, Failure> {
    let memo = Arc::<Memo>::default();
    let mut findings = Findings::default();
    for view in views(config(tree).audiences) {
        let outcome = World::read(tree, &view.options(tree)?, &memo);
        findings.found.extend(outcome.found);
        if let Some(world) = outcome.world {
            let rendered = pages::render(&world, |_, _| Ok::<(), Infallible>(()));
            findings.found.extend(rendered.found);
            findings.pages = findings.pages.max(rendered.pages);
            for (address, places) in world.external() {
                let known = findings.external.entry(address).or_default();
                known.extend(places);
                known.sort();
                known.dedup();
            }
        }
    }
    Ok(findings)
}

/// What is wrong with the addresses of other sites, where that was asked for.
#[cfg(feature = "external")]
fn dead_links(args: &Args, tree: &Tree, external: &BTreeMap<String, Vec<Place>>) -> Vec<Diagnostic> {
    if !args.external {
        return Vec::new();
    }
    let answers = super::web::ask(external.keys());
    let found = findings(external, |address| answers.get(address).cloned().unwrap_or(Answer::Found));
    config(tree).weigh(found)
}

#[cfg(not(feature = "external"))]
fn dead_links(_: &Args, _: &Tree, _: &BTreeMap<String, Vec<Place>>) -> Vec<Diagnostic> {
    Vec::new()
}

/// What everybody sees, what each audience sees, and what is to come.
fn views(audiences: Vec<String>) -> Vec<View> {
    let view =
        |visible_to, unpublished| View { args: ViewArgs { as_of: None, visible_to }, unpublished, ..View::default() };
    let mut views = vec![view(None, false), view(None, true)];
    views.extend(audiences.into_iter().map(|name| view(Some(name), false)));
    views
}
