//! `site.toml`: what holds for the whole site.
//!
//! In: the text of the file. Out: a [`Config`], and a finding for every key that is unknown or of
//! the wrong type; what could not be read has its default, so that a run reports all that is wrong.

use crate::diag::{self, Diagnostic, Place, Severity, Source};
use jiff::tz::TimeZone;
use read::Reader;
use serde::Serialize;
use std::collections::BTreeMap;
use toml::de::DeTable;

mod brand;
pub mod colour;
pub mod keys;
mod meant;
mod read;

pub use brand::{Brand, Community, Group, Logo};

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

    /// The word for it, as `site.toml` has it.
    pub fn word(self) -> &'static str {
        Kind::ALL.iter().find(|(_, kind)| *kind == self).map_or("", |(word, _)| word)
    }
}

/// A folder below `content/` whose documents are all of one kind, with an address of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The folder's name and the first part of the address: `proposals`.
    pub name: String,
    /// What its documents are.
    pub kind: Kind,
    /// What the section is called on pages, where the file says: `Guidance`.
    pub title: Option<String>,
}

/// The sections that every site has.
const SECTIONS: [(&str, Kind); 5] = [
    ("proposals", Kind::Proposal),
    ("strategy", Kind::Strategy),
    ("letters", Kind::Letter),
    ("updates", Kind::Update),
    ("pages", Kind::Page),
];

/// Rules that are errors whatever `[rules]` says, and why.
pub const ALWAYS_ERRORS: [(&str, &str); 3] = [
    ("record", "readers could not tell that what they were asked about has changed"),
    ("theme", "without a theme there are no pages"),
    ("withheld-link", "the link would tell the name of what is withheld"),
];

/// Rules that hold only where `[rules]` weighs them.
pub const OFF_UNLESS_SET: [&str; 1] = ["group-coverage"];

/// The folder at the root of a site that holds what a search needs.
pub const SEARCH_FOLDER: &str = "pagefind";

/// Addresses of the site's own at its root, besides the sections.
pub const OWN_ADDRESSES: [&str; 12] = [
    "changes",
    "glossary",
    "search",
    "silence",
    "feed",
    "calendar",
    "sitemap",
    "site",
    "404",
    "index",
    "assets",
    SEARCH_FOLDER,
];

/// Whether this program can write what a search needs.
const CAN_SEARCH: bool = cfg!(feature = "search");

/// What becomes of raw HTML in the texts of a site.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RawHtml {
    /// It is cleaned to an allow list.
    #[default]
    Clean,
    /// It is left out, and its words stay.
    Drop,
}

impl RawHtml {
    /// Each with the word for it.
    pub const ALL: [(&'static str, RawHtml); 2] = [("clean", RawHtml::Clean), ("drop", RawHtml::Drop)];
}

/// What holds for the whole site.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// What the site is called.
    pub title: String,
    /// Where it will be read: scheme, host and path, without a `/` at the end.
    pub base_url: String,
    /// Whether the file has the key `base_url`, be its value right or wrong.
    pub base_url_given: bool,
    /// In whose days dates are meant.
    pub timezone: TimeZone,
    /// The language of the site, as a BCP 47 tag.
    pub lang: String,
    /// The folder below `themes/`, or the name of a built-in theme.
    pub theme: String,
    /// Where the file names it.
    pub theme_place: Option<Place>,
    /// A line shown on every page.
    pub notice: Option<String>,
    /// The groups of readers that `visible_to` may name.
    pub audiences: Vec<String>,
    /// What becomes of raw HTML.
    pub raw_html: RawHtml,
    /// How many drafts a document may have so that every one is compared with every other; at least 1.
    pub compare: usize,
    /// Whether readers are told where an answer or a reason is owed.
    pub silence: bool,
    /// Whether readers can search the site; never where the program was built without the feature `search`.
    pub search: bool,
    /// The groups of people whom papers may concern, in the order of the file.
    pub groups: Vec<Group>,
    /// Whether groups of the file could not be read, so that it is not known which there are.
    pub groups_misread: bool,
    /// What the frame of every page is made of.
    pub brand: Brand,
    /// Where readers meet.
    pub community: Community,
    /// The sections in the order of the navigation.
    pub sections: Vec<Section>,
    /// Rules weighed otherwise than by default; none switches a rule off.
    pub rules: BTreeMap<String, Option<Severity>>,
}

impl Default for Config {
    fn default() -> Self {
        let section = |(name, kind): (&str, Kind)| Section { name: name.into(), kind, title: None };
        Config {
            title: String::new(),
            base_url: String::new(),
            base_url_given: false,
            timezone: TimeZone::UTC,
            lang: "en".into(),
            theme: "default".into(),
            theme_place: None,
            notice: None,
            audiences: Vec::new(),
            raw_html: RawHtml::Clean,
            compare: 8,
            silence: false,
            search: CAN_SEARCH,
            groups: Vec::new(),
            groups_misread: false,
            brand: Brand::default(),
            community: Community::default(),
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
        reader.config.groups_misread = !errors.is_empty();
        for error in errors {
            let twice = error.message().contains("duplicate");
            let hint =
                if twice { "keep one of the two" } else { "a line is written: key = \"text in quotation marks\"" };
            reader.report(&diag::CONFIG, error.span().unwrap_or(0..0), error.message(), hint);
        }
        reader.top(table.get_ref());
        let found = reader.config.weigh(reader.found);
        (reader.config, found)
    }

    /// The section of that name.
    pub fn section(&self, name: &str) -> Option<&Section> {
        self.sections.iter().find(|section| section.name == name)
    }

    /// Whether a group of that name is none that site.toml may name.
    pub fn is_no_group(&self, name: &str) -> bool {
        !self.groups_misread && self.group(name).is_none()
    }

    /// The group of that name.
    pub fn group(&self, name: &str) -> Option<&Group> {
        self.groups.iter().find(|group| group.name == name)
    }

    /// What to write in place of a group that site.toml does not name.
    pub fn near_group(&self, name: &str) -> String {
        let names: Vec<_> = self.groups.iter().map(|group| group.name.as_str()).collect();
        diag::did_you_mean(&name.to_lowercase(), names.iter().copied()).unwrap_or_else(|| match names.is_empty() {
            true => format!("name it in site.toml: [[groups]] with name = \"{name}\""),
            false => format!("the groups of site.toml are {}", names.join(", ")),
        })
    }

    /// The path that the site lies under on its host: empty, or `/consultations`.
    pub fn prefix(&self) -> &str {
        let host = self.base_url.split_once("://").map_or(self.base_url.as_str(), |(_, rest)| rest);
        host.find('/').map_or("", |at| &host[at..])
    }

    /// Findings as this site weighs them: severities set, rules that are off left out.
    pub fn weigh(&self, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let weighed = found.into_iter().filter_map(|mut finding| {
            match self.rules.get(finding.rule.name) {
                Some(severity) => finding.severity = (*severity)?,
                None if OFF_UNLESS_SET.contains(&finding.rule.name) => return None,
                None => {}
            }
            Some(finding)
        });
        weighed.collect()
    }
}

/// Whether a text is a full address of the web that is read over a safe line.
pub fn is_https(address: &str) -> bool {
    let host = address.strip_prefix("https://").map(|rest| rest.split(['/', '?', '#']).next().unwrap_or(""));
    host.is_some_and(|host| !host.is_empty()) && !address.contains(char::is_whitespace)
}

/// Whether a text is the address of a site: a scheme of the web, a host, perhaps a path, in the letters that an
/// address has (RFC 3986, section 2).
pub fn is_base_url(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/') && rest.bytes().all(is_of_address))
}

/// Whether the address of a site has this letter as it is.
fn is_of_address(byte: u8) -> bool {
    byte.is_ascii_graphic() && !b"?#\"<>\\^`{|}".contains(&byte)
}

/// A word with a capital letter.
pub fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests;
