//! What a seal covers, and how a draft differs from what was sealed.
//!
//! [`Form`] is a draft as a text with its title, who holds what, and the digests of figures and attachments; readers can
//! download it, and its SHA-256 is the seal. [`Sealed`] is the same with its blocks. The record that holds the seals is
//! [`crate::paper::Lock`]. [`differences`] says how a draft differs from what was sealed.

mod differences;
mod form;
mod sealed;

pub use differences::{Difference, between, differences};
pub use form::{ChapterHead, Form, Part};
pub use sealed::{Block, Sealed, names_of};
