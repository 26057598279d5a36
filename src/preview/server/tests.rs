//! The server, asked as a browser asks.

use super::*;
use crate::preview::inject::without;
use crate::site::{Memo, Options, World};
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use tempfile::TempDir;

const TOML: &str = "title = \"T\"\nbase_url = \"https://example.org/papers\"\n";

struct Preview {
    site: TempDir,
    server: Server,
}

fn options() -> Options {
    let at = jiff::Timestamp::UNIX_EPOCH;
    Options { unpublished: true, ..Options::public(at) }
}

impl Preview {
    fn start(toml: &str) -> Preview {
        let site = TempDir::new().unwrap();
        if !toml.is_empty() {
            fs::write(site.path().join("site.toml"), toml).unwrap();
        }
        fs::create_dir(site.path().join("content")).unwrap();
        let plan = Plan {
            site: site.path().to_owned(),
            host: "127.0.0.1".to_owned(),
            port: Some(0),
            poll: None,
            options: Box::new(|_| Ok(options())),
            report: Box::new(|_, _| {}),
        };
        fs::write(site.path().join("content/index.md"), "---\ntitle: Home\n---\n\nHello one.\n").unwrap();
        Preview { server: Server::start(plan).unwrap(), site }
    }

    fn change(&self, path: &str, text: &str) {
        fs::write(self.site.path().join(path), text).unwrap();
    }

    fn connect(&self, method: &str, path: &str, headers: &str) -> TcpStream {
        let mut stream = TcpStream::connect(("127.0.0.1", self.server.listens.port())).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        write!(stream, "{method} {path} HTTP/1.1\r\nConnection: close\r\n{headers}\r\n").unwrap();
        stream
    }

    fn host(&self) -> String {
        format!("Host: localhost:{}\r\n", self.server.listens.port())
    }

    /// The status, the headers and the body of an answer.
    fn ask(&self, method: &str, path: &str, headers: &str) -> (u16, String, Vec<u8>) {
        let mut bytes = Vec::new();
        self.connect(method, path, headers).read_to_end(&mut bytes).unwrap();
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").unwrap();
        let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
        (head.split(' ').nth(1).unwrap().parse().unwrap(), head, bytes[end + 4..].to_vec())
    }

    fn get(&self, path: &str) -> (u16, String) {
        let (status, _, body) = self.ask("GET", path, &self.host());
        (status, String::from_utf8_lossy(&body).into_owned())
    }

    /// Asks for the front page until it is as expected; fails after some seconds.
    #[track_caller]
    fn wait_for(&self, expected: impl Fn(&str) -> bool) {
        let pages = (0..200).map(|_| {
            std::thread::sleep(Duration::from_millis(25));
            self.get("/papers/").1
        });
        let mut last = String::new();
        assert!(pages.inspect(|page| last.clone_from(page)).any(|page| expected(&page)), "the page stays {last}");
    }
}

#[test]
fn a_page_is_that_of_build_but_for_the_script() {
    let preview = Preview::start(TOML);
    let (status, head, body) = preview.ask("GET", "/papers/", &preview.host());
    assert_eq!(status, 200);
    assert!(head.contains("content-type: text/html; charset=utf-8") && head.contains("cache-control: no-store"));
    let tree = crate::disk::Reader::new(preview.site.path()).unwrap().read().unwrap();
    let world = World::read(&tree, &options(), &Arc::new(Memo::default())).world.unwrap();
    assert_eq!(without(&body), world.render(&Address::new("/")).unwrap().unwrap());
    assert_ne!(without(&body), body);
}

#[test]
fn the_site_lies_under_its_prefix() {
    let preview = Preview::start(TOML);
    assert!(preview.server.url().ends_with("/papers/"));
    for path in ["/", "/papers"] {
        let (status, head, _) = preview.ask("GET", path, &preview.host());
        assert!(status == 307 && head.contains("location: /papers/\r\n"), "{head}");
    }
    assert_eq!(preview.get("/papers/index.html").0, 200);
    assert_eq!(preview.get("/papers/nowhere/").0, 404);
    assert_eq!(preview.get("/papers/../../etc/passwd").0, 404);
    assert_eq!(preview.ask("HEAD", "/papers/", &preview.host()).2, b"");
}

#[test]
fn others_are_refused() {
    let preview = Preview::start(TOML);
    let host = preview.host();
    assert_eq!(preview.ask("GET", "/papers/", "Host: example.org\r\n").0, 403);
    assert_eq!(preview.ask("GET", "/__greenpaper/events", &format!("{host}Origin: https://example.org\r\n")).0, 403);
    assert_eq!(preview.ask("POST", "/papers/", &host).0, 405);
}

#[test]
fn a_change_is_shown_and_told() {
    let preview = Preview::start(TOML);
    let page = preview.get("/papers/").1;
    let digest = page.split("data-digest=\"").nth(1).unwrap().split('"').next().unwrap();
    let path = format!("/__greenpaper/events?page=%2F&digest={digest}");
    let mut events = BufReader::new(preview.connect("GET", &path, &preview.host())).lines();
    let mut next = |name: &str| events.any(|line| line.unwrap() == format!("event: {name}"));
    assert!(next("panel"));
    preview.change("content/index.md", "---\ntitle: Home\n---\n\nHello two.\n");
    assert!(next("page"));
    assert!(preview.get("/papers/").1.contains("Hello two."));
}

#[test]
fn a_draft_comes_with_the_way_to_its_comparison() {
    let preview = Preview::start(TOML);
    let folder = "content/proposals/hubs";
    fs::create_dir_all(preview.site.path().join(folder)).unwrap();
    preview.change(&format!("{folder}/index.md"), "---\ntitle: Hubs\nsummary: S\n---\n");
    for draft in 1..=2 {
        preview.change(&format!("{folder}/draft-{draft}.md"), &format!("---\nsummary: S\n---\n\nWord {draft}.\n"));
    }
    preview.wait_for(|_| preview.get("/papers/proposals/hubs/changes/draft-1/draft-2/").0 == 200);
    let page = preview.get("/papers/proposals/hubs/draft-2/").1;
    assert!(page.contains(" data-base=\"Draft 1\" data-comparison=\"../changes/draft-1/draft-2/\""), "{page}");
    assert!(!preview.get("/papers/proposals/hubs/draft-1/").1.contains("data-comparison"));
    assert!(preview.get("/__greenpaper/preview.js").1.contains("dataset"));
}

#[test]
fn any_two_drafts_are_compared_on_request() {
    let preview = Preview::start(&format!("{TOML}compare = 1\n"));
    let folder = "content/proposals/hubs";
    fs::create_dir_all(preview.site.path().join(folder)).unwrap();
    preview.change(&format!("{folder}/index.md"), "---\ntitle: Hubs\nsummary: S\n---\n");
    for draft in 1..=5 {
        preview.change(&format!("{folder}/draft-{draft}.md"), &format!("---\nsummary: S\n---\n\nWord {draft}.\n"));
    }
    preview.wait_for(|_| preview.get("/papers/proposals/hubs/draft-5/").0 == 200);
    let page = preview.get("/papers/proposals/hubs/draft-4/").1;
    assert!(!page.contains("changes/draft-2/draft-4/"), "a build compares them too");
    let (status, page) = preview.get("/papers/proposals/hubs/changes/draft-2/draft-4/");
    assert!(status == 200 && page.contains("Word") && page.contains("<ins"), "{page}");
    assert_eq!(preview.get("/papers/proposals/hubs/changes/draft-2/draft-9/").0, 404);
    assert_eq!(preview.get("/papers/proposals/hubs/changes/draft-2").0, 404);
}

#[test]
fn the_last_good_page_stays_while_there_are_errors() {
    let preview = Preview::start(TOML);
    preview.change("site.toml", "title = \n");
    preview.wait_for(|page| page.contains("Hello one.") && page.contains("site.toml:1:"));
    preview.change("site.toml", TOML);
    preview.wait_for(|page| page.contains("Hello one.") && !page.contains("class=\"error\""));
}

#[test]
fn errors_from_the_start_are_a_page_of_their_own() {
    let preview = Preview::start("");
    let (status, page) = preview.get("/");
    assert!(status == 500 && page.contains("site.toml") && page.contains("/__greenpaper/preview.js"), "{page}");
    preview.change("site.toml", TOML);
    preview.wait_for(|page| page.contains("Hello one.") && !page.contains("class=\"error\""));
}

#[test]
fn a_port_that_is_taken_is_an_error() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let error = listen("127.0.0.1", Some(port)).unwrap_err();
    assert!(error.contains(&format!("port {port} of 127.0.0.1 is taken")), "{error}");
    assert!(listen("127.0.0.1", None).is_ok());
    assert!(listen("192.0.2.1", None).unwrap_err().contains("cannot listen on 192.0.2.1"));
}
