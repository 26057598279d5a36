// What the tests of pages in a browser share.
//
// In: a folder of pages. Out: a server for it on this machine, Chromium ($CHROMIUM names another), the list of its
// pages and those of them that show everything once, and faults, each drawn once. Whatever page is opened by `visit`
// asks no other host for anything, gets all that it asks for, writes no error to the console (what its
// Content-Security-Policy forbids is one), sets no cookie, and keeps nothing in the browser but under names that
// begin with `greenpaper`.
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { extname, join, posix, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';

const TYPES = {
  '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.mjs': 'text/javascript', '.svg': 'image/svg+xml',
  '.xml': 'application/xml', '.json': 'application/json', '.png': 'image/png', '.ics': 'text/calendar', '.wasm': 'application/wasm',
};
export const WIDE = { width: 1280, height: 900 };
export const NARROW = { width: 360, height: 740 };

/** What an npm package of the tools' folder exports to CommonJS. */
export const tool = (tools) => createRequire(join(resolve(tools), 'package.json'));

/** Chromium. */
export function launch(tools) {
  const { chromium } = tool(tools)('playwright-core');
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}

/** All files of a folder, by their path from its root, in the order of their names. */
export function files(root, folder = '') {
  return readdirSync(join(root, folder)).sort().flatMap((name) => {
    const path = posix.join(folder, name);
    return statSync(join(root, path)).isDirectory() ? files(root, path) : [path];
  });
}

/** The HTML pages of a folder. */
export const pages = (root) => files(root).filter((path) => path.endsWith('.html'));

export const read = (root, path) => readFileSync(join(root, path), 'utf8');

/** The file that an address of a site stands for, and its bytes; nothing where there is none. */
export function answer(root, pathname, prefix = '/') {
  const path = posix.normalize(decodeURIComponent(pathname));
  if (!path.startsWith(prefix)) return undefined;
  const file = join(root, path.slice(prefix.length), path.endsWith('/') ? 'index.html' : '');
  try {
    return { type: TYPES[extname(file)] ?? 'application/octet-stream', body: readFileSync(file) };
  } catch {
    return undefined;
  }
}

/** A page that leads on by itself, without that, so that it can be looked at. */
export const stay = (html) => html.replace(/<meta http-equiv="refresh"[^>]*>/i, '');

/** Answers with the files of a site, on this machine only, packed as servers do; `sent` tells by path how many bytes. */
export async function serve(root) {
  const sent = new Map();
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://x');
    const found = answer(root, pathname);
    if (!found) return response.writeHead(404).end();
    const body = gzipSync(found.type.startsWith('text/html') ? stay(found.body.toString()) : found.body);
    sent.set(pathname, body.length);
    return response.writeHead(200, { 'content-type': found.type, 'content-encoding': 'gzip' }).end(body);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return { home: `http://127.0.0.1:${server.address().port}/`, sent, close: () => server.close() };
}

/** The kind of a page: the first class of its body. Its sort: all of them. */
export const sort = (html) => html.match(/<body class="([^"]*)"/)?.[1] ?? '';
export const kind = (html) => sort(html).split(' ')[0];

/** The elements that can be used. */
export const USED = /^(a|area|audio|button|details|input|label|select|summary|textarea|video)$/;

/** Pages that together have every class and element that stands on a page of any kind: those first that show most for their size. */
export function sample(root, elements = /./, paths = pages(root)) {
  const left = paths.map((path) => {
    const html = read(root, path);
    const tags = [...html.matchAll(/<([a-z][a-z0-9]*)\b(?:[^>]*? class="([^"]*)")?/g)];
    const parts = tags.filter(([, name], at) => elements.test(name) || at < 30).flatMap(([, name, classes = '']) => [name, ...classes.split(' ')].map((part) => `${kind(html)}|${part}`));
    return { path, parts: new Set(parts), size: html.length + 20000 };
  });
  const [found, seen] = [[], new Set()];
  const gain = (page) => [...page.parts].filter((part) => !seen.has(part)).length / page.size;
  for (;;) {
    const [most] = left.map((page) => ({ page, gain: gain(page) })).sort((a, b) => b.gain - a.gain);
    if (!most?.gain) return found;
    found.push(most.page.path);
    most.page.parts.forEach((part) => seen.add(part));
  }
}

/** The smallest page of each sort, and of each set of states (of rounds and drafts) that pages of a sort show. */
export function sorts(root, paths = pages(root)) {
  const found = new Map();
  for (const path of paths) {
    const html = read(root, path);
    const states = [...new Set(html.match(/\bbadge-[a-z]+/g))].sort();
    const key = `${sort(html)}|${states}`;
    if (!found.has(key) || found.get(key).size > html.length) found.set(key, { path, size: html.length });
  }
  return [...found.values()].map(({ path }) => path);
}

/** Opens a page, and says what it does that no page may; `home` is where its site begins. */
export async function visit(page, address, home, fault, scripts = true) {
  const own = home.startsWith('file:') ? home : new URL(home).origin + '/';
  const listeners = {
    console: (message) => message.type() === 'error' && fault(`console: ${message.text()}`),
    pageerror: (error) => fault(`script: ${error.message}`),
    request: (request) => !request.url().startsWith(own) && !/^(data|blob|about):/.test(request.url()) && fault(`asks another host: ${request.url()}`),
    // What was asked for and is no longer wanted, since the page was left, is no fault.
    requestfailed: (request) => request.failure()?.errorText !== 'net::ERR_ABORTED' && fault(`could not load ${request.url()}`),
    response: (response) => response.status() >= 400 && fault(`${response.status()} for ${response.url()}`),
  };
  for (const [event, listener] of Object.entries(listeners)) page.on(event, listener);
  await page.goto(address, { waitUntil: 'load' });
  if (scripts) {
    await page.evaluate(() => new Promise((done) => { requestAnimationFrame(() => setTimeout(done)); }));
    (await page.evaluate(kept)).forEach((name) => fault(`keeps ${name} in the browser`));
  }
  for (const { name } of await page.context().cookies()) fault(`sets the cookie ${name}`);
  return () => Object.entries(listeners).forEach(([event, listener]) => page.off(event, listener));
}

/** What a page keeps in the browser under names that are not ours. */
async function kept() {
  const places = { localStorage, sessionStorage };
  const names = Object.entries(places).flatMap(([place, values]) => Object.keys(values).filter((name) => !name.startsWith('greenpaper')).map((name) => `${place} ${name}`));
  const bases = await indexedDB.databases().catch(() => []);
  return [...names, ...bases.map(({ name }) => `the database ${name}`), ...(document.cookie ? [`the cookie ${document.cookie}`] : [])];
}

/** Opens pages one after the other in a window of their own, three windows at once, and lets `look` see each; `day` is
    the date that they take it to be. */
export async function each(browser, home, paths, options, faults, look = () => {}) {
  const { day, ...window } = options;
  const waiting = [...paths];
  const work = async () => {
    const context = await browser.newContext(window);
    const page = await context.newPage();
    if (day) await page.clock.setFixedTime(`${day}T12:00:00Z`);
    for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
      const fault = (words, at = '') => faults.add(at ? `${path} “${at}”` : path, words);
      try {
        await page.setViewportSize(options.viewport);
        const leave = await visit(page, home + path, home, fault, options.javaScriptEnabled !== false);
        await look(page, fault, path);
        leave();
      } catch (error) {
        fault(error.message.split('\n').slice(0, 2).join(' '));
      }
    }
    await context.close();
  };
  await Promise.all([work(), work(), work()]);
}

/** Faults of a test; the same one on many pages is drawn once. */
export class Faults {
  constructor(name) {
    this.name = name;
    this.places = new Map();
  }

  add(place, words) {
    this.places.set(words, [...(this.places.get(words) ?? []), place]);
  }

  /** The same, in a window or a state that its places name. */
  in(words, folder = '') {
    return { add: (place, what) => this.add(`${folder}${place} ${words}`.trim(), what) };
  }

  /** Draws them, and how much was looked at, and ends the program so that it tells. */
  end(done) {
    for (const [words, [first, ...more]] of this.places) console.log(`${first}: ${words}${more.length ? ` (and ${more.length} more)` : ''}`);
    const count = [...this.places.values()].flat().length;
    console.log(`${this.name}: ${done}, ${count} faults`);
    process.exitCode = count ? 1 : 0;
  }
}

/** Checks of a test that goes its own way; a fault names what was looked at, and says what was found. */
export class Checks extends Faults {
  constructor(name) {
    super(name);
    this.count = 0;
  }

  /** Notes a fault unless both are the same. */
  is(what, found, expected) {
    this.count += 1;
    const [own, other] = [found, expected].map((value) => JSON.stringify(value));
    if (own !== other) this.add(what, `${own}, not ${other}`);
  }

  /** Notes a fault unless it holds. */
  holds(what, held, found = '') {
    this.count += 1;
    if (!held) this.add(what, `it is not so${found === '' ? '' : `: ${JSON.stringify(found)}`}`);
  }

  /** Draws the faults, and how much was checked. */
  done() {
    this.end(`${this.count} checks`);
  }
}

/** A page in a window of its own, opened by `visit`; `before` runs ahead of its scripts, `at` is the moment that it
    takes it to be, `route` answers in place of the server. */
export async function open(browser, home, path, checks, { before, at, route, ...options } = {}) {
  const context = await browser.newContext({ viewport: WIDE, ...options });
  const page = await context.newPage();
  if (before) await page.addInitScript(before);
  if (at) await page.clock.setFixedTime(at);
  if (route) await page.route(...route);
  await visit(page, home + path, home, (words) => checks.add(path, words), options.javaScriptEnabled !== false);
  return page;
}
