//! What is a move and what only looks like one: pairs of short texts, with the blocks that moved.

use greenpaper::diff::{Comparison, Ends, compare, html};
use greenpaper::markdown::{Decor, Dialect, Side, parse};

struct Paper;
impl Decor for Paper {}

/// The first words of each move's blocks in the newer text, runs parted by ` / `.
fn moved(old: &str, new: &str) -> Vec<String> {
    let (old, new) = (parse(old, Dialect::Paper), parse(new, Dialect::Paper));
    let Comparison { moves, .. } = compare(&old, &new);
    let first = |ix: usize| {
        let words = new.words(ix);
        words.split_whitespace().take(2).collect::<Vec<_>>().join(" ")
    };
    let apart = moves.iter().filter(|moved| moved.ends != Ends::Together);
    let mut runs: Vec<_> = apart
        .map(|moved| (moved.pairs[0].new, moved.pairs.iter().map(|pair| first(pair.new)).collect::<Vec<_>>()))
        .collect();
    runs.sort();
    runs.into_iter().map(|(_, run)| run.join(" / ")).collect()
}

/// Nothing moved, whichever text is the older.
fn stays(old: &str, new: &str) {
    assert_eq!(moved(old, new), [""; 0], "from\n{old}\nto\n{new}");
    assert_eq!(moved(new, old), [""; 0], "from\n{new}\nto\n{old}");
}

/// These blocks moved; and as many back again.
fn moves(old: &str, new: &str, expected: &[&str]) {
    assert_eq!(moved(old, new), expected, "from\n{old}\nto\n{new}");
    assert_eq!(moved(new, old).len(), expected.len(), "from\n{new}\nto\n{old}");
}

const A: &str = "Every contractor pays the same levy for each pharmacy that it owns, once a month and in advance.";
const B: &str = "The vote is held in December by post, and each pharmacy has one vote whatever its size may be.";
const C: &str = "Nine regional hubs take the place of the sixty-nine local committees by the end of next year.";
const D: &str = "Complaints go to an independent panel, which answers in writing within twenty working days.";
const E: &str = "Accounts are audited by an outside firm and laid before the annual meeting in the spring.";

#[test]
fn a_sentence_that_recurs_does_not_move() {
    let see = "See section 3 for the details of this.";
    stays(
        &format!("## Levy\n\n{A}\n\n{see}\n\n## Vote\n\n{B}\n\n{see}\n\n## Hubs\n\n{C}\n"),
        &format!("## Levy\n\n{A}\n\n## Vote\n\n{B}\n\n{see}\n\n## Hubs\n\n{C}\n\n{see}\n"),
    );
}

#[test]
fn a_formula_that_recurs_does_not_move() {
    let law = "Nothing in this part limits any right that a person has under the Act of 1990 or under any \
             regulation made under it, and no part of it is to be read as if it did so.";
    stays(
        &format!("{A}\n\n{law}\n\n{B}\n\n{law}\n\n{C}\n\n{law}\n\n{D}\n"),
        &format!("{A}\n\n{B}\n\n{law}\n\n{C}\n\n{law}\n\n{D}\n\n{law}\n"),
    );
}

#[test]
fn sections_of_one_pattern_about_different_groups_do_not_move() {
    let part = |who: &str, what: &str, when: &str| {
        format!(
            "## {who}\n\nThe review asked {who} what they think of the plan. Most {who} said that {what}, and that the \
             plan should not begin before {when}.\n\n"
        )
    };
    let contractors = part("contractors", "the levy is too high", "May");
    let patients = part("patients", "opening hours matter most", "autumn");
    let staff = part("staff", "training comes too late", "the summer break");
    stays(&format!("{contractors}{patients}{A}\n"), &format!("{patients}{A}\n\n{staff}"));
}

#[test]
fn a_long_phrase_in_common_is_no_move() {
    stays(
        &format!(
            "The Committee will consult all contractors and their staff before it decides how high the levy is.\n\n{B}\n\n{C}\n"
        ),
        &format!(
            "{B}\n\n{C}\n\nThe Committee will consult all contractors and their staff whenever a regional hub is to be closed or \
             moved to another town against the wish of those who use it.\n"
        ),
    );
}

#[test]
fn rows_of_other_tables_do_not_move() {
    let table = |head: &str, rows: &[(&str, &str)]| {
        let rows: String = rows.iter().map(|(a, b)| format!("| {a} | {b} |\n")).collect();
        format!("| {head} | Value |\n|---|---|\n{rows}\n")
    };
    let costs = [("North", "10 pounds"), ("South", "12 pounds"), ("East", "14 pounds")];
    let votes = [("South", "May"), ("West", "June")];
    stays(
        &format!("{A}\n\n{}\n{B}\n\n{}", table("Cost", &costs), table("Vote", &votes)),
        &format!(
            "{A}\n\n{}\n{B}\n\n{}",
            table("Cost", &costs[1..]),
            table("Vote", &[votes[0], ("North", "July"), votes[1]])
        ),
    );
    let seats = [("North", "three seats"), ("South", "four seats"), ("East", "five seats")];
    stays(&format!("{}{A}\n\n{B}\n", table("Cost", &costs)), &format!("{A}\n\n{B}\n\n{}", table("Seats", &seats)));
}

#[test]
fn items_that_are_alike_do_not_move() {
    let item = |hub: &str, month: &str| format!("- The hub in {hub} reports to the board in {month} of each year.\n");
    let list = |items: &[(&str, &str)]| items.iter().map(|(hub, month)| item(hub, month)).collect::<String>();
    stays(
        &format!(
            "{A}\n\n{}\n{B}\n\n{}",
            list(&[("Bath", "May"), ("Leeds", "June"), ("York", "July")]),
            list(&[("Hull", "March")])
        ),
        &format!(
            "{A}\n\n{}\n{B}\n\n{}",
            list(&[("Leeds", "June"), ("York", "July")]),
            list(&[("Hull", "March"), ("Kent", "April")])
        ),
    );
}

#[test]
fn headings_that_recur_do_not_move() {
    let costs = "### What it would cost each contractor\n\n";
    stays(
        &format!("## Levy\n\n{A}\n\n{costs}Ten pounds.\n\n## Vote\n\n{B}\n\n{costs}Nothing.\n\n## Hubs\n\n{C}\n"),
        &format!("## Levy\n\n{A}\n\n## Vote\n\n{B}\n\n{costs}Nothing.\n\n## Hubs\n\n{C}\n\n{costs}Too much.\n"),
    );
}

#[test]
fn a_quotation_of_what_stays_is_no_move() {
    stays(&format!("{A}\n\n{B}\n\n{C}\n"), &format!("{A}\n\n{B}\n\n{C}\n\n> {A}\n"));
    stays(&format!("{A}\n\n{B}\n\n{C}\n"), &format!("{A}\n\n{B}\n\n{C}\n\nThe first draft said: {A}\n"));
}

#[test]
fn an_address_does_not_move() {
    stays(
        &format!("Write to Anna Hill, 14 Hosier Lane, London EC1A 9LQ, telephone 020 7946 0001.\n\n{A}\n\n{B}\n"),
        &format!("{A}\n\n{B}\n\nWrite to John Moss, 3 Park Place, Leeds LS1 5HD, telephone 0113 496 0002.\n"),
    );
    let block = |name: &str| format!("{name}\\\nReview Steering Group\\\n14 Hosier Lane\\\nLondon EC1A 9LQ\n");
    stays(
        &format!("{}\n{A}\n\n{}\n{B}\n\n{C}\n", block("Anna Hill"), block("Mary Lund")),
        &format!("{A}\n\n{}\n{B}\n\n{C}\n\n{}", block("Mary Lund"), block("John Moss")),
    );
}

#[test]
fn dates_and_signatures_do_not_move() {
    stays(
        &format!("Signed on the 3rd day of May 2021 for the board by Anna Hill\n\n{A}\n\n{B}\n"),
        &format!("{A}\n\n{B}\n\nSigned on the 4th day of June 2022 for the group by John Moss\n"),
    );
    stays(
        &format!("Dated this 3rd day of May 2021.\n\n{A}\n\n{B}\n"),
        &format!("{A}\n\n{B}\n\nDated this 4th day of June 2021.\n"),
    );
}

#[test]
fn a_question_asked_in_each_part_does_not_move() {
    let ask = |n: u8| format!("> Question {n}: Do you agree with what this part proposes? If not, please say why.\n\n");
    stays(
        &format!("{A}\n\n{}{B}\n\n{}{C}\n\n{D}\n", ask(1), ask(2)),
        &format!("{A}\n\n{B}\n\n{}{C}\n\n{D}\n\n{}", ask(1), ask(2)),
    );
}

#[test]
fn definitions_of_one_pattern_do_not_move() {
    let meant = |name: &str, text: &str| format!("**{name}** means, for the purposes of this Code, {text}.\n\n");
    let (a, b) = (meant("Contractor", "a person on a list"), meant("Hub", "an office of a region"));
    let c = meant("Levy", "what is paid each month");
    stays(&format!("{a}{b}{A}\n\n{B}\n"), &format!("{b}{A}\n\n{B}\n\n{c}"));
}

#[test]
fn a_paragraph_moves() {
    moves(&format!("{A}\n\n{B}\n\n{C}\n\n{D}\n"), &format!("{B}\n\n{C}\n\n{D}\n\n{A}\n"), &["Every contractor"]);
}

#[test]
fn a_short_paragraph_of_its_own_words_moves() {
    let short = "Answers are due on 3 May.";
    moves(&format!("{short}\n\n{A}\n\n{B}\n"), &format!("{A}\n\n{B}\n\n{short}\n"), &["Answers are"]);
}

#[test]
fn a_section_with_its_subsections_moves() {
    let section = format!("## Levy\n\n{A}\n\n### Costs\n\nTen pounds.\n\n### Votes\n\n{B}\n\n");
    moves(
        &format!(
            "{section}## Hubs\n\n{C}\n\n{D}\n\n{E}\n\nAnd so on, as long as it takes to outweigh the section that moved.\n"
        ),
        &format!(
            "## Hubs\n\n{C}\n\n{D}\n\n{E}\n\nAnd so on, as long as it takes to outweigh the section that moved.\n\n{section}"
        ),
        &["Levy / Every contractor / Costs / Ten pounds. / Votes / The vote"],
    );
}

#[test]
fn an_item_moves_between_lists() {
    moves(
        &format!("- {A}\n- {B}\n\n{E}\n\n- {C}\n"),
        &format!("- {B}\n\n{E}\n\n- {C}\n- {A}\n"),
        &["Every contractor"],
    );
}

#[test]
fn an_item_moves_in_its_list() {
    moves(&format!("- {A}\n- {B}\n- {C}\n"), &format!("- {B}\n- {C}\n- {A}\n"), &["Every contractor"]);
}

#[test]
fn a_list_moves() {
    let list = "- Bath\n- Bristol\n- Wells and the villages\n\n";
    moves(&format!("{list}{A}\n\n{B}\n"), &format!("{A}\n\n{B}\n\n{list}"), &["Bath Bristol"]);
}

#[test]
fn a_quotation_moves() {
    moves(&format!("> {A}\n\n{B}\n\n{C}\n"), &format!("{B}\n\n{C}\n\n> {A}\n"), &["Every contractor"]);
}

#[test]
fn a_table_moves_and_is_edited() {
    let table = |n: u8| {
        format!("| Hub | Cost | Seats |\n|--|--|--|\n| Bath | 10 | 3 |\n| Leeds | {n} | 4 |\n| York | 14 | 9 |\n\n")
    };
    moves(&format!("{}{A}\n\n{B}\n\n{C}\n", table(12)), &format!("{A}\n\n{B}\n\n{C}\n\n{}", table(13)), &["Hub Cost"]);
}

#[test]
fn a_paragraph_becomes_an_item_elsewhere() {
    moves(&format!("{A}\n\n{B}\n\n{C}\n"), &format!("{B}\n\n{C}\n\n- {A}\n- {D}\n"), &["Every contractor"]);
}

#[test]
fn a_paragraph_goes_into_a_quotation() {
    moves(&format!("{A}\n\n{B}\n\n{C}\n"), &format!("{B}\n\n{C}\n\n> {A}\n"), &["Every contractor"]);
}

#[test]
fn a_third_of_what_moves_may_be_edited() {
    let edited = "Every contractor pays a different levy for all premises that it owns, once a year and in arrears.";
    moves(&format!("{A}\n\n{B}\n\n{C}\n"), &format!("{B}\n\n{C}\n\n{edited}\n"), &["Every contractor"]);
}

#[test]
fn two_sections_are_swapped() {
    let (levy, vote) = (format!("## Levy\n\n{A}\n\n{D}\n\n"), format!("## Vote\n\n{B}\n\n"));
    moves(&format!("{levy}{vote}{C}\n"), &format!("{vote}{levy}{C}\n"), &["Vote / The vote"]);
}

#[test]
fn what_also_stands_in_the_summary_still_moves() {
    moves(
        &format!("{A}\n\n{B}\n\n{A}\n\n{C}\n\n{D}\n\n{E}\n"),
        &format!("{A}\n\n{B}\n\n{C}\n\n{D}\n\n{A}\n\n{E}\n"),
        &["Every contractor"],
    );
}

#[test]
fn a_figure_does_not_move_for_a_like_name() {
    stays(
        &format!(
            "![A map of the hubs in the north](north.png)\n\n{A}\n\n![A map of the hubs in the east](east.png)\n\n{B}\n"
        ),
        &format!(
            "{A}\n\n![A map of the hubs in the east](east.png)\n\n{B}\n\n![A map of the hubs in the south](south.png)\n"
        ),
    );
}

#[test]
fn a_sentence_that_became_several_items_went_to_one_of_them() {
    let find = "that the code appears in the first set of results on more than one major search engine when";
    moves(
        &format!("{A}\n\nCheck {find} you search for:\n\n- a problem\n- a name\n\n{B}\n"),
        &format!(
            "{A}\n\n- Confirm {find} searching by a plain problem.\n- Confirm {find} searching by its name.\n\n{B}\n"
        ),
        &["Confirm that"],
    );
}

#[test]
fn what_moved_and_was_reformatted_is_of_one_side_at_either_end() {
    let check = |old: &str, new: &str| {
        let (old, new) = (parse(old, Dialect::Paper), parse(new, Dialect::Paper));
        let comparison = compare(&old, &new);
        let page = html(&comparison, Side { body: &old, decor: &Paper }, Side { body: &new, decor: &Paper });
        assert!(page.contains("mark-fmt") && !page.contains("data-diff=\"fmt\""), "{page}");
    };
    let bold = A.replace("same levy", "**same levy**");
    check(&format!("{A}\n\n{B}\n\n{C}\n"), &format!("{B}\n\n{C}\n\n{bold}\n"));
    check(&format!("- {A}\n- {B}\n- {C}\n"), &format!("- {B}\n- {C}\n- {bold}\n"));
    check(&format!("- {A}\n- {D}\n\n{B}\n\n{C}\n"), &format!("{B}\n\n{C}\n\n{bold}\n"));
}
