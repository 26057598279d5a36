//! `greenpaper completions`: what a shell needs to complete commands, options and their values.

use super::{Failure, command, terminal};
use clap_complete::{Shell, generate};

/// Print what a shell needs to complete commands, options and their values
///
/// The examples put it where each shell looks for it, once that folder is there; a new shell then knows it. For zsh,
/// ~/.zshrc needs a line `fpath+=~/.zfunc` above the one with `compinit`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  greenpaper completions bash > ~/.local/share/bash-completion/completions/greenpaper
  greenpaper completions zsh > ~/.zfunc/_greenpaper
  greenpaper completions fish > ~/.config/fish/completions/greenpaper.fish
  greenpaper completions powershell >> $PROFILE
  greenpaper completions elvish >> ~/.config/elvish/rc.elv")]
pub(super) struct Args {
    /// For which shell
    #[arg(value_enum)]
    shell: Shell,
}

/// Carries the command out.
pub(super) fn run(args: &Args) -> Result<(), Failure> {
    terminal::print(&script(args.shell));
    Ok(())
}

fn script(shell: Shell) -> String {
    let mut script = Vec::new();
    generate(shell, &mut command(), "greenpaper", &mut script);
    let script = String::from_utf8_lossy(&script).into_owned();
    if shell == Shell::Fish { script + &first_words() } else { script }
}

/// What fish is to offer behind a command whose first word is one of a list: clap_complete lists values of options
/// alone there.
fn first_words() -> String {
    let commands = command();
    let with_values = commands.get_subcommands().filter_map(|command| {
        let first = command.get_positionals().next()?.get_possible_values();
        let values = first.iter().map(|value| value.get_name()).collect::<Vec<_>>().join(" ");
        let name = command.get_name();
        let here = format!("__fish_greenpaper_using_subcommand {name}; and not __fish_seen_subcommand_from {values}");
        (!values.is_empty()).then(|| format!("complete -c greenpaper -n \"{here}\" -f -a \"{values}\"\n"))
    });
    with_values.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shell_is_told_of_every_command_and_option() {
        for shell in [Shell::Bash, Shell::Zsh, Shell::Fish, Shell::PowerShell, Shell::Elvish] {
            let script = script(shell);
            for command in command().get_subcommands() {
                assert!(script.contains(command.get_name()), "{shell}: {command}");
                for option in command.get_arguments().filter_map(|argument| argument.get_long()) {
                    assert!(script.contains(option), "{shell}: {command} --{option}");
                }
            }
        }
    }

    #[test]
    fn fish_knows_the_function_that_is_asked() {
        let script = script(Shell::Fish);
        assert!(script.contains("function __fish_greenpaper_using_subcommand\n"));
        assert!(script.contains("-f -a \"proposal letter strategy update page draft\"\n"), "{}", first_words());
    }

    #[test]
    fn values_that_can_be_listed_are() {
        for shell in [Shell::Bash, Shell::Zsh, Shell::Fish] {
            for value in ["proposal", "strategy", "github", "powershell"] {
                assert!(script(shell).contains(value), "{shell}: {value}");
            }
        }
    }
}
