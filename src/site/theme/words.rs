//! The words of a theme: those that a site writes in place of the built-in ones.
//!
//! In: the files of the site's theme, the language of the site, all templates. Out: [`Words`], and a finding for every
//! message that is no Fluent, that nothing says, or that names what the built-in sentence does not.

use super::Own;
use crate::diag::{self, Diagnostic, Source, did_you_mean};
use crate::path::SitePath;
use crate::words::{ENGLISH, Words};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// The words of the theme in the language of the site: those of its first part (`en`), then those of the
/// whole tag (`en-GB`). A key that neither the default theme nor a template of the site says fits nothing.
pub(super) fn read(
    own: &Own,
    folder: &SitePath,
    lang: &str,
    templates: &BTreeMap<String, Source>,
) -> (Arc<Words>, Vec<Diagnostic>) {
    let tags = [lang.split('-').next().unwrap_or(lang), lang];
    let mut files = Vec::new();
    for tag in &tags[..if tags[0] == tags[1] { 1 } else { 2 }] {
        let name = format!("words/{tag}.ftl");
        let text = own.get(name.as_str()).map(|bytes| String::from_utf8_lossy(bytes));
        files.extend(text.map(|text| Source::new(folder.join(&name), text)));
    }
    let (words, faults) = Words::new(files.iter().collect(), lang);
    let said = |key: &str| templates.values().any(|source| source.text.contains(&format!("\"{key}\"")));
    let found = faults.into_iter().filter_map(|(at, fault)| {
        let rule = if fault.unknown.is_some() { &diag::OVERRIDE } else { &diag::THEME };
        let form = "the form is that of Fluent: key = words; the keys are those of themes/default/words/en.ftl";
        let hint = match &fault.unknown {
            Some(key) if said(key) => return None,
            Some(key) => did_you_mean(key, Words::keys().iter().map(String::as_str)),
            None => None,
        };
        let finding = Diagnostic::at(rule, files.get(at)?.place(fault.range), fault.message);
        Some(finding.hint(hint.unwrap_or_else(|| form.to_owned())))
    });
    let found = found.chain(files.iter().flat_map(foreign)).collect();
    (Arc::new(words), found)
}

/// What the sentences of a file name that the built-in ones of the same keys do not: what a page
/// does not give shows as it stands.
fn foreign(file: &Source) -> Vec<Diagnostic> {
    let known: BTreeMap<_, _> = sentences(ENGLISH).into_iter().collect();
    let mut found = Vec::new();
    for (key, named) in sentences(&file.text) {
        let Some(english) = known.get(key) else { continue };
        let names = || english.iter().map(|(name, _)| *name);
        for (name, range) in named.into_iter().filter(|(name, _)| !names().any(|own| own == *name)) {
            let message = format!("`{key}` names `${name}`, which the built-in sentence does not");
            let nothing = || "leave it out: that one names nothing".to_owned();
            let hint =
                did_you_mean(name, names()).or_else(|| names().next().map(|own| format!("that one names `${own}`")));
            let finding = Diagnostic::at(&diag::OVERRIDE, file.place(range), message);
            found.push(finding.hint(hint.unwrap_or_else(nothing)));
        }
    }
    found
}

/// What a sentence names, each with where it does.
type Named<'t> = Vec<(&'t str, Range<usize>)>;

/// The keys of a file with what their sentences name, `{ $day }`, and where.
fn sentences(text: &str) -> Vec<(&str, Named<'_>)> {
    let mut found: Vec<(&str, Named)> = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        match line.split_once('=').map(|(key, _)| key.trim_end()) {
            Some(key) if line.starts_with(|c: char| c.is_ascii_alphabetic()) => found.push((key, Vec::new())),
            // A term is given what its callers say.
            _ if line.starts_with('-') => found.push(("", Vec::new())),
            _ => {}
        }
        if let Some((_, named)) = found.last_mut().filter(|_| !line.starts_with('#')) {
            named.extend(variables(line).map(|(name, at)| (name, start + at.start..start + at.end)));
        }
        start += line.len();
    }
    found
}

/// The variables of a line of Fluent, behind `{`, `(` or `,`.
fn variables(line: &str) -> impl Iterator<Item = (&str, Range<usize>)> {
    line.match_indices('$').filter_map(|(at, _)| {
        line[..at].trim_end().ends_with(['{', '(', ',']).then_some(())?;
        let rest = &line[at + 1..];
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        let length = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
        (length > 0).then(|| (&rest[..length], at..at + 1 + length))
    })
}
