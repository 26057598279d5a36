//! A renumbering is one change, not one of every heading.

use super::{Listed, Name};
use std::collections::BTreeMap;

/// Headings of a part that only got other numbers are one change.
pub(super) fn gather_numbers(listed: Vec<Listed>) -> Vec<Listed> {
    let mut gathered: Vec<Listed> = Vec::with_capacity(listed.len());
    let mut firsts: BTreeMap<usize, usize> = BTreeMap::new();
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for line in listed {
        if line.name != Name::Renumbered {
            gathered.push(line);
            continue;
        }
        match firsts.get(&line.part) {
            None => {
                firsts.insert(line.part, gathered.len());
                gathered.push(line);
            }
            Some(at) => {
                *counts.entry(*at).or_insert(0) += 1;
                gathered[*at].old += &format!(" … {}", line.old);
                gathered[*at].new += &format!(" … {}", line.new);
            }
        }
    }
    for (at, more) in counts {
        gathered[at].sentence.key = "change-renumbered-several".into();
        gathered[at].sentence = gathered[at].sentence.clone().with("more", more);
        gathered[at].block = "headings";
    }
    gathered
}
