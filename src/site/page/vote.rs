//! The page of a vote: on exactly which text, what is asked, and what came of it.

use super::told::weight;
use super::{Page, Rendered};
use crate::diff::{Class, Listed};
use crate::paper::{Document, Draft, Vote, VoteResult};
use crate::routes::{DocumentKey, Route, compared};
use crate::site::cards::draft_route;
use crate::site::frame::About;
use crate::site::view::{Link, SinceAsked, VoteCount, VotePageView, VoteView};
use crate::tree::Digest;
use crate::words::phrase;
use jiff::Timestamp;

/// How many changes are told.
const TOLD: usize = 8;

impl<'a> Page<'a> {
    /// A document that is put to the vote.
    pub(super) fn vote(&self, key: &DocumentKey) -> Rendered {
        let document = self.world.site().document(&key.section, &key.name).ok_or_else(|| self.gone())?;
        let own = document.consultation.vote.as_ref().ok_or_else(|| self.gone())?;
        let draft = own.draft.as_ref().and_then(|name| document.drafts.get(name)).ok_or_else(|| self.gone())?;
        let cards = self.cards();
        let consultation = cards.consultation(document, Some(draft.name.round));
        let vote = consultation.vote.clone().ok_or_else(|| self.gone())?;
        let label = self.world.label(&draft.name);
        let asked = phrase("vote-asked").with("draft", label).with("document", &*document.title);
        let voted = self.voted_on(document, draft, own);
        let (sealed, corrections) = self.seal(document, draft).map(|seal| (seal.sealed, seal.corrections)).unzip();
        let view = VotePageView {
            frame: self.world.frame(self.at, self.about_vote(document)),
            document: cards.document(document),
            draft: cards.draft(document, draft),
            digest: voted.map_or_else(|| self.world.digest_of(document, draft), |(digest, _)| digest).to_string(),
            sealed: sealed.filter(|_| voted.is_none()),
            changed: voted.map(|(_, at)| self.world.day(at.to_zoned(self.world.config().timezone.clone()).date())),
            corrections: corrections.unwrap_or_default(),
            question: own.question.clone().unwrap_or_else(|| self.say(asked)),
            vote,
            result: own.result.as_ref().map(|result| self.vote_count(result)),
            functions: self.functions_alone(draft),
            since_asked: self.since_asked(document, draft),
            consultation,
        };
        self.world.theme().render("vote.html", &view)
    }

    /// Where the text is another than when the vote was over, the seal that it had, and when that changed.
    fn voted_on(&self, document: &Document, draft: &Draft, vote: &Vote) -> Option<(Digest, Timestamp)> {
        let zone = self.world.config().timezone.clone();
        let over = vote.closes?.tomorrow().ok()?.to_zoned(zone).ok()?.timestamp();
        let entries: Vec<_> = document.lock.as_ref()?.of(&draft.name).collect();
        let voted = entries.iter().rfind(|entry| entry.at < over)?;
        let later = entries.iter().find(|entry| entry.at >= over)?;
        (over <= self.world.options().at).then_some((voted.text, later.at))
    }

    fn about_vote(&self, document: &Document) -> About {
        let key = DocumentKey::of(document);
        let mut parents = self.section_parent(document);
        parents.push((document.title.clone(), Route::Document(key.clone()).address()));
        About {
            title: self.say(phrase("title-vote").with("document", &*document.title)),
            description: self.say(phrase("about-vote").with("document", &*document.title)),
            lang: document.lang.clone(),
            parents,
            document: Some(key),
            ..About::default()
        }
    }

    fn vote_count(&self, result: &VoteResult) -> VoteCount {
        let cast = result.cast();
        let key = if cast == 0 { "vote-none" } else { "vote-count" };
        let share = 100.0 * result.in_favour as f64 / cast.max(1) as f64;
        // A narrow result is not rounded to the half that it missed or passed.
        let written = |digits: usize| format!("{share:.digits$}");
        let is_half = |text: &String| text.trim_end_matches('0') == "50.";
        let share = (1..9).map(written).find(|text| result.in_favour == result.against || !is_half(text));
        let said = phrase(key).with("for", result.in_favour).with("against", result.against);
        let text = self.say(said.with("share", share.unwrap_or_else(|| written(9))));
        VoteCount { in_favour: result.in_favour, against: result.against, text }
    }

    /// What changed since the draft that was last out for comment: the nearest one among those that a draft comes
    /// from whose round has begun by today.
    fn since_asked(&self, document: &Document, draft: &Draft) -> Option<SinceAsked> {
        let was_asked = |draft: &Draft| {
            let state =
                document.rounds.get(&draft.name.round).and_then(|round| self.cards().round_state(document, round));
            state.is_some_and(|state| state.name != "coming")
        };
        let mut asked = draft;
        while !was_asked(asked) {
            asked = document.drafts.get(asked.base.as_ref()?)?;
        }
        let link = self.cards().link(self.world.label(&asked.name), &draft_route(document, &asked.name));
        if asked.name == draft.name {
            return Some(SinceAsked { draft: link, same: true, comparison: None, changes: Vec::new(), more: 0 });
        }
        let both = self.world.compared(document, asked, draft);
        let substance = both.listed.iter().filter(|own| !own.departure && own.class == Class::Substance);
        let mut changes: Vec<_> = substance.collect();
        changes.sort_by_key(|listed| weight(listed));
        let pair = (asked.name.clone(), draft.name.clone());
        let is_shown = compared(document, self.world.config().compare).contains(&pair);
        let line = |listed: &&Listed| Link {
            text: listed.said(&self.world.theme().words),
            href: match is_shown {
                true => self.change_between(document, (&pair.0, &pair.1), (&both, listed)),
                false => String::new(),
            },
            current: false,
        };
        let route = Route::Comparison(DocumentKey::of(document), pair.0.clone(), pair.1.clone());
        let text = || self.say(phrase("changed-since").with("draft", self.world.label(&asked.name)));
        Some(SinceAsked {
            draft: link,
            same: false,
            comparison: is_shown.then(|| self.cards().link(text(), &route)),
            changes: changes.iter().take(TOLD).map(line).collect(),
            more: changes.len().saturating_sub(TOLD),
        })
    }

    /// The vote, on the page of the draft that is voted on.
    pub(super) fn vote_on(&self, document: &Document, draft: &Draft) -> Option<VoteView> {
        let vote = document.consultation.vote.as_ref().filter(|vote| vote.draft.as_ref() == Some(&draft.name))?;
        self.cards().vote(document, vote)
    }
}
