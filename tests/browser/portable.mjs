// Reads a site from a folder, without a server: node portable.mjs TOOLS DIR
//
// In: the folder whose node_modules holds playwright-core, and pages that `build --portable` wrote. Out: a line for each
// fault, and exit status 1 where there is one. Every page is opened as a file: it has its style, its script
// runs, and its links lead to files that are there, and never to a folder. With scripts off it has its style, and the way
// from the front page to a draft and its comparison can be clicked. The search and the page for the lost need a server.
import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { each, Faults, launch, pages, read, sorts, WIDE } from './browser.mjs';

const [tools, root] = process.argv.slice(2);
const home = `${pathToFileURL(resolve(root)).href}/`;
const NEED_SERVER = /^(404\.html|search\/)/;
const leadsOn = (path) => read(root, path).includes('http-equiv="refresh"');
const paths = pages(root).filter((path) => !NEED_SERVER.test(path) && !leadsOn(path));
const faults = new Faults('portable');

/** Whether a page is dressed, and where it leads. */
const ways = () => ({
  links: [...document.querySelectorAll('[href], [src]')].map((element) => new URL(element.getAttribute('href') ?? element.getAttribute('src'), document.baseURI).href).filter((link) => link.startsWith('file:')),
  dressed: getComputedStyle(document.body).marginTop === '0px',
  modules: document.querySelectorAll('script[type=module]').length,
  scripts: document.scripts.length,
});

/** What is wrong with a page, script or no script. */
async function look(page, fault) {
  const { links, dressed, modules } = await page.evaluate(ways);
  if (!dressed) fault('the page has no style');
  if (modules) fault('a module does not load here');
  for (const link of new Set(links.map((whole) => whole.split('#')[0]))) {
    const file = fileURLToPath(link);
    if (NEED_SERVER.test(file.slice(resolve(root).length + 1))) continue;
    if (!existsSync(file) || statSync(file).isDirectory()) fault(`${link.replace(home, '')} is no file`);
  }
}

const browser = await launch(tools);
await each(browser, home, paths, { viewport: WIDE }, faults, async (page, fault) => {
  await look(page, fault);
  // The script opens the menu of a wide window.
  if (!(await page.locator('.menu[open]').count())) fault('the script does not run');
});
await each(browser, home, sorts(root, paths), { viewport: WIDE, javaScriptEnabled: false }, faults.in('(no script)'), look);

const page = await (await browser.newContext({ viewport: WIDE, javaScriptEnabled: false })).newPage();
await page.goto(`${home}index.html`);
for (const [words, selector] of [
  ['front', 'main a[href^="proposals/"]'], ['document', 'main .cards a, main .tree a'], ['draft', '.changed a, .switcher a[href*="changes/"]'], ['comparison', '.site-title'], ['front', 'h1'],
]) {
  const own = await page.evaluate(() => document.body.classList[0]);
  if (own !== words) faults.add(page.url().replace(home, ''), `clicking on from the front page leads to a page of the kind ${own}, not ${words}`);
  await page.locator(selector).first().click();
}
for (const path of pages(root).filter(leadsOn)) {
  await page.goto(home + path, { waitUntil: 'commit' });
  await page.waitForURL((url) => url.href !== home + path, { timeout: 5000 }).catch(() => faults.add(path, 'it does not lead on'));
  if (!existsSync(fileURLToPath(page.url().split('#')[0]))) faults.add(path, `it leads on to ${page.url()}, which is not there`);
}
await browser.close();
if (!paths.length) faults.add(root, 'there is no page');
faults.end(`${paths.length} pages from ${join(root)}`);
