import { formatCode, readCode } from '../ballot/code.ts';
import type { BallotReceipt, Election } from '../base/api.ts';
import { h, type Child } from '../base/dom.ts';
import { ApiError, get, postText } from '../base/http.ts';
import { t } from '../base/i18n.ts';
import { button, loading, notice } from '../base/parts.ts';
import { focusTitle, page, startShell } from '../base/shell.ts';
import { startIdleWatch } from './kiosk.ts';
import { chooseScreen, reviewScreen } from './vote-choose.ts';
import { VoteClient } from './vote-client.ts';
import { receiptScreen } from './vote-receipt.ts';
import { castingScreen, codeFaultText, failedScreen, phaseScreen, signInScreen, stepBar } from './vote-screens.ts';

// The ballot page: sign in, choose, review, cast, receipt. What a voter chose is held in `ballot.marks` and, once
// encrypted, nowhere; both are dropped when the receipt is shown.

type Screen =
  'loading' | 'problem' | 'phase' | 'signIn' | 'voted' | 'choose' | 'review' | 'casting' | 'failed' | 'receipt';

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

async function signIn(): Promise<void> {
  if (busy || !election) return;
  const reading = readCode(code);
  if (!reading.ok) {
    codeFault = { text: codeFaultText(reading.fault), field: true };
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

const stepOf: Partial<Record<Screen, number>> = { signIn: 0, choose: 1, review: 2, casting: 2, failed: 2, receipt: 3 };

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
      return phaseScreen(election!, () => void start());
    case 'signIn':
      return signInScreen({
        name: election!.name,
        code,
        fromLink: codeFromLink,
        fault: codeFault,
        busy,
        typed: (text) => {
          code = text;
          codeFromLink = false;
        },
        submit: () => void signIn(),
      });
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
      return failedScreen(castFailure!, () => void cast(), startOver);
    case 'receipt':
      return receiptScreen(client, election!, receipt!, kiosk ? startOver : null);
  }
}

function render(): void {
  const step = stepOf[screen];
  page().replaceChildren(...([step !== undefined && stepBar(step), ...content()].filter(Boolean) as Node[]));
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
