// What comes out on paper, notes and wide tables: node print.mjs TOOLS DIR
//
// In: the folder whose node_modules holds playwright-core, and the sample site; `pdftotext` reads what is printed. Out: a
// line for each fault, and exit status 1 where there is one. Every sheet of a draft and of a comparison bears its address,
// the dates and the digests; all words of the text are there in their order, also those of what is closed on the screen
// and of all chapters; no word leaves the sheet, runs into its foot or is cut off; nothing that is for screens is printed. On the
// screen a note is reached and left again, and a wide table scrolls in a box of its own on a phone.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Checks, launch, NARROW, open, serve, WIDE } from './browser.mjs';

const [tools, root] = process.argv.slice(2);
const ADDRESS = 'https://greenpaper.example.org/';
const DRAFT = 'proposals/representation/draft-3/';
const MARGIN = { top: '10mm', right: '10mm', bottom: '10mm', left: '10mm' };
const checks = new Checks('print, notes and tables');
const browser = await launch(tools);
const site = await serve(root);
const folder = mkdtempSync(join(tmpdir(), 'greenpaper-print-'));
const bare = (text) => text.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

const tokens = (text) => text.split(/\s+/).map(bare).filter(Boolean);

/** Whether words follow each other on paper: the foot of a sheet, numbers or the next column may stand between two. */
function follow(words, printed) {
  return printed.some((first, begin) => {
    let at = begin;
    return first === words[0] && words.every((word, index) => {
      const next = printed.indexOf(word, at);
      const near = next >= 0 && next - at <= (index ? 60 : 0);
      at = next + 1;
      return near;
    });
  });
}

/** Prints a page, and reads the sheets: their words, and where these stand. */
async function sheets(page) {
  const file = join(folder, 'page.pdf');
  writeFileSync(file, await page.pdf({ format: 'A4', margin: MARGIN }));
  const read = (...options) => execFileSync('pdftotext', [...options, file, '-'], { encoding: 'utf8', maxBuffer: 1 << 28 });
  const places = read('-bbox').split('<page ').slice(1).map((text) => ({
    width: +text.match(/width="([\d.]+)"/)[1],
    height: +text.match(/height="([\d.]+)"/)[1],
    words: [...text.matchAll(/xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</g)].map(([, left, top, right, bottom, word]) => ({ left: +left, top: +top, right: +right, bottom: +bottom, word })),
  }));
  return { texts: read('-raw').split('\f').slice(0, -1), places };
}

/** The parts of the text that belong on paper, each as its letters. */
const parts = (page) => page.locator('#at-text').evaluate((text) => {
  const own = text.cloneNode(true);
  own.querySelectorAll('.note-ref').forEach((part) => part.replaceWith('\n'));
  own.querySelectorAll('ins, del').forEach((part) => part.after(' '));
  own.querySelectorAll('[data-diff-chrome], .block-number, .note-back, .superseded-here, .sides, .side-heads, .visually-hidden, .change-class, .next-change').forEach((part) => part.remove());
  return [...own.querySelectorAll('p, li, td, th, h2, h3, h4, dt, dd')].filter((part) => !part.querySelector('p, li, td, dd')).flatMap((part) => part.textContent.replace(/[ \t]*\n(?!$)/g, part.textContent.includes('\n') ? '\n' : ' ').split('\n'));
});

for (const [path, foot] of [[DRAFT, ['2 November 2021']], ['strategy/primary-care/draft-2/all/', ['15 November 2021']], ['proposals/representation/changes/draft-1/draft-3/', ['5 August 2021', '2 November 2021']]]) {
  const page = await open(browser, site.home, path, checks);
  const words = (await parts(page)).filter(bare);
  const { texts, places } = await sheets(page);
  const digests = [...new Set((await page.locator('.sheet').textContent()).match(/[0-9a-f]{64}/g))];
  checks.holds(`${path}: sheets`, texts.length > 5 && texts.length === places.length, texts.length);
  checks.is(`${path}: a digest for each date`, digests.length, foot.length);
  for (const [at, text] of texts.entries()) {
    const letters = bare(text);
    const lacks = [`${ADDRESS}${path}`, ...foot, ...digests].filter((what) => !letters.includes(bare(what)));
    checks.is(`${path}: sheet ${at + 1} of ${texts.length} lacks`, lacks, []);
  }
  // Without the foot of each sheet the text goes on from one to the next.
  const begin = bare((await page.locator('.sheet p').innerHTML()).split('<br>')[0].replace(/<[^>]*>/g, ''));
  const whole = texts.map((text) => { const letters = bare(text); const end = letters.lastIndexOf(bare(digests.at(-1))); const start = letters.lastIndexOf(begin, end); return letters.slice(0, start) + letters.slice(end + 64); }).join('');
  const printed = tokens(texts.join(' '));
  const lost = words.filter((part) => !whole.includes(bare(part)) && !follow(tokens(part), printed));
  checks.is(`${path}: of ${words.length} parts are not on paper`, lost, []);
  for (const [at, { width, height, words: all }] of places.entries()) {
    const out = all.filter(({ left, right, top, bottom }) => left < 20 || top < 15 || right > width - 20 || bottom > height - 15);
    checks.is(`${path}: leave sheet ${at + 1}`, out.slice(0, 3).map(({ word }) => word), []);
    const line = Math.min(...all.filter(({ word }) => word.startsWith(ADDRESS)).map(({ top }) => top));
    const under = all.filter(({ bottom, top, word }) => bottom > line + 2 && top < line - 2 && word.trim());
    checks.is(`${path}: run into the foot of sheet ${at + 1}`, under.slice(0, 3).map(({ word }) => word), []);
  }
  // A sheet of A4 is 190 millimetres wide within its margins.
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: 718, height: 1000 });
  const cut = await page.locator('#at-text .table, #at-text pre').evaluateAll((all) => all.filter((own) => own.checkVisibility() && own.scrollWidth > own.clientWidth + 1).map((own) => own.getAttribute('aria-label')));
  checks.is(`${path}: cut off`, cut, []);
  checks.is(`${path}: for screens alone`, await page.locator('nav:visible, button:visible, input:not(.task input):visible, select:visible, .skip:visible, .strip:visible, .steps:visible, .told:visible, .note-back:visible, .site-footer a:visible').evaluateAll((all) => all.map((own) => own.outerHTML.slice(0, 60))), []);
  await page.context().close();
}

// What is closed on the screen is open on paper.
for (const [path, selector] of [[DRAFT, '.record code'], ['proposals/representation/round-2/', 'details.same .text']]) {
  const page = await open(browser, site.home, path, checks);
  const words = bare(await page.locator(selector).first().textContent());
  checks.is(`${path}: closed on the screen`, await page.locator(selector).first().isVisible(), false);
  const { texts } = await sheets(page);
  checks.holds(`${path}: ${selector} is on paper`, bare(texts.join('')).includes(words.slice(0, 64)), words.slice(0, 40));
}

// To a note and back.
for (const [viewport, javaScriptEnabled] of [[WIDE, true], [NARROW, true], [NARROW, false]]) {
  const page = await open(browser, site.home, DRAFT, checks, { viewport, javaScriptEnabled });
  const how = `${viewport.width} px${javaScriptEnabled ? '' : ', no script'}`;
  const inside = (locator) => locator.evaluate((own) => { const box = own.getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight; });
  for (const reference of (await page.locator('.note-ref a').all()).slice(0, 3)) {
    const [id, href] = [await reference.getAttribute('id'), await reference.getAttribute('href')];
    await reference.focus();
    await page.keyboard.press('Enter');
    const note = page.locator(`[id="${href.slice(1)}"]`);
    await page.waitForTimeout(60);
    checks.is(`${how}: ${id} leads to its note`, [await note.evaluate((own) => own.matches(':target')), await inside(note.locator('p').first())], [true, true]);
    await page.keyboard.press('Tab');
    checks.is(`${how}: ${href}: the next stop is in the note`, await note.evaluate((own) => own.contains(document.activeElement)), true);
    await note.locator(`.note-back[href="#${id}"]`).focus();
    await page.keyboard.press('Enter');
    await page.waitForTimeout(60);
    checks.is(`${how}: and back to ${id}`, [await reference.evaluate((own) => own.matches(':target')), await inside(reference)], [true, true]);
  }
  await page.context().close();
}

// Wide tables on a phone.
let wide = 0;
for (const path of [DRAFT, 'strategy/primary-care/draft-2/all/', 'strategy/primary-care/', 'proposals/representation/changes/draft-1/draft-3/']) {
  const page = await open(browser, site.home, path, checks, { viewport: NARROW });
  checks.is(`${path}: the page does not scroll sideways`, await page.evaluate(() => { scrollTo(200, 0); return [scrollX, document.documentElement.scrollWidth]; }), [0, NARROW.width]);
  for (const table of await page.locator('.table:visible').all()) {
    const found = await table.evaluate((own) => { own.scrollLeft = 9999; return { more: own.scrollWidth - own.clientWidth, left: own.scrollLeft, right: own.getBoundingClientRect().right, stop: own.tabIndex, name: !!own.ariaLabel, last: own.querySelector('tr').lastElementChild.getBoundingClientRect().right }; });
    if (found.more <= 1) continue;
    wide += 1;
    checks.holds(`${path}: a wide table scrolls in its box to its end`, Math.abs(found.left - found.more) < 2 && found.right <= NARROW.width && found.last <= NARROW.width && found.stop === 0 && found.name, found);
  }
  await page.context().close();
}
checks.holds('there are wide tables', wide > 5, wide);
await browser.close();
site.close();
rmSync(folder, { recursive: true });
checks.done();
