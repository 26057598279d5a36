// What changed since a reader last read: node since-read.mjs TOOLS DIR
//
// In: the folder whose node_modules holds playwright-core, and the sample site. Out: a line for each fault, and exit
// status 1 where there is one. Who read an earlier draft is led from the page of the document and from the newest draft to
// the comparison of both; who read nothing, or the newest, is told nothing, nor is who has no script. Which draft it
// was is kept in this browser alone: nothing is asked of the server for it, no cookie is set, another document does not
// know of it. Values that are broken or were not written by the page do no harm and are made good, and neither does
// a browser that keeps nothing.
import { Checks, launch, open, serve } from './browser.mjs';

const [tools, root] = process.argv.slice(2);
const DOCUMENT = 'proposals/representation/';
const FIRST = `${DOCUMENT}draft-1/`;
const NEWEST = `${DOCUMENT}draft-3/`;
const KEY = 'greenpaper/proposals/representation/';
const checks = new Checks('since you last read');
const browser = await launch(tools);
const site = await serve(root);

/** What a page says, and where it leads. */
async function told(page, path) {
  if (path !== undefined) await page.goto(site.home + path);
  return page.locator('.since-read p:visible').evaluateAll((all) => all.map((own) => [own.querySelector('a').textContent.match(/Draft \d[^:]*/)[0], own.querySelector('a').href]));
}
const since = (draft, label) => [[label, `${site.home}${DOCUMENT}changes/${draft}/draft-3/`]];
const kept = (page) => page.evaluate(() => Object.entries(localStorage).filter(([key]) => key !== 'greenpaper-groups'));
const write = (page, value) => page.evaluate(([key, value]) => localStorage.setItem(key, value), [KEY, value]);
/** Whether the scripts of a page ran to their end. */
const whole = (page) => page.locator('.picker').count();

// Who read nothing.
const fresh = await open(browser, site.home, DOCUMENT, checks);
checks.is('who read nothing: the document', await told(fresh), []);
checks.is('the page of the document keeps nothing', await kept(fresh), []);
checks.is('no empty frame either', await fresh.locator('.since-read:visible').count(), 0);
checks.is('who read nothing: the newest', await told(fresh, NEWEST), []);
checks.is('who read the newest: the document', await told(fresh, DOCUMENT), []);

// Who read the first.
const reader = await open(browser, site.home, FIRST, checks);
checks.is('the first draft itself', await told(reader), []);
checks.is('what is kept', await kept(reader), [[KEY, '["draft-1"]']]);
checks.is('the document', await told(reader, DOCUMENT), since('draft-1', 'Draft 1'));
checks.is('the document again', await told(reader, DOCUMENT), since('draft-1', 'Draft 1'));
checks.is('another document', await told(reader, 'proposals/support-functions/'), []);
checks.is('the newest', await told(reader, NEWEST), since('draft-1', 'Draft 1'));
await reader.locator('.since-read a:visible').click();
checks.is('it leads to the comparison', [reader.url(), await reader.evaluate(() => document.body.classList[0])], [since('draft-1')[0][1], 'comparison']);
checks.is('who saw the newest meanwhile: the document', await told(reader, DOCUMENT), []);
checks.is('who saw the newest meanwhile: the newest', await told(reader, NEWEST), []);
checks.is('who goes back to the first: the document', [await told(reader, FIRST), await told(reader, DOCUMENT)], [[], []]);

// Of several, the one that was read last.
const several = await open(browser, site.home, FIRST, checks);
await told(several, `${DOCUMENT}draft-2-option-a/`);
await told(several, `${DOCUMENT}draft-2-option-b/`);
checks.is('the last of several', await told(several, DOCUMENT), since('draft-2-option-b', 'Draft 2, option B'));
await told(several, `${DOCUMENT}draft-2-option-a/`);
checks.is('one that is read again', await told(several, DOCUMENT), since('draft-2-option-a', 'Draft 2, option A'));
checks.is('each is kept once', await kept(several), [[KEY, '["draft-1","draft-2-option-b","draft-2-option-a"]']]);

// Chapters are read for the draft that they are of.
const chapters = await open(browser, site.home, 'strategy/primary-care/draft-1/decisions/', checks);
const led = await told(chapters, 'strategy/primary-care/');
checks.is('a chapter', led.map(([, href]) => href), [`${site.home}strategy/primary-care/changes/draft-1/draft-2/`]);

// Nothing of it leaves the browser.
const asked = [];
const still = await open(browser, site.home, FIRST, checks);
still.on('request', (request) => asked.push([request.method(), request.url(), request.postData(), request.headers().cookie]));
await told(still, DOCUMENT);
await still.waitForTimeout(300);
const odd = asked.filter(([method, url, data, cookie]) => method !== 'GET' || data || cookie || /[?]/.test(url) || !/\/(assets\/[^/]*|logo[^/]*|proposals\/representation\/|[^/]*\.svg)$/.test(url));
checks.is('nothing is asked for it', [asked.length > 0, odd], [true, []]);
checks.is('no cookie', [await still.context().cookies(), await still.evaluate(() => document.cookie)], [[], '']);
checks.is('nothing for the session', await still.evaluate(() => Object.keys(sessionStorage)), []);

// Values that the page did not write.
const foreign = await open(browser, site.home, DOCUMENT, checks);
for (const value of ['', '{', 'draft-1', '"draft-1"', '7', 'null', 'true', '{"length":1,"0":"draft-1"}', '[null,{},7,["draft-1"]]', '["draft-99","__proto__"]']) {
  const name = `kept as ${value.slice(0, 40)}`;
  await write(foreign, value);
  checks.is(`${name}: the document`, [await told(foreign, DOCUMENT), await whole(foreign)], [[], 1]);
  checks.is(`${name}: an earlier draft`, await told(foreign, FIRST), []);
  checks.is(`${name}: the document after it`, [await told(foreign, DOCUMENT), await whole(foreign)], [since('draft-1', 'Draft 1'), 1]);
}

// A browser that keeps nothing.
const refusals = {
  'no storage': () => Object.defineProperty(globalThis, 'localStorage', { get: () => { throw new DOMException('refused', 'SecurityError'); } }),
  'storage is null': () => Object.defineProperty(globalThis, 'localStorage', { value: null }),
  'nothing can be read': () => { Storage.prototype.getItem = () => { throw new DOMException('refused', 'SecurityError'); }; },
  'nothing can be written': () => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }; },
};
for (const [name, before] of Object.entries(refusals)) {
  const context = await browser.newContext();
  const page = await context.newPage();
  page.on('pageerror', (error) => checks.add(name, error.message));
  await page.addInitScript(before);
  checks.is(`${name}: pages`, [await told(page, FIRST), await told(page, NEWEST), await told(page, DOCUMENT), await whole(page)], [[], [], [], 1]);
}

// Without a script nothing is told.
const plain = await open(browser, site.home, DOCUMENT, checks, { javaScriptEnabled: false });
checks.is('no script', [await told(plain), await plain.locator('.since-read:visible').count()], [[], 0]);

await browser.close();
site.close();
checks.done();
