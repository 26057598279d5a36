//! The changes of a draft since its base, on the page of the draft.
//!
//! In: a site and the address of a page. Out: what the script needs to know to bring them; nothing on pages
//! that no comparison belongs to. The script puts the marked text of the comparison's own page in the place
//! of the text, and the text back.

use crate::markdown::escape;
use crate::markdown::whole::chapter_prefix;
use crate::path::Address;
use crate::routes::{Route, compared_chapters};
use crate::site::World;

/// The second part of the script.
pub(super) const JS: &str = include_str!("changes.js");

/// The comparison that belongs to a page.
#[derive(Debug, PartialEq, Eq)]
struct Since {
    /// The draft from which changes are counted: `Draft 1`.
    base: String,
    /// The way from the page to the comparison.
    comparison: String,
    /// What the ids of the page's blocks begin with there.
    prefix: String,
}

/// What the script needs to know of a page, as attributes of its tag.
pub(super) fn data(world: &World, page: &Address) -> String {
    let Some(since) = since(world, page) else { return String::new() };
    let Since { base, comparison, prefix } = since;
    let data = [("base", base), ("comparison", comparison), ("prefix", prefix)];
    data.iter().map(|(name, value)| format!(" data-{name}=\"{}\"", escape(value))).collect()
}

/// What belongs to the page of a draft or chapter; of all chapters on one page, where the comparison is
/// on one page too.
fn since(world: &World, page: &Address) -> Option<Since> {
    let (key, name, chapter) = match world.routes().get(page)? {
        Route::Draft(key, name) | Route::All(key, name) => (key, name, ""),
        Route::Chapter(key, name, chapter) => (key, name, chapter.as_str()),
        _ => return None,
    };
    let document = world.site().document(&key.section, &key.name)?;
    let new = document.drafts.get(name)?;
    let old = document.drafts.get(new.base.as_ref()?)?;
    let one_page = compared_chapters(old, new).is_empty();
    let all = matches!(world.routes().get(page), Some(Route::All(..)));
    let (key, names) = (key.clone(), (old.name.clone(), new.name.clone()));
    let route = match (chapter, one_page) {
        ("", false) if all => return None,
        ("", _) | (_, true) => Route::Comparison(key, names.0, names.1),
        (chapter, false) => Route::ComparedChapter(key, names.0, names.1, chapter.to_owned()),
    };
    let address = Some(route.address()).filter(|address| world.routes().contains(address))?;
    let prefix = if one_page { chapter_prefix(chapter) } else { String::new() };
    Some(Since { base: old.name.label(), comparison: world.href(page, &address), prefix })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::{Memo, Options};
    use crate::tree::Tree;
    use std::sync::Arc;

    const DRAFT: &str = "---\nsummary: S\n---\n\nWords.\n";
    const CHAPTER: &str = "---\ntitle: T\n---\n\nWords.\n";
    /// Drafts: whole, two options, in chapters twice.
    const FILES: &[(&str, &str)] = &[
        ("site.toml", "title = \"T\"\nbase_url = \"https://example.org/papers\"\n"),
        ("content/index.md", "---\ntitle: Home\n---\n\nHello.\n"),
        ("content/updates/2021-08-05-a.md", "---\ntitle: A\nsummary: S\nby: B\ndate: 2021-08-05\n---\n\nWords.\n"),
        ("content/proposals/hubs/index.md", "---\ntitle: Hubs\nsummary: S\n---\n"),
        ("content/proposals/hubs/draft-1.md", DRAFT),
        ("content/proposals/hubs/draft-2-option-a.md", DRAFT),
        ("content/proposals/hubs/draft-2-option-b.md", DRAFT),
        (
            "content/proposals/hubs/draft-3/index.md",
            "---\nsummary: S\nfollows: [draft-2-option-a, draft-2-option-b]\nbase: draft-2-option-b\n---\n\nWords.\n",
        ),
        ("content/proposals/hubs/draft-3/01-costs.md", CHAPTER),
        ("content/proposals/hubs/draft-4/index.md", DRAFT),
        ("content/proposals/hubs/draft-4/01-costs.md", CHAPTER),
        ("content/proposals/hubs/draft-4/02-new.md", CHAPTER),
        ("content/proposals/hubs/draft-5.md", DRAFT),
    ];

    fn world(unpublished: bool) -> World {
        let at = jiff::Timestamp::UNIX_EPOCH;
        let options = Options { unpublished, ..Options::public(at) };
        let tree: Tree = FILES.iter().copied().collect();
        World::read(&tree, &options, &Arc::new(Memo::default())).world.unwrap()
    }

    #[track_caller]
    fn check(page: &str, expected: Option<(&str, &str, &str)>) {
        let page = Address::new(format!("/proposals/hubs/{page}"));
        let world = world(true);
        assert!(world.routes().contains(&page), "{page}");
        let found = since(&world, &page);
        let found = found.as_ref().map(|own| (own.base.as_str(), own.comparison.as_str(), own.prefix.as_str()));
        assert_eq!(found, expected, "{page}");
    }

    #[test]
    fn a_draft_is_compared_with_its_base() {
        check("draft-2-option-a/", Some(("Draft 1", "../changes/draft-1/draft-2-option-a/", "")));
        check("draft-3/", Some(("Draft 2, option B", "../changes/draft-2-option-b/draft-3/", "")));
        check("draft-4/", Some(("Draft 3", "../changes/draft-3/draft-4/", "")));
        check("draft-5/", Some(("Draft 4", "../changes/draft-4/draft-5/", "")));
    }

    #[test]
    fn a_chapter_is_compared_with_itself_or_on_the_one_page() {
        check("draft-4/costs/", Some(("Draft 3", "../../changes/draft-3/draft-4/costs/", "")));
        check("draft-4/new/", Some(("Draft 3", "../../changes/draft-3/draft-4/new/", "")));
        check("draft-3/costs/", Some(("Draft 2, option B", "../../changes/draft-2-option-b/draft-3/", "costs.")));
    }

    #[test]
    fn all_chapters_are_compared_only_where_the_comparison_has_them_on_one_page() {
        check("draft-3/all/", Some(("Draft 2, option B", "../../changes/draft-2-option-b/draft-3/", "")));
        check("draft-4/all/", None);
    }

    #[test]
    fn no_comparison_belongs_to_other_pages() {
        for page in ["", "draft-1/", "latest/", "round-2/", "changes/draft-1/draft-2-option-a/"] {
            check(page, None);
        }
        let page = Address::new("/updates/2021-08-05-a/");
        assert_eq!(since(&world(true), &page), None);
        assert_eq!(since(&world(false), &Address::new("/proposals/hubs/draft-2-option-a/")), None);
    }

    #[test]
    fn the_tag_says_all_that_the_script_needs() {
        let tag = data(&world(true), &Address::new("/proposals/hubs/draft-3/costs/"));
        let comparison = "../../changes/draft-2-option-b/draft-3/";
        let base = "Draft 2, option B";
        assert_eq!(tag, format!(" data-base=\"{base}\" data-comparison=\"{comparison}\" data-prefix=\"costs.\""));
        assert_eq!(data(&world(true), &Address::new("/")), "");
    }
}
