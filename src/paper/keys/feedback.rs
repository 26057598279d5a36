//! The keys of what was said about a document, and of what became of it: `feedback.yaml`, and `removed` in drafts.

use super::Table;
use super::tables::{key, required};

/// An entry of `feedback.yaml`.
pub static FEEDBACK: Table = Table {
    place: "an entry of feedback.yaml",
    keys: &[
        required(key(
            "id",
            "letters, digits and hyphens",
            "By what reasons name it: `<!-- why (F1): … -->`. Once published it stays.",
            "F1",
        )),
        required(key("date", "a date or a moment", "When it was said; until then nobody sees it.", "2021-10-22")),
        key("from", "a text", "Who said it. The name is shown with `publish_name: true` alone.", "Jean Hope"),
        key("publish_name", "true or false", "Whether the name may be shown: ask before you write true.", "true"),
        key("group", "a name", "The group that spoke, one that site.toml names.", "traders"),
        key("voices", "a whole number", "How many said it; 1 where it is left out.", "12"),
        key(
            "about",
            "a path",
            "About which draft or block: the relative path of its file, with the number or the id of a block behind `#`.",
            "draft-2-option-a.md#p1",
        ),
        required(key("said", "a text", "The words, or what they come to.", "The market cannot move in the winter.")),
        key(
            "source",
            "a path or an address",
            "Where it is to be read in full: a Markdown file of the site, or an address of the web.",
            "https://example.org/replies/hope",
        ),
        key(
            "outcome",
            "adopted, adapted, rejected, later or open",
            "What became of it: taken up as it was said, in another way, not at all, or left to a later draft; open where \
             it is left out.",
            "later",
        ),
        key(
            "answer",
            "a text",
            "Why, in a sentence or two; needed where it was rejected or left to later.",
            "The market is decided on in April.",
        ),
        key(
            "answered",
            "a date or a moment",
            "When the answer is published; at once where it is left out.",
            "2021-11-30",
        ),
    ],
};

/// An entry of `removed` in a draft.
pub static REMOVAL: Table = Table {
    place: "an entry of `removed`",
    keys: &[
        required(key(
            "was",
            "a number or an id",
            "What was removed: in quotation marks `#` and the number or the id of a block of the base, where it is a \
             heading its section; or the name of a chapter.",
            "\"#p2\"",
        )),
        required(key("why", "a text", "Why.", "The car park is decided on in a paper of its own.")),
        key("because", "an id or a list of ids", "The feedback that led to it.", "[F1]"),
    ],
};
