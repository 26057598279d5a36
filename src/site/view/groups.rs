//! Views of the groups of readers, and of what concerns them.

use super::Link;
use serde::Serialize;

/// A group of readers, as `site.toml` names it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Group {
    /// As `data-for` names it: `dental`.
    pub name: String,
    /// `Dental practices`.
    pub title: String,
    /// Who belongs to it, in a sentence.
    pub about: Option<String>,
}

/// What of a document concerns one group.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Concern {
    /// The group.
    pub group: Group,
    /// Whether the text of the page as a whole says that it concerns the group.
    pub whole: bool,
    /// What the document means for it, in the document's own words.
    pub means: Option<String>,
    /// The chapters and sections that say that they concern it.
    pub parts: Vec<Link>,
}
