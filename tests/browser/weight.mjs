// Weighs the pages of a long paper: node weight.mjs TOOLS DIR
//
// In: the folder whose node_modules holds playwright-core, and the site that long.mjs writes, built. Out: a line for
// each fault, and exit status 1 where there is one. The oldest and the newest draft have more than 5,000 words each,
// and all that a browser asks for to show one, packed with gzip, is under 60 kB, fonts and scripts included.
import { gzipSync } from 'node:zlib';
import { Faults, launch, pages, read, serve, visit, WIDE } from './browser.mjs';

const [tools, root] = process.argv.slice(2);
const MOST = 60_000;
const WORDS = 5000;

const browser = await launch(tools);
const faults = new Faults('weight');
const drafts = pages(root).filter((path) => /\/draft-\d+\/index\.html$/.test(path) && !path.includes('/changes/'));
const told = [];
for (const path of [drafts[0], drafts.at(-1)]) {
  const site = await serve(root);
  const context = await browser.newContext({ viewport: WIDE });
  const page = await context.newPage();
  await visit(page, site.home + path, site.home, (words) => faults.add(path, words));
  const text = await page.locator('#at-text').innerText();
  const words = text.split(/\s+/).length;
  // Headless browsers do not ask for the icon.
  for (const icon of await page.locator('link[rel=icon]').evaluateAll((links) => links.map((link) => link.href))) await page.evaluate((href) => fetch(href), icon);
  const bytes = [...site.sent.values()].reduce((sum, size) => sum + size, 0);
  const packed = gzipSync(text).length / Buffer.byteLength(text);
  if (words < WORDS) faults.add(path, `only ${words} words`);
  if (bytes >= MOST) faults.add(path, `${bytes} bytes: ${[...site.sent].map(([name, size]) => `${name} ${size}`).join(', ')}`);
  // Text that repeats itself would be no measure.
  if (packed < 0.33) faults.add(path, `the text packs to ${packed.toFixed(2)} of its size, which real ones do not`);
  if (site.sent.size < 4) faults.add(path, `only ${[...site.sent.keys()]} was asked for`);
  told.push(`${path}: ${words} words, ${bytes} bytes, packed to ${packed.toFixed(2)}, page ${gzipSync(read(root, path)).length}`);
  await context.close();
  site.close();
}
await browser.close();
told.forEach((line) => console.log(line));
faults.end(`${told.length} drafts`);
