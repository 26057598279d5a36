//! The view of who holds what.

use serde::Serialize;

/// A function that a draft is about, with who holds it.
#[derive(Clone, Debug, Serialize)]
pub struct FunctionRow {
    /// What it is.
    pub what: String,
    /// Who holds it today.
    pub today: Option<String>,
    /// Who would hold it by the draft; none while that is open, and where the draft no longer names it.
    pub holder: Option<String>,
    /// How it differs from the draft that it is compared with: `added`, `removed`, `edited`; none where it does not.
    pub change: Option<&'static str>,
    /// Who would have held it by that draft.
    pub before: Option<String>,
    /// Who held it, as that draft said.
    pub today_before: Option<String>,
}
