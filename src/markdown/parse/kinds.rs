//! Kinds of blocks from the tags of pulldown-cmark.

use crate::markdown::body::{Alert, Align, Block, BlockKind, Inline};
use crate::markdown::raw::EVERYWHERE;
use pulldown_cmark::{Alignment, BlockQuoteKind, CowStr};

/// A paragraph that holds only an image is a figure.
pub(super) fn figure(block: &mut Block) {
    if block.kind == BlockKind::Paragraph && matches!(block.inlines.as_slice(), [Inline::Image(_)]) {
        block.kind = BlockKind::Figure;
    }
}

/// A heading keeps its class and the attributes that stay everywhere; others could run scripts or forge
/// marks.
pub(super) fn heading(
    level: u8,
    explicit: bool,
    classes: Vec<CowStr>,
    attrs: Vec<(CowStr, Option<CowStr>)>,
) -> BlockKind {
    let class = classes.iter().map(|class| class.as_ref()).collect::<Vec<_>>().join(" ");
    let class = (!class.is_empty()).then_some(("class", class));
    let own = attrs.into_iter().filter_map(|(name, value)| {
        let name = EVERYWHERE.iter().find(|own| **own == &*name)?;
        Some((*name, value.map_or(String::new(), CowStr::into_string)))
    });
    let mut attrs: Vec<(&'static str, String)> = class.into_iter().chain(own).collect();
    attrs.dedup_by_key(|(name, _)| *name);
    BlockKind::Heading { level, explicit, attrs }
}

pub(super) fn code(info: Option<String>) -> BlockKind {
    BlockKind::Code { info, text: String::new() }
}

pub(super) fn align(alignment: Alignment) -> Align {
    match alignment {
        Alignment::None => Align::None,
        Alignment::Left => Align::Left,
        Alignment::Center => Align::Center,
        Alignment::Right => Align::Right,
    }
}

pub(super) fn alert(kind: BlockQuoteKind) -> Alert {
    match kind {
        BlockQuoteKind::Note => Alert::Note,
        BlockQuoteKind::Tip => Alert::Tip,
        BlockQuoteKind::Important => Alert::Important,
        BlockQuoteKind::Warning => Alert::Warning,
        BlockQuoteKind::Caution => Alert::Caution,
    }
}
