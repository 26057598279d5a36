//! The words of pages, one file for each language: `themes/NAME/words/LANG.ftl`, in the form of
//! [Project Fluent](https://projectfluent.org).
//!
//! In: a [`Phrase`], which is a key and what stands in it. Out: the sentence in the language of the
//! site. Whatever a file lacks is said in English, so that nothing is ever left without words. One
//! file knows Fluent, and it is this one.

use crate::diag::Source;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use jiff::civil::Date;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::{Arc, LazyLock};
use unic_langid::LanguageIdentifier;

/// The words of the default theme, which all others fall back on.
pub(crate) const ENGLISH: &str = include_str!("../themes/default/words/en.ftl");

/// The language of [`ENGLISH`].
const ENGLISH_TAG: &str = "en";

/// What stands in a phrase.
#[derive(Clone, Debug, PartialEq)]
pub enum Arg {
    /// A number; the words may depend on it.
    Number(usize),
    /// A number on which no words depend, its digits in groups of three: `1,204`.
    Figure(u64),
    /// A text as it is.
    Text(String),
    /// Markup, which is safe where a page is written.
    Markup(String),
    /// Words of a document, in quotation marks and cut after about twenty.
    Quoted(String),
    /// Another phrase.
    Phrase(Box<Phrase>),
    /// Several phrases, one behind the other.
    List(Vec<Phrase>),
    /// A day, as the language writes it.
    Day(Date),
}

impl From<usize> for Arg {
    fn from(number: usize) -> Self {
        Arg::Number(number)
    }
}

impl From<u32> for Arg {
    fn from(number: u32) -> Self {
        Arg::Number(number as usize)
    }
}

impl From<u64> for Arg {
    fn from(figure: u64) -> Self {
        Arg::Figure(figure)
    }
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Arg::Text(text.to_owned())
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        Arg::Text(text)
    }
}

impl From<Phrase> for Arg {
    fn from(phrase: Phrase) -> Self {
        Arg::Phrase(Box::new(phrase))
    }
}

impl From<Vec<Phrase>> for Arg {
    fn from(phrases: Vec<Phrase>) -> Self {
        Arg::List(phrases)
    }
}

/// Something that is still to be put into words.
#[derive(Clone, Debug, PartialEq)]
pub struct Phrase {
    /// Its name in the files of words: `change-added`.
    pub key: Cow<'static, str>,
    /// What stands in it, by name.
    pub args: Vec<(Cow<'static, str>, Arg)>,
}

impl Phrase {
    /// The same with something in it.
    #[must_use]
    pub fn with(mut self, name: &'static str, arg: impl Into<Arg>) -> Self {
        self.args.push((name.into(), arg.into()));
        self
    }

    /// What stands in it under a name.
    pub fn arg(&self, name: &str) -> Option<&Arg> {
        self.args.iter().find(|(own, _)| own == name).map(|(_, arg)| arg)
    }
}

impl From<&'static str> for Phrase {
    fn from(key: &'static str) -> Self {
        phrase(key)
    }
}

/// A phrase of that key.
pub fn phrase(key: impl Into<Cow<'static, str>>) -> Phrase {
    Phrase { key: key.into(), args: Vec::new() }
}

/// What is wrong with a file of words: where, and what.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// Which bytes of the file.
    pub range: Range<usize>,
    /// What is wrong there.
    pub message: String,
    /// The key, where nothing else is wrong than that the default theme does not say it.
    pub unknown: Option<String>,
}

type Bundle = FluentBundle<Arc<FluentResource>>;

/// The words of one language, with English behind them.
pub struct Words {
    /// For texts: the language of the site, then English.
    plain: Vec<Bundle>,
    /// The same for markup: what the files say is escaped.
    markup: Vec<Bundle>,
}

/// English, for the terminal and wherever no theme is at hand.
static IN_ENGLISH: LazyLock<Words> = LazyLock::new(|| Words::new(Vec::new(), ENGLISH_TAG).0);

impl Words {
    /// The words in English.
    pub fn english() -> &'static Words {
        &IN_ENGLISH
    }

    /// The words of a language from files, of which a later one replaces what an earlier one says; with
    /// the faults of each file. A key that the default theme does not say is a fault too: it fits something only
    /// where a template of the site says it.
    pub fn new(files: Vec<&Source>, lang: &str) -> (Words, Vec<(usize, Fault)>) {
        let mut faults = Vec::new();
        let english = Arc::new(read(ENGLISH).0);
        let known = Words::keys();
        let mut own = Vec::new();
        for (at, file) in files.iter().enumerate() {
            let (resource, more) = read(&file.text);
            faults.extend(more.into_iter().map(|fault| (at, fault)));
            let unknown = keys(&resource).filter(|(key, _)| !known.contains(*key));
            let fault = |(key, range): (&str, _)| {
                let message = format!("no page says `{key}`");
                (at, Fault { range, message, unknown: Some(key.to_owned()) })
            };
            faults.extend(unknown.map(fault));
            own.push(Arc::new(resource));
        }
        let bundles = |transform: Option<fn(&str) -> Cow<str>>| {
            let mut all = Vec::new();
            if !own.is_empty() {
                all.push(bundle(lang, own.clone(), transform));
            }
            all.push(bundle(ENGLISH_TAG, vec![Arc::clone(&english)], transform));
            all
        };
        (Words { plain: bundles(None), markup: bundles(Some(escaped)) }, faults)
    }

    /// Every key of the default theme.
    pub fn keys() -> &'static BTreeSet<String> {
        static KEYS: LazyLock<BTreeSet<String>> =
            LazyLock::new(|| keys(&read(ENGLISH).0).map(|(key, _)| key.to_owned()).collect());
        &KEYS
    }

    /// A phrase in words.
    pub fn say(&self, phrase: impl Into<Phrase>) -> String {
        let phrase = phrase.into();
        self.text(&phrase)
    }

    /// A phrase in words; where it is not known, its key.
    pub fn text(&self, phrase: &Phrase) -> String {
        self.format(phrase, false).unwrap_or_else(|_| phrase.key.to_string())
    }

    /// A phrase as markup: everything in it is escaped but what is markup itself. The error says which
    /// key is not known, or what the words ask for and the phrase lacks.
    pub fn markup(&self, phrase: &Phrase) -> Result<String, String> {
        self.format(phrase, true)
    }

    /// A day: `5 August 2021`.
    pub fn day(&self, date: Date) -> String {
        const MONTHS: [&str; 12] = [
            "month-1", "month-2", "month-3", "month-4", "month-5", "month-6", "month-7", "month-8", "month-9",
            "month-10", "month-11", "month-12",
        ];
        let month = MONTHS.get(usize::from(date.month().unsigned_abs()).saturating_sub(1)).copied().unwrap_or_default();
        let day = phrase("day").with("day", usize::from(date.day().unsigned_abs())).with("month", phrase(month));
        self.say(day.with("year", date.year().to_string()))
    }

    /// A number with its digits in groups of three.
    fn figure(&self, figure: u64) -> String {
        let digits = figure.to_string();
        let (first, rest) = digits.split_at(digits.len() % 3);
        let groups = rest.as_bytes().chunks(3).map(String::from_utf8_lossy).map(String::from);
        let groups: Vec<_> = (!first.is_empty()).then(|| first.to_owned()).into_iter().chain(groups).collect();
        groups.join(&self.say("thousands"))
    }

    /// Texts with commas between them and `and` before the last: `A, B and C`.
    pub fn and(&self, texts: &[String]) -> String {
        match texts.split_last() {
            Some((last, [])) => last.clone(),
            Some((last, rest)) => {
                let rest = rest.join(&self.say("list-comma"));
                self.say(phrase("list-and").with("rest", rest).with("last", last.as_str()))
            }
            None => String::new(),
        }
    }

    fn format(&self, phrase: &Phrase, markup: bool) -> Result<String, String> {
        let bundles = if markup { &self.markup } else { &self.plain };
        let found = bundles.iter().find_map(|bundle| Some((bundle, bundle.get_message(&phrase.key)?.value()?)));
        let (bundle, pattern) = found.ok_or_else(|| format!("there are no words called `{}`", phrase.key))?;
        let mut args = FluentArgs::with_capacity(phrase.args.len());
        for (name, arg) in &phrase.args {
            args.set(name.as_ref(), self.value(arg, markup)?);
        }
        let mut errors = Vec::new();
        let words = bundle.format_pattern(pattern, Some(&args), &mut errors);
        match errors.first() {
            Some(error) if markup => Err(format!("the words `{}`: {error}", phrase.key)),
            _ => Ok(words.into_owned()),
        }
    }

    fn value(&self, arg: &Arg, markup: bool) -> Result<FluentValue<'static>, String> {
        let text = |text: &str| if markup { escaped(text).into_owned() } else { text.to_owned() };
        Ok(match arg {
            Arg::Number(number) => FluentValue::from(*number),
            Arg::Figure(figure) => text(&self.figure(*figure)).into(),
            Arg::Text(own) => text(own).into(),
            Arg::Markup(own) => own.clone().into(),
            Arg::Day(day) => text(&self.day(*day)).into(),
            Arg::Quoted(own) => self.quoted(own, markup)?.into(),
            Arg::Phrase(own) => self.format(own, markup)?.into(),
            Arg::List(own) => {
                let said = own.iter().map(|own| self.format(own, markup)).collect::<Result<Vec<_>, _>>()?;
                said.join(&self.format(&phrase("list-semicolon"), markup)?).into()
            }
        })
    }

    fn quoted(&self, words: &str, markup: bool) -> Result<String, String> {
        let (words, is_cut) = cut(words);
        self.format(&phrase(if is_cut { "quote-cut" } else { "quote" }).with("words", words), markup)
    }
}

/// Words on one line, cut behind a whole word after about twenty, and whether they were.
fn cut(words: &str) -> (String, bool) {
    const MOST: usize = 120;
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.chars().count() <= MOST {
        return (words, false);
    }
    let cut: String = words.chars().take(MOST).collect();
    let cut = cut.rsplit_once(' ').map_or(cut.as_str(), |(whole, _)| whole);
    (cut.trim_end_matches([',', ';', ':', '.']).to_owned(), true)
}

/// A text with the characters escaped that mean something in HTML and XML.
fn escaped(text: &str) -> Cow<'_, str> {
    if !text.contains(['&', '<', '>', '"', '\'']) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            _ => safe.push(c),
        }
    }
    Cow::Owned(safe)
}

/// A file of words, and what is wrong in it; what could be read is there.
fn read(text: &str) -> (FluentResource, Vec<Fault>) {
    match FluentResource::try_new(text.to_owned()) {
        Ok(resource) => (resource, Vec::new()),
        Err((resource, errors)) => {
            let fault = |error: fluent_syntax::parser::ParserError| Fault {
                range: error.pos,
                message: error.kind.to_string(),
                unknown: None,
            };
            (resource, errors.into_iter().map(fault).collect())
        }
    }
}

/// The keys of a file, each with where it stands.
fn keys(resource: &FluentResource) -> impl Iterator<Item = (&str, Range<usize>)> {
    let start = resource.source().as_ptr() as usize;
    resource.entries().filter_map(move |entry| match entry {
        fluent_syntax::ast::Entry::Message(message) => {
            let from = (message.id.name.as_ptr() as usize).saturating_sub(start);
            Some((message.id.name, from..from + message.id.name.len()))
        }
        _ => None,
    })
}

fn bundle(lang: &str, files: Vec<Arc<FluentResource>>, transform: Option<fn(&str) -> Cow<str>>) -> Bundle {
    let tag: LanguageIdentifier = lang.parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![tag]);
    // The marks that would keep directions of writing apart are for texts of unknown direction.
    bundle.set_use_isolating(false);
    bundle.set_transform(transform);
    files.into_iter().for_each(|file| bundle.add_resource_overriding(file));
    bundle
}
