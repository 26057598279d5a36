//! Drafts as they are named on the command line: `DOCUMENT@DRAFT`.

use super::Failure;
use crate::paper::{Document, Draft, DraftName, Site};

/// The draft of that name: `representation@draft-1`, or with its section where several documents are called so.
pub(super) fn draft<'s>(site: &'s Site, named: &str) -> Result<(&'s Document, &'s Draft), Failure> {
    let Some((document, draft)) = named.rsplit_once('@') else {
        let own = of_name(site, named)?;
        let names = own.drafts.keys().map(|draft| format!("{named}@{draft}")).collect::<Vec<_>>().join(", ");
        return Err(Failure::stop(format!("`{named}` names no draft")).hint(format!("it has {names}")));
    };
    let own = of_name(site, document)?;
    let drafts = || own.drafts.keys().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let draft = DraftName::parse(draft).and_then(|name| own.drafts.get(&name));
    draft
        .map(|draft| (own, draft))
        .ok_or_else(|| Failure::stop(format!("{document} has no such draft")).hint(format!("it has {}", drafts())))
}

/// The document of that name.
pub(super) fn of_name<'s>(site: &'s Site, document: &str) -> Result<&'s Document, Failure> {
    let named = |own: &&Document| own.name == document || format!("{}/{}", own.section, own.name) == document;
    let mut found = site.documents().filter(named);
    let known = || site.documents().map(|own| format!("{}/{}", own.section, own.name)).collect::<Vec<_>>().join(", ");
    match (found.next(), found.next()) {
        (Some(own), None) => Ok(own),
        (None, _) => {
            Err(Failure::stop(format!("there is no document `{document}`")).hint(format!("there are {}", known())))
        }
        (Some(_), Some(_)) => {
            Err(Failure::stop(format!("several documents are called `{document}`")).hint("write SECTION/NAME@DRAFT"))
        }
    }
}
