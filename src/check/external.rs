//! Addresses of other sites: which a site leads to, and what is wrong with those that do not answer.
//!
//! Nothing is asked here. `check --external` collects the addresses, asks the network, and brings the
//! answers back.

use super::links::Links;
use crate::diag::{self, Diagnostic, Place};
use crate::paper::Text;
use std::collections::BTreeMap;

/// What came of asking for an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// There is something.
    Found,
    /// The host answers with a status that is no success (RFC 9110, section 15).
    Status(u16),
    /// No answer came, and why.
    Silence(String),
}

/// The addresses that texts and the glossary lead to, each with every place that names it. What stands behind `#` is for
/// the browser, and left out.
pub fn addresses<'t>(links: Links, texts: impl Iterator<Item = &'t Text>) -> BTreeMap<String, Vec<Place>> {
    let mut places: BTreeMap<String, Vec<Place>> = BTreeMap::new();
    for text in texts {
        let references = links.facts.get(text.path()).map_or(&[][..], |facts| &facts.references);
        for link in references.iter().filter(|link| is_asked(&link.target)) {
            let address = link.target.split('#').next().unwrap_or_default();
            let span = text.body_start + link.span.start..text.body_start + link.span.end;
            places.entry(address.to_owned()).or_default().push(text.source.place(span));
        }
    }
    for lead in links.site.glossary().iter().filter_map(|term| term.link.as_ref()).filter(|lead| is_asked(&lead.target))
    {
        let address = lead.target.split('#').next().unwrap_or_default();
        places.entry(address.to_owned()).or_default().push(lead.place.clone());
    }
    places
}

/// What is wrong with the addresses, given their answers.
pub fn findings(places: &BTreeMap<String, Vec<Place>>, answer: impl Fn(&str) -> Answer) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (address, places) in places {
        let (message, hint) = match answer(address) {
            Answer::Found => continue,
            Answer::Status(status @ (404 | 410)) => (
                format!("`{address}` is gone: its host answers {status}"),
                "find where the page is now, or link to a copy of it in a web archive",
            ),
            Answer::Status(status @ (401 | 403 | 429)) => (
                format!("`{address}` answers {status}, so that it cannot be told whether the page is there"),
                "open it in a browser",
            ),
            Answer::Status(status) => (
                format!("`{address}` answers {status}"),
                "open it in a browser; if it fails there too, ask its owner or leave the link out",
            ),
            Answer::Silence(why) => (
                format!("`{address}` does not answer: {why}"),
                "look for a slip in the address; if there is none, try again later",
            ),
        };
        let all =
            places.iter().map(|place| Diagnostic::at(&diag::DEAD_LINK, place.clone(), message.clone()).hint(hint));
        found.extend(all);
    }
    found
}

/// Whether the network can be asked for a target.
fn is_asked(target: &str) -> bool {
    let target = target.to_ascii_lowercase();
    target.starts_with("http://") || target.starts_with("https://")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_on_the_web_is_asked_for() {
        assert!(is_asked("https://example.org/a") && is_asked("HTTP://example.org"));
        assert!(!is_asked("mailto:a@example.org") && !is_asked("draft-2.md") && !is_asked("tel:1"));
    }
}
