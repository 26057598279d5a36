//! `greenpaper init`: a small site that is complete, to be read, built and then replaced.

use super::scaffold::{self, fill};
use super::{Failure, terminal};
use crate::disk;
use std::fs;
use std::path::{Path, PathBuf};

/// Make a new site: a small worked example with remarks that explain it
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  greenpaper init papers && cd papers && greenpaper serve --open")]
pub(super) struct Args {
    /// The folder of the new site; it is made if need be
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

/// Carries the command out.
pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let today = scaffold::today();
    let files = scaffold::SITE.iter().map(|(path, text)| (fill(path, today, ""), fill(text, today, "")));
    let files: Vec<_> = files.collect();
    refuse_to_replace(&args.folder, files.iter().map(|(path, _)| path.as_str()))?;
    for (path, text) in &files {
        // A repository that was just made by a forge has one of its own.
        if path == ".gitignore" && args.folder.join(path).exists() {
            continue;
        }
        disk::create(&args.folder.join(path), text.as_bytes())?;
    }
    let written: String = files.iter().map(|(path, _)| format!("{}\n", args.folder.join(path).display())).collect();
    terminal::print(&written);
    terminal::say(&format!("Next: cd {} && greenpaper serve --open", args.folder.display()));
    Ok(())
}

/// An error where one of the files is there already, or a site of another content.
fn refuse_to_replace<'a>(folder: &Path, mut paths: impl Iterator<Item = &'a str>) -> Result<(), Failure> {
    let content = folder.join("content");
    let there = paths.find(|path| fs::symlink_metadata(folder.join(path)).is_ok() && *path != ".gitignore");
    match there {
        None if !content.exists() => Ok(()),
        there => {
            let path = there.map_or(content, |path| folder.join(path));
            let message = format!("{} is there already, and nothing is replaced", path.display());
            Err(Failure::stop(message).hint("name a folder that does not exist yet"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Diagnostic;
    use crate::disk::Reader;
    use crate::site::{Memo, Options, World};
    use std::sync::Arc;

    #[test]
    fn a_new_site_has_no_finding() {
        let folder = tempfile::TempDir::new().unwrap();
        let args = Args { folder: folder.path().join("papers") };
        run(&args).unwrap();
        let tree = Reader::new(&args.folder).unwrap().read().unwrap();
        let options = Options {
            at: jiff::Timestamp::now(),
            audience: None,
            unpublished: false,
            base_url: None,
            portable: false,
        };
        let outcome = World::read(&tree, &options, &Arc::new(Memo::default()));
        let found: Vec<_> = outcome.found.iter().map(|finding: &Diagnostic| format!("{finding:?}")).collect();
        assert_eq!(found, Vec::<String>::new());
        let world = outcome.world.unwrap();
        for address in world.addresses() {
            assert!(world.render(address).unwrap().is_ok(), "{address}");
        }
    }

    #[test]
    fn nothing_is_replaced() {
        let folder = tempfile::TempDir::new().unwrap();
        let args = Args { folder: folder.path().to_owned() };
        fs::write(folder.path().join("site.toml"), "mine").unwrap();
        assert!(run(&args).is_err());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
