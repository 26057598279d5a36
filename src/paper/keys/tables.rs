//! The tables themselves: which key stands where, what it says, what it may look like.
//!
//! Keys that stand in several places are named once, above the tables. The examples are of one consultation, that on
//! a new town hall, which `tests/manual.rs` puts together as a site.

use super::consultation::{EVENT, FUNCTION, MILESTONE, RESPOND, RESULT, ROUND, VOTING};
use super::feedback::{FEEDBACK, REMOVAL};
use super::{Key, Table};

pub(super) const fn key(name: &'static str, form: &'static str, about: &'static str, example: &'static str) -> Key {
    Key { name, required: false, form, about, example, below: None }
}

/// A key with a list of entries, or one set of keys, below it.
pub(super) const fn above(name: &'static str, form: &'static str, about: &'static str, below: &'static Table) -> Key {
    Key { below: Some(below), ..key(name, form, about, "") }
}

/// The same key with another example.
const fn such_as(key: Key, example: &'static str) -> Key {
    Key { example, ..key }
}

pub(super) const fn required(key: Key) -> Key {
    Key { required: true, ..key }
}

const TITLE: Key = key("title", "a text", "What it is called.", "A new town hall");
const SUMMARY: Key = key(
    "summary",
    "a text",
    "One or two sentences for lists, feeds and the top of the page.",
    "Where the council meets from 2023, and what becomes of the old hall.",
);
const BY: Key = key("by", "a text", "The body or author that puts it out.", "The Buildings Committee");
const CONTACT: Key = key("contact", "an e-mail address", "Where replies go.", "hall@example.org");
const LANG: Key = key("lang", "a language tag", "The language, where it is not the site's.", "en-GB");
const VISIBLE_TO: Key = key(
    "visible_to",
    "a name or a list of names",
    "The audiences that may see it; everybody where it is left out.",
    "steering-group",
);
const NUMBERED: Key = key(
    "numbered",
    "true or false",
    "Whether the numbers of blocks are shown, as they are in proposals, letters and strategies where it is left out.",
    "false",
);
const ROUNDS: Key = above("rounds", "a list", "The rounds of the consultation with their dates.", &ROUND);
const GROUPS: Key = key(
    "groups",
    "a name or a list of names",
    "Whom it concerns: groups that site.toml names.",
    "[residents, traders]",
);
const MEANS_FOR: Key = key(
    "means_for",
    "a set of keys",
    "What it means for a group, in a sentence or two: the name of the group, a colon, the text.",
    "\n  traders: The market moves to the square for two years.",
);
const ASKED: Key = key(
    "asked",
    "a text",
    "What readers are asked, in a sentence or two.",
    "Is the site right, and what have we missed?",
);
const ALREADY_DECIDED: Key = key(
    "already_decided",
    "a text or a list of texts",
    "What is settled and not open to influence.",
    "The old hall is not pulled down.",
);
const ALTERNATIVE_FORMATS: Key = key(
    "alternative_formats",
    "a text",
    "How to get the paper in large print, in another language, by telephone.",
    "Ask for large print at hall@example.org.",
);
const PRIVACY: Key = key("privacy", "a text", "What happens to replies.", "Replies are published without names.");
const VOTE: Key = above("vote", "a set of keys", "The vote that decides: on which draft, how, by whom, when.", &VOTING);
const MILESTONES: Key = above("milestones", "a list", "What else happens, and when.", &MILESTONE);
const FUNCTIONS: Key = above("functions", "a list", "Who holds what today, and who would by this draft.", &FUNCTION);
const PUBLISHED: Key = key(
    "published",
    "a date or a moment",
    "When it is published; until then, or without it, only previews show it.",
    "2021-10-01",
);
const NOTE: Key = key(
    "note",
    "a text",
    "The change note: what is new, and why.",
    "The site is smaller, since residents asked for more trees.",
);
const STATUS: Key = key(
    "status",
    "final, adopted, rejected, discarded or withdrawn",
    "Where it stands; left out while it is under discussion.",
    "adopted",
);
const STATUS_BECAUSE: Key = key(
    "status_because",
    "a text",
    "Why it was rejected, discarded or withdrawn; needed with these.",
    "The vote of January 2022 carried it.",
);
const FROM: Key = key("from", "a text", "Who wrote the letter.", "The Chamber of Trade");
const TO: Key = key("to", "a name or a list of names", "To whom the letter is addressed.", "The Buildings Committee");
const DATE: Key = key("date", "a date", "The date that it bears.", "2021-08-05");
const REFERENCE: Key = key("reference", "a text", "The sender's reference.", "CT/21/7");
const REPLIES_TO: Key = key(
    "replies_to",
    "a path",
    "The letter that it answers: a relative path to its Markdown file.",
    "2021-07-22-invitation.md",
);
const ORIGINAL: Key = key(
    "original",
    "a path",
    "The letter as it was sent: a relative path to a PDF, an image or the like.",
    "2021-08-20-market.pdf",
);

/// The `index.md` of a proposal or a strategy.
pub static INDEX: Table = Table {
    place: "the index.md of a proposal or strategy",
    keys: &[
        required(TITLE),
        required(SUMMARY),
        BY,
        CONTACT,
        LANG,
        VISIBLE_TO,
        NUMBERED,
        GROUPS,
        MEANS_FOR,
        ASKED,
        ALREADY_DECIDED,
        ALTERNATIVE_FORMATS,
        PRIVACY,
        ROUNDS,
        VOTE,
        MILESTONES,
    ],
};

/// An entry of `content/glossary.yaml`.
pub static TERM: Table = Table {
    place: "an entry of the glossary",
    keys: &[
        required(key("term", "a text", "The term as it is written in full.", "integrated care board")),
        key("short", "a text", "Its abbreviation.", "ICB"),
        required(key(
            "meaning",
            "a text",
            "What it means, in a sentence or two.",
            "The body that plans health services in an area.",
        )),
        key(
            "link",
            "a path or an address",
            "Where more is to be read: an address, or a file as seen from content/.",
            "https://example.org/icb",
        ),
    ],
};

/// A draft: its file, or the `index.md` of its folder.
pub static DRAFT: Table = Table {
    place: "a draft",
    keys: &[
        key("title", "a text", "What the option is called, where a round has several.", "On the square"),
        SUMMARY,
        NOTE,
        key(
            "follows",
            "a name or a list of names",
            "The drafts that it follows, where they are not those of the round before.",
            "[draft-2-option-a, draft-2-option-b]",
        ),
        key(
            "base",
            "a name",
            "The one of them from which changes are counted; the first where it is left out.",
            "draft-2-option-b",
        ),
        PUBLISHED,
        STATUS,
        STATUS_BECAUSE,
        above("removed", "a list", "Why passages of its base were removed.", &REMOVAL),
        FUNCTIONS,
        VISIBLE_TO,
        GROUPS,
        MEANS_FOR,
    ],
};

/// A chapter of a draft.
pub static CHAPTER: Table =
    Table { place: "a chapter", keys: &[required(such_as(TITLE, "What it costs")), VISIBLE_TO, GROUPS] };

/// A proposal or strategy that is one file.
pub static LONE: Table = Table {
    place: "a proposal or strategy in one file",
    keys: &[
        required(such_as(TITLE, "What it costs")),
        required(SUMMARY),
        BY,
        CONTACT,
        LANG,
        VISIBLE_TO,
        NUMBERED,
        GROUPS,
        MEANS_FOR,
        ASKED,
        ALREADY_DECIDED,
        ALTERNATIVE_FORMATS,
        PRIVACY,
        ROUNDS,
        VOTE,
        MILESTONES,
        FUNCTIONS,
        PUBLISHED,
        NOTE,
        STATUS,
        STATUS_BECAUSE,
    ],
};

/// A letter in one file.
pub static LETTER: Table = Table {
    place: "a letter",
    keys: &[
        required(such_as(TITLE, "The market and the new hall")),
        such_as(SUMMARY, "The traders ask where the market goes while the hall is built."),
        required(FROM),
        required(TO),
        required(DATE),
        REFERENCE,
        REPLIES_TO,
        ORIGINAL,
        such_as(BY, "The Chamber of Trade"),
        CONTACT,
        LANG,
        VISIBLE_TO,
        NUMBERED,
        GROUPS,
        PUBLISHED,
        such_as(NOTE, "A paragraph on the schools is added."),
        such_as(STATUS, "withdrawn"),
        such_as(STATUS_BECAUSE, "It was sent in error."),
    ],
};

/// The `index.md` of a letter that has drafts.
pub static LETTER_INDEX: Table = Table {
    place: "the index.md of a letter with drafts",
    keys: &[
        required(such_as(TITLE, "The market and the new hall")),
        such_as(SUMMARY, "The traders ask where the market goes while the hall is built."),
        required(FROM),
        required(TO),
        required(DATE),
        REFERENCE,
        REPLIES_TO,
        ORIGINAL,
        such_as(BY, "The Chamber of Trade"),
        CONTACT,
        LANG,
        VISIBLE_TO,
        NUMBERED,
        GROUPS,
    ],
};

/// An update in one file.
pub static UPDATE: Table = Table {
    place: "an update",
    keys: &[
        required(such_as(TITLE, "First soundings")),
        such_as(SUMMARY, "What was said at the first evening on the new hall."),
        required(BY),
        required(DATE),
        LANG,
        VISIBLE_TO,
        NUMBERED,
        GROUPS,
        PUBLISHED,
    ],
};

/// The `index.md` of an update that has drafts.
pub static UPDATE_INDEX: Table = Table {
    place: "the index.md of an update with drafts",
    keys: &[
        required(such_as(TITLE, "First soundings")),
        such_as(SUMMARY, "What was said at the first evening on the new hall."),
        required(BY),
        required(DATE),
        LANG,
        VISIBLE_TO,
        NUMBERED,
        GROUPS,
    ],
};

/// A page, and the front page.
pub static PAGE: Table = Table {
    place: "a page",
    keys: &[
        required(such_as(TITLE, "About us")),
        such_as(SUMMARY, "Who the Buildings Committee is, and how to reach it."),
        LANG,
        VISIBLE_TO,
        GROUPS,
    ],
};

/// Every table, in the order of the reference.
pub static TABLES: [&Table; 19] = [
    &INDEX,
    &ROUND,
    &RESPOND,
    &EVENT,
    &VOTING,
    &RESULT,
    &MILESTONE,
    &TERM,
    &FEEDBACK,
    &DRAFT,
    &REMOVAL,
    &FUNCTION,
    &CHAPTER,
    &LONE,
    &LETTER,
    &LETTER_INDEX,
    &UPDATE,
    &UPDATE_INDEX,
    &PAGE,
];
