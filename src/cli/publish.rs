//! `greenpaper publish`: publication day, and what may be done to a text after it.

mod plan;
mod refusals;
mod told;

use super::site::{SiteArgs, prefix};
use super::when::When;
use super::{Failure, build, terminal, zip};
use crate::disk::{self, Output};
use crate::facts::MARK;
use crate::paper::Act;
use crate::tree::Tree;
use plan::Plan;
use std::io::{self, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

/// Publish a draft: check it, seal it, record it, build the site
///
/// The day goes into the front matter of the draft, and the seal into `published.lock` beside it (`NAME.lock` beside a
/// letter or an update). From then on `build` refuses a text that is not what was sealed. Before anything is written,
/// what will appear and change is shown, and what is still missing.
///
/// A draft that is recorded for a day to come can be published again, with another text or another day, until that day.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  greenpaper publish opening-hours@draft-2                    today, or on the day that it names
  greenpaper publish opening-hours@draft-2 --at 2021-10-01    on a day to come
  greenpaper publish opening-hours@draft-2 --zip papers.zip   for a web team
  greenpaper publish opening-hours@draft-2 --correct --note \"The hall is at 7, not 9.\"
  greenpaper publish opening-hours@draft-2 --remove --note \"It named a person.\"

A letter or an update has one draft: reply@draft-1. Drafts that change together, such as by a
figure that both show, are named one after the other.")]
#[command(group(clap::ArgGroup::new("later").args(["correct", "remove"])))]
pub(super) struct Args {
    #[command(flatten)]
    site: SiteArgs,
    /// The draft, or several, as DOCUMENT@DRAFT
    #[arg(required = true, value_name = "DRAFT")]
    drafts: Vec<String>,
    /// The day on which it comes out, or a moment; of a correction, when it was made
    #[arg(long, value_name = "WHEN")]
    at: Option<When>,
    /// Record a change of what was published; the earlier words stay readable
    #[arg(long)]
    correct: bool,
    /// Record that words were taken down, and keep none of them: take them out of the file, or remove the file, first
    #[arg(long)]
    remove: bool,
    /// Why, in a sentence that readers will see; needed for what is out
    #[arg(long, value_name = "TEXT", requires = "later", value_parser = note)]
    note: Option<String>,
    /// Pack the pages, with a page for the web team that is to put them online
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    zip: Option<PathBuf>,
    /// Do not ask
    #[arg(long)]
    yes: bool,
    /// The folder for the pages [default: public/ in the site]
    #[arg(long, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    out: Option<PathBuf>,
}

/// Carries the command out.
pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let site = args.site.folder()?;
    let out = args.out.clone().unwrap_or_else(|| site.join("public"));
    // What would stop the build is told before anything is recorded.
    drop(Output::of(&site, &out)?.stage()?);
    args.zip.as_ref().map_or(Ok(()), |file| zip::check(file, &out, &site))?;
    let tree = read(&site)?;
    let plan = Plan::of(args, &tree, (&prefix(&site), &out))?;
    terminal::print(&plan.before);
    confirm(args)?;
    if read(&site)? != tree {
        return Err(Failure::stop("nothing was written: a file of the site was changed while you were asked")
            .hint("run the same again"));
    }
    disk::replace_all(&plan.files(&site))?;
    build::public(&site, &out, &plan.tree, args.zip.as_deref())?;
    terminal::print(&plan.after);
    Ok(())
}

impl Args {
    fn act(&self) -> Act {
        match (self.correct, self.remove) {
            (true, _) => Act::Corrected,
            (_, true) => Act::Removed,
            _ => Act::Published,
        }
    }
}

fn read(site: &Path) -> Result<Tree, Failure> {
    disk::Reader::new(site)?.read().map_err(|unread| Failure::from_all(&unread.errors))
}

/// A note that readers will see says something.
fn note(text: &str) -> Result<String, String> {
    let note = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let says = note.chars().filter(|c| c.is_alphanumeric()).count() > 3 && !note.starts_with(MARK);
    match says {
        true => Ok(note),
        false => Err("say in a sentence what readers are to know: \"The hall is at 7, not 9.\"".to_owned()),
    }
}

/// Asks whether it is to be done.
fn confirm(args: &Args) -> Result<(), Failure> {
    if args.yes {
        return Ok(());
    }
    if !io::stdin().is_terminal() {
        return Err(Failure::stop("nothing was written: nobody is here to be asked").hint("add --yes"));
    }
    let _ = write!(io::stderr().lock(), "Go ahead? [y/N] ");
    let mut answer = String::new();
    let read = io::stdin().read_line(&mut answer);
    match read.is_ok() && matches!(answer.trim().to_lowercase().as_str(), "y" | "yes") {
        true => Ok(()),
        false => Err(Failure::stop("nothing was written")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_says_something() {
        assert_eq!(note(" The hall\nis at 7. ").as_deref(), Ok("The hall is at 7."));
        for text in ["", " ", "…", "...", "why", "To be written", "To be written: why"] {
            assert!(note(text).is_err(), "{text:?}");
        }
    }
}
