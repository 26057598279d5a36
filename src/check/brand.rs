//! The picture of the brand: whether site.toml names a file that may be seen.

use crate::config::Config;
use crate::diag::{self, Diagnostic, nearest};
use crate::paper::Site;
use crate::path::SitePath;

/// What is wrong with the logo.
pub fn check(config: &Config, site: &Site) -> Option<Diagnostic> {
    let logo = config.brand.logo.as_ref().filter(|logo| !site.files().contains_key(&logo.path))?;
    if site.withheld().contains(&logo.path) {
        let message = format!("the logo is {}, which may not be seen by those who may see the site", logo.path);
        let finding = Diagnostic::at(&diag::WITHHELD_LINK, logo.place.clone(), message);
        return Some(finding.hint("put the file beside no document: into content/ itself"));
    }
    let finding = Diagnostic::at(&diag::CONFIG, logo.place.clone(), format!("there is no file {}", logo.path));
    Some(finding.hint(match nearest(logo.path.as_str(), site.files().keys().map(SitePath::as_str)) {
        Some(near) => format!("did you mean {near}?"),
        None => "write the path of the picture from the root of the site, such as content/logo.svg".to_owned(),
    }))
}
