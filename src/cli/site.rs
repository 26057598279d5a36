//! Which site a command is about, and how its files are named to the reader.

use super::Failure;
use std::path::{Path, PathBuf};

/// The option that names a site.
#[derive(Debug, Default, clap::Args)]
pub(super) struct SiteArgs {
    /// The folder of the site [default: the nearest folder upwards that has a site.toml]
    #[arg(long, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    site: Option<PathBuf>,
}

impl SiteArgs {
    /// The site's folder.
    pub(super) fn folder(&self) -> Result<PathBuf, Failure> {
        match &self.site {
            Some(folder) if folder.join("site.toml").is_file() => Ok(folder.clone()),
            Some(folder) => Err(Failure::stop(format!("there is no site.toml in {}", folder.display()))
                .hint("--site names the folder that has the site.toml; `greenpaper init DIR` makes one")),
            None => here().and_then(|here| nearest(&here)),
        }
    }
}

impl SiteArgs {
    /// The site that a folder of pages was built from: the one that is named, or the nearest one upwards from the
    /// pages, if there is one.
    pub(super) fn folder_for(&self, pages: &Path) -> Result<Option<PathBuf>, Failure> {
        match &self.site {
            Some(_) => self.folder().map(Some),
            None => Ok(pages.canonicalize().ok().and_then(|pages| nearest(&pages).ok())),
        }
    }
}

fn nearest(here: &Path) -> Result<PathBuf, Failure> {
    let found = here.ancestors().find(|folder| folder.join("site.toml").is_file());
    found.map(Path::to_owned).ok_or_else(|| {
        Failure::stop(format!("there is no site.toml in {} or in any folder above it", here.display()))
            .hint("name the site with --site DIR, or make one with `greenpaper init DIR`")
    })
}

fn here() -> Result<PathBuf, Failure> {
    std::env::current_dir().map_err(|error| Failure::stop(format!("cannot tell the current folder: {error}")))
}

/// What a path of the site begins with where it is read from the current folder: empty, or `docs/`.
/// Where the site is not below that folder, paths are told from the site's root.
pub(super) fn prefix(site: &Path) -> String {
    let below = here().ok().and_then(|here| {
        let here = here.canonicalize().ok()?;
        Some(site.canonicalize().ok()?.strip_prefix(here).ok()?.to_string_lossy().replace('\\', "/"))
    });
    below.filter(|below| !below.is_empty()).map_or(String::new(), |below| format!("{below}/"))
}

/// What a path of the site begins with where it is read from the root of the repository that holds it,
/// as forges name files; from the current folder where there is none.
pub(super) fn prefix_in_repository(site: &Path) -> String {
    let below = site.canonicalize().ok().and_then(|site| {
        let root = site.ancestors().find(|folder| folder.join(".git").exists())?;
        Some(site.strip_prefix(root).ok()?.to_string_lossy().replace('\\', "/"))
    });
    match below {
        Some(below) if below.is_empty() => below,
        Some(below) => format!("{below}/"),
        None => prefix(site),
    }
}

/// A path as it is shown: from the current folder where it lies below it.
pub(super) fn shown(path: &Path) -> String {
    let here = here().ok().and_then(|here| here.canonicalize().ok());
    let below =
        here.as_deref().and_then(|here| path.strip_prefix(here).ok()).filter(|below| !below.as_os_str().is_empty());
    below.unwrap_or(path).display().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn the_nearest_folder_upwards_is_the_site() {
        let root = tempfile::TempDir::new().unwrap();
        let inner = root.path().join("content/proposals");
        fs::create_dir_all(&inner).unwrap();
        assert!(nearest(&inner).is_err());
        fs::write(root.path().join("site.toml"), "").unwrap();
        assert_eq!(nearest(&inner).unwrap(), root.path());
    }

    #[test]
    fn forges_name_files_from_the_root_of_the_repository() {
        let root = tempfile::TempDir::new().unwrap();
        let site = root.path().join("docs/papers");
        fs::create_dir_all(&site).unwrap();
        fs::create_dir(root.path().join(".git")).unwrap();
        assert_eq!(prefix_in_repository(&site), "docs/papers/");
        assert_eq!(prefix_in_repository(root.path()), "");
    }

    #[test]
    fn a_named_folder_must_be_a_site() {
        let root = tempfile::TempDir::new().unwrap();
        let args = SiteArgs { site: Some(root.path().to_owned()) };
        assert!(args.folder().is_err());
        fs::write(root.path().join("site.toml"), "").unwrap();
        assert_eq!(args.folder().unwrap(), root.path());
    }
}
