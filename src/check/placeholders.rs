//! Placeholders, which may stand in a draft as long as it is not out.
//!
//! In: the texts of a document, then the site that says which of them are published. Out: an error for each
//! placeholder that is published, a warning for each that is to come. A preview publishes nothing, so there every one is a
//! warning, and what is still being written is shown.

use crate::diag::{self, Diagnostic, Place, Severity};
use crate::facts::{Facts, MARK, is_placeholder};
use crate::paper::{Owner, Site, Text};
use std::ops::Range;

/// A placeholder in a text.
#[derive(Clone, Debug)]
pub struct Unwritten {
    /// What is missing: its key in front matter, or what it says of itself.
    what: String,
    place: Place,
}

/// The placeholders of a text, those of its front matter first.
pub fn of_text(text: &Text, facts: &Facts) -> Vec<Unwritten> {
    let front = in_front_matter(text.source.text.get(..text.body_start).unwrap_or("")).into_iter();
    let above = front.map(|(key, range)| Unwritten { what: format!("`{key}`"), place: text.source.place(range) });
    let below = facts.placeholders.iter().map(|span| Unwritten {
        what: described(text.body().get(span.clone()).unwrap_or("")),
        place: text.source.place(text.body_start + span.start..text.body_start + span.end),
    });
    above.chain(below).collect()
}

/// What a placeholder says is to be written.
fn described(words: &str) -> String {
    if words.trim_start().starts_with("<!--") {
        return "a reason".to_owned();
    }
    let said = words.split_once(':').map_or("", |(_, said)| said).split_whitespace().collect::<Vec<_>>().join(" ");
    if said.is_empty() { "this".to_owned() } else { format!("“{}”", said.trim_end_matches('.')) }
}

/// The values of front matter that are placeholders, each with its key.
fn in_front_matter(front: &str) -> Vec<(String, Range<usize>)> {
    let mut found = Vec::new();
    if !front.contains(MARK) {
        return found;
    }
    let (mut key, mut at) = ("", 0);
    for line in front.split_inclusive('\n') {
        let (own, value) = parted(line);
        key = own.unwrap_or(key);
        if is_placeholder(value) && !line.trim_start().starts_with('#') {
            let start = at + line.find(value).unwrap_or(0);
            found.push((key.to_owned(), start..start + value.len()));
        }
        at += line.len();
    }
    found
}

/// The key of a line, where it begins with one, and the value without hyphens, quotation marks and a comment.
fn parted(line: &str) -> (Option<&str>, &str) {
    let rest = line.trim_start_matches([' ', '\t', '-']);
    let is_key = |key: &str| key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
    let (key, value) = match rest.split_once(':') {
        Some((key, value)) if is_key(key) => (Some(key), value),
        _ => (None, rest),
    };
    let value = value.split(" #").next().unwrap_or("");
    (key, value.trim().trim_matches(['"', '\'', '[', ']']))
}

/// What is to be said of placeholders.
pub fn check<'u>(site: &Site, unwritten: impl Iterator<Item = &'u Unwritten>) -> Vec<Diagnostic> {
    unwritten.map(|own| finding(site, own)).collect()
}

fn finding(site: &Site, own: &Unwritten) -> Diagnostic {
    let Unwritten { what, place } = own;
    let path = &place.file;
    let is_page = matches!(site.source_of(path), Some(Owner::Page { .. } | Owner::Front));
    let (out, when, until) = match site.published(path) {
        Some(moment) if moment.at <= site.lens().at => (true, format!(", and is published on {}", moment.day), ""),
        Some(moment) => (
            false,
            format!(", and comes out on {}", moment.day),
            ": from that day on, no site is built while it is there",
        ),
        None if is_page => (true, ", and a page comes out with every build".to_owned(), ""),
        None => (false, String::new(), ", before you set `published`"),
    };
    let finding = Diagnostic::at(&diag::PLACEHOLDER, place.clone(), format!("{what} is still to be written{when}"));
    let severity = if out && !site.lens().unpublished { Severity::Error } else { Severity::Warning };
    Diagnostic { severity, ..finding }.hint(format!("write what belongs here, or take it out{until}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::{Memo, Options, World};
    use crate::tree::Tree;
    use std::sync::Arc;

    #[track_caller]
    fn check_front(front: &str, expected: &[(&str, &str)]) {
        let found: Vec<_> =
            in_front_matter(front).into_iter().map(|(key, range)| (key, front[range].to_owned())).collect();
        let expected: Vec<_> = expected.iter().map(|(key, value)| (key.to_string(), value.to_string())).collect();
        assert_eq!(found, expected, "{front}");
    }

    #[test]
    fn values_of_front_matter_are_found_with_their_keys() {
        check_front("title: A\nsummary: To be written.\n", &[("summary", "To be written.")]);
        check_front("to:\n  - A\n  - To be written # by May\n", &[("to", "To be written")]);
        check_front("by: \"To be written: by whom\"\n", &[("by", "To be written: by whom")]);
        check_front("note: >\n  To be written\n", &[("note", "To be written")]);
        check_front("rounds:\n  - round: 1\n    response: To be written\n", &[("response", "To be written")]);
        check_front("to: [To be written]\r\n", &[("to", "To be written")]);
    }

    #[test]
    fn comments_and_other_words_of_front_matter_are_let_be() {
        check_front("# by: To be written\n  # To be written\n", &[]);
        check_front("title: To be written by June\nsummary: What is to be written.\n", &[]);
    }

    /// What is found in a letter and a page on 1 October 2021, in the order of the files.
    #[track_caller]
    fn check(published: &str, unpublished: bool, expected: &[&str]) {
        let letter = format!("---\ntitle: A\nfrom: B\nto: To be written\ndate: 2021-09-01\n{published}---\n\nWords.\n");
        let tree: Tree = [
            (
                "site.toml",
                "title = \"T\"\nbase_url = \"https://example.org\"\n[rules]\naccessibility-statement = \"off\"\n",
            ),
            ("content/letters/2021-09-01-a.md", &letter),
            ("content/pages/b.md", "---\ntitle: B\n---\n\nTo be written: how to\nreach us.\n"),
        ]
        .into_iter()
        .collect();
        let options = Options { unpublished, ..Options::public("2021-10-01T12:00:00Z".parse().unwrap()) };
        let found = World::read(&tree, &options, &Arc::<Memo>::default()).found;
        let told: Vec<_> = found.iter().map(|own| format!("{:?}: {}", own.severity, own.message)).collect();
        assert_eq!(told, expected);
    }

    #[test]
    fn what_is_published_has_none_and_what_is_to_come_is_warned_of() {
        let page = "“how to reach us” is still to be written, and a page comes out with every build";
        let error = format!("Error: {page}");
        let warning = format!("Warning: {page}");
        let out = "`to` is still to be written, and is published on 2021-10-01";
        check("published: 2021-10-01\n", false, &[&format!("Error: {out}"), &error]);
        check("published: 2021-10-01\n", true, &[&format!("Warning: {out}"), &warning]);
        let coming = "Warning: `to` is still to be written, and comes out on 2021-10-02";
        check("published: 2021-10-02\n", false, &[&error]);
        check("published: 2021-10-02\n", true, &[coming, &warning]);
        check("", true, &["Warning: `to` is still to be written", &warning]);
    }

    #[test]
    fn what_stayed_as_it_was_is_told_anew_when_its_day_has_come() {
        let update = "---\ntitle: A\nby: B\ndate: 2021-10-01\npublished: 2021-10-01\n---\n\nTo be written.\n";
        let tree: Tree =
            [("site.toml", "title = \"T\"\n"), ("content/updates/2021-10-01-a.md", update)].into_iter().collect();
        let options = |at: &str| Options { unpublished: true, ..Options::public(at.parse().unwrap()) };
        let memo = Arc::<Memo>::default();
        let before = World::read(&tree, &options("2021-09-30T23:59:59Z"), &memo);
        let after = World::read_again(before.world.as_ref(), &tree, &options("2021-10-01T00:00:00Z"), &memo);
        let told = |found: &[Diagnostic]| {
            let own = found.iter().find(|own| *own.rule == diag::PLACEHOLDER);
            own.map(|own| own.message.clone()).unwrap_or_default()
        };
        assert_eq!(told(&before.found), "this is still to be written, and comes out on 2021-10-01");
        assert_eq!(told(&after.found), "this is still to be written, and is published on 2021-10-01");
    }
}
