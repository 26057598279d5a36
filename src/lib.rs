//! **greenpaper** renders papers that are still being argued over into a versioned static site that
//! shows what changed between successive drafts, and why.
//!
//! Data flows one way, with input and output only at both ends:
//!
//! ```text
//! files ─ disk → Tree ─ paper → Archive ─ visible(lens) → Site ─ routes → render → bytes ─ disk → public/
//!                      (text → Body, Body × Body → Comparison where a page needs them, memoised by digest)
//! ```
//!
//! Modules stand below in the order of their layers: each imports only from those above it, which
//! `tests/layers.rs` holds. Everything down to [`site`] is the core: no files, clock, environment or
//! randomness.
//!
//! | to change | go to |
//! |---|---|
//! | the words of an error, or a rule's severity | the place that reports it; [`diag`] for the table of rules |
//! | a key of `site.toml` | [`config::keys`] |
//! | the words of pages | `themes/default/words/en.ftl`; how they are put together: [`words`] |
//! | what Markdown means, how a block is numbered or written | [`markdown`] |
//! | how two drafts are compared, marked, summed up | [`diff`] |
//! | a key of front matter | [`paper::keys`] |
//! | how drafts follow one another, who sees what when | [`paper`] |
//! | the states of rounds and votes | [`consult`] |
//! | an address | [`routes`] |
//! | where links may lead | [`check`] |
//! | what a page shows | [`site`]: its view in `site::view`, its looks in `themes/default` |
//! | how files are read, written, swapped in | [`disk`] |
//! | what a search finds | [`site::Searched`]; how it is indexed: [`search`] |
//! | the preview and its reloading | [`preview`] |
//! | a command or an option | [`cli`] |
#![warn(missing_docs)]
#![cfg_attr(not(test), warn(clippy::disallowed_methods, clippy::disallowed_types, clippy::disallowed_macros))]

pub mod diag;
pub mod path;
pub mod tree;

pub mod config;

pub mod words;

pub mod markdown;

pub mod diff;

pub mod paper;

pub mod facts;

pub mod consult;

pub mod routes;

pub mod check;

pub mod site;

pub mod disk;

pub mod search;

pub mod report;

pub mod preview;

pub mod cli;
