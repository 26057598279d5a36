//! The site as its files are now, and the site that is shown: files that are wrong are held back.
//!
//! In: a tree, again and again. Out: [`Seen`]: what is wrong with the tree, and a world in which each file that has an
//! error is as it was when it had none, so that everything else is shown as it is now. A file that never was without
//! an error is shown as well as can be.

use crate::diag::{self, Diagnostic};
use crate::disk::{DiskError, Unread};
use crate::path::SitePath;
use crate::site::{Memo, Options, Outcome, World};
use crate::tree::Tree;
use std::collections::BTreeSet;
use std::sync::Arc;

/// How a tree is to be seen; an error where its `site.toml` does not allow that.
pub type SeenAs = Box<dyn Fn(&Tree) -> Result<Options, String> + Send>;

/// Reads trees, each after the other.
pub(super) struct Sight {
    options: SeenAs,
    memo: Arc<Memo>,
    /// The files as they are now, read.
    now: Option<Arc<World>>,
    /// What is shown.
    shown: Option<Arc<World>>,
    /// The files as they are now.
    tree: Tree,
    /// The files as they were when nothing was wrong with them.
    good: Tree,
}

/// One look at the files of a site.
#[derive(Clone, Default)]
pub(super) struct Seen {
    /// What is to be shown; none where nothing can be.
    pub(super) world: Option<Arc<World>>,
    /// What is wrong, errors and warnings.
    pub(super) found: Vec<Diagnostic>,
    /// What keeps the site from being seen at all.
    pub(super) stopped: Vec<String>,
    /// The files that are shown as they were before.
    pub(super) held: BTreeSet<SitePath>,
}

impl Seen {
    /// Whether there is an error that was not there before.
    pub(super) fn has_new_errors(&self, before: &Seen) -> bool {
        let is_known = |own: &Diagnostic| {
            let mut known = before.found.iter().filter(|other| other.rule == own.rule && other.is_error());
            known.any(|other| other.place == own.place)
        };
        self.stopped.iter().any(|words| !before.stopped.contains(words))
            || self.found.iter().any(|own| own.is_error() && !is_known(own))
    }
}

impl Sight {
    pub(super) fn new(options: SeenAs) -> Self {
        Sight { options, memo: Arc::default(), now: None, shown: None, tree: Tree::default(), good: Tree::default() }
    }

    /// Whether time alone has made another site of it.
    pub(super) fn is_over(&self) -> bool {
        let Some(world) = &self.now else { return false };
        let options = (self.options)(&self.tree);
        options.is_ok_and(|options| !options.as_of && !world.lasts_until(options.at))
    }

    /// What the files of a folder are as a site.
    pub(super) fn see(&mut self, read: &Result<Tree, Unread>) -> Seen {
        match read {
            Ok(tree) => {
                self.tree = tree.clone();
                self.see_again()
            }
            Err(unread) => {
                self.tree = self.with_what_was_there(unread);
                let stopped = unread.errors.iter().map(DiskError::to_string).collect();
                Seen { stopped, ..self.see_again() }
            }
        }
    }

    /// The files that could be read, and of those that could not what they were before.
    fn with_what_was_there(&self, unread: &Unread) -> Tree {
        let mut tree = unread.tree.clone();
        for path in unread.errors.iter().map(|error| SitePath::new(&error.path.to_string_lossy())) {
            let own = self.tree.get(&path).map(|file| (&path, file));
            for (path, file) in own.into_iter().chain(self.tree.below(&path)) {
                tree.insert(path.clone(), file.clone());
            }
        }
        tree
    }

    fn stopped(&self, stopped: Vec<String>) -> Seen {
        Seen { world: self.shown.clone(), stopped, ..Seen::default() }
    }

    /// What the files are as a site by now.
    pub(super) fn see_again(&mut self) -> Seen {
        let tree = &self.tree.clone();
        let options = match (self.options)(tree) {
            Ok(options) => self.at_the_same_time(options),
            Err(message) => return self.stopped(vec![message]),
        };
        let Outcome { world, found } = World::read_again(self.now.as_deref(), tree, &options, &self.memo);
        let faulty = files(found.iter().filter(holds_back));
        let world = world.map(Arc::new);
        if world.is_some() {
            self.now.clone_from(&world);
        }
        let seen = match faulty.is_empty() {
            true => Seen { world, found, ..Seen::default() },
            false => self.without_faults(tree, &options, Seen { world, found, ..Seen::default() }, &faulty),
        };
        self.learn(tree, &faulty);
        self.shown = seen.world.clone().or(self.shown.take());
        Seen { world: self.shown.clone(), ..seen }
    }

    /// The moment stays what it was as long as that makes no difference, so that more can be taken over.
    fn at_the_same_time(&self, options: Options) -> Options {
        match &self.now {
            Some(world) if world.lasts_until(options.at) => Options { at: world.options().at, ..options },
            _ => options,
        }
    }

    /// The site with the files that are wrong as they were before. A file that would be wrong then too, because of
    /// another, is not held back.
    fn without_faults(&self, tree: &Tree, options: &Options, seen: Seen, faulty: &BTreeSet<SitePath>) -> Seen {
        let is_other = |path: &SitePath| self.good.get(path).is_some_and(|good| tree.get(path) != Some(good));
        let mut held: BTreeSet<_> = faulty.iter().filter(|path| is_other(path)).cloned().collect();
        while !held.is_empty() {
            let mut before = tree.clone();
            held.iter().filter_map(|path| Some((path, self.good.get(path)?))).for_each(|(path, file)| {
                before.insert(path.clone(), file.clone());
            });
            let outcome = World::read_again(self.shown.as_deref(), &before, options, &self.memo);
            let still = files(outcome.found.iter().filter(holds_back));
            let in_vain: Vec<_> = held.intersection(&still).cloned().collect();
            if in_vain.is_empty() {
                let found = told(seen.found, &outcome.found, &held);
                return Seen { world: outcome.world.map(Arc::new), found, held, ..Seen::default() };
            }
            held.retain(|path| !in_vain.contains(path));
        }
        seen
    }

    /// Remembers the files that nothing is wrong with.
    fn learn(&mut self, tree: &Tree, faulty: &BTreeSet<SitePath>) {
        let mut good = tree.clone();
        for path in faulty {
            match self.good.get(path) {
                Some(file) => good.insert(path.clone(), file.clone()),
                None => good.remove(path),
            }
        }
        self.good = good;
    }
}

/// What is told of a site with files held back: all that is wrong with these, and of the others what does not come of
/// a fault in these.
fn told(found: Vec<Diagnostic>, without: &[Diagnostic], held: &BTreeSet<SitePath>) -> Vec<Diagnostic> {
    let stays = |finding: &Diagnostic| {
        let is_held = finding.place.as_ref().is_some_and(|place| held.contains(&place.file));
        is_held || without.iter().any(|other| other.order() == finding.order())
    };
    found.into_iter().filter(stays).collect()
}

/// Whether a file is held back for something that is wrong with it. A text that is no longer what was published is shown:
/// whoever prepares a correction has to see it.
fn holds_back(finding: &&Diagnostic) -> bool {
    finding.is_error() && *finding.rule != diag::RECORD
}

/// The files in which something was found.
fn files<'f>(found: impl Iterator<Item = &'f Diagnostic>) -> BTreeSet<SitePath> {
    found.filter_map(|finding| Some(finding.place.as_ref()?.file.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::path::Address;

    const LETTER: &str = "---\ntitle: L\nfrom: A\nto: B\ndate: 2021-08-05\n---\n\nA letter.\n";
    const NEWS: &str = "---\ntitle: N\nsummary: S\nby: B\ndate: 2021-08-05\n---\n\nSee [it](../letters/a.md).\n";
    const BROKEN: &str = "---\ntitle: [L\n---\n\nBroken.\n";

    struct Desk {
        sight: Sight,
        tree: Tree,
    }

    impl Desk {
        fn new() -> Desk {
            let files = [
                ("site.toml", "title = \"T\"\n[rules]\nbase-url = \"off\"\naccessibility-statement = \"off\"\n"),
                ("content/letters/a.md", LETTER),
                ("content/updates/2021-08-05-n.md", NEWS),
            ];
            let at = "2021-10-01T12:00:00Z".parse().unwrap();
            let options = move |_: &Tree| Ok(Options { unpublished: true, ..Options::public(at) });
            Desk { sight: Sight::new(Box::new(options)), tree: files.into_iter().collect() }
        }

        /// What is told, by file, after these files have become others; an empty text takes one away.
        fn see(&mut self, files: &[(&str, &str)]) -> Vec<String> {
            for (path, text) in files {
                let path = SitePath::new(path);
                match text.is_empty() {
                    true => self.tree.remove(&path),
                    false => self.tree.insert(path, crate::tree::File::new(*text)),
                }
            }
            let seen = self.sight.see(&Ok(self.tree.clone()));
            let place =
                |finding: &Diagnostic| format!("{} {}", finding.rule.name, finding.place.as_ref().unwrap().file.name());
            seen.found.iter().map(place).collect()
        }

        #[track_caller]
        fn shows(&self, page: &str, words: &str) {
            let world = self.sight.shown.as_ref().expect("something is shown");
            let page = world.render(&Address::new(page)).expect("a page").expect("that renders");
            let page = String::from_utf8(page).unwrap();
            assert!(page.contains(words), "{words} in {page}");
        }
    }

    #[test]
    fn a_broken_file_is_held_back_and_no_other() {
        let mut desk = Desk::new();
        assert_eq!(desk.see(&[]), Vec::<String>::new());
        let mine = NEWS.replace("See", "Now see");
        let told = desk.see(&[("content/letters/a.md", BROKEN), ("content/updates/2021-08-05-n.md", &mine)]);
        assert!(told.iter().all(|told| told.ends_with(" a.md")) && !told.is_empty(), "{told:?}");
        desk.shows("/letters/a/", "A letter.");
        desk.shows("/updates/2021-08-05-n/", "Now see");
        assert_eq!(desk.see(&[("content/letters/a.md", &LETTER.replace("A letter", "Another"))]), Vec::<String>::new());
        desk.shows("/letters/a/", "Another.");
    }

    #[test]
    fn two_errors_in_two_files_are_both_told_and_mended_one_by_one() {
        let mut desk = Desk::new();
        desk.see(&[]);
        let news = NEWS.replace("date: 2021-08-05", "date: soon");
        let told = desk.see(&[("content/letters/a.md", BROKEN), ("content/updates/2021-08-05-n.md", &news)]);
        let has = |told: &[String], name: &str| told.iter().any(|told| told.ends_with(name));
        assert!(has(&told, "a.md") && has(&told, "n.md"), "{told:?}");
        let told = desk.see(&[("content/updates/2021-08-05-n.md", NEWS)]);
        assert!(has(&told, "a.md") && !has(&told, "n.md"), "{told:?}");
        assert_eq!(desk.see(&[("content/letters/a.md", LETTER)]), Vec::<String>::new());
    }

    #[test]
    fn a_file_that_cannot_be_read_is_held_back_too() {
        let mut desk = Desk::new();
        desk.see(&[]);
        let mine = NEWS.replace("See", "Now see");
        let mut tree = desk.tree.clone();
        tree.remove(&SitePath::new("content/letters/a.md"));
        tree.insert(SitePath::new("content/updates/2021-08-05-n.md"), crate::tree::File::new(mine));
        let error = DiskError::because("read", "content/letters/a.md", "it is shut");
        let seen = desk.sight.see(&Err(Unread { tree, errors: vec![error] }));
        assert_eq!(seen.stopped, ["cannot read content/letters/a.md: it is shut"]);
        assert!(seen.found.is_empty(), "{:?}", seen.found);
        desk.shows("/letters/a/", "A letter.");
        desk.shows("/updates/2021-08-05-n/", "Now see");
    }

    #[test]
    fn what_comes_of_a_fault_elsewhere_does_not_stop_a_page() {
        let mut desk = Desk::new();
        desk.see(&[]);
        assert_eq!(desk.see(&[("content/letters/a.md", "")]), ["broken-link 2021-08-05-n.md"]);
        let mine = NEWS.replace("See", "Now see");
        assert_eq!(desk.see(&[("content/updates/2021-08-05-n.md", &mine)]), ["broken-link 2021-08-05-n.md"]);
        desk.shows("/updates/2021-08-05-n/", "Now see");
        let told = desk.see(&[("content/letters/a.md", LETTER), ("site.toml", "title = \n")]);
        assert!(told.iter().all(|told| told.ends_with(" site.toml")) && !told.is_empty(), "{told:?}");
        desk.shows("/letters/a/", "A letter.");
    }

    #[test]
    fn errors_from_the_start_are_told_and_the_rest_is_shown() {
        let mut desk = Desk::new();
        let told = desk.see(&[("content/letters/b.md", BROKEN)]);
        assert!(told.iter().all(|told| told.ends_with(" b.md")) && !told.is_empty(), "{told:?}");
        desk.shows("/letters/a/", "A letter.");
        assert_eq!(desk.see(&[("content/letters/b.md", LETTER)]), Vec::<String>::new());
        desk.shows("/letters/b/", "A letter.");
    }

    #[test]
    fn a_site_that_was_read_again_is_that_which_is_read_anew() {
        let mut desk = Desk::new();
        let edits = ["One.", "Two, see [it](a.md).", "Three {#three}.", "Two, see [it](a.md#three).", "1\n\n2\n"];
        for (at, edit) in edits.iter().enumerate() {
            let letter = LETTER.replace("A letter.", edit);
            desk.see(&[(["content/letters/a.md", "content/letters/c.md"][at % 2], &letter)]);
            let fresh = World::read(&desk.tree, desk.sight.now.as_ref().unwrap().options(), &Arc::default());
            let again = desk.sight.now.as_ref().unwrap();
            let fresh = fresh.world.unwrap();
            assert!(again.addresses().eq(fresh.addresses()));
            assert!(
                fresh
                    .addresses()
                    .all(|page| again.render(page).unwrap().unwrap() == fresh.render(page).unwrap().unwrap())
            );
        }
    }
}
