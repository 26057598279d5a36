// Measures what a finger or a mouse must hit: node targets.mjs TOOLS DIR
//
// In: the folder whose node_modules holds playwright-core, and a folder of pages. Out: a line for each fault, and exit
// status 1 where there is one. On pages that together show everything, wide and narrow, every target is 24 by 24
// pixels, or a circle of 24 pixels around its middle touches no other target and no such circle, or it is
// a link in a line of text (WCAG 2.2, 2.5.8). What opens is looked at open, too.
import { each, Faults, launch, NARROW, sample, serve, USED, WIDE } from './browser.mjs';

const [tools, root] = process.argv.slice(2);

/** The targets of a page that are too small and too near to others. */
function small() {
  const SIZE = 24;
  const shown = (element) => element.checkVisibility({ visibilityProperty: true }) && getComputedStyle(element).pointerEvents !== 'none';
  /** A control and its label are one target. */
  const whole = (element) => {
    const boxes = [element, ...(element.labels ?? [])].map((part) => part.getBoundingClientRect());
    return { left: Math.min(...boxes.map((b) => b.left)), right: Math.max(...boxes.map((b) => b.right)), top: Math.min(...boxes.map((b) => b.top)), bottom: Math.max(...boxes.map((b) => b.bottom)) };
  };
  const seen = ({ left, right, top, bottom }) => right > 0 && right - left > 1 && bottom - top > 1 && left < document.documentElement.scrollWidth && bottom + scrollY > 0;
  const targets = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [role=link]')]
    .filter((element) => shown(element) && !element.disabled).map((element) => ({ element, box: whole(element) })).filter(({ box }) => seen(box));
  const big = ({ box }) => box.right - box.left >= SIZE - 0.5 && box.bottom - box.top >= SIZE - 0.5;
  const middle = ({ box }) => [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
  /** Whether other words stand in the line that the link is a part of, and give it its height. */
  const inText = ({ element }) => {
    if (!element.matches('a') || getComputedStyle(element).display !== 'inline') return false;
    let block = element.parentElement;
    while (getComputedStyle(block).display === 'inline') block = block.parentElement;
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    for (let text = walker.nextNode(); text; text = walker.nextNode()) {
      if (/\p{L}|\p{N}/u.test(text.data) && !text.parentElement.closest('a, button, .visually-hidden')) return true;
    }
    return false;
  };
  const far = ([x, y], box) => Math.hypot(Math.max(box.left - x, 0, x - box.right), Math.max(box.top - y, 0, y - box.bottom));
  const apart = (target) => targets.every((other) => {
    if (other === target || other.element.contains(target.element) || target.element.contains(other.element)) return true;
    const [x, y] = middle(target);
    const [a, b] = middle(other);
    return far([x, y], other.box) >= SIZE / 2 && (big(other) || Math.hypot(x - a, y - b) >= SIZE);
  });
  const name = (element) => [element.tagName.toLowerCase(), ...element.classList].join('.');
  const faults = targets.filter((target) => !big(target) && !inText(target) && !apart(target)).map(({ element, box }) =>
    `${name(element)} in ${name(element.parentElement)} “${(element.ariaLabel ?? element.textContent).trim().slice(0, 30)}” is ${Math.round(box.right - box.left)} by ${Math.round(box.bottom - box.top)} pixels, and near another`);
  return { faults, count: targets.length };
}

const browser = await launch(tools);
const site = await serve(root);
const faults = new Faults('targets');
const paths = sample(root, USED);
let measured = 0;
for (const viewport of [WIDE, NARROW]) {
  await each(browser, site.home, paths, { viewport }, faults.in(`(${viewport.width} px)`), async (page, fault) => {
    for (const open of [false, true]) {
      if (open) await page.evaluate(() => document.querySelectorAll('details').forEach((details) => { details.open = true; }));
      const found = await page.evaluate(small);
      found.faults.forEach(fault);
      measured += found.count;
    }
  });
}
await browser.close();
site.close();
if (!measured) faults.add(root, 'no target was measured');
faults.end(`${paths.length} pages in 2 windows, ${measured} targets`);
