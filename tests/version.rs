//! `greenpaper --version` tells the commit that is checked out, wherever git keeps it, and fails for nothing.
#![allow(clippy::disallowed_methods, reason = "makes folders as git does, and runs the program")]

#[allow(dead_code, reason = "its `main` is what cargo runs")]
#[path = "../src/build.rs"]
mod build;

use build::{Head, version_of};
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

const COMMIT: &str = "a92437d000000000000000000000000000000000";

/// A folder with files.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    folder
}

/// What is told of a checkout in a folder, and what it was read from.
fn check(root: &Path, within: &Path, commit: Option<&str>, read: &[&str]) {
    let head = Head::of(root);
    assert_eq!(head.commit.as_deref(), commit);
    let paths: Vec<_> = read.iter().map(|path| within.join(path)).collect();
    let real = |path: &Path| path.canonicalize().unwrap();
    assert_eq!(
        head.read.iter().map(|path| real(path)).collect::<Vec<_>>(),
        paths.iter().map(|path| real(path)).collect::<Vec<_>>()
    );
}

#[test]
fn the_branch_that_is_checked_out_says_the_commit() {
    let one = folder(&[(".git/HEAD", "ref: refs/heads/main\n"), (".git/refs/heads/main", COMMIT)]);
    check(one.path(), one.path(), Some(COMMIT), &[".git/HEAD", ".git/refs/heads/main"]);
}

#[test]
fn a_commit_without_a_branch_says_it_itself() {
    let one = folder(&[(".git/HEAD", COMMIT)]);
    check(one.path(), one.path(), Some(COMMIT), &[".git/HEAD"]);
}

#[test]
fn of_a_branch_that_is_packed_the_folder_is_watched_in_which_its_file_would_appear() {
    let packed = format!("# pack-refs with: peeled\n{COMMIT} refs/heads/main\n^{COMMIT}\n");
    let one = folder(&[
        (".git/HEAD", "ref: refs/heads/main\n"),
        (".git/refs/heads/other", "x"),
        (".git/packed-refs", &packed),
    ]);
    check(one.path(), one.path(), Some(COMMIT), &[".git/HEAD", ".git/refs/heads", ".git/packed-refs"]);
}

#[test]
fn a_worktree_has_a_head_of_its_own_and_the_branches_of_all() {
    let one = folder(&[
        ("main/.git/worktrees/two/HEAD", "ref: refs/heads/two\n"),
        ("main/.git/worktrees/two/commondir", "../..\n"),
        ("main/.git/refs/heads/two", COMMIT),
        ("two/.git", "gitdir: ../main/.git/worktrees/two\n"),
    ]);
    let read = ["two/.git", "main/.git/worktrees/two/HEAD", "main/.git/refs/heads/two"];
    check(&one.path().join("two"), one.path(), Some(COMMIT), &read);
}

#[test]
fn without_git_or_without_a_commit_there_is_the_version_alone() {
    for files in [
        &[("Cargo.toml", "")][..],
        &[(".git", "no folder")],
        &[(".git/HEAD", "ref: refs/heads/.invalid\n"), (".git/reftable/tables.list", "")],
        &[(".git/HEAD", "ref: ref: x\n"), (".git/packed-refs", "\n")],
        &[(".git/HEAD", "")],
    ] {
        let one = folder(files);
        let head = Head::of(one.path());
        assert_eq!(head.commit, None, "{files:?}");
        assert_eq!(version_of("0.1.0", one.path(), &head), "0.1.0", "{files:?}");
    }
}

#[test]
fn a_commit_that_git_does_not_know_has_no_day() {
    let one = folder(&[(".git/HEAD", COMMIT)]);
    assert_eq!(version_of("0.1.0", one.path(), &Head::of(one.path())), "0.1.0 (a92437d)");
}

#[test]
fn the_program_tells_the_commit_that_it_is_built_from() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let said = Command::new(env!("CARGO_BIN_EXE_greenpaper")).arg("--version").output().unwrap();
    let expected = version_of(env!("CARGO_PKG_VERSION"), root, &Head::of(root));
    assert_eq!(String::from_utf8(said.stdout).unwrap(), format!("greenpaper {expected}\n"));
}
