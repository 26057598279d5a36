// Words that the glossary explains: node words.mjs TOOLS SITE PAGE
//
// In: the folder whose node_modules holds playwright-core, a folder of pages, and the path of a page in it that
// leads to terms; $CHROMIUM names the browser. Out: a line for each fault, and exit status 1 where there is one.
// A click, a touch and Enter open what a word means; to hover and to focus do not. Escape, its button and a
// click elsewhere close it, and the focus is back at the word. Without a script the same link shows the entry
// on the screen without moving the text, and its ways lead back. At 320 pixels nothing is wider than the window.
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { extname, join, normalize, resolve } from 'node:path';

const [tools, site, path] = process.argv.slice(2);
const require = createRequire(join(resolve(tools), 'package.json'));
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const TYPES = { '.html': 'text/html', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml' };

const server = createServer((request, response) => {
  const asked = normalize(decodeURIComponent(new URL(request.url, 'http://x').pathname));
  const file = join(site, asked.endsWith('/') ? `${asked}index.html` : asked);
  try {
    const bytes = readFileSync(file);
    response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' }).end(bytes);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((done) => server.listen(0, '127.0.0.1', done));
const url = `http://127.0.0.1:${server.address().port}/${path}/`;

let faults = 0;
const fault = (words) => { faults += 1; console.log(`${site}/${path}: ${words}`); };
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-dev-shm-usage'] });

async function open(options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

/** A word in the middle of the text, and what its entry says. */
async function word(page) {
  const all = page.locator('#at-text a.term');
  const link = all.nth(Math.floor((await all.count()) / 2));
  await link.scrollIntoViewIfNeeded();
  const id = (await link.getAttribute('href')).slice(1);
  const entry = page.locator(`[id="${id}"]`);
  return { link, entry, own: await link.getAttribute('id'), meaning: (await entry.locator('dd').first().innerText()).trim() };
}

const card = (page) => page.locator('.word-card:popover-open');
const settled = (page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50))));

/** Whether the card is open with the meaning, holds the focus and lies in the window. */
async function opened(page, how, meaning) {
  await settled(page);
  if (!(await card(page).count())) return fault(`${how} does not open the entry`);
  if (!(await card(page).innerText()).includes(meaning)) fault(`${how} opens another entry`);
  if (!(await page.evaluate(() => document.querySelector('.word-card').contains(document.activeElement)))) fault(`${how}: the focus does not go in`);
  const box = await card(page).boundingBox();
  const { width, height } = page.viewportSize();
  if (box.x < 0 || box.y < 0 || box.x + box.width > width || box.y + box.height > height) fault(`${how}: the entry lies outside the window: ${JSON.stringify(box)}`);
}

async function closed(page, how, own) {
  await settled(page);
  if (await card(page).count()) fault(`${how} does not close the entry`);
  const focus = await page.evaluate(() => document.activeElement.id);
  if (focus !== own) fault(`${how}: the focus is at “${focus}”, not at ${own}`);
}

/** With a mouse and with keys. */
{
  const page = await open();
  const { link, meaning, own } = await word(page);
  await link.hover();
  await settled(page);
  if (await card(page).count()) fault('to hover opens the entry');
  await link.focus();
  await settled(page);
  if (await card(page).count()) fault('to focus opens the entry');
  const pages = await page.evaluate(() => history.length);
  await link.click();
  await opened(page, 'a click', meaning);
  await page.evaluate(axe);
  const { violations } = await page.evaluate((values) => globalThis.axe.run({ runOnly: { type: 'tag', values } }), RULES);
  violations.forEach((rule) => fault(`axe ${rule.id}: ${rule.help}: ${rule.nodes[0].target.join(' ')}`));
  await page.keyboard.press('Escape');
  await closed(page, 'Escape', own);
  await page.keyboard.press('Enter');
  await opened(page, 'Enter', meaning);
  await page.mouse.click(1270, 890);
  await closed(page, 'a click elsewhere', own);
  await page.keyboard.press('Enter');
  await settled(page);
  await card(page).locator('button').click();
  await closed(page, 'the button', own);
  if ((await page.evaluate(() => history.length)) !== pages || page.url() !== url) fault('an entry leaves a trace in the history');
}

/** With a finger, on a phone. */
{
  const page = await open({ viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true });
  const { link, meaning } = await word(page);
  await link.tap();
  await opened(page, 'a touch', meaning);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  if (wide > 320) fault(`with an entry open the page is ${wide} px wide in a window of 320`);
  await page.touchscreen.tap(20, 40);
  await settled(page);
  if (await card(page).count()) fault('a touch elsewhere does not close the entry');
}

/** Without a script, wide and narrow. */
for (const width of [1280, 320]) {
  const page = await open({ javaScriptEnabled: false, viewport: { width, height: 700 } });
  const { link, entry, own } = await word(page);
  const top = async () => Math.round((await link.boundingBox()).y);
  const before = await top();
  await link.focus();
  await page.keyboard.press('Enter');
  await page.waitForTimeout(100);
  const box = await entry.boundingBox();
  if (box.y < 0 || box.y + box.height > 701) fault(`without a script: the entry is not on the screen at ${width}: ${JSON.stringify(box)}`);
  if ((await top()) !== before) fault(`without a script: the text moves by ${(await top()) - before} px at ${width}`);
  const back = entry.locator('.word-close a');
  if (!(await back.isVisible())) fault('without a script: no way back');
  await back.click();
  await page.waitForTimeout(100);
  if (await back.isVisible()) fault('without a script: the entry does not close');
  if ((await top()) !== before) fault(`without a script: closing moves the text by ${(await top()) - before} px at ${width}`);
  await entry.locator(`a[href="#${own}"]`).click();
  if (!(await link.evaluate((element) => element.matches(':target')))) fault('without a script: a place does not lead to its word');
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  if (wide > width) fault(`${wide} px wide in a window of ${width}`);
}

/** Every word leads to its entry in the glossary. */
{
  const page = await open();
  const { entry } = await word(page);
  await page.goto(new URL(await entry.locator('a[href*="glossary/"]').getAttribute('href'), url).href);
  if (!(await page.locator('.word:target').count())) fault('the glossary does not have the word');
}

await browser.close();
server.close();
console.log(`${site}/${path}: ${faults} faults`);
process.exitCode = faults ? 1 : 0;
