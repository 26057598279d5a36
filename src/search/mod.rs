//! The index of a site's texts, for readers who search: a site → files below `/pagefind/`.
//!
//! In: a [`World`]. Out: the files of the bundle of [Pagefind](https://pagefind.app), which a browser asks
//! without a server, handed to a [`Staging`]. The pages that the site shows are not read: each text goes in
//! as a page of its own, written by `page`, in the order of the site, since the bytes of the bundle depend
//! on the order. Where no text has changed since the last build, the bundle stays as it is.

#[cfg(feature = "search")]
mod bundle;
#[cfg(feature = "search")]
mod page;

use crate::disk::Staging;
use crate::site::World;
use std::fmt;

/// Why there is no index.
#[derive(Debug)]
pub struct SearchError(String);

impl SearchError {
    /// The index broke off without a word.
    pub fn broken() -> SearchError {
        SearchError("it broke off".to_owned())
    }
}

impl fmt::Display for SearchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot make the index for searching: {}", self.0)
    }
}

impl std::error::Error for SearchError {}

/// Adds the index to a build; nothing where the site is not to be searched.
#[cfg(feature = "search")]
pub fn index(world: &World, staging: &Staging) -> Result<(), SearchError> {
    if !world.config().search {
        return Ok(());
    }
    let pages = page::pages(world);
    let mark = bundle::mark(&world.config().lang, &pages);
    let failed = |error: crate::disk::DiskError| SearchError(error.to_string());
    if staging.keep(&bundle::folder(), &bundle::mark_file(), mark.as_bytes()).map_err(failed)? {
        return Ok(());
    }
    let files = bundle::files(&world.config().lang, pages)?;
    files.into_iter().try_for_each(|(path, bytes)| staging.add(path, &bytes)).map_err(failed)?;
    staging.add(bundle::mark_file(), mark.as_bytes()).map_err(failed)
}

/// Adds nothing: this program was built without the feature `search`.
#[cfg(not(feature = "search"))]
pub fn index(_: &World, _: &Staging) -> Result<(), SearchError> {
    Ok(())
}
