//! The pages of a site: what may be seen → views → templates → bytes.
//!
//! 1. [`World::read`] reads the files, finds what is wrong, and knows every address.
//! 2. [`World::render`] builds the view of one page (`page/`) with the pieces of `cards` and `frame`.
//! 3. `theme` renders it. Views are the contract with theme authors; see `view`.

mod addresses;
mod ahead;
mod brand;
mod cards;
mod concerned;
mod consultation;
mod declared;
mod decor;
mod frame;
mod learn;
mod memo;
mod names;
mod page;
mod read;
mod reasons;
mod record;
mod searched;
mod states;
mod theme;
mod timetable;
pub mod view;
mod world;

pub use addresses::Addresses;
pub use ahead::Ahead;
pub use memo::{Compared, Memo, Reading};
pub use reasons::Stubs;
pub use record::{Asked, Publication, Refused};
pub use searched::{Piece, Searched};
pub use world::{Options, Outcome, World};
