//! `greenpaper new`: the files that a new document or a new draft begins with.

use super::scaffold::{self, Gaps};
use super::site::{SiteArgs, prefix};
use super::view::config;
use super::{Failure, new_draft, terminal};
use crate::config::{Config, Kind};
use crate::disk::{self, Reader};
use crate::path::slug;
use crate::tree::Tree;
use jiff::civil::Date;
use std::path::Path;

/// Begin a new document, or the next draft of one
///
/// PATH is a name, such as `representation`, or a path, such as content/proposals/representation. Letters
/// and updates get today's date before their name where it has none.
///
/// What is “To be written” in the files is yours to write: `check` lists it, and once a paper is published it is an
/// error.
///
/// `new draft` copies the newest draft into the next round. With --option it does the same where that
/// round is published already, and adds the option to the round where it is not.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  greenpaper new proposal representation
  greenpaper new letter reply-to-the-council
  greenpaper new draft proposals/representation
  greenpaper new draft proposals/representation --option b")]
pub(super) struct Args {
    #[command(flatten)]
    site: SiteArgs,
    /// What to begin
    #[arg(value_enum)]
    kind: What,
    /// Its name or path; of a draft, the document
    path: String,
    /// The letter of the option, where a round has several drafts
    #[arg(long, value_name = "LETTER")]
    option: Option<String>,
}

/// What can be begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum What {
    /// A paper that is out for comment, draft after draft
    Proposal,
    /// A letter: sender, addressees, date
    Letter,
    /// A paper of several chapters, draft after draft
    Strategy,
    /// Dated news or opinion
    Update,
    /// A plain page
    Page,
    /// The next draft of a document
    Draft,
}

/// What is to be written, by paths from the site's root, and what to do next.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Begun {
    pub(super) files: Vec<(String, Vec<u8>)>,
    pub(super) next: String,
}

/// What to do next with each kind of paper.
const WRITE_DRAFT: &str = "write what is “to be written”, and look at it with `greenpaper serve`; then say until when \
                           people can reply, in `rounds`, and run `greenpaper publish`";
const WRITE: &str = "write what is “to be written”, look at it with `greenpaper serve`, and run `greenpaper publish`";
const WRITE_PAGE: &str = "write it, and look at it with `greenpaper serve`; the next build has it";

/// Carries the command out.
pub(super) fn run(args: &Args) -> Result<(), Failure> {
    let site = args.site.folder()?;
    let tree = Reader::new(&site)?.read().map_err(|unread| Failure::from_all(&unread.errors))?;
    let begun = match (args.kind, &args.option) {
        (What::Draft, option) => new_draft::begin(&tree, &args.path, option.as_deref(), scaffold::today())?,
        (_, Some(_)) => return Err(Failure::stop("--option is for `greenpaper new draft` alone")),
        (kind, None) => begin(&tree, kind, &args.path, scaffold::today())?,
    };
    write(&site, &begun)
}

/// Writes the files, all or none, and says which.
fn write(site: &Path, begun: &Begun) -> Result<(), Failure> {
    if let Some((path, _)) = begun.files.iter().find(|(path, _)| site.join(path).exists()) {
        return Err(Failure::stop(format!("{path} is there already, and nothing is replaced")));
    }
    for (path, bytes) in &begun.files {
        disk::create(&site.join(path), bytes)?;
    }
    let before = prefix(site);
    terminal::print(&begun.files.iter().map(|(path, _)| format!("{before}{path}\n")).collect::<String>());
    terminal::say(&format!("Next: {}", begun.next));
    Ok(())
}

/// The files of a new document.
fn begin(tree: &Tree, what: What, path: &str, today: Date) -> Result<Begun, Failure> {
    let (kind, texts, next) = match what {
        What::Proposal => (Kind::Proposal, scaffold::PROPOSAL, WRITE_DRAFT),
        What::Strategy => (Kind::Strategy, scaffold::STRATEGY, WRITE_DRAFT),
        What::Letter => (Kind::Letter, scaffold::LETTER, WRITE),
        What::Update => (Kind::Update, scaffold::UPDATE, WRITE),
        What::Page | What::Draft => (Kind::Page, scaffold::PAGE, WRITE_PAGE),
    };
    let config = config(tree);
    let (section, name) = place(&config, kind, path)?;
    let dated = matches!(kind, Kind::Letter | Kind::Update);
    let title = title(&name);
    let name = if dated && !is_dated(&name) { format!("{today}-{name}") } else { name };
    refuse_taken(tree, &section, &name)?;
    let gaps = Gaps { today, title: &title, groups: &config.groups };
    let file = |(end, text): &(&str, &str)| (format!("content/{section}/{name}{end}"), gaps.fill(text).into_bytes());
    Ok(Begun { files: texts.iter().map(file).collect(), next: next.to_owned() })
}

/// The section and the name that a path means.
fn place(config: &Config, kind: Kind, path: &str) -> Result<(String, String), Failure> {
    let below = path.trim_start_matches("./").trim_start_matches("content/").trim_end_matches('/');
    let below = below.strip_suffix("/index.md").or_else(|| below.strip_suffix(".md")).unwrap_or(below);
    let usual = config.sections.iter().find(|section| section.kind == kind);
    let (section, name) = match below.rsplit_once('/') {
        Some((section, name)) => (config.section(section), name),
        None => (usual, below),
    };
    let Some(section) = section.filter(|section| section.kind == kind) else {
        let word = Kind::ALL.iter().find(|(_, known)| *known == kind).map_or("", |(word, _)| word);
        let folder = usual.map_or("", |section| &section.name);
        let message = format!("{path} is not a folder for a document of the kind `{word}`");
        return Err(Failure::stop(message).hint(format!("write only its name, or content/{folder}/NAME")));
    };
    let good = slug(name);
    if name.is_empty() || good != name {
        let hint =
            if good.is_empty() { "use letters, digits and hyphens".to_owned() } else { format!("name it `{good}`") };
        return Err(Failure::stop(format!("`{name}` does not do as a part of an address")).hint(hint));
    }
    Ok((section.name.clone(), name.to_owned()))
}

/// Refuses a name that a document of the section has, as a file or as a folder.
fn refuse_taken(tree: &Tree, section: &str, name: &str) -> Result<(), Failure> {
    let (file, folder) = (format!("content/{section}/{name}.md"), format!("content/{section}/{name}/"));
    match tree.iter().find(|(path, _)| path.as_str() == file || path.as_str().starts_with(&folder)) {
        None => Ok(()),
        Some((path, _)) => Err(Failure::stop(format!("{path} is there already, and nothing is replaced"))),
    }
}

fn is_dated(name: &str) -> bool {
    name.get(..10).is_some_and(|date| date.parse::<Date>().is_ok())
}

/// A name as a title: `2021-10-01-reply-to-all` is `Reply to all`.
fn title(name: &str) -> String {
    let name = if is_dated(name) { name.get(11..).unwrap_or("") } else { name };
    let words = name.replace(['-', '_'], " ");
    let mut letters = words.chars();
    letters.next().map_or("To be written".to_owned(), |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Date = Date::constant(2021, 10, 1);

    fn paths(what: What, path: &str) -> Result<Vec<String>, String> {
        let tree: Tree =
            [("site.toml", "title = \"T\""), ("content/letters/2021-10-01-a.md", "")].into_iter().collect();
        let begun = begin(&tree, what, path, TODAY).map_err(Failure::into_words)?;
        Ok(begun.files.into_iter().map(|(path, _)| path).collect())
    }

    #[test]
    fn a_name_or_a_path_says_where() {
        for path in ["hubs", "content/proposals/hubs", "./content/proposals/hubs/", "proposals/hubs/index.md"] {
            let expected = ["content/proposals/hubs/index.md", "content/proposals/hubs/draft-1.md"];
            assert_eq!(paths(What::Proposal, path).unwrap(), expected, "{path}");
        }
        assert_eq!(paths(What::Page, "contact.md").unwrap(), ["content/pages/contact.md"]);
    }

    #[test]
    fn letters_and_updates_bear_a_date() {
        assert_eq!(paths(What::Letter, "reply").unwrap(), ["content/letters/2021-10-01-reply.md"]);
        assert_eq!(paths(What::Update, "2021-08-05-news").unwrap(), ["content/updates/2021-08-05-news.md"]);
    }

    #[test]
    fn what_cannot_be_is_refused_with_what_can() {
        let check = |what, path, expected: &str| {
            let error = paths(what, path).unwrap_err();
            assert!(error.contains(expected), "{error}");
        };
        check(What::Letter, "a", "content/letters/2021-10-01-a.md is there already");
        check(What::Letter, "proposals/a", "write only its name, or content/letters/NAME");
        check(What::Proposal, "Our Plan", "name it `our-plan`");
        check(What::Proposal, "../x", "write only its name");
        check(What::Proposal, "", "letters, digits and hyphens");
    }

    #[test]
    fn names_make_titles() {
        assert_eq!(title("2021-10-01-reply-to-all"), "Reply to all");
        assert_eq!(title("über-uns"), "Über uns");
        assert_eq!(title("2021-10-01"), "To be written");
    }
}
