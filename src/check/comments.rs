//! Comments that are nearly those that a site reads: `for:`, `why:` and `page`.
//!
//! In: the comments of a text, and the groups of site.toml. Out: a finding for each comment that is taken for a
//! remark of its author, though it was hardly meant as one. Ordinary remarks are let be.

use crate::config::Config;
use crate::diag::{self, Diagnostic, nearest};
use crate::facts::Facts;
use crate::markdown::COMMENTS;
use crate::paper::Text;
use strsim::damerau_levenshtein;

/// Words that are one letter away from these and mean themselves.
const OTHERS: [&str; 14] =
    ["age", "far", "form", "forms", "four", "nor", "or", "pace", "pages", "wage", "way", "who", "wry", "your"];

/// What is wrong with the comments of a text.
pub fn check(config: &Config, text: &Text, facts: &Facts) -> Vec<Diagnostic> {
    let findings = facts.comments.iter().filter_map(|(span, words)| {
        let meant = meant(words.trim(), config)?;
        let place = text.source.place(text.body_start + span.start..text.body_start + span.end);
        let finding = Diagnostic::at(&diag::COMMENT, place, "this comment says nothing to the site");
        Some(finding.hint(format!("did you mean `<!-- {meant} -->`?")))
    });
    findings.collect()
}

/// What a comment that is not read was meant to say.
fn meant(words: &str, config: &Config) -> Option<String> {
    let (head, rest, colon) = match words.split_once(':') {
        Some((head, rest)) => (head.trim(), rest.trim(), true),
        None => words.split_once(char::is_whitespace).map(|(head, rest)| (head, rest.trim(), false))?,
    };
    let (word, reply) = head.find('(').map_or((head, ""), |at| (head[..at].trim(), &head[at..]));
    let word = word.to_lowercase();
    let is_near = |read: &&str| word == **read || !OTHERS.contains(&word.as_str()) && near(&word, read);
    let read = COMMENTS.iter().map(|comment| comment.word).find(is_near)?;
    let is_number = rest.bytes().all(|byte| byte.is_ascii_digit()) && !rest.is_empty();
    match (read, colon) {
        ("page", _) if is_number && (colon || word != read) => Some(format!("page {rest}")),
        ("page", _) => None,
        (_, true) if word == read => None,
        ("why", true) if !reply.is_empty() => Some(format!("why {reply}: {rest}")),
        (_, true) => Some(format!("{read}: {rest}")),
        ("for", false) => {
            rest.split(',').all(|name| is_like_group(name.trim(), config)).then(|| format!("for: {rest}"))
        }
        (_, false) => rest.trim_end_matches('.').eq_ignore_ascii_case("editorial").then(|| "why: editorial".to_owned()),
    }
}

/// Whether one slip makes a word of another.
fn near(word: &str, read: &str) -> bool {
    damerau_levenshtein(word, read) == 1
}

/// Whether a word is the name of a group, a part of one, or nearly one.
fn is_like_group(word: &str, config: &Config) -> bool {
    let word = word.to_lowercase();
    let mut names = config.groups.iter().map(|group| group.name.as_str());
    names.any(|name| name.split('-').any(|part| part == word) || nearest(&word, [name]).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Group;

    #[track_caller]
    fn check(words: &str, expected: Option<&str>) {
        let group = |name: &str| Group { name: name.into(), title: name.to_uppercase(), about: None };
        let config = Config { groups: vec![group("car-drivers"), group("dental")], ..Config::default() };
        assert_eq!(meant(words, &config).as_deref(), expected, "{words}");
    }

    #[test]
    fn a_slip_is_answered_with_what_was_meant() {
        check("for drivers", Some("for: drivers"));
        check("for dentel, car-drivers", Some("for: dentel, car-drivers"));
        check("fro: drivers", Some("for: drivers"));
        check("wy: It was too far.", Some("why: It was too far."));
        check("whi (F1, F3): It was too far.", Some("why (F1, F3): It was too far."));
        check("Why editorial.", Some("why: editorial"));
        check("page: 2", Some("page 2"));
        check("pgae 2", Some("page 2"));
    }

    #[test]
    fn what_is_read_and_what_is_a_remark_are_let_be() {
        for words in ["for: dental", "why: x", "why (F1): x", "WHY: editorial", "page 2"] {
            check(words, None);
        }
        let remarks =
            ["TODO: x", "for now", "for example: this", "why not", "who: Anna", "page two", "note", "", "way: 2"];
        for words in remarks {
            check(words, None);
        }
    }
}
