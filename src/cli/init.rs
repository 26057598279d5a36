//! `greenpaper init`: a small site that is complete, to be read, built and then replaced.

use super::scaffold::{self, Gaps};
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
    let written = make(&args.folder)?;
    terminal::print(&written.iter().map(|path| format!("{}\n", path.display())).collect::<String>());
    terminal::say(&format!("Next: cd {} && greenpaper serve --open", args.folder.display()));
    Ok(())
}

/// Writes the site, and says which files it consists of.
fn make(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let gaps = Gaps { today: scaffold::today(), title: "", groups: &[] };
    let files = scaffold::SITE.iter().map(|(path, text)| (folder.join(gaps.fill(path)), gaps.fill(text)));
    // A repository that was just made on a forge has files of its own for git.
    let is_there =
        |path: &Path| [".gitignore", ".gitattributes"].iter().any(|name| path.ends_with(name)) && path.exists();
    let files: Vec<_> = files.filter(|(path, _)| !is_there(path)).collect();
    refuse_to_replace(folder, files.iter().map(|(path, _)| path.as_path()))?;
    for (path, text) in &files {
        disk::create(path, text.as_bytes())?;
    }
    Ok(files.into_iter().map(|(path, _)| path).collect())
}

/// An error where one of the files is there already, or a site of another content.
fn refuse_to_replace<'a>(folder: &Path, mut paths: impl Iterator<Item = &'a Path>) -> Result<(), Failure> {
    let content = folder.join("content");
    let there = paths.find(|path| fs::symlink_metadata(path).is_ok()).or(content.exists().then_some(content.as_path()));
    match there {
        None => Ok(()),
        Some(path) => Err(Failure::stop(format!("{} is there already, and nothing is replaced", path.display()))
            .hint("name a folder that does not exist yet")),
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
        let site = folder.path().join("papers");
        make(&site).unwrap();
        let tree = Reader::new(&site).unwrap().read().unwrap();
        let options = Options::public(jiff::Timestamp::now());
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
        fs::write(folder.path().join("site.toml"), "mine").unwrap();
        assert!(make(folder.path()).is_err());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
