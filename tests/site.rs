//! The sample site as a whole: every page can be written, every link leads somewhere, the same input
//! gives the same bytes, nothing is early, and a preview shows what a build writes.

use greenpaper::disk::Reader;
use greenpaper::path::{Address, SitePath};
use greenpaper::site::{Memo, Options, World};
use greenpaper::tree::{File, Tree};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const PROGRAM: &str = env!("CARGO_BIN_EXE_greenpaper");

/// The sample as the public sees it at a moment.
fn sample(at: &str) -> World {
    let tree = Reader::new(Path::new(ROOT)).unwrap().read().unwrap();
    let at: Timestamp = at.parse().unwrap();
    let options = Options { as_of: true, ..Options::public(at) };
    let outcome = World::read(&tree, &options, &Arc::new(Memo::default()));
    let found: Vec<_> = outcome.found.iter().map(|finding| (&finding.place, &finding.message)).collect();
    assert!(found.is_empty(), "{found:#?}");
    outcome.world.unwrap()
}

fn pages(world: &World) -> BTreeMap<Address, Vec<u8>> {
    world.addresses().map(|address| (address.clone(), world.render(address).unwrap().unwrap())).collect()
}

/// The values of an attribute in a page.
fn values<'a>(page: &'a str, attribute: &str) -> Vec<&'a str> {
    let start = format!(" {attribute}=\"");
    page.split(&start).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn every_link_of_the_sample_leads_somewhere() {
    let world = sample("2022-01-01T00:00:00Z");
    let pages = pages(&world);
    let html = pages.iter().filter(|(address, _)| address.file().extension() == "html");
    let text: BTreeMap<_, _> =
        html.map(|(address, bytes)| (address.clone(), String::from_utf8_lossy(bytes).into_owned())).collect();
    let mut ids: BTreeMap<&Address, BTreeSet<&str>> = BTreeMap::new();
    for (address, page) in &text {
        let all = values(page, "id");
        let unique: BTreeSet<_> = all.iter().copied().collect();
        assert_eq!(all.len(), unique.len(), "an id stands twice on {address}");
        ids.insert(address, unique);
    }
    let mut count = 0;
    for (address, page) in &text {
        for target in values(page, "href").into_iter().chain(values(page, "src")) {
            if target.starts_with("https://")
                || target.starts_with("mailto:")
                || target.starts_with("tel:")
                || *address == Address::new("/404.html")
            {
                continue;
            }
            count += 1;
            let (path, id) = target.split_once('#').map_or((target, None), |(path, id)| (path, Some(id)));
            let there = resolve(address, path);
            assert!(pages.contains_key(&there), "{target} on {address} leads to {there}, where nothing is");
            let known = id.is_none_or(|id| ids[&there].contains(id));
            assert!(known, "{target} on {address}: no such place on {there}");
        }
    }
    assert!(count > 2_000, "only {count} links were looked at");
}

/// The address that a reference leads to.
fn resolve(from: &Address, reference: &str) -> Address {
    if reference.is_empty() {
        return from.clone();
    }
    let mut parts: Vec<&str> = from.as_str().split('/').collect();
    parts.pop();
    for part in reference.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." => {}
            part => parts.push(part),
        }
    }
    let joined = parts.join("/");
    Address::new(if reference.ends_with("..") || reference == "./" {
        format!("{}/", joined.trim_end_matches('/'))
    } else {
        joined
    })
}

#[test]
fn nothing_of_the_sample_is_early() {
    let early = pages(&sample("2021-10-01T00:00:00Z"));
    let late = pages(&sample("2021-12-01T00:00:00Z"));
    let holds = |pages: &BTreeMap<Address, Vec<u8>>, word: &str| {
        let found = pages.iter().filter(|(address, bytes)| {
            address.as_str().contains(word) || String::from_utf8_lossy(bytes).to_lowercase().contains(word)
        });
        found.count()
    };
    for word in ["concordat", "draft-3", "hubs-3", "plans-it-must-fit"] {
        assert_eq!(holds(&early, word), 0, "{word}");
        assert!(holds(&late, word) > 0, "{word}");
    }
}

/// A copy of what a site consists of, in a folder of its own.
fn copy_of_the_sample(to: &Path) {
    fn copy(from: &Path, to: &Path) {
        std::fs::create_dir_all(to).unwrap();
        for entry in std::fs::read_dir(from).unwrap() {
            let entry = entry.unwrap();
            let target = to.join(entry.file_name());
            if entry.path().is_dir() {
                copy(&entry.path(), &target)
            } else {
                std::fs::copy(entry.path(), target).map(|_| ()).unwrap()
            }
        }
    }
    copy(&Path::new(ROOT).join("content"), &to.join("content"));
    std::fs::copy(Path::new(ROOT).join("site.toml"), to.join("site.toml")).unwrap();
}

fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    fn gather(root: &Path, folder: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                gather(root, &path, files);
            } else {
                files.insert(path.strip_prefix(root).unwrap().to_owned(), std::fs::read(&path).unwrap());
            }
        }
    }
    let mut all = BTreeMap::new();
    gather(folder, folder, &mut all);
    all
}

#[test]
fn the_same_input_gives_the_same_bytes_in_any_folder_with_any_number_of_threads() {
    let outputs: Vec<_> = ["1", "2"]
        .into_iter()
        .map(|threads| {
            let folder = tempfile::TempDir::new().unwrap();
            let site = folder.path().join(format!("a folder for {threads}"));
            copy_of_the_sample(&site);
            let status = Command::new(PROGRAM)
                .args(["build", "--as-of", "2021-10-01", "--site"])
                .arg(&site)
                .env("RAYON_NUM_THREADS", threads)
                .stdout(Stdio::null())
                .status()
                .unwrap();
            assert!(status.success());
            files(&site.join("public"))
        })
        .collect();
    assert!(outputs[0].len() > 30);
    assert_eq!(outputs[0].keys().collect::<Vec<_>>(), outputs[1].keys().collect::<Vec<_>>());
    for (path, bytes) in &outputs[0] {
        assert!(outputs[1][path] == *bytes, "{} differs", path.display());
    }
}

/// A process that ends with the test.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn a_preview_shows_what_a_build_writes_less_the_script() {
    let world = sample("2022-01-01T23:59:59Z");
    let mut server = Command::new(PROGRAM);
    server.args(["serve", "--as-of", "2022-01-01", "--site", ROOT]).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut server = Server(server.spawn().unwrap());
    let mut line = String::new();
    BufReader::new(server.0.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let host = line.trim().trim_start_matches("http://").trim_end_matches('/').to_owned();
    for (address, expected) in pages(&world) {
        let shown = get(&host, address.as_str());
        let plain = without_script(&String::from_utf8_lossy(&shown));
        assert!(shown == expected || plain.as_bytes() == expected, "{address} differs in the preview");
    }
}

fn get(host: &str, path: &str) -> Vec<u8> {
    let mut stream = TcpStream::connect(host).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
    let mut response = Vec::new();
    stream.read_to_end(&mut response).unwrap();
    let head = response.windows(4).position(|bytes| bytes == b"\r\n\r\n").expect("a head");
    response[head + 4..].to_vec()
}

/// A page without what the preview puts before the end of its body.
fn without_script(page: &str) -> String {
    let added = "<div id=\"greenpaper-preview\"";
    let (Some(start), Some(end)) = (page.rfind(added), page.rfind("</body>")) else { return page.to_owned() };
    if start < end && page[start..end].contains("__greenpaper") {
        format!("{}{}", &page[..start], &page[end..])
    } else {
        page.to_owned()
    }
}

#[test]
fn a_site_made_by_init_builds_anywhere_without_a_finding() {
    let folder = tempfile::TempDir::new().unwrap();
    let site = folder.path().join("papers");
    let run = |args: &[&str]| {
        let output = Command::new(PROGRAM).args(args).arg(&site).current_dir(folder.path()).output().unwrap();
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    run(&["init"]);
    assert_eq!(run(&["check", "--site"]), "");
    run(&["build", "--site"]);
    assert!(site.join("public/index.html").is_file() && site.join("public/404.html").is_file());
}

/// All pages of a site with raw HTML in a page and in two drafts, and a line of its own in `site.toml`.
fn site_with(line: &str, memo: &Arc<Memo>) -> String {
    let draft = |words: &str| format!("---\npublished: 2021-01-01\n---\n\n<section>{words}</section>\n");
    let files = [
        ("site.toml", format!("title = \"Papers\"\nbase_url = \"https://example.org\"\n{line}\n")),
        ("content/index.md", "---\ntitle: Papers\n---\n".to_owned()),
        ("content/pages/about.md", "---\ntitle: About\n---\n\nH<sub>2</sub>O\n".to_owned()),
        ("content/proposals/levy/index.md", "---\ntitle: Levy\nsummary: A levy.\n---\n".to_owned()),
        ("content/proposals/levy/draft-1.md", draft("Every hub may hold one.")),
        ("content/proposals/levy/draft-2.md", draft("Every hub must hold one.")),
    ];
    let mut tree = Tree::default();
    files.into_iter().for_each(|(path, text)| tree.insert(SitePath::new(path), File::new(text.into_bytes())));
    let at = "2022-01-01T00:00:00Z".parse().unwrap();
    let options = Options::public(at);
    let world = World::read(&tree, &options, memo).world.unwrap();
    let html = pages(&world).into_iter().filter(|(address, _)| address.file().extension() == "html");
    html.map(|(_, bytes)| String::from_utf8(bytes).unwrap()).collect()
}

#[test]
fn what_becomes_of_raw_html_is_read_anew_with_the_same_memo() {
    let memo = Arc::new(Memo::default());
    let compared = "hub <del>may</del><ins>must</ins> hold";
    let check = |line: &str, kept: bool| {
        let pages = site_with(line, &memo);
        assert_eq!(pages.contains("H<sub>2</sub>O"), kept, "{line}");
        assert_eq!(pages.contains("H2O"), !kept, "{line}");
        assert_eq!(pages.contains(&format!("<section>Every {compared} one.</section>")), kept, "{line}");
        assert_eq!(pages.contains(&format!("<p>Every {compared} one.</p>")), !kept, "{line}");
    };
    check("", true);
    check("raw_html = \"drop\"", false);
    check("raw_html = \"clean\"", true);
}
