//! Right and wrong lines of `site.toml`.

use super::*;
use crate::path::SitePath;

fn read(text: &str) -> (Config, Vec<String>) {
    let (config, found) = Config::read(&Source::new(SitePath::new("site.toml"), text));
    let lines = found.iter().map(|finding| {
        let line = finding.place.as_ref().map_or(0, |place| place.line);
        format!("{} {}: {} ({})", line, finding.rule.name, finding.message, finding.hint.as_deref().unwrap_or("-"))
    });
    (config, lines.collect())
}

#[test]
fn a_whole_file_is_read() {
    let (config, found) = read(
        "title = \"Papers\"\nbase_url = \"https://example.org/papers/\"\ntimezone = \"Europe/London\"\n\
         audiences = [\"board\"]\n[sections.guidance]\nkind = \"strategy\"\n[rules]\nraw-html = \"off\"\n",
    );
    assert_eq!(found, Vec::<String>::new());
    assert_eq!((config.title.as_str(), config.prefix()), ("Papers", "/papers"));
    assert_eq!(
        config.section("guidance").map(|section| (section.kind, section.title.as_deref())),
        Some((Kind::Strategy, None))
    );
    assert_eq!(config.rules["raw-html"], None);
}

#[test]
fn every_fault_of_a_file_is_reported_at_once() {
    let (_, found) =
        read("titel = \"Papers\"\nbase_url = \"example.org\"\ntimezone = \"Londres\"\n[rules]\nraw-htm = \"off\"\n");
    let rules: Vec<_> = found.iter().map(|line| line.split(':').next().unwrap_or("")).collect();
    assert_eq!(rules.len(), 5, "{found:#?}");
    for expected in ["1 unknown-key", "2 config", "3 config", "5 unknown-key", "1 missing-key"] {
        assert!(rules.contains(&expected), "{expected} in {found:#?}");
    }
    assert!(found.iter().any(|line| line.ends_with("(did you mean `raw-html`?)")));
}

#[track_caller]
fn check(lines: &str, expected: &[&str]) {
    let (_, found) = read(&format!("title = \"Papers\"\n{lines}\n"));
    let same = found.len() == expected.len() && found.iter().zip(expected).all(|(line, start)| line.starts_with(start));
    assert!(same, "expected {expected:#?}\nfound {found:#?}");
}

#[test]
fn the_name_of_a_section_is_a_free_address() {
    check("[sections.guidance]\nkind = \"strategy\"", &[]);
    check("[sections.letters]\ntitle = \"Post\"", &[]);
    check("[sections.changes]\nkind = \"update\"", &["2 reserved-name: a section cannot be called `changes`"]);
    check("[sections.cy]\nkind = \"update\"", &["2 reserved-name: a section cannot be called `cy`"]);
    check("[sections.\"My Notes\"]\nkind = \"update\"", &["2 file-name: `My Notes` cannot be part"]);
}

#[test]
fn a_kind_that_is_wrong_is_reported_once() {
    check("[sections.notes]\nkind = \"updates\"", &["3 config: `kind` must be"]);
    check("[sections.notes]\ntitle = \"Notes\"", &["2 config: `notes` must be a table with a `kind`"]);
    check("[sections.notes]\nkind = 5", &["3 config: `kind` must be a text"]);
}

#[test]
fn some_rules_are_always_errors() {
    assert!(ALWAYS_ERRORS.iter().all(|(name, _)| diag::rule(name).is_some()));
    check("[rules]\nwithheld-link = \"warning\"", &["3 config: `withheld-link` is always an error"]);
    check("[rules]\ntheme = \"off\"", &["3 config: `theme` is always an error"]);
    check("[rules]\ntheme = \"warning\"", &["3 config: `theme` is always an error"]);
    check("[rules]\ntheme = \"error\"", &[]);
}

#[test]
fn raw_html_is_cleaned_or_dropped() {
    assert_eq!(read("title = \"Papers\"\n").0.raw_html, RawHtml::Clean);
    assert_eq!(read("title = \"Papers\"\nraw_html = \"drop\"\n").0.raw_html, RawHtml::Drop);
    check("raw_html = \"clean\"", &[]);
    check("raw_html = \"dropp\"", &["2 config: `raw_html` must be \"clean\" or \"drop\" (write: raw_html = \"drop\")"]);
    check("raw_html = true", &["2 config: `raw_html` must be \"clean\" or \"drop\" (write: raw_html = \"clean\")"]);
    check("raw-html = \"drop\"", &["2 unknown-key: unknown key `raw-html` (did you mean `raw_html`?)"]);
}

#[test]
fn every_finding_says_what_to_do() {
    let (_, found) = read(
        "title = 5\nbase_url = 5\ntimezone = 5\naudiences = 5\nsections = 5\nraw_html = 5\nrules = 5\nx = 5\nlang = \"en\n",
    );
    assert!(found.len() > 8 && found.iter().all(|line| !line.ends_with("(-)")), "{found:#?}");
}

#[test]
fn how_many_drafts_are_compared_is_a_number_from_one() {
    assert_eq!(read("title = \"Papers\"\n").0.compare, 8);
    assert_eq!(read("title = \"Papers\"\ncompare = 12\n").0.compare, 12);
    for wrong in ["0", "-3", "2.5", "\"8\"", "99999999999999999999999"] {
        check(
            &format!("compare = {wrong}"),
            &["2 config: `compare` must be a whole number from 1 (write: compare = 8)"],
        );
    }
}

#[test]
fn groups_stand_in_the_order_of_the_file() {
    let (config, found) = read(
        "title = \"Papers\"\n[[groups]]\nname = \"medical\"\ntitle = \"General practice\"\nabout = \"Surgeries.\"\n\
         [[groups]]\nname = \"dental\"\ntitle = \"Dental practices\"\n",
    );
    let groups: Vec<_> = config.groups.iter().map(|group| (group.name.as_str(), group.about.is_some())).collect();
    assert_eq!((groups, found), (vec![("medical", true), ("dental", false)], Vec::new()));
    assert_eq!(config.group("dental").map(|group| group.title.as_str()), Some("Dental practices"));
    assert_eq!(config.near_group("dentel"), "did you mean `dental`?");
    assert_eq!(config.near_group("nhs"), "the groups of site.toml are medical, dental");
}

#[test]
fn a_group_has_a_name_of_its_own_and_a_title() {
    let two = "[[groups]]\nname = \"a\"\ntitle = \"A\"\n[[groups]]\nname = \"a\"\ntitle = \"B\"";
    check(two, &["6 config: the group `a` stands here a second time"]);
    check("[[groups]]\nname = \"Dental care\"\ntitle = \"A\"", &["3 config: `name` must be lower-case letters"]);
    check("[[groups]]\ntitle = \"A\"", &["2 missing-key: a group needs the key `name`"]);
    check("[[groups]]\nname = \"a\"", &["2 missing-key: a group needs the key `title`"]);
    check(
        "[[groups]]\nname = \"a\"\ntitel = \"A\"\ntitle = \"A\"",
        &["4 unknown-key: unknown key `titel` (did you mean `title`?)"],
    );
    check("groups = [\"dental\"]", &["2 config: `groups` must be a list of tables"]);
}

#[test]
fn a_brand_is_read() {
    let (config, found) = read(
        "title = \"Papers\"\n[brand]\nname = \"The Review\"\nlogo = \"content/logo.svg\"\ncolour = \"#7a003c\"\nfooter = \"By us.\"\n",
    );
    let brand = config.brand;
    assert_eq!(found, Vec::<String>::new());
    assert_eq!((brand.name.as_deref(), brand.footer.as_deref()), (Some("The Review"), Some("By us.")));
    assert_eq!(brand.logo.map(|logo| (logo.path.to_string(), logo.place.line)), Some(("content/logo.svg".into(), 4)));
    let dark = brand.colour_dark.expect("a shade for the dark");
    assert!(
        dark.least_contrast(&colour::DARK) >= colour::READABLE && dark.contrast(colour::DARK[0]) >= colour::CLEAR,
        "{dark}"
    );
    assert_eq!(read("title = \"Papers\"\n[brand]\ncolour_dark = \"#fff\"\n").0.brand.colour, None);
}

#[test]
fn a_brand_is_read_strictly() {
    check("[brand]\nlogo = \"logo.gif\"", &["3 config: `logo` must be the path of an SVG, PNG or WebP file"]);
    check("[brand]\nlogo = \"themes/a.svg\"", &["3 config: `logo` must be the path"]);
    check("[brand]\nlogo = \"content/../../a.svg\"", &["3 config: `logo` must be the path"]);
    check("[brand]\ncolour = \"green\"", &["3 config: `colour` must be a colour such as #1a6648"]);
    check("[brand]\ncolor = \"#000\"", &["3 unknown-key: unknown key `color` (did you mean `colour`?)"]);
    check("[brand]\nlogo_alt = \"x\"", &["3 unknown-key: unknown key `logo_alt`"]);
    check("brand = \"x\"", &["2 config: `brand` must be a table"]);
}

#[test]
fn a_colour_that_cannot_be_read_is_answered_with_one_that_can() {
    check(
        "[brand]\ncolour = \"#f00\"",
        &[
            "3 contrast: `colour` has a contrast of 3.3:1 with what it stands on in light mode, and words need 4.5:1 (write the nearest darker shade: colour = \"#d60000\")",
        ],
    );
    check("[brand]\ncolour = \"#777\"", &["3 contrast: `colour` has a contrast of 3.7:1"]);
    check("[brand]\ncolour = \"#000\"\ncolour_dark = \"#333\"", &["4 contrast: `colour_dark` has a contrast of"]);
    check("[brand]\ncolour = \"#f00\"\n[rules]\ncontrast = \"off\"", &[]);
}

#[test]
fn places_to_meet_are_safe_addresses_in_one_order() {
    let (config, found) =
        read("title = \"Papers\"\n[community]\npoll = \"https://p.example\"\nforum = \"https://f.example/a?b#c\"\n");
    assert_eq!(found, Vec::<String>::new());
    let links: Vec<_> = config.community.links().collect();
    assert_eq!(links, [("forum", "https://f.example/a?b#c"), ("poll", "https://p.example")]);
    for wrong in ["\"http://a.example\"", "\"https://\"", "\"https:///a\"", "\"f.example\"", "5", "\"https://a b\""] {
        check(
            &format!("[community]\nforum = {wrong}"),
            &["3 config: `forum` must be an address that begins with https://"],
        );
    }
    check(
        "[community]\nfourm = \"https://a.example\"",
        &["3 unknown-key: unknown key `fourm` (did you mean `forum`?)"],
    );
}

#[test]
fn some_rules_hold_only_where_they_are_set() {
    assert!(OFF_UNLESS_SET.iter().all(|name| diag::rule(name).is_some()));
    let weighed = |config: &Config| {
        let finding = Diagnostic::file(&diag::GROUP_COVERAGE, &SitePath::new("a.md"), "x");
        config.weigh(vec![finding]).first().map(|finding| finding.severity)
    };
    assert_eq!(weighed(&Config::default()), None);
    assert_eq!(weighed(&read("title = \"P\"\n[rules]\ngroup-coverage = \"error\"\n").0), Some(Severity::Error));
    assert_eq!(weighed(&read("title = \"P\"\n[rules]\ngroup-coverage = \"off\"\n").0), None);
}

#[test]
fn a_search_is_there_unless_it_is_not_wanted() {
    let check = |line: &str, expected: bool| {
        assert_eq!(read(&format!("title = \"P\"\n{line}")).0.search, expected && CAN_SEARCH, "{line}");
    };
    check("", true);
    check("search = true", true);
    check("search = false", false);
    let (_, found) = read("title = \"P\"\nsearch = \"no\"\n");
    assert_eq!(found, ["2 config: `search` must be true or false (write: search = false)"]);
}
