//! Texts to begin with: the files of a new site and of new documents, with their dates filled in.
//!
//! They lie beside this file as they will lie in a site. `{{day-42}}` in them becomes the date 42 days
//! ago, `{{words-42}}` the same in words, `{{title}}` a title, `{{means##}}` what it means for each group of the
//! site, below headings of that level. What an author has to write is a placeholder, which `check` knows.

use crate::config::Group;
use jiff::civil::Date;
use jiff::{Span, Timestamp};

macro_rules! texts {
    ($($path:literal = $file:literal,)*) => { &[$(($path, include_str!(concat!("scaffold/", $file)))),*] };
}

/// A site that is complete and builds without a finding: path and text of each file.
pub(super) const SITE: &[(&str, &str)] = texts! {
    ".gitattributes" = "site/gitattributes",
    ".gitignore" = "site/gitignore",
    "PUBLISHING.md" = "site/publishing.md",
    "site.toml" = "site/site.toml",
    "content/index.md" = "site/index.md",
    "content/glossary.yaml" = "site/glossary.yaml",
    "content/pages/accessibility.md" = "site/pages-accessibility.md",
    "content/pages/privacy.md" = "site/pages-privacy.md",
    "content/proposals/opening-hours/index.md" = "site/proposal-index.md",
    "content/proposals/opening-hours/draft-1.md" = "site/proposal-draft-1.md",
    "content/proposals/opening-hours/draft-2.md" = "site/proposal-draft-2.md",
    "content/proposals/opening-hours/feedback.yaml" = "site/proposal-feedback.yaml",
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
    "/draft-1/01-where-we-are.md" = "new/strategy-01-where-we-are.md",
    "/draft-1/02-decisions.md" = "new/strategy-02-decisions.md",
    "/draft-1/03-what-is-coming.md" = "new/strategy-03-what-is-coming.md",
    "/draft-1/04-other-plans.md" = "new/strategy-04-other-plans.md",
    "/draft-1/05-what-it-means-for-you.md" = "new/strategy-05-what-it-means-for-you.md",
};

/// A new letter, update and page: what follows the name in their paths, and their text.
pub(super) const LETTER: &[(&str, &str)] = texts! { ".md" = "new/letter.md", };
pub(super) const UPDATE: &[(&str, &str)] = texts! { ".md" = "new/update.md", };
pub(super) const PAGE: &[(&str, &str)] = texts! { ".md" = "new/page.md", };

/// The day that it is in UTC. What is dated one day back from it has come in every time zone.
pub(super) fn today() -> Date {
    Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date()
}

/// With what the gaps of a text are filled.
pub(super) struct Gaps<'a> {
    pub(super) today: Date,
    pub(super) title: &'a str,
    /// Whom the papers of the site concern.
    pub(super) groups: &'a [Group],
}

/// What stands where a site names no groups.
const FOR_ALL: &str = "\
<!-- What a reader would ask: what do I have to do, from when, what does it cost me, what may I no longer do? Where papers
concern several groups, name these in site.toml with [[groups]], give each a heading here, and write \"for:\" and the
name of the group into a comment behind it. -->

To be written: what a reader would have to do, and from when.";

impl Gaps<'_> {
    /// A text with its gaps filled in.
    pub(super) fn fill(&self, text: &str) -> String {
        let mut filled = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("{{") {
            let (gap, after) = after.split_once("}}").unwrap_or((after, ""));
            filled.push_str(before);
            filled.push_str(&self.value(gap));
            rest = after;
        }
        filled + rest
    }

    fn value(&self, gap: &str) -> String {
        if let Some(day) = gap.strip_prefix("day").and_then(|days| self.day(days)) {
            return day.to_string();
        }
        if let Some(day) = gap.strip_prefix("words").and_then(|days| self.day(days)) {
            return day.strftime("%-d %B %Y").to_string();
        }
        match gap.strip_prefix("means") {
            Some(level) => self.means(level),
            None => self.title.to_owned(),
        }
    }

    /// The day that many days from today.
    fn day(&self, days: &str) -> Option<Date> {
        let days = if days.is_empty() { 0 } else { days.parse().ok()? };
        self.today.checked_add(Span::new().try_days(days).ok()?).ok()
    }

    /// What it means for each group, below a heading that says whom it concerns.
    fn means(&self, level: &str) -> String {
        if self.groups.is_empty() {
            return FOR_ALL.to_owned();
        }
        let section = |group: &Group| {
            let Group { title, name, .. } = group;
            format!(
                "{level} {title}\n\n<!-- for: {name} -->\n\nTo be written: what changes for {title}, and from when."
            )
        };
        self.groups.iter().map(section).collect::<Vec<_>>().join("\n\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Date = Date::constant(2021, 10, 1);

    #[test]
    fn gaps_are_filled() {
        let gaps = Gaps { today: TODAY, title: "Hours", groups: &[] };
        let filled = gaps.fill("{{title}}: {{day}}, {{day-1}}, {{words+28}}.");
        assert_eq!(filled, "Hours: 2021-10-01, 2021-09-30, 29 October 2021.");
    }

    #[test]
    fn each_group_of_the_site_is_told_what_it_means() {
        let group = |name: &str, title: &str| Group { name: name.into(), title: title.into(), about: None };
        let groups = [group("staff", "Those who work here"), group("visitors", "Visitors")];
        let filled = Gaps { today: TODAY, title: "", groups: &groups }.fill("{{means##}}\n");
        let to_write = "To be written: what changes for";
        let section = |title: &str, name: &str| {
            format!("## {title}\n\n<!-- for: {name} -->\n\n{to_write} {title}, and from when.\n")
        };
        assert_eq!(filled, section("Those who work here", "staff") + "\n" + &section("Visitors", "visitors"));
    }

    #[test]
    fn every_gap_is_of_a_known_form() {
        let all = [SITE, PROPOSAL, STRATEGY, LETTER, UPDATE, PAGE].concat();
        for (path, text) in all {
            let filled = Gaps { today: TODAY, title: "~", groups: &[] }.fill(&format!("{path}\n{text}"));
            let titled = text.contains("{{title}}");
            assert!(!filled.contains("{{") && filled.contains('~') == titled, "{path}");
        }
    }
}
