//! Names of files and folders: which are allowed, which are taken, and what a wrong one was meant for.
//!
//! In: a part of a path. Out: whether it may stand, or the name to give it instead.

use super::DraftName;
use crate::config::{Config, OWN_ADDRESSES};
use unicode_normalization::UnicodeNormalization;

/// Addresses of a document's own below it.
const BELOW_DOCUMENT: [&str; 8] = ["changes", "latest", "feedback", "all", "feed", "index", "record", "vote"];

/// Files of the site's own at its root.
const AT_ROOT: [&str; 5] = ["404.html", "calendar.ics", "sha256sums.txt", "site.json", "sitemap.xml"];

/// Files of the site's own wherever pages are.
const BESIDE_PAGES: [&str; 3] = ["feed.xml", "index.html", "record.txt"];

/// Whether a name is lower-case letters and digits in groups with single hyphens between them.
pub(super) fn is_plain(name: &str) -> bool {
    let plain =
        |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    name.split('-').all(plain)
}

/// The plain name nearest to another: `Überblick 2` is `uberblick-2`.
pub(super) fn plain(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    for c in name.nfkd().flat_map(char::to_lowercase) {
        match c {
            'a'..='z' | '0'..='9' => plain.push(c),
            'ß' => plain.push_str("ss"),
            ' ' | '-' | '_' | '.' if !plain.is_empty() && !plain.ends_with('-') => plain.push('-'),
            _ => {}
        }
    }
    plain.truncate(plain.trim_end_matches('-').len());
    plain
}

/// Whether a page at the root may not have this name, and why.
pub(super) fn reserved_at_root(name: &str, config: &Config) -> Option<&'static str> {
    if config.section(name).is_some() {
        return Some("the address of a section");
    }
    if OWN_ADDRESSES.contains(&name) {
        return Some("an address of the site's own");
    }
    let is_language = name.len() == 2 && name.bytes().all(|byte| byte.is_ascii_lowercase());
    is_language.then_some("kept for a translation")
}

/// Whether a figure or attachment may not have this name: it would take the place of a page or a feed.
pub(super) fn is_reserved_for_file(parts: &[&str]) -> bool {
    match parts {
        [name] if AT_ROOT.contains(name) => true,
        [.., name] => BESIDE_PAGES.contains(name),
        [] => false,
    }
}

/// Whether a chapter may not have this name.
pub(super) fn is_reserved_for_document(name: &str) -> bool {
    let is_round = name.strip_prefix("round-").is_some_and(|round| round.bytes().all(|byte| byte.is_ascii_digit()));
    BELOW_DOCUMENT.contains(&name) || is_round || DraftName::parse(name).is_some()
}

/// Whether a name that is none was meant for a draft's: `draft_2`, `Draft-2a`.
pub(super) fn is_like_draft(name: &str) -> bool {
    let plain = plain(name);
    let rest = plain.strip_prefix("draft");
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-') || rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// The draft that such a name was meant for: `draft-2-option-a` of `Draft_02 A`.
pub(super) fn meant_draft(name: &str) -> Option<DraftName> {
    let plain = plain(name);
    let rest = plain.strip_prefix("draft")?.trim_start_matches('-').trim_start_matches('0');
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (round, option) = rest.split_at(digits);
    let option = option.trim_start_matches('-');
    let option = option.strip_prefix("option").unwrap_or(option).trim_start_matches('-');
    let suffix = if option.is_empty() { String::new() } else { format!("-option-{option}") };
    DraftName::parse(&format!("draft-{round}{suffix}"))
}

/// `02-people-and-places` as number and name.
pub(super) fn chapter(stem: &str) -> Option<(u32, &str)> {
    let (number, name) = stem.split_once('-')?;
    let digits = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    (digits && is_plain(name)).then_some((number.parse().ok()?, name))
}

/// A title for what has none: `Primary care` of `primary-care`.
pub(super) fn title(name: &str) -> String {
    let words = name.replace(['-', '_'], " ");
    let mut letters = words.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_names_are_told_from_others() {
        for name in ["representation", "2021-07-22-delegation", "a", "42"] {
            assert!(is_plain(name), "{name}");
        }
        for name in ["", "Hubs", "a_b", "a b", "a--b", "-a", "a-", "überblick", "a.b"] {
            assert!(!is_plain(name), "{name}");
        }
        let check = |name: &str, expected: &str| assert_eq!(plain(name), expected, "{name}");
        check("Überblick 2", "uberblick-2");
        check("The_Plan - final.v2", "the-plan-final-v2");
        check("!!", "");
    }

    #[test]
    fn a_misnamed_draft_is_recognised() {
        let check = |name: &str, expected: Option<&str>| {
            assert!(is_like_draft(name), "{name}");
            assert_eq!(meant_draft(name).map(|draft| draft.to_string()).as_deref(), expected, "{name}");
        };
        check("draft_2", Some("draft-2"));
        check("Draft 02", Some("draft-2"));
        check("draft2a", Some("draft-2-option-a"));
        check("draft-2-b", Some("draft-2-option-b"));
        check("draft-2-option-A", Some("draft-2-option-a"));
        check("draft", None);
        check("draft-x", None);
        assert!(!is_like_draft("drafting-notes") && !is_like_draft("notes"));
    }

    #[test]
    fn chapters_have_a_number_and_a_name() {
        assert_eq!(chapter("02-people-and-places"), Some((2, "people-and-places")));
        for stem in ["context", "02", "02-", "a2-context", "02-Context", "02_context"] {
            assert_eq!(chapter(stem), None, "{stem}");
        }
    }

    #[test]
    fn addresses_of_the_site_are_taken() {
        let config = Config::default();
        for name in ["changes", "letters", "404", "cy"] {
            assert!(reserved_at_root(name, &config).is_some(), "{name}");
        }
        assert_eq!(reserved_at_root("accessibility", &config), None);
        for name in ["all", "latest", "round-2", "draft-1"] {
            assert!(is_reserved_for_document(name), "{name}");
        }
        assert!(!is_reserved_for_document("round-up") && !is_reserved_for_document("context"));
        assert!(is_reserved_for_file(&["sitemap.xml"]) && is_reserved_for_file(&["letters", "a", "index.html"]));
        assert!(!is_reserved_for_file(&["letters", "sitemap.xml"]) && !is_reserved_for_file(&["logo.svg"]));
    }
}
