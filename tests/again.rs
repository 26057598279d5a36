//! A site that is read again, after any changes, is the site that is read anew: the same findings, the same pages.
//!
//! A small site whose files have several forms, right and wrong, that bear on one another: links, figures, letters that
//! answer, audiences, the glossary, groups, duplicate names. Files take on these forms, go and come back, one or
//! several at a time, in an order that is the same in every run.

use greenpaper::path::SitePath;
use greenpaper::report::{Format, draw, sorted};
use greenpaper::site::{Memo, Options, World};
use greenpaper::tree::{File, Tree};
use std::sync::Arc;

const SITE: &str = "title = \"T\"\nbase_url = \"https://example.org\"\naudiences = [\"board\"]\n[[groups]]\nname = \"dental\"\ntitle = \"D\"\n";

/// Files with the forms that they take; an empty one is a file that is not there.
const FILES: &[(&str, &[&str])] = &[
    (
        "site.toml",
        &[SITE, "title = \"Other\"\naudiences = [\"board\"]\nraw_html = \"drop\"\ncompare = 1\n", "title = \n"],
    ),
    ("content/index.md", &["---\ntitle: Home\n---\n\nSee [hubs](proposals/hubs/draft-1.md#p1-1).\n", ""]),
    (
        "content/glossary.yaml",
        &["", "- term: hub\n  short: HB\n  meaning: M.\n  link: proposals/hubs/index.md\n", "- term: [\n"],
    ),
    ("content/figures/logo.svg", &["", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"]),
    (
        "content/proposals/hubs/index.md",
        &[
            "---\ntitle: Hubs\nsummary: S\nrounds:\n  - {round: 1, closes: 2021-09-05, response: ../../letters/a.md}\n---\n",
            "---\ntitle: Hubs\nsummary: S\nvisible_to: board\n---\n",
            "---\ntitle: Hubs\nsummary: S\nvisible_to: bord\n---\n",
            "",
        ],
    ),
    (
        "content/proposals/hubs/draft-1.md",
        &[
            "---\npublished: 2021-08-05\n---\n\n## One\n\nA hub and the ABC. <!-- for: dental -->\n\n![map](figures/map.svg)\n",
            "---\npublished: 2021-08-05\n---\n\n## Two {#two}\n\nA hub.\n\n<!-- why: editorial -->\n",
            "---\npublished: soon\n---\n\nWords.\n",
            "",
        ],
    ),
    (
        "content/proposals/hubs/draft-2.md",
        &[
            "",
            "---\nnote: To be written\n---\n\n## One\n\nA hub must pay 7. [First](draft-1.md#two), [here](#p1-1).\n\n<!-- why: editorial -->\n",
            "---\npublished: 2021-09-01\nnote: N\n---\n\n## One\n\nA hub. ![map](figures/map.svg)\n",
            "---\npublished: 2021-09-01\nnote: N\nremoved:\n  - {was: \"#p1-2\", why: W, because: F1}\n---\n\n## One\n\nA hub must pay 8.\n\n<!-- why (F1): It was asked for. -->\n",
        ],
    ),
    (
        "content/proposals/hubs/feedback.yaml",
        &[
            "",
            "- id: F1\n  date: 2021-08-06\n  group: dental\n  about: draft-1.md#p1-1\n  said: S\n  outcome: adopted\n  source: ../../letters/a.md\n",
            "- id: F1\n  date: 2021-08-06\n  about: draft-2.md\n  said: S\n",
            "- id: [\n",
        ],
    ),
    ("content/proposals/hubs/published.lock", &["", include_str!("again/published.lock"), "1 published draft-1\n"]),
    ("content/proposals/hubs/figures/map.svg", &["<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "", "<svg/>"]),
    (
        "content/letters/a.md",
        &[
            "---\ntitle: A\nfrom: F\nto: T\ndate: 2021-08-05\npublished: 2021-08-05\n---\n\nSee [map](../proposals/hubs/figures/map.svg), [hubs](../proposals/hubs/index.md).\n",
            "---\ntitle: A\nfrom: F\nto: T\ndate: 2021-08-05\npublished: 2021-08-06\nvisible_to: board\n---\n\nThe ABC.\n",
            "",
        ],
    ),
    (
        "content/letters/a/index.md",
        &["", "---\ntitle: AA\nfrom: F\nto: T\ndate: 2021-08-05\npublished: 2021-08-05\n---\n\nTwice.\n"],
    ),
    (
        "content/letters/b.md",
        &[
            "---\ntitle: B\nfrom: F\nto: T\ndate: 2021-08-07\npublished: 2021-08-07\nreplies_to: a.md\n---\n\nOn [two](../proposals/hubs/draft-1.md#two).\n",
            "---\ntitle: B\nfrom: F\nto: T\ndate: 2021-08-07\npublished: 2021-08-07\noriginal: b.pdf\n---\n\n> A hub and the ABC.\n>\n> — [One](../proposals/hubs/draft-1.md#p1-1)\n",
            "",
        ],
    ),
    ("content/letters/b.pdf", &["", "%PDF", "%PDF 2"]),
    ("content/strategy/care/index.md", &["---\ntitle: Care\nsummary: S\n---\n", ""]),
    ("content/strategy/care/draft-1/index.md", &["---\npublished: 2021-08-05\n---\n\nAbove.\n"]),
    (
        "content/strategy/care/draft-1/01-one.md",
        &[
            "---\ntitle: One\nvisible_to: board\n---\n\nOne.\n",
            "---\ntitle: One\n---\n\nOne [two](02-two.md#p2-1).\n",
            "",
        ],
    ),
    (
        "content/strategy/care/draft-1/02-two.md",
        &["---\ntitle: Two\n---\n\nTwo [one](01-one.md), <b>raw</b>.\n", "---\ntitle: Two\n"],
    ),
    ("themes/default/words/en.ftl", &["", "skip = Over\n"]),
];

/// Numbers that are the same in every run (xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % most as u64) as usize
    }
}

/// A file takes on one of its forms.
fn change(tree: &mut Tree, dice: &mut Dice) {
    let (path, forms) = FILES[dice.below(FILES.len())];
    // The first form comes more often than the others, so that the site is not broken all the time.
    let form = forms[dice.below(forms.len() + 1).saturating_sub(1)];
    match form {
        "" => tree.remove(&SitePath::new(path)),
        text => tree.insert(SitePath::new(path), File::new(text)),
    }
}

#[track_caller]
fn check(options: &Options, seed: u64) {
    let mut dice = Dice(seed);
    let mut tree = Tree::default();
    FILES.iter().filter(|(_, forms)| !forms[0].is_empty()).for_each(|(path, forms)| {
        tree.insert(SitePath::new(path), File::new(forms[0]));
    });
    let memo = Arc::new(Memo::default());
    let mut before: Option<World> = None;
    for step in 0..120 {
        for _ in 0..=dice.below(3) {
            change(&mut tree, &mut dice);
        }
        let again = World::read_again(before.as_ref(), &tree, options, &memo);
        let anew = World::read(&tree, options, &Arc::new(Memo::default()));
        let found = |found| draw(&sorted(found), Format::Text, "", false);
        assert_eq!(found(again.found), found(anew.found), "seed {seed}, step {step}");
        assert_eq!(again.world.is_some(), anew.world.is_some(), "seed {seed}, step {step}");
        if let (Some(again), Some(anew)) = (&again.world, &anew.world) {
            let pages = |world: &World| {
                world.addresses().map(|page| (page.clone(), world.render(page).unwrap().ok())).collect::<Vec<_>>()
            };
            let (again, anew) = (pages(again), pages(anew));
            let differs =
                again.iter().zip(&anew).find(|(again, anew)| again != anew).map(|(again, _)| again.0.as_str());
            assert!(differs.is_none() && again.len() == anew.len(), "seed {seed}, step {step}: {differs:?}");
        }
        before = again.world.or(before);
    }
}

fn options() -> Options {
    Options::public("2021-10-01T12:00:00Z".parse().unwrap())
}

#[test]
fn as_everybody_sees_it() {
    check(&options(), 1);
}

#[test]
fn with_drafts_that_are_not_out() {
    check(&Options { unpublished: true, ..options() }, 2);
}

#[test]
fn as_an_audience_sees_it() {
    check(&Options { audience: Some("board".into()), ..options() }, 3);
}
