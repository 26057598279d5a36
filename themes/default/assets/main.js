// Small comforts; every page works without them.
(function () {
  "use strict";
  var wide = window.matchMedia("(min-width: 68rem)");
  var still = window.matchMedia("(prefers-reduced-motion: reduce)");
  var text = document.getElementById("at-text");

  // Lists at the side are open where the page is wide (main.css shows them so; this tells screen readers).
  function openAside() {
    document.querySelectorAll("details.wide-open").forEach(function (details) {
      var menu = details.classList.contains("menu");
      details.open = menu ? window.matchMedia("(min-width: 40rem)").matches : wide.matches;
    });
  }
  openAside();
  wide.addEventListener("change", openAside);

  // The numbered block or heading at the top of the window; none while the text is still below it.
  function blockInView() {
    if (!text || text.getBoundingClientRect().top > 80) return "";
    var found = "";
    text.querySelectorAll("h2[id], h3[id], h4[id], .numbered[id]").forEach(function (block) {
      if (block.getBoundingClientRect().top <= 120) found = block.id;
    });
    return found ? "#" + found : "";
  }

  // The switcher leads to the same place in the other draft.
  document.querySelectorAll("a[data-keep-place]").forEach(function (link) {
    var address = link.getAttribute("href").split("#")[0];
    function keep() {
      link.setAttribute("href", address + blockInView());
    }
    ["pointerdown", "focus", "mouseenter"].forEach(function (name) {
      link.addEventListener(name, keep);
    });
  });

  // On a comparison: buttons to the change before and after.
  var changes = document.querySelectorAll(".marked .change[id], .marked li[id^=c][data-diff], .marked tr[id^=c]");
  if (changes.length < 2) return;
  var bar = document.createElement("div");
  bar.className = "steps";
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", "Changes");
  bar.setAttribute("data-diff-chrome", "");

  function go(step) {
    var line = 90;
    var tops = Array.prototype.map.call(changes, function (change) {
      return change.getBoundingClientRect().top - line;
    });
    var next = step > 0 ? tops.findIndex(function (top) { return top > 2; }) : -1;
    if (step < 0) tops.forEach(function (top, at) { if (top < -2) next = at; });
    if (next < 0) next = step > 0 ? 0 : changes.length - 1;
    var change = changes[next];
    window.scrollTo({ top: window.scrollY + tops[next], behavior: still.matches ? "auto" : "smooth" });
    change.setAttribute("tabindex", "-1");
    change.focus({ preventScroll: true });
  }

  [["↑", "Previous change", -1], ["↓", "Next change", 1]].forEach(function (kind) {
    var button = document.createElement("button");
    button.type = "button";
    button.textContent = kind[0];
    button.setAttribute("aria-label", kind[1]);
    button.title = kind[1];
    button.addEventListener("click", function () { go(kind[2]); });
    bar.appendChild(button);
  });
  document.body.appendChild(bar);
})();
