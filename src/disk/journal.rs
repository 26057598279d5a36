//! What is left to do once everything is staged: the steps that put a build in place, in their order.
//!
//! The list is written down before the first step, so that a build that was killed is finished by the
//! next one. Every step can be carried out twice: what is done already is passed over.

use super::{DiskError, Doing as _, manifest};
use crate::path::SitePath;
use crate::tree::Digest;
use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

/// The name of the list in the staging folder; while it is being written it has another one.
const NAME: &str = "journal";
const UNFINISHED: &str = "journal.unfinished";
const VERSION: &str = "greenpaper journal 1";

/// The folder with the new files, in the staging folder.
pub(super) const FILES: &str = "files";
/// The manifest that holds while steps are carried out: what was and what will be.
pub(super) const MANIFEST_BEFORE: &str = "manifest-before";
/// The manifest that holds afterwards.
pub(super) const MANIFEST_AFTER: &str = "manifest-after";

/// One step of putting a build in place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Makes a staged manifest that of the output.
    List(String),
    /// Moves a staged file to its place.
    Put(SitePath),
    /// Removes a file that still has this digest, and the folders that it leaves empty.
    Drop(SitePath, String),
}

impl Step {
    fn line(&self) -> String {
        match self {
            Step::List(name) => format!("list {name}\n"),
            Step::Put(path) => format!("put {path}\n"),
            Step::Drop(path, digest) => format!("drop {digest} {path}\n"),
        }
    }

    fn parse(line: &str) -> Option<Step> {
        match line.split_once(' ')? {
            ("list", name) => Some(Step::List(name.to_owned())),
            ("put", path) => Some(Step::Put(SitePath::new(path))),
            ("drop", rest) => {
                rest.split_once(' ').map(|(digest, path)| Step::Drop(SitePath::new(path), digest.to_owned()))
            }
            _ => None,
        }
    }

    /// Carries the step out, or finds that it has been.
    pub(super) fn carry_out(&self, staging: &Path, out: &Path) -> Result<(), DiskError> {
        match self {
            Step::List(name) => move_file(&staging.join(name), &out.join(manifest::NAME)),
            Step::Put(path) => {
                let staged = staging.join(FILES).join(path.as_str());
                let place = out.join(path.as_str());
                if staged.exists() {
                    make_room(&place)?;
                }
                move_file(&staged, &place)
            }
            Step::Drop(path, digest) => remove(out, path, digest),
        }
    }
}

/// Writes the list down; from here on the build can be finished without its content.
pub(super) fn write(staging: &Path, steps: &[Step]) -> Result<(), DiskError> {
    let lines: String = steps.iter().map(Step::line).collect();
    let unfinished = staging.join(UNFINISHED);
    let mut file = fs::File::create(&unfinished).doing("write", &unfinished)?;
    file.write_all(format!("{VERSION}\n{lines}").as_bytes()).doing("write", &unfinished)?;
    file.sync_all().doing("write", &unfinished)?;
    fs::rename(&unfinished, staging.join(NAME)).doing("write", &unfinished)
}

/// Whether a complete list of steps is in the staging folder.
pub(super) fn is_written(staging: &Path) -> bool {
    staging.join(NAME).exists()
}

/// Finishes what a killed build left in the staging folder, or undoes it where its list of steps was
/// not complete: nothing was put in place by then.
pub(super) fn recover(staging: &Path, out: &Path) -> Result<(), DiskError> {
    let path = staging.join(NAME);
    match fs::read_to_string(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        text => {
            let steps = text.doing("read", &path).map(|text| parse(&text))?;
            let wrong = || DiskError::because("finish", &path, "another version of greenpaper wrote it");
            for step in steps.ok_or_else(wrong)? {
                step.carry_out(staging, out)?;
            }
        }
    }
    clear(staging)
}

fn parse(text: &str) -> Option<Vec<Step>> {
    let mut lines = text.lines();
    (lines.next() == Some(VERSION)).then(|| lines.map(Step::parse).collect()).flatten()
}

/// Removes the staging folder, its list of steps first: without it the rest is of no meaning.
pub(super) fn clear(staging: &Path) -> Result<(), DiskError> {
    let gone = |error: &io::Error| error.kind() == io::ErrorKind::NotFound;
    match fs::remove_file(staging.join(NAME)) {
        Err(error) if !gone(&error) => return Err(DiskError::new("remove", staging.join(NAME), error)),
        _ => {}
    }
    match fs::remove_dir_all(staging) {
        Err(error) if !gone(&error) => Err(DiskError::new("remove", staging, error)),
        _ => Ok(()),
    }
}

/// Moves a file in one step, with the folders that it needs; one that is not there was moved before.
fn move_file(from: &Path, to: &Path) -> Result<(), DiskError> {
    if !from.exists() {
        return Ok(());
    }
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder).doing("create", folder)?;
    }
    fs::rename(from, to).doing("write", to)
}

/// Removes empty folders where a file is to stand.
fn make_room(place: &Path) -> Result<(), DiskError> {
    if !place.is_dir() {
        return Ok(());
    }
    for entry in walkdir::WalkDir::new(place).contents_first(true).into_iter().flatten() {
        fs::remove_dir(entry.path()).doing("replace", place)?;
    }
    Ok(())
}

fn remove(out: &Path, path: &SitePath, digest: &str) -> Result<(), DiskError> {
    let place = out.join(path.as_str());
    if !is_ours(&place, digest)? {
        return Ok(());
    }
    fs::remove_file(&place).doing("remove", &place)?;
    let above = place.ancestors().skip(1).take_while(|folder| *folder != out);
    // A folder that is not empty stays, and so does everything above it.
    for folder in above {
        if fs::remove_dir(folder).is_err() {
            break;
        }
    }
    Ok(())
}

/// Whether the file is there and is still the one that this program wrote.
pub(super) fn is_ours(place: &Path, digest: &str) -> Result<bool, DiskError> {
    if !fs::symlink_metadata(place).is_ok_and(|data| data.is_file()) {
        return Ok(false);
    }
    Ok(Digest::of(&fs::read(place).doing("read", place)?).to_string() == digest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_read_as_they_were_written() {
        let steps = [
            Step::List("manifest-before".into()),
            Step::Put(SitePath::new("a b/index.html")),
            Step::Drop(SitePath::new("c d.css"), "00ff".into()),
        ];
        let text: String = [format!("{VERSION}\n")].into_iter().chain(steps.iter().map(Step::line)).collect();
        assert_eq!(parse(&text).unwrap(), steps);
        assert_eq!(parse("greenpaper journal 2\n"), None);
    }
}
