//! Classes of change: whether a change is of substance, and by what sign.
//!
//! A program cannot know what a change means. It can tell that one touches nothing that binds, counts or
//! names: then it is editorial. Of substance is a change of the words of force (*must*, *may*, *not*), of
//! numbers, money, dates and percentages, of who does it (a term of the glossary in place of another), and
//! one of so many words that what they say may have changed with them.

mod words;

use super::cut::words;
use std::collections::BTreeMap;
use std::ops::Range;

/// A stretch of words is too long to be called editorial where either side has so many.
const LONG: usize = 8;

/// Whether a change is of substance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Class {
    /// It touches what binds, counts or names, or more words than can be told.
    Substance,
    /// It touches nothing of the kind.
    #[default]
    Editorial,
}

/// By what a change is of substance; the first weigh most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Sign {
    /// A word that binds or permits: *must*, *should*, *may*.
    Force,
    /// A word that denies: *not*, *no*.
    Negation,
    /// A sum of money.
    Money,
    /// A share of a hundred.
    Percentage,
    /// A day, a month, a year.
    Date,
    /// Any other number.
    Number,
    /// A term of the glossary in place of another.
    Term,
    /// Another figure.
    Figure,
    /// More words than can be called editorial.
    Text,
}

impl Sign {
    /// What changed, behind words such as "it touches".
    pub fn about(self) -> &'static str {
        match self {
            Sign::Force => "what must or may be done",
            Sign::Negation => "what is not so",
            Sign::Money => "money",
            Sign::Percentage => "a percentage",
            Sign::Date => "a date",
            Sign::Number => "a number",
            Sign::Term => "who or what is meant",
            Sign::Figure => "a figure",
            Sign::Text => "what is said",
        }
    }
}

/// What a change is judged by: the language of the text, and the terms of the glossary.
#[derive(Clone, Debug, Default)]
pub struct Judge {
    /// The primary subtag of the language.
    lang: String,
    /// The forms of every term, as words in lower case, each with the place of the term.
    terms: BTreeMap<Vec<String>, usize>,
}

impl Judge {
    /// A judge for a language (a BCP 47 tag) and terms, each with all its forms.
    pub fn new<'t>(lang: &str, terms: impl IntoIterator<Item = Vec<&'t str>>) -> Judge {
        let lang = lang.split('-').next().unwrap_or_default().to_lowercase();
        let mut forms = BTreeMap::new();
        for (at, term) in terms.into_iter().enumerate() {
            for form in term {
                let form = form.to_lowercase();
                let own = |text: &str| words(text).filter(|word| !word.trim().is_empty()).map(str::to_owned).collect();
                forms.insert(own(&format!("{form}s")), at);
                forms.insert(own(&form), at);
            }
        }
        Judge { lang, terms: forms }
    }

    /// What this judge depends on, in one text: two judges with the same judge alike.
    pub fn identity(&self) -> String {
        format!("{} {:?}", self.lang, self.terms)
    }

    fn language(&self) -> Option<&'static words::Language> {
        words::language(&self.lang)
    }

    /// The signs by which a change of a leaf is of substance; none where it is editorial. `hunks` are the
    /// stretches of either text that the other has not, side by side.
    pub fn signs(&self, old: &str, new: &str, hunks: &[(Range<usize>, Range<usize>)]) -> Vec<Sign> {
        let (before, after) = (self.marked(old), self.marked(new));
        let mut signs = Vec::new();
        for (a, b) in hunks {
            let inside = |marked: &[Marked], range: &Range<usize>| -> Vec<(Sign, String)> {
                let own = marked.iter().filter(|word| range.contains(&word.at));
                own.map(|word| (word.sign, word.word.clone())).collect()
            };
            let (was, is) = (inside(&before, a), inside(&after, b));
            if was != is {
                let only = |one: &[(Sign, String)], other: &[(Sign, String)]| -> Vec<Sign> {
                    one.iter().filter(|word| !other.contains(word)).map(|(sign, _)| *sign).collect()
                };
                let (mut lost, gained) = (only(&was, &is), only(&is, &was));
                lost.extend(gained);
                let reordered = lost.is_empty();
                signs.extend(if reordered { was.iter().map(|(sign, _)| *sign).collect() } else { lost });
            }
            let count = |text: &str, range: &Range<usize>| {
                let text = text.get(range.clone()).unwrap_or_default();
                words(text).filter(|word| word.contains(char::is_alphanumeric)).count()
            };
            let longest = count(old, a).max(count(new, b));
            if longest >= LONG || (longest > 0 && self.language().is_none()) {
                signs.push(Sign::Text);
            }
        }
        if self.another_term(old, new) {
            signs.push(Sign::Term);
        }
        signs.sort_unstable();
        signs.dedup();
        signs
    }

    /// The signs that stand in a text which only one side has.
    pub fn inside(&self, text: &str) -> Vec<Sign> {
        self.marked(text).into_iter().map(|marked| marked.sign).collect()
    }

    /// The words of a text that bind, deny, date or count.
    fn marked(&self, text: &str) -> Vec<Marked> {
        let mut at = 0;
        let pieces = words(text).map(|word| {
            at += word.len();
            (at - word.len(), word)
        });
        let pieces: Vec<_> = pieces.filter(|(_, word)| !word.trim().is_empty()).collect();
        let beside = |at: Option<usize>| at.and_then(|at| pieces.get(at)).map_or("", |(_, word)| *word);
        let marked = pieces.iter().enumerate().filter_map(|(place, (at, word))| {
            let before = beside(place.checked_sub(1));
            let after = (beside(Some(place + 1)), beside(Some(place + 2)));
            let sign = self.sign(word, before, after)?;
            Some(Marked { at: *at, sign, word: word.to_lowercase() })
        });
        marked.collect()
    }

    /// The sign that a word is, between its neighbours.
    fn sign(&self, word: &str, before: &str, after: (&str, &str)) -> Option<Sign> {
        if is_number(word) {
            return Some(self.number(word, before, after));
        }
        match word {
            "£" | "€" | "$" | "pounds" | "pence" | "euros" | "dollars" => return Some(Sign::Money),
            "%" | "percent" => return Some(Sign::Percentage),
            "per" if after.0 == "cent" => return Some(Sign::Percentage),
            _ => {}
        }
        let language = self.language()?;
        let lower = word.to_lowercase().replace('’', "'");
        let is = |list: &[&str]| list.contains(&lower.as_str());
        // At the beginning of a sentence `May` is the verb, unless a number stands beside it.
        let begins = matches!(before, "" | "." | "!" | "?" | ":") && !is_number(after.0);
        if self.is_day(word) && !(begins && is(language.force)) {
            return Some(Sign::Date);
        }
        if is(language.force) || lower.ends_with("'ll") {
            return Some(Sign::Force);
        }
        if is(language.negation) || lower.ends_with("n't") {
            return Some(Sign::Negation);
        }
        let time = is(language.times).then_some(Sign::Date);
        time.or_else(|| is(language.numbers).then_some(Sign::Number))
    }

    fn number(&self, word: &str, before: &str, after: (&str, &str)) -> Sign {
        let year = word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
        match (before, after) {
            ("£" | "€" | "$", _) | (_, ("pounds" | "pence" | "£" | "€" | "euros", _)) => Sign::Money,
            (_, ("%" | "percent", _) | ("per", "cent")) => Sign::Percentage,
            _ if self.is_day(before) || self.is_day(after.0) || year => Sign::Date,
            _ => Sign::Number,
        }
    }

    /// Whether a word is the name of a month or a day of the week.
    fn is_day(&self, word: &str) -> bool {
        let days = self.language().map_or(&[][..], |language| language.days);
        word.starts_with(char::is_uppercase) && days.contains(&word.to_lowercase().as_str())
    }

    /// Whether a term of the glossary went and another came.
    fn another_term(&self, old: &str, new: &str) -> bool {
        if self.terms.is_empty() {
            return false;
        }
        let (mut before, mut after) = (self.found(old), self.found(new));
        before.iter_mut().for_each(|(term, count)| {
            let other = after.get_mut(term);
            let shared = other.as_ref().map_or(0, |other| (**other).min(*count));
            *count -= shared;
            other.into_iter().for_each(|other| *other -= shared);
        });
        before.values().any(|count| *count > 0) && after.values().any(|count| *count > 0)
    }

    /// How often each term stands in a text; the longest form at a place is the one that is meant.
    fn found(&self, text: &str) -> BTreeMap<usize, usize> {
        let text = text.to_lowercase();
        let words: Vec<String> = words(&text).filter(|word| !word.trim().is_empty()).map(str::to_owned).collect();
        let longest = self.terms.keys().map(Vec::len).max().unwrap_or(0);
        let mut found = BTreeMap::new();
        let mut at = 0;
        while at < words.len() {
            let lengths = (1..=longest.min(words.len() - at)).rev();
            let here = lengths.filter_map(|length| Some((length, self.terms.get(&words[at..at + length])?))).next();
            if let Some((_, term)) = here {
                *found.entry(*term).or_default() += 1;
            }
            at += here.map_or(1, |(length, _)| length);
        }
        found
    }
}

fn is_number(word: &str) -> bool {
    word.contains(char::is_numeric)
}

/// A word that is a sign, and where it begins.
struct Marked {
    at: usize,
    sign: Sign,
    word: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diff::{compare, list};
    use crate::markdown::{Dialect, parse};

    fn judge(lang: &str) -> Judge {
        Judge::new(lang, [vec!["regional hub"], vec!["local committee", "LPC"], vec!["contractor"]])
    }

    fn check_in(lang: &str, old: &str, new: &str, expected: &[Sign]) {
        let (old, new) = (parse(old, Dialect::Paper), parse(new, Dialect::Paper));
        let listed = list(&compare(&old, &new), &old, &new, &judge(lang));
        let signs: Vec<_> = listed.iter().flat_map(|listed| listed.signs.clone()).collect();
        assert_eq!(signs, expected, "{listed:?}");
        let class = if expected.is_empty() { Class::Editorial } else { Class::Substance };
        assert!(listed.iter().all(|listed| listed.class == class), "{listed:?}");
    }

    fn check(old: &str, new: &str, expected: &[Sign]) {
        check_in("en-GB", old, new, expected);
    }

    #[test]
    fn words_of_force_are_of_substance() {
        check("The hub may pay for it.", "The hub must pay for it.", &[Sign::Force]);
        check("The hub pays for this work.", "The hub will pay for this work.", &[Sign::Force]);
        check("We can do this at once.", "We can’t do this at once.", &[Sign::Force, Sign::Negation]);
        check("It is the first job of all.", "It is not the first job of all.", &[Sign::Negation]);
    }

    #[test]
    fn numbers_money_dates_and_shares_are_of_substance() {
        check("Each pays £98 for a month.", "Each pays £99 for a month.", &[Sign::Money]);
        check("It takes 40% of the levy.", "It takes 45% of the levy.", &[Sign::Percentage]);
        check("It ends on 8 October as planned.", "It ends on 15 October as planned.", &[Sign::Date]);
        check("The vote is in May, as planned.", "The vote is in June, as planned.", &[Sign::Date]);
        check("There are nine hubs in England.", "There are seven hubs in England.", &[Sign::Number]);
        check("All contractors pay for it.", "Some contractors pay for it.", &[Sign::Number]);
        check("It comes in summer this year.", "It comes in autumn this year.", &[Sign::Date]);
        check("There are 3 per forum in all.", "There are 4 per forum in all.", &[Sign::Number]);
        check("It takes 3 per cent of it.", "It takes 4 per cent of it.", &[Sign::Percentage]);
        check("It is planned for 2022 at last.", "It is planned for 2023 at last.", &[Sign::Date]);
    }

    #[test]
    fn may_is_a_month_or_a_verb() {
        check("May anyone speak at the meeting?", "Can anyone speak at the meeting?", &[Sign::Force]);
        check("It opens on 5 May this year.", "It opens on 5 June this year.", &[Sign::Date]);
    }

    #[test]
    fn another_term_is_of_substance() {
        check("The regional hub writes the plan.", "The LPC writes the plan for it.", &[Sign::Term]);
        check("The local committee writes the plan.", "The LPC writes the plan.", &[]);
        check("The regional hub writes the plan.", "The regional hubs write the plan.", &[]);
    }

    #[test]
    fn a_few_other_words_are_editorial() {
        check("It pays for this big work.", "It pays for this large work.", &[]);
        check("a *b* c d e f", "a b c d e f", &[]);
        check("## 1. Costs\n\na b c d\n", "## 2. Costs\n\na b c d\n", &[]);
    }

    #[test]
    fn many_words_are_of_substance_whatever_they_say() {
        let long = "The plan stands here, written by people who know how pharmacies work and where they lie.";
        check("The plan stands here.", long, &[Sign::Text]);
        check("a b c d\n", "a b c d\n\nNew words.\n", &[Sign::Text]);
    }

    #[test]
    fn what_is_struck_out_binds_no_longer() {
        check("You must pay for all of it.", "You ~~must~~ pay for all of it.", &[Sign::Force]);
        check("You must pay for all of it.", "You *must* pay for all of it.", &[]);
    }

    #[test]
    fn force_that_changed_places_is_of_substance() {
        check("You must ask but may wait.", "You may ask but must wait.", &[Sign::Force]);
    }

    #[test]
    fn each_language_has_its_words_and_an_unknown_one_is_never_called_editorial() {
        check_in("cy", "Gall y pwyllgor dalu am y gwaith.", "Rhaid y pwyllgor dalu am y gwaith.", &[Sign::Force]);
        check_in("fr", "Le conseil paie pour ce travail.", "Le conseil paye pour ce travail.", &[Sign::Text]);
    }
}
