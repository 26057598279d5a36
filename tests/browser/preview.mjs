// Looks at the preview in a browser: node preview.mjs TOOLS GREENPAPER SITE
//
// In: the folder whose node_modules holds playwright-core, the program, and the sample site, of which a copy is
// served; $CHROMIUM names the browser. Out: a line for each fault, and exit status 1 where there is one. On the
// page of a draft, wide and narrow: its changes are shown in place of its text and the text again, by mouse and by
// keyboard; every link of the marked text leads somewhere; an edit appears as a mark; nothing leaves its place.
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const [tools, greenpaper, sample] = process.argv.slice(2);
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const { chromium } = createRequire(join(resolve(tools), 'package.json'))('playwright-core');

const WINDOWS = [{ width: 1280, height: 900 }, { width: 360, height: 740 }];
const DRAFT = 'proposals/representation/draft-3';
const PLACE = '[id="p4-3"]';
const WORD = 'quincunx';
let faults = 0;

function expect(holds, words) {
  if (!holds) console.log(`preview: ${words}`);
  faults += holds ? 0 : 1;
}

/** Serves a site, and says where. */
function serve(site) {
  const server = spawn(greenpaper, ['serve', '--site', site, '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((done, fail) => {
    server.stdout.once('data', (line) => done({ server, origin: line.toString().trim() }));
    server.once('exit', () => fail(new Error('greenpaper serve ended')));
  });
}

/** Saves a file at once, as careful editors do. */
function save(file, text) {
  const beside = `${site}/saved`;
  writeFileSync(beside, text);
  renameSync(beside, file);
}

const button = (page) => page.locator('#greenpaper-changes button');
const marks = (page) => page.locator('#at-text ins').count();
const top = (page, selector) => page.locator(selector).evaluate((element) => element.getBoundingClientRect().top);
const html = (page) => page.locator('#at-text').evaluate((text) => text.innerHTML);

/** Waits for the marks, and for the page to stand where it will. */
async function marked(page, selector = '#at-text.marked ins') {
  await page.waitForSelector(selector, { state: 'attached', timeout: 15000 });
  await page.waitForLoadState('load');
  await page.waitForTimeout(300);
}

/** How far a block is from where it was. */
async function stays(page, before, words) {
  const moved = Math.abs((await top(page, PLACE)) - before);
  expect(moved <= 2, `${words}: the place is lost by ${moved} px`);
}

/** The links of the marked text that lead nowhere. */
const lost = (page) => page.evaluate(async () => {
  const links = [...document.querySelectorAll('#at-text [href], #at-text [src]')].map((element) => element.href ?? element.src);
  const own = [...new Set(links)].filter((link) => link.startsWith(location.origin));
  const here = location.href.split('#')[0];
  const answers = await Promise.all(own.map(async (link) => {
    const [address, id] = link.split('#');
    if (address === here && id) return document.getElementById(decodeURIComponent(id)) ? '' : link;
    return (await fetch(address)).ok ? '' : link;
  }));
  return answers.filter(Boolean);
});

/** All that is done on one page, in a window. */
async function use(browser, origin, file, viewport) {
  const context = await browser.newContext({ viewport });
  const page = await context.newPage();
  page.on('pageerror', (error) => expect(false, `script: ${error.message}`));
  page.on('console', (message) => message.type() === 'error' && expect(false, `console: ${message.text()}`));

  await page.goto(`${origin}${DRAFT.replace('3', '1')}/`);
  expect((await button(page).count()) === 0, 'the first draft has a button');
  await page.goto(`${origin}${DRAFT}/`);
  expect((await button(page).innerText()) === 'Show changes since Draft 2, option A', 'the button does not name the base');
  const text = await html(page);
  await page.locator(PLACE).evaluate((block) => scrollTo({ top: block.offsetTop + 300, behavior: 'instant' }));
  await page.locator(PLACE).evaluate((block) => scrollBy({ top: block.getBoundingClientRect().top - 100, behavior: 'instant' }));
  let before = await top(page, PLACE);
  await button(page).click();
  await marked(page);
  await stays(page, before, 'changes are shown');
  expect((await page.locator('.key').count()) === 1, 'there is no key to the marks');
  const nowhere = await lost(page);
  expect(nowhere.length === 0, `links lead nowhere: ${nowhere.join(', ')}`);
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wider <= 0, `the marked text is ${wider} px wider than the window`);

  // An edit appears, above the place and in it, and the place stays.
  const source = readFileSync(file, 'utf8');
  before = await top(page, PLACE);
  save(file, source.replace('\nBefore writing draft 1', `\nLong ${'before '.repeat(200)}writing draft 1, ${WORD}`));
  await marked(page, `#at-text ins:has-text("${WORD}")`);
  await stays(page, before, 'the file is saved');
  save(file, source);
  await page.waitForFunction((word) => !document.getElementById('at-text').textContent.includes(word), WORD);
  await marked(page);
  await stays(page, before, 'the file is saved as it was');

  await page.goto(`${origin}strategy/primary-care/draft-2/context/`);
  await marked(page);
  expect((await button(page).innerText()) === 'Show the text', 'the choice does not hold for other pages');
  expect((await lost(page)).length === 0, 'links of the chapter lead nowhere');

  await page.goto(`${origin}${DRAFT}/`);
  await marked(page);
  await button(page).focus();
  await page.keyboard.press('Enter');
  expect((await html(page)) === text && (await marks(page)) === 0, 'the text does not come back as it was');
  expect((await page.locator('.key').count()) === 0, 'the key stays');
  await page.reload();
  expect((await marks(page)) === 0, 'the text is not what was chosen');
  await context.close();
}

const site = mkdtempSync(join(tmpdir(), 'greenpaper-preview-'));
for (const name of ['site.toml', 'content', 'themes']) cpSync(join(sample, name), join(site, name), { recursive: true });
const { server, origin } = await serve(site);
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
for (const viewport of WINDOWS) {
  await use(browser, origin, join(site, 'content', `${DRAFT}.md`), viewport).catch((error) => expect(false, error.message));
}
await browser.close();
server.kill();
rmSync(site, { recursive: true });
console.log(`preview: ${WINDOWS.length} windows, ${faults} faults`);
process.exitCode = faults ? 1 : 0;
