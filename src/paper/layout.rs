//! Which file of `content/` is what, by its path alone.
//!
//! In: the paths of a [`Tree`]. Out: a [`Layout`], in which every file is the front page, part of a
//! document, a figure, or out of place with a finding that says where it belongs. No file is read.

use super::names;
use super::{DraftName, LOCK};
use crate::config::{Config, Kind};
use crate::diag::{self, Diagnostic, Rule, nearest};
use crate::path::SitePath;
use crate::tree::Tree;
use std::collections::{BTreeMap, BTreeSet};

/// Where every file of `content/` belongs.
#[derive(Debug, Default)]
pub(super) struct Layout {
    /// `content/index.md`.
    pub(super) front: Option<SitePath>,
    /// The files of documents, by section and name.
    pub(super) documents: BTreeMap<(String, String), Files>,
    /// All files that are neither Markdown nor YAML.
    pub(super) files: BTreeSet<SitePath>,
    /// YAML files, in their places or not.
    pub(super) yaml: Vec<SitePath>,
    /// Markdown files that have no place.
    pub(super) misplaced: BTreeSet<SitePath>,
    /// What is wrong with names and places.
    pub(super) found: Vec<Diagnostic>,
    /// Folders below `content/` that are no section and were reported.
    unknown_folders: BTreeSet<String>,
}

/// The files of a document.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Files {
    /// `NAME.md`.
    pub(super) lone: Option<SitePath>,
    /// `NAME/index.md`.
    pub(super) index: Option<SitePath>,
    /// The files of its drafts.
    pub(super) drafts: BTreeMap<DraftName, DraftFiles>,
    /// `NAME/feedback.yaml`.
    pub(super) feedback: Option<SitePath>,
    /// `NAME/published.lock`, or `NAME.lock` beside a lone file.
    pub(super) lock: Option<SitePath>,
    /// Files that are neither Markdown nor YAML.
    pub(super) figures: Vec<SitePath>,
}

/// The files of a draft.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct DraftFiles {
    /// `draft-1.md`.
    pub(super) file: Option<SitePath>,
    /// `draft-1/index.md`.
    pub(super) index: Option<SitePath>,
    /// Number, name and path of chapters.
    pub(super) chapters: Vec<(u32, String, SitePath)>,
}

/// What a file's name says that it holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Format {
    Markdown,
    Yaml,
    Other,
}

/// Sorts the files of a tree.
pub(super) fn sort(tree: &Tree, config: &Config) -> Layout {
    let content = SitePath::new("content");
    let mut layout = Layout::default();
    for (path, _) in tree.below(&content) {
        let parts: Vec<_> = path.parts().skip(1).collect();
        if parts.iter().any(|part| is_ignored(part)) {
            continue;
        }
        let format = format(path);
        if format == Format::Other && !is_lock(&parts) {
            layout.files.insert(path.clone());
        }
        // Feedback is read with its document.
        if format == Format::Yaml && path.name() != "feedback.yaml" {
            layout.yaml.push(path.clone());
        }
        if format == Format::Other && names::is_reserved_for_file(&parts) {
            let message = format!("{} is the name of a file of the site's own", path.name());
            layout.report(&diag::RESERVED_NAME, path, message, "give the file another name");
        }
        layout.place(path, &parts, format, config);
    }
    layout.finish(config);
    layout
}

/// Editors' and systems' own files.
fn is_ignored(part: &str) -> bool {
    part.starts_with(['.', '~']) || part.ends_with('~')
}

/// Whether a file below `content/` is the record of a document.
fn is_lock(parts: &[&str]) -> bool {
    match parts {
        [_, _, name] => *name == LOCK,
        [_, name] => name.ends_with(".lock"),
        _ => false,
    }
}

fn format(path: &SitePath) -> Format {
    match path.extension().to_ascii_lowercase().as_str() {
        "md" | "markdown" => Format::Markdown,
        "yaml" | "yml" => Format::Yaml,
        _ => Format::Other,
    }
}

impl Files {
    /// Whether there is a text among them.
    pub(super) fn has_text(&self) -> bool {
        self.lone.is_some() || self.index.is_some() || !self.drafts.is_empty()
    }

    /// Every file that belongs to the document.
    pub(super) fn paths(&self) -> impl Iterator<Item = &SitePath> {
        let chapters = self.drafts.values().flat_map(|files| files.chapters.iter().map(|(_, _, path)| path));
        let drafts = self.drafts.values().flat_map(|files| files.file.iter().chain(&files.index));
        let own = self.lone.iter().chain(&self.index).chain(&self.feedback).chain(&self.lock);
        own.chain(drafts).chain(chapters).chain(&self.figures)
    }
}

impl Layout {
    fn place(&mut self, path: &SitePath, parts: &[&str], format: Format, config: &Config) {
        match (parts, format) {
            (["index.md"], _) => self.front = Some(path.clone()),
            (["glossary.yaml"], _) => {}
            ([_], Format::Other) => {}
            ([_], Format::Markdown) => {
                self.stray(path, "move it to content/pages/, or below a section such as content/proposals/")
            }
            ([_], Format::Yaml) => self.stray(path, "the one YAML file in content/ is glossary.yaml"),
            ([section, rest @ ..], _) => match config.section(section) {
                Some(section) => self.place_in_section(path, (&section.name, section.kind), rest, format, config),
                None if format != Format::Other => self.unknown_section(path, section, config),
                None => {}
            },
            ([], _) => {}
        }
    }

    fn unknown_section(&mut self, path: &SitePath, folder: &str, config: &Config) {
        self.misplaced.insert(path.clone());
        if !self.unknown_folders.insert(folder.to_owned()) {
            return;
        }
        let hint = match nearest(folder, config.sections.iter().map(|section| section.name.as_str())) {
            Some(near) => format!("did you mean content/{near}/?"),
            None => format!("name it in site.toml: [sections.{folder}] with a `kind`"),
        };
        let message = format!("content/{folder}/ is not a section of the site");
        self.found.push(Diagnostic::file(&diag::STRAY_FILE, path, message).hint(hint));
    }

    fn place_in_section(
        &mut self,
        path: &SitePath,
        (section, kind): (&str, Kind),
        rest: &[&str],
        format: Format,
        config: &Config,
    ) {
        match (rest, format) {
            (["index.md"], _) => {
                self.stray(path, "a section has no text of its own; the front page is content/index.md")
            }
            ([_], Format::Markdown) => self.lone(path, (section, kind), config),
            ([_], Format::Yaml) => self.stray_yaml(path),
            ([_], Format::Other) if path.extension() == "lock" => {
                let at = (section.to_owned(), path.stem().to_owned());
                self.documents.entry(at).or_default().lock = Some(path.clone());
            }
            ([_], Format::Other) => {}
            ([name, rest @ ..], _) => {
                if rest == ["index.md"] && kind == Kind::Page {
                    self.check_address(path, name, config);
                }
                let known = (section.to_owned(), (*name).to_owned());
                let files = self.documents.entry(known).or_default();
                match format {
                    Format::Other if rest == [LOCK] => files.lock = Some(path.clone()),
                    Format::Other => {
                        files.figures.push(path.clone());
                        self.check_no_draft(path, rest);
                    }
                    Format::Yaml if rest == ["feedback.yaml"] => files.feedback = Some(path.clone()),
                    Format::Yaml => self.stray_yaml(path),
                    Format::Markdown => self.place_in_document(path, (section, name), kind, rest),
                }
            }
            ([], _) => {}
        }
    }

    /// A draft or a chapter in a format that is not read.
    fn check_no_draft(&mut self, path: &SitePath, rest: &[&str]) {
        let is_text =
            matches!(path.extension().to_ascii_lowercase().as_str(), "doc" | "docx" | "odt" | "rtf" | "txt" | "html");
        let meant = match rest {
            [_] => names::meant_draft(path.stem()).map(|draft| draft.to_string()),
            [folder, _] => DraftName::parse(folder).and(names::chapter(path.stem())).map(|_| path.stem().to_owned()),
            _ => None,
        };
        if let Some(name) = meant.filter(|_| is_text) {
            let message = format!("{} would be an attachment: a draft is a text in Markdown", path.name());
            self.report(
                &diag::DRAFT_NAME,
                path,
                message,
                format!("save it as Markdown, in {name}.md, or give it a name of its own"),
            );
        }
    }

    /// A document in one file.
    fn lone(&mut self, path: &SitePath, (section, kind): (&str, Kind), config: &Config) {
        let name = path.stem();
        self.check_name(path, name);
        if kind == Kind::Page {
            self.check_address(path, name, config);
        }
        self.documents.entry((section.to_owned(), name.to_owned())).or_default().lone = Some(path.clone());
    }

    /// Pages lie at the root, among the site's own addresses.
    fn check_address(&mut self, path: &SitePath, name: &str, config: &Config) {
        if let Some(why) = names::reserved_at_root(name, config) {
            self.report(
                &diag::RESERVED_NAME,
                path,
                format!("a page cannot be called `{name}`: /{name}/ is {why}"),
                "give the file another name",
            );
        }
    }

    fn place_in_document(&mut self, path: &SitePath, (section, name): (&str, &str), kind: Kind, rest: &[&str]) {
        let at = (section.to_owned(), name.to_owned());
        match rest {
            ["index.md"] => self.documents.entry(at).or_default().index = Some(path.clone()),
            _ if kind == Kind::Page => self.stray(path, "a page has one text and no drafts: call it index.md"),
            [_] => match DraftName::parse(path.stem()).filter(|_| path.extension() == "md") {
                Some(draft) => self.draft(at, draft).file = Some(path.clone()),
                None => self.not_a_draft(path, path.stem(), ".md"),
            },
            [folder, file] => match DraftName::parse(folder) {
                Some(draft) if *file == "index.md" => self.draft(at, draft).index = Some(path.clone()),
                Some(draft) => self.chapter(path, at, draft),
                None => self.not_a_draft(path, folder, ""),
            },
            _ => self.stray(path, "chapters lie in the folder of their draft, and no deeper"),
        }
    }

    fn draft(&mut self, at: (String, String), draft: DraftName) -> &mut DraftFiles {
        self.documents.entry(at).or_default().drafts.entry(draft).or_default()
    }

    fn chapter(&mut self, path: &SitePath, at: (String, String), draft: DraftName) {
        let Some((number, name)) = names::chapter(path.stem()).filter(|_| path.extension() == "md") else {
            let plain = names::plain(path.stem());
            let name = plain.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches('-');
            let digits = &plain[..plain.len() - plain.trim_start_matches(|c: char| c.is_ascii_digit()).len()];
            let number = if digits.is_empty() { "01" } else { digits };
            self.misplaced.insert(path.clone());
            let message = format!("`{}` is not the name of a chapter", path.name());
            let hint = format!(
                "a chapter is named NN-name.md, such as {number}-{}.md",
                if name.is_empty() { "context" } else { name }
            );
            return self.report(&diag::FILE_NAME, path, message, hint);
        };
        if names::is_reserved_for_document(name) {
            let message = format!("a chapter cannot be called `{name}`, which is an address of its own");
            self.report(&diag::RESERVED_NAME, path, message, "give the chapter another name after its number");
        }
        let files = self.draft(at, draft);
        match files.chapters.iter().find(|(_, other, _)| other == name) {
            None => files.chapters.push((number, name.to_owned(), path.clone())),
            Some((_, _, other)) => {
                let message = format!("the chapter `{name}` is also {other}");
                self.misplaced.insert(path.clone());
                self.report(&diag::DUPLICATE_DRAFT, path, message, "give one of the two another name after its number");
            }
        }
    }

    /// A Markdown file or folder in a document that is no draft's, though perhaps meant for one.
    fn not_a_draft(&mut self, path: &SitePath, name: &str, extension: &str) {
        if translation(name).is_some() {
            self.misplaced.insert(path.clone());
            let message = format!("`{name}` is the name of a translation, which cannot be published yet");
            return self.report(&diag::RESERVED_NAME, path, message, "keep it outside content/ until it can");
        }
        if !names::is_like_draft(name) && DraftName::parse(name).is_none() {
            return self.stray(
                path,
                "a document holds index.md and drafts such as draft-1.md; move other notes out of content/",
            );
        }
        self.misplaced.insert(path.clone());
        let shown = if extension.is_empty() { name } else { path.name() };
        let hint = match names::meant_draft(name) {
            Some(draft) => format!("rename it to {draft}{extension}"),
            None => "a draft is named draft-1 or draft-2-option-a".to_owned(),
        };
        self.report(&diag::DRAFT_NAME, path, format!("`{shown}` is not the name of a draft"), hint);
    }

    pub(super) fn check_name(&mut self, path: &SitePath, name: &str) {
        if path.extension() != "md" && format(path) == Format::Markdown {
            let message = format!("a Markdown file ends in .md, not .{}", path.extension());
            self.report(&diag::FILE_NAME, path, message, format!("rename it to {name}.md"));
        }
        if names::is_plain(name) {
            return;
        }
        let plain = names::plain(name);
        let hint = if plain.is_empty() {
            "use lower-case letters, digits and hyphens".into()
        } else {
            format!("rename it to {plain}")
        };
        self.report(&diag::FILE_NAME, path, format!("`{name}` cannot be part of an address that lasts"), hint);
    }

    fn stray(&mut self, path: &SitePath, hint: &str) {
        self.misplaced.insert(path.clone());
        self.report(&diag::STRAY_FILE, path, format!("{} has no place here", path.name()), hint);
    }

    fn stray_yaml(&mut self, path: &SitePath) {
        let known = ["feedback.yaml", "glossary.yaml"];
        let hint = match nearest(&path.name().replace(".yml", ".yaml"), known) {
            Some("glossary.yaml") => "the glossary is content/glossary.yaml",
            Some(_) => "feedback lies beside the drafts of a document, as feedback.yaml",
            None => "the YAML files of a site are content/glossary.yaml and a document's feedback.yaml",
        };
        self.report(&diag::STRAY_FILE, path, format!("{} has no place here", path.name()), hint);
    }

    pub(super) fn report(
        &mut self,
        rule: &'static Rule,
        path: &SitePath,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        self.found.push(Diagnostic::file(rule, path, message).hint(hint));
    }
}

/// The language of a name such as `draft-1.cy`.
fn translation(name: &str) -> Option<&str> {
    let (draft, language) = name.rsplit_once('.')?;
    let is_tag = matches!(language.len(), 2 | 3) && language.bytes().all(|byte| byte.is_ascii_lowercase());
    (is_tag && DraftName::parse(draft).is_some()).then_some(language)
}

#[cfg(test)]
mod tests;
