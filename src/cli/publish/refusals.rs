//! Why something cannot be recorded, in words, and what to do.

use crate::cli::Failure;
use crate::site::Refused;

/// What is said of a draft that cannot be recorded as it was asked.
pub(super) fn refused(why: Refused, draft: &str) -> Failure {
    let told = |message: String, hint: String| Failure::stop(message).hint(hint);
    match why {
        Refused::Recorded => told(
            format!("{draft} is in the record already"),
            format!("what was published is changed openly: greenpaper publish {draft} --correct --note \"…\""),
        ),
        Refused::NotRecorded => told(
            format!("{draft} is not in the record"),
            "only what was recorded can be corrected or taken down; record it with `greenpaper publish` first".into(),
        ),
        Refused::TakenDown => {
            told(format!("{draft} was taken down"), "give the new text the name of a new draft".into())
        }
        Refused::Private => told(
            format!("{draft} is not for everybody: it has `visible_to`"),
            "the record holds what everybody may see: take `visible_to` away, or, to take it down, remove its file first".into(),
        ),
        Refused::Same => told(
            format!("{draft} is what the record says, to the letter"),
            "change the text first, then record why".into(),
        ),
        Refused::Silent => told(
            format!("{draft} is out: its readers have to be told why"),
            "add --note with a sentence: --note \"The hall is at 7, not 9.\"".into(),
        ),
        Refused::Undated => told(format!("{draft} has no day on which it comes out"), "add --at 2021-10-01".into()),
        Refused::NotOut => told(
            format!("{draft} has not come out yet, so there is nothing to correct"),
            format!("record it anew: greenpaper publish {draft}; to take it back: greenpaper publish {draft} --remove"),
        ),
        Refused::Ahead => told(
            format!("{draft} cannot be changed at a moment that is still to come"),
            "the pages are built now: leave --at out, or name the day on which it was done".into(),
        ),
        Refused::Before(at) => told(
            format!("the last entry about {draft} is later than that: {at}"),
            "leave --at out, or name a later day".into(),
        ),
        Refused::Broken => {
            told(format!("the record of {draft} cannot be read"), "`greenpaper check` says where it is wrong".into())
        }
    }
}
