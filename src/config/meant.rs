//! What a value of `site.toml` that cannot be taken was meant to be.
//!
//! In: a value as it is written. Out: the value of the right form that is nearest to it, where there is one; it
//! goes into hints alone.

use super::colour::Colour;
use super::{is_https, is_of_address};

/// A colour without its `#`.
pub(super) fn colour(text: &str) -> Option<String> {
    let meant = format!("#{}", text.trim().trim_start_matches('#'));
    Colour::parse(&meant).map(|_| meant)
}

/// A name with capital letters, spaces or marks in it.
pub(super) fn name(text: &str) -> Option<String> {
    let parts = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty());
    let meant = parts.collect::<Vec<_>>().join("-").to_ascii_lowercase();
    (text.is_ascii() && !meant.is_empty()).then_some(meant)
}

/// An address with another scheme, or with none.
pub(super) fn address(text: &str) -> Option<String> {
    let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next()?;
    let meant = format!("https://{rest}");
    (host.contains('.') && !host.contains(['@', ':']) && is_https(&meant)).then_some(meant)
}

/// An address of a site with another scheme or with none, and with letters in its path that an address writes as
/// bytes (RFC 3986, section 2.1).
pub(super) fn base_url(text: &str) -> Option<String> {
    let url =
        if text.starts_with("https://") || text.starts_with("http://") { text.to_owned() } else { address(text)? };
    let (scheme, rest) = url.split_once("://")?;
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let letter = |byte| if is_of_address(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    Some(format!("{scheme}://{host}{}", path.bytes().map(letter).collect::<String>()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_has_its_sign() {
        let check = |text: &str, expected: Option<&str>| assert_eq!(colour(text).as_deref(), expected, "{text}");
        check("7a003c", Some("#7a003c"));
        check(" #7A0 ", Some("#7A0"));
        check("green", None);
        check("", None);
    }

    #[test]
    fn the_address_of_a_site_has_its_scheme_and_its_letters_as_bytes() {
        let check = |text: &str, expected: Option<&str>| assert_eq!(base_url(text).as_deref(), expected, "{text}");
        check("example.org/papers", Some("https://example.org/papers"));
        check("http://example.org/Entwürfe 1", Some("http://example.org/Entw%C3%BCrfe%201"));
        check("papers", None);
    }

    #[test]
    fn a_name_is_in_lower_case_with_hyphens() {
        let check = |text: &str, expected: Option<&str>| assert_eq!(name(text).as_deref(), expected, "{text}");
        check("Car drivers", Some("car-drivers"));
        check(" cars_&_bikes ", Some("cars-bikes"));
        check("Ärzte", None);
        check("--", None);
    }

    #[test]
    fn an_address_has_its_scheme() {
        let check = |text: &str, expected: Option<&str>| assert_eq!(address(text).as_deref(), expected, "{text}");
        check("http://forum.example.org/a?b", Some("https://forum.example.org/a?b"));
        check("papers.example.org", Some("https://papers.example.org"));
        for text in ["papers", "a@example.org", "mailto:a@example.org", "https://", "a b.example", ""] {
            check(text, None);
        }
    }
}
