//! `site.toml`, key by key.
//!
//! In: the table of the file with its places. Out: the [`Config`] that it says, and a finding for every key
//! that is unknown or of the wrong type. What could not be read keeps its default. Which keys there are, and
//! which function reads each, stands in [`super::keys`].

use super::keys::{self, Key};
use super::{ALWAYS_ERRORS, CAN_SEARCH, Config, Kind, OWN_ADDRESSES, RawHtml, Section, is_base_url, meant};
use crate::diag::{self, Diagnostic, Rule, Severity, Source, did_you_mean, nearest};
use jiff::tz::TimeZone;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Reads one file, key by key.
pub(super) struct Reader<'a> {
    pub(super) source: &'a Source,
    pub(super) config: Config,
    pub(super) found: Vec<Diagnostic>,
}

/// A table with the places of its keys and values.
pub(super) type Item<'i> = Spanned<DeValue<'i>>;

/// A section whose table is being read.
pub(super) struct Started {
    pub(super) kind: Option<Kind>,
    pub(super) title: Option<String>,
}

impl Reader<'_> {
    pub(super) fn report(
        &mut self,
        rule: &'static Rule,
        span: Range<usize>,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        self.found.push(Diagnostic::at(rule, self.source.place(span), message).hint(hint));
    }

    /// A value that is not what its key asks for; `form` is a line as it should stand there.
    pub(super) fn wrong(&mut self, key: &str, item: &Item, wanted: &str, form: &str) {
        self.report(&diag::CONFIG, item.span(), format!("`{key}` must be {wanted}"), format!("write: {form}"));
    }

    /// A value that is not what its key asks for, and the text that it was meant to be, where that is known.
    pub(super) fn misfit(&mut self, key: &Key, item: &Item, meant: Option<&str>) {
        let form = meant.map_or(key.example.to_owned(), |meant| format!("{} = \"{meant}\"", key.name));
        self.wrong(key.name, item, key.form, &form);
    }

    pub(super) fn unknown(&mut self, key: &str, span: Range<usize>, known: &[&str]) {
        let all = || format!("known keys are {}", known.join(", "));
        let hint = match self.header_above(span.start).filter(|_| keys::TOP.get(key).is_some()) {
            Some(header) => {
                self.config.base_url_given |= key == "base_url";
                format!("it stands below `{header}` and is taken for a key of it: move it above the first `[…]`")
            }
            None => did_you_mean(key, known.iter().copied()).unwrap_or_else(all),
        };
        self.report(&diag::UNKNOWN_KEY, span, format!("unknown key `{key}`"), hint);
    }

    /// The line that begins the table in which a place lies; none above the first.
    fn header_above(&self, at: usize) -> Option<String> {
        let above = self.source.text.get(..at)?.lines().map(|line| line.split('#').next().unwrap_or(line).trim());
        above.rev().find(|line| line.starts_with('[')).map(str::to_owned)
    }

    pub(super) fn top(&mut self, table: &DeTable) {
        self.each(&keys::TOP, table, &mut ());
        for key in keys::TOP.keys().filter(|key| key.required && !table.contains_key(key.name)) {
            let hint = format!("add a line such as: {}", key.example);
            self.report(&diag::MISSING_KEY, 0..0, format!("site.toml has no `{}`", key.name), hint);
        }
    }

    /// Reads every key of a table into what the table fills; tells of those that it does not have.
    pub(super) fn each<T>(&mut self, known: &'static keys::Table<T>, table: &DeTable, into: &mut T) {
        for (name, item) in table {
            match known.get(name.get_ref()) {
                Some((key, read)) => read(self, into, key, item),
                None => self.unknown(name.get_ref(), name.span(), &known.names()),
            }
        }
    }

    /// A text, put where it belongs.
    pub(super) fn set(&mut self, key: &Key, item: &Item, set: impl FnOnce(&mut Config, String)) {
        if let Some(text) = self.text(key, item) {
            set(&mut self.config, text);
        }
    }

    /// A text with words.
    pub(super) fn text(&mut self, key: &Key, item: &Item) -> Option<String> {
        let text = item.get_ref().as_str().map(str::to_owned);
        match text.as_deref().map(str::trim) {
            None => self.wrong(key.name, item, "a text in quotation marks", &format!("{} = \"…\"", key.name)),
            Some("") => {
                let hint = format!("write: {} = \"…\", or leave the line out", key.name);
                self.report(&diag::CONFIG, item.span(), format!("`{}` is empty", key.name), hint);
            }
            Some(_) => return text,
        }
        None
    }

    pub(super) fn theme(&mut self, key: &Key, item: &Item) {
        self.config.theme_place = Some(self.source.place(item.span()));
        self.set(key, item, |config, text| config.theme = text);
    }

    pub(super) fn base_url(&mut self, key: &Key, item: &Item) {
        self.config.base_url_given = true;
        let url = item.get_ref().as_str().unwrap_or_default();
        if is_base_url(url) {
            self.config.base_url = url.trim_end_matches('/').to_owned();
            return;
        }
        let meant = meant::base_url(url).filter(|meant| is_base_url(meant));
        self.misfit(key, item, meant.as_deref());
    }

    pub(super) fn timezone(&mut self, key: &Key, item: &Item) {
        match item.get_ref().as_str().map(TimeZone::get) {
            Some(Ok(timezone)) => self.config.timezone = timezone,
            _ => self.misfit(key, item, None),
        }
    }

    pub(super) fn audiences(&mut self, key: &Key, item: &Item) {
        let names =
            item.get_ref().as_array().map(|list| list.iter().map(|name| name.get_ref().as_str().map(str::to_owned)));
        match names.and_then(|names| names.collect::<Option<Vec<_>>>()) {
            Some(names) => self.config.audiences = names,
            None => self.misfit(key, item, None),
        }
    }

    pub(super) fn raw_html(&mut self, key: &Key, item: &Item) {
        let word = item.get_ref().as_str().unwrap_or_default();
        match RawHtml::ALL.iter().find(|(name, _)| *name == word) {
            Some((_, known)) => self.config.raw_html = *known,
            None => self.misfit(key, item, nearest(word, RawHtml::ALL.map(|(name, _)| name))),
        }
    }

    pub(super) fn search(&mut self, key: &Key, item: &Item) {
        match item.get_ref().as_bool() {
            Some(wanted) => self.config.search = wanted && CAN_SEARCH,
            None => self.misfit(key, item, None),
        }
    }

    pub(super) fn silence(&mut self, key: &Key, item: &Item) {
        match item.get_ref().as_bool() {
            Some(wanted) => self.config.silence = wanted,
            None => self.misfit(key, item, None),
        }
    }

    pub(super) fn sections(&mut self, key: &Key, item: &Item) {
        let Some(table) = item.get_ref().as_table() else {
            return self.misfit(key, item, None);
        };
        for (name, section) in table {
            match section.get_ref().as_table() {
                Some(table) => {
                    self.section_name(name);
                    self.section(name.get_ref(), table, section);
                }
                None if keys::TOP.get(name.get_ref()).is_some() => {
                    self.unknown(name.get_ref(), name.span(), &[]);
                }
                None => {
                    let form = format!("[sections.{}] and a line: kind = \"strategy\"", name.get_ref());
                    self.wrong(name.get_ref(), section, "a table", &form);
                }
            }
        }
    }

    /// The name of a section is the first part of addresses, beside those of the site's own.
    fn section_name(&mut self, name: &Spanned<std::borrow::Cow<str>>) {
        let text = name.get_ref().as_ref();
        let is_plain = |part: &str| {
            !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        };
        if !text.split('-').all(is_plain) {
            let message = format!("`{text}` cannot be part of an address that lasts");
            let hint = "name the section and its folder in lower-case letters, digits and hyphens";
            return self.report(&diag::FILE_NAME, name.span(), message, hint);
        }
        let why = match text {
            _ if OWN_ADDRESSES.contains(&text) => "an address of the site's own",
            _ if text.len() == 2 => "kept for a translation",
            _ => return,
        };
        let message = format!("a section cannot be called `{text}`: /{text}/ is {why}");
        self.report(&diag::RESERVED_NAME, name.span(), message, "give the section and its folder another name");
    }

    fn section(&mut self, name: &str, table: &DeTable, item: &Item) {
        let known = self.config.section(name).cloned();
        let title = known.as_ref().and_then(|section| section.title.clone());
        let mut started = Started { kind: known.map(|section| section.kind), title };
        self.each(&keys::SECTION, table, &mut started);
        let Some(kind) = started.kind else {
            if !table.contains_key("kind") {
                self.wrong(name, item, "a table with a `kind`", "kind = \"strategy\"");
            }
            return;
        };
        let section = Section { name: name.to_owned(), kind, title: started.title };
        match self.config.sections.iter_mut().find(|known| known.name == name) {
            Some(known) => *known = section,
            None => self.config.sections.push(section),
        }
    }

    pub(super) fn kind(&mut self, key: &Key, item: &Item) -> Option<Kind> {
        let word = self.text(key, item)?;
        let kind = Kind::ALL.iter().find(|(name, _)| *name == word).map(|(_, kind)| *kind);
        if kind.is_none() {
            self.misfit(key, item, nearest(&word, Kind::ALL.map(|(name, _)| name)));
        }
        kind
    }

    /// Reports a rule that cannot weigh less than an error.
    fn is_fixed(&mut self, name: &str, value: &Item) -> bool {
        let fixed = ALWAYS_ERRORS.iter().find(|(rule, _)| *rule == name);
        if let Some((_, why)) = fixed {
            let message = format!("`{name}` is always an error: {why}");
            self.report(&diag::CONFIG, value.span(), message, "remove the line");
        }
        fixed.is_some()
    }

    pub(super) fn rules(&mut self, key: &Key, item: &Item) {
        let Some(table) = item.get_ref().as_table() else {
            return self.wrong(key.name, item, key.form, &key.example.replace('\n', " and a line: "));
        };
        for (name, value) in table {
            if diag::rule(name.get_ref()).is_none() {
                let known: Vec<_> = diag::RULES.iter().map(|rule| rule.name).collect();
                self.unknown(name.get_ref(), name.span(), &known);
                continue;
            }
            let severity = match value.get_ref().as_str() {
                Some("error") => Some(Severity::Error),
                Some("warning" | "off") if self.is_fixed(name.get_ref(), value) => continue,
                Some("warning") => Some(Severity::Warning),
                Some("off") => None,
                _ => {
                    let form = format!("{} = \"warning\"", name.get_ref());
                    self.wrong(name.get_ref(), value, "\"error\", \"warning\" or \"off\"", &form);
                    continue;
                }
            };
            self.config.rules.insert(name.get_ref().to_string(), severity);
        }
    }
}
