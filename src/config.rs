//! `site.toml`: what holds for the whole site.
//!
//! In: the text of the file. Out: a [`Config`], and a finding for every key that is unknown or of
//! the wrong type; what could not be read has its default, so that a run reports all that is wrong.

use crate::diag::{self, Diagnostic, Rule, Severity, Source, nearest};
use jiff::tz::TimeZone;
use serde::Serialize;
use std::collections::BTreeMap;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// What sort of paper a document is; the folder below `content/` says which.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A paper that is out for comment, draft after draft.
    Proposal,
    /// A letter: sender, addressees, date.
    Letter,
    /// A paper of several chapters, draft after draft.
    Strategy,
    /// Dated news or opinion, with a byline.
    Update,
    /// A plain page, such as the accessibility statement.
    Page,
}

impl Kind {
    /// Every kind with the word for it.
    pub const ALL: [(&'static str, Kind); 5] = [
        ("proposal", Kind::Proposal),
        ("letter", Kind::Letter),
        ("strategy", Kind::Strategy),
        ("update", Kind::Update),
        ("page", Kind::Page),
    ];
}

/// A folder below `content/` whose documents are all of one kind, with an address of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The folder's name and the first part of the address: `proposals`.
    pub name: String,
    /// What its documents are.
    pub kind: Kind,
    /// What the section is called on pages: `Proposals`.
    pub title: String,
}

/// The sections that every site has, with their titles.
const SECTIONS: [(&str, Kind, &str); 5] = [
    ("proposals", Kind::Proposal, "Proposals"),
    ("strategy", Kind::Strategy, "Strategy"),
    ("letters", Kind::Letter, "Letters"),
    ("updates", Kind::Update, "Updates"),
    ("pages", Kind::Page, "Pages"),
];

/// What holds for the whole site.
#[derive(Clone, Debug)]
pub struct Config {
    /// What the site is called.
    pub title: String,
    /// Where it will be read: scheme, host and path, without a `/` at the end.
    pub base_url: String,
    /// In whose days dates are meant.
    pub timezone: TimeZone,
    /// The language of the site, as a BCP 47 tag.
    pub lang: String,
    /// The folder below `themes/`, or the name of a built-in theme.
    pub theme: String,
    /// A line shown on every page.
    pub notice: Option<String>,
    /// The groups of readers that `visible_to` may name.
    pub audiences: Vec<String>,
    /// The sections in the order of the navigation.
    pub sections: Vec<Section>,
    /// Rules weighed otherwise than by default; none switches a rule off.
    pub rules: BTreeMap<String, Option<Severity>>,
}

impl Default for Config {
    fn default() -> Self {
        let section =
            |(name, kind, title): (&str, Kind, &str)| Section { name: name.into(), kind, title: title.into() };
        Config {
            title: String::new(),
            base_url: String::new(),
            timezone: TimeZone::UTC,
            lang: "en".into(),
            theme: "default".into(),
            notice: None,
            audiences: Vec::new(),
            sections: SECTIONS.map(section).into(),
            rules: BTreeMap::new(),
        }
    }
}

impl Config {
    /// Reads the text of `site.toml`.
    pub fn read(source: &Source) -> (Config, Vec<Diagnostic>) {
        let mut reader = Reader { source, config: Config::default(), found: Vec::new() };
        let (table, errors) = DeTable::parse_recoverable(&source.text);
        for error in errors {
            reader.report(&diag::CONFIG, error.span().unwrap_or(0..0), error.message().to_owned(), None);
        }
        reader.top(table.get_ref());
        let found = reader.config.weigh(reader.found);
        (reader.config, found)
    }

    /// The section of that name.
    pub fn section(&self, name: &str) -> Option<&Section> {
        self.sections.iter().find(|section| section.name == name)
    }

    /// The path that the site lies under on its host: empty, or `/consultations`.
    pub fn prefix(&self) -> &str {
        let host = self.base_url.split_once("://").map_or(self.base_url.as_str(), |(_, rest)| rest);
        host.find('/').map_or("", |at| &host[at..])
    }

    /// Findings as this site weighs them: severities set, rules that are off left out.
    pub fn weigh(&self, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let weighed = found.into_iter().filter_map(|mut finding| {
            if let Some(severity) = self.rules.get(finding.rule.name) {
                finding.severity = (*severity)?;
            }
            Some(finding)
        });
        weighed.collect()
    }
}

/// Reads one file, key by key.
struct Reader<'a> {
    source: &'a Source,
    config: Config,
    found: Vec<Diagnostic>,
}

/// A table with the places of its keys and values.
type Table<'i> = DeTable<'i>;
type Item<'i> = Spanned<DeValue<'i>>;

const TOP_KEYS: [&str; 9] =
    ["title", "base_url", "timezone", "lang", "theme", "notice", "audiences", "sections", "rules"];

impl Reader<'_> {
    fn report(&mut self, rule: &'static Rule, span: Range<usize>, message: String, hint: Option<String>) {
        let mut finding = Diagnostic::at(rule, self.source.place(span), message);
        finding.hint = hint;
        self.found.push(finding);
    }

    fn wrong(&mut self, key: &str, item: &Item, wanted: &str) {
        self.report(&diag::CONFIG, item.span(), format!("`{key}` must be {wanted}"), None);
    }

    fn unknown(&mut self, key: &str, span: Range<usize>, known: &[&str]) {
        let hint = match nearest(key, known.iter().copied()) {
            Some(name) => format!("did you mean `{name}`?"),
            None => format!("known keys are {}", known.join(", ")),
        };
        self.report(&diag::UNKNOWN_KEY, span, format!("unknown key `{key}`"), Some(hint));
    }

    fn top(&mut self, table: &Table) {
        for (key, item) in table {
            match key.get_ref().as_ref() {
                "title" => self.text("title", item, |config, text| config.title = text),
                "lang" => self.text("lang", item, |config, text| config.lang = text),
                "theme" => self.text("theme", item, |config, text| config.theme = text),
                "notice" => self.text("notice", item, |config, text| config.notice = Some(text)),
                "base_url" => self.base_url(item),
                "timezone" => self.timezone(item),
                "audiences" => self.audiences(item),
                "sections" => self.sections(item),
                "rules" => self.rules(item),
                other => self.unknown(other, key.span(), &TOP_KEYS),
            }
        }
        if !table.contains_key("title") {
            let hint = "add a line such as: title = \"Consultations\"".to_owned();
            self.report(&diag::MISSING_KEY, 0..0, "site.toml has no `title`".into(), Some(hint));
        }
    }

    fn text(&mut self, key: &str, item: &Item, set: impl FnOnce(&mut Config, String)) {
        match item.get_ref().as_str() {
            Some(text) if !text.trim().is_empty() => set(&mut self.config, text.to_owned()),
            _ => self.wrong(key, item, "a text in quotation marks"),
        }
    }

    fn base_url(&mut self, item: &Item) {
        match item.get_ref().as_str() {
            Some(url) if is_base_url(url) => self.config.base_url = url.trim_end_matches('/').to_owned(),
            _ => self.wrong("base_url", item, "an address such as \"https://example.org/papers\""),
        }
    }

    fn timezone(&mut self, item: &Item) {
        match item.get_ref().as_str().map(TimeZone::get) {
            Some(Ok(timezone)) => self.config.timezone = timezone,
            _ => self.wrong("timezone", item, "a name of the IANA time zone database, such as \"Europe/London\""),
        }
    }

    fn audiences(&mut self, item: &Item) {
        let names =
            item.get_ref().as_array().map(|list| list.iter().map(|name| name.get_ref().as_str().map(str::to_owned)));
        match names.and_then(|names| names.collect::<Option<Vec<_>>>()) {
            Some(names) => self.config.audiences = names,
            None => self.wrong("audiences", item, "a list of names, such as [\"steering-group\"]"),
        }
    }

    fn sections(&mut self, item: &Item) {
        let Some(table) = item.get_ref().as_table() else {
            return self.wrong("sections", item, "a table, such as [sections.guidance]");
        };
        for (name, section) in table {
            match section.get_ref().as_table() {
                Some(table) => self.section(name.get_ref(), table, section),
                None => self.wrong(name.get_ref(), section, "a table with `kind` and `title`"),
            }
        }
    }

    fn section(&mut self, name: &str, table: &Table, item: &Item) {
        let known = self.config.section(name).cloned();
        let mut title = known.as_ref().map_or_else(|| capitalised(name), |section| section.title.clone());
        let mut kind = known.map(|section| section.kind);
        for (key, value) in table {
            match (key.get_ref().as_ref(), value.get_ref().as_str()) {
                ("title", Some(text)) => title = text.to_owned(),
                ("kind", Some(text)) => match Kind::ALL.iter().find(|(word, _)| *word == text) {
                    Some((_, found)) => kind = Some(*found),
                    None => self.wrong("kind", value, "proposal, letter, strategy, update or page"),
                },
                ("title" | "kind", None) => self.wrong(key.get_ref(), value, "a text in quotation marks"),
                (other, _) => self.unknown(other, key.span(), &["kind", "title"]),
            }
        }
        let Some(kind) = kind else {
            return self.wrong(name, item, "a table with a `kind`");
        };
        let section = Section { name: name.to_owned(), kind, title };
        match self.config.sections.iter_mut().find(|known| known.name == name) {
            Some(known) => *known = section,
            None => self.config.sections.push(section),
        }
    }

    fn rules(&mut self, item: &Item) {
        let Some(table) = item.get_ref().as_table() else {
            return self.wrong("rules", item, "a table, such as [rules]");
        };
        for (name, value) in table {
            if diag::rule(name.get_ref()).is_none() {
                let known: Vec<_> = diag::RULES.iter().map(|rule| rule.name).collect();
                self.unknown(name.get_ref(), name.span(), &known);
                continue;
            }
            let severity = match value.get_ref().as_str() {
                Some("error") => Some(Severity::Error),
                Some("warning") => Some(Severity::Warning),
                Some("off") => None,
                _ => {
                    self.wrong(name.get_ref(), value, "\"error\", \"warning\" or \"off\"");
                    continue;
                }
            };
            self.config.rules.insert(name.get_ref().to_string(), severity);
        }
    }
}

/// Whether a text is the address of a site: a scheme of the web, a host, no query or fragment.
fn is_base_url(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/') && !rest.contains(['?', '#', ' ']))
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::path::SitePath;

    fn read(text: &str) -> (Config, Vec<String>) {
        let (config, found) = Config::read(&Source::new(SitePath::new("site.toml"), text));
        let lines = found.iter().map(|finding| {
            let line = finding.place.as_ref().map_or(0, |place| place.line);
            format!("{} {}: {} ({})", line, finding.rule.name, finding.message, finding.hint.as_deref().unwrap_or("-"))
        });
        (config, lines.collect())
    }

    #[test]
    fn a_whole_file_is_read() {
        let (config, found) = read(
            "title = \"Papers\"\nbase_url = \"https://example.org/papers/\"\ntimezone = \"Europe/London\"\n\
             audiences = [\"board\"]\n[sections.guidance]\nkind = \"strategy\"\n[rules]\nraw-html = \"off\"\n",
        );
        assert_eq!(found, Vec::<String>::new());
        assert_eq!((config.title.as_str(), config.prefix()), ("Papers", "/papers"));
        assert_eq!(
            config.section("guidance").map(|section| (section.kind, section.title.as_str())),
            Some((Kind::Strategy, "Guidance"))
        );
        assert_eq!(config.rules["raw-html"], None);
    }

    #[test]
    fn every_fault_of_a_file_is_reported_at_once() {
        let (_, found) = read(
            "titel = \"Papers\"\nbase_url = \"example.org\"\ntimezone = \"Londres\"\n[rules]\nraw-htm = \"off\"\n",
        );
        let rules: Vec<_> = found.iter().map(|line| line.split(':').next().unwrap_or("")).collect();
        assert_eq!(rules.len(), 5, "{found:#?}");
        for expected in ["1 unknown-key", "2 config", "3 config", "5 unknown-key", "1 missing-key"] {
            assert!(rules.contains(&expected), "{expected} in {found:#?}");
        }
        assert!(found.iter().any(|line| line.ends_with("(did you mean `raw-html`?)")));
    }
}
