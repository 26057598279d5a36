//! `check --external` against a host of our own.
#![cfg(feature = "external")]

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use tempfile::TempDir;

/// A host that answers by the path: `/ok` and `/old` (which leads there) are found, `/get` only with GET,
/// anything else is gone. Gives its port.
fn host() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || listener.incoming().for_each(|stream| serve(stream.unwrap())));
    port
}

fn serve(mut stream: TcpStream) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut request = String::new();
    reader.read_line(&mut request).unwrap();
    let mut header = String::new();
    while reader.read_line(&mut header).is_ok_and(|read| read > 2) {
        header.clear();
    }
    let mut words = request.split(' ');
    let answer = match (words.next(), words.next()) {
        (_, Some("/ok")) => "200 OK",
        (_, Some("/old")) => "301 Moved\r\nLocation: /ok",
        (Some("GET"), Some("/get")) => "200 OK",
        (_, Some("/get")) => "405 Method Not Allowed",
        _ => "404 Not Found",
    };
    let _ = write!(stream, "HTTP/1.1 {answer}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
}

/// What `check` says about a page with that text.
fn checked(text: &str, options: &[&str]) -> (Option<i32>, String) {
    let folder = TempDir::new().unwrap();
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    let site = "title = \"T\"\nbase_url = \"https://example.org\"\n[rules]\ndead-link = \"error\"\n";
    write("site.toml", site);
    write("content/pages/about.md", &format!("---\ntitle: About\n---\n\n{text}\n"));
    let mut command = Command::new(env!("CARGO_BIN_EXE_greenpaper"));
    // A proxy of the machine is not to be asked for what lies on the machine.
    command.env("NO_PROXY", "127.0.0.1").env("no_proxy", "127.0.0.1");
    let output = command.arg("check").args(options).arg("--site").arg(folder.path()).output().unwrap();
    (output.status.code(), String::from_utf8(output.stdout).unwrap())
}

#[test]
fn pages_that_are_there_are_not_spoken_of() {
    let port = host();
    let text = ["ok", "old", "get"].map(|path| format!("<http://127.0.0.1:{port}/{path}>")).join(" ");
    let (status, said) = checked(&text, &["--external"]);
    assert_eq!((status, said.contains("no errors")), (Some(0), true), "{said}");
}

#[test]
fn pages_that_are_gone_are_told_and_weigh_what_the_site_says() {
    let port = host();
    let (status, said) = checked(&format!("[a](http://127.0.0.1:{port}/gone#x)"), &["--external"]);
    assert_eq!(status, Some(1), "{said}");
    assert!(said.contains("error[dead-link]") && said.contains("/gone` is gone: its host answers 404"), "{said}");
}

#[test]
fn a_host_that_is_not_there_is_told() {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let (status, said) = checked(&format!("<http://127.0.0.1:{port}/>"), &["--external"]);
    assert_eq!((status, said.contains("does not answer")), (Some(1), true), "{said}");
}

#[test]
fn nobody_is_asked_without_the_option() {
    let (status, said) = checked("<http://127.0.0.1:1/>", &[]);
    assert_eq!((status, said.contains("no errors")), (Some(0), true), "{said}");
}
