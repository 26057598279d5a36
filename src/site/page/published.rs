//! What was recorded of a document: the page of the record, the seal of a draft, what was corrected, what was taken down.

use super::draft::Shown;
use super::{Page, Rendered};
use crate::consult::record::{Difference, between, names_of};
use crate::markdown::number::label;
use crate::markdown::{Body, Ix, escape, parse};
use crate::paper::{Act, Document, Draft, DraftName, Entry, Lock};
use crate::routes::{DocumentKey, Route};
use crate::site::cards::draft_route;
use crate::site::frame::About;
use crate::site::record::sealed_as;
use crate::site::view::{Earlier, Link, RecordEntry, RecordView, Seal, TakenDownView};
use crate::words::phrase;
use std::collections::BTreeMap;

impl<'a> Page<'a> {
    /// The record of a document.
    pub(super) fn record(&self, key: &DocumentKey) -> Rendered {
        let (document, lock) = self.with_lock(key)?;
        let entries = lock.entries.iter().filter(|entry| entry.act != Act::Withheld);
        let view = RecordView {
            frame: self.world.frame(self.at, self.about_record(document, "title-record")),
            document: self.cards().document(document),
            entries: entries.map(|entry| self.record_entry(document, entry)).collect(),
            text: self.cards().href(&Route::RecordText(key.clone())),
        };
        self.world.theme().render("record.html", &view)
    }

    /// The record as a text.
    pub(super) fn record_text(&self, key: &DocumentKey) -> Rendered {
        Ok(self.with_lock(key)?.1.without_texts().into_bytes())
    }

    /// A draft as it was sealed.
    pub(super) fn sealed(&self, key: &DocumentKey, name: &DraftName) -> Rendered {
        let (document, draft) = self.find(key, name)?;
        Ok(self.world.sealed(document, draft).text.clone().into_bytes())
    }

    /// What stands where a draft was that was taken down.
    pub(super) fn taken_down(&self, key: &DocumentKey, name: &DraftName) -> Rendered {
        let (document, lock) = self.with_lock(key)?;
        let entry = lock.newest(name).ok_or_else(|| self.gone())?;
        let mut about = self.about_record(document, "title-taken-down");
        about.noindex = true;
        let view = TakenDownView {
            frame: self.world.frame(self.at, about),
            document: self.cards().document(document),
            entry: self.record_entry(document, entry),
            record: self.cards().href(&Route::Record(key.clone())),
        };
        self.world.theme().render("taken-down.html", &view)
    }

    fn with_lock(&self, key: &DocumentKey) -> Result<(&'a Document, &'a Lock), Vec<crate::diag::Diagnostic>> {
        let document = self.world.site().document(&key.section, &key.name).ok_or_else(|| self.gone())?;
        Ok((document, document.lock.as_deref().ok_or_else(|| self.gone())?))
    }

    fn about_record(&self, document: &Document, title: &'static str) -> About {
        let key = DocumentKey::of(document);
        let mut parents = self.section_parent(document);
        parents.push((document.title.clone(), Route::Document(key.clone()).address()));
        About {
            title: self.say(phrase(title).with("document", &*document.title)),
            description: self.say(phrase("about-record").with("document", &*document.title)),
            lang: document.lang.clone(),
            parents,
            document: Some(key),
            ..About::default()
        }
    }

    /// The seal of a draft; none where it is not recorded.
    pub(super) fn seal(&self, document: &Document, draft: &Draft) -> Option<Seal> {
        let entry = sealed_as(document, &draft.name)?;
        Some(Seal {
            digest: entry.text.to_string(),
            sealed: self.sealed_link(document, &draft.name),
            record: self.cards().href(&Route::Record(DocumentKey::of(document))),
            corrections: self.corrected(document, draft).map(|own| self.record_entry(document, own)).collect(),
        })
    }

    fn sealed_link(&self, document: &Document, draft: &DraftName) -> Link {
        let route = Route::Sealed(DocumentKey::of(document), draft.clone());
        self.cards().link(route.address().file().name().to_owned(), &route)
    }

    /// The entries that changed a draft since it was published.
    fn corrected<'d>(&self, document: &'d Document, draft: &Draft) -> impl Iterator<Item = &'d Entry> {
        let own = document.lock.iter().flat_map(|lock| lock.of(&draft.name));
        own.filter(|entry| matches!(entry.act, Act::Corrected | Act::Removed))
    }

    fn record_entry(&self, document: &Document, entry: &Entry) -> RecordEntry {
        let key = DocumentKey::of(document);
        let label = if document.lone { document.title.clone() } else { self.world.label(&entry.draft) };
        let known = document.drafts.contains_key(&entry.draft);
        let route = match known {
            true => draft_route(document, &entry.draft),
            false => Route::TakenDown(key, entry.draft.clone()),
        };
        let href = self.world.if_known(self.at, &route).unwrap_or_default();
        let holds = known && sealed_as(document, &entry.draft).is_some_and(|newest| newest.number == entry.number);
        RecordEntry {
            number: entry.number,
            act: entry.act.word(),
            what: self.say(act_key(entry)),
            day: self.world.day(entry.at.to_zoned(self.world.config().timezone.clone()).date()),
            draft: Link { text: label, href, current: false },
            note: entry.note.clone(),
            digest: entry.text.to_string(),
            sealed: holds.then(|| self.sealed_link(document, &entry.draft)),
            earlier: self.earlier(document, entry),
        }
    }

    /// What a correction changed, with the earlier words.
    fn earlier(&self, document: &Document, entry: &Entry) -> Vec<Earlier> {
        let differences = self.differences(document, entry);
        let earlier = differences.into_iter().map(|difference| {
            let (name, was) = match difference {
                Difference::Changed { name, was } => (name, was),
                Difference::Gone { name, was } => {
                    return Earlier {
                        place: plain(self.say(phrase("record-gone").with("place", self.called(&name)))),
                        text: was.map(|was| self.plain_words(&was)),
                    };
                }
                Difference::New { name } => (name, None),
                Difference::Function { what, was } => {
                    let place = phrase("record-function").with("what", what);
                    return Earlier { place: plain(self.say(place)), text: was.map(|was| self.held(&was)) };
                }
                Difference::Title(was) => return Earlier { place: plain(self.say("record-title")), text: Some(was) },
                Difference::FileChanged(path) | Difference::FileGone(path) | Difference::FileNew(path) => {
                    return Earlier { place: plain(path), text: None };
                }
                Difference::Order | Difference::Between => {
                    return Earlier { place: plain(self.say("record-order")), text: None };
                }
            };
            let place = Link { href: self.place_href(document, &entry.draft, &name), ..plain(self.called(&name)) };
            Earlier { place, text: was.map(|was| self.plain_words(&was)) }
        });
        earlier.collect()
    }

    /// How a text that was corrected differs from what it was before; nothing of what was taken down.
    fn differences(&self, document: &Document, entry: &Entry) -> Vec<Difference> {
        let Some(lock) = document.lock.as_ref().filter(|_| entry.act == Act::Corrected) else { return Vec::new() };
        let before = lock.of(&entry.draft).rev().find(|own| own.number < entry.number);
        before.map_or_else(Vec::new, |before| {
            let kept = lock.kept.get(&before.number).map(String::as_str);
            between(before, kept, entry, self.world.config().raw_html.into())
        })
    }

    /// What a block is called by readers: `2.4`, or `Costs` for a heading.
    fn called(&self, name: &str) -> String {
        match name.split_once('#') {
            Some((_, id)) => id.trim_start_matches("note.").to_owned(),
            None => label(name),
        }
    }

    fn plain_words(&self, markdown: &str) -> String {
        let body = parse(markdown, self.world.config().raw_html.into());
        let words: Vec<_> = body.roots().map(|(ix, _)| body.words(ix)).collect();
        words.join(" ")
    }

    /// Where a block of a draft is that has this name; empty where it cannot be led to.
    fn place_href(&self, document: &Document, draft: &DraftName, name: &str) -> String {
        let Some(draft) = document.drafts.get(draft) else { return String::new() };
        let (chapter, id) = match name.split_once('#') {
            Some((chapter, id)) => (draft.chapter(chapter), id),
            None if !document.numbered => return String::new(),
            None => {
                let number = name.trim_start_matches('p').split('-').next().and_then(|number| number.parse().ok());
                let in_chapters = name.matches('-').count() == 2;
                let chapter = draft.chapters.iter().find(|own| Some(own.number) == number);
                (chapter.filter(|_| in_chapters), name)
            }
        };
        let key = DocumentKey::of(document);
        let route = match chapter {
            Some(chapter) => Route::Chapter(key, draft.name.clone(), chapter.name.clone()),
            None => draft_route(document, &draft.name),
        };
        let address = route.address();
        let page = if address == *self.at { String::new() } else { self.world.href(self.at, &address) };
        format!("{page}#{id}")
    }

    /// What is said behind the blocks of a text that were corrected.
    pub(super) fn corrections(&self, shown: Shown, body: &Body) -> BTreeMap<Ix, String> {
        let (document, draft) = (shown.document, shown.draft);
        let mut behind: BTreeMap<Ix, String> = BTreeMap::new();
        if self.corrected(document, draft).next().is_none() {
            return behind;
        }
        let whole = self.world.whole(draft, false);
        let part = whole.part(shown.chapter.map_or("", |chapter| &chapter.name)).and_then(|at| whole.parts.get(at));
        let names = names_of(&whole);
        let own = part.map_or(0..0, |part| part.blocks.clone());
        for entry in self.corrected(document, draft) {
            for difference in self.differences(document, entry) {
                let (Difference::Changed { name, .. } | Difference::New { name }) = &difference else { continue };
                let found = own.clone().find(|ix| names.get(*ix).and_then(Option::as_deref) == Some(name.as_str()));
                let Some(ix) = found.map(|ix| ix - own.start).filter(|ix| *ix < body.blocks.len()) else { continue };
                behind.entry(ix).or_default().push_str(&self.correction(entry, &difference));
            }
        }
        behind
    }

    /// The mark at a passage that was corrected.
    fn correction(&self, entry: &Entry, difference: &Difference) -> String {
        let day = self.world.day(entry.at.to_zoned(self.world.config().timezone.clone()).date()).text;
        let said =
            self.say(phrase("corrected-here").with("day", day).with("note", entry.note.clone().unwrap_or_default()));
        let was = match difference {
            Difference::Changed { was: Some(was), .. } => format!(
                "\n<details><summary>{}</summary>\n<p class=\"passage\">{}</p>\n</details>",
                escape(&self.say("earlier-words")),
                escape(&self.plain_words(was))
            ),
            _ => String::new(),
        };
        format!("<div class=\"corrected\" data-diff-chrome><p>{}</p>{was}</div>\n", escape(&said))
    }
}

fn plain(text: String) -> Link {
    Link { text, href: String::new(), current: false }
}

fn act_key(entry: &Entry) -> &'static str {
    match entry.act {
        Act::Published => "act-published",
        Act::Corrected => "act-corrected",
        Act::Removed | Act::Withheld if entry.is_gone() => "act-removed",
        Act::Removed | Act::Withheld => "act-words-removed",
    }
}
