//! How long comparisons take, in process: `cargo bench --bench compare [-- WORDS OF A ROW]`.
//!
//! Each row is the median of several runs of parsing aside, comparing, and rendering with marks. Nothing
//! is asserted: a time depends on the machine. What must not depend on it is the growth from one size to
//! the next, so rows stand beside one another.

use greenpaper::diff::{compare, html};
use greenpaper::markdown::{Body, Decor, Dialect, Side, parse};
use std::hint::black_box;
use std::time::Instant;

struct Plain;
impl Decor for Plain {}

/// Numbers that look random and are the same in every run (xorshift, Marsaglia 2003).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides as u64) as usize
    }

    /// A word; common ones come more often, as in any text.
    fn word(&mut self, words: usize) -> String {
        let rank = self.roll(words).min(self.roll(words)).min(self.roll(words));
        format!("w{}", ["a", "e", "i", "o", "u"][rank % 5].repeat(rank % 3 + 1) + &rank.to_string())
    }

    fn sentence(&mut self) -> String {
        let length = 8 + self.roll(16);
        let words: Vec<_> = (0..length).map(|_| self.word(4_000)).collect();
        format!("{}.", words.join(" "))
    }

    fn paragraph(&mut self) -> String {
        (0..2 + self.roll(4)).map(|_| self.sentence()).collect::<Vec<_>>().join(" ")
    }

    /// Blocks of about so many words.
    fn paper(&mut self, words: usize) -> Vec<String> {
        let mut blocks = Vec::new();
        let mut count = 0;
        while count < words {
            let block = match self.roll(12) {
                0 => format!("## {}", self.sentence()),
                1 => (0..4).map(|_| format!("- {}\n", self.sentence())).collect(),
                2 if blocks.len() % 9 == 0 => {
                    "| a | b |\n|---|---|\n".to_owned()
                        + &(0..6).map(|_| format!("| {} | {} |\n", self.word(900), self.roll(900))).collect::<String>()
                }
                _ => self.paragraph(),
            };
            count += block.split_whitespace().count();
            blocks.push(block);
        }
        blocks
    }

    /// The next draft: one block in five edited, one in thirty removed, added or moved.
    fn edit(&mut self, blocks: &[String]) -> Vec<String> {
        let mut edited = Vec::new();
        for block in blocks {
            match self.roll(60) {
                0 => {}
                1 => edited.extend([block.clone(), self.paragraph()]),
                2 => edited.insert(edited.len() / 2, block.clone()),
                3..=14 => {
                    let mut words: Vec<String> = block.split(' ').map(str::to_owned).collect();
                    for _ in 0..1 + words.len() / 20 {
                        let at = self.roll(words.len());
                        words[at] = self.word(4_000);
                    }
                    edited.push(words.join(" "));
                }
                _ => edited.push(block.clone()),
            }
        }
        edited
    }
}

/// The median of milliseconds over so many runs.
fn median(runs: usize, mut run: impl FnMut()) -> f64 {
    let mut times: Vec<f64> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[runs / 2]
}

/// A row of the table, if its name holds the words that were asked for.
fn row(name: &str, runs: usize, old: &str, new: &str) {
    let asked = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect::<Vec<_>>().join(" ");
    if !name.contains(&asked) {
        return;
    }
    let (old, new) = (parse(old, Dialect::Paper), parse(new, Dialect::Paper));
    let side = |body: &'_ Body| -> usize { body.word_count() };
    let (a, b) = (side(&old), side(&new));
    let compared = median(runs, || drop(black_box(compare(&old, &new))));
    let comparison = compare(&old, &new);
    let (left, right) = (Side { body: &old, decor: &Plain }, Side { body: &new, decor: &Plain });
    let rendered = median(runs, || drop(black_box(html(&comparison, left, right))));
    println!("{name:38} {a:>8} {b:>8} {compared:>10.2} {rendered:>10.2} {:>10.2}", compared + rendered);
}

fn main() {
    // `cargo test --benches` runs this too; a time says nothing there.
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    println!("{:38} {:>8} {:>8} {:>10} {:>10} {:>10}", "ms, median", "words", "words", "compare", "render", "both");
    for (words, runs) in [(800, 3_001), (7_000, 51), (70_000, 11), (700_000, 3)] {
        let mut dice = Dice(2_021);
        let old = dice.paper(words);
        let new = dice.edit(&old);
        row(&format!("a paper and its next draft, {words}"), runs, &old.join("\n\n"), &new.join("\n\n"));
    }
    println!();
    for (name, old, new) in worst() {
        row(&name, 1, &old, &new);
    }
}

/// Texts of one megabyte that are hard to compare.
fn worst() -> Vec<(String, String, String)> {
    const SIZE: usize = 1_000_000;
    let mut dice = Dice(7);
    let fill = |make: &mut dyn FnMut(usize) -> String| {
        let mut text = String::with_capacity(SIZE + 1_000);
        let mut at = 0;
        while text.len() < SIZE {
            text.push_str(&make(at));
            at += 1;
        }
        text
    };
    let mut cases: Vec<(&str, String, String)> = Vec::new();
    let (a, b) = (Dice(1).paper(SIZE / 6).join("\n\n"), Dice(2).paper(SIZE / 6).join("\n\n"));
    cases.push(("random against random", a, b));
    let mut few = |words: usize, length: usize, end: &str| {
        fill(&mut |_| (0..length).map(|_| format!("w{} ", dice.roll(words))).collect::<String>() + end)
    };
    cases.push(("few words, paragraphs", few(20, 30, "\n\n"), few(20, 30, "\n\n")));
    cases.push(("few words, one paragraph", few(20, 30, ""), few(20, 30, "")));
    cases.push(("two words, one paragraph", few(2, 30, ""), few(2, 30, "")));
    cases.push(("two words, short paragraphs", few(2, 4, "\n\n"), few(2, 4, "\n\n")));
    cases.push(("many words, one paragraph", few(50_000, 30, ""), few(50_000, 30, "")));
    cases.push(("three letters, paragraphs", few(3, 1, "\n\n"), few(3, 1, "\n\n")));
    cases.push(("one list", few(400, 5, "\n- "), few(400, 5, "\n- ")));
    cases.push(("one table", table(few(400, 5, "|\n|")), table(few(400, 5, "|\n|"))));
    cases.push(("one block of code", format!("```\n{}", few(90, 4, "\n")), format!("```\n{}", few(90, 4, "\n"))));
    cases.push((
        "equal paragraphs, one more",
        "a b c d e f g\n\n".repeat(SIZE / 15),
        "a b c d e f g\n\n".repeat(SIZE / 15 + 1),
    ));
    cases.push(("reversed paragraphs", fill(&mut |at| format!("this is paragraph {at} of many\n\n")), {
        let text = fill(&mut |at| format!("this is paragraph {at} of many\n\n"));
        text.rsplit("\n\n").collect::<Vec<_>>().join("\n\n")
    }));
    cases.push((
        "headings alone",
        fill(&mut |at| format!("## h{} x\n\n", at % 7)),
        fill(&mut |at| format!("## h{} y\n\n", at % 5)),
    ));
    cases.push(("nested lists", nested(SIZE, 40), nested(SIZE, 38)));
    cases.push(("a letter without spaces", "x".repeat(SIZE), "x".repeat(SIZE - 1) + "y"));
    cases.push(("writing without spaces", "漢字仮名".repeat(SIZE / 12), "漢仮字名".repeat(SIZE / 12)));
    cases.push(("marks alone", "*a*_b_`c`".repeat(SIZE / 9), "*a*`b`_c_".repeat(SIZE / 9)));
    cases.push(("notes", notes(SIZE, 0), notes(SIZE, 1)));
    cases.push(("a table of twenty thousand columns", wide(20_000, 2), wide(19_990, 2)));
    cases.push(("a wide table", wide(2_000, 80), wide(1_990, 80)));
    cases.into_iter().map(|(name, old, new)| (name.to_owned(), old, new)).collect()
}

fn table(rows: String) -> String {
    format!("| a |\n|---|\n|{rows}")
}

fn nested(size: usize, depth: usize) -> String {
    let mut text = String::new();
    while text.len() < size {
        for level in 0..depth {
            text.push_str(&format!("{}- item {level} {}\n", "  ".repeat(level), text.len() % 97));
        }
    }
    text
}

fn notes(size: usize, shift: usize) -> String {
    let mut text = String::new();
    let mut at = 0;
    while text.len() < size {
        text.push_str(&format!("word {} [^n{at}] more\n\n[^n{at}]: the note {}\n\n", at % 31, at + shift));
        at += 1;
    }
    text
}

fn wide(columns: usize, rows: usize) -> String {
    let row =
        |cell: &dyn Fn(usize) -> String| (0..columns).map(|at| format!("| {} ", cell(at))).collect::<String>() + "|\n";
    let body: String = (0..rows).map(|line| row(&|at| format!("{}", (at * line) % 89))).collect();
    row(&|at| format!("c{at}")) + &row(&|_| "---".to_owned()) + &body
}
