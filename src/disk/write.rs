//! A site's files → the output folder, so that it is whole at every moment.
//!
//! In: the bytes of every file of a build, in any order, from many threads. They are compared with what
//! the output holds; what differs is staged beside it on the same file system. Once all of it is there,
//! it is put in place by renaming, in such an order that no page is in place before what it links to.
//! A build that is dropped before [`Staging::finish`] has changed nothing. A file that another program
//! put into the output is neither replaced nor removed.

use super::journal::{self, FILES, MANIFEST_AFTER, MANIFEST_BEFORE, Step};
use super::lock::Lock;
use super::manifest::Manifest;
use super::{DiskError, Doing as _, Output, order};
use crate::path::SitePath;
use crate::tree::Digest;
use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// How many files a build wrote, left as they were, removed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// New or changed.
    pub written: usize,
    /// Not touched: their bytes and times are what they were.
    pub unchanged: usize,
    /// No longer part of the site.
    pub removed: usize,
}

impl fmt::Display for Written {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} written, {} unchanged, {} removed", self.written, self.unchanged, self.removed)
    }
}

/// A build on its way to the output.
#[derive(Debug)]
pub struct Staging {
    pub(super) output: Output,
    pub(super) before: Manifest,
    pub(super) files: Mutex<BTreeMap<SitePath, Staged>>,
    _lock: Lock,
}

/// What is known of a file of the build once it is staged or found to be in place.
#[derive(Clone, Debug)]
pub(super) struct Staged {
    pub(super) digest: String,
    pub(super) state: State,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Unchanged,
    Changed,
    New,
}

impl Staging {
    /// A build into an output that holds what the manifest says.
    pub(super) fn new(output: Output, before: Manifest, lock: Lock) -> Self {
        Staging { output, before, files: Mutex::default(), _lock: lock }
    }

    /// Adds a file of the build. Many threads may do so at once; each path is given once.
    pub fn add(&self, path: SitePath, bytes: &[u8]) -> Result<(), DiskError> {
        let place = self.output.out.join(path.as_str());
        if path.as_str().is_empty() || path.as_str().contains(char::is_control) {
            return Err(DiskError::because("write", place, "a file cannot have such a name"));
        }
        let digest = Digest::of(bytes).to_string();
        let state = self.compare(&path, &place, bytes)?;
        if state != State::Unchanged {
            let staged = self.output.staging.join(FILES).join(path.as_str());
            if let Some(folder) = staged.parent() {
                fs::create_dir_all(folder).doing("create", folder)?;
            }
            fs::write(&staged, bytes).doing("write", &staged)?;
        }
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        files.insert(path, Staged { digest, state });
        Ok(())
    }

    /// Adds the list of all files that were added so far, as `sha256sum` writes and checks it.
    pub fn add_list(&self, path: SitePath) -> Result<(), DiskError> {
        let files = self.files.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let lines: String = files.iter().map(|(path, file)| format!("{}  {path}\n", file.digest)).collect();
        self.add(path, lines.as_bytes())
    }

    /// How a file differs from what stands in its place; an error where that is another program's.
    fn compare(&self, path: &SitePath, place: &Path, bytes: &[u8]) -> Result<State, DiskError> {
        let metadata = match fs::symlink_metadata(place) {
            Ok(metadata) => metadata,
            // Nothing there, or a file where a folder has to be: `finish` sees to that.
            Err(_) => return Ok(State::New),
        };
        if metadata.is_dir() {
            return Ok(State::New);
        }
        if metadata.is_file() && metadata.len() == bytes.len() as u64 && fs::read(place).doing("read", place)? == bytes
        {
            return Ok(State::Unchanged);
        }
        if metadata.is_file() && self.wrote(path) { Ok(State::Changed) } else { Err(in_the_way(place)) }
    }

    /// Whether an earlier build wrote this file. Letter case is not looked at: some file systems do not.
    fn wrote(&self, path: &SitePath) -> bool {
        self.before.files.contains_key(path)
            || self.before.files.keys().any(|known| folded(known.as_str()) == folded(path.as_str()))
    }

    /// Puts everything in place and removes what is no longer part of the site.
    pub fn finish(self) -> Result<Written, DiskError> {
        let (steps, written) = self.steps()?;
        if steps.is_empty() {
            return Ok(written);
        }
        journal::write(&self.output.staging, &steps)?;
        for step in &steps {
            step.carry_out(&self.output.staging, &self.output.out)?;
        }
        journal::clear(&self.output.staging)?;
        Ok(written)
    }

    /// The steps that put the build in place; both manifests are staged for them.
    fn steps(&self) -> Result<(Vec<Step>, Written), DiskError> {
        let files = self.files.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let dropped = self.dropped(&files)?;
        let changed = files.iter().filter(|(_, file)| file.state != State::Unchanged);
        let puts: Vec<_> = changed.map(|(path, file)| (path.clone(), file.state == State::New)).collect();
        let unchanged = files.len() - puts.len();
        let written = Written { written: puts.len(), unchanged, removed: dropped.len() };
        let after = Manifest {
            audience: self.output.audience().to_owned(),
            files: files.iter().map(|(path, file)| (path.clone(), file.digest.clone())).collect(),
        };
        if written.written + written.removed == 0 && after == self.before {
            return Ok((Vec::new(), written));
        }
        self.stage_manifests(&after)?;
        let mut steps = vec![Step::List(MANIFEST_BEFORE.to_owned())];
        steps.extend(order::steps(&self.output.out, puts, dropped)?);
        steps.push(Step::List(MANIFEST_AFTER.to_owned()));
        Ok((steps, written))
    }

    /// Files of earlier builds that are not of this one and are still as they were written.
    fn dropped(&self, files: &BTreeMap<SitePath, Staged>) -> Result<BTreeMap<SitePath, String>, DiskError> {
        let mut dropped = BTreeMap::new();
        for (path, digest) in self.before.files.iter().filter(|(path, _)| !files.contains_key(path)) {
            if journal::is_ours(&self.output.out.join(path.as_str()), digest)? {
                dropped.insert(path.clone(), digest.clone());
            }
        }
        Ok(dropped)
    }

    fn stage_manifests(&self, after: &Manifest) -> Result<(), DiskError> {
        let mut both = self.before.clone();
        both.audience = after.audience.clone();
        both.files.extend(after.files.clone());
        for (name, manifest) in [(MANIFEST_BEFORE, &both), (MANIFEST_AFTER, after)] {
            let path = self.output.staging.join(name);
            fs::write(&path, manifest.to_string()).doing("write", &path)?;
        }
        Ok(())
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // After a failure half-way the list of steps stays, for the next build to finish.
        if !journal::is_written(&self.output.staging) {
            let _ = journal::clear(&self.output.staging);
        }
    }
}

pub(super) fn in_the_way(place: &Path) -> DiskError {
    DiskError::because("write", place, "something that greenpaper did not write is in its place; move it away")
}

/// A path as a file system sees it that does not tell upper from lower case.
pub(super) fn folded(path: &str) -> String {
    path.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disk::manifest;
    use std::path::PathBuf;
    use tempfile::TempDir;

    /// A folder to build into, beside which builds are staged.
    struct Place {
        folder: TempDir,
    }

    type Files<'a> = &'a [(&'a str, &'a str)];

    impl Place {
        fn new() -> Place {
            Place { folder: TempDir::new().unwrap() }
        }

        fn out(&self) -> PathBuf {
            self.folder.path().join("public")
        }

        fn staging(&self, files: Files) -> Result<Staging, DiskError> {
            let site = self.folder.path().join("site");
            fs::create_dir_all(&site).unwrap();
            let staging = Output::of(&site, &self.out())?.stage()?;
            files.iter().try_for_each(|(path, text)| staging.add(SitePath::new(path), text.as_bytes()))?;
            Ok(staging)
        }

        fn build(&self, files: Files) -> Result<(usize, usize, usize), String> {
            let written = self.staging(files).and_then(Staging::finish).map_err(|error| error.to_string())?;
            Ok((written.written, written.unchanged, written.removed))
        }

        fn put(&self, path: &str, text: &str) {
            let path = self.out().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }

        /// What the output holds, the manifest aside; a folder ends with `/` where it is empty.
        fn held(&self) -> BTreeMap<String, String> {
            let entries = walkdir::WalkDir::new(self.out()).min_depth(1).into_iter().map(Result::unwrap);
            let entries = entries.filter(|entry| {
                let empty = entry.file_type().is_dir() && fs::read_dir(entry.path()).unwrap().next().is_none();
                (entry.file_type().is_file() || empty) && entry.file_name() != manifest::NAME
            });
            let named = entries.map(|entry| {
                let path = entry.path().strip_prefix(self.out()).unwrap().to_string_lossy().into_owned();
                if entry.file_type().is_dir() {
                    (format!("{path}/"), String::new())
                } else {
                    (path, fs::read_to_string(entry.path()).unwrap())
                }
            });
            named.collect()
        }

        #[track_caller]
        fn holds(&self, files: Files) {
            let expected: BTreeMap<_, _> =
                files.iter().map(|(path, text)| (path.to_string(), text.to_string())).collect();
            assert_eq!(self.held(), expected);
        }

        /// What stands beside the output: nothing, once a build is done.
        fn beside(&self) -> usize {
            fs::read_dir(self.folder.path()).unwrap().count() - 2
        }
    }

    const ONE: Files =
        &[("index.html", "1"), ("a/index.html", "1"), ("b", "1"), ("c/x/index.html", "1"), ("s.css", "1")];
    const TWO: Files =
        &[("index.html", "2"), ("a/index.html", "1"), ("b/index.html", "2"), ("c", "2"), ("d/i.html", "2")];

    #[test]
    fn only_what_differs_is_written_and_only_what_went_is_removed() {
        let place = Place::new();
        assert_eq!(place.build(ONE), Ok((5, 0, 0)));
        assert_eq!(place.build(ONE), Ok((0, 5, 0)));
        assert_eq!(place.build(TWO), Ok((4, 1, 3)));
        place.holds(TWO);
        assert_eq!(place.beside(), 0);
    }

    #[test]
    fn unchanged_files_keep_their_times() {
        let place = Place::new();
        place.build(ONE).unwrap();
        let path = place.out().join("a/index.html");
        let long_ago = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
        fs::File::options().write(true).open(&path).unwrap().set_modified(long_ago).unwrap();
        place.build(TWO).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().modified().unwrap(), long_ago);
    }

    #[test]
    fn a_file_that_was_changed_by_hand_is_made_right() {
        let place = Place::new();
        place.build(ONE).unwrap();
        place.put("a/index.html", "x");
        fs::remove_file(place.out().join("s.css")).unwrap();
        assert_eq!(place.build(ONE), Ok((2, 3, 0)));
        place.holds(ONE);
    }

    #[test]
    fn a_folder_of_another_program_is_refused() {
        let place = Place::new();
        place.put("thesis.doc", "mine");
        assert!(place.build(ONE).unwrap_err().contains("it is not empty and greenpaper did not write it"));
        place.holds(&[("thesis.doc", "mine")]);
        assert_eq!(place.beside(), 0);
    }

    #[test]
    fn a_folder_for_some_is_not_built_over_for_others() {
        let place = Place::new();
        place.build(ONE).unwrap();
        let site = place.folder.path().join("site");
        let stage = |audience: &str| Output::of(&site, &place.out()).unwrap().for_audience(audience).stage().map(drop);
        assert!(stage("board").unwrap_err().to_string().contains("built for everybody, and this build is for board"));
        assert!(stage("everybody").is_ok());
    }

    #[test]
    fn a_foreign_file_is_neither_removed_nor_replaced() {
        let place = Place::new();
        place.build(&[("a/index.html", "1"), ("b/index.html", "1")]).unwrap();
        place.put("a/CNAME", "mine");
        place.put("b/index.html", "mine now");
        assert_eq!(place.build(&[("index.html", "2")]), Ok((1, 0, 1)));
        place.holds(&[("index.html", "2"), ("a/CNAME", "mine"), ("b/index.html", "mine now")]);
        for clash in ["a/CNAME", "a", "a/CNAME/index.html", "b/index.html"] {
            let error = place.build(&[("index.html", "3"), (clash, "3")]).unwrap_err();
            assert!(error.contains("did not write is in its place"), "{error}");
        }
        place.holds(&[("index.html", "2"), ("a/CNAME", "mine"), ("b/index.html", "mine now")]);
        assert_eq!(place.beside(), 0);
    }

    #[cfg(unix)]
    #[test]
    fn nothing_is_written_through_a_link() {
        let place = Place::new();
        place.build(&[("index.html", "1")]).unwrap();
        std::os::unix::fs::symlink(place.folder.path().join("site"), place.out().join("a")).unwrap();
        assert!(place.build(&[("a/index.html", "1")]).is_err());
        assert_eq!(fs::read_dir(place.folder.path().join("site")).unwrap().count(), 0);
    }

    #[test]
    fn a_build_that_is_given_up_changes_nothing() {
        let place = Place::new();
        place.build(ONE).unwrap();
        drop(place.staging(TWO).unwrap());
        place.holds(ONE);
        assert_eq!(place.beside(), 0);
    }

    /// A build of `files` that is killed after so many steps; none means before its list was complete.
    fn kill(place: &Place, files: Files, after: Option<usize>) {
        let staging = place.staging(files).unwrap();
        let (steps, _) = staging.steps().unwrap();
        if let Some(count) = after {
            journal::write(&staging.output.staging, &steps).unwrap();
            let out = &staging.output;
            steps.iter().take(count).for_each(|step| step.carry_out(&out.staging, &out.out).unwrap());
        }
        let lock = staging.output.lock.clone();
        let files = staging.output.staging.clone();
        let aside = place.folder.path().join("aside");
        fs::rename(&files, &aside).unwrap();
        drop(staging);
        fs::rename(aside, files).unwrap();
        fs::write(lock, u32::MAX.to_string()).unwrap();
    }

    #[test]
    fn a_build_killed_at_any_step_is_finished_by_the_next() {
        let steps = {
            let place = Place::new();
            place.build(ONE).unwrap();
            place.staging(TWO).unwrap().steps().unwrap().0.len()
        };
        assert_eq!(steps, 9);
        for count in 0..=steps {
            let place = Place::new();
            place.build(ONE).unwrap();
            kill(&place, TWO, Some(count));
            drop(place.staging(&[]).unwrap());
            place.holds(TWO);
            assert_eq!(place.build(TWO), Ok((0, 5, 0)), "killed after {count} steps");
            assert_eq!(place.build(ONE), Ok((4, 1, 3)), "killed after {count} steps");
            place.holds(ONE);
            assert_eq!(place.beside(), 0);
        }
    }

    #[test]
    fn a_first_build_killed_at_any_step_is_finished_by_the_next() {
        for count in 0..=7 {
            let place = Place::new();
            kill(&place, ONE, Some(count));
            assert!(place.build(TWO).is_ok(), "killed after {count} steps");
            place.holds(TWO);
        }
    }

    #[test]
    fn a_build_killed_while_staging_is_undone_by_the_next() {
        let place = Place::new();
        place.build(ONE).unwrap();
        kill(&place, TWO, None);
        drop(place.staging(&[]).unwrap());
        place.holds(ONE);
        assert_eq!(place.beside(), 0);
    }

    #[test]
    fn a_page_never_stands_before_what_it_links_to() {
        let place = Place::new();
        place.build(ONE).unwrap();
        let staging = place.staging(TWO).unwrap();
        for step in staging.steps().unwrap().0 {
            step.carry_out(&staging.output.staging, &staging.output.out).unwrap();
            let held = place.held();
            assert!(held.get("index.html").is_some_and(|page| page == "1" || held.contains_key("d/i.html")));
        }
    }

    #[test]
    fn two_builds_at_once_into_one_folder_are_refused() {
        let place = Place::new();
        let first = place.staging(ONE).unwrap();
        assert!(place.build(TWO).unwrap_err().contains("another build into the same folder is running"));
        first.finish().unwrap();
        place.holds(ONE);
    }
}
