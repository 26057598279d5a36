//! In what order a build is put in place: no page before what it links to.
//!
//! New files first, which nothing leads to yet, then changed pages from the deepest up, then what
//! announces pages (feeds, lists for machines), the front page last, and removals at the end. Only what
//! stands where a new file has to go is removed before that.

use super::journal::Step;
use super::write::{folded, in_the_way};
use super::{DiskError, Doing as _};
use crate::path::SitePath;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// The steps that put files in place (each with whether it is new) and remove others, in their order.
pub(super) fn steps(
    out: &Path,
    mut puts: Vec<(SitePath, bool)>,
    dropped: BTreeMap<SitePath, String>,
) -> Result<Vec<Step>, DiskError> {
    puts.sort_by_cached_key(|(path, new)| rank(path, *new));
    let mut plan = Plan::new(out, dropped);
    for (path, _) in puts {
        plan.clear_the_way(&path)?;
        plan.steps.push(Step::Put(path));
    }
    let rest = std::mem::take(&mut plan.dropped);
    plan.steps.extend(rest.into_iter().map(|(path, digest)| Step::Drop(path, digest)));
    Ok(plan.steps)
}

/// Files with a lower rank are put in place first.
fn rank(path: &SitePath, new: bool) -> (u8, Reverse<usize>, SitePath) {
    let page = path.extension() == "html";
    let rank = match (path.extension(), new) {
        _ if path.as_str() == "index.html" => 5,
        ("xml" | "json" | "ics", _) => 4,
        (_, true) => u8::from(page),
        (_, false) => 2 + u8::from(page),
    };
    (rank, Reverse(path.parts().count()), path.clone())
}

struct Plan<'a> {
    out: &'a Path,
    /// What is still to be removed, with the digest that it must have.
    dropped: BTreeMap<SitePath, String>,
    /// The same paths by their form without upper case.
    folded: BTreeMap<String, SitePath>,
    /// Folders of the output that files can be put into.
    usable: BTreeSet<SitePath>,
    steps: Vec<Step>,
}

impl<'a> Plan<'a> {
    fn new(out: &'a Path, dropped: BTreeMap<SitePath, String>) -> Self {
        let folded = dropped.keys().map(|path| (folded(path.as_str()), path.clone())).collect();
        Plan { out, dropped, folded, usable: BTreeSet::new(), steps: Vec::new() }
    }

    /// Removes what stands where the file or one of its folders has to be, if it is ours.
    fn clear_the_way(&mut self, path: &SitePath) -> Result<(), DiskError> {
        if let Some(twin) = self.folded.get(&folded(path.as_str())).cloned() {
            self.remove(&twin);
        }
        self.clear_folders(path)?;
        let place = self.out.join(path.as_str());
        if !fs::symlink_metadata(&place).is_ok_and(|data| data.is_dir()) {
            return Ok(());
        }
        for entry in walkdir::WalkDir::new(&place) {
            let entry = entry.map_err(std::io::Error::from).doing("read", &place)?;
            let below = entry.path().strip_prefix(self.out).map(|below| below.to_string_lossy().replace('\\', "/"));
            if !entry.file_type().is_dir() && !below.is_ok_and(|below| self.remove(&SitePath::new(&below))) {
                return Err(in_the_way(entry.path()));
            }
        }
        Ok(())
    }

    fn clear_folders(&mut self, path: &SitePath) -> Result<(), DiskError> {
        let mut folder = SitePath::default();
        for part in path.parent().parts() {
            folder = folder.join(part);
            if self.usable.contains(&folder) {
                continue;
            }
            let place = self.out.join(folder.as_str());
            let blocked = fs::symlink_metadata(&place).is_ok_and(|data| !data.is_dir());
            if blocked && !self.remove(&folder) {
                return Err(in_the_way(&place));
            }
            self.usable.insert(folder.clone());
        }
        Ok(())
    }

    /// Plans to remove a file now; false where it is not ours to remove.
    fn remove(&mut self, path: &SitePath) -> bool {
        let digest = self.dropped.remove(path);
        self.folded.remove(&folded(path.as_str()));
        digest.map(|digest| self.steps.push(Step::Drop(path.clone(), digest))).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_come_after_what_they_link_to() {
        let puts = [
            ("index.html", false),
            ("a/index.html", false),
            ("feed.xml", false),
            ("a/draft-2/index.html", true),
            ("a/draft-2/chapter/index.html", true),
            ("a/draft-1/index.html", false),
            ("style-2.css", true),
            ("hubs.svg", false),
        ];
        let out = tempfile::TempDir::new().unwrap();
        let puts = puts.map(|(path, new)| (SitePath::new(path), new)).into();
        let steps = steps(out.path(), puts, [(SitePath::new("style-1.css"), "00".into())].into()).unwrap();
        let lines = steps.iter().map(|step| match step {
            Step::Put(path) => path.as_str(),
            Step::Drop(path, _) => path.as_str(),
            Step::List(name) => name,
        });
        let lines: Vec<_> = lines.collect();
        let expected = [
            "style-2.css",
            "a/draft-2/chapter/index.html",
            "a/draft-2/index.html",
            "hubs.svg",
            "a/draft-1/index.html",
            "a/index.html",
            "feed.xml",
            "index.html",
            "style-1.css",
        ];
        assert_eq!(lines, expected);
    }
}
