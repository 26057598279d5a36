// Reads a site that does not stand at the root of its host: node prefix.mjs TOOLS DIR BASE
//
// In: the folder whose node_modules holds playwright-core, a folder of pages, and the address that it was built for.
// Out: a line for each fault, and exit status 1 where there is one. The site answers at that address alone, and every
// other of the same host is lost. From the front page on every page is opened that a link leads to: all of
// them are found, have their style and their script, and ask nothing outside of the address; so do the feed and the
// page for the lost, wherever it is shown. What the script of the newest draft's switcher makes of a link leads
// somewhere.
import { answer, Faults, launch, pages, stay, visit, WIDE } from './browser.mjs';

const [tools, root, base] = process.argv.slice(2);
const { origin, pathname } = new URL(base);
const faults = new Faults('under a path');
const browser = await launch(tools);
const context = await browser.newContext({ viewport: WIDE });
const lost = answer(root, '/404.html').body;

await context.route('**', (route) => {
  const url = new URL(route.request().url());
  const found = url.origin === origin ? answer(root, url.pathname, pathname) : undefined;
  if (found) return route.fulfill({ contentType: found.type, body: found.type.startsWith('text/html') ? stay(found.body.toString()) : found.body });
  return url.pathname.endsWith('/nowhere/') ? route.fulfill({ status: 200, contentType: 'text/html', body: lost }) : route.fulfill({ status: 404, body: '' });
});

/** The places that a page leads to, and whether it is dressed. */
const ways = () => ({
  links: [...document.querySelectorAll('a[href], link[href]')].map((link) => new URL(link.getAttribute('href'), document.baseURI).href.split('#')[0]),
  dressed: getComputedStyle(document.body).marginTop === '0px',
});

const page = await context.newPage();
const [open, seen] = [[base, `${base}proposals/nowhere/`], new Set([base])];
// Pages that no link leads to come last.
const rest = pages(root).filter((path) => path !== '404.html').map((path) => base + path.replace(/index\.html$/, ''));
let opened = 0;
for (let address = open.shift(); address; address = open.shift() ?? rest.find((one) => !seen.has(one))) {
  seen.add(address);
  const leave = await visit(page, address, base, (words) => faults.add(address, words));
  opened += 1;
  const { links, dressed } = await page.evaluate(ways);
  if (!dressed) faults.add(address, 'the page has no style');
  for (const link of links) {
    if (!link.startsWith(origin) || seen.has(link)) continue;
    seen.add(link);
    const found = link.startsWith(base) && answer(root, new URL(link).pathname, pathname);
    if (!found) faults.add(address, `${link} leads nowhere`);
    else if (found.type.startsWith('text/html')) open.push(link);
  }
  for (const link of await page.locator('a[data-keep-place]:visible').all()) {
    await page.mouse.wheel(0, 600);
    await link.focus();
    const [place, id] = (await link.evaluate((element) => element.href)).split('#');
    const there = place.startsWith(base) && answer(root, new URL(place).pathname, pathname);
    if (!there || (id && !there.body.includes(`id="${decodeURIComponent(id)}"`))) faults.add(address, `${place}#${id} of the switcher leads nowhere`);
  }
  leave();
}
await browser.close();
faults.end(`${opened} pages`);
