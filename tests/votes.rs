//! The page of a vote: which text, what changed since readers were asked about it, what came of it.

use greenpaper::path::Address;
use greenpaper::report::{self, Format};
use greenpaper::site::{Memo, Options, World};
use greenpaper::tree::Tree;
use std::sync::Arc;

const SITE: &str = "title = \"P\"\nbase_url = \"https://example.org\"\n[rules]\naccessibility-statement = \"off\"\n";

/// The rounds of the proposal: the first is over before the vote, the second begins on 10 November.
const ROUNDS: &str = "rounds:\n- {round: 1, opens: 2021-08-05, closes: 2021-08-31}\n";

/// The vote of January on the second draft.
const VOTE: &str = "vote:\n  draft: draft-2\n  question: Shall it be?\n  how: By post\n  who: All\n  threshold: Half\n  \
                    opens: 2022-01-10\n  closes: 2022-01-24\n";

/// A proposal of two drafts at a moment, with more keys in its `index.md`.
fn world(at: &str, keys: &str) -> World {
    let index = format!("---\ntitle: Hubs\nsummary: S\nby: B\n{keys}---\n");
    let draft = |day: &str, text: &str| format!("---\npublished: {day}\nnote: N\n---\n\n{text}\n");
    let first = draft("2021-08-05", "Nine hubs open in the spring of next year.\n\nThe levy pays.");
    let second = draft("2021-10-01", "Six hubs open in the spring of next year.\n\nThe levy pays.");
    let folder = "content/proposals/hubs";
    let paths = ["index.md", "draft-1.md", "draft-2.md"].map(|name| format!("{folder}/{name}"));
    let files = paths.iter().map(String::as_str).zip([index.as_str(), &first, &second]);
    let tree: Tree = files.chain([("site.toml", SITE)]).collect();
    let outcome = World::read(&tree, &Options::public(at.parse().unwrap()), &Arc::<Memo>::default());
    outcome.world.unwrap_or_else(|| panic!("{}", report::draw(&outcome.found, Format::Text, "", false)))
}

fn rendered(world: &World, address: &str) -> String {
    let bytes = world.render(&Address::new(address)).unwrap_or_else(|| panic!("nothing stands at {address}"));
    String::from_utf8(bytes.unwrap_or_else(|found| panic!("{found:?}"))).unwrap()
}

fn vote_page(at: &str, keys: &str) -> String {
    rendered(&world(at, keys), "/proposals/hubs/vote/")
}

/// What a page says of the changes since readers were asked: the words of its section, without tags.
fn since(page: &str) -> String {
    let section = page.split("<h2>What changed since you were last asked</h2>").nth(1).unwrap_or_default();
    let section = section.split("</section>").next().unwrap_or_default();
    let words = section.split('<').map(|tag| tag.split_once('>').map_or(tag, |(_, text)| text));
    words.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

const BEFORE: &str = "2022-01-05T12:00:00Z";
const AFTER: &str = "2022-02-01T12:00:00Z";

#[test]
fn what_changed_since_the_last_draft_that_was_asked_about_is_told() {
    let told = since(&vote_page(BEFORE, &format!("{ROUNDS}{VOTE}")));
    assert!(told.starts_with("Since Draft 1, which was the last to be out for comment: "), "{told}");
    assert!(told.contains("Six"), "{told}");
}

#[test]
fn a_round_counts_from_its_first_day_on() {
    let coming = format!("{ROUNDS}- {{round: 2, opens: 2021-11-10, closes: 2021-12-10}}\n{VOTE}");
    assert!(since(&vote_page("2021-11-09T12:00:00Z", &coming)).starts_with("Since Draft 1,"));
    for moment in ["2021-11-10T12:00:00Z", BEFORE] {
        assert_eq!(
            since(&vote_page(moment, &coming)),
            "Nothing: you were asked about Draft 2 itself. What had changed before that: Since Draft 1: 1 passage changed"
        );
    }
}

#[test]
fn readers_who_were_never_asked_are_told_nothing_of_it() {
    let page = vote_page(BEFORE, VOTE);
    assert!(page.contains("Exactly this text"));
    assert!(!page.contains("What changed since"));
}

#[test]
fn a_result_is_told_when_the_vote_is_over_and_as_narrowly_as_it_is() {
    let with = |result: &str| format!("{VOTE}  result: {result}\n");
    let page = |at: &str, result: &str| vote_page(at, &with(result));
    assert!(!page(BEFORE, "{for: 84, against: 31}").contains("What came of it"));
    assert!(page(AFTER, "{for: 84, against: 31}").contains("84 votes for it, 31 against: 73.0 per cent"));
    assert!(page(AFTER, "{for: 5001, against: 5000}").contains("50.005 per cent"));
    assert!(page(AFTER, "{for: 5000, against: 5000}").contains("50.0 per cent"));
    let nobody = page(AFTER, "{for: 0, against: 0}");
    assert!(nobody.contains("Nobody voted.") && !nobody.contains("<meter"));
}

#[test]
fn the_front_page_the_document_and_the_draft_lead_to_the_vote() {
    let expected = VOTE.split("opens:").next().unwrap().to_owned() + "expected: early 2022\n";
    for (keys, said) in [(VOTE, "The vote opens on 10 January 2022"), (&expected, "Vote expected: early 2022")] {
        let world = world(BEFORE, keys);
        let pages =
            [("/", "proposals/hubs/vote/"), ("/proposals/hubs/", "vote/"), ("/proposals/hubs/draft-2/", "../vote/")];
        for (address, href) in pages {
            let page = rendered(&world, address);
            assert!(page.contains(&format!("href=\"{href}\"")) && page.contains(said), "{address} with {keys}");
        }
        assert!(!rendered(&world, "/proposals/hubs/draft-1/").contains("put-to-vote"));
        assert!(rendered(&world, "/site.json").contains("\"address\": \"/proposals/hubs/vote/\""));
    }
}
