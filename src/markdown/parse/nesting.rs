//! How deep lists and quotations may be nested: what lies deeper is shown as if it lay at the limit.
//!
//! Everything after the parser walks a body level by level, so the limit keeps its stack small whatever
//! a text holds.

use pulldown_cmark::{Event, Tag, TagEnd};

/// Lists and quotations inside one another; more than any paper needs.
pub const DEEPEST: usize = 60;

/// Counts levels while events pass.
#[derive(Default)]
pub struct Nesting {
    /// The levels that are open and kept.
    depth: usize,
    /// The levels that are open and left out.
    beyond: usize,
}

/// What an event does to the level.
enum Step {
    /// A list or a quotation begins.
    Down,
    /// It ends.
    Up,
    /// A part of a list: kept or left out with it.
    Part,
    /// Anything else.
    Stay,
}

impl Nesting {
    /// Whether an event is kept; `false` for the tags of levels that lie too deep. The second answer is
    /// true once for each place where that begins.
    pub fn admits(&mut self, event: &Event) -> (bool, bool) {
        match (step(event), self.beyond) {
            (Step::Stay, _) | (Step::Part, 0) => (true, false),
            (Step::Part, _) => (false, false),
            (Step::Down, 0) if self.depth >= DEEPEST => {
                self.beyond = 1;
                (false, true)
            }
            (Step::Down, 0) => {
                self.depth += 1;
                (true, false)
            }
            (Step::Up, 0) => {
                self.depth = self.depth.saturating_sub(1);
                (true, false)
            }
            (Step::Down, _) => {
                self.beyond += 1;
                (false, false)
            }
            (Step::Up, _) => {
                self.beyond -= 1;
                (false, false)
            }
        }
    }
}

fn step(event: &Event) -> Step {
    match event {
        Event::Start(Tag::BlockQuote(_) | Tag::List(_) | Tag::DefinitionList) => Step::Down,
        Event::End(TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::DefinitionList) => Step::Up,
        Event::Start(Tag::Item | Tag::DefinitionListTitle | Tag::DefinitionListDefinition)
        | Event::End(TagEnd::Item | TagEnd::DefinitionListTitle | TagEnd::DefinitionListDefinition) => Step::Part,
        _ => Step::Stay,
    }
}
