//! The page of a round: its options side by side.

use super::comparison::Both;
use super::rows::rows;
use super::told::Told;
use super::{Page, Rendered};
use crate::markdown::Side;
use crate::markdown::whole::Whole;
use crate::paper::{Document, Draft, DraftName};
use crate::routes::{DocumentKey, Route};
use crate::site::decor::PageDecor;
use crate::site::frame::About;
use crate::site::memo::Compared;
use crate::site::view::{ChangeLine, OptionPair, OptionRow, RoundView};
use crate::words::phrase;
use std::collections::BTreeMap;

impl<'a> Page<'a> {
    /// The options of a round.
    pub(super) fn round(&self, key: &DocumentKey, number: u32) -> Rendered {
        let document = self.world.site().document(&key.section, &key.name).ok_or_else(|| self.gone())?;
        let cards = self.cards();
        let options: Vec<_> = document.round(number).collect();
        let every =
            options.iter().enumerate().flat_map(|(at, left)| options[at + 1..].iter().map(move |right| (left, right)));
        let pairs = every.enumerate().map(|(at, (left, right))| self.option_pair(document, left, right, at));
        let mut parents = self.section_parent(document);
        parents.push((document.title.clone(), Route::Document(key.clone()).address()));
        let several = options.len() > 1;
        let about = |key: &'static str| phrase(key).with("document", &*document.title).with("number", number);
        let about = About {
            title: self.say(about(if several { "title-options" } else { "title-round" })),
            description: self.say(about(if several { "about-options" } else { "about-round" })),
            lang: document.lang.clone(),
            parents,
            noindex: !several || Some(number) != document.newest_round(),
            document: Some(key.clone()),
            ..About::default()
        };
        let view = RoundView {
            frame: self.world.frame(self.at, about),
            document: cards.document(document),
            round: cards.round(document, number),
            consultation: cards.consultation(document, Some(number)),
            pairs: pairs.collect(),
        };
        self.world.theme().render("round.html", &view)
    }

    fn option_pair(&self, document: &'a Document, left: &'a Draft, right: &'a Draft, at: usize) -> OptionPair {
        let (cards, key) = (self.cards(), DocumentKey::of(document));
        let route = |draft: &Draft| Route::Draft(key.clone(), draft.name.clone());
        let compared = self.world.compared(document, left, right);
        let rows = self.option_rows(document, (left, right), &compared, at);
        let words = Told::new(self.world, Both { document, old: left, new: right, chapter: None }, &compared);
        let places: BTreeMap<_, _> =
            rows.iter().flat_map(|row| row.changes.iter().map(|change| (change.clone(), &row.id))).collect();
        let led = |lines: Vec<(String, ChangeLine)>| -> Vec<ChangeLine> {
            let line = |(root, line): (String, ChangeLine)| {
                Some(ChangeLine { href: format!("#{}", places.get(&root)?), ..line })
            };
            lines.into_iter().filter_map(line).collect()
        };
        let (weightiest, lines) = (led(words.weightiest(0)), led(words.lines(0)));
        OptionPair {
            left: cards.link(self.world.label(&left.name), &route(left)),
            right: cards.link(self.world.label(&right.name), &route(right)),
            left_option: self.option_alone(&left.name),
            right_option: self.option_alone(&right.name),
            left_title: left.title.clone(),
            right_title: right.title.clone(),
            href: cards.href(&Route::Comparison(key.clone(), left.name.clone(), right.name.clone())),
            counts: cards.counts(document, &left.name, &right.name),
            chapters: self.chapter_steps(document, left, right),
            weightiest,
            lines,
            rows,
        }
    }

    /// An option as it stands in a heading: `Option A`.
    fn option_alone(&self, name: &DraftName) -> String {
        let option = name.option.as_ref().map(|option| phrase("option-alone").with("option", option.to_uppercase()));
        option.map_or_else(|| self.world.label(name), |option| self.say(option))
    }

    /// The texts of two options block by block. Ids begin with a letter for the side, since both sides
    /// stand on one page; places of a text are led to on its own page.
    fn option_rows(
        &self,
        document: &Document,
        (left, right): (&'a Draft, &'a Draft),
        compared: &Compared,
        at: usize,
    ) -> Vec<OptionRow> {
        let (before, after) = (&compared.old, &compared.new);
        let one_page = compared.chapters.len() == 1;
        let old = self.column(document, left, before, one_page).prefix(format!("left{at}."));
        let new = self.column(document, right, after, one_page).prefix(format!("right{at}."));
        let (old, new) = (Side { body: &before.body, decor: &old }, Side { body: &after.body, decor: &new });
        rows(&compared.comparison, old, new, &format!("row{at}."), &self.world.theme().words)
    }

    /// The decor of one option: of all its text where the other is whole, else of the words above its
    /// chapters. Its places and notes are on its own page, or on the one with all its chapters.
    fn column(&self, document: &Document, draft: &'a Draft, whole: &Whole, one_page: bool) -> PageDecor<'a> {
        let (key, name) = (DocumentKey::of(document), draft.name.clone());
        let decor = match one_page {
            true => PageDecor::of_all(self.world, self.at, draft.text.path(), whole),
            false => PageDecor::of_part(self.world, self.at, draft.text.path(), whole, &whole.parts[0]),
        };
        let all = one_page && !draft.chapters.is_empty();
        let own = if all { Route::All(key, name) } else { Route::Draft(key, name) };
        decor.elsewhere(Some(own.address())).notes_elsewhere()
    }
}
