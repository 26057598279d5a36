//! Links: where each leads, and what is wrong with those that lead nowhere.
//!
//! A link between documents is a relative reference to a Markdown file or a figure of the site, with an
//! id or a block number behind `#`. Anything with a scheme is left alone.

use crate::diag::{self, Diagnostic, Place, nearest};
use crate::facts::Facts;
use crate::markdown::{is_number, is_safe};
use crate::paper::{Site, TermLink, Text};
use crate::path::{Address, SitePath};
use crate::routes::Route;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Where a link leads.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// Out of the site, or to an address that is no file: kept as it is written.
    External,
    /// To a place in the same file.
    Here(String),
    /// To a page, at a place in it.
    Page(Address, Option<String>),
    /// To a figure or attachment.
    File(SitePath),
}

/// Why a link leads nowhere.
#[derive(Clone, Debug, PartialEq)]
pub enum Fault {
    /// Above the root of the site.
    Outside,
    /// It begins with `/`, which is the root of the host and not of the site.
    Rooted(SitePath),
    /// There is no such file.
    NoFile(SitePath),
    /// The file has no such place.
    NoAnchor(SitePath, String),
    /// The file exists but may not be seen.
    Withheld(SitePath),
    /// Something else is wrong with the file and was reported.
    Reported,
    /// Nothing is written, or a scheme alone.
    Empty,
}

/// Knows every file of a site and every place in it.
#[derive(Clone, Copy)]
pub struct Links<'a> {
    /// What may be seen.
    pub site: &'a Site,
    /// The facts of every text that may be seen, by path.
    pub facts: &'a BTreeMap<SitePath, Arc<Facts>>,
}

impl Links<'_> {
    /// Where a target leads that is written in a file.
    pub fn resolve(&self, from: &SitePath, written: &str) -> Result<Target, Fault> {
        if is_external(written) {
            return Ok(Target::External);
        }
        let (path, fragment) = written.split_once('#').map_or((written, None), |(path, id)| (path, Some(decoded(id))));
        let path = path.split('?').next().unwrap_or("");
        if path.is_empty() {
            let fragment = fragment.unwrap_or_default();
            self.anchor(from, Some(&fragment))?;
            return Ok(Target::Here(fragment));
        }
        if path.starts_with('/') {
            return Err(Fault::Rooted(SitePath::new("content").join(&decoded(path))));
        }
        let Some(file) = lead(from, written) else { return Err(Fault::Outside) };
        if let Some(owner) = self.site.source_of(&file) {
            self.anchor(&file, fragment.as_deref())?;
            return Ok(Target::Page(Route::of(owner).address(), fragment));
        }
        if self.site.files().contains_key(&file) {
            return Ok(Target::File(file));
        }
        Err(if self.site.is_reported(&file) {
            Fault::Reported
        } else if self.site.withheld().contains(&file) {
            Fault::Withheld(file)
        } else {
            Fault::NoFile(file)
        })
    }

    fn anchor(&self, file: &SitePath, fragment: Option<&str>) -> Result<(), Fault> {
        let Some(fragment) = fragment.filter(|fragment| !fragment.is_empty()) else { return Ok(()) };
        let known = self.facts.get(file).is_none_or(|facts| facts.anchors.contains(fragment));
        if known { Ok(()) } else { Err(Fault::NoAnchor(file.clone(), fragment.to_owned())) }
    }

    /// What is wrong with the links of a text.
    pub fn check(&self, text: &Text) -> Vec<Diagnostic> {
        let Some(facts) = self.facts.get(text.path()) else { return Vec::new() };
        let faults = facts.references.iter().filter_map(|link| {
            if link.image && is_remote(&link.target) {
                let span = text.body_start + link.span.start..text.body_start + link.span.end;
                let message = format!("the image `{}` lies on another host", link.target);
                let finding = Diagnostic::at(&diag::REMOTE_IMAGE, text.source.place(span), message);
                return Some(finding.hint("put the file beside the text and name it with a relative path"));
            }
            let span = text.body_start + link.span.start..text.body_start + link.span.end;
            let place = text.source.place(span);
            if is_empty(&link.target) {
                return self.finding(place, &link.target, Fault::Empty);
            }
            match self.resolve(text.path(), &link.target) {
                Err(fault) => self.finding(place, &link.target, fault),
                Ok(Target::Here(id) | Target::Page(_, Some(id))) if is_number(&id) => {
                    let file = lead(text.path(), &link.target);
                    self.moving(file.as_ref().unwrap_or(text.path()), &id, place)
                }
                Ok(_) => None,
            }
        });
        faults.collect()
    }

    /// A link to the number of a block in a draft that is not out yet.
    fn moving(&self, file: &SitePath, id: &str, place: Place) -> Option<Diagnostic> {
        if !self.site.is_moving(file) {
            return None;
        }
        let message =
            format!("`#{id}` is the number of a block in a draft that is not out yet, where numbers still move");
        let hint = "end that block with an id, such as {#costs}, and link to the id";
        Some(Diagnostic::at(&diag::MOVING_NUMBER, place, message).hint(hint))
    }

    /// Where the link of a term leads.
    pub fn of_term(&self, lead: &TermLink) -> Result<Target, Fault> {
        self.resolve(&lead.place.file, &lead.target)
    }

    /// Where the links of all terms lead.
    pub fn of_terms(&self) -> impl Iterator<Item = Result<Target, Fault>> {
        self.site.glossary().iter().filter_map(|term| Some(self.of_term(term.link.as_ref()?)))
    }

    /// What is wrong with the links of the glossary.
    pub fn check_terms(&self) -> Vec<Diagnostic> {
        let leads = self.site.glossary().iter().filter_map(|term| term.link.as_ref());
        let faults = leads.filter_map(|lead| {
            if !is_safe(&lead.target) {
                let message = format!("`{}` is not an address that a paper may lead to", lead.target);
                let finding = Diagnostic::at(&diag::UNSAFE_LINK, lead.place.clone(), message);
                return Some(finding.hint("link to https, http, mailto or tel, or to a file of the site"));
            }
            if is_empty(&lead.target) || lead.target.starts_with('#') {
                let finding =
                    Diagnostic::at(&diag::BROKEN_LINK, lead.place.clone(), format!("`{}` leads nowhere", lead.target));
                return Some(finding.hint("write an address, or the path of a file as seen from content/"));
            }
            self.finding(lead.place.clone(), &lead.target, self.of_term(lead).err()?)
        });
        faults.collect()
    }

    /// What is wrong with a target that leads nowhere.
    pub(super) fn finding(&self, place: Place, target: &str, fault: Fault) -> Option<Diagnostic> {
        let broken = |message: String| Diagnostic::at(&diag::BROKEN_LINK, place.clone(), message);
        Some(match fault {
            Fault::Reported => return None,
            Fault::Empty => broken(format!("the link has no target: `{target}`"))
                .hint("write where it leads between the brackets: [words](file.md)"),
            Fault::Outside => broken(format!("`{target}` leads out of the site")).hint("link to a file below content/"),
            Fault::Rooted(path) => {
                let message = format!("`{target}` begins with `/`, but a link is written as seen from its file");
                broken(message).hint(self.instead_of(&path))
            }
            Fault::NoFile(path) => {
                let message = format!("`{target}` leads to {path}, {}", self.why_not(&path));
                broken(message).hint(self.instead_of(&path))
            }
            Fault::NoAnchor(path, fragment) => {
                let finding = broken(format!("`#{fragment}` does not stand in {path}"));
                let anchors = self.facts.get(&path).map(|facts| &facts.anchors);
                let near = nearest(&fragment, anchors.into_iter().flatten().map(String::as_str));
                match near.filter(|_| !is_number(&fragment)) {
                    _ if is_number(&fragment) => finding.hint("look up the number of the paragraph in that draft"),
                    Some(near) => finding.hint(format!("did you mean `#{near}`?")),
                    None => {
                        finding.hint("link to a heading by its words in lower case, joined by hyphens, or to a {#id}")
                    }
                }
            }
            Fault::Withheld(path) => {
                let message = format!("`{target}` leads to {path}, which may not be seen where this text is");
                Diagnostic::at(&diag::WITHHELD_LINK, place, message)
                    .hint("leave the link out until readers of this text may see its target, or show both to the same readers")
            }
        })
    }

    /// What a path is that no link can lead to.
    fn why_not(&self, path: &SitePath) -> &'static str {
        let is_content = path.below(&SitePath::new("content")).is_some();
        match path.extension() {
            _ if self.known().any(|other| other.below(path).is_some()) => "which is a folder",
            "yaml" | "yml" | "lock" => "which is not published",
            _ if is_content => "which does not exist",
            _ => "which is outside content/",
        }
    }

    /// What to do about a link to a path that no link can lead to.
    fn instead_of(&self, path: &SitePath) -> String {
        match self.near_file(path) {
            Some(near) => format!("did you mean {near}?"),
            None => "write the path of a Markdown file or a figure, seen from this file".to_owned(),
        }
    }

    /// The texts and figures that may be seen.
    fn known(&self) -> impl Iterator<Item = &SitePath> {
        self.facts.keys().chain(self.site.files().keys())
    }

    /// The file of the site that was meant: the `index.md` of a folder; one with that name elsewhere; one
    /// with nearly that name in the same folder; one with nearly that name.
    fn near_file(&self, path: &SitePath) -> Option<&SitePath> {
        let index = path.join("index.md");
        let distance = |other: &&SitePath| strsim::damerau_levenshtein(path.as_str(), other.as_str());
        let same_name = || self.known().filter(|other| other.name() == path.name()).min_by_key(distance);
        let beside =
            || nearest(path.name(), self.known().filter(|it| it.parent() == path.parent()).map(SitePath::name));
        let named = |name: &str| self.known().filter(|other| other.name() == name).min_by_key(distance);
        let found = self.known().find(|other| **other == index).or_else(same_name);
        found.or_else(|| named(beside()?)).or_else(|| named(nearest(path.name(), self.known().map(SitePath::name))?))
    }
}

/// The file that a relative target names, be it there or not; none where the target names none, or leads out of
/// the site.
pub fn lead(from: &SitePath, written: &str) -> Option<SitePath> {
    let path = written.split(['#', '?']).next().unwrap_or("");
    if path.is_empty() || path.starts_with('/') || is_external(written) { None } else { from.resolve(&decoded(path)) }
}

/// Whether a target says nothing: it is empty, or a scheme without more.
fn is_empty(target: &str) -> bool {
    let target = target.trim();
    let scheme = target.trim_end_matches('/').strip_suffix(':');
    target.is_empty() || target == "#" || scheme.is_some_and(|scheme| scheme.chars().all(|c| c.is_ascii_alphabetic()))
}

/// Whether a browser would ask another host for an image.
fn is_remote(target: &str) -> bool {
    is_external(target) && !target.trim_start().to_ascii_lowercase().starts_with("data:")
}

/// Whether a target has a scheme or a host.
pub fn is_external(target: &str) -> bool {
    let scheme = target.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    });
    scheme || target.starts_with("//")
}

/// A text with its percent-encoding undone (RFC 3986, section 2.1), where that gives UTF-8.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let pair = after.get(..2).and_then(|pair| std::str::from_utf8(pair).ok());
        match pair.and_then(|pair| u8::from_str_radix(pair, 16).ok()).filter(|_| *first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_a_scheme_or_a_host_is_external() {
        for target in ["https://example.org", "mailto:a@example.org", "//example.org/a", "tel:1"] {
            assert!(is_external(target), "{target}");
        }
        for target in ["draft-2.md", "#p2-4", "a/b:c.md", "../x.md#y", "1:2", "/a"] {
            assert!(!is_external(target), "{target}");
        }
    }

    #[test]
    fn a_scheme_alone_is_no_target() {
        for target in ["", "#", "http://", "mailto:", "https:"] {
            assert!(is_empty(target), "{target}");
        }
        for target in ["#a", "http://localhost:80/", "mailto:a@b", "a/", "https://example.org/"] {
            assert!(!is_empty(target), "{target}");
        }
    }

    #[test]
    fn percent_encoding_is_undone() {
        assert_eq!(decoded("my%20plan%C3%A9.md"), "my plané.md");
        assert_eq!(decoded("100%"), "100%");
        assert_eq!(decoded("%ff"), "%ff");
    }
}
