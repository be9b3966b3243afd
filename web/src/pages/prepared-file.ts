import { announce, h } from '../base/dom.ts';
import { t } from '../base/i18n.ts';

// A file that the service writes once and then serves. While that is not done it answers 503: the link says that the
// file is being prepared, and the download begins by itself.

const againMs = 1500;
const longestWait = 15 * 60 * 1000; // witnesses may be waited for

type Ask = (href: string) => Promise<number>;
const statusOf: Ask = async (href) => (await fetch(href, { method: 'HEAD', cache: 'no-store' })).status;

// Whether it may be fetched now: it is there, or what it answers tells more.
export async function whenReady(
  href: string,
  waiting: () => void,
  ask: Ask = statusOf,
  pause = (): Promise<void> => new Promise((done) => setTimeout(done, againMs)),
): Promise<boolean> {
  for (let waited = 0; waited < longestWait; waited += againMs) {
    const status = await ask(href).catch(() => 0);
    if (status !== 503 && status !== 0) return true;
    waiting();
    await pause();
  }
  return false;
}

const underWay = new Set<string>(); // the list of files may be drawn anew meanwhile
const told = (href: string): string => (underWay.has(href) ? t('downloads.preparing') : '');

export function preparedFile(href: string, testid: string, name: string, use: string): HTMLElement {
  const note = h('span', { class: 'tone-warn small-text', testid: `${testid}-note`, 'data-note': href }, told(href));
  const tell = (text: string): void => {
    for (const each of document.querySelectorAll(`[data-note="${CSS.escape(href)}"]`)) each.textContent = text;
  };
  const fetchIt = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (underWay.has(href)) return;
    underWay.add(href);
    let waited = false;
    const ready = await whenReady(href, () => {
      if (!waited) announce(t('downloads.preparing'));
      waited = true;
      tell(t('downloads.preparing'));
    });
    underWay.delete(href);
    tell(ready ? '' : t('downloads.tooLong'));
    if (!ready) return;
    const link = h('a', { href, download: true });
    document.body.append(link);
    link.click();
    link.remove();
  };
  return h(
    'li',
    {},
    h('a', { href, testid, download: true, on: { click: (event) => void fetchIt(event) } }, name),
    h('span', { class: 'mute small-text' }, ` ${use}`),
    note,
  );
}
