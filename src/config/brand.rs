//! What is the site's own in `site.toml`: `[brand]`, `[community]`, `[[groups]]` and how many drafts are
//! compared.
//!
//! In: the tables of these keys. Out: [`Brand`], [`Community`] and [`Group`]s in the [`super::Config`], and a
//! finding for every value that is wrong or for a colour that words cannot be read in.

use super::colour::{CLEAR, Colour, DARK, LIGHT, READABLE};
use super::keys::{self, Key};
use super::read::{Item, Reader};
use super::{is_https, meant};
use crate::diag::{self, Place};
use crate::path::SitePath;
use toml::de::DeTable;

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
    /// Those that there are, by key, in the order of pages.
    pub fn links(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let links = [&self.forum, &self.newsletter, &self.poll, &self.network];
        keys::COMMUNITY.names().into_iter().zip(links).filter_map(|(key, link)| Some((key, link.as_deref()?)))
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

/// A group whose table is being read.
#[derive(Default)]
pub(super) struct Begun {
    pub(super) name: Option<String>,
    pub(super) title: Option<String>,
    pub(super) about: Option<String>,
}

impl Reader<'_> {
    /// `[brand]`.
    pub(super) fn brand(&mut self, key: &Key, item: &Item) {
        let Some(table) = item.get_ref().as_table() else {
            return self.wrong(key.name, item, key.form, "[brand] and a line: name = \"…\"");
        };
        let mut brand = Brand::default();
        self.each(&keys::BRAND, table, &mut brand);
        let derived = brand.colour.filter(|_| !table.contains_key("colour_dark"));
        let clear = |colour: Colour| colour.lighter(DARK.get(..1).unwrap_or(&DARK), CLEAR).lighter(&DARK, READABLE);
        brand.colour_dark = brand.colour_dark.or(derived.map(clear));
        self.config.brand = brand;
    }

    pub(super) fn logo(&mut self, key: &Key, item: &Item) -> Option<Logo> {
        let path = item.get_ref().as_str().and_then(|path| SitePath::new("site.toml").resolve(path));
        let content = SitePath::new("content");
        let is_picture =
            |path: &SitePath| matches!(path.extension(), "svg" | "png" | "webp") && path.below(&content).is_some();
        let other = path.as_ref().is_some_and(is_other_picture);
        match path.filter(is_picture) {
            Some(path) => return Some(Logo { path, place: self.source.place(item.span()) }),
            None if other => {
                let message = format!("`logo` must be {}", key.form);
                self.report(&diag::CONFIG, item.span(), message, "convert the picture to SVG, PNG or WebP");
            }
            None => self.misfit(key, item, None),
        }
        None
    }

    /// A colour that words can be read in, for light mode or for dark.
    pub(super) fn colour(&mut self, key: &Key, item: &Item) -> Option<Colour> {
        let Some(colour) = item.get_ref().as_str().and_then(Colour::parse) else {
            self.misfit(key, item, item.get_ref().as_str().and_then(meant::colour).as_deref());
            return None;
        };
        let key = key.name;
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
    pub(super) fn community(&mut self, key: &Key, item: &Item) {
        let Some(table) = item.get_ref().as_table() else {
            return self.wrong(key.name, item, key.form, "[community] and a line: forum = \"https://…\"");
        };
        let mut community = Community::default();
        self.each(&keys::COMMUNITY, table, &mut community);
        self.config.community = community;
    }

    /// An address that begins with `https://`.
    pub(super) fn web(&mut self, key: &Key, item: &Item) -> Option<String> {
        let address = item.get_ref().as_str().filter(|address| is_https(address));
        if address.is_none() {
            self.misfit(key, item, item.get_ref().as_str().and_then(meant::address).as_deref());
        }
        address.map(str::to_owned)
    }

    /// `[[groups]]`.
    pub(super) fn groups(&mut self, key: &Key, item: &Item) {
        let form = "[[groups]] and below it the lines: name = \"dental\" and title = \"Dental practices\"";
        let Some(groups) = item.get_ref().as_array() else {
            self.config.groups_misread = true;
            return self.wrong(key.name, item, key.form, form);
        };
        for group in groups {
            match group.get_ref().as_table() {
                Some(table) => self.group(table, group),
                None => {
                    self.config.groups_misread = true;
                    self.wrong(key.name, group, key.form, form);
                }
            }
        }
    }

    fn group(&mut self, table: &DeTable, item: &Item) {
        let mut begun = Begun::default();
        self.each(&keys::GROUP, table, &mut begun);
        for key in keys::GROUP.keys().filter(|key| key.required && !table.contains_key(key.name)) {
            let hint = format!("add a line such as: {}", key.example);
            self.report(&diag::MISSING_KEY, item.span(), format!("a group needs the key `{}`", key.name), hint);
        }
        let Begun { name, title, about } = begun;
        self.config.groups_misread |= name.is_none();
        if let Some(name) = name {
            let title = title.unwrap_or_else(|| super::capitalised(&name));
            self.config.groups.push(Group { name, title, about });
        }
    }

    /// The name of a group that has not been named yet.
    pub(super) fn group_name(&mut self, key: &Key, item: &Item) -> Option<String> {
        let is_plain = |part: &str| {
            !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        };
        let Some(name) = item.get_ref().as_str().filter(|name| name.split('-').all(is_plain)) else {
            self.misfit(key, item, item.get_ref().as_str().and_then(meant::name).as_deref());
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
    pub(super) fn compare(&mut self, key: &Key, item: &Item) {
        let number = item.get_ref().as_integer().map(|number| (number.as_str(), number.radix()));
        let number = number.and_then(|(digits, radix)| usize::from_str_radix(&digits.replace('_', ""), radix).ok());
        match number.filter(|number| *number > 0) {
            Some(number) => self.config.compare = number,
            None => self.misfit(key, item, None),
        }
    }
}

/// Whether a path names a picture of a sort that pages do not show as a logo.
fn is_other_picture(path: &SitePath) -> bool {
    let sort = path.extension().to_ascii_lowercase();
    matches!(sort.as_str(), "jpg" | "jpeg" | "gif" | "bmp" | "tif" | "tiff" | "ico" | "avif" | "heic" | "pdf")
}
