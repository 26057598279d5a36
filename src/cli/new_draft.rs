//! `greenpaper new draft`: the next draft of a document, from the text of its newest.
//!
//! In: the site's files and a document. Out: the files of the new draft, whose front matter keeps what
//! holds on (above all who may see it) and leaves out what was true of the old draft alone.

mod before;

use super::Failure;
use super::new::Begun;
use super::view::config;
use crate::paper::DraftName;
use crate::path::SitePath;
use crate::tree::{File, Tree};
use before::Before;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Keys of a draft that are not those of the next one.
const OLD_KEYS: [&str; 7] = ["published", "note", "status", "status_because", "removed", "adopted", "rejected"];
/// Keys of a draft that hold for drafts of the same round alone.
const ROUND_KEYS: [&str; 2] = ["follows", "base"];

/// What the front matter of a new draft begins with.
const TO_FILL_IN: &str = "\
# The day on which this draft comes out. Until then, or without it, only previews show it.
# published: {coming}
# The change note: what is new in this draft and why, for those who read the last one.
note: To be written
";

/// What an option adds that has no title yet.
const TITLE: &str = "\
# What this option is called, so that nobody has to remember which letter it was.
# title: Longer hours
";

/// The same with a day in two weeks, so that nobody publishes in the past by taking away a `#`.
fn to_fill_in(today: Date) -> String {
    TO_FILL_IN.replace("{coming}", &today.saturating_add(jiff::Span::new().days(14)).to_string())
}

/// The files of the next draft of a document.
pub(super) fn begin(tree: &Tree, document: &str, option: Option<&str>, today: Date) -> Result<Begun, Failure> {
    let folder = folder(tree, document)?;
    let drafts = drafts(tree, &folder);
    let Some(round) = drafts.keys().next_back().map(|name| name.round) else {
        let message = format!("{folder} has no draft that another could begin with");
        return Err(Failure::stop(message).hint(format!("write {folder}/draft-1.md")));
    };
    let name = next(&drafts, &folder, round, option, today)?;
    let same_round = name.round == round;
    let Some((from, texts)) = source(&drafts, round, name.option.as_deref()) else {
        return Err(Failure::stop(format!("{folder} has no draft in round {round}")));
    };
    let dropped = |key: &str| {
        OLD_KEYS.contains(&key)
            || (!same_round && ROUND_KEYS.contains(&key))
            || (key == "title" && from.option != name.option)
    };
    let before = Before::read(tree, &config(tree), &folder, &name);
    let mut to_fill_in = to_fill_in(today);
    if name.option.is_some() && !(from.option == name.option && has_any(texts, &["title"])) {
        to_fill_in.push_str(TITLE);
    }
    if !(same_round && has_any(texts, &ROUND_KEYS)) {
        to_fill_in.push_str(&before.lineage(from));
    }
    let copied = texts.iter().map(|(path, file)| copy(&folder, (from, &name), (path, file), &to_fill_in, &dropped));
    Ok(Begun { files: copied.collect(), next: next_steps(&before, from, &name) })
}

/// What is to be done before the draft can come out.
fn next_steps(before: &Before, from: &DraftName, name: &DraftName) -> String {
    let round = |index| format!("add round {} with its days to `rounds` in {index}, ", name.round);
    let round = before.unannounced().map_or(String::new(), round);
    format!(
        "change the text, which is that of {from}; say in `note` what is new and why; {round}and run `greenpaper publish`. \
         `greenpaper serve` shows what changed"
    )
}

/// The files of a draft: the one that has its front matter, and the chapters beside it.
type Texts<'a> = Vec<(&'a SitePath, &'a File)>;

/// The folder of a document, from `proposals/representation` or its name alone.
fn folder(tree: &Tree, document: &str) -> Result<SitePath, Failure> {
    let below = document.trim_start_matches("./").trim_start_matches("content/").trim_end_matches('/');
    let below = below.strip_suffix("/index.md").unwrap_or(below);
    let content = SitePath::new("content");
    let folders = tree.below(&content).filter(|(path, _)| path.name() == "index.md").map(|(path, _)| path.parent());
    let meant = |folder: &SitePath| {
        folder
            .below(&content)
            .is_some_and(|path| path == below || (folder.parts().count() == 3 && folder.name() == below))
    };
    let mut found: Vec<_> = folders.filter(meant).collect();
    match (found.pop(), found.is_empty()) {
        (Some(folder), true) => Ok(folder),
        (Some(_), false) => Err(Failure::stop(format!("several documents are called `{below}`"))
            .hint("put its section before it, such as proposals/NAME")),
        (None, _) if tree.get(&content.join(&format!("{}.md", below.trim_end_matches(".md")))).is_some() => {
            Err(Failure::stop(format!("`{below}` is a lone file, a document with one draft"))
                .hint("make it a folder with an index.md and a draft-1.md first"))
        }
        (None, _) => Err(Failure::stop(format!("there is no document `{below}`"))
            .hint("name its folder, such as proposals/representation")),
    }
}

/// The drafts of a document with their files.
fn drafts<'a>(tree: &'a Tree, folder: &SitePath) -> BTreeMap<DraftName, Texts<'a>> {
    let mut drafts: BTreeMap<DraftName, Texts> = BTreeMap::new();
    for (path, file) in tree.iter() {
        let Some(below) = path.below(folder) else { continue };
        let name = match below.split_once('/') {
            Some((name, _)) => Some(name),
            None => below.strip_suffix(".md"),
        };
        if let Some(name) = name.and_then(DraftName::parse) {
            drafts.entry(name).or_default().push((path, file));
        }
    }
    drafts
}

/// The name of the next draft: the next round, or one more option of a round that is not out yet.
fn next(
    drafts: &BTreeMap<DraftName, Texts>,
    folder: &SitePath,
    round: u32,
    option: Option<&str>,
    today: Date,
) -> Result<DraftName, Failure> {
    let option = option.map(str::to_lowercase);
    let newest: Vec<_> = drafts.iter().filter(|(name, _)| name.round == round).collect();
    let coming = option.is_some() && !newest.iter().any(|(_, texts)| is_published(texts, today));
    let name = DraftName { round: if coming { round } else { round + 1 }, option };
    if DraftName::parse(&name.to_string()).is_none() {
        return Err(Failure::stop("an option is a letter or a short word: a-z and 0-9"));
    }
    if drafts.contains_key(&name) {
        return Err(Failure::stop(format!("{folder} has {name} already, and it is not published yet"))
            .hint("change that draft, or name another option"));
    }
    if coming && newest.iter().any(|(name, _)| name.option.is_none()) {
        let whole = DraftName { round, option: None };
        return Err(Failure::stop(format!("{folder} has {whole}, which is not one option of several"))
            .hint(format!("rename {whole} to {whole}-option-a first")));
    }
    Ok(name)
}

/// The draft to begin with: of the newest round the one with the same option, else the first that was
/// not decided against.
fn source<'d, 't>(
    drafts: &'d BTreeMap<DraftName, Texts<'t>>,
    round: u32,
    option: Option<&str>,
) -> Option<(&'d DraftName, &'d Texts<'t>)> {
    let newest = || drafts.iter().filter(move |(name, _)| name.round == round);
    let same = newest().find(|(name, _)| option.is_some() && name.option.as_deref() == option);
    let alive = || newest().find(|(_, texts)| !is_set(texts, "status", &["rejected", "discarded", "withdrawn"]));
    same.or_else(alive).or_else(|| newest().next())
}

/// Whether a draft has a day of publication that has come.
fn is_published(texts: &Texts, today: Date) -> bool {
    let has_come = |day: &str| day.get(..10).and_then(|day| day.parse::<Date>().ok()).is_none_or(|day| day <= today);
    texts.iter().any(|(_, file)| {
        let text = text(file);
        let mut lines = front_matter(&text).0.lines();
        lines.any(|line| {
            line.strip_prefix("published:").is_some_and(|day| has_come(day.trim().trim_matches(['"', '\''])))
        })
    })
}

/// Whether the front matter of a draft has one of these keys.
fn has_any(texts: &Texts, keys: &[&str]) -> bool {
    texts.iter().any(|(_, file)| {
        let text = text(file);
        let mut lines = front_matter(&text).0.lines().filter_map(|line| line.split_once(':'));
        lines.any(|(known, _)| keys.contains(&known))
    })
}

fn is_set(texts: &Texts, key: &str, values: &[&str]) -> bool {
    texts.iter().any(|(_, file)| {
        let text = text(file);
        let mut lines = front_matter(&text).0.lines().filter_map(|line| line.split_once(':'));
        lines.any(|(known, value)| known == key && values.contains(&value.trim().trim_matches(['"', '\''])))
    })
}

fn text(file: &File) -> String {
    file.lossy().to_string()
}

/// The lines between the fences, and what follows them.
fn front_matter(text: &str) -> (&str, &str) {
    let inside = text.strip_prefix("---\n").or_else(|| text.strip_prefix("---\r\n"));
    let end = inside.and_then(|inside| {
        let mut at = 0;
        for line in inside.split_inclusive('\n') {
            if line.trim_end() == "---" {
                return Some((&inside[..at], &inside[at + line.len()..]));
            }
            at += line.len();
        }
        None
    });
    end.unwrap_or(("", text))
}

/// One file of the new draft.
fn copy(
    folder: &SitePath,
    (from, name): (&DraftName, &DraftName),
    (path, file): (&SitePath, &File),
    to_fill_in: &str,
    dropped: &dyn Fn(&str) -> bool,
) -> (String, Vec<u8>) {
    let below = path.below(folder).unwrap_or("").strip_prefix(&from.to_string()).unwrap_or("").to_owned();
    let place = format!("{folder}/{name}{below}");
    if path.extension() != "md" {
        return (place, file.bytes().to_vec());
    }
    let text = text(file);
    let (keys, body) = front_matter(&text);
    let body = without_reasons(body);
    if below != ".md" && below != "/index.md" {
        let fences = if keys.is_empty() { String::new() } else { format!("---\n{keys}---\n") };
        return (place, format!("{fences}{body}").into_bytes());
    }
    (place, format!("---\n{to_fill_in}{}---\n{body}", kept(keys, dropped)).into_bytes())
}

/// The lines of the keys that stay, without remarks: those spoke of the old draft.
fn kept(keys: &str, dropped: &dyn Fn(&str) -> bool) -> String {
    let mut keep = false;
    let mut kept = String::new();
    for line in keys.lines() {
        if line.starts_with('#') {
            continue;
        }
        if !line.starts_with([' ', '\t', '-']) && !line.trim().is_empty() {
            keep = !dropped(line.split(':').next().unwrap_or(""));
        }
        if keep {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    kept
}

/// A text without the comments that explain its changes: the next draft has reasons of its own.
fn without_reasons(body: &str) -> String {
    let mut text = String::with_capacity(body.len());
    let mut rest = body;
    while let Some((before, after)) = rest.split_once("<!-- why") {
        let Some((_, after)) = after.split_once("-->") else { break };
        text.push_str(before);
        let alone = before.is_empty() || before.ends_with('\n');
        rest = if alone { after.strip_prefix("\n\n").or(after.strip_prefix('\n')).unwrap_or(after) } else { after };
    }
    text + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Date = Date::constant(2021, 12, 1);

    fn begun(files: &[(&str, &str)], option: Option<&str>) -> Result<Vec<(String, String)>, String> {
        let index = [("content/proposals/a/index.md", "")];
        let tree: Tree = index.iter().chain(files).copied().collect();
        let begun = begin(&tree, "proposals/a", option, TODAY).map_err(Failure::into_words)?;
        Ok(begun.files.into_iter().map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap())).collect())
    }

    #[track_caller]
    fn check(drafts: &[(&str, &str)], option: Option<&str>, expected: &str) {
        let paths: Vec<_> = drafts.iter().map(|(name, _)| format!("content/proposals/a/{name}.md")).collect();
        let files: Vec<_> = paths.iter().zip(drafts).map(|(path, (_, text))| (path.as_str(), *text)).collect();
        match begun(&files, option) {
            Ok(begun) => assert_eq!(begun[0].0, format!("content/proposals/a/{expected}.md")),
            Err(error) => assert!(error.contains(expected), "{error}"),
        }
    }

    const OUT: &str = "---\npublished: 2021-10-01\n---\n";
    const TO_COME: &str = "---\n# published: 2021-10-01\n---\n";

    #[test]
    fn the_next_round_follows_the_newest() {
        check(&[("draft-1", OUT)], None, "draft-2");
        check(&[("draft-2-option-a", OUT), ("draft-10", OUT)], None, "draft-11");
        check(&[("draft-1", OUT)], Some("B"), "draft-2-option-b");
        check(&[("draft-2-option-a", OUT), ("draft-2-option-b", OUT)], Some("b"), "draft-3-option-b");
    }

    #[test]
    fn an_option_joins_a_round_that_is_not_out_yet() {
        check(&[("draft-1", OUT), ("draft-2-option-a", TO_COME)], Some("b"), "draft-2-option-b");
        let next_year = "---\npublished: 2022-01-10\n---\n";
        check(&[("draft-2-option-a", next_year)], Some("b"), "draft-2-option-b");
        check(&[("draft-2-option-a", TO_COME)], Some("a"), "has draft-2-option-a already");
        check(&[("draft-2", TO_COME)], Some("b"), "rename draft-2 to draft-2-option-a first");
        check(&[("draft-1", OUT)], Some("b/../c"), "a-z and 0-9");
        check(&[], None, "write content/proposals/a/draft-1.md");
    }

    #[test]
    fn what_was_true_of_the_old_draft_alone_is_left_out() {
        let old = "---\n# a remark\nsummary: S\npublished: 2021-10-01\nvisible_to:\n  - board\nnote: >\n  N\n\n  M\n\
                   follows:\n- draft-1\nstatus: rejected\n---\nText <!-- why: x -->here.\n\n<!-- why (F1): y -->\n\nEnd.\n";
        let begun = begun(&[("content/proposals/a/draft-2.md", old)], None).unwrap();
        let expected =
            format!("---\n{}summary: S\nvisible_to:\n  - board\n---\nText here.\n\nEnd.\n", to_fill_in(TODAY));
        assert_eq!(begun, [("content/proposals/a/draft-3.md".to_owned(), expected)]);
    }

    #[test]
    fn a_draft_in_chapters_is_copied_whole() {
        let files = [
            ("content/proposals/a/draft-1/index.md", "---\npublished: 2021-10-01\n---\nAbove.\n"),
            ("content/proposals/a/draft-1/01-one.md", "---\ntitle: One\n---\nOne.\n"),
            ("content/proposals/a/draft-1/map.svg", "<svg/>"),
        ];
        let begun = begun(&files, None).unwrap();
        let expected = [
            ("content/proposals/a/draft-2/01-one.md".to_owned(), "---\ntitle: One\n---\nOne.\n".to_owned()),
            ("content/proposals/a/draft-2/index.md".to_owned(), format!("---\n{}---\nAbove.\n", to_fill_in(TODAY))),
            ("content/proposals/a/draft-2/map.svg".to_owned(), "<svg/>".to_owned()),
        ];
        assert_eq!(begun, expected);
    }

    #[test]
    fn an_option_begins_with_itself_or_with_what_was_not_decided_against() {
        let rejected = "---\npublished: 2021-10-01\nstatus: rejected\n---\nA\n";
        let alive = "---\npublished: 2021-10-01\ntitle: T\n---\nB\n";
        let files =
            [("content/proposals/a/draft-1-option-a.md", rejected), ("content/proposals/a/draft-1-option-b.md", alive)];
        let text = |option| begun(&files, option).unwrap().remove(0).1;
        assert!(text(None).ends_with("---\nB\n") && !text(None).contains("title"));
        assert!(text(Some("a")).ends_with("---\nA\n"));
        assert!(text(Some("b")).contains("title: T"));
    }

    #[test]
    fn a_document_is_found_by_its_path_or_its_name() {
        let files =
            [("content/proposals/a/index.md", ""), ("content/strategy/b/index.md", ""), ("content/letters/c.md", "")];
        let tree: Tree = files.into_iter().collect();
        let check = |document: &str, expected: &str| match folder(&tree, document) {
            Ok(folder) => assert_eq!(folder.as_str(), expected),
            Err(failure) => assert!(failure.into_words().contains(expected)),
        };
        check("proposals/a", "content/proposals/a");
        check("./content/proposals/a/", "content/proposals/a");
        check("b", "content/strategy/b");
        check("letters/c", "is a lone file");
        check("d", "there is no document `d`");
    }
}
