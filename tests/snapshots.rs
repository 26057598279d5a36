//! A whole small site, page by page, as snapshots: `tests/small/`.
//!
//! Its theme prints every field of every view as text, so the snapshots say what a page knows and stay
//! the same when the default theme changes. It also proves that a theme needs nothing but the views that
//! `themes/README.md` names. `INSTA_UPDATE=always cargo test --test snapshots` writes the snapshots anew:
//! read what changed before you keep it.

use greenpaper::disk::Reader;
use greenpaper::path::Address;
use greenpaper::report::{self, Format};
use greenpaper::site::{Memo, Options, World};
use std::path::Path;
use std::sync::{Arc, LazyLock};

/// The small site on 1 October 2021.
static WORLD: LazyLock<World> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/small");
    let tree = Reader::new(&folder).unwrap().read().unwrap();
    let options = Options::public("2021-10-01T12:00:00Z".parse().unwrap());
    let outcome = World::read(&tree, &options, &Arc::<Memo>::default());
    assert!(outcome.found.is_empty(), "{}", report::draw(&outcome.found, Format::Text, "", false));
    outcome.world.unwrap()
});

fn rendered(address: &str) -> String {
    let bytes = WORLD.render(&Address::new(address)).unwrap_or_else(|| panic!("nothing stands at {address}"));
    let bytes = bytes.unwrap_or_else(|found| panic!("{}", report::draw(&found, Format::Text, "", false)));
    String::from_utf8(bytes).unwrap()
}

#[track_caller]
fn check(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("small/snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

#[test]
fn addresses() {
    let addresses = WORLD.addresses().map(|address| address.as_str());
    // The default theme's assets come with every theme; their names change with their bytes.
    let own = |address: &&str| !address.starts_with("/assets/") || address.starts_with("/assets/plain-");
    let addresses: Vec<_> = addresses.filter(own).collect();
    check("addresses", &addresses.join("\n"));
}

#[test]
fn every_address_is_rendered() {
    for address in WORLD.addresses() {
        assert!(matches!(WORLD.render(address), Some(Ok(_))), "{address}");
    }
}

#[test]
fn the_record_of_a_document() {
    check("record", &rendered("/proposals/hubs/record/"));
    check("sealed", &rendered("/proposals/hubs/draft-1.md"));
    assert!(rendered("/proposals/hubs/record.txt").contains("\n1 published draft-1\n"));
}

#[test]
fn the_site_for_programs() {
    check("site.json", &rendered("/site.json"));
}

#[test]
fn the_feed() {
    check("feed.xml", &rendered("/feed.xml"));
}

#[test]
fn the_sitemap() {
    check("sitemap.xml", &rendered("/sitemap.xml"));
}

#[test]
fn the_front_page() {
    check("front", &rendered("/"));
}

#[test]
fn a_section() {
    check("section", &rendered("/letters/"));
}

#[test]
fn a_document() {
    check("document", &rendered("/proposals/hubs/"));
}

#[test]
fn a_draft_that_was_superseded() {
    check("draft", &rendered("/proposals/hubs/draft-1/"));
}

#[test]
fn an_option() {
    check("option", &rendered("/proposals/hubs/draft-2-option-a/"));
}

#[test]
fn a_comparison() {
    check("comparison", &rendered("/proposals/hubs/changes/draft-1/draft-2-option-a/"));
}

#[test]
fn a_round() {
    check("round", &rendered("/proposals/hubs/round-2/"));
}

#[test]
#[cfg(feature = "search")]
fn the_search() {
    check("search", &rendered("/search/"));
}

#[test]
fn the_way_to_the_newest() {
    let leads = [rendered("/proposals/hubs/latest/"), rendered("/strategy/care/latest/")];
    check("latest", &leads.join("\n"));
}

#[test]
fn a_chapter() {
    check("chapter", &rendered("/strategy/care/draft-2/context/"));
}

#[test]
fn all_chapters() {
    check("all", &rendered("/strategy/care/draft-1/all/"));
}

#[test]
fn a_comparison_by_chapters() {
    check("chapters", &rendered("/strategy/care/changes/draft-1/draft-2/"));
    check("compared-chapter", &rendered("/strategy/care/changes/draft-1/draft-2/context/"));
}

#[test]
fn a_letter() {
    check("letter", &rendered("/letters/2021-09-20-reply/"));
}

#[test]
fn an_update() {
    check("update", &rendered("/updates/2021-08-05-first/"));
}

#[test]
fn a_page() {
    check("page", &rendered("/about/"));
}

#[test]
fn what_happened_when() {
    check("changes", &rendered("/changes/"));
}

#[test]
fn a_vote() {
    check("vote", &rendered("/strategy/care/vote/"));
}

#[test]
fn the_feedback() {
    check("feedback", &rendered("/proposals/hubs/feedback/"));
}

#[test]
fn what_is_owed() {
    check("silence", &rendered("/silence/"));
}

#[test]
fn the_glossary() {
    check("glossary", &rendered("/glossary/"));
}

#[test]
fn the_page_of_the_lost() {
    check("404", &rendered("/404.html"));
}
