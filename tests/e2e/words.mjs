// What of a page that is read in English is still Indonesian, by the pages' own tables of messages.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from './service.mjs';

async function messages() {
  const { build } = createRequire(join(root, 'web/package.json'))('esbuild');
  const both = "export { id } from './id.ts'; export { en } from './en.ts';";
  const stdin = { contents: both, resolveDir: join(root, 'web/src/messages'), loader: 'ts' };
  const { outputFiles: [{ contents }] } = await build({ stdin, bundle: true, write: false, format: 'esm' });
  return import(`data:text/javascript;base64,${Buffer.from(contents).toString('base64')}`);
}

const { id, en } = await messages();
const hole = /\{\w+(?:\|[^}]*)?\}/;
const plain = (text) => text.replace(/\s+/g, ' ').trim();
const said = (table) => Object.values(table).flatMap((message) => message.split(hole)).map(plain);
const english = [...said(en), ...Object.values(en).map(plain)];

// A message as a whole, its parameters being anything; and its longer pieces, wherever they stand. What people of an
// Indonesian election wrote stays as it is, so what takes parameters must have words enough to be told from it.
const differing = Object.keys(id).filter((key) => id[key] !== en[key] && !english.includes(plain(id[key])));
const letters = (text) => text.replace(/[^\p{L}]/gu, '').length;
const wholes = differing
  .map((key) => id[key].split(hole).map(plain))
  .filter((pieces) => letters(pieces.join('')) >= (pieces.length > 1 ? 10 : 4))
  .map((pieces) => new RegExp(`^${pieces.map((piece) => piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('\\s*.+\\s*')}$`));
const longer = said(Object.fromEntries(differing.map((key) => [key, id[key]])))
  .filter((piece) => letters(piece) >= 10 && piece.includes(' ') && !english.some((text) => text.includes(piece)));

const brand = 'Suara'; // also what votes are called
export const isIndonesian = (text) =>
  text !== brand && (wholes.some((whole) => whole.test(text)) || longer.some((piece) => text.includes(piece)));

// Every text that can be seen or is read out, but for what is marked as being in another language.
const textsOf = (page) =>
  page.evaluate(() => {
    const inEnglish = (element) => element.closest('[lang]')?.getAttribute('lang') === 'en';
    const texts = [document.title];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
      if (!inEnglish(element) || /^(script|style|noscript)$/i.test(element.tagName) || !element.checkVisibility()) continue;
      if (node.nodeType === Node.TEXT_NODE) texts.push(node.data);
      else for (const name of ['aria-label', 'alt', 'title', 'placeholder']) texts.push(element.getAttribute(name) ?? '');
    }
    return texts;
  });

export async function indonesianOn(page) {
  const found = (await textsOf(page)).map(plain).filter((text) => text && isIndonesian(text));
  return [...new Set(found)];
}
