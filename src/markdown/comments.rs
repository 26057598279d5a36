//! The comments that say something to the site. All others are remarks of their author, and no page shows any.
//!
//! What they say is read where it is needed; each is known by its word here, and `MANUAL.md` lists them from this
//! table.

/// A comment that is read.
#[derive(Debug, PartialEq, Eq)]
pub struct Comment {
    /// The word that it begins with.
    pub word: &'static str,
    /// What it says.
    pub about: &'static str,
    /// One as it may stand in a text.
    pub example: &'static str,
}

/// Whom a section or a block concerns.
pub const FOR: Comment = Comment {
    word: "for",
    about: "Behind a heading: the groups of `site.toml` that its section concerns; behind another block: those that \
            the block does. The nearest one holds.",
    example: "<!-- for: residents, traders -->",
};

/// Why something changed.
pub const WHY: Comment = Comment {
    word: "why",
    about: "Behind a block, or a heading for its section: why it changed, and the feedback that led to it. `editorial` says \
            that nothing new is said, which `check` refuses where a word that binds, a number, a date or a term changed.",
    example: "<!-- why (F1, F3): seven hubs were thought too few -->",
};

/// Where a page of a letter begins.
pub const PAGE: Comment = Comment {
    word: "page",
    about: "In a letter: its second page begins here; `#page-2` leads to it.",
    example: "<!-- page 2 -->",
};

/// All of them, in the order of the manual.
pub static COMMENTS: [Comment; 3] = [FOR, WHY, PAGE];

/// The page that begins at a comment such as `<!-- page 3 -->`.
pub fn page(comment: &str) -> Option<u32> {
    comment.trim().strip_prefix(PAGE.word)?.strip_prefix(' ')?.trim().parse().ok()
}
