//! Whom texts concern: groups that site.toml does not name, and groups that a strategy passes over.
//!
//! In: what may be seen, and the facts of its texts. Out: findings, and the [`Coverage`] of a draft as a page
//! can show it.

use crate::config::{Config, Group, Kind};
use crate::diag::{self, Diagnostic};
use crate::facts::Facts;
use crate::facts::concerns::Said;
use crate::paper::{Draft, Site, Text};
use crate::path::SitePath;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The facts of texts, by path.
type AllFacts = BTreeMap<SitePath, Arc<Facts>>;

/// What of a draft concerns one group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage<'a> {
    /// The group.
    pub group: &'a Group,
    /// Chapters and sections that say so, in the order of the text; empty where none does.
    pub parts: Vec<Part<'a>>,
}

/// A chapter or a section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part<'a> {
    /// The name of the chapter; none in the words above the chapters, and in a draft without any.
    pub chapter: Option<&'a str>,
    /// The title of the chapter, or the words of the heading.
    pub title: &'a str,
    /// The id of the heading; none of a chapter as a whole.
    pub anchor: Option<&'a str>,
}

/// Which chapters and sections of a draft concern each group, in the order of site.toml.
pub fn coverage<'a>(config: &'a Config, draft: &'a Draft, facts: &'a AllFacts) -> Vec<Coverage<'a>> {
    let of_group = |group: &'a Group| Coverage { group, parts: parts(&group.name, draft, facts) };
    config.groups.iter().map(of_group).collect()
}

fn parts<'a>(group: &str, draft: &'a Draft, facts: &'a AllFacts) -> Vec<Part<'a>> {
    let mut parts = sections(group, None, &draft.text, facts);
    for chapter in &draft.chapters {
        let name = Some(chapter.name.as_str());
        if chapter.groups.iter().any(|own| own == group) {
            parts.push(Part { chapter: name, title: &chapter.title, anchor: None });
        }
        parts.extend(sections(group, name, &chapter.text, facts));
    }
    parts
}

fn sections<'a>(group: &str, chapter: Option<&'a str>, text: &Text, facts: &'a AllFacts) -> Vec<Part<'a>> {
    let said = facts.get(text.path()).into_iter().flat_map(|facts| &facts.said);
    let own = said.filter(|said| said.groups.iter().any(|(name, _)| name == group));
    let part = |(title, anchor): &'a (String, String)| Part { chapter, title, anchor: Some(anchor) };
    own.filter_map(|said| said.heading.as_ref()).map(part).collect()
}

/// What is wrong with the comments of a text that say whom it concerns.
pub fn check(config: &Config, text: &Text, facts: &Facts) -> Vec<Diagnostic> {
    facts.said.iter().flat_map(|said| of_comment(config, text, said)).collect()
}

fn of_comment(config: &Config, text: &Text, said: &Said) -> Vec<Diagnostic> {
    let at = |span: &std::ops::Range<usize>, message: String| {
        let place = text.source.place(text.body_start + span.start..text.body_start + span.end);
        Diagnostic::at(&diag::GROUP, place, message)
    };
    let unknown = said.groups.iter().filter(|(name, _)| config.is_no_group(name));
    let mut found: Vec<_> =
        unknown.map(|(name, span)| at(span, format!("unknown group `{name}`")).hint(config.near_group(name))).collect();
    if said.groups.is_empty() {
        let finding = at(&said.span, "the comment names no group".to_owned());
        found.push(finding.hint("write the names of groups, parted by commas: <!-- for: medical, dental -->"));
    }
    if said.of.is_none() {
        let finding = at(&said.span, "the comment stands behind no heading and no other block".to_owned());
        found.push(finding.hint("put it behind what it is about, or write `groups` into the front matter"));
    }
    found
}

/// The newest drafts of strategies that pass over a group.
pub fn uncovered(config: &Config, site: &Site, facts: &AllFacts) -> Vec<Diagnostic> {
    let strategies = site.documents().filter(|document| document.kind == Kind::Strategy);
    let drafts = strategies.flat_map(|document| document.newest());
    let findings = drafts.filter_map(|draft| {
        let missing = coverage(config, draft, facts).into_iter().filter(|own| own.parts.is_empty());
        let missing: Vec<_> = missing.map(|own| own.group.name.as_str()).collect();
        let message = format!("no chapter and no section is for {}", missing.join(", "));
        let finding = Diagnostic::at(&diag::GROUP_COVERAGE, draft.text.source.place(0..0), message);
        let hint = format!("write <!-- for: {} --> behind a heading, or `groups` into a chapter", missing.first()?);
        Some(finding.hint(hint))
    });
    findings.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Source;
    use crate::facts::Glossary;
    use crate::markdown::{Dialect, parse};
    use crate::paper::{Archive, Lens};
    use crate::tree::Tree;
    use jiff::Timestamp;

    #[test]
    fn coverage_names_chapters_and_sections_in_the_order_of_the_text() {
        let site = "title = \"P\"\n[[groups]]\nname = \"medical\"\ntitle = \"M\"\n[[groups]]\nname = \"dental\"\ntitle = \"D\"\n";
        let (config, _) = Config::read(&Source::new(SitePath::new("site.toml"), site));
        let draft = "content/strategy/care/draft-1";
        let (index, first) = (format!("{draft}/index.md"), format!("{draft}/01-people.md"));
        let tree: Tree = [
            ("content/strategy/care/index.md", "---\ntitle: Care\nsummary: S\ngroups: dental\n---\n"),
            (&index, "---\npublished: 2021-08-05\ngroups: dental\n---\n\n## Top\n\n<!-- for: medical -->\n\nText.\n\n<!-- for: dental -->\n"),
            (&first, "---\ntitle: People\ngroups: medical\n---\n\n### Lists {#l}\n\n<!-- for: medical -->\n"),
        ]
        .into_iter()
        .collect();
        let site = Archive::read(&tree, &config).0.visible(&Lens::public(Timestamp::MAX));
        let draft = site.document("strategy", "care").and_then(|care| care.newest().next()).expect("a draft");
        let texts = [&draft.text, &draft.chapters[0].text];
        let facts = |text: &Text| Arc::new(Facts::of(&parse(text.body(), Dialect::Paper), None, &Glossary::default()));
        let facts: AllFacts = texts.into_iter().map(|text| (text.path().clone(), facts(text))).collect();
        let covered = coverage(&config, draft, &facts);
        let parts: Vec<_> = covered[0].parts.iter().map(|part| (part.chapter, part.title, part.anchor)).collect();
        assert_eq!(
            parts,
            [(None, "Top", Some("top")), (Some("people"), "People", None), (Some("people"), "Lists", Some("l"))]
        );
        assert_eq!((covered[1].group.name.as_str(), covered[1].parts.len()), ("dental", 0));
    }
}
