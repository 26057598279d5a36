//! What a page supplies to the writer: addresses of links, ids, block numbers, the way to the newest.

use super::concerned::Concerned;
use super::world::World;
use crate::check::links::{Links, Target};
use crate::markdown::number::{label, numbers, numbers_of};
use crate::markdown::whole::{PARTED, Part, Whole, chapter_id, chapter_prefix};
use crate::markdown::{Block, BlockKind, Body, Decor, Ix, Mark, escape, page, token};
use crate::path::{Address, SitePath};
use crate::words::{Arg, Words, phrase};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

/// What the ids of the older side of a comparison begin with.
pub const OLDER: &str = "old-";

/// The decor of one body on one page.
pub struct PageDecor<'a> {
    world: &'a World,
    /// The page that is written.
    at: &'a Address,
    /// The file that the body comes from.
    file: &'a SitePath,
    numbers: Vec<Option<String>>,
    /// Whether numbers are shown.
    numbered: bool,
    /// What every id begins with: nothing, or `old-`.
    prefix: String,
    /// Where places of the same file are, where they are not on this page.
    elsewhere: Option<Address>,
    /// The notes that the other side shows, with their names there.
    kept_notes: BTreeMap<String, String>,
    /// Notes that another page shows, with where they are.
    notes_away: BTreeMap<String, String>,
    /// Where the page shows one part of a text: the numbers of its notes.
    notes: Option<BTreeMap<String, usize>>,
    /// Where the page shows several: what the ids of numbered blocks begin with in each.
    starts: Vec<(Range<Ix>, String)>,
    /// Whether notes, too, are on the page of the file alone.
    notes_elsewhere: bool,
    /// Whether headings go down a level.
    lower: bool,
    newer: Option<Newer>,
    places: Places,
    /// Of each block which predecessor it comes from, in words.
    origins: Vec<Option<String>>,
    /// What is said behind blocks of their quotations, as markup.
    behind: BTreeMap<Ix, String>,
    /// Whom blocks concern.
    concerned: Concerned,
    /// The chapters that share this page: their addresses elsewhere, and their names.
    beside: BTreeMap<Address, String>,
    /// The words that lead to what they mean, by the block that they stand in.
    marks: BTreeMap<Ix, Vec<Mark>>,
}

/// By the names of other drafts, the id that each block of this one has there, by its index.
pub type Places = BTreeMap<String, Vec<Option<String>>>;

/// The newest draft, for blocks of an older one.
pub struct Newer {
    /// The label of the draft that is shown.
    pub label: String,
    /// The title of the document, and its address from this page.
    pub document: (String, String),
    /// The newest drafts.
    pub drafts: Vec<NewerDraft>,
}

/// One of the newest drafts, as references from this page.
pub struct NewerDraft {
    /// Its label.
    pub label: String,
    /// Where it shows what this page does.
    pub href: String,
    /// Where it has each block, by its index.
    pub places: Vec<Option<String>>,
}

impl<'a> PageDecor<'a> {
    /// The decor of a body from a file; `chapter` is its number where it is a chapter.
    pub fn new(world: &'a World, at: &'a Address, file: &'a SitePath, body: &Body, chapter: Option<u32>) -> Self {
        PageDecor {
            world,
            at,
            file,
            numbers: numbers(body, chapter),
            numbered: false,
            prefix: String::new(),
            elsewhere: None,
            kept_notes: BTreeMap::new(),
            notes_away: BTreeMap::new(),
            notes: None,
            starts: Vec::new(),
            notes_elsewhere: false,
            lower: body.headings().any(|(_, level, _)| level == 1),
            newer: None,
            places: Places::new(),
            origins: Vec::new(),
            behind: BTreeMap::new(),
            concerned: Concerned::default(),
            beside: BTreeMap::new(),
            marks: BTreeMap::new(),
        }
    }

    /// The decor of one part of a text; `file` is the part's.
    pub fn of_part(world: &'a World, at: &'a Address, file: &'a SitePath, whole: &Whole, part: &Part) -> Self {
        let own = |name: &&String| whole.body.note(name).is_some_and(|ix| part.blocks.contains(&ix));
        let notes = whole.body.notes.iter().filter(own).zip(1..).map(|(name, number)| (name.clone(), number));
        let mut headings = whole.body.headings().filter(|(ix, ..)| part.blocks.contains(ix));
        PageDecor {
            numbers: numbers_of(whole),
            notes: Some(notes.collect()),
            lower: headings.any(|(_, level, _)| level == 1),
            ..PageDecor::new(world, at, file, &whole.body, None)
        }
    }

    /// The decor of a text whose chapters share the page; `file` is that of the words above them.
    pub fn of_all(world: &'a World, at: &'a Address, file: &'a SitePath, whole: &Whole) -> Self {
        let starts = whole.parts.iter().map(|part| (part.blocks.clone(), chapter_prefix(&part.name)));
        PageDecor {
            numbers: numbers_of(whole),
            starts: starts.collect(),
            ..PageDecor::new(world, at, file, &whole.body, None)
        }
    }

    /// Shows block numbers.
    #[must_use]
    pub fn numbered(mut self, numbered: bool) -> Self {
        self.numbered = numbered;
        self
    }

    /// Sets what every id begins with.
    #[must_use]
    pub fn prefix(mut self, prefix: impl Into<String>) -> Self {
        self.prefix = prefix.into();
        self
    }

    /// Says that places of the file are on another page.
    #[must_use]
    pub fn elsewhere(mut self, address: Option<Address>) -> Self {
        self.elsewhere = address;
        self
    }

    /// Says that notes are not on this page either.
    #[must_use]
    pub fn notes_elsewhere(mut self) -> Self {
        self.notes_elsewhere = true;
        self
    }

    /// Says which notes are shown by the other side, and their names there.
    #[must_use]
    pub fn kept_notes(mut self, notes: BTreeMap<String, String>) -> Self {
        self.kept_notes = notes;
        self
    }

    /// Says which notes another page shows, and where.
    #[must_use]
    pub fn notes_away(mut self, notes: BTreeMap<String, String>) -> Self {
        self.notes_away = notes;
        self
    }

    /// Says that the body is of an older draft.
    #[must_use]
    pub fn newer(mut self, newer: Option<Newer>) -> Self {
        self.newer = newer;
        self
    }

    /// Names the chapters that share this page, by the addresses that they have elsewhere.
    #[must_use]
    pub fn beside(mut self, beside: BTreeMap<Address, String>) -> Self {
        self.beside = beside;
        self
    }

    /// Says which words lead to what they mean.
    #[must_use]
    pub fn marks(mut self, marks: BTreeMap<Ix, Vec<Mark>>) -> Self {
        self.marks = marks;
        self
    }

    /// Says whom blocks concern.
    #[must_use]
    pub fn concerned(mut self, concerned: Concerned) -> Self {
        self.concerned = concerned;
        self
    }

    /// Says where each block comes from.
    #[must_use]
    pub fn origins(mut self, origins: Vec<Option<String>>) -> Self {
        self.origins = origins;
        self
    }

    /// Says what stands behind blocks, as markup.
    #[must_use]
    pub fn behind(mut self, behind: BTreeMap<Ix, String>) -> Self {
        self.behind = behind;
        self
    }

    /// Says where each block is in other drafts.
    #[must_use]
    pub fn places(mut self, places: Places) -> Self {
        self.places = places;
        self
    }

    /// Where a block is in other drafts, as far as its number differs there: `draft-2=p3-1 draft-3=`, or
    /// with its page where it is in another chapter: `draft-2=../../draft-2/money/#p5-1-2`.
    fn elsewhere_in(&self, ix: Ix, number: &str) -> String {
        let places = self.places.iter().filter_map(|(draft, places)| {
            let place = places.get(ix)?.as_deref().unwrap_or("");
            (place != number).then(|| format!("{draft}={}", escape(place)))
        });
        places.collect::<Vec<_>>().join(" ")
    }

    fn number(&self, ix: Ix) -> Option<&String> {
        self.numbers.get(ix)?.as_ref()
    }

    /// What the ids of numbered blocks begin with where a block stands.
    fn start(&self, ix: Ix) -> &str {
        self.starts.iter().find(|(blocks, _)| blocks.contains(&ix)).map_or("", |(_, start)| start)
    }

    /// Where a target leads from this page; as it is written where it leads nowhere, which was reported.
    fn lead(&self, written: &str) -> Option<String> {
        let links = Links { site: self.world.site(), facts: self.world.facts() };
        match links.resolve(self.file, written).ok()? {
            Target::External => None,
            Target::Here(id) => Some(match &self.elsewhere {
                Some(address) => format!("{}#{id}", self.world.href(self.at, address)),
                None => format!("#{}{id}", self.prefix),
            }),
            Target::Page(address, id) => {
                let id = id.filter(|id| !id.is_empty());
                if let Some(prefix) = self.beside.get(&address) {
                    return Some(format!("#{}", id.map_or_else(|| chapter_id(prefix), |id| format!("{prefix}.{id}"))));
                }
                let id = id.map_or(String::new(), |id| format!("#{id}"));
                let here = address == *self.at && !id.is_empty() && self.prefix.is_empty();
                Some(if here { id } else { format!("{}{id}", self.world.href(self.at, &address)) })
            }
            Target::File(path) => Some(self.world.href(self.at, &crate::routes::Route::File(path).address())),
        }
    }

    /// The box around a block and its number.
    fn open_numbered(&self, ix: Ix, number: &str, out: &mut String) {
        let (id, label) = (format!("{}{}{number}", self.prefix, self.start(ix)), label(number));
        let places = self.elsewhere_in(ix, number);
        let places = if places.is_empty() { places } else { format!(" data-in=\"{places}\"") };
        let places = places + &self.concerned.attribute(ix);
        if self.numbered {
            let link = escape(&self.world.say(phrase("block-link").with("number", label.as_str())));
            out.push_str(&format!(
                "<div class=\"numbered\" id=\"{id}\"{places}><a class=\"block-number\" href=\"#{id}\" data-diff-chrome aria-label=\"{link}\">{label}</a>\n"
            ));
        } else {
            out.push_str(&format!("<div class=\"block\" id=\"{id}\"{places}>\n"));
        }
        if let Some(origin) = self.origins.get(ix).and_then(Option::as_ref) {
            out.push_str(&format!("<span class=\"origin\" data-diff-chrome>{}</span>\n", escape(origin)));
        }
    }

    fn superseded_here(&self, ix: Ix, newer: &Newer, out: &mut String) {
        let link = |draft: &NewerDraft| {
            let place = draft.places.get(ix).and_then(Option::as_ref).unwrap_or(&draft.href);
            format!("<a href=\"{}\">{}</a>", escape(place), escape(&draft.label))
        };
        let links: Vec<_> = newer.drafts.iter().map(link).collect();
        let (title, document) = &newer.document;
        let paper = format!("<a href=\"{}\">{}</a>", escape(document), escape(title));
        let said = phrase("superseded-here").with("draft", newer.label.as_str()).with("document", Arg::Markup(paper));
        let said = said.with("newer", Arg::Markup(links.join(&escape(&self.world.say("list-or")))));
        let said = self.words().markup(&said).unwrap_or_default();
        out.push_str(&format!("<p class=\"superseded-here\" data-diff-chrome>{said}</p>\n"));
    }
}

impl Decor for PageDecor<'_> {
    fn words(&self) -> &Words {
        &self.world.theme().words
    }

    fn id(&self, ix: Ix, block: &Block) -> Option<String> {
        let part = matches!(block.kind, BlockKind::Item | BlockKind::Row { .. });
        let number = || self.number(ix).filter(|_| part).map(|number| format!("{}{number}", self.start(ix)));
        let own = block.id.clone().or_else(number);
        own.map(|id| format!("{}{id}", self.prefix))
    }

    fn prefix(&self) -> &str {
        &self.prefix
    }

    fn note_name(&self, name: &str) -> String {
        match &self.notes {
            Some(_) => token(name.rsplit(PARTED).next().unwrap_or(name)),
            None => token(name),
        }
    }

    fn note_number(&self, body: &Body, name: &str) -> usize {
        let own = self.notes.as_ref().and_then(|notes| notes.get(name).copied());
        own.or_else(|| body.note_number(name)).unwrap_or_default()
    }

    fn note_id(&self, name: &str) -> String {
        match self.kept_notes.get(name) {
            Some(newer) => format!("note.{}", self.note_name(newer)),
            None => format!("{}note.{}", self.prefix, self.note_name(name)),
        }
    }

    fn note_href(&self, name: &str) -> String {
        if let Some(href) = self.notes_away.get(name) {
            return href.clone();
        }
        match self.elsewhere.as_ref().filter(|_| self.notes_elsewhere) {
            Some(address) => format!("{}#note.{}", self.world.href(self.at, address), self.note_name(name)),
            None => format!("#{}", self.note_id(name)),
        }
    }

    fn before(&self, ix: Ix, _block: &Block, out: &mut String) {
        self.concerned.before(ix, out);
        if let Some(number) = self.number(ix) {
            self.open_numbered(ix, number, out);
        }
    }

    fn after(&self, ix: Ix, block: &Block, out: &mut String) {
        let numbered = self.number(ix).is_some();
        if numbered || matches!(block.kind, BlockKind::Heading { .. }) && block.id.is_some() {
            self.newer.iter().for_each(|newer| self.superseded_here(ix, newer, out));
        }
        out.push_str(self.behind.get(&ix).map_or("", String::as_str));
        out.push_str(if numbered { "</div>\n" } else { "" });
        self.concerned.after(ix, out);
    }

    fn comment(&self, ix: Ix, words: &str) -> String {
        page(words).map_or(String::new(), |page| {
            let said = escape(&self.world.say(phrase("page-break").with("page", page.to_string())));
            let id = format!("{}{}page-{page}", self.prefix, self.start(ix));
            format!("<p class=\"page-break\" id=\"{id}\" data-diff-chrome>{said}</p>\n")
        })
    }

    fn href<'a>(&self, href: &'a str) -> Cow<'a, str> {
        self.lead(href).map_or(Cow::Borrowed(href), Cow::Owned)
    }

    fn src<'a>(&self, src: &'a str) -> Cow<'a, str> {
        self.href(src)
    }

    fn marks(&self, ix: Ix) -> &[Mark] {
        self.marks.get(&ix).map_or(&[], Vec::as_slice)
    }

    fn table_label(&self, ix: Ix) -> String {
        let key = if self.prefix == OLDER { "label-table-in-older" } else { "label-table-in" };
        let number = self.number(ix).map(|number| phrase(key).with("number", label(number)));
        self.world.say(number.unwrap_or_else(|| phrase("label-table")))
    }

    fn level(&self, level: u8) -> u8 {
        (level + u8::from(self.lower)).min(6)
    }
}
