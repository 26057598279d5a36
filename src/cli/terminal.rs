//! What the program says, and where: results to standard output, all else to standard error.
//!
//! Colours are used on a terminal alone, and never where `NO_COLOR` is set (<https://no-color.org>).

use crate::diag::Diagnostic;
use crate::report::{self, Format};
use std::io::{self, IsTerminal as _, Write as _};
use std::sync::{Mutex, PoisonError};

/// Writes a result. A reader that has gone away (`… | head`) is no error.
pub(super) fn print(text: &str) {
    let _ = io::stdout().lock().write_all(text.as_bytes()).and_then(|()| io::stdout().flush());
}

/// Writes a remark, with a line end.
pub(super) fn say(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// Draws findings for people on standard error; nothing where there are none.
pub(super) fn show(found: &[Diagnostic], site: &str) {
    if !found.is_empty() {
        say(report::draw(found, Format::Text, site, is_coloured(&io::stderr())).trim_end());
    }
}

/// Tells what is wrong with a site while it is being written: each finding once, until it is mended.
#[derive(Default)]
pub(super) struct Teller {
    told: Mutex<Told>,
}

#[derive(Default)]
struct Told {
    found: Vec<Diagnostic>,
    stopped: Vec<String>,
}

impl Teller {
    /// Says what is new, and when nothing is wrong any more.
    pub(super) fn tell(&self, found: &[Diagnostic], stopped: &[String], site: &str) {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let found = report::sorted(found.to_vec());
        let is_new = |finding: &&Diagnostic| !told.found.iter().any(|known| is_same(known, finding));
        let new: Vec<_> = found.iter().filter(is_new).cloned().collect();
        show(&new, site);
        stopped.iter().filter(|words| !told.stopped.contains(words)).for_each(|words| say(&trouble(words, None)));
        let errors = |found: &[Diagnostic]| found.iter().any(Diagnostic::is_error);
        let was_wrong = errors(&told.found) || !told.stopped.is_empty();
        if was_wrong && !errors(&found) && stopped.is_empty() {
            say("No more errors.");
        }
        *told = Told { found, stopped: stopped.to_vec() };
    }
}

/// Whether two findings are about the same thing, be it in another line by now.
fn is_same(one: &Diagnostic, other: &Diagnostic) -> bool {
    let place = |finding: &Diagnostic| finding.place.as_ref().map(|place| (place.file.clone(), place.text.clone()));
    one.rule == other.rule && one.message == other.message && place(one) == place(other)
}

/// Whether what is written there may be coloured.
pub(super) fn is_coloured(stream: &impl io::IsTerminal) -> bool {
    stream.is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// A failure as it is shown, with what to do about it.
pub(super) fn trouble(message: &str, hint: Option<&str>) -> String {
    let (red, cyan, plain) =
        if is_coloured(&io::stderr()) { ("\u{1b}[1;31m", "\u{1b}[36m", "\u{1b}[0m") } else { ("", "", "") };
    let visible = |text: &str| text.replace(|c: char| c.is_control() && c != '\n', "\u{fffd}");
    let hint = hint.map_or(String::new(), |hint| format!("\n{cyan}help:{plain} {}", visible(hint)));
    format!("{red}error:{plain} {}{hint}", visible(message))
}

/// A count on a terminal that is written over as work goes on; silent in a pipe.
pub(super) struct Progress {
    total: usize,
    what: &'static str,
    shown: bool,
    done: std::sync::atomic::AtomicUsize,
}

impl Progress {
    /// Progress towards so many things.
    pub(super) fn new(total: usize, what: &'static str) -> Self {
        Progress { total, what, shown: total > 200 && io::stderr().is_terminal(), done: 0.into() }
    }

    /// One more is done.
    pub(super) fn step(&self) {
        let done = self.done.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1;
        if self.shown && done.is_multiple_of(50) {
            let _ = write!(io::stderr().lock(), "\r{done} of {} {}", self.total, self.what);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.shown {
            let _ = write!(io::stderr().lock(), "\r\u{1b}[K");
        }
    }
}
