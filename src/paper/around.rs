//! The other files of a site, as the front matter of a document may ask for them.
//!
//! In: a tree. Out: whether a path is there, and what lies below a folder; and afterwards whether anything was
//! asked, since what a document says then depends on more than its own files.

use crate::path::SitePath;
use crate::tree::Tree;
use std::cell::Cell;

/// The paths of a site, and whether they were asked for.
pub(super) struct Around<'a> {
    tree: &'a Tree,
    asked: Cell<bool>,
}

impl<'a> Around<'a> {
    pub(super) fn new(tree: &'a Tree) -> Self {
        Around { tree, asked: Cell::new(false) }
    }

    /// Whether the site has a file there.
    pub(super) fn has(&self, path: &SitePath) -> bool {
        self.asked.set(true);
        self.tree.get(path).is_some()
    }

    /// The paths below a folder, in order.
    pub(super) fn below<'f>(&'f self, folder: &'f SitePath) -> impl Iterator<Item = &'f SitePath> {
        self.asked.set(true);
        self.tree.below(folder).map(|(path, _)| path)
    }

    /// Whether anything was asked so far.
    pub(super) fn was_asked(&self) -> bool {
        self.asked.get()
    }
}
