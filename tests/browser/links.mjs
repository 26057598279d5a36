// Checks the links of sites that were written: node links.mjs DIR…
//
// In: folders of HTML pages. Out: a line for each fault, and exit status 1 where there is one. Every `href`,
// `src` and `srcset` within a site leads to a file of it, every fragment to an element with that id, every
// `for` and `aria-…` reference to an id of the page, and no id stands twice on a page. Links to
// other hosts are left alone.
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { files } from './browser.mjs';
import { tags } from './tags.mjs';

const REFERENCES = ['for', 'aria-labelledby', 'aria-describedby', 'aria-controls', 'headers'];

/** What a page refers to, the ids that it has, and those that it has twice. */
function readPage(root, path) {
  const all = tags(readFileSync(join(root, path), 'utf8'));
  const ids = all.map((tag) => tag.attributes.id).filter((id) => id !== undefined);
  const links = all.flatMap(({ attributes: { href, src, srcset, poster } }) =>
    [href, src, poster, ...(srcset ?? '').split(',').map((part) => part.trim().split(/\s+/)[0] || undefined)]);
  const references = all.flatMap((tag) => REFERENCES.flatMap((name) => (tag.attributes[name] ?? '').split(/\s+/).filter(Boolean)));
  const base = all.find((tag) => tag.name === 'link' && tag.attributes.rel === 'canonical')?.attributes.href;
  return { path, ids: new Set(ids), twice: ids.filter((id, at) => ids.indexOf(id) !== at), base, references,
    links: links.filter((link) => link !== undefined) };
}

/** The address that the site will be read at, as its front page says it; without one, none. */
function home(pages) {
  return pages.get('index.html')?.base;
}

/** The file and fragment that a link of a page leads to; nothing where it leads out of the site. */
function target(link, page, base) {
  if (base && link.startsWith(base)) link = '/' + link.slice(base.length);
  if (/^[a-z][a-z0-9+.-]*:|^\/\//i.test(link)) return undefined;
  const [, path, , fragment] = link.match(/^([^?#]*)(\?[^#]*)?(?:#(.*))?$/s);
  const whole = path === '' ? page.path : posix.normalize(path.startsWith('/') ? path.slice(1) : posix.join(posix.dirname(page.path), path));
  const file = whole === '.' || whole.endsWith('/') ? posix.join(whole, 'index.html') : whole;
  return { file: decodeURIComponent(file), fragment: fragment && decodeURIComponent(fragment) };
}

/** What is wrong with a page. */
function faults(page, pages, all, base) {
  const found = page.twice.map((id) => `id "${id}" stands twice`);
  page.references.filter((id) => !page.ids.has(id)).forEach((id) => found.push(`refers to id "${id}", which is not there`));
  for (const link of page.links) {
    const to = target(link, page, base);
    if (!to) continue;
    if (!all.has(to.file)) found.push(`"${link}" leads to ${to.file}, which is not there`);
    else if (to.fragment && pages.has(to.file) && !pages.get(to.file).ids.has(to.fragment)) found.push(`"${link}" leads to an id that ${to.file} has not`);
  }
  return found.map((words) => `${page.path}: ${words}`);
}

let faulty = 0;
for (const root of process.argv.slice(2)) {
  const all = new Set(files(root));
  const pages = new Map([...all].filter((path) => path.endsWith('.html')).map((path) => [path, readPage(root, path)]));
  const found = [...pages.values()].flatMap((page) => faults(page, pages, all, home(pages)));
  found.forEach((line) => console.log(`${root}/${line}`));
  const links = [...pages.values()].reduce((sum, page) => sum + page.links.length, 0);
  console.log(`${root}: ${pages.size} pages, ${links} links, ${found.length} faults`);
  faulty += found.length + (pages.size === 0);
}
process.exitCode = faulty || process.argv.length < 3 ? 1 : 0;
