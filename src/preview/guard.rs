//! Who may ask: a browser on this machine that was sent here by this machine.
//!
//! A page of another site can make a browser ask 127.0.0.1, under its own name (DNS rebinding) or from a
//! script. Both show in the request, and are refused: drafts that are not published are nobody's business.

use axum::http::{HeaderMap, header};

/// Why a request is refused; none where it may be answered.
pub(super) fn refusal(headers: &HeaderMap, port: u16) -> Option<&'static str> {
    let text = |name| headers.get(name).map(|value| value.to_str().unwrap_or(""));
    if !text(header::HOST).is_some_and(|host| is_ours(host, port)) {
        return Some("This preview answers to localhost and 127.0.0.1 only.\n");
    }
    let origin = text(header::ORIGIN)?;
    let ours = origin.strip_prefix("http://").is_some_and(|host| is_ours(host, port));
    (!ours).then_some("This preview does not answer to pages of other sites.\n")
}

/// Whether a host with its port is this server.
fn is_ours(host: &str, port: u16) -> bool {
    let names = ["localhost", "127.0.0.1", "[::1]"];
    names.iter().any(|name| match host.strip_prefix(name) {
        Some("") => port == 80,
        Some(rest) => rest.strip_prefix(':').is_some_and(|rest| rest.parse() == Ok(port)),
        None => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(host: Option<&str>, origin: Option<&str>, fine: bool) {
        let mut headers = HeaderMap::new();
        for (name, value) in [(header::HOST, host), (header::ORIGIN, origin)] {
            headers.extend(value.map(|value| (name, value.parse().unwrap())));
        }
        assert_eq!(refusal(&headers, 4040).is_none(), fine, "{host:?} {origin:?}");
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
}
