//! What was recorded of a document: the page of the record, the seal of a draft, what was corrected, what was taken down.

use super::draft::Shown;
use super::{Page, Rendered};
use crate::consult::record::{Difference, between, names_of};
use crate::markdown::number::label;
use crate::markdown::whole::Whole;
use crate::markdown::{Ix, escape, parse};
use crate::paper::{Act, Document, Draft, DraftName, Entry, Lock};
use crate::routes::{DocumentKey, Route};
use crate::site::cards::draft_route;
use crate::site::frame::About;
use crate::site::record::{as_sealed, sealed_as};
use crate::site::view::{Day, Earlier, Link, RecordEntry, RecordView, Seal, TakenDownView};
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
            until: self.until(document, entry),
            earlier: self.earlier(document, entry),
        }
    }

    /// The day on which another entry took the place of one.
    fn until(&self, document: &Document, entry: &Entry) -> Option<Day> {
        let later = document.lock.as_ref()?.of(&entry.draft).find(|own| own.number > entry.number)?;
        Some(self.world.day(later.at.to_zoned(self.world.config().timezone.clone()).date()))
    }

    /// What a correction changed, with the earlier words; of what was taken down the places alone.
    fn earlier(&self, document: &Document, entry: &Entry) -> Vec<Earlier> {
        let differences = self.differences(document, entry);
        let earlier = differences.into_iter().map(|difference| {
            let (place, text) = match difference {
                Difference::Changed { name, was, is } => {
                    let words = was.as_ref().map(|was| self.earlier_words(was, is.as_deref()));
                    return Earlier { place: self.place(document, entry, &name, is.as_deref()), text: words };
                }
                Difference::New { name } => {
                    return Earlier { place: self.place(document, entry, &name, None), text: None };
                }
                Difference::Gone { name, was } => {
                    let place = self.called(&name, was.as_deref());
                    (self.say(phrase("record-gone").with("place", place)), was.map(|was| self.plain_words(&was)))
                }
                Difference::Title(was) => (self.say("record-title"), Some(was)),
                Difference::Above(key, was) => (self.say(head_key(&key)), was),
                Difference::Function(what, was) => {
                    (self.say(phrase("record-function").with("what", what)), was.map(|was| self.held(&was)))
                }
                Difference::Chapter(_, was) => (self.say("record-chapter"), Some(was)),
                Difference::Chapters => (self.say("record-chapters"), None),
                Difference::Name(was) => (self.say("record-name"), Some(was)),
                Difference::FileChanged(path) => (self.say(phrase("record-file-changed").with("file", path)), None),
                Difference::FileGone(path) => (self.say(phrase("record-gone").with("place", path)), None),
                Difference::FileNew(path) => (self.say(phrase("record-file-new").with("file", path)), None),
                Difference::Order => (self.say("record-order"), None),
                Difference::PageBreak(_) => (self.say("record-page"), None),
                Difference::Between(Some((was, _))) => (self.say("record-between"), Some(was)),
                Difference::Between(None) => (self.say("record-other"), None),
            };
            Earlier { place: plain(place), text }
        });
        earlier.collect()
    }

    /// A place of a draft that was changed, with the way there.
    fn place(&self, document: &Document, entry: &Entry, name: &str, is: Option<&str>) -> Link {
        let now = document.lock.as_ref().and_then(|lock| lock.name_now(entry, name));
        let place = document.drafts.get(&entry.draft).zip(now);
        let href = place.map_or_else(String::new, |(draft, now)| self.place_href(document, draft, &now));
        Link { href, ..plain(self.called(name, is)) }
    }

    /// How a text that was corrected, or of which words were taken down, differs from what it was before.
    fn differences(&self, document: &Document, entry: &Entry) -> Vec<Difference> {
        let is_told = matches!(entry.act, Act::Corrected | Act::Removed);
        let Some(lock) = document.lock.as_ref().filter(|_| is_told) else { return Vec::new() };
        let before = lock.of(&entry.draft).rev().find(|own| own.number < entry.number);
        before.map_or_else(Vec::new, |before| {
            let kept = |own: &Entry| lock.kept.get(&own.number).map(String::as_str);
            between((before, kept(before)), (entry, kept(entry)), self.world.config().raw_html.into())
        })
    }

    /// What a block is called by readers: `2.4`; a heading by its words, where they are known.
    fn called(&self, name: &str, markdown: Option<&str>) -> String {
        let words = || markdown.map(|markdown| self.plain_words(markdown)).filter(|words| !words.is_empty());
        match name.chars().next() {
            Some('h') => words().unwrap_or_else(|| self.say("record-heading")),
            Some('n') => self.say("record-note"),
            _ => label(name),
        }
    }

    /// What a passage was: its words, or, where only something else in it is other now, its Markdown.
    fn earlier_words(&self, was: &str, is: Option<&str>) -> String {
        let words = self.plain_words(was);
        if is.is_some_and(|is| self.plain_words(is) == words) { was.to_owned() } else { words }
    }

    fn plain_words(&self, markdown: &str) -> String {
        let body = parse(markdown, self.world.config().raw_html.into());
        let words: Vec<_> = body.roots().map(|(ix, _)| body.words(ix)).collect();
        without_notes(&words.join(" "))
    }

    /// Where a block of a draft is that has this name; empty where it cannot be led to.
    fn place_href(&self, document: &Document, draft: &Draft, name: &str) -> String {
        let whole = self.world.whole(&as_sealed(draft), false);
        let ix = names_of(&whole).iter().position(|own| own.as_deref() == Some(name));
        let Some((ix, part)) = ix.and_then(|ix| Some((ix, whole.parts.get(whole.part_of(ix)?)?))) else {
            return String::new();
        };
        let number = Some(name).filter(|name| document.numbered && name.starts_with('p'));
        let id = whole.body.blocks.get(ix).and_then(|block| block.id.as_deref()).or(number);
        let key = DocumentKey::of(document);
        let route = match part.name.as_str() {
            "" => draft_route(document, &draft.name),
            chapter => Route::Chapter(key, draft.name.clone(), chapter.to_owned()),
        };
        let address = route.address();
        let page = if address == *self.at { String::new() } else { self.world.href(self.at, &address) };
        id.map_or(page.clone(), |id| format!("{page}#{id}"))
    }

    /// What is said behind the blocks of a text that were corrected.
    pub(super) fn corrections(&self, shown: Shown) -> BTreeMap<Ix, String> {
        let Shown { document, draft, chapter } = shown;
        let name = chapter.map_or("", |chapter| &chapter.name);
        let of_part = |(own, ix, said): (String, Ix, String)| (own == name).then_some((ix, said));
        joined(self.corrected_blocks(document, draft).into_iter().filter_map(of_part))
    }

    /// The same on the page of all chapters.
    pub(super) fn corrections_of_all(&self, document: &Document, draft: &Draft, whole: &Whole) -> BTreeMap<Ix, String> {
        let start = |name: &str| whole.parts.iter().find(|part| part.name == name).map(|part| part.blocks.start);
        let found = self.corrected_blocks(document, draft).into_iter();
        joined(found.filter_map(|(name, ix, said)| Some((start(&name)? + ix, said))))
    }

    /// The blocks of a draft that were corrected, or of which words were taken down: the chapter, the place in it, and
    /// what is said there.
    fn corrected_blocks(&self, document: &Document, draft: &Draft) -> Vec<(String, Ix, String)> {
        let mut found = Vec::new();
        if self.corrected(document, draft).next().is_none() {
            return found;
        }
        let whole = self.world.whole(&as_sealed(draft), false);
        let names = names_of(&whole);
        for entry in self.corrected(document, draft) {
            for difference in self.differences(document, entry) {
                let (Difference::Changed { name, .. } | Difference::New { name }) = &difference else { continue };
                let Some(now) = document.lock.as_ref().and_then(|lock| lock.name_now(entry, name)) else { continue };
                let Some(ix) = names.iter().position(|own| own.as_deref() == Some(&*now)) else { continue };
                let Some(part) = whole.part_of(ix).and_then(|at| whole.parts.get(at)) else { continue };
                found.push((part.name.clone(), ix - part.blocks.start, self.correction(entry, &difference)));
            }
        }
        found
    }

    /// The mark at a passage that was corrected.
    fn correction(&self, entry: &Entry, difference: &Difference) -> String {
        let day = self.world.day(entry.at.to_zoned(self.world.config().timezone.clone()).date()).text;
        let key = if entry.act == Act::Removed { "removed-here" } else { "corrected-here" };
        let said = self.say(phrase(key).with("day", day).with("note", entry.note.clone().unwrap_or_default()));
        let was = match difference {
            Difference::Changed { was: Some(was), is, .. } => format!(
                "\n<details><summary>{}</summary>\n<p class=\"passage\">{}</p>\n</details>",
                escape(&self.say("earlier-words")),
                escape(&self.earlier_words(was, is.as_deref()))
            ),
            _ => String::new(),
        };
        format!("<div class=\"corrected\" data-diff-chrome><p>{}</p>{was}</div>\n", escape(&said))
    }
}

/// What is said behind each block.
fn joined(said: impl Iterator<Item = (Ix, String)>) -> BTreeMap<Ix, String> {
    let mut behind: BTreeMap<Ix, String> = BTreeMap::new();
    said.for_each(|(ix, said)| behind.entry(ix).or_default().push_str(&said));
    behind
}

/// Words without references to notes, which a passage alone cannot resolve: `[^name]`.
fn without_notes(words: &str) -> String {
    let mut parts = words.split("[^");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once(']') {
            Some((name, rest)) if !name.contains(char::is_whitespace) => out.push_str(rest),
            _ => {
                out.push_str("[^");
                out.push_str(part);
            }
        }
    }
    out
}

fn plain(text: String) -> Link {
    Link { text, href: String::new(), current: false }
}

/// What is said of a line above a letter or an update.
fn head_key(key: &str) -> &'static str {
    match key {
        "from" => "letter-from",
        "to" => "letter-to",
        "reference" => "letter-reference",
        "by" => "by-whom",
        _ => "letter-date",
    }
}

fn act_key(entry: &Entry) -> &'static str {
    match entry.act {
        Act::Published => "act-published",
        Act::Corrected => "act-corrected",
        Act::TakenDown => "act-removed",
        Act::Removed | Act::Withheld => "act-words-removed",
    }
}
