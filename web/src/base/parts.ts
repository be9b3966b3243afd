import { announce, h, s, type Child } from './dom.ts';
import { t } from './i18n.ts';

// Small parts that every page is made of.

const shapes: Record<string, string[]> = {
  ok: ['M5 12.5l4.6 4.6L19 7.5'],
  warn: ['M12 4L2.8 20h18.4z', 'M12 10v4.2', 'M12 17.2v.1'],
  bad: ['M6 6l12 12', 'M18 6L6 18'],
  info: ['M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18z', 'M12 11v5.4', 'M12 7.7v.1'],
  wait: ['M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18z', 'M12 7v5.2l3.4 2'],
  person: ['M12 4a4 4 0 1 0 0 8a4 4 0 0 0 0-8z', 'M4.5 20c.8-4 3.7-6 7.5-6s6.7 2 7.5 6'],
  envelope: ['M3 6h18v12H3z', 'M3.5 6.5L12 13l8.5-6.5'],
  shield: ['M12 3l7.5 2.8v5.4c0 4.6-3 8-7.5 9.8c-4.5-1.8-7.5-5.2-7.5-9.8V5.8z', 'M8.6 12l2.4 2.4l4.4-4.6'],
};
export type IconName = 'ok' | 'warn' | 'bad' | 'info' | 'wait' | 'person' | 'envelope' | 'shield';
export type Tone = 'ok' | 'warn' | 'bad' | 'info';

// Always beside a word, so hidden from those who hear the page.
export function icon(name: IconName): SVGElement {
  const paths = shapes[name]!.map((d) => s('path', { d }));
  return s('svg', { class: 'icon', viewBox: '0 0 24 24', 'aria-hidden': 'true', focusable: 'false' }, paths);
}

export function notice(tone: Tone, ...children: Child[]): HTMLElement {
  return h('div', { class: `notice notice-${tone}` }, icon(tone), h('div', { class: 'kept' }, ...children));
}

export function button(
  label: string,
  kind: 'primary' | 'secondary' | 'link',
  testid: string,
  act: () => void,
): HTMLButtonElement {
  const look = kind === 'secondary' ? 'btn-outline-secondary' : `btn-${kind}`;
  return h('button', { type: 'button', class: `btn ${look}`, testid, on: { click: act } }, label);
}

export interface Fault {
  field: string | null; // id of the control, where there is one
  text: string;
}

// What is wrong, above the form, taking the focus; each item leads to its control.
export function errorSummary(faults: Fault[], items: string[] = []): HTMLElement {
  const list = faults.map(({ field, text }) =>
    h('li', {}, field ? h('a', { href: `#${field}`, on: { click: (event) => leadTo(event, field) } }, text) : text),
  );
  const summary = h(
    'div',
    { class: 'notice notice-bad', tabindex: '-1', role: 'alert', testid: 'error-summary' },
    icon('bad'),
    h(
      'div',
      {},
      h('h2', {}, t('form.problem')),
      h(
        'ul',
        { class: 'mb-0' },
        list,
        items.slice(0, 20).map((item) => h('li', { lang: 'en' }, item)),
      ),
    ),
  );
  return summary;
}

function leadTo(event: Event, field: string): void {
  event.preventDefault();
  document.getElementById(field)?.focus();
}

export function fieldError(id: string, text: string): HTMLElement {
  return h('p', { class: 'field-error', id: `${id}-error`, testid: `${id}-error` }, icon('bad'), text);
}

export function loading(): HTMLElement {
  return h('p', { class: 'mute', role: 'status' }, t('page.loading'));
}

// The browser's clipboard API wants a secure page; a LAN has none, so the older way stays.
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = h('textarea', { class: 'visually-hidden', 'aria-hidden': 'true' });
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    return done;
  }
}

export function copyButton(text: string, testid: string, label = t('page.copy')): HTMLButtonElement {
  const control = button(label, 'secondary', testid, async () => {
    const done = await copyText(text);
    control.textContent = done ? t('page.copied') : t('page.copyFailed');
    announce(control.textContent);
  });
  return control;
}

export function saveFile(name: string, text: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = h('a', { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}
