//! The page of a draft, of one of its chapters, of all of them; of a letter or an update.

use super::places::in_numbers;
use super::{Page, Rendered};
use crate::markdown::whole::{Whole, chapter_id};
use crate::markdown::{Body, Ix, Side, Writer};
use crate::paper::{Chapter, Document, Draft, DraftName, Owner, Text};
use crate::path::{Address, SitePath};
use crate::routes::{DocumentKey, Route, compared};
use crate::site::cards::draft_route;
use crate::site::decor::PageDecor;
use crate::site::frame::About;
use crate::site::record::sealed_as;
use crate::site::view::{ConsultationView, DraftView, Heading, LetterHead, Link, Switch};
use crate::words::phrase;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// A part of a draft that has a page: the whole or its opening words, or a chapter.
#[derive(Clone, Copy)]
pub(super) struct Shown<'a> {
    pub(super) document: &'a Document,
    pub(super) draft: &'a Draft,
    pub(super) chapter: Option<&'a Chapter>,
}

impl<'a> Shown<'a> {
    fn text(&self) -> &'a Text {
        self.chapter.map_or(&self.draft.text, |chapter| &chapter.text)
    }

    fn title(&self) -> String {
        self.chapter.map_or(self.document.title.clone(), |chapter| chapter.title.clone())
    }
}

impl<'a> Page<'a> {
    /// The document and the draft of that name.
    pub(super) fn find(
        &self,
        key: &DocumentKey,
        name: &DraftName,
    ) -> Result<(&'a Document, &'a Draft), Vec<crate::diag::Diagnostic>> {
        let document = self.world.site().document(&key.section, &key.name).ok_or_else(|| self.gone())?;
        let draft = document.drafts.get(name).ok_or_else(|| self.gone())?;
        Ok((document, draft))
    }

    /// A draft, or the words above its chapters.
    pub(super) fn draft(&self, key: &DocumentKey, name: &DraftName) -> Rendered {
        let (document, draft) = self.find(key, name)?;
        self.shown(Shown { document, draft, chapter: None })
    }

    /// A chapter.
    pub(super) fn chapter(&self, key: &DocumentKey, name: &DraftName, chapter: &str) -> Rendered {
        let (document, draft) = self.find(key, name)?;
        let chapter = draft.chapter(chapter).ok_or_else(|| self.gone())?;
        self.shown(Shown { document, draft, chapter: Some(chapter) })
    }

    /// A lone file: a letter, an update.
    pub(super) fn lone(&self, document: &'a Document) -> Rendered {
        let draft = document.drafts.values().next().ok_or_else(|| self.gone())?;
        self.shown(Shown { document, draft, chapter: None })
    }

    fn shown(&self, shown: Shown<'a>) -> Rendered {
        let body = self.world.body(shown.text());
        let number = shown.chapter.map(|chapter| chapter.number);
        let (places, origins) = (self.places(shown), self.origins(shown));
        let words = self.words(shown.text(), shown.document.numbered);
        let decor = PageDecor::new(self.world, self.at, shown.text().path(), &body, number)
            .numbered(shown.document.numbered)
            .newer(self.newer(shown, &places))
            .origins(
                origins
                    .iter()
                    .map(|origin| origin.as_ref().and_then(|origin| origin.label(&self.world.theme().words)))
                    .collect(),
            )
            .concerned(self.stretches(&body, shown.document.groups_of(shown.draft, shown.chapter)))
            .behind(self.said_behind(shown, &body))
            .places(places)
            .marks(words.marks);
        let html = Writer::body(Side { body: &body, decor: &decor });
        let mut view = self.view(shown);
        view.body_html = html;
        view.words = words.entries;
        view.origins = in_numbers(&self.world.theme().words, &origins);
        view.contents = contents(&body, 0..body.blocks.len());
        self.world.theme().render("draft.html", &view)
    }

    /// What stands behind the blocks of a text: that they were corrected, whom they quote, who quotes them.
    fn said_behind(&self, shown: Shown, body: &Body) -> BTreeMap<Ix, String> {
        let mut behind = self.corrections(shown);
        for (ix, said) in self.quotations(shown.text(), body) {
            behind.entry(ix).or_default().push_str(&said);
        }
        behind
    }

    /// The same on the page of all chapters.
    fn said_behind_all(&self, (document, draft): (&Document, &Draft), whole: &Whole) -> BTreeMap<Ix, String> {
        let mut behind = self.corrections_of_all(document, draft, whole);
        for (ix, said) in self.quotations_of_all(draft, whole) {
            behind.entry(ix).or_default().push_str(&said);
        }
        behind
    }

    /// All chapters on one page, for print and for searching in it.
    pub(super) fn all(&self, key: &DocumentKey, name: &DraftName) -> Rendered {
        let (document, draft) = self.find(key, name)?;
        let mut view = self.view(Shown { document, draft, chapter: None });
        let whole = self.world.whole(draft, true);
        let words = self.words_of_all(draft, &whole, document.numbered);
        let decor = PageDecor::of_all(self.world, self.at, draft.text.path(), &whole)
            .numbered(document.numbered)
            .concerned(self.stretches_of_all(document, draft, &whole))
            .newer(self.newer_of_all(document, draft, &whole))
            .beside(self.beside(document, draft))
            .behind(self.said_behind_all((document, draft), &whole))
            .marks(words.marks);
        view.body_html = Writer::body(Side { body: &whole.body, decor: &decor });
        view.words = words.entries;
        view.all = None;
        let link = |chapter: &Chapter| Link {
            text: chapter.title.clone(),
            href: format!("#{}", chapter_id(&chapter.name)),
            current: false,
        };
        let headings = draft.chapters.iter().map(|chapter| Heading { level: 2, link: link(chapter), changes: 0 });
        view.contents = headings.collect();
        view.chapters = Vec::new();
        self.world.theme().render("draft.html", &view)
    }

    /// The chapters that share a page with others: their names by their own addresses.
    pub(super) fn beside(&self, document: &Document, draft: &Draft) -> BTreeMap<Address, String> {
        let key = DocumentKey::of(document);
        let own = draft.chapters.iter().map(|chapter| {
            let route = Route::Chapter(key.clone(), draft.name.clone(), chapter.name.clone());
            (route.address(), chapter.name.clone())
        });
        own.collect()
    }

    /// Everything but the text.
    fn view(&self, shown: Shown<'a>) -> DraftView {
        let Shown { document, draft, chapter } = shown;
        let (cards, key) = (self.cards(), DocumentKey::of(document));
        let chapter_route = |chapter: &Chapter| Route::Chapter(key.clone(), draft.name.clone(), chapter.name.clone());
        let at = chapter.and_then(|chapter| draft.chapters.iter().position(|own| own.name == chapter.name));
        let beside = |step: isize| at.and_then(|at| draft.chapters.get(at.checked_add_signed(step)?));
        let linked = |chapter: &Chapter| cards.link(chapter.title.clone(), &chapter_route(chapter));
        DraftView {
            frame: self.world.frame(self.at, self.about(shown)),
            document: cards.document(document),
            draft: cards.draft(document, draft),
            state: cards.state(document, draft),
            consultation: self.consultation(document, draft),
            lone: document.lone,
            superseded_by: self.superseded_by(shown),
            round: self.round_link(document, draft),
            since_read: self.since_read(document, Some(draft)),
            switcher: self.switcher(shown),
            concerns: self.concerns(document, draft, chapter),
            letter: self.letter(document),
            title: shown.title(),
            chapter: at
                .map(|at| self.say(phrase("chapter-of").with("number", at + 1).with("count", draft.chapters.len()))),
            chapters: draft.chapters.iter().map(linked).collect(),
            all: (!draft.chapters.is_empty()).then(|| cards.href(&Route::All(key.clone(), draft.name.clone()))),
            previous: beside(-1).map(linked),
            next: beside(1).map(linked),
            origins: Vec::new(),
            reasons: self.led_to(shown),
            functions: if chapter.is_none() { self.functions(document, draft) } else { Vec::new() },
            feedback: self.feedback_href(document),
            contents: Vec::new(),
            body_html: String::new(),
            words: Vec::new(),
            digest: match sealed_as(document, &draft.name) {
                Some(entry) => entry.text.to_string(),
                None => shown.text().digest.to_string(),
            },
            seal: self.seal(document, draft),
            vote: self.vote_on(document, draft),
        }
    }

    /// How to take part; of a draft that was laid aside nobody is asked anything any more.
    fn consultation(&self, document: &Document, draft: &Draft) -> ConsultationView {
        match draft.is_laid_aside() {
            true => ConsultationView::default(),
            false => self.cards().consultation(document, Some(draft.name.round)),
        }
    }

    fn about(&self, shown: Shown) -> About {
        let Shown { document, draft, chapter } = shown;
        let key = DocumentKey::of(document);
        let mut parents = self.section_parent(document);
        if !document.lone {
            parents.push((document.title.clone(), Route::Document(key.clone()).address()));
        }
        let own = draft_route(document, &draft.name).address();
        if own != *self.at {
            parents.push((self.world.label(&draft.name), own));
        }
        let named = |key: &'static str| {
            phrase(key).with("document", &*document.title).with("draft", self.world.label(&draft.name))
        };
        let title = match (chapter, document.lone) {
            (Some(chapter), _) => self.say(named("title-chapter").with("chapter", &*chapter.title)),
            (None, true) => document.title.clone(),
            (None, false) => self.say(named("title-draft")),
        };
        let description = draft.summary.clone().unwrap_or_else(|| document.summary.clone());
        let unpublished = self.world.site().is_unpublished(document, draft);
        let instead = self.same_in_newest(shown).filter(|_| !unpublished);
        About {
            title,
            description,
            lang: document.lang.clone(),
            parents,
            noindex: unpublished || instead.is_none() && Some(draft.name.round) != document.newest_round(),
            instead,
            document: Some(key),
            article: Some(draft.published.filter(|_| !unpublished)),
        }
    }

    /// Of a page of a superseded draft the page of the newest one with the very same text, if there is one.
    /// `canonical` is for what says the same or more (RFC 6596), and a later state of a text says something
    /// else: where a word differs, search engines are asked to leave the older page out instead.
    fn same_in_newest(&self, shown: Shown) -> Option<Address> {
        let Shown { document, draft, chapter } = shown;
        let mut newest = document.newest();
        let newer = newest.next().filter(|newer| newer.name.round > draft.name.round && newest.next().is_none())?;
        let key = DocumentKey::of(document);
        match chapter {
            Some(chapter) => {
                let own = newer.chapter(&chapter.name)?;
                let same = own.title == chapter.title && own.text.body() == chapter.text.body();
                same.then(|| Route::Chapter(key, newer.name.clone(), own.name.clone()).address())
            }
            None => {
                let whole = draft.chapters.is_empty() && newer.chapters.is_empty();
                let same = whole && draft.text.body() == newer.text.body();
                same.then(|| draft_route(document, &newer.name).address())
            }
        }
    }

    /// The section that a document lies in, for the way back.
    pub(super) fn section_parent(&self, document: &Document) -> Vec<(String, crate::path::Address)> {
        let section = self.world.config().section(&document.section);
        let address = self.world.address_if_known(&Route::Section(document.section.clone()));
        section
            .zip(address)
            .map(|(section, address)| (self.world.section_title(section), address))
            .into_iter()
            .collect()
    }

    fn round_link(&self, document: &Document, draft: &Draft) -> Option<Link> {
        let round = draft.name.round;
        let letters = document.round(round).filter_map(|draft| draft.name.option.as_ref());
        let letters: Vec<_> = letters.map(|option| option.to_uppercase()).collect();
        let route = Route::Round(DocumentKey::of(document), round);
        let text = phrase("options-beside").with("options", self.world.theme().words.and(&letters));
        let text = self.say(text.with("number", round));
        (document.round(round).count() > 1).then(|| self.cards().link(text, &route))
    }

    /// Every draft of the document at this place.
    fn switcher(&self, shown: Shown) -> Vec<Switch> {
        let document = shown.document;
        let mut drafts: Vec<_> = document.drafts.values().filter(|_| document.drafts.len() > 1).collect();
        drafts.sort_by_key(|draft| (std::cmp::Reverse(draft.name.round), draft.name.option.clone()));
        let compared = compared(document, self.world.config().compare);
        drafts.into_iter().map(|draft| self.switch(shown, draft, &compared)).collect()
    }

    fn superseded_by(&self, shown: Shown) -> Vec<Switch> {
        let newer = shown.document.newest().filter(|draft| draft.name.round > shown.draft.name.round);
        let compared = compared(shown.document, self.world.config().compare);
        newer.map(|draft| self.switch(shown, draft, &compared)).collect()
    }

    /// Another draft at this place; and what changed, where the two were compared.
    fn switch(&self, shown: Shown, other: &Draft, compared: &BTreeSet<(DraftName, DraftName)>) -> Switch {
        let Shown { document, draft, .. } = shown;
        let (cards, key) = (self.cards(), DocumentKey::of(document));
        let place = self.same_place(shown, other);
        let (old, new) = (other.name.clone().min(draft.name.clone()), other.name.clone().max(draft.name.clone()));
        let known = compared.contains(&(old.clone(), new.clone()));
        let comparison = known.then(|| match shown.chapter.filter(|_| place.lacks.is_none()) {
            Some(chapter) => Route::ComparedChapter(key, old, new, chapter.name.clone()),
            None => Route::Comparison(key, old, new),
        });
        Switch {
            draft: other.name.to_string(),
            link: Link { current: other.name == draft.name, ..cards.link(self.world.label(&other.name), &place.route) },
            title: other.title.clone(),
            published: other.published.map(|moment| self.world.day(moment.day)),
            newest: document.newest().any(|newest| newest.name == other.name),
            comparison: comparison.map(|route| cards.href(&route)),
            lacks: place.lacks.map(|lacks| self.say(lacks)),
        }
    }

    /// A letter as it was sent: its sort and size, `PDF, 84 kB`.
    fn original(&self, path: &SitePath) -> Option<Link> {
        let bytes = self.world.site().files().get(path)?.bytes().len();
        let size = match bytes {
            0..1_000_000 => format!("{} kB", bytes.div_ceil(1000)),
            _ => format!("{:.1} MB", bytes as f64 / 1e6),
        };
        let said = phrase("letter-original-file").with("sort", path.extension().to_uppercase()).with("size", size);
        Some(self.cards().link(self.say(said), &Route::File(path.clone())))
    }

    fn letter(&self, document: &Document) -> Option<LetterHead> {
        let letter = document.letter.as_ref()?;
        let (site, cards) = (self.world.site(), self.cards());
        let link =
            |document: &Document| cards.link(document.title.clone(), &Route::Document(DocumentKey::of(document)));
        let answered = letter.replies_to.as_ref().and_then(|path| match site.source_of(path)? {
            Owner::Document { section, name } => site.document(section, name),
            _ => None,
        });
        Some(LetterHead {
            from: letter.from.clone(),
            to: letter.to.clone(),
            date: document.date.map(|date| self.world.day(date)),
            reference: letter.reference.clone(),
            replies_to: answered.map(link),
            replies: self.world.replies(document).map(link).collect(),
            original: letter.original.as_ref().and_then(|path| self.original(path)),
        })
    }
}

/// The headings of levels 2 and 3 in a stretch of a text, for a table of contents.
pub(super) fn contents(body: &Body, shown: Range<Ix>) -> Vec<Heading> {
    let own = || body.headings().filter(|(ix, ..)| shown.contains(ix));
    let shift = u8::from(own().any(|(_, level, _)| level == 1));
    let headings = own().filter_map(|(ix, level, words)| {
        let id = body.blocks.get(ix)?.id.as_ref()?;
        let link = Link { text: words, href: format!("#{id}"), current: false };
        Some(Heading { level: level + shift, link, changes: 0 })
    });
    headings.filter(|heading| (2..=3).contains(&heading.level)).collect()
}
