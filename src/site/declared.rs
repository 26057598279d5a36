//! Changes that their author declares editorial although they bind, count or name.

use super::world::World;
use crate::diag::{self, Diagnostic};
use crate::diff::Class;
use crate::paper::{Document, Draft, Text};
use crate::words::Words;
use std::collections::BTreeSet;

/// What is wrong with the declarations of all drafts, each against the draft that its changes are counted
/// from.
pub(super) fn check(world: &World) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for document in world.lessons.declaring() {
        for draft in document.drafts.values().filter(|draft| declares(world, draft)) {
            let base = draft.base.as_ref().and_then(|base| document.drafts.get(base));
            found.extend(base.into_iter().flat_map(|base| of_draft(world, document, base, draft)));
        }
    }
    found
}

fn declares(world: &World, draft: &Draft) -> bool {
    let comments = texts(draft).filter_map(|text| world.facts().get(text.path())).flat_map(|facts| &facts.comments);
    comments.into_iter().any(|(_, words)| words.to_lowercase().contains("editorial"))
}

fn texts(draft: &Draft) -> impl Iterator<Item = &Text> {
    std::iter::once(&draft.text).chain(draft.chapters.iter().map(|chapter| &chapter.text))
}

fn of_draft(world: &World, document: &Document, base: &Draft, draft: &Draft) -> Vec<Diagnostic> {
    let compared = world.compared(document, base, draft);
    let mut told = BTreeSet::new();
    let wrong = compared.listed.iter().filter(|line| line.class == Class::Substance);
    let findings = wrong.filter_map(|line| {
        let comment = line.declared.filter(|_| told.insert(line.root.clone()))?;
        let part = compared.new.part_of(comment).and_then(|at| compared.new.parts.get(at))?;
        let text = draft.chapter(&part.name).map_or(&draft.text, |chapter| &chapter.text);
        let span = &compared.new.body.blocks.get(comment)?.span;
        let place = text.source.place(text.body_start + span.start..text.body_start + span.end);
        let signs: Vec<_> = line.signs.iter().map(|sign| sign.about()).collect();
        let message = format!(
            "a change is declared editorial, but touches {}: {}",
            signs.join(", "),
            line.said(Words::english())
        );
        let hint = "write the reason instead: <!-- why: … -->, or take the change back";
        Some(Diagnostic::at(&diag::EDITORIAL, place, message).hint(hint))
    });
    findings.collect()
}
