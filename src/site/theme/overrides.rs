//! What a site puts in place of parts of a theme, and whether it fits anything there.
//!
//! In: the templates of a theme, the site's by their names and the built-in ones below `default/`. Out: the
//! same without blocks that no parent has, and a warning for every file, block or component of the site
//! that no page comes to.

use super::tags::{Block, Tags};
use super::{BUILT_IN, built_in};
use crate::diag::{self, Diagnostic, Source, did_you_mean};
use crate::path::SitePath;
use std::collections::{BTreeMap, BTreeSet};

/// Built-in templates that are no page, but serve pages.
const SHARED: [&str; 2] = ["base.html", "components.html"];

/// The templates of a theme, read for what they say of one another.
pub struct Templates<'s> {
    sources: &'s BTreeMap<String, Source>,
    tags: BTreeMap<&'s str, Tags<'s>>,
}

impl<'s> Templates<'s> {
    /// Reads them.
    pub fn new(sources: &'s BTreeMap<String, Source>) -> Self {
        let tags = sources.iter().map(|(name, source)| (name.as_str(), Tags::of(&source.text)));
        Templates { sources, tags: tags.collect() }
    }

    /// The templates as tera takes them: a block that no parent has would fit nowhere, and is blank.
    pub fn fitting(&self) -> Vec<(String, String)> {
        let fitting = self.sources.iter().map(|(name, source)| {
            let mut text = source.text.to_string();
            for block in self.unfit(name) {
                let blank: String =
                    text[block.range.clone()].chars().map(|c| if c == '\n' { c } else { ' ' }).collect();
                // As long as before, so that places stay.
                let blank = format!("{blank}{}", " ".repeat(block.range.len().saturating_sub(blank.len())));
                text.replace_range(block.range.clone(), &blank);
            }
            (name.clone(), text)
        });
        fitting.collect()
    }

    /// What of the site's own templates fits nothing.
    pub fn check(&self) -> Vec<Diagnostic> {
        let reached = self.reached();
        let called: BTreeSet<&str> = self.tags.values().flat_map(|tags| tags.calls.iter().copied()).collect();
        let mut found = Vec::new();
        for (name, source) in self.sources.iter().filter(|(name, _)| !name.starts_with(BUILT_IN)) {
            if !reached.contains(name.as_str()) {
                found.push(unused(name, &source.path));
            }
            found.extend(self.extends_itself(name, source));
            found.extend(empty(name, source));
            found.extend(self.unfit(name).iter().map(|block| self.unfit_block(name, source, block)));
            let components = self.tags.get(name.as_str()).map_or(&[][..], |tags| &tags.components[..]);
            for own in components.iter().filter(|own| !called.contains(own.name)) {
                let message = format!("no template uses a component `{}`", own.name);
                let finding = Diagnostic::at(&diag::OVERRIDE, source.place(own.range.clone()), message);
                let hint = did_you_mean(own.name, called.iter().copied()).unwrap_or_else(|| "leave it out".to_owned());
                found.push(finding.hint(hint));
            }
        }
        found
    }

    /// The name that a template goes by: the site's, else the built-in one.
    fn resolve(&self, name: &str) -> Option<&'s str> {
        let own = self.sources.get_key_value(name);
        own.or_else(|| self.sources.get_key_value(&built_in(name))).map(|(name, _)| name.as_str())
    }

    fn parent(&self, name: &str) -> Option<&'s str> {
        self.resolve(self.tags.get(name)?.extends.as_ref()?.name)
    }

    /// A template and those that it extends, the outermost first.
    fn chain(&self, name: &'s str) -> Vec<&'s str> {
        let mut chain = vec![name];
        while let Some(parent) = chain.last().and_then(|name| self.parent(name)).filter(|name| !chain.contains(name)) {
            chain.push(parent);
        }
        chain.reverse();
        chain
    }

    /// The blocks of a template that none of its parents has.
    fn unfit(&self, name: &'s str) -> Vec<&Block<'s>> {
        self.filled(name).0
    }

    /// The blocks of a template that fit nothing, and the names of those that it and its parents have.
    fn filled(&self, name: &'s str) -> (Vec<&Block<'s>>, BTreeSet<&'s str>) {
        let (mut known, mut unfit) = (BTreeSet::new(), Vec::new());
        for (depth, tags) in self.chain(name).iter().filter_map(|name| self.tags.get(name)).enumerate() {
            unfit =
                tags.blocks.iter().filter(|own| depth > 0 && !own.nested && !known.contains(own.named.name)).collect();
            let fits = |block: &&Block<'s>| !unfit.iter().any(|out: &&Block| out.range.contains(&block.range.start));
            let fitting: Vec<_> = tags.blocks.iter().filter(fits).map(|block| block.named.name).collect();
            known.extend(fitting);
        }
        (unfit, known)
    }

    fn unfit_block(&self, name: &'s str, source: &Source, block: &Block) -> Diagnostic {
        let own = block.named.name;
        let above = self.tags.get(name).and_then(|tags| tags.extends.as_ref()).map_or("", |extends| extends.name);
        let message = format!("there is no block `{own}` in {above}");
        let known = self.filled(name).1;
        let all = || format!("its blocks are {}", known.iter().copied().collect::<Vec<_>>().join(", "));
        Diagnostic::at(&diag::OVERRIDE, source.place(block.named.range.clone()), message)
            .hint(did_you_mean(own, known.iter().copied()).unwrap_or_else(all))
    }

    /// A template of the site that extends its own name: the built-in one is meant.
    fn extends_itself(&self, name: &str, source: &Source) -> Option<Diagnostic> {
        let extends = self.tags.get(name)?.extends.as_ref().filter(|extends| extends.name == name)?;
        let finding =
            Diagnostic::at(&diag::THEME, source.place(extends.range.clone()), format!("{name} extends itself"));
        Some(finding.hint(format!("for the built-in one write: {{% extends \"{}\" %}}", built_in(name))))
    }

    /// Every template that a page comes to, or that has components.
    fn reached(&self) -> BTreeSet<&'s str> {
        let pages = pages().filter_map(|name| self.resolve(name));
        let components = self.tags.iter().filter(|(_, tags)| !tags.components.is_empty()).map(|(name, _)| *name);
        let mut next: Vec<_> = pages.chain(components).collect();
        let mut reached = BTreeSet::new();
        while let Some(name) = next.pop() {
            if reached.insert(name) {
                let tags = self.tags.get(name);
                let named = tags.into_iter().flat_map(|tags| tags.extends.iter().chain(&tags.includes));
                next.extend(named.filter_map(|named| self.resolve(named.name)));
            }
        }
        reached
    }
}

/// The templates that pages are made with.
fn pages() -> impl Iterator<Item = &'static str> {
    let templates = super::DEFAULT.iter().filter_map(|(name, _)| name.strip_prefix("templates/"));
    templates.filter(|name| !SHARED.contains(name))
}

fn unused(name: &str, path: &SitePath) -> Diagnostic {
    let known = pages().chain(SHARED);
    let hint = did_you_mean(name, known)
        .unwrap_or_else(|| format!("name it in a template that pages use: {{% include \"{name}\" %}}, or remove it"));
    Diagnostic::file(&diag::OVERRIDE, path, format!("no page uses the template {name}")).hint(hint)
}

/// What of the site's other files fits nothing: an asset that no template names, and a file that lies where
/// none is read. `own` are paths below the folder of the theme.
pub fn check_files<'f>(
    own: impl Iterator<Item = &'f str>,
    folder: &SitePath,
    sources: &'f BTreeMap<String, Source>,
) -> Vec<Diagnostic> {
    let words = |source: &'f Source| source.text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    let named: BTreeSet<&str> = sources.values().flat_map(words).collect();
    own.filter_map(|name| {
        let finding = |message: String| Diagnostic::file(&diag::OVERRIDE, &folder.join(name), message);
        match name.split_once('/') {
            Some(("assets", asset)) if !named.contains(super::known_as(asset).as_str()) => {
                let ask = || format!("ask for it in a template: {{{{ frame.assets.{} }}}}", super::known_as(asset));
                let assets = super::DEFAULT.iter().filter_map(|(name, _)| name.strip_prefix("assets/"));
                let hint = did_you_mean(asset, assets).unwrap_or_else(ask);
                Some(finding(format!("no template asks for the asset {asset}")).hint(hint))
            }
            Some(("assets" | "templates" | "words", _)) => None,
            _ => {
                let place = match name.rsplit_once('.')?.1 {
                    "html" | "xml" => "templates",
                    "css" | "js" => "assets",
                    "ftl" => "words",
                    _ => return None,
                };
                let file = name.rsplit('/').next().unwrap_or(name);
                let hint = format!("put it where it is read: {folder}/{place}/{file}");
                Some(finding("nothing is read here".to_owned()).hint(hint))
            }
        }
    })
    .collect()
}

/// A template with nothing in it, and so pages with nothing on them.
fn empty(name: &str, source: &Source) -> Option<Diagnostic> {
    let finding = || Diagnostic::file(&diag::OVERRIDE, &source.path, format!("the template {name} is empty"));
    let hint = format!("leave it out, or begin with {{% extends \"{BUILT_IN}{name}\" %}}");
    source.text.trim().is_empty().then(|| finding().hint(hint))
}

#[cfg(test)]
mod tests {
    use super::super::Theme;
    use crate::config::Config;
    use crate::tree::Tree;

    /// A page of the lost with these files in `themes/default/`, and what is found in them.
    fn lost(files: &[(&str, &str)]) -> (String, Vec<String>) {
        let paths: Vec<_> = files.iter().map(|(name, text)| (format!("themes/default/{name}"), *text)).collect();
        let tree: Tree = paths.iter().map(|(path, text)| (path.as_str(), *text)).collect();
        let (theme, found) = Theme::load(&tree, &Config::default());
        let view = serde_json::json!({"frame": {
            "lang": "en", "site": "S", "title": "", "generator": "g", "home": {"text": "S", "href": "./"},
            "brand": {"name": "S"}, "share": {"kind": "website"}, "feeds": [], "groups": [], "nav": [], "crumbs": [], "pages": [], "community": [],
            "assets": {"main_css": "main.css", "own_css": "own.css", "main_js": "main.js", "favicon_svg": "favicon.svg"},
        }});
        let page = theme.map(|theme| theme.render("404.html", &view).map_err(|found| format!("{found:?}")).unwrap());
        let told = found.iter().map(|finding| {
            let place = finding.place.as_ref().unwrap();
            let file = place.file.as_str().trim_start_matches("themes/default/");
            format!("{file}:{}:{} {}; {}", place.line, place.column, finding.message, finding.hint.as_deref().unwrap())
        });
        (String::from_utf8(page.unwrap_or_default()).unwrap(), told.collect())
    }

    #[test]
    fn one_block_is_replaced_and_the_rest_stays() {
        let own = "{% extends \"default/404.html\" %}{% block title %}<h1>Gone</h1>{{ super() }}{% endblock %}";
        let (page, found) = lost(&[("templates/404.html", own)]);
        assert!(found.is_empty(), "{found:?}");
        assert!(page.contains("<h1>Gone</h1>\n<h1>There is no page") && page.contains("site-footer"), "{page}");
    }

    #[test]
    fn a_block_of_the_skeleton_is_replaced_on_every_page_and_below_a_page_of_the_sites_own() {
        let base = "{% extends \"default/base.html\" %}{% block footer %}<footer>Ours</footer>{% endblock %}";
        let (page, found) = lost(&[("templates/base.html", base)]);
        assert!(found.is_empty() && page.contains("<footer>Ours</footer>") && !page.contains("site-footer"), "{page}");
        let own = "{% extends \"default/404.html\" %}{% block footer %}{{ super() }}<p>More</p>{% endblock %}";
        let (page, found) = lost(&[("templates/base.html", base), ("templates/404.html", own)]);
        assert!(found.is_empty() && page.contains("<footer>Ours</footer><p>More</p>"), "{page}");
        let whole = "{% extends \"base.html\" %}{% block main %}<h1>Whole</h1>{% endblock %}";
        let (page, _) = lost(&[("templates/base.html", base), ("templates/404.html", whole)]);
        assert!(page.contains("<h1>Whole</h1>") && page.contains("<footer>Ours</footer>"), "{page}");
    }

    #[test]
    fn a_skeleton_of_the_sites_own_need_not_have_every_block() {
        let (page, found) = lost(&[("templates/base.html", "<main>{% block main %}{% endblock %}</main>")]);
        assert!(found.is_empty(), "{found:?}");
        assert!(page.starts_with("<main>") && page.contains("There is no page"), "{page}");
    }

    #[test]
    fn one_component_is_replaced_and_the_others_stay() {
        let files = [
            ("templates/components.html", "{% component day(day) %}D{% endcomponent %}"),
            ("templates/404.html", "{{ <day day={\"2021-08-05\"} /> }} {{ <unbroken text=\"W\" /> }}"),
        ];
        assert_eq!(lost(&files), ("D <span class=\"unbroken\">W</span>".to_owned(), Vec::new()));
    }

    #[test]
    fn what_fits_nothing_has_its_place_and_the_nearest_name() {
        let check = |file: (&str, &str), expected: &[&str]| assert_eq!(lost(&[file]).1, expected, "{}", file.0);
        check(
            ("templates/404.html", "{% extends \"default/404.html\" %}\n{% block titel %}{% endblock %}"),
            &["templates/404.html:2:10 there is no block `titel` in default/404.html; did you mean `title`?"],
        );
        check(
            ("templates/drafts.html", "{% extends \"default/draft.html\" %}"),
            &["templates/drafts.html:1:1 no page uses the template drafts.html; did you mean `draft.html`?"],
        );
        check(
            ("templates/components.html", "{% component bagde(state) %}{% endcomponent %}"),
            &["templates/components.html:1:14 no template uses a component `bagde`; did you mean `badge`?"],
        );
        check(
            ("assets/mian.css", ""),
            &["assets/mian.css:1:1 no template asks for the asset mian.css; did you mean `main.css`?"],
        );
        check(
            ("words/en.ftl", "respond-close = Ended\n"),
            &["words/en.ftl:1:1 no page says `respond-close`; did you mean `respond-closed`?"],
        );
        check(
            ("words/en.ftl", "# { $x }\nrespond-until = By { $dy }\nlist-and = { $last } after { $rest } for $5\n"),
            &[
                "words/en.ftl:2:22 `respond-until` names `$dy`, which the built-in sentence does not; did you mean `day`?",
            ],
        );
        check(
            ("templates/404.html", " \n"),
            &[
                "templates/404.html:1:1 the template 404.html is empty; leave it out, or begin with {% extends \"default/404.html\" %}",
            ],
        );
        check(
            ("draft.html", ""),
            &["draft.html:1:1 nothing is read here; put it where it is read: themes/default/templates/draft.html"],
        );
        check(
            ("templates/default/404.html", "gone"),
            &[
                "templates/default/404.html:1:1 default/404.html is what the built-in template is called; in its place goes themes/default/templates/404.html",
            ],
        );
    }

    #[test]
    fn what_templates_of_the_site_use_themselves_fits() {
        let page = "{% extends \"default/404.html\" %}{% block body %}{% include \"parts/more.html\" %}{{ <mine /> }}\
                    {% block inner %}{{ \"my-words\" | say }} {{ frame.assets.own_css }}{% endblock %}{% endblock %}";
        let files = [
            ("templates/404.html", page),
            ("templates/parts/more.html", "<p>More</p>"),
            ("templates/mine.html", "{% component mine() %}<p>Mine</p>{% endcomponent %}"),
            ("words/en.ftl", "my-words = My words\n"),
            ("assets/own.css", "p { margin: 0; }"),
        ];
        let (page, found) = lost(&files);
        assert!(found.is_empty(), "{found:?}");
        assert!(page.contains("<p>More</p><p>Mine</p>My words"), "{page}");
    }

    #[test]
    fn a_template_that_extends_itself_is_told_how_to_name_the_built_in_one() {
        let (_, found) = lost(&[("templates/404.html", "{% extends \"404.html\" %}")]);
        let expected = "templates/404.html:1:13 404.html extends itself; for the built-in one write: {% extends \"default/404.html\" %}";
        assert_eq!(found, [expected]);
    }

    #[test]
    fn a_block_that_fits_nothing_takes_others_with_it_and_not_the_page() {
        let mid = "{% extends \"default/404.html\" %}{% block none %}é{% block inner %}{% endblock %}{% endblock %}";
        let own = "{% extends \"mid.html\" %}{% block inner %}x{% endblock %}{% block title %}<h1>T</h1>{% endblock %}";
        let (page, found) = lost(&[("templates/mid.html", mid), ("templates/404.html", own)]);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(page.contains("<h1>T</h1>"), "{page}");
    }
}
