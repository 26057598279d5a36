//! Waiting for a site's folder to change.
//!
//! An event of the system only means "look again": what changed is found by reading. Files are read at
//! once; where one is suddenly empty or gone, an editor may be half-way through saving it, and it is
//! read once more after a moment.

use crate::disk::{DiskError, Reader};
use crate::tree::Tree;
use notify::{RecommendedWatcher, RecursiveMode, Watcher as _};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread::sleep;
use std::time::Duration;

/// How long the rest of a save may take.
const MOMENT: Duration = Duration::from_millis(60);

/// How long after an event a second look is taken, at what came in before its folder was watched.
const SECOND_LOOK: Duration = Duration::from_millis(150);

/// How often a folder is looked at where the system cannot tell of changes.
const FALLBACK: Duration = Duration::from_millis(500);

/// The folders of a site that are watched with all that lies below them.
const FOLDERS: [&str; 2] = ["content", "themes"];

/// The state of a site's folder: a tree, or why it cannot be read.
type Read = Result<Tree, Vec<DiskError>>;

/// Reads a site's folder again whenever it changes.
pub struct Lookout {
    reader: Reader,
    watch: Watch,
    last: Option<Tree>,
    /// Errors of the last reading, to tell new ones from old ones.
    errors: String,
}

impl Lookout {
    /// A lookout over a site; `poll` says how often to look instead of being told.
    pub fn new(site: &Path, poll: Option<Duration>) -> Result<Self, DiskError> {
        let reader = Reader::new(site)?;
        let watch = Watch::new(reader.root(), poll);
        Ok(Lookout { reader, watch, last: None, errors: String::new() })
    }

    /// Reads the folder now, whatever it holds.
    pub fn look(&mut self) -> Read {
        let read = self.reader.read();
        self.remember(&read);
        read
    }

    /// Waits until the folder differs from what was read last, and reads it.
    pub fn wait(&mut self) -> Read {
        loop {
            self.watch.wait();
            let mut read = self.reader.read();
            if self.is_half_saved(&read) {
                sleep(MOMENT);
                read = self.reader.read();
            }
            if self.remember(&read) {
                return read;
            }
        }
    }

    /// Waits a moment for the rest of a save; what was read then, if it differs from what was read before.
    pub fn settle(&mut self) -> Option<Read> {
        sleep(MOMENT);
        let read = self.reader.read();
        self.remember(&read).then_some(read)
    }

    /// Keeps what was read, and says whether it differs from the last time.
    fn remember(&mut self, read: &Read) -> bool {
        let errors = read
            .as_ref()
            .err()
            .map_or(String::new(), |errors| errors.iter().map(|error| format!("{error}\n")).collect());
        let differs = errors != self.errors || read.as_ref().is_ok_and(|tree| self.last.as_ref() != Some(tree));
        self.errors = errors;
        if let Ok(tree) = read {
            self.last = Some(tree.clone());
        }
        differs
    }

    /// Whether a file that held something is now empty or gone, or cannot be read.
    fn is_half_saved(&self, read: &Read) -> bool {
        let (Ok(tree), Some(last)) = (read, &self.last) else { return true };
        let mut before = last.iter().filter(|(_, file)| !file.bytes().is_empty());
        before.any(|(path, _)| tree.get(path).is_none_or(|file| file.bytes().is_empty()))
    }
}

/// What tells that it is time to look: events of the system, or the clock.
struct Watch {
    root: PathBuf,
    /// Whether a watched folder itself came or went.
    events: Receiver<bool>,
    /// None where the clock alone tells.
    watcher: Option<RecommendedWatcher>,
    every: Option<Duration>,
    look_again: bool,
}

impl Watch {
    fn new(root: &Path, poll: Option<Duration>) -> Self {
        let (send, events) = channel();
        let folders = FOLDERS.map(|folder| root.join(folder));
        let tell = move |event: notify::Result<notify::Event>| {
            let event = event.unwrap_or_default();
            if !event.kind.is_access() {
                let _ = send.send(event.paths.iter().any(|path| folders.contains(path)));
            }
        };
        let watcher = if poll.is_some() { None } else { notify::recommended_watcher(tell).ok() };
        let mut watch = Watch { root: root.to_owned(), events, watcher, every: poll, look_again: false };
        if !watch.attach() {
            watch.watcher = None;
            watch.every = Some(poll.unwrap_or(FALLBACK));
        }
        watch
    }

    /// Watches the folders of the site, those among them that exist; false where the system refuses.
    /// A folder that was removed and made anew has to be watched anew.
    fn attach(&mut self) -> bool {
        let Some(watcher) = &mut self.watcher else { return false };
        for folder in FOLDERS.map(|folder| self.root.join(folder)) {
            let _ = watcher.unwatch(&folder);
            if folder.is_dir() && watcher.watch(&folder, RecursiveMode::Recursive).is_err() && folder.is_dir() {
                return false;
            }
        }
        watcher.watch(&self.root, RecursiveMode::NonRecursive).is_ok()
    }

    /// Returns when it is time to look.
    fn wait(&mut self) {
        let every = self.every.or(self.look_again.then_some(SECOND_LOOK));
        let told = match every {
            None => self.events.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(every) => self.events.recv_timeout(every),
        };
        match told {
            Ok(mut replaced) => {
                replaced |= self.events.try_iter().fold(false, |any, one| any | one);
                self.look_again = true;
                if replaced && !self.attach() {
                    self.every = Some(FALLBACK);
                }
            }
            Err(RecvTimeoutError::Timeout) => self.look_again = false,
            Err(RecvTimeoutError::Disconnected) => sleep(self.every.unwrap_or(FALLBACK)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::path::SitePath;
    use std::fs;
    use tempfile::TempDir;

    fn site() -> TempDir {
        let site = TempDir::new().unwrap();
        fs::write(site.path().join("site.toml"), "title = \"T\"\n").unwrap();
        fs::create_dir(site.path().join("content")).unwrap();
        site
    }

    fn text(read: &Read, path: &str) -> Option<String> {
        let file = read.as_ref().unwrap().get(&SitePath::new(path))?;
        Some(file.lossy().to_string())
    }

    /// Waits until a file holds a text; the test hangs where that is never seen.
    fn wait_for(lookout: &mut Lookout, path: &str, expected: Option<&str>) {
        while text(&lookout.wait(), path).as_deref() != expected {}
    }

    #[test]
    fn changes_are_seen_by_events_and_by_the_clock() {
        for poll in [None, Some(Duration::from_millis(20))] {
            let site = site();
            let mut lookout = Lookout::new(site.path(), poll).unwrap();
            lookout.look().unwrap();
            let path = site.path().join("content/a.md");
            fs::write(&path, "one").unwrap();
            wait_for(&mut lookout, "content/a.md", Some("one"));
            fs::write(site.path().join("content/.a.md.tmp"), "two").unwrap();
            fs::rename(site.path().join("content/.a.md.tmp"), &path).unwrap();
            wait_for(&mut lookout, "content/a.md", Some("two"));
            fs::remove_file(&path).unwrap();
            wait_for(&mut lookout, "content/a.md", None);
        }
    }

    #[test]
    fn folders_that_come_later_are_watched_too() {
        let site = site();
        fs::remove_dir(site.path().join("content")).unwrap();
        let mut lookout = Lookout::new(site.path(), None).unwrap();
        lookout.look().unwrap();
        fs::create_dir_all(site.path().join("content/proposals/a")).unwrap();
        fs::write(site.path().join("content/proposals/a/draft-1.md"), "one").unwrap();
        wait_for(&mut lookout, "content/proposals/a/draft-1.md", Some("one"));
        fs::write(site.path().join("content/proposals/a/draft-1.md"), "two").unwrap();
        wait_for(&mut lookout, "content/proposals/a/draft-1.md", Some("two"));
    }

    #[test]
    fn a_file_that_is_being_saved_is_waited_for() {
        let site = site();
        let path = site.path().join("content/a.md");
        fs::write(&path, "one").unwrap();
        let mut lookout = Lookout::new(site.path(), None).unwrap();
        lookout.look().unwrap();
        let saving = std::thread::spawn(move || {
            fs::write(&path, "").unwrap();
            sleep(Duration::from_millis(20));
            fs::write(&path, "two").unwrap();
        });
        assert_eq!(text(&lookout.wait(), "content/a.md").as_deref(), Some("two"));
        saving.join().unwrap();
    }
}
