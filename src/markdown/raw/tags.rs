//! HTML as its tags and its words, as far as cleaning needs them.

/// Cleaned HTML cut into its texts and its tags in turn: a text, which may be empty, a tag, a text, …, and
/// a text at the end. Laid end to end they are the HTML.
pub fn texts_and_tags(html: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (text, tag) = rest.split_at(at);
        let (tag, after) = tag.split_at(tag_length(tag));
        pieces.extend([text, tag]);
        rest = after;
    }
    pieces.push(rest);
    pieces
}

/// What a tag of cleaned HTML is called: `li`, or `/li` where it ends one.
pub fn name_of(tag: &str) -> &str {
    let name = tag.trim_start_matches('<');
    name.split(|c: char| c.is_ascii_whitespace() || c == '>').next().unwrap_or(name)
}

/// The words of HTML that was cleaned.
pub fn text_of(html: &str) -> String {
    let texts: Vec<_> = texts_and_tags(html).into_iter().step_by(2).collect();
    decoded(&texts.join(" "))
}

/// The length of the tag that a text begins with: up to the `>` that stands in no value.
fn tag_length(text: &str) -> usize {
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (None, '"' | '\'') => quote = Some(c),
            (None, '>') => return at + 1,
            (Some(open), c) if open == c => quote = None,
            _ => {}
        }
    }
    text.len()
}

/// Cleaned HTML with every target of a link and source of an image (then true) replaced. Cleaned HTML
/// writes values between double quotation marks.
pub fn retarget(html: &str, target: impl Fn(&str, bool) -> String) -> String {
    let mut out = String::with_capacity(html.len());
    for (at, piece) in texts_and_tags(html).into_iter().enumerate() {
        match value(piece).filter(|_| at % 2 == 1) {
            Some((range, image)) => {
                out.push_str(&piece[..range.start]);
                out.push_str(&crate::markdown::escape(&target(&decoded(&piece[range.clone()]), image)));
                out.push_str(&piece[range.end..]);
            }
            None => out.push_str(piece),
        }
    }
    out
}

/// The value of `href` or `src` (then true) in a tag.
fn value(tag: &str) -> Option<(std::ops::Range<usize>, bool)> {
    let mut at = 0;
    while let Some(open) = tag[at..].find('"').map(|open| at + open + 1) {
        let close = open + tag[open..].find('"')?;
        let image = tag[at..open].ends_with(" src=\"");
        if image || tag[at..open].ends_with(" href=\"") {
            return Some((open..close, image));
        }
        at = close + 1;
    }
    None
}

/// A text as cleaned HTML writes it: what [`decoded`] decodes.
pub fn encoded(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('\u{a0}', "&nbsp;")
}

/// A text with its character references decoded: numbers, and the names that matter (HTML, 13.5).
pub fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let reference = rest[at + 1..].split_once(';').map(|(name, _)| name).filter(|name| name.len() <= 8);
        match reference.and_then(|name| Some((name.len(), character(name)?))) {
            Some((length, c)) => {
                out.push(c);
                rest = &rest[at + length + 2..];
            }
            None => {
                out.push('&');
                rest = &rest[at + 1..];
            }
        }
    }
    out.push_str(rest);
    out
}

fn character(name: &str) -> Option<char> {
    let number = |digits: &str, base: u32| u32::from_str_radix(digits, base).ok().and_then(char::from_u32);
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        _ => match name.strip_prefix('#')? {
            hex if hex.starts_with(['x', 'X']) => number(&hex[1..], 16),
            digits => number(digits, 10),
        },
    }
}

/// A tag as it is written.
pub struct Tag {
    /// In lower case.
    pub name: String,
    /// Whether it is an end tag.
    pub end: bool,
    /// Whether it ends in `/>`.
    pub closed: bool,
    /// Its attributes, names in lower case.
    pub attributes: Vec<(String, String)>,
}

impl Tag {
    /// The value of an attribute.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }
}

/// The tags of a piece of HTML; comments, declarations and text are passed over.
pub fn tags(html: &str) -> impl Iterator<Item = Tag> {
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
    (decoded(value), after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_html_are_its_text() {
        assert_eq!(text_of("<p>a &amp; b</p>").trim(), "a & b");
        assert_eq!(text_of("<a title=\"p > q\">caf&#233; &#x41;</a>").trim(), "caf\u{e9} A");
    }

    #[test]
    fn html_is_cut_into_texts_and_tags_in_turn() {
        assert_eq!(
            texts_and_tags("a<b title=\"x > y\"><br>c</b>"),
            ["a", "<b title=\"x > y\">", "", "<br>", "c", "</b>", ""]
        );
        assert_eq!(["<b title=\"x\">", "<br>", "</b>"].map(name_of), ["b", "br", "/b"]);
    }

    #[test]
    fn a_text_is_encoded_as_the_cleaner_does() {
        let clean = crate::markdown::raw::clean_block("<p>a &amp;amp; &lt;b&gt; \"c\" 'd'&nbsp;e &copy; \u{c2}</p>").0;
        let text = texts_and_tags(&clean)[2].to_owned();
        assert_eq!(encoded(&decoded(&text)), text);
    }

    #[test]
    fn only_values_of_tags_are_replaced() {
        let html = "write href=\"a\" <a href=\"b&amp;c\" title=\"x > y src=\">t</a> <img alt=\"\" src=\"d\">";
        let changed = retarget(html, |target, image| format!("{}{target}", if image { "I:" } else { "L:" }));
        assert_eq!(
            changed,
            "write href=\"a\" <a href=\"L:b&amp;c\" title=\"x > y src=\">t</a> <img alt=\"\" src=\"I:d\">"
        );
    }

    #[test]
    fn attributes_are_read_however_they_are_written() {
        let tag = tags("<a HREF='x y' title=b data-q disabled/>").next().map(|tag| (tag.attributes, tag.closed));
        let pairs = [("href", "x y"), ("title", "b"), ("data-q", ""), ("disabled", "")];
        assert_eq!(tag, Some((pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).into(), true)));
    }
}
