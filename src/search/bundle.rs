//! Pages → the files of a bundle, by Pagefind as a library.
//!
//! The same pages in the same order give the same bytes, with any number of threads. Of what Pagefind
//! writes only that is kept which the script of `/search/` loads: its API, its index, and the words of one
//! language.

use super::SearchError;
use super::page::IndexPage;
use crate::config::SEARCH_FOLDER;
use crate::path::SitePath;
use crate::tree::Digest;
use pagefind::api::{PagefindIndex, SyntheticFile};
use pagefind::options::PagefindServiceConfig;

/// The file in it that says from what it was made.
const MARK: &str = "texts.sha256";
/// What is left out: interfaces of Pagefind's own.
const LEFT_OUT: [&str; 4] = ["pagefind-ui.", "pagefind-modular-ui.", "pagefind-component-ui.", "pagefind-highlight."];
/// The program that browsers run where Pagefind knows no word endings of the language.
const ANY_LANGUAGE: &str = "wasm.unknown.pagefind";

/// The licence of what Pagefind wrote, which has to go along with copies of it.
const LICENCE: (&str, &[u8]) = ("LICENCE.txt", include_bytes!("licence.txt"));

/// The form of what is written here; to be raised where other bytes come of the same pages, as with another
/// Pagefind.
const FORM: &str = concat!(env!("CARGO_PKG_VERSION"), " 1");

/// The folder of the bundle.
pub(super) fn folder() -> SitePath {
    SitePath::new(SEARCH_FOLDER)
}

/// The file that says from what the bundle was made.
pub(super) fn mark_file() -> SitePath {
    folder().join(MARK)
}

/// From what a bundle is made: the digest of all that goes in.
pub(super) fn mark(lang: &str, pages: &[IndexPage]) -> String {
    let texts = pages.iter().flat_map(|page| [page.address.as_bytes(), page.html.as_bytes()]);
    format!("{}\n", Digest::of_parts([FORM.as_bytes(), lang.as_bytes()].into_iter().chain(texts)))
}

/// The files of the bundle.
pub(super) fn files(lang: &str, pages: Vec<IndexPage>) -> Result<Vec<(SitePath, Vec<u8>)>, SearchError> {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let runtime = runtime.map_err(|error| SearchError(error.to_string()))?;
    let files = runtime.block_on(written(lang, pages)).map_err(SearchError)?;
    let endings = files.iter().any(|file| name(file).starts_with("wasm.") && name(file) != ANY_LANGUAGE);
    let kept = files.into_iter().filter(|file| {
        let own = name(file);
        !LEFT_OUT.iter().any(|start| own.starts_with(start)) && (own != ANY_LANGUAGE || !endings)
    });
    let licence = (folder().join(LICENCE.0), LICENCE.1.to_vec());
    Ok(kept.map(|file| (folder().join(&name(&file)), file.contents)).chain([licence]).collect())
}

/// The path of a file in the bundle.
fn name(file: &SyntheticFile) -> String {
    file.filename.to_string_lossy().replace('\\', "/")
}

/// All texts are of one index, since a reader searches all of the site at once; words are cut to their
/// stems as the language of the site has it.
async fn written(lang: &str, pages: Vec<IndexPage>) -> Result<Vec<SyntheticFile>, String> {
    let lang = lang.split('-').next().unwrap_or_default().to_ascii_lowercase();
    let config = PagefindServiceConfig::builder().force_language(lang).build();
    let mut index = PagefindIndex::new(Some(config)).map_err(|error| error.to_string())?;
    for page in pages {
        let added = index.add_html_file(None, Some(page.address), page.html).await;
        added.map_err(|error| error.to_string())?;
    }
    index.get_files().await.map_err(|error| error.to_string())
}
