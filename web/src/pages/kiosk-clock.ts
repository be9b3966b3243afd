import { h } from '../base/dom.ts';
import { t } from '../base/i18n.ts';
import { button, notice } from '../base/parts.ts';
import { page } from '../base/shell.ts';

// A device that many voters share: it goes back to the start by itself, and says so in time to be stopped.

const receiptSeconds = 60;
const idleSeconds = 60;
const warningSeconds = 20;

// A bar that counts down to `end`; `more` gives the whole time again.
export function countdown(
  seconds: number,
  message: 'kiosk.ends' | 'kiosk.idle',
  end: () => void,
  stay: () => void,
): HTMLElement {
  let left = seconds;
  const text = h('p', { testid: 'kiosk-countdown' }, t(message, { n: left }));
  const bar = h(
    'div',
    { class: 'countdown' },
    text,
    h(
      'div',
      { class: 'row-actions' },
      button(t('kiosk.finish'), 'primary', 'kiosk-finish', end),
      button(t('kiosk.stay'), 'secondary', 'kiosk-stay', () => {
        left = seconds;
        text.textContent = t(message, { n: left });
        stay();
      }),
    ),
  );
  let shown = false;
  const timer = setInterval(() => {
    // The bar belongs to a screen; once that has gone, so has the reason to count.
    if (shown && !bar.isConnected) clearInterval(timer);
    shown ||= bar.isConnected;
    left--;
    text.textContent = t(message, { n: Math.max(0, left) });
    if (left <= 0 && bar.isConnected) {
      clearInterval(timer);
      end();
    }
  }, 1000);
  return bar;
}

export const receiptCountdown = (end: () => void): HTMLElement =>
  countdown(receiptSeconds, 'kiosk.ends', end, () => {});

// A voter who walks away in the middle leaves a ballot open to the next person: it is dropped. Whoever is still there
// says so by touching the device anywhere, or by the keyboard, which the warning takes and gives back.
export function startIdleWatch(underWay: () => boolean, end: () => void): void {
  let last = Date.now();
  let warning: HTMLElement | null = null;
  let before: Element | null = null;
  const touched = (): void => {
    last = Date.now();
    if (!warning) return;
    const held = warning.contains(document.activeElement);
    warning.remove();
    warning = null;
    if (held && before instanceof HTMLElement) before.focus();
  };
  const warn = (): void => {
    before = document.activeElement;
    warning = countdown(warningSeconds, 'kiosk.idle', end, touched);
    warning.setAttribute('role', 'alertdialog');
    warning.setAttribute('aria-label', t('kiosk.idle', { n: warningSeconds }));
    document.body.append(warning);
    warning.querySelector<HTMLElement>('[data-testid="kiosk-stay"]')?.focus({ preventScroll: true });
  };
  const elsewhere = ({ target }: Event): void => {
    if (!(target instanceof Node && warning?.contains(target))) touched();
  };
  for (const event of ['pointerdown', 'keydown', 'scroll']) {
    window.addEventListener(event, elsewhere, { passive: true });
  }
  setInterval(() => {
    if (!underWay()) touched();
    else if (!warning && Date.now() - last > (idleSeconds - warningSeconds) * 1000) warn();
  }, 1000);
}

const reachMs = 2000;

const reached = (): Promise<boolean> =>
  fetch(location.pathname, { cache: 'no-store' }).then(
    ({ ok }) => ok,
    () => false,
  );

// A new page, once there is one to be had: without the network a reload would leave the browser's own error on a device
// that nobody stands by. Whatever was on the page must be gone before.
export async function cleanStart(): Promise<void> {
  window.onbeforeunload = null;
  while (!(await reached())) {
    page().replaceChildren(notice('warn', h('p', { testid: 'no-network', role: 'status' }, t('kiosk.noNetwork'))));
    await new Promise((later) => setTimeout(later, reachMs));
  }
  location.reload();
}
