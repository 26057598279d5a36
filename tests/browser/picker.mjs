// Any two drafts of a document: node picker.mjs TOOLS DIR
//
// In: the folder whose node_modules holds playwright-core, and the sample site. Out: a line for each fault, and exit
// status 1 where there is one. Two fields and a button lead to the comparison of every pair that the list names, in
// either order, by mouse and by keyboard; the same draft twice and a pair that is not compared are told and lead nowhere.
// A list of one pair has no fields. Without a script the list stands alone, and each of its links leads to its comparison.
import { Checks, launch, NARROW, open, serve, WIDE } from './browser.mjs';

const [tools, root] = process.argv.slice(2);
const DOCUMENT = 'proposals/representation/';
const COMPARISON = `${DOCUMENT}changes/draft-1/draft-3/`;
const checks = new Checks('any two drafts');
const browser = await launch(tools);
const site = await serve(root);

/** The pairs that the list of a page names, with the address of each. */
const listed = (page) => page.locator('.pairs li').evaluateAll((all) => all.map((own) => ({ old: own.dataset.old, new: own.dataset.new, href: own.querySelector('a').href })));
const unfold = (page) => page.locator('details:has(> .pairs) > summary').click();
const field = (page, at) => page.locator('.picker select').nth(at);

/** Chooses two drafts and asks for their comparison. */
async function choose(page, from, to, go = () => page.locator('.picker button').click()) {
  await field(page, 0).selectOption(from);
  await field(page, 1).selectOption(to);
  await go();
}

/** The address that a choice leads to. */
async function leads(page, pair, ...way) {
  await choose(page, ...way);
  await page.waitForURL(pair.href, { timeout: 5000 }).catch(() => {});
  return page.url();
}

for (const path of [DOCUMENT, COMPARISON]) {
  const page = await open(browser, site.home, path, checks);
  const pairs = await listed(page);
  checks.holds(`${path}: there are pairs to choose from`, pairs.length >= 5, pairs.length);
  for (const pair of path === DOCUMENT ? pairs : pairs.slice(0, 1)) {
    for (const way of [[pair.old, pair.new], [pair.new, pair.old]]) {
      if (page.url() !== site.home + path) await page.goto(site.home + path);
      await unfold(page);
      checks.is(`${path}: ${way.join(' and ')}`, await leads(page, pair, ...way), pair.href);
    }
    const read = await page.locator('.both li').evaluateAll((all) => all.map((own) => own.querySelector('a').textContent));
    checks.is(`${pair.href}: its drafts`, read, [`Read ${pair.old}`, `Read ${pair.new}`]);
  }
}

// The first and the newest are chosen at first, in the order of their rounds.
const page = await open(browser, site.home, DOCUMENT, checks);
await unfold(page);
const pairs = await listed(page);
const names = await field(page, 0).locator('option').allInnerTexts();
checks.is('all drafts, in their order', names, ['Draft 1', 'Draft 2, option A', 'Draft 2, option B', 'Draft 3']);
checks.is('both fields have them', await field(page, 1).locator('option').allInnerTexts(), names);
checks.is('chosen at first', [await field(page, 0).inputValue(), await field(page, 1).inputValue()], [names[0], names.at(-1)]);
checks.is('every field has a name', await page.locator('.picker select').evaluateAll((all) => all.filter((own) => !own.labels[0]?.textContent.trim()).length), 0);

// By keyboard.
await field(page, 0).focus();
await page.keyboard.type('Draft 2, option B');
await page.keyboard.press('Tab');
await page.keyboard.press('Tab');
await page.keyboard.press('Enter');
const keyed = pairs.find((pair) => pair.old === 'Draft 2, option B' && pair.new === 'Draft 3').href;
await page.waitForURL(keyed, { timeout: 5000 }).catch(() => {});
checks.is('by keyboard', page.url(), keyed);

// The same draft twice.
await page.goto(site.home + DOCUMENT);
await unfold(page);
const told = page.locator('.picker output');
checks.is('nothing is told before', await told.innerText(), '');
await choose(page, 'Draft 3', 'Draft 3');
checks.is('the same twice is told', await told.innerText(), await page.locator('.pairs').getAttribute('data-same'));
checks.is('the same twice leads nowhere', page.url(), site.home + DOCUMENT);

// A pair that is not compared: the list of the page lacks it.
const without = async (route) => {
  const response = await route.fetch();
  const html = await response.text();
  await route.fulfill({ response, body: html.replace(/<li data-old="Draft 1" data-new="Draft 3">.*<\/li>\n/, '') });
};
const fewer = await open(browser, site.home, DOCUMENT, checks, { route: [site.home + DOCUMENT, without] });
checks.is('one pair less', (await listed(fewer)).length, pairs.length - 1);
await unfold(fewer);
for (const way of [['Draft 1', 'Draft 3'], ['Draft 3', 'Draft 1']]) {
  await choose(fewer, ...way);
  checks.is('a pair that is not compared is told', await fewer.locator('.picker output').innerText(), await fewer.locator('.pairs').getAttribute('data-unknown'));
  checks.is('and leads nowhere', fewer.url(), site.home + DOCUMENT);
}
await choose(fewer, 'Draft 1', 'Draft 2, option A');
await fewer.waitForURL('**/changes/**', { timeout: 5000 }).catch(() => {});
checks.is('what is told does not stop the next choice', fewer.url(), pairs.find((pair) => pair.new === 'Draft 2, option A').href);

// Two drafts alone need no fields.
const two = async (route) => {
  const response = await route.fetch();
  await route.fulfill({ response, body: (await response.text()).replace(/<li data-old=.*<\/li>\n/g, (line) => (line.includes('"Draft 1" data-new="Draft 3"') ? line : '')) });
};
const alone = await open(browser, site.home, DOCUMENT, checks, { route: [site.home + DOCUMENT, two] });
checks.is('a list of one pair has no fields', [await alone.locator('.pairs li').count(), await alone.locator('.picker').count()], [1, 0]);

// Without a script.
for (const viewport of [WIDE, NARROW]) {
  const plain = await open(browser, site.home, DOCUMENT, checks, { viewport, javaScriptEnabled: false });
  await unfold(plain);
  checks.is('no script: no field', await plain.locator('.picker').count(), 0);
  checks.is('no script: all pairs can be seen', await plain.locator('.pairs a:visible').count(), pairs.length);
  await plain.locator('.pairs a', { hasText: 'Draft 1 and Draft 3' }).click();
  checks.is('no script: a link of the list', [plain.url(), await plain.evaluate(() => document.body.classList[0])], [site.home + COMPARISON, 'comparison']);
}
await browser.close();
site.close();
checks.done();
