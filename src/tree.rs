//! The files of a site as they were read: path to bytes, with a digest of each.
//!
//! A [`Tree`] is what the edge hands to the core. It is cheap to clone and never changes.

use crate::path::SitePath;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// A SHA-256 digest (FIPS 180-4).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest([u8; 32]);

impl Digest {
    /// The digest of some bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Digest(Sha256::digest(bytes).into())
    }

    /// The digest of several parts, each with its length, so that no two lists of parts share one.
    pub fn of_parts<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> Self {
        let mut hasher = Sha256::new();
        for part in parts {
            hasher.update((part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
        Digest(hasher.finalize().into())
    }

    /// The raw bytes.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The first `digits` hexadecimal digits.
    pub fn short(&self, digits: usize) -> String {
        self.to_string().chars().take(digits).collect()
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digest({})", self.short(8))
    }
}

/// A file's bytes and their digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// The bytes, shared between trees that hold the same file.
    pub bytes: Arc<[u8]>,
    /// SHA-256 of the bytes.
    pub digest: Digest,
}

impl File {
    /// A file of these bytes.
    pub fn new(bytes: impl Into<Arc<[u8]>>) -> Self {
        let bytes = bytes.into();
        File { digest: Digest::of(&bytes), bytes }
    }
}

/// All files of a site, in the order of their paths.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree {
    files: BTreeMap<SitePath, File>,
}

impl Tree {
    /// The file at a path.
    pub fn get(&self, path: &SitePath) -> Option<&File> {
        self.files.get(path)
    }

    /// Adds or replaces a file.
    pub fn insert(&mut self, path: SitePath, file: File) {
        self.files.insert(path, file);
    }

    /// All files, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&SitePath, &File)> {
        self.files.iter()
    }

    /// The files below a folder, in order.
    pub fn below<'a>(&'a self, folder: &'a SitePath) -> impl Iterator<Item = (&'a SitePath, &'a File)> {
        self.files
            .range(folder.clone()..)
            .take_while(move |(path, _)| path.as_str().starts_with(folder.as_str()))
            .filter(move |(path, _)| path.below(folder).is_some())
    }
}

/// A tree from paths and texts: small sites in tests, scaffolds.
impl<'a> FromIterator<(&'a str, &'a str)> for Tree {
    fn from_iter<I: IntoIterator<Item = (&'a str, &'a str)>>(files: I) -> Self {
        let files = files.into_iter().map(|(path, text)| (SitePath::new(path), File::new(text.as_bytes()))).collect();
        Tree { files }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_holds_what_lies_below_it_and_nothing_else() {
        let tree: Tree = [("a/b.md", ""), ("a/c/d.md", ""), ("a.md", ""), ("ab/e.md", "")].into_iter().collect();
        let folder = SitePath::new("a");
        let below: Vec<_> = tree.below(&folder).map(|(path, _)| path.as_str()).collect();
        assert_eq!(below, ["a/b.md", "a/c/d.md"]);
    }

    #[test]
    fn parts_do_not_run_into_one_another() {
        assert_ne!(Digest::of_parts([&b"ab"[..], b"c"]), Digest::of_parts([&b"a"[..], b"bc"]));
        assert_eq!(Digest::of(b"").short(8), "e3b0c442");
    }
}
