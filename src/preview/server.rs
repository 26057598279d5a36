//! The server on 127.0.0.1: requests → pages, rendered when they are asked for.
//!
//! Only what a site holds is ever answered; no path of a request reaches the disk.

use super::guard;
use super::inject::RELOAD_JS;
use super::overlay;
use super::state::{Page, Report, SeenAs, Shown, Sight, State};
use super::watch::Lookout;
use crate::path::Address;
use axum::Router;
use axum::extract::{Request, State as Shared};
use axum::http::{Method, StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse as _, Response};
use futures_core::Stream;
use std::convert::Infallible;
use std::net::{Ipv4Addr, TcpListener};
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::runtime::Runtime;
use tokio::sync::mpsc::UnboundedReceiver;

/// The port that is tried first, and how many after it.
const PORTS: std::ops::Range<u16> = 4040..4140;

/// What is to be shown, and where.
pub struct Plan {
    /// The site's folder.
    pub site: PathBuf,
    /// The port; none means the first free one from 4040, 0 any that is free.
    pub port: Option<u16>,
    /// How often to look for changes, instead of being told of them.
    pub poll: Option<Duration>,
    /// How the site is to be seen.
    pub options: SeenAs,
    /// What else is done with findings.
    pub report: Report,
}

/// A server that runs until it is dropped.
pub struct Server {
    runtime: Option<Runtime>,
    port: u16,
    prefix: String,
}

impl Server {
    /// Reads the site and starts to serve it.
    pub fn start(plan: Plan) -> Result<Server, String> {
        let listener = listen(plan.port)?;
        let port = listener.local_addr().map_err(|error| error.to_string())?.port();
        let mut lookout = Lookout::new(&plan.site, plan.poll).map_err(|error| error.to_string())?;
        let sight = Sight { options: plan.options, report: plan.report, memo: Arc::default() };
        let state = Arc::new(State::new(sight.see(&lookout.look())));
        let prefix = state.now().prefix();
        let runtime = Runtime::new().map_err(|error| format!("cannot start the server: {error}"))?;
        runtime.spawn(serve(listener, Arc::new(Site { state: state.clone(), port })));
        std::thread::spawn(move || sight.follow(lookout, &state));
        Ok(Server { runtime: Some(runtime), port, prefix })
    }

    /// Where the front page is.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}{}/", self.port, self.prefix)
    }

    /// Returns when the user has asked for an end, with Ctrl-C.
    pub fn until_stopped(self) -> Result<(), String> {
        let stopped = self.runtime.as_ref().map(|runtime| runtime.block_on(tokio::signal::ctrl_c()));
        stopped.unwrap_or(Ok(())).map_err(|error| format!("cannot wait for Ctrl-C: {error}"))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Pages that are open hold their connections for ever: they are not waited for.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// The port that was asked for, or the first free one.
fn listen(port: Option<u16>) -> Result<TcpListener, String> {
    let bind = |port| {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        listener.set_nonblocking(true)?;
        Ok::<_, std::io::Error>(listener)
    };
    match port {
        Some(port) => bind(port).map_err(|error| format!("cannot listen on 127.0.0.1:{port}: {error}")),
        None => PORTS.into_iter().find_map(|port| bind(port).ok()).ok_or_else(|| {
            format!("cannot listen on 127.0.0.1: no port from {} to {} is free", PORTS.start, PORTS.end - 1)
        }),
    }
}

/// What every request is answered from.
struct Site {
    state: Arc<State>,
    port: u16,
}

async fn serve(listener: TcpListener, site: Arc<Site>) {
    let Ok(listener) = tokio::net::TcpListener::from_std(listener) else { return };
    // `axum::serve` does not return; connections that fail are its own affair.
    let _ = axum::serve(listener, Router::new().fallback(answer).with_state(site)).await;
}

async fn answer(Shared(site): Shared<Arc<Site>>, request: Request) -> Response {
    if let Some(refusal) = guard::refusal(request.headers(), site.port) {
        return reply(StatusCode::FORBIDDEN, PLAIN, refusal.into());
    }
    if ![Method::GET, Method::HEAD].contains(request.method()) {
        return reply(StatusCode::METHOD_NOT_ALLOWED, PLAIN, "Only GET and HEAD are answered.\n".into());
    }
    match request.uri().path() {
        "/__greenpaper/events" => events(&site.state),
        "/__greenpaper/reload.js" => reply(StatusCode::OK, media_type("js"), RELOAD_JS.into()),
        "/__greenpaper/errors.css" => reply(StatusCode::OK, media_type("css"), overlay::CSS.into()),
        path => {
            let path = path.to_owned();
            let answered = tokio::task::spawn_blocking(move || page(&site.state, &path)).await;
            answered.unwrap_or_else(|_| reply(StatusCode::INTERNAL_SERVER_ERROR, PLAIN, "This page failed.\n".into()))
        }
    }
}

/// The page at a path of the server.
fn page(state: &State, path: &str) -> Response {
    let shown = state.now();
    let prefix = shown.prefix();
    if path == "/" && !prefix.is_empty() || path == prefix && !path.is_empty() {
        return redirect(&format!("{prefix}/"));
    }
    let Some(address) = address(path, &prefix) else {
        return lost(state);
    };
    match state.page(&address) {
        Page::Good(bytes) => reply(StatusCode::OK, media_type(address.file().extension()), bytes),
        Page::Broken(bytes) => reply(StatusCode::INTERNAL_SERVER_ERROR, media_type("html"), bytes),
        Page::None if is_folder(&shown, &address) => redirect(&format!("{path}/")),
        Page::None => lost(state),
    }
}

/// The address that a path of the server stands for; none outside the site.
fn address(path: &str, prefix: &str) -> Option<Address> {
    let path = decoded(path)?;
    let below = path.strip_prefix(prefix).filter(|below| below.starts_with('/'))?;
    let page = below.strip_suffix("/index.html").map(|folder| format!("{folder}/"));
    Some(Address::new(page.unwrap_or_else(|| below.to_owned())))
}

/// Whether a page lies at the address with a `/` added, which browsers leave out when typed by hand.
fn is_folder(shown: &Shown, address: &Address) -> bool {
    let folder = Address::new(format!("{address}/"));
    shown.world.as_ref().is_some_and(|world| world.addresses().any(|known| *known == folder))
}

/// The site's own page for what is not there.
fn lost(state: &State) -> Response {
    match state.page(&Address::new("/404.html")) {
        Page::Good(bytes) => reply(StatusCode::NOT_FOUND, media_type("html"), bytes),
        Page::Broken(bytes) => reply(StatusCode::INTERNAL_SERVER_ERROR, media_type("html"), bytes),
        Page::None => reply(StatusCode::NOT_FOUND, PLAIN, "There is no such page.\n".into()),
    }
}

/// A path with its `%` escapes read (RFC 3986); none where they make no UTF-8.
fn decoded(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let [first, after @ ..] = rest {
        rest = after;
        if *first != b'%' {
            bytes.push(*first);
            continue;
        }
        let [high, low, after @ ..] = rest else { return None };
        let digit = |byte: &u8| char::from(*byte).to_digit(16);
        bytes.push(u8::try_from(digit(high)? * 16 + digit(low)?).ok()?);
        rest = after;
    }
    String::from_utf8(bytes).ok()
}

/// The versions of the site, for the script in the pages.
fn events(state: &State) -> Response {
    Sse::new(Versions(state.listen())).keep_alive(KeepAlive::default()).into_response()
}

struct Versions(UnboundedReceiver<String>);

impl Stream for Versions {
    type Item = Result<Event, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(context).map(|version| version.map(|version| Ok(Event::default().data(version))))
    }
}

const PLAIN: &str = "text/plain; charset=utf-8";

fn reply(status: StatusCode, media_type: &'static str, bytes: Vec<u8>) -> Response {
    let headers = [(header::CONTENT_TYPE, media_type), (header::CACHE_CONTROL, "no-store")];
    (status, headers, bytes).into_response()
}

fn redirect(to: &str) -> Response {
    (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, to.to_owned())]).into_response()
}

/// The media type of a file, by its extension.
fn media_type(extension: &str) -> &'static str {
    match extension {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "xml" => "application/xml",
        "ics" => "text/calendar; charset=utf-8",
        "txt" => PLAIN,
        "md" => "text/markdown; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "pdf" => "application/pdf",
        "woff2" => "font/woff2",
        "wasm" => "application/wasm",
        "webmanifest" => "application/manifest+json",
        "zip" => "application/zip",
        _ => "application/octet-stream",
    }
}
