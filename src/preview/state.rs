//! What is shown at present, and who looks at which page of it.
//!
//! In: what was [`Seen`] last, and browsers that ask for pages and wait for news. Out: pages with what the preview adds
//! to them, and news for those whose page, or what is said about it, has become another.

use super::edited;
use super::inject::{Added, inject};
use super::panel::{self, Editor};
use super::sight::Seen;
use super::{changes, sight::Sight, watch::Lookout};
use crate::diag::Diagnostic;
use crate::path::Address;
use crate::site::World;
use crate::tree::Digest;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// What is done with findings beside showing them on pages.
pub type Report = Box<dyn Fn(&[Diagnostic], &[String]) + Send>;

/// How many pages are kept as they were rendered.
const PAGES: usize = 64;

/// Waits for the folder to change and shows what it has become, for ever.
pub(super) fn follow(mut sight: Sight, mut lookout: Lookout, state: &State, report: &Report) {
    loop {
        let Some(read) = lookout.wait_once() else {
            if sight.is_over() {
                state.show(sight.see_again());
            }
            continue;
        };
        let mut seen = sight.see(&read);
        // New errors may be those of a half-written file.
        if seen.has_new_errors(&state.now().seen)
            && let Some(settled) = lookout.settle()
        {
            seen = sight.see(&settled);
        }
        report(&seen.found, &seen.stopped);
        state.show(seen);
    }
}

/// What is shown at present.
pub(super) struct Shown {
    pub(super) seen: Seen,
    /// The world before, for pages that a broken template keeps from being rendered, and to see what was edited.
    before: Option<Arc<World>>,
    pages: Mutex<HashMap<Address, Rendered>>,
}

/// A page as it was rendered.
#[derive(Clone)]
pub(super) struct Rendered {
    /// As `build` would write it.
    pub(super) bytes: Arc<Vec<u8>>,
    /// What the templates reported, where the page is an older one.
    pub(super) found: Arc<Vec<Diagnostic>>,
    /// Differs where the bytes do.
    pub(super) digest: String,
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

/// What a page that is open is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum News {
    /// It has become another; the block that was edited, where one was.
    Page(Option<String>),
    /// What is said about it has: HTML.
    Panel(String),
}

/// A page that is open in a browser.
struct Listener {
    address: Address,
    /// The page and the panel as the browser has them.
    digest: String,
    panel: String,
    send: UnboundedSender<News>,
}

impl Shown {
    /// The path that pages lie under: empty, or `/papers`.
    pub(super) fn prefix(&self) -> String {
        self.seen.world.as_ref().map_or(String::new(), |world| world.config().prefix().to_owned())
    }

    /// What stands at an address; none where nothing does.
    pub(super) fn rendered(&self, address: &Address) -> Option<Result<Rendered, Vec<Diagnostic>>> {
        if let Some(known) = held(&self.pages).get(address) {
            return Some(Ok(known.clone()));
        }
        let world = self.seen.world.as_ref()?;
        let (bytes, found) = match world.render_any(address)? {
            Ok(bytes) => (bytes, Vec::new()),
            Err(found) => match self.before.as_ref().and_then(|before| before.render_any(address)) {
                Some(Ok(bytes)) => (bytes, found),
                _ => return Some(Err(found)),
            },
        };
        let digest = Digest::of(&bytes).short(16);
        let rendered = Rendered { bytes: Arc::new(bytes), found: Arc::new(found), digest };
        let mut pages = held(&self.pages);
        if pages.len() < PAGES {
            pages.insert(address.clone(), rendered.clone());
        }
        Some(Ok(rendered))
    }
}

/// What the server and the lookout share.
pub(super) struct State {
    shown: Mutex<Arc<Shown>>,
    listeners: Mutex<Vec<Listener>>,
    editor: Editor,
}

impl State {
    /// The state after the first look.
    pub(super) fn new(seen: Seen, editor: Editor) -> Self {
        let shown = Shown { seen, before: None, pages: Mutex::default() };
        State { shown: Mutex::new(Arc::new(shown)), listeners: Mutex::default(), editor }
    }

    /// What is shown at present.
    pub(super) fn now(&self) -> Arc<Shown> {
        held(&self.shown).clone()
    }

    /// Shows what was seen, and tells the pages that are open what is new for them.
    pub(super) fn show(&self, seen: Seen) {
        let old = self.now();
        let before = old.seen.world.clone().or(old.before.clone());
        let shown = Arc::new(Shown { seen, before, pages: Mutex::default() });
        *held(&self.shown) = Arc::clone(&shown);
        held(&self.listeners).retain_mut(|listener| {
            let news = self.news(&shown, listener);
            news.is_none_or(|news| listener.send.send(news).is_ok()) && !listener.send.is_closed()
        });
    }

    /// What is new for a page that is open.
    fn news(&self, shown: &Shown, listener: &mut Listener) -> Option<News> {
        let (digest, panel) = self.face(shown, &listener.address);
        if digest != listener.digest {
            let block = edited::block(shown.before.as_deref(), shown.seen.world.as_deref(), &listener.address);
            (listener.digest, listener.panel) = (digest, panel);
            return Some(News::Page(block));
        }
        let is_new = panel != listener.panel;
        listener.panel.clone_from(&panel);
        is_new.then_some(News::Panel(panel))
    }

    /// What tells one state of a page from another: its bytes, and what is said about it.
    fn face(&self, shown: &Shown, address: &Address) -> (String, String) {
        match shown.rendered(address) {
            Some(Ok(page)) => (page.digest.clone(), self.panel(shown, address, &page.found)),
            Some(Err(found)) => (String::new(), self.panel(shown, address, &found)),
            None => (String::new(), self.panel(shown, address, &[])),
        }
    }

    fn panel(&self, shown: &Shown, address: &Address, more: &[Diagnostic]) -> String {
        panel::draw(&shown.seen, address, more, &self.editor)
    }

    /// The news of a page that a browser has open, as it was when it was sent.
    pub(super) fn listen(&self, address: Address, digest: &str) -> UnboundedReceiver<News> {
        let (send, receive) = unbounded_channel();
        let shown = self.now();
        let panel = String::new();
        let mut listener = Listener { address, digest: digest.to_owned(), panel, send };
        if let Some(news) = self.news(&shown, &mut listener) {
            let _ = listener.send.send(news);
        }
        held(&self.listeners).push(listener);
        receive
    }

    /// What an address holds. A page that cannot be rendered any more is shown as it was.
    pub(super) fn page(&self, address: &Address) -> Page {
        let shown = self.now();
        if shown.seen.world.is_none() {
            return Page::Broken(self.errors(&shown, address, &[]));
        }
        match shown.rendered(address) {
            None => Page::None,
            Some(Ok(page)) if !is_html(address) => Page::Good(page.bytes.to_vec()),
            Some(Ok(page)) => Page::Good(self.dressed(&shown, address, &page)),
            Some(Err(found)) => Page::Broken(self.errors(&shown, address, &found)),
        }
    }

    /// The page of an address as it goes to the browser.
    fn dressed(&self, shown: &Shown, address: &Address, page: &Rendered) -> Vec<u8> {
        let changes = shown.seen.world.as_ref().map_or(String::new(), |world| changes::data(world, address));
        let panel = self.panel(shown, address, &page.found);
        inject(&page.bytes, &Added { panel: &panel, address, digest: &page.digest, changes: &changes })
    }

    /// The site's own page for what is not there; it becomes the page that was asked for as soon as that is there.
    pub(super) fn lost(&self, address: &Address) -> Option<Vec<u8>> {
        let shown = self.now();
        let page = shown.rendered(&Address::new("/404.html"))?.ok()?;
        let panel = self.panel(&shown, address, &[]);
        Some(inject(&page.bytes, &Added { panel: &panel, address, digest: "", changes: "" }))
    }

    /// A page of errors alone.
    fn errors(&self, shown: &Shown, address: &Address, found: &[Diagnostic]) -> Vec<u8> {
        let panel = self.panel(shown, address, found);
        inject(panel::PAGE.as_bytes(), &Added { panel: &panel, address, digest: "", changes: "" })
    }
}

/// Whether an address is a page, into which the panel and live reload can go.
pub(super) fn is_html(address: &Address) -> bool {
    address.file().extension() == "html"
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
