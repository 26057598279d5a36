//! All pages of a site at once: rendered in parallel, each handed on as soon as it is there.

use super::terminal::Progress;
use crate::diag::Diagnostic;
use crate::path::Address;
use crate::site::World;
use rayon::prelude::*;

/// What rendering all pages came to.
pub(super) struct Rendered<E> {
    /// How many pages there are: files of HTML.
    pub(super) pages: usize,
    /// What the templates reported.
    pub(super) found: Vec<Diagnostic>,
    /// What went wrong where the pages were handed on.
    pub(super) failures: Vec<E>,
}

/// Renders every address of a site and hands its bytes to `take`, from many threads in any order.
pub(super) fn render<E: Send>(world: &World, take: impl Fn(&Address, Vec<u8>) -> Result<(), E> + Sync) -> Rendered<E> {
    let addresses: Vec<_> = world.addresses().collect();
    let progress = Progress::new(addresses.len(), "pages");
    let done = addresses.par_iter().map(|address| {
        progress.step();
        match world.render(address) {
            None => Ok(()),
            Some(Ok(bytes)) => take(address, bytes).map_err(Wrong::Taken),
            Some(Err(found)) => Err(Wrong::Found(found)),
        }
    });
    let wrong: Vec<_> = done.filter_map(Result::err).collect();
    let pages = addresses.iter().filter(|address| address.file().extension() == "html").count();
    let mut rendered = Rendered { pages, found: Vec::new(), failures: Vec::new() };
    for wrong in wrong {
        match wrong {
            Wrong::Found(found) => rendered.found.extend(found),
            Wrong::Taken(failure) => rendered.failures.push(failure),
        }
    }
    rendered
}

enum Wrong<E> {
    Found(Vec<Diagnostic>),
    Taken(E),
}
