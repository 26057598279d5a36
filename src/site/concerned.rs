//! Whom the blocks of a page concern, as markup.
//!
//! In: of each block at the top the groups that it concerns, where they are not those of the page as a whole.
//! Out: on the page of a text, a line that names the groups before each stretch of such blocks (below the heading
//! that it begins with) and a box around it; elsewhere an attribute of each block's own box. Both have `data-for`,
//! the names of the groups; what concerns everybody has none. The rules of the style sheet that go with it are here too.

use super::world::World;
use crate::config::Config;
use crate::markdown::{Block, BlockKind, Body, Ix, escape};
use crate::words::{Words, phrase};
use std::collections::{BTreeMap, BTreeSet};

/// Of blocks at the top the names of the groups that they concern, where they are not those of the page.
pub type Groups = BTreeMap<Ix, Vec<String>>;

/// What stands around the blocks of a page that concern some groups.
#[derive(Debug, Default)]
pub struct Concerned {
    /// What each block's own box says, where stretches have none.
    boxes: Groups,
    /// The first block of each stretch, and what stands there.
    starts: BTreeMap<Ix, Start>,
    /// The last block of each stretch that has a box.
    ends: BTreeSet<Ix>,
}

/// The beginning of a stretch.
#[derive(Debug)]
struct Start {
    /// Markup of the line that names the groups.
    line: String,
    /// What the box says.
    groups: Vec<String>,
    /// Whether the first block is a heading, which stays outside.
    heading: bool,
    /// Whether there is anything in the box.
    boxed: bool,
}

/// The attribute that names groups; empty for everybody.
pub fn data_for(groups: &[String]) -> String {
    if groups.is_empty() { String::new() } else { format!(" data-for=\"{}\"", escape(&groups.join(" "))) }
}

/// What a ticked box does, without a script: what concerns none of the picked groups has `--others: none` and
/// `--told: inline`, what concerns one of them `--mine: block`.
pub fn group_rules(config: &Config) -> String {
    let mut rules = "[data-for]{--mine:initial}\n\
        body:has([name=\"for\"]:checked) [data-for]{--others:none;--told:inline}\n"
        .to_owned();
    for group in &config.groups {
        let name = &group.name;
        rules.push_str(&format!(
            "body:has([name=\"for\"][value=\"{name}\"]:checked) [data-for~=\"{name}\"]{{--others:initial;--told:initial;--mine:block}}\n"
        ));
    }
    rules
}

impl Concerned {
    /// Attributes of each block's own box.
    pub fn boxes(boxes: Groups) -> Self {
        Concerned { boxes, ..Concerned::default() }
    }

    /// Lines and boxes around stretches of blocks that concern the same groups. A heading that says something of
    /// its own begins a new one.
    pub fn stretches(world: &World, body: &Body, groups: &Groups, own: &BTreeSet<Ix>) -> Self {
        let mut concerned = Concerned::default();
        let mut open: Option<(Ix, &Vec<String>, Ix)> = None;
        for (ix, _) in body.roots().filter(|(_, block)| is_shown(block)) {
            let here = groups.get(&ix);
            open = match (open, here) {
                (Some((start, groups, _)), Some(here)) if groups == here && !own.contains(&ix) => {
                    Some((start, groups, ix))
                }
                (before, here) => {
                    before.into_iter().for_each(|stretch| concerned.close(world, body, stretch));
                    here.map(|here| (ix, here, ix))
                }
            };
        }
        open.into_iter().for_each(|stretch| concerned.close(world, body, stretch));
        concerned
    }

    /// A stretch, from its first block to its last.
    fn close(&mut self, world: &World, body: &Body, (start, groups, end): (Ix, &Vec<String>, Ix)) {
        let heading = body.blocks.get(start).is_some_and(|block| matches!(block.kind, BlockKind::Heading { .. }));
        let boxed = !heading || end != start;
        let line = line(world, groups, boxed);
        self.starts.insert(start, Start { line, groups: groups.clone(), heading, boxed });
        self.ends.extend(boxed.then_some(end));
    }

    /// The attribute of a block's own box.
    pub fn attribute(&self, ix: Ix) -> String {
        self.boxes.get(&ix).map_or(String::new(), |groups| data_for(groups))
    }

    /// What stands before a block.
    pub fn before(&self, ix: Ix, out: &mut String) {
        self.starts.get(&ix).filter(|start| !start.heading).into_iter().for_each(|start| start.write(out));
    }

    /// What stands behind a block.
    pub fn after(&self, ix: Ix, out: &mut String) {
        self.starts.get(&ix).filter(|start| start.heading).into_iter().for_each(|start| start.write(out));
        out.push_str(if self.ends.contains(&ix) { "</div>\n" } else { "" });
    }
}

impl Start {
    fn write(&self, out: &mut String) {
        out.push_str(&self.line);
        if self.boxed {
            out.push_str(&format!("<div class=\"stretch\"{}>\n", data_for(&self.groups)));
        }
    }
}

/// The line that names the groups, and offers to show what is folded away.
fn line(world: &World, groups: &[String], boxed: bool) -> String {
    let words: &Words = &world.theme().words;
    let titles: Vec<_> =
        groups.iter().filter_map(|name| world.config().group(name)).map(|group| group.title.clone()).collect();
    let said = escape(&words.say(phrase("for-groups").with("groups", titles.join(&words.say("list-comma")))));
    let fold = match boxed {
        true => format!(" <label><input type=\"checkbox\" name=\"unfold\"> {}</label>", escape(&words.say("unfold"))),
        false => String::new(),
    };
    format!("<p class=\"for\"{} data-diff-chrome>{said}{fold}</p>\n", data_for(groups))
}

/// Whether a block stands in the text of its page. Notes stand at its end.
fn is_shown(block: &Block) -> bool {
    !matches!(block.kind, BlockKind::Note(_) | BlockKind::Comment(_)) && !block.is_invisible()
}
