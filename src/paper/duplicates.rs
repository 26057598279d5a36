//! What is in the layout twice, and folders that lack their `index.md`.
//!
//! In: a [`Layout`] that holds all files. Out: the same with one place for each name, where one of two
//! files of the same name is left out and reported.

use super::DraftName;
use super::layout::{DraftFiles, Files, Layout};
use crate::config::{Config, Kind};
use crate::diag;
use crate::path::SitePath;
use std::collections::BTreeMap;

impl Layout {
    /// Settles what needs all files: folders that are no documents, documents that are there twice.
    pub(super) fn finish(&mut self, config: &Config) {
        for files in self.documents.values().filter(|files| !files.has_text()) {
            if let Some(lock) = &files.lock {
                let finding =
                    crate::diag::Diagnostic::file(&diag::RECORD, lock, "the paper that was recorded here is not here");
                self.found.push(finding.hint("take its files back from an earlier copy of the site; to take a paper down, leave its file with a sentence in place of the words, and run `greenpaper publish` with --remove"));
            }
        }
        self.documents.retain(|_, files| files.has_text());
        let mut documents = std::mem::take(&mut self.documents);
        for ((_, name), files) in &mut documents {
            self.settle(name, files);
        }
        self.documents = documents;
        self.settle_pages(config);
    }

    /// Pages of all sections lie at the root, so none may share a name.
    fn settle_pages(&mut self, config: &Config) {
        let is_page = |section: &str| config.section(section).is_some_and(|section| section.kind == Kind::Page);
        let mut first: BTreeMap<String, SitePath> = BTreeMap::new();
        let mut twice = Vec::new();
        for ((section, name), files) in self.documents.iter().filter(|((section, _), _)| is_page(section)) {
            let Some(path) = files.lone.clone().or_else(|| files.index.clone()) else { continue };
            match first.get(name) {
                Some(other) => twice.push((section.clone(), name.clone(), path, other.clone())),
                None => drop(first.insert(name.clone(), path)),
            }
        }
        for (section, name, path, other) in twice {
            let message = format!("the page `{name}` is also {other}: both would lie at /{name}/");
            self.report(&diag::DUPLICATE_DRAFT, &path, message, "give one of the two another name");
            self.documents.remove(&(section, name));
            self.misplaced.insert(path);
        }
    }

    fn settle(&mut self, name: &str, files: &mut Files) {
        let Some(folder_file) = files.index.clone().or_else(|| files.drafts.values().find_map(first_file)) else {
            return;
        };
        if let Some(lone) = files.lone.take() {
            let message = format!("`{name}` is both a file and a folder");
            self.report(&diag::DUPLICATE_DRAFT, &lone, message, "keep the file, or the folder with its drafts");
            self.misplaced.insert(lone);
        } else {
            self.check_name(&folder_file, name);
        }
        if files.index.is_none() {
            let message = format!("the folder of `{name}` has drafts but no index.md");
            self.report(
                &diag::MISSING_INDEX,
                &folder_file,
                message,
                "add an index.md with what holds for the document: title, summary",
            );
        }
        for (draft, files) in &mut files.drafts {
            self.settle_draft(draft, files);
        }
        self.check_options(files);
    }

    /// A round has one draft, or options.
    fn check_options(&mut self, files: &Files) {
        for (draft, own) in files.drafts.iter().filter(|(draft, _)| draft.option.is_none()) {
            let options: Vec<_> =
                files.drafts.keys().filter(|name| name.round == draft.round && name.option.is_some()).collect();
            let Some((option, file)) = options.first().zip(first_file(own)) else { continue };
            let free = ('a'..='z').map(|letter| letter.to_string()).map(Some);
            let free =
                free.map(|option| DraftName { round: draft.round, option }).find(|name| !options.contains(&name));
            let message = format!("{draft} stands beside {option}, but a round has one draft or several options");
            let hint = match free {
                Some(free) => format!("rename {draft} to {free}, or give it another round"),
                None => format!("give {draft} another round"),
            };
            self.report(&diag::DRAFT_NAME, &file, message, hint);
        }
    }

    fn settle_draft(&mut self, draft: &DraftName, files: &mut DraftFiles) {
        files.chapters.sort_by(|a, b| (a.0, a.2.name()).cmp(&(b.0, b.2.name())));
        let in_folder = files.index.as_ref().or(files.chapters.first().map(|(_, _, path)| path)).cloned();
        let Some(in_folder) = in_folder else { return };
        if let Some(file) = files.file.take() {
            let message = format!("{draft} is both a file and a folder");
            self.report(
                &diag::DUPLICATE_DRAFT,
                &file,
                message,
                "keep the file for a whole draft, the folder for one in chapters",
            );
            self.misplaced.insert(file);
        }
        if files.index.is_none() {
            let message = format!("the folder {draft} has chapters but no index.md");
            self.report(
                &diag::MISSING_INDEX,
                &in_folder,
                message,
                "add an index.md with what holds for the draft: published, note",
            );
        }
    }
}

fn first_file(files: &DraftFiles) -> Option<SitePath> {
    let chapter = files.chapters.first().map(|(_, _, path)| path);
    files.file.as_ref().or(files.index.as_ref()).or(chapter).cloned()
}
