//! Raw HTML in Markdown: what of it may stay, and how it is kept from breaking the page around it.
//!
//! A raw HTML *block* is cleaned as a whole (`ammonia`, an allow list) and is one leaf: what it leaves
//! open is closed there. Raw HTML *inside a paragraph* comes one tag at a time; pairs of allowed
//! elements become wraps, whatever does not pair is dropped, with a remark. `<ins>` and `<del>` of
//! authors become `<u>` and `<s>`, so that in our pages those two mean changes and nothing else.

use super::body::{Image, Inline, Wrap};
use ammonia::{Builder, UrlRelative};
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Elements that may stand inside a paragraph, as written and as shown.
const PHRASING: [(&str, &str); 28] = [
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
const FLOW: [&str; 45] = [
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

/// Attributes that stay, by element; `lang`, `dir` and `title` stay everywhere.
const ATTRIBUTES: [(&str, &[&str]); 11] = [
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
const VOID: [&str; 7] = ["br", "col", "hr", "img", "wbr", "input", "link"];

/// Elements whose end tag may be left out (HTML, section 13.1.2.4).
const END_OPTIONAL: [&str; 9] = ["p", "li", "dt", "dd", "tr", "td", "th", "tbody", "thead"];

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::default();
    let own =
        PHRASING.iter().map(|(tag, _)| *tag).filter(|tag| !matches!(*tag, "del" | "ins" | "strike" | "tt" | "data"));
    let attributes: HashMap<_, HashSet<_>> =
        ATTRIBUTES.iter().map(|(tag, names)| (*tag, names.iter().copied().collect())).collect();
    builder
        .tags(own.chain(FLOW).collect())
        .tag_attributes(attributes)
        .generic_attributes(["lang", "dir", "title"].into())
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

/// A raw HTML block reduced to the allow list, well formed, and what was wrong with it.
pub fn clean_block(html: &str) -> (String, Vec<Remark>) {
    let clean = CLEANER.clean(html).to_string();
    (clean.trim_end().to_owned() + if clean.trim().is_empty() { "" } else { "\n" }, unbalanced(html))
}

/// The words of HTML that was cleaned.
pub fn text_of(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        text.push_str(&rest[..at]);
        let Some(end) = rest[at..].find('>') else {
            rest = &rest[at..];
            break;
        };
        text.push(' ');
        rest = &rest[at + end + 1..];
    }
    text.push_str(rest);
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&nbsp;", "\u{a0}").replace("&quot;", "\"");
    text.replace("&amp;", "&")
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

/// Cleaned HTML with every target of a link and source of an image (then true) replaced.
pub fn retarget(html: &str, target: impl Fn(&str, bool) -> String) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    let next = |rest: &str| {
        let find = |name: &str| rest.find(name).map(|at| (at + name.len(), name == "src=\""));
        [find("href=\""), find("src=\"")].into_iter().flatten().min()
    };
    while let Some((start, image)) = next(rest) {
        let Some(length) = rest[start..].find('"') else { break };
        out.push_str(&rest[..start]);
        let written = rest[start..start + length].replace("&amp;", "&").replace("&quot;", "\"");
        out.push_str(&super::escape(&target(&written, image)));
        rest = &rest[start + length..];
    }
    out.push_str(rest);
    out
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

/// A wrap of raw HTML without attributes.
pub fn plain_wrap(tag: &'static str) -> Wrap {
    Wrap::Html { tag, attrs: Vec::new() }
}

/// What is open in the current leaf: wraps of Markdown and elements of raw HTML, outermost first.
#[derive(Default)]
pub struct Tags {
    open: Vec<Opened>,
}

enum Opened {
    Markdown { link: bool },
    Raw { name: String, link: bool },
}

impl Tags {
    /// A wrap of Markdown begins.
    pub fn enter(&mut self, wrap: &Wrap) {
        self.open.push(Opened::Markdown { link: matches!(wrap, Wrap::Link { .. }) });
    }

    /// A wrap of Markdown ends: elements of raw HTML that were opened inside it end with it.
    pub fn leave(&mut self, inlines: &mut Vec<Inline>) {
        while let Some(opened) = self.open.pop() {
            inlines.push(Inline::Close);
            if matches!(opened, Opened::Markdown { .. }) {
                break;
            }
        }
    }

    /// Takes one tag; adds what it means to the inlines.
    pub fn take(&mut self, html: &str, inlines: &mut Vec<Inline>) -> Option<Remark> {
        let tag = tags(html).next()?;
        match tag.name.as_str() {
            "br" => inlines.push(Inline::HardBreak),
            "wbr" => {}
            "img" => inlines.push(image(&tag)),
            _ if tag.end => return self.take_end(&tag.name, inlines),
            name => match PHRASING.iter().find(|(own, _)| *own == name) {
                Some((_, shown)) => self.take_start(&tag, shown, inlines),
                None => return Some(dropped(name)),
            },
        }
        None
    }

    fn take_start(&mut self, tag: &Tag, shown: &'static str, inlines: &mut Vec<Inline>) {
        let in_link = self
            .open
            .iter()
            .any(|opened| matches!(opened, Opened::Markdown { link: true } | Opened::Raw { link: true, .. }));
        let wrap = match (shown, tag.get("href").filter(|href| is_safe(href))) {
            ("a", Some(href)) if !in_link => {
                Wrap::Link { href: href.to_owned(), title: tag.get("title").unwrap_or("").to_owned() }
            }
            ("a", _) => plain_wrap("span"),
            _ => Wrap::Html { tag: shown, attrs: attributes(tag) },
        };
        let link = matches!(wrap, Wrap::Link { .. });
        inlines.push(Inline::Open(wrap));
        if tag.closed {
            inlines.push(Inline::Close);
        } else {
            self.open.push(Opened::Raw { name: tag.name.clone(), link });
        }
    }

    fn take_end(&mut self, name: &str, inlines: &mut Vec<Inline>) -> Option<Remark> {
        let inner = self.open.iter().rev().take_while(|opened| matches!(opened, Opened::Raw { .. }));
        let depth = inner.take_while(|opened| !matches!(opened, Opened::Raw { name: own, .. } if own == name)).count();
        let at = self.open.len().checked_sub(depth + 1).filter(|at| matches!(self.open[*at], Opened::Raw { .. }));
        let Some(at) = at else { return Some(closes_nothing(name)) };
        for _ in self.open.drain(at..) {
            inlines.push(Inline::Close);
        }
        None
    }

    /// The leaf ends: everything ends. Returns the raw elements that were still open.
    pub fn close_all(&mut self, inlines: &mut Vec<Inline>) -> Vec<String> {
        let mut names = Vec::new();
        for opened in self.open.drain(..).rev() {
            inlines.push(Inline::Close);
            if let Opened::Raw { name, .. } = opened {
                names.push(name);
            }
        }
        names
    }
}

fn image(tag: &Tag) -> Inline {
    let get = |name| tag.get(name).unwrap_or("").to_owned();
    let src = tag.get("src").filter(|src| is_safe(src)).unwrap_or("").to_owned();
    Inline::Image(Box::new(Image { src, alt: get("alt"), title: get("title") }))
}

/// The attributes of an element inside a paragraph that may stay.
fn attributes(tag: &Tag) -> Vec<(&'static str, String)> {
    const EVERYWHERE: [&str; 3] = ["lang", "dir", "title"];
    let own = ATTRIBUTES.iter().find(|(name, _)| *name == tag.name).map_or(&[][..], |(_, names)| names);
    let kept = EVERYWHERE.iter().chain(own).filter_map(|name| Some((*name, tag.get(name)?.to_owned())));
    kept.filter(|(name, value)| *name != "cite" || is_safe(value)).collect()
}

/// Whether an address is relative or of a harmless scheme.
fn is_safe(address: &str) -> bool {
    let scheme = address.trim_start().split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    scheme.is_none_or(|scheme| {
        scheme.contains(['/', '?', '#']) || matches!(scheme.as_str(), "http" | "https" | "mailto" | "tel")
    })
}

/// A tag as it is written.
struct Tag {
    /// In lower case.
    name: String,
    end: bool,
    /// Whether it ends in `/>`.
    closed: bool,
    attributes: Vec<(String, String)>,
}

impl Tag {
    fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }
}

/// The tags of a piece of HTML; comments, declarations and text are passed over.
fn tags(html: &str) -> impl Iterator<Item = Tag> {
    let mut rest = html;
    std::iter::from_fn(move || {
        loop {
            let at = rest.find('<')?;
            rest = &rest[at..];
            if let Some(comment) = rest.strip_prefix("<!--") {
                rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
                continue;
            }
            let inner = &rest[1..];
            let end = inner.starts_with('/');
            let named = &inner[usize::from(end)..];
            let length = named.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(named.len());
            let (name, after) = named.split_at(length);
            if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
                rest = inner;
                continue;
            }
            let (attributes, closed, after) = read_attributes(after);
            rest = after;
            return Some(Tag { name: name.to_ascii_lowercase(), end, closed, attributes });
        }
    })
}

/// The attributes up to `>`, whether the tag ended in `/>`, and the rest.
fn read_attributes(mut rest: &str) -> (Vec<(String, String)>, bool, &str) {
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix("/>") {
            return (attributes, true, after);
        }
        if let Some(after) = rest.strip_prefix('>') {
            return (attributes, false, after);
        }
        let length = rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/')).unwrap_or(rest.len());
        let (name, after) = rest.split_at(length);
        if name.is_empty() {
            let mut letters = rest.chars();
            if letters.next().is_none() {
                return (attributes, false, "");
            }
            rest = letters.as_str();
            continue;
        }
        let (value, after) = read_value(after);
        attributes.push((name.to_ascii_lowercase(), value));
        rest = after;
    }
}

/// The value after an attribute's name, with the entities that matter decoded, and the rest.
fn read_value(rest: &str) -> (String, &str) {
    let Some(value) = rest.trim_start().strip_prefix('=').map(str::trim_start) else {
        return (String::new(), rest);
    };
    let quoted = value.chars().next().filter(|c| matches!(c, '"' | '\''));
    let (value, after) = match quoted {
        Some(quote) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
        None => value.split_at(value.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(value.len())),
    };
    (value.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"), after)
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
        assert_eq!(clean("<del>one</del>"), "one\n");
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
    fn words_of_html_are_its_text() {
        assert_eq!(text_of("<p>a &amp; b</p>").trim(), "a & b");
        assert_eq!(text_of("a < b"), "a < b");
    }

    #[test]
    fn attributes_are_read_however_they_are_written() {
        let tag = tags("<a HREF='x y' title=b data-q disabled/>").next().map(|tag| (tag.attributes, tag.closed));
        let pairs = [("href", "x y"), ("title", "b"), ("data-q", ""), ("disabled", "")];
        assert_eq!(tag, Some((pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).into(), true)));
    }

    #[test]
    fn addresses_of_scripts_are_not_safe() {
        assert!(!is_safe(" JavaScript:x()"));
        assert!(is_safe("a/b:c") && is_safe("https://example.org") && is_safe("#a"));
    }
}
