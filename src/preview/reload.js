// Keeps a page of the preview up to date with the files that it is made of.
//
// In: the digest and the address of the page, from the tag of this script; the panel, which is in the page. Out: the
// page is loaded again when its bytes are others, and stands where it stood, or at the block that was edited; the
// panel is drawn again when only what is said about the page is another.
(() => {
  const { address, digest } = document.currentScript.dataset;
  const host = document.getElementById('greenpaper-preview');
  const EYE = 100; // Where in the window the line is that somebody reads, in pixels from the top.
  const EDITORS = {
    'VS Code': (path, line, column) => `vscode://file${path}:${line}:${column}`,
    VSCodium: (path, line, column) => `vscodium://file${path}:${line}:${column}`,
    Zed: (path, line, column) => `zed://file${path}:${line}:${column}`,
    JetBrains: (path, line) => `idea://open?file=${path}&line=${line}`,
    TextMate: (path, line, column) => `txmt://open?url=file://${path}&line=${line}&column=${column}`,
    'another: copy the place': () => '',
  };

  // What outlives a page, in the tab or in the browser; none where it keeps nothing.
  const kept = (store, name) => { try { return store.getItem(`greenpaper-${name}`); } catch { return null; } };
  const keep = (store, name, value) => { try { store.setItem(`greenpaper-${name}`, value); } catch { /* It is forgotten. */ } };

  const follows = () => kept(localStorage, 'follow') === 'yes';
  const editor = () => (kept(localStorage, 'editor') in EDITORS ? kept(localStorage, 'editor') : 'VS Code');

  // The panel: its places lead to the editor, its choices are remembered, it stays open or closed.
  const dress = () => {
    const root = host?.shadowRoot;
    if (!root) return;
    const link = (place) => {
      const { path, line, column } = place.dataset;
      const target = EDITORS[editor()](encodeURI(path.replace(/^(?!\/)/, '/')).replace(/[#?]/g, encodeURIComponent), line, column);
      if (target) place.href = target; else place.removeAttribute('href');
      place.tabIndex = 0;
    };
    const places = root.querySelectorAll('.place');
    places.forEach(link);
    places.forEach((place) => place.addEventListener('click', () => {
      const { path, line, column } = place.dataset;
      if (!place.href) navigator.clipboard?.writeText(`${path}:${line}:${column}`);
    }));
    const follow = root.getElementById('follow');
    follow.checked = follows();
    follow.addEventListener('change', () => keep(localStorage, 'follow', follow.checked ? 'yes' : 'no'));
    const choice = root.getElementById('editor');
    choice.replaceChildren(...Object.keys(EDITORS).map((name) => new Option(name, name, false, name === editor())));
    choice.addEventListener('change', () => { keep(localStorage, 'editor', choice.value); places.forEach(link); });
    const panel = root.getElementById('panel');
    if (kept(sessionStorage, 'panel') === 'open') panel.open = true;
    panel.querySelector('summary').addEventListener('click', () => keep(sessionStorage, 'panel', panel.open ? 'closed' : 'open'));
  };
  const draw = (html) => {
    if (!host?.shadowRoot) return;
    host.shadowRoot.innerHTML = html;
    dress();
  };

  // Where the page stands: the blocks around the line of the eye, the nearest first.
  const places = () => {
    const found = [];
    for (const block of document.querySelectorAll('main [id]')) {
      const { top, height } = block.getBoundingClientRect();
      if (height) found.push({ id: block.id, top });
    }
    return found.sort((a, b) => Math.abs(a.top - EYE) - Math.abs(b.top - EYE)).slice(0, 20);
  };
  const leave = (block) => {
    const at = scrollY ? places() : [];
    keep(sessionStorage, 'place', JSON.stringify({ page: location.pathname, at, block: follows() ? block : null }));
    location.reload();
  };
  const arrive = () => {
    const before = JSON.parse(kept(sessionStorage, 'place') ?? 'null');
    keep(sessionStorage, 'place', 'null');
    if (before?.page !== location.pathname) return;
    // Where the changes are shown, the second part of the script knows the place.
    const marked = JSON.parse(kept(sessionStorage, 'changes') ?? 'null')?.shown;
    if (marked) { if (before.block) host.dataset.edited = before.block; return; }
    const edited = before.block && document.getElementById(before.block);
    if (edited) {
      edited.scrollIntoView({ block: 'center', behavior: 'instant' });
      edited.animate([{ outline: '3px solid Highlight', outlineOffset: '4px' }, { outline: '3px solid transparent' }], 1500);
      return;
    }
    for (const { id, top } of before.at) {
      const block = document.getElementById(id);
      if (block) { scrollBy({ top: block.getBoundingClientRect().top - top, behavior: 'instant' }); return; }
    }
  };

  // News of this page. Tabs that are not looked at give their connection back, since a browser has six for each host.
  let events;
  const listen = () => {
    if (document.hidden) {
      events?.close();
      events = undefined;
    } else if (!events) {
      events = new EventSource(`/__greenpaper/events?page=${encodeURIComponent(address)}&digest=${digest}`);
      events.addEventListener('page', (event) => leave(JSON.parse(event.data).block));
      events.addEventListener('panel', (event) => draw(event.data));
    }
  };
  document.addEventListener('visibilitychange', listen);
  window.addEventListener('pagehide', () => { events?.close(); events = undefined; });
  window.addEventListener('pageshow', listen);
  dress();
  if (document.readyState === 'complete') arrive(); else addEventListener('load', () => setTimeout(arrive));
  listen();
})();
