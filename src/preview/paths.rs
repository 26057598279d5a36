//! What a path of a request stands for, and of what type its answer is.

use crate::path::Address;

/// The media type of plain text.
pub(super) const PLAIN: &str = "text/plain; charset=utf-8";

/// The address that a path of the server stands for; none outside the site.
pub(super) fn address(path: &str, prefix: &str) -> Option<Address> {
    let path = decoded(path)?;
    let below = path.strip_prefix(prefix).filter(|below| below.starts_with('/'))?;
    let page = below.strip_suffix("/index.html").map(|folder| format!("{folder}/"));
    Some(Address::new(page.unwrap_or_else(|| below.to_owned())))
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

/// The value of a name in the query of a request.
pub(super) fn query(query: &str, name: &str) -> Option<String> {
    query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .find(|(known, _)| *known == name)
        .and_then(|own| decoded(own.1))
}

/// The media type of a file, by its extension.
pub(super) fn media_type(extension: &str) -> &'static str {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_a_query_are_decoded() {
        assert_eq!(query("page=%2Fa%2F&digest=7", "page").as_deref(), Some("/a/"));
        assert_eq!(query("page=%2Fa%2F&digest=7", "digest").as_deref(), Some("7"));
        assert_eq!(query("page", "page"), None);
    }

    #[test]
    fn paths_below_the_prefix_are_addresses() {
        let check = |path: &str, prefix: &str, expected: Option<&str>| {
            assert_eq!(address(path, prefix).as_ref().map(Address::as_str), expected, "{path}");
        };
        check("/", "", Some("/"));
        check("/papers/", "/papers", Some("/"));
        check("/papers/a/index.html", "/papers", Some("/a/"));
        check("/papers/%C3%BCber/", "/papers", Some("/über/"));
        check("/papersx/", "/papers", None);
        check("/other/", "/papers", None);
        check("/%ff/", "", None);
        check("/%4", "", None);
        check("/100%", "", None);
    }
}
