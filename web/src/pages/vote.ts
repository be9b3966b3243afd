import { formatCode, readCode, type CodeFault } from '../ballot/code.ts';
import type { BallotReceipt, Election } from '../base/api.ts';
import { h, type Child } from '../base/dom.ts';
import { ApiError, get, postText } from '../base/http.ts';
import { t } from '../base/i18n.ts';
import { button, errorSummary, fieldError, loading, notice } from '../base/parts.ts';
import { focusTitle, page, startShell } from '../base/shell.ts';
import { startIdleWatch } from './kiosk.ts';
import { chooseScreen, reviewScreen } from './vote-choose.ts';
import { VoteClient } from './vote-client.ts';
import { receiptScreen } from './vote-receipt.ts';

// The ballot page: sign in, choose, review, cast, receipt. What a voter chose is held in `ballot.marks` and, once
// encrypted, nowhere; both are dropped when the receipt is shown.

type Screen = 'loading' | 'problem' | 'phase' | 'signIn' | 'voted' | 'choose' | 'review' | 'casting' | 'failed' | 'receipt';

interface Casting {
  text: string; // the same bytes at every retry, so that the service can tell a retry from a second ballot
  tracker: string;
}

const uuid = decodeURIComponent(location.pathname.replace(/^\/vote\/?/, '')).replace(/\/$/, '');
const kiosk = new URLSearchParams(location.search).get('kiosk') === '1';
const client = new VoteClient();

let screen: Screen = 'loading';
let election: Election | null = null;
let problem: string | null = null;
let code = '';
let codeFromLink = false;
let codeFault: { text: string; field: boolean } | null = null;
let busy = false;
let hasVoted = false;
let place = '';
let marks: number[][] = [];
let contest = 0;
let casting: Casting | null = null;
let castFailure: ApiError | null = null;
let receipt: BallotReceipt | null = null;

function takeCodeFromAddress(): boolean {
  const fragment = location.hash.slice(1);
  if (!fragment) return false;
  history.replaceState(null, '', location.pathname + location.search);
  let text = fragment;
  try {
    text = decodeURIComponent(fragment);
  } catch {
    // Not an encoding: what was in the address is what the voter sees in the field.
  }
  code = formatCode(text);
  codeFromLink = true;
  return true;
}

function go(next: Screen): void {
  screen = next;
  render();
  focusTitle();
}

async function start(): Promise<void> {
  go('loading');
  try {
    election = await get<Election>(`/elections/${encodeURIComponent(uuid)}`);
  } catch (error) {
    problem = error instanceof ApiError ? error.text() : t('error.internal');
    go('problem');
    return;
  }
  if (election.phase !== 'open') {
    go('phase');
    return;
  }
  const contests = election.contests.map(({ question, min, max, candidates }) => ({
    question,
    min,
    max,
    candidates: candidates.map(({ name }) => name),
  }));
  const { election: text, fingerprint } = election;
  const sound = await client
    .ask<'open'>({ type: 'open', uuid, text: text ?? '', fingerprint: fingerprint ?? '', contests })
    .catch(() => null);
  if (!sound) {
    problem = sound === null ? t('vote.noWorker') : t('vote.notSealed');
    go('problem');
    return;
  }
  marks = election.contests.map(({ candidates }) => candidates.map(() => 0));
  go('signIn');
}

function faultText(fault: CodeFault): string {
  switch (fault.kind) {
    case 'empty':
      return t('code.empty');
    case 'character':
      return t('code.character', { position: fault.position });
    case 'short':
      return t('code.short', { length: fault.length });
    case 'long':
      return t('code.long');
    case 'check':
      return t('code.check');
  }
}

async function signIn(): Promise<void> {
  if (busy || !election) return;
  const reading = readCode(code);
  if (!reading.ok) {
    codeFault = { text: faultText(reading.fault), field: true };
    showSignInFault();
    return;
  }
  busy = true;
  codeFault = null;
  render();
  try {
    const { nonce } = await get<{ nonce: string }>(`/elections/${uuid}/challenge`);
    const { credential, proof } = await client.ask<'signIn'>({ type: 'signIn', code: reading.code, nonce });
    const body = `{"credential":"${credential}","nonce":${JSON.stringify(nonce)},"proof":${proof}}`;
    const answer = await postText<{ place: { name: string }; has_voted: boolean }>(`/elections/${uuid}/sign-in`, body);
    hasVoted = answer.has_voted;
    place = answer.place.name;
    code = '';
    busy = false;
    contest = 0;
    go(hasVoted && election.policies.revote === 'refused' ? 'voted' : 'choose');
  } catch (error) {
    busy = false;
    if (error instanceof ApiError && error.code === 'wrong_phase') {
      await start();
      return;
    }
    const text = error instanceof ApiError ? error.text() : t('error.internal');
    const ofCode = error instanceof ApiError && ['unknown_credential', 'invalid_proof'].includes(error.code);
    codeFault = { text: ofCode ? t('code.unknown') : text, field: ofCode };
    showSignInFault();
  }
}

function showSignInFault(): void {
  render();
  page().querySelector<HTMLElement>('[data-testid="error-summary"]')?.focus();
}

async function cast(): Promise<void> {
  castFailure = null;
  go('casting');
  try {
    if (!casting) {
      const made = await client.ask<'encrypt'>({ type: 'encrypt', marks }, showProgress);
      casting = { text: made.text, tracker: made.tracker };
    }
    showSending();
    const answer = await postText<BallotReceipt>(`/elections/${uuid}/ballots`, casting.text);
    if (answer.tracker !== casting.tracker) throw new ApiError('integrity', '');
    receipt = answer;
    forgetBallot();
    go('receipt');
  } catch (error) {
    castFailure = error instanceof ApiError ? error : new ApiError('internal', '');
    go('failed');
  }
}

function showProgress(share: number): void {
  const bar = page().querySelector<HTMLElement>('.progress-bar');
  bar?.style.setProperty('width', `${Math.round(share * 80)}%`);
  bar?.parentElement?.setAttribute('aria-valuenow', String(Math.round(share * 80)));
}

function showSending(): void {
  showProgress(1);
  const text = page().querySelector('[data-testid="cast-step"]');
  if (text) text.textContent = t('cast.sending');
}

function forgetBallot(): void {
  casting = null;
  marks = [];
  void client.ask<'forget'>({ type: 'forget' });
}

// Nothing of one voter may be left for the next: a new page is the surest way.
function startOver(): void {
  forgetBallot();
  window.onbeforeunload = null;
  location.reload();
}

// --- screens

const stepOf: Partial<Record<Screen, number>> = { signIn: 0, choose: 1, review: 2, casting: 2, failed: 2, receipt: 3 };

function steps(): HTMLElement | null {
  const at = stepOf[screen];
  if (at === undefined) return null;
  const names = [t('step.signIn'), t('step.choose'), t('step.review'), t('step.done')];
  return h(
    'ol',
    { class: 'steps', 'aria-label': t('step.label') },
    names.map((name, i) =>
      h('li', { class: i < at ? 'is-done' : '', ...(i === at && { 'aria-current': 'step' }) }, name),
    ),
  );
}

function signInScreen(): Child[] {
  const field: HTMLInputElement = h('input', {
    type: 'text',
    id: 'code',
    testid: 'code',
    class: 'form-control code-input',
    autocomplete: 'off',
    autocapitalize: 'characters',
    spellcheck: 'false',
    enterkeyhint: 'go',
    'aria-describedby': codeFault?.field ? 'code-error code-help' : 'code-help',
    ...(codeFault?.field && { 'aria-invalid': 'true' }),
    on: { input: () => typed(field), change: () => (field.value = code = formatCode(field.value)) },
  });
  field.value = code;
  const submit = h('button', { type: 'submit', class: 'btn btn-primary', testid: 'sign-in', 'aria-disabled': String(busy) });
  submit.textContent = busy ? t('signIn.busy') : t('signIn.button');
  return [
    codeFault && errorSummary([{ field: codeFault.field ? 'code' : null, text: codeFault.text }]),
    h('h1', { testid: 'election-name' }, election!.name),
    h('p', {}, t('signIn.lead')),
    codeFromLink && notice('info', h('p', {}, t('signIn.fromLink'))),
    h(
      'form',
      { class: 'panel', novalidate: true, on: { submit: (event) => (event.preventDefault(), void signIn()) } },
      h('label', { class: 'form-label', for: 'code' }, t('signIn.code')),
      codeFault?.field && fieldError('code', codeFault.text),
      field,
      h('p', { class: 'form-text', id: 'code-help' }, t('signIn.help')),
      h('div', { class: 'main-action' }, submit),
    ),
    h('p', { class: 'mute small-text' }, t('signIn.secret')),
  ];
}

// Groups the code while it is typed at its end; elsewhere the caret must not jump.
function typed(field: HTMLInputElement): void {
  if (field.selectionStart === field.value.length) {
    const grouped = formatCode(field.value);
    if (grouped !== field.value) field.value = grouped;
  }
  code = field.value;
  codeFromLink = false;
}

function phaseScreen(): Child[] {
  const { phase, name } = election!;
  const before = phase === 'draft' || phase === 'sealed';
  return [
    h('h1', {}, before ? t('phase.notYet') : t('phase.over')),
    h('p', { testid: 'not-open' }, before ? t('phase.notYetText', { name }) : t('phase.overText', { name })),
    h(
      'div',
      { class: 'row-actions' },
      before && button(t('page.again'), 'primary', 'again', () => void start()),
      h('a', { class: `btn ${before ? 'btn-outline-secondary' : 'btn-primary'}`, href: `/elections/${uuid}` }, t('phase.toPortal')),
    ),
  ];
}

function castingScreen(): Child[] {
  return [
    h('h1', {}, t('cast.title')),
    h('p', { role: 'status', testid: 'cast-step' }, t('cast.sealing')),
    h(
      'div',
      { class: 'progress', role: 'progressbar', 'aria-label': t('cast.title'), 'aria-valuemin': '0', 'aria-valuemax': '100', 'aria-valuenow': '0' },
      h('div', { class: 'progress-bar' }),
    ),
    h('p', { class: 'mute' }, t('cast.stay')),
  ];
}

const retried = ['network', 'unavailable', 'overloaded', 'timeout', 'rate_limited', 'internal'];

function failedScreen(): Child[] {
  const error = castFailure!;
  const retry = retried.includes(error.code);
  const unknown = error.code === 'network' || error.code === 'timeout';
  return [
    h('h1', {}, unknown ? t('cast.unknownTitle') : t('cast.refused')),
    notice(unknown ? 'warn' : 'bad', h('p', { testid: 'cast-fault' }, unknown ? t('cast.unknown') : error.text())),
    h('p', {}, retry ? t('cast.sameBallot') : t('cast.nothing')),
    h(
      'div',
      { class: 'main-action' },
      retry
        ? button(t('cast.retry'), 'primary', 'retry', () => void cast())
        : button(t('page.startOver'), 'primary', 'start-over', startOver),
      retry && !unknown && button(t('page.startOver'), 'secondary', 'start-over', startOver),
    ),
  ];
}

function content(): Child[] {
  switch (screen) {
    case 'loading':
      return [loading()];
    case 'problem':
      return [
        h('h1', {}, t('vote.problem')),
        notice('bad', h('p', {}, problem)),
        button(t('page.again'), 'primary', 'again', () => void start()),
      ];
    case 'phase':
      return phaseScreen();
    case 'signIn':
      return signInScreen();
    case 'voted':
      return [
        h('h1', {}, t('voted.title')),
        h('p', { testid: 'already-voted' }, t('voted.refused')),
        h('a', { class: 'btn btn-primary', href: `/elections/${uuid}` }, t('voted.check')),
      ];
    case 'choose':
      return chooseScreen(election!.contests, contest, marks, {
        place,
        revote: hasVoted,
        next: () => {
          if (contest + 1 < election!.contests.length) contest++;
          else screen = 'review';
          go(screen);
        },
        back: contest > 0 ? () => (contest--, go('choose')) : null,
      });
    case 'review':
      return reviewScreen(election!.contests, marks, {
        revote: hasVoted,
        change: (index) => ((contest = index), go('choose')),
        cast: () => void cast(),
      });
    case 'casting':
      return castingScreen();
    case 'failed':
      return failedScreen();
    case 'receipt':
      return receiptScreen(client, election!, receipt!, kiosk ? startOver : null);
  }
}

function render(): void {
  page().replaceChildren(...([steps(), ...content()].filter(Boolean) as Node[]));
  const underWay = ['choose', 'review', 'casting', 'failed'].includes(screen);
  window.onbeforeunload = underWay ? (event) => event.preventDefault() : null;
}

takeCodeFromAddress();
// Another card scanned into the same tab changes only the fragment.
window.addEventListener('hashchange', () => {
  if (takeCodeFromAddress() && screen === 'signIn') go('signIn');
});
startShell({ title: 'title.vote', render, foot: false });
if (kiosk) startIdleWatch(() => !['loading', 'signIn', 'phase', 'problem', 'receipt'].includes(screen), startOver);
void start();
