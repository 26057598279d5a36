//! One build at a time into one output: a lock file that holds the number of the process.
//!
//! A lock whose process is gone is taken over; the file is removed when the [`Lock`] is dropped.

use super::{DiskError, Doing as _};
use std::collections::BTreeSet;
use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How long a lock may be without a number: that long nobody takes to write it.
const UNWRITTEN: Duration = Duration::from_secs(2);

/// The locks that this very process holds. A lock with our number that is not among them was left by
/// another process of that number, as in containers, which count from 1 each time.
static HELD: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// The right to write into an output, for as long as it lives.
#[derive(Debug)]
pub(super) struct Lock {
    path: PathBuf,
}

impl Lock {
    /// Takes the lock; an error where another build holds it.
    pub(super) fn take(path: &Path) -> Result<Lock, DiskError> {
        match create(path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            created => return created.map(|()| Lock::held(path)).doing("create", path),
        }
        let holder = fs::read_to_string(path).unwrap_or_default();
        if is_held(path, &holder) {
            let why = format!("another build into the same folder is running (process {holder})");
            return Err(DiskError::because("take the lock", path, why));
        }
        take_away(path, &holder)?;
        create(path).map(|()| Lock::held(path)).doing("take the lock", path)
    }

    fn held(path: &Path) -> Lock {
        held().insert(path.to_owned());
        Lock { path: path.to_owned() }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // A lock that stays is taken over by the next build, since its process is gone by then.
        let _ = fs::remove_file(&self.path);
        held().remove(&self.path);
    }
}

fn held() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    HELD.lock().unwrap_or_else(PoisonError::into_inner)
}

fn create(path: &Path) -> io::Result<()> {
    OpenOptions::new().write(true).create_new(true).open(path)?.write_all(std::process::id().to_string().as_bytes())
}

/// Moves a dead build's lock aside. Two builds may try this at once: whoever got hold of a lock other
/// than the dead one puts it back.
fn take_away(path: &Path, holder: &str) -> Result<(), DiskError> {
    let aside = path.with_extension(std::process::id().to_string());
    match fs::rename(path, &aside) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        moved => moved.doing("take over", path)?,
    }
    if fs::read_to_string(&aside).unwrap_or_default() != holder {
        return fs::rename(&aside, path).doing("put back", path);
    }
    fs::remove_file(&aside).doing("remove", &aside)
}

fn is_held(path: &Path, holder: &str) -> bool {
    match holder.parse::<u32>() {
        Ok(process) if process == std::process::id() => held().contains(path),
        Ok(process) => is_alive(process),
        Err(_) => {
            let written = fs::metadata(path).and_then(|data| data.modified());
            written.is_ok_and(|at| at.elapsed().is_ok_and(|age| age < UNWRITTEN))
        }
    }
}

/// Whether a process of that number runs; where the system cannot be asked, it is taken to run.
fn is_alive(process: u32) -> bool {
    let numbers = Path::new("/proc/self");
    if numbers.exists() {
        return Path::new("/proc").join(process.to_string()).exists();
    }
    let mut ask = std::process::Command::new("ps");
    ask.args(["-p", &process.to_string()]).output().map_or(true, |answer| answer.status.success())
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::TempDir;

    #[test]
    fn a_second_build_is_refused_until_the_first_is_done() {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("lock");
        let first = Lock::take(&path).unwrap();
        assert!(Lock::take(&path).unwrap_err().to_string().contains("another build"));
        drop(first);
        assert!(Lock::take(&path).is_ok());
        assert!(!path.exists());
    }

    #[test]
    fn a_lock_whose_process_is_gone_is_taken_over() {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("lock");
        for gone in [u32::MAX, std::process::id()] {
            fs::write(&path, gone.to_string()).unwrap();
            assert!(Lock::take(&path).is_ok(), "{gone}");
        }
    }

    #[test]
    fn a_lock_of_a_running_process_is_respected() {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("lock");
        fs::write(&path, "1").unwrap();
        assert!(Lock::take(&path).is_err());
        fs::write(&path, "").unwrap();
        assert!(Lock::take(&path).is_err(), "a lock that is just being written");
    }
}
