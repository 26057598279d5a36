// Small comforts; every page works without them.
(function () {
  "use strict";
  var wide = window.matchMedia("(min-width: 68rem)");
  var still = window.matchMedia("(prefers-reduced-motion: reduce)");
  var text = document.getElementById("at-text");

  // Of the states of a round or a vote the one of this very moment is shown.
  var moment = Date.parse(document.documentElement.dataset.now) || Date.now();
  document.querySelectorAll("[data-since], [data-until]").forEach(function (state) {
    state.hidden = moment < Date.parse(state.dataset.since) || moment >= Date.parse(state.dataset.until);
  });

  // What was ahead on the day of the build and is over by now goes to the list that its own names, the newest first.
  document.querySelectorAll("[data-leaves]").forEach(function (entry) {
    if (moment < Date.parse(entry.dataset.leaves)) return;
    var list = entry.parentElement;
    var then = document.getElementById(list.dataset.then);
    if (!then) return;
    entry.remove();
    join(then, entry);
    then.parentElement.hidden = false;
    list.parentElement.hidden = !list.children.length;
  });

  // A day that is in the list already takes up the events of the other.
  function join(list, entry) {
    var day = entry.querySelector(".event-day time");
    var same = day && list.querySelector(".event-day time[datetime='" + day.dateTime + "']");
    if (!same) return list.prepend(entry);
    var twin = same.closest("li");
    twin.querySelector("ul").append.apply(twin.querySelector("ul"), entry.querySelector("ul").children);
    if (twin.dataset.for !== entry.dataset.for) twin.removeAttribute("data-for");
  }

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
    return found;
  }

  // Where a block of this draft is in another: a block says in data-in where its number differs.
  function placeIn(draft) {
    var id = blockInView();
    var block = id && document.getElementById(id);
    var places = (block && block.getAttribute("data-in") || "").split(" ");
    places.forEach(function (place) {
      if (place.split("=")[0] === draft) id = place.slice(draft.length + 1);
    });
    return id;
  }

  // The switcher leads to the same place in the other draft.
  var drafts = {};
  document.querySelectorAll("a[data-draft]").forEach(function (link) {
    drafts[link.getAttribute("href")] = link.getAttribute("data-draft");
  });
  document.querySelectorAll("a[data-keep-place]").forEach(function (link) {
    var address = link.getAttribute("href");
    function keep() {
      var place = placeIn(drafts[address]);
      // A block that is in another chapter there comes with the address of that chapter.
      link.setAttribute("href", place.indexOf("#") >= 0 ? place : address + (place ? "#" + place : ""));
    }
    ["pointerdown", "focus", "mouseenter"].forEach(function (name) {
      link.addEventListener(name, keep);
    });
  });

  // The number of a block copies its address; where the system can share, a button offers that.
  var main = document.getElementById("at-main");
  function numbers() {
    var told = document.createElement("div");
    var words = document.createElement("span");
    var gone;
    // Never hidden from screen readers, which tell only of places that they know.
    told.className = "told visually-hidden";
    words.setAttribute("role", "status");
    told.append(words);
    document.body.append(told);
    function share(address, title) {
      var button = document.createElement("button");
      button.type = "button";
      button.textContent = main.dataset.share;
      button.addEventListener("click", function () {
        navigator.share({ title: title, url: address }).catch(function () { /* the reader thought better of it */ });
      });
      return button;
    }
    function tell(text, address) {
      told.classList.remove("visually-hidden");
      words.textContent = text;
      while (told.children.length > 1) told.lastChild.remove();
      if (navigator.share) told.append(share(address, document.title));
      clearTimeout(gone);
      gone = setTimeout(clear, 12000);
    }
    function clear() {
      if (told.contains(document.activeElement)) { gone = setTimeout(clear, 12000); return; }
      told.classList.add("visually-hidden");
      words.textContent = "";
      while (told.children.length > 1) told.lastChild.remove();
    }
    if (navigator.clipboard) document.querySelectorAll("a.block-number").forEach(function (link) {
      var label = main.dataset.copy.replace("{number}", link.textContent);
      link.setAttribute("aria-label", label);
      link.title = label;
      link.addEventListener("click", function () {
        navigator.clipboard.writeText(link.href).then(function () {
          tell(main.dataset.copied.replace("{number}", link.textContent), link.href);
        }, function () { /* the address is in the bar at the top */ });
      });
    });
    var facts = document.querySelector(".body > .facts");
    if (facts && navigator.share) {
      var button = share(location.href.split("#")[0], document.title);
      button.className = "share";
      facts.append(" ", button);
    }
  }
  numbers();

  // The contents mark the heading that is being read.
  function mark() {
    var links = Array.prototype.slice.call(document.querySelectorAll(".contents a[href^='#']"));
    var headings = links.map(function (link) { return document.getElementById(decodeURIComponent(link.hash.slice(1))); });
    if (!links.length) return;
    var marked;
    function look() {
      var now = -1;
      // At its end a page cannot bring a heading to the top: the one that was jumped to counts, else the last.
      var ends = window.innerHeight + window.scrollY >= document.documentElement.scrollHeight - 2;
      var goal = ends ? document.querySelector(":target") : null;
      var aimed = headings.indexOf(goal);
      // Just below where a jump brings a heading, which grows with the letters.
      var line = (parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) || 72) + 8;
      headings.forEach(function (heading, at) {
        if (heading && heading.getBoundingClientRect().top <= (ends && window.scrollY ? window.innerHeight : line)) now = at;
      });
      if (goal && aimed >= 0 && aimed < now && goal.getBoundingClientRect().top > 0) now = aimed;
      if (marked === now) return;
      if (marked >= 0) links[marked].removeAttribute("aria-current");
      if (now >= 0) links[now].setAttribute("aria-current", "location");
      marked = now;
    }
    window.addEventListener("scroll", look, { passive: true });
    window.addEventListener("hashchange", look);
    look();
  }
  mark();

  // The draft that this browser saw last is kept in the browser alone: it leads to what changed since.
  function sinceRead() {
    var page = document.querySelector("[data-document]");
    if (!page) return;
    var key = "greenpaper" + page.dataset.document;
    var seen;
    try { seen = JSON.parse(localStorage.getItem(key)); } catch (error) { /* nothing that can be read is kept */ }
    if (!Array.isArray(seen)) seen = [];
    // Who has seen a newest draft knows what changed.
    var newest = (page.dataset.newest || page.dataset.draft || "").split(" ");
    var knows = seen.some(function (own) { return newest.indexOf(own) >= 0; });
    var lines = Array.prototype.slice.call(document.querySelectorAll(".since-read [data-draft]"));
    for (var at = seen.length - 1; at >= 0 && lines.length && !knows; at--) {
      var line = lines.filter(function (own) { return own.dataset.draft === seen[at]; })[0];
      if (!line) continue;
      line.hidden = line.parentElement.hidden = false;
      break;
    }
    var draft = page.dataset.draft;
    if (!draft) return;
    seen = seen.filter(function (own) { return own !== draft; }).concat(draft).slice(-20);
    try { localStorage.setItem(key, JSON.stringify(seen)); } catch (error) { /* nothing is kept */ }
  }
  sinceRead();

  // Two fields in place of a long list of comparisons.
  function picker(list) {
    var pairs = Array.prototype.slice.call(list.children);
    var names = [];
    pairs.forEach(function (pair) {
      [pair.dataset.old, pair.dataset.new].forEach(function (name) { if (names.indexOf(name) < 0) names.push(name); });
    });
    if (names.length < 3) return;
    names.sort(function (a, b) { return a.localeCompare(b, document.documentElement.lang, { numeric: true }); });
    var form = document.createElement("form");
    form.className = "picker";
    function field(label, chosen) {
      var made = document.createElement("label");
      var select = document.createElement("select");
      names.forEach(function (name) { select.add(new Option(name, name, false, name === chosen)); });
      made.append(label + " ", select);
      form.append(made, " ");
      return select;
    }
    var from = field(list.dataset.from, names[0]);
    var to = field(list.dataset.to, names[names.length - 1]);
    var go = document.createElement("button");
    go.textContent = list.dataset.go;
    var told = document.createElement("output");
    form.append(go, told);
    form.addEventListener("change", function () { told.textContent = ""; });
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      var both = [from.value, to.value];
      var pair = pairs.filter(function (own) {
        return both[0] !== both[1] && both.indexOf(own.dataset.old) >= 0 && both.indexOf(own.dataset.new) >= 0;
      })[0];
      if (pair) location.href = pair.querySelector("a").href;
      else told.textContent = both[0] === both[1] ? list.dataset.same : list.dataset.unknown;
    });
    list.before(form);
  }
  document.querySelectorAll(".pairs").forEach(picker);

  // A word that the glossary explains opens its entry beside it; without popovers the link leads there.
  function explainWords() {
    var card = document.createElement("div");
    var opener = null;
    if (!card.showPopover || !document.querySelector("a.term")) return;
    card.className = "word-card";
    card.popover = "auto";
    card.tabIndex = -1;
    card.setAttribute("role", "dialog");
    document.body.appendChild(card);
    document.querySelectorAll("a.term").forEach(function (link) { link.setAttribute("aria-haspopup", "dialog"); });

    function fill(entry) {
      var list = document.createElement("dl");
      var own = entry.cloneNode(true);
      var close = document.createElement("button");
      close.type = "button";
      close.textContent = entry.querySelector(".word-close").textContent.trim();
      close.addEventListener("click", function () { card.hidePopover(); });
      own.removeAttribute("id");
      own.querySelectorAll(".word-places, .word-close").forEach(function (part) { part.remove(); });
      list.append(own);
      card.replaceChildren(list, close);
      card.setAttribute("aria-label", entry.querySelector("dt").textContent.trim());
    }

    // Below the word where there is room, else above it; on a phone main.css has it at the foot.
    function place(link) {
      var word = link.getClientRects()[0] || link.getBoundingClientRect();
      var box = card.getBoundingClientRect();
      var room = document.documentElement.clientWidth - box.width - 8;
      var below = word.bottom + box.height + 8 <= window.innerHeight;
      var top = below ? word.bottom + 6 : Math.max(8, word.top - box.height - 6);
      card.style.setProperty("--left", window.scrollX + Math.max(8, Math.min(word.left, room)) + "px");
      card.style.setProperty("--top", window.scrollY + top + "px");
    }

    document.addEventListener("click", function (event) {
      var link = event.target.closest && event.target.closest("a.term");
      var entry = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (!entry || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      opener = link;
      fill(entry);
      if (!card.matches(":popover-open")) card.showPopover();
      place(link);
      card.focus({ preventScroll: true });
    });

    // Whoever closes it without going elsewhere is back at the word.
    card.addEventListener("toggle", function () {
      var at = document.activeElement;
      var lost = !at || at === document.body || card.contains(at);
      if (opener && lost && !card.matches(":popover-open")) opener.focus({ preventScroll: true });
    });
  }
  explainWords();

  // On a comparison: buttons and keys to the change before and after, in the order of the text.
  var changes = text ? Array.prototype.slice.call(text.querySelectorAll(".change[id], .move[id], .footnotes .anchor[id]")) : [];
  if (!text || changes.length < 2) return;
  var now = -1;
  var stepped = false;
  var steppedAt = 0;
  var bar = document.createElement("div");
  bar.className = "steps";
  bar.hidden = true;
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", text.dataset.steps);
  bar.setAttribute("data-diff-chrome", "");

  // What a change is about: itself, or the item or row that its anchor stands in.
  function place(change) {
    if (!change.classList.contains("anchor")) return change;
    return change.closest("tr") || change.closest("li, dt, dd") || change.parentElement;
  }

  // The last change that starts above the line of the eye.
  function nearest(line) {
    var found = -1;
    changes.forEach(function (change, at) {
      if (place(change).getBoundingClientRect().top <= line) found = at;
    });
    return found;
  }

  // The change that was stepped to, as long as it is in view; else the one at the line of the eye.
  function current() {
    // While the page still scrolls there, it is the one that was stepped to.
    if (stepped && Date.now() - steppedAt < 1000) return now;
    var box = now < 0 ? null : place(changes[now]).getBoundingClientRect();
    return box && stepped && box.bottom > 0 && box.top < window.innerHeight ? now : nearest(94);
  }

  function said() {
    return text.dataset.place.replace("{now}", now + 1).replace("{all}", changes.length);
  }

  function tell() {
    now = current();
    count.textContent = now < 0 ? "" : said();
  }

  function go(step) {
    var at = current();
    var between = step < 0 && !stepped && at >= 0 && place(changes[at]).getBoundingClientRect().top < 86;
    now = Math.min(Math.max(at + step + (between ? 1 : 0), 0), changes.length - 1);
    // Some are not shown where either text is read clean.
    while (now > 0 && now < changes.length - 1 && !place(changes[now]).offsetHeight) now += step;
    stepped = true;
    steppedAt = Date.now();
    var goal = place(changes[now]);
    text.querySelectorAll(".here").forEach(function (was) { was.classList.remove("here"); });
    goal.classList.add("here");
    window.scrollBy({ top: goal.getBoundingClientRect().top - 90, behavior: still.matches ? "auto" : "smooth" });
    goal.setAttribute("tabindex", "-1");
    goal.focus({ preventScroll: true });
    count.textContent = said();
  }

  function button(words, label, step) {
    var made = document.createElement("button");
    made.type = "button";
    made.textContent = words;
    made.setAttribute("aria-label", label);
    made.addEventListener("click", function () { go(step); });
    return made;
  }

  // A line of the list leads to its change also where a clean text hides it.
  document.addEventListener("click", function (event) {
    var line = event.target.closest && event.target.closest(".change-line a");
    var goal = line && document.getElementById(decodeURIComponent(line.hash.slice(1)));
    var both = document.querySelector("[name=view][value=both]");
    if (goal && both && !goal.getClientRects().length) both.checked = true;
  });

  document.addEventListener("keydown", function (event) {
    // Letters alone count only where the text or the bar has the focus, so that nobody sets them off by speech.
    var here = text.contains(document.activeElement) || bar.contains(document.activeElement);
    var letter = here && !event.ctrlKey && !event.metaKey && !event.altKey;
    var step = event.altKey ? { ArrowDown: 1, ArrowUp: -1 }[event.key] : letter ? { n: 1, p: -1 }[event.key] : 0;
    if (!step || (event.target.type && !/^(button|radio)$/.test(event.target.type))) return;
    event.preventDefault();
    go(step);
  });

  var count = document.createElement("output");
  bar.append(button("↑ " + text.dataset.previous, text.dataset.previousLabel, -1), count, button(text.dataset.next + " ↓", text.dataset.nextLabel, 1));
  document.body.appendChild(bar);
  // The bar is there only while the marked text is in view.
  new IntersectionObserver(function (entries) {
    bar.hidden = !entries[entries.length - 1].isIntersecting;
  }, { rootMargin: "0px 0px -40% 0px" }).observe(text);
  window.addEventListener("scroll", tell, { passive: true });
})();
