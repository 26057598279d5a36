//! HTML as its tags and its words, as far as cleaning needs them.

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
    (value.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"), after)
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
