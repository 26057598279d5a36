// Opens every page of sites in a browser: node pages.mjs TOOLS DIR…
//
// In: the folder whose node_modules holds playwright-core and axe-core, and folders of HTML pages; $CHROMIUM
// names the browser. Out: a line for each fault, and exit status 1 where there is one. Every page is opened
// narrow and wide, light and dark. It has one h1, writes no error to the console, asks no other host for
// anything, gets everything that it asks for, and is not wider than the window, down to 320 pixels
// (WCAG 2.2, 1.4.10). One page of each sort is also held against the rules of axe-core for WCAG 2.2 A and AA.
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { extname, join, posix, resolve } from 'node:path';

const [tools, ...roots] = process.argv.slice(2);
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const require = createRequire(join(resolve(tools), 'package.json'));
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const WINDOWS = [
  { width: 1280, height: 900, colorScheme: 'light' },
  { width: 1280, height: 900, colorScheme: 'dark' },
  { width: 360, height: 740, colorScheme: 'light' },
  { width: 360, height: 740, colorScheme: 'dark' },
];
const NARROWEST = 320;
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const TYPES = { '.html': 'text/html', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml', '.xml': 'application/xml', '.json': 'application/json', '.png': 'image/png' };

/** The HTML pages of a folder, by their path from its root. */
function pages(root, folder = '') {
  return readdirSync(join(root, folder)).sort().flatMap((name) => {
    const path = posix.join(folder, name);
    return statSync(join(root, path)).isDirectory() ? pages(root, path) : path.endsWith('.html') ? [path] : [];
  });
}

/** Answers with the files of a site, on this machine only. */
function serve(root) {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://x').pathname);
    const file = join(root, posix.normalize(path.endsWith('/') ? `${path}index.html` : path));
    try {
      const bytes = readFileSync(file);
      response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' });
      response.end(extname(file) === '.html' ? stay(bytes.toString()) : bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
  return new Promise((done) => server.listen(0, '127.0.0.1', () => done(server)));
}

/** A page that leads on by itself, without that, so that it can be looked at. */
const stay = (html) => html.replace(/<meta http-equiv="refresh"[^>]*>/i, '');

/** The sort of a page, as its theme's body says it, else where it lies. */
const sort = (page, path) => page.evaluate(() => document.body.className || document.body.id).then((name) => name || path.split('/').slice(0, 1).join());

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

/** Opens a page in one window and says what is wrong with it. */
async function look(page, origin, path, sorts) {
  const found = new Set();
  const listeners = {
    console: (message) => message.type() === 'error' && found.add(`console: ${message.text()}`),
    pageerror: (error) => found.add(`script: ${error.message}`),
    request: (request) => !request.url().startsWith(origin) && !/^(data|blob|about):/.test(request.url()) && found.add(`asks another host: ${request.url()}`),
    requestfailed: (request) => found.add(`could not load ${request.url()}`),
    response: (response) => response.status() >= 400 && found.add(`${response.status()} for ${response.url()}`),
  };
  for (const [event, listener] of Object.entries(listeners)) page.on(event, listener);
  try {
    await page.goto(`${origin}/${path}`, { waitUntil: 'load' });
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
    const headings = await page.locator('h1').count();
    if (headings !== 1) found.add(`${headings} h1`);
    for (const width of page.viewportSize().width < 400 ? [page.viewportSize().width, NARROWEST] : [page.viewportSize().width]) {
      await page.setViewportSize({ width, height: page.viewportSize().height });
      const words = await page.evaluate(overflow);
      if (words) found.add(words);
    }
    const kind = await sort(page, path);
    if (!sorts.has(kind)) {
      sorts.add(kind);
      (await rules(page)).forEach((words) => found.add(words));
    }
  } catch (error) {
    found.add(error.message.split('\n')[0]);
  }
  for (const [event, listener] of Object.entries(listeners)) page.off(event, listener);
  return [...found];
}

/** What axe-core finds. */
async function rules(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate((values) => globalThis.axe.run({ runOnly: { type: 'tag', values } }), RULES);
  return violations.map((rule) => `axe ${rule.id}: ${rule.help} (${rule.nodes.length}): ${rule.nodes[0].target.join(' ')}`);
}

/** All pages in one window. */
async function inWindow(browser, origin, paths, { width, height, colorScheme }) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme });
  const page = await context.newPage();
  const [found, sorts] = [[], new Set()];
  for (const path of paths) {
    await page.setViewportSize({ width, height });
    for (const words of await look(page, origin, path, sorts)) found.push({ place: `${path} (${width} px, ${colorScheme})`, words });
  }
  await context.close();
  return { found, sorts };
}

/** Opens all pages of a site in all windows, draws what is wrong, and returns how much. */
async function check(browser, root) {
  const paths = pages(root);
  const server = await serve(root);
  const origin = `http://127.0.0.1:${server.address().port}`;
  const results = await Promise.all(WINDOWS.map((window) => inWindow(browser, origin, paths, window)));
  server.close();
  const places = new Map();
  for (const { place, words } of results.flatMap((result) => result.found)) places.set(words, [...(places.get(words) ?? []), place]);
  for (const [words, [first, ...more]] of places) console.log(`${root}/${first}: ${words}${more.length ? ` (and ${more.length} more)` : ''}`);
  const faults = [...places.values()].flat().length;
  console.log(`${root}: ${paths.length} pages in ${WINDOWS.length} windows, ${results[0].sorts.size} sorts held against axe-core, ${faults} faults`);
  return paths.length ? faults : 1;
}

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
let faults = roots.length ? 0 : 1;
for (const root of roots) faults += await check(browser, root);
await browser.close();
process.exitCode = faults ? 1 : 0;
