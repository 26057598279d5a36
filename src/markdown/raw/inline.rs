//! Raw HTML inside a paragraph: one tag at a time, paired into wraps.

use super::tags::{Tag, tags};
use super::{ATTRIBUTES, EVERYWHERE, PHRASING, Remark, closes_nothing, dropped, is_safe, is_safe_source};
use crate::markdown::body::{Image, Inline, Wrap};

/// How deep wraps are nested; what is wrapped deeper is shown without further wraps.
const DEEPEST: usize = 60;

/// A wrap of raw HTML without attributes.
pub fn plain_wrap(tag: &'static str) -> Wrap {
    Wrap::Html { tag, attrs: Vec::new() }
}

/// What is open in the current leaf: wraps of Markdown and elements of raw HTML, outermost first.
#[derive(Default)]
pub struct OpenTags {
    open: Vec<Opened>,
}

enum Opened {
    Markdown { link: bool, shown: bool },
    Raw { name: String, link: bool },
}

impl OpenTags {
    /// A wrap of Markdown begins. One that lies too deep is not shown: then the answer is false.
    pub fn enter(&mut self, wrap: &Wrap) -> bool {
        let shown = self.open.len() < DEEPEST;
        self.open.push(Opened::Markdown { link: matches!(wrap, Wrap::Link { .. }), shown });
        shown
    }

    /// A wrap of Markdown ends: elements of raw HTML that were opened inside it end with it.
    pub fn leave(&mut self, inlines: &mut Vec<Inline>) {
        while let Some(opened) = self.open.pop() {
            match opened {
                Opened::Markdown { shown, .. } => {
                    inlines.extend(shown.then_some(Inline::Close));
                    break;
                }
                Opened::Raw { .. } => inlines.push(Inline::Close),
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
            name if tag.end && PHRASING.iter().all(|(own, _)| *own != name) => {}
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
            .any(|opened| matches!(opened, Opened::Markdown { link: true, .. } | Opened::Raw { link: true, .. }));
        let wrap = match (shown, tag.get("href").filter(|href| is_safe(href))) {
            ("a", Some(href)) if !in_link => {
                Wrap::Link { href: href.to_owned(), title: tag.get("title").unwrap_or("").to_owned() }
            }
            ("a", _) => plain_wrap("span"),
            _ => Wrap::Html { tag: shown, attrs: attributes(tag) },
        };
        if self.open.len() >= DEEPEST {
            return;
        }
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
            inlines.extend((!matches!(opened, Opened::Markdown { shown: false, .. })).then_some(Inline::Close));
            if let Opened::Raw { name, .. } = opened {
                names.push(name);
            }
        }
        names
    }
}

fn image(tag: &Tag) -> Inline {
    let get = |name| tag.get(name).unwrap_or("").to_owned();
    let src = tag.get("src").filter(|src| is_safe_source(src)).unwrap_or("").to_owned();
    Inline::Image(Box::new(Image { src, alt: get("alt"), title: get("title") }))
}

/// The attributes of an element inside a paragraph that may stay.
fn attributes(tag: &Tag) -> Vec<(&'static str, String)> {
    let own = ATTRIBUTES.iter().find(|(name, _)| *name == tag.name).map_or(&[][..], |(_, names)| names);
    let kept = EVERYWHERE.iter().chain(own).filter_map(|name| Some((*name, tag.get(name)?.to_owned())));
    kept.filter(|(name, value)| *name != "cite" || is_safe(value)).collect()
}
