//! The page of the search. What it finds is in an index that `build` writes beside the pages.

use super::{Page, Rendered};
use crate::config::{Kind, SEARCH_FOLDER};
use crate::path::Address;
use crate::site::Searched;
use crate::site::frame::About;
use crate::site::view::{Choice, SearchView};

/// The script that knows the index, in the folder of the index.
const SCRIPT: &str = "pagefind.js";

/// The states of rounds with their words, in the order in which they are offered.
const STATES: [(&str, &str); 3] =
    [("open", "search-state-open"), ("coming", "search-state-coming"), ("closed", "search-state-closed")];

impl Page<'_> {
    /// The search.
    pub(super) fn search(&self) -> Rendered {
        let searched = self.world.searched();
        let about = About {
            title: self.world.say("search"),
            description: self.world.say("about-search"),
            noindex: true,
            ..About::default()
        };
        let view = SearchView {
            frame: self.world.frame(self.at, about),
            bundle: self.world.href(self.at, &Address::new(format!("/{SEARCH_FOLDER}/{SCRIPT}"))),
            kinds: self.kinds(&searched),
            states: self.states(&searched),
            earlier: searched.iter().any(|page| page.earlier),
        };
        self.world.theme().render("search.html", &view)
    }

    /// The kinds that there is something of, in the order of the site's sections.
    fn kinds(&self, searched: &[Searched]) -> Vec<Choice> {
        let mut kinds: Vec<Kind> = Vec::new();
        for section in &self.world.config().sections {
            let used = searched.iter().any(|page| page.kind == section.kind);
            if used && !kinds.contains(&section.kind) {
                kinds.push(section.kind);
            }
        }
        kinds.into_iter().map(|own| Choice { name: own.word(), text: self.world.kind(own) }).collect()
    }

    /// The states that there is something in.
    fn states(&self, searched: &[Searched]) -> Vec<Choice> {
        let used = STATES.into_iter().filter(|(name, _)| searched.iter().any(|page| page.state == Some(*name)));
        used.map(|(name, key)| Choice { name, text: self.world.say(key) }).collect()
    }
}
