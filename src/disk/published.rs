//! A folder of pages as it was published, or as somebody else has it: its files, held against the list of them.
//!
//! The list is `sha256sums.txt`, which a build writes: a line for every file, its SHA-256 and its path, as `sha256sum`
//! writes and checks it.

use super::{DiskError, Doing as _};
use crate::path::SitePath;
use crate::tree::Digest;
use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// How a file differs from the list.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// Its bytes are not those that were written.
    Altered(SitePath),
    /// It is listed, and not there.
    Removed(SitePath),
    /// It is there, and not listed.
    Added(SitePath),
    /// It is there, and cannot be read.
    Unreadable(SitePath),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (path, what) = match self {
            Fault::Altered(path) => (path, "altered since it was built"),
            Fault::Removed(path) => (path, "it was built, and is not here"),
            Fault::Added(path) => (path, "it is here, and was not built"),
            Fault::Unreadable(path) => (path, "it is here, and cannot be read"),
        };
        // A name cannot pass for a line of its own.
        path.as_str().chars().try_for_each(|c| match c.is_control() {
            true => write!(f, "{}", c.escape_default()),
            false => write!(f, "{c}"),
        })?;
        write!(f, ": {what}")
    }
}

/// A folder of pages.
#[derive(Debug)]
pub struct Published {
    folder: PathBuf,
    list: BTreeMap<SitePath, String>,
}

impl Published {
    /// Reads the list of a folder.
    pub fn read(folder: &Path, list: &str) -> Result<Published, DiskError> {
        let path = folder.join(list);
        let text = fs::read_to_string(&path).doing("read", &path)?;
        let line = |line: &str| {
            let (digest, path) = line.split_once("  ")?;
            Digest::parse(digest).map(|_| (SitePath::new(path), digest.to_owned()))
        };
        let lines: Option<BTreeMap<_, _>> = text.lines().map(line).collect();
        let wrong = || DiskError::because("read", &path, "it is not a list as `sha256sum` writes it");
        let mut list = lines.ok_or_else(wrong)?;
        list.remove(&SitePath::new(list_name(&path)));
        Ok(Published { folder: folder.to_owned(), list })
    }

    /// How many files are listed.
    pub fn count(&self) -> usize {
        self.list.len()
    }

    /// The paths of all that is listed, in order.
    pub fn paths(&self) -> impl Iterator<Item = &SitePath> {
        self.list.keys()
    }

    /// A file of the folder; none where it is no file, or cannot be read.
    pub fn file(&self, path: &SitePath) -> Option<Vec<u8>> {
        let at = self.folder.join(path.as_str());
        fs::metadata(&at).ok().filter(fs::Metadata::is_file)?;
        fs::read(at).ok()
    }

    /// Every difference between the folder and its list, by path. `ours` names files that are in no list.
    pub fn faults(&self, ours: &[&str]) -> Vec<Fault> {
        let mut faults = Vec::new();
        for (path, digest) in &self.list {
            match self.file(path) {
                None if self.folder.join(path.as_str()).exists() => faults.push(Fault::Unreadable(path.clone())),
                None => faults.push(Fault::Removed(path.clone())),
                Some(bytes) if Digest::of(&bytes).to_string() != *digest => faults.push(Fault::Altered(path.clone())),
                Some(_) => {}
            }
        }
        // What a build and a repository keep for themselves lies at the top.
        let hidden = |name: &str| name.starts_with(".greenpaper-") || name == ".git";
        let walk = WalkDir::new(&self.folder).min_depth(1).sort_by_file_name().into_iter();
        for entry in walk.filter_entry(|entry| entry.depth() > 1 || !hidden(&entry.file_name().to_string_lossy())) {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    faults.push(Fault::Unreadable(self.below(error.path().unwrap_or(&self.folder))));
                    continue;
                }
            };
            let path = self.below(entry.path());
            let is_known = self.list.contains_key(&path) || ours.contains(&path.as_str());
            if !entry.file_type().is_dir() && !is_known {
                faults.push(Fault::Added(path));
            }
        }
        faults.sort();
        faults.dedup();
        faults
    }

    fn below(&self, path: &Path) -> SitePath {
        let below = path.strip_prefix(&self.folder).unwrap_or(path);
        SitePath::new(&below.to_string_lossy().replace('\\', "/"))
    }
}

fn list_name(path: &Path) -> &str {
    path.file_name().and_then(|name| name.to_str()).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::TempDir;

    #[test]
    fn what_was_done_to_a_folder_is_told_by_file() {
        let folder = TempDir::new().unwrap();
        let put = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        ["a.html", "b.html", ".greenpaper-manifest"].into_iter().for_each(|name| put(name, name));
        let line = |name: &str| format!("{}  {name}\n", Digest::of(name.as_bytes()));
        put("list.txt", &(line("a.html") + &line("b.html")));
        let faults = || {
            let published = Published::read(folder.path(), "list.txt").unwrap();
            let faults = published.faults(&["list.txt"]);
            faults.iter().map(Fault::to_string).collect::<Vec<_>>()
        };
        assert!(faults().is_empty());
        put("a.html", "A");
        fs::remove_file(folder.path().join("b.html")).unwrap();
        put("c.html", "");
        let expected = [
            "a.html: altered since it was built",
            "b.html: it was built, and is not here",
            "c.html: it is here, and was not built",
        ];
        assert_eq!(faults(), expected);
        fs::create_dir_all(folder.path().join("d/.git")).unwrap();
        fs::write(folder.path().join("d/.git/e\nno faults"), "").unwrap();
        assert_eq!(faults()[3], "d/.git/e\\nno faults: it is here, and was not built");
        put("list.txt", "nothing\n");
        assert!(Published::read(folder.path(), "list.txt").is_err());
        assert!(Published::read(folder.path(), "other.txt").is_err());
    }
}
