import type { BallotReceipt, Election } from '../base/api.ts';
import { announce, type Child } from '../base/dom.ts';
import { ApiError, get, postText } from '../base/http.ts';
import { firstLanguage, language, t } from '../base/i18n.ts';
import { loading } from '../base/parts.ts';
import { drawHeader, focusTitle, page, startShell } from '../base/shell.ts';
import { WorkerClient } from '../base/worker-client.ts';
import { cleanStart, startIdleWatch } from './kiosk-clock.ts';
import { boothOf, boothSign, type Booth } from './kiosk-device.ts';
import { holdHistory } from './kiosk-history.ts';
import { Casting } from './vote-casting.ts';
import { challengedScreen } from './vote-challenge.ts';
import { chooseScreen } from './vote-choose.ts';
import type { RevealedBallot, SealedBallot, VoteCall, VoteClient, VoteResults } from './vote-protocol.ts';
import { receiptScreen } from './vote-receipt.ts';
import { reviewScreen, sealPart, showProgress, type ReviewView } from './vote-review.ts';
import { elsewhereScreen, failedScreen, phaseScreen, problemScreen, sendingScreen } from './vote-screens.ts';
import { stepBar, votedScreen, type Doing, type Failure } from './vote-screens.ts';
import { emptyRow } from './vote-selection.ts';
import { SignIn } from './vote-sign-in.ts';
import { openSealed } from './vote-start.ts';
import { unanswered, type Acknowledged } from './vote-unanswered.ts';

declare const VOTE_WORKER_URL: string; // set by the build

// The ballot page: sign in, choose, review, cast, receipt; or, after the review, have the sealed ballot opened and
// choose again. What a voter chose is held in `marks` and in `revealed`, and stored nowhere; all is dropped when the
// receipt is shown. On a device that many share the page returns to this start by itself.

type Screen =
  | ('loading' | 'problem' | 'phase' | 'elsewhere' | 'signIn' | 'voted' | 'choose' | 'review')
  | ('sending' | 'failed' | 'challenged' | 'receipt');

const uuid = decodeURIComponent(location.pathname.replace(/^\/vote\/?/, '')).replace(/\/$/, '');
const asKiosk = new URLSearchParams(location.search).get('kiosk') === '1';
const againMs = 5000;
let startTimer: ReturnType<typeof setTimeout> | undefined;
const client: VoteClient = new WorkerClient<VoteCall, VoteResults>(VOTE_WORKER_URL);

let screen: Screen = 'loading';
let over = false; // a new page comes: whatever arrives now is shown to nobody
let election: Election | null = null;
let booth: Booth = { kiosk: asKiosk, device: null, elsewhere: false };
let problem: string | null = null;
let hasVoted = false;
let place = '';
let marks: number[][] = [];
let contest = 0;
// The same bytes at every retry, so that the service can tell a retry from a second ballot.
let ballot: SealedBallot | null = null;
let doing: Doing = 'cast'; // with the ballot
let casting: Casting | null = null;
let failure: ApiError | null = null; // of the last attempt to seal or challenge it
let failed: Failure | null = null; // of the last attempt to cast or challenge it
let revealed: RevealedBallot | null = null;
let receipt: Acknowledged | null = null;

const signIn = new SignIn({ uuid, client, draw: render, done: signedIn, closed: () => void start() });

function go(next: Screen): void {
  if (over) return;
  screen = next;
  render();
  focusTitle();
}

async function start(): Promise<void> {
  go('loading');
  try {
    election = await get<Election>(`/elections/${encodeURIComponent(uuid)}`);
    booth = await boothOf(election, asKiosk);
    if (booth.kiosk) holdHistory();
    drawHeader();
  } catch (error) {
    problem = error instanceof ApiError ? error.text() : t('error.internal');
    go('problem');
    startAgainSoon();
    return;
  }
  // Sent before this page was loaded, and not answered: whatever the phase, it comes first.
  ballot = unanswered(uuid);
  if (ballot) {
    void cast(true);
    return;
  }
  if (election.fault) {
    problem = t('fault.vote');
    go('problem');
    startAgainSoon();
    return;
  }
  if (booth.elsewhere) {
    go('elsewhere');
    return;
  }
  if (election.phase !== 'open') {
    go('phase');
    startAgainSoon();
    return;
  }
  const sound = await openSealed(client, election);
  if (!sound) {
    problem = sound === null ? t('vote.noWorker') : t('vote.notSealed');
    go('problem');
    return;
  }
  marks = election.contests.map(emptyRow);
  go('signIn');
}

// Nobody stands by a kiosk to try again, nor by a page that still holds a ballot.
function startAgainSoon(): void {
  if (!booth.kiosk && !unanswered(uuid)) return;
  const shown = screen;
  clearTimeout(startTimer);
  startTimer = setTimeout(() => screen === shown && void start(), againMs);
}

function signedIn(answer: { place: { name: string }; has_voted: boolean }): void {
  hasVoted = answer.has_voted;
  place = answer.place.name;
  contest = 0;
  go(hasVoted && election!.policies.revote === 'refused' ? 'voted' : 'choose');
}

// Every way into the review seals anew: of what was changed, and after a challenge.
function review(): void {
  ballot = null;
  failure = null;
  go('review');
  void seal();
}

let sealings = 0;

async function seal(): Promise<void> {
  const run = ++sealings;
  try {
    const made = await client.ask<'encrypt'>({ type: 'encrypt', marks }, showProgress);
    if (run !== sealings) return;
    ballot = made;
  } catch {
    if (run !== sealings) return;
    failure = new ApiError('internal', '');
  }
  if (screen !== 'review') return;
  const part = document.getElementById('seal');
  if (failure || !part) showFailure();
  else part.replaceChildren(...(sealPart(reviewView()).filter(Boolean) as Node[]));
  if (ballot) announce(t('review.isSealed'));
}

// `resumed`: these bytes were sent before, and have had no answer.
async function cast(resumed = false): Promise<void> {
  if (!ballot) return;
  doing = 'cast';
  go('sending');
  // From here on nobody can open it, the voter included: a receipt must not show a choice.
  if (!resumed) await client.ask<'decideToCast'>({ type: 'decideToCast' }).catch(() => {});
  casting = new Casting(uuid, ballot, resumed, {
    waiting: (error, unknown) => fail({ error, again: true, unknown }),
    refused: (error) => fail({ error, again: false, unknown: false }),
    recorded: (answer) => {
      receipt = answer;
      forgetBallot();
      go('receipt');
    },
  });
  void casting.send();
}

function sendAgain(): void {
  go('sending');
  void casting?.send();
}

function fail(next: Failure): void {
  const same = screen === 'failed' && failed?.error.code === next.error.code && failed.unknown === next.unknown;
  failed = next;
  if (!same) go('failed'); // the one that is shown stays as it is, and so does the focus in it
}

// The ballot is opened only once the ledger has it as spoiled; an open ballot that could still be cast is a proof of
// one's vote for a buyer.
async function challenge(): Promise<void> {
  if (!ballot) return;
  doing = 'challenge';
  failure = null;
  go('sending');
  try {
    const answer = await postText<BallotReceipt>(`/elections/${uuid}/challenges`, ballot.text);
    if (answer.tracker !== ballot.tracker) throw new ApiError('integrity', '');
    revealed = await client.ask<'reveal'>({ type: 'reveal' });
    go('challenged');
  } catch (error) {
    failure = error instanceof ApiError ? error : new ApiError('internal', '');
    const again = failure.unknown || failure.busy;
    if (again || failure.code === 'wrong_phase') {
      fail({ error: failure, again, unknown: failure.unknown });
      return;
    }
    screen = 'review';
    showFailure();
  }
}

function voteAgain(): void {
  revealed = null;
  ballot = null;
  contest = 0;
  go('choose');
}

function showFailure(): void {
  if (over) return;
  render();
  page().querySelector<HTMLElement>('[data-testid="error-summary"]')?.focus();
  window.scrollTo(0, 0);
}

function forgetBallot(): void {
  ballot = null;
  revealed = null;
  marks = [];
  void client.ask<'forget'>({ type: 'forget' });
}

// Nothing of one voter may be left for the next: a new page is the surest way.
function startOver(): void {
  if (over) return;
  casting?.end();
  forgetBallot();
  signIn.forget();
  receipt = null;
  over = true;
  screen = 'loading';
  render();
  void cleanStart();
}

// Once a ballot is on its way it stays until it has arrived, whoever has left. A screen that waits for a voter has nothing
// of one but a code or another language.
function isUnderWay(): boolean {
  if (over || screen === 'receipt') return false;
  if (doing === 'cast' && (screen === 'sending' || (screen === 'failed' && failed?.again))) return false;
  const waits = ['loading', 'phase', 'elsewhere', 'problem', 'signIn'].includes(screen);
  return !waits || signIn.begun || language() !== firstLanguage();
}

const finishKiosk = (): (() => void) | null => (booth.kiosk ? startOver : null);

const stepOf: Partial<Record<Screen, number>> = {
  signIn: 0,
  choose: 1,
  review: 2,
  sending: 2,
  failed: 2,
  challenged: 2,
  receipt: 3,
};

function reviewView(): ReviewView {
  return {
    revote: hasVoted,
    tracker: ballot?.tracker ?? null,
    failure,
    change: (index) => ((contest = index), go('choose')),
    cast: () => void cast(),
    challenge: () => void challenge(),
    reseal: review,
  };
}

function content(shown: Screen): Child[] {
  switch (shown) {
    case 'loading':
      return [loading()];
    case 'problem':
      return problemScreen(problem, () => void start());
    case 'phase':
      return phaseScreen(election!, () => void start(), finishKiosk());
    case 'elsewhere':
      return elsewhereScreen(election!, finishKiosk());
    case 'signIn':
      return signIn.content(election!.name);
    case 'voted':
      return votedScreen(election!, finishKiosk());
    case 'choose':
      return chooseScreen(election!.contests, contest, marks, {
        place,
        revote: hasVoted,
        next: () => {
          if (contest + 1 < election!.contests.length) {
            contest++;
            go('choose');
          } else review();
        },
        back: contest > 0 ? () => (contest--, go('choose')) : null,
      });
    case 'review':
      return reviewScreen(election!.contests, marks, reviewView());
    case 'sending':
      return sendingScreen(doing);
    case 'failed':
      return failedScreen(doing, failed!, doing === 'cast' ? sendAgain : () => void challenge(), startOver);
    case 'challenged':
      return challengedScreen(ballot!.tracker, revealed!, booth.kiosk, voteAgain);
    case 'receipt':
      return receiptScreen(client, election!, receipt!, finishKiosk());
  }
}

function render(): void {
  const shown = over ? 'loading' : screen;
  const step = stepOf[shown];
  page().replaceChildren(...([step !== undefined && stepBar(step), ...content(shown)].filter(Boolean) as Node[]));
  const underWay = ['choose', 'review', 'sending', 'failed', 'challenged'].includes(shown);
  window.onbeforeunload = underWay ? (event) => event.preventDefault() : null;
}

signIn.takeFromAddress();
// Another card scanned into the same tab changes only the fragment.
window.addEventListener('hashchange', () => {
  if (signIn.takeFromAddress() && screen === 'signIn') go('signIn');
});
startShell({
  title: 'title.vote',
  render,
  foot: false,
  end: () => boothSign(booth),
  home: () => !booth.kiosk,
  keepsLanguage: () => election !== null && !booth.kiosk,
});
startIdleWatch(() => booth.kiosk && isUnderWay(), startOver);
void start();
