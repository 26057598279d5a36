//! The keys of a consultation: rounds, the vote, milestones, functions.

use super::Key;
use super::Table;
use super::tables::{above, key, required};

const OPENS: Key = key("opens", "a date", "The first day.", "2022-01-10");
const CLOSES: Key = key("closes", "a date", "The last day.", "2022-01-24");
const EXPECTED: Key = key(
    "expected",
    "a text",
    "When, in words, in place of a day that is not known yet: late 2021 or early 2022.",
    "early 2022",
);
const WHAT: Key = key("what", "a text", "What happens.", "The council meets.");

/// An entry of `rounds`.
pub static ROUND: Table = Table {
    place: "an entry of `rounds`",
    keys: &[
        required(key("round", "a number", "Which round: the number in the names of its drafts.", "3")),
        key("opens", "a date", "The first day for comments.", "2021-10-01"),
        key("closes", "a date", "The last day for comments.", "2021-11-12"),
        above("respond", "a list", "How to reply: by which way, to where.", &RESPOND),
        above("events", "a list", "Meetings and the like while the round is open.", &EVENT),
        key("response_due", "a date", "The day by which a response is promised.", "2021-12-17"),
        key(
            "response",
            "a path",
            "The published response: a relative path to its Markdown file, which counts once it may be seen.",
            "../../updates/2021-12-10-response.md",
        ),
        key("short_because", "a text", "Why the round is short.", "The lease of the old hall ends in January."),
        key(
            "extended_because",
            "a text",
            "Why the round was extended.",
            "Replies from the market were still coming in.",
        ),
    ],
};

/// An entry of `respond` in a round.
pub static RESPOND: Table = Table {
    place: "an entry of `respond`",
    keys: &[
        required(key("by", "a text", "The way: E-mail, Online form, Post.", "E-mail")),
        required(key(
            "to",
            "an address",
            "An e-mail address, a web address, tel: and a number, or words.",
            "hall@example.org",
        )),
    ],
};

/// An entry of `events` in a round.
pub static EVENT: Table = Table {
    place: "an entry of `events`",
    keys: &[
        required(key("date", "a date", "The day.", "2021-10-20")),
        required(WHAT),
        key(
            "link",
            "a path or an address",
            "Where more is to be read: a Markdown file, or an address of the web.",
            "https://example.org/hall-evening",
        ),
    ],
};

/// `vote` of a proposal or strategy.
pub static VOTING: Table = Table {
    place: "`vote`",
    keys: &[
        key("draft", "the name of a draft", "The text that is voted on; needed once `opens` is known.", "draft-3"),
        key("question", "a text", "The question as it is put.", "Shall the new hall stand on the square?"),
        required(key("how", "a text", "How votes are given.", "By post, on the paper sent to every household.")),
        required(key("who", "a text", "Who may vote.", "All who live in the town and are eighteen.")),
        required(key("threshold", "a text", "How many votes carry it.", "More than half of the votes given.")),
        OPENS,
        CLOSES,
        EXPECTED,
        above("result", "a set of keys", "What came of it; shown once the vote is closed.", &RESULT),
    ],
};

/// `result` of a vote.
pub static RESULT: Table = Table {
    place: "`result` of a vote",
    keys: &[
        required(key("for", "a whole number", "Votes for it.", "2140")),
        required(key("against", "a whole number", "Votes against it.", "1365")),
        key("turnout", "a percentage", "How many of a hundred who could vote did: 61.5.", "61.5"),
        key("eligible", "a whole number", "How many could vote.", "5700"),
    ],
};

/// An entry of `functions` in a draft.
pub static FUNCTION: Table = Table {
    place: "an entry of `functions`",
    keys: &[
        required(key("what", "a text", "The function: something that somebody has to do.", "Letting the hall")),
        key("today", "a text", "Who holds it today.", "The town clerk"),
        key(
            "holder",
            "a text",
            "Who would hold it by this draft; left out while that is still open.",
            "A trust of residents",
        ),
    ],
};

/// An entry of `milestones`.
pub static MILESTONE: Table = Table {
    place: "an entry of `milestones`",
    keys: &[key("date", "a date", "The day.", "2022-02-01"), EXPECTED, required(WHAT)],
};
