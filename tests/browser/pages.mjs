// Opens every page of sites in a browser: node pages.mjs TOOLS DIR…
//
// In: the folder whose node_modules holds playwright-core and axe-core, and folders of HTML pages: one site in several
// states; one that is named for a day is looked at as on that day. Out: a line for each fault, and exit status 1
// where there is one. Every page is opened; one that is the same to the byte in two folders, once. It has one h1 and is
// not wider than the window, down to 320 pixels (WCAG 2.2, 1.4.10). Of each folder one page of each sort and of each
// set of states that pages show, and of the first folder pages that show every class and element there is, are held
// against the rules of axe-core for WCAG 2.2 A and AA, light and dark, wide and narrow. Every kind of page
// that the theme's templates name must have been among them.
import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { each, Faults, launch, NARROW, pages, read, sample, serve, sort, sorts, tool, WIDE } from './browser.mjs';

const [tools, ...roots] = process.argv.slice(2);
const axe = readFileSync(tool(tools).resolve('axe-core/axe.min.js'), 'utf8');
const TEMPLATES = 'themes/default/templates';
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** What is looked at in either scheme: colours are all that differs in the dark. */
const SCHEMES = { light: { type: 'tag', values: RULES }, dark: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } };

/** How much wider than the window a page is, and the elements that stick out. */
function overflow() {
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return '';
  const clipped = (element) => {
    for (let up = element.parentElement; up && up !== document.body; up = up.parentElement) {
      if (getComputedStyle(up).overflowX !== 'visible') return true;
    }
    return false;
  };
  const wide = [...document.body.querySelectorAll('*')].filter((element) => element.getBoundingClientRect().right > clientWidth + 1 && !clipped(element));
  const own = (element) => element.tagName.toLowerCase() + (element.id ? `#${element.id}` : '') + [...element.classList].map((c) => `.${c}`).join('');
  const name = (element) => `${own(element.closest('[class], [id]') ?? element)} ${own(element)}`;
  return `${scrollWidth} px wide in a window of ${clientWidth}: ${wide.slice(-3).map(name).join(', ')}`;
}

/** Looks at a page in windows of these widths, without loading it anew. */
async function fits(page, widths, fault) {
  for (const width of widths) {
    await page.setViewportSize({ width, height: page.viewportSize().height });
    const words = await page.evaluate(overflow);
    if (words) fault(words);
  }
}

/** What axe-core finds, in either scheme. */
async function rules(page, fault) {
  const { width } = page.viewportSize();
  await page.evaluate(axe);
  for (const [colorScheme, runOnly] of Object.entries(SCHEMES)) {
    await page.emulateMedia({ colorScheme });
    const found = await page.evaluate((runOnly) =>
      globalThis.axe.run({ runOnly, resultTypes: ['violations'], rules: runOnly.type === 'tag' ? { 'target-size': { enabled: true } } : {} }), runOnly);
    for (const rule of found.violations) fault(`axe ${rule.id} (${width} px, ${colorScheme}): ${rule.help} (${rule.nodes.length}): ${rule.nodes[0].target.join(' ')}`);
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

/** The classes that the templates give to the body of a page; a name that a value completes ends in `-`. */
function kinds() {
  return readdirSync(TEMPLATES).filter((name) => name.endsWith('.html')).flatMap((name) => {
    const text = readFileSync(join(TEMPLATES, name), 'utf8');
    const own = text.match(/{% block kind %}([\s\S]*?){% endblock %}/) ?? text.match(/<body class="([^"]*)"/);
    return own && name !== 'base.html' ? own[1].replace(/{%[\s\S]*?%}/g, ' ').replace(/{{[\s\S]*?}}/g, '').trim().split(/\s+/) : [];
  });
}

const browser = await launch(tools);
const faults = new Faults('pages');
const [seen, held] = [new Set(), new Set()];
let [opened, audited] = [0, 0];
for (const [at, root] of roots.entries()) {
  const fresh = pages(root).filter((path) => !seen.has(path + read(root, path)));
  fresh.forEach((path) => seen.add(path + read(root, path)));
  const closely = new Set(at === 0 ? [...sorts(root), ...sample(root)] : sorts(root).filter((path) => fresh.includes(path)));
  closely.forEach((path) => held.add(sort(read(root, path))));
  const site = await serve(root);
  const folder = `${basename(root)}/`;
  const day = basename(root).match(/^\d{4}-\d\d-\d\d$/)?.[0];
  await each(browser, site.home, fresh, { viewport: WIDE, day }, faults.in('', folder), async (page, fault, path) => {
    const headings = await page.locator('h1').count();
    if (headings !== 1) fault(`${headings} h1`);
    if (closely.has(path)) await rules(page, fault);
    await fits(page, closely.has(path) ? [WIDE.width] : [WIDE.width, NARROW.width, 320], fault);
  });
  await each(browser, site.home, closely, { viewport: NARROW, day }, faults.in('(narrow)', folder), async (page, fault) => {
    await rules(page, fault);
    await fits(page, [NARROW.width, 320], fault);
  });
  site.close();
  opened += fresh.length;
  audited += closely.size;
}
await browser.close();
const classes = [...held].flatMap((own) => own.split(' '));
for (const name of kinds()) {
  if (!classes.some((own) => (name.endsWith('-') ? own.startsWith(name) : own === name))) faults.add(TEMPLATES, `no page of the kind "${name}" was looked at`);
}
if (!opened) faults.add('pages', 'there is none');
faults.end(`${opened} pages opened, ${audited} of them, of ${held.size} sorts, held against axe-core in 4 ways`);
