// Links into drafts that were overtaken: node superseded.mjs TOOLS DIR
//
// In: the folder whose node_modules holds playwright-core, and the sample site. Out: a line for each fault, and exit
// status 1 where there is one. Of every numbered block of an older draft the link “Read draft 3” leads to a place that the
// newest draft has, and where it names a block, to one that shares its words. Without a script, wide and narrow, who opens
// such a block, an item or a row of one, or a heading, sees in the window that the draft is not the newest and that link, with
// nothing lying over them.
import { Checks, launch, NARROW, open, serve, WIDE } from './browser.mjs';

const [tools, root] = process.argv.slice(2);
const DRAFTS = ['proposals/representation/draft-1/', 'proposals/representation/draft-2-option-b/', 'strategy/primary-care/draft-1/decisions/', 'strategy/primary-care/draft-1/all/'];
const checks = new Checks('overtaken drafts');
const browser = await launch(tools);
const site = await serve(root);

/** The numbered blocks of a page: their ids, words, parts, and where their link to the newest draft leads. */
const read = (page) => page.locator('.text .numbered').evaluateAll((all) => all.map((own) => {
  const text = own.cloneNode(true);
  text.querySelectorAll('[data-diff-chrome]').forEach((part) => part.remove());
  const part = [...own.querySelectorAll('li[id], tr[id]')].at(-1);
  return { id: own.id, words: text.textContent.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [], part: part?.id, href: own.querySelector('.superseded-here a')?.href };
}));

/** The share of the words of the shorter of two texts that the other has too. */
function shared(one, other) {
  const [short, long] = one.length < other.length ? [one, new Set(other)] : [other, new Set(one)];
  return short.filter((word) => long.has(word)).length / Math.max(short.length, 1);
}

const newer = new Map();
/** The blocks and the ids of a page of the newest draft. */
async function target(address) {
  if (!newer.has(address)) {
    const page = await open(browser, site.home, address.slice(site.home.length), checks, { javaScriptEnabled: false });
    newer.set(address, { blocks: await read(page), ids: await page.locator('[id]').evaluateAll((all) => all.map((own) => own.id)) });
    await page.context().close();
  }
  return newer.get(address);
}

/** What of an element can be seen at once: it lies in the window, and nothing lies over it. */
const plain = (element) => {
  const box = element.getBoundingClientRect();
  const top = document.elementFromPoint(box.x + Math.min(box.width / 2, 20), box.y + box.height / 2);
  return box.height > 0 && box.top >= 0 && box.bottom <= innerHeight && (element.contains(top) || top?.contains(element) || String(top?.className));
};

for (const path of DRAFTS) {
  const page = await open(browser, site.home, path, checks, { javaScriptEnabled: false });
  const label = (await page.locator('.draft-label').innerText()).split(':')[0];
  const blocks = await read(page);
  checks.holds(`${path}: blocks`, blocks.length > 15, blocks.length);
  let named = 0;
  const unlike = [];
  for (const { id, words, href } of blocks) {
    checks.holds(`${path}#${id} leads to the newest draft`, href?.startsWith(site.home));
    const [address, fragment] = decodeURI(href ?? '').split('#');
    if (!fragment) continue;
    const { blocks: others, ids } = await target(address);
    checks.holds(`${path}#${id}: ${fragment} is there`, ids.includes(fragment));
    const other = others.find((own) => own.id === fragment);
    if (!other || words.length < 8) continue;
    named += 1;
    if (shared(words, other.words) < 0.5) unlike.push(`${id} and ${fragment}`);
  }
  // A few were reworded.
  checks.holds(`${path}: blocks share their words with those that they lead to`, unlike.length <= named / 15, unlike);
  checks.holds(`${path}: most blocks are led to their like`, named > blocks.length / 2, [named, blocks.length]);

  const every = Math.ceil(blocks.length / 7);
  const some = [...blocks.filter((_, at) => at % every === 0).map(({ id, href }) => [id, href]), ...blocks.filter(({ part }) => part).slice(0, 6).map(({ part, href }) => [part, href])];
  const heads = await page.locator('.text > :is(h2, h3)[id], .text .stretch > :is(h2, h3)[id]').evaluateAll((all) => all.map((own) => [own.id, own.nextElementSibling.matches('.superseded-here') && own.nextElementSibling.querySelector('a').href, own.innerText.replace(/[^\p{L} ]/gu, '').trim()]));
  checks.holds(`${path}: headings`, heads.length > 2, heads.length);
  for (const [id, href, words] of heads) {
    checks.holds(`${path}#${id} leads to the newest draft`, String(href).startsWith(site.home), href);
    const [address, fragment] = String(href).split('#');
    if (!fragment) continue;
    const { ids } = await target(address);
    checks.holds(`${path}#${id}: ${fragment} is there`, ids.includes(decodeURI(fragment)), [fragment, words]);
  }
  checks.holds(`${path}: headings are led to headings`, heads.filter(([, href]) => String(href).includes('#')).length > heads.length / 2, heads);
  some.push(...heads.slice(0, 4).map(([id, href]) => [id, href]));
  checks.holds(`${path}: items and rows among them`, some.some(([id]) => id.includes('.')));
  for (const viewport of [WIDE, NARROW]) {
    await page.setViewportSize(viewport);
    for (const [id, href] of some) {
      const at = `${path}#${id} (${viewport.width} px)`;
      await page.goto(`${site.home}${path}#${id}`);
      checks.is(`${at}: it is the target`, await page.locator(':target').getAttribute('id'), id);
      const told = page.locator('.superseded-here:visible');
      checks.is(`${at}: told once`, await told.count(), 1);
      if ((await told.count()) !== 1) continue;
      checks.is(`${at}: it names the draft`, (await told.innerText()).includes(label), true);
      checks.is(`${at}: where it leads`, await told.locator('a').first().evaluate((own) => own.href), href);
      checks.is(`${at}: it can be seen`, await told.locator('a').first().evaluate(plain), true);
      checks.is(`${at}: so can the block`, await page.locator(':target').evaluate((own) => { const box = own.getBoundingClientRect(); return box.top < innerHeight - 20 && box.bottom > 40; }), true);
    }
  }
  // Along the link.
  const [id, href] = some[1];
  await page.goto(`${site.home}${path}#${id}`);
  await page.locator('.superseded-here a:visible').first().click();
  checks.is(`${path}: the link is followed`, [page.url(), await page.locator(':target').count()], [href, 1]);
  await page.context().close();
}
// A newest draft says nothing of the kind.
const newest = await open(browser, site.home, 'proposals/representation/draft-3/#p2-4', checks, { javaScriptEnabled: false });
checks.is('the newest draft is not overtaken', await newest.locator('.superseded, .superseded-here, .strip').count(), 0);

await browser.close();
site.close();
checks.done();
