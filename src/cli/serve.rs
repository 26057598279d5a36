//! `greenpaper serve`: the site in a browser while it is being written.

use super::site::{SiteArgs, prefix};
use super::terminal::Teller;
use super::view::{View, ViewArgs};
use super::{Failure, terminal};
use crate::preview::{self, Plan};
use std::time::Duration;

/// Show the site in a browser, and again after every change
///
/// Drafts that are not published yet are shown too, unless --as-of or --visible-to say what to show.
/// Only this machine can read the pages, unless --host says otherwise.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  greenpaper serve --open
  greenpaper serve --visible-to board        as the audience `board` will see it
  greenpaper serve --as-of 2021-10-01        as everybody will see it at the end of that day
  greenpaper serve --poll=500                where the system tells of no changes")]
pub(super) struct Args {
    #[command(flatten)]
    site: SiteArgs,
    /// The name or address of this machine to listen on; any but 127.0.0.1 lets other machines read the pages
    #[arg(long, value_name = "HOST", default_value = "127.0.0.1")]
    host: String,
    /// The port [default: the first free one from 4040]
    #[arg(long, value_name = "N")]
    port: Option<u16>,
    /// Open the front page in a browser
    #[arg(long)]
    open: bool,
    /// Look for changes every so many milliseconds, instead of being told of them
    #[arg(long, value_name = "MS", num_args = 0..=1, require_equals = true, default_missing_value = "300")]
    #[arg(value_parser = clap::value_parser!(u64).range(10..=60_000))]
    poll: Option<u64>,
    #[command(flatten)]
    view: ViewArgs,
}

/// Carries the command out.
pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let site = args.site.folder()?;
    let unpublished = args.view.as_of.is_none() && args.view.visible_to.is_none();
    let view = View { args: args.view.clone(), unpublished, ..View::default() };
    let prefix = prefix(&site);
    let teller = Teller::default();
    let plan = Plan {
        site,
        host: args.host.clone(),
        port: args.port,
        poll: args.poll.map(Duration::from_millis),
        options: Box::new(move |tree| view.options(tree).map_err(Failure::into_words)),
        report: Box::new(move |found, stopped| teller.tell(found, stopped, &prefix)),
    };
    let server = preview::Server::start(plan).map_err(Failure::stop)?;
    terminal::print(&format!("{}\n", server.url()));
    terminal::say(&format!("Changes are {}. Stop with Ctrl-C.", server.way()));
    if !server.is_private() {
        terminal::say("Warning: other machines can read these pages, with drafts that are not published.");
    }
    if args.open && !preview::open(&server.url()) {
        terminal::say("No program to open a browser was found: open the address above yourself.");
    }
    server.until_stopped().map_err(Failure::stop)
}
