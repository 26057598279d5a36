//! What a page of the preview has beside the bytes that `build` writes: right before `</body>` the panel, and the
//! script with what it needs to know of the page.

use crate::markdown::escape;
use crate::path::Address;

const BODY: &[u8] = b"</body>";

/// What the addition begins with.
#[cfg(test)]
pub(super) const START: &str = "<div id=\"greenpaper-preview\"";

/// The script: live reload and the panel.
pub(super) const RELOAD_JS: &str = include_str!("reload.js");

/// What is added to a page.
pub(super) struct Added<'a> {
    /// The panel, as HTML.
    pub(super) panel: &'a str,
    /// The address that was asked for.
    pub(super) address: &'a Address,
    /// Differs where the bytes of the page do; empty where there is no page.
    pub(super) digest: &'a str,
    /// What the second part of the script needs to know, as attributes.
    pub(super) changes: &'a str,
}

/// The page with what is added.
pub(super) fn inject(page: &[u8], added: &Added) -> Vec<u8> {
    let at = page.windows(BODY.len()).rposition(|window| window.eq_ignore_ascii_case(BODY)).unwrap_or(page.len());
    let (before, after) = page.split_at(at);
    let Added { panel, address, digest, changes } = added;
    let address = escape(address.as_str());
    let added = format!(
        "<div id=\"greenpaper-preview\" lang=\"en\" data-diff-chrome><template shadowrootmode=\"open\">{panel}</template></div>\
         <script src=\"/__greenpaper/preview.js\" data-address=\"{address}\" data-digest=\"{digest}\"{changes} defer></script>"
    );
    [before, added.as_bytes(), after].concat()
}

/// The page as `build` writes it.
#[cfg(test)]
pub(super) fn without(page: &[u8]) -> Vec<u8> {
    let start = page.windows(START.len()).rposition(|window| window == START.as_bytes()).expect("every page has it");
    let end = b"</script>";
    let after = page[start..].windows(end.len()).position(|window| window == end).expect("the script ends");
    [&page[..start], &page[start + after + end.len()..]].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(page: &[u8], before: &[u8], after: &[u8]) {
        let address = Address::new("/a\"b/");
        let added = Added { panel: "<p>x</p>", address: &address, digest: "7", changes: " data-base=\"Draft 1\"" };
        let injected = inject(page, &added);
        assert_eq!(without(&injected), page);
        assert!(injected.starts_with(&[before, START.as_bytes()].concat()));
        assert!(injected.ends_with(&[&b" defer></script>"[..], after].concat()));
        let text = String::from_utf8_lossy(&injected);
        assert!(text.contains("data-address=\"/a&quot;b/\" data-digest=\"7\" data-base=\"Draft 1\" defer"), "{text}");
    }

    #[test]
    fn the_addition_stands_right_before_the_end_of_the_body_and_can_be_taken_out() {
        check(b"<body>x</body></html>\n", b"<body>x", b"</body></html>\n");
        check(b"<body><!-- </body> --></BODY>", b"<body><!-- </body> -->", b"</BODY>");
        check(b"no body", b"no body", b"");
        check(b"", b"", b"");
    }

    #[test]
    fn bytes_that_are_not_text_stay() {
        check(b"\xff</body>", b"\xff", b"</body>");
    }
}
