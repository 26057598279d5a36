//! With decoration and cleaning off, our HTML is that of pulldown-cmark's own writer, to the byte, for
//! every example of the CommonMark specification. Its licence keeps the specification out of this
//! repository: `tests/run` fetches it and names it in `GREENPAPER_COMMONMARK_SPEC`.

use greenpaper::markdown::{Bare, Dialect, Side, Writer, parse};
use pulldown_cmark::{Options, Parser, html};

/// The Markdown of every example.
fn examples(spec: &str) -> Vec<String> {
    let fence = "`".repeat(32);
    let (start, end) = (format!("{fence} example\n"), format!("\n{fence}"));
    let markdown = spec.split(&start).skip(1).filter_map(|part| part.split(&end).next()?.split("\n.\n").next());
    markdown.map(|text| if text == "." { String::new() } else { text.replace('→', "\t") + "\n" }).collect()
}

fn check(text: &str) -> Result<(), String> {
    let mut expected = String::new();
    html::push_html(&mut expected, Parser::new_ext(text, Options::empty()));
    let body = parse(text, Dialect::CommonMark);
    let ours = Writer::body(Side { body: &body, decor: &Bare });
    if ours == expected { Ok(()) } else { Err(format!("{text:?}\n  ours: {ours:?}\n  its:  {expected:?}")) }
}

#[test]
#[ignore = "needs the CommonMark specification, which tests/run fetches"]
fn every_example_of_the_specification() {
    let path = std::env::var("GREENPAPER_COMMONMARK_SPEC").expect("GREENPAPER_COMMONMARK_SPEC names spec.txt");
    let examples = examples(&std::fs::read_to_string(path).unwrap());
    assert!(examples.len() > 600, "only {} examples were found", examples.len());
    let wrong: Vec<_> = examples.iter().filter_map(|text| check(text).err()).collect();
    assert!(wrong.is_empty(), "{} of {} differ:\n{}", wrong.len(), examples.len(), wrong.join("\n"));
}

#[test]
fn the_examples_of_a_specification_are_found() {
    let fence = "`".repeat(32);
    let spec =
        format!("Text\n\n{fence} example\n→a\n.\n<p>a</p>\n{fence}\n\n{fence} example\n*b*\n\nc\n.\n<p>\n{fence}\n");
    assert_eq!(examples(&spec), ["\ta\n", "*b*\n\nc\n"]);
}
