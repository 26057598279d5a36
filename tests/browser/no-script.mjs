// Reads pages with scripts off: node no-script.mjs TOOLS DIR DURING
//
// In: the folder whose node_modules holds playwright-core, and the sample site as it is now and while a round was open.
// Out: a line for each fault, and exit status 1 where there is one. On each of the main pages what matters is there and
// can be used, on a phone and on a wide window: what is open and until when, how to respond, every draft, what changed,
// the texts with their numbers, and the ways to look at a comparison, which radio buttons switch.
import { Faults, launch, NARROW, serve, visit, WIDE } from './browser.mjs';

const [tools, now, during] = process.argv.slice(2);
const DOCUMENT = 'proposals/representation/';
const faults = new Faults('no script');
const browser = await launch(tools);
const [site, open] = [await serve(now), await serve(during)];

/** Opens a page, and gives what says of it what is not there. */
async function at(viewport, { home }, path, look) {
  const context = await browser.newContext({ viewport, javaScriptEnabled: false });
  const page = await context.newPage();
  const fault = (words) => faults.add(`${path} (${viewport.width} px)`, words);
  const seen = async (selector, what, least = 1) => {
    const count = await page.locator(`${selector}:visible`).count();
    if (count < least) fault(`${what}: ${count} of ${least} can be seen (${selector})`);
  };
  const reads = async (selector, words) => {
    const text = (await page.locator(selector).allInnerTexts()).join(' ');
    if (!words.test(text)) fault(`${selector} does not say ${words}, but “${text.slice(0, 80)}”`);
  };
  await visit(page, home + path, home, fault, false);
  await seen('h1', 'a heading');
  await look({ page, fault, seen, reads });
  await context.close();
}

/** Opens what is closed, by keys. */
async function unfold(page, selector) {
  const details = page.locator(selector).first();
  if (!(await details.evaluate((element) => element.open))) {
    await details.locator('summary').focus();
    await page.keyboard.press('Enter');
  }
}

for (const viewport of [WIDE, NARROW]) {
  await at(viewport, open, 'index.html', async ({ page, seen, reads }) => {
    await reads('main', /until 8 October 2021/);
    await seen('main a[href*="proposals/representation/"]', 'the way to what is open');
    await seen('.events li, main a[href*="changes/"]', 'what happened lately');
    if (viewport === NARROW) await unfold(page, '.menu');
    await seen('header nav a', 'the menu', 3);
  });
  await at(viewport, open, DOCUMENT, async ({ seen, reads }) => {
    await reads('main', /open/i);
    await reads('main', /8 October 2021/);
    await reads('main', /representation@example\.org/);
    await seen('main a[href*="draft-2-option-a"]', 'an option of the newest round');
    await seen('main a[href*="draft-1/"]', 'the first draft');
    await seen('main a[href*="changes/"]', 'what changed');
  });
  await at(viewport, site, `${DOCUMENT}draft-1/`, async ({ page, fault, seen, reads }) => {
    await reads('main', /no longer the newest/);
    await seen('#at-text p', 'the text', 20);
    await seen('a.block-number', 'numbers', 20);
    if (viewport === NARROW) await unfold(page, '.switcher');
    await seen('.switcher a[href*="draft-3"]', 'the way to the newest draft');
    await page.goto(`${page.url()}#p1-2`);
    if (!(await page.locator('[id="p1-2"] .superseded-here').isVisible())) fault('a link to a block does not say there that it is superseded');
    await reads('[id="p1-2"] .superseded-here', /Draft 1/);
  });
  await at(viewport, site, `${DOCUMENT}draft-3/`, async ({ page, seen }) => {
    await seen('.changed a', 'what changed since the last');
    await seen('#at-text .table', 'tables');
    const notes = page.locator('.note-ref a').first();
    if (await notes.count()) {
      await notes.click();
      await seen('.footnotes li', 'the notes');
    }
  });
  await at(viewport, site, 'strategy/primary-care/draft-2/context/', async ({ page, seen }) => {
    if (viewport === NARROW) await unfold(page, '.chapters');
    await seen('.chapters a', 'all chapters', 4);
    await seen('.turn a', 'the next chapter');
  });
  await at(viewport, site, `${DOCUMENT}changes/draft-1/draft-3/`, async ({ page, fault, seen, reads }) => {
    await seen('.change-line a', 'changes in words', 5);
    await seen('#at-text ins', 'what was added', 5);
    await seen('#at-text del', 'what was removed', 5);
    if (await page.locator('.steps').count()) fault('buttons that do nothing');
    await page.locator('[name=view][value=new]').check();
    if (await page.locator('#at-text del:visible').count()) fault('read clean, the newer text still shows what was removed');
    await page.locator('[name=view][value=changes]').check();
    await seen('#at-text > .change, #at-text > .move', 'the changes alone', 5);
    await reads('.key', /added/);
  });
  await at(viewport, site, `${DOCUMENT}round-2/`, async ({ page, seen, reads }) => {
    await reads('h1', /2 options side by side/);
    await seen('.row .cell', 'texts side by side', 10);
    await unfold(page, 'details.same');
    await seen('details.same[open] .text > *', 'what is the same');
  });
  await at(viewport, site, 'changes/', async ({ seen, reads }) => {
    await reads('main', /2021/);
    await seen('main time', 'dates', 8);
    await seen('main a[href*="proposals/"]', 'what happened to the proposals', 4);
  });
}
await browser.close();
[site, open].forEach(({ close }) => close());
faults.end('8 pages in 2 windows');
