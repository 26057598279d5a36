//! The record: what was published when, sealed so that a change of it is seen.
//!
//! [`Sealed`] is a draft in the form that its seal covers: a text with the title, the digests of the figures and
//! attachments, and the words of the draft, which readers can download and whose SHA-256 is the seal. [`Lock`] is the
//! record of a document, a file that is only ever added to: each [`Entry`] holds the seal of a draft, of each of its
//! blocks, and the seal of the entry before it. [`differences`] says how a draft differs from what was sealed.
//!
//! The seals hold no key. They show that something changed to whoever has an earlier seal, and prove nothing to whoever
//! got all of it from one hand.

mod differences;
mod lock;
mod sealed;
mod written;

pub use differences::{Difference, differences};
pub use lock::{Act, Entry, Event, Lock};
pub use sealed::{Block, Part, Sealed, blocks, names_of};
