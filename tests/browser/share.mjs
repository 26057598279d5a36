// Links to paragraphs, copied and shared: node share.mjs TOOLS DIR
//
// In: the folder whose node_modules holds playwright-core, and the sample site. Out: a line for each fault, and exit
// status 1 where there is one. The number of a block says “Copy link to paragraph 2.4” and copies the full address of that
// block, by mouse, by keyboard and by touch; that it did is shown, and told in a place that a screen reader already knew.
// Where nothing can be copied, or it is refused, or no script runs, the number is a link to its block as any other.
// Buttons that share are there where the system can share, and give it the address and the title.
import { Checks, launch, NARROW, open, serve } from './browser.mjs';

const [tools, root] = process.argv.slice(2);
const DRAFT = 'proposals/representation/draft-3/';
const CHAPTER = 'strategy/primary-care/draft-2/decisions/';
const COMPARISON = 'proposals/representation/changes/draft-1/draft-3/';
const checks = new Checks('links to paragraphs');
const browser = await launch(tools);
const site = await serve(root);
const COPIES = { permissions: ['clipboard-read', 'clipboard-write'] };

const number = (page, id) => page.locator(`a.block-number[href="#${id}"]`);
const label = (page, id) => number(page, id).getAttribute('aria-label');
const copied = (page) => page.evaluate(() => navigator.clipboard.readText());
const clear = (page) => page.evaluate(() => navigator.clipboard.writeText('nothing yet'));
const status = (page) => page.locator('.told [role=status]');

/** Whether a screen reader knows of the place where it is told, and what it reads there. */
async function known(page) {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  const place = nodes.find((node) => !node.ignored && node.role?.value === 'status' && node.properties?.some(({ name, value }) => name === 'live' && value.value === 'polite'));
  const words = (node) => (node?.childIds ?? []).map((id) => nodes.find((own) => own.nodeId === id)).map((own) => own?.name?.value ?? words(own)).join('');
  return place ? words(place) : 'no place';
}
/** Waits until something is told. */
const telling = (page, words) => page.waitForFunction((words) => document.querySelector('.told [role=status]').textContent === words, words, { timeout: 3000 }).catch(() => {});

// A copy, in every way.
for (const [path, id, name] of [[DRAFT, 'p2-4', '2.4'], [DRAFT, 'p4-2', '4.2'], [CHAPTER, 'p4-2-4', '4.2.4'], [COMPARISON, 'p7-3', '7.3'], [COMPARISON, 'old-p3-2', '3.2']]) {
  const page = await open(browser, site.home, path, checks, COPIES);
  const at = `${path}#${id}`;
  checks.is(`${at}: its name`, [await label(page, id), await number(page, id).getAttribute('title')], Array(2).fill(`Copy link to paragraph ${name}`));
  checks.is(`${at}: the place to tell is known and empty`, await known(page), '');
  const ways = { click: () => number(page, id).click(), Enter: async () => { await number(page, id).focus(); await page.keyboard.press('Enter'); } };
  for (const [way, go] of Object.entries(ways)) {
    await clear(page);
    await page.evaluate(() => { document.querySelector('.told [role=status]').textContent = ''; });
    await go();
    await telling(page, `Link to paragraph ${name} copied`);
    checks.is(`${at}: ${way} copies`, await copied(page), site.home + at);
    checks.is(`${at}: ${way} tells`, [await status(page).innerText(), await known(page)], Array(2).fill(`Link to paragraph ${name} copied`));
    checks.is(`${at}: ${way} shows it`, await status(page).evaluate((own) => { const box = own.getBoundingClientRect(); return box.height > 10 && box.width > 50 && box.bottom <= innerHeight && own.contains(document.elementFromPoint(box.x + 5, box.y + 5)); }), true);
    checks.is(`${at}: ${way} leads there too`, [page.url(), await page.locator(`[id="${id}"]`).evaluate((own) => own.matches(':target'))], [site.home + at, true]);
  }
  checks.is(`${at}: nothing to share with`, await page.locator('.share, .told button').count(), 0);
  const there = await page.context().newPage();
  await there.goto(await copied(page));
  checks.is(`${at}: what was copied leads to the block`, await there.locator(':target').getAttribute('id'), id);
}
const touched = await open(browser, site.home, DRAFT, checks, { ...COPIES, viewport: NARROW, hasTouch: true, isMobile: true });
await clear(touched);
await number(touched, 'p2-4').tap();
await telling(touched, 'Link to paragraph 2.4 copied');
checks.is('a touch copies', await copied(touched), `${site.home}${DRAFT}#p2-4`);
checks.is('every number has a name of its own', await touched.locator('a.block-number').evaluateAll((all) => all.filter((own) => own.ariaLabel !== `Copy link to paragraph ${own.textContent}`).length), 0);

// Where nothing is copied the number is a link, and says no more than that.
const refusals = {
  'refused': [() => { Clipboard.prototype.writeText = () => Promise.reject(new DOMException('refused', 'NotAllowedError')); }, 'Copy link to paragraph 2.4'],
  'no clipboard': [() => Object.defineProperty(Navigator.prototype, 'clipboard', { get: () => undefined }), 'Link to paragraph 2.4'],
  'no script': [null, 'Link to paragraph 2.4'],
};
for (const [name, [before, says]] of Object.entries(refusals)) {
  const page = await open(browser, site.home, DRAFT, checks, { before, javaScriptEnabled: before !== null });
  checks.is(`${name}: its name`, await label(page, 'p2-4'), says);
  await number(page, 'p2-4').focus();
  await page.keyboard.press('Enter');
  await page.waitForTimeout(100);
  checks.is(`${name}: it leads there`, [page.url(), await page.locator(':target').getAttribute('id')], [`${site.home}${DRAFT}#p2-4`, 'p2-4']);
  const box = await page.locator(':target').boundingBox();
  checks.holds(`${name}: the block is in the window`, box.y >= 0 && box.y < 500, box);
  const words = await page.locator('.told:visible').allInnerTexts();
  checks.is(`${name}: nothing is said to be copied`, words.join('').trim(), '');
}

// Where the system shares.
const SHARES = () => {
  globalThis.shared = [];
  Navigator.prototype.share = async (data) => { globalThis.shared.push(data); };
};
const page = await open(browser, site.home, `${DRAFT}#p1-1`, checks, { ...COPIES, before: SHARES });
const shared = () => page.evaluate(() => globalThis.shared);
const title = await page.title();
checks.is('a button on the page', await page.locator('button.share:visible').allInnerTexts(), ['Share']);
await page.locator('button.share').click();
checks.is('it shares the page', await shared(), [{ title, url: site.home + DRAFT }]);
for (const id of ['p2-4', 'p1-2']) {
  await number(page, id).click();
  await page.locator('.told button').waitFor({ timeout: 3000 }).catch(() => {});
  checks.is(`${id}: one button beside what is told`, await page.locator('.told button').allInnerTexts(), ['Share']);
  await page.locator('.told button').focus();
  await page.keyboard.press('Enter');
  checks.is(`${id}: it shares the block`, (await shared()).at(-1), { title, url: `${site.home}${DRAFT}#${id}` });
}
const declined = await open(browser, site.home, DRAFT, checks, { before: () => { Navigator.prototype.share = () => Promise.reject(new DOMException('no', 'AbortError')); } });
await declined.locator('button.share').click();
checks.is('who thinks better of it is told nothing', await declined.locator('.told:visible').allInnerTexts().then((all) => all.join('').trim()), '');

await browser.close();
site.close();
checks.done();
