//! The files of a site as they were read: path to bytes, with a digest of each.
//!
//! A [`Tree`] is what the edge hands to the core. It is cheap to clone and never changes.

use crate::path::SitePath;
use sha2::{Digest as _, Sha256};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
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

    /// What stands where there is none: zeros.
    pub fn zero() -> Self {
        Digest([0; 32])
    }

    /// Reads 64 hexadecimal digits, as they are written by `sha256sum`.
    pub fn parse(digits: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        if digits.len() != 64 || !digits.is_ascii() {
            return None;
        }
        for (at, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(digits.get(2 * at..2 * at + 2)?, 16).ok()?;
        }
        Some(Digest(bytes)).filter(|digest| digest.to_string() == digits)
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

/// A file's bytes and their digest. Cheap to clone: what it holds is shared.
#[derive(Clone, Debug)]
pub struct File {
    held: Held,
    /// SHA-256 of the bytes.
    pub digest: Digest,
}

/// Bytes, as text where they are UTF-8: whoever reads a text shares it with the tree.
#[derive(Clone, Debug)]
enum Held {
    Text(Arc<str>),
    Other(Arc<[u8]>),
}

impl File {
    /// A file of these bytes.
    pub fn new(bytes: impl Into<Vec<u8>>) -> Self {
        let bytes = bytes.into();
        let digest = Digest::of(&bytes);
        let held = match String::from_utf8(bytes) {
            Ok(text) => Held::Text(text.into()),
            Err(error) => Held::Other(error.into_bytes().into()),
        };
        File { held, digest }
    }

    /// The bytes.
    pub fn bytes(&self) -> &[u8] {
        match &self.held {
            Held::Text(text) => text.as_bytes(),
            Held::Other(bytes) => bytes,
        }
    }

    /// The text; none where the bytes are not UTF-8.
    pub fn text(&self) -> Option<&Arc<str>> {
        match &self.held {
            Held::Text(text) => Some(text),
            Held::Other(_) => None,
        }
    }

    /// The text, with a mark in place of what is not UTF-8.
    pub fn lossy(&self) -> Arc<str> {
        match &self.held {
            Held::Text(text) => Arc::clone(text),
            Held::Other(bytes) => String::from_utf8_lossy(bytes).into(),
        }
    }
}

impl PartialEq for File {
    fn eq(&self, other: &File) -> bool {
        self.digest == other.digest
    }
}

impl Eq for File {}

/// All files of a site, in the order of their paths. Cheap to clone: the clone is the same until either is changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree {
    files: Arc<BTreeMap<SitePath, File>>,
}

impl Tree {
    /// The file at a path.
    pub fn get(&self, path: &SitePath) -> Option<&File> {
        self.files.get(path)
    }

    /// Adds or replaces a file.
    pub fn insert(&mut self, path: SitePath, file: File) {
        Arc::make_mut(&mut self.files).insert(path, file);
    }

    /// Takes a file away.
    pub fn remove(&mut self, path: &SitePath) {
        if self.files.contains_key(path) {
            Arc::make_mut(&mut self.files).remove(path);
        }
    }

    /// The paths at which the other tree holds something else, or only one of the two holds a file.
    pub fn changed(&self, other: &Tree) -> BTreeSet<SitePath> {
        let mut changed = BTreeSet::new();
        if Arc::ptr_eq(&self.files, &other.files) {
            return changed;
        }
        let (mut ours, mut theirs) = (self.files.iter().peekable(), other.files.iter().peekable());
        loop {
            let order = match (ours.peek(), theirs.peek()) {
                (Some(own), Some(other)) => own.0.cmp(other.0),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (None, None) => return changed,
            };
            let own = if order.is_le() { ours.next() } else { None };
            let other = if order.is_ge() { theirs.next() } else { None };
            if own.map(|(_, file)| file) != other.map(|(_, file)| file) {
                changed.extend(own.or(other).map(|(path, _)| path.clone()));
            }
        }
    }

    /// Whether both hold files at the same paths.
    pub fn has_same_paths(&self, other: &Tree) -> bool {
        Arc::ptr_eq(&self.files, &other.files) || self.files.keys().eq(other.files.keys())
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
        Tree { files: Arc::new(files) }
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
    fn what_differs_between_trees_is_told_by_path() {
        let check = |ours: &[(&str, &str)], theirs: &[(&str, &str)], expected: &[&str]| {
            let (ours, theirs): (Tree, Tree) = (ours.iter().copied().collect(), theirs.iter().copied().collect());
            let changed = ours.changed(&theirs);
            assert_eq!(changed.iter().map(SitePath::as_str).collect::<Vec<_>>(), expected);
            assert_eq!(changed, theirs.changed(&ours));
        };
        check(&[], &[], &[]);
        check(&[("a", "1"), ("b", "2")], &[("a", "1"), ("b", "2")], &[]);
        check(&[("a", "1"), ("b", "2")], &[("a", "1"), ("b", "3")], &["b"]);
        check(&[("a", "1"), ("c", "2")], &[("b", "1"), ("c", "2"), ("d", "")], &["a", "b", "d"]);
    }

    #[test]
    fn parts_do_not_run_into_one_another() {
        assert_ne!(Digest::of_parts([&b"ab"[..], b"c"]), Digest::of_parts([&b"a"[..], b"bc"]));
        assert_eq!(Digest::of(b"").short(8), "e3b0c442");
    }

    #[test]
    fn digests_are_read_as_they_are_written() {
        let digest = Digest::of(b"a");
        assert_eq!(Digest::parse(&digest.to_string()), Some(digest));
        for wrong in ["", "00", &digest.to_string().to_uppercase(), &format!("+{}", &digest.to_string()[1..])] {
            assert_eq!(Digest::parse(wrong), None, "{wrong}");
        }
    }
}
