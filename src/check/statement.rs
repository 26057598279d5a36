//! The accessibility statement: a page with four parts, after the model of Commission Implementing Decision
//! (EU) 2018/1523 and the advice of W3C on such statements.
//!
//! In: what may be seen. Out: a finding for a page that is missing, and for each part that is missing or empty.

use crate::diag::{self, Diagnostic, Severity};
use crate::markdown::{BlockKind, Body};
use crate::paper::{Site, Text};
use crate::path::SitePath;
use std::sync::Arc;

/// The parts by their ids, with what each says.
pub const PARTS: [(&str, &str); 4] = [
    ("conformance", "which standard the site is held to, and whether it meets it wholly, in part or not"),
    ("limits", "what is known not to work, why, and what can be used instead"),
    ("contact", "whom to tell of a fault, how soon an answer comes, and whom to turn to if it does not help"),
    ("prepared", "when the statement was prepared and last looked at, and how the site was examined"),
];

/// What is wrong with the statement of a site that has documents.
pub fn check(site: &Site, body: &dyn Fn(&Text) -> Arc<Body>) -> Vec<Diagnostic> {
    let path = SitePath::new("content/pages/accessibility.md");
    if site.documents().next().is_none() || site.is_reported(&path) {
        return Vec::new();
    }
    let page = site.document("pages", "accessibility").and_then(|page| page.newest().next());
    match page {
        Some(page) => of_page(&page.text, &body(&page.text)),
        None => vec![missing(site.withheld().contains(&path))],
    }
}

fn missing(withheld: bool) -> Diagnostic {
    let message = match withheld {
        true => "the accessibility statement may not be seen by those who may see the site",
        false => "the site has no accessibility statement: content/pages/accessibility.md",
    };
    let hint = match withheld {
        true => "remove `visible_to` from content/pages/accessibility.md".to_owned(),
        false => {
            let ids: Vec<_> = PARTS.iter().map(|(id, _)| format!("{{#{id}}}")).collect();
            format!("write it, with four headings that end with {}", ids.join(", "))
        }
    };
    let site = SitePath::new("site.toml");
    let finding = Diagnostic::file(&diag::ACCESSIBILITY_STATEMENT, &site, message).hint(hint);
    Diagnostic { severity: Severity::Warning, ..finding }
}

fn of_page(text: &Text, body: &Body) -> Vec<Diagnostic> {
    let findings = PARTS.iter().filter_map(|(id, says)| {
        let heading =
            body.headings().find(|(ix, ..)| body.blocks.get(*ix).is_some_and(|block| block.id.as_deref() == Some(id)));
        let (place, message, hint) = match heading {
            None => (
                0..0,
                format!("the accessibility statement has no part `{id}`"),
                format!("add a heading that ends with {{#{id}}}, and below it say {says}"),
            ),
            Some((ix, ..)) if is_empty(body, ix) => (
                body.blocks.get(ix)?.span.clone(),
                format!("the part `{id}` of the accessibility statement is empty"),
                format!("say {says}"),
            ),
            Some(_) => return None,
        };
        let place = text.source.place(text.body_start + place.start..text.body_start + place.end);
        Some(Diagnostic::at(&diag::ACCESSIBILITY_STATEMENT, place, message).hint(hint))
    });
    findings.collect()
}

/// Whether no words stand between a heading and the next one of its level or above.
fn is_empty(body: &Body, heading: usize) -> bool {
    let level = |ix: usize| match body.blocks.get(ix).map(|block| &block.kind) {
        Some(BlockKind::Heading { level, .. }) => Some(*level),
        _ => None,
    };
    let own = level(heading).unwrap_or(0);
    let below = (heading + 1..body.blocks.len()).take_while(|ix| level(*ix).is_none_or(|level| level > own));
    below.filter(|ix| level(*ix).is_none()).all(|ix| {
        body.blocks.get(ix).is_none_or(|block| block.is_invisible() || !block.words().contains(char::is_alphanumeric))
    })
}
