import { byId, h, type Child } from './dom.ts';
import { language, onLanguage, setLanguage, startLanguage, t, type Language, type MessageKey } from './i18n.ts';

// Header, main and footer, the same on every page.

interface ShellOptions {
  title: MessageKey;
  render: () => void; // draws main anew; called at the start and when the language changes
  end?: () => Child[]; // what else stands in the header
  home?: () => boolean; // whether the mark leads to the portal
  keepsLanguage?: () => boolean;
  foot?: boolean;
}

let main: HTMLElement;
let header: HTMLElement;
let footer: HTMLElement;
let options: ShellOptions;

export const page = (): HTMLElement => main;

export function startShell(shell: ShellOptions): void {
  options = shell;
  startLanguage();
  header = h('header', { class: 'bar no-print' });
  main = h('main', { id: 'main' });
  footer = h('footer', { class: 'page-foot no-print' });
  const skip = h('a', { class: 'skip', href: '#main', on: { click: skipToMain } });
  byId('app').replaceChildren(skip, header, main, footer);
  const draw = (): void => {
    skip.textContent = t('page.skip');
    drawHeader();
    drawFooter();
    shell.render();
  };
  onLanguage(draw);
  draw();
}

function skipToMain(event: Event): void {
  event.preventDefault();
  main.tabIndex = -1;
  main.focus();
}

export function drawHeader(): void {
  document.title = `${t(options.title)} – Suara`;
  const mark = [h('img', { src: '/assets/icon.svg', alt: '' }), 'Suara'];
  const home = options.home?.() ?? true;
  header.replaceChildren(
    h(
      'div',
      { class: 'bar-inner' },
      home ? h('a', { class: 'brand', href: '/' }, mark) : h('span', { class: 'brand' }, mark),
      h('span', { class: 'bar-title' }, t(options.title)),
      h('div', { class: 'bar-end' }, ...(options.end?.() ?? []), languageSwitch(options.keepsLanguage)),
    ),
  );
}

// `keeps`: whether a choice holds for the next pages too.
export function languageSwitch(keeps: () => boolean = () => true): HTMLElement {
  const choose = (code: Language, name: string, short: string): HTMLElement =>
    h(
      'button',
      {
        type: 'button',
        lang: code,
        'aria-pressed': String(language() === code),
        'aria-label': `${short} – ${name}`,
        testid: `language-${code}`,
        on: { click: () => switchTo(code, keeps()) },
      },
      short,
    );
  return h(
    'div',
    { class: 'languages', role: 'group', 'aria-label': t('page.language') },
    choose('id', 'Bahasa Indonesia', 'ID'),
    choose('en', 'English', 'EN'),
  );
}

// The page is drawn anew, the switch with it; the focus stays on it.
function switchTo(code: Language, keep: boolean): void {
  setLanguage(code, keep);
  document.querySelector<HTMLElement>(`[data-testid="language-${code}"]`)?.focus();
}

function drawFooter(): void {
  footer.hidden = options.foot === false;
  if (footer.hidden) return;
  footer.replaceChildren(
    h('a', { href: '/' }, t('foot.portal')),
    h('a', { href: '/supervisor' }, t('foot.verify')),
    h('a', { href: '/committee' }, t('foot.committee')),
    h('a', { href: '/trustee' }, t('foot.trustee')),
  );
}

// Shows a new screen from its top and tells those who do not see it, by moving the focus to its title.
export function focusTitle(): void {
  const title = main.querySelector<HTMLElement>('h1');
  if (!title) return;
  title.tabIndex = -1;
  title.focus({ preventScroll: true });
  window.scrollTo(0, 0);
}
