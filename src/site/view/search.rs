//! The view of the search.

use super::Frame;
use serde::Serialize;

/// A value that a search can be narrowed to.
#[derive(Clone, Debug, Serialize)]
pub struct Choice {
    /// As the index has it: `proposal`, `open`.
    pub name: &'static str,
    /// For readers: `Proposal`, `Open for comments`.
    pub text: String,
}

/// `search.html`: the search. A script asks the index, which is at `bundle`; everything else is a plain page.
#[derive(Clone, Debug, Serialize)]
pub struct SearchView {
    /// What every page has.
    pub frame: Frame,
    /// The address of the index's script, a module.
    pub bundle: String,
    /// The kinds of document that the site has, in the order of the navigation.
    pub kinds: Vec<Choice>,
    /// The states that rounds of the site are in.
    pub states: Vec<Choice>,
    /// Whether the site has drafts that are not the newest.
    pub earlier: bool,
}
