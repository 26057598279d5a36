//! The disk: a folder of files → [`Tree`](crate::tree::Tree), and a site's files → the output folder.
//!
//! In: paths on this machine. Out: trees, counts of what was written, and [`DiskError`]s that name the
//! path and what was being done. Nothing outside the site is read, and nothing that this program did
//! not write is replaced or removed.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "the edge: reads and writes files")]

mod journal;
mod keep;
mod lock;
mod manifest;
mod order;
mod output;
mod pack;
mod published;
mod read;
mod write;

pub use output::Output;
pub use pack::pack;
pub use published::{Fault, Published};
pub use read::{Reader, Unread};
pub use write::{Staging, Written};

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::{fmt, fs, io};

/// A failure of the disk: which path, what was being done, and why it went wrong.
#[derive(Debug)]
pub struct DiskError {
    /// The path, as short as it can be named: a file of the site from the site's root.
    pub path: PathBuf,
    /// A verb that fits "cannot … content/a.md".
    pub doing: &'static str,
    /// What the system said.
    pub source: io::Error,
}

impl DiskError {
    /// An error from its parts.
    pub fn new(doing: &'static str, path: impl Into<PathBuf>, source: io::Error) -> Self {
        DiskError { path: path.into(), doing, source }
    }

    /// An error of our own making, where the system has nothing to say.
    pub fn because(doing: &'static str, path: impl Into<PathBuf>, why: impl Into<String>) -> Self {
        DiskError::new(doing, path, io::Error::other(why.into()))
    }
}

impl fmt::Display for DiskError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot {} {}: {}", self.doing, self.path.display(), reason(&self.source))
    }
}

impl std::error::Error for DiskError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}

/// The system's reason in plain words, without error numbers.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        _ if error.get_ref().is_some() => error.to_string(),
        io::ErrorKind::NotFound => "no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::AlreadyExists => "it is there already".to_owned(),
        io::ErrorKind::StorageFull => "the disk is full".to_owned(),
        _ => {
            let text = error.to_string();
            text.rsplit_once(" (os error").map_or(text.clone(), |(words, _)| words.to_owned())
        }
    }
}

/// Adds path and action to a system's error.
trait Doing<T> {
    fn doing(self, doing: &'static str, path: &Path) -> Result<T, DiskError>;
}

impl<T> Doing<T> for io::Result<T> {
    fn doing(self, doing: &'static str, path: &Path) -> Result<T, DiskError> {
        self.map_err(|source| DiskError::new(doing, path, source))
    }
}

/// A path made absolute, with links resolved as far as it exists and `..` taken out of the rest.
pub fn resolve(path: &Path) -> Result<PathBuf, DiskError> {
    let absolute = std::path::absolute(path).doing("find", path)?;
    let mut resolved = PathBuf::new();
    for part in absolute.components() {
        match part {
            std::path::Component::ParentDir => drop(resolved.pop()),
            part => resolved.push(part),
        }
        if let Ok(canonical) = resolved.canonicalize() {
            resolved = canonical;
        }
    }
    Ok(resolved)
}

/// Writes a new file, with the folders that it needs; an error where there is one already.
pub fn create(path: &Path, bytes: &[u8]) -> Result<(), DiskError> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).doing("create", folder)?;
    }
    let file = fs::OpenOptions::new().write(true).create_new(true).open(path);
    file.and_then(|mut file| file.write_all(bytes)).doing("create", path)
}

/// Puts new bytes in the place of a file: either all of them are there afterwards, or the file is as it was.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), DiskError> {
    replace_all(&[(path.to_owned(), bytes.to_owned())])
}

/// Puts new bytes in the place of several files, or makes them: all of them are there afterwards, or each is as it was.
/// (Killed between two renames, it leaves the first of them done.)
pub fn replace_all(files: &[(PathBuf, Vec<u8>)]) -> Result<(), DiskError> {
    let mut written: Vec<PathBuf> = Vec::new();
    let mut done: Vec<(&Path, Option<Vec<u8>>)> = Vec::new();
    let result =
        files.iter().try_for_each(|(path, bytes)| write_beside(path, bytes).map(|beside| written.push(beside)));
    let result = result.and_then(|()| {
        files.iter().zip(&written).try_for_each(|((path, _), beside)| {
            let before = fs::read(path).ok();
            fs::rename(beside, path).doing("write", path)?;
            done.push((path, before));
            Ok(())
        })
    });
    if result.is_err() {
        written.iter().for_each(|beside| _ = fs::remove_file(beside));
        done.into_iter().for_each(|(path, before)| {
            _ = before.map_or_else(|| fs::remove_file(path), |bytes| fs::write(path, bytes))
        });
    }
    result
}

/// Writes bytes beside the file that they are for, with its permissions.
fn write_beside(path: &Path, bytes: &[u8]) -> Result<PathBuf, DiskError> {
    let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let beside = path.with_file_name(format!(".{name}.{}~", std::process::id()));
    let written = fs::File::create(&beside).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    let kept = fs::metadata(path).map_or(Ok(()), |known| fs::set_permissions(&beside, known.permissions()));
    written.and(kept).doing("write", path).inspect_err(|_| _ = fs::remove_file(&beside))?;
    Ok(beside)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_name_path_action_and_reason() {
        let check = |kind: io::ErrorKind, expected: &str| {
            assert_eq!(DiskError::new("read", "content/a.md", kind.into()).to_string(), expected);
        };
        check(io::ErrorKind::PermissionDenied, "cannot read content/a.md: permission denied");
        check(io::ErrorKind::NotFound, "cannot read content/a.md: no such file or folder");
    }

    #[test]
    fn several_files_are_written_or_none_is() {
        let folder = tempfile::TempDir::new().unwrap();
        let (a, b) = (folder.path().join("a"), folder.path().join("b"));
        fs::write(&a, "1").unwrap();
        let both = |a: &Path, b: &Path| [(a.to_owned(), b"2".to_vec()), (b.to_owned(), b"2".to_vec())];
        fs::create_dir(folder.path().join("c")).unwrap();
        for wrong in ["c", "no/such"] {
            assert!(replace_all(&both(&a, &folder.path().join(wrong))).is_err());
            assert_eq!(fs::read_to_string(&a).unwrap(), "1");
            assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
        }
        replace_all(&both(&a, &b)).unwrap();
        assert_eq!((fs::read_to_string(&a).unwrap(), fs::read_to_string(&b).unwrap()), ("2".into(), "2".into()));
    }

    #[test]
    fn paths_that_do_not_exist_yet_are_resolved() {
        let here = std::env::temp_dir().canonicalize().unwrap();
        assert_eq!(resolve(&here.join("no-such/../neither")).unwrap(), here.join("neither"));
    }
}
