//! What holds for a consultation, worked out from what its papers say.

pub mod quotations;
pub mod reasons;
pub mod record;
pub mod states;
