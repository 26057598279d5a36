//! Themes: templates, words and assets, first from the site's `themes/NAME/`, then built in.
//!
//! In: the files of a site, the name of a theme, and the colours of its brand. Out: a [`Theme`] that renders
//! views, and what is wrong with the site's part of it. A file of the site goes before the built-in one of the
//! same name, which templates can still name as `default/NAME`; a component goes before its namesake.

use super::{brand, concerned};
use crate::config::Config;
use crate::diag::{self, Diagnostic, Place, Source};
use crate::path::SitePath;
use crate::tree::{Digest, Tree};
use crate::words::{Arg, Phrase, Words, phrase};
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;
use tera::{Context, ErrorKind, Filter, Kwargs, State, Tera, TeraResult, Value};

mod overrides;
mod tags;
mod words;

/// What the names of built-in templates begin with; tera looks below it for a name that it does not find.
const BUILT_IN: &str = "default/";

/// The name of a built-in template.
fn built_in(name: &str) -> String {
    format!("{BUILT_IN}{name}")
}

macro_rules! files {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_bytes!(concat!("../../themes/default/", $name)) as &[u8])),*]
    };
}

/// The files of the default theme.
const DEFAULT: &[(&str, &[u8])] = files![
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
    "templates/feedback.html",
    "templates/front.html",
    "templates/glossary.html",
    "templates/latest.html",
    "templates/page.html",
    "templates/record.html",
    "templates/round.html",
    "templates/search.html",
    "templates/section.html",
    "templates/silence.html",
    "templates/sitemap.xml",
    "templates/taken-down.html",
    "templates/vote.html",
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
    /// The asset with the colours of the site's brand, by its name in the output.
    pub brand: Option<String>,
    /// What pages say, in the language of the site.
    pub words: Arc<Words>,
    /// The folder of the theme, for messages.
    folder: SitePath,
    /// The templates as they are written, by the names that tera knows.
    sources: BTreeMap<String, Source>,
}

/// A theme as it was loaded.
pub struct Loaded {
    /// None where a part of it cannot be read.
    pub theme: Option<Arc<Theme>>,
    /// What is wrong with it.
    pub found: Vec<Diagnostic>,
}

impl Loaded {
    /// Loads the theme of a site.
    pub fn of(tree: &Tree, config: &Config) -> Loaded {
        let (theme, found) = Theme::load(tree, config);
        Loaded { theme: theme.map(Arc::new), found }
    }
}

/// The files of a theme that the site has, by their paths below its folder.
type Own<'t> = BTreeMap<&'t str, &'t [u8]>;

impl Theme {
    /// Loads a theme; none where a part of it cannot be read.
    pub fn load(tree: &Tree, config: &Config) -> (Option<Theme>, Vec<Diagnostic>) {
        let name = config.theme.as_str();
        let folder = SitePath::new(&format!("themes/{name}"));
        let own: Own =
            tree.below(&folder).filter_map(|(path, file)| Some((path.below(&folder)?, file.bytes()))).collect();
        if own.is_empty() && name != "default" {
            return (None, vec![no_theme(config, &folder)]);
        }
        let (sources, mut found) = sources(&own, &folder);
        let (words, more) = words::read(&own, &folder, &config.lang, &sources);
        found.extend(more);
        let mut theme = Theme {
            tera: engine(&words),
            assets: BTreeMap::new(),
            names: BTreeMap::new(),
            brand: None,
            words,
            folder: folder.clone(),
            sources,
        };
        theme.add_assets(&own, config);
        theme.brand = brand::stylesheet(&config.brand).map(|css| theme.write("brand.css", css.as_bytes()));
        found.extend(theme.add_templates());
        found.extend(overrides::check_files(own.keys().copied(), &theme.folder, &theme.sources));
        let sound = !found.iter().any(|finding| *finding.rule == diag::THEME);
        (sound.then_some(theme), found)
    }

    /// Hands the templates to tera; what is wrong with them.
    fn add_templates(&mut self) -> Vec<Diagnostic> {
        let own = self.sources.iter().filter(|(name, _)| !name.starts_with(BUILT_IN));
        let broken = own.filter_map(|(name, source)| {
            let error = engine(&self.words).add_raw_template(name, &source.text).err()?;
            matches!(error.kind(), ErrorKind::SyntaxError(_)).then(|| self.finding(name, &error))
        });
        let mut found: Vec<_> = broken.collect();
        let templates = overrides::Templates::new(&self.sources);
        found.extend(templates.check());
        if found.iter().any(|finding| *finding.rule == diag::THEME) {
            return found;
        }
        let fitting = templates.fitting();
        if let Err(error) = self.tera.add_raw_templates(fitting) {
            let words = error.to_string();
            let named = template_named(&self.sources, &words).unwrap_or("base.html").to_owned();
            found.push(self.finding(&named, &error));
        }
        found
    }

    /// The built-in assets, and those of the site in their place or beside them.
    fn add_assets(&mut self, own: &Own, config: &Config) {
        let mut files: BTreeMap<&str, &[u8]> =
            DEFAULT.iter().copied().chain(own.iter().map(|(name, bytes)| (*name, *bytes))).collect();
        let rules = concerned::group_rules(config);
        let with_groups = files.get(GROUPS).map(|bytes| [bytes, rules.as_bytes()].concat());
        match &with_groups {
            Some(bytes) if !config.groups.is_empty() => drop(files.insert(GROUPS, bytes)),
            _ => files.retain(|name, _| !name.starts_with("assets/groups.")),
        }
        for (name, bytes) in files {
            if let Some(asset) = name.strip_prefix("assets/") {
                let written = self.write(asset, bytes);
                self.names.insert(known_as(asset), written);
            }
        }
    }

    /// Puts an asset into the output. It has a digest in its name, so that a browser may keep it for ever.
    fn write(&mut self, name: &str, bytes: &[u8]) -> String {
        let digest = Digest::of(bytes).short(8);
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
        let written =
            if extension.is_empty() { format!("{stem}-{digest}") } else { format!("{stem}-{digest}.{extension}") };
        self.assets.insert(written.clone(), bytes.to_vec());
        written
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
        let file = || self.sources.get(template).map_or(&self.folder, |source| &source.path);
        let fallback = || Diagnostic::file(&diag::THEME, file(), &message);
        let finding = place.map_or_else(fallback, |place| Diagnostic::at(&diag::THEME, place, &message));
        finding.hint("themes/README.md lists what each template may use")
    }

    /// The place that is named as `draft.html:2:7`.
    fn place(&self, named: &str) -> Option<Place> {
        let mut parts = named.rsplitn(3, ':');
        let (column, line, file) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?);
        Some(self.sources.get(file)?.place_at(line, column))
    }
}

/// The theme that `site.toml` names is not there.
fn no_theme(config: &Config, folder: &SitePath) -> Diagnostic {
    let message = format!("there is no theme `{}`", config.theme);
    let finding = match &config.theme_place {
        Some(place) => Diagnostic::at(&diag::THEME, place.clone(), message),
        None => Diagnostic::file(&diag::THEME, &SitePath::new("site.toml"), message),
    };
    finding.hint(format!("put its files into {folder}/, or leave `theme` out"))
}

/// What templates know an asset as: `main_css`.
fn known_as(asset: &str) -> String {
    asset.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect()
}

/// The templates by the names that tera knows: the built-in ones, and those of the site.
fn sources(own: &Own, folder: &SitePath) -> (BTreeMap<String, Source>, Vec<Diagnostic>) {
    let (mut sources, mut found) = (BTreeMap::new(), Vec::new());
    let templates = DEFAULT.iter().filter_map(|(name, bytes)| Some((name.strip_prefix("templates/")?, *bytes)));
    for (name, bytes) in templates {
        let path = SitePath::new(&format!("themes/default/templates/{name}"));
        sources.insert(built_in(name), Source::new(path, String::from_utf8_lossy(bytes)));
    }
    let own = own.iter().filter_map(|(name, bytes)| Some((name.strip_prefix("templates/")?, *bytes)));
    for (name, bytes) in own {
        let path = folder.join(&format!("templates/{name}"));
        match std::str::from_utf8(bytes) {
            Ok(_) if name.starts_with(BUILT_IN) => {
                let message = format!("{name} is what the built-in template is called");
                let plain = name.trim_start_matches(BUILT_IN);
                let hint = format!("in its place goes {folder}/templates/{plain}");
                found.push(Diagnostic::file(&diag::OVERRIDE, &path, message).hint(hint));
            }
            Ok(text) => {
                sources.insert(name.to_owned(), Source::new(path, text));
            }
            Err(_) => {
                let finding = Diagnostic::file(&diag::THEME, &path, "the template is not UTF-8");
                found.push(finding.hint("save it as UTF-8"));
            }
        }
    }
    (sources, found)
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
    // It refuses only where there are templates already.
    let _ = tera.set_fallback_prefixes([BUILT_IN]);
    tera.register_filter("say", Say(Arc::clone(words)));
    tera
}

/// The first template that a message names.
fn template_named<'s>(sources: &'s BTreeMap<String, Source>, words: &str) -> Option<&'s str> {
    let named = sources.keys().filter_map(|name| Some((words.find(name.as_str())?, name)));
    named.min().map(|(_, name)| name.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The default theme with the files of a site, which are sound.
    fn load(tree: &Tree) -> Theme {
        let (theme, found) = Theme::load(tree, &Config::default());
        assert!(found.is_empty(), "{found:?}");
        theme.unwrap()
    }

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
        let theme = load(&tree);
        let view = BTreeMap::from([("words", "a < b")]);
        assert_eq!(theme.render("404.html", &view).unwrap(), b"lost: a &lt; b");
    }

    #[test]
    fn a_broken_template_and_a_missing_theme_are_findings() {
        let tree: Tree = [("themes/default/templates/404.html", "{% if %}")].into_iter().collect();
        let found = Theme::load(&tree, &Config::default()).1;
        let place = found[0].place.as_ref().map(|place| (place.file.as_str(), place.line, place.column));
        assert_eq!(place, Some(("themes/default/templates/404.html", 1, 7)));
        assert!(Theme::load(&Tree::default(), &Config { theme: "dark".into(), ..Config::default() }).0.is_none());
    }

    #[test]
    fn assets_have_names_with_their_digest() {
        let theme = load(&Tree::default());
        assert!(theme.names["main_css"].starts_with("main-") && theme.names["main_css"].ends_with(".css"));
        assert!(theme.assets.contains_key(&theme.names["main_css"]));
    }
}
