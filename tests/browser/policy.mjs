// Holds pages against their own policy: node policy.mjs TOOLS DIR…
//
// In: the folder whose node_modules holds playwright-core, and folders of pages; those of the first are tried in a
// browser. Out: a line for each fault, and exit status 1 where there is one. Every page has one
// Content-Security-Policy, before anything that it could forbid, that lets in what the site has itself and nothing
// else; the page of the search alone may run WebAssembly. No page has a style or a script in its markup. In the
// browser, what is slipped into a page is not run, not drawn and not asked for.
import { basename } from 'node:path';
import { Faults, launch, pages, read, sorts, serve } from './browser.mjs';
import { tags } from './tags.mjs';

const [tools, ...roots] = process.argv.slice(2);
const OWN = ["'self'", 'file:', "'none'"];
const MORE = { 'img-src': ['data:'], 'script-src': ["'wasm-unsafe-eval'"] };
const NEEDED = { 'default-src': ["'none'"], 'base-uri': ["'none'"] };

/** What is wrong with a policy. */
function wrong(policy, path) {
  const found = [];
  const parts = new Map(policy.split(';').map((part) => part.trim().split(/\s+/)).map(([name, ...sources]) => [name, sources]));
  for (const [name, sources] of Object.entries(NEEDED)) if (`${parts.get(name)}` !== `${sources}`) found.push(`${name} is not ${sources}`);
  if (!parts.has('form-action')) found.push('form-action is not told');
  for (const [name, sources] of parts) {
    const strange = sources.filter((source) => ![...OWN, ...(MORE[name] ?? [])].includes(source));
    if (strange.length) found.push(`${name} lets in ${strange.join(' ')}`);
  }
  if (policy.includes('wasm') && !path.startsWith('search/')) found.push('it lets in WebAssembly');
  return found;
}

function look(root, path, faults) {
  const place = `${basename(root)}/${path}`;
  const html = read(root, path);
  const all = tags(html);
  const policies = all.filter(({ attributes }) => /^content-security-policy$/i.test(attributes['http-equiv'] ?? ''));
  if (policies.length !== 1) return faults.add(place, `${policies.length} policies`);
  wrong(policies[0].attributes.content, path).forEach((words) => faults.add(place, `policy: ${words}`));
  const before = all.slice(0, all.indexOf(policies[0])).map(({ name }) => name).filter((name) => !['html', 'head', 'meta'].includes(name));
  if (before.length) faults.add(place, `${before.join(', ')} before the policy`);
  for (const { name, attributes } of all) {
    if (name === 'style' || (name === 'script' && attributes.src === undefined)) faults.add(place, `<${name}> in the markup`);
    for (const key of Object.keys(attributes)) if (key === 'style' || /^on[a-z]/.test(key)) faults.add(place, `${key}= on <${name}>`);
    if (Object.values(attributes).some((value) => /^\s*javascript:/i.test(value))) faults.add(place, `javascript: on <${name}>`);
  }
  return undefined;
}

/** What nobody should slip into a page, each with what it would do. */
const SLIPPED = [
  '<script>document.title = "slipped"</script>',
  '<img src="x:" onerror="document.title = \'slipped\'" alt="">',
  '<p id="slipped" style="color: rgb(1, 2, 3)">slipped</p><style>p { color: rgb(1, 2, 3) }</style>',
  '<img src="https://elsewhere.example/i.png" alt=""><iframe src="https://elsewhere.example/f"></iframe><script src="https://elsewhere.example/s.js"></script>',
  '<link rel="stylesheet" href="https://elsewhere.example/s.css"><base href="https://elsewhere.example/"><video src="https://elsewhere.example/v"></video>',
];

async function slip(browser, root, path, faults) {
  const site = await serve(root);
  const page = await browser.newPage();
  const asked = [];
  page.on('response', (response) => asked.push(response.url()));
  await page.route('https://elsewhere.example/**', (route) => route.fulfill({ body: '' }));
  await page.route(`${site.home}${path}`, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replace('</main>', `${SLIPPED.join('\n')}</main>`) });
  });
  await page.goto(site.home + path);
  if ((await page.title()) === 'slipped') faults.add(path, 'a script that was slipped in runs');
  const colour = await page.locator('#slipped').evaluate((element) => getComputedStyle(element).color);
  if (colour === 'rgb(1, 2, 3)') faults.add(path, 'a style that was slipped in is drawn');
  asked.filter((address) => address.includes('elsewhere')).forEach((address) => faults.add(path, `asks for ${address}, which was slipped in`));
  if ((await page.evaluate(() => document.baseURI)).includes('elsewhere')) faults.add(path, 'a base that was slipped in holds');
  await page.close();
  site.close();
}

const faults = new Faults('policy');
let count = 0;
for (const root of roots) for (const path of pages(root)) {
  look(root, path, faults);
  count += 1;
}
const browser = await launch(tools);
const tried = sorts(roots[0]);
for (const path of tried) await slip(browser, roots[0], path, faults);
await browser.close();
if (!count) faults.add('policy', 'there is no page');
faults.end(`${count} pages, ${tried.length} in a browser`);
