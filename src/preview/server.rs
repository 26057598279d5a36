//! The server on 127.0.0.1: requests → pages, rendered when they are asked for.
//!
//! Only what a site holds is ever answered; no path of a request reaches the disk.

use super::changes;
use super::guard::{self, Hosts};
use super::inject::RELOAD_JS;
use super::panel::{self, Editor};
use super::paths::{PLAIN, address, media_type, query};
use super::sight::{SeenAs, Sight};
use super::state::{News, Page, Report, Shown, State, follow, is_html};
use super::watch::Lookout;
use crate::path::Address;
use axum::Router;
use axum::extract::{Request, State as Shared};
use axum::http::{Method, StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse as _, Response};
use axum::serve::ListenerExt as _;
use futures_core::Stream;
use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::mpsc::UnboundedReceiver;

/// The port that is tried first, and how many after it.
const PORTS: std::ops::Range<u16> = 4040..4140;

/// What is to be shown, and where.
pub struct Plan {
    /// The site's folder.
    pub site: PathBuf,
    /// The name or address of this machine to listen on.
    pub host: String,
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
    listens: SocketAddr,
    host: String,
    prefix: String,
    way: String,
}

impl Server {
    /// Reads the site and starts to serve it.
    pub fn start(plan: Plan) -> Result<Server, String> {
        let listener = listen(&plan.host, plan.port)?;
        let listens = listener.local_addr().map_err(|error| error.to_string())?;
        let mut lookout = Lookout::new(&plan.site, plan.poll).map_err(|error| error.to_string())?;
        let way = lookout.way();
        let mut sight = Sight::new(plan.options);
        let seen = sight.see(&lookout.look());
        (plan.report)(&seen.found, &seen.stopped);
        let root = std::path::absolute(&plan.site).unwrap_or(plan.site);
        let state = Arc::new(State::new(seen, Editor { root }));
        let prefix = state.now().prefix();
        let runtime = runtime().map_err(|error| format!("cannot start the server: {error}"))?;
        let hosts = Hosts::new(&plan.host, listens);
        runtime.spawn(serve(listener, Arc::new(Site { state: state.clone(), hosts })));
        std::thread::spawn(move || follow(sight, lookout, &state, &plan.report));
        Ok(Server { runtime: Some(runtime), listens, host: plan.host, prefix, way })
    }

    /// Whether only this machine can ask.
    pub fn is_private(&self) -> bool {
        self.listens.ip().is_loopback()
    }

    /// How changes are noticed, in words.
    pub fn way(&self) -> &str {
        &self.way
    }

    /// Where the front page is.
    pub fn url(&self) -> String {
        let host = match self.listens.ip() {
            address if address.is_unspecified() => "localhost".to_owned(),
            IpAddr::V6(address) => format!("[{address}]"),
            IpAddr::V4(address) if address.is_loopback() => address.to_string(),
            IpAddr::V4(_) => self.host.clone(),
        };
        format!("http://{host}:{}{}/", self.listens.port(), self.prefix)
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

/// Few threads: each keeps memory of its own, and a browser asks for a few pages at a time.
fn runtime() -> std::io::Result<Runtime> {
    Builder::new_multi_thread().worker_threads(1).max_blocking_threads(2).enable_all().build()
}

/// The port that was asked for, or the first free one.
fn listen(host: &str, port: Option<u16>) -> Result<TcpListener, String> {
    let bind = |port| {
        let listener = TcpListener::bind((host, port))?;
        listener.set_nonblocking(true)?;
        Ok::<_, std::io::Error>(listener)
    };
    let fail = |port: u16, error: std::io::Error| match error.kind() {
        std::io::ErrorKind::AddrInUse => {
            format!("port {port} of {host} is taken by another program; name another with --port, or leave --port out")
        }
        _ => format!("cannot listen on {host}:{port}: {error}"),
    };
    if let Some(port) = port {
        return bind(port).map_err(|error| fail(port, error));
    }
    for port in PORTS {
        match bind(port) {
            Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => {}
            bound => return bound.map_err(|error| fail(port, error)),
        }
    }
    Err(format!("cannot listen on {host}: no port from {} to {} is free", PORTS.start, PORTS.end - 1))
}

/// What every request is answered from.
struct Site {
    state: Arc<State>,
    hosts: Hosts,
}

async fn serve(listener: TcpListener, site: Arc<Site>) {
    let Ok(listener) = tokio::net::TcpListener::from_std(listener) else { return };
    // News go out at once, not with the next packet (RFC 9293, section 3.7.4).
    let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
    // `axum::serve` does not return; connections that fail are its own affair.
    let _ = axum::serve(listener, Router::new().fallback(answer).with_state(site)).await;
}

async fn answer(Shared(site): Shared<Arc<Site>>, request: Request) -> Response {
    if let Some(refusal) = guard::refusal(request.headers(), &site.hosts) {
        return reply(StatusCode::FORBIDDEN, PLAIN, refusal.into());
    }
    if ![Method::GET, Method::HEAD].contains(request.method()) {
        return reply(StatusCode::METHOD_NOT_ALLOWED, PLAIN, "Only GET and HEAD are answered.\n".into());
    }
    match request.uri().path() {
        "/__greenpaper/events" => events(&site.state, request.uri().query().unwrap_or("")),
        "/__greenpaper/preview.js" => reply(StatusCode::OK, media_type("js"), [RELOAD_JS, changes::JS].concat().into()),
        "/__greenpaper/preview.css" => reply(StatusCode::OK, media_type("css"), panel::CSS.into()),
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
        return lost(state, &Address::new(path));
    };
    match state.page(&address) {
        Page::Good(bytes) => reply(StatusCode::OK, media_type(address.file().extension()), bytes),
        Page::Broken(bytes) => reply(StatusCode::INTERNAL_SERVER_ERROR, media_type("html"), bytes),
        Page::None if is_folder(&shown, &address) => redirect(&format!("{path}/")),
        Page::None => lost(state, &address),
    }
}

/// Whether a page lies at the address with a `/` added, which browsers leave out when typed by hand.
fn is_folder(shown: &Shown, address: &Address) -> bool {
    let folder = Address::new(format!("{address}/"));
    shown.seen.world.as_ref().is_some_and(|world| world.routes().contains(&folder))
}

/// The site's own page for what is not there.
fn lost(state: &State, address: &Address) -> Response {
    match state.lost(address).filter(|_| is_html(address) || address.file().extension().is_empty()) {
        Some(bytes) => reply(StatusCode::NOT_FOUND, media_type("html"), bytes),
        None => reply(StatusCode::NOT_FOUND, PLAIN, "There is no such page.\n".into()),
    }
}

/// The news of a page that is open, for the script in it.
fn events(state: &State, asked: &str) -> Response {
    let page = Address::new(query(asked, "page").unwrap_or_default());
    let digest = query(asked, "digest").unwrap_or_default();
    Sse::new(Stories(state.listen(page, &digest))).keep_alive(KeepAlive::default()).into_response()
}

struct Stories(UnboundedReceiver<News>);

impl Stream for Stories {
    type Item = Result<Event, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(context).map(|news| news.map(|news| Ok(event(news))))
    }
}

/// News as they are sent; an event has data, or a browser drops it, and no carriage return in it (HTML standard, 9.2.6).
fn event(news: News) -> Event {
    let (name, data) = match news {
        News::Page(block) => ("page", serde_json::json!({ "block": block }).to_string()),
        News::Panel(html) => ("panel", html),
    };
    Event::default().event(name).data(data.replace('\r', " "))
}

fn reply(status: StatusCode, media_type: &'static str, bytes: Vec<u8>) -> Response {
    let headers = [(header::CONTENT_TYPE, media_type), (header::CACHE_CONTROL, "no-store")];
    (status, headers, bytes).into_response()
}

fn redirect(to: &str) -> Response {
    (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, to.to_owned())]).into_response()
}

#[cfg(test)]
mod tests;
