//! The rules that need to know the whole site: findings on texts that can each be read.

pub mod abbreviations;
pub mod brand;
pub mod comments;
pub mod dates;
pub mod external;
pub mod feedback;
pub mod groups;
pub mod links;
pub mod placeholders;
pub mod quotations;
pub mod statement;
mod years;
