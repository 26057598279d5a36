//! What is wrong with reasons and feedback where only a comparison can tell: reasons where nothing changed, changes of
//! substance without a reason, feedback that was heeded and led to nothing.

use super::{Because, texts};
use crate::check::feedback;
use crate::check::links::Links;
use crate::consult::reasons::At;
use crate::diag::{self, Diagnostic};
use crate::diff::Name;
use crate::markdown::reasons::{Span, Why};
use crate::paper::{Document, Draft, Fate, Feedback, Text};
use crate::site::world::World;
use crate::words::Words;
use std::collections::BTreeSet;
use std::ops::Range;

/// What is wrong with the reasons and the feedback of all documents.
pub(in crate::site) fn check(world: &World) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for document in world.lessons.reasoning() {
        let links = Links { site: world.site(), facts: world.facts() };
        let all = world.kept.archive().document(&document.section, &document.name);
        let known = all.map_or(&[][..], |all| &all.feedback);
        found.extend(feedback::check(links, world.config(), (document, known), world.today()));
        for own in &world.reasoned(document) {
            found.extend(idle(own));
            found.extend(missing(own));
        }
        let is_first = |draft: &&Draft| draft.base.is_none() && world.has_own_base(document, draft);
        let first = document.drafts.values().filter(is_first);
        found.extend(first.flat_map(|draft| without_base(world, draft)));
        found.extend(unheeded(world, document));
    }
    found
}

/// Reasons where nothing changed.
fn idle(own: &Because) -> Vec<Diagnostic> {
    let idle = own.given.iter().enumerate().filter(|(at, _)| own.explained_by(*at).next().is_none());
    let findings = idle.filter_map(|(_, given)| {
        let (base, place) = (own.base.name.label(), own.place(given)?);
        match given.at {
            At::Text { span, .. } => {
                let of = match span {
                    Span::Block(_) => "before this reason",
                    Span::Section(_) => "in the section that this reason is for",
                    Span::Text => "in the text that this reason is for",
                };
                let message = format!("nothing changed {of} since {base}");
                let finding = Diagnostic::at(&diag::IDLE_REASON, place, message);
                Some(finding.hint("move it behind the block that changed, or take it away"))
            }
            At::Removed(at) => {
                let removal = own.draft.removed.get(at)?;
                let is_there = if given.old.is_empty() { "does not stand in" } else { "was not removed since" };
                let message = format!("`#{}` {is_there} {base}", removal.was);
                let finding = Diagnostic::at(&diag::IDLE_REASON, place, message);
                Some(finding.hint(format!("look up the number of what was removed in {base}")))
            }
        }
    });
    findings.collect()
}

/// Reasons in a draft that nothing comes before.
fn without_base(world: &World, draft: &Draft) -> Vec<Diagnostic> {
    let in_text = texts(draft).flat_map(|text| {
        let spans = reasons(world, text).map(|(span, _)| span);
        spans.map(move |span| text.source.place(text.body_start + span.start..text.body_start + span.end))
    });
    let places = in_text.chain(draft.removed.iter().map(|removal| removal.place.clone()));
    let finding = |place| {
        let message = format!("{} follows no draft, so nothing in it has changed", draft.name.label());
        Diagnostic::at(&diag::IDLE_REASON, place, message).hint("take the reason away")
    };
    places.map(finding).collect()
}

/// The reasons that a text gives, each with where its comment stands in the body.
fn reasons<'w>(world: &'w World, text: &Text) -> impl Iterator<Item = (&'w Range<usize>, Why)> + use<'w> {
    let comments = world.facts().get(text.path()).into_iter().flat_map(|facts| &facts.comments);
    comments.filter_map(|(span, words)| Some((span, Why::read(words)?)))
}

/// Changes of substance without a reason: one finding for a draft, at the first.
fn missing(own: &Because) -> Option<Diagnostic> {
    let open: Vec<_> = own.unexplained().collect();
    let first = open.first()?;
    let start = || own.draft.text.source.place(0..1);
    let place = first.new_root.and_then(|ix| own.place_of(ix)).unwrap_or_else(start);
    let changes = match open.len() {
        1 => "1 change of substance has".to_owned(),
        count => format!("{count} changes of substance have"),
    };
    let base = own.base.name.label();
    let message = format!("{changes} no reason since {base}; the first: {}", first.said(Words::english()));
    let hint = match (first.name, first.new_root) {
        (Name::Removed, None) => "name the block in `removed` of the front matter: was, why, because",
        _ => "write <!-- why: … --> behind the block, or behind a heading for its section",
    };
    Some(Diagnostic::at(&diag::MISSING_REASON, place, message).hint(hint))
}

/// Feedback that was heeded, as its outcome says, though no reason names it.
pub(in crate::site) fn without_change<'d>(world: &World, document: &'d Document) -> Vec<&'d Feedback> {
    let named: BTreeSet<_> = document.drafts.values().flat_map(|draft| named(world, draft)).collect();
    let heeded = document.feedback.iter().filter(|own| matches!(own.outcome, Fate::Adopted | Fate::Adapted));
    heeded.filter(|own| !named.contains(&own.id)).collect()
}

/// The feedback that the reasons of a draft name, be its base here or not.
fn named(world: &World, draft: &Draft) -> Vec<String> {
    let in_text = texts(draft).flat_map(|text| reasons(world, text)).flat_map(|(_, why)| why.because);
    in_text.chain(draft.removed.iter().flat_map(|removal| removal.because.iter().cloned())).collect()
}

fn unheeded(world: &World, document: &Document) -> Vec<Diagnostic> {
    let findings = without_change(world, document).into_iter().map(|own| {
        let message = format!("`{}` was {}, but no change names it", own.id, own.outcome.word());
        let hint = format!(
            "write <!-- why ({}): … --> behind what changed; where that draft is still to come, write its day as `answered`",
            own.id
        );
        Diagnostic::at(&diag::UNHEEDED, own.place.clone(), message).hint(hint)
    });
    findings.collect()
}
