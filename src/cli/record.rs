//! Whether the records of a site go on where those in the output folder ended.
//!
//! In: the folder that an earlier build wrote, and the site. Out: a failure where the site has lost a record that was
//! published, or has another in its place. So the lock of a document cannot be removed or written anew unseen, as long as
//! the folder with what was built from it is there.

use super::build::LIST;
use super::site::shown;
use super::{Failure, terminal};
use crate::disk::Published;
use crate::paper::Lock;
use crate::site::World;
use jiff::Timestamp;
use std::path::Path;

/// Holds the records in a folder against those of the site. What was built as of another day is for looking, not to be
/// published, and says nothing of what was.
pub(super) fn goes_on(folder: &Path, world: &World) -> Result<(), Failure> {
    if world.options().as_of {
        return Ok(());
    }
    let Ok(published) = Published::read(folder, LIST) else { return Ok(()) };
    for path in published.paths() {
        let Some(name) = path.as_str().strip_suffix("/record.txt") else { continue };
        let text = published.file(path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        // What cannot be read there is mended by the build.
        let Some(Ok(before)) = text.map(|text| Lock::read_published(&text)) else { continue };
        if let Some(why) = broken(&before, world.record(name), world.options().at) {
            let (folder, lock) = (shown(folder), world.lock_path(name));
            let hint = format!(
                "take {lock} back from an earlier copy of the site; to give up what was published, empty {folder}"
            );
            terminal::say(&terminal::trouble(&format!("{folder}/{path}: {why}"), Some(&hint)));
            return Err(Failure::Content);
        }
    }
    Ok(())
}

/// Why a record does not go on where it ended; what is still to come in it may have been taken back.
fn broken(before: &Lock, now: Option<&Lock>, at: Timestamp) -> Option<String> {
    let Some(now) = now else { return Some("it was published, and the site has no such record any more".to_owned()) };
    let lost = before
        .entries
        .iter()
        .filter(|own| own.at <= at)
        .find(|own| now.entries.get(own.number - 1).is_none_or(|is| is.seal != own.seal));
    lost.map(|own| match own.draft.round {
        0 => format!("entry {} was published, and the site's record has another", own.number),
        _ => format!("{} was published, and the site's record has another or none", own.label()),
    })
}
