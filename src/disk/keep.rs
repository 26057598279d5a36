//! Files that stay as an earlier build wrote them, without their bytes being made again.
//!
//! In: a folder of the output, and a file in it that says from what the folder was made. Out: whether the
//! folder is kept. It is only where that file would be the same now and every file of the folder is still
//! as it was written.

use super::journal::is_ours;
use super::write::{Staged, State};
use super::{DiskError, Staging};
use crate::path::SitePath;
use crate::tree::Digest;
use rayon::prelude::*;
use std::sync::PoisonError;

impl Staging {
    /// Takes a folder over from the build before, as it stands; says no where it has to be made anew. `mark`
    /// is the file that says from what it was made, and `bytes` what that would say now.
    pub fn keep(&self, folder: &SitePath, mark: &SitePath, bytes: &[u8]) -> Result<bool, DiskError> {
        if self.before.files.get(mark) != Some(&Digest::of(bytes).to_string()) {
            return Ok(false);
        }
        let known: Vec<_> = self.before.files.iter().filter(|(path, _)| path.below(folder).is_some()).collect();
        let whole = |(path, digest): &(&SitePath, &String)| is_ours(&self.output.out.join(path.as_str()), digest);
        if !known.par_iter().map(whole).collect::<Result<Vec<_>, _>>()?.into_iter().all(|whole| whole) {
            return Ok(false);
        }
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = |digest: &String| Staged { digest: digest.clone(), state: State::Unchanged };
        files.extend(known.into_iter().map(|(path, digest)| (path.clone(), kept(digest))));
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disk::Output;
    use std::fs;
    use tempfile::TempDir;

    /// A build of two files in a folder, or what is kept of them; what was done to the output, and its files.
    fn check(mark: &str, change: impl Fn(&std::path::Path), expected: bool) {
        let folder = TempDir::new().unwrap();
        let (site, out) = (folder.path().join("site"), folder.path().join("public"));
        fs::create_dir(&site).unwrap();
        let stage = || Output::of(&site, &out).unwrap().stage().unwrap();
        let first = stage();
        for (path, text) in [("x/mark", "1"), ("x/a", "a"), ("xy", "b")] {
            first.add(SitePath::new(path), text.as_bytes()).unwrap();
        }
        first.finish().unwrap();
        change(&out);
        let second = stage();
        let kept = second.keep(&SitePath::new("x"), &SitePath::new("x/mark"), mark.as_bytes()).unwrap();
        assert_eq!(kept, expected, "{mark}");
        let written = second.finish().unwrap();
        assert_eq!(written.unchanged, if expected { 2 } else { 0 });
        assert_eq!(fs::read_to_string(out.join("x/a")).ok(), expected.then(|| "a".to_owned()));
        assert!(!out.join("xy").exists());
    }

    #[test]
    fn a_folder_is_kept_while_it_would_be_the_same() {
        check("1", |_| (), true);
        check("2", |_| (), false);
    }

    #[test]
    fn a_folder_in_which_a_file_is_missing_is_made_anew() {
        check("1", |out| fs::remove_file(out.join("x/a")).unwrap(), false);
    }
}
