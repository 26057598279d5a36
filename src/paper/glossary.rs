//! The glossary: `content/glossary.yaml`, a list of terms with what they mean.
//!
//! In: the source of the file. Out: the terms in the order of the file, and what is wrong with them.

use super::fields::Fields;
use super::keys;
use super::yaml;
use crate::config::Config;
use crate::diag::{self, Diagnostic, Place, Source};
use crate::path::slug;
use std::collections::{BTreeMap, BTreeSet};

/// A term with what it means.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Term {
    /// As it is written in full: `integrated care board`.
    pub term: String,
    /// Its abbreviation: `ICB`.
    pub short: Option<String>,
    /// What it means, in a sentence or two.
    pub meaning: String,
    /// Where more is to be read.
    pub link: Option<TermLink>,
    /// What it is called in addresses, as no other term: `icb`.
    pub name: String,
}

/// Where more is to be read of a term, as its author wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermLink {
    /// An address, or a path to a file of the site as seen from `content/`.
    pub target: String,
    /// Where it is written.
    pub place: Place,
}

/// Reads the glossary.
pub(super) fn read(source: &Source, config: &Config) -> (Vec<Term>, Vec<Diagnostic>) {
    let source = &without_mark(source);
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
        let (meaning, link) = (entry.text("meaning"), entry.word("link"));
        let link = link.map(|link| TermLink { target: link.text, place: source.place(link.range) });
        if let (Some(term), Some(meaning)) = (term, meaning) {
            let short = short.map(|short| short.text);
            terms.push(Term { term: term.text, short, meaning, link, name: String::new() });
        }
        file.found.append(&mut entry.found);
    }
    name(&mut terms);
    (terms, file.found)
}

/// A source without the mark of its encoding (U+FEFF), which editors put at the head of a file.
fn without_mark(source: &Source) -> Source {
    let text = source.text.strip_prefix('\u{feff}');
    text.map_or_else(|| source.clone(), |text| Source::new(source.path.clone(), text))
}

/// Names terms by their abbreviation, else by their words; a second one of the same name has a number.
fn name(terms: &mut [Term]) {
    let mut taken = BTreeSet::new();
    for term in terms {
        let own = slug(term.short.as_ref().unwrap_or(&term.term));
        // Ids of the theme begin with `at-`.
        let own = if own.is_empty() || own.starts_with("at-") { format!("term-{own}") } else { own };
        let numbered = (2..).map(|number| format!("{own}-{number}"));
        let free = std::iter::once(own.clone()).chain(numbered).find(|name| !taken.contains(name));
        term.name = free.unwrap_or(own);
        taken.insert(term.name.clone());
    }
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
        check("\u{feff}- term: levy\n  meaning: What is paid.\n", &["levy"], &[]);
        check("\u{feff}- term: levy\n", &[], &[(1, "an entry of the glossary needs the key `meaning`")]);
    }

    #[test]
    fn terms_are_named_for_addresses_each_in_its_own_way() {
        let check = |text: &str, names: &[&str]| {
            let source = Source::new(SitePath::new("content/glossary.yaml"), text);
            let terms = read(&source, &Config::default()).0;
            assert_eq!(terms.iter().map(|term| term.name.as_str()).collect::<Vec<_>>(), names);
        };
        check(
            "- term: integrated care board\n  short: ICB\n  meaning: M\n- term: local forum\n  meaning: M\n",
            &["icb", "local-forum"],
        );
        check(
            "- term: A+E\n  meaning: M\n- term: A&E\n  meaning: M\n- term: AE\n  meaning: M\n",
            &["ae", "ae-2", "ae-3"],
        );
        check("- term: At main\n  meaning: M\n- term: §\n  meaning: M\n", &["term-at-main", "term-"]);
    }

    #[test]
    fn a_link_has_its_place() {
        let source =
            Source::new(SitePath::new("content/glossary.yaml"), "- term: levy\n  meaning: M\n  link: pages/levy.md\n");
        let link = read(&source, &Config::default()).0.remove(0).link.unwrap();
        assert_eq!((link.target.as_str(), link.place.line, link.place.column), ("pages/levy.md", 3, 9));
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
