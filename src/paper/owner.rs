//! What a Markdown file of a site is: the front page, a document, a draft, a chapter.
//!
//! In: a document or a part of it. Out: an [`Owner`], by which a link to the file finds an address.

use super::{Chapter, Document, Draft, DraftName};
use crate::config::Kind;

/// What a Markdown file of the site is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Owner {
    /// `content/index.md`.
    Front,
    /// A page.
    Page {
        /// Its section, most often `pages`.
        section: String,
        /// Its name.
        name: String,
    },
    /// The `index.md` of a document, or a document in one file.
    Document {
        /// Its section.
        section: String,
        /// Its name.
        name: String,
    },
    /// A draft: its file, or the `index.md` of its folder.
    Draft {
        /// The section of its document.
        section: String,
        /// The name of its document.
        name: String,
        /// Round and option.
        draft: DraftName,
    },
    /// A chapter of a draft.
    Chapter {
        /// The section of its document.
        section: String,
        /// The name of its document.
        name: String,
        /// Round and option.
        draft: DraftName,
        /// The name of the chapter.
        chapter: String,
    },
}

impl Owner {
    /// A document, or a page.
    pub(super) fn document(document: &Document) -> Owner {
        let (section, name) = (document.section.clone(), document.name.clone());
        match document.kind {
            Kind::Page if name.is_empty() => Owner::Front,
            Kind::Page => Owner::Page { section, name },
            _ => Owner::Document { section, name },
        }
    }

    /// A draft.
    pub(super) fn draft(document: &Document, draft: &Draft) -> Owner {
        Owner::Draft { section: document.section.clone(), name: document.name.clone(), draft: draft.name.clone() }
    }

    /// A chapter.
    pub(super) fn chapter(document: &Document, draft: &Draft, chapter: &Chapter) -> Owner {
        Owner::Chapter {
            section: document.section.clone(),
            name: document.name.clone(),
            draft: draft.name.clone(),
            chapter: chapter.name.clone(),
        }
    }
}
