//! Reasons from end to end: at the changes of comparisons over several drafts, on the page of feedback, among what is
//! owed, where a draft was taken down, and as stubs in the files of an author.

use greenpaper::paper::{Act, DraftName};
use greenpaper::path::{Address, SitePath};
use greenpaper::routes::DocumentKey;
use greenpaper::site::{Asked, Memo, Options, Stubs, World};
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

#[test]
fn what_was_adopted_and_changed_nothing_has_no_changes() {
    let same = format!("{FIRST}\n<!-- why (F1): nine were too many -->\n");
    let page = page(&site(&[("draft-1", "", FIRST), ("draft-2", "", &same)], SAID), "feedback/");
    assert!(page.contains("Too many.") && !page.contains("nine were too many"), "{page}");
}

/// A site with those groups of readers.
fn with_groups(mut tree: Tree) -> Tree {
    let groups = ["owners", "managers"].map(|name| format!("[[groups]]\nname = \"{name}\"\ntitle = \"{name}\"\n"));
    let site = format!("title = \"T\"\nbase_url = \"https://example.org\"\n{}", groups.concat());
    tree.insert(SitePath::new("site.toml"), File::new(site));
    tree
}

#[test]
fn a_reason_is_given_again_where_the_one_above_may_be_hidden() {
    let text = |first: &str, more: &str, other: &str| {
        format!(
            "## A\n\n<!-- for: owners -->\n\nIt costs £{first}.\n\nThen £{more}.\n\n## B\n\n<!-- for: managers -->\n\nIn all £{other}.\n"
        )
    };
    let (old, new) = (text("1", "2", "3"), format!("<!-- why: prices rose -->\n\n{}", text("4", "5", "6")));
    let tree = with_groups(site(&[("draft-1", "", &old), ("draft-2", "", &new)], ""));
    let expected = ["prices rose", "the reason given above, in Draft 2", "prices rose"];
    assert_eq!(reasons(&page(&tree, "changes/draft-1/draft-2/")), expected);
}

/// What readers are told that is owed, of a site with these keys in the front matter of the document.
fn silence(drafts: &[(&str, &str, &str)], keys: &str) -> String {
    let mut tree = site(drafts, "");
    let index = format!("---\ntitle: Hubs\nsummary: S\n{keys}---\n");
    tree.insert(SitePath::new("content/proposals/hubs/index.md"), File::new(index));
    let site = "title = \"T\"\nbase_url = \"https://example.org\"\nsilence = true\n";
    tree.insert(SitePath::new("site.toml"), File::new(site));
    String::from_utf8(world(&tree).render(&Address::new("/silence/")).unwrap().unwrap()).unwrap()
}

#[test]
fn a_response_that_is_late_is_owed() {
    let round = |due: &str| {
        format!("rounds:\n  - round: 1\n    opens: 2021-03-01\n    closes: 2021-03-20\n    response_due: {due}\n")
    };
    let late = silence(&[("draft-1", "", FIRST)], &round("2021-09-30"));
    let owed = "<a href=\"../proposals/hubs/round-1/\">Round 1</a>: a response was promised by <time";
    assert!(late.contains(owed) && !late.contains("Nothing:"), "{late}");
    let due = silence(&[("draft-1", "", FIRST)], &round("2021-10-01"));
    assert!(due.contains("Nothing:") && !due.contains("was promised by"), "{due}");
}

#[test]
fn reasons_are_owed_by_documents_that_give_some() {
    let none = [("draft-1", "", FIRST), ("draft-2", "", "There are eight hubs.\n")];
    assert!(silence(&none, "").contains("Nothing:"));
    let some = [("draft-1", "", FIRST), ("draft-2", "", "There are eight hubs.\n\n<!-- why: nine were too many -->\n")];
    assert!(silence(&some, "").contains("2 changes of substance without a reason"));
}

/// What is wrong with reasons and feedback.
fn found(tree: &Tree) -> Vec<String> {
    let options = Options::public("2021-10-01T12:00:00Z".parse().unwrap());
    let found = World::read(tree, &options, &Arc::<Memo>::default()).found;
    let rules = ["idle-reason", "missing-reason", "feedback", "unheeded", "broken-link"];
    found.iter().filter(|own| rules.contains(&own.rule.name)).map(|own| own.message.clone()).collect()
}

/// A site with the record of what was asked for.
fn recorded(tree: &Tree, act: Act, draft: &str) -> Tree {
    let (world, at) = (world(tree), "2021-09-30T12:00:00Z".parse().unwrap());
    let note = Some("It named a person.".to_owned());
    let asked = Asked { act, draft: DraftName::parse(draft).unwrap(), beside: Vec::new(), at, now: at, note };
    let (path, text) = world.publication(world.site().document("proposals", "hubs").unwrap(), &asked).unwrap().lock;
    let mut tree = tree.clone();
    tree.insert(path, File::new(text));
    tree
}

/// A site with all drafts in the record, of which one was taken down.
fn without(tree: &Tree, newest: &str, gone: &str) -> Tree {
    let mut tree = recorded(tree, Act::Published, newest);
    tree.remove(&SitePath::new(&format!("content/proposals/hubs/{gone}.md")));
    assert_ne!(found(&tree), Vec::<String>::new());
    recorded(&tree, Act::Removed, gone)
}

#[test]
fn reasons_are_let_be_where_the_draft_before_was_taken_down() {
    let second = SECOND.replace("\n\nThe rooms are rented by the month.", "");
    let tree = without(&site(&[("draft-1", "", FIRST), ("draft-2", REMOVED, &second)], SAID), "draft-2", "draft-1");
    assert_eq!(found(&tree), Vec::<String>::new());
    let drafts = [("draft-1", "", FIRST), ("draft-2", "", SECOND), ("draft-3", REMOVED, THIRD)];
    let tree = without(&site(&drafts, ""), "draft-3", "draft-2");
    assert_eq!(found(&tree), Vec::<String>::new());
    assert_eq!(reasons(&page(&tree, "changes/draft-1/draft-3/")), ["eight are cheaper"]);
}

#[test]
fn reasons_are_let_be_where_the_draft_before_is_for_others() {
    let drafts = [("draft-1", "", FIRST), ("draft-2", "visible_to: [board]\n", SECOND), ("draft-3", REMOVED, THIRD)];
    let mut tree = site(&drafts, SAID);
    let site = "title = \"T\"\nbase_url = \"https://example.org\"\naudiences = [\"board\"]\n";
    tree.insert(SitePath::new("site.toml"), File::new(site));
    assert_eq!(found(&tree), ["`F1` was adopted, but no change names it"]);
    let (key, draft) = (hubs(), DraftName::parse("draft-3").unwrap());
    assert!(!world(&tree).knows_base(&key, &draft));
}

fn hubs() -> DocumentKey {
    DocumentKey { section: "proposals".to_owned(), name: "hubs".to_owned() }
}

/// The stubs of draft 2; with them, all that is missing is still to be written.
fn stubs(tree: &Tree) -> Stubs {
    let (key, draft) = (hubs(), DraftName::parse("draft-2").unwrap());
    let stubs = world(tree).stubs(&key, &draft);
    let mut stubbed = tree.clone();
    for (path, text) in &stubs.files {
        stubbed.insert(path.clone(), File::new(text.clone()));
    }
    let world = world(&stubbed);
    assert_eq!(world.unwritten(&key, &draft).len(), stubs.count);
    assert_eq!(world.unexplained(&key, &draft).is_empty(), stubs.left.is_empty());
    stubs
}

/// The text of draft 2 with stubs.
fn stubbed(old: &str, keys: &str, new: &str) -> String {
    let stubs = stubs(&site(&[("draft-1", "", old), ("draft-2", keys, new)], ""));
    assert_eq!(stubs.left, Vec::<String>::new());
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

#[test]
fn stubs_of_what_went_are_indented_as_the_entries_above_them() {
    for indent in ["", "  ", "    "] {
        let entry = |was: &str, why: &str| format!("{indent}- was: \"#{was}\"\n{indent}  why: {why}\n");
        let (first, end) = (entry("p2", "x"), "# More of this follows.\n\nnote: N\n---\n");
        let text =
            stubbed("a\n\nIt is 1.\n\nIt is 2.\n", &format!("removed:\n{first}{}", &end[..end.len() - 4]), "a\n");
        let second = entry("p3", "\"To be written: Paragraph removed: “It is 2.”\"");
        assert!(text.contains(&format!("removed:\n{first}{second}{end}")), "{text}");
    }
}

#[test]
fn a_list_in_brackets_is_let_be() {
    let entry = "[{was: \"#p2\", why: x}]\n";
    for keys in ["removed: []\n", "removed: ", "removed:\n  ", "\"removed\": "] {
        let keys = if keys.ends_with('\n') { keys.to_owned() } else { format!("{keys}{entry}") };
        let tree = site(&[("draft-1", "", "a\n\nIt is 1.\n\nIt is 2.\n"), ("draft-2", &keys, "a\n")], "");
        let stubs = stubs(&tree);
        assert!(stubs.files.is_empty() && !stubs.left.is_empty(), "{keys}: {stubs:?}");
    }
}

#[test]
fn a_stub_for_a_new_chapter_stands_first_in_it() {
    let mut tree = site(&[("draft-1", "", "There are nine hubs.\n")], "");
    let path = |name: &str| SitePath::new(&format!("content/proposals/hubs/draft-2/{name}"));
    tree.insert(path("index.md"), File::new("---\npublished: 2021-03-01\n---\n\nThere are nine hubs.\n"));
    for (front, start) in [("---\ntitle: Money\n---\n\n", "---\ntitle: Money\n---\n\n<!-- why: "), ("", "<!-- why: ")] {
        tree.insert(path("01-money.md"), File::new(format!("{front}The levy is £5.\n")));
        let stubs = stubs(&tree);
        assert_eq!((stubs.count, stubs.files.len()), (1, 1), "{stubs:?}");
        let text = stubs.files.get(&path("01-money.md")).unwrap();
        assert!(text.starts_with(start) && text.ends_with(" -->\n\nThe levy is £5.\n"), "{text}");
    }
}
