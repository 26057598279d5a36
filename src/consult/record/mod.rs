//! What a seal covers, and how a draft differs from what was sealed.
//!
//! [`Sealed`] is a draft in the form that its seal covers: a text with the title, the digests of the figures and
//! attachments, and the words of the draft, which readers can download and whose SHA-256 is the seal. The record that
//! holds the seals is [`crate::paper::Lock`]. [`differences`] says how a draft differs from what was sealed.

mod differences;
mod sealed;

pub use differences::{Difference, between, differences};
pub use sealed::{Block, Head, Part, Sealed, blocks, names_of};
