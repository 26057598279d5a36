//! The words of labels beside marks.

use crate::markdown::Ix;
use std::collections::{BTreeMap, BTreeSet};

/// The words of labels beside marks where they are not those of an older and a newer draft. They are not
/// text of the document.
#[derive(Clone, Debug, Default)]
pub struct Labels {
    /// At the older end of a move.
    pub moved_away: Option<String>,
    /// At the newer end.
    pub moved_here: Option<String>,
    /// At a block that only the older text has; none where its sign says enough.
    pub only_old: Option<String>,
    /// At a block that only the newer text has.
    pub only_new: Option<String>,
    /// Markup around changes at the top, by their ids: inside their boxes, before and behind the text.
    pub around: BTreeMap<String, (String, String)>,
    /// Attributes of the boxes of changes at the top, by their ids: ` data-for="dental"`.
    pub attributes: BTreeMap<String, String>,
    /// Headings of the newer text below which nothing changed.
    pub quiet: BTreeSet<Ix>,
    /// Of each part of the comparison that has a page of its own; empty where they share one.
    pub parts: Vec<PartLabels>,
}

/// What a page says of a move from or to a part that is shown on another.
#[derive(Clone, Debug, Default)]
pub struct PartLabels {
    /// Where the part is shown.
    pub href: String,
    /// At what moved there.
    pub moved_away: String,
    /// At what moved here from it.
    pub moved_here: String,
}
