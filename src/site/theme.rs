//! Themes: templates, words and assets, first from the site's `themes/NAME/`, then built in.
//!
//! In: the files of a site and the name of a theme. Out: a [`Theme`] that renders views. A file of the
//! site takes the place of the built-in one of the same name.

use crate::config::Config;
use crate::diag::{self, Diagnostic, Place, Source};
use crate::path::SitePath;
use crate::tree::{Digest, Tree};
use crate::words::{Arg, Phrase, Words, phrase};
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;
use tera::{Context, ErrorKind, Filter, Kwargs, State, Tera, TeraResult, Value};

macro_rules! built_in {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_bytes!(concat!("../../themes/default/", $name)) as &[u8])),*]
    };
}

/// The files of the default theme.
const DEFAULT: &[(&str, &[u8])] = built_in![
    "assets/favicon.svg",
    "assets/groups.css",
    "assets/groups.js",
    "assets/main.css",
    "assets/main.js",
    "assets/search.js",
    "templates/404.html",
    "templates/base.html",
    "templates/changes.html",
    "templates/comparison.html",
    "templates/components.html",
    "templates/document.html",
    "templates/draft.html",
    "templates/feed.xml",
    "templates/front.html",
    "templates/glossary.html",
    "templates/latest.html",
    "templates/page.html",
    "templates/round.html",
    "templates/search.html",
    "templates/section.html",
    "templates/sitemap.xml",
];

/// The style sheet that ends with a rule for each group of the site.
const GROUPS: &str = "assets/groups.css";

/// Templates and assets, ready for use.
pub struct Theme {
    tera: Tera,
    /// The assets by the name that they have in the output.
    pub assets: BTreeMap<String, Vec<u8>>,
    /// The names in the output by the names in templates: `main_css` to `main-0123abcd.css`.
    pub names: BTreeMap<String, String>,
    /// What pages say, in the language of the site.
    pub words: Arc<Words>,
    /// The folder of the theme, for messages.
    folder: SitePath,
    /// The templates as they are written, for messages.
    sources: BTreeMap<String, String>,
}

impl Theme {
    /// Loads a theme; findings say which template cannot be read.
    pub fn load(tree: &Tree, config: &Config) -> Result<Theme, Vec<Diagnostic>> {
        let name = config.theme.as_str();
        let folder = SitePath::new(&format!("themes/{name}"));
        let own: BTreeMap<String, &[u8]> = tree
            .below(&folder)
            .filter_map(|(path, file)| Some((path.below(&folder)?.to_owned(), &*file.bytes)))
            .collect();
        if own.is_empty() && name != "default" {
            let finding = Diagnostic::at(&diag::THEME, theme_line(tree), format!("there is no theme `{name}`"));
            return Err(vec![finding.hint(format!("put its files into {folder}/, or leave `theme` out"))]);
        }
        let mut files: BTreeMap<String, &[u8]> =
            DEFAULT.iter().map(|(name, bytes)| ((*name).to_owned(), *bytes)).collect();
        files.extend(own);
        let rules = group_rules(config);
        let with_groups = files.get(GROUPS).map(|bytes| [bytes, rules.as_bytes()].concat());
        match &with_groups {
            Some(bytes) if !config.groups.is_empty() => drop(files.insert(GROUPS.to_owned(), bytes)),
            _ => files.retain(|name, _| !name.starts_with("assets/groups.")),
        }
        Theme::assemble(files, folder.clone(), words(tree, &folder, &config.lang)?)
    }

    fn assemble(files: BTreeMap<String, &[u8]>, folder: SitePath, words: Words) -> Result<Theme, Vec<Diagnostic>> {
        let words = Arc::new(words);
        let mut theme = Theme {
            tera: engine(&words),
            assets: BTreeMap::new(),
            names: BTreeMap::new(),
            words,
            folder,
            sources: BTreeMap::new(),
        };
        let (mut templates, mut found) = (Vec::new(), Vec::new());
        for (name, bytes) in files {
            if let Some(asset) = name.strip_prefix("assets/") {
                theme.add_asset(asset, bytes);
            } else if let Some(template) = name.strip_prefix("templates/") {
                match std::str::from_utf8(bytes) {
                    Ok(text) => templates.push((template.to_owned(), text.to_owned())),
                    Err(_) => found.push(
                        Diagnostic::file(&diag::THEME, &theme.folder.join(&name), "the template is not UTF-8")
                            .hint("save it as UTF-8"),
                    ),
                }
            }
        }
        for (name, text) in &templates {
            if let Err(error) = engine(&theme.words).add_raw_template(name, text)
                && matches!(error.kind(), ErrorKind::SyntaxError(_))
            {
                theme.sources.insert(name.clone(), text.clone());
                found.push(theme.finding(name, &error));
            }
        }
        if !found.is_empty() {
            return Err(found);
        }
        theme.sources = templates.iter().cloned().collect();
        if let Err(error) = theme.tera.add_raw_templates(templates) {
            let words = error.to_string();
            let named = templates_named(&theme.sources, &words).unwrap_or("base.html").to_owned();
            found.push(theme.finding(&named, &error));
        }
        if found.is_empty() { Ok(theme) } else { Err(found) }
    }

    /// An asset has a digest in its name, so that a browser may keep it for ever.
    fn add_asset(&mut self, name: &str, bytes: &[u8]) {
        let digest = Digest::of(bytes).short(8);
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
        let written =
            if extension.is_empty() { format!("{stem}-{digest}") } else { format!("{stem}-{digest}.{extension}") };
        let known: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
        self.names.insert(known, written.clone());
        self.assets.insert(written, bytes.to_vec());
    }

    /// Renders a view with the template of that name.
    pub fn render(&self, template: &str, view: &impl Serialize) -> Result<Vec<u8>, Vec<Diagnostic>> {
        let context = Context::from_serialize(view).map_err(|error| vec![self.finding(template, &error)])?;
        let page = self.tera.render(template, &context).map_err(|error| vec![self.finding(template, &error)])?;
        Ok(page.into_bytes())
    }

    /// What tera says, at the place that it names: its first line is the message, its second the place.
    fn finding(&self, template: &str, error: &tera::Error) -> Diagnostic {
        let mut words = error.to_string();
        let mut source = std::error::Error::source(error);
        while let Some(cause) = source {
            words = format!("{words}: {cause}");
            source = cause.source();
        }
        let mut lines = words.lines();
        let message = lines.next().unwrap_or_default().trim_start_matches("error: ").to_owned();
        let named = lines.next().and_then(|line| line.trim().strip_prefix("--> "));
        let place = named.and_then(|named| self.place(named));
        let fallback = || Diagnostic::file(&diag::THEME, &self.folder.join(&format!("templates/{template}")), &message);
        let finding = place.map_or_else(fallback, |place| Diagnostic::at(&diag::THEME, place, &message));
        finding.hint("themes/README.md lists what each template may use")
    }

    /// The place that is named as `draft.html:2:7`.
    fn place(&self, named: &str) -> Option<Place> {
        let mut parts = named.rsplitn(3, ':');
        let (column, line, file) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?);
        let path = self.folder.join(&format!("templates/{file}"));
        Some(Source::new(path, self.sources.get(file)?.as_str()).place_at(line, column))
    }
}

/// The filter `say`: the words of a key, with what is put in. `{{ "draft" | say(round=2) }}`. Text is
/// escaped, markup that is safe stays.
struct Say(Arc<Words>);

impl Filter<String, TeraResult<Value>> for Say {
    fn call(&self, key: String, kwargs: Kwargs, _: &State) -> TeraResult<Value> {
        let args = kwargs.iter().filter_map(|(name, value)| Some((name.as_str()?.to_owned().into(), argument(value))));
        let phrase = Phrase { args: args.collect(), ..phrase(key) };
        self.0.markup(&phrase).map(|said| Value::safe_string(&said)).map_err(tera::Error::message)
    }

    fn is_safe(&self) -> bool {
        true
    }
}

fn argument(value: &Value) -> Arg {
    match value.as_str() {
        Some(text) if value.is_safe() => Arg::Markup(text.to_owned()),
        Some(text) => Arg::Text(text.to_owned()),
        None => value
            .as_u64()
            .and_then(|number| usize::try_from(number).ok())
            .map_or_else(|| Arg::Text(value.to_string()), Arg::Number),
    }
}

/// An engine that knows our filters.
fn engine(words: &Arc<Words>) -> Tera {
    let mut tera = Tera::new();
    tera.register_filter("say", Say(Arc::clone(words)));
    tera
}

/// The words of the theme in the language of the site: those of its first part (`en`), then those of the
/// whole tag (`en-GB`).
fn words(tree: &Tree, folder: &SitePath, lang: &str) -> Result<Words, Vec<Diagnostic>> {
    let tags = [lang.split('-').next().unwrap_or(lang), lang];
    let mut files = Vec::new();
    for tag in &tags[..if tags[0] == tags[1] { 1 } else { 2 }] {
        let path = folder.join(&format!("words/{tag}.ftl"));
        let file = tree.get(&path).map(|file| String::from_utf8_lossy(&file.bytes).into_owned());
        files.extend(file.map(|text| Source::new(path, text)));
    }
    let (words, faults) = Words::new(files.iter().collect(), lang);
    let finding = |(at, fault): (usize, crate::words::Fault)| {
        let finding = Diagnostic::at(&diag::THEME, files[at].place(fault.range), fault.message);
        finding.hint("the form is that of Fluent: key = words; the keys are those of themes/default/words/en.ftl")
    };
    let found: Vec<_> = faults.into_iter().map(finding).collect();
    if found.is_empty() { Ok(words) } else { Err(found) }
}

/// What a ticked box does, without a script: what concerns none of the picked groups has `--others: none` and
/// `--told: inline`, what concerns one of them `--mine: block`.
fn group_rules(config: &Config) -> String {
    let mut rules = "[data-for]{--mine:initial}\n\
        body:has([name=\"for\"]:checked) [data-for]{--others:none;--told:inline}\n"
        .to_owned();
    for group in &config.groups {
        let name = &group.name;
        rules.push_str(&format!(
            "body:has([name=\"for\"][value=\"{name}\"]:checked) [data-for~=\"{name}\"]{{--others:initial;--told:initial;--mine:block}}\n"
        ));
    }
    rules
}

/// The first template that a message names.
fn templates_named<'s>(sources: &'s BTreeMap<String, String>, words: &str) -> Option<&'s str> {
    let named = sources.keys().filter_map(|name| Some((words.find(name.as_str())?, name)));
    named.min().map(|(_, name)| name.as_str())
}

/// The line of `site.toml` that names the theme.
fn theme_line(tree: &Tree) -> Place {
    let path = SitePath::new("site.toml");
    let text = tree.get(&path).map_or(String::new(), |file| String::from_utf8_lossy(&file.bytes).into_owned());
    let line = text.lines().position(|line| line.trim_start().starts_with("theme")).unwrap_or_default();
    Source::new(path, text).place_at(line + 1, 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_default_theme_is_built_in() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default");
        let mut names = Vec::new();
        for folder in ["assets", "templates"] {
            for entry in std::fs::read_dir(root.join(folder)).unwrap() {
                names.push(format!("{folder}/{}", entry.unwrap().file_name().to_string_lossy()));
            }
        }
        names.sort();
        assert_eq!(DEFAULT.iter().map(|(name, _)| *name).collect::<Vec<_>>(), names);
    }

    #[test]
    fn a_file_of_the_site_takes_the_place_of_the_built_in_one() {
        let tree: Tree = [("themes/default/templates/404.html", "lost: {{ words }}")].into_iter().collect();
        let theme = Theme::load(&tree, &Config::default()).map_err(|found| format!("{found:?}")).unwrap();
        let view = BTreeMap::from([("words", "a < b")]);
        assert_eq!(theme.render("404.html", &view).unwrap(), b"lost: a &lt; b");
    }

    #[test]
    fn a_broken_template_and_a_missing_theme_are_findings() {
        let tree: Tree = [("themes/default/templates/404.html", "{% if %}")].into_iter().collect();
        let found = Theme::load(&tree, &Config::default()).err().unwrap();
        let place = found[0].place.as_ref().map(|place| (place.file.as_str(), place.line, place.column));
        assert_eq!(place, Some(("themes/default/templates/404.html", 1, 7)));
        assert!(Theme::load(&Tree::default(), &Config { theme: "dark".into(), ..Config::default() }).is_err());
    }

    #[test]
    fn assets_have_names_with_their_digest() {
        let theme = Theme::load(&Tree::default(), &Config::default()).map_err(|found| format!("{found:?}")).unwrap();
        assert!(theme.names["main_css"].starts_with("main-") && theme.names["main_css"].ends_with(".css"));
        assert!(theme.assets.contains_key(&theme.names["main_css"]));
    }
}
