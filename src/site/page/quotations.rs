//! Quotations on the page that quotes and on the page that is quoted: that they were checked, what stands around them,
//! and who quotes what.

use super::Page;
use crate::check::quotations::Quoted;
use crate::markdown::number::{label, numbers};
use crate::markdown::whole::Whole;
use crate::markdown::{BlockKind, Body, Ix, escape};
use crate::paper::{Draft, Owner, Text};
use crate::path::SitePath;
use crate::routes::Route;
use crate::words::{Arg, phrase};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A text that may be seen, with what a page needs of it to lead there.
struct There {
    body: Arc<Body>,
    numbers: Vec<Option<String>>,
    /// What it is called, and where it is, seen from the page.
    title: String,
    href: String,
}

/// The texts that quote and are quoted, by their files.
type Texts<'t> = BTreeMap<&'t SitePath, There>;

impl Page<'_> {
    /// What is said behind the blocks of a text: of its own quotations, then of those that quote it.
    pub(super) fn quotations(&self, text: &Text, body: &Body) -> BTreeMap<Ix, String> {
        let (quoting, quoted) = (of(text, &self.world.quoting), of(text, &self.world.quoted));
        let paths: BTreeSet<_> =
            quoting.iter().map(|own| &own.source).chain(quoted.iter().map(|own| &own.by)).collect();
        let texts: Texts = paths.into_iter().filter_map(|path| Some((path, self.there(path)?))).collect();
        let mut behind: BTreeMap<Ix, String> = BTreeMap::new();
        for quoted in quoting {
            if let Some(said) = self.checked(&texts, quoted) {
                behind.entry(quoted.at).or_default().push_str(&said);
            }
        }
        let mut by: BTreeMap<Ix, Vec<&Quoted>> = BTreeMap::new();
        for quoted in quoted {
            let first =
                quoted.blocks.iter().find(|ix| body.blocks.get(**ix).is_some_and(|block| !block.is_invisible()));
            first.into_iter().for_each(|ix| by.entry(*ix).or_default().push(quoted));
        }
        for (ix, quoted) in by {
            behind.entry(ix).or_default().push_str(&self.quoted_in(&texts, &quoted));
        }
        behind
    }

    /// The same of a draft whose chapters share a page.
    pub(super) fn quotations_of_all(&self, draft: &Draft, whole: &Whole) -> BTreeMap<Ix, String> {
        let parts = whole.parts.iter().flat_map(|part| {
            let text = draft.chapter(&part.name).map_or(&draft.text, |chapter| &chapter.text);
            let said = self.quotations(text, &self.world.body(text));
            said.into_iter().map(move |(ix, said)| (part.blocks.start + ix, said))
        });
        parts.collect()
    }

    /// That a quotation was checked, and the passage with its neighbours.
    fn checked(&self, texts: &Texts, quoted: &Quoted) -> Option<String> {
        let there = texts.get(&quoted.source)?;
        let link = self.link_to(there, quoted.blocks.first().copied()?);
        let words = &self.world.theme().words;
        let said = words.markup(&phrase("quotation-checked").with("place", Arg::Markup(link))).unwrap_or_default();
        let around = self.around_passage(there, &quoted.blocks);
        let open = escape(&self.say("quotation-around"));
        Some(format!(
            "<div class=\"quotation-checked\" data-diff-chrome><p>{said}</p>\n<details><summary>{open}</summary>\n{around}</details></div>\n"
        ))
    }

    /// The passage that is quoted, between the paragraph before it and the one behind it.
    fn around_passage(&self, there: &There, blocks: &[Ix]) -> String {
        let is_text = |(_, block): &(Ix, &crate::markdown::Block)| {
            !matches!(block.kind, BlockKind::Comment(_) | BlockKind::Rule) && !block.is_invisible()
        };
        let roots: Vec<_> = there.body.roots().filter(is_text).map(|(ix, _)| ix).collect();
        let first = blocks.first().and_then(|ix| roots.iter().position(|root| root == ix));
        let last = blocks.last().and_then(|ix| roots.iter().position(|root| root == ix));
        let Some((first, last)) = first.zip(last) else { return String::new() };
        let shown = roots.get(first.saturating_sub(1)..(last + 2).min(roots.len())).unwrap_or(&[]);
        let paragraph = |ix: &Ix| {
            let words = escape(&there.body.words(*ix));
            let number = there.numbers.get(*ix).and_then(Option::as_ref).map(|number| label(number));
            let number = number.map_or(String::new(), |number| format!("<b>{}</b> ", escape(&number)));
            let class = if blocks.contains(ix) { " class=\"passage\"" } else { "" };
            format!("<p{class}>{number}{words}</p>\n")
        };
        shown.iter().map(paragraph).collect()
    }

    /// Who quotes a block.
    fn quoted_in(&self, texts: &Texts, quoted: &[&Quoted]) -> String {
        let mut links: Vec<String> = Vec::new();
        for own in quoted {
            let link = texts.get(&own.by).map(|there| self.link_to(there, own.at));
            links.extend(link.filter(|link| !links.contains(link)));
        }
        if links.is_empty() {
            return String::new();
        }
        let links = links.join(&escape(&self.say("list-comma")));
        let said = phrase("quoted-in").with("places", Arg::Markup(links));
        let said = self.world.theme().words.markup(&said).unwrap_or_default();
        format!("<p class=\"quoted-in\" data-diff-chrome>{said}</p>\n")
    }

    fn link_to(&self, there: &There, ix: Ix) -> String {
        let id = there.body.blocks.get(ix).and_then(|block| block.id.clone());
        let number = there.numbers.get(ix).and_then(Option::clone);
        let text = match &number {
            Some(number) => {
                let said = phrase("place-number").with("title", &*there.title).with("number", label(number));
                self.say(said)
            }
            None => there.title.clone(),
        };
        let id = number.or(id).map_or(String::new(), |id| format!("#{id}"));
        format!("<a href=\"{}{}\">{}</a>", escape(&there.href), escape(&id), escape(&text))
    }

    /// A text that may be seen.
    fn there(&self, path: &SitePath) -> Option<There> {
        let site = self.world.site();
        let owner = site.source_of(path)?;
        let find = |section: &str, name: &str| site.document(section, name);
        let (title, text, chapter) = match owner {
            Owner::Document { section, name } => {
                let document = find(section, name)?;
                let draft = document.drafts.values().next().filter(|_| document.lone);
                let text = draft.map(|draft| &draft.text).or(document.index.as_ref())?;
                (document.title.clone(), text, None)
            }
            Owner::Draft { section, name, draft } => {
                let document = find(section, name)?;
                let draft = document.drafts.get(draft)?;
                (self.draft_title(document, draft), &draft.text, None)
            }
            Owner::Chapter { section, name, draft, chapter } => {
                let document = find(section, name)?;
                let draft = document.drafts.get(draft)?;
                let chapter = draft.chapter(chapter)?;
                (
                    format!("{}, {}", self.draft_title(document, draft), chapter.title),
                    &chapter.text,
                    Some(chapter.number),
                )
            }
            Owner::Page { section, name } => {
                let page = find(section, name)?;
                (page.title.clone(), &page.drafts.values().next()?.text, None)
            }
            Owner::Front => {
                let front = site.front()?;
                (front.title.clone(), &front.drafts.values().next()?.text, None)
            }
        };
        let body = self.world.body(text);
        let numbered = match owner {
            Owner::Document { section, name }
            | Owner::Draft { section, name, .. }
            | Owner::Chapter { section, name, .. } => find(section, name).is_some_and(|document| document.numbered),
            _ => false,
        };
        let numbers = if numbered { numbers(&body, chapter) } else { Vec::new() };
        let address = Route::of(owner).address();
        let href = if address == *self.at { String::new() } else { self.world.href(self.at, &address) };
        Some(There { numbers, body, title, href })
    }
}

/// The quotations of a text.
fn of<'q>(text: &Text, by_file: &'q BTreeMap<SitePath, Vec<Quoted>>) -> &'q [Quoted] {
    by_file.get(text.path()).map_or(&[], Vec::as_slice)
}
