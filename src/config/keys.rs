//! Which keys `site.toml` may hold, table by table: what each says, an example, and how it is read.
//!
//! The reader looks each key up here, and `MANUAL.md` is written from the same tables: a key that is not here does
//! not exist, and none exists that the manual lacks.

use super::brand::{Begun, Brand, Community};
use super::read::{Item, Reader, Started};

/// A key of `site.toml`.
#[derive(Debug, PartialEq, Eq)]
pub struct Key {
    /// As it is written: `base_url`.
    pub name: &'static str,
    /// Whether a table without it is wrong.
    pub required: bool,
    /// What it must be: `a list of names`.
    pub form: &'static str,
    /// What it says, in a sentence or two.
    pub about: &'static str,
    /// A line as it may stand in the file, or the header of its table.
    pub example: &'static str,
}

/// How the value of a key is read into what its table fills.
type Read<T> = fn(&mut Reader, &mut T, &'static Key, &Item);

/// The keys of one table, which together fill a `T`.
pub(super) struct Table<T: 'static> {
    /// As messages name it: `a group`.
    pub(super) place: &'static str,
    keys: &'static [(Key, Read<T>)],
}

impl<T> Table<T> {
    /// The key of that name, and how it is read.
    pub(super) fn get(&self, name: &str) -> Option<&'static (Key, Read<T>)> {
        self.keys.iter().find(|(key, _)| key.name == name)
    }

    /// The keys, in the order of the manual.
    pub(super) fn keys(&self) -> impl Iterator<Item = &'static Key> + use<T> {
        self.keys.iter().map(|(key, _)| key)
    }

    /// The names of the keys.
    pub(super) fn names(&self) -> Vec<&'static str> {
        self.keys().map(|key| key.name).collect()
    }
}

/// Every table with its keys, in the order of the manual: first that of the file, then those below its keys.
pub fn tables() -> [(&'static str, Vec<&'static Key>); 5] {
    [
        (TOP.place, TOP.keys().collect()),
        (GROUP.place, GROUP.keys().collect()),
        (BRAND.place, BRAND.keys().collect()),
        (COMMUNITY.place, COMMUNITY.keys().collect()),
        (SECTION.place, SECTION.keys().collect()),
    ]
}

const TEXT: &str = "a text in quotation marks";

const fn key(name: &'static str, form: &'static str, about: &'static str, example: &'static str) -> Key {
    Key { name, required: false, form, about, example }
}

const fn required(key: Key) -> Key {
    Key { required: true, ..key }
}

/// What stands above the first `[…]`, and the tables themselves.
pub(super) static TOP: Table<()> = Table {
    place: "site.toml",
    keys: &[
        (
            required(key("title", TEXT, "The name of the site.", "title = \"Consultations\"")),
            |reader, (), key, item| {
                reader.set(key, item, |config, text| config.title = text);
            },
        ),
        (
            key(
                "base_url",
                "the full address of the site",
                "Where the site will be read; without it there is no feed and no sitemap.",
                "base_url = \"https://example.org/papers\"",
            ),
            |reader, (), key, item| reader.base_url(key, item),
        ),
        (
            key(
                "timezone",
                "a name of the IANA time zone database",
                "Whose days dates are; `UTC` where it is left out.",
                "timezone = \"Europe/London\"",
            ),
            |reader, (), key, item| reader.timezone(key, item),
        ),
        (
            key("lang", TEXT, "The language, as a tag; `en` where it is left out.", "lang = \"en-GB\""),
            |reader, (), key, item| reader.set(key, item, |config, text| config.lang = text),
        ),
        (
            key(
                "theme",
                TEXT,
                "A folder of `themes/`, or `default`, which it is where it is left out.",
                "theme = \"default\"",
            ),
            |reader, (), key, item| reader.theme(key, item),
        ),
        (
            key("notice", TEXT, "A line at the top of every page.", "notice = \"For healthcare professionals\""),
            |reader, (), key, item| reader.set(key, item, |config, text| config.notice = Some(text)),
        ),
        (
            key(
                "audiences",
                "a list of names",
                "Who may see papers before everybody else: the names that `visible_to` may hold.",
                "audiences = [\"steering-group\"]",
            ),
            |reader, (), key, item| reader.audiences(key, item),
        ),
        (
            key(
                "raw_html",
                "\"clean\" or \"drop\"",
                "Whether raw HTML in texts is cleaned to an allow list, as where it is left out, or dropped but for its \
                 words.",
                "raw_html = \"clean\"",
            ),
            |reader, (), key, item| reader.raw_html(key, item),
        ),
        (
            key(
                "compare",
                "a whole number from 1",
                "How many drafts a document may have so that each is compared with each; 8 where it is left out.",
                "compare = 8",
            ),
            |reader, (), key, item| reader.compare(key, item),
        ),
        (
            key(
                "search",
                "true or false",
                "Whether readers can search all texts at `/search/`; they can where it is left out.",
                "search = false",
            ),
            |reader, (), key, item| reader.search(key, item),
        ),
        (
            key(
                "silence",
                "true or false",
                "Whether `/silence/` tells readers where an answer or a reason is owed; it does not where it is left out.",
                "silence = true",
            ),
            |reader, (), key, item| reader.silence(key, item),
        ),
        (
            key("groups", "a list of tables", "Whom papers may concern, one table for each group.", "[[groups]]"),
            |reader, (), key, item| reader.groups(key, item),
        ),
        (key("brand", "a table", "Name, picture and colours of the site.", "[brand]"), |reader, (), key, item| {
            reader.brand(key, item)
        }),
        (key("community", "a table", "Where readers meet.", "[community]"), |reader, (), key, item| {
            reader.community(key, item)
        }),
        (
            key(
                "sections",
                "a table",
                "Folders of `content/` besides the five that every site has, one table for each, called as its folder.",
                "[sections.guidance]",
            ),
            |reader, (), key, item| reader.sections(key, item),
        ),
        (
            key(
                "rules",
                "a table",
                "How much a rule of `check` weighs: its name, and `error`, `warning` or `off`.",
                "[rules]\nraw-html = \"off\"",
            ),
            |reader, (), key, item| reader.rules(key, item),
        ),
    ],
};

/// `[[groups]]`.
pub(super) static GROUP: Table<Begun> = Table {
    place: "[[groups]]",
    keys: &[
        (
            required(key("name", "lower-case letters, digits and hyphens", "As files name it.", "name = \"traders\"")),
            |reader, group, key, item| group.name = reader.group_name(key, item),
        ),
        (
            required(key("title", TEXT, "As pages name it.", "title = \"Market traders\"")),
            |reader, group, key, item| group.title = reader.text(key, item),
        ),
        (
            key("about", TEXT, "Who belongs to it, in a sentence.", "about = \"All who have a stall on the square.\""),
            |reader, group, key, item| group.about = reader.text(key, item),
        ),
    ],
};

/// `[brand]`.
pub(super) static BRAND: Table<Brand> = Table {
    place: "[brand]",
    keys: &[
        (
            key("name", TEXT, "Stands at the head of pages in place of `title`.", "name = \"The Review Group\""),
            |reader, brand, key, item| brand.name = reader.text(key, item),
        ),
        (
            key(
                "logo",
                "the path of an SVG, PNG or WebP file below content/",
                "The picture beside the name.",
                "logo = \"content/logo.svg\"",
            ),
            |reader, brand, key, item| brand.logo = reader.logo(key, item),
        ),
        (
            key(
                "colour",
                "a colour such as #1a6648",
                "The colour of links and buttons; `check` measures whether words in it can be read wherever the theme \
                 puts them.",
                "colour = \"#1a6648\"",
            ),
            |reader, brand, key, item| brand.colour = reader.colour(key, item),
        ),
        (
            key(
                "colour_dark",
                "a colour such as #1a6648",
                "The same for readers who have their screen dark; a shade of `colour` where it is left out.",
                "colour_dark = \"#7ec9a4\"",
            ),
            |reader, brand, key, item| brand.colour_dark = reader.colour(key, item),
        ),
        (
            key("footer", TEXT, "A line at the foot of every page.", "footer = \"Papers here are drafts.\""),
            |reader, brand, key, item| brand.footer = reader.text(key, item),
        ),
    ],
};

const WEB: &str = "an address that begins with https://";

/// `[community]`.
pub(super) static COMMUNITY: Table<Community> = Table {
    place: "[community]",
    keys: &[
        (key("forum", WEB, "A forum.", "forum = \"https://forum.example.org\""), |reader, community, key, item| {
            community.forum = reader.web(key, item)
        }),
        (
            key("newsletter", WEB, "A newsletter.", "newsletter = \"https://news.example.org/subscribe\""),
            |reader, community, key, item| community.newsletter = reader.web(key, item),
        ),
        (key("poll", WEB, "A poll.", "poll = \"https://poll.example.org\""), |reader, community, key, item| {
            community.poll = reader.web(key, item)
        }),
        (
            key("network", WEB, "A page on a social network.", "network = \"https://social.example.org/@papers\""),
            |reader, community, key, item| community.network = reader.web(key, item),
        ),
    ],
};

/// `[sections.NAME]`.
pub(super) static SECTION: Table<Started> = Table {
    place: "[sections.NAME]",
    keys: &[
        (
            required(key(
                "kind",
                "proposal, letter, strategy, update or page",
                "What its documents are; left out only for a section that every site has.",
                "kind = \"strategy\"",
            )),
            |reader, section, key, item| section.kind = reader.kind(key, item).or(section.kind),
        ),
        (
            key("title", TEXT, "What the section is called on pages.", "title = \"Guidance\""),
            |reader, section, key, item| section.title = reader.text(key, item).or(section.title.take()),
        ),
    ],
};
