// Reads pages in larger letters: node text-size.mjs TOOLS DIR
//
// In: the folder whose node_modules holds playwright-core, and a folder of pages. Out: a line for each fault, and exit
// status 1 where there is one. On pages that together show everything, at a zoom of 200 %, with letters alone at 200 %
// (WCAG 2.2, 1.4.4) and with the spacing of 1.4.12, wide and narrow: the page is not wider than its window, no text
// is cut off, and no text lies over another. In letters of the usual size lines have 60 to 75 characters.
import { each, Faults, launch, NARROW, sample, serve, WIDE } from './browser.mjs';

const [tools, root] = process.argv.slice(2);
const SPACING = '* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }';
const LETTERS = 'html { font-size: 200% !important }';
// Each with the window that a page is opened in; what follows is looked at without opening it anew.
const WAYS = [
  { open: { viewport: { width: WIDE.width / 2, height: WIDE.height / 2 }, deviceScaleFactor: 2 }, looks: [{ name: 'zoom of 200 %', sheet: '' }] },
  {
    open: { viewport: WIDE },
    looks: [
      { name: 'letters of 200 %, 1280 px', sheet: LETTERS },
      { name: 'letters of 200 %, 640 px', sheet: LETTERS, viewport: { width: 640, height: 900 } },
      { name: 'wider spacing, 1280 px', sheet: SPACING },
      { name: 'wider spacing, 360 px', sheet: SPACING, viewport: NARROW },
    ],
  },
];

/** A style that the policy of a page lets through, since it comes from outside. */
function dress(rules) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules);
  document.adoptedStyleSheets = [sheet];
}

/** What is lost of a page. */
function lost() {
  const found = [];
  const { scrollWidth, clientWidth } = document.documentElement;
  const name = (element) => `${element.tagName.toLowerCase()}${[...element.classList].map((own) => `.${own}`).join('')}`;
  const shown = (element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest('.visually-hidden');
  if (scrollWidth > clientWidth + 1) {
    const wide = [...document.querySelectorAll('body *')].filter((element) => element.getBoundingClientRect().right > clientWidth + 1).slice(-1);
    found.push(`the page is wider than its window: ${wide.map(name)}`);
  }
  // A text that is cut after some lines stands elsewhere on the page in full.
  const full = (element) => [...document.querySelectorAll('a, p, li')].some((other) => other !== element && !other.contains(element) && other.textContent.includes(element.textContent));
  for (const element of document.querySelectorAll('body *')) {
    const style = getComputedStyle(element);
    const hides = (value, more) => /hidden|clip/.test(value) && more > 2;
    const cut = hides(style.overflowX, element.scrollWidth - element.clientWidth) || hides(style.overflowY, element.scrollHeight - element.clientHeight);
    const hidden = element.clientWidth <= 1 || element.closest('.visually-hidden, .skip') || style.clipPath !== 'none';
    if (cut && !hidden && shown(element) && element.textContent.trim() && !(style.webkitLineClamp !== 'none' && full(element))) found.push(`${name(element)} cuts its text off`);
  }
  // The lines of all texts that stay where they are: what floats over the page is looked at by the keyboard's test.
  const lines = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const parent = text.parentElement;
    if (!text.data.trim() || !shown(parent) || getComputedStyle(parent).clipPath !== 'none') continue;
    let up = parent;
    while (up && !/fixed|sticky/.test(getComputedStyle(up).position)) up = up.parentElement;
    if (up || parent.closest('.table, pre')) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    let cutter = parent;
    while (cutter && getComputedStyle(cutter).overflowY === 'visible') cutter = cutter.parentElement;
    const end = cutter?.getBoundingClientRect().bottom ?? Infinity;
    for (const box of range.getClientRects()) {
      // Letters do not fill the height of their line.
      if (box.width > 2 && box.bottom - box.height * 0.3 < end) lines.push({ text, parent, left: box.left, right: box.right, top: box.top + box.height * 0.3, bottom: box.bottom - box.height * 0.3 });
    }
  }
  lines.sort((one, other) => one.top - other.top);
  lines.forEach((one, at) => {
    for (let next = at + 1; next < lines.length && lines[next].top < one.bottom; next += 1) {
      const other = lines[next];
      // The last line of a text that is cut after some is told twice.
      if (one.text !== other.text && Math.min(one.right, other.right) - Math.max(one.left, other.left) > 2) found.push(`${name(one.parent)} and ${name(other.parent)} lie over each other`);
    }
  });
  return { found: [...new Set(found)], lines: lines.length };
}

/** The characters on each line of the first paragraphs that is not the last of its paragraph. */
function fullLines() {
  const range = document.createRange();
  return [...document.querySelectorAll('.text .numbered > p:not([data-diff-chrome])')].slice(0, 40).flatMap((paragraph) => {
    const lines = new Map();
    const texts = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const text = texts.currentNode;
      if (text.parentElement.closest('sup')) continue;
      for (let at = 0; at < text.length; at += 1) {
        range.setStart(text, at);
        range.setEnd(text, at + 1);
        const line = Math.round(range.getBoundingClientRect().bottom / 10);
        lines.set(line, (lines.get(line) ?? 0) + 1);
      }
    }
    return [...lines.values()].slice(0, -1);
  });
}

const browser = await launch(tools);
const site = await serve(root);
const faults = new Faults('text size');
const paths = sample(root);
let measured = 0;
let held = 0;
for (const { open, looks } of WAYS) {
  await each(browser, site.home, paths, open, faults, async (page, fault) => {
    for (const { name, sheet, viewport = open.viewport } of looks) {
      await page.setViewportSize(viewport);
      await page.evaluate(dress, sheet);
      const { found, lines } = await page.evaluate(lost);
      found.forEach((words) => fault(`${name}: ${words}`));
      measured += lines;
    }
  });
}

// The measure: how many characters stand on the full lines of running text, in a window that leaves it all the room it wants.
await each(browser, site.home, paths.filter((path) => /draft-\d\/index\.html$/.test(path)), { viewport: WIDE }, faults, async (page, fault) => {
  const full = await page.evaluate(fullLines);
  if (full.length < 10) return;
  const middle = full.sort((one, other) => one - other)[full.length >> 1];
  held += 1;
  if (middle < 60 || middle > 75) fault(`${middle} characters on a line`);
});
if (!held) faults.add(root, 'no measure was taken');
await browser.close();
site.close();
if (!measured) faults.add(root, 'no text was measured');
faults.end(`${paths.length} pages in 5 ways, ${measured} lines`);
