//! The examples of all keys, put together: as they stand in the manual, and as a site.

use greenpaper::config;
use greenpaper::paper::keys::{self, Key, Table};

/// The example of a table of `site.toml`, with its header.
pub fn toml(place: &str) -> String {
    let tables = config::keys::tables();
    let (_, keys) = tables.iter().find(|(own, _)| *own == place).unwrap();
    let nested = |key: &&&config::keys::Key| key.example.starts_with('[');
    let lines: String = keys.iter().filter(|key| !nested(key)).map(|key| format!("{}\n", key.example)).collect();
    match place {
        // The rules have no keys of their own: their table stands where it is named.
        "site.toml" => {
            lines
                + &keys
                    .iter()
                    .filter(|key| key.name == "rules")
                    .map(|key| format!("\n{}\n", key.example))
                    .collect::<String>()
        }
        place => format!("{}\n{lines}", header(place)),
    }
}

/// The line that begins a table.
fn header(place: &str) -> &'static str {
    let name = place.trim_matches(['[', ']']).split('.').next().unwrap();
    let tables = config::keys::tables();
    let (_, top) = &tables[0];
    top.iter().find(|key| key.name == name).unwrap().example
}

/// `site.toml` with everything in it.
pub fn site_toml() -> String {
    let groups = "\n[[groups]]\nname = \"residents\"\ntitle = \"Residents\"\n";
    let tables = config::keys::tables().map(|(place, _)| toml(place));
    tables.join("\n") + groups
}

/// `site.toml` with one key alone in its table, with another value.
pub fn site_toml_with(place: &str, key: &config::keys::Key, value: &str) -> String {
    let line = format!("{} = {value}\n", key.name);
    match place {
        "site.toml" => line,
        place => format!("title = \"A\"\n{}\n{line}", header(place)),
    }
}

/// Keys that stand only where the day is known, which `expected` tells in words until then.
const NOT_WITH_EXPECTED: [&str; 5] = ["opens", "closes", "date", "draft", "result"];

/// Which keys are written, and which one with another value.
struct Choice<'a> {
    wanted: &'a dyn Fn(&Table, &Key) -> bool,
    value: Option<(&'a Table, &'a Key, &'a str)>,
}

impl Choice<'_> {
    /// The keys of a table, each with its example.
    fn lines(&self, table: &Table, indent: &str) -> String {
        let keys: Vec<_> = table.keys.iter().filter(|key| (self.wanted)(table, key)).collect();
        let known = keys.iter().any(|key| NOT_WITH_EXPECTED.contains(&key.name));
        let is_written = |key: &&Key| key.name != "expected" || !known || self.value_of(table, key).is_some();
        keys.into_iter().filter(is_written).map(|key| self.line(table, key, indent)).collect()
    }

    fn value_of(&self, table: &Table, key: &Key) -> Option<&str> {
        self.value.filter(|(own, other, _)| *own == table && *other == key).map(|(_, _, value)| value)
    }

    fn line(&self, table: &Table, key: &Key, indent: &str) -> String {
        match (self.value_of(table, key), key.below) {
            (Some(value), _) => format!("{indent}{}: {value}\n", key.name),
            (None, Some(below)) if key.form == "a list" => {
                format!("{indent}{}:\n{}", key.name, entry(&self.lines(below, &format!("{indent}    "))))
            }
            (None, Some(below)) => format!("{indent}{}:\n{}", key.name, self.lines(below, &format!("{indent}  "))),
            (None, None) => {
                let example = key.example.replace('\n', &format!("\n{indent}"));
                format!("{indent}{}:{}{example}\n", key.name, if example.starts_with('\n') { "" } else { " " })
            }
        }
    }

    /// Front matter, or an entry of the glossary.
    fn whole(&self, table: &Table) -> String {
        if table == &keys::TERM || table == &keys::FEEDBACK {
            return entry(&self.lines(table, "  "));
        }
        format!("---\n{}---\n", self.lines(table, ""))
    }
}

/// The keys of an entry of a list: a hyphen stands before the first.
fn entry(lines: &str) -> String {
    let depth = lines.len() - lines.trim_start().len();
    lines.get(..depth.saturating_sub(2)).unwrap_or("").to_owned() + "- " + lines.trim_start()
}

/// Whether a table is that of a file or of an entry of one, and the manual shows its example.
pub fn is_whole(table: &Table) -> bool {
    let below: Vec<_> = keys::TABLES.iter().flat_map(|table| table.keys).filter_map(|key| key.below).collect();
    let like_another = [&keys::LONE, &keys::LETTER_INDEX, &keys::UPDATE_INDEX];
    !below.contains(&table) && !like_another.contains(&table)
}

/// Front matter, or an entry of the glossary, with the examples of all keys of a table.
pub fn yaml(table: &Table) -> String {
    Choice { wanted: &|_, _| true, value: None }.whole(table)
}

/// A site in which every table stands with all of its examples.
pub fn site() -> Vec<(String, String)> {
    site_of(&Choice { wanted: &|_, _| true, value: None })
}

/// The same, with one key of a table besides those that are needed with it.
pub fn site_with(table: &Table, key: &Key) -> Vec<(String, String)> {
    let needed: &[&str] = match (table.place, key.name) {
        ("`vote`", "draft" | "opens" | "closes" | "result") => &["draft", "opens", "closes"],
        ("`vote`", _) | ("an entry of `milestones`", "what") => &["expected"],
        ("a draft", _) => &["base", "removed"],
        ("a letter", "status") => &["status_because"],
        ("an entry of feedback.yaml", _) => &["outcome", "answer"],
        _ => &[],
    };
    let wanted =
        |own: &Table, other: &Key| own != table || other.required || other == key || needed.contains(&other.name);
    site_of(&Choice { wanted: &wanted, value: None })
}

/// The same as the whole site, with another value of one key.
pub fn site_with_value(table: &Table, key: &Key, value: &str) -> Vec<(String, String)> {
    site_of(&Choice { wanted: &|_, _| true, value: Some((table, key, value)) })
}

/// Headings that an accessibility statement has, with words.
const STATEMENT: &str = "---\ntitle: Accessibility\n---\n\n## How far {#conformance}\n\nA.\n\n## Limits {#limits}\n\nB.\n\n\
                         ## Whom to tell {#contact}\n\nC.\n\n## When prepared {#prepared}\n\nD.\n";

/// What others said, so that no group is missing.
const HEARD: &str = "- id: F2\n  date: 2021-10-22\n  group: residents\n  said: Yes.\n  outcome: rejected\n  answer: No.\n\
                     - id: F3\n  date: 2021-10-22\n  group: traders\n  said: No.\n  outcome: later\n  answer: Yes.\n";

fn site_of(choice: &Choice) -> Vec<(String, String)> {
    let with_words = |table: &Table| choice.whole(table) + "\nWords.\n";
    let plain = |keys: &str| format!("---\n{keys}---\n\nWords.\n");
    // A document in one file has one draft, of one round, and lies one folder higher.
    let lone = with_words(&keys::LONE).replace("draft-3", "draft-1").replace("round: 3", "round: 1");
    let letter = with_words(&keys::LETTER_INDEX).replace("2021-07-22-invitation.md", "../2021-07-22-invitation.md");
    let files = [
        ("site.toml", site_toml()),
        ("content/logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>".to_owned()),
        ("content/index.md", plain("title: Papers\n")),
        ("content/glossary.yaml", choice.whole(&keys::TERM)),
        ("content/pages/accessibility.md", STATEMENT.to_owned()),
        ("content/pages/about.md", with_words(&keys::PAGE)),
        ("content/proposals/hall/index.md", choice.whole(&keys::INDEX)),
        ("content/proposals/hall/draft-2-option-a.md", plain("summary: A.\n")),
        ("content/proposals/hall/draft-2-option-b.md", plain("summary: B.\n") + "\nThe car park goes.\n"),
        ("content/proposals/hall/draft-3.md", with_words(&keys::DRAFT)),
        ("content/proposals/hall/feedback.yaml", choice.whole(&keys::FEEDBACK) + HEARD),
        ("content/proposals/market.md", lone.replace("../../", "../")),
        ("content/strategy/trees/index.md", "---\ntitle: Trees\nsummary: S.\n---\n".to_owned()),
        ("content/strategy/trees/draft-1/index.md", plain("summary: S.\n")),
        ("content/strategy/trees/draft-1/01-context.md", with_words(&keys::CHAPTER)),
        ("content/letters/2021-07-22-invitation.md", plain("title: A\nfrom: B\nto: C\ndate: 2021-07-22\n")),
        ("content/letters/2021-08-05-reply.md", with_words(&keys::LETTER)),
        ("content/letters/2021-08-20-market.pdf", "%PDF".to_owned()),
        ("content/letters/2021-08-05-second/2021-08-20-market.pdf", "%PDF".to_owned()),
        ("content/letters/2021-08-05-second/index.md", letter),
        ("content/letters/2021-08-05-second/draft-1.md", plain("note: N.\n")),
        ("content/updates/2021-12-10-response.md", plain("title: A\nby: B\ndate: 2021-12-10\n")),
        ("content/updates/2021-08-05-news.md", with_words(&keys::UPDATE)),
        ("content/updates/2021-08-05-more/index.md", choice.whole(&keys::UPDATE_INDEX)),
        ("content/updates/2021-08-05-more/draft-1.md", plain("note: N.\n")),
    ];
    files.into_iter().map(|(path, text)| (path.to_owned(), text)).collect()
}
