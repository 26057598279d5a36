//! The command line: words → one of the commands, and what became of it → an exit status.
//!
//! In: the arguments of the process. Out: results on standard output, everything else on standard error,
//! and 0 (done), 1 (the content has errors) or 2 (wrong usage, or the system failed). Each command is a
//! file of its own.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "the edge: arguments, environment, clock, output"
)]

mod build;
mod check;
mod completions;
mod diff;
mod init;
mod named;
mod new;
mod new_draft;
mod pages;
mod publish;
mod reasons;
mod record;
mod scaffold;
mod serve;
mod site;
mod terminal;
mod verify;
mod view;
#[cfg(feature = "external")]
mod web;
mod when;
mod zip;

use crate::disk::DiskError;
use clap::{CommandFactory as _, Parser, Subcommand};
use std::process::ExitCode;

/// Static sites for papers that are still being argued over: every draft, what changed, and why.
#[derive(Debug, Parser)]
#[command(name = "greenpaper", version = env!("GREENPAPER_VERSION"), max_term_width = 100)]
#[command(
    arg_required_else_help = true,
    after_help = "Examples:
  greenpaper init papers                     a small site to begin with
  greenpaper serve --open                    look at it in a browser while you write
  greenpaper new draft proposals/parking     the next draft of a paper
  greenpaper check                           everything that is wrong, before a reader sees it
  greenpaper build                           the site, in public/

Exit status: 0 done, 1 the content has errors, 2 wrong usage, or the system failed.

`greenpaper help COMMAND` tells more of a command. README.md leads through a first consultation, and \
MANUAL.md says all that site.toml, front matter and texts may hold; both lie beside the source."
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Init(init::Args),
    New(new::Args),
    Build(build::Args),
    Serve(serve::Args),
    Check(check::Args),
    Diff(diff::Args),
    Reasons(reasons::Args),
    Publish(publish::Args),
    Verify(verify::Args),
    Completions(completions::Args),
}

/// Why a command came to no good end.
#[derive(Debug)]
enum Failure {
    /// The content has errors, which have been shown.
    Content,
    /// Wrong usage, or the system failed: what happened, and what to do about it.
    Stop { message: String, hint: Option<String> },
}

impl Failure {
    fn stop(message: impl Into<String>) -> Failure {
        Failure::Stop { message: message.into(), hint: None }
    }

    /// Several failures of the disk at once, none left out.
    fn from_all(errors: &[DiskError]) -> Failure {
        let lines: Vec<_> = errors.iter().map(DiskError::to_string).collect();
        Failure::stop(lines.join("\nerror: "))
    }

    /// The failure in one text.
    fn into_words(self) -> String {
        match self {
            Failure::Content => "the content has errors".to_owned(),
            Failure::Stop { message, hint } => hint.map_or(message.clone(), |hint| format!("{message}: {hint}")),
        }
    }

    fn hint(self, text: impl Into<String>) -> Failure {
        match self {
            Failure::Stop { message, .. } => Failure::Stop { message, hint: Some(text.into()) },
            content => content,
        }
    }
}

impl From<DiskError> for Failure {
    fn from(error: DiskError) -> Self {
        Failure::stop(error.to_string())
    }
}

/// Every command with its options, as `--help`, completions and the manual tell of them.
pub fn command() -> clap::Command {
    Cli::command()
}

/// Carries out what the arguments of this process ask for.
pub fn run() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Init(args) => init::run(&args),
        Command::New(args) => new::run(&args),
        Command::Build(args) => build::run(&args),
        Command::Serve(args) => serve::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Diff(args) => diff::run(&args),
        Command::Reasons(args) => reasons::run(&args),
        Command::Publish(args) => publish::run(&args),
        Command::Verify(args) => verify::run(&args),
        Command::Completions(args) => completions::run(&args),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Content) => ExitCode::from(1),
        Err(Failure::Stop { message, hint }) => {
            terminal::say(&terminal::trouble(&message, hint.as_deref()));
            ExitCode::from(2)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(line: &str) -> i32 {
        Cli::try_parse_from(line.split(' ')).map_or_else(|error| error.exit_code(), |_| 0)
    }

    #[test]
    fn the_arguments_contradict_nothing() {
        command().debug_assert();
    }

    #[test]
    fn commands_are_read() {
        for line in [
            "greenpaper init papers",
            "greenpaper new letter reply",
            "greenpaper new draft proposals/representation --option b",
            "greenpaper build --site . --out x --base-url https://example.org --as-of 2021-10-01 --unpublished",
            "greenpaper build --visible-to board --out x --portable --watch",
            "greenpaper serve --port 4000 --open --poll --as-of 2021-10-01T09:00+01:00 --visible-to board",
            "greenpaper serve --poll=200",
            "greenpaper check --format github",
            "greenpaper diff a.md b.md --format json",
            "greenpaper completions fish",
        ] {
            assert_eq!(status(line), 0, "{line}");
        }
    }

    #[test]
    fn wrong_usage_is_status_2() {
        for line in [
            "greenpaper publish",
            "greenpaper build --as-of yesterday",
            "greenpaper build --as-of 2021-10-01T9",
            "greenpaper build --base-url example.org",
            "greenpaper build --base-url https://example.org/Entwürfe",
            "greenpaper build --unpublished",
            "greenpaper build --visible-to board",
            "greenpaper check --format xml",
            "greenpaper new thesis x",
            "greenpaper completions csh",
        ] {
            assert_eq!(status(line), 2, "{line}");
        }
    }
}
