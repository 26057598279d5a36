//! `site.toml`, key by key.
//!
//! In: the table of the file with its places. Out: the [`Config`] that it says, and a finding for every key
//! that is unknown or of the wrong type. What could not be read keeps its default.

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
pub(super) type Table<'i> = DeTable<'i>;
pub(super) type Item<'i> = Spanned<DeValue<'i>>;

const TOP_KEYS: [&str; 15] = [
    "title",
    "base_url",
    "timezone",
    "lang",
    "theme",
    "notice",
    "audiences",
    "raw_html",
    "compare",
    "search",
    "groups",
    "brand",
    "community",
    "sections",
    "rules",
];

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

    pub(super) fn unknown(&mut self, key: &str, span: Range<usize>, known: &[&str]) {
        let all = || format!("known keys are {}", known.join(", "));
        let hint = match self.header_above(span.start).filter(|_| TOP_KEYS.contains(&key)) {
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

    pub(super) fn top(&mut self, table: &Table) {
        for (key, item) in table {
            match key.get_ref().as_ref() {
                "title" => self.text("title", item, |config, text| config.title = text),
                "lang" => self.text("lang", item, |config, text| config.lang = text),
                "theme" => self.theme(item),
                "notice" => self.text("notice", item, |config, text| config.notice = Some(text)),
                "base_url" => self.base_url(item),
                "timezone" => self.timezone(item),
                "audiences" => self.audiences(item),
                "raw_html" => self.raw_html(item),
                "compare" => self.compare(item),
                "search" => self.search(item),
                "groups" => self.groups(item),
                "brand" => self.brand(item),
                "community" => self.community(item),
                "sections" => self.sections(item),
                "rules" => self.rules(item),
                other => self.unknown(other, key.span(), &TOP_KEYS),
            }
        }
        if !table.contains_key("title") {
            let hint = "add a line such as: title = \"Consultations\"";
            self.report(&diag::MISSING_KEY, 0..0, "site.toml has no `title`", hint);
        }
    }

    pub(super) fn text(&mut self, key: &str, item: &Item, set: impl FnOnce(&mut Config, String)) {
        match item.get_ref().as_str() {
            Some(text) if !text.trim().is_empty() => set(&mut self.config, text.to_owned()),
            Some(_) => {
                let hint = format!("write: {key} = \"…\", or leave the line out");
                self.report(&diag::CONFIG, item.span(), format!("`{key}` is empty"), hint);
            }
            _ => self.wrong(key, item, "a text in quotation marks", &format!("{key} = \"…\"")),
        }
    }

    fn theme(&mut self, item: &Item) {
        self.config.theme_place = Some(self.source.place(item.span()));
        self.text("theme", item, |config, text| config.theme = text);
    }

    fn base_url(&mut self, item: &Item) {
        self.config.base_url_given = true;
        let url = item.get_ref().as_str().unwrap_or_default();
        if is_base_url(url) {
            self.config.base_url = url.trim_end_matches('/').to_owned();
            return;
        }
        let meant = meant::base_url(url).filter(|meant| is_base_url(meant));
        let form = format!("base_url = \"{}\"", meant.as_deref().unwrap_or("https://example.org/papers"));
        self.wrong("base_url", item, "the full address of the site", &form);
    }

    fn timezone(&mut self, item: &Item) {
        match item.get_ref().as_str().map(TimeZone::get) {
            Some(Ok(timezone)) => self.config.timezone = timezone,
            _ => self.wrong("timezone", item, "a name of the IANA time zone database", "timezone = \"Europe/London\""),
        }
    }

    fn audiences(&mut self, item: &Item) {
        let names =
            item.get_ref().as_array().map(|list| list.iter().map(|name| name.get_ref().as_str().map(str::to_owned)));
        match names.and_then(|names| names.collect::<Option<Vec<_>>>()) {
            Some(names) => self.config.audiences = names,
            None => self.wrong("audiences", item, "a list of names", "audiences = [\"steering-group\"]"),
        }
    }

    fn raw_html(&mut self, item: &Item) {
        let word = item.get_ref().as_str().unwrap_or_default();
        match RawHtml::ALL.iter().find(|(name, _)| *name == word) {
            Some((_, known)) => self.config.raw_html = *known,
            None => {
                let near = nearest(word, RawHtml::ALL.map(|(name, _)| name)).unwrap_or("clean");
                self.wrong("raw_html", item, "\"clean\" or \"drop\"", &format!("raw_html = \"{near}\""));
            }
        }
    }

    fn search(&mut self, item: &Item) {
        match item.get_ref().as_bool() {
            Some(wanted) => self.config.search = wanted && CAN_SEARCH,
            None => self.wrong("search", item, "true or false", "search = false"),
        }
    }

    fn sections(&mut self, item: &Item) {
        let Some(table) = item.get_ref().as_table() else {
            return self.wrong("sections", item, "a table", "[sections.guidance]");
        };
        for (name, section) in table {
            match section.get_ref().as_table() {
                Some(table) => {
                    self.section_name(name);
                    self.section(name.get_ref(), table, section);
                }
                None if TOP_KEYS.contains(&name.get_ref().as_ref()) => {
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

    fn section(&mut self, name: &str, table: &Table, item: &Item) {
        let known = self.config.section(name).cloned();
        let mut title = known.as_ref().and_then(|section| section.title.clone());
        let mut kind = known.map(|section| section.kind);
        for (key, value) in table {
            match (key.get_ref().as_ref(), value.get_ref().as_str()) {
                ("title", Some(text)) => title = Some(text.to_owned()),
                ("kind", Some(word)) => kind = self.kind(word, value).or(kind),
                ("title" | "kind", None) => self.text(key.get_ref(), value, |_, _| ()),
                (other, _) => self.unknown(other, key.span(), &["kind", "title"]),
            }
        }
        let Some(kind) = kind else {
            if !table.contains_key("kind") {
                self.wrong(name, item, "a table with a `kind`", "kind = \"strategy\"");
            }
            return;
        };
        let section = Section { name: name.to_owned(), kind, title };
        match self.config.sections.iter_mut().find(|known| known.name == name) {
            Some(known) => *known = section,
            None => self.config.sections.push(section),
        }
    }

    fn kind(&mut self, word: &str, value: &Item) -> Option<Kind> {
        let kind = Kind::ALL.iter().find(|(name, _)| *name == word).map(|(_, kind)| *kind);
        if kind.is_none() {
            let near = nearest(word, Kind::ALL.map(|(name, _)| name)).unwrap_or("strategy");
            self.wrong("kind", value, "proposal, letter, strategy, update or page", &format!("kind = \"{near}\""));
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

    fn rules(&mut self, item: &Item) {
        let Some(table) = item.get_ref().as_table() else {
            return self.wrong("rules", item, "a table", "[rules] and a line: raw-html = \"off\"");
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
