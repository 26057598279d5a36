//! Values of front matter that are more than a text: status, audiences, language, address.
//!
//! In: the [`Fields`] of a file. Out: a value of the right range, or a finding that says what it may be.

use super::around::Around;
use super::fields::{Entry, Fields, Word};
use super::yaml::Value;
use super::{Lead, Meaning, Status, To};
use crate::config::is_https;
use crate::diag::{self, nearest};
use crate::path::{Address, SitePath};

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
        if is_mail(&word.text) {
            return Some(word.text);
        }
        let message = format!("`{}` is not an e-mail address", word.text);
        self.report(&diag::BAD_VALUE, word.range, message, "write an address such as replies@example.org");
        None
    }

    /// Where a reply goes. What looks like an address and is none is told; all else is words.
    pub(super) fn reply_to(&mut self) -> Option<To> {
        let Word { text, range } = self.word("to")?;
        let mail = text.strip_prefix("mailto:").unwrap_or(&text);
        if is_mail(mail) {
            return Some(To::Mail(mail.to_owned()));
        }
        if is_https(&text) {
            return Some(To::Web(text));
        }
        if let Some(number) = text.strip_prefix("tel:").map(str::trim).filter(|number| is_phone(number)) {
            return Some(To::Phone(number.to_owned()));
        }
        let meant = ["mailto:", "tel:", "http:", "https:"].iter().any(|start| text.starts_with(start));
        if meant || text.contains("://") || (text.contains('@') && !text.contains(' ')) {
            let message = format!("`{text}` is no address that a reply can go to");
            let hint = "write an e-mail address, an address that begins with https://, tel:+44… or plain words";
            self.report(&diag::BAD_VALUE, range, message, hint);
            return None;
        }
        Some(To::Words(text))
    }

    /// Where more is to be read: an address of the web, or a file of the site.
    pub(super) fn lead(&mut self, name: &str, around: &Around) -> Option<Lead> {
        let text = match self.peek(name) {
            Some(Value::Text(text)) => text.trim().to_owned(),
            _ => String::new(),
        };
        if is_https(&text) { self.text(name).map(Lead::Web) } else { self.file(name, around).map(Lead::File) }
    }

    /// A whole number.
    pub(super) fn whole(&mut self, name: &str) -> Option<u64> {
        let word = self.word(name)?;
        let number = word.text.parse().ok().filter(|_| word.text.bytes().all(|byte| byte.is_ascii_digit()));
        if number.is_none() {
            let message = format!("`{name}` must be a whole number, not `{}`", word.text);
            self.report(&diag::BAD_VALUE, word.range, message, "write digits alone, such as 5011");
        }
        number
    }

    /// A percentage.
    pub(super) fn percentage(&mut self, name: &str) -> Option<f64> {
        let word = self.word(name)?;
        let number = word.text.parse().ok().filter(|number| (0.0..=100.0).contains(number));
        if number.is_none() {
            let message = format!("`{name}` must be a number from 0 to 100, not `{}`", word.text);
            self.report(&diag::BAD_VALUE, word.range, message, "write the percentage without its sign, such as 61.5");
        }
        number
    }

    /// The groups whom something concerns, in the order of site.toml.
    pub(super) fn groups(&mut self) -> Vec<String> {
        let words = self.words("groups").unwrap_or_default();
        words.iter().for_each(|word| self.check_group(word));
        let named = |name: &String| words.iter().any(|word| word.text == *name);
        self.config.groups.iter().map(|group| group.name.clone()).filter(named).collect()
    }

    /// What something means for groups, in the order of site.toml.
    pub(super) fn means_for(&mut self) -> Vec<Meaning> {
        let mut texts = self.texts_by_key("means_for");
        texts.iter().for_each(|(word, _)| self.check_group(word));
        texts.retain(|(word, _)| self.config.group(&word.text).is_some());
        texts.sort_by_key(|(word, _)| self.config.groups.iter().position(|group| group.name == word.text));
        texts.into_iter().map(|(word, text)| Meaning { group: word.text, text }).collect()
    }

    pub(super) fn check_group(&mut self, word: &Word) {
        if self.config.is_no_group(&word.text) {
            let hint = self.config.near_group(&word.text);
            self.report(&diag::GROUP, word.range.clone(), format!("unknown group `{}`", word.text), hint);
        }
    }

    /// A relative path to a Markdown file of the site.
    pub(super) fn file(&mut self, name: &str, around: &Around) -> Option<SitePath> {
        let word = self.word(name)?;
        let path = self.source.path.resolve(&word.text).filter(|_| !word.text.starts_with('/'));
        let content = SitePath::new("content");
        if let Some(path) = &path
            && path.extension() == "md"
            && path.below(&content).is_some()
            && around.has(path)
        {
            return Some(path.clone());
        }
        if let Some(meant) = self.seen_from_root(&word.text, around) {
            let message = format!("`{name}` names `{}`, but a path is written as seen from its file", word.text);
            self.report(&diag::BAD_VALUE, word.range, message, format!("write: {name}: {meant}"));
            return None;
        }
        let folder = path.unwrap_or_else(|| self.source.path.clone()).parent();
        let names = around.below(&folder).filter_map(|path| path.below(&folder).filter(|name| name.ends_with(".md")));
        let hint = match nearest(word.text.rsplit('/').next().unwrap_or(""), names) {
            Some(near) => format!("did you mean {near} in {folder}/?"),
            None => "write the relative path of a Markdown file, such as 2021-07-22-delegation.md".to_owned(),
        };
        let message = format!("`{name}` names `{}`, which is no Markdown file of the site", word.text);
        self.report(&diag::BAD_VALUE, word.range, message, hint);
        None
    }

    /// A relative path to a file of the site that is no text of its own: an attachment.
    pub(super) fn attachment(&mut self, name: &str, around: &Around) -> Option<SitePath> {
        let word = self.word(name)?;
        let path = self.source.path.resolve(&word.text).filter(|_| !word.text.starts_with('/'));
        let is_attached = |path: &SitePath| {
            !matches!(path.extension(), "md" | "yaml" | "yml" | "lock")
                && path.below(&SitePath::new("content")).is_some()
        };
        if let Some(path) = path.as_ref().filter(|path| is_attached(path) && around.has(path)) {
            return Some(path.clone());
        }
        let folder = path.unwrap_or_else(|| self.source.path.clone()).parent();
        let near = around.below(&folder).filter(|path| is_attached(path)).filter_map(|path| path.below(&folder));
        let hint = match nearest(word.text.rsplit('/').next().unwrap_or(""), near) {
            Some(near) => format!("did you mean {near} in {folder}/?"),
            None => "put the file beside the text, and write its name: original: 2021-07-22-delegation.pdf".to_owned(),
        };
        let message = format!("`{name}` names `{}`, which is no file of the site that can be attached", word.text);
        self.report(&diag::BAD_VALUE, word.range, message, hint);
        None
    }

    /// The right path of a Markdown file that is named as seen from the root of the site or from `content/`.
    fn seen_from_root(&self, written: &str, around: &Around) -> Option<String> {
        let content = SitePath::new("content");
        let meant = [SitePath::new(written), content.join(written)];
        let is_text = |path: &SitePath| path.extension() == "md" && path.below(&content).is_some() && around.has(path);
        meant.iter().find(|path| is_text(path)).map(|path| seen_from(&self.source.path, path))
    }
}

/// A file's path as seen from another.
fn seen_from(file: &SitePath, path: &SitePath) -> String {
    Address::new(file.as_str()).to(&Address::new(path.as_str()))
}

fn is_mail(text: &str) -> bool {
    let parts = text.split_once('@');
    parts.is_some_and(|(name, host)| !name.is_empty() && !host.is_empty() && !text.contains([' ', '/', '<', ':']))
}

/// Whether a text is a telephone number with marks that part its digits (RFC 3966, section 3).
fn is_phone(text: &str) -> bool {
    let digits = text.strip_prefix('+').unwrap_or(text);
    digits.contains(|c: char| c.is_ascii_digit())
        && digits.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '-' | '.' | '(' | ')'))
}
