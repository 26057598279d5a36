//! Drafts, options, kinds and states as readers see them, in the language of the site.

use super::world::World;
use crate::config::{Kind, Section};
use crate::paper::{Document, DraftName, Status, VoteResult};
use crate::words::{Phrase, Words, phrase};

impl World {
    /// A phrase in the language of the site.
    pub fn say(&self, phrase: impl Into<Phrase>) -> String {
        self.theme().words.say(phrase)
    }

    /// How many of those who could voted; none where it is not known.
    pub fn turnout(&self, result: &VoteResult) -> Option<String> {
        let share = format!("{:.1}", result.turnout()?);
        Some(self.say(phrase("turnout").with("share", share.trim_end_matches('0').trim_end_matches('.'))))
    }

    /// A draft: `Draft 2, option A`.
    pub fn label(&self, name: &DraftName) -> String {
        label(&self.theme().words, name)
    }

    /// A draft beside others of its round: `option A`; where it is the only one, its label.
    pub fn option(&self, name: &DraftName) -> String {
        option(&self.theme().words, name)
    }

    /// The newest draft or options: `Draft 2, options A and B`; empty of a document in one file.
    pub fn newest_label(&self, document: &Document) -> String {
        let mut names = document.newest().map(|draft| &draft.name);
        let (Some(first), false) = (names.next(), document.lone) else { return String::new() };
        let rest: Vec<_> = names.filter_map(|name| name.option.as_ref()).map(|option| option.to_uppercase()).collect();
        if rest.is_empty() {
            return self.label(first);
        }
        let own = first.option.as_ref().map(|option| option.to_uppercase());
        let options: Vec<_> = own.into_iter().chain(rest).collect();
        let options = self.theme().words.and(&options);
        self.say(phrase("options").with("round", first.round).with("options", options))
    }

    /// A kind.
    pub fn kind(&self, kind: Kind) -> String {
        self.say(match kind {
            Kind::Proposal => "kind-proposal",
            Kind::Letter => "kind-letter",
            Kind::Strategy => "kind-strategy",
            Kind::Update => "kind-update",
            Kind::Page => "kind-page",
        })
    }

    /// Where a draft stands.
    pub fn status(&self, status: Status) -> String {
        self.say(match status {
            Status::Final => "status-final",
            Status::Adopted => "status-adopted",
            Status::Rejected => "status-rejected",
            Status::Discarded => "status-discarded",
            Status::Withdrawn => "status-withdrawn",
        })
    }

    /// What a section is called: as `site.toml` says, else by its name.
    pub fn section_title(&self, section: &Section) -> String {
        match (&section.title, section.name.as_str()) {
            (Some(title), _) => title.clone(),
            (None, "proposals") => self.say("section-proposals"),
            (None, "strategy") => self.say("section-strategy"),
            (None, "letters") => self.say("section-letters"),
            (None, "updates") => self.say("section-updates"),
            (None, "pages") => self.say("section-pages"),
            (None, name) => crate::config::capitalised(name),
        }
    }
}

fn label(words: &Words, name: &DraftName) -> String {
    words.say(match &name.option {
        Some(option) => phrase("draft-option").with("round", name.round).with("option", option.to_uppercase()),
        None => phrase("draft").with("round", name.round),
    })
}

fn option(words: &Words, name: &DraftName) -> String {
    let option = name.option.as_ref().map(|option| phrase("option").with("option", option.to_uppercase()));
    option.map_or_else(|| label(words, name), |option| words.say(option))
}

/// A draft in the middle of a sentence, beside others that may be of its round: `option A`, `draft 1`.
pub fn in_sentence(words: &Words, name: &DraftName) -> String {
    match name.option {
        Some(_) => option(words, name),
        None => words.say(phrase("draft-lower").with("round", name.round)),
    }
}
