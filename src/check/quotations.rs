//! Quotations: whether they have the words of the place that they name.
//!
//! In: the quotations of a text, and a way to the body of any other. Out: those that are true, with the blocks that they
//! are from; a finding for each other, with the nearest passage and the differences. A link that leads nowhere is told of elsewhere.

use super::links::{Links, Target, lead};
use crate::consult::quotations::{Difference, Held, exact, hold};
use crate::diag::{self, Diagnostic};
use crate::facts::{Quotation, Token, quoted_tokens};
use crate::markdown::{BlockKind, Body, Ix, number, page};
use crate::paper::Text;
use crate::path::SitePath;
use std::ops::Range;
use std::sync::Arc;

/// How many differences a finding tells.
const TOLD: usize = 4;

/// The body of a file that may be seen, and its number where it is a chapter.
pub type Bodies<'a> = dyn Fn(&SitePath) -> Option<(Arc<Body>, Option<u32>)> + 'a;

/// A quotation that is true, with the place that it is from.
#[derive(Clone, Debug, PartialEq)]
pub struct Quoted {
    /// The file that quotes.
    pub by: SitePath,
    /// The block at the top that it stands in.
    pub at: Ix,
    /// The attribution's target, as it is written.
    pub target: String,
    /// The file that is quoted.
    pub source: SitePath,
    /// The blocks at the top that it is from.
    pub blocks: Vec<Ix>,
}

/// What came of the quotations of a text.
#[derive(Clone, Debug, Default)]
pub struct Checked {
    /// What is wrong.
    pub found: Vec<Diagnostic>,
    /// Those that are true.
    pub quoted: Vec<Quoted>,
}

/// Holds the quotations of a text against their places.
pub fn check(links: Links, text: &Text, bodies: &Bodies) -> Checked {
    let Some(facts) = links.facts.get(text.path()) else { return Checked::default() };
    let mut checked = Checked::default();
    for quotation in &facts.quotations {
        match check_one(links, text, quotation, bodies) {
            Some(Ok(quoted)) => checked.quoted.push(quoted),
            Some(Err(finding)) => checked.found.push(finding),
            None => {}
        }
    }
    checked
}

/// A quotation beside its place; none where that is not there, which is told of elsewhere.
fn check_one(links: Links, text: &Text, quotation: &Quotation, bodies: &Bodies) -> Option<Result<Quoted, Diagnostic>> {
    let id = match links.resolve(text.path(), &quotation.target).ok()? {
        Target::Here(id) | Target::Page(_, Some(id)) => id,
        Target::Page(_, None) | Target::File(_) | Target::External => return None,
    };
    let file = lead(text.path(), &quotation.target).unwrap_or_else(|| text.path().clone());
    let (body, chapter) = bodies(&file)?;
    let numbers = number::numbers(&body, chapter);
    let Some(blocks) = place(&body, &numbers, &id) else { return Some(Err(unplaced((text, quotation), &id))) };
    let passage = quoted_tokens(&body, blocks.clone());
    let held = hold(&quotation.pieces, &passage);
    if held.differences.is_empty() && (quotation.declared || held.emphasised.is_empty()) {
        let (own, _) = bodies(text.path())?;
        let at = own.roots().find(|(_, block)| block.span.contains(&quotation.span.start))?.0;
        let (by, target) = (text.path().clone(), quotation.target.clone());
        return Some(Ok(Quoted { by, at, target, blocks: parts(&body, blocks, quotation), source: file }));
    }
    Some(Err(wrong((text, quotation), &file, (&body, &numbers), (&passage, &held))))
}

/// Of the blocks of a place the one that holds the quotation; all where it goes over several.
fn parts(body: &Body, place: Range<Ix>, quotation: &Quotation) -> Vec<Ix> {
    let roots = body.roots().filter(|(ix, block)| {
        let is_text = !matches!(block.kind, BlockKind::Comment(_)) && !block.is_invisible();
        is_text && *ix < place.end && body.end(*ix) > place.start
    });
    let roots: Vec<_> = roots.map(|(ix, _)| ix).collect();
    let holds = |ix: &&Ix| exact(&quotation.pieces, &quoted_tokens(body, **ix..body.end(**ix))).is_some();
    roots.iter().find(holds).map_or(roots.clone(), |ix| vec![*ix])
}

/// A finding about a quotation.
fn finding((text, quotation): (&Text, &Quotation), message: String) -> Diagnostic {
    let span = text.body_start + quotation.span.start..text.body_start + quotation.span.end;
    Diagnostic::at(&diag::QUOTATION, text.source.place(span), message)
}

/// A quotation from a place that is there, and of which nobody can say where it ends.
fn unplaced(own: (&Text, &Quotation), id: &str) -> Diagnostic {
    let message = format!("`#{id}` is no block, section or page: a quotation can be held against these alone");
    finding(own, message).hint("link to the number or the {#id} of a block, to a heading, or to a page of a letter")
}

/// What is wrong with a quotation that is not true.
fn wrong(
    (text, quotation): (&Text, &Quotation),
    file: &SitePath,
    (body, numbers): (&Body, &[Option<String>]),
    (passage, held): (&[Token], &Held),
) -> Diagnostic {
    let finding = |message: String| finding((text, quotation), message);
    if held.differences.is_empty() {
        let added = held.emphasised.first().map_or("", String::as_str);
        let message = format!("the quotation emphasises “{added}”, which {file} does not");
        return finding(message).hint("write “emphasis added” behind the citation, or take the emphasis away");
    }
    let message = format!("the quotation is not what stands at `{}`: {}", quotation.target, differences(held));
    let elsewhere = body.roots().find_map(|(ix, _)| {
        let number = numbers.get(ix)?.as_ref()?;
        exact(&quotation.pieces, &quoted_tokens(body, ix..body.end(ix))).map(|_| number)
    });
    finding(message).hint(match elsewhere {
        Some(number) => format!("these words stand at `#{number}`: link there"),
        None => format!("there it says: “{}”", written(shown(passage, held, quotation.pieces.len()))),
    })
}

/// The blocks of a place: a block, a section by its heading, a page of a letter.
fn place(body: &Body, numbers: &[Option<String>], id: &str) -> Option<Range<Ix>> {
    let page_of = |ix: Ix| match &body.blocks[ix].kind {
        BlockKind::Comment(words) => page(words),
        _ => None,
    };
    let named = |ix: &Ix| body.blocks[*ix].id.as_deref() == Some(id) || numbers[*ix].as_deref() == Some(id);
    let all = || 0..body.blocks.len();
    if let Some(ix) = all().find(named) {
        let last = body.section(ix, body.blocks.len()).last().copied();
        return Some(ix..body.end(last.unwrap_or(ix)));
    }
    let number: u32 = id.strip_prefix("page-")?.parse().ok()?;
    let start = all().find(|ix| page_of(*ix) == Some(number))?;
    Some(start..(start + 1..body.blocks.len()).find(|ix| page_of(*ix).is_some()).unwrap_or(body.blocks.len()))
}

/// The differences in words, the first few of them.
fn differences(held: &Held) -> String {
    let said = |difference: &Difference| match difference {
        Difference::Changed(own, other) => format!("“{own}” for “{other}”"),
        Difference::Added(own) => format!("“{own}” is not there"),
        Difference::LeftOut(other) => format!("“{other}” is left out"),
    };
    let mut told: Vec<_> = held.differences.iter().take(TOLD).map(said).collect();
    let more = held.differences.len().saturating_sub(TOLD);
    told.extend((more > 0).then(|| format!("and {more} more")));
    told.join(", ")
}

/// The nearest words, and as many behind them as the quotation has more.
fn shown<'a>(passage: &'a [Token], held: &Held, pieces: usize) -> &'a [Token] {
    let end = held.nearest.end.max(held.nearest.start + pieces).min(passage.len());
    passage.get(held.nearest.start..end).unwrap_or(&[])
}

/// Tokens as a line of text.
fn written(tokens: &[Token]) -> String {
    let mut line = String::new();
    for (at, token) in tokens.iter().enumerate() {
        line.push_str(if token.spaced && at > 0 { " " } else { "" });
        line.push_str(&token.shown());
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::{Dialect, parse};

    /// The words of a place.
    #[track_caller]
    fn check(id: &str, expected: Option<&str>) {
        let text = "a\n\n## B {#b}\n\nc {#c}\n\n<!-- page 2 -->\n\n### D\n\n- e\n- f\n\n## G\n\nh\n";
        let body = parse(text, Dialect::Paper);
        let blocks = place(&body, &number::numbers(&body, None), id);
        let words = blocks.map(|blocks| written(&quoted_tokens(&body, blocks)));
        assert_eq!(words.as_deref(), expected, "{id}");
    }

    #[test]
    fn a_place_is_a_block_a_section_or_a_page() {
        check("c", Some("c"));
        check("p1-2.2", Some("f"));
        check("b", Some("B c D e f"));
        check("d", Some("D e f"));
        check("g", Some("G h"));
        check("page-2", Some("D e f G h"));
        check("x", None);
        check("page-3", None);
    }
}
