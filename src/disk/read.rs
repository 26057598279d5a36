//! A site's folder → [`Tree`].
//!
//! In: the root of a site. Out: `site.toml` and every file below `content/` and `themes/`, or every
//! reason why that cannot be. Hidden files and what editors leave behind are no part of a site, and a
//! symbolic link that leads out of it is not followed. A [`Reader`] that reads again shares the bytes
//! of files that did not change.

use super::{DiskError, Doing as _};
use crate::path::SitePath;
use crate::tree::{File, Tree};
use rayon::prelude::*;
use std::collections::{BTreeSet, HashMap};
use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use walkdir::{DirEntry, WalkDir};

/// The folders of a site that belong to it as a whole.
const FOLDERS: [&str; 2] = ["content", "themes"];

/// How old a time stamp must be before it is believed: the coarsest file systems count in two seconds.
const SETTLED: Duration = Duration::from_secs(2);

/// Reads one site, again and again.
pub struct Reader {
    root: PathBuf,
    known: HashMap<SitePath, (Stamp, File)>,
    /// Whether a part of the site is a symbolic link, so that one file may have several paths.
    has_links: bool,
}

/// A site of which not all could be read.
#[derive(Debug)]
pub struct Unread {
    /// What could be.
    pub tree: Tree,
    /// What could not, and why.
    pub errors: Vec<DiskError>,
}

/// What tells a changed file from an unchanged one without reading it.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Stamp {
    modified: SystemTime,
    len: u64,
    /// Inode and time of the last change of any kind, where the system has them.
    identity: (u64, i64, i64),
    /// Whether the file was last written long enough before it was read.
    settled: bool,
}

impl Stamp {
    fn of(metadata: &Metadata) -> Option<Stamp> {
        let modified = metadata.modified().ok()?;
        let settled = modified.elapsed().is_ok_and(|age| age > SETTLED);
        Some(Stamp { modified, len: metadata.len(), identity: identity(metadata), settled })
    }
}

#[cfg(unix)]
fn identity(metadata: &Metadata) -> (u64, i64, i64) {
    use std::os::unix::fs::MetadataExt as _;
    (metadata.ino(), metadata.ctime(), metadata.ctime_nsec())
}

#[cfg(not(unix))]
fn identity(_: &Metadata) -> (u64, i64, i64) {
    (0, 0, 0)
}

impl Reader {
    /// A reader of the site at this root.
    pub fn new(root: &Path) -> Result<Self, DiskError> {
        let root = root.canonicalize().doing("read", root)?;
        Ok(Reader { root, known: HashMap::new(), has_links: false })
    }

    /// The site's root, absolute.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Reads the site; files whose time stamp stayed the same are not read again.
    pub fn read(&mut self) -> Result<Tree, Unread> {
        let Listed { files, mut errors, has_links } = self.list();
        self.has_links = has_links;
        let read: Vec<_> = files.into_par_iter().map(|(path, disk)| self.file(path, &disk)).collect();
        let mut tree = Tree::default();
        let mut known = HashMap::new();
        for file in read {
            match file {
                Ok(None) => {}
                Ok(Some((path, stamp, file))) => {
                    tree.insert(path.clone(), file.clone());
                    known.extend(stamp.map(|stamp| (path, (stamp, file))));
                }
                Err(error) => errors.push(error),
            }
        }
        self.known = known;
        if errors.is_empty() { Ok(tree) } else { Err(Unread { tree, errors }) }
    }

    /// The site as it was read, but for these files, which are read again; none where that cannot be told from
    /// single files.
    pub fn read_only(&mut self, tree: &Tree, files: &BTreeSet<PathBuf>) -> Option<Tree> {
        let mut tree = tree.clone();
        for disk in files {
            let path = self.part(disk)?;
            let metadata = fs::symlink_metadata(disk);
            match metadata {
                Err(error) if error.kind() == io::ErrorKind::NotFound && tree.below(&path).next().is_none() => {
                    tree.remove(&path);
                    self.known.remove(&path);
                }
                Ok(metadata) if metadata.is_file() && !self.has_links => {
                    let stamp = Stamp::of(&metadata)?;
                    let file = self.shared(&path, fs::read(disk).ok()?);
                    self.known.insert(path.clone(), (stamp, file.clone()));
                    tree.insert(path, file);
                }
                _ => return None,
            }
        }
        Some(tree)
    }

    /// Whether a path on this machine may be a part of the site, by its name alone.
    pub fn concerns(&self, disk: &Path) -> bool {
        let Ok(below) = disk.strip_prefix(&self.root) else { return true };
        let mut parts = below.components().map(|part| part.as_os_str().to_string_lossy());
        match parts.next().as_deref() {
            None | Some("site.toml") => true,
            Some(first) => FOLDERS.contains(&first) && !parts.any(|part| is_left_over(&part)),
        }
    }

    /// The path of a file of the site.
    fn part(&self, disk: &Path) -> Option<SitePath> {
        let path = site_path(disk.strip_prefix(&self.root).ok()?)?;
        (path.as_str() == "site.toml" || path.parts().count() > 1).then_some(path)
    }

    /// One file, from memory where its time stamp allows; none where it has vanished since it was listed.
    #[allow(clippy::type_complexity, reason = "used once, by `read` above")]
    fn file(&self, path: SitePath, disk: &Path) -> Result<Option<(SitePath, Option<Stamp>, File)>, DiskError> {
        let shown = Path::new(path.as_str());
        let stamp = match fs::metadata(disk) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            metadata => Stamp::of(&metadata.doing("read", shown)?),
        };
        if let (Some(stamp), Some((known, file))) = (stamp, self.known.get(&path))
            && stamp == *known
            && stamp.settled
        {
            return Ok(Some((path, Some(stamp), file.clone())));
        }
        match fs::read(disk) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            bytes => Ok(Some((path.clone(), stamp, self.shared(&path, bytes.doing("read", shown)?)))),
        }
    }

    /// A file of these bytes, sharing them with the last reading where they are the same.
    fn shared(&self, path: &SitePath, bytes: Vec<u8>) -> File {
        match self.known.get(path) {
            Some((_, file)) if *file.bytes() == *bytes => file.clone(),
            _ => File::new(bytes),
        }
    }

    /// The files of the site, in order, and what stood in the way of finding more.
    fn list(&self) -> Listed {
        let mut files = vec![(SitePath::new("site.toml"), self.root.join("site.toml"))];
        let mut errors = Vec::new();
        let mut has_links = FOLDERS.iter().any(|folder| self.root.join(folder).is_symlink());
        for folder in FOLDERS.map(|folder| self.root.join(folder)).iter().filter(|folder| folder.exists()) {
            let mut walk = WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter();
            while let Some(entry) = walk.next() {
                has_links |= entry.as_ref().is_ok_and(DirEntry::path_is_symlink);
                match entry.map_err(|error| self.walk_error(error)).map(|entry| self.sort_out(&entry)) {
                    Ok(Found::File(path, disk)) => files.push((path, disk)),
                    Ok(Found::Folder) | Err(None) => {}
                    Ok(Found::NoPart(folder)) if folder => walk.skip_current_dir(),
                    Ok(Found::NoPart(_)) => {}
                    Ok(Found::Wrong(error, folder)) => {
                        errors.push(error);
                        if folder {
                            walk.skip_current_dir();
                        }
                    }
                    Err(Some(error)) => errors.push(error),
                }
            }
        }
        Listed { files, errors, has_links }
    }

    /// What an entry of a folder is to the site.
    fn sort_out(&self, entry: &DirEntry) -> Found {
        let folder = entry.file_type().is_dir();
        if entry.depth() > 0 && is_left_over(&entry.file_name().to_string_lossy()) {
            return Found::NoPart(folder);
        }
        let shown = self.shown(entry.path());
        if entry.path_is_symlink() && !entry.path().canonicalize().is_ok_and(|real| real.starts_with(&self.root)) {
            let why = "it is a symbolic link that leads out of the site";
            return Found::Wrong(DiskError::because("read", shown, why), folder);
        }
        match site_path(&shown) {
            None => Found::Wrong(DiskError::because("read", shown, "its name is not valid UTF-8"), folder),
            Some(_) if folder => Found::Folder,
            Some(path) if entry.file_type().is_file() => Found::File(path, entry.path().to_owned()),
            Some(_) => Found::NoPart(false),
        }
    }

    /// A failure to walk on; none for what is not a fault: a loop of links, a left-over.
    fn walk_error(&self, error: walkdir::Error) -> Option<DiskError> {
        let shown = self.shown(error.path().unwrap_or(&self.root));
        let left_over = shown.file_name().is_some_and(|name| is_left_over(&name.to_string_lossy()));
        if error.loop_ancestor().is_some() || left_over {
            return None;
        }
        Some(DiskError::new("read", shown, error.into_io_error().unwrap_or_else(|| io::ErrorKind::Other.into())))
    }

    fn shown(&self, path: &Path) -> PathBuf {
        path.strip_prefix(&self.root).unwrap_or(path).to_owned()
    }
}

/// The files of a site, in order, and what stood in the way of finding more.
struct Listed {
    files: Vec<(SitePath, PathBuf)>,
    errors: Vec<DiskError>,
    has_links: bool,
}

/// What an entry of a folder is to the site; the flag says whether it is a folder.
enum Found {
    File(SitePath, PathBuf),
    Folder,
    NoPart(bool),
    Wrong(DiskError, bool),
}

/// Whether a name is that of a hidden file or of one that an editor left behind.
fn is_left_over(name: &str) -> bool {
    name.starts_with('.')
        || name.ends_with('~')
        || name.ends_with(".swp")
        || (name.len() > 1 && name.starts_with('#') && name.ends_with('#'))
}

/// A path below the root as the core writes it; none where a name is not UTF-8.
fn site_path(path: &Path) -> Option<SitePath> {
    let parts: Option<Vec<&str>> = path.components().map(|part| part.as_os_str().to_str()).collect();
    Some(SitePath::new(&parts?.join("/")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use tempfile::TempDir;

    fn site(files: &[(&str, &str)]) -> TempDir {
        let folder = TempDir::new().unwrap();
        for (path, text) in [("site.toml", "title = \"T\"\n")].iter().chain(files) {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        folder
    }

    fn read(folder: &TempDir) -> Result<Vec<String>, Vec<String>> {
        let tree = Reader::new(folder.path()).unwrap().read();
        tree.map(|tree| tree.iter().map(|(path, _)| path.to_string()).collect())
            .map_err(|unread| unread.errors.iter().map(DiskError::to_string).collect())
    }

    #[test]
    fn only_what_belongs_to_the_site_is_read() {
        let folder = site(&[
            ("content/index.md", ""),
            ("content/proposals/a/draft-1.md", ""),
            ("themes/own/theme.toml", ""),
            ("public/index.html", ""),
            ("README.md", ""),
        ]);
        let expected = ["content/index.md", "content/proposals/a/draft-1.md", "site.toml", "themes/own/theme.toml"];
        assert_eq!(read(&folder).unwrap(), expected);
    }

    #[test]
    fn hidden_files_and_left_overs_of_editors_are_no_part_of_it() {
        let folder = site(&[
            ("content/.hidden/a.md", ""),
            ("content/.a.md.swp", ""),
            ("content/a.md~", ""),
            ("content/b.swp", ""),
            ("content/#a.md#", ""),
            ("content/.#a.md", ""),
            ("content/#1.md", ""),
        ]);
        assert_eq!(read(&folder).unwrap(), ["content/#1.md", "site.toml"]);
    }

    #[test]
    fn a_missing_site_toml_is_left_to_the_core() {
        let folder = site(&[]);
        fs::remove_file(folder.path().join("site.toml")).unwrap();
        assert_eq!(read(&folder).unwrap(), Vec::<String>::new());
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_inside_the_site_only_and_loops_end() {
        let folder = site(&[("content/a/one.md", "")]);
        let link = |to: &Path, from: &str| std::os::unix::fs::symlink(to, folder.path().join(from)).unwrap();
        link(&folder.path().join("content/a"), "content/b");
        link(&folder.path().join("content"), "content/a/loop");
        assert_eq!(read(&folder).unwrap(), ["content/a/one.md", "content/b/one.md", "site.toml"]);
        link(Path::new("/etc"), "content/out");
        link(Path::new("nowhere"), "content/dangling.md");
        link(Path::new("user@host.1:2"), "content/.#lock.md");
        let expected = [
            "cannot read content/dangling.md: no such file or folder",
            "cannot read content/out: it is a symbolic link that leads out of the site",
        ];
        assert_eq!(read(&folder).unwrap_err(), expected);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_name_that_is_not_utf8_is_named() {
        use std::os::unix::ffi::OsStrExt as _;
        let folder = site(&[("content/a.md", "")]);
        fs::write(folder.path().join("content").join(std::ffi::OsStr::from_bytes(b"\xff.md")), "").unwrap();
        assert_eq!(read(&folder).unwrap_err(), ["cannot read content/\u{fffd}.md: its name is not valid UTF-8"]);
    }

    #[test]
    fn single_files_are_read_again() {
        let folder = site(&[("content/a.md", "one"), ("content/b.md", "one")]);
        let mut reader = Reader::new(folder.path()).unwrap();
        let tree = reader.read().unwrap();
        let mut again = |tree: &Tree, names: &[&str]| {
            let files = names.iter().map(|name| reader.root().join(name)).collect();
            reader.read_only(tree, &files)
        };
        let text = |tree: &Tree, path: &str| tree.get(&SitePath::new(path)).map(|file| file.lossy().to_string());
        fs::write(folder.path().join("content/a.md"), "two").unwrap();
        fs::write(folder.path().join("content/new.md"), "new").unwrap();
        let tree = again(&tree, &["content/a.md", "content/new.md"]).unwrap();
        assert_eq!(text(&tree, "content/a.md").as_deref(), Some("two"));
        assert_eq!(text(&tree, "content/new.md").as_deref(), Some("new"));
        fs::remove_file(folder.path().join("content/b.md")).unwrap();
        assert_eq!(text(&again(&tree, &["content/b.md"]).unwrap(), "content/b.md"), None);
        assert_eq!(again(&tree, &["content/gone.md"]).as_ref(), Some(&tree));
        assert!(again(&tree, &["content"]).is_none() && again(&tree, &["content/a.md/b"]).is_none());
    }

    #[test]
    fn bytes_of_unchanged_files_are_shared() {
        let folder = site(&[("content/a.md", "one"), ("content/b.md", "one")]);
        let mut reader = Reader::new(folder.path()).unwrap();
        let first = reader.read().unwrap();
        fs::write(folder.path().join("content/b.md"), "two").unwrap();
        let second = reader.read().unwrap();
        let shared = |path: &str| {
            let path = SitePath::new(path);
            Arc::ptr_eq(first.get(&path).unwrap().text().unwrap(), second.get(&path).unwrap().text().unwrap())
        };
        assert!(shared("content/a.md") && !shared("content/b.md"));
    }
}
