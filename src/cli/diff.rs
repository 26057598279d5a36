//! `greenpaper diff`: what changed between two files, or two drafts.

use super::Failure;
use super::site::SiteArgs;

/// Compare two files, or two drafts of a document
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  greenpaper diff old.md new.md
  greenpaper diff representation@draft-1 representation@draft-2-option-a --format html")]
pub(super) struct Args {
    #[command(flatten)]
    site: SiteArgs,
    /// The earlier text: a Markdown file, or DOCUMENT@DRAFT
    old: String,
    /// The later text
    new: String,
    /// How the comparison is drawn
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// The forms of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For a terminal.
    Text,
    /// The page's own marks.
    Html,
    /// Every change as an object.
    Json,
}

/// Carries the command out.
pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let _ = (&args.site, &args.old, &args.new, args.format);
    Err(Failure::stop("comparing on the command line is not there yet"))
}
