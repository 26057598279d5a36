//! Papers: `Tree` → `Archive` → what may be seen, a `Site`.
//!
//! 1. `layout` sorts files by their paths, `names` judges their names, `duplicates` settles what is there twice. 2. `document` reads the files of a
//!    document: `front_matter` finds the keys, `yaml` reads them, `fields` types them by the tables of
//!    `keys`, `rounds`, `vote` and `follows` fit drafts together. 3. `visible` leaves out what may not be seen.
//!    Apart from that, `key_changes` compares the front matter of any two texts.

mod advice;
mod around;
mod comments;
mod consultation;
mod dates;
mod document;
mod duplicates;
mod entries;
mod feedback;
mod fields;
mod follows;
mod front_matter;
mod functions;
mod glossary;
mod key_changes;
pub mod keys;
mod layout;
mod lineage;
mod lock;
mod model;
mod names;
mod outline;
mod owner;
mod read;
mod rounds;
#[cfg(test)]
mod sample;
mod values;
mod visible;
mod vote;
mod written;
mod yaml;

pub use front_matter::body_of;
pub use glossary::{Term, TermLink};
pub use key_changes::key_changes;
pub use lock::{Act, Contents, Deed, Entry, Lock, quoted, unquoted};
pub use model::*;
pub use owner::Owner;
pub use read::Archive;
pub use visible::{Lens, Site, place_of};
pub use written::Step;
