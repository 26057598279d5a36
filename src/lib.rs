//! greenpaper
pub mod diag;
pub mod path;
pub mod tree;
pub mod config;
pub mod markdown;
pub mod diff;
pub mod paper;
