//! Why: the reasons beside changes, and those that led to a draft.

use super::Page;
use super::comparison::{Both, comparison_route};
use super::draft::Shown;
use crate::consult::reasons::{At, Given};
use crate::diff::Listed;
use crate::markdown::number::{label, numbers_of};
use crate::markdown::reasons::Span;
use crate::markdown::{BlockKind, Ix, escape};
use crate::paper::{Document, Draft, DraftName};
use crate::routes::{DocumentKey, Route};
use crate::site::cards::draft_route;
use crate::site::memo::Compared;
use crate::site::reasons::{Because, Between};
use crate::site::view::{Link, Reason};
use crate::words::{Arg, phrase};
use std::collections::BTreeMap;

impl<'a> Page<'a> {
    /// Why the drafts of a comparison differ.
    pub(super) fn why(&self, both: Both<'a>, compared: &Compared) -> Between<'a> {
        match both.options() {
            true => Between { given: Vec::new(), of: vec![Vec::new(); compared.listed.len()] },
            false => self.world.between(both.document, (both.old, both.new), compared),
        }
    }

    /// The reasons of a change, for a line of a list.
    pub(super) fn reasons_of(&self, both: Both, between: &Between, change: usize) -> Vec<Reason> {
        let of = between.of.get(change).into_iter().flatten();
        of.filter_map(|at| between.given.get(*at)).map(|(draft, given)| self.reason(both, draft, given)).collect()
    }

    fn reason(&self, both: Both, draft: &Draft, given: &Given) -> Reason {
        let from = (draft.name != both.new.name)
            .then(|| self.cards().link(self.world.label(&draft.name), &draft_route(both.document, &draft.name)));
        let feedback = self.feedback_links(both.document, given);
        Reason { text: given.words.clone(), draft: from, feedback, place: None }
    }

    /// The feedback that a reason names, on its page.
    fn feedback_links(&self, document: &Document, given: &Given) -> Vec<Link> {
        let Some(href) = self.feedback_href(document) else { return Vec::new() };
        let known = given.because.iter().filter(|id| document.feedback.iter().any(|own| own.id == **id));
        known.map(|id| Link { text: id.clone(), href: format!("{href}#{id}"), current: false }).collect()
    }

    /// To what was said about a document; none where nothing was.
    pub(super) fn feedback_href(&self, document: &Document) -> Option<String> {
        self.world.if_known(self.at, &Route::Feedback(DocumentKey::of(document)))
    }

    /// The reasons at the changes of a part, as markup behind them, by the ids of the changes. One that was given
    /// already is referred to.
    pub(super) fn reasons_at(
        &self,
        both: Both<'a>,
        between: &Between,
        (compared, part): (&Compared, usize),
    ) -> BTreeMap<String, String> {
        let mut given_at: BTreeMap<usize, usize> = BTreeMap::new();
        let mut at_root: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let mut order = Vec::new();
        let listed = compared.listed.iter().enumerate().filter(|(_, listed)| listed.part == part);
        for (change, listed) in listed {
            if !at_root.contains_key(listed.root.as_str()) {
                order.push(listed.root.as_str());
            }
            let known = at_root.entry(&listed.root).or_default();
            let own = between.of.get(change).into_iter().flatten().filter(|at| !known.contains(at));
            let own: Vec<_> = own.copied().collect();
            known.extend(own);
        }
        let mut markup = BTreeMap::new();
        for root in order {
            let reasons = at_root.remove(root).unwrap_or_default();
            let said = self.said_at(both, between, &reasons, &mut given_at);
            if !said.is_empty() {
                markup.insert(root.to_owned(), said);
            }
        }
        markup
    }

    /// The reasons of one change: in full where they were not given before, and behind them a line that leads to those
    /// that were.
    fn said_at(
        &self,
        both: Both<'a>,
        between: &Between,
        reasons: &[usize],
        given_at: &mut BTreeMap<usize, usize>,
    ) -> String {
        let (known, new): (Vec<_>, Vec<_>) = reasons.iter().copied().partition(|at| given_at.contains_key(at));
        let mut markup: String = new.iter().map(|at| self.reason_markup(both, between, *at, given_at)).collect();
        let link = |at: usize| {
            let (draft, _) = between.given.get(at)?;
            let label = escape(&self.world.label(&draft.name));
            Some(format!("<a href=\"#why.{}\">{label}</a>", given_at.get(&at)?))
        };
        let links: Vec<_> = known.into_iter().filter_map(link).collect();
        if !links.is_empty() {
            let links = links.join(&escape(&self.say("list-comma")));
            let said = phrase("reason-above").with("drafts", Arg::Markup(links));
            let said = self.world.theme().words.markup(&said).unwrap_or_default();
            markup.push_str(&format!("<p class=\"reason\" data-diff-chrome>{said}</p>\n"));
        }
        markup
    }

    fn reason_markup(
        &self,
        both: Both<'a>,
        between: &Between,
        at: usize,
        given_at: &mut BTreeMap<usize, usize>,
    ) -> String {
        let Some((draft, given)) = between.given.get(at) else { return String::new() };
        let words = &self.world.theme().words;
        let number = given_at.len() + 1;
        given_at.insert(at, number);
        let reason = self.reason(both, draft, given);
        let link = |link: &Link| format!("<a href=\"{}\">{}</a>", escape(&link.href), escape(&link.text));
        let why = match &reason.draft {
            Some(draft) => phrase("reason-in").with("draft", Arg::Markup(link(draft))),
            None => phrase("reason"),
        };
        let why = words.markup(&why).unwrap_or_default();
        let feedback = match reason.feedback.is_empty() {
            true => String::new(),
            false => {
                let links: Vec<_> = reason.feedback.iter().map(link).collect();
                let said = phrase("reason-feedback")
                    .with("count", links.len())
                    .with("feedback", Arg::Markup(links.join(&escape(&self.say("list-comma")))));
                format!(" <span class=\"facts\">{}</span>", words.markup(&said).unwrap_or_default())
            }
        };
        let text = escape(&reason.text);
        format!(
            "<p class=\"reason\" id=\"why.{number}\" data-diff-chrome><strong>{why}</strong> {text}{feedback}</p>\n"
        )
    }

    /// What led to a draft: its reasons in the order of the text, then those of what was removed. On the page of a
    /// chapter those of the chapter.
    pub(super) fn led_to(&self, shown: Shown<'a>) -> Vec<Reason> {
        let Shown { document, draft, chapter } = shown;
        let own = self.world.lessons.reasons(document).then(|| self.world.because(document, draft)).flatten();
        let Some(own) = own.filter(|own| !own.given.is_empty()) else {
            return Vec::new();
        };
        let wanted = chapter.map(|chapter| chapter.name.as_str());
        let reasons = own.given.iter().enumerate().filter(|(_, given)| !given.is_editorial());
        let reasons = reasons.filter_map(|(at, given)| {
            let place = self.place_of_reason(document, &own, (at, given))?;
            let part = match given.at {
                At::Text { part, .. } => Some(own.compared.new.parts.get(part)?.name.as_str()),
                At::Removed(_) => None,
            };
            let is_wanted = wanted.is_none() || part == wanted;
            let feedback = self.feedback_links(document, given);
            is_wanted.then(|| Reason { text: given.words.clone(), draft: None, feedback, place: Some(place) })
        });
        reasons.collect()
    }

    /// Where what a reason is for is read: in the draft; of what went, beside what took its place.
    fn place_of_reason(&self, document: &Document, own: &Because, (at, given): (usize, &Given)) -> Option<Link> {
        match given.at {
            At::Text { span, part, .. } => self.place_in_draft(document, own, (span, part)),
            At::Removed(_) => {
                let listed = own.explained_by(at).next()?;
                let (old, new) = (&own.base.name, &own.draft.name);
                let href = self.change_href(document, own, listed);
                let numbers = numbers_of(&own.compared.old);
                let number = listed.old_root.and_then(|ix| numbers.get(ix)?.clone());
                let number = number.filter(|_| document.numbered).map(|number| label(&number));
                let said = match number {
                    Some(number) => phrase("reason-removed-number").with("number", number),
                    None => phrase("reason-removed"),
                };
                let text = self.say(said.with("old", self.world.label(old)).with("new", self.world.label(new)));
                Some(Link { text, href, current: false })
            }
        }
    }

    /// Where a change of a draft is shown: the comparison with its base.
    pub(super) fn change_href(&self, document: &Document, own: &Because, listed: &Listed) -> String {
        self.change_between(document, (&own.base.name, &own.draft.name), (&own.compared, listed))
    }

    /// The place of a change on the page of its comparison.
    pub(super) fn change_between(
        &self,
        document: &Document,
        names: (&DraftName, &DraftName),
        (compared, listed): (&Compared, &Listed),
    ) -> String {
        let chapter = compared.chapters.get(listed.part).map_or("", String::as_str);
        let route = match chapter {
            "" => Route::Comparison(DocumentKey::of(document), names.0.clone(), names.1.clone()),
            chapter => comparison_route(document, names, chapter),
        };
        format!("{}#{}", self.cards().href(&route), listed.anchor)
    }

    fn place_in_draft(&self, document: &Document, own: &Because, (span, part): (Span, usize)) -> Option<Link> {
        let whole = &own.compared.new;
        let name = whole.parts.get(part).map_or("", |part| part.name.as_str());
        let chapter = own.draft.chapter(name);
        let route = match chapter {
            Some(chapter) => Route::Chapter(DocumentKey::of(document), own.draft.name.clone(), chapter.name.clone()),
            None => draft_route(document, &own.draft.name),
        };
        let page = self.cards().href(&route);
        let page = if route.address() == *self.at { String::new() } else { page };
        let whole_text = || chapter.map_or_else(|| self.world.label(&own.draft.name), |own| own.title.clone());
        let ix = match span {
            Span::Text => return Some(Link { text: whole_text(), href: page, current: false }),
            Span::Block(ix) | Span::Section(ix) => ix,
        };
        let (text, id) = self.block_link(document, whole_numbers(own, ix), own, ix)?;
        Some(Link { text, href: format!("{page}#{id}"), current: false })
    }

    /// What a block is called, and its id on the page of its draft.
    fn block_link(
        &self,
        document: &Document,
        number: Option<String>,
        own: &Because,
        ix: Ix,
    ) -> Option<(String, String)> {
        let block = own.compared.new.body.blocks.get(ix)?;
        match (&block.kind, number) {
            (BlockKind::Heading { .. }, _) => Some((own.compared.new.body.words(ix), block.id.clone()?)),
            (_, Some(number)) if document.numbered => {
                let text = self.say(phrase("paragraph-number").with("number", label(&number)));
                Some((text, number))
            }
            (_, number) => Some((own.compared.new.body.words(ix), block.id.clone().or(number)?)),
        }
    }
}

fn whole_numbers(own: &Because, ix: Ix) -> Option<String> {
    numbers_of(&own.compared.new).get(ix)?.clone()
}
