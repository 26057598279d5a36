//! What a page of the preview has beside the bytes that `build` writes: one script right before `</body>`,
//! with what it needs to know of the page, and, while the content has errors, their list before that.

const BODY: &[u8] = b"</body>";
#[cfg(test)]
const SCRIPT: &str = "<script src=\"/__greenpaper/reload.js";

/// The page with the script for this version of the site and its data, and the list of errors where there
/// is one.
pub(super) fn inject(page: &[u8], version: &str, errors: &str, data: &str) -> Vec<u8> {
    let at = page.windows(BODY.len()).rposition(|window| window.eq_ignore_ascii_case(BODY)).unwrap_or(page.len());
    let (before, after) = page.split_at(at);
    let script = format!("{errors}<script src=\"/__greenpaper/reload.js?{version}\"{data} defer></script>");
    [before, script.as_bytes(), after].concat()
}

/// The page as `build` writes it.
#[cfg(test)]
pub(super) fn without(page: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(page);
    let script = text.rfind(SCRIPT).expect("every page of the preview has the script");
    let start = text.find(super::overlay::START).unwrap_or(script);
    let end = script + text[script..].find("</script>").expect("the script ends") + "</script>".len();
    [&page[..start], &page[end..]].concat()
}

/// The first part of the script: it loads the page again when the site is of another version than the page.
/// Tabs that are not looked at give their connection back, since a browser has six for each host.
pub(super) const RELOAD_JS: &str = r#"(() => {
  const version = new URL(document.currentScript.src).search.slice(1);
  let events;
  const listen = () => {
    if (document.hidden) {
      if (events) events.close();
      events = undefined;
    } else if (!events) {
      events = new EventSource('/__greenpaper/events');
      events.onmessage = event => { if (event.data !== version) location.reload(); };
    }
  };
  document.addEventListener('visibilitychange', listen);
  window.addEventListener('pagehide', () => { if (events) events.close(); events = undefined; });
  window.addEventListener('pageshow', listen);
  listen();
})();
"#;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preview::overlay;

    #[track_caller]
    fn check(page: &str, expected: &str) {
        let injected = inject(page.as_bytes(), "7", "", "");
        assert_eq!(String::from_utf8_lossy(&injected), expected);
        assert_eq!(without(&injected), page.as_bytes());
        let listed = inject(page.as_bytes(), "7", &overlay::list(&[], true), " data-base=\"Draft 1\"");
        assert_eq!(without(&listed), page.as_bytes());
    }

    #[test]
    fn the_script_stands_right_before_the_end_of_the_body_and_can_be_taken_out() {
        let script = "<script src=\"/__greenpaper/reload.js?7\" defer></script>";
        check("<body>x</body></html>\n", &format!("<body>x{script}</body></html>\n"));
        check("<body><!-- </body> --></BODY>", &format!("<body><!-- </body> -->{script}</BODY>"));
        check("no body", &format!("no body{script}"));
        check("", script);
    }

    #[test]
    fn bytes_that_are_not_text_stay() {
        let injected = inject(b"\xff</body>", "7", "", "");
        assert!(injected.starts_with(b"\xff<script") && injected.ends_with(b"</body>"));
    }
}
