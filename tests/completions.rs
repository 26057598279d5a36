//! What a shell completes, asked of the shell itself: `bash` with what `greenpaper completions bash` prints.
#![allow(clippy::disallowed_methods, reason = "runs the program and a shell")]

use std::process::Command;

/// The words that bash offers for the last of a line.
#[track_caller]
fn check(line: &str, expected: &[&str]) {
    let script = Command::new(env!("CARGO_BIN_EXE_greenpaper")).args(["completions", "bash"]).output().unwrap();
    let ask = "COMP_WORDS=($LINE); [ \"${LINE% }\" = \"$LINE\" ] || COMP_WORDS+=('')
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); COMP_LINE=$LINE
        _greenpaper greenpaper \"${COMP_WORDS[COMP_CWORD]}\" \"${COMP_WORDS[COMP_CWORD-1]}\"
        printf '%s\\n' \"${COMPREPLY[@]}\"";
    let script = format!("{}\n{ask}", String::from_utf8(script.stdout).unwrap());
    let said = Command::new("bash").args(["--norc", "-c", &script]).env("LINE", line).output().unwrap();
    let told = String::from_utf8(said.stdout).unwrap();
    let words: Vec<_> = told.lines().collect();
    assert_eq!(words, expected, "{line}: {}", String::from_utf8_lossy(&said.stderr));
}

#[test]
fn commands_are_completed() {
    check("greenpaper ch", &["check"]);
    check("greenpaper se", &["serve"]);
}

#[test]
fn options_are_completed() {
    check("greenpaper build --un", &["--unpublished"]);
    check("greenpaper new --op", &["--option"]);
}

#[test]
fn values_are_completed() {
    check("greenpaper new pr", &["proposal"]);
    check("greenpaper check --format g", &["github"]);
    check("greenpaper diff --format ", &["text", "html", "json"]);
    check("greenpaper completions z", &["zsh"]);
}
