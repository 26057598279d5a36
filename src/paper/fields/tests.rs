//! Front matter that is right, and front matter as people get it wrong.

use crate::paper::sample::check;

/// Findings in a draft with this front matter, as `line:column rule: message; hint`.
fn in_draft(keys: &str, expected: &[&str]) {
    in_file("content/proposals/a/draft-1.md", &format!("---\n{keys}\n---\nText.\n"), expected);
}

/// Findings in a lone proposal with this front matter.
fn in_lone(keys: &str, expected: &[&str]) {
    in_file("content/proposals/b.md", &format!("---\n{keys}\n---\nText.\n"), expected);
}

fn in_file(path: &str, text: &str, expected: &[&str]) {
    let expected: Vec<_> =
        expected.iter().map(|line| format!("{}:{line}", path.trim_start_matches("content/"))).collect();
    let index = "---\ntitle: A\nsummary: B\n---\n";
    check(
        &[("content/proposals/a/index.md", index), (path, text)],
        &expected.iter().map(String::as_str).collect::<Vec<_>>(),
    );
}

#[test]
fn front_matter_that_is_right_has_no_findings() {
    in_draft("title: Hubs\npublished: 2021-08-05T09:00+01:00\nstatus: final\nvisible_to: board", &[]);
    in_draft("title: 2021\nvisible_to: [board, press]\nnote: |\n  One: two.\n\n  Three.", &[]);
    in_draft("published:\nstatus:\nnote:", &[]);
    in_lone("title: \"Hubs: a plan\"\nsummary: B  # remark\nnumbered: false\ncontact: a@example.org\nlang: en-GB", &[]);
    in_file(
        "content/proposals/a/draft-1.md",
        "\u{feff}---\r\npublished: 2021-08-05\r\nnote: |\r\n  One.\r\n---\r\nText.\r\n",
        &[],
    );
    in_file("content/proposals/a/draft-1.md", "Text without front matter.\n", &[]);
}

#[test]
fn an_unknown_key_is_told_what_it_was_meant_for_or_where_it_belongs() {
    in_draft(
        "Published: 2021-08-05",
        &["2:1 unknown-key: unknown key `Published` in a draft; did you mean `published`?"],
    );
    in_draft(
        "status because: x",
        &["2:1 unknown-key: unknown key `status because` in a draft; did you mean `status_because`?"],
    );
    in_draft(
        "weather: fine",
        &["2:1 unknown-key: unknown key `weather` in a draft; known keys are title, summary, note"],
    );
    in_draft(
        "contact: a@b.c",
        &["2:1 unknown-key: unknown key `contact` in a draft; `contact` belongs in the index.md of a proposal"],
    );
    in_file(
        "content/strategy/s/draft-1/01-a.md",
        "---\ntitle: A\nfollows: draft-1\n---\n",
        &[
            "1:1 missing-index",
            "1:1 missing-index",
            "3:1 unknown-key: unknown key `follows` in a chapter; `follows` belongs in a draft",
        ],
    );
}

#[test]
fn every_fault_of_a_file_is_found() {
    in_draft(
        "title: Hubs: a plan\nsummary: \"Unclosed\npublished: 5 August 2021\nstatus: lost\nnote: [a]\nwho: me",
        &[
            "2:12 yaml-syntax: a value that holds a colon stands without quotation marks; put the value in quotation marks: title: \"Hubs: a plan\"",
            "3:10 yaml-syntax: the quotation mark that opens here is never closed",
            "4:12 bad-date: `published`: `5 August 2021` is not a date or a moment; write 2021-08-05",
            "5:9 bad-value: unknown status `lost`; a status is one of final, adopted",
            "6:7 bad-value: `note` must be a text, not a list; write one value after the colon",
            "7:1 unknown-key: unknown key `who`",
        ],
    );
}

#[test]
fn a_key_stands_once() {
    in_draft(
        "note: A\nsummary: B\nnote: C",
        &["4:1 duplicate-key: `note` stands here a second time; keep this one or the one in line 2"],
    );
}

#[test]
fn required_keys_are_there_and_say_something() {
    in_lone(
        "title: A",
        &[
            "1:1 missing-key: a proposal or strategy in one file needs the key `summary`; write `summary: …` with a text",
        ],
    );
    in_lone("title: \"\"\nsummary:", &["2:1 missing-key: `title` is empty", "3:1 missing-key: `summary` is empty"]);
    in_file(
        "content/proposals/b.md",
        "Text.\n",
        &["1:1 front-matter-fence: the file has no front matter, which a proposal or strategy"],
    );
    in_file("content/proposals/b.md", "", &["1:1 front-matter-fence"]);
    in_file(
        "content/letters/a.md",
        "---\ntitle: A\nfrom: B\nto: []\n---\n",
        &["1:1 missing-key: a letter needs the key `date`", "4:1 missing-key: `to` is empty"],
    );
}

#[test]
fn a_key_that_could_not_be_read_is_not_missing_as_well() {
    in_lone("title: Hubs: a plan\nsumary: B", &["2:12 yaml-syntax", "3:1 unknown-key"]);
    in_lone("title: A\n summary: B", &["3:1 yaml-syntax: `summary` does not begin at the start of its line"]);
    in_lone("  title: A\n  summary: B", &["2:1 yaml-syntax: the front matter does not begin with a key"]);
}

#[test]
fn values_have_the_type_of_their_key() {
    in_lone("title: [A, B]\nsummary: C", &["2:8 bad-value: `title` must be a text, not a list"]);
    in_lone(
        "title:\n  A: B\nsummary: C",
        &["2:1 bad-value: `title` must be a text, not a set of keys; put a text that holds a colon"],
    );
    in_lone("title: A\nsummary: B\nnumbered: yes", &["4:11 bad-value: `numbered` must be true or false, not `yes`"]);
    in_lone("title: A\nsummary: B\nlang: English", &["4:7 bad-value: `English` is not a language tag"]);
    in_lone("title: A\nsummary: B\ncontact: the office", &["4:10 bad-value: `the office` is not an e-mail address"]);
    in_file(
        "content/letters/a.md",
        "---\ntitle: A\nfrom: B\nto:\n  - Leads: all\ndate: 2021-07-22\n---\n",
        &["4:1 bad-value: `to` must be a text or a list of texts, not a set of keys"],
    );
}

#[test]
fn dates_are_days_of_the_calendar() {
    let check = |date: &str, hint: &str| {
        let text = format!("---\ntitle: A\nby: B\ndate: {date}\n---\n");
        in_file("content/updates/a.md", &text, &[&format!("4:7 bad-date: {hint}")]);
    };
    check("2021-02-30", "`date`: `2021-02-30` is not a day of the calendar; February 2021 has 28 days");
    check("5 August 2021", "`date`: `5 August 2021` is not a date; write 2021-08-05");
    check("2021-8-5", "`date`: `2021-8-5` is not a date; write 2021-08-05");
}

#[test]
fn a_tab_is_no_indentation() {
    in_draft("follows:\n\t- draft-1", &["3:1 yaml-syntax: a tab is used for indentation; indent with spaces"]);
}

#[test]
fn a_status_needs_its_reason() {
    in_draft("status: rejected\nstatus_because: Too dear.", &[]);
    in_draft("status: adopted", &[]);
    for status in ["rejected", "discarded", "withdrawn"] {
        let expected = format!("2:9 missing-key: `status: {status}` needs the key `status_because`");
        in_draft(&format!("status: {status}"), &[&expected]);
    }
    in_draft("status: Rejectd", &["2:9 bad-value: unknown status `Rejectd`; did you mean `rejected`?"]);
}

#[test]
fn audiences_are_those_of_the_site() {
    in_draft("visible_to: [board, pres]", &["2:21 bad-value: unknown audience `pres`; did you mean `press`?"]);
    in_draft(
        "visible_to: everyone",
        &["2:13 bad-value: unknown audience `everyone`; the audiences of site.toml are board, press"],
    );
}

#[test]
fn groups_are_those_of_site_toml() {
    in_draft("groups: dental", &[]);
    in_draft(
        "groups: [dental, medical]\nmeans_for:\n  dental: Nothing.\n  medical: >\n    More.\n    dental: no key",
        &[],
    );
    in_draft("groups: [dental, medcal]", &["2:18 group: unknown group `medcal`; did you mean `medical`?"]);
    in_draft("groups:\n  - nhs", &["3:5 group: unknown group `nhs`; the groups of site.toml are medical, dental"]);
    in_lone("title: A\nsummary: B\nmeans_for:\n  dentist: A.\n  medical: B.", &["5:3 group: unknown group `dentist`"]);
    in_lone(
        "title: A\nsummary: B\nmeans_for: {medical: [a]}",
        &["4:13 bad-value: `medical` must be a text, not a list"],
    );
    in_lone(
        "title: A\nsummary: B\nmeans_for: All.",
        &["4:12 bad-value: `means_for` must be a set of keys, not a text"],
    );
}

#[test]
fn every_kind_says_whom_it_concerns() {
    let update = "---\ntitle: A\nby: B\ndate: 2021-08-05\ngroups: dental\n---\nText.\n";
    let letter = "---\ntitle: A\nfrom: B\nto: C\ndate: 2021-08-05\ngroups: [medical]\n---\nText.\n";
    let page = "---\ntitle: A\ngroups: medical\n---\nText.\n";
    let files = [("content/updates/a.md", update), ("content/letters/a.md", letter), ("content/pages/a.md", page)];
    check(&files, &[]);
    let archive = crate::paper::sample::archive(&files);
    let of = |section: &str| archive.document(section, "a").map(|document| document.groups.join(" "));
    assert_eq!(
        ["updates", "letters", "pages"].map(of),
        ["dental", "medical", "medical"].map(|name| Some(name.to_owned()))
    );
}

#[test]
fn a_chapter_concerns_its_own_groups_or_those_of_its_draft() {
    let archive = crate::paper::sample::archive(&[
        (
            "content/strategy/a/index.md",
            "---\ntitle: A\nsummary: B\ngroups: dental\nmeans_for: {dental: Whole., medical: All.}\n---\n",
        ),
        ("content/strategy/a/draft-1/index.md", "---\nmeans_for: {medical: One., dental: Two.}\n---\n"),
        ("content/strategy/a/draft-1/01-a.md", "---\ntitle: A\ngroups: [dental, medical]\n---\n"),
        ("content/strategy/a/draft-1/02-b.md", "---\ntitle: B\n---\n"),
    ]);
    let document = archive.document("strategy", "a").expect("a strategy");
    let draft = document.drafts.values().next().expect("a draft");
    let of = |at: usize| document.groups_of(draft, draft.chapters.get(at)).join(" ");
    assert_eq!((of(0).as_str(), of(1).as_str(), of(9).as_str()), ("medical dental", "dental", "dental"));
    assert_eq!(document.means_for(draft, "dental"), Some("Two."));
    assert_eq!(draft.means_for.iter().map(|own| own.group.as_str()).collect::<Vec<_>>(), ["medical", "dental"]);
}
