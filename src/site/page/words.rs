//! The words of a page that the glossary explains: marks in its text, and an entry for each.
//!
//! In: the texts that a page shows. Out: the marks by block, and the entries in the order of the alphabet.
//! Which words they are stands in the facts of the texts; nothing is looked for here.

use super::Page;
use crate::check::links::{Links, Target};
use crate::facts::Use;
use crate::markdown::number::label;
use crate::markdown::whole::Whole;
use crate::markdown::{Ix, Mark, Side, Writer};
use crate::paper::{Draft, Term, TermLink, Text};
use crate::routes::{DocumentKey, Route};
use crate::site::decor::PageDecor;
use crate::site::view::{Link, Word};
use std::collections::BTreeMap;

/// The words of a page that the glossary explains.
#[derive(Default)]
pub(super) struct Words {
    /// By the block that they stand in.
    pub(super) marks: BTreeMap<Ix, Vec<Mark>>,
    /// The terms with what they mean.
    pub(super) entries: Vec<Word>,
}

impl<'a> Page<'a> {
    /// The words of a text that has the page to itself.
    pub(super) fn words(&self, text: &Text, numbered: bool) -> Words {
        self.words_of(&[(text, 0)], numbered)
    }

    /// The words of a draft with all its chapters on one page.
    pub(super) fn words_of_all(&self, draft: &Draft, whole: &Whole, numbered: bool) -> Words {
        let texts = whole.parts.iter().filter_map(|part| {
            let chapter = || draft.chapter(&part.name).map(|chapter| &chapter.text);
            let text = if part.name.is_empty() { Some(&draft.text) } else { chapter() };
            Some((text?, part.blocks.start))
        });
        self.words_of(&texts.collect::<Vec<_>>(), numbered)
    }

    /// The words of texts, each with the index that its first block has on the page.
    fn words_of(&self, texts: &[(&Text, Ix)], numbered: bool) -> Words {
        let terms = self.world.site().glossary();
        let mut words = Words::default();
        let mut places: BTreeMap<usize, Vec<Link>> = BTreeMap::new();
        for (text, start) in texts {
            let uses = self.world.facts().get(text.path()).map_or(&[][..], |facts| &facts.uses);
            for own in uses {
                let Some(term) = terms.get(own.term) else { continue };
                let places = places.entry(own.term).or_default();
                let (id, href) = (format!("word.{}.{}", term.name, places.len() + 1), format!("#word.{}", term.name));
                let text = if numbered { self.place_label(own) } else { (places.len() + 1).to_string() };
                places.push(Link { text, href: format!("#{id}"), current: false });
                let mark = Mark { from: own.from, to: own.to, id, href };
                words.marks.entry(start + own.ix).or_default().push(mark);
            }
        }
        let known = places.into_iter().filter_map(|(at, places)| Some(Word { places, ..self.word(terms.get(at)?) }));
        words.entries = known.collect();
        words.entries.sort_by_key(alphabetical);
        words
    }

    /// A term with what it means.
    pub(super) fn word(&self, term: &Term) -> Word {
        let glossary = Route::Glossary.address();
        let page = if glossary == *self.at { String::new() } else { self.world.href(self.at, &glossary) };
        Word {
            name: term.name.clone(),
            term: term.term.clone(),
            short: term.short.clone(),
            meaning: term.meaning.clone(),
            more: term.link.as_ref().and_then(|lead| self.more(lead)),
            glossary: format!("{page}#{}", term.name),
            places: Vec::new(),
            used: Vec::new(),
        }
    }

    /// Where more is to be read of a term; none where that may not be seen.
    fn more(&self, lead: &TermLink) -> Option<Link> {
        let links = Links { site: self.world.site(), facts: self.world.facts() };
        match links.of_term(lead).ok()? {
            Target::External => {
                Some(Link { text: host(&lead.target).to_owned(), href: lead.target.clone(), current: false })
            }
            Target::Here(_) => None,
            Target::Page(address, id) => {
                let title = self.title(self.world.routes().get(&address)?)?;
                let mut link = self.world.link(self.at, title, &address);
                link.href.extend(id.filter(|id| !id.is_empty()).map(|id| format!("#{id}")));
                Some(link)
            }
            Target::File(path) => {
                let name = path.name().to_owned();
                Some(self.cards().link(name, &Route::File(path)))
            }
        }
    }

    /// What the text at a route is called.
    fn title(&self, route: &Route) -> Option<String> {
        let document = |key: &DocumentKey| self.world.site().document(&key.section, &key.name);
        match route {
            Route::Front => Some(self.world.config().title.clone()),
            Route::Page(key) | Route::Document(key) => Some(document(key)?.title.clone()),
            Route::Draft(key, draft) => Some(self.draft_title(document(key)?, document(key)?.drafts.get(draft)?)),
            Route::Chapter(key, draft, chapter) => {
                Some(document(key)?.drafts.get(draft)?.chapter(chapter)?.title.clone())
            }
            _ => None,
        }
    }

    /// The number of the block that a word stands in, for readers.
    pub(super) fn place_label(&self, own: &Use) -> String {
        own.number.as_deref().map_or_else(|| self.say("place-note"), label)
    }

    /// A text without block numbers, with the words that the glossary explains.
    pub(super) fn plain_html(&self, text: &Text) -> (String, Vec<Word>) {
        let body = self.world.body(text);
        let words = self.words(text, false);
        let decor = PageDecor::new(self.world, self.at, text.path(), &body, None).marks(words.marks);
        (Writer::body(Side { body: &body, decor: &decor }), words.entries)
    }
}

/// What terms are sorted by.
pub(super) fn alphabetical(word: &Word) -> (String, String) {
    (word.term.to_lowercase(), word.name.clone())
}

/// The host of an address, or what stands behind its scheme.
fn host(address: &str) -> &str {
    let rest = address.split_once(':').map_or(address, |(_, rest)| rest);
    let host = rest.strip_prefix("//").map_or(rest, |rest| rest.split(['/', '?', '#']).next().unwrap_or(rest));
    host.strip_prefix("www.").unwrap_or(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_called_by_its_host() {
        let check = |address: &str, expected: &str| assert_eq!(host(address), expected);
        check("https://www.example.org/a?b", "example.org");
        check("https://example.org", "example.org");
        check("//example.org/a", "example.org");
        check("mailto:a@example.org", "a@example.org");
    }
}
