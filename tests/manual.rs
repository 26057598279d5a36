//! `MANUAL.md` says what the program does: its tables are written from those that the program reads by, every
//! example in them is read as a site is, and its links and commands lead somewhere.
//!
//! `UPDATE=1 cargo test --test manual` writes the parts between its marks anew: read what changed before you keep it.
#![allow(clippy::disallowed_methods, reason = "reads and writes files of this package")]

#[path = "manual/examples.rs"]
mod examples;
#[path = "manual/written.rs"]
mod written;

use greenpaper::config::Config;
use greenpaper::diag::{Diagnostic, Source};
use greenpaper::facts::concerns::Concerns;
use greenpaper::facts::{Facts, Glossary};
use greenpaper::markdown::comments::{COMMENTS, Comment, FOR, PAGE, WHY};
use greenpaper::markdown::reasons::reasons;
use greenpaper::markdown::{Dialect, parse};
use greenpaper::path::SitePath;
use greenpaper::site::{Memo, Options, World};
use greenpaper::tree::Tree;
use greenpaper::{cli, config, paper};
use std::path::Path;
use std::sync::Arc;

/// The manual is that of the program with all of its options.
const IS_WHOLE: bool = cfg!(feature = "external");

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(name: &str) -> String {
    std::fs::read_to_string(root().join(name)).unwrap()
}

/// The manual with each part between two marks as it should be.
fn renewed(manual: &str) -> String {
    let mut out = String::new();
    let mut rest = manual;
    while let Some((before, after)) = rest.split_once("<!-- written: ") {
        let (name, after) = after.split_once(" -->\n").expect("a mark ends its line");
        let (_, end) = after.split_once("<!-- end -->").expect("a part has an end");
        out += &format!(
            "{before}<!-- written: {name} -->\n\n{}\n<!-- end -->",
            written::part(name).trim_end().to_owned() + "\n"
        );
        rest = end;
    }
    out + rest
}

#[test]
fn the_manual_says_what_the_tables_of_the_program_say() {
    let manual = read("MANUAL.md");
    let renewed = renewed(&manual);
    if std::env::var_os("UPDATE").is_some() {
        return std::fs::write(root().join("MANUAL.md"), renewed).unwrap();
    }
    let old = manual.lines().zip(renewed.lines()).find(|(is, should)| is != should);
    assert!(manual == renewed || !IS_WHOLE, "UPDATE=1 cargo test --test manual writes MANUAL.md anew; first: {old:#?}");
}

#[test]
fn every_part_has_its_mark() {
    let manual = read("MANUAL.md");
    for name in written::PARTS {
        assert_eq!(manual.matches(&format!("<!-- written: {name} -->\n")).count(), 1, "{name}");
    }
}

/// What is wrong with a site: rule, file and line of each finding, and what it says.
fn findings(files: &[(String, String)]) -> Vec<String> {
    let tree: Tree = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    // Those who may see everything, before everything is published.
    let options = Options::public("2022-06-01T12:00:00Z".parse().unwrap());
    let options = Options { audience: Some("steering-group".to_owned()), unpublished: true, ..options };
    let outcome = World::read(&tree, &options, &Arc::<Memo>::default());
    outcome.found.iter().map(told).collect()
}

fn told(finding: &Diagnostic) -> String {
    let place = finding.place.as_ref().map_or(String::new(), |place| format!("{}:{}", place.file, place.line));
    format!("{place} {}: {} ({})", finding.rule.name, finding.message, finding.hint.as_deref().unwrap_or("-"))
}

#[test]
fn the_examples_of_all_keys_make_a_site_without_a_finding() {
    assert_eq!(findings(&examples::site()), Vec::<String>::new());
}

#[test]
fn an_example_that_is_wrong_would_be_found() {
    let spoil = |from: &str, to: &str| {
        let files = examples::site().into_iter().map(|(path, text)| (path, text.replace(from, to)));
        findings(&files.collect::<Vec<_>>()).len()
    };
    assert!(spoil("opens: 2021-10-01", "opens: 1 October") > 0);
    assert!(spoil("compare = 8", "compare = 0") > 0);
    assert!(spoil("term: ", "name: ") > 0);
}

#[test]
fn each_example_stands_alone_too() {
    for table in paper::keys::TABLES {
        for key in table.keys {
            let found = findings(&examples::site_with(table, key));
            assert_eq!(found, Vec::<String>::new(), "`{}` in {}", key.name, table.place);
        }
    }
}

#[test]
fn every_key_of_front_matter_is_read() {
    for table in paper::keys::TABLES {
        for key in table.keys {
            let found = findings(&examples::site_with_value(table, key, "[[x]]"));
            let is_told = found.iter().any(|finding| finding.contains("bad-value") && finding.contains(key.name));
            assert!(is_told, "`{}` in {}: {found:?}", key.name, table.place);
        }
    }
}

#[test]
fn every_key_of_site_toml_is_read() {
    for (place, keys) in config::keys::tables() {
        for key in keys {
            let text = examples::site_toml_with(place, key, "1979-05-27");
            let (_, found) = Config::read(&Source::new(SitePath::new("site.toml"), text.as_str()));
            let found: Vec<_> = found.iter().map(told).collect();
            let is_told = found.iter().any(|finding| finding.contains(&format!("config: `{}` must be", key.name)));
            assert!(is_told, "`{}` in {place}: {found:?}\n{text}", key.name);
        }
    }
}

#[test]
fn every_comment_of_the_manual_is_read() {
    let text = |comment: &Comment| format!("## A\n\nOne and two of them.\n\n{}\n", comment.example);
    let body = |comment: &Comment| parse(&text(comment), Dialect::Paper);
    assert_eq!(Concerns::of(&body(&FOR)).groups(1), ["residents", "traders"]);
    assert!(Facts::of(&body(&PAGE), None, &Glossary::default()).anchors.contains("page-2"));
    let why = reasons(&body(&WHY), 0..body(&WHY).blocks.len());
    assert_eq!(why.iter().flat_map(|reason| &reason.why.because).collect::<Vec<_>>(), ["F1", "F3"]);
    assert_eq!(COMMENTS, [FOR, WHY, PAGE]);
}

#[test]
fn every_command_has_examples_that_fit_a_terminal() {
    for command in cli::command().get_subcommands() {
        let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        assert!(help.starts_with("Example"), "{command}");
        let long: Vec<_> = help.lines().filter(|line| line.chars().count() > 100).collect();
        assert_eq!(long, Vec::<&str>::new(), "{command}");
    }
}

/// The lines of a text that are no code.
fn prose(text: &str) -> Vec<&str> {
    let mut code = false;
    let is_prose = |line: &&str| {
        code ^= line.starts_with("```");
        !code && !line.starts_with("    ")
    };
    text.lines().filter(is_prose).collect()
}

/// The targets of the links of a text.
fn links(text: &str) -> Vec<String> {
    // Every other piece between backticks is code.
    let outside = |line: &str| line.replace("[`", "[").replace("`]", "]").split('`').step_by(2).collect::<String>();
    let lines: Vec<_> = prose(text).into_iter().map(outside).collect();
    let links = lines.iter().flat_map(|line| line.split("](").skip(1)).filter_map(|rest| rest.split_once(')'));
    links.map(|(target, _)| target.to_owned()).collect()
}

/// What a forge calls the headings of a text in addresses; one that is there already has a number.
fn anchors(text: &str) -> Vec<(usize, String)> {
    let mut anchors: Vec<(usize, String)> = Vec::new();
    for heading in prose(text).into_iter().filter(|line| line.starts_with('#')) {
        let (signs, words) = heading.split_once(' ').unwrap();
        let kept = words.chars().filter(|c| c.is_alphanumeric() || " -_".contains(*c));
        let own: String = kept.collect::<String>().to_lowercase().replace(' ', "-");
        let numbered = (1..).map(|number| format!("{own}-{number}"));
        let mut names = std::iter::once(own.clone()).chain(numbered);
        let free = names.find(|name| anchors.iter().all(|(_, taken)| taken != name)).unwrap();
        anchors.push((signs.len(), free));
    }
    anchors
}

#[test]
fn links_of_the_manual_and_the_readme_lead_somewhere() {
    for name in ["MANUAL.md", "README.md"] {
        for link in links(&read(name)).iter().filter(|link| !link.contains("://")) {
            let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
            let file = if file.is_empty() { name } else { file };
            assert!(root().join(file).exists(), "{name}: {link}");
            assert!(anchor.is_empty() || anchors(&read(file)).iter().any(|(_, own)| own == anchor), "{name}: {link}");
        }
    }
}

#[test]
fn the_contents_of_the_manual_name_every_chapter() {
    let manual = read("MANUAL.md");
    let contents = links(manual.split("\n## ").next().unwrap()).into_iter().filter(|link| link.starts_with('#'));
    let chapters = anchors(&manual).into_iter().filter(|(level, _)| *level == 2).map(|(_, own)| format!("#{own}"));
    let (contents, chapters): (Vec<_>, Vec<_>) = (contents.collect(), chapters.collect());
    assert_eq!(contents, chapters);
}

#[test]
fn commands_in_the_manual_the_readme_and_the_help_exist() {
    let help: String = cli::command()
        .get_subcommands()
        .filter_map(|command| command.get_after_help())
        .map(|help| format!("{help}\n"))
        .collect();
    let help = help + &cli::command().get_after_help().unwrap().to_string();
    let mut seen = 0;
    for text in [read("MANUAL.md"), read("README.md"), help] {
        let lines = text.lines().filter(|line| line.starts_with("  ")).map(str::trim);
        for line in lines.filter(|line| line.starts_with("greenpaper ")) {
            let command = line.split("  ").next().unwrap().split([';', '>', '|', '&']).next().unwrap();
            // A text in quotation marks is one word.
            let command: String = command
                .split('"')
                .enumerate()
                .map(|(at, part)| if at % 2 == 1 { part.replace(' ', "_") } else { part.to_owned() })
                .collect();
            let words = command.split_whitespace().filter(|word| !word.starts_with('['));
            let read = cli::command().try_get_matches_from(words).map_err(|error| error.kind());
            let is_sound = read.as_ref().map_or_else(|kind| format!("{kind:?}").starts_with("Display"), |_| true);
            assert!(is_sound || !IS_WHOLE, "{line}: {read:?}");
            seen += 1;
        }
    }
    assert!(seen > 30, "{seen}");
}
