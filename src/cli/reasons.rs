//! `greenpaper reasons`: the changes of a draft that still need a reason.

use super::site::{SiteArgs, prefix};
use super::view::{View, ViewArgs};
use super::{Failure, named, terminal};
use crate::diag::Place;
use crate::disk;
use crate::paper::{Draft, DraftName};
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
    if !world.knows_base(&key, &draft.name) {
        let message = format!("the draft before {} may not be seen here, or was taken down", draft.name);
        return Err(Failure::stop(message).hint("where it is for some readers alone, add --visible-to"));
    }
    let Some(base) = &draft.base else {
        return Err(Failure::stop(format!("{} follows no draft, so nothing in it has changed", draft.name)));
    };
    let (missing, unwritten) = (world.unexplained(&key, &draft.name), world.unwritten(&key, &draft.name));
    terminal::print(&told(&prefix(&site), base, &missing, &unwritten));
    if args.write { write(&site, &world, &key, draft) } else { Ok(()) }
}

/// What is missing, each in a line, and how much that is.
fn told(prefix: &str, base: &DraftName, missing: &[(Place, String)], unwritten: &[Place]) -> String {
    let line = |place: &Place, said: &str| format!("{prefix}{}:{}: {said}\n", place.file, place.line);
    let mut lines: String = missing.iter().map(|(place, said)| line(place, said)).collect();
    lines.extend(unwritten.iter().map(|place| line(place, "this reason is still to be written")));
    let without = |count| format!("{} of substance since {base} without a reason\n", report::plural(count, "change"));
    lines += &match (missing.len(), unwritten.len()) {
        (0, 0) => format!("every change of substance since {base} has a reason\n"),
        (0, _) => String::new(),
        (count, _) => without(count),
    };
    lines += &match unwritten.len() {
        0 => String::new(),
        1 => "1 reason is still to be written\n".to_owned(),
        count => format!("{count} reasons are still to be written\n"),
    };
    lines
}

fn write(site: &Path, world: &World, key: &DocumentKey, draft: &Draft) -> Result<(), Failure> {
    let stubs = world.stubs(key, &draft.name);
    for (path, text) in &stubs.files {
        disk::replace(&site.join(path.as_str()), text.as_bytes())?;
    }
    if stubs.count > 0 {
        let files: Vec<_> = stubs.files.keys().map(|path| format!("{}{path}", prefix(site))).collect();
        terminal::print(&format!("{} to fill in, in {}\n", report::plural(stubs.count, "stub"), files.join(", ")));
    }
    if stubs.fenced > 0 {
        let count = report::plural(stubs.fenced, "change");
        terminal::print(&format!("{count} in code that nothing closes: close it, and run the same again\n"));
    }
    if !stubs.left.is_empty() {
        let entries = stubs.left.join("\n");
        terminal::print(&format!(
            "write `removed` in the front matter as a list with a line for each key, and add:\n{entries}\n"
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Source;
    use crate::path::SitePath;

    #[track_caller]
    fn check(missing: usize, unwritten: usize, expected: &str) {
        let place = Source::new(SitePath::new("a.md"), "a\n").place(0..1);
        let missing = vec![(place.clone(), "It changed".to_owned()); missing];
        let base = DraftName { round: 1, option: None };
        assert_eq!(told("site/", &base, &missing, &vec![place; unwritten]), expected);
    }

    #[test]
    fn what_is_missing_is_told_and_what_is_still_to_be_written() {
        check(0, 0, "every change of substance since draft-1 has a reason\n");
        check(1, 0, "site/a.md:1: It changed\n1 change of substance since draft-1 without a reason\n");
        let unwritten = "site/a.md:1: this reason is still to be written\n";
        check(0, 1, &format!("{unwritten}1 reason is still to be written\n"));
        let both = "1 change of substance since draft-1 without a reason\n2 reasons are still to be written\n";
        check(1, 2, &format!("site/a.md:1: It changed\n{unwritten}{unwritten}{both}"));
    }
}
