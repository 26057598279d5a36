// The mark in the contents, and pages that stand still: node contents.mjs TOOLS DIR LONG
//
// In: the folder whose node_modules holds playwright-core, the sample site, and the site that long.mjs writes. Out: a line
// for each fault, and exit status 1 where there is one. In the contents of a draft the heading that is being read is
// marked and no other: at its begin, in the middle of its section however long that is, just before the next, and after a
// jump to it; above the first none is. While pages load, also where their script comes late, and while they are scrolled,
// nothing on them moves by itself, wide and narrow.
import { Checks, launch, NARROW, open, pages, serve, WIDE } from './browser.mjs';

const [tools, root, long] = process.argv.slice(2);
const LINKS = ".contents a[href^='#']";
const MAIN = ['', 'proposals/', 'proposals/representation/', 'proposals/representation/draft-3/', 'proposals/representation/draft-1/', 'proposals/representation/changes/draft-1/draft-3/',
  'proposals/representation/round-2/', 'strategy/primary-care/draft-2/context/', 'letters/2021-07-22-delegation/', 'changes/', 'glossary/'];
const checks = new Checks('contents');
const browser = await launch(tools);
const [site, large] = [await serve(root), await serve(long)];
const settled = (page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)))));

/** What the contents mark. */
const marked = (page) => page.locator('.contents [aria-current="location"]').evaluateAll((all) => all.map((own) => own.getAttribute('href')));

/** Where headings stand on a page, in its order, and how far it can be scrolled. */
const places = (page) => page.evaluate((links) => ({
  headings: [...document.querySelectorAll(links)].map((link) => ({ href: link.getAttribute('href'), top: document.getElementById(decodeURIComponent(link.hash.slice(1))).getBoundingClientRect().top + scrollY })),
  end: document.documentElement.scrollHeight - innerHeight,
}), LINKS);

/** Scrolls, and says what is marked. */
async function at(page, top) {
  await page.evaluate((top) => scrollTo(0, top), top);
  await settled(page);
  return marked(page);
}

/** The mark follows the text. */
async function follows(home, path, jumps = true) {
  const page = await open(browser, home, path, checks);
  checks.is(`${path}: at the top`, await at(page, 0), []);
  const { headings, end } = await places(page);
  checks.holds(`${path}: headings`, headings.length > 5, headings.length);
  let sections = 0;
  for (const [index, { href, top }] of headings.entries()) {
    const next = headings[index + 1]?.top ?? Infinity;
    // Just where a jump brings it, in the middle, and while the next is still in the lower half.
    const stops = [top - 72, top + Math.min(next - top, 4000) / 2 - 72, Math.min(next, top + 4000) - 400].filter((stop, n) => stop < end - 2 && (n === 0 || stop > top - 72));
    sections += stops.length > 1 ? 1 : 0;
    for (const stop of stops) checks.is(`${path}: ${href} at ${Math.round(stop)}`, await at(page, stop), [href]);
  }
  checks.holds(`${path}: sections longer than a part of the window`, sections > 2, sections);
  checks.is(`${path}: at the end`, await at(page, end), [headings.at(-1).href]);
  checks.is(`${path}: back at the top`, await at(page, 0), []);
  for (const { href } of jumps ? headings : headings.slice(-1)) {
    await page.locator(`${LINKS.replace("[href^='#']", '')}[href="${href}"]`).first().click();
    await settled(page);
    checks.is(`${path}: after a click on ${href}`, await marked(page), [href]);
  }
  for (const { href } of [headings[2], headings.at(-1)]) {
    const fresh = await open(browser, home, path + href, checks);
    await settled(fresh);
    checks.is(`${path}: opened at ${href}`, await marked(fresh), [href]);
    await fresh.context().close();
  }
  await page.context().close();
}
await Promise.all([follows(site.home, 'proposals/representation/draft-3/'), follows(site.home, 'proposals/representation/changes/draft-1/draft-3/', false), follows(large.home, pages(long).filter((path) => /\/draft-\d+\/index\.html$/.test(path) && !path.includes('/changes/')).at(-1).replace('index.html', ''), false)]);

/** Runs before the page: notes what moves by itself. */
function watch() {
  globalThis.moved = [];
  const name = (node) => (node?.tagName ? `${node.tagName.toLowerCase()}${[...node.classList].map((own) => `.${own}`).join('')}` : 'text');
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => globalThis.moved.push(`${name(entry.sources[0]?.node)} by ${entry.value.toFixed(3)}`)))
    .observe({ type: 'layout-shift', buffered: true });
}
/** Scripts that come after the page was drawn. */
const late = async (route) => {
  await new Promise((done) => setTimeout(done, 250));
  await route.continue();
};

/** Holds a page still. What moved is looked at once more, since a machine under load may draw a page before its logo is there. */
async function still(path, viewport, route, again = true) {
  const page = await open(browser, site.home, path, checks, { viewport, before: watch, route });
  const moved = () => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(() => done([...globalThis.moved]), 50))));
  const loaded = await moved();
  for (let step = 0; step < 8 && !route; step += 1) {
    await page.mouse.wheel(0, 600);
    await settled(page);
  }
  const scrolled = await moved();
  await page.context().close();
  if (scrolled.length && again) return still(path, viewport, route, false);
  checks.is(`/${path} (${viewport.width} px${route ? ', scripts late' : ''}): moves while it loads`, loaded, []);
  return checks.is(`/${path} (${viewport.width} px): moves while it is scrolled`, scrolled, []);
}
for (const path of MAIN) {
  await Promise.all([still(path, WIDE), still(path, NARROW), still(path, WIDE, ['**/*.js', late]), still(path, NARROW, ['**/*.js', late])]);
}
await browser.close();
[site, large].forEach(({ close }) => close());
checks.done();
