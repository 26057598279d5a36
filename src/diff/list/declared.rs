//! What the author of the newer text declares: `<!-- why: editorial -->` behind a block, or behind a heading
//! for all that stands below it.

use super::Listed;
use crate::diff::class::{Class, Sign};
use crate::markdown::reasons::reasons;
use crate::markdown::{Body, Ix};
use std::collections::BTreeMap;
use std::ops::Range;

/// Takes in what the author declares. A change with a sign that no declaration can explain away stays of
/// substance.
pub(super) fn take_in(listed: &mut [Listed], new: &Body, texts: &[Range<Ix>]) {
    let declared = declared(new, texts);
    for line in listed.iter_mut().filter(|line| !line.departure) {
        line.declared = line.new_root.and_then(|root| declared.get(&root).copied());
        let explained = line.signs.iter().all(|sign| matches!(sign, Sign::Text | Sign::Figure));
        if line.declared.is_some() && explained {
            line.class = Class::Editorial;
            line.signs.clear();
        }
    }
}

/// The blocks at the top that are declared editorial, each with the comment that says so; `texts` are the stretches of
/// the body that are texts of their own.
fn declared(body: &Body, texts: &[Range<Ix>]) -> BTreeMap<Ix, Ix> {
    let all = texts.iter().flat_map(|text| reasons(body, text.clone()));
    let editorial = all.filter(|reason| reason.why.is_editorial());
    editorial.flat_map(|reason| reason.covers.into_iter().map(move |ix| (ix, reason.comment))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diff::{Judge, compare, list};
    use crate::markdown::{Dialect, parse};

    fn check(old: &str, new: &str, expected: &[(Class, bool)]) {
        let (old, new) = (parse(old, Dialect::Paper), parse(new, Dialect::Paper));
        let listed = list(&compare(&old, &new), &old, &new, &Judge::default());
        let classes: Vec<_> = listed.iter().map(|line| (line.class, line.declared.is_some())).collect();
        assert_eq!(classes, expected, "{listed:?}");
    }

    #[test]
    fn a_declaration_covers_the_block_before_it() {
        let long = "a b c d\n\nNew words that say what was known to everybody before.\n";
        check("a b c d\n", long, &[(Class::Substance, false)]);
        check("a b c d\n", &format!("{long}\n<!-- why: editorial -->\n"), &[(Class::Editorial, true)]);
        check("a b c d\n", &format!("{long}\n<!-- why (F1): Editorial. -->\n"), &[(Class::Editorial, true)]);
        check("a b c d\n", &format!("{long}\n<!-- why: because -->\n"), &[(Class::Substance, false)]);
    }

    #[test]
    fn behind_a_heading_it_covers_the_section() {
        let text =
            |words: &str| format!("## A\n\n<!-- why: editorial -->\n\na b c\n\n{words}\n\n## B\n\nd e f\n\n{words}\n");
        let added = "Words that everybody has read before, put down again.";
        check(&text(""), &text(added), &[(Class::Editorial, true), (Class::Substance, false)]);
    }

    #[test]
    fn what_binds_cannot_be_declared_away() {
        let declared = |words: &str| format!("{words}\n\n<!-- why: editorial -->\n");
        for (old, new) in [
            ("It may be so.", "It must be so."),
            ("It costs £5 in all.", "It costs £6 in all."),
            ("a b c d", "a b c d\n\nAnd it costs £6 in all."),
            ("| a |\n|---|\n| b |", "| a | c |\n|---|---|\n| b | £6 |"),
        ] {
            check(&format!("{old}\n"), &declared(new), &[(Class::Substance, true)]);
        }
    }
}
