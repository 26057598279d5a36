//! All words of pages come from the files of words: templates and scripts hold none, every key is said
//! somewhere, and another language takes the place of English.
#![allow(clippy::disallowed_methods, reason = "reads the sources of this package")]

use greenpaper::diag::Source;
use greenpaper::path::SitePath;
use greenpaper::words::{Words, phrase};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &str, extensions: &[&str]) -> Vec<(PathBuf, String)> {
    let all = walkdir::WalkDir::new(root().join(folder)).sort_by_file_name().into_iter().filter_map(Result::ok);
    let wanted = all.filter(|entry| {
        let name = entry.file_name().to_string_lossy().into_owned();
        extensions.iter().any(|extension| name.ends_with(extension))
    });
    wanted.map(|entry| (entry.path().to_owned(), std::fs::read_to_string(entry.path()).unwrap())).collect()
}

/// What of a template is neither tera nor a tag: what a reader reads. Attributes that are read out are in
/// it; the block `kind`, which is a class, and that of the policy are not.
fn spoken(template: &str) -> String {
    let mut rest = template.to_owned();
    for block in ["{% block kind %}", "{% block script_policy %}"] {
        if let Some(from) = rest.find(block) {
            let to = rest[from..].find("{% endblock %}").map_or(from, |at| from + at);
            rest.replace_range(from..to, "");
        }
    }
    for (open, close) in [("{#", "#}"), ("{%", "%}"), ("{{", "}}")] {
        while let Some(from) = rest.find(open) {
            let to = rest[from..].find(close).map_or(rest.len(), |at| from + at + close.len());
            rest.replace_range(from..to, "");
        }
    }
    let (mut words, mut tags) = (String::new(), String::new());
    let mut inside = false;
    for c in rest.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if inside => tags.push(c),
            c => words.push(c),
        }
    }
    for name in ["aria-label=\"", "title=\"", "alt=\"", "placeholder=\"", "aria-description=\""] {
        for value in tags.split(name).skip(1) {
            words.push_str(value.split('"').next().unwrap_or_default());
        }
    }
    words
}

#[test]
fn templates_hold_no_words_of_their_own() {
    let mut found = Vec::new();
    for (path, text) in files("themes/default/templates", &[".html"]) {
        let words = spoken(&text);
        // A component may give attributes of the tag that it stands in.
        let said: Vec<_> = words
            .split_whitespace()
            .filter(|word| word.contains(char::is_alphabetic) && !word.contains("=\""))
            .collect();
        if !said.is_empty() {
            found.push(format!("{}: {}", path.display(), said.join(" ")));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn words_in_a_template_are_found() {
    assert_eq!(spoken("{# no #}<p class=\"no\">{{ \"no\" | say }} Yes</p><a aria-label=\"too\">").trim(), "Yestoo");
}

/// The keys that a text names in quotation marks.
fn named(text: &str) -> impl Iterator<Item = &str> {
    let is_key = |word: &&str| {
        !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
    };
    text.split('"').filter(is_key)
}

#[test]
fn long_numbers_have_their_digits_in_groups() {
    let check = |votes: u64, expected: &str| {
        let said = Words::english().say(phrase("vote-eligible").with("count", votes));
        assert_eq!(said, format!("{expected} could vote."));
    };
    check(0, "0");
    check(310, "310");
    check(1204, "1,204");
    check(1_000_020, "1,000,020");
}

#[test]
fn every_key_is_said_somewhere() {
    let english = std::fs::read_to_string(root().join("themes/default/words/en.ftl")).unwrap();
    let keys: BTreeSet<_> = english
        .lines()
        .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
        .filter_map(|line| Some(line.split_once(" =")?.0))
        .collect();
    let sources: Vec<_> =
        files("src", &[".rs"]).into_iter().chain(files("themes/default/templates", &[".html", ".xml"])).collect();
    let said: BTreeSet<_> = sources.iter().flat_map(|(_, text)| named(text)).collect();
    // Made of a beginning and what it is said of.
    let made = |key: &str| {
        ["noun-", "alert-", "option-"].iter().any(|start| key.starts_with(start))
            || ["changes-", "differences-"].iter().any(|start| {
                let end = key.strip_prefix(start).unwrap_or_default();
                said.contains(format!("-{}", end.trim_end_matches("-above")).as_str())
            })
    };
    let unsaid: Vec<_> = keys.iter().filter(|key| !said.contains(*key) && !made(key)).collect();
    assert!(unsaid.is_empty(), "{unsaid:?}");
}

#[test]
fn another_language_takes_the_place_of_english_sentence_by_sentence() {
    let file = Source::new(SitePath::new("themes/default/words/cy.ftl"), "draft = Drafft { $round }\n");
    let (words, faults) = Words::new(vec![&file], "cy");
    assert!(faults.is_empty(), "{faults:?}");
    assert_eq!(words.say(phrase("draft").with("round", 2usize)), "Drafft 2");
    assert_eq!(words.say("kind-letter"), "Letter");
}

#[test]
fn forms_of_the_plural_are_those_of_the_language() {
    let text = "minutes = { $count ->\n    [one] un\n    [two] dau\n    [few] tri\n   *[other] mwy\n}\n";
    let file = Source::new(SitePath::new("words/cy.ftl"), text);
    let (words, _) = Words::new(vec![&file], "cy");
    let said = [1usize, 2, 3, 7].map(|count| words.say(phrase("minutes").with("count", count)));
    assert_eq!(said, ["un", "dau", "tri", "mwy"]);
}

#[test]
fn what_is_wrong_in_a_file_of_words_has_its_place() {
    let check = |text: &str, expected: &[(usize, &str)]| {
        let file = Source::new(SitePath::new("words/en.ftl"), text);
        let faults = Words::new(vec![&file], "en").1;
        let told: Vec<_> = faults.iter().map(|(_, fault)| (fault.range.start, fault.message.as_str())).collect();
        assert_eq!(told, expected);
    };
    check("draft = Draft { $round }\n", &[]);
    check("# said nowhere\ndraught = Draft\n", &[(15, "no page says `draught`")]);
    check("draft = Draft { $round\n", &[(23, "Expected a token starting with \"}\"")]);
}

#[test]
fn what_is_put_in_is_escaped_and_markup_stays() {
    let words = Words::english();
    let said = phrase("draft").with("round", "<b>").with("unused", 1usize);
    assert_eq!(words.markup(&said).as_deref(), Ok("Draft &lt;b&gt;"));
    let said = phrase("read-newer").with("newer", greenpaper::words::Arg::Markup("<a>".into()));
    assert_eq!(words.markup(&said).as_deref(), Ok("Read <a>."));
    assert_eq!(words.markup(&phrase("no-such")), Err("there are no words called `no-such`".to_owned()));
    assert!(words.markup(&phrase("draft")).is_err_and(|error| error.contains("round")));
}
