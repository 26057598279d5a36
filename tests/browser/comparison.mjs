// The ways to look at a comparison: node comparison.mjs TOOLS SITE OLD NEW [CHAPTER]
//
// In: the folder whose node_modules holds playwright-core, a folder of pages, and the paths of two drafts of
// a document in it (proposals/x/draft-1 …), with a chapter of both where they have chapters; $CHROMIUM names the browser. Out: a line for each fault, and exit
// status 1 where there is one. Without a script, either text clean must read as the page of its own draft,
// side by side must show no change twice, the changes alone must hide the rest, and every way to the next
// change must lead to one. With a script, keys lead from change to change.
import { basename, dirname } from 'node:path';
import { launch, serve } from './browser.mjs';

const [tools, site, old, newer, chapter] = process.argv.slice(2);
const below = chapter ? `${chapter}/` : '';
const host = await serve(site);
const origin = host.home.slice(0, -1);
const comparison = `${origin}/${dirname(old)}/changes/${basename(old)}/${basename(newer)}/${below}`;

let faults = 0;
const fault = (words) => { faults += 1; console.log(`${comparison}: ${words}`); };
const browser = await launch(tools);

/** The words of the text that a reader sees, without numbers, labels and links of the page's own. */
async function words(page) {
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('[data-diff-chrome]:not(.sides) { display: none !important }');
    document.adoptedStyleSheets = [sheet];
  });
  const text = await page.locator('#at-text').innerText();
  return text.split(/\s+/).filter(Boolean);
}

async function open(url, javaScriptEnabled, width = 1280) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, javaScriptEnabled });
  const page = await context.newPage();
  page.on('console', (message) => message.type() === 'error' && fault(`console: ${message.text()}`));
  await page.goto(url);
  return page;
}

/** Either text clean reads as its own page. */
for (const [view, draft] of [['old', old], ['new', newer]]) {
  const own = await words(await open(`${origin}/${draft}/${below}`, true));
  const page = await open(comparison, true);
  await page.locator(`[name=view][value=${view}]`).check();
  const clean = await words(page);
  const at = own.findIndex((word, place) => word !== clean[place]);
  if (at >= 0 || own.length !== clean.length) {
    fault(`${view} clean differs from ${draft} at word ${at}: “${own.slice(at, at + 8).join(' ')}” is “${clean.slice(at, at + 8).join(' ')}” (${own.length} and ${clean.length} words)`);
  }
}

/** Without a script: the ways from change to change, and what each view hides. */
const page = await open(comparison, false);
const ways = await page.locator('.next-change').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
for (const href of ways) if ((await page.locator(`[id="${href.slice(1)}"]`).count()) !== 1) fault(`${href} leads to no change`);
if (!ways.length) fault('no way to a next change');
await page.locator('[name=view][value=changes]').check();
if (await page.locator('.marked > .numbered:visible').count()) fault('changes only: text that did not change is shown');
if (!(await page.locator('.marked > .change:visible').count())) fault('changes only: no change is shown');
await page.locator('[name=view][value=sides]').check();
const twice = await page.locator('.change').evaluateAll((changes) => changes.filter((change) => {
  const sides = change.querySelector(':scope > .sides');
  const rest = [...change.children].filter((child) => !child.matches('.sides, .change-class, .move-link, .reason'));
  const seen = (element) => element.getClientRects().length > 0;
  return sides && seen(sides) && rest.some(seen);
}).length);
if (twice) fault(`side by side: ${twice} changes are shown twice`);
if (!(await page.locator('.sides:visible').count())) fault('side by side: no columns');
const narrow = await open(comparison, false, 360);
if (await narrow.locator('[name=view][value=sides]').isVisible()) fault('side by side is offered on a phone');

/** With a script: keys. */
const keys = await open(comparison, true);
const focused = () => keys.evaluate(() => document.activeElement.id);
await keys.keyboard.press('n');
if (await focused()) fault('a letter alone leads on although the text has no focus');
await keys.keyboard.press('Alt+ArrowDown');
const first = await focused();
await keys.keyboard.press('n');
const second = await focused();
await keys.keyboard.press('p');
if (!first || first === second || (await focused()) !== first) fault(`keys lead to ${[first, second, await focused()].join(', ')}`);

await browser.close();
host.close();
console.log(`${comparison.replace(origin, site)}: ${ways.length + 1} changes, ${faults} faults`);
process.exitCode = faults ? 1 : 0;
