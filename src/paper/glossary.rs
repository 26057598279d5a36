//! The glossary: `content/glossary.yaml`, a list of terms with what they mean.
//!
//! In: the source of the file. Out: the terms in the order of the file, and what is wrong with them.

use super::fields::Fields;
use super::keys;
use super::yaml;
use crate::config::Config;
use crate::diag::{self, Diagnostic, Source};
use std::collections::BTreeMap;

/// A term with what it means.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Term {
    /// As it is written in full: `integrated care board`.
    pub term: String,
    /// Its abbreviation: `ICB`.
    pub short: Option<String>,
    /// What it means, in a sentence or two.
    pub meaning: String,
    /// Where more is to be read: an address, or a path to a file of the site.
    pub link: Option<String>,
}

/// Reads the glossary.
pub(super) fn read(source: &Source, config: &Config) -> (Vec<Term>, Vec<Diagnostic>) {
    let items = match yaml::read_list(&source.text) {
        Ok(items) => items,
        Err(fault) => {
            let finding = Diagnostic::at(&diag::YAML_SYNTAX, source.place_at(fault.line, fault.column), fault.message);
            let hint =
                "begin each term on a line of its own: - term: …, its other keys below it, indented by two spaces";
            return (Vec::new(), vec![finding.hint(hint)]);
        }
    };
    let mut file = Fields::of_file(source, config);
    let mut terms = Vec::new();
    let mut places: BTreeMap<String, u32> = BTreeMap::new();
    for mut entry in file.entries_of("the glossary", items, &keys::TERM) {
        let (term, short) = (entry.word("term"), entry.word("short"));
        for word in [&term, &short].into_iter().flatten() {
            let line = source.place(word.range.clone()).line;
            if let Some(first) = places.insert(word.text.to_lowercase(), line) {
                let message = format!("`{}` stands in the glossary a second time", word.text);
                entry.report(
                    &diag::DUPLICATE_KEY,
                    word.range.clone(),
                    message,
                    format!("keep this one or the one in line {first}"),
                );
            }
        }
        let (meaning, link) = (entry.text("meaning"), entry.text("link"));
        if let (Some(term), Some(meaning)) = (term, meaning) {
            terms.push(Term { term: term.text, short: short.map(|short| short.text), meaning, link });
        }
        file.found.append(&mut entry.found);
    }
    (terms, file.found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::path::SitePath;

    fn check(text: &str, terms: &[&str], expected: &[(u32, &str)]) {
        let source = Source::new(SitePath::new("content/glossary.yaml"), text);
        let (read, found) = read(&source, &Config::default());
        assert_eq!(read.iter().map(|term| term.term.as_str()).collect::<Vec<_>>(), terms);
        let found: Vec<_> =
            found.iter().map(|finding| (finding.place.as_ref().unwrap().line, finding.message.as_str())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_term_has_a_meaning_and_may_have_a_short_form() {
        check(
            "- term: levy\n  meaning: What is paid.\n- term: integrated care board\n  short: ICB\n  meaning: A body.\n",
            &["levy", "integrated care board"],
            &[],
        );
        check("", &[], &[]);
        check("# none yet\n", &[], &[]);
    }

    #[test]
    fn what_is_wrong_with_a_term_is_told_at_its_line() {
        check(
            "- term: levy\n- term: vote\n  meaning: M\n  short: levy\n  lnk: x\n",
            &["vote"],
            &[
                (1, "an entry of the glossary needs the key `meaning`"),
                (5, "unknown key `lnk` in an entry of the glossary"),
                (4, "`levy` stands in the glossary a second time"),
            ],
        );
        check("levy: what is paid\n", &[], &[(1, "the glossary must be a list, not a set of keys")]);
        check("- term: a: b\n", &[], &[(1, "mapping values are not allowed in this context")]);
    }
}
