//! Values of front matter that are more than a text: status, audiences, language, address.
//!
//! In: the [`Fields`] of a file. Out: a value of the right range, or a finding that says what it may be.

use super::Status;
use super::fields::{Entry, Fields, Word};
use super::yaml::Value;
use crate::diag::{self, nearest};
use crate::path::SitePath;
use crate::tree::Tree;

/// The words for where a draft stands.
const STATUSES: [(&str, Status); 5] = [
    ("final", Status::Final),
    ("adopted", Status::Adopted),
    ("rejected", Status::Rejected),
    ("discarded", Status::Discarded),
    ("withdrawn", Status::Withdrawn),
];

/// An audience that is none: no audience has an empty name.
const NOBODY: &str = "";

impl Fields<'_> {
    /// Where a draft stands; one that was decided against needs a reason.
    pub(super) fn status(&mut self) -> Option<Status> {
        let word = self.word("status")?;
        let Some((_, status)) = STATUSES.iter().find(|(name, _)| *name == word.text) else {
            let names = STATUSES.map(|(name, _)| name);
            let hint = match nearest(&word.text.to_lowercase(), names) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("a status is one of {}; leave it out of a draft under discussion", names.join(", ")),
            };
            self.report(&diag::BAD_VALUE, word.range, format!("unknown status `{}`", word.text), hint);
            return None;
        };
        let needs_reason = matches!(status, Status::Rejected | Status::Discarded | Status::Withdrawn);
        let blank = |entry: &Entry| entry.value.as_ref().is_some_and(Value::is_blank);
        let reason = self.entries.iter().find(|entry| entry.key.name == "status_because");
        if needs_reason && reason.is_none_or(blank) {
            let message = format!("`status: {}` needs the key `status_because`", word.text);
            self.report(
                &diag::MISSING_KEY,
                word.range,
                message,
                "write `status_because: …` with the reason, in a sentence",
            );
        }
        Some(*status)
    }

    /// The audiences that may see something, each one that the site knows. Where they cannot be read it
    /// is nobody, so that a rule that was switched off does not open what was to be closed.
    pub(super) fn audiences(&mut self) -> Vec<String> {
        let before = self.found.len();
        let spoilt = self.is_spoilt("visible_to");
        let words = self.words("visible_to").unwrap_or_default();
        self.check_audiences(&words);
        let wrong = spoilt || self.found.len() > before;
        self.unsettled |= wrong;
        if wrong && words.is_empty() {
            return vec![NOBODY.to_owned()];
        }
        words.into_iter().map(|word| word.text).collect()
    }

    fn check_audiences(&mut self, words: &[Word]) {
        for word in words {
            if self.config.audiences.contains(&word.text) {
                continue;
            }
            let known = self.config.audiences.iter().map(String::as_str);
            let hint = match nearest(&word.text, known) {
                Some(near) => format!("did you mean `{near}`?"),
                None if self.config.audiences.is_empty() => {
                    format!("name it in site.toml: audiences = [\"{}\"]", word.text)
                }
                None => format!("the audiences of site.toml are {}", self.config.audiences.join(", ")),
            };
            self.report(&diag::BAD_VALUE, word.range.clone(), format!("unknown audience `{}`", word.text), hint);
        }
    }

    /// A language tag in the form of BCP 47.
    pub(super) fn lang(&mut self) -> Option<String> {
        let word = self.word("lang")?;
        let subtag = |tag: &str| (1..=8).contains(&tag.len()) && tag.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let primary = word.text.split('-').next().unwrap_or("");
        if word.text.split('-').all(subtag) && matches!(primary.len(), 2 | 3) {
            return Some(word.text);
        }
        let message = format!("`{}` is not a language tag", word.text);
        self.report(&diag::BAD_VALUE, word.range, message, "write a tag such as en, cy or en-GB");
        None
    }

    /// An e-mail address.
    pub(super) fn contact(&mut self) -> Option<String> {
        let word = self.word("contact")?;
        let parts = word.text.split_once('@');
        if parts
            .is_some_and(|(name, host)| !name.is_empty() && !host.is_empty() && !word.text.contains([' ', '/', '<']))
        {
            return Some(word.text);
        }
        let message = format!("`{}` is not an e-mail address", word.text);
        self.report(&diag::BAD_VALUE, word.range, message, "write an address such as replies@example.org");
        None
    }

    /// A relative path to a Markdown file of the site.
    pub(super) fn file(&mut self, name: &str, tree: &Tree) -> Option<SitePath> {
        let word = self.word(name)?;
        let path = self.source.path.resolve(&word.text).filter(|_| !word.text.starts_with('/'));
        let content = SitePath::new("content");
        if let Some(path) = &path
            && path.extension() == "md"
            && path.below(&content).is_some()
            && tree.get(path).is_some()
        {
            return Some(path.clone());
        }
        let folder = path.unwrap_or_else(|| self.source.path.clone()).parent();
        let names =
            tree.below(&folder).filter_map(|(path, _)| path.below(&folder).filter(|name| name.ends_with(".md")));
        let hint = match nearest(word.text.rsplit('/').next().unwrap_or(""), names) {
            Some(near) => format!("did you mean {near} in {folder}/?"),
            None => "write the relative path of a Markdown file, such as 2021-07-22-delegation.md".to_owned(),
        };
        let message = format!("`{name}` names `{}`, which is no Markdown file of the site", word.text);
        self.report(&diag::BAD_VALUE, word.range, message, hint);
        None
    }
}
