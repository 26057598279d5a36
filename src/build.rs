//! Run by cargo before the program is compiled: of which commit, and of which day, `greenpaper --version` tells.
//!
//! In: `.git` beside `Cargo.toml`, be it a folder or, in a worktree, a file that names one. Out: the variable
//! `GREENPAPER_VERSION`, such as `0.1.0 (a92437d 2026-11-24)`; where there is no git, the version alone. It never
//! fails, asks no clock, so that a commit always gives the same words, and runs again only when `HEAD` or the branch
//! that it names has moved.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

fn main() {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let head = Head::of(&root);
    // Where nothing is named cargo would run this after every change of any file.
    println!("cargo::rerun-if-changed=src/build.rs");
    for path in &head.read {
        println!("cargo::rerun-if-changed={}", path.display());
    }
    let version = env::var("CARGO_PKG_VERSION").unwrap_or_default();
    println!("cargo::rustc-env=GREENPAPER_VERSION={}", version_of(&version, &root, &head));
}

/// The version with its commit and day, as far as they are known.
pub fn version_of(version: &str, root: &Path, head: &Head) -> String {
    let Some(commit) = &head.commit else { return version.to_owned() };
    let short = commit.get(..7).unwrap_or(commit);
    let day = day(root, commit).map_or(String::new(), |day| format!(" {day}"));
    format!("{version} ({short}{day})")
}

/// What is checked out.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// The commit, in hexadecimal digits.
    pub commit: Option<String>,
    /// The files and folders that say so: when one of them changes, it may be another.
    pub read: Vec<PathBuf>,
}

impl Head {
    /// What is checked out in a folder; nothing where it is none of git's.
    pub fn of(root: &Path) -> Head {
        let mut head = Head::default();
        let Some(own) = git_folder(root) else { return head };
        let common = named(&own.join("commondir"), "").map_or_else(|| own.clone(), |path| own.join(path));
        let mut next = fs::read_to_string(own.join("HEAD")).unwrap_or_default();
        if root.join(".git").is_file() {
            head.watch(root, ".git");
        }
        head.watch(&own, "HEAD");
        // A name may lead to another one, though hardly ever further.
        for _ in 0..5 {
            let Some(name) = next.trim().strip_prefix("ref:").map(|name| name.trim().to_owned()) else { break };
            let folder = if own.join(&name).is_file() { &own } else { &common };
            head.watch(folder, &name);
            next = fs::read_to_string(folder.join(&name)).ok().or_else(|| packed(&common, &name)).unwrap_or_default();
            head.watch(&common, "packed-refs");
        }
        let commit = next.trim();
        let is_commit = matches!(commit.len(), 40 | 64) && commit.bytes().all(|byte| byte.is_ascii_hexdigit());
        head.commit = is_commit.then(|| commit.to_owned());
        head
    }

    /// Notes a file below a folder; one that is not there would count as changed for ever, so the folder in which
    /// it would appear stands for it.
    fn watch(&mut self, folder: &Path, name: &str) {
        let path = folder.join(name);
        let there = path.ancestors().take_while(|path| *path != folder).find(|path| path.exists());
        self.read.extend(there.map(Path::to_owned).filter(|path| !self.read.contains(path)));
    }
}

/// The folder that holds `HEAD`: `.git`, or what a file of that name leads to.
fn git_folder(root: &Path) -> Option<PathBuf> {
    let git = root.join(".git");
    let folder = if git.is_file() { root.join(named(&git, "gitdir:")?) } else { git };
    folder.join("HEAD").is_file().then_some(folder)
}

/// What a file of one line says behind a word.
fn named(file: &Path, word: &str) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    Some(text.trim().strip_prefix(word)?.trim().to_owned())
}

/// The commit of a branch that has no file of its own.
fn packed(common: &Path, name: &str) -> Option<String> {
    let text = fs::read_to_string(common.join("packed-refs")).ok()?;
    let mut lines = text.lines().filter_map(|line| line.split_once(' '));
    lines.find(|(_, own)| *own == name).map(|(commit, _)| commit.to_owned())
}

/// The day of a commit as it stands in it, where git is there to read it.
fn day(root: &Path, commit: &str) -> Option<String> {
    let mut git = Command::new("git");
    git.arg("-C").arg(root).args(["-c", "log.showSignature=false", "show", "-s", "--format=%cs", commit]);
    let said = git.output().ok().filter(|said| said.status.success())?;
    let day = String::from_utf8(said.stdout).ok()?.trim().to_owned();
    let is_day = day.len() == 10 && day.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    is_day.then_some(day)
}
