// Reads what sites say to other programs, as those programs do: node feeds.mjs TOOLS DIR…
//
// In: the folder whose node_modules holds libxml2-wasm, feedsmith, ical.js and sitemap, none of which is ours, and
// folders of sites. Out: a line for each fault, and exit status 1 where there is one. Feeds and sitemaps are XML
// for libxml2; a sitemap is valid by the schema of sitemaps.org; a feed has what RFC 4287 asks for;
// the calendar, where there is one, what RFC 5545 asks for. Every address in them is a page of the site.
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { answer, Faults, files, pages, read } from './browser.mjs';
import { tags } from './tags.mjs';

const [tools, ...roots] = process.argv.slice(2);
const modules = join(resolve(tools), 'node_modules');
const from = (path) => import(pathToFileURL(join(modules, path)).href);
const { XmlDocument, XsdValidator } = await from('libxml2-wasm/lib/index.mjs');
const { parseAtomFeed } = await from('feedsmith/dist/index.mjs');
const { default: ICAL } = await from('ical.js/dist/ical.js');
const schema = readFileSync(join(modules, 'sitemap/schema/sitemap.xsd'));
const faults = new Faults('feeds');
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
const ABSOLUTE = /^(https?:\/\/|tag:|urn:)/;

/** Where a site will be read, as its front page says it. */
const home = (root) => tags(read(root, 'index.html')).find(({ attributes }) => attributes.rel === 'canonical')?.attributes.href;

/** Says where an address of the site leads to no page. */
function leads(root, address, say) {
  const base = home(root);
  if (!address.startsWith(base)) return say(`${address} is not on this site`);
  const [path, id] = address.slice(base.length).split('#');
  const found = answer(root, `/${path}`);
  if (!found) return say(`${address} leads nowhere`);
  return id && !found.body.includes(`id="${id}"`) ? say(`${address} leads to an id that is not there`) : undefined;
}

/** XML as libxml2 reads it; nothing where it does not. */
function xml(text, say) {
  try {
    return XmlDocument.fromString(text);
  } catch (error) {
    return say(`no XML: ${error.message}`);
  }
}

function sitemap(root, text, say) {
  const document = xml(text, say);
  if (!document) return;
  const asked = XmlDocument.fromBuffer(schema);
  try {
    XsdValidator.fromDoc(asked).validate(document);
  } catch (error) {
    say(`not valid: ${error.message}`);
  }
  const space = { s: 'http://www.sitemaps.org/schemas/sitemap/0.9' };
  const places = document.find('//s:loc', space).map((node) => node.content);
  places.forEach((place) => leads(root, place, say));
  if (new Set(places).size !== places.length) say('an address stands twice');
  for (const path of pages(root)) {
    const canonical = tags(read(root, path)).find(({ attributes }) => attributes.rel === 'canonical')?.attributes.href;
    const own = home(root) + path.replace(/index\.html$/, '');
    if (canonical === own && !read(root, path).includes('"noindex"') && !places.includes(own)) say(`${path} is missing`);
  }
}

/** What RFC 4287 asks of a feed, and that no two entries are one. */
function feed(root, path, text, say) {
  if (!xml(text, say)) return;
  const { id, title, updated, links = [], entries = [], authors = [] } = parseAtomFeed(text);
  if (!title) say('no title');
  if (!ABSOLUTE.test(id ?? '')) say(`the id ${id} is no address`);
  if (!MOMENT.test(updated ?? '')) say(`updated: ${updated} is no moment`);
  const self = links.filter(({ rel }) => rel === 'self').map(({ href }) => href);
  if (`${self}` !== home(root) + path) say(`it says that it stands at ${self}`);
  if (new Set(entries.map((entry) => entry.id)).size !== entries.length) say('two entries have one id');
  for (const entry of entries) {
    const what = (words) => say(`the entry ${entry.id}: ${words}`);
    if (!ABSOLUTE.test(entry.id ?? '')) what('the id is no address');
    if (!entry.title) what('no title');
    if (!MOMENT.test(entry.updated ?? '')) what(`updated: ${entry.updated} is no moment`);
    if (entry.updated > updated) what('it is newer than the feed');
    if (![...authors, ...(entry.authors ?? [])].some(({ name }) => name)) what('no author');
    if (!entry.content && !entry.summary) what('it says nothing');
    const alternates = (entry.links ?? []).filter(({ rel }) => rel === 'alternate' || !rel);
    if (alternates.length !== 1) what(`${alternates.length} alternate links`);
    (entry.links ?? []).forEach(({ href }) => leads(root, href, what));
  }
  const dates = entries.map((entry) => entry.updated);
  if (`${[...dates].sort().reverse()}` !== `${dates}`) say('the newest entry is not the first');
}

/** What RFC 5545 asks of a calendar. */
function calendar(root, text, say) {
  const lines = text.split('\r\n');
  if (lines.some((line) => line.includes('\n'))) say('a line does not end in CR LF');
  if (lines.some((line) => Buffer.byteLength(line) > 75)) say('a line is longer than 75 bytes');
  let component;
  try {
    component = new ICAL.Component(ICAL.parse(text));
  } catch (error) {
    return say(`no calendar: ${error.message}`);
  }
  for (const key of ['version', 'prodid']) if (!component.getFirstPropertyValue(key)) say(`no ${key}`);
  const events = component.getAllSubcomponents('vevent');
  const ids = events.map((event) => event.getFirstPropertyValue('uid'));
  if (!events.length) say('no event');
  if (new Set(ids).size !== ids.length) say('two events have one uid');
  for (const event of events) {
    const what = (words) => say(`the event ${event.getFirstPropertyValue('uid')}: ${words}`);
    for (const key of ['uid', 'dtstamp', 'dtstart', 'summary']) if (!event.getFirstPropertyValue(key)) what(`no ${key}`);
    const [start, end] = ['dtstart', 'dtend'].map((key) => event.getFirstPropertyValue(key));
    if (end && end.compare(start) <= 0) what('it ends before it begins');
    const url = event.getFirstPropertyValue('url');
    if (url) leads(root, url, what);
  }
  return undefined;
}

const KNOWN = ['feed.xml', 'sitemap.xml', 'site.json'];
let count = 0;
for (const root of roots) {
  const all = files(root);
  KNOWN.filter((path) => home(root) && !all.includes(path)).forEach((path) => faults.add(`${root}/${path}`, 'it is missing'));
  for (const path of all) {
    const say = (words) => faults.add(join(root, path), words);
    const text = () => read(root, path);
    count += 1;
    if (path === 'sitemap.xml') sitemap(root, text(), say);
    else if (path.endsWith('.xml')) feed(root, path, text(), say);
    else if (path.endsWith('.ics')) calendar(root, text(), say);
    else if (path.endsWith('.json') && dirname(path) === '.') JSON.parse(text());
    else count -= 1;
  }
  // What pages name as a feed or a calendar is there.
  for (const path of pages(root)) {
    for (const { attributes } of tags(read(root, path))) {
      if (/calendar|atom/.test(attributes.type ?? '') && attributes.href && !/^[a-z]+:/.test(attributes.href)) {
        const { pathname } = new URL(attributes.href, home(root) + path);
        if (!answer(root, pathname, new URL(home(root)).pathname)) faults.add(`${root}/${path}`, `${attributes.href} is not there`);
      }
    }
  }
}
if (!count) faults.add('feeds', 'there is none');
faults.end(`${count} files`);
