// The words for the day on which a page is read: node states.mjs TOOLS DIR DATED
//
// In: the folder whose node_modules holds playwright-core, the sample site as it is now, and as it was built on 20
// September 2021, both read on other days. Out: a line for each fault, and exit status 1 where there is one. Before a round
// opens, from its first moment to its last, after it and when a response is late, the pages say so, each state alone,
// whatever the reader's zone; what invites to reply is there while it is time and no longer. Without a script a page says
// what was true when it was built, with the dates in full and no word that counts from today.
import { Checks, launch, open, serve } from './browser.mjs';

const [tools, root, dated] = process.argv.slice(2);
const DOCUMENT = 'proposals/representation/';
const checks = new Checks('states');
const browser = await launch(tools);
const [now, then] = [await serve(root), await serve(dated)];

/** What the head of a page says of its round, and how it asks for replies. */
const says = (page) => page.evaluate(() => {
  const seen = (selector) => [...document.querySelectorAll(selector)].filter((own) => own.checkVisibility()).map((own) => own.innerText.replace(/\s+/g, ' ').trim());
  return { badge: seen('.which .badge:not(.badge-status)'), name: [...document.querySelectorAll('.which .badge:not(.badge-status)')].filter((own) => own.checkVisibility()).map((own) => own.className.split('badge-')[1]), heading: seen('.respond h2'), link: seen('.respond-link').length, ways: seen('.respond .ways').length, words: seen('.respond').join(' ') };
});

/** The states of a page that stand beside each other and are not one. */
const several = (page) => page.evaluate(() => {
  const all = [...document.querySelectorAll('[data-since], [data-until]')];
  const groups = new Map();
  all.forEach((own) => { const key = own.matches('.badge, .respond > div') ? own.parentElement : own; groups.set(key, [...(groups.get(key) ?? []), own]); });
  return [...groups.values()].filter((group) => group.length > 1 && group.filter((own) => !own.hidden).length !== 1).map((group) => group.map((own) => own.innerText).join(' / '));
});

const coming = (opens) => ({ badge: [`Opens on ${opens}`], name: ['coming'], heading: [`How to respond from ${opens}`], link: 0, ways: 1 });
const during = (closes) => ({ badge: [`Open until ${closes}`], name: ['open'], heading: [`How to respond by ${closes}`], link: 1, ways: 1 });
const closed = (closes, name) => ({ badge: [`Closed on ${closes}${name === 'late' ? ', response late' : ''}`], name: [name], heading: ['Comments are closed'], link: 0, ways: 0 });
/** Each moment with what holds then: round 2 closes in summer time, round 3 in winter time. */
const TWO = [
  ['2021-09-13T22:59:59Z', coming('14 September 2021')],
  ['2021-09-13T23:00:00Z', during('8 October 2021')],
  ['2021-10-08T22:59:00Z', during('8 October 2021')],
  ['2021-10-08T23:00:00Z', closed('8 October 2021', 'closed'), /5 November 2021/],
  ['2021-11-05T23:59:59Z', closed('8 October 2021', 'closed'), /5 November 2021/],
  ['2021-11-06T00:00:00Z', closed('8 October 2021', 'late'), /5 November 2021/],
];
const THREE = [
  ['2021-11-01T23:59:59Z', coming('2 November 2021')],
  ['2021-11-02T00:00:00Z', during('30 November 2021')],
  ['2021-11-30T23:59:00Z', during('30 November 2021')],
  ['2021-12-01T00:00:00Z', closed('30 November 2021', 'closed'), /17 December 2021/],
  ['2021-12-18T00:00:00Z', closed('30 November 2021', 'late'), /17 December 2021/],
  ['2031-01-01T00:00:00Z', closed('30 November 2021', 'late'), /17 December 2021/],
];

/** Holds a page against the moments; every second one is read from the other side of the world. */
async function read(site, path, moments, built) {
  for (const [index, [at, expected, more]] of moments.entries()) {
    const timezoneId = index % 2 ? 'Pacific/Auckland' : 'America/Los_Angeles';
    const page = await open(browser, site.home, path, checks, { at, timezoneId });
    const { words, ...found } = await says(page);
    checks.is(`${path} of ${built} at ${at}`, found, expected);
    if (more) checks.holds(`${path} of ${built} at ${at}: names ${more}`, more.test(words), words);
    checks.is(`${path} of ${built} at ${at}: one state at a time`, await several(page), []);
    await page.context().close();
  }
}
for (const path of [DOCUMENT, `${DOCUMENT}draft-2-option-a/`]) await read(then, path, TWO, '20 September');
for (const path of [DOCUMENT, `${DOCUMENT}draft-3/`]) await read(now, path, THREE, 'today');

// A late response is told apart from one that is due.
const wordsAt = async (at) => (await says(await open(browser, then.home, DOCUMENT, checks, { at }))).words;
const [due, late] = [await wordsAt('2021-11-05T12:00:00Z'), await wordsAt('2021-11-06T12:00:00Z')];
checks.holds('late is not due', due !== late && due.length > 20 && late.length > 20, [due, late]);

// Lists: the front page and that of the section say of each paper what holds.
for (const path of ['', 'proposals/']) {
  for (const [at, badge] of [['2021-10-08T22:59:00Z', 'Open until 8 October 2021'], ['2021-10-08T23:00:00Z', 'Closed on 8 October 2021']]) {
    const page = await open(browser, then.home, path, checks, { at });
    const card = page.locator('main .card', { has: page.locator('a[href*="proposals/representation/"], a[href="representation/"]') }).first();
    const badges = await card.locator('.badge:visible').allInnerTexts();
    checks.is(`/${path} at ${at}`, badges.filter((words) => !words.startsWith('Vote')), [badge]);
    checks.is(`/${path} at ${at}: one state at a time`, await several(page), []);
    await page.context().close();
  }
}

// Lists of dates: what was to come on the day of the build is told as past when its day is over, and each thing once.
const days = (page) => page.evaluate(() => {
  const list = (id) => [...document.querySelectorAll(id)].filter((own) => own.checkVisibility()).flatMap((own) => [...own.children]).filter((own) => own.checkVisibility());
  const told = (day) => `${day.querySelector('.event-day').innerText}: ${[...day.querySelectorAll('.event-title')].map((own) => own.innerText).join(', ')}`;
  const heads = [...document.querySelectorAll('main h2')].filter((own) => own.checkVisibility()).map((own) => own.innerText);
  return { ahead: list('ol[data-then]').map(told), past: list('#at-past, #at-latest').map(told), count: document.querySelectorAll('main .event').length, heads };
});
const built = await open(browser, then.home, 'changes/', checks, { at: '2021-09-20T12:00:00Z' });
const first = await days(built);
checks.holds('/changes/: much is to come', first.ahead.length > 3, first.ahead);
for (const at of ['2021-10-08T22:59:00Z', '2021-10-08T23:00:00Z', '2021-11-06T00:00:00Z', '2031-01-01T00:00:00Z']) {
  const page = await open(browser, then.home, 'changes/', checks, { at, timezoneId: 'Asia/Tokyo' });
  const found = await days(page);
  const over = first.ahead.filter((own) => !found.ahead.includes(own));
  checks.is(`/changes/ at ${at}: nothing is lost or told twice`, [...found.past].reverse().concat(found.ahead), [...first.past].reverse().concat(first.ahead));
  checks.is(`/changes/ at ${at}: what is over`, over.map((own) => Date.parse(own.split(':')[0]) < Date.parse(at) - 12 * 36e5), over.map(() => true));
  checks.is(`/changes/ at ${at}: the last day of comments`, found.past.some((own) => /^8 October 2021: .*Last day for comments on round 2/.test(own)), at >= '2021-10-08T23');
  checks.is(`/changes/ at ${at}: headings`, found.heads.includes('Still to come'), found.ahead.length > 0);
  checks.is(`/changes/ at ${at}: as many things`, found.count, first.count);
  const front = await open(browser, then.home, '', checks, { at });
  const shown = await days(front);
  checks.is(`/ at ${at}: what comes next`, shown.ahead.every((own) => found.ahead.includes(own)), true);
  const open_ = await front.locator('.open-now .card:visible').allInnerTexts();
  checks.is(`/ at ${at}: open and coming`, open_.every((own) => /Open until|Opens on/.test(own)), true);
  checks.is(`/ at ${at}: a heading only above papers`, shown.heads.includes('Open for comments and coming'), open_.length > 0);
  checks.is(`/ at ${at}: every paper once`, (await front.locator('main .card:visible').count()), await page.context().newPage().then(async (plain) => { await plain.goto(then.home); return plain.locator('main .card').count(); }));
  await page.context().close();
  await front.context().close();
}

// A day that has past events already takes up those that were still ahead on it.
const same = first.past[0].split(':')[0];
const onePastDay = async (route) => {
  const response = await route.fetch();
  const html = await response.text();
  const past = html.slice(html.indexOf('id="at-past"')).match(/<time[^]*?<\/time>/)[0];
  await route.fulfill({ response, body: html.replace(/(data-then="at-past"[^]*?)<time[^]*?<\/time>/, (_, before) => before + past) });
};
const joined = await open(browser, then.home, 'changes/', checks, { at: '2021-09-24T12:00:00Z', route: [`${then.home}changes/`, onePastDay] });
const after = await days(joined);
checks.is('/changes/: each day once', [after.past.filter((own) => own.startsWith(`${same}:`)).length, after.past.length, after.count], [1, first.past.length, first.count]);
checks.holds('/changes/: with all its events', after.past[0].endsWith(`, ${first.ahead[0].split(': ')[1]}`), [after.past[0], first.ahead[0]]);

// Without a script: the state of the day of the build, in full dates; and that is what a script shows on that day.
for (const [site, path, built] of [[then, DOCUMENT, '2021-09-20T12:00:00Z'], [then, '', '2021-09-20T12:00:00Z'], [then, `${DOCUMENT}draft-2-option-a/`, '2021-09-20T12:00:00Z'], [now, DOCUMENT, undefined]]) {
  const [plain, same] = [await open(browser, site.home, path, checks, { javaScriptEnabled: false }), await open(browser, site.home, path, checks, { at: built })];
  const words = (page) => page.locator('.badge:visible, .respond:visible, .state-more:visible, .respond-link:visible').allInnerTexts();
  checks.is(`/${path}: a script shows the same on the day of the build`, await words(same), await words(plain));
  const text = (await plain.locator('main .head, main .respond, main .card').allInnerTexts()).join(' ');
  checks.is(`/${path}: no word counts from today`, text.match(/\b(today|tomorrow|yesterday|days? (left|ago)|in \d+ days|this week|next week)\b/i), null);
  checks.holds(`/${path}: days have their year`, (await words(plain)).filter((own) => /^(Open|Closed|Opens)\b/.test(own)).every((own) => /\d+ \p{L}+ \d{4}/u.test(own)));
  await plain.context().close();
  await same.context().close();
}
await browser.close();
[now, then].forEach(({ close }) => close());
checks.done();
