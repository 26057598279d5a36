//! The site as it is now: what is shown, what is wrong, and who wants to hear of changes.
//!
//! A site that has errors does not take the place of one that had none: pages stay as they were, with a
//! list of the errors on them, until the errors are mended.

use super::overlay::{self, Trouble};
use super::{changes, inject::inject, watch::Lookout};
use crate::diag::Diagnostic;
use crate::disk::DiskError;
use crate::path::Address;
use crate::site::{Memo, Options, Outcome, World};
use crate::tree::Tree;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// How a tree is to be seen; an error where its `site.toml` does not allow that.
pub type SeenAs = Box<dyn Fn(&Tree) -> Result<Options, String> + Send>;

/// What is done with findings beside showing them on pages.
pub type Report = Box<dyn Fn(&[Diagnostic]) + Send>;

/// Reads the folder again and again, and what came of it.
pub(super) struct Sight {
    pub(super) options: SeenAs,
    pub(super) report: Report,
    pub(super) memo: Arc<Memo>,
}

/// One look at the folder: the site, if it can be read, and what is wrong with it.
pub(super) struct Seen {
    world: Option<World>,
    troubles: Vec<Trouble>,
}

impl Sight {
    /// What the files of a folder are as a site.
    pub(super) fn see(&self, read: &Result<Tree, Vec<DiskError>>) -> Seen {
        let tree = match read {
            Ok(tree) => tree,
            Err(errors) => return Seen { world: None, troubles: errors.iter().map(Trouble::from).collect() },
        };
        let options = match (self.options)(tree) {
            Ok(options) => options,
            Err(message) => return Seen { world: None, troubles: vec![Trouble { message, ..Trouble::default() }] },
        };
        let Outcome { world, found } = World::read(tree, &options, &self.memo);
        (self.report)(&found);
        let troubles = found.iter().filter(|finding| finding.is_error()).map(Trouble::from).collect();
        Seen { world, troubles }
    }

    /// Waits for the folder to change and shows what it has become, for ever.
    pub(super) fn follow(&self, mut lookout: Lookout, state: &State) {
        loop {
            let mut seen = self.see(&lookout.wait());
            let new_errors = !seen.troubles.is_empty() && !state.now().is_broken();
            if let Some(settled) = new_errors.then(|| lookout.settle()).flatten() {
                seen = self.see(&settled);
            }
            state.show(seen);
        }
    }
}

/// What is shown at present.
#[derive(Clone)]
pub(super) struct Shown {
    /// The last site without errors; where there was none yet, the last that could be read at all.
    pub(super) world: Option<Arc<World>>,
    troubles: Vec<Trouble>,
    /// Differs for every change, and from one run of the program to the next.
    version: String,
    /// Whether the site that is shown had no errors when it was read.
    sound: bool,
}

impl Shown {
    /// Whether the content has errors.
    pub(super) fn is_broken(&self) -> bool {
        !self.troubles.is_empty()
    }

    /// The path that pages lie under: empty, or `/papers`.
    pub(super) fn prefix(&self) -> String {
        self.world.as_ref().map_or(String::new(), |world| world.config().prefix().to_owned())
    }

    /// The page of an address as it goes to the browser.
    fn dressed(&self, address: &Address, page: &[u8], more: &[Trouble]) -> Vec<u8> {
        let troubles = [self.troubles.as_slice(), more].concat();
        let list = if troubles.is_empty() { String::new() } else { overlay::list(&troubles, self.sound) };
        let changes = self.world.as_ref().map_or(String::new(), |world| changes::data(world, address));
        inject(page, &self.version, &list, &changes)
    }

    /// A page of errors alone.
    pub(super) fn errors(&self, more: &[Trouble]) -> Vec<u8> {
        let troubles = [self.troubles.as_slice(), more].concat();
        inject(overlay::page(&troubles).as_bytes(), &self.version, "", "")
    }
}

/// What the server and the lookout share.
pub(super) struct State {
    shown: Mutex<Arc<Shown>>,
    /// The last good bytes of the pages that were asked for.
    good: Mutex<BTreeMap<Address, Arc<Vec<u8>>>>,
    listeners: Mutex<Vec<UnboundedSender<String>>>,
    count: Mutex<u64>,
}

/// What an address holds.
pub(super) enum Page {
    /// Its bytes, ready to be sent.
    Good(Vec<u8>),
    /// It cannot be rendered and never could: a page of errors.
    Broken(Vec<u8>),
    /// There is no such address.
    None,
}

impl State {
    /// The state after the first look.
    pub(super) fn new(seen: Seen) -> Self {
        let nothing = Shown { world: None, troubles: Vec::new(), version: String::new(), sound: false };
        let state = State {
            shown: Mutex::new(Arc::new(nothing)),
            good: Mutex::default(),
            listeners: Mutex::default(),
            count: Mutex::default(),
        };
        state.show(seen);
        state
    }

    /// What is shown at present.
    pub(super) fn now(&self) -> Arc<Shown> {
        held(&self.shown).clone()
    }

    /// Shows what was seen, and tells every page that is open.
    pub(super) fn show(&self, seen: Seen) {
        let before = self.now();
        let sound = seen.troubles.is_empty();
        let world = match seen.world.map(Arc::new) {
            Some(world) if sound || !before.sound => Some(world),
            _ => before.world.clone(),
        };
        let version = self.next_version();
        let sound = sound || before.sound;
        *held(&self.shown) = Arc::new(Shown { world, troubles: seen.troubles, version: version.clone(), sound });
        held(&self.listeners).retain(|listener| listener.send(version.clone()).is_ok());
    }

    fn next_version(&self) -> String {
        let mut count = held(&self.count);
        *count += 1;
        format!("{}-{count}", std::process::id())
    }

    /// The versions of the site from now on, the present one first.
    pub(super) fn listen(&self) -> UnboundedReceiver<String> {
        let (send, receive) = unbounded_channel();
        let mut listeners = held(&self.listeners);
        let _ = send.send(self.now().version.clone());
        listeners.push(send);
        receive
    }

    /// What an address holds. A page that cannot be rendered any more is shown as it was.
    pub(super) fn page(&self, address: &Address) -> Page {
        let shown = self.now();
        let Some(world) = &shown.world else { return Page::Broken(shown.errors(&[])) };
        match world.render(address) {
            None => Page::None,
            Some(Ok(bytes)) if !is_html(address) => Page::Good(bytes),
            Some(Ok(bytes)) => {
                let dressed = shown.dressed(address, &bytes, &[]);
                held(&self.good).insert(address.clone(), Arc::new(bytes));
                Page::Good(dressed)
            }
            Some(Err(found)) => {
                let more: Vec<_> = found.iter().map(Trouble::from).collect();
                match held(&self.good).get(address).filter(|_| is_html(address)) {
                    Some(bytes) => Page::Good(shown.dressed(address, bytes, &more)),
                    None => Page::Broken(shown.errors(&more)),
                }
            }
        }
    }
}

/// Whether an address is a page, into which errors and live reload can go.
pub(super) fn is_html(address: &Address) -> bool {
    address.file().extension() == "html"
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
