// In the preview, on the page of a draft: its changes since its base in the place of its text, and back.
//
// In: the data of the script's own tag: `base`, the label of the base; `comparison`, the way to the page that shows
// the changes; `prefix`, what the ids of this page's blocks begin with there. Both pages have their text in the
// element `at-text`. Out: a button. The choice holds for the tab, and a page that is loaded again because
// its file was saved stands as it stood: first with the marks that it had, then with the new ones.
(() => {
  const { base, comparison, prefix } = document.currentScript.dataset;
  const text = document.getElementById('at-text');
  if (comparison === undefined || !text) return;
  const KEPT = 'greenpaper-changes';
  const EYE = 100; // Where in the window the line is that somebody reads, in pixels from the top.
  const MARKS = 'ins, del, [data-diff], [data-move]';
  const address = new URL(comparison, location.href);
  const plain = { nodes: [...text.childNodes], className: text.className };
  let key; // The element with the key to the marks.
  let marked; // What is shown in the place of the text: HTML of the key, of the text, and its classes.

  // What outlives the page: whether changes are shown, and, of the page that was left last, where and which.
  const kept = () => {
    try { return JSON.parse(sessionStorage.getItem(KEPT)) ?? {}; } catch { return {}; }
  };
  const keep = () => {
    const state = { shown, page: location.pathname, places: shown ? places() : [] };
    // Marks may be more than a browser keeps.
    for (const more of [{ marked }, {}]) {
      try { sessionStorage.setItem(KEPT, JSON.stringify({ ...state, ...more })); return; } catch { continue; }
    }
  };

  // The blocks around the line of the eye, the nearest first, by the ids that they have in the plain text; none
  // while the text still begins below it, since what is above the text stays.
  const places = () => {
    if (text.getBoundingClientRect().top > EYE && !prefix) return [];
    const found = [];
    for (const block of text.querySelectorAll('[id]')) {
      const id = !marked ? block.id : block.id.startsWith(prefix) ? block.id.slice(prefix.length) : '';
      if (id && !/^(old-|change\.|removed\.|move\.)/.test(id)) found.push({ id, top: block.getBoundingClientRect().top });
    }
    return found.sort((a, b) => Math.abs(a.top - EYE) - Math.abs(b.top - EYE)).slice(0, 50);
  };
  const go = places => {
    for (const { id, top } of places) {
      const block = document.getElementById(marked ? prefix + id : id);
      if (block && text.contains(block)) {
        scrollBy({ top: block.getBoundingClientRect().top - top, behavior: 'instant' });
        return;
      }
    }
  };

  const parts = html => {
    const holder = document.createElement('div');
    holder.innerHTML = html;
    return holder;
  };
  const showMarked = (next, at, holder = parts(next.text)) => {
    key?.remove();
    marked = next;
    text.className = next.className;
    text.replaceChildren(...holder.childNodes);
    text.insertAdjacentHTML('beforebegin', next.key);
    key = next.key ? text.previousElementSibling : undefined;
    say(text.querySelector(MARKS) ? '' : `Nothing changed here since ${base}.`);
    go(at);
  };
  const showPlain = () => {
    const at = places();
    key?.remove();
    key = marked = undefined;
    text.className = plain.className;
    text.replaceChildren(...plain.nodes);
    say('');
    go(at);
  };

  // Links of the comparison lead to where they lead there; those to places in the text stay in it.
  const isInside = (root, value) => {
    try { return root.contains(root.ownerDocument.getElementById(decodeURIComponent(value.slice(1)))); } catch { return false; }
  };
  const lead = root => {
    for (const name of ['href', 'src', 'cite']) {
      for (const element of root.querySelectorAll(`[${name}]`)) {
        const value = element.getAttribute(name);
        const stays = /^#./.test(value) && isInside(root, value);
        if (!stays && URL.canParse(value, address)) element.setAttribute(name, new URL(value, address).href);
      }
    }
  };
  const fetched = async () => {
    const response = await fetch(address);
    if (!response.ok) throw new Error(`answer ${response.status}`);
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    const own = page.getElementById('at-text');
    if (!own) throw new Error('it shows no text');
    lead(own);
    const before = own.previousElementSibling;
    const key = before?.hasAttribute('data-diff-chrome') ? before.outerHTML : '';
    return { key, text: own.innerHTML, className: own.className };
  };
  const refresh = async at => {
    try {
      const next = await fetched();
      const holder = parts(next.text);
      // Images that come later would push the text away.
      const images = [...holder.querySelectorAll('img')].map(image => image.decode());
      await Promise.race([Promise.allSettled(images), new Promise(done => setTimeout(done, 2000))]);
      const { edited } = panel.dataset;
      delete panel.dataset.edited;
      if (shown) showMarked(next, edited ? [{ id: edited, top: 3 * EYE }] : at ?? places(), holder);
    } catch (error) {
      say(`The comparison with ${base} cannot be shown: ${error.message}.`);
    }
  };

  // The button is drawn apart from the page, however its theme draws buttons.
  const host = document.createElement('div');
  host.id = 'greenpaper-changes';
  host.lang = 'en';
  host.setAttribute('data-diff-chrome', '');
  const panel = document.getElementById('greenpaper-preview');
  host.attachShadow({ mode: 'open' }).innerHTML = '<span role="status"></span><button type="button"></button>';
  // A sheet of the script's own: the policy of a page forbids styles in its markup.
  const looks = new CSSStyleSheet();
  looks.replaceSync(`
    :host { all: initial; color-scheme: light dark; display: flex; flex-wrap: wrap; justify-content: flex-end; align-items: center; gap: .5rem;
      max-width: calc(100vw - 1.5rem); font: 16px/1.4 system-ui, sans-serif; color: CanvasText; }
    button, span:not(:empty) { font: 600 .875rem/1.3 system-ui, sans-serif; padding: .5rem 1rem; border-radius: 1.5rem;
      border: 1px solid; background: Canvas; color: CanvasText; }
    button { min-height: 2.75rem; cursor: pointer; }
    button:hover { text-decoration: underline; }
    button:focus-visible { outline: 3px solid Highlight; outline-offset: 2px; }
    span { font-weight: 400; }
    @media print { :host { display: none; } }
  `);
  host.shadowRoot.adoptedStyleSheets = [looks];
  const [status, button] = ['span', 'button'].map(name => host.shadowRoot.querySelector(name));
  const say = words => { status.textContent = words; };
  const name = () => { button.textContent = shown ? 'Show the text' : `Show changes since ${base}`; };
  button.addEventListener('click', () => {
    shown = !shown;
    name();
    if (shown) refresh(); else if (marked) showPlain(); else say('');
    keep();
  });

  const before = kept();
  let shown = before.shown === true;
  name();
  panel.append(host);
  addEventListener('pagehide', keep);
  if (!shown) return;
  const again = performance.getEntriesByType('navigation')[0]?.type === 'reload' && before.page === location.pathname;
  if (again && before.marked) showMarked(before.marked, before.places);
  // By then the browser has scrolled to where it wants to be, on a page whose head may have become shorter.
  const settled = () => setTimeout(() => refresh(again ? before.places : undefined));
  if (document.readyState === 'complete') settled(); else addEventListener('load', settled);
})();
