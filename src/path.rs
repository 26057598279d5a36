//! Paths of files in a site and addresses of its pages, both with `/` on every platform.
//!
//! A [`SitePath`] never begins with `/`, never holds `.` or `..`, and does not know where the site
//! lies on a disk. An [`Address`] always begins with `/` and ends with `/` where it is a page.

use serde::{Serialize, Serializer};
use std::fmt;
use std::sync::Arc;

/// A file of the site, from its root: `content/proposals/representation/draft-1.md`.
/// Cheap to clone.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SitePath(Arc<str>);

impl SitePath {
    /// Takes a path as it is written, with empty and `.` parts dropped and `..` resolved; what would
    /// lead above the root is dropped too.
    pub fn new(path: &str) -> Self {
        SitePath(normalise(path).0.into())
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folder that the file lies in; the root is the empty path.
    pub fn parent(&self) -> SitePath {
        SitePath(self.0.rsplit_once('/').map_or("", |(folder, _)| folder).into())
    }

    /// The last part.
    pub fn name(&self) -> &str {
        self.0.rsplit_once('/').map_or(&self.0, |(_, name)| name)
    }

    /// The last part without its extension.
    pub fn stem(&self) -> &str {
        self.name().rsplit_once('.').map_or(self.name(), |(stem, _)| stem)
    }

    /// The extension, without the dot; empty where there is none.
    pub fn extension(&self) -> &str {
        self.name().rsplit_once('.').map_or("", |(_, extension)| extension)
    }

    /// A path below this folder.
    #[must_use]
    pub fn join(&self, below: &str) -> SitePath {
        SitePath::new(&format!("{}/{below}", self.0))
    }

    /// What a relative reference in this *file* leads to; none where it leads out of the site.
    pub fn resolve(&self, reference: &str) -> Option<SitePath> {
        let (path, inside) = normalise(&format!("{}/{reference}", self.parent().0));
        inside.then(|| SitePath(path.into()))
    }

    /// The rest of the path below a folder, if it lies there.
    pub fn below(&self, folder: &SitePath) -> Option<&str> {
        if folder.0.is_empty() {
            return Some(&self.0);
        }
        self.0.strip_prefix(&*folder.0)?.strip_prefix('/')
    }

    /// The parts between the slashes.
    pub fn parts(&self) -> impl Iterator<Item = &str> {
        self.0.split('/').filter(|part| !part.is_empty())
    }
}

impl Serialize for SitePath {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl fmt::Display for SitePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The path without `.`, `..` and doubled slashes, and whether it stayed below its root.
fn normalise(path: &str) -> (String, bool) {
    let mut parts: Vec<&str> = Vec::new();
    let mut inside = true;
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => inside &= parts.pop().is_some(),
            part => parts.push(part),
        }
    }
    (parts.join("/"), inside)
}

/// An address of the site, from its root: `/proposals/representation/draft-1/` or `/feed.xml`.
/// Cheap to clone.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address(Arc<str>);

impl Address {
    /// An address from its text, which begins with `/`.
    pub fn new(address: impl Into<String>) -> Self {
        let address = address.into();
        Address(if address.starts_with('/') { address } else { format!("/{address}") }.into())
    }

    /// The address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The file that holds the page, from the root of the output.
    pub fn file(&self) -> SitePath {
        if self.0.ends_with('/') { SitePath::new(&format!("{}index.html", self.0)) } else { SitePath::new(&self.0) }
    }

    /// The reference that leads from this page to another, without a prefix of the host:
    /// `../draft-2/`. The page itself is `./` (or its file name).
    pub fn to(&self, target: &Address) -> String {
        let here: Vec<&str> = self.0.split('/').skip(1).collect();
        let there: Vec<&str> = target.0.split('/').skip(1).collect();
        let folders = here.len().min(there.len()).saturating_sub(1);
        let shared = here.iter().zip(&there).take(folders).take_while(|(a, b)| a == b).count();
        let mut reference = "../".repeat(here.len() - 1 - shared);
        reference.push_str(&there[shared..].join("/"));
        if reference.is_empty() { "./".to_owned() } else { reference }
    }
}

impl Serialize for Address {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A heading's slug by the rule of GitHub: lower case, letters, digits, `-` and `_` kept, spaces as
/// hyphens, all else dropped.
pub fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for c in text.trim().chars() {
        match c {
            c if c.is_alphanumeric() => slug.extend(c.to_lowercase()),
            '-' | '_' => slug.push(c),
            c if c.is_whitespace() => slug.push('-'),
            _ => {}
        }
    }
    slug
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_resolved_against_the_folder_of_the_file() {
        let file = SitePath::new("content/proposals/representation/draft-1.md");
        let resolve = |reference| file.resolve(reference).map(|path| path.to_string());
        assert_eq!(resolve("draft-2.md").as_deref(), Some("content/proposals/representation/draft-2.md"));
        assert_eq!(resolve("../../letters/a.md").as_deref(), Some("content/letters/a.md"));
        assert_eq!(resolve("../../../../secret"), None);
    }

    #[test]
    fn references_between_addresses_are_relative_and_shortest() {
        let check = |from: &str, to: &str, expected: &str| {
            assert_eq!(Address::new(from).to(&Address::new(to)), expected, "{from} -> {to}");
        };
        check("/", "/", "./");
        check("/", "/a/", "a/");
        check("/a/", "/", "../");
        check("/a/b/", "/a/c/", "../c/");
        check("/a/b/", "/a/b/", "./");
        check("/a/b/", "/a/b/c/", "c/");
        check("/a/b/", "/feed.xml", "../../feed.xml");
        check("/feed.xml", "/a/", "a/");
        check("/a/feed.xml", "/a/", "./");
        check("/a/b/c/", "/a/", "../../");
    }

    #[test]
    fn slugs_follow_the_rule_of_github() {
        assert_eq!(slug("1. What it costs, and why"), "1-what-it-costs-and-why");
        assert_eq!(slug("Überblick"), "überblick");
    }

    #[test]
    fn paths_are_taken_apart() {
        let path = SitePath::new("./content//pages/about.md");
        assert_eq!(path.as_str(), "content/pages/about.md");
        assert_eq!((path.name(), path.stem(), path.extension()), ("about.md", "about", "md"));
        assert_eq!(path.below(&SitePath::new("content")), Some("pages/about.md"));
        assert_eq!(path.below(&SitePath::new("cont")), None);
    }
}
