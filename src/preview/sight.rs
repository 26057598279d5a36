//! The site as its files are now, and the site that is shown: files that are wrong are held back.
//!
//! In: a tree, again and again. Out: [`Seen`]: what is wrong with the tree, and a world in which each file that has an
//! error is as it was when it had none, so that everything else is shown as it is now. A file that never was without
//! an error is shown as well as can be.

use crate::diag::Diagnostic;
use crate::disk::DiskError;
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
    pub(super) fn see(&mut self, read: &Result<Tree, Vec<DiskError>>) -> Seen {
        match read {
            Ok(tree) => {
                self.tree = tree.clone();
                self.see_again()
            }
            Err(errors) => self.stopped(errors.iter().map(DiskError::to_string).collect()),
        }
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
        let faulty = files(found.iter().filter(|finding| finding.is_error()));
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
            let still = files(outcome.found.iter().filter(|finding| finding.is_error()));
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

/// The files in which something was found.
fn files<'f>(found: impl Iterator<Item = &'f Diagnostic>) -> BTreeSet<SitePath> {
    found.filter_map(|finding| Some(finding.place.as_ref()?.file.clone())).collect()
}
