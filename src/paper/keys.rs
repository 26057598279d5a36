//! Which keys front matter may hold, place by place, with a sentence on each.
//!
//! The reader of front matter and its messages are made from these tables: a key that is not here does not exist.
//! The tables of `README.md` are written by hand, and `tests/readme.rs` holds them to the same names.

use super::Kind;

/// A key of front matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// As it is written: `status_because`.
    pub name: &'static str,
    /// Whether a file without it is wrong.
    pub required: bool,
    /// What stands after the colon: `a date`.
    pub form: &'static str,
    /// What it says, in a sentence.
    pub about: &'static str,
}

/// A place where keys stand.
#[derive(Debug, PartialEq, Eq)]
pub struct Table {
    /// With its article: `a letter`.
    pub place: &'static str,
    /// Its keys, in the order in which the reference lists them.
    pub keys: &'static [Key],
}

impl Table {
    /// The names of the keys.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.keys.iter().map(|key| key.name)
    }

    /// The key of that name.
    pub fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys.iter().find(|key| key.name == name)
    }
}

/// The places other than this one where a key of that name may stand.
pub fn elsewhere(name: &str, here: &Table) -> Vec<&'static str> {
    TABLES
        .iter()
        .filter(|table| table.place != here.place && table.key(name).is_some())
        .map(|table| table.place)
        .collect()
}

/// What stands in the `index.md` of a folder.
pub(super) fn of_index(kind: Kind) -> &'static Table {
    match kind {
        Kind::Proposal | Kind::Strategy => &INDEX,
        Kind::Letter => &LETTER_INDEX,
        Kind::Update => &UPDATE_INDEX,
        Kind::Page => &PAGE,
    }
}

/// What stands in a file that is document and draft in one.
pub(super) fn of_lone(kind: Kind) -> &'static Table {
    match kind {
        Kind::Proposal | Kind::Strategy => &LONE,
        Kind::Letter => &LETTER,
        Kind::Update => &UPDATE,
        Kind::Page => &PAGE,
    }
}

const fn key(name: &'static str, form: &'static str, about: &'static str) -> Key {
    Key { name, required: false, form, about }
}

const fn required(key: Key) -> Key {
    Key { required: true, ..key }
}

const TITLE: Key = key("title", "a text", "What it is called.");
const SUMMARY: Key = key("summary", "a text", "One or two sentences for lists, feeds and the top of the page.");
const BY: Key = key("by", "a text", "The body or author that puts it out.");
const CONTACT: Key = key("contact", "an e-mail address", "Where replies go.");
const LANG: Key = key("lang", "a language tag", "The language, where it is not the site's.");
const VISIBLE_TO: Key =
    key("visible_to", "a name or a list of names", "The audiences that may see it; everybody where it is left out.");
const NUMBERED: Key = key("numbered", "true or false", "Whether the numbers of blocks are shown.");
const ROUNDS: Key = key("rounds", "a list", "The rounds of the consultation with their dates.");
const GROUPS: Key = key("groups", "a name or a list of names", "Whom it concerns: groups that site.toml names.");
const MEANS_FOR: Key = key(
    "means_for",
    "a set of keys",
    "What it means for a group, in a sentence or two: the name of the group, a colon, the text.",
);
const ASKED: Key = key("asked", "a text", "What readers are asked, in a sentence or two.");
const ALREADY_DECIDED: Key =
    key("already_decided", "a text or a list of texts", "What is settled and not open to influence.");
const ALTERNATIVE_FORMATS: Key =
    key("alternative_formats", "a text", "How to get the paper in large print, in another language, by telephone.");
const PRIVACY: Key = key("privacy", "a text", "What happens to replies.");
const VOTE: Key = key("vote", "a set of keys", "The vote that decides: on which draft, how, by whom, when.");
const MILESTONES: Key = key("milestones", "a list", "What else happens, and when.");
const OPENS: Key = key("opens", "a date", "The first day.");
const CLOSES: Key = key("closes", "a date", "The last day.");
const EXPECTED: Key = key("expected", "a text", "When, in words, while the day is not known: late 2021 or early 2022.");
const WHAT: Key = key("what", "a text", "What happens.");
const PUBLISHED: Key =
    key("published", "a date or a moment", "When it is published; until then, or without it, only previews show it.");
const NOTE: Key = key("note", "a text", "The change note: what is new, and why.");
const STATUS: Key = key("status", "final, adopted, rejected, discarded or withdrawn", "Where it stands.");
const STATUS_BECAUSE: Key =
    key("status_because", "a text", "Why it was rejected, discarded or withdrawn; needed with these.");
const FROM: Key = key("from", "a text", "Who wrote the letter.");
const TO: Key = key("to", "a name or a list of names", "To whom the letter is addressed.");
const DATE: Key = key("date", "a date", "The date that it bears.");
const REFERENCE: Key = key("reference", "a text", "The sender's reference.");
const REPLIES_TO: Key =
    key("replies_to", "a path", "The letter that it answers: a relative path to its Markdown file.");

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

/// An entry of `rounds`.
pub static ROUND: Table = Table {
    place: "an entry of `rounds`",
    keys: &[
        required(key("round", "a number", "Which round: the number in the names of its drafts.")),
        key("opens", "a date", "The first day for comments."),
        key("closes", "a date", "The last day for comments."),
        key("respond", "a list", "How to reply: by which way, to where."),
        key("events", "a list", "Meetings and the like while the round is open."),
        key("response_due", "a date", "The day by which a response is promised."),
        key("response", "a path", "The published response: a relative path to its Markdown file."),
        key("short_because", "a text", "Why the round is short."),
        key("extended_because", "a text", "Why the round was extended."),
    ],
};

/// An entry of `respond` in a round.
pub static RESPOND: Table = Table {
    place: "an entry of `respond`",
    keys: &[
        required(key("by", "a text", "The way: E-mail, Online form, Post.")),
        required(key("to", "an address", "An e-mail address, a web address, tel: and a number, or words.")),
    ],
};

/// An entry of `events` in a round.
pub static EVENT: Table = Table {
    place: "an entry of `events`",
    keys: &[
        required(key("date", "a date", "The day.")),
        required(WHAT),
        key("link", "a path or an address", "Where more is to be read: a Markdown file, or an address of the web."),
    ],
};

/// `vote` of a proposal or strategy.
pub static VOTING: Table = Table {
    place: "`vote`",
    keys: &[
        key("draft", "the name of a draft", "The text that is voted on; needed once `opens` is known."),
        key("question", "a text", "The question as it is put."),
        required(key("how", "a text", "How votes are given.")),
        required(key("who", "a text", "Who may vote.")),
        required(key("threshold", "a text", "How many votes carry it.")),
        OPENS,
        CLOSES,
        EXPECTED,
        key("result", "a set of keys", "What came of it; shown once the vote is closed."),
    ],
};

/// `result` of a vote.
pub static RESULT: Table = Table {
    place: "`result` of a vote",
    keys: &[
        required(key("for", "a whole number", "Votes for it.")),
        required(key("against", "a whole number", "Votes against it.")),
        key("turnout", "a percentage", "How many of a hundred who could vote did: 61.5."),
        key("eligible", "a whole number", "How many could vote."),
    ],
};

/// An entry of `milestones`.
pub static MILESTONE: Table =
    Table { place: "an entry of `milestones`", keys: &[key("date", "a date", "The day."), EXPECTED, required(WHAT)] };

/// An entry of `content/glossary.yaml`.
pub static TERM: Table = Table {
    place: "an entry of the glossary",
    keys: &[
        required(key("term", "a text", "The term as it is written in full.")),
        key("short", "a text", "Its abbreviation."),
        required(key("meaning", "a text", "What it means, in a sentence or two.")),
        key("link", "a path or an address", "Where more is to be read."),
    ],
};

/// A draft: its file, or the `index.md` of its folder.
pub static DRAFT: Table = Table {
    place: "a draft",
    keys: &[
        key("title", "a text", "What the option is called, where a round has several."),
        SUMMARY,
        NOTE,
        key(
            "follows",
            "a name or a list of names",
            "The drafts that it follows, where they are not those of the round before.",
        ),
        key("base", "a name", "The one of them from which changes are counted; the first where it is left out."),
        PUBLISHED,
        STATUS,
        STATUS_BECAUSE,
        VISIBLE_TO,
        GROUPS,
        MEANS_FOR,
    ],
};

/// A chapter of a draft.
pub static CHAPTER: Table = Table { place: "a chapter", keys: &[required(TITLE), VISIBLE_TO, GROUPS] };

/// A proposal or strategy that is one file.
pub static LONE: Table = Table {
    place: "a proposal or strategy in one file",
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
        required(TITLE),
        SUMMARY,
        required(FROM),
        required(TO),
        required(DATE),
        REFERENCE,
        REPLIES_TO,
        BY,
        CONTACT,
        LANG,
        VISIBLE_TO,
        NUMBERED,
        GROUPS,
        PUBLISHED,
        NOTE,
        STATUS,
        STATUS_BECAUSE,
    ],
};

/// The `index.md` of a letter that has drafts.
pub static LETTER_INDEX: Table = Table {
    place: "the index.md of a letter with drafts",
    keys: &[
        required(TITLE),
        SUMMARY,
        required(FROM),
        required(TO),
        required(DATE),
        REFERENCE,
        REPLIES_TO,
        BY,
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
    keys: &[required(TITLE), SUMMARY, required(BY), required(DATE), LANG, VISIBLE_TO, NUMBERED, GROUPS, PUBLISHED],
};

/// The `index.md` of an update that has drafts.
pub static UPDATE_INDEX: Table = Table {
    place: "the index.md of an update with drafts",
    keys: &[required(TITLE), SUMMARY, required(BY), required(DATE), LANG, VISIBLE_TO, NUMBERED, GROUPS],
};

/// A page, and the front page.
pub static PAGE: Table = Table { place: "a page", keys: &[required(TITLE), SUMMARY, LANG, VISIBLE_TO, GROUPS] };

/// Every table, in the order of the reference.
pub static TABLES: [&Table; 16] = [
    &INDEX,
    &ROUND,
    &RESPOND,
    &EVENT,
    &VOTING,
    &RESULT,
    &MILESTONE,
    &TERM,
    &DRAFT,
    &CHAPTER,
    &LONE,
    &LETTER,
    &LETTER_INDEX,
    &UPDATE,
    &UPDATE_INDEX,
    &PAGE,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_that_belongs_elsewhere_is_found_there() {
        assert_eq!(elsewhere("follows", &CHAPTER), ["a draft"]);
        assert_eq!(elsewhere("opens", &INDEX), ["an entry of `rounds`", "`vote`"]);
        assert_eq!(elsewhere("weather", &INDEX), Vec::<&str>::new());
    }

    #[test]
    fn no_table_names_a_key_twice() {
        for table in TABLES {
            let mut names: Vec<_> = table.names().collect();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), table.keys.len(), "{}", table.place);
        }
    }
}
