//! Text → [`Body`] → HTML: the dialect, blocks, inlines, ids and numbers.
//!
//! 1. [`parse`] turns the text of a file into a tree of blocks; it cannot fail.
//! 2. [`number`] says what the blocks of a body are cited by.
//! 3. [`whole`] joins the texts of a draft in chapters.
//! 4. [`Writer`] writes blocks as HTML; a [`Decor`] supplies what depends on the page: addresses, ids,
//!    numbers, marks. Without decor the HTML is that of pulldown-cmark's own writer.

mod body;
pub mod comments;
mod ids;
pub mod number;
mod parse;
mod raw;
pub mod reasons;
mod uncommented;
pub mod whole;
mod write;

pub use body::{Alert, Align, Block, BlockKind, Body, Children, Image, Inline, Ix, Reference, Remark, Wrap, plain};
pub use comments::{COMMENTS, page};
pub use ids::is_number;
pub use parse::{Dialect, EXTENSIONS, Extension, parse};
pub use raw::tags::{decoded, encoded, name_of, texts_and_tags};
pub use raw::{ATTRIBUTES, EVERYWHERE, FLOW, PHRASING, VOID, is_safe};
pub use uncommented::without_comments;
pub use write::{Attrs, Bare, Decor, Mark, Side, Spot, Writer, escape, token};
