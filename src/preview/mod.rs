//! The preview: a site in a browser on this machine while it is being written.
//!
//! 1. [`Lookout`]: waits for the folder to differ from what was read last, and reads it again.
//! 2. `state`: the site as it is now, what is wrong with it, and the pages that were good last.
//! 3. `server`: pages rendered when a browser asks, with live reload; the rest of the program's
//!    output is the same bytes that `build` writes, but for what `inject` adds: live reload, errors, and
//!    on drafts a button that shows their changes in place.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "the edge: answers browsers and waits for files to change"
)]

mod changes;
mod guard;
mod inject;
mod overlay;
mod paths;
mod server;
mod state;
mod watch;

pub use server::{Plan, Server};
pub use state::{Report, SeenAs};
pub use watch::Lookout;

use std::process::{Command, Stdio};

/// Opens an address in the browser of whoever runs the program; false where that cannot be done.
pub fn open(url: &str) -> bool {
    let (program, before): (&str, &[&str]) = match std::env::consts::OS {
        "macos" => ("open", &[]),
        "windows" => ("cmd", &["/c", "start", ""]),
        _ => ("xdg-open", &[]),
    };
    let mut command = Command::new(program);
    command.args(before).arg(url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().is_ok()
}
