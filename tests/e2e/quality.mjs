// What every page is held to: axe-core's rules for WCAG 2.2 AA, and no sideways scrolling at 400 % zoom.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { desktop } from './browser.mjs';

const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const everyRule = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] };
// What a narrow window can change.
const layoutRules = { type: 'rule', values: ['target-size', 'scrollable-region-focusable', 'link-in-text-block', 'label', 'button-name', 'link-name'] };

// A window of 1280 by 1024 pixels at 400 %.
export const zoomed = { width: 320, height: 256 };

// The faults that axe finds on the page as it is, one line each.
async function axeFaults(page, rules) {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource);
  const violations = await page.evaluate(async (runOnly) => {
    // A colour on its way to another is judged where it comes to rest.
    await Promise.allSettled(document.getAnimations().filter((each) => each instanceof CSSTransition).map(({ finished }) => finished));
    const { violations } = await window.axe.run(document, { runOnly, rules: { 'target-size': { enabled: true } }, resultTypes: ['violations'], preload: false });
    return violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html, any, all, none }) => [html.slice(0, 160), [...any, ...all, ...none].map(({ message }) => message)[0]]) }));
  }, rules);
  return violations.flatMap(({ id, nodes }) => nodes.map(([html, message]) => `${id}: ${message} ${html}`));
}

// What is wider than the window, and does not scroll in a box of its own.
function sidewaysFaults(page) {
  return page.evaluate(() => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    const scrolls = (element) => element && element !== root && (getComputedStyle(element).overflowX !== 'visible' || scrolls(element.parentElement));
    const wide = [...document.body.querySelectorAll('*')].filter(
      (element) => element.getBoundingClientRect().right > root.clientWidth + 0.5 && !scrolls(element.parentElement),
    );
    return [`${root.scrollWidth} px wide at ${root.clientWidth} px: ${wide.slice(-3).map((element) => element.outerHTML.slice(0, 120)).join(' | ')}`];
  });
}

// Looks at a state of a page in a wide and in a narrow window; gives what is wrong with it.
export async function faultsOf(page, name) {
  const before = page.viewportSize();
  const faults = [];
  for (const viewport of [desktop, zoomed]) {
    await page.setViewportSize(viewport);
    faults.push(...(await axeFaults(page, viewport === zoomed ? layoutRules : everyRule)));
    if (viewport === zoomed) faults.push(...(await sidewaysFaults(page)));
  }
  await page.setViewportSize(before);
  return [...new Set(faults)].map((fault) => `${name}: ${fault}`);
}

// A state that a test of something else brings about anyway is held to the same there.
export async function assertFaultless(page, name) {
  assert.deepEqual(await faultsOf(page, name), []);
}

// The projectors of halls.
const walls = [{ width: 1280, height: 720 }, { width: 1920, height: 1080 }];
const readableShare = 1 / 20; // of the wall's height, so that the back of a hall reads a figure

// What nobody at the back of a hall could read: what lies beyond the wall, which nobody scrolls, and main figures too small.
export async function wallFaults(page, name) {
  const before = page.viewportSize();
  const faults = [];
  for (const wall of walls) {
    await page.setViewportSize(wall);
    const found = await page.evaluate(async (share) => {
      // It is fitted to a new size before the next picture of it.
      await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
      const { scrollWidth, scrollHeight } = document.documentElement;
      const beyond = scrollWidth > innerWidth || scrollHeight > innerHeight ? [`${scrollWidth} by ${scrollHeight} px are drawn`] : [];
      const figures = [...document.querySelectorAll('.hall-figures .figure-value')];
      if (figures.length < 2) return [...beyond, `${figures.length} main figures`];
      const small = figures.flatMap((figure) => {
        const size = parseFloat(getComputedStyle(figure).fontSize);
        const { left, right, top, bottom } = figure.getBoundingClientRect();
        const seen = left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight && figure.scrollWidth <= figure.clientWidth;
        return size >= share * innerHeight && seen ? [] : [`${figure.textContent}: ${size} px, ${seen ? 'too small' : 'cut off'}`];
      });
      return [...beyond, ...small];
    }, readableShare);
    faults.push(...found.map((fault) => `${name} at ${wall.width} by ${wall.height}: ${fault}`));
  }
  await page.setViewportSize(before);
  return faults;
}

// Goes on by the Tab key until the element has the focus, as people without a mouse do: each stop on the way must be
// seen, in the window and marked by an outline or a shadow.
export async function tabTo(page, selector, most = 60) {
  for (let i = 0; i < most; i++) {
    const stop = await page.evaluate((wanted) => {
      const element = document.activeElement;
      if (!element || element === document.body || element.tabIndex < 0) return null;
      const { top, bottom, width, height } = element.getBoundingClientRect();
      const marked = (each) => getComputedStyle(each).outlineStyle !== 'none' || getComputedStyle(each).boxShadow !== 'none';
      const seen = width > 0 && height > 0 && bottom > 0 && top < window.innerHeight;
      const label = element.labels?.[0];
      return { here: element.matches(wanted), fault: seen && (marked(element) || (label && marked(label))) ? null : element.outerHTML.slice(0, 160) };
    }, selector);
    if (stop?.fault) throw new Error(`not to be seen where the focus is: ${stop.fault}`);
    if (stop?.here) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`the Tab key never comes to ${selector}`);
}
