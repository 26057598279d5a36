//! A draft that follows several says of each paragraph which of them it comes from.

use greenpaper::path::Address;
use greenpaper::site::{Memo, Options, World};
use greenpaper::tree::Tree;
use std::sync::Arc;

const BOTH: &str = "The vote is held in December, one pharmacy one vote.";
const LEVY: &str = "Every contractor pays the same levy for each pharmacy that it owns.";
const HUBS: &str = "Nine regional hubs take the place of the local committees for good.";

/// The page of draft 2, which follows both options of draft 1.
fn page(a: &str, b: &str, after: &str) -> String {
    let draft = |day: u8, words: &str| format!("---\npublished: 2021-0{day}-01\nnote: N\n---\n\n{words}\n");
    let files = [
        ("site.toml", "title = \"Papers\"\nbase_url = \"https://example.org\"\n".to_owned()),
        ("content/proposals/hubs/index.md", "---\ntitle: Hubs\nsummary: S\n---\n".to_owned()),
        ("content/proposals/hubs/draft-1-option-a.md", draft(1, a)),
        ("content/proposals/hubs/draft-1-option-b.md", draft(1, b)),
        ("content/proposals/hubs/draft-2.md", draft(2, after)),
    ];
    let tree: Tree = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
    let at = "2022-01-01T00:00:00Z".parse().unwrap();
    let options = Options::public(at);
    let world = World::read(&tree, &options, &Arc::new(Memo::default())).world.unwrap();
    String::from_utf8(world.render(&Address::new("/proposals/hubs/draft-2/")).unwrap().unwrap()).unwrap()
}

/// What is said of each paragraph of draft 2; nothing where it stands in both options.
fn check(after: &str, expected: &[&str]) {
    let page = page(&format!("{BOTH}\n\n{LEVY}"), &format!("{BOTH}\n\n{HUBS}"), after);
    let blocks = page.split("<div class=\"numbered\"").skip(1);
    let origin = |block: &str| {
        let (_, rest) = block.split_once("<span class=\"origin\" data-diff-chrome>")?;
        Some(rest.split('<').next().unwrap_or_default().to_owned())
    };
    assert_eq!(blocks.map(|block| origin(block).unwrap_or_default()).collect::<Vec<_>>(), expected);
}

#[test]
fn a_paragraph_comes_from_the_option_that_has_it() {
    check(&format!("{BOTH}\n\n{LEVY}\n\n{HUBS}"), &["", "from option A", "from option B"]);
}

#[test]
fn an_edited_paragraph_comes_from_the_one_that_it_is_nearest_to() {
    check(&format!("{BOTH}\n\n{}", LEVY.replace("same", "lowest")), &["", "from option A"]);
}

#[test]
fn one_that_is_mostly_other_words_is_new() {
    let mostly = "Every contractor pays what the meeting of each region has found to be its share.";
    check(&format!("{BOTH}\n\n{mostly}"), &["", "new in this draft"]);
    check("Nobody has read these words before this very day.", &["new in this draft"]);
}

#[test]
fn the_page_says_how_many_come_from_where() {
    let both = format!("{BOTH}\n\n{LEVY}\n\nNobody has read these words before this very day.");
    let page = page(&format!("{BOTH}\n\n{LEVY}"), BOTH, &both);
    assert!(page.contains("<p>1 paragraph alike in both, 1 from option A, 1 new in this draft.</p>"), "{page}");
}
