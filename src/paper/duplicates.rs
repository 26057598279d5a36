//! What is in the layout twice, and folders that lack their `index.md`.
//!
//! In: a [`Layout`] that holds all files. Out: the same with one place for each name, where one of two
//! files of the same name is left out and reported.

use super::DraftName;
use super::layout::{DraftFiles, Files, Layout};
use crate::diag;
use crate::path::SitePath;

impl Layout {
    /// Settles what needs all files: folders that are no documents, documents that are there twice.
    pub(super) fn finish(&mut self) {
        self.documents.retain(|_, files| files.lone.is_some() || files.index.is_some() || !files.drafts.is_empty());
        let mut documents = std::mem::take(&mut self.documents);
        for ((_, name), files) in &mut documents {
            self.settle(name, files);
        }
        self.documents = documents;
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
