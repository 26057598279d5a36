// Makes the picture of the README anew: node screenshot.mjs TOOLS DIR
//
// In: the folder whose node_modules holds playwright-core, and the sample site, built with --portable. Out:
// themes/default/screenshot.png, a comparison where words changed and a paragraph was split.
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [tools, root] = process.argv.slice(2);
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const { chromium } = createRequire(join(resolve(tools), 'package.json'))('playwright-core');
const address = 'proposals/representation/changes/draft-1/draft-2-option-a/index.html';

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
const page = await browser.newPage({ viewport: { width: 800, height: 560 }, deviceScaleFactor: 1.5, colorScheme: 'light' });
await page.goto(pathToFileURL(join(root, address)).href);
await page.evaluate(() => scrollTo({ top: document.getElementById('p3-6').getBoundingClientRect().top - 24, behavior: 'instant' }));
await page.screenshot({ path: 'themes/default/screenshot.png' });
await browser.close();
