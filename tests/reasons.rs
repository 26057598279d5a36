//! Reasons from end to end: at the changes of comparisons over several drafts, on the page of feedback, and as stubs in
//! the files of an author.

use greenpaper::paper::DraftName;
use greenpaper::path::{Address, SitePath};
use greenpaper::routes::DocumentKey;
use greenpaper::site::{Memo, Options, World};
use greenpaper::tree::{File, Tree};
use std::sync::Arc;

const DRAFT: &str = "---\npublished: 2021-0N-01\n---\n\n";

/// A site with drafts of a proposal: what each has in its front matter and in its text.
fn site(drafts: &[(&str, &str, &str)], feedback: &str) -> Tree {
    let index = ("content/proposals/hubs/index.md".to_owned(), "---\ntitle: Hubs\nsummary: S\n---\n".to_owned());
    let site = ("site.toml".to_owned(), "title = \"T\"\nbase_url = \"https://example.org\"\n".to_owned());
    let feedback = ("content/proposals/hubs/feedback.yaml".to_owned(), feedback.to_owned());
    let drafts = drafts.iter().map(|(name, keys, text)| {
        let front = DRAFT.replace("0N", "03").replace("\n---\n\n", &format!("\n{keys}---\n\n"));
        (format!("content/proposals/hubs/{name}.md"), front + text)
    });
    let files: Vec<_> = [site, index, feedback].into_iter().chain(drafts).collect();
    files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect()
}

fn world(tree: &Tree) -> World {
    let options = Options::public("2021-10-01T12:00:00Z".parse().unwrap());
    World::read(tree, &options, &Arc::<Memo>::default()).world.unwrap()
}

fn page(tree: &Tree, below: &str) -> String {
    let address = Address::new(format!("/proposals/hubs/{below}"));
    String::from_utf8(world(tree).render(&address).unwrap().unwrap()).unwrap()
}

/// The reasons on a page, behind changes, without their markup.
fn reasons(page: &str) -> Vec<String> {
    let parts = page.split("<p class=\"reason\"").skip(1).filter_map(|part| part.split("</p>").next());
    let plain = |part: &str| {
        let words: String = part.split('<').map(|part| part.split_once('>').map_or("", |(_, words)| words)).collect();
        words.split_once(": ").map_or(words.clone(), |(_, words)| words.to_owned())
    };
    parts.map(|part| plain(&format!("<{part}"))).collect()
}

const FIRST: &str = "There are nine hubs.\n\nThe levy is £5.\n\nThe rooms are rented by the month.\n";
const SECOND: &str = "There are eight hubs.\n\n<!-- why (F1): nine were too many -->\n\nThe levy is £5.\n\nThe rooms are rented by the month.\n";
const THIRD: &str = "There are eight hubs.\n\nThe levy is £4.\n\n<!-- why: eight are cheaper -->\n";
const REMOVED: &str = "removed:\n  - was: \"#p3\"\n    why: rooms are for the hubs to find\n";
const SAID: &str = "- id: F1\n  date: 2021-03-05\n  said: Too many.\n  outcome: adopted\n";

#[test]
fn a_comparison_over_several_drafts_has_the_reasons_of_each() {
    let tree = site(&[("draft-1", "", FIRST), ("draft-2", "", SECOND), ("draft-3", REMOVED, THIRD)], SAID);
    assert_eq!(reasons(&page(&tree, "changes/draft-1/draft-2/")), ["nine were too many What was said: F1"]);
    let third = ["eight are cheaper", "rooms are for the hubs to find"];
    assert_eq!(reasons(&page(&tree, "changes/draft-2/draft-3/")), third);
    let both = ["nine were too many What was said: F1", "eight are cheaper", "rooms are for the hubs to find"];
    assert_eq!(reasons(&page(&tree, "changes/draft-1/draft-3/")), both);
}

#[test]
fn a_block_has_the_reasons_of_the_option_that_it_comes_from() {
    let one = "There are eight hubs in all of the country.\n\n<!-- why: of a -->\n";
    let other = "There are forty committees, one for each of the systems.\n\n<!-- why: of b -->\n";
    let drafts = [
        ("draft-1", "", "There are nine hubs in the country, or so.\n"),
        ("draft-2-option-a", "", one),
        ("draft-2-option-b", "", other),
        ("draft-3", "", "There are seven hubs in all of the country.\n\n<!-- why: of 3 -->\n"),
    ];
    assert_eq!(reasons(&page(&site(&drafts, ""), "changes/draft-1/draft-3/")), ["of a", "of 3"]);
}

#[test]
fn options_of_one_round_have_no_reasons_between_them() {
    let drafts = [
        ("draft-1", "", "There are nine hubs.\n"),
        ("draft-2-option-a", "", "There are eight hubs.\n\n<!-- why: of a -->\n"),
        ("draft-2-option-b", "", "There are seven hubs.\n\n<!-- why: of b -->\n"),
    ];
    assert!(reasons(&page(&site(&drafts, ""), "changes/draft-2-option-a/draft-2-option-b/")).is_empty());
}

#[test]
fn feedback_shows_what_changed_because_of_it() {
    let tree = site(&[("draft-1", "", FIRST), ("draft-2", "", SECOND)], SAID);
    let page = page(&tree, "feedback/");
    assert!(page.contains("Paragraph changed: “nine” became “eight”"), "{page}");
    assert!(page.contains("href=\"../changes/draft-1/draft-2/#change."), "{page}");
}

#[test]
fn reasons_in_chapters_reach_a_comparison_with_a_draft_that_is_whole() {
    let front = "---\npublished: 2021-03-01\n---\n";
    let mut tree = site(&[("draft-1", "", "There are nine hubs.\n")], "");
    let mut add = |path: &str, text: String| {
        tree.insert(SitePath::new(&format!("content/proposals/hubs/{path}")), File::new(text));
    };
    add("draft-2/index.md", format!("{front}\nAbove.\n"));
    add("draft-2/01-hubs.md", "---\ntitle: Hubs\n---\n\nThere are eight hubs.\n\n<!-- why: of 2 -->\n".to_owned());
    add("draft-3/index.md", format!("{front}\nAbove.\n"));
    add("draft-3/01-hubs.md", "---\ntitle: Hubs\n---\n\nThere are seven hubs.\n\n<!-- why: of 3 -->\n".to_owned());
    assert_eq!(reasons(&page(&tree, "changes/draft-1/draft-3/")), ["of 2", "of 3"]);
}

/// The text of draft 2 with stubs.
fn stubbed(old: &str, keys: &str, new: &str) -> String {
    let mut tree = site(&[("draft-1", "", old), ("draft-2", keys, new)], "");
    let key = DocumentKey { section: "proposals".to_owned(), name: "hubs".to_owned() };
    let draft = DraftName::parse("draft-2").unwrap();
    let stubs = world(&tree).stubs(&key, &draft);
    for (path, text) in &stubs.files {
        tree.insert(path.clone(), File::new(text.clone()));
    }
    // What has a stub has a reason.
    assert_eq!(world(&tree).unexplained(&key, &draft), Vec::new());
    stubs.files.into_values().next().unwrap_or_default()
}

#[test]
fn stubs_stand_behind_what_changed_and_leave_all_else() {
    let text = stubbed("a\n\nIt is 1.\n\n- b\n- It is 2.\n", "", "a\n\nIt is 3.\n\n- b\n- It is 4.\n");
    let expected = "a\n\nIt is 3.\n\n<!-- why: To be written: Paragraph changed: “1” became “3” -->\n\n- b\n- It is 4.\n\n\
                    <!-- why: To be written: Item changed: “2” became “4” -->\n";
    assert!(text.ends_with(expected), "{text}");
}

#[test]
fn a_stub_for_a_new_section_stands_at_its_heading() {
    let text = stubbed("a\n", "", "a\n\n## Costs\n\nIt is 1.\n\nIt is 2.\n");
    assert_eq!(text.matches("<!-- why:").count(), 1, "{text}");
}

#[test]
fn stubs_of_what_went_stand_in_the_front_matter() {
    let entry = "removed:\n  - was: \"#p2\"\n    why: \"To be written: Paragraph removed: “It is 1.”\"\n---\n";
    let text = stubbed("a\n\nIt is 1.\n", "", "a\n");
    assert!(text.contains(entry), "{text}");
    let keys = "removed:\n  - was: \"#p2\"\n    why: x\nnote: N\n";
    let text = stubbed("a\n\nIt is 1.\n\nIt is 2.\n", keys, "a\n");
    assert!(text.contains("    why: x\n  - was: \"#p3\"\n") && text.contains("\nnote: N\n"), "{text}");
}

#[test]
fn line_ends_stay_as_they_are() {
    let text = stubbed("It is 1.\n", "", "It is 2.\r\n");
    assert!(text.contains("\r\n\r\n<!-- why:"), "{text:?}");
}
