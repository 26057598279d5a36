// Shakes a site under the preview: node tests/bench/churn.mjs GREENPAPER SITE [--changes 1000] [--seconds 60] [--seed 1]
//
// In: the program and a site, of which a copy is served. Out: a line for each fault, and exit status 1 where there is
// one. Files are edited, saved in two steps, renamed, deleted, restored, and so are folders, at random from a seed,
// while pages are asked for. Afterwards every page must be that of a server that has just been started, to the byte;
// and the memory of the server what it was after as many changes before these, within a tenth; of fewer than
// 1,000 changes that is not judged.
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const [greenpaper, sample, ...options] = process.argv.slice(2);
const option = (name, usual) => Number(options.includes(`--${name}`) ? options[options.indexOf(`--${name}`) + 1] : usual);
const CHANGES = option('changes', 1000);
const SECONDS = option('seconds', 60);
let seed = option('seed', 1) >>> 0;
let faults = 0;

function fault(words) {
  faults += 1;
  console.log(`churn: ${words}`);
}

/** Numbers that are the same in every run (mulberry32). */
function random(below) {
  seed = (seed + 0x6d2b79f5) >>> 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), seed | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
}

const pause = (time) => new Promise((done) => { setTimeout(done, time); });

/** A server with its address; it ends with the test. */
function serve(site) {
  const server = spawn(greenpaper, ['serve', '--site', site, '--port', '0', '--as-of', '2022-01-01'], { stdio: ['ignore', 'pipe', 'ignore'] });
  server.once('exit', (code) => { if (code) fault(`a server ended with status ${code}`); });
  return new Promise((done) => {
    server.stdout.once('data', (line) => done({ server, url: new URL(line.toString().trim()) }));
  });
}

const get = ({ url }, path) => new Promise((done) => {
  const asked = request({ host: url.hostname, port: url.port, path, headers: { Host: url.host } }, (answer) => {
    const parts = [];
    answer.on('data', (part) => parts.push(part));
    answer.on('end', () => done({ status: answer.statusCode, bytes: Buffer.concat(parts) }));
  });
  asked.on('error', () => done({ status: 0, bytes: Buffer.alloc(0) }));
  asked.end();
});

const resident = ({ server }) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))[1]);

/** Every page that can be reached from the front page. */
async function pages(preview) {
  const found = new Map();
  const waiting = [preview.url.pathname];
  while (waiting.length) {
    const path = waiting.pop();
    if (found.has(path)) continue;
    const { status, bytes } = await get(preview, path);
    found.set(path, { status, bytes });
    if (!/^<!doctype html/i.test(bytes.subarray(0, 200).toString())) continue;
    for (const [, link] of bytes.toString().matchAll(/ (?:href|src)="([^"#]+)/g)) {
      const there = new URL(link, new URL(path, preview.url));
      if (there.host === preview.url.host && there.pathname.startsWith(preview.url.pathname) && !found.has(there.pathname)) waiting.push(there.pathname);
    }
  }
  return found;
}

const files = (folder) => readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.(md|yaml|svg)$/.test(entry.name)).map((entry) => join(entry.parentPath ?? entry.path, entry.name));
const folders = (folder) => readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isDirectory()).map((entry) => join(entry.parentPath ?? entry.path, entry.name));

/** What was taken away, to be brought back: each undoes one change. */
const away = [];

/** Undoes a change; where that cannot be yet, since what it lay in is away too, later. */
function undo(step) {
  try {
    step();
  } catch (error) {
    if (!['ENOENT', 'ENOTDIR', 'ENOTEMPTY', 'EEXIST'].includes(error.code)) throw error;
    away.unshift(step);
  }
}

/** A word more in a paragraph, so that the file stays right. */
function edited(text) {
  const lines = text.split('\n');
  const prose = lines.flatMap((line, at) => (/^[A-Z][^|{<\[]+\.$/.test(line) ? [at] : []));
  if (!prose.length) return `${text}`;
  const at = prose[random(prose.length)];
  lines[at] = lines[at].length > 2000 ? lines[at].slice(0, 200).replace(/\s\S*$/, '.') : `${lines[at].slice(0, -1)} once more ${random(100)}.`;
  return lines.join('\n');
}

/** One change of the site. */
async function change(site) {
  const all = files(join(site, 'content'));
  if (!all.length) return undo(away.pop());
  const file = all[random(all.length)];
  const aside = join(site, `.aside-${random(1e9)}`);
  const kind = random(10);
  if (away.length && (kind < 3 || away.length > 5)) return undo(away.splice(random(away.length), 1)[0]);
  if (kind === 3) {
    renameSync(file, aside);
    return away.push(() => renameSync(aside, file));
  }
  if (kind === 4) {
    const all = folders(join(site, 'content'));
    const folder = all[random(all.length)];
    if (!folder) return undo(away.pop());
    renameSync(folder, aside);
    return away.push(() => { if (existsSync(folder)) cpSync(aside, folder, { recursive: true }); else renameSync(aside, folder); });
  }
  if (kind === 5) {
    const text = readFileSync(file);
    writeFileSync(file, '---\ntitle: [broken\n');
    return away.push(() => writeFileSync(file, text));
  }
  if (kind === 6) {
    const path = join(site, 'site.toml');
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, random(2) ? `${text}\nnonsense = = 1\n` : text.replace(/^notice = .*$/m, `notice = "A notice ${random(99)}."`));
    return away.push(() => writeFileSync(path, text));
  }
  const text = edited(readFileSync(file, 'utf8'));
  if (kind === 7) {
    writeFileSync(file, '');
    await pause(random(30));
    writeFileSync(file, text.slice(0, text.length / 2));
    await pause(random(10));
  }
  if (kind === 8) {
    writeFileSync(aside, text);
    return renameSync(aside, file);
  }
  return writeFileSync(file, text);
}

const site = mkdtempSync(join(tmpdir(), 'greenpaper-churn-'));
for (const name of ['site.toml', 'content', 'themes']) {
  if (existsSync(join(sample, name))) cpSync(join(sample, name), join(site, name), { recursive: true });
}
const original = join(site, '.original');
cpSync(join(site, 'content'), original, { recursive: true });
const shaken = await serve(site);
const first = await pages(shaken);
const paths = [...first.keys()];

/** So many changes, evenly over the time that they have. */
async function shake(changes) {
  const start = performance.now();
  for (let made = 1; made <= changes; made += 1) {
    await change(site);
    if (made % 5 === 0) get(shaken, paths[random(paths.length)]);
    await pause(Math.max(0, start + (made / CHANGES) * SECONDS * 1000 - performance.now()));
  }
}

// A server takes the memory that its work needs when it first does it: that is no leak.
await shake(CHANGES);
await pages(shaken);
const before = resident(shaken);
await shake(CHANGES);
for (let left = away.length * away.length; left > 0 && away.length; left -= 1) undo(away.pop());
// What is still missing or broken comes back as it was.
for (const file of files(original)) {
  const own = join(site, 'content', file.slice(original.length + 1));
  const broken = !existsSync(own) || /^---\ntitle: \[broken/.test(readFileSync(own, 'utf8')) || statSync(own).size === 0;
  if (broken) cpSync(file, own, { recursive: true });
}
writeFileSync(join(site, 'site.toml'), readFileSync(join(sample, 'site.toml')));
await pause(5000);
const fresh = await serve(site);
const expected = await pages(fresh);
const found = await pages(shaken);
for (const path of new Set([...expected.keys(), ...found.keys()])) {
  const [one, other] = [found.get(path) ?? await get(shaken, path), expected.get(path) ?? await get(fresh, path)];
  if (one.status !== other.status || !one.bytes.equals(other.bytes)) fault(`${path} is not that of a fresh server (${one.status}, ${other.status})`);
}
const after = resident(shaken);
if (CHANGES >= 1000 && after > before * 1.1) fault(`the memory grew from ${before} to ${after} kB`);
console.log(`churn: ${CHANGES} changes, ${expected.size} pages, ${before} kB before, ${after} kB after, ${faults} faults`);
for (const { server } of [shaken, fresh]) server.kill();
rmSync(site, { recursive: true });
process.exitCode = faults ? 1 : 0;
