//! What is to be seen of a site, and when: options of the command line → [`Options`] of the core.

use super::Failure;
use super::when::When;
use crate::config::{Config, is_base_url};
use crate::diag::{Source, did_you_mean};
use crate::path::SitePath;
use crate::site::Options;
use crate::tree::{File, Tree};
use jiff::Timestamp;

/// The options that `build` and `serve` share.
#[derive(Clone, Debug, Default, clap::Args)]
pub(super) struct ViewArgs {
    /// The site as it stood then: a day (its last moment in the site's time zone) or a moment with its zone
    ///
    /// Without it the environment variable SOURCE_DATE_EPOCH says when, and without that it is now.
    #[arg(long, value_name = "WHEN")]
    pub(super) as_of: Option<When>,
    /// What this audience of site.toml may see, instead of what everybody may see
    #[arg(long, value_name = "NAME")]
    pub(super) visible_to: Option<String>,
}

/// Everything that decides what is seen, before `site.toml` is read.
#[derive(Clone, Debug, Default)]
pub(super) struct View {
    pub(super) args: ViewArgs,
    pub(super) unpublished: bool,
    pub(super) base_url: Option<String>,
    pub(super) portable: bool,
}

impl View {
    /// The options for a site as it was read: time zone and audiences are those of its `site.toml`.
    pub(super) fn options(&self, tree: &Tree) -> Result<Options, Failure> {
        let config = config(tree);
        Ok(Options {
            at: self.at(&config)?,
            as_of: self.args.as_of.is_some(),
            audience: self.audience(&config)?,
            unpublished: self.unpublished,
            base_url: self.base_url.clone(),
            portable: self.portable,
        })
    }

    fn at(&self, config: &Config) -> Result<Timestamp, Failure> {
        if let Some(when) = self.args.as_of {
            return Ok(when.at(&config.timezone));
        }
        match std::env::var_os("SOURCE_DATE_EPOCH").filter(|epoch| !epoch.is_empty()) {
            None => Ok(Timestamp::now()),
            Some(epoch) => {
                let epoch = epoch.to_string_lossy();
                let when = When::of_epoch(&epoch).map(|when| when.at(&config.timezone));
                when.ok_or_else(|| Failure::stop(format!("SOURCE_DATE_EPOCH is `{epoch}`, not a number of seconds")))
            }
        }
    }

    fn audience(&self, config: &Config) -> Result<Option<String>, Failure> {
        let Some(name) = &self.args.visible_to else { return Ok(None) };
        if config.audiences.contains(name) {
            return Ok(Some(name.clone()));
        }
        let known = config.audiences.iter().map(String::as_str);
        let hint = did_you_mean(name, known).unwrap_or_else(|| match config.audiences.is_empty() {
            true => format!("site.toml lists none; add: audiences = [\"{name}\"]"),
            false => format!("site.toml lists {}", config.audiences.join(", ")),
        });
        Err(Failure::stop(format!("site.toml knows no audience `{name}`")).hint(hint))
    }
}

/// The `site.toml` of a tree; what is wrong with it is for the core to report.
pub(super) fn config(tree: &Tree) -> Config {
    let path = SitePath::new("site.toml");
    let text = tree.get(&path).map(File::lossy);
    Config::read(&Source::new(path, text.unwrap_or_default())).0
}

/// Reads the value of `--base-url`.
pub(super) fn base_url(text: &str) -> Result<String, String> {
    let wrong = || "write an address such as https://example.org/papers".to_owned();
    is_base_url(text).then(|| text.trim_end_matches('/').to_owned()).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(toml: &str, args: ViewArgs) -> Result<Options, Option<String>> {
        let tree: Tree = [("site.toml", toml)].into_iter().collect();
        View { args, ..View::default() }.options(&tree).map_err(|failure| match failure {
            Failure::Stop { hint, .. } => hint,
            Failure::Content => None,
        })
    }

    #[test]
    fn a_day_is_meant_in_the_time_zone_of_the_site() {
        let args = ViewArgs { as_of: "2021-07-01".parse().ok(), visible_to: None };
        let options = options("title = \"T\"\ntimezone = \"Europe/London\"", args).unwrap();
        assert_eq!(options.at.to_string(), "2021-07-01T22:59:59Z");
    }

    #[test]
    fn an_unknown_audience_is_refused_with_the_nearest() {
        let check = |toml: &str, expected: &str| {
            let args = ViewArgs { as_of: None, visible_to: Some("bord".into()) };
            assert_eq!(options(toml, args).unwrap_err().as_deref(), Some(expected));
        };
        check("audiences = [\"board\", \"press\"]", "did you mean `board`?");
        check("audiences = [\"steering-group\"]", "site.toml lists steering-group");
        check("", "site.toml lists none; add: audiences = [\"bord\"]");
    }

    #[test]
    fn a_base_url_is_an_address_of_the_web() {
        assert_eq!(base_url("https://example.org/papers/").as_deref(), Ok("https://example.org/papers"));
        assert!(base_url("example.org").is_err());
        assert!(base_url("https:///papers").is_err());
    }
}
