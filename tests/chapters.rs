//! Drafts in chapters: what goes from one chapter to another, and drafts of which one is whole.

use greenpaper::path::Address;
use greenpaper::site::{Memo, Options, World};
use greenpaper::tree::Tree;
use std::sync::Arc;

const LEVY: &str = "Every contractor pays the same levy for each pharmacy that it owns.";
const HUBS: &str = "Nine regional hubs take the place of the local committees.";

fn read(files: &[(&str, String)]) -> World {
    let site = (
        "site.toml",
        "title = \"Papers\"\nbase_url = \"https://example.org\"\n[rules]\naccessibility-statement = \"off\"\n"
            .to_owned(),
    );
    let index = ("content/strategy/care/index.md", "---\ntitle: Care\nsummary: S\n---\n".to_owned());
    let files = files.iter().chain([&site, &index]).map(|(path, text)| (*path, text.as_str()));
    let tree: Tree = files.collect();
    let at = "2022-01-01T00:00:00Z".parse().unwrap();
    let options = Options::public(at);
    let outcome = World::read(&tree, &options, &Arc::new(Memo::default()));
    assert!(outcome.found.is_empty(), "{:?}", outcome.found);
    outcome.world.unwrap()
}

fn page(world: &World, address: &str) -> String {
    let address = Address::new(format!("/strategy/care/{address}"));
    String::from_utf8(world.render(&address).unwrap().unwrap()).unwrap()
}

fn draft(day: u8, words: &str) -> String {
    format!("---\npublished: 2021-0{day}-01\nnote: N\n---\n\n{words}\n")
}

fn chapter(title: &str, words: &str) -> String {
    format!("---\ntitle: {title}\n---\n\n{words}\n")
}

/// The levy goes from the chapter on money to the one on people.
fn two_in_chapters() -> World {
    read(&[
        ("content/strategy/care/draft-1/index.md", draft(1, "In chapters.")),
        ("content/strategy/care/draft-1/01-money.md", chapter("Money", &format!("Money is short.\n\n{LEVY}"))),
        ("content/strategy/care/draft-1/02-people.md", chapter("People", &format!("People care.\n\n{HUBS}"))),
        ("content/strategy/care/draft-2/index.md", draft(2, "In chapters.")),
        ("content/strategy/care/draft-2/01-money.md", chapter("Money", "Money is short.")),
        (
            "content/strategy/care/draft-2/02-people.md",
            chapter("People", &format!("People care.\n\n{HUBS}\n\n{}", LEVY.replace("same", "lowest"))),
        ),
    ])
}

#[test]
fn a_paragraph_may_go_to_another_chapter() {
    let world = two_in_chapters();
    let money = page(&world, "changes/draft-1/draft-2/money/");
    assert!(money.contains("id=\"move.1.from\"") && money.contains("href=\"../people/#move.1.to\""), "{money}");
    assert!(money.contains("Moved to the chapter “People”") && money.contains("moved to another chapter"), "{money}");
    assert!(money.contains("<b>was 1.2</b> Paragraph moved to another chapter"), "{money}");
    let people = page(&world, "changes/draft-1/draft-2/people/");
    assert!(people.contains("id=\"move.1.to\"") && people.contains("href=\"../money/#move.1.from\""), "{people}");
    assert!(people.contains("<ins>lowest</ins>") && people.contains("moved here from another chapter and changed"));
}

#[test]
fn a_move_between_chapters_is_one_change_of_the_draft_and_one_of_each_chapter() {
    let world = two_in_chapters();
    let whole = page(&world, "changes/draft-1/draft-2/");
    assert!(whole.contains("<p class=\"lead\">1\u{a0}passage moved; 1 word added, 1 removed.</p>"), "{whole}");
    assert_eq!(whole.matches("<span class=\"counts\">1\u{a0}passage moved</span>").count(), 2, "{whole}");
}

#[test]
fn an_old_paragraph_leads_to_the_chapter_where_it_is_now() {
    let world = two_in_chapters();
    let page = page(&world, "draft-1/money/");
    assert!(page.contains("data-in=\"draft-2=../../draft-2/people/#p2-3\""), "{page}");
    assert!(page.contains("This place in <a href=\"../../draft-2/people/#p2-3\">Draft 2</a>"), "{page}");
}

#[test]
fn notes_are_counted_from_one_in_each_chapter() {
    let noted = |words: &str| format!("{words}[^1]\n\n[^1]: The note of this chapter.");
    let world = read(&[
        ("content/strategy/care/draft-1/index.md", draft(1, "In chapters.")),
        ("content/strategy/care/draft-1/01-money.md", chapter("Money", &noted(LEVY))),
        ("content/strategy/care/draft-1/02-people.md", chapter("People", &noted(HUBS))),
        ("content/strategy/care/draft-2/index.md", draft(2, "In chapters.")),
        ("content/strategy/care/draft-2/01-money.md", chapter("Money", &noted(LEVY))),
        ("content/strategy/care/draft-2/02-people.md", chapter("People", &noted(&HUBS.replace("Nine", "Eight")))),
    ]);
    let page = page(&world, "changes/draft-1/draft-2/people/");
    assert!(page.contains("<a href=\"#note.1\" id=\"ref.1.1\" role=\"doc-noteref\">1</a>"), "{page}");
    assert_eq!(page.matches("<li id=\"note.1\">").count(), 1, "{page}");
}

/// Draft 1 is whole, draft 2 in chapters.
fn whole_and_in_chapters() -> World {
    let text =
        format!("Now all in one.\n\n## Money\n\n{LEVY}[^1]\n\n### Hubs\n\n{HUBS}\n\n[^1]: Paid in April of the year.");
    read(&[
        ("content/strategy/care/draft-1.md", draft(1, &text)),
        ("content/strategy/care/draft-2/index.md", draft(2, "Now all in one.")),
        (
            "content/strategy/care/draft-2/01-money.md",
            chapter(
                "Money",
                &format!("{LEVY}[^1]\n\n## Hubs\n\n{HUBS} See [above](#p1-0-1).\n\n[^1]: Paid in April of the year."),
            ),
        ),
    ])
}

#[test]
fn a_whole_draft_and_one_in_chapters_are_compared_on_one_page() {
    let world = whole_and_in_chapters();
    assert!(world.addresses().all(|at| !at.as_str().ends_with("/draft-2/money/") || !at.as_str().contains("changes")));
    let page = page(&world, "changes/draft-1/draft-2/");
    assert!(page.contains("1\u{a0}passage changed; 2 words added, 0 removed.</p>"), "{page}");
    assert!(page.contains("<h2 id=\"chapter.money\" class=\"chapter-title\">Money</h2>"), "{page}");
    assert!(page.contains("<h3 id=\"money.hubs\">Hubs</h3>") && page.contains("id=\"money.p1-1-1\""), "{page}");
    assert!(page.contains("<a href=\"#money.p1-0-1\"><ins>above</ins></a>"), "{page}");
    assert!(!page.contains("<del") && page.matches("role=\"doc-noteref\"").count() == 1, "{page}");
}

#[test]
fn a_chapter_leads_to_its_paragraphs_in_a_whole_draft_and_back() {
    let world = whole_and_in_chapters();
    let whole = page(&world, "draft-1/");
    assert!(whole.contains("data-in=\"draft-2=../draft-2/money/#p1-0-1\""), "{whole}");
    let page = page(&world, "draft-2/money/");
    assert!(page.contains("data-in=\"draft-1=p1-2\""), "{page}");
}

/// The chapter on money is gone; its levy stands in the one on people.
fn without_a_chapter() -> World {
    read(&[
        ("content/strategy/care/draft-1/index.md", draft(1, "In chapters.")),
        ("content/strategy/care/draft-1/01-people.md", chapter("People", "People care.")),
        ("content/strategy/care/draft-1/02-money.md", chapter("Money", &format!("Money is short.\n\n{LEVY}"))),
        ("content/strategy/care/draft-1/03-votes.md", chapter("Votes", "One pharmacy has one vote.")),
        ("content/strategy/care/draft-2/index.md", draft(2, "In chapters.")),
        ("content/strategy/care/draft-2/01-people.md", chapter("People", "People care.")),
        ("content/strategy/care/draft-2/02-costs.md", chapter("Costs", &format!("Paid by the month.\n\n{LEVY}"))),
    ])
}

#[test]
fn where_a_chapter_is_not_in_another_draft_the_nearest_is_offered() {
    let world = without_a_chapter();
    let money = page(&world, "draft-1/money/");
    let offered = "has no such chapter; the nearest is “Costs”";
    assert!(money.contains("href=\"../../draft-2/costs/\"") && money.contains(offered), "{money}");
    // Of a chapter whose words all went, the one behind the same neighbour.
    let votes = page(&world, "draft-1/votes/");
    let offered = "has no such chapter; the nearest is “People”";
    assert!(votes.contains("href=\"../../draft-2/people/\"") && votes.contains(offered), "{votes}");
    let whole = page(&whole_and_in_chapters(), "draft-2/money/");
    assert!(whole.contains("is one text without chapters"), "{whole}");
}
