// The search: asks the index for words and shows what it answers. Nothing of the index is loaded before a
// question is asked, and no question leaves the browser. All that is said stands in the page.
(function () {
  "use strict";
  var form = document.getElementById("at-search");
  if (!form) return;
  var status = document.getElementById("at-status");
  var list = document.getElementById("at-results");
  var more = document.getElementById("at-more");
  var fields = ["q", "kind", "state", "drafts"].map(function (name) { return form.elements[name]; }).filter(Boolean);
  var AT_ONCE = 10;
  var PLACES = 3;
  var index = null;
  var asked = 0;
  var hits = [];
  form.hidden = false;

  // The index, once it is loaded; after a failure it is tried again.
  function load() {
    index = index || import(new URL(form.dataset.bundle, document.baseURI).href).then(function (pagefind) {
      return pagefind.options({ excerptLength: 24, excerptEllipsis: "…" }).then(function () { return pagefind; });
    });
    index.catch(function () { index = null; });
    return index;
  }

  function say(words, count, question) {
    status.textContent = (words || "").replace("{count}", count).replace("{words}", function () { return question; });
  }

  function clear() {
    hits = [];
    list.replaceChildren();
    more.hidden = true;
  }

  function value(name) {
    return form.elements[name] ? form.elements[name].value.trim() : "";
  }

  // All pages that hold the words: newest drafts first, each group by how well it fits.
  function find(pagefind, question) {
    var groups = value("drafts") ? [value("drafts")] : ["newest", "earlier"];
    return Promise.all(groups.map(function (drafts) {
      var filters = { drafts: drafts };
      ["kind", "state"].forEach(function (name) { if (value(name)) filters[name] = value(name); });
      return pagefind.search(question, { filters: filters });
    })).then(function (answers) {
      return answers.reduce(function (all, answer) { return all.concat(answer.results); }, []);
    });
  }

  function ask() {
    var question = value("q");
    var own = ++asked;
    clear();
    if (!question) return say("");
    if (location.protocol === "file:") return say(form.dataset.file);
    say(form.dataset.searching);
    load().then(function (pagefind) { return find(pagefind, question); }).then(function (found) {
      if (own !== asked) return;
      hits = found;
      var count = hits.length;
      var plural = new Intl.PluralRules(document.documentElement.lang).select(count);
      return show(false).then(function () {
        if (own === asked) say(count ? form.dataset[plural] : form.dataset.none, count, question);
      });
    }).catch(function () {
      if (own === asked) say(form.dataset.broken);
    });
  }

  // Shows the next hits; after "Show more" the first of them is where the keyboard goes on.
  function show(go) {
    var own = asked;
    var next = hits.splice(0, AT_ONCE);
    more.hidden = true;
    return Promise.all(next.map(function (hit) { return hit.data(); })).then(function (pages) {
      if (own !== asked) return;
      var items = pages.map(item);
      list.append.apply(list, items);
      more.hidden = !hits.length;
      if (go && items[0]) items[0].querySelector("a").focus();
    });
  }

  // A copy of a template, and a way to fill its parts: what has no words is taken out.
  function copy(id) {
    var made = document.getElementById(id).content.firstElementChild.cloneNode(true);
    function part(name) { return made.querySelector('[data-part="' + name + '"]'); }
    function fill(name, words) {
      if (words) part(name).textContent = words;
      else part(name).remove();
    }
    return { made: made, part: part, fill: fill };
  }

  // The words that a value has in the form.
  function word(name, values) {
    var own = values && values[0];
    var options = form.elements[name] ? Array.prototype.slice.call(form.elements[name].options) : [];
    var option = options.filter(function (option) { return own && option.value === own; })[0];
    return option ? option.textContent : "";
  }

  function item(page) {
    var filters = page.filters || {};
    var drafts = page.meta.draft ? (filters.drafts || [])[0] : "";
    var result = copy("at-result");
    result.fill("link", page.meta.title);
    result.part("link").href = page.url;
    ["newest", "earlier"].forEach(function (name) { if (drafts !== name) result.part(name).remove(); });
    ["document", "draft", "date"].forEach(function (name) { result.fill(name, page.meta[name]); });
    ["kind", "state"].forEach(function (name) { result.fill(name, word(name, filters[name])); });
    best(page.sub_results).forEach(function (place) { result.part("places").append(placed(page, place)); });
    return result.made;
  }

  function weight(place) {
    return place.weighted_locations.reduce(function (sum, hit) { return sum + hit.balanced_score; }, 0);
  }

  // The sections that fit best, in the order of the text.
  function best(places) {
    var order = places.slice().sort(function (a, b) { return weight(b) - weight(a); }).slice(0, PLACES);
    return places.filter(function (place) { return order.indexOf(place) >= 0; });
  }

  function placed(page, place) {
    var result = copy("at-place");
    var beginning = document.getElementById("at-beginning").content.textContent.trim();
    result.fill("link", place.anchor ? place.title : beginning);
    result.part("link").href = page.url + block(page, place);
    marked(place.anchor ? below(place) : place.excerpt).forEach(function (node) { result.part("excerpt").append(node); });
    return result.made;
  }

  // The block that fits best in a section: the last id before it.
  function block(page, place) {
    var hit = place.weighted_locations.reduce(function (a, b) { return b.balanced_score > a.balanced_score ? b : a; });
    var before = page.anchors.filter(function (anchor) { return anchor.location <= hit.location; });
    var nearest = before.sort(function (a, b) { return a.location - b.location; }).pop();
    return nearest ? "#" + encodeURIComponent(nearest.id) : "";
  }

  // An excerpt without the heading, which the link already says.
  function below(place) {
    function bare(words) { return words.map(function (word) { return word.replace(/<\/?mark>|\.$|\.(?=<)/g, ""); }).join(" "); }
    var words = place.excerpt.split(" ");
    var heading = place.title.split(" ");
    var same = bare(words.slice(0, heading.length)) === bare(heading) && words.length > heading.length;
    return same ? words.slice(heading.length).join(" ") : place.excerpt;
  }

  // An excerpt, whose marks are the only markup in it.
  function marked(excerpt) {
    return excerpt.split(/(<mark>.*?<\/mark>)/).map(function (part) {
      var mark = part.indexOf("<mark>") === 0;
      var node = mark ? document.createElement("mark") : document.createTextNode("");
      node.textContent = part.replace(/<\/?mark>/g, "").replace(/&lt;/g, "<").replace(/&gt;/g, ">");
      return node;
    });
  }

  // The address holds the question, so that it can be passed on and gone back to.
  function note() {
    var query = new URLSearchParams();
    fields.forEach(function (field) { if (field.value.trim()) query.set(field.name, field.value.trim()); });
    var address = "?" + query;
    if (address !== location.search) history.pushState(null, "", address);
  }

  function read() {
    var query = new URLSearchParams(location.search);
    fields.forEach(function (field) {
      field.value = query.get(field.name) || "";
      if (field.selectedIndex < 0) field.value = "";
    });
    ask();
  }

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    note();
    ask();
  });
  fields.slice(1).forEach(function (field) {
    field.addEventListener("change", function () {
      if (!value("q")) return;
      note();
      ask();
    });
  });
  more.addEventListener("click", function () { show(true); });
  window.addEventListener("popstate", read);
  read();
})();
