// The groups that a reader picked are kept in this browser alone, for all pages of the site. What is out of
// sight is for the style sheet to say; here it is counted.
(function () {
  "use strict";
  var KEY = "greenpaper-groups";
  var boxes = Array.prototype.slice.call(document.querySelectorAll("input[name=for]"));
  if (!boxes.length) return;
  // A page of which nothing is out of sight counts nothing.
  var told = document.querySelector(".picked output");

  function kept() {
    try {
      var names = JSON.parse(localStorage.getItem(KEY));
      return Array.isArray(names) ? names : [];
    } catch (error) { return []; }
  }

  function keep(box) {
    var names = kept().filter(function (name) { return name !== box.value; });
    if (box.checked) names.push(box.value);
    try { localStorage.setItem(KEY, JSON.stringify(names)); } catch (error) { /* nothing is kept */ }
  }

  // What is counted is counted once, however often it is listed.
  function count(selector, picked) {
    var seen = {};
    var mine = 0;
    var all = 0;
    document.querySelectorAll(selector).forEach(function (element, at) {
      var link = element.querySelector("a");
      var key = element.matches(".change-line") && link ? link.getAttribute("href") : at;
      if (seen[key]) return;
      seen[key] = true;
      all += 1;
      var names = (element.dataset.for || "").split(" ");
      if (!element.dataset.for || picked.some(function (name) { return names.indexOf(name) >= 0; })) mine += 1;
    });
    return { mine: mine, all: all, others: all - mine };
  }

  function tell() {
    var picked = boxes.filter(function (box) { return box.checked; }).map(function (box) { return box.value; });
    if (told) {
      var counts = count(told.dataset.count, picked);
      var words = told.dataset.say.replace(/\{(mine|all|others)\}/g, function (_, name) { return counts[name]; });
      told.textContent = picked.length ? words : "";
    }
    var unnamed = document.querySelector(".unnamed");
    if (unnamed) unnamed.hidden = picked.length > 0 || !kept().length;
  }

  function recall() {
    var names = kept();
    boxes.forEach(function (box) { box.checked = names.indexOf(box.value) >= 0; });
    var details = document.querySelector(".group-picker");
    if (details && boxes.some(function (box) { return box.checked; })) details.open = true;
    tell();
  }

  boxes.forEach(function (box) {
    box.addEventListener("change", function () { keep(box); tell(); });
  });
  // A page that the browser kept whole shows what was picked since.
  window.addEventListener("pageshow", function (event) { if (event.persisted) recall(); });
  recall();
})();
