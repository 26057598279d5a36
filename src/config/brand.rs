//! What is the site's own in `site.toml`: `[brand]`, `[community]`, `[[groups]]` and how many drafts are
//! compared.
//!
//! In: the tables of these keys. Out: [`Brand`], [`Community`] and [`Group`]s in the [`super::Config`], and a
//! finding for every value that is wrong or for a colour that words cannot be read in.

use super::colour::{CLEAR, Colour, DARK, LIGHT, READABLE};
use super::read::{Item, Reader, Table};
use super::{is_https, meant};
use crate::diag::{self, Place};
use crate::path::SitePath;

/// What the frame of every page is made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Brand {
    /// The name that the header shows in place of the title.
    pub name: Option<String>,
    /// The picture beside it.
    pub logo: Option<Logo>,
    /// The accent in light mode.
    pub colour: Option<Colour>,
    /// The accent in dark mode; where only the other is given, a shade of it.
    pub colour_dark: Option<Colour>,
    /// A line at the foot of every page.
    pub footer: Option<String>,
}

/// The picture beside the name of the site. It is an ornament: the name says it all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logo {
    /// From the root of the site.
    pub path: SitePath,
    /// Where site.toml names it.
    pub place: Place,
}

/// Where readers meet: full addresses that begin with `https://`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Community {
    /// A forum.
    pub forum: Option<String>,
    /// A newsletter.
    pub newsletter: Option<String>,
    /// A poll.
    pub poll: Option<String>,
    /// A page on a social network.
    pub network: Option<String>,
}

impl Community {
    /// The keys in the order of pages.
    pub const KEYS: [&'static str; 4] = ["forum", "newsletter", "poll", "network"];

    /// Those that there are, by key, in the order of [`Community::KEYS`].
    pub fn links(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let links = [&self.forum, &self.newsletter, &self.poll, &self.network];
        Community::KEYS.into_iter().zip(links).filter_map(|(key, link)| Some((key, link.as_deref()?)))
    }

    fn slot(&mut self, key: &str) -> Option<&mut Option<String>> {
        match key {
            "forum" => Some(&mut self.forum),
            "newsletter" => Some(&mut self.newsletter),
            "poll" => Some(&mut self.poll),
            "network" => Some(&mut self.network),
            _ => None,
        }
    }
}

/// A group of people whom papers concern. It hides nothing: that is what audiences are for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// As texts name it: lower-case letters, digits, hyphens.
    pub name: String,
    /// What it is called on pages.
    pub title: String,
    /// Who belongs to it, in a sentence.
    pub about: Option<String>,
}

impl Reader<'_> {
    /// `[brand]`.
    pub(super) fn brand(&mut self, item: &Item) {
        let Some(table) = item.get_ref().as_table() else {
            return self.wrong("brand", item, "a table", "[brand] and a line: name = \"…\"");
        };
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "name" => self.text("name", value, |config, text| config.brand.name = Some(text)),
                "footer" => self.text("footer", value, |config, text| config.brand.footer = Some(text)),
                "logo" => self.logo(value),
                "colour" => self.config.brand.colour = self.colour("colour", value),
                "colour_dark" => self.config.brand.colour_dark = self.colour("colour_dark", value),
                other => self.unknown(other, key.span(), &["name", "logo", "colour", "colour_dark", "footer"]),
            }
        }
        let brand = &mut self.config.brand;
        let derived = brand.colour.filter(|_| !table.contains_key("colour_dark"));
        let clear = |colour: Colour| colour.lighter(DARK.get(..1).unwrap_or(&DARK), CLEAR).lighter(&DARK, READABLE);
        brand.colour_dark = brand.colour_dark.or(derived.map(clear));
    }

    fn logo(&mut self, item: &Item) {
        let path = item.get_ref().as_str().and_then(|path| SitePath::new("site.toml").resolve(path));
        let content = SitePath::new("content");
        let is_picture =
            |path: &SitePath| matches!(path.extension(), "svg" | "png" | "webp") && path.below(&content).is_some();
        let other = path.as_ref().is_some_and(is_other_picture);
        match path.filter(is_picture) {
            Some(path) => self.config.brand.logo = Some(Logo { path, place: self.source.place(item.span()) }),
            None if other => {
                let message = "`logo` must be the path of an SVG, PNG or WebP file below content/";
                self.report(&diag::CONFIG, item.span(), message, "convert the picture to SVG, PNG or WebP");
            }
            None => self.wrong(
                "logo",
                item,
                "the path of an SVG, PNG or WebP file below content/",
                "logo = \"content/logo.svg\"",
            ),
        }
    }

    /// A colour that words can be read in, for light mode or for dark.
    fn colour(&mut self, key: &str, item: &Item) -> Option<Colour> {
        let Some(colour) = item.get_ref().as_str().and_then(Colour::parse) else {
            let meant = item.get_ref().as_str().and_then(meant::colour);
            let form = format!("{key} = \"{}\"", meant.as_deref().unwrap_or("#1a6648"));
            self.wrong(key, item, "a colour such as #1a6648", &form);
            return None;
        };
        let (papers, behind) = match key {
            "colour_dark" => (&DARK[..], "what it stands on in dark mode"),
            _ => (&LIGHT[..], "what it stands on in light mode"),
        };
        let ratio = colour.least_contrast(papers);
        if ratio < READABLE {
            let (shade, how) = match key {
                "colour_dark" => (colour.lighter(papers, READABLE), "lighter"),
                _ => (colour.darker(papers, READABLE), "darker"),
            };
            // Cut and not rounded, so that what falls short never reads as enough.
            let ratio = (ratio * 10.0).floor() / 10.0;
            let message = format!("`{key}` has a contrast of {ratio:.1}:1 with {behind}, and words need 4.5:1");
            self.report(
                &diag::CONTRAST,
                item.span(),
                message,
                format!("write the nearest {how} shade: {key} = \"{shade}\""),
            );
        }
        Some(colour)
    }

    /// `[community]`.
    pub(super) fn community(&mut self, item: &Item) {
        let Some(table) = item.get_ref().as_table() else {
            return self.wrong("community", item, "a table", "[community] and a line: forum = \"https://…\"");
        };
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            let address = value.get_ref().as_str().filter(|address| is_https(address)).map(str::to_owned);
            match (self.config.community.slot(name), address) {
                (Some(slot), Some(address)) => *slot = Some(address),
                (Some(_), None) => {
                    let meant = value.get_ref().as_str().and_then(meant::address);
                    let form = meant.unwrap_or_else(|| format!("https://example.org/{name}"));
                    let form = format!("{name} = \"{form}\"");
                    self.wrong(name, value, "an address that begins with https://", &form);
                }
                (None, _) => self.unknown(name, key.span(), &Community::KEYS),
            }
        }
    }

    /// `[[groups]]`.
    pub(super) fn groups(&mut self, item: &Item) {
        let form = "[[groups]] and below it the lines: name = \"dental\" and title = \"Dental practices\"";
        let Some(groups) = item.get_ref().as_array() else {
            self.config.groups_misread = true;
            return self.wrong("groups", item, "a list of tables", form);
        };
        for group in groups {
            match group.get_ref().as_table() {
                Some(table) => self.group(table, group),
                None => {
                    self.config.groups_misread = true;
                    self.wrong("groups", group, "a list of tables", form);
                }
            }
        }
    }

    fn group(&mut self, table: &Table, item: &Item) {
        let (mut name, mut title, mut about) = (None, None, None);
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "name" => name = self.group_name(value),
                "title" => self.text("title", value, |_, text| title = Some(text)),
                "about" => self.text("about", value, |_, text| about = Some(text)),
                other => self.unknown(other, key.span(), &["name", "title", "about"]),
            }
        }
        for key in ["name", "title"].into_iter().filter(|key| !table.contains_key(*key)) {
            let hint = format!(
                "add a line such as: {key} = \"{}\"",
                if key == "name" { "dental" } else { "Dental practices" }
            );
            self.report(&diag::MISSING_KEY, item.span(), format!("a group needs the key `{key}`"), hint);
        }
        self.config.groups_misread |= name.is_none();
        if let Some(name) = name {
            let title = title.unwrap_or_else(|| super::capitalised(&name));
            self.config.groups.push(Group { name, title, about });
        }
    }

    /// The name of a group that has not been named yet.
    fn group_name(&mut self, item: &Item) -> Option<String> {
        let is_plain = |part: &str| {
            !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        };
        let Some(name) = item.get_ref().as_str().filter(|name| name.split('-').all(is_plain)) else {
            let meant = item.get_ref().as_str().and_then(meant::name);
            let form = format!("name = \"{}\"", meant.as_deref().unwrap_or("local-committees"));
            self.wrong("name", item, "lower-case letters, digits and hyphens", &form);
            return None;
        };
        if self.config.groups.iter().any(|group| group.name == name) {
            let message = format!("the group `{name}` stands here a second time");
            self.report(&diag::CONFIG, item.span(), message, "keep one of the two, or give this one another name");
            return None;
        }
        Some(name.to_owned())
    }

    /// `compare`.
    pub(super) fn compare(&mut self, item: &Item) {
        let number = item.get_ref().as_integer().map(|number| (number.as_str(), number.radix()));
        let number = number.and_then(|(digits, radix)| usize::from_str_radix(&digits.replace('_', ""), radix).ok());
        match number.filter(|number| *number > 0) {
            Some(number) => self.config.compare = number,
            None => self.wrong("compare", item, "a whole number from 1", "compare = 8"),
        }
    }
}

/// Whether a path names a picture of a sort that pages do not show as a logo.
fn is_other_picture(path: &SitePath) -> bool {
    let sort = path.extension().to_ascii_lowercase();
    matches!(sort.as_str(), "jpg" | "jpeg" | "gif" | "bmp" | "tif" | "tiff" | "ico" | "avif" | "heic" | "pdf")
}
