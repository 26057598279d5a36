//! `greenpaper reasons`: the changes of a draft that still need a reason.

use super::site::{SiteArgs, prefix};
use super::view::{View, ViewArgs};
use super::{Failure, named, terminal};
use crate::disk;
use crate::report;
use crate::routes::DocumentKey;
use crate::site::{Memo, World};
use std::path::Path;
use std::sync::Arc;

/// List the changes of a draft that have no reason yet, and write the places for them
///
/// Changes are counted from the base of the draft. A reason stands behind the block that changed, or behind a heading
/// for its section; for what was removed it stands in the front matter, in `removed`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  greenpaper reasons opening-hours@draft-2
  greenpaper reasons opening-hours@draft-2 --write   puts a comment to fill in at each place")]
pub(super) struct Args {
    #[command(flatten)]
    site: SiteArgs,
    #[command(flatten)]
    view: ViewArgs,
    /// The draft, as DOCUMENT@DRAFT
    draft: String,
    /// Write a stub at each place, with the words that changed
    #[arg(long)]
    write: bool,
}

/// Carries the command out.
pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let site = args.site.folder()?;
    let tree = disk::Reader::new(&site)?.read().map_err(|unread| Failure::from_all(&unread.errors))?;
    let view = View { args: args.view.clone(), unpublished: true, ..View::default() };
    let outcome = World::read(&tree, &view.options(&tree)?, &Arc::<Memo>::default());
    let Some(world) = outcome.world else {
        terminal::print(&report::draw(&outcome.found, report::Format::Text, &prefix(&site), false));
        return Err(Failure::Content);
    };
    let (document, draft) = named::draft(world.site(), &args.draft)?;
    let key = DocumentKey::of(document);
    let Some(base) = &draft.base else {
        return Err(Failure::stop(format!("{} follows no draft, so nothing in it has changed", draft.name)));
    };
    let missing = world.unexplained(&key, &draft.name);
    let mut lines: String = missing
        .iter()
        .map(|(place, said)| format!("{}{}:{}: {said}\n", prefix(&site), place.file, place.line))
        .collect();
    lines += &match missing.len() {
        0 => format!("every change of substance since {base} has a reason\n"),
        count => format!("{} of substance since {base} without a reason\n", report::plural(count, "change")),
    };
    terminal::print(&lines);
    if args.write { write(&site, &world, &key, draft) } else { Ok(()) }
}

fn write(site: &Path, world: &World, key: &DocumentKey, draft: &crate::paper::Draft) -> Result<(), Failure> {
    let stubs = world.stubs(key, &draft.name);
    for (path, text) in &stubs.files {
        disk::replace(&site.join(path.as_str()), text.as_bytes())?;
    }
    if stubs.count > 0 {
        let files: Vec<_> = stubs.files.keys().map(|path| format!("{}{path}", prefix(site))).collect();
        terminal::print(&format!("{} to fill in, in {}\n", report::plural(stubs.count, "stub"), files.join(", ")));
    }
    if !stubs.left.is_empty() {
        let entries = stubs.left.join("\n");
        terminal::print(&format!("`removed` has its value on one line; write it as a list, and add:\n{entries}\n"));
    }
    Ok(())
}
