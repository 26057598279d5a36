// Whom papers concern: node groups.mjs TOOLS SITE
//
// In: the folder whose node_modules holds playwright-core, and a folder of pages of the sample site; $CHROMIUM
// names the browser. Out: a line for each fault, and exit status 1 where there is one. A group is picked by
// mouse and by keyboard, with a script and without: what concerns it stays in sight, what does not goes and
// can be had back, a link to it shows it, the numbers are right, and the choice is kept from page to page in
// the browser alone.
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { extname, join, normalize, resolve } from 'node:path';

const [tools, site] = process.argv.slice(2);
const require = createRequire(join(resolve(tools), 'package.json'));
const { chromium } = require('playwright-core');
const TYPES = { '.html': 'text/html', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml' };
const asked = [];
const server = createServer((request, response) => {
  asked.push(request.url);
  const path = normalize(decodeURIComponent(new URL(request.url, 'http://x').pathname));
  const file = join(site, path.endsWith('/') ? `${path}index.html` : path);
  try {
    const bytes = readFileSync(file);
    response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' }).end(bytes);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((done) => server.listen(0, '127.0.0.1', done));
const origin = `http://127.0.0.1:${server.address().port}`;
const DRAFT = `${origin}/proposals/representation/draft-3/`;
const COMPARISON = `${origin}/proposals/representation/changes/draft-1/draft-3/`;

let faults = 0;
let checks = 0;
/** Notes a fault unless both are the same. */
function is(what, found, expected) {
  checks += 1;
  if (JSON.stringify(found) === JSON.stringify(expected)) return;
  faults += 1;
  console.log(`${what}: ${JSON.stringify(found)}, not ${JSON.stringify(expected)}`);
}
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-dev-shm-usage'] });

async function open(url, javaScriptEnabled = true, width = 1280) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, javaScriptEnabled });
  const page = await context.newPage();
  page.on('request', (request) => { if (!request.url().startsWith(origin)) is(`${url} asks`, request.url(), origin); });
  await go(page, url);
  return page;
}
/** Opens a page, and what its boxes are folded into. */
async function go(page, url) {
  await page.goto(url);
  const folded = page.locator('details:not([open]):has(.groups) > summary');
  if (await folded.count()) await folded.click();
}
const box = (page, name) => page.locator(`input[name=for][value=${name}]`);
/** Of what says whom it concerns, how much is in sight for a group, and how much of the rest. */
const inSight = (page, selector, name) => page.locator(selector).evaluateAll((all, name) => {
  const seen = (element) => element.checkVisibility();
  const mine = (element) => !element.dataset.for || element.dataset.for.split(' ').includes(name);
  return { mine: all.filter((own) => mine(own) && !seen(own)).length, others: all.filter((own) => !mine(own) && seen(own)).length };
}, name);
const NONE_WRONG = { mine: 0, others: 0 };
const hidden = (page, selector) => page.locator(selector).evaluateAll((all) => all.filter((own) => !own.checkVisibility()).length);

for (const script of [true, false]) {
  const how = script ? 'with a script' : 'without';
  // A draft.
  const page = await open(DRAFT, script);
  is(`${how}: nothing is out of sight before`, await hidden(page, '.stretch'), 0);
  await box(page, 'multiples').scrollIntoViewIfNeeded();
  const at = await box(page, 'multiples').boundingBox();
  await box(page, 'multiples').click();
  is(`${how}: the box stays under the pointer`, await box(page, 'multiples').boundingBox(), at);
  is(`${how}: stretches`, await inSight(page, '.stretch', 'multiples'), NONE_WRONG);
  is(`${how}: something went`, (await hidden(page, '.stretch')) > 0, true);
  is(`${how}: in place of what it means for others`, await page.locator('.means dl').isVisible(), false);
  is(`${how}: what it means`, await page.locator('.mine:visible').evaluateAll((all) => all.map((own) => own.dataset.for)), ['multiples']);
  // What went can be had back, by keyboard, without taking the tick away.
  const away = page.locator('.for:has(+ .stretch)').filter({ has: page.locator('label:visible') }).first();
  await away.locator('input').focus();
  await page.keyboard.press('Space');
  is(`${how}: asked for`, await away.evaluate((own) => own.nextElementSibling.checkVisibility()), true);
  // By keyboard another group, and back.
  await box(page, 'independents').focus();
  await page.keyboard.press('Space');
  is(`${how}: two groups`, await page.locator('.mine:visible').count(), 2);
  await page.keyboard.press('Space');
  // A link into what is out of sight shows it.
  const id = await page.locator('.stretch[data-for="local-committees"] [id]').first().getAttribute('id');
  await page.evaluate((id) => { location.hash = id; }, id);
  is(`${how}: a link shows it`, await page.locator(`[id="${id}"]`).isVisible(), true);
  await page.evaluate(() => { location.hash = 'multiples'; });
  await box(page, 'multiples').click();
  await box(page, 'nhs').click();
  is(`${how}: a link to a heading shows its section`, await page.locator('#multiples + .for + .stretch').isVisible(), true);
  await page.emulateMedia({ media: 'print' });
  is(`${how}: print shows all`, await hidden(page, '.stretch'), 0);
  // A comparison.
  const compared = await open(COMPARISON, script);
  await box(compared, 'multiples').click();
  is(`${how}: changes in the text`, await inSight(compared, '.marked > .change, .marked > .move', 'multiples'), NONE_WRONG);
  await compared.locator('.change-list details summary').click();
  is(`${how}: changes in the list`, await inSight(compared, '.change-list .every .change-line', 'multiples'), NONE_WRONG);
  is(`${how}: some changes went`, (await hidden(compared, '.marked > .change[data-for]')) > 0, true);
  is(`${how}: the rest is spoken of`, await compared.locator('.picked').isVisible(), true);
  // Lists.
  for (const [path, selector] of [['', '.card'], ['letters/', '.card'], ['changes/', '.event']]) {
    const list = await open(`${origin}/${path}`, script);
    await box(list, 'dental').check();
    is(`${how}: /${path}`, await inSight(list, selector, 'dental'), NONE_WRONG);
    // All letters concern everybody named.
    is(`${how}: /${path}: some went`, (await hidden(list, selector)) > 0, path !== 'letters/');
    const empty = (all) => all.filter((own) => own.checkVisibility() && ![...own.querySelectorAll('.event')].some((one) => one.checkVisibility())).length;
    is(`${how}: /${path}: no day without an entry`, await list.locator('.events > li').evaluateAll(empty), 0);
  }
}

// The numbers, counted here in another way.
const compared = await open(COMPARISON);
await box(compared, 'multiples').click();
const lines = await compared.locator('.change-line').evaluateAll((all) => all.map((own) => [own.querySelector('a').getAttribute('href'), own.dataset.for ?? '']));
const changes = new Map(lines);
const mine = [...changes.values()].filter((names) => names === '' || names.split(' ').includes('multiples')).length;
is('some concern others', mine < changes.size, true);
is('the count', await compared.locator('.picked output').innerText(), `Changes that concern you: ${mine} of ${changes.size}.`);
const front = await open(`${origin}/`);
await box(front, 'dental').check();
const cards = await front.locator('.card').evaluateAll((all) => [all.filter((own) => own.dataset.for && !own.dataset.for.split(' ').includes('dental')).length, all.length]);
is('other papers', await front.locator('.picked output').innerText(), `Other papers: ${cards[0]} of ${cards[1]}.`);

// The choice goes from page to page, the address stays clean, and nothing is sent.
const kept = await open(DRAFT);
await box(kept, 'nhs').click();
await go(kept, `${origin}/strategy/primary-care/`);
is('kept', await box(kept, 'nhs').isChecked(), true);
is('the address', kept.url(), `${origin}/strategy/primary-care/`);
await kept.goto(`${origin}/changes/`);
is('the list is open', await box(kept, 'nhs').isVisible(), true);
is('only in the browser', await kept.evaluate(() => [document.cookie, localStorage.getItem('greenpaper-groups')]), ['', '["nhs"]']);
await box(kept, 'nhs').uncheck();
await go(kept, DRAFT);
is('taken back', await box(kept, 'nhs').isChecked(), false);
await go(kept, `${origin}/`);
await box(kept, 'dental').check();
await go(kept, DRAFT);
is('a paper that does not name it says so', await kept.locator('.unnamed').isVisible(), true);
is('and shows all', await hidden(kept, '.stretch'), 0);
is('nothing of it is sent', asked.filter((url) => /dental|nhs|multiples|\?/.test(url)), []);

// Narrow windows, and targets.
for (const path of ['', 'changes/', 'proposals/representation/draft-3/', 'strategy/primary-care/']) {
  const narrow = await open(`${origin}/${path}`, true, 320);
  await narrow.locator('input[name=for]').first().check();
  is(`/${path} at 320`, await narrow.evaluate(() => document.documentElement.scrollWidth), 320);
  const low = await narrow.locator('.groups label').evaluateAll((all) => all.filter((own) => own.getBoundingClientRect().height < 24).length);
  is(`/${path}: targets`, low, 0);
}

// The table of a strategy has a row for every group.
const strategy = await open(`${origin}/strategy/primary-care/`);
is('rows', await strategy.locator('.coverage tbody tr').count(), 8);
is('no row without a word', await strategy.locator('.coverage td').evaluateAll((all) => all.filter((own) => !own.textContent.trim()).length), 0);

await browser.close();
server.close();
console.log(`${site}: ${checks} checks of groups, ${faults} faults`);
process.exitCode = faults ? 1 : 0;
