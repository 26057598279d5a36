//! Who holds what: the functions that a draft is about, each with its holder today and by the draft.
//!
//! In: the front matter of a draft. Out: the entries of `functions` in the order of the file, and a finding for each that
//! stands twice.

use super::fields::Fields;
use crate::diag;
use std::collections::BTreeMap;

/// Something that somebody has to do, and who does it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Function {
    /// What it is; drafts are compared by it.
    pub what: String,
    /// Who holds it today.
    pub today: Option<String>,
    /// Who would hold it by the draft; none while that is open.
    pub holder: Option<String>,
}

/// Reads `functions` of a draft.
pub(super) fn read(fields: &mut Fields) -> Vec<Function> {
    let mut functions = Vec::new();
    let mut lines: BTreeMap<String, u32> = BTreeMap::new();
    for mut entry in fields.list_of("functions") {
        let (what, today, holder) = (entry.word("what"), entry.text("today"), entry.text("holder"));
        if let Some(what) = what {
            let line = entry.source.place(what.range.clone()).line;
            match lines.get(&what.text) {
                Some(first) => {
                    let message = format!("the function “{}” stands here a second time", what.text);
                    let hint = format!("the first is in line {first}: keep one of the two");
                    entry.report(&diag::DUPLICATE_KEY, what.range, message, hint);
                }
                None => {
                    lines.insert(what.text.clone(), line);
                    functions.push(Function { what: what.text, today, holder });
                }
            }
        }
        fields.found.append(&mut entry.found);
    }
    functions
}

#[cfg(test)]
mod tests {
    use super::super::sample::{DRAFT, INDEX, archive, check};
    use super::*;

    fn with(functions: &str) -> String {
        DRAFT.replacen("---\n", &format!("---\nfunctions:\n{functions}"), 1)
    }

    #[test]
    fn functions_are_read_in_their_order() {
        let draft =
            with("  - what: Letting the hall\n    today: The clerk\n    holder: A trust\n  - what: Heating it\n");
        let archive = archive(&[("content/proposals/a/index.md", INDEX), ("content/proposals/a/draft-1.md", &draft)]);
        let document = archive.document("proposals", "a").expect("a document");
        let functions = &document.drafts.values().next().expect("a draft").functions;
        let own = |what: &str, today: Option<&str>, holder: Option<&str>| Function {
            what: what.into(),
            today: today.map(Into::into),
            holder: holder.map(Into::into),
        };
        let expected = [own("Letting the hall", Some("The clerk"), Some("A trust")), own("Heating it", None, None)];
        assert_eq!(*functions, expected);
    }

    #[test]
    fn a_function_stands_once_and_has_a_name() {
        let draft = with("  - what: A\n  - what: A\n  - today: B\n");
        let files = [("content/proposals/a/index.md", INDEX), ("content/proposals/a/draft-1.md", draft.as_str())];
        let expected = [
            "proposals/a/draft-1.md:4:11 duplicate-key: the function “A” stands here a second time; ",
            "proposals/a/draft-1.md:5:3 missing-key: an entry of `functions` needs the key `what`; ",
        ];
        check(&files, &expected);
    }
}
