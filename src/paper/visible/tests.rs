//! What different readers see of the same sites, on different days.

use super::*;
use crate::paper::sample::{DRAFT, INDEX, archive, draft, read};

fn lens(at: &str, audience: &str) -> Lens {
    let audience = (!audience.is_empty()).then(|| audience.to_owned());
    Lens { at: at.parse().expect("a moment"), audience, unpublished: false }
}

fn public(at: &str) -> Lens {
    lens(&format!("{at}T00:00:00Z"), "")
}

fn preview(at: &str) -> Lens {
    Lens { unpublished: true, ..public(at) }
}

/// A proposal whose drafts have this front matter.
fn proposal(drafts: &[(&str, &str)]) -> Archive {
    let drafts: Vec<_> = drafts
        .iter()
        .map(|(name, keys)| (format!("content/proposals/a/{name}.md"), format!("---\n{keys}\n---\nText.\n")))
        .collect();
    let mut files: Vec<_> = drafts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    files.push(("content/proposals/a/index.md", INDEX));
    archive(&files)
}

/// The drafts that are seen, each as `name: follows / base`.
fn check(archive: &Archive, lens: &Lens, expected: &[&str]) {
    let site = archive.visible(lens);
    let drafts = site.document("proposals", "a").map(|document| document.drafts.values());
    let lines = drafts.into_iter().flatten().map(|draft| {
        let follows: Vec<_> = draft.follows.iter().map(ToString::to_string).collect();
        format!(
            "{}: {} / {}",
            draft.name,
            follows.join(" "),
            draft.base.as_ref().map_or("-".to_owned(), ToString::to_string)
        )
    });
    assert_eq!(lines.collect::<Vec<_>>(), expected, "{lens:?}");
}

fn path(path: &str) -> SitePath {
    SitePath::new("content").join(path)
}

#[test]
fn a_draft_is_seen_from_its_moment_on() {
    let archive =
        proposal(&[("draft-1", "published: 2021-08-05T09:00Z"), ("draft-2", "published: 2021-09-01"), ("draft-3", "")]);
    check(&archive, &lens("2021-08-05T08:59:59Z", ""), &[]);
    check(&archive, &lens("2021-08-05T09:00:00Z", ""), &["draft-1:  / -"]);
    check(&archive, &public("2021-09-01"), &["draft-1:  / -", "draft-2: draft-1 / draft-1"]);
    check(
        &archive,
        &preview("2021-08-01"),
        &["draft-1:  / -", "draft-2: draft-1 / draft-1", "draft-3: draft-2 / draft-2"],
    );
}

#[test]
fn a_draft_for_an_audience_is_seen_by_it_alone() {
    let archive =
        proposal(&[("draft-1", "published: 2021-08-05"), ("draft-2", "published: 2021-08-05\nvisible_to: [board]")]);
    let both: &[&str] = &["draft-1:  / -", "draft-2: draft-1 / draft-1"];
    check(&archive, &lens("2021-09-01T00:00:00Z", "board"), both);
    check(&archive, &lens("2021-09-01T00:00:00Z", "press"), &both[..1]);
    check(&archive, &public("2021-09-01"), &both[..1]);
    check(&archive, &preview("2021-09-01"), &both[..1]);
}

#[test]
fn a_document_for_an_audience_is_seen_by_it_alone() {
    let index = "---\ntitle: A\nsummary: B\nvisible_to: board\n---\n";
    let archive = archive(&[("content/proposals/a/index.md", index), ("content/proposals/a/draft-1.md", DRAFT)]);
    check(&archive, &lens("2021-09-01T00:00:00Z", "board"), &["draft-1:  / -"]);
    check(&archive, &public("2021-09-01"), &[]);
    let site = archive.visible(&public("2021-09-01"));
    assert!(
        site.withheld().contains(&path("proposals/a/index.md"))
            && site.withheld().contains(&path("proposals/a/draft-1.md"))
    );
    assert_eq!((site.source_of(&path("proposals/a/index.md")), site.documents().count()), (None, 0));
}

#[test]
fn withheld_predecessors_give_way_to_those_before_them() {
    let out = "published: 2021-08-05";
    let archive = proposal(&[
        ("draft-1-option-a", out),
        ("draft-1-option-b", out),
        ("draft-2-option-a", "follows: draft-1-option-a"),
        ("draft-2-option-b", "follows: [draft-1-option-b, draft-1-option-a]"),
        ("draft-3", "published: 2021-08-05\nbase: draft-2-option-b"),
    ]);
    check(
        &archive,
        &public("2021-09-01"),
        &[
            "draft-1-option-a:  / -",
            "draft-1-option-b:  / -",
            "draft-3: draft-1-option-a draft-1-option-b / draft-1-option-b",
        ],
    );
}

#[test]
fn a_base_without_ancestors_that_are_seen_gives_way_to_the_first_followed() {
    let archive = proposal(&[
        ("draft-1-option-a", ""),
        ("draft-1-option-b", "published: 2021-08-05"),
        ("draft-2", "published: 2021-08-05\nbase: draft-1-option-a"),
    ]);
    check(&archive, &public("2021-09-01"), &["draft-1-option-b:  / -", "draft-2: draft-1-option-b / draft-1-option-b"]);
    let alone = proposal(&[("draft-1", ""), ("draft-2", ""), ("draft-3", "published: 2021-08-05")]);
    check(&alone, &public("2021-09-01"), &["draft-3:  / -"]);
}

#[test]
fn rounds_are_seen_with_their_drafts_or_their_dates() {
    let index = "---\ntitle: A\nsummary: B\nrounds:\n  - round: 1\n  - round: 3\n    opens: 2021-12-01\n---\n";
    let archive = archive(&[
        ("content/proposals/a/index.md", index),
        ("content/proposals/a/draft-1.md", DRAFT),
        ("content/proposals/a/draft-2.md", ""),
        ("content/proposals/a/draft-3.md", ""),
    ]);
    let rounds = |lens: &Lens| {
        let site = archive.visible(lens);
        site.document("proposals", "a").map(|a| a.rounds.keys().copied().collect::<Vec<_>>())
    };
    assert_eq!(rounds(&public("2021-09-01")), Some(vec![1, 3]));
    assert_eq!(rounds(&preview("2021-09-01")), Some(vec![1, 2, 3]));
}

#[test]
fn chapters_are_numbered_as_they_are_seen() {
    let archive = archive(&[
        ("content/strategy/a/index.md", INDEX),
        ("content/strategy/a/draft-1/index.md", DRAFT),
        ("content/strategy/a/draft-1/01-aims.md", "---\ntitle: Aims\nvisible_to: board\n---\n"),
        ("content/strategy/a/draft-1/02-costs.md", "---\ntitle: Costs\n---\n"),
    ]);
    let chapters = |lens: &Lens| {
        let site = archive.visible(lens);
        let chapters =
            site.document("strategy", "a").and_then(|a| a.newest().next().map(|draft| draft.chapters.clone()));
        chapters
            .unwrap_or_default()
            .iter()
            .map(|chapter| format!("{} {}", chapter.number, chapter.name))
            .collect::<Vec<_>>()
    };
    assert_eq!(chapters(&public("2021-09-01")), ["1 costs"]);
    assert_eq!(chapters(&lens("2021-09-01T00:00:00Z", "board")), ["1 aims", "2 costs"]);
    let site = archive.visible(&public("2021-09-01"));
    assert!(site.withheld().contains(&path("strategy/a/draft-1/01-aims.md")));
    assert_eq!(site.source_of(&path("strategy/a/draft-1/01-aims.md")), None);
    let owner = Owner::Chapter {
        section: "strategy".into(),
        name: "a".into(),
        draft: draft("draft-1"),
        chapter: "costs".into(),
    };
    assert_eq!(site.source_of(&path("strategy/a/draft-1/02-costs.md")), Some(&owner));
}

#[test]
fn figures_go_with_what_they_belong_to() {
    let archive = archive(&[
        ("content/logo.svg", ""),
        ("content/proposals/a/index.md", INDEX),
        ("content/proposals/a/draft-1.md", DRAFT),
        ("content/proposals/a/figures/hubs.svg", ""),
        ("content/proposals/a/draft-2/index.md", ""),
        ("content/proposals/a/draft-2/new.svg", ""),
        ("content/proposals/b/index.md", INDEX),
        ("content/proposals/b/draft-1.md", ""),
        ("content/proposals/b/plan.svg", ""),
    ]);
    let site = archive.visible(&public("2021-09-01"));
    let files: Vec<_> = site.files().keys().map(SitePath::name).collect();
    assert_eq!(files, ["logo.svg", "hubs.svg"]);
    let withheld: Vec<_> = site.withheld().iter().map(SitePath::as_str).collect();
    let all = ["a/draft-2/index.md", "a/draft-2/new.svg", "b/draft-1.md", "b/index.md", "b/plan.svg"];
    assert_eq!(withheld, all.map(|file| format!("content/proposals/{file}")));
    assert_eq!(site.document("proposals", "a").map(|a| a.figures.len()), Some(1));
}

#[test]
fn an_answer_to_a_withheld_letter_does_not_name_it() {
    let letter = |keys: &str| format!("---\ntitle: A\nfrom: B\nto: C\ndate: 2021-08-01\n{keys}\n---\n");
    let (first, second) = (letter("published: 2021-08-05"), letter("published: 2021-08-01\nreplies_to: first.md"));
    let archive = archive(&[("content/letters/first.md", &first), ("content/letters/second.md", &second)]);
    let answered = |at| {
        let site = archive.visible(&public(at));
        site.document("letters", "second").and_then(|document| document.letter.as_ref()?.replies_to.clone())
    };
    assert_eq!(answered("2021-08-02"), None);
    assert_eq!(answered("2021-08-06"), Some(path("letters/first.md")));
}

#[test]
fn every_markdown_file_has_an_owner() {
    let page = "---\ntitle: A\n---\n";
    let archive = archive(&[
        ("content/index.md", page),
        ("content/pages/about.md", page),
        ("content/updates/news.md", "---\ntitle: A\nby: B\ndate: 2021-08-05\npublished: 2021-08-05\n---\n"),
        ("content/proposals/a/index.md", INDEX),
        ("content/proposals/a/draft-1.md", DRAFT),
    ]);
    let site = archive.visible(&public("2021-09-01"));
    let own = |file: &str| site.source_of(&path(file)).cloned();
    let (section, name) = ("proposals".to_owned(), "a".to_owned());
    assert_eq!(own("index.md"), Some(Owner::Front));
    assert_eq!(own("pages/about.md"), Some(Owner::Page { section: "pages".into(), name: "about".into() }));
    assert_eq!(own("updates/news.md"), Some(Owner::Document { section: "updates".into(), name: "news".into() }));
    assert_eq!(own("proposals/a/index.md"), Some(Owner::Document { section: section.clone(), name: name.clone() }));
    assert_eq!(own("proposals/a/draft-1.md"), Some(Owner::Draft { section, name, draft: draft("draft-1") }));
    assert!(site.front().is_some());
    assert_eq!((site.pages().count(), site.documents().count(), site.section("pages").count()), (1, 2, 1));
}

#[test]
fn the_next_change_is_one_that_the_audience_will_see() {
    let archive = proposal(&[
        ("draft-1", "published: 2021-08-05"),
        ("draft-2", "published: 2021-09-01\nvisible_to: board"),
        ("draft-3", "published: 2021-10-01"),
    ]);
    let next = |lens: &Lens| archive.next_change(lens).map(|at| at.to_string());
    assert_eq!(next(&public("2021-08-01")).as_deref(), Some("2021-08-05T00:00:00Z"));
    assert_eq!(next(&public("2021-08-05")).as_deref(), Some("2021-10-01T00:00:00Z"));
    assert_eq!(next(&lens("2021-08-06T00:00:00Z", "board")).as_deref(), Some("2021-09-01T00:00:00Z"));
    assert_eq!(next(&public("2021-10-01")), None);
}

#[test]
fn what_is_shown_before_its_time_can_be_told() {
    let archive =
        proposal(&[("draft-1", "published: 2021-08-05"), ("draft-2", "published: 2021-09-01"), ("draft-3", "")]);
    let site = archive.visible(&preview("2021-08-10"));
    let document = site.document("proposals", "a").expect("a document");
    let early: Vec<_> = document.drafts.values().map(|draft| site.is_unpublished(document, draft)).collect();
    assert_eq!(early, [false, true, true]);
    assert!(site.lens().unpublished);
}

#[test]
fn what_cannot_be_read_is_withheld_and_known_as_reported() {
    let bad = "---\npublished: 2021-08-05\nvisible_to: {board: 1}\n---\n";
    let (archive, found) = read(&[
        ("content/proposals/a/index.md", INDEX),
        ("content/proposals/a/draft-1.md", bad),
        ("content/proposals/a/draft-2.md", "---\npublished: soon\n---\n"),
        ("content/proposals/a/draft_3.md", DRAFT),
    ]);
    assert_eq!(found.len(), 3, "{found:#?}");
    let site = archive.visible(&public("2021-09-01"));
    assert_eq!(site.documents().count(), 0);
    for file in ["index.md", "draft-1.md", "draft-2.md", "draft_3.md"] {
        assert!(site.is_reported(&path("proposals/a").join(file)), "{file}");
    }
}

#[test]
fn a_lone_file_for_an_audience_is_seen_by_it() {
    let letter =
        "---\ntitle: A\nfrom: B\nto: C\ndate: 2021-08-05\npublished: 2021-08-05\nvisible_to: board\n---\nText.\n";
    let page = "---\ntitle: A\nvisible_to: [board]\n---\nText.\n";
    let archive = archive(&[("content/letters/a.md", letter), ("content/pages/b.md", page)]);
    let seen = |lens: &Lens| {
        let site = archive.visible(lens);
        (site.documents().count(), site.pages().count())
    };
    assert_eq!(seen(&lens("2021-09-01T00:00:00Z", "board")), (1, 1));
    assert_eq!(seen(&public("2021-09-01")), (0, 0));
    assert!(archive.unsettled.is_empty(), "{:?}", archive.unsettled);
}

/// What a reader sees of the vote on draft 2, of the response to round 1 and of the link of its event.
fn told(archive: &Archive, lens: &Lens) -> (Option<String>, bool, Option<SitePath>, bool) {
    let site = archive.visible(lens);
    let document = site.document("proposals", "a").expect("a document");
    let vote = document.consultation.vote.clone().expect("a vote");
    let round = document.rounds.get(&1).cloned().unwrap_or_default();
    let linked = round.events.iter().filter(|event| event.link.is_some()).count();
    (vote.draft.map(|draft| draft.to_string()), vote.result.is_some(), round.response, linked == 2)
}

fn voted() -> Archive {
    let index = "---\ntitle: A\nsummary: B\nvote:\n  draft: draft-2\n  how: H\n  who: W\n  threshold: T\n  opens: 2021-10-01\n  \
                 closes: 2021-10-10\n  result: {for: 2, against: 1}\nrounds:\n  - round: 1\n    response: ../../updates/answer.md\n    events:\n      \
                 - {date: 2021-08-05, what: A, link: ../../updates/answer.md}\n      - {date: 2021-08-05, what: B, link: https://example.org}\n---\n";
    archive(&[
        ("content/proposals/a/index.md", index),
        ("content/proposals/a/draft-1.md", DRAFT),
        ("content/proposals/a/draft-2.md", "---\npublished: 2021-09-01\n---\nText.\n"),
        ("content/updates/answer.md", "---\ntitle: A\nby: B\ndate: 2021-09-10\npublished: 2021-09-15\n---\nText.\n"),
    ])
}

#[test]
fn a_vote_shows_no_draft_that_may_not_be_seen_and_no_result_before_its_end() {
    let archive = voted();
    let draft = Some("draft-2".to_owned());
    let vote = |lens: &Lens| {
        let (draft, result, ..) = told(&archive, lens);
        (draft, result)
    };
    assert_eq!(vote(&public("2021-08-31")), (None, false));
    assert_eq!(vote(&public("2021-09-01")), (draft.clone(), false));
    assert_eq!(vote(&lens("2021-10-10T23:59:59Z", "")), (draft.clone(), false));
    assert_eq!(vote(&preview("2021-10-10")), (draft.clone(), false));
    assert_eq!(vote(&public("2021-10-11")), (draft, true));
}

#[test]
fn a_response_that_may_not_be_seen_is_not_there_yet() {
    let archive = voted();
    let response = |lens: &Lens| {
        let (_, _, response, linked) = told(&archive, lens);
        (response, linked)
    };
    let answer = Some(path("updates/answer.md"));
    assert_eq!(response(&public("2021-09-14")), (None, false));
    assert_eq!(response(&public("2021-09-15")), (answer.clone(), true));
    assert_eq!(response(&preview("2021-09-01")), (answer, true));
}

#[test]
fn the_end_of_a_vote_with_a_result_is_a_change() {
    let next = |at| voted().next_change(&public(at)).map(|at| at.to_string());
    assert_eq!(next("2021-09-15").as_deref(), Some("2021-10-11T00:00:00Z"));
    assert_eq!(next("2021-10-11"), None);
}

#[test]
fn the_day_on_which_a_file_was_published_is_told_of_what_may_be_seen() {
    let archive = voted();
    let day = |at, file: &str| archive.visible(&public(at)).published_on(&path(file)).map(|day| day.to_string());
    assert_eq!(day("2021-09-14", "updates/answer.md"), None);
    assert_eq!(day("2021-09-15", "updates/answer.md").as_deref(), Some("2021-09-15"));
    assert_eq!(day("2021-09-15", "proposals/a/draft-2.md").as_deref(), Some("2021-09-01"));
    assert_eq!(day("2021-09-15", "proposals/a/index.md").as_deref(), Some("2021-08-05"));
    assert_eq!(day("2021-09-15", "nowhere.md"), None);
}
