//! Texts to begin with: the files of a new site and of new documents, with their dates filled in.
//!
//! They lie beside this file as they will lie in a site. `{{day-42}}` in them becomes the date 42 days
//! ago, `{{words-42}}` the same in words, `{{title}}` a title.

use jiff::civil::Date;
use jiff::{Span, Timestamp};

macro_rules! texts {
    ($($path:literal = $file:literal,)*) => { &[$(($path, include_str!(concat!("scaffold/", $file)))),*] };
}

/// A site that is complete and builds without a finding: path and text of each file.
pub(super) const SITE: &[(&str, &str)] = texts! {
    ".gitignore" = "site/gitignore",
    "site.toml" = "site/site.toml",
    "content/index.md" = "site/index.md",
    "content/glossary.yaml" = "site/glossary.yaml",
    "content/pages/accessibility.md" = "site/pages-accessibility.md",
    "content/pages/privacy.md" = "site/pages-privacy.md",
    "content/proposals/opening-hours/index.md" = "site/proposal-index.md",
    "content/proposals/opening-hours/draft-1.md" = "site/proposal-draft-1.md",
    "content/proposals/opening-hours/draft-2.md" = "site/proposal-draft-2.md",
    "content/letters/{{day-14}}-council.md" = "site/letter.md",
    "content/updates/{{day-1}}-second-draft.md" = "site/update.md",
};

/// The files of a new proposal, from its folder.
pub(super) const PROPOSAL: &[(&str, &str)] = texts! {
    "/index.md" = "new/proposal-index.md",
    "/draft-1.md" = "new/draft-1.md",
};

/// The files of a new strategy, from its folder.
pub(super) const STRATEGY: &[(&str, &str)] = texts! {
    "/index.md" = "new/strategy-index.md",
    "/draft-1/index.md" = "new/strategy-draft-1.md",
    "/draft-1/01-context.md" = "new/chapter.md",
};

/// A new letter, update and page: what follows the name in their paths, and their text.
pub(super) const LETTER: &[(&str, &str)] = texts! { ".md" = "new/letter.md", };
pub(super) const UPDATE: &[(&str, &str)] = texts! { ".md" = "new/update.md", };
pub(super) const PAGE: &[(&str, &str)] = texts! { ".md" = "new/page.md", };

/// The day that it is in UTC. What is dated one day back from it has come in every time zone.
pub(super) fn today() -> Date {
    Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date()
}

/// A text with its gaps filled in.
pub(super) fn fill(text: &str, today: Date, title: &str) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        let (gap, after) = after.split_once("}}").unwrap_or((after, ""));
        filled.push_str(before);
        filled.push_str(&value(gap, today, title));
        rest = after;
    }
    filled + rest
}

fn value(gap: &str, today: Date, title: &str) -> String {
    let day = |days: &str| {
        let days = if days.is_empty() { Ok(0) } else { days.parse::<i64>() };
        days.ok().and_then(|days| today.checked_add(Span::new().try_days(days).ok()?).ok())
    };
    if let Some(day) = gap.strip_prefix("day").and_then(day) {
        return day.to_string();
    }
    if let Some(day) = gap.strip_prefix("words").and_then(day) {
        return day.strftime("%-d %B %Y").to_string();
    }
    title.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_filled() {
        let filled = fill("{{title}}: {{day}}, {{day-1}}, {{words+28}}.", Date::constant(2021, 10, 1), "Hours");
        assert_eq!(filled, "Hours: 2021-10-01, 2021-09-30, 29 October 2021.");
    }

    #[test]
    fn every_gap_is_of_a_known_form() {
        let all = [SITE, PROPOSAL, STRATEGY, LETTER, UPDATE, PAGE].concat();
        for (path, text) in all {
            let filled = fill(&format!("{path}\n{text}"), Date::constant(2021, 10, 1), "~");
            let titled = text.contains("{{title}}");
            assert!(!filled.contains("{{") && filled.contains('~') == titled, "{path}");
        }
    }
}
