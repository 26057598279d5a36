//! Days across a site: the timetable, the calendar and feeds tell the same, and rebuilding on another day
//! changes none of them without need.

use greenpaper::path::Address;
use greenpaper::report::{self, Format};
use greenpaper::site::{Memo, Options, World};
use greenpaper::tree::Tree;
use std::collections::BTreeSet;
use std::sync::Arc;

const SITE: &str = "title = \"Papers; drafts, and \\\\ more\"\nbase_url = \"https://example.org/papers\"\n\
                    timezone = \"Europe/London\"\nlang = \"en-GB\"\n\
                    [rules]\naccessibility-statement = \"off\"\n";

/// Days at the ends of years, on a leap day and on the days on which clocks change; titles that have to be escaped.
const INDEX: &str = "---
title: 'Hubs, forums; and \\ \"more\" 💊 & <others>, in a title that is long enough to be folded more than once'
summary: A plan.
rounds:
  - round: 1
    opens: 2023-12-31
    closes: 2024-02-29
    extended_because: A post strike, two weeks long.
    events:
      - {date: 2024-01-01, what: 'Drop-in hour; noon, by video'}
      - {date: 2024-01-08, what: 'Drop-in hour; noon, by video', link: 'https://example.org/video?a=1&b=2'}
    response_due: 2024-03-30
    response: draft-2.md
  - round: 2
    opens: 2024-03-31
    closes: 2024-10-27
    events:
      - {date: 2024-06-03, what: A hearing}
    response_due: 2024-12-31
vote:
  draft: draft-2
  how: On paper.
  who: Everybody.
  threshold: Half.
  opens: 2024-11-01
  closes: 2024-12-31
  result: {for: 1204, against: 310, eligible: 4000}
milestones:
  - {date: 2025-02-28, what: The hubs open}
  - {expected: spring 2025, what: The forums meet}
---
";

const TEXTS: &[(&str, &str)] = &[
    ("content/proposals/hubs/draft-1.md", "---\npublished: 2023-12-31\n---\n\nA hub.\n"),
    (
        "content/proposals/hubs/draft-2.md",
        "---\npublished: 2024-03-31\nnote: \"One line.\\nAnother\\u0008 <b>]]></b>\"\nstatus: adopted\n---\n\nTwo hubs.\n",
    ),
    (
        "content/letters/2024-05-01-a.md",
        "---\ntitle: A letter\nsummary: S.\nfrom: A\nto: B\ndate: 2024-05-01\npublished: 2024-05-01T23:30:00Z\n---\n\nDear all\n",
    ),
    (
        "content/updates/2024-12-31-b.md",
        "---\ntitle: An update\nsummary: S.\nby: A\ndate: 2024-12-31\npublished: 2024-12-31\n---\n\nNews.\n",
    ),
];

/// A template of the site's own that prints one line for each entry of the timetable.
const THEME: &[(&str, &str)] = &[(
    "themes/default/templates/changes.html",
    "{% for day in coming %}{% for event in day.events %}coming|{{ day.day.iso }}|{{ event.link.text | safe }}|{% if event.document %}{{ event.document.text | safe }}{% endif %}\n{% endfor %}{% endfor %}\
         {% for day in expected %}{% for event in day.events %}expected|{{ day.expected }}|{{ event.link.text | safe }}|{% if event.document %}{{ event.document.text | safe }}{% endif %}\n{% endfor %}{% endfor %}\
         {% for day in past %}{% for event in day.events %}past|{{ day.day.iso }}|{{ event.link.text | safe }}|{% if event.document %}{{ event.document.text | safe }}{% endif %}\n{% endfor %}{% endfor %}",
)];

fn world(day: &str, base_url: Option<&str>) -> World {
    let own = [("site.toml", SITE), ("content/proposals/hubs/index.md", INDEX)];
    read(&own.iter().chain(TEXTS).chain(THEME).copied().collect(), day, base_url)
}

fn read(tree: &Tree, day: &str, base_url: Option<&str>) -> World {
    let options = Options {
        base_url: base_url.map(str::to_owned),
        ..Options::public(format!("{day}T12:00:00Z").parse().unwrap())
    };
    let outcome = World::read(tree, &options, &Arc::<Memo>::default());
    assert!(outcome.found.is_empty(), "{}", report::draw(&outcome.found, Format::Text, "", false));
    outcome.world.unwrap()
}

fn text(world: &World, address: &str) -> String {
    let bytes = world.render(&Address::new(address)).unwrap_or_else(|| panic!("nothing stands at {address}"));
    String::from_utf8(bytes.unwrap_or_else(|found| panic!("{}", report::draw(&found, Format::Text, "", false))))
        .unwrap()
}

/// The entries of a calendar, each with its properties, unfolded and unescaped.
fn entries(calendar: &str) -> Vec<Vec<(String, String)>> {
    let unfolded = calendar.replace("\r\n ", "");
    let inside = unfolded.split("BEGIN:VEVENT\r\n").skip(1).filter_map(|rest| rest.split("END:VEVENT").next());
    let property = |line: &str| {
        let (name, value) = line.split_once(':').unwrap();
        let value = value.replace("\\n", "\n").replace("\\,", ",").replace("\\;", ";").replace("\\\\", "\\");
        (name.to_owned(), value)
    };
    inside.map(|entry| entry.lines().map(property).collect()).collect()
}

fn value<'e>(entry: &'e [(String, String)], name: &str) -> &'e str {
    entry.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str()).unwrap_or_else(|| panic!("no {name}"))
}

/// Each entry of the calendar as the timetable tells it: day, words.
fn of_calendar(world: &World) -> BTreeSet<String> {
    let calendar = text(world, "/calendar.ics");
    let line =
        |entry: &Vec<(String, String)>| format!("{} {}", value(entry, "DTSTART;VALUE=DATE"), value(entry, "SUMMARY"));
    entries(&calendar).iter().map(line).collect()
}

/// Each entry of the timetable that has a day as the calendar tells it.
fn of_timetable(world: &World) -> BTreeSet<String> {
    let page = text(world, "/changes/");
    let lines = page.lines().map(|line| line.split('|').collect::<Vec<_>>()).filter(|cells| cells[0] != "expected");
    let line = |cells: Vec<&str>| {
        let summary = match cells[3] {
            "" if cells[2] == "A letter" => format!("Letter: {}", cells[2]),
            "" => format!("Update: {}", cells[2]),
            document => format!("{}: {document}", cells[2]),
        };
        format!("{} {summary}", cells[1].replace('-', ""))
    };
    lines.map(line).collect()
}

#[test]
fn the_timetable_and_the_calendar_tell_the_same_on_every_day() {
    for (day, count) in [("2024-01-05", 13), ("2024-06-01", 16), ("2025-01-01", 18), ("2025-06-01", 18)] {
        let world = world(day, None);
        let (calendar, timetable) = (of_calendar(&world), of_timetable(&world));
        assert_eq!(calendar, timetable, "{day}");
        assert_eq!(calendar.len(), count, "{day}: {calendar:#?}");
    }
}

#[test]
fn dates_to_know_are_those_of_the_newest_round_with_a_draft_and_what_else_is_to_happen() {
    let told = |day: &str| {
        let page = text(&world(day, None), "/proposals/hubs/");
        let own = page.split("<section class=\"dates\">").nth(1).and_then(|rest| rest.split("</section>").next());
        let own = own.unwrap_or_else(|| panic!("no dates to know on {day}")).to_owned();
        ["Drop-in hour; noon", "A hearing", "The hubs open", "The forums meet"].map(|words| own.matches(words).count())
    };
    assert_eq!(told("2024-01-05"), [2, 0, 1, 1]);
    assert_eq!(told("2024-03-30"), [2, 0, 1, 1]);
    assert_eq!(told("2024-03-31"), [0, 1, 1, 1]);
}

#[test]
fn days_are_ahead_until_they_are_over() {
    let told = |day: &str, words: &str| {
        let page = text(&world(day, None), "/changes/");
        let line = page.lines().find(|line| line.contains(words)).unwrap_or_default();
        line.split('|').take(2).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(told("2024-02-29", "Last day for comments on round 1"), "coming 2024-02-29");
    assert_eq!(told("2024-03-01", "Last day for comments on round 1"), "past 2024-02-29");
    assert_eq!(told("2024-03-30", "Round 2 opens"), "coming 2024-03-31");
    assert_eq!(told("2024-03-31", "Round 2 opens"), "past 2024-03-31");
    assert_eq!(told("2024-03-31", "The forums meet"), "expected spring 2025");
    assert_eq!(told("2024-12-31", "Last day to vote"), "coming 2024-12-31");
    assert_eq!(told("2024-12-31", "Result of the vote"), "");
    assert_eq!(told("2025-01-01", "Result of the vote: 1,204 for, 310 against"), "past 2025-01-01");
}

#[test]
fn a_response_that_came_late_or_not_leaves_the_promise_standing() {
    let page = text(&world("2025-01-02", None), "/changes/");
    assert!(page.contains("past|2024-03-30|Response to round 1 due|"), "{page}");
    assert!(page.contains("past|2024-03-31|Response to round 1 published|"), "{page}");
    assert!(page.contains("past|2024-12-31|Response to round 2 due|"), "{page}");
}

#[test]
fn a_day_is_an_entry_of_one_day_with_all_that_a_calendar_asks_for() {
    let calendar = text(&world("2025-06-01", None), "/calendar.ics");
    assert!(calendar.contains("X-WR-CALNAME:Papers\\; drafts\\, and \\\\ more\r\n"), "{calendar}");
    assert!(calendar.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')), "{calendar}");
    let entries = entries(&calendar);
    let find = |words: &str| entries.iter().find(|entry| value(entry, "SUMMARY").starts_with(words)).unwrap();
    let check = |words: &str, start: &str, end: &str| {
        let entry = find(words);
        assert_eq!((value(entry, "DTSTART;VALUE=DATE"), value(entry, "DTEND;VALUE=DATE")), (start, end), "{words}");
    };
    check("Draft 1 published", "20231231", "20240101");
    check("Last day for comments on round 1", "20240229", "20240301");
    check("Round 2 opens", "20240331", "20240401");
    check("Last day for comments on round 2", "20241027", "20241028");
    // 23:30 in Greenwich is the next day in London.
    check("Letter: A letter", "20240502", "20240503");
    let closes = find("Last day for comments on round 1");
    assert!(value(closes, "SUMMARY").ends_with(
        ": Hubs, forums; and \\ \"more\" 💊 & <others>, in a title that is long enough to be folded more than once"
    ));
    assert_eq!(value(closes, "UID"), "https://example.org/papers/proposals/hubs/#round-1-closes");
    assert_eq!(value(closes, "URL"), "https://example.org/papers/proposals/hubs/");
    assert_eq!(value(closes, "CATEGORIES"), "Comments");
    assert!(value(closes, "DESCRIPTION").starts_with("A post strike, two weeks long.\n"));
    assert_eq!(value(find("Result"), "DTSTAMP"), "20250101T000000Z");
    assert!(value(find("Result"), "DESCRIPTION").starts_with("Draft 2: Adopted. Turnout: 37.9%.\n"));
    let drop_ins = entries.iter().filter(|entry| value(entry, "SUMMARY").starts_with("Drop-in hour; noon, by video"));
    let drop_ins: Vec<_> = drop_ins.map(|entry| (value(entry, "UID"), value(entry, "URL"))).collect();
    assert_eq!(drop_ins[1].0, format!("{}-2", drop_ins[0].0));
    assert_eq!(drop_ins[1].1, "https://example.org/video?a=1&b=2");
    let ids: BTreeSet<_> = entries.iter().map(|entry| value(entry, "UID")).collect();
    assert_eq!(ids.len(), entries.len());
}

#[test]
fn another_day_changes_no_byte_of_feeds_and_calendar_while_nothing_is_published() {
    let (before, after) = (world("2024-06-01", None), world("2024-10-27", None));
    for address in ["/calendar.ics", "/feed.xml", "/proposals/hubs/feed.xml", "/sitemap.xml"] {
        assert_eq!(text(&before, address), text(&after, address), "{address}");
    }
}

#[test]
fn the_site_says_when_its_timetable_turns() {
    let next = |day: &str| {
        text(&world(day, None), "/site.json")
            .lines()
            .find(|line| line.contains("next_rebuild"))
            .unwrap()
            .trim()
            .to_owned()
    };
    assert_eq!(next("2024-01-01"), "\"next_rebuild\": \"2024-01-02T00:00:00Z\",");
    assert_eq!(next("2024-10-01"), "\"next_rebuild\": \"2024-10-28T00:00:00Z\",");
    assert_eq!(next("2025-01-02"), "\"next_rebuild\": \"2025-03-01T00:00:00Z\",");
    assert_eq!(next("2025-03-01"), "\"next_rebuild\": null,");
}

#[test]
fn feeds_tell_of_drafts_responses_and_results() {
    let world = world("2025-06-01", None);
    let ids = |address: &str| {
        let feed = text(&world, address);
        let entries = feed.split("<entry").skip(1).map(str::to_owned);
        entries
            .map(|entry| entry.split("<id>").nth(1).unwrap().split("</id>").next().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    let own = [
        "https://example.org/papers/proposals/hubs/#vote-result",
        "https://example.org/papers/proposals/hubs/#round-1-response",
        "https://example.org/papers/proposals/hubs/draft-2/",
        "https://example.org/papers/proposals/hubs/draft-1/",
    ];
    assert_eq!(ids("/proposals/hubs/feed.xml"), own);
    let all = ids("/feed.xml");
    assert!(own.iter().all(|id| all.iter().any(|known| known == id)), "{all:?}");
    assert_eq!(all.len(), 6);
    let feed = text(&world, "/proposals/hubs/feed.xml");
    assert!(feed.contains("<p>1\u{a0}passage added, 1\u{a0}removed</p>"), "{feed}");
    assert!(feed.contains("<p>Open for comments from 31 March 2024 to the end of 27 October 2024</p>"), "{feed}");
    assert!(feed.contains("<category term=\"draft\" label=\"Draft\"/>"), "{feed}");
    // Marks of an author's own end no passage of the feed.
    assert_eq!(feed.matches("]]>").count(), 4, "{feed}");
    assert!(!feed.contains('\u{8}'));
}

/// A paper in chapters, one of which stayed the same to the letter; and one that came back to its first text.
const KEPT: &[(&str, &str)] = &[
    ("content/strategy/care/index.md", "---\ntitle: Care\nsummary: S.\n---\n"),
    ("content/strategy/care/draft-1/index.md", "---\npublished: 2024-01-01\n---\n"),
    ("content/strategy/care/draft-1/01-kept.md", "---\ntitle: Kept\n---\n\nThe same words.\n"),
    ("content/strategy/care/draft-1/02-edited.md", "---\ntitle: Edited\n---\n\nThese words.\n"),
    ("content/strategy/care/draft-1/03-renamed.md", "---\ntitle: Old name\n---\n\nThe same words.\n"),
    ("content/strategy/care/draft-2/index.md", "---\npublished: 2024-02-01\nnote: N.\n---\n"),
    ("content/strategy/care/draft-2/01-edited.md", "---\ntitle: Edited\n---\n\nThose words.\n"),
    ("content/strategy/care/draft-2/02-kept.md", "---\ntitle: Kept\n---\n\nThe same words.\n"),
    ("content/strategy/care/draft-2/03-renamed.md", "---\ntitle: New name\n---\n\nThe same words.\n"),
];

#[test]
fn search_engines_are_sent_on_only_to_a_page_that_says_the_same() {
    let tree: Tree = [("site.toml", SITE)].iter().chain(KEPT).copied().collect();
    let world = read(&tree, "2024-06-01", None);
    let check = |address: &str, expected: &str| {
        let page = text(&world, &format!("/strategy/care/{address}"));
        let noindex = page.contains("<meta name=\"robots\" content=\"noindex\">");
        let canonical = page.split("<link rel=\"canonical\" href=\"https://example.org/papers/strategy/care/").nth(1);
        let canonical = canonical.and_then(|rest| rest.split('"').next());
        let found = canonical.map_or("none".to_owned(), |canonical| format!("/{canonical}"));
        assert_eq!(format!("{found}{}", if noindex { " noindex" } else { "" }), expected, "{address}");
    };
    check("draft-1/kept/", "/draft-2/kept/");
    check("draft-1/edited/", "none noindex");
    check("draft-1/renamed/", "none noindex");
    check("draft-1/", "none noindex");
    check("draft-1/all/", "none noindex");
    check("draft-2/kept/", "/draft-2/kept/");
    check("draft-2/all/", "/draft-2/all/");
    check("latest/", "/draft-2/");
    check("changes/draft-1/draft-2/", "none noindex");
    check("changes/draft-1/draft-2/kept/", "none noindex");
    let sitemap = text(&world, "/sitemap.xml");
    assert!(sitemap.contains("/draft-2/kept/") && !sitemap.contains("/draft-1/") && !sitemap.contains("/latest/"));
}

#[test]
fn shared_links_say_what_they_lead_to() {
    let tree: Tree = [("site.toml", SITE)].iter().chain(KEPT).copied().collect();
    let world = read(&tree, "2024-06-01", None);
    let article = text(&world, "/strategy/care/draft-2/kept/");
    for tag in [
        "<meta property=\"og:type\" content=\"article\">",
        "<meta property=\"og:locale\" content=\"en_GB\">",
        "<meta property=\"og:url\" content=\"https://example.org/papers/strategy/care/draft-2/kept/\">",
        "<meta property=\"article:published_time\" content=\"2024-02-01T00:00:00Z\">",
        "title=\"Care\" href=\"../../feed.xml\">",
    ] {
        assert!(article.contains(tag), "{tag}");
    }
    let list = text(&world, "/strategy/");
    assert!(list.contains("og:type\" content=\"website\"") && !list.contains("article:published_time"));
    assert!(!article.contains("og:image") && !list.contains("title=\"Care\""));
}

#[test]
fn without_an_address_of_the_site_there_is_no_calendar_and_no_feed() {
    let world = world("2024-06-01", Some(""));
    for address in ["/calendar.ics", "/feed.xml", "/proposals/hubs/feed.xml", "/sitemap.xml"] {
        assert!(world.render(&Address::new(address)).is_none(), "{address}");
    }
}
