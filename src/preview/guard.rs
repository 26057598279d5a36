//! Who may ask: a browser on this machine that was sent here by this machine.
//!
//! A page of another site can make a browser ask 127.0.0.1, under its own name (DNS rebinding) or from a
//! script. Both show in the request, and are refused: drafts that are not published are nobody's business.

use axum::http::{HeaderMap, header};
use std::net::{IpAddr, SocketAddr};

/// The names under which this server may be asked.
pub(super) struct Hosts {
    /// What it was told to listen on, where that is a name of its own.
    name: Option<String>,
    port: u16,
    /// Whether other machines may ask: then any number may stand for this one, since no name can lead to it unseen.
    open: bool,
}

impl Hosts {
    pub(super) fn new(host: &str, listens: SocketAddr) -> Self {
        let name = Some(host.to_ascii_lowercase()).filter(|host| host.parse::<IpAddr>().is_err());
        Hosts { name, port: listens.port(), open: !listens.ip().is_loopback() }
    }

    /// Whether a host with its port is this server.
    fn has(&self, host: &str) -> bool {
        let host = host.to_ascii_lowercase();
        let (name, port) = match host.rsplit_once(':').filter(|(_, port)| port.bytes().all(|c| c.is_ascii_digit())) {
            Some((name, port)) => (name, port.parse().ok()),
            None => (host.as_str(), Some(80)),
        };
        let number = || name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
        let ours = ["localhost", "127.0.0.1", "[::1]"].contains(&name)
            || self.name.as_deref() == Some(name)
            || self.open && number().is_ok();
        ours && port == Some(self.port)
    }
}

/// Why a request is refused; none where it may be answered.
pub(super) fn refusal(headers: &HeaderMap, hosts: &Hosts) -> Option<&'static str> {
    let text = |name| headers.get(name).map(|value| value.to_str().unwrap_or(""));
    if !text(header::HOST).is_some_and(|host| hosts.has(host)) {
        return Some("This preview does not answer to that name: open the address that `greenpaper serve` printed.\n");
    }
    let origin = text(header::ORIGIN)?;
    let ours = origin.strip_prefix("http://").is_some_and(|host| hosts.has(host));
    (!ours).then_some("This preview does not answer to pages of other sites.\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(host: Option<&str>, origin: Option<&str>, fine: bool) {
        check_at("127.0.0.1", host, origin, fine);
    }

    #[track_caller]
    fn check_at(listens: &str, host: Option<&str>, origin: Option<&str>, fine: bool) {
        let hosts = Hosts::new(listens, (listens.parse().unwrap_or(IpAddr::from([192, 168, 1, 5])), 4040).into());
        let mut headers = HeaderMap::new();
        for (name, value) in [(header::HOST, host), (header::ORIGIN, origin)] {
            headers.extend(value.map(|value| (name, value.parse().unwrap())));
        }
        assert_eq!(refusal(&headers, &hosts).is_none(), fine, "{host:?} {origin:?}");
    }

    #[test]
    fn only_names_of_this_machine_are_answered() {
        for host in ["localhost:4040", "127.0.0.1:4040", "[::1]:4040"] {
            check(Some(host), None, true);
        }
        for host in [
            "example.org:4040",
            "localhost",
            "localhost:4041",
            "localhost.example.org:4040",
            "127.0.0.1.nip.io:4040",
            "",
        ] {
            check(Some(host), None, false);
        }
        check(None, None, false);
    }

    #[test]
    fn pages_of_other_sites_are_refused() {
        check(Some("localhost:4040"), Some("http://localhost:4040"), true);
        for origin in ["https://example.org", "null", "http://localhost:3000", "https://localhost:4040"] {
            check(Some("localhost:4040"), Some(origin), false);
        }
    }

    #[test]
    fn a_server_for_other_machines_answers_to_numbers_and_to_its_name() {
        for host in ["localhost:4040", "192.168.1.5:4040", "[fe80::1]:4040"] {
            check_at("0.0.0.0", Some(host), None, true);
        }
        for host in ["example.org:4040", "192.168.1.5", "192.168.1.5.nip.io:4040"] {
            check_at("0.0.0.0", Some(host), None, false);
        }
        check_at("desk.local", Some("Desk.local:4040"), Some("http://desk.local:4040"), true);
        check_at("desk.local", Some("other.local:4040"), None, false);
        check_at("127.0.0.1", Some("192.168.1.5:4040"), None, false);
    }
}
