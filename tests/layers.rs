//! The shape of the code, held by a test: which module may import which, what the core may not do.
//!
//! In: every file below `src/`, as tokens without comments, strings and tests. Out: one line for each
//! breach, with file and line. Tests inside `src/` (`#[cfg(test)]`, and files that belong to such a
//! module) may use any layer: they build whole sites in memory to look at one thing.
#![allow(clippy::disallowed_methods, reason = "reads the sources of this package")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The layers, top first: a module imports from its own layer and from those above it. `src/lib.rs`
/// declares the modules in the same order.
const LAYERS: &[&[&str]] = &[
    &["diag", "path", "tree"],
    &["config"],
    &["words"],
    &["markdown"],
    &["diff"],
    &["paper"],
    &["facts"],
    &["consult"],
    &["routes"],
    &["check"],
    &["site"],
    &["disk"],
    &["search"],
    &["report"],
    &["preview"],
    &["cli"],
];

/// The last layer of the core; what comes after it is the edge.
const LAST_OF_CORE: &str = "site";

/// What the core may not name, and why. `print!` is the macro; `::now` is any clock.
const BANNED: &[(&str, &str)] = &[
    ("std::fs", "files are read and written by `disk`"),
    ("std::env", "the environment is read by `cli`"),
    ("std::process", "processes end in `cli`"),
    ("std::net", "the core asks nobody"),
    ("std::thread", "work is mapped with rayon, so that order never depends on threads"),
    ("SystemTime", "the moment is an option that `cli` sets"),
    ("Instant", "the moment is an option that `cli` sets"),
    ("::now", "the moment is an option that `cli` sets"),
    ("print!", "the core returns what is to be said"),
    ("println!", "the core returns what is to be said"),
    ("eprint!", "the core returns what is to be said"),
    ("eprintln!", "the core returns what is to be said"),
    ("dbg!", "the core returns what is to be said"),
    ("annotate_snippets", "findings are drawn by `report`"),
    ("axum", "the server is `preview`"),
    ("clap", "the command line is `cli`"),
    ("notify", "folders are watched by `preview`"),
    ("pagefind", "texts are indexed by `search`"),
    ("tokio", "the core waits for nothing"),
    ("ureq", "other hosts are asked by `cli`"),
    ("walkdir", "files are found by `disk`"),
];

/// The libraries that one file alone knows, so that another may take their place: as code names them, and the file.
const LIBRARIES: &[(&str, &str)] = &[
    ("serde_yaml", "paper/yaml.rs"),
    ("tera", "site/theme.rs"),
    ("fluent_bundle", "words.rs"),
    ("fluent_syntax", "words.rs"),
    ("pagefind", "search/bundle.rs"),
    ("annotate_snippets", "report.rs"),
];

/// How many lines a file may have; 400 is what to aim for.
const LONGEST: usize = 450;

/// How many lines of code a function may have; 40 is what to aim for.
const LONGEST_FUNCTION: usize = 60;

/// Files that may be longer: how long, and why.
const LONGER: &[(&str, usize, &str)] = &[];

/// A word or a mark, and the line that it stands on.
#[derive(Clone, Debug, PartialEq)]
struct Token {
    text: String,
    line: usize,
}

/// The code of a file as tokens. Comments are left out, literals are `""`, lifetimes are `'`.
fn lex(source: &str) -> Vec<Token> {
    let chars: Vec<char> = source.chars().collect();
    let mut tokens = Vec::new();
    let (mut at, mut line) = (0, 1);
    while at < chars.len() {
        let (end, text) = next(&chars, at);
        tokens.extend(text.map(|text| Token { text, line }));
        line += chars[at..end].iter().filter(|c| **c == '\n').count();
        at = end;
    }
    tokens
}

/// The end of what begins at a character, and the token that it is.
fn next(chars: &[char], at: usize) -> (usize, Option<String>) {
    let is = |at: usize, text: &str| text.chars().enumerate().all(|(i, c)| chars.get(at + i) == Some(&c));
    let literal = |end| (end, Some("\"\"".to_owned()));
    match chars[at] {
        _ if is(at, "//") => (end_of(chars, at, |i| chars[i] == '\n'), None),
        _ if is(at, "/*") => (end_of_comment(chars, at), None),
        '"' => literal(end_of_quoted(chars, at + 1, '"')),
        '\'' if chars.get(at + 1) == Some(&'\\') => literal(end_of_quoted(chars, at + 1, '\'')),
        '\'' if chars.get(at + 2) == Some(&'\'') => literal(at + 3),
        '\'' => (end_of(chars, at + 1, |i| !is_word(chars[i])), Some("'".to_owned())),
        c if is_word(c) => word(chars, at),
        _ if is(at, "::") => (at + 2, Some("::".to_owned())),
        c => (at + 1, (!c.is_whitespace()).then(|| c.to_string())),
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn end_of(chars: &[char], from: usize, stop: impl Fn(usize) -> bool) -> usize {
    (from..chars.len()).find(|at| stop(*at)).unwrap_or(chars.len())
}

/// A word, or a literal that begins with one: `r#"…"#`, `b'…'`. `r#type` is the word `type`.
fn word(chars: &[char], at: usize) -> (usize, Option<String>) {
    let end = end_of(chars, at, |i| !is_word(chars[i]));
    let text: String = chars[at..end].iter().collect();
    let hashes = end_of(chars, end, |i| chars[i] != '#') - end;
    let raw = ["r", "br", "cr"].contains(&text.as_str());
    match chars.get(end + hashes) {
        Some('"') if raw => {
            let closes = |i: usize| chars[i] == '"' && (1..=hashes).all(|n| chars.get(i + n) == Some(&'#'));
            ((end_of(chars, end + hashes + 1, closes) + 1 + hashes).min(chars.len()), Some("\"\"".to_owned()))
        }
        Some(quote @ ('"' | '\'')) if hashes == 0 && ["b", "c"].contains(&text.as_str()) => {
            (end_of_quoted(chars, end + 1, *quote), Some("\"\"".to_owned()))
        }
        Some(_) if raw && hashes == 1 => (end + 1, None),
        _ => (end, Some(text)),
    }
}

fn end_of_quoted(chars: &[char], from: usize, quote: char) -> usize {
    let mut at = from;
    while at < chars.len() && chars[at] != quote {
        at += 1 + usize::from(chars[at] == '\\');
    }
    (at + 1).min(chars.len())
}

/// Block comments nest.
fn end_of_comment(chars: &[char], from: usize) -> usize {
    let (mut at, mut depth) = (from, 0);
    while at < chars.len() {
        let pair = (chars[at], chars.get(at + 1));
        let step = matches!(pair, ('/', Some('*')) | ('*', Some('/')));
        depth += i32::from(pair == ('/', Some(&'*'))) - i32::from(pair == ('*', Some(&'/')));
        at += 1 + usize::from(step);
        if depth == 0 {
            break;
        }
    }
    at
}

/// Whether the tokens at a place are these, parted by spaces.
fn stands(tokens: &[Token], at: usize, words: &str) -> bool {
    words.split(' ').enumerate().all(|(i, word)| tokens.get(at + i).is_some_and(|token| token.text == word))
}

/// Parts tokens into those of the program and the names of modules that are tests in files of their own.
fn without_tests(tokens: &[Token]) -> (Vec<Token>, Vec<String>) {
    let (mut kept, mut modules) = (Vec::new(), Vec::new());
    let mut at = 0;
    while at < tokens.len() {
        if stands(tokens, at, "# [ cfg ( test ) ]") {
            let end = end_of_item(tokens, at + 7);
            let name = (at..end).find(|i| stands(tokens, *i, "mod")).filter(|_| stands(tokens, end - 1, ";"));
            modules.extend(name.map(|i| tokens[i + 1].text.clone()));
            at = end;
        } else {
            kept.push(tokens[at].clone());
            at += 1;
        }
    }
    (kept, modules)
}

/// The end of an item: its `;`, or the brace that closes its first one.
fn end_of_item(tokens: &[Token], from: usize) -> usize {
    let mut depth = 0;
    for (at, token) in tokens.iter().enumerate().skip(from) {
        match token.text.as_str() {
            "{" | "(" | "[" => depth += 1,
            "}" | ")" | "]" => depth -= 1,
            _ => {}
        }
        if depth == 0 && matches!(token.text.as_str(), ";" | "}") {
            return at + 1;
        }
    }
    tokens.len()
}

/// Every path that begins with `crate`, `super`, `self` or `std`, from the root, with its line. A `use`
/// with braces is several. `module` is where the tokens stand.
fn paths(tokens: &[Token], module: &[String]) -> Vec<(Vec<String>, usize)> {
    let mut found = Vec::new();
    let mut here = module.to_vec();
    let mut open: Vec<bool> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        match token.text.as_str() {
            "{" => {
                let inline = at >= 2 && stands(tokens, at - 2, "mod");
                open.push(inline);
                here.extend(inline.then(|| tokens[at - 1].text.clone()));
            }
            "}" if open.pop() == Some(true) => drop(here.pop()),
            "crate" | "super" | "self" | "std" if leads_on(tokens, at) => {
                let mut written = Vec::new();
                tree(tokens, at, &[], &mut written);
                found.extend(written.into_iter().map(|path| (from_root(&path, &here), token.line)));
            }
            _ => {}
        }
    }
    found
}

/// Whether a word begins a path, and is not its middle, `pub(crate)` or a method's `self`.
fn leads_on(tokens: &[Token], at: usize) -> bool {
    let whole = at == 0 || !stands(tokens, at - 1, "::");
    let named =
        stands(tokens, at + 1, "as") && at > 0 && (stands(tokens, at - 1, "use") || stands(tokens, at - 1, "crate"));
    (whole && stands(tokens, at + 1, "::")) || named
}

/// The paths of a use tree; returns where it ends.
fn tree(tokens: &[Token], mut at: usize, before: &[String], found: &mut Vec<Vec<String>>) -> usize {
    let mut path = before.to_vec();
    loop {
        match tokens.get(at).map(|token| token.text.as_str()) {
            Some("{") => {
                at += 1;
                while tokens.get(at).is_some_and(|token| token.text != "}") {
                    at = tree(tokens, at, &path, found);
                    at = (at..tokens.len())
                        .find(|i| stands(tokens, *i, ",") || stands(tokens, *i, "}"))
                        .unwrap_or(tokens.len());
                    at += usize::from(stands(tokens, at, ","));
                }
                return at + 1;
            }
            Some(word) if word == "*" || word.starts_with(is_word) => path.push(word.to_owned()),
            _ => {}
        }
        if !stands(tokens, at + 1, "::") {
            found.push(path);
            return at + 1;
        }
        at += 2;
    }
}

/// A path as it is written → from the root of the crate, or from `std`.
fn from_root(written: &[String], module: &[String]) -> Vec<String> {
    let mut path = if written[0] == "crate" || written[0] == "std" { Vec::new() } else { module.to_vec() };
    for word in written {
        match word.as_str() {
            "crate" | "self" => {}
            "super" => drop(path.pop()),
            _ => path.push(word.clone()),
        }
    }
    path
}

/// The modules that a file is: `site/page/draft.rs` is `site::page::draft`.
fn module_of(file: &str) -> Vec<String> {
    let path = file.trim_end_matches(".rs");
    let path = path.strip_suffix("/mod").unwrap_or(path);
    path.split('/').filter(|name| *name != "lib").map(str::to_owned).collect()
}

fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&module))
}

/// What is wrong with a file: imports from below, and what the core may not do.
fn breaches(file: &str, source: &str) -> Vec<String> {
    let (tokens, _) = without_tests(&lex(source));
    let module = module_of(file);
    let Some(own) = module.first().and_then(|name| layer(name)) else { return Vec::new() };
    let paths = paths(&tokens, &module);
    let mut found = Vec::new();
    for (path, line) in paths.iter().filter(|(path, _)| path.first().is_none_or(|name| name != "std")) {
        let name = path.first().map_or("(the whole crate)", String::as_str);
        match layer(name) {
            None => found.push(format!("src/{file}:{line}: {name} is not a module of a layer")),
            Some(other) if other > own => found.push(format!("src/{file}:{line}: imports {name}, a layer below")),
            Some(_) => {}
        }
    }
    if layer(LAST_OF_CORE) >= Some(own) {
        found.extend(bans(&tokens, &paths).into_iter().map(|(line, words)| format!("src/{file}:{line}: {words}")));
    }
    found.dedup();
    found
}

/// What of the banned words stands in the code of a file of the core.
fn bans(tokens: &[Token], paths: &[(Vec<String>, usize)]) -> Vec<(usize, String)> {
    let named = |words: &str, at: usize| match (words.strip_prefix("::"), words.strip_suffix('!')) {
        (Some(end), _) => stands(tokens, at, &format!(":: {end}")),
        (_, Some(name)) => stands(tokens, at, &format!("{name} !")),
        _ => stands(tokens, at, words) && (at == 0 || !stands(tokens, at - 1, ".")),
    };
    let mut found = Vec::new();
    for (words, why) in BANNED {
        let lines: BTreeSet<usize> = match words.strip_prefix("std::") {
            Some(part) => paths
                .iter()
                .filter(|(path, _)| path.starts_with(&["std".into(), part.into()]))
                .map(|(_, line)| *line)
                .collect(),
            None => (0..tokens.len()).filter(|at| named(words, *at)).map(|at| tokens[at].line).collect(),
        };
        found.extend(lines.into_iter().map(|line| (line, format!("`{words}` in the core: {why}"))));
    }
    found
}

/// All files below `src/`, by path.
fn sources() -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders: Vec<PathBuf> = vec![root.clone()];
    let mut files = BTreeMap::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let name = path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
                files.insert(name, std::fs::read_to_string(&path).unwrap());
            }
        }
    }
    files
}

/// Whether a file belongs to a module that is only built for tests.
fn is_test(file: &str, tests: &BTreeSet<Vec<String>>) -> bool {
    let module = module_of(file);
    (1..=module.len()).any(|length| tests.contains(&module[..length]))
}

/// The modules with files of their own that are only built for tests.
fn test_modules(sources: &BTreeMap<String, String>) -> BTreeSet<Vec<String>> {
    let of_file = |(file, source): (&String, &String)| {
        let names = without_tests(&lex(source)).1;
        names.into_iter().map(|name| [module_of(file), vec![name]].concat()).collect::<Vec<_>>()
    };
    sources.iter().flat_map(of_file).collect()
}

fn assert_none(found: Vec<String>) {
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

#[test]
fn each_module_imports_from_its_own_layer_and_those_above() {
    let sources = sources();
    let tests = test_modules(&sources);
    let program = sources.iter().filter(|(file, _)| !is_test(file, &tests));
    assert_none(program.flat_map(|(file, source)| breaches(file, source)).collect());
}

#[test]
fn lib_rs_declares_the_layers_in_their_order() {
    let tokens = lex(&sources()["lib.rs"]);
    let declared = (0..tokens.len()).filter(|at| stands(&tokens, *at, "mod")).map(|at| tokens[at + 1].text.clone());
    assert_eq!(declared.collect::<Vec<_>>(), LAYERS.concat());
}

#[test]
fn every_file_opens_with_what_it_is_for() {
    let silent = sources().into_iter().filter(|(_, source)| !source.starts_with("//! "));
    assert_none(silent.map(|(file, _)| format!("src/{file}:1: opens without `//!`")).collect());
}

#[test]
fn one_file_knows_each_library_that_might_be_another() {
    let sources = sources();
    for (library, known) in LIBRARIES {
        let names = |tokens: &[Token]| (0..tokens.len()).any(|at| stands(tokens, at, &format!("{library} ::")));
        let files = sources.iter().filter(|(_, source)| names(&lex(source)));
        assert_eq!(files.map(|(file, _)| file.as_str()).collect::<Vec<_>>(), [*known], "{library}");
    }
}

/// The functions of a file outside its tests that have more lines of code than may be, each with its line.
fn long_functions(source: &str) -> Vec<(String, usize, usize)> {
    let tokens = without_tests(&lex(source)).0;
    let begins = (0..tokens.len().saturating_sub(1)).filter(|at| stands(&tokens, *at, "fn"));
    let functions = begins.filter(|at| tokens[at + 1].text.starts_with(is_word)).map(|at| {
        let end = end_of_item(&tokens, at);
        let lines: BTreeSet<usize> = tokens[at..end].iter().map(|token| token.line).collect();
        (tokens[at + 1].text.clone(), tokens[at].line, lines.len())
    });
    functions.filter(|(_, _, lines)| *lines > LONGEST_FUNCTION).collect()
}

#[test]
fn no_function_is_too_long_to_be_seen_at_once() {
    let sources = sources();
    let tests = test_modules(&sources);
    let program = sources.iter().filter(|(file, _)| !is_test(file, &tests));
    let long = program.flat_map(|(file, source)| {
        let told = move |(name, line, lines)| format!("src/{file}:{line}: {name} has {lines} lines of code");
        long_functions(source).into_iter().map(told)
    });
    assert_none(long.collect());
}

#[test]
fn the_length_of_a_function_is_that_of_its_code() {
    let check = |lines: usize, between: &str, expected: usize| {
        let source = format!("fn a(x: [u8; 2]) -> u8;\nfn b(\n) {{\n{}}}\nfn c() {{}}\n", between.repeat(lines));
        assert_eq!(long_functions(&source).len(), expected, "{lines} {between}");
    };
    check(LONGEST_FUNCTION - 3, "if x { y(); }\n", 0);
    check(LONGEST_FUNCTION - 2, "if x { y(); }\n", 1);
    check(LONGEST_FUNCTION, "\n// A remark.\n", 0);
}

#[test]
fn no_file_is_too_long_to_be_read_in_one_go() {
    let most = |file: &str| LONGER.iter().find(|(name, ..)| *name == file).map_or(LONGEST, |(_, lines, _)| *lines);
    let long = sources().into_iter().map(|(file, source)| (source.lines().count(), most(&file), file));
    let long = long.filter(|(lines, most, _)| lines > most);
    assert_none(long.map(|(lines, most, file)| format!("src/{file}: {lines} lines, and {most} is the most")).collect());
}

#[test]
fn no_file_is_excused_that_need_not_be() {
    let sources = sources();
    let short =
        LONGER.iter().filter(|(file, ..)| sources.get(*file).is_none_or(|source| source.lines().count() <= LONGEST));
    assert_none(short.map(|(file, ..)| format!("src/{file} is in LONGER without need")).collect());
}

/// What is found in a file that consists of one text: the name that each finding is about.
fn check(file: &str, source: &str, expected: &[&str]) {
    let found = breaches(file, source);
    assert_eq!(found.len(), expected.len(), "{source}: {found:#?}");
    for (finding, words) in found.iter().zip(expected) {
        assert!(finding.contains(words), "{source}: {found:#?}");
    }
}

#[test]
fn imports_from_below_are_caught_however_they_are_written() {
    for source in [
        "use crate::site::World;",
        "use crate::{diag, site};",
        "use crate::{diag::{self, Rule}, site::{World, Memo}};",
        "pub use crate::site::World as Planet;",
        "fn f() { let x = crate::site::World::read(); }",
        "fn f(x: &crate::site::World) {}",
        "pub(in crate::site) fn f() {}",
        "use super::super::site::World;",
        "use super::{super::site::World, body::Body};",
        "use self::super::super::site;",
        "mod a { use super::super::super::site; }",
        "macro_rules! m { () => { $crate::site::f() } }",
        "fn f<'a>(x: &'a str) -> char { 'a'; crate::site::f(); '\\'' }",
        "const A: &str = r#\"\"#; /* /* */ */ use crate::site;",
        "#[cfg(test)] use crate::cli; use crate::site;",
        "#[cfg(test)] mod tests { fn f() { } } use crate::site;",
    ] {
        check("markdown/parse.rs", source, &["imports site, a layer below"]);
    }
}

#[test]
fn imports_from_above_and_beside_are_let_pass() {
    for source in [
        "use crate::markdown::Body; use crate::{config::Config, diag}; use super::body; use super::super::path::slug;",
        "// use crate::site;\n/// [`crate::site::World`]\n/* crate::site /* crate::cli */ crate::site */",
        "const A: &str = \"use crate::site;\\\" crate::site::x\"; const B: &str = r#\"crate::cli \" crate::cli\"#;",
        "#[cfg(test)]\nmod tests { use crate::cli; fn f() { std::fs::read(); } }",
        "#[cfg(test)]\n#[path = \"x.rs\"]\nmod tests;",
        "pub(crate) fn f(self) {} impl A { pub(super) fn g(&self) { self.site.x(); } }",
        "fn r#type() { let b = b'\"'; let c = '\"'; let l: &'static str = b\"x\"; }",
    ] {
        check("markdown/parse.rs", source, &[]);
    }
}

#[test]
fn imports_of_everything_or_of_what_is_no_layer_are_caught() {
    check("markdown/parse.rs", "use crate::*;", &["* is not"]);
    check("markdown/parse.rs", "use crate as all;", &["(the whole crate) is not"]);
    check("markdown/parse.rs", "use crate::{self as all};", &["(the whole crate) is not"]);
    check("markdown/parse.rs", "use crate::helpers::x;", &["helpers is not"]);
    check("site/page/draft.rs", "use super::super::super::disk;", &["site/page/draft.rs:1: imports disk"]);
}

#[test]
fn what_the_core_may_not_do_is_caught_there_alone() {
    for (source, expected) in [
        ("use std::fs;", "std::fs"),
        ("use std::{collections::BTreeMap, fs::{self, File}};", "std::fs"),
        ("fn f() { std::env::var(\"A\"); }", "std::env"),
        ("use std::process::Command;", "std::process"),
        ("use std::net::TcpStream;", "std::net"),
        ("use std::time::SystemTime;", "SystemTime"),
        ("fn f() { jiff::Timestamp::now(); }", "::now"),
        ("fn f() { Zoned::now(); }", "::now"),
        ("fn f() { println!(\"x\"); }", "println!"),
        ("fn f() {\n eprintln! { \"x\" } }", "site/world.rs:2: `eprintln!`"),
        ("use walkdir::WalkDir;", "walkdir"),
    ] {
        let found = breaches("site/world.rs", source);
        assert!(!found.is_empty() && found.iter().all(|line| line.contains(expected)), "{source}: {found:?}");
        check("cli/mod.rs", source, &[]);
    }
    check("site/world.rs", "// println!\nfn f() { \"std::fs\"; now(); x.notify(); }", &[]);
}

#[test]
fn modules_of_tests_in_files_of_their_own_are_known() {
    let files = [("a/mod.rs", "#[cfg(test)]\npub(super) mod sample;\nmod b;"), ("a/b.rs", "#[cfg(test)] mod tests;")];
    let tests = test_modules(&files.map(|(file, source)| (file.to_owned(), source.to_owned())).into());
    let known =
        ["a/sample.rs", "a/sample/x.rs", "a/b/tests.rs", "a/b.rs", "a/mod.rs"].map(|file| is_test(file, &tests));
    assert_eq!(known, [true, true, true, false, false]);
}
