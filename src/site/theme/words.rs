//! The words of a theme: those that a site writes in place of the built-in ones.
//!
//! In: the files of the site's theme, the language of the site, all templates. Out: [`Words`], and a finding for every
//! message that is no Fluent or that nothing says.

use super::Own;
use crate::diag::{self, Diagnostic, Source};
use crate::path::SitePath;
use crate::words::Words;
use std::collections::BTreeMap;
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
            Some(key) => diag::did_you_mean(key, Words::keys().iter().map(String::as_str)),
            None => None,
        };
        let finding = Diagnostic::at(rule, files.get(at)?.place(fault.range), fault.message);
        Some(finding.hint(hint.unwrap_or_else(|| form.to_owned())))
    });
    let found = found.collect();
    (Arc::new(words), found)
}
