//! The preview: a site in a browser on this machine while it is being written.
//!
//! 1. [`Lookout`]: waits for the folder to differ from what was read last, and reads it again.
//! 2. `sight`: the site as its files are now, with files that are wrong held back.
//! 3. `state`: what is shown, and the pages that are open in a browser and want news.
//! 4. `server`: pages rendered when a browser asks: the same bytes that `build` writes, but for what `inject` adds:
//!    live reload, the `panel` of what is wrong and still to be done, and on drafts a button that shows their
//!    `changes` in place.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "the edge: answers browsers and waits for files to change"
)]

mod changes;
mod edited;
mod guard;
mod inject;
mod panel;
mod paths;
mod server;
mod sight;
mod state;
mod watch;

pub use server::{Plan, Server};
pub use sight::SeenAs;
pub use state::Report;
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
