//! The record from end to end, by the program: a draft is published, altered, corrected, taken down, and the pages that
//! were built are held against it.
#![allow(clippy::disallowed_methods, reason = "writes sites, and runs the program")]

use greenpaper::markdown::{Decor, Dialect, Side, Writer, parse, without_comments};
use proptest::prelude::*;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

const INDEX: &str =
    "---\ntitle: Hubs\nsummary: A plan.\nrounds:\n  - {round: 1, opens: 2021-08-05, closes: 2021-10-20}\n---\n";
const FIRST: &str = "---\npublished: 2021-08-05\n---\n\n## Costs\n\nThe levy is £5.\n\n![Map](map.svg)\n";
const SECOND: &str = "---\nnote: Cheaper.\n---\n\n## Costs\n\nThe levy is £4.\n\n![Map](map.svg)\n";
const LETTER: &str =
    "---\ntitle: Reply\nfrom: A\nto: B\ndate: 2021-09-01\npublished: 2021-09-02\n---\n\nDear B,\n\nyes.\n";
/// 2021-10-01, noon.
const NOW: &str = "1633089600";

/// A site in a folder of its own.
struct Site(TempDir);

/// What a run of the program came to: its status, and all that it said.
type Ran = (i32, String);

impl Site {
    fn new() -> Site {
        let site = Site(TempDir::new().unwrap());
        site.put("site.toml", "title = \"T\"\nbase_url = \"https://example.org\"\nsearch = false\n");
        site.put("content/index.md", "---\ntitle: Home\n---\n\nWelcome.\n");
        site.put("content/proposals/hubs/index.md", INDEX);
        site.put("content/proposals/hubs/draft-1.md", FIRST);
        site.put("content/proposals/hubs/draft-2.md", SECOND);
        site.put("content/proposals/hubs/map.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
        site.put("content/letters/reply.md", LETTER);
        site
    }

    fn path(&self, below: &str) -> PathBuf {
        self.0.path().join(below)
    }

    fn put(&self, below: &str, text: &str) {
        let path = self.path(below);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn text(&self, below: &str) -> String {
        fs::read_to_string(self.path(below)).unwrap()
    }

    fn edit(&self, below: &str, from: &str, to: &str) {
        let text = self.text(below);
        assert!(text.contains(from), "{below} lacks {from}");
        self.put(below, &text.replacen(from, to, 1));
    }

    fn run(&self, args: &[&str]) -> Ran {
        let mut program = Command::new(env!("CARGO_BIN_EXE_greenpaper"));
        program.args(args).current_dir(self.0.path()).env("SOURCE_DATE_EPOCH", NOW).env("NO_COLOR", "1");
        let output = program.output().unwrap();
        let said = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
        (output.status.code().unwrap(), said)
    }

    /// Runs what must succeed.
    #[track_caller]
    fn ok(&self, args: &[&str]) -> String {
        let (status, said) = self.run(args);
        assert_eq!(status, 0, "{args:?}: {said}");
        said
    }

    /// Runs what must fail, and say so.
    #[track_caller]
    fn refused(&self, args: &[&str], status: i32, words: &str) {
        let (is, said) = self.run(args);
        assert_eq!(is, status, "{args:?}: {said}");
        assert!(said.contains(words), "{args:?} lacks {words:?}: {said}");
    }
}

const LOCK: &str = "content/proposals/hubs/published.lock";
const DRAFT: &str = "content/proposals/hubs/draft-1.md";

#[test]
fn publication_day() {
    let site = Site::new();
    let (status, said) = site.run(&["publish", "hubs@draft-2"]);
    assert!(status == 2 && said.contains("nothing was written"), "{said}");
    assert!(!site.path(LOCK).exists() && !site.text("content/proposals/hubs/draft-2.md").contains("published"));
    let said = site.ok(&["publish", "hubs@draft-2", "--at", "2021-10-01", "--yes"]);
    for words in [
        "published on 2021-10-01",
        "draft-1 is out and was never recorded: it is recorded now too.",
        "  /proposals/hubs/changes/draft-1/draft-2/\n",
        "  /proposals/hubs/draft-2/\n",
        "  /feed.xml\n",
        "https://example.org/proposals/hubs/draft-2/",
        "What changed since draft 1: https://example.org/proposals/hubs/changes/draft-1/draft-2/",
        "say in `rounds` until when",
        "The next day that matters: 2021-10-21",
    ] {
        assert!(said.contains(words), "{words:?}: {said}");
    }
    assert!(site.text("content/proposals/hubs/draft-2.md").starts_with("---\npublished: 2021-10-01\nnote"));
    let lock = site.text(LOCK);
    assert!(lock.contains("1 published draft-1\n") && lock.contains("2 published draft-2\n"));
    let seal = said.lines().find_map(|line| line.strip_prefix("SHA-256 ")).unwrap();
    let sealed = site.path("public/proposals/hubs/draft-2.md");
    let sum = Command::new("sha256sum").arg(&sealed).output().unwrap();
    assert!(String::from_utf8(sum.stdout).unwrap().starts_with(seal), "sha256sum finds the seal");
    for page in ["draft-2/index.html", "record/index.html", "record.txt"] {
        assert!(site.text(&format!("public/proposals/hubs/{page}")).contains(seal), "{page}");
    }
    assert!(site.text("public/site.json").contains(seal) && site.text("public/feed.xml").contains(seal));
    site.ok(&["check"]);
    site.ok(&["verify", "public"]);
    site.refused(&["publish", "hubs@draft-2", "--yes"], 2, "is in the record already");
}

#[test]
fn a_web_team_gets_a_zip() {
    let site = Site::new();
    let said = site.ok(&["publish", "hubs@draft-1", "--zip", "papers.zip", "--yes"]);
    assert!(said.contains("and a page for the web team in papers.zip"), "{said}");
    let bytes = fs::read(site.path("papers.zip")).unwrap();
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut names: Vec<_> = zip.file_names().map(|name| name.unwrap().into_owned()).collect();
    names.sort();
    assert!(names.contains(&"site/index.html".to_owned()) && names.contains(&"site/sha256sums.txt".to_owned()));
    assert!(!names.iter().any(|name| name.contains(".greenpaper")), "{names:?}");
    let mut page = String::new();
    std::io::Read::read_to_string(&mut zip.by_name("for-the-web-team.html").unwrap(), &mut page).unwrap();
    assert!(page.contains("https://example.org/") && page.contains("2021-10-21"), "{page}");
}

#[test]
fn a_day_to_come_is_recorded_and_not_shown() {
    let site = Site::new();
    site.ok(&["publish", "hubs@draft-2", "--at", "2021-11-05", "--yes"]);
    assert!(site.text(LOCK).contains("2 published draft-2\n"));
    let record = site.text("public/proposals/hubs/record.txt");
    assert!(record.contains("last: 1 ") && !record.contains("draft-2"), "{record}");
    assert!(!site.path("public/proposals/hubs/draft-2.md").exists());
    site.ok(&["verify", "public"]);
    site.edit("content/proposals/hubs/draft-2.md", "£4", "£3");
    site.refused(&["check"], 1, "block 1.1 of draft-2 has changed");
}

#[test]
fn letters_have_a_record_beside_them() {
    let site = Site::new();
    site.ok(&["publish", "reply@draft-1", "--yes"]);
    assert!(site.text("content/letters/reply.lock").contains("1 published draft-1"));
    assert!(site.text("public/letters/reply/draft-1.md").contains("document: letters/reply\n"));
    site.edit("content/letters/reply.md", "yes.", "no.");
    site.refused(&["build"], 1, "it read: “yes.”");
}

#[test]
fn what_is_sealed_cannot_change_unseen() {
    let site = Site::new();
    site.ok(&["publish", "hubs@draft-1", "--yes"]);
    let (front, lock) = (site.text("public/index.html"), site.text(LOCK));
    let check = |file: &str, from: &str, to: &str, words: &[&str]| {
        let before = site.text(file);
        site.edit(file, from, to);
        words.iter().for_each(|words| site.refused(&["build"], 1, words));
        assert_eq!(site.text("public/index.html"), front);
        site.put(file, &before);
        site.ok(&["build"]);
    };
    check(
        DRAFT,
        "£5",
        "£6",
        &[
            "draft-1.md:7",
            "block 1.1 of draft-1 has changed since it was published on 2021-08-05",
            "it read: “The levy is £5.”",
        ],
    );
    check(
        "content/proposals/hubs/map.svg",
        "<svg",
        "<svg ",
        &["proposals/hubs/map.svg, which draft-1 shows or leads to, is another file"],
    );
    check(DRAFT, "---\n\n", "title: Other\n---\n\n", &["draft-1 has got a title of its own"]);
    check("content/proposals/hubs/index.md", "Hubs", "Hub", &["the title of draft-1, “Hubs”, has changed"]);
    check(LOCK, "at: 2021-08-05", "at: 2021-08-06", &["entry 1 (draft-1, published) is not as it was written"]);
    check(LOCK, "|The levy is £5.", "|The levy is £6.", &["the words kept of entry 1 are not those that were sealed"]);
    check(LOCK, "last: 1", "last: 2", &["entry 2, the last one, is missing"]);
    // What may come later: the change note, a status, reasons.
    for (from, to) in [
        ("---\n\n## Costs", "status: rejected\nstatus_because: W\n---\n\n## Costs"),
        ("£5.\n", "£5.\n\n<!-- for the board: cheap -->\n"),
    ] {
        let before = site.text(DRAFT);
        site.edit(DRAFT, from, to);
        site.ok(&["build"]);
        site.put(DRAFT, &before);
    }
    fs::remove_file(site.path(DRAFT)).unwrap();
    site.refused(&["build"], 1, "draft-1 was published on 2021-08-05, and its file is not here");
    site.put(DRAFT, FIRST);
    assert_eq!(site.text(LOCK), lock);
}

#[test]
fn corrections_are_made_openly() {
    let site = Site::new();
    site.ok(&["publish", "hubs@draft-1", "--yes"]);
    site.refused(&["publish", "hubs@draft-1", "--correct", "--note", "Nothing.", "--yes"], 2, "to the letter");
    site.edit(DRAFT, "£5", "£6");
    site.refused(&["publish", "hubs@draft-1", "--correct", "--yes"], 2, "--note");
    site.ok(&["publish", "hubs@draft-1", "--correct", "--note", "It was a slip.", "--yes"]);
    site.ok(&["check"]);
    site.ok(&["verify", "public"]);
    let page = site.text("public/proposals/hubs/draft-1/index.html");
    for words in ["Corrected on", "It was a slip.", "The levy is £5.", "The levy is £6."] {
        assert!(page.contains(words), "{words}");
    }
    let feed = site.text("public/proposals/hubs/feed.xml");
    assert!(feed.contains("Correction to draft 1") && feed.contains("It was a slip."), "{feed}");
    assert!(site.text("public/proposals/hubs/record/index.html").contains("The levy is £5."));
}

#[test]
fn a_correction_is_told_at_its_passage_wherever_that_stands_now() {
    let site = Site::new();
    site.edit(DRAFT, "The levy is £5.\n", "The levy is £5.\n\nIt is paid in May.\n");
    site.ok(&["publish", "hubs@draft-1", "--yes"]);
    site.edit(DRAFT, "in May", "in June");
    site.ok(&["publish", "hubs@draft-1", "--correct", "--note", "Not in May.", "--yes"]);
    site.edit(DRAFT, "The levy", "Hear this.\n\nThe levy");
    site.ok(&["publish", "hubs@draft-1", "--correct", "--note", "An opening.", "--yes"]);
    let page = site.text("public/proposals/hubs/draft-1/index.html");
    let behind = page.split("It is paid in June.").nth(1).and_then(|rest| rest.split("id=\"p1-4\"").next()).unwrap();
    assert!(behind.contains("Not in May."), "{behind}");
    assert!(site.text("public/proposals/hubs/record/index.html").contains("draft-1/#p1-3\">1.2</a>"));
}

#[test]
fn the_only_text_of_a_paper_can_be_taken_back() {
    let site = Site::new();
    site.edit("content/letters/reply.md", "2021-09-02", "2021-11-02");
    site.ok(&["publish", "reply@draft-1", "--yes"]);
    let said = site.ok(&["publish", "reply@draft-1", "--remove", "--yes"]);
    assert!(said.contains("Take `published` out of its front matter"), "{said}");
    site.edit("content/letters/reply.md", "published: 2021-11-02\n", "");
    site.ok(&["check"]);
}

#[test]
fn what_must_go_leaves_its_digest_and_the_reason() {
    let site = Site::new();
    site.ok(&["publish", "hubs@draft-1", "--yes"]);
    let page = site.text("public/site.json");
    let seal = page.split("\"seal\": \"").nth(1).unwrap()[..64].to_owned();
    site.edit(DRAFT, "The levy is £5.", "The levy is small.");
    site.ok(&["publish", "hubs@draft-1", "--remove", "--note", "It named a price.", "--yes"]);
    assert!(!site.text(LOCK).contains("£5") && site.text(LOCK).contains(&seal));
    let page = site.text("public/proposals/hubs/draft-1/index.html");
    assert!(page.contains("It named a price.") && !page.contains("£5"));
    fs::remove_file(site.path(DRAFT)).unwrap();
    site.ok(&["publish", "hubs@draft-1", "--remove", "--note", "All of it was wrong.", "--yes"]);
}

#[test]
fn a_draft_that_is_taken_down_leads_to_why() {
    let site = Site::new();
    site.ok(&["publish", "hubs@draft-2", "--at", "2021-10-01", "--yes"]);
    fs::remove_file(site.path(DRAFT)).unwrap();
    site.ok(&["publish", "hubs@draft-1", "--remove", "--note", "It named a person.", "--yes"]);
    let page = site.text("public/proposals/hubs/draft-1/index.html");
    assert!(page.contains("It named a person.") && !page.contains("levy"), "{page}");
    assert!(!site.path("public/proposals/hubs/draft-1.md").exists());
    site.ok(&["verify", "public"]);
    site.put(DRAFT, FIRST);
    site.refused(&["check"], 1, "draft-1 was taken down on 2021-10-01, and its file is here");
}

#[test]
fn pages_that_were_tampered_with_are_named() {
    let site = Site::new();
    site.ok(&["publish", "hubs@draft-1", "--yes"]);
    let copy = site.path("copy");
    let faults = |change: &dyn Fn(&Path)| {
        let _ = fs::remove_dir_all(&copy);
        let from = site.path("public");
        for entry in walkdir::WalkDir::new(&from).into_iter().map(Result::unwrap) {
            let to = copy.join(entry.path().strip_prefix(&from).unwrap());
            if entry.file_type().is_dir() {
                fs::create_dir_all(to).unwrap()
            } else {
                _ = fs::copy(entry.path(), to).unwrap()
            }
        }
        change(&copy);
        let (status, said) = site.run(&["verify", "copy"]);
        (status, said)
    };
    let check = |change: &dyn Fn(&Path), words: &str| {
        let (status, said) = faults(change);
        assert!(status == 1 && said.contains(words), "{words:?}: {said}");
    };
    assert_eq!(faults(&|_| ()).0, 0);
    let page = "proposals/hubs/draft-1/index.html";
    let rewrite = |file: PathBuf, from: &str, to: &str| {
        let text = fs::read_to_string(&file).unwrap();
        assert!(text.contains(from), "{from}");
        fs::write(file, text.replace(from, to)).unwrap();
    };
    check(&|copy| rewrite(copy.join(page), "£5", "£6"), &format!("{page}: altered since it was built"));
    check(&|copy| fs::remove_file(copy.join(page)).unwrap(), &format!("{page}: it was built, and is not here"));
    check(&|copy| fs::write(copy.join("new.html"), "").unwrap(), "new.html: it is here, and was not built");
    check(
        &|copy| rewrite(copy.join("proposals/hubs/draft-1.md"), "£5", "£6"),
        "draft-1.md: it is not the text that was sealed as",
    );
    check(
        &|copy| rewrite(copy.join("proposals/hubs/record.txt"), "at: 2021-08-05", "at: 2021-08-06"),
        "entry 1 (draft-1, published) is not as it was written",
    );
    check(&|copy| fs::remove_file(copy.join("site.json")).unwrap(), "site.json: it is not here");
    // Somebody who changes the folder and its own record, with seals that fit, is found by the record of the site.
    let other = Site::new();
    other.edit(DRAFT, "£5", "£6");
    other.ok(&["publish", "hubs@draft-1", "--yes"]);
    let forged = other.path("public");
    let (status, said) = site.run(&["verify", forged.to_str().unwrap(), "--site", "."]);
    assert!(
        status == 1
            && said
                .contains("proposals/hubs/record.txt: entry 1 (draft-1, published) is not what the site's record says"),
        "{said}"
    );
    assert_eq!(other.run(&["verify", "public"]).0, 0);
    site.refused(&["verify", "content"], 2, "sha256sums.txt");
}

#[test]
fn what_is_sealed_cannot_be_withheld_or_dated_anew() {
    let site = Site::new();
    site.ok(&["publish", "hubs@draft-1", "--yes"]);
    let check = |from: &str, to: &str, words: &str| {
        let before = site.text(DRAFT);
        site.edit(DRAFT, from, to);
        site.refused(&["build"], 1, words);
        site.put(DRAFT, &before);
    };
    check("published: 2021-08-05\n", "summary: S\n", "draft-1 was published on 2021-08-05, which is not what");
    check("2021-08-05", "2030-01-01", "write `published: 2021-08-05`");
    site.edit("site.toml", "search = false", "search = false\naudiences = [\"board\"]");
    check("---\n\n", "visible_to: board\n---\n\n", "`visible_to` keeps it from its readers");
    site.edit("content/proposals/hubs/index.md", "summary:", "visible_to: board\nsummary:");
    site.refused(&["build"], 1, "`visible_to` keeps it from its readers");
}

#[test]
fn a_record_goes_on_where_it_was_published() {
    let site = Site::new();
    site.ok(&["publish", "hubs@draft-1", "--yes"]);
    let lock = site.text(LOCK);
    fs::remove_file(site.path(LOCK)).unwrap();
    site.refused(&["build"], 1, "the site has no such record any more");
    site.edit(DRAFT, "£5", "£6");
    site.refused(
        &["publish", "hubs@draft-1", "--yes"],
        1,
        "entry 1 (draft-1, published) was published, and the site's",
    );
    assert!(!site.path(LOCK).exists(), "nothing was recorded");
    site.edit(DRAFT, "£6", "£5");
    site.put(LOCK, &lock);
    site.ok(&["build"]);
    site.ok(&["build", "--as-of", "2021-08-01", "--out", "past"]);
}

#[test]
fn a_day_to_come_can_be_recorded_anew_and_taken_back() {
    let site = Site::new();
    let second = "content/proposals/hubs/draft-2.md";
    site.ok(&["publish", "hubs@draft-2", "--at", "2021-11-05", "--yes"]);
    site.refused(&["publish", "hubs@draft-2", "--yes"], 2, "to the letter");
    site.edit(second, "£4", "£3");
    site.refused(&["publish", "hubs@draft-2", "--correct", "--note", "A slip.", "--yes"], 2, "has not come out yet");
    let said = site.ok(&["publish", "hubs@draft-2", "--at", "2021-11-08T09:00", "--yes"]);
    for words in ["to come out on 2021-11-08", "Not online yet", "The next day that matters: 2021-10-21"] {
        assert!(said.contains(words), "{words}: {said}");
    }
    assert!(site.text(second).contains("published: 2021-11-08T09:00:00\n"));
    assert!(site.text(LOCK).matches("published draft-2").count() == 1 && !site.text(LOCK).contains("£4"));
    site.ok(&["check"]);
    // Behind an entry that was published what is void stays, and is never shown.
    site.edit(DRAFT, "£5", "£6");
    site.ok(&["publish", "hubs@draft-1", "--correct", "--note", "A slip.", "--yes"]);
    site.edit(second, "£3", "£2");
    site.ok(&["publish", "hubs@draft-2", "--at", "2021-11-09", "--yes"]);
    assert_eq!(site.text(LOCK).matches("published draft-2").count(), 2);
    assert!(!site.text(LOCK).contains("£3"), "what nobody saw is not kept");
    site.ok(&["build", "--as-of", "2021-11-20", "--out", "later"]);
    let later = site.text("later/proposals/hubs/record.txt");
    assert!(later.contains("2 withheld\n") && later.contains("4 published draft-2"), "{later}");
    site.refused(&["verify", "later"], 1, "it tells of entry 4 (draft-2, published), which nobody is to see yet");
    // By an oversight nothing comes out today.
    site.edit(second, "published: 2021-11-09\n", "");
    site.refused(
        &["check"],
        1,
        "write `published: 2021-11-09`; for another day: greenpaper publish hubs@draft-2 --at DAY",
    );
    site.refused(&["publish", "hubs@draft-2", "--yes"], 2, "has no day on which it comes out");
    fs::remove_file(site.path(second)).unwrap();
    site.refused(&["build"], 1, "draft-2 is recorded to come out on 2021-11-09, and its file is not here");
    let said = site.ok(&["publish", "hubs@draft-2", "--remove", "--yes"]);
    assert!(said.contains("it is taken back. Nobody saw it.") && !said.contains("https://"), "{said}");
    site.ok(&["build", "--as-of", "2021-11-20", "--out", "later"]);
    assert!(
        !site.path("later/proposals/hubs/draft-2").exists() && !site.path("later/proposals/hubs/draft-2.md").exists()
    );
}

#[test]
fn a_draft_to_come_that_is_not_recorded_is_told_of() {
    let site = Site::new();
    site.ok(&["publish", "hubs@draft-1", "--yes"]);
    site.edit("content/proposals/hubs/draft-2.md", "---\n", "---\npublished: 2021-11-05\n");
    let said = site.ok(&["check"]);
    assert!(said.contains("warning[record]: draft-2 comes out on 2021-11-05"), "{said}");
    site.ok(&["publish", "hubs@draft-2", "--yes"]);
    assert!(!site.ok(&["check"]).contains("[record]"));
}

#[test]
fn what_is_kept_for_some_is_not_taken_down_by_an_oversight() {
    let site = Site::new();
    site.edit("site.toml", "search = false", "search = false\naudiences = [\"board\"]");
    site.ok(&["publish", "hubs@draft-1", "--yes"]);
    site.edit(DRAFT, "---\n\n", "visible_to: board\n---\n\n");
    site.refused(
        &["publish", "hubs@draft-1", "--remove", "--note", "It must go.", "--yes"],
        2,
        "remove its file first",
    );
}

#[test]
fn a_text_that_was_voted_on_keeps_its_digest() {
    let site = Site::new();
    let vote = "vote:\n  draft: draft-1\n  how: By post\n  who: All\n  threshold: Half\n  opens: 2021-09-01\n  closes: 2021-09-10\n";
    site.edit("content/proposals/hubs/index.md", "2021-10-20", "2021-08-31");
    site.edit("content/proposals/hubs/index.md", "rounds:", &format!("{vote}rounds:"));
    site.ok(&["publish", "hubs@draft-1", "--yes"]);
    let digest =
        |page: &str| page.split("vote-digest").nth(1).unwrap().split("<code>").nth(1).unwrap()[..64].to_owned();
    let page = "public/proposals/hubs/vote/index.html";
    let voted = digest(&site.text(page));
    site.edit(DRAFT, "£5", "£6");
    let said = site.ok(&["publish", "hubs@draft-1", "--correct", "--note", "A slip.", "--yes"]);
    assert!(said.contains("The vote on this draft opened on 2021-09-01"), "{said}");
    assert_eq!(digest(&site.text(page)), voted);
    assert!(site.text(page).contains("after the vote was over") && site.text(page).contains("A slip."));
    // Taken down, it can still be named by the vote.
    site.ok(&["publish", "hubs@draft-2", "--yes"]);
    fs::remove_file(site.path(DRAFT)).unwrap();
    site.ok(&["publish", "hubs@draft-1", "--remove", "--note", "It named a person.", "--yes"]);
}

#[test]
fn what_is_changed_openly_is_changed_now() {
    let site = Site::new();
    site.ok(&["publish", "hubs@draft-1", "--yes"]);
    site.edit(DRAFT, "£5", "£6");
    let correct = |at: &str, words: &str| {
        site.refused(&["publish", "hubs@draft-1", "--correct", "--note", "A slip.", "--at", at, "--yes"], 2, words);
    };
    correct("2030-01-01", "still to come");
    correct("2021-08-04", "leave --at out, or name a later day");
    for note in ["", " ", "why", "To be written"] {
        site.refused(&["publish", "hubs@draft-1", "--correct", "--note", note, "--yes"], 2, "what readers are to know");
    }
    site.ok(&["publish", "hubs@draft-1", "--correct", "--note", "A slip.", "--at", "2021-09-02", "--yes"]);
    // A text is shown as it is now, at whatever day it is looked at, and with it what was corrected.
    site.ok(&["build", "--as-of", "2021-08-20", "--out", "past"]);
    assert!(site.text("past/proposals/hubs/draft-1/index.html").contains("A slip."));
    site.ok(&["verify", "past"]);
}

#[test]
fn drafts_that_share_a_figure_are_corrected_together() {
    let site = Site::new();
    site.ok(&["publish", "hubs@draft-1", "hubs@draft-2", "--at", "2021-09-01", "--yes"]);
    site.edit("content/proposals/hubs/map.svg", "<svg", "<svg width=\"1\"");
    site.refused(&["build"], 1, "greenpaper publish hubs@draft-1 hubs@draft-2 --correct");
    site.refused(&["publish", "hubs@draft-1", "--correct", "--note", "A new map.", "--yes"], 1, "is another file");
    site.ok(&["publish", "hubs@draft-1", "hubs@draft-2", "--correct", "--note", "A new map.", "--yes"]);
    site.ok(&["verify", "public"]);
    let page = site.text("public/proposals/hubs/record/index.html");
    assert!(page.contains("proposals/hubs/map.svg, replaced by another file"), "{page}");
}

#[test]
fn no_word_that_was_taken_down_is_left_anywhere() {
    let site = Site::new();
    let named = FIRST
        .replace("---\n\n", "title: Okapi\n---\n\n")
        .replace("## Costs", "## The Zebra affair")
        .replace("£5.", "£5.[^gnu] [All](tapir.pdf)\n\n[^gnu]: Of Mr Lemur.");
    site.put(DRAFT, &named);
    site.put("content/proposals/hubs/tapir.pdf", "%PDF");
    site.ok(&["publish", "hubs@draft-1", "--yes"]);
    // A name that was corrected away is still told with the correction, until it is taken down.
    site.edit(DRAFT, "Mr Lemur", "a person");
    site.ok(&["publish", "hubs@draft-1", "--correct", "--note", "No names.", "--yes"]);
    assert!(site.text("public/proposals/hubs/draft-1/index.html").contains("Mr Lemur"));
    site.ok(&["publish", "hubs@draft-1", "--remove", "--note", "It named a person.", "--yes"]);
    fs::remove_file(site.path("content/proposals/hubs/tapir.pdf")).unwrap();
    site.put(DRAFT, FIRST);
    site.ok(&["publish", "hubs@draft-1", "--remove", "--note", "It named others.", "--yes"]);
    site.ok(&["verify", "public"]);
    let mut files = vec![site.path(LOCK)];
    let pages = walkdir::WalkDir::new(site.path("public")).into_iter().map(Result::unwrap);
    files.extend(pages.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path));
    for file in files {
        let text = String::from_utf8_lossy(&fs::read(&file).unwrap()).to_lowercase();
        for word in ["okapi", "zebra", "gnu", "lemur", "tapir"] {
            assert!(!text.contains(word), "{word} in {}", file.display());
        }
    }
    assert!(site.text("public/proposals/hubs/draft-1/index.html").contains("Words were taken down here on"));
}

#[test]
fn a_draft_can_be_taken_down_though_the_next_gives_reasons() {
    let site = Site::new();
    site.edit("content/proposals/hubs/draft-2.md", "£4.\n", "£4.\n\n<!-- why: Cheaper. -->\n");
    site.ok(&["publish", "hubs@draft-2", "--at", "2021-10-01", "--yes"]);
    fs::remove_file(site.path(DRAFT)).unwrap();
    site.ok(&["publish", "hubs@draft-1", "--remove", "--note", "It named a person.", "--yes"]);
    let page = site.text("public/proposals/hubs/index.html");
    assert!(page.contains("<a href=\"draft-1/\">Draft 1</a>") && page.contains("Taken down"), "{page}");
}

#[test]
fn a_letter_is_sealed_with_its_head() {
    let site = Site::new();
    site.ok(&["publish", "reply@draft-1", "--yes"]);
    site.edit("content/letters/reply.md", "to: B", "to: C");
    site.refused(&["build"], 1, "`to` of draft-1 has changed since it was published on 2021-09-02");
    site.refused(&["build"], 1, "it read: “B”");
    site.edit("content/letters/reply.md", "to: C", "to: B");
    site.edit("content/letters/reply.md", "yes.", "<!-- page 2 -->\n\nyes.");
    site.refused(&["build"], 1, "a page break of draft-1 has changed");
}

#[test]
fn places_that_cannot_be_written_to_are_told_before_anything_is_recorded() {
    let site = Site::new();
    site.put("other/mine.txt", "mine");
    let places = [
        ("--zip", "no/such/papers.zip"),
        ("--zip", "public/papers.zip"),
        ("--zip", "site.toml"),
        ("--zip", "content/papers.zip"),
        ("--out", "site.toml"),
        ("--out", "other"),
    ];
    for (option, value) in places {
        let (status, said) = site.run(&["publish", "hubs@draft-1", option, value, "--yes"]);
        assert!(status == 2 && !site.path(LOCK).exists(), "{option} {value}: {said}");
    }
    site.ok(&["publish", "hubs@draft-1", "--yes"]);
    site.ok(&["build", "--zip", "papers.zip"]);
    assert!(site.path("papers.zip").exists());
}

#[test]
fn a_figure_of_several_papers_is_corrected_in_all_of_them() {
    let site = Site::new();
    site.put("content/proposals/other/index.md", "---\ntitle: Other\nsummary: A plan.\n---\n");
    let text = "---\npublished: 2021-08-05\n---\n\n![Map](../hubs/map.svg)\n";
    site.put("content/proposals/other/draft-1.md", text);
    site.ok(&["publish", "hubs@draft-1", "other@draft-1", "--yes"]);
    site.edit("content/proposals/hubs/map.svg", "<svg", "<svg width=\"1\"");
    site.refused(&["build"], 1, "greenpaper publish hubs@draft-1 other@draft-1 --correct");
    site.ok(&["publish", "hubs@draft-1", "other@draft-1", "--correct", "--note", "A new map.", "--yes"]);
}

#[test]
fn hints_name_the_paper_that_is_meant() {
    let site = Site::new();
    site.put("content/strategy/hubs/index.md", "---\ntitle: Hubs\nsummary: S\n---\n");
    site.put("content/strategy/hubs/draft-1.md", "---\npublished: 2021-08-05\n---\n\nWords.\n");
    site.ok(&["publish", "proposals/hubs@draft-1", "--yes"]);
    site.edit(DRAFT, "£5", "£6");
    site.refused(&["build"], 1, "greenpaper publish proposals/hubs@draft-1 --correct");
}

#[test]
fn an_entry_that_a_folder_withholds_is_named() {
    let site = Site::new();
    site.ok(&["publish", "hubs@draft-1", "--yes"]);
    site.edit(DRAFT, "£5", "£6");
    site.ok(&["publish", "hubs@draft-1", "--correct", "--note", "A slip.", "--yes"]);
    let record = site.text("public/proposals/hubs/record.txt");
    let entry = record.split("\n\n").nth(2).unwrap();
    let seals: String =
        entry.lines().rev().take(2).collect::<Vec<_>>().into_iter().rev().map(|l| format!("{l}\n")).collect();
    let forged = record.replace(entry, format!("2 withheld\n{seals}").trim_end());
    let list = site.text("public/sha256sums.txt");
    let digest = |text: &str| greenpaper::tree::Digest::of(text.as_bytes()).to_string();
    site.put("public/sha256sums.txt", &list.replace(&digest(&record), &digest(&forged)));
    site.put("public/proposals/hubs/record.txt", &forged);
    site.refused(&["verify", "public"], 1, "it withholds entry 2 (draft-1, corrected), which everybody may see");
}

#[test]
fn a_figure_that_was_exchanged_in_a_folder_is_named() {
    let site = Site::new();
    site.ok(&["publish", "hubs@draft-1", "--yes"]);
    let forge = |path: &str, from: &str, to: &str| {
        let digest = |text: &str| greenpaper::tree::Digest::of(text.as_bytes()).to_string();
        let (before, list) = (site.text(path), site.text("public/sha256sums.txt"));
        let after = before.replace(from, to);
        site.put(path, &after);
        site.put("public/sha256sums.txt", &list.replace(&digest(&before), &digest(&after)));
    };
    forge("public/proposals/hubs/map.svg", "<svg", "<svg width=\"1\"");
    site.refused(
        &["verify", "public"],
        1,
        "proposals/hubs/map.svg: it is not the file that proposals/hubs, draft-1 was",
    );
    site.ok(&["build"]);
    forge("public/proposals/hubs/draft-1.md", "£5", "£6");
    let seal = site.text("public/site.json").split("\"seal\": \"").nth(1).unwrap()[..64].to_owned();
    forge("public/site.json", &format!("\"seal\": \"{seal}\""), "\"seal\": null");
    site.refused(&["verify", "public"], 1, "draft-1.md: it is not the text that was sealed as");
}

/// Blocks of every sort, as they stand in a text.
const BLOCKS: [&str; 18] = [
    "Words in a paragraph.",
    "Two lines\nof words. {#id}",
    "Words. <!-- at the end -->",
    "- item <!-- at its end -->\n- b <!-- c -->",
    "## A heading",
    "- a\n- b",
    "* c\n\n  d",
    "1. one\n2. two",
    "> quoted\n>\n> more",
    "| A | B |\n|---|---|\n| 1 | 2 |",
    "```\ncode <!-- no comment -->\n\n\nmore\n```",
    "    indented\n\n    code",
    "<div>raw</div>",
    "***",
    "Noted.[^n]",
    "[^n]: A note.",
    "[x]: other.md",
    "See [x], `<!-- c -->` and <!-- an aside --> that.",
];

struct Plain;

impl Decor for Plain {}

/// What readers see of a text.
fn reads(text: &str) -> String {
    let body = parse(text, Dialect::Paper);
    let html = Writer::body(Side { body: &body, decor: &Plain });
    html.split_whitespace().collect::<Vec<_>>().join(" ").replace(" <", "<").replace("> ", ">")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn comments_that_come_later_leave_the_seal_as_it_is(
        blocks in prop::collection::vec((0..BLOCKS.len(), prop::bool::weighted(0.3), prop::bool::ANY), 1..9),
        crlf in prop::bool::ANY,
    ) {
        let plain: String = blocks.iter().map(|(at, ..)| format!("{}\n\n", BLOCKS[*at])).collect();
        let with: String = blocks
            .iter()
            .map(|(at, has, second)| match (has, second) {
                (true, true) => format!("{}\n\n<!-- why (F1): because -->\n\n<!-- for:\nboard -->\n\n", BLOCKS[*at]),
                (true, false) => format!("{}\n\n<!-- why: because -->\n\n", BLOCKS[*at]),
                _ => format!("{}\n\n", BLOCKS[*at]),
            })
            .collect();
        let with = if crlf { with.replace('\n', "\r\n") } else { with };
        let (sealed, bare) = (without_comments(&with, Dialect::Paper), without_comments(&plain, Dialect::Paper));
        prop_assert_eq!(reads(&sealed), reads(&with));
        prop_assert_eq!(reads(&bare), reads(&plain));
        prop_assert!(!sealed.contains("because"));
        if reads(&with) == reads(&plain) {
            prop_assert_eq!(&sealed, &bare);
        }
        prop_assert_eq!(without_comments(&sealed, Dialect::Paper), sealed);
    }
}
