// The search of the sample in a browser: node search.mjs TOOLS SITE [FOLDER]
//
// In: the folder whose node_modules holds playwright-core and axe-core, and the sample as pages, served below
// /papers/ with the policy that the page of the search may have; $CHROMIUM names the browser. FOLDER takes
// pictures. Out: a line for each fault, and exit status 1 where there is one. Nothing of the index is loaded
// before it is used and nothing is asked of another host; the newest drafts come first; every hit leads to a
// place that is there; what is chosen narrows the hits; the address holds the question; the keyboard does all
// of it; without a script, from a folder and without an index the page says what to do.
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { extname, join, normalize, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [tools, site, pictures] = process.argv.slice(2);
const require = createRequire(join(resolve(tools), 'package.json'));
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const TYPES = { '.html': 'text/html', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml', '.json': 'application/json' };
const POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; base-uri 'none'; form-action 'self'; object-src 'none'";
const BELOW = '/papers';

const asked = [];
let withIndex = true;
const server = createServer((request, response) => {
  const path = decodeURIComponent(new URL(request.url, 'http://x').pathname);
  asked.push(path);
  const file = join(site, normalize(path.slice(BELOW.length) + (path.endsWith('/') ? 'index.html' : '')));
  try {
    if (!path.startsWith(`${BELOW}/`) || (!withIndex && path.includes('/pagefind/'))) throw new Error('not here');
    const bytes = readFileSync(file);
    response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream', 'content-security-policy': POLICY }).end(bytes);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((done) => server.listen(0, '127.0.0.1', done));
const origin = `http://127.0.0.1:${server.address().port}`;
const search = `${origin}${BELOW}/search/`;
const ofIndex = () => asked.filter((path) => path.includes('/pagefind/'));

let faults = 0;
let checks = 0;
const check = (holds, words) => { checks += 1; if (!holds) { faults += 1; console.log(`${search}: ${words}`); } };
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-dev-shm-usage'] });

/** A page in a window of its own; what it asks of others and says to the console is a fault. */
async function open(url, { width = 1280, quiet = false, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, ...options });
  const page = await context.newPage();
  if (!quiet) {
    page.on('request', (request) => check(request.url().startsWith(origin), `asks another host: ${request.url()}`));
    page.on('console', (message) => check(!['error', 'warning'].includes(message.type()), `console: ${message.text()}`));
    page.on('pageerror', (error) => check(false, `script: ${error.message}`));
  }
  await page.goto(url);
  return page;
}

/** Waits until a search has been answered, and says in what words. */
async function answered(page) {
  const done = (waiting) => { const words = document.getElementById('at-status').textContent; return words && words !== waiting && words; };
  const waiting = await page.locator('#at-search').getAttribute('data-searching');
  return page.waitForFunction(done, waiting).then((handle) => handle.jsonValue());
}

/** What is shown of each hit. */
const hits = (page) => page.locator('.search-result').evaluateAll((items) => items.map((item) => ({
  title: item.querySelector('h2').textContent, facts: item.querySelector('.facts').textContent, words: item.textContent,
  links: [...item.querySelectorAll('a')].map((link) => link.href), marks: item.querySelectorAll('mark').length })));

/** Waits until more hits than so many are shown. */
const shown = (page, count) => page.waitForFunction((most) => document.querySelectorAll('.search-result').length > most, count);

async function more(page) {
  while (await page.locator('#at-more').isVisible()) {
    const { length } = await hits(page);
    await page.locator('#at-more').click();
    await shown(page, length);
  }
}

{ // Nothing is loaded before it is used; then only what the question needs.
  const page = await open(`${origin}${BELOW}/`);
  const link = page.locator('header a', { hasText: 'Search' });
  check(await link.count() === 1, 'no link in the header');
  await link.click();
  await page.waitForLoadState('networkidle');
  check(ofIndex().length === 0, `loaded before it was used: ${ofIndex()}`);
  // By the keyboard alone: Tab to the field, words, Enter.
  for (let step = 0; step < 30 && !(await page.evaluate(() => document.activeElement.id === 'at-q')); step += 1) await page.keyboard.press('Tab');
  await page.keyboard.type('concordat');
  await page.keyboard.press('Enter');
  check(/^(1 page holds|\d+ pages hold) “concordat”$/.test(await answered(page)), 'the status does not say how many');
  check(page.url().endsWith('/search/?q=concordat'), `the address is ${page.url()}`);
  check(ofIndex().length > 0 && ofIndex().length < 25, `${ofIndex().length} files of the index were loaded`);
  check(!ofIndex().some((path) => /pagefind-(ui|modular|component|highlight)/.test(path)), 'loads an interface of Pagefind');
  check((await hits(page)).every((hit) => hit.marks > 0), 'a hit without a marked word');
}

{ // Newest drafts first, each hit at a place that is there, as words that stand there.
  const page = await open(`${search}?q=hubs`);
  await answered(page);
  await more(page);
  const all = await hits(page);
  const firstEarlier = all.findIndex((hit) => hit.facts.includes('Earlier draft'));
  const lastNewest = all.findLastIndex((hit) => !hit.facts.includes('Earlier draft'));
  check(firstEarlier > 0 && lastNewest < firstEarlier, `the last of the newest is hit ${lastNewest}, the first earlier one hit ${firstEarlier}`);
  check(new Set(all.map((hit) => hit.links[0])).size === all.length, 'a page stands twice among the hits');
  const there = await open(search);
  for (const link of all.flatMap((hit) => hit.links)) {
    const response = await there.goto(link);
    const id = decodeURIComponent(new URL(link).hash.slice(1));
    const found = !id || await there.evaluate((own) => document.getElementById(own)?.textContent.trim().length > 0, id);
    check(response === null || response.ok(), `${link} is not there`);
    check(found, `${link} leads to no such place`);
  }
  check(all.flatMap((hit) => hit.links).filter((link) => link.includes('#')).length >= all.length, 'hits do not lead to blocks');
}

{ // A phrase, word for word.
  const page = await open(search);
  await page.locator('#at-q').fill('"eight regional hubs"');
  await page.locator('#at-search button').click();
  await answered(page);
  const [first] = await hits(page);
  check(/Draft 3.*Newest|Newest.*Draft 3/.test(first?.facts ?? ''), `a phrase of the third draft is first found in: ${first?.facts}`);
}

{ // What is chosen narrows the hits, and the way back leads to the question before.
  const page = await open(`${search}?q=pharmacy`);
  const before = await answered(page);
  const letters = async () => (await hits(page)).every((hit) => hit.facts.includes('Letter'));
  check(!(await letters()), 'all hits are letters');
  await page.locator('#at-kind').selectOption('letter');
  await answered(page);
  check(await letters() && (await hits(page)).length > 0, 'not narrowed to letters');
  check(page.url().endsWith('?q=pharmacy&kind=letter'), `the address is ${page.url()}`);
  await page.goBack();
  await answered(page);
  check(await answered(page) === before && await page.locator('#at-kind').inputValue() === '', 'the way back leads elsewhere');
  await page.locator('#at-state').selectOption({ index: 1 });
  const state = await page.locator('#at-state option:checked').textContent();
  await answered(page);
  check((await hits(page)).length > 0 && (await hits(page)).every((hit) => hit.facts.includes(state)), `not narrowed to “${state}”`);
  await page.locator('#at-state').selectOption('');
  await page.locator('#at-drafts').selectOption('earlier');
  await answered(page);
  check((await hits(page)).every((hit) => hit.facts.includes('Earlier draft')), 'not narrowed to earlier drafts');
}

{ // Ten at a time; the keyboard goes on at the first of the next.
  const page = await open(`${search}?q=pharmacy`);
  await answered(page);
  check((await hits(page)).length === 10, `${(await hits(page)).length} hits at once`);
  await page.locator('#at-more').press('Enter');
  await shown(page, 10);
  const at = await page.evaluate(() => [...document.querySelectorAll('.search-result')].indexOf(document.activeElement.closest('.search-result')));
  check(at === 10, `after “Show more” the keyboard is at hit ${at}`);
}

{ // Nothing found; markup in a question is words.
  const page = await open(`${search}?q=${encodeURIComponent('<b>zzyzx</b>')}`);
  check(await answered(page) === 'No page holds “<b>zzyzx</b>”', 'nothing found is not said');
}

for (const [width, colorScheme] of [[1280, 'light'], [1280, 'dark'], [360, 'light'], [320, 'dark']]) {
  const page = await open(`${search}?q=hubs`, { width, colorScheme, bypassCSP: true });
  await answered(page);
  const wide = await page.evaluate(() => document.scrollingElement.scrollWidth);
  check(wide <= width, `${wide} px wide in a window of ${width}`);
  const small = await page.locator('main :is(a, button, input, select)').evaluateAll((all) => all.filter((own) => own.offsetParent && own.getBoundingClientRect().height < 24).map((own) => own.textContent));
  check(small.length === 0, `targets below 24 px: ${small}`);
  await page.evaluate(axe);
  const { violations } = await page.evaluate((values) => globalThis.axe.run({ runOnly: { type: 'tag', values } }), RULES);
  violations.forEach((rule) => check(false, `axe ${rule.id}: ${rule.help}: ${rule.nodes[0].target.join(' ')} (${width} px, ${colorScheme})`));
  if (pictures) await page.screenshot({ path: join(pictures, `search-${width}-${colorScheme}.png`), fullPage: width < 400 });
}

{ // Without a script.
  const page = await open(`${search}?q=hubs`, { javaScriptEnabled: false });
  const words = await page.locator('main').innerText();
  check(words.includes('needs JavaScript') && words.includes('Proposals') && !(await page.locator('#at-search').isVisible()), 'without a script the page does not say what to do');
}

{ // Where there is no index, as in a preview; and from a folder.
  withIndex = false;
  const page = await open(`${search}?q=hubs`, { quiet: true });
  check(await answered(page) === await page.locator('#at-search').getAttribute('data-broken'), 'a missing index is not said');
  const file = `${pathToFileURL(resolve(site, 'search/index.html')).href}?q=hubs`;
  const folder = await open(file, { quiet: true });
  check(await answered(folder) === await folder.locator('#at-search').getAttribute('data-file'), 'from a folder the page does not say what to do');
}

await browser.close();
server.close();
console.log(`${site}: ${checks} checks of the search, ${faults} faults`);
process.exitCode = faults ? 1 : 0;
