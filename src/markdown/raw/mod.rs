//! Raw HTML in Markdown: what of it may stay, and how it is kept from breaking the page around it.
//!
//! A raw HTML *block* is cleaned as a whole (`ammonia`, an allow list) and is one leaf: what it leaves
//! open is closed there. Raw HTML *inside a paragraph* comes one tag at a time; pairs of allowed
//! elements become wraps, whatever does not pair is dropped, with a remark. `<ins>` and `<del>` of
//! authors become `<u>` and `<s>`, so that in our pages those two mean changes and nothing else.

mod inline;
pub mod tags;

pub use inline::{OpenTags, plain_wrap};

use tags::{decoded, name_of, tags, texts_and_tags};

use ammonia::{Builder, UrlRelative};
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Elements that may stand inside a paragraph, as written and as shown.
pub const PHRASING: [(&str, &str); 28] = [
    ("a", "a"),
    ("abbr", "abbr"),
    ("b", "b"),
    ("bdi", "bdi"),
    ("bdo", "bdo"),
    ("cite", "cite"),
    ("code", "code"),
    ("data", "span"),
    ("del", "s"),
    ("dfn", "dfn"),
    ("em", "em"),
    ("i", "i"),
    ("ins", "u"),
    ("kbd", "kbd"),
    ("mark", "mark"),
    ("q", "q"),
    ("s", "s"),
    ("samp", "samp"),
    ("small", "small"),
    ("span", "span"),
    ("strike", "s"),
    ("strong", "strong"),
    ("sub", "sub"),
    ("sup", "sup"),
    ("time", "time"),
    ("tt", "code"),
    ("u", "u"),
    ("var", "var"),
];

/// Elements that may stand in a raw HTML block besides those of [`PHRASING`].
pub const FLOW: [&str; 45] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "br",
    "caption",
    "col",
    "colgroup",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "img",
    "li",
    "ol",
    "p",
    "pre",
    "rp",
    "rt",
    "ruby",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
    "wbr",
    "nav",
    "main",
];

/// Attributes that stay on every element.
pub const EVERYWHERE: [&str; 3] = ["lang", "dir", "title"];

/// Attributes that stay, by element; `lang`, `dir` and `title` stay everywhere.
pub const ATTRIBUTES: [(&str, &[&str]); 11] = [
    ("a", &["href"]),
    ("blockquote", &["cite"]),
    ("col", &["span"]),
    ("details", &["open"]),
    ("img", &["src", "alt", "width", "height"]),
    ("li", &["value"]),
    ("ol", &["start", "reversed"]),
    ("q", &["cite"]),
    ("td", &["colspan", "rowspan"]),
    ("th", &["colspan", "rowspan", "scope"]),
    ("time", &["datetime"]),
];

/// Elements that have no end tag (HTML, section 13.1.2).
pub const VOID: [&str; 13] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

/// Elements whose end tag may be left out (HTML, section 13.1.2.4).
const END_OPTIONAL: [&str; 15] =
    ["p", "li", "dt", "dd", "tr", "td", "th", "tbody", "thead", "tfoot", "caption", "colgroup", "rp", "rt", "option"];

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::default();
    let own =
        PHRASING.iter().map(|(tag, _)| *tag).filter(|tag| !matches!(*tag, "del" | "ins" | "strike" | "tt" | "data"));
    let attributes: HashMap<_, HashSet<_>> =
        ATTRIBUTES.iter().map(|(tag, names)| (*tag, names.iter().copied().collect())).collect();
    builder
        .tags(own.chain(FLOW).collect())
        .tag_attributes(attributes)
        .generic_attributes(EVERYWHERE.into())
        .link_rel(None)
        .url_schemes(["http", "https", "mailto", "tel"].into())
        .url_relative(UrlRelative::PassThrough);
    builder
});

/// A message and what to do.
type Remark = (String, String);

/// The words of a comment, where a raw HTML block is nothing else.
pub fn comment(html: &str) -> Option<&str> {
    let words = html.trim().strip_prefix("<!--")?.strip_suffix("-->")?;
    (!words.contains("-->")).then_some(words)
}

/// Whether a piece of HTML begins a comment that it does not end: then all that follows is hidden.
pub fn hides_the_rest(html: &str) -> bool {
    html.rfind("<!--").is_some_and(|at| !html[at..].contains("-->"))
}

/// A raw HTML block reduced to the allow list, well formed, and what was wrong with it.
pub fn clean_block(html: &str) -> (String, Vec<Remark>) {
    let clean = CLEANER.clean(&renamed(html)).to_string();
    (clean.trim_end().to_owned() + if clean.trim().is_empty() { "" } else { "\n" }, unbalanced(html))
}

/// The words of a raw HTML block as one line: what stands in different blocks is parted by a space.
pub fn words(html: &str) -> String {
    let clean = CLEANER.clean(&renamed(html)).to_string();
    let mut words = String::with_capacity(clean.len());
    for (at, piece) in texts_and_tags(&clean).into_iter().enumerate() {
        let is_inside = || PHRASING.iter().any(|(name, _)| *name == name_of(piece).trim_start_matches('/'));
        match at % 2 {
            0 => words.push_str(&decoded(piece)),
            _ => words.push_str(if is_inside() { "" } else { " " }),
        }
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// HTML with the names of elements as they are shown: `<del>` as `<s>`.
fn renamed(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let start = at + 1 + usize::from(rest[at + 1..].starts_with('/'));
        let length = rest[start..].find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len() - start);
        let name = rest[start..start + length].to_ascii_lowercase();
        out.push_str(&rest[..start]);
        out.push_str(
            PHRASING.iter().find(|(own, _)| *own == name).map_or(&rest[start..start + length], |(_, shown)| shown),
        );
        rest = &rest[start + length..];
    }
    out.push_str(rest);
    out
}

/// Where cleaned HTML leads and what it shows: targets of links, sources of images (then true).
pub fn targets(html: &str) -> Vec<(String, bool)> {
    let found = tags(html).filter_map(|tag| match tag.name.as_str() {
        "a" => Some((tag.get("href")?.to_owned(), false)),
        "img" => Some((tag.get("src")?.to_owned(), true)),
        _ => None,
    });
    found.collect()
}

/// Remarks on elements that a block leaves open, closes without having opened, or may not use.
fn unbalanced(html: &str) -> Vec<Remark> {
    let mut open: Vec<String> = Vec::new();
    let mut remarks = Vec::new();
    for tag in tags(html) {
        let known = FLOW.contains(&tag.name.as_str()) || PHRASING.iter().any(|(name, _)| *name == tag.name);
        if !known && !tag.end {
            remarks.push(dropped(&tag.name));
        } else if tag.end {
            match open.iter().rposition(|name| *name == tag.name) {
                Some(at) => open.truncate(at),
                None if known => remarks.push(closes_nothing(&tag.name)),
                None => {}
            }
        } else if !tag.closed && !VOID.contains(&tag.name.as_str()) {
            open.push(tag.name);
        }
    }
    let left = open.into_iter().filter(|name| !END_OPTIONAL.contains(&name.as_str()));
    remarks.extend(left.map(|name| {
        let hint = format!("close it with `</{name}>` before the next blank line: a raw HTML block ends there");
        (format!("`<{name}>` is not closed in its block, so it was closed at the end of it"), hint)
    }));
    remarks
}

fn dropped(name: &str) -> Remark {
    (format!("`<{name}>` is not allowed here and was left out"), "write it in Markdown, or leave it out".to_owned())
}

fn closes_nothing(name: &str) -> Remark {
    (format!("`</{name}>` closes nothing"), format!("remove it, or open `<{name}>` in the same block"))
}

/// Whether an image may have this source: a safe address, or a picture in the page itself. A drawing
/// (`svg`) in the page is left out, since it can hold a script.
pub fn is_safe_source(source: &str) -> bool {
    let start = source.trim_start().to_ascii_lowercase();
    let picture = ["data:image/png", "data:image/jpeg", "data:image/gif", "data:image/webp"];
    is_safe(source) || picture.iter().any(|own| start.starts_with(own))
}

/// Whether an address is relative or of a harmless scheme.
pub fn is_safe(address: &str) -> bool {
    let scheme = address.trim_start().split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    scheme.is_none_or(|scheme| {
        scheme.contains(['/', '?', '#']) || matches!(scheme.as_str(), "http" | "https" | "mailto" | "tel")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clean(html: &str) -> String {
        clean_block(html).0
    }

    fn messages(html: &str) -> Vec<String> {
        clean_block(html).1.into_iter().map(|(message, _)| message).collect()
    }

    #[test]
    fn what_is_not_on_the_allow_list_is_dropped() {
        assert_eq!(clean("<p onclick=\"x()\" style=\"a\">one<script>x()</script></p>\n"), "<p>one</p>\n");
        assert_eq!(clean("<a href=\"javascript:x()\">one</a>"), "<a>one</a>\n");
        assert_eq!(clean("<div><del>one</del> <INS>two</INS></div>"), "<div><s>one</s> <u>two</u></div>\n");
        assert_eq!(messages("<blink>one</blink>"), ["`<blink>` is not allowed here and was left out"]);
    }

    #[test]
    fn what_is_left_open_is_closed_with_a_remark() {
        assert_eq!(clean("<div><b>one"), "<div><b>one</b></div>\n");
        assert_eq!(messages("<div><p>one").len(), 1, "`<p>` needs no end tag");
        assert_eq!(messages("<div>one</div>"), Vec::<String>::new());
        assert_eq!(messages("</div>"), ["`</div>` closes nothing"]);
    }

    #[test]
    fn comments_stand_alone_or_not() {
        assert_eq!(comment("<!-- page 3 -->\n"), Some(" page 3 "));
        assert_eq!(comment("<!-- a --> b <!-- c -->"), None);
        assert_eq!(comment("<p>"), None);
    }

    #[test]
    fn addresses_of_scripts_are_not_safe() {
        assert!(!is_safe(" JavaScript:x()"));
        assert!(is_safe("a/b:c") && is_safe("https://example.org") && is_safe("#a"));
    }
}
