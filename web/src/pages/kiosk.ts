import type { Election } from '../base/api.ts';
import { h, replaceKeepingFocus, type Child } from '../base/dom.ts';
import { ApiError, call, get, post } from '../base/http.ts';
import { t } from '../base/i18n.ts';
import { button, errorSummary, fieldError, icon, loading, notice } from '../base/parts.ts';
import { focusTitle, page, startShell } from '../base/shell.ts';
import { claimedDevice, type Device } from './kiosk-device.ts';
import { endText } from './projector-parts.ts';

// A booth's device: claimed once by the code that the committee or an officer made for it, then it shows its place and
// starts the ballot page for one voter after the other.

type Screen = 'loading' | 'problem' | 'claim' | 'ready';

const againMs = 5000;
const codeLength = 8;

let screen: Screen = 'loading';
let device: Device | null = null;
let election: Election | null = null;
let problem = '';
let fault: { text: string; field: boolean } | null = null;
let typed = '';
let busy = false;
let releasing = false; // to be confirmed
let timer: ReturnType<typeof setTimeout> | undefined;

function go(next: Screen): void {
  screen = next;
  render();
  focusTitle();
}

const textOf = (error: unknown): string => (error instanceof ApiError ? error.text() : t('error.internal'));

async function start(): Promise<void> {
  clearTimeout(timer);
  try {
    device = await claimedDevice();
    election = device && (await get<Election>(`/elections/${device.election}`));
    if (screen !== 'ready' || !device) go(device ? 'ready' : 'claim');
    else replaceKeepingFocus(page(), content());
  } catch (error) {
    problem = textOf(error);
    if (screen !== 'problem') go('problem');
  }
  // What it shows changes without anybody standing by: the phase, and whether the network is back.
  if (screen !== 'claim') timer = setTimeout(() => void start(), againMs);
}

// As it is read from paper or heard: spaces, dashes and capitals do not matter.
const plainCode = (text: string): string => text.replace(/[\s-]+/g, '').toLowerCase();

async function claim(): Promise<void> {
  if (busy) return;
  const code = plainCode(typed);
  fault = null;
  if (code.length !== codeLength) fault = { text: t('kiosk.codeShape', { n: codeLength }), field: true };
  else {
    busy = true;
    render();
    try {
      await post('/device', { code });
      typed = '';
      busy = false;
      await start();
      return;
    } catch (error) {
      busy = false;
      const wrong = error instanceof ApiError && ['not_found', 'malformed', 'not_permitted'].includes(error.code);
      fault = { text: wrong ? t('kiosk.codeWrong') : textOf(error), field: wrong };
    }
  }
  render();
  page().querySelector<HTMLElement>('[data-testid="error-summary"]')?.focus();
}

async function release(): Promise<void> {
  try {
    await call('/device', { method: 'DELETE' });
  } catch (error) {
    problem = textOf(error);
    go('problem');
  }
  releasing = false;
  await start();
}

function claimScreen(): Child[] {
  const input: HTMLInputElement = h('input', {
    type: 'text',
    id: 'device-code',
    testid: 'device-code',
    class: 'form-control code-input',
    autocomplete: 'off',
    autocapitalize: 'none',
    spellcheck: 'false',
    maxlength: 16,
    'aria-describedby': fault?.field ? 'device-code-error device-code-help' : 'device-code-help',
    ...(fault?.field && { 'aria-invalid': 'true' }),
    on: { input: () => (typed = input.value) },
  });
  input.value = typed;
  const submit = h('button', { type: 'submit', class: 'btn btn-primary', testid: 'claim' });
  submit.textContent = t(busy ? 'page.wait' : 'kiosk.claim');
  submit.disabled = busy;
  return [
    fault && errorSummary([{ field: fault.field ? 'device-code' : null, text: fault.text }]),
    h('h1', {}, t('kiosk.claimTitle')),
    h('p', {}, t('kiosk.claimLead')),
    h(
      'form',
      { class: 'panel', novalidate: true, on: { submit: (event) => (event.preventDefault(), void claim()) } },
      h('label', { class: 'form-label', for: 'device-code' }, t('kiosk.code')),
      fault?.field && fieldError('device-code', fault.text),
      input,
      h('p', { class: 'form-text', id: 'device-code-help' }, t('kiosk.codeHelp')),
      h('div', { class: 'main-action' }, submit),
    ),
  ];
}

function phaseNotice({ phase, fault }: Election): HTMLElement {
  if (fault) return notice('bad', h('p', { testid: 'fault' }, t('fault.hall')));
  const said = endText(election!);
  const tone = phase === 'open' ? 'ok' : 'info';
  return notice(
    tone,
    h('p', { testid: 'kiosk-phase', 'data-phase': phase }, t(`phase.${phase}`), said && ` · ${said}`),
  );
}

function releasePart(): Child {
  if (!releasing) {
    return button(t('kiosk.release'), 'link', 'release', () => {
      releasing = true;
      render();
      page().querySelector<HTMLElement>('[data-testid="confirm-release"]')?.focus();
    });
  }
  return h(
    'div',
    { class: 'stack' },
    notice('warn', h('p', {}, t('kiosk.releaseAsk'))),
    h(
      'div',
      { class: 'row-actions' },
      button(t('kiosk.releaseYes'), 'secondary', 'confirm-release', () => void release()),
      button(t('page.cancel'), 'secondary', 'cancel-release', () => {
        releasing = false;
        render();
      }),
    ),
  );
}

function readyScreen(claimed: Device, shown: Election): Child[] {
  const over = shown.phase !== 'open' && shown.phase !== 'sealed' && shown.phase !== 'draft';
  return [
    h(
      'section',
      { class: 'panel booth' },
      icon('ok'),
      h('h1', { testid: 'kiosk-place' }, claimed.place.name),
      h('p', { class: 'booth-name', testid: 'kiosk-name' }, claimed.name),
      h('p', { testid: 'election-name' }, shown.name),
    ),
    phaseNotice(shown),
    !over &&
      h(
        'div',
        { class: 'main-action' },
        // In place of this page, so that "back" leads no voter here.
        button(t('kiosk.start'), 'primary', 'start', () => location.replace(`/vote/${claimed.election}?kiosk=1`)),
      ),
    h('div', { class: 'mt-4' }, releasePart()),
  ];
}

function content(): Child[] {
  switch (screen) {
    case 'loading':
      return [loading()];
    case 'problem':
      return [
        h('h1', {}, t('vote.problem')),
        notice('bad', h('p', {}, problem), h('p', {}, t('hall.retries'))),
        button(t('page.again'), 'primary', 'again', () => void start()),
      ];
    case 'claim':
      return claimScreen();
    case 'ready':
      return readyScreen(device!, election!);
  }
}

function render(): void {
  page().replaceChildren(...(content().filter(Boolean) as Node[]));
}

startShell({ title: 'title.kiosk', render, foot: false, home: () => false });
void start();
