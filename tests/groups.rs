//! Whom the parts of a page concern: boxes around stretches of a text, attributes in a comparison, lists.

use greenpaper::path::Address;
use greenpaper::report::{self, Format};
use greenpaper::site::{Memo, Options, World};
use greenpaper::tree::Tree;
use std::sync::Arc;

const SITE: &str = "title = \"P\"\nbase_url = \"https://example.org\"\n[[groups]]\nname = \"medical\"\ntitle = \"Doctors\"\n\
    [[groups]]\nname = \"dental\"\ntitle = \"Dentists\"\n[rules]\naccessibility-statement = \"off\"\n";

fn world(files: &[(&str, &str)]) -> World {
    let tree: Tree = files.iter().copied().chain([("site.toml", SITE)]).collect();
    let options = Options::public("2021-10-01T12:00:00Z".parse().unwrap());
    let outcome = World::read(&tree, &options, &Arc::<Memo>::default());
    assert!(outcome.found.is_empty(), "{}", report::draw(&outcome.found, Format::Text, "", false));
    outcome.world.unwrap()
}

fn rendered(world: &World, address: &str) -> String {
    let bytes = world.render(&Address::new(address)).unwrap_or_else(|| panic!("nothing stands at {address}"));
    String::from_utf8(bytes.unwrap_or_else(|found| panic!("{found:?}"))).unwrap()
}

/// A site with a proposal of two drafts, whose front matter has more keys.
fn hubs(keys: &str, first: &str, second: &str) -> World {
    let index = format!("---\ntitle: Hubs\nsummary: S\nby: B\n{keys}---\n");
    let draft = |day: &str, text: &str| format!("---\npublished: {day}\nnote: N\n---\n\n{text}");
    let (first, second) = (draft("2021-08-01", first), draft("2021-09-01", second));
    let folder = "content/proposals/hubs";
    let paths = ["index.md", "draft-1.md", "draft-2.md"].map(|name| format!("{folder}/{name}"));
    world(&[(&paths[0], &index), (&paths[1], &first), (&paths[2], &second)])
}

/// What stands in a text, by a letter: headings `h` and paragraphs `p`; `[groups` and `]` are a box.
fn outline(html: &str) -> String {
    let text = html.split("id=\"at-text\"").nth(1).unwrap().split("<details").next().unwrap();
    let mut outline = String::new();
    let (mut boxes, mut depth) = (Vec::new(), 0);
    for tag in text.split('<').skip(1) {
        if tag.starts_with("div") {
            depth += 1;
            if let Some(groups) = tag.strip_prefix("div class=\"stretch\" data-for=\"") {
                boxes.push(depth);
                outline.push_str(&format!("[{} ", groups.split('"').next().unwrap()));
            }
        } else if tag.starts_with("/div") {
            if boxes.last() == Some(&depth) {
                boxes.pop();
                outline.push(']');
            }
            depth -= 1;
        } else if tag.starts_with("p class=\"for\"") {
            outline.push('!');
        } else if tag.starts_with("p>") {
            outline.push('p');
        } else if tag.starts_with('h') && tag[1..].starts_with(['2', '3', '4']) {
            outline.push('h');
        }
    }
    assert!(boxes.is_empty(), "a box stays open: {outline}");
    outline
}

#[track_caller]
fn check(text: &str, expected: &str) {
    let world = hubs("groups: medical\n", text, text);
    assert_eq!(outline(&rendered(&world, "/proposals/hubs/draft-2/")), expected, "{text}");
}

const DENTAL: &str = "<!-- for: dental -->";

#[test]
fn a_section_for_others_stands_in_a_box_below_its_heading() {
    check(&format!("a\n\n## A\n\n{DENTAL}\n\nb\n\nc\n\n## B\n\nd\n"), "ph![dental pp]hp");
    check(&format!("## A\n\n{DENTAL}\n\nb\n\n### C\n\nc\n"), "h![dental php]");
    check("## A\n\n<!-- for: dental, medical -->\n\nb\n", "h![medical dental p]");
}

#[test]
fn a_block_for_others_stands_in_a_box_with_the_line_before_it() {
    check(&format!("a\n\nb\n\n{DENTAL}\n\nc\n"), "p![dental p]p");
}

#[test]
fn a_heading_that_speaks_for_itself_begins_a_new_box() {
    check(&format!("## A\n\n{DENTAL}\n\nb\n\n## B\n\n{DENTAL}\n\nc\n"), "h![dental p]h![dental p]");
    check(&format!("## A\n\n{DENTAL}\n\n### B\n\n{DENTAL}\n\nc\n"), "h!h![dental p]");
}

#[test]
fn what_concerns_the_same_as_the_page_has_none() {
    check("## A\n\n<!-- for: medical -->\n\nb\n", "hp");
    check("## A\n\nb\n", "hp");
}

#[test]
fn comments_and_notes_leave_boxes_whole() {
    check(&format!("## A\n\n{DENTAL}\n\nb[^n]\n\n<!-- page 2 -->\n\nc\n\n[^n]: d\n\n<!-- e -->\n"), "h![dental pp]p");
}

/// The groups that the page of a comparison says each change concerns.
fn of_changes(html: &str) -> Vec<&str> {
    let lines = html.split("<li class=\"change-line").skip(1).map(|line| line.split('>').next().unwrap());
    lines.map(|tag| tag.split("data-for=\"").nth(1).map_or("", |groups| groups.split('"').next().unwrap())).collect()
}

#[test]
fn changes_concern_whom_their_section_in_the_newer_text_concerns() {
    let first = format!(
        "## A\n\n{DENTAL}\n\nSeven hubs have a room each.\n\n## B\n\nNo more than ten people may ask for it.\n"
    );
    let second = first.replace("Seven", "Eight").replace(DENTAL, "<!-- for: medical -->").replace("ten", "six");
    let world = hubs("", &first, &second);
    let html = rendered(&world, "/proposals/hubs/changes/draft-1/draft-2/");
    assert_eq!(of_changes(&html), ["medical", ""]);
    assert!(html.contains("<div class=\"change\" id=\"change.2\" data-for=\"medical\">"), "{html}");
}

#[test]
fn what_was_removed_concerns_whom_it_concerned() {
    let first =
        format!("## A\n\n{DENTAL}\n\nSeven hubs have a room each.\n\nNo more than ten people may ask.\n\n## B\n\nb\n");
    let world = hubs("", &first, &first.replace("No more than ten people may ask.\n\n", ""));
    let html = rendered(&world, "/proposals/hubs/changes/draft-1/draft-2/");
    assert_eq!(of_changes(&html), ["dental"]);
}

#[test]
fn a_paper_says_whom_it_concerns_and_what_it_means() {
    let means = "groups: [dental, medical]\nmeans_for:\n  dental: More rooms.\n";
    let text = format!("## A {{#a}}\n\n{DENTAL}\n\nb\n");
    let html = rendered(&hubs(means, &text, &text), "/proposals/hubs/");
    let boxes: Vec<_> =
        html.split("name=\"for\" value=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert_eq!(boxes, ["medical", "dental"]);
    assert!(html.contains("More rooms.") && html.contains("<a href=\"draft-2/#a\">A</a>"), "{html}");
    let silent = rendered(&hubs("", "a\n", "b\n"), "/proposals/hubs/");
    assert!(!silent.contains("name=\"for\""), "{silent}");
}

#[test]
fn a_strategy_shows_what_it_has_for_each_group() {
    let index = "---\ntitle: Care\nsummary: S\nby: B\n---\n";
    let chapter = format!("---\ntitle: People\n---\n\n## Teeth\n\n{DENTAL}\n\nb\n");
    let folder = "content/strategy/care";
    let paths = ["index.md", "draft-1/index.md", "draft-1/01-people.md"].map(|name| format!("{folder}/{name}"));
    let draft = "---\npublished: 2021-08-01\n---\n";
    let world = world(&[(&paths[0], index), (&paths[1], draft), (&paths[2], &chapter)]);
    let html = rendered(&world, "/strategy/care/");
    assert!(html.contains("<th scope=\"row\">Doctors</th><td>Nothing yet</td>"), "{html}");
    assert!(
        html.contains("<th scope=\"row\">Dentists</th><td><ul class=\"parts\">\n<li><a href=\"draft-1/people/#teeth\">Teeth</a></li>\n</ul></td>"),
        "{html}"
    );
    assert!(!rendered(&hubs("", "a\n", "b\n"), "/proposals/hubs/").contains("class=\"coverage\""));
}
