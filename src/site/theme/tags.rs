//! What a template says of others: which one it extends, which it includes, its blocks, its components.
//!
//! In: the text of a template. Out: [`Tags`], with the place of each. Whether the text can be read is for
//! tera to say; here nothing fails, and what cannot be made out is passed over.

use std::collections::BTreeSet;
use std::ops::Range;

/// A name, and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Named<'t> {
    /// Without quotation marks.
    pub name: &'t str,
    /// Which bytes of the text it is.
    pub range: Range<usize>,
}

/// A block of a template.
#[derive(Debug, PartialEq)]
pub struct Block<'t> {
    /// What it is called.
    pub named: Named<'t>,
    /// Which bytes it is, from `{% block` to the end of `endblock %}`.
    pub range: Range<usize>,
    /// Whether it stands in another block.
    pub nested: bool,
}

/// What a template says of others.
#[derive(Debug, Default)]
pub struct Tags<'t> {
    /// The template whose blocks it fills.
    pub extends: Option<Named<'t>>,
    /// The templates that are put into it.
    pub includes: Vec<Named<'t>>,
    /// Its blocks, inner ones before outer ones.
    pub blocks: Vec<Block<'t>>,
    /// The components that it defines.
    pub components: Vec<Named<'t>>,
    /// The components that it uses.
    pub calls: BTreeSet<&'t str>,
}

/// A block that has begun: its name, and where it did.
type Open<'t> = Vec<(Named<'t>, usize)>;

impl<'t> Tags<'t> {
    /// Reads a template.
    pub fn of(text: &'t str) -> Tags<'t> {
        let (mut tags, mut open) = (Tags::default(), Vec::new());
        let mut at = 0;
        while let Some(start) = text[at..].find('{').map(|found| at + found) {
            let Some(length) = length(&text[start..]) else {
                at = start + 1;
                continue;
            };
            let end = start + length;
            at = end;
            if text[start..].starts_with("{%") {
                let is_raw = tags.tag(text, start..end, &mut open);
                at = if is_raw { text[end..].find("endraw").map_or(text.len(), |raw| end + raw) } else { end };
            }
            if !text[start..].starts_with("{#") {
                tags.calls.extend(calls(&text[start..end]));
            }
        }
        tags
    }

    /// Takes in `{% … %}`; true where what follows is raw.
    fn tag(&mut self, text: &'t str, range: Range<usize>, open: &mut Open<'t>) -> bool {
        let inner = text[range.start + 2..range.end].trim_start_matches('-').trim_start();
        let from = range.end - inner.len();
        let word = inner.split(|c: char| !is_name(c)).next().unwrap_or_default();
        let named = || named(text, from + word.len()..range.end);
        match word {
            "raw" => return true,
            "extends" => self.extends = self.extends.take().or(Some(named())),
            "include" => self.includes.push(named()),
            "component" => self.components.push(named()),
            "block" => open.push((named(), range.start)),
            "endblock" => {
                if let Some((named, start)) = open.pop() {
                    self.blocks.push(Block { named, range: start..range.end, nested: !open.is_empty() });
                }
            }
            _ => {}
        }
        false
    }
}

/// The first name in a range: a word, or what stands in quotation marks.
fn named(text: &str, range: Range<usize>) -> Named<'_> {
    let inner = &text[range.clone()];
    let start = inner.find(|c: char| !c.is_whitespace()).unwrap_or(inner.len());
    let rest = &inner[start..];
    let quoted = rest.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'));
    let (start, name) = match quoted {
        Some(quote) => (start + 1, rest[1..].split(quote).next().unwrap_or_default()),
        None => (start, rest.split(|c: char| !is_name(c)).next().unwrap_or_default()),
    };
    let from = range.start + start;
    Named { name, range: from..from + name.len() }
}

/// The components that an expression uses: `<badge state={state} />`.
fn calls(expression: &str) -> impl Iterator<Item = &str> {
    let names = expression.split('<').skip(1).map(|rest| rest.split(|c: char| !is_name(c)).next().unwrap_or_default());
    names.filter(|name| !name.is_empty())
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '.')
}

/// How long the tag, expression or remark is that a text begins with; none where it begins with none, or
/// where it does not end.
fn length(text: &str) -> Option<usize> {
    let end = match text.as_bytes().get(1)? {
        b'#' => return text.find("#}").map(|at| at + 2),
        b'%' => "%}",
        b'{' => "}}",
        _ => return None,
    };
    let mut quote = None;
    for (at, c) in text.char_indices().skip(2) {
        match (quote, c) {
            (None, '"' | '\'' | '`') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            (None, _) if text[at..].starts_with(end) => return Some(at + 2),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> String {
        let tags = Tags::of(text);
        let mut all: Vec<_> = tags.extends.iter().map(|named| format!("extends {}", named.name)).collect();
        all.extend(tags.includes.iter().map(|named| format!("includes {}", named.name)));
        all.extend(tags.blocks.iter().map(|own| format!("{}{}", if own.nested { "in " } else { "" }, own.named.name)));
        all.extend(tags.components.iter().map(|named| format!("defines {}", named.name)));
        all.extend(tags.calls.iter().map(|name| format!("calls {name}")));
        all.join(", ")
    }

    #[test]
    fn what_a_template_names_is_read() {
        let check = |text: &str, expected: &str| assert_eq!(names(text), expected, "{text}");
        check("{% extends \"a/b.html\" %}", "extends a/b.html");
        check("{%- include 'b.html' -%}", "includes b.html");
        check("{% block a %}{%-block b-%}{% endblock %}{% endblock a %}", "in b, a");
        check(
            "{% component badge(state) %}{{ <day day={state.day} /> }}{% endcomponent %}",
            "defines badge, calls day",
        );
        check("{% set a = <one x=\"}}%}\" /> ~ <two /> %}", "calls one, calls two");
    }

    #[test]
    fn remarks_raw_text_strings_and_torn_tags_name_nothing() {
        let check = |text: &str| assert_eq!(names(text), "", "{text}");
        check("{# {% block a %}{% endblock %} #}");
        check("{% raw %}{% block a %}{% endblock %}{% endraw %}");
        check("{{ \"{% extends 'a' %}\" }} <p> { % é {");
        check("{% block a %}{% endblock");
        check("{% block a");
    }

    #[test]
    fn names_and_blocks_have_their_places() {
        let text = "é{% extends  \"a\" %}{% block b %}é{% endblock %}.";
        let tags = Tags::of(text);
        assert_eq!(&text[tags.extends.unwrap().range], "a");
        assert_eq!(&text[tags.blocks[0].named.range.clone()], "b");
        assert_eq!(&text[tags.blocks[0].range.clone()], "{% block b %}é{% endblock %}");
    }
}
