//! The parts of `MANUAL.md` that are written from the tables of the program.

use super::examples;
use greenpaper::config::{ALWAYS_ERRORS, OFF_UNLESS_SET};
use greenpaper::diag::{RULES, Severity};
use greenpaper::markdown::{ATTRIBUTES, COMMENTS, EVERYWHERE, EXTENSIONS, FLOW, PHRASING};
use greenpaper::paper::keys::{self, Key, Table};
use greenpaper::{cli, config};

/// The names of the parts, in the order of the manual.
pub const PARTS: [&str; 7] = ["site.toml", "front matter", "markdown", "comments", "raw HTML", "rules", "command line"];

/// One part.
pub fn part(name: &str) -> String {
    match name {
        "site.toml" => site_toml(),
        "front matter" => front_matter(),
        "markdown" => markdown(),
        "comments" => comments(),
        "raw HTML" => raw_html(),
        "rules" => rules(),
        "command line" => command_line(),
        other => panic!("MANUAL.md has a mark for `{other}`, which nothing writes"),
    }
}

/// A row of a table; bars would end its cells.
fn row(cells: &[&str]) -> String {
    let cells: Vec<_> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
    format!("| {} |\n", cells.join(" | "))
}

fn head(cells: &[&str]) -> String {
    row(cells) + &row(&vec!["---"; cells.len()])
}

fn key_cell(name: &str, required: bool) -> String {
    format!("`{name}`{}", if required { ", needed" } else { "" })
}

fn capitalised(text: &str) -> String {
    config::capitalised(text)
}

fn site_toml() -> String {
    let mut out = String::new();
    for (place, keys) in config::keys::tables() {
        let title = if place == "site.toml" { "The keys of the file".to_owned() } else { format!("`{place}`") };
        out += &format!("### {title}\n\n");
        out += &head(&["key", "value", "what it says"]);
        for key in &keys {
            out += &row(&[&key_cell(key.name, key.required), key.form, key.about]);
        }
        out += &format!("\n```toml\n{}```\n\n", examples::toml(place));
    }
    out
}

/// Tables that are much like another one.
const LIKE: [(&Table, &Table); 3] =
    [(&keys::LONE, &keys::INDEX), (&keys::LETTER_INDEX, &keys::LETTER), (&keys::UPDATE_INDEX, &keys::UPDATE)];

fn front_matter() -> String {
    let mut out = String::new();
    for table in keys::TABLES {
        out += &format!("### {}\n\n", capitalised(table.place));
        out += &match LIKE.iter().find(|(own, _)| *own == table) {
            Some((_, other)) => like(table, other),
            None => keys_of(table.keys),
        };
        if examples::is_whole(table) {
            out += &format!("\n```yaml\n{}```\n", examples::yaml(table));
        }
        out += "\n";
    }
    out
}

fn keys_of(keys: &[Key]) -> String {
    let form = |key: &Key| match key.below {
        Some(below) => format!("[{}](#{})", key.form, below.place.replace('`', "").replace(' ', "-")),
        None => key.form.to_owned(),
    };
    let rows = keys.iter().map(|key| row(&[&key_cell(key.name, key.required), &form(key), key.about]));
    head(&["key", "value", "what it says"]) + &rows.collect::<String>()
}

/// The keys of a table as what another one has besides, or has not.
fn like(table: &Table, other: &Table) -> String {
    let names = |left: &Table, right: &Table| {
        let own = left.keys.iter().filter(|key| !right.keys.contains(key));
        own.map(|key| format!("`{}`", key.name)).collect::<Vec<_>>().join(", ")
    };
    let (more, less) = (names(table, other), names(other, table));
    let more = if more.is_empty() { more } else { format!(", and those of a draft that are called {more}") };
    let less = if less.is_empty() { less } else { format!(" but {less}, which its drafts have") };
    format!("The keys of {}{less}{more}.\n", other.place)
}

fn markdown() -> String {
    let of = |name: &str, about: &str, example: &str| format!("**{name}.** {about}\n\n```markdown\n{example}```\n\n");
    EXTENSIONS.iter().map(|extension| of(extension.name, extension.about, extension.example)).collect()
}

fn comments() -> String {
    let rows = COMMENTS.iter().map(|comment| row(&[&format!("`{}`", comment.example), comment.about]));
    head(&["comment", "what it says"]) + &rows.collect::<String>()
}

fn raw_html() -> String {
    let list = |names: &[&str]| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let phrasing: Vec<_> = PHRASING.iter().map(|(name, _)| *name).collect();
    let mut flow = FLOW;
    flow.sort_unstable();
    let shown: Vec<_> = PHRASING.iter().filter(|(name, shown)| name != shown).collect();
    let shown: Vec<_> = shown.iter().map(|(name, shown)| format!("`{name}` as `{shown}`")).collect();
    let attributes = ATTRIBUTES.iter().map(|(name, own)| format!("{} of `{name}`", list(own)));
    format!(
        "In a line and in blocks: {}.\n\nIn blocks alone: {}.\n\nSome are shown as another: {}.\n\nAttributes: {} of \
         any element; {}.\n",
        list(&phrasing),
        list(&flow),
        shown.join(", "),
        list(&EVERYWHERE),
        attributes.collect::<Vec<_>>().join("; ")
    )
}

fn rules() -> String {
    let weighs = |name: &str, severity: Severity| match severity {
        _ if ALWAYS_ERRORS.iter().any(|(own, _)| *own == name) => "error, always",
        _ if OFF_UNLESS_SET.contains(&name) => "off",
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let rows =
        RULES.iter().map(|rule| row(&[&format!("`{}`", rule.name), weighs(rule.name, rule.severity), rule.about]));
    head(&["rule", "weighs", "what it asks for"]) + &rows.collect::<String>()
}

fn command_line() -> String {
    let mut whole = cli::command().term_width(100);
    whole.build();
    let mut out = format!("```text\n{}```\n\n", plain(&whole.render_long_help().to_string()));
    for command in whole.get_subcommands_mut().filter(|command| command.get_name() != "help") {
        let help = command.render_long_help().to_string();
        out += &format!("### `greenpaper {}`\n\n```text\n{}```\n\n", command.get_name(), plain(&help));
    }
    out
}

/// A help text without spaces at the ends of its lines.
fn plain(help: &str) -> String {
    help.trim_end().lines().map(|line| format!("{}\n", line.trim_end())).collect()
}
