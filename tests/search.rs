//! The search as a build writes it: what lies in the index, and that it comes and goes with the site.
//!
//! What a reader finds with it is seen in a browser: `tests/browser/search.mjs`.
#![cfg(feature = "search")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

const PROGRAM: &str = env!("CARGO_BIN_EXE_greenpaper");

const FILES: [(&str, &str); 5] = [
    ("site.toml", "title = \"Papers\"\nbase_url = \"https://example.org\"\n"),
    ("content/index.md", "---\ntitle: Papers\nsummary: S.\n---\n\nWelcome.\n"),
    ("content/proposals/hubs/index.md", "---\ntitle: Hubs\nsummary: Fewer hubs.\n---\n"),
    ("content/proposals/hubs/draft-1.md", "---\npublished: 2021-08-05\n---\n\n## Costs\n\nForty.\n"),
    ("content/proposals/hubs/draft-2.md", "---\npublished: 2021-09-14\nnote: N.\n---\n\n## Costs\n\nThirty.\n"),
];

struct Site(TempDir);

impl Site {
    fn new() -> Site {
        let site = Site(TempDir::new().unwrap());
        FILES.iter().for_each(|(path, text)| site.put(path, text));
        site
    }

    fn put(&self, path: &str, text: &str) {
        let path = self.0.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn run(&self, threads: &str) -> Output {
        let mut build = Command::new(PROGRAM);
        build.args(["build", "--as-of", "2021-10-01", "--site"]).arg(self.0.path());
        build.env("RAYON_NUM_THREADS", threads).output().unwrap()
    }

    /// Builds, and says in what words it was done.
    fn build(&self) -> String {
        let output = self.run("2");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// The files of the index.
    fn index(&self) -> BTreeMap<String, Vec<u8>> {
        let folder = self.0.path().join("public/pagefind");
        let files = walkdir::WalkDir::new(&folder).into_iter().filter_map(Result::ok);
        let files = files.filter(|entry| entry.file_type().is_file());
        let name = |path: &Path| path.strip_prefix(&folder).unwrap().to_string_lossy().into_owned();
        files.map(|entry| (name(entry.path()), fs::read(entry.path()).unwrap())).collect()
    }

    fn page(&self, path: &str) -> String {
        fs::read_to_string(self.0.path().join("public").join(path)).unwrap_or_default()
    }
}

#[test]
fn the_index_holds_one_file_for_each_page_and_only_what_is_loaded() {
    let site = Site::new();
    site.build();
    let names: Vec<_> = site.index().into_keys().collect();
    let of = |start: &str| names.iter().filter(|name| name.starts_with(start)).count();
    assert_eq!((of("fragment/"), of("filter/"), of("index/")), (3, 2, 1), "{names:?}");
    let rest: Vec<_> = names.iter().filter(|name| !name.contains('/') && !name.ends_with(".pf_meta")).collect();
    assert_eq!(
        rest,
        ["LICENCE.txt", "pagefind-entry.json", "pagefind-worker.js", "pagefind.js", "texts.sha256", "wasm.en.pagefind"]
    );
}

#[test]
fn a_second_build_leaves_the_index_alone_and_a_change_makes_it_anew() {
    let site = Site::new();
    site.build();
    let first = site.index();
    assert!(site.build().contains("(0 written, "), "{}", site.build());
    assert_eq!(site.index(), first);
    site.put("content/proposals/hubs/draft-2.md", "---\npublished: 2021-09-14\nnote: N.\n---\n\n## Costs\n\nTen.\n");
    site.build();
    let second = site.index();
    assert_ne!(second["texts.sha256"], first["texts.sha256"]);
    let gone = first.keys().filter(|name| name.starts_with("fragment/") && !second.contains_key(*name)).count();
    assert_eq!((gone, second.len()), (1, first.len()));
}

#[test]
fn a_file_of_the_index_that_was_lost_comes_back() {
    let site = Site::new();
    site.build();
    let first = site.index();
    fs::remove_file(site.0.path().join("public/pagefind/pagefind.js")).unwrap();
    site.build();
    assert_eq!(site.index(), first);
}

#[test]
fn the_same_texts_give_the_same_bytes_with_any_number_of_threads() {
    let indexes = ["1", "4"].map(|threads| {
        let site = Site::new();
        for draft in 3..40 {
            let text =
                format!("---\npublished: 2021-09-14\nnote: N.\n---\n\n## Part\n\nWord{draft} naïve naive café.\n");
            site.put(&format!("content/proposals/hubs/draft-{draft}.md"), &text);
        }
        assert!(site.run(threads).status.success());
        site.index()
    });
    assert!(indexes[0].len() > 40);
    assert!(indexes[0] == indexes[1]);
}

#[test]
fn a_site_without_a_search_has_neither_page_nor_link_nor_index() {
    let site = Site::new();
    site.build();
    assert!(
        site.page("index.html").contains("href=\"search/\"")
            && site.page("search/index.html").contains("role=\"search\"")
    );
    site.put("site.toml", "title = \"Papers\"\nbase_url = \"https://example.org\"\nsearch = false\n");
    site.build();
    assert!(!site.page("index.html").contains("search/") && site.page("search/index.html").is_empty());
    assert_eq!(site.index(), BTreeMap::new());
}

#[test]
fn a_language_without_word_endings_has_the_program_for_any_language() {
    let site = Site::new();
    site.put("site.toml", "title = \"Papurau\"\nbase_url = \"https://example.org\"\nlang = \"cy\"\n");
    site.build();
    let programs: Vec<_> = site.index().into_keys().filter(|name| name.starts_with("wasm.")).collect();
    assert_eq!(programs, ["wasm.unknown.pagefind"]);
}
