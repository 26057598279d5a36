//! `greenpaper check`: everything that is wrong with a site, without writing anything.

use super::site::{SiteArgs, prefix};
use super::view::{View, ViewArgs, config};
use super::{Failure, pages, terminal};
use crate::diag::Diagnostic;
use crate::disk::Reader;
use crate::report::{self, Format};
use crate::site::{Memo, World};
use crate::tree::Tree;
use std::convert::Infallible;
use std::io;
use std::sync::Arc;

/// Report everything that is wrong with the site, without writing it
///
/// The site is read as everybody will see it, as each audience will, and with the drafts that are not
/// published yet. Exit status 1 says that there are errors.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  greenpaper check
  greenpaper check --format json     an array of rule, severity, file, line, column, width, message, hint, text
  greenpaper check --format github   annotations for a pull request, in GitHub Actions")]
pub(super) struct Args {
    #[command(flatten)]
    site: SiteArgs,
    /// How findings are drawn
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// Carries the command out.
pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let site = args.site.folder()?;
    let tree = Reader::new(&site)?.read().map_err(|errors| Failure::from_all(&errors))?;
    let (pages, found) = find(&tree)?;
    let drawn = match args.format {
        Format::Text if found.is_empty() => format!("{}: {}\n", report::plural(pages, "page"), report::count(&found)),
        format => report::draw(&found, format, &prefix(&site), terminal::is_coloured(&io::stdout())),
    };
    terminal::print(&drawn);
    if found.iter().any(Diagnostic::is_error) { Err(Failure::Content) } else { Ok(()) }
}

/// How many pages the largest view of the site has, and what is wrong with any of them.
fn find(tree: &Tree) -> Result<(usize, Vec<Diagnostic>), Failure> {
    let memo = Arc::<Memo>::default();
    let mut found = Vec::new();
    let mut pages = 0;
    for view in views(config(tree).audiences) {
        let outcome = World::read(tree, &view.options(tree)?, &memo);
        found.extend(outcome.found);
        if let Some(world) = outcome.world {
            let rendered = pages::render(&world, |_, _| Ok::<(), Infallible>(()));
            found.extend(rendered.found);
            pages = pages.max(rendered.pages);
        }
    }
    Ok((pages, report::sorted(found)))
}

/// What everybody sees, what each audience sees, and what is to come.
fn views(audiences: Vec<String>) -> Vec<View> {
    let view =
        |visible_to, unpublished| View { args: ViewArgs { as_of: None, visible_to }, unpublished, ..View::default() };
    let mut views = vec![view(None, false), view(None, true)];
    views.extend(audiences.into_iter().map(|name| view(Some(name), false)));
    views
}
