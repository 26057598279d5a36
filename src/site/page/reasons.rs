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

/// By each reason that stands in full on a page, and whom the block at which it does concerns, the number of its place.
type InFull = BTreeMap<(usize, Vec<String>), usize>;

/// The numbers of the blocks of a draft and of its base.
struct Numbers {
    old: Vec<Option<String>>,
    new: Vec<Option<String>>,
}

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
        let whom = self.whom(both, compared);
        let mut in_full = InFull::new();
        let mut at_root: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let mut order = Vec::new();
        let listed = compared.listed.iter().enumerate().filter(|(_, listed)| listed.part == part);
        for (change, listed) in listed {
            if !at_root.contains_key(listed.root.as_str()) {
                order.push((listed.root.as_str(), whom.of_listed(listed)));
            }
            let known = at_root.entry(&listed.root).or_default();
            let own = between.of.get(change).into_iter().flatten().filter(|at| !known.contains(at));
            let own: Vec<_> = own.copied().collect();
            known.extend(own);
        }
        let mut markup = BTreeMap::new();
        for (root, groups) in order {
            let reasons = at_root.remove(root).unwrap_or_default();
            let said = self.said_at(both, between, (&reasons, &groups), &mut in_full);
            if !said.is_empty() {
                markup.insert(root.to_owned(), said);
            }
        }
        markup
    }

    /// The reasons of a block that changed: in full where they were not given before, and behind them a line that leads
    /// to those that were. A block that concerns others is not led to: it may be hidden.
    fn said_at(
        &self,
        both: Both<'a>,
        between: &Between,
        (reasons, groups): (&[usize], &[String]),
        in_full: &mut InFull,
    ) -> String {
        let known: Vec<_> = reasons.iter().map(|at| (*at, above(in_full, *at, groups))).collect();
        let new = known.iter().filter(|(_, above)| above.is_none());
        let mut markup: String = new.map(|(at, _)| self.reason_markup(both, between, (*at, groups), in_full)).collect();
        let link = |at: usize, number: usize| {
            let (draft, _) = between.given.get(at)?;
            let said = self.say(phrase("reason-given").with("draft", self.world.label(&draft.name)));
            Some(format!("<a href=\"#why.{number}\">{}</a>", escape(&said)))
        };
        let links: Vec<_> = known.iter().filter_map(|(at, above)| link(*at, (*above)?)).collect();
        if !links.is_empty() {
            let links = links.join(&escape(&self.say("list-comma")));
            let said = phrase("reason-above").with("reasons", Arg::Markup(links));
            let said = self.world.theme().words.markup(&said).unwrap_or_default();
            markup.push_str(&format!("<p class=\"reason\" data-diff-chrome>{said}</p>\n"));
        }
        markup
    }

    fn reason_markup(
        &self,
        both: Both<'a>,
        between: &Between,
        (at, groups): (usize, &[String]),
        in_full: &mut InFull,
    ) -> String {
        let Some((draft, given)) = between.given.get(at) else { return String::new() };
        let words = &self.world.theme().words;
        let number = in_full.len() + 1;
        in_full.insert((at, groups.to_vec()), number);
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
        let Some(own) = own else { return Vec::new() };
        let part_of = |given: &Given| match given.at {
            At::Text { part, .. } => own.compared.new.parts.get(part).map(|part| part.name.as_str()),
            At::Removed(_) => None,
        };
        let is_wanted = |given: &Given| chapter.is_none_or(|chapter| part_of(given) == Some(chapter.name.as_str()));
        let given = own.given.iter().enumerate();
        let wanted: Vec<_> = given.filter(|(_, given)| !given.is_editorial() && is_wanted(given)).collect();
        if wanted.is_empty() {
            return Vec::new();
        }
        let numbers = Numbers { old: numbers_of(&own.compared.old), new: numbers_of(&own.compared.new) };
        let reasons = wanted.into_iter().filter_map(|(at, given)| {
            let place = self.place_of_reason(document, &own, (at, given), &numbers)?;
            let feedback = self.feedback_links(document, given);
            Some(Reason { text: given.words.clone(), draft: None, feedback, place: Some(place) })
        });
        reasons.collect()
    }

    /// Where what a reason is for is read: in the draft; of what went, beside what took its place.
    fn place_of_reason(
        &self,
        document: &Document,
        own: &Because,
        (at, given): (usize, &Given),
        numbers: &Numbers,
    ) -> Option<Link> {
        match given.at {
            At::Text { span, part, .. } => self.place_in_draft(document, own, (span, part), &numbers.new),
            At::Removed(_) => {
                let listed = own.explained_by(at).next()?;
                let (old, new) = (&own.base.name, &own.draft.name);
                let href = self.change_href(document, own, listed);
                let number = listed.old_root.and_then(|ix| numbers.old.get(ix)?.as_deref());
                let said = match number.filter(|_| document.numbered) {
                    Some(number) => phrase("reason-removed-number").with("number", label(number)),
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

    fn place_in_draft(
        &self,
        document: &Document,
        own: &Because,
        (span, part): (Span, usize),
        numbers: &[Option<String>],
    ) -> Option<Link> {
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
        let number = numbers.get(ix).and_then(Option::as_deref);
        let (text, id) = self.block_link(document, number, own, ix)?;
        Some(Link { text, href: format!("{page}#{id}"), current: false })
    }

    /// What a block is called, and its id on the page of its draft.
    fn block_link(&self, document: &Document, number: Option<&str>, own: &Because, ix: Ix) -> Option<(String, String)> {
        let block = own.compared.new.body.blocks.get(ix)?;
        let id = || block.id.clone();
        match (&block.kind, number) {
            (BlockKind::Heading { .. }, _) => Some((own.compared.new.body.words(ix), id()?)),
            (_, Some(number)) if document.numbered => {
                let text = self.say(phrase("paragraph-number").with("number", label(number)));
                Some((text, number.to_owned()))
            }
            (_, number) => Some((own.compared.new.body.words(ix), id().or(number.map(str::to_owned))?)),
        }
    }
}

/// Where a reason stands in full that a block is to lead to: at one that is shown wherever that is, since it concerns the
/// same groups, or everybody.
fn above(in_full: &InFull, reason: usize, groups: &[String]) -> Option<usize> {
    let at = |groups: &[String]| in_full.get(&(reason, groups.to_vec())).copied();
    at(groups).or_else(|| at(&[]))
}
