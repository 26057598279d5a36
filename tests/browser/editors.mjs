// An editor's day with the preview: node editors.mjs TOOLS GREENPAPER SITE
//
// In: the folder whose node_modules holds playwright-core, the program, and the sample site, of which a copy is
// served; vim and nano, each in a terminal of its own. Out: a line for each fault, and exit status 1 where there is
// one. Files are saved in the ways in which editors save; every save shows in the page that is open, no error is told
// on the way, and a page that stayed as it was is not loaded again. A page that is loaded again stands where it stood,
// or at the block that was edited. Errors come and go beside the page as it was, two at once too.
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, linkSync, mkdtempSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NARROW, WIDE, launch } from './browser.mjs';

const [tools, greenpaper, sample] = process.argv.slice(2);
const DRAFT = 'proposals/representation/draft-3';
const LETTER = 'letters/2021-07-22-delegation';
const PLACE = '[id="p4-3"]';
let faults = 0;
let checks = 0;

function expect(holds, words) {
  checks += 1;
  if (!holds) console.log(`editors: ${words}`);
  faults += holds ? 0 : 1;
}

/** Serves a site, and says where. */
function serve(site) {
  const server = spawn(greenpaper, ['serve', '--site', site, '--port', '0'], { stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { words: '' };
  server.stderr.on('data', (part) => { said.words += part; });
  return new Promise((done, fail) => {
    server.stdout.once('data', (line) => done({ server, said, origin: line.toString().trim() }));
    server.once('exit', () => fail(new Error('greenpaper serve ended')));
  });
}

/** Types into a program in a terminal, and waits for its end. `script` of Debian's bsdutils is the terminal. */
function type(program, keys) {
  const terminal = spawn('script', ['-qec', program, '/dev/null'], { stdio: ['pipe', 'ignore', 'ignore'], env: { ...process.env, TERM: 'xterm', LANG: 'C.UTF-8' } });
  keys.forEach((key, at) => setTimeout(() => terminal.stdin.write(key), 400 + 150 * at));
  return new Promise((done) => { terminal.once('exit', done); });
}

/** The ways in which editors save: the first word of the draft's first line of prose becomes another. */
const WAYS = {
  'in place': (file, text) => writeFileSync(file, text),
  'emptied first': async (file, text) => {
    writeFileSync(file, '');
    await pause(30);
    writeFileSync(file, text);
  },
  'in two parts': async (file, text) => {
    writeFileSync(file, text.slice(0, 40));
    await pause(15);
    writeFileSync(file, text);
  },
  'beside, then renamed (VS Code, Kate)': (file, text) => {
    writeFileSync(`${file}.vsctmp`, text);
    renameSync(`${file}.vsctmp`, file);
  },
  'renamed away, then written anew (vim with a backup, helix)': async (file, text) => {
    renameSync(file, `${file}~`);
    await pause(10);
    writeFileSync(file, text);
    unlinkSync(`${file}~`);
  },
  'with a lock beside it (LibreOffice)': (file, text) => {
    const lock = file.replace(/[^/]*$/, (name) => `.~lock.${name}#`);
    writeFileSync(lock, 'somebody');
    writeFileSync(file, text);
    unlinkSync(lock);
  },
  'linked from elsewhere': (file, text) => {
    writeFileSync(join(site, 'elsewhere'), text);
    unlinkSync(file);
    linkSync(join(site, 'elsewhere'), file);
  },
};

const pause = (time) => new Promise((done) => { setTimeout(done, time); });
const shows = (page, words) => page.waitForFunction((text) => document.querySelector('main')?.textContent.includes(text), words, { timeout: 10000 });
const panel = (page) => page.evaluate(() => document.getElementById('greenpaper-preview').shadowRoot.textContent);
const says = (page, words) => page.waitForFunction((text) => document.getElementById('greenpaper-preview').shadowRoot.textContent.includes(text), words, { timeout: 10000 });
const silent = (page, words) => page.waitForFunction((text) => !document.getElementById('greenpaper-preview').shadowRoot.textContent.includes(text), words, { timeout: 10000 });
const top = (page, selector) => page.locator(selector).evaluate((element) => element.getBoundingClientRect().top);
/** Marks a page, to see whether it was loaded again. */
const mark = (page) => page.evaluate(() => { window.marked = true; });
const isMarked = (page) => page.evaluate(() => window.marked === true);

const site = mkdtempSync(join(tmpdir(), 'greenpaper-editors-'));
for (const name of ['site.toml', 'content', 'themes']) cpSync(join(sample, name), join(site, name), { recursive: true });
// The draft is edited as if it had not been sealed.
rmSync(join(site, 'content/proposals/representation/published.lock'));
const file = (page) => join(site, 'content', `${page}.md`);
const original = readFileSync(file(DRAFT), 'utf8');
const { server, said, origin } = await serve(site);
const browser = await launch(tools);

/** A draft with a word more in its first paragraph. */
const edited = (word) => original.replace('\nBefore writing draft 1', `\n${word}. Before writing draft 1`);

async function ways(page) {
  for (const [at, [name, save]] of Object.entries(WAYS).entries()) {
    await save(file(DRAFT), edited(`Quincunx${at}`));
    await shows(page, `Quincunx${at}`).catch(() => expect(false, `a file saved ${name} is not seen`));
  }
  expect(await type(`vim -u NONE -N "${file(DRAFT)}"`, [':%s/Quincunx[0-9]*/Quincunxvim/\r', ':wq\r']) === 0, 'vim fails');
  await shows(page, 'Quincunxvim').catch(() => expect(false, 'vim: the change is not seen'));
  expect(await type(`vim -u NONE -N "+set backup writebackup backupcopy=no" "${file(DRAFT)}"`, [':%s/Quincunx[a-z]*/Quincunxbackup/\r', ':wq\r']) === 0, 'vim fails');
  await shows(page, 'Quincunxbackup').catch(() => expect(false, 'vim with a backup: the change is not seen'));
  writeFileSync(file(DRAFT), edited('Quincunx'));
  await shows(page, 'Quincunx.');
  const line = edited('Quincunx').split('\n').findIndex((words) => words.startsWith('Quincunx')) + 1;
  expect(await type(`nano --ignorercfiles +${line},1 "${file(DRAFT)}"`, ['Nanoword ', '\x0f', '\r', '\x18']) === 0, 'nano fails');
  await shows(page, 'Nanoword Quincunx').catch(() => expect(false, 'nano: the change is not seen'));
  expect(!/error/.test(said.words), `errors were told while files were saved: ${said.words}`);
  if (existsSync(`${file(DRAFT)}~`)) unlinkSync(`${file(DRAFT)}~`);
  writeFileSync(file(DRAFT), original);
  await page.waitForFunction(() => !document.querySelector('main').textContent.includes('Quincunx'));
}

/** Many files at once, and folders that go and come back. */
async function folders(page) {
  const git = (...words) => execFileSync('git', ['-C', site, '-c', 'user.name=A', '-c', 'user.email=a@example.org', ...words], { stdio: 'pipe' });
  git('init', '-q');
  git('add', '.');
  git('commit', '-qm', 'one');
  git('checkout', '-qb', 'other');
  for (const name of ['draft-1', 'draft-2-option-a', 'draft-3']) {
    const path = join(site, 'content/proposals/representation', `${name}.md`);
    writeFileSync(path, readFileSync(path, 'utf8').replace(/\n\n([A-Z])/, '\n\nBranched. $1'));
  }
  git('commit', '-qam', 'two');
  await shows(page, 'Branched.');
  git('checkout', '-q', '-');
  await page.waitForFunction(() => !document.querySelector('main').textContent.includes('Branched.')).catch(() => expect(false, 'a checkout is not seen'));
  const [folder, away] = [join(site, 'content/proposals/representation'), join(site, 'away')];
  renameSync(folder, away);
  await page.waitForFunction(() => document.title.includes('not') || !document.querySelector('#at-text'), null, { timeout: 10000 }).catch(() => expect(false, 'a folder that went is not seen'));
  renameSync(away, folder);
  await page.waitForSelector('#at-text', { timeout: 10000 }).catch(() => expect(false, 'a folder that came back is not seen'));
  const css = join(site, 'themes/default/assets/main.css');
  const before = readFileSync(css, 'utf8');
  const sheet = () => [...document.querySelectorAll('link[rel=stylesheet]')].map((link) => link.href).find((href) => href.includes('/main-'));
  const was = await page.evaluate(sheet);
  writeFileSync(css, `${before}/* Another. */\n`);
  const is = (other) => page.waitForFunction(([was, other]) => {
    const own = [...document.querySelectorAll('link[rel=stylesheet]')].map((link) => link.href).find((href) => href.includes('/main-'));
    return own && (own !== was) === other;
  }, [was, other], { timeout: 10000 });
  await is(true).catch(() => expect(false, 'a change of the theme is not seen'));
  writeFileSync(css, before);
  await is(false).catch(() => expect(false, 'the theme as it was is not seen'));
  const toml = readFileSync(join(site, 'site.toml'), 'utf8');
  writeFileSync(join(site, 'site.toml'), toml.replace(/^title = .*$/m, 'title = "Quincunx papers"'));
  await page.waitForFunction(() => document.title.includes('Quincunx papers'), null, { timeout: 10000 }).catch(() => expect(false, 'a change of site.toml is not seen'));
  writeFileSync(join(site, 'site.toml'), toml);
  await page.waitForFunction(() => !document.title.includes('Quincunx papers'));
}

/** A page that is loaded again keeps its place, or goes to the edited block; one that stayed the same is left alone. */
async function places(page, other) {
  await page.locator(PLACE).evaluate((block) => scrollBy({ top: block.getBoundingClientRect().top - 100, behavior: 'instant' }));
  const before = await top(page, PLACE);
  await mark(page);
  await mark(other);
  writeFileSync(file(DRAFT), original.replace('\nBefore writing draft 1', `\n${'Quincunx. '.repeat(200)}\n\nBefore writing draft 1`));
  await shows(page, 'Quincunx. Quincunx.');
  await pause(400);
  expect(!(await isMarked(page)), 'the page was not loaded again');
  // The block has another number now; what stood there stands there.
  expect(Math.abs((await top(page, PLACE)) - before) <= 2, `the place is lost by ${Math.abs((await top(page, PLACE)) - before)} px`);
  expect(await isMarked(other), 'a page that stayed the same was loaded again');
  writeFileSync(file(DRAFT), original);
  await page.waitForFunction(() => !document.querySelector('main').textContent.includes('Quincunx'));
  await page.evaluate(() => document.getElementById('greenpaper-preview').shadowRoot.querySelector('#panel > summary').click());
  await page.locator('#follow').check();
  const last = original.lastIndexOf('\n\n');
  writeFileSync(file(DRAFT), `${original.slice(0, last)}\n\nThe very end, quincunx.${original.slice(last)}`);
  await shows(page, 'The very end, quincunx.');
  await pause(400);
  const seen = await page.locator('text=The very end, quincunx.').first().evaluate((block) => {
    const { top, bottom } = block.getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight;
  });
  expect(seen, 'the page does not go to the block that was edited');
  writeFileSync(file(DRAFT), original);
  await page.waitForFunction(() => !document.querySelector('main').textContent.includes('very end'));
  expect(await page.locator('#follow').isChecked(), 'the choice to follow is forgotten');
  await page.locator('#follow').uncheck();
}

/** Errors come and go beside the page as it was. */
async function errors(page) {
  const letter = readFileSync(file(LETTER), 'utf8');
  await mark(page);
  writeFileSync(file(LETTER), letter.replace(/^date: .*$/m, 'date: soon'));
  await says(page, '2 errors in other files').catch(() => expect(false, 'an error in another file is not told'));
  writeFileSync(file(DRAFT), original.replace('\n\n', '\n\n[nowhere](nowhere.md) ').replace(/^---\n/, '---\nsumary: S\n'));
  await says(page, 'unknown key sumary').catch(() => expect(false, 'the second error is not told'));
  const words = await panel(page);
  for (const expected of [`content/${LETTER}.md:`, `content/${DRAFT}.md:2:1`, 'sumary: S', 'did you mean summary?', 'as it was before the error']) {
    expect(words.includes(expected), `the panel lacks ${expected}`);
  }
  expect(await isMarked(page), 'the page was loaded again because of an error');
  const path = await page.locator('.place').first().getAttribute('href');
  expect(/^vscode:\/\/file\/.*content\/.*\.md:\d+:\d+$/.test(path), `a place leads to ${path}`);
  writeFileSync(file(LETTER), letter);
  await silent(page, `content/${LETTER}.md:`).catch(() => expect(false, 'an error that was mended stays'));
  expect((await panel(page)).includes('sumary'), 'the other error went with it');
  writeFileSync(file(DRAFT), original);
  await silent(page, 'error').catch(() => expect(false, 'the last error stays'));
  expect(await isMarked(page), 'the page was loaded again though it is as it was');
  await pause(300);
  const told = said.words.match(/unknown key `sumary`/g)?.length;
  expect(told === 1 && /No more errors/.test(said.words), `the terminal told the error ${told} times: ${said.words}`);
}

for (const viewport of [WIDE, NARROW]) {
  said.words = '';
  const context = await browser.newContext({ viewport });
  const [page, other] = [await context.newPage(), await context.newPage()];
  for (const one of [page, other]) {
    one.on('pageerror', (error) => expect(false, `script: ${error.message}`));
  }
  await other.goto(`${origin}${LETTER}/`);
  await page.goto(`${origin}${DRAFT}/`);
  await page.waitForSelector('#at-text');
  for (const [name, part] of Object.entries({ ways, places, errors, folders })) {
    writeFileSync(file(DRAFT), original);
    await part(page, other).catch((error) => expect(false, `${name}: ${error.message.split('\n')[0]}`));
  }
  await context.close();
  rmSync(join(site, '.git'), { recursive: true, force: true });
}
await browser.close();
server.kill();
rmSync(site, { recursive: true });
console.log(`editors: ${checks} checks, ${faults} faults`);
process.exitCode = faults ? 1 : 0;
