//! The zip for a web team: the site, and a page that says where its files go and how the server has to answer.

use super::Failure;
use super::build::LIST;
use crate::disk::{self, Published, resolve};
use crate::markdown::escape;
use crate::path::SitePath;
use crate::site::World;
use std::fs;
use std::path::Path;

/// The page, in the zip.
const PAGE: &str = "for-the-web-team.html";

/// Whether a zip can be written there: not among the pages or what they are made from, in a folder that exists, and in the
/// place of nothing but a zip.
pub(super) fn check(zip: &Path, pages: &Path, site: &Path) -> Result<(), Failure> {
    let at = resolve(zip)?;
    let refused = |why: String, hint: &str| Err(Failure::stop(why).hint(hint.to_owned()));
    if at.starts_with(resolve(pages)?) {
        let why = format!("{} would lie among the pages of {}", zip.display(), pages.display());
        return refused(why, "name a file in another folder");
    }
    let site = resolve(site)?;
    if ["content", "themes"].iter().any(|folder| at.starts_with(site.join(folder))) {
        return refused(
            format!("{} would lie among what the site is made from", zip.display()),
            "name a file elsewhere",
        );
    }
    if fs::read(&at).is_ok_and(|bytes| !bytes.is_empty() && !bytes.starts_with(b"PK")) {
        return refused(format!("{} is there already, and is no zip", zip.display()), "name another file");
    }
    if at.is_dir() || !at.parent().is_some_and(Path::is_dir) {
        return refused(format!("{} cannot be a file", zip.display()), "name a file in a folder that exists");
    }
    Ok(())
}

/// Packs the pages of a folder.
pub(super) fn pack(zip: &Path, pages: &Path, world: &World) -> Result<usize, Failure> {
    let published = Published::read(pages, LIST)?;
    let mut files = vec![(PAGE.to_owned(), page(world, published.count()).into_bytes())];
    let list = SitePath::new(LIST);
    for path in published.paths().chain([&list]) {
        let bytes =
            published.file(path).ok_or_else(|| Failure::stop(format!("cannot read {path} in {}", pages.display())))?;
        files.push((format!("site/{path}"), bytes));
    }
    disk::pack(zip, &files)?;
    Ok(files.len() - 1)
}

/// What the web team has to know.
fn page(world: &World, files: usize) -> String {
    let base = world.config().base_url.trim_end_matches('/');
    let path = base.splitn(4, '/').nth(3).map_or("/".to_owned(), |path| format!("/{path}/"));
    let next = world.next_rebuild().map(|at| at.to_zoned(world.config().timezone.clone()).date());
    let next = next.map_or_else(
        || "Nothing on it changes with the calendar: this zip holds until we send another.".to_owned(),
        |day| format!("We send the next zip on {day}, when something on the site is due to change, or earlier."),
    );
    let text = include_str!("team.html");
    let fill = [
        ("{title}", &world.config().title),
        ("{base}", &base.to_owned()),
        ("{path}", &path),
        ("{files}", &(files + 1).to_string()),
        ("{next}", &next),
    ];
    fill.iter().fold(text.to_owned(), |text, (mark, words)| text.replace(mark, &escape(words)))
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_page_has_a_place_for_all_that_is_filled_in() {
        let text = include_str!("team.html");
        for mark in ["{title}", "{base}", "{path}", "{files}", "{next}"] {
            assert!(text.contains(mark), "{mark}");
        }
    }
}
