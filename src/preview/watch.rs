//! Waiting for a site's folder to change.
//!
//! An event of the system only means "look again": what changed is found by reading, first the files that events
//! name, and from time to time all. Files are read at once; where one is suddenly empty or gone, an editor may be
//! half-way through saving it, and the rest of the save is waited for.

use crate::disk::{DiskError, Reader, Unread};
use crate::tree::{File, Tree};
use notify::{RecommendedWatcher, RecursiveMode, Watcher as _};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// How long the rest of a save may take.
const MOMENT: Duration = Duration::from_millis(100);

/// How long after the last event all files are looked at, for what came in before its folder was watched.
const SECOND_LOOK: Duration = Duration::from_millis(250);

/// How often all files are looked at where nothing is heard: where the system tells of changes, for those that it
/// does not tell of, such as those made on another machine; and where it cannot tell.
const REGULAR: Duration = Duration::from_secs(3);
const FALLBACK: Duration = Duration::from_millis(500);

/// The share of the time that regular looks may take: one part in so many.
const SHARE: u32 = 50;

/// The folders of a site that are watched with all that lies below them.
const FOLDERS: [&str; 2] = ["content", "themes"];

/// The state of a site's folder: a tree, or why not all of it can be read.
type Read = Result<Tree, Unread>;

/// Reads a site's folder again whenever it changes.
pub struct Lookout {
    reader: Reader,
    watch: Watch,
    last: Option<Tree>,
    /// Errors of the last reading, to tell new ones from old ones.
    errors: String,
    /// How long it last took to look at all files.
    effort: Duration,
}

impl Lookout {
    /// A lookout over a site; `poll` says how often to look instead of being told.
    pub fn new(site: &Path, poll: Option<Duration>) -> Result<Self, DiskError> {
        let reader = Reader::new(site)?;
        let watch = Watch::new(reader.root(), poll);
        Ok(Lookout { reader, watch, last: None, errors: String::new(), effort: Duration::ZERO })
    }

    /// How changes are noticed, in words.
    pub fn way(&self) -> String {
        match self.watch.every {
            None => "told by the system".to_owned(),
            Some(every) => format!("looked for every {} milliseconds", every.as_millis()),
        }
    }

    /// Reads the folder now, whatever it holds.
    pub fn look(&mut self) -> Read {
        let read = self.read_all();
        self.remember(&read);
        read
    }

    /// Waits until the folder differs from what was read last, and reads it.
    pub fn wait(&mut self) -> Read {
        loop {
            if let Some(read) = self.wait_once() {
                return read;
            }
        }
    }

    /// Waits until it is time to look, and says what there is where it differs from what was read last.
    pub fn wait_once(&mut self) -> Option<Read> {
        let sign = self.watch.wait(self.effort);
        let read = self.read(sign);
        let read = if self.is_half_saved(&read) { self.rest_of_save(read) } else { read };
        self.remember(&read).then_some(read)
    }

    /// Waits a moment for the rest of a save; what was read then, if it differs from what was read before.
    pub fn settle(&mut self) -> Option<Read> {
        let sign = self.watch.wait_until(Instant::now() + MOMENT)?;
        let read = self.read(sign);
        self.remember(&read).then_some(read)
    }

    fn read(&mut self, sign: Sign) -> Read {
        let files: Option<BTreeSet<_>> = match sign {
            Sign::Look => None,
            Sign::Files(files) => Some(files.into_iter().filter(|file| self.reader.concerns(file)).collect()),
        };
        let known = self.last.as_ref().filter(|_| self.errors.is_empty());
        match known.zip(files).and_then(|(tree, files)| self.reader.read_only(tree, &files)) {
            Some(tree) => Ok(tree),
            None => self.read_all(),
        }
    }

    fn read_all(&mut self) -> Read {
        let start = Instant::now();
        let read = self.reader.read();
        self.effort = start.elapsed();
        read
    }

    /// Reads again until nothing is missing any more, or it has been missing for too long to come back.
    fn rest_of_save(&mut self, mut read: Read) -> Read {
        let end = Instant::now() + MOMENT;
        while self.is_half_saved(&read) {
            let Some(sign) = self.watch.wait_until(end) else { return self.read_all() };
            read = self.read(sign);
        }
        read
    }

    /// Keeps what was read, and says whether it differs from the last time.
    fn remember(&mut self, read: &Read) -> bool {
        let (tree, errors) = told(read);
        let differs = errors != self.errors || self.last.as_ref() != Some(tree);
        self.errors = errors;
        self.last = Some(tree.clone());
        differs
    }

    /// Whether a file that held something is now empty or gone, or cannot be read.
    fn is_half_saved(&self, read: &Read) -> bool {
        let (tree, errors) = told(read);
        let Some(last) = self.last.as_ref().filter(|_| errors == self.errors) else { return !errors.is_empty() };
        let is_there = |file: Option<&File>| file.is_some_and(|file| !file.bytes().is_empty());
        let mut changed = last.changed(tree).into_iter();
        changed.any(|path| is_there(last.get(&path)) && !is_there(tree.get(&path)))
    }
}

/// What could be read, and in words what could not.
fn told(read: &Read) -> (&Tree, String) {
    match read {
        Ok(tree) => (tree, String::new()),
        Err(unread) => (&unread.tree, unread.errors.iter().map(|error| format!("{error}\n")).collect()),
    }
}

/// What it is time for.
enum Sign {
    /// To look at everything.
    Look,
    /// To look at these files, or folders.
    Files(BTreeSet<PathBuf>),
}

/// What an event of the system says.
struct Told {
    paths: Vec<PathBuf>,
    /// Whether a watched folder itself came or went.
    replaced: bool,
    /// Whether events were lost.
    lost: bool,
}

/// What tells that it is time to look: events of the system, or the clock.
struct Watch {
    root: PathBuf,
    events: Receiver<Told>,
    /// None where the clock alone tells.
    watcher: Option<RecommendedWatcher>,
    every: Option<Duration>,
    /// Whether something was heard since all files were looked at.
    heard: bool,
}

impl Watch {
    fn new(root: &Path, poll: Option<Duration>) -> Self {
        let (send, events) = channel();
        let folders = FOLDERS.map(|folder| root.join(folder));
        let tell = move |event: notify::Result<notify::Event>| {
            let lost = event.as_ref().map_or(true, notify::Event::need_rescan);
            let event = event.unwrap_or_default();
            if lost || !event.kind.is_access() {
                let replaced = event.paths.iter().any(|path| folders.contains(path));
                let _ = send.send(Told { paths: event.paths, replaced, lost });
            }
        };
        let watcher = if poll.is_some() { None } else { notify::recommended_watcher(tell).ok() };
        let mut watch = Watch { root: root.to_owned(), events, watcher, every: poll, heard: false };
        if poll.is_none() && !watch.attach() {
            watch.fall_back();
        }
        watch
    }

    /// Looks by the clock from now on, where the system refuses to tell.
    fn fall_back(&mut self) {
        self.watcher = None;
        self.every = Some(FALLBACK);
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

    /// Returns when it is time to look; `effort` says how long a look at everything takes.
    fn wait(&mut self, effort: Duration) -> Sign {
        let every = match (self.every, self.heard) {
            (Some(every), _) => every.max(effort * 2),
            (None, true) => SECOND_LOOK,
            (None, false) => REGULAR.max(effort * SHARE),
        };
        self.wait_until(Instant::now() + every).unwrap_or_else(|| {
            self.heard = false;
            Sign::Look
        })
    }

    /// The same, until a moment; none where nothing was heard by then.
    fn wait_until(&mut self, end: Instant) -> Option<Sign> {
        let mut told = match self.events.recv_timeout(end.saturating_duration_since(Instant::now())) {
            Ok(told) => told,
            Err(RecvTimeoutError::Timeout) => return None,
            Err(RecvTimeoutError::Disconnected) => {
                sleep(end.saturating_duration_since(Instant::now()));
                return None;
            }
        };
        for more in self.events.try_iter() {
            told.paths.extend(more.paths);
            told.replaced |= more.replaced;
            told.lost |= more.lost;
        }
        self.heard = true;
        if told.replaced && !self.attach() {
            self.fall_back();
        }
        Some(if told.replaced || told.lost { Sign::Look } else { Sign::Files(told.paths.into_iter().collect()) })
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

    #[cfg(unix)]
    #[test]
    fn a_change_behind_a_link_is_seen_at_all_its_paths() {
        let site = site();
        let content = site.path().join("content");
        fs::create_dir(content.join("a")).unwrap();
        fs::write(content.join("a/x.md"), "one").unwrap();
        std::os::unix::fs::symlink(content.join("a"), content.join("b")).unwrap();
        let mut lookout = Lookout::new(site.path(), None).unwrap();
        lookout.look().unwrap();
        fs::write(content.join("a/x.md"), "two").unwrap();
        let read = lookout.wait();
        assert_eq!(
            (text(&read, "content/a/x.md"), text(&read, "content/b/x.md")),
            (Some("two".into()), Some("two".into()))
        );
    }

    #[test]
    fn many_files_at_once_and_a_folder_that_goes_and_comes_back_are_seen() {
        let site = site();
        let folder = site.path().join("content/proposals/a");
        fs::create_dir_all(&folder).unwrap();
        let mut lookout = Lookout::new(site.path(), None).unwrap();
        lookout.look().unwrap();
        (1..=200).for_each(|draft| fs::write(folder.join(format!("draft-{draft}.md")), "one").unwrap());
        wait_for(&mut lookout, "content/proposals/a/draft-200.md", Some("one"));
        fs::rename(&folder, site.path().join("away")).unwrap();
        wait_for(&mut lookout, "content/proposals/a/draft-200.md", None);
        fs::rename(site.path().join("away"), &folder).unwrap();
        wait_for(&mut lookout, "content/proposals/a/draft-200.md", Some("one"));
        fs::write(folder.join("draft-7.md"), "two").unwrap();
        wait_for(&mut lookout, "content/proposals/a/draft-7.md", Some("two"));
    }
}
