//! The sample site: everything that happens to papers happens between its drafts, and the comparisons
//! find it. `tests/sample/changes.md` names each change with its place.

use greenpaper::diff::{Change, Comparison, Images, Inside, Judge, Mark, Name, Part, Piece, list};
use greenpaper::disk::Reader;
use greenpaper::markdown::{BlockKind, Body, Dialect, Ix};
use greenpaper::paper::{Archive, Draft, DraftName, Lens, Site, Text};
use greenpaper::path::Address;
use greenpaper::site::{Memo, Options, Reading, World};
use jiff::Timestamp;
use std::path::Path;
use std::sync::Arc;

/// A row of the table.
struct Planted {
    what: String,
    document: String,
    from: String,
    to: String,
    chapter: String,
    old: String,
    new: String,
}

fn planted() -> Vec<Planted> {
    let table = include_str!("sample/changes.md");
    let rows = table.lines().filter(|line| line.starts_with('|')).skip(2);
    let rows = rows.map(|row| {
        let cells: Vec<_> = row.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect();
        let [what, document, from, to, chapter, old, new] = cells.try_into().expect("seven cells");
        Planted { what, document, from, to, chapter, old, new }
    });
    rows.collect()
}

fn sample() -> Site {
    let tree = Reader::new(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap().read().unwrap();
    let (config, _) = greenpaper::config::Config::read(&greenpaper::diag::Source::new(
        greenpaper::path::SitePath::new("site.toml"),
        include_str!("../site.toml"),
    ));
    Archive::read(&tree, &config).0.visible(&Lens::public(Timestamp::MAX))
}

/// Two drafts compared.
struct Compared {
    old: Arc<Body>,
    new: Arc<Body>,
    comparison: Comparison,
    /// The part of the chapter that a row speaks of.
    part: Part,
}

impl Compared {
    fn of(old: &Draft, new: &Draft, chapter: &str) -> Self {
        let nothing = Images::new();
        let judge = Judge::default();
        let reading = Reading { dialect: Dialect::Paper, judge: &judge };
        let compared = Memo::default().compared((old, &nothing), (new, &nothing), reading);
        let part = compared.part(chapter).unwrap_or_else(|| panic!("no chapter {chapter}"));
        Compared {
            old: Arc::clone(&compared.old.body),
            new: Arc::clone(&compared.new.body),
            comparison: compared.comparison.clone(),
            part: compared.comparison.parts[part].clone(),
        }
    }

    /// Every change, at every level, in front of those inside it.
    fn all(&self) -> Vec<&Change> {
        fn visit<'a>(changes: &'a [Change], all: &mut Vec<&'a Change>) {
            for change in changes {
                all.push(change);
                if let Change::Edited { inside: Inside::Blocks(inner), .. } = change {
                    visit(inner, all);
                }
            }
        }
        let mut all = Vec::new();
        visit(&self.comparison.blocks[self.part.changes.clone()], &mut all);
        visit(&self.comparison.notes, &mut all);
        for pair in self.comparison.moves.iter().flat_map(|moved| &moved.pairs) {
            if let Some(Inside::Blocks(inner)) = &pair.inside {
                visit(inner, &mut all);
            }
        }
        all
    }

    fn old_has(&self, ix: Ix, words: &str) -> bool {
        folded(&self.old.words(ix)).contains(&folded(words))
    }

    fn new_has(&self, ix: Ix, words: &str) -> bool {
        folded(&self.new.words(ix)).contains(&folded(words))
    }

    /// Whether a pair has changed words, at its place or elsewhere.
    fn edited(&self, planted: &Planted, kind: fn(&BlockKind) -> bool) -> bool {
        self.pairs().into_iter().any(|(old, new, inside)| {
            let fits =
                kind(&self.new.blocks[new].kind) && self.old_has(old, &planted.old) && self.new_has(new, &planted.new);
            fits && matches!(inside, Some(Inside::Words(pieces)) if changed(pieces))
        })
    }

    /// All paired blocks that were edited or moved.
    fn pairs(&self) -> Vec<(Ix, Ix, Option<&Inside>)> {
        let edited = self.all().into_iter().filter_map(|change| match change {
            Change::Edited { old, new, inside } => Some((*old, *new, Some(inside))),
            _ => None,
        });
        let moved = self.comparison.moves.iter().flat_map(|moved| &moved.pairs);
        edited.chain(moved.map(|pair| (pair.old, pair.new, pair.inside.as_ref()))).collect()
    }

    fn moved(&self, planted: &Planted, edited: bool) -> bool {
        let pairs = self.comparison.moves.iter().flat_map(|moved| &moved.pairs);
        let mut fitting =
            pairs.filter(|pair| self.old_has(pair.old, &planted.old) && self.new_has(pair.new, &planted.new));
        fitting.any(|pair| pair.inside.is_some() == edited)
    }

    fn added(&self, planted: &Planted, kind: fn(&BlockKind) -> bool) -> bool {
        self.all().into_iter().any(|change| match change {
            Change::Added { new } => kind(&self.new.blocks[*new].kind) && self.new_has(*new, &planted.new),
            _ => false,
        })
    }

    fn tables(&self) -> impl Iterator<Item = &greenpaper::diff::Table> {
        self.pairs().into_iter().filter_map(|(_, _, inside)| match inside {
            Some(Inside::Table(table)) => Some(table),
            _ => None,
        })
    }

    fn reformatted(&self, planted: &Planted) -> bool {
        self.pairs().into_iter().any(|(old, new, inside)| match inside {
            Some(Inside::Words(pieces)) => {
                let marked = pieces.iter().any(|piece| piece.mark == Mark::Reformatted);
                marked && self.old_has(old, &planted.old) && self.new_has(new, &planted.new)
            }
            _ => false,
        })
    }

    fn has(&self, planted: &Planted) -> bool {
        match planted.what.as_str() {
            "paragraph edited" => self.edited(planted, |kind| matches!(kind, BlockKind::Paragraph | BlockKind::Plain)),
            "footnote reworded" => self.comparison.notes.iter().any(|note| match note {
                Change::Edited { old, new, .. } => self.old_has(*old, &planted.old) && self.new_has(*new, &planted.new),
                _ => false,
            }),
            "heading renamed" => self.edited(planted, |kind| matches!(kind, BlockKind::Heading { .. })),
            "sections renumbered" => {
                list(&self.comparison, &self.old, &self.new, &Judge::default()).iter().any(|line| {
                    line.name == Name::Renumbered && line.old.contains(&planted.old) && line.new.contains(&planted.new)
                })
            }
            "paragraph moved" | "list item moved" => self.moved(planted, false),
            "paragraph moved to another chapter" => {
                let mut arrived = self.comparison.moves.iter().filter(|moved| {
                    self.comparison.across(moved).is_some() && self.part.new.contains(&moved.pairs[0].new)
                });
                arrived.any(|moved| {
                    self.old_has(moved.pairs[0].old, &planted.old) && self.new_has(moved.pairs[0].new, &planted.new)
                })
            }
            "paragraph moved and edited" => self.moved(planted, true),
            "section moved" => self.comparison.moves.iter().any(|moved| {
                let first = &moved.pairs[0];
                let heading = matches!(self.new.blocks[first.new].kind, BlockKind::Heading { .. });
                heading
                    && moved.pairs.len() > 3
                    && self.old_has(first.old, &planted.old)
                    && self.new_has(first.new, &planted.new)
            }),
            "paragraph split" => self.all().into_iter().any(|change| match change {
                Change::Split { old, parts } => {
                    let mut halves = planted.new.split("//").map(str::trim);
                    self.old_has(*old, &planted.old)
                        && halves.all(|half| parts.iter().any(|part| self.new_has(part.block, half)))
                }
                _ => false,
            }),
            "paragraphs merged" => self.all().into_iter().any(|change| match change {
                Change::Merged { parts, new } => {
                    let mut halves = planted.old.split("//").map(str::trim);
                    self.new_has(*new, &planted.new)
                        && halves.all(|half| parts.iter().any(|part| self.old_has(part.block, half)))
                }
                _ => false,
            }),
            "list item added" => self.added(planted, |kind| matches!(kind, BlockKind::Item)),
            "table row added" => self.tables().any(|table| {
                table
                    .rows
                    .iter()
                    .any(|row| row.old.is_none() && row.new.is_some_and(|new| self.new_has(new, &planted.new)))
            }),
            "table column added" => self.tables().any(|table| {
                let heads = table.columns.iter().zip(&table.rows[0].cells);
                heads
                    .filter(|(column, _)| column.0.is_none())
                    .any(|(_, cell)| cell.new.is_some_and(|new| self.new_has(new, &planted.new)))
            }),
            "table cell edited" => self.tables().any(|table| {
                let cells = table.rows.iter().flat_map(|row| &row.cells).filter(|cell| changed(&cell.pieces));
                cells
                    .filter_map(|cell| cell.old.zip(cell.new))
                    .any(|(old, new)| self.old_has(old, &planted.old) && self.new_has(new, &planted.new))
            }),
            "link target changed" | "formatting changed" => self.reformatted(planted),
            "figure replaced" => self.pairs().into_iter().any(|(old, new, inside)| {
                inside == Some(&Inside::Whole) && self.old_has(old, &planted.old) && self.new_has(new, &planted.new)
            }),
            other => panic!("changes.md speaks of `{other}`, which no test knows"),
        }
    }
}

fn changed(pieces: &[Piece]) -> bool {
    pieces.iter().any(|piece| matches!(piece.mark, Mark::Removed | Mark::Added))
}

/// Words without a difference of white space or case.
fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

fn holds(site: &Site, planted: &Planted) -> bool {
    let (section, name) = planted.document.split_once('/').unwrap();
    let document = site.document(section, name).unwrap();
    let chapter = |draft: &str| document.drafts[&DraftName::parse(draft).unwrap()].chapter(&planted.chapter);
    match planted.what.as_str() {
        "chapter added" => {
            let title = chapter(&planted.to).map(|chapter| chapter.title.clone()).unwrap_or_default();
            let page = comparison_page(planted);
            chapter(&planted.from).is_none() && page.contains(&format!("{title}</a>")) && page.contains("New chapter")
        }
        "chapter renamed" => {
            let page = comparison_page(planted);
            page.contains(&format!("{}</a>", planted.new)) && page.contains(&format!("was “{}”", planted.old))
        }
        _ => {
            let draft = |name: &str| &document.drafts[&DraftName::parse(name).unwrap()];
            Compared::of(draft(&planted.from), draft(&planted.to), &planted.chapter).has(planted)
        }
    }
}

/// The page that compares two drafts.
fn comparison_page(planted: &Planted) -> String {
    let tree = Reader::new(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap().read().unwrap();
    let at = "2022-01-01T00:00:00Z".parse().unwrap();
    let options = Options::public(at);
    let world = World::read(&tree, &options, &Arc::new(Memo::default())).world.unwrap();
    let address = Address::new(format!("/{}/changes/{}/{}/", planted.document, planted.from, planted.to));
    String::from_utf8(world.render(&address).unwrap().unwrap()).unwrap()
}

#[test]
fn every_change_that_was_planted_is_found() {
    let site = sample();
    let missed: Vec<_> = planted()
        .iter()
        .filter(|planted| !holds(&site, planted))
        .map(|row| {
            format!(
                "{}: {} {} → {} {}: “{}” → “{}”",
                row.what, row.document, row.from, row.to, row.chapter, row.old, row.new
            )
        })
        .collect();
    assert!(missed.is_empty(), "{} not found:\n{}", missed.len(), missed.join("\n"));
}

#[test]
fn everything_that_happens_to_papers_is_planted() {
    let planted = planted();
    for what in [
        "paragraph edited",
        "paragraph moved",
        "paragraph moved and edited",
        "paragraph moved to another chapter",
        "paragraph split",
        "paragraphs merged",
        "list item added",
        "table row added",
        "table column added",
        "heading renamed",
        "sections renumbered",
        "section moved",
        "chapter added",
        "chapter renamed",
        "link target changed",
        "figure replaced",
        "footnote reworded",
    ] {
        assert!(planted.iter().any(|row| row.what == what), "{what}");
    }
}

#[test]
fn the_sample_is_as_long_as_real_papers() {
    let site = sample();
    let words = |text: &Text| text.body().split_whitespace().count();
    let document = |section: &str, name: &str| site.document(section, name).unwrap();
    let representation = document("proposals", "representation");
    assert_eq!(representation.drafts.len(), 4);
    assert!(representation.drafts.values().all(|draft| words(&draft.text) >= 2_500));
    let strategy = document("strategy", "primary-care");
    assert!(strategy.drafts.len() == 2 && strategy.drafts.values().all(|draft| draft.chapters.len() >= 5));
    let chapters = strategy.drafts.values().flat_map(|draft| &draft.chapters);
    assert!(chapters.into_iter().all(|chapter| words(&chapter.text) >= 1_200));
    let letters: Vec<_> = site.section("letters").collect();
    assert!(
        letters.len() == 2
            && letters.iter().all(|letter| letter.drafts.values().all(|draft| words(&draft.text) >= 800))
    );
    assert!(letters.iter().any(|letter| letter.letter.as_ref().is_some_and(|letter| letter.replies_to.is_some())));
}
