// Uses pages by keyboard alone: node keyboard.mjs TOOLS DIR
//
// In: the folder whose node_modules holds playwright-core, and a folder of pages. Out: a line for each fault, and exit
// status 1 where there is one. On pages that together show everything, wide and narrow: whatever listens to a mouse
// can have the focus; Tab reaches all of it in the order of the page, and leaves the page, and so does Tab back
// (WCAG 2.2, 2.1.1, 2.1.2); what has the focus shows it by a line of 2 pixels in a contrast of 3 to 1 that nothing cuts
// off, and nothing covers it (2.4.7, 2.4.11, 2.4.13); Enter and Space open what opens, arrows lead through choices,
// and the way past the head leads to the main text (2.4.1).
import { each, Faults, launch, NARROW, sample, serve, USED, WIDE } from './browser.mjs';

const [tools, root] = process.argv.slice(2);
const MOUSE = ['click', 'dblclick', 'mousedown', 'mouseup', 'pointerdown', 'pointerup', 'touchstart', 'touchend'];
const HOVER = ['mouseenter', 'mouseover', 'pointerenter', 'pointerover'];

/** Runs before the page's own scripts: notes what they listen to. */
function listen([MOUSE, HOVER]) {
  const heard = (globalThis.heard = { mouse: new Set(), hover: new Set(), focus: new Set() });
  const add = EventTarget.prototype.addEventListener;
  EventTarget.prototype.addEventListener = function (name, ...rest) {
    if (MOUSE.includes(name)) heard.mouse.add(this);
    if (HOVER.includes(name)) heard.hover.add(this);
    if (name === 'focus' || name === 'focusin') heard.focus.add(this);
    return add.call(this, name, ...rest);
  };
}

/** Gives the page what the steps below ask it: what can have the focus, and what is wrong with the one that has it. */
function prepare() {
  const CAN = 'a[href], area[href], button, input, select, textarea, summary, iframe, [tabindex], [contenteditable]';
  const words = (element) => (element.getAttribute('aria-label') ?? element.textContent).trim().replace(/\s+/g, ' ').slice(0, 40);
  const name = (element) => `${element.tagName.toLowerCase()}${[...element.classList].map((own) => `.${own}`).join('')}`;
  const can = (element) => element.matches(CAN) || (element.matches('label') && element.control);
  const chosen = (element) => element.type !== 'radio' || element.checked || !document.querySelector(`[name="${element.name}"]:checked`);
  const shown = (element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest('[inert]');
  const scrolls = (element) => /auto|scroll/.test(getComputedStyle(element).overflow) && (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1);

  const colour = (text) => {
    const [r, g, b, a = 1] = text.match(/[\d.]+/g)?.map(Number) ?? [0, 0, 0, 0];
    return { r, g, b, a };
  };
  const light = ({ r, g, b }) => {
    const [x, y, z] = [r, g, b].map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const contrast = (one, two) => {
    const [a, b] = [light(one), light(two)].sort((x, y) => y - x);
    return (a + 0.05) / (b + 0.05);
  };
  /** The colour behind an element. */
  const ground = (element) => {
    for (let up = element; up; up = up.parentElement) {
      const own = colour(getComputedStyle(up).backgroundColor);
      if (own.a > 0.5) return own;
    }
    return { r: 255, g: 255, b: 255 };
  };
  /** The sides of the line around an element that a box which it lies in cuts off. */
  const cut = (element, grow) => {
    const box = element.getBoundingClientRect();
    const found = new Set();
    for (let up = element.parentElement; up && up !== document.body; up = up.parentElement) {
      if (getComputedStyle(up).overflow === 'visible') continue;
      const around = up.getBoundingClientRect();
      if (box.left - grow < around.left - 1) found.add('left');
      if (box.right + grow > around.right + 1) found.add('right');
      if (box.top - grow < around.top - 1) found.add('top');
      if (box.bottom + grow > around.bottom + 1) found.add('bottom');
    }
    return [...found];
  };
  /** What is drawn around a link in a picture, as it is without the focus. */
  const stroke = (element) => {
    const { stroke: paint, strokeWidth } = getComputedStyle(element.querySelector('rect, circle, path') ?? element);
    return { paint, width: paint === 'none' ? 0 : parseFloat(strokeWidth) };
  };
  const plain = new Map([...document.querySelectorAll('svg a')].map((element) => [element, stroke(element)]));
  const drawn = (element) => {
    const [own, before] = [stroke(element), plain.get(element)];
    if (own.width < 2 || (own.width < before.width + 2 && own.paint === before.paint)) return 'shows no line of 2 px around it';
    const much = contrast(colour(own.paint), ground(element.closest('svg')));
    return much < 3 ? `has a line in a contrast of ${much.toFixed(1)}` : '';
  };
  const line = (element) => {
    const style = getComputedStyle(element);
    if (plain.has(element) && style.outlineStyle === 'none') return drawn(element);
    const [width, offset] = [parseFloat(style.outlineWidth), parseFloat(style.outlineOffset)];
    if (style.outlineStyle === 'none' || width < 2) return 'shows no line of 2 px around it';
    const much = contrast(colour(style.outlineColor), ground(offset < 0 ? element : element.parentElement));
    if (much < 3) return `has a line in a contrast of ${much.toFixed(1)}`;
    const off = cut(element, Math.max(offset + width, 0));
    return off.length > 1 ? `has a line that is cut off at its ${off.join(', ')}` : '';
  };
  /** What lies over an element, at the middle and the corners of each of its boxes. */
  const cover = (element) => {
    for (const box of element.getClientRects()) {
      if (box.width < 3 || box.height < 3) continue;
      // Corners may be round.
      const [x1, y1] = [Math.min(8, box.width / 4), Math.min(8, box.height / 4)];
      const across = [box.left + x1, box.left + box.width / 2, box.right - x1];
      const down = [box.top + y1, box.top + box.height / 2, box.bottom - y1];
      const points = [[1, 1], [0, 0], [2, 0], [0, 2], [2, 2]].map(([x, y]) => [across[x], down[y]]);
      for (const [x, y] of points) {
        const out = x < 0 || y < 0 || x >= innerWidth || y >= innerHeight;
        // Of a large table that scrolls, its head is enough.
        const large = box.height > innerHeight / 3;
        if (large && y !== down[0]) continue;
        if (out && !large) return 'is not whole in the window';
        const top = out ? element : document.elementFromPoint(x, y);
        if (top && !element.contains(top) && !top.contains(element) && top.control !== element) return `lies under ${name(top)}`;
      }
    }
    return '';
  };
  globalThis.keys = {
    name,
    words,
    /** Takes the focus to the very begin of the page, before all that Tab reaches. */
    begin: () => {
      scrollTo(0, 0);
      document.documentElement.tabIndex = -1;
      document.documentElement.focus();
      document.documentElement.removeAttribute('tabindex');
    },
    /** What the mouse can do and no key can. */
    mouseOnly: () => {
      const { mouse, hover, focus } = globalThis.heard;
      const elements = (set) => [...set].filter((target) => target instanceof Element && target !== document.body);
      const attributes = [...document.querySelectorAll('[onclick], [onmousedown], [role=button], [role=link], [role=tab]')];
      return [...elements(mouse), ...attributes].filter((element) => element.isConnected && !can(element)).map((element) => `${name(element)} listens to the mouse and cannot have the focus`)
        .concat(elements(hover).filter((element) => !focus.has(element)).map((element) => `${name(element)} listens to what hovers, and to no focus`));
    },
    /** All that Tab should reach. */
    all: () => [...document.querySelectorAll('*')].filter((element) => (element.matches(CAN) && element.tabIndex >= 0 && !element.disabled && chosen(element) && shown(element))
      || (!element.matches(CAN) && shown(element) && scrolls(element) && !element.querySelector(CAN))),
    /** What is wrong with the one that has the focus. */
    wrong: () => {
      const element = document.activeElement;
      return [line(element), cover(element)].filter(Boolean).map((what) => `${name(element)} has the focus and ${what}`);
    },
  };
}

/** Leads through the page by Tab or Shift+Tab and holds every stop against `keys.wrong`. */
async function through(page, key, fault) {
  await page.evaluate(() => globalThis.keys.begin());
  await page.waitForTimeout(100); // What is shown for a place in the page comes a moment later.
  const count = await page.evaluate(() => {
    globalThis.left = new Set(globalThis.keys.all());
    globalThis.before = globalThis.first = undefined;
    return globalThis.left.size;
  });
  for (let step = 0; step < count + 20; step += 1) {
    await page.keyboard.press(key);
    const { end, found, words } = await page.evaluate((back) => {
      const element = document.activeElement;
      // A window without a bar of its own begins again.
      if (!element || element === document.body || element === document.documentElement || element === globalThis.first) return { end: true, found: [] };
      globalThis.first ??= element;
      const order = globalThis.before?.compareDocumentPosition(element) ?? 0;
      const turned = order & (back ? Node.DOCUMENT_POSITION_FOLLOWING : Node.DOCUMENT_POSITION_PRECEDING);
      globalThis.before = element;
      globalThis.left.delete(element);
      const found = globalThis.keys.wrong();
      if (turned) found.push(`${globalThis.keys.name(element)} has the focus out of the order of the page`);
      return { end: false, found, words: globalThis.keys.words(element) };
    }, key !== 'Tab');
    found.forEach((what) => fault(`${key}: ${what}`, words));
    // From the very begin the way back leads out of the page first.
    if (end && step > 0) break;
    if (step === count + 19) fault(`${key} does not leave the page`);
  }
  const lost = await page.evaluate(() => [...globalThis.left].map((element) => [globalThis.keys.name(element), globalThis.keys.words(element)]));
  lost.forEach(([name, words]) => fault(`${key} does not reach ${name}`, words));
}

/** What opens, opens by Enter and closes by Space; what is chosen is chosen by arrows; what is ticked, by Space. */
async function use(page, fault) {
  for (const summary of await page.locator('summary:visible').all()) {
    const open = () => summary.evaluate((element) => element.parentElement.open);
    const before = await open();
    await summary.focus();
    await page.keyboard.press('Enter');
    const between = await open();
    await page.keyboard.press('Space');
    if (before === between || (await open()) !== before) fault(`${await summary.innerText()}: Enter and Space do not open and close it`);
  }
  for (const box of await page.locator('input[type=checkbox]:enabled:visible').all()) {
    const before = await box.isChecked();
    await box.focus();
    await page.keyboard.press('Space');
    if ((await box.isChecked()) === before) fault('Space does not tick a box');
    await page.keyboard.press('Space');
  }
  const names = await page.locator('input[type=radio]:enabled:visible').evaluateAll((all) => [...new Set(all.map((one) => one.name))]);
  for (const name of names) {
    const group = page.locator(`input[type=radio][name="${name}"]:visible`);
    await group.locator('xpath=self::*[@checked]').or(group.first()).first().focus();
    const chosen = new Set();
    for (let step = 0; step < (await group.count()); step += 1) {
      chosen.add(await page.evaluate(() => document.activeElement.value));
      await page.keyboard.press('ArrowDown');
    }
    if (chosen.size !== (await group.count())) fault(`arrows reach ${chosen.size} of ${await group.count()} choices of ${name}`);
  }
}

/** The first stop of Tab leads past the head of the page. */
async function skip(page, fault) {
  await page.evaluate(() => globalThis.keys.begin());
  await page.keyboard.press('Tab');
  const first = await page.evaluate(() => ({ href: document.activeElement.getAttribute('href'), box: document.activeElement.getBoundingClientRect().toJSON() }));
  if (first.href !== '#at-main' || first.box.left < 0 || first.box.top < 0) return fault('the first stop of Tab is no link past the head that can be seen');
  await page.keyboard.press('Enter');
  if ((await page.evaluate(() => document.activeElement.id)) !== 'at-main') fault('the link past the head does not bring the focus to the main text');
  await page.keyboard.press('Tab');
  const inside = await page.evaluate(() => document.activeElement.closest('main, footer') !== null || document.activeElement === document.body);
  return inside || fault('behind the link past the head Tab leads back to the head');
}

const browser = await launch(tools);
const site = await serve(root);
const faults = new Faults('keyboard');
const paths = sample(root, USED);
let stops = 0;
for (const viewport of [WIDE, NARROW]) {
  await each(browser, site.home, paths, { viewport }, faults.in(`(${viewport.width} px)`), async (page, fault, path) => {
    await page.addInitScript(listen, [MOUSE, HOVER]);
    await page.reload();
    await page.evaluate(prepare);
    (await page.evaluate(() => globalThis.keys.mouseOnly())).forEach(fault);
    stops += await page.evaluate(() => globalThis.keys.all().length);
    await through(page, 'Tab', fault);
    await through(page, 'Shift+Tab', fault);
    if (!path.endsWith('latest/index.html')) await skip(page, fault);
    await use(page, fault);
  });
}
await browser.close();
site.close();
if (!stops) faults.add(root, 'nothing can have the focus');
faults.end(`${paths.length} pages in 2 windows, ${stops} stops`);
