//! Where a site is written to, and the place beside it where a build is staged.
//!
//! An [`Output`] never stands in the way of the site's own files, and a build into it begins only in a
//! folder that is empty or that this program wrote.

use super::journal::{self, FILES};
use super::lock::Lock;
use super::manifest::Manifest;
use super::{DiskError, Doing as _, Staging, resolve};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The audience of the public site.
const EVERYBODY: &str = "everybody";

/// An output folder, with the place beside it where builds are staged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    pub(super) out: PathBuf,
    pub(super) staging: PathBuf,
    pub(super) lock: PathBuf,
    /// For whom the pages are: `everybody`, or those who may see what not everybody may.
    audience: String,
}

impl Output {
    /// The output of a site; an error where it would stand in the way of the site's own files.
    pub fn of(site: &Path, out: &Path) -> Result<Output, DiskError> {
        let (site, resolved) = (resolve(site)?, resolve(out)?);
        let refuse = |why: &str| Err(DiskError::because("write to", out, why));
        if site.starts_with(&resolved) {
            return refuse("the site itself lies in it; name another folder with --out");
        }
        if ["content", "themes"].iter().any(|folder| resolved.starts_with(site.join(folder))) {
            return refuse("it is a folder of what the site is made from; name another folder with --out");
        }
        if resolved.exists() && !resolved.is_dir() {
            return refuse("it is not a folder");
        }
        Output::at(resolved)
    }

    /// Staging stands beside the output, and inside it where that is a file system of its own or the
    /// folder around it cannot be written to.
    fn at(out: PathBuf) -> Result<Output, DiskError> {
        let (Some(parent), Some(name)) = (out.parent(), out.file_name()) else {
            return Err(DiskError::because("write to", &out, "it is not a folder that can be replaced"));
        };
        if out.exists() && !may_be_staged_in(parent, &out) {
            let (staging, lock) = (out.join(".greenpaper-staging"), out.join(".greenpaper-lock"));
            return Ok(Output { out, staging, lock, audience: EVERYBODY.to_owned() });
        }
        fs::create_dir_all(parent).doing("create", parent)?;
        let beside = |what: &str| parent.join(format!(".greenpaper-{what}-{}", name.to_string_lossy()));
        let audience = EVERYBODY.to_owned();
        Ok(Output { staging: beside("staging"), lock: beside("lock"), out, audience })
    }

    /// The same output for pages that not everybody may see. A folder that was built for one audience is
    /// never built over for another.
    #[must_use]
    pub fn for_audience(self, audience: impl Into<String>) -> Output {
        Output { audience: audience.into(), ..self }
    }

    pub(super) fn audience(&self) -> &str {
        &self.audience
    }

    /// The folder, absolute.
    pub fn folder(&self) -> &Path {
        &self.out
    }

    /// Begins a build: finishes or undoes what a killed one left, and takes the lock.
    pub fn stage(&self) -> Result<Staging, DiskError> {
        let lock = Lock::take(&self.lock)?;
        journal::recover(&self.staging, &self.out)?;
        let before = match Manifest::read(&self.out)? {
            Some(manifest) if manifest.audience != self.audience => {
                let why = format!(
                    "it was built for {}, and this build is for {}; name another folder with --out",
                    manifest.audience, self.audience
                );
                return Err(DiskError::because("write to", &self.out, why));
            }
            Some(manifest) => manifest,
            None => self.empty()?,
        };
        fs::create_dir_all(self.staging.join(FILES)).doing("create", &self.staging)?;
        Ok(Staging::new(self.clone(), before, lock))
    }

    /// The manifest of a folder that has none: that of an empty one, or a refusal.
    fn empty(&self) -> Result<Manifest, DiskError> {
        let mut entries = match fs::read_dir(&self.out) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Manifest::default()),
            entries => entries.doing("read", &self.out)?,
        };
        let ours = [&self.staging, &self.lock];
        if entries.all(|entry| entry.is_ok_and(|entry| ours.contains(&&entry.path()))) {
            return Ok(Manifest::default());
        }
        let why = "it is not empty and greenpaper did not write it; empty it or name another folder with --out";
        Err(DiskError::because("write to", &self.out, why))
    }
}

/// Whether a file can be made in the folder and be renamed into the output.
fn may_be_staged_in(parent: &Path, out: &Path) -> bool {
    let probe = parent.join(format!(".greenpaper-probe-{}", std::process::id()));
    let made = fs::write(&probe, "").is_ok();
    let _ = fs::remove_file(&probe);
    made && device(parent) == device(out)
}

#[cfg(unix)]
fn device(path: &Path) -> Option<u64> {
    use std::os::unix::fs::MetadataExt as _;
    fs::metadata(path).ok().map(|data| data.dev())
}

#[cfg(not(unix))]
fn device(_: &Path) -> Option<u64> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::TempDir;

    #[test]
    fn an_output_in_the_way_of_the_site_is_refused() {
        let folder = TempDir::new().unwrap();
        let site = folder.path().join("site");
        fs::create_dir_all(site.join("content")).unwrap();
        let check = |out: &str, fine: bool| assert_eq!(Output::of(&site, &site.join(out)).is_ok(), fine, "{out}");
        check("public", true);
        check("../elsewhere", true);
        check("", false);
        check("..", false);
        check("content", false);
        check("content/public", false);
        check("themes/x", false);
    }
}
