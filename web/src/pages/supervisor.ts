import type { ElectionSummary } from '../base/api.ts';
import { announce, h, type Child } from '../base/dom.ts';
import type { Zone } from '../base/format.ts';
import { ApiError, get } from '../base/http.ts';
import { t } from '../base/i18n.ts';
import { LiveElection } from '../base/live.ts';
import { button, errorSummary, loading, notice } from '../base/parts.ts';
import { focusTitle, page, startShell } from '../base/shell.ts';
import type { Served } from '../audit/memory.ts';
import type { Report } from '../audit/report.ts';
import { Follower } from './supervisor-follow.ts';
import { allKnown, memoryOfElection, remember } from './supervisor-memory.ts';
import {
  choices,
  dropZone,
  electionSelect,
  runningPanel,
  showProgress,
  uuidForm,
  type Choice,
} from './supervisor-picker.ts';
import type { SupervisorReply, SupervisorRequest } from './supervisor-protocol.ts';
import { verdictText, type Following } from './supervisor-report.ts';
import { ReportScreen, type Shown } from './supervisor-screen.ts';
import { Watch, type WatchView } from './supervisor-watch.ts';

declare const SUPERVISOR_WORKER_URL: string; // set by the build

// The supervisors' page: downloads a ledger, or takes a bundle file, and verifies it here, not on the server's word; a
// served ledger that it found intact it goes on verifying while it grows. Beside that, by the address #<uuid>/<view>,
// what goes on now and the notes of what was seen.

type Stage = 'start' | 'running' | 'failed' | 'done';

const worker = new Worker(SUPERVISOR_WORKER_URL);
let elections: ElectionSummary[] | null = null;
let listProblem: string | null = null;
const [linked = '', linkedView = ''] = location.hash.slice(1).split('/');
let chosen = uuidForm.test(linked) ? linked : '';
let zone: Zone = 'WIB';
let subject = ''; // what is verified: the election's name, or the file's
let stage: Stage = 'start';
let run = 0;
let failure: 'network' | 'not-a-bundle' | 'too-large' | 'worker' = 'network';
let shown: Shown | null = null;
let screen: ReportScreen | null = null;
let ofElection = ''; // uuid of the election whose ledger is verified; empty: it is a file's
let followed: { follower: Follower; live: LiveElection } | null = null;

type View = 'verify' | WatchView;
const views: readonly string[] = ['live', 'people', 'notes'] satisfies WatchView[];
const viewOf = (name: string): View => (views.includes(name) ? (name as WatchView) : 'verify');
let view = viewOf(linkedView);
const watch = new Watch(draw);

// The entry that a note is to be written on, as an alert's link names it.
function about(): number | null {
  const named = location.hash.split('/')[2] ?? '';
  return /^\d{1,15}$/.test(named) ? Number(named) : null;
}

const ask = (request: SupervisorRequest): void => worker.postMessage(request);

async function start(): Promise<void> {
  listProblem = null;
  try {
    elections = (await get<{ elections: ElectionSummary[] }>('/elections')).elections;
  } catch (error) {
    elections = [];
    listProblem = error instanceof ApiError ? error.text() : t('error.internal');
  }
  chosen ||= offered()[0]?.uuid ?? '';
  draw();
}

function begin(name: string, uuid = ''): void {
  run++;
  ofElection = uuid;
  unfollow();
  view = 'verify';
  stage = 'running';
  subject = name;
  shown = null;
  screen = null;
  draw();
  focusTitle();
}

// What may be chosen.
const offered = (): Choice[] => choices(elections ?? [], linked);

function verifyElection(whole = false): void {
  const choice = offered().find(({ uuid }) => uuid === chosen);
  if (!choice) return;
  zone = choice.zone;
  history.replaceState(null, '', `#${chosen}`);
  begin(choice.name, choice.uuid);
  ask({ type: 'verify-log', run, uuid: choice.uuid, memory: memoryOfElection(choice.uuid), whole });
}

function verifyFile(file: File): void {
  begin(file.name);
  ask({ type: 'verify-file', run, file, known: allKnown() });
}

function fail(reason: typeof failure): void {
  failure = reason;
  stage = 'failed';
  draw();
  page().querySelector<HTMLElement>('[data-testid="error-summary"]')?.focus();
}

worker.onerror = () => fail('worker');
worker.onmessage = (event: MessageEvent<SupervisorReply>) => {
  const message = event.data;
  if (message.run !== run) return;
  switch (message.type) {
    case 'progress':
      showProgress(message.done, message.size, message.millisLeft);
      break;
    case 'report':
      finish(message.report, message.served);
      break;
    case 'followed':
      goOn(message.report);
      break;
    case 'not-followed':
      followed?.follower.failed();
      showFollowing({ state: 'failed' });
      break;
    case 'failed':
      fail(message.reason);
      break;
    case 'entry':
      screen?.showEntry(message);
      break;
  }
};

function finish(report: Report, served: Served | null): void {
  remember(report, served);
  stage = 'done';
  const goesOn = ofElection !== '' && mayGoOn(report);
  shown = { report, served, finishedAt: new Date().toISOString(), following: goesOn ? { state: 'on' } : null };
  screen = new ReportScreen({ zone, picker, open: openEntry, whole: verifyWhole }, shown);
  if (goesOn) follow(ofElection, settledRoot(report));
  draw();
  announce(page().querySelector('[data-testid="verdict"]')?.textContent ?? '');
}

function verifyWhole(): void {
  chosen = ofElection;
  verifyElection(true);
}

function openEntry(seq: number): void {
  ask({ type: 'entry', run, seq });
}

// --- an audit that goes on

// Witnesses may be late: what they have not seen is audited again until they have.
const mayGoOn = ({ verdict }: Report): boolean => verdict === 'intact' || verdict === 'unwitnessed';
const settledRoot = ({ verdict, root }: Report): string | null => (verdict === 'intact' ? root : null);

function follow(uuid: string, root: string | null): void {
  const follower = new Follower(root, () => ask({ type: 'follow-log', run, uuid, memory: memoryOfElection(uuid) }));
  const live = new LiveElection(uuid, {
    onPart: (part, { ledger }) => {
      if (part === 'ledger' && ledger?.checkpoint) follower.tell(ledger.checkpoint.root);
    },
    onStale: (since) => showFollowing(since ? { state: 'stale', since } : { state: 'on' }),
  });
  followed = { follower, live };
}

function unfollow(): void {
  followed?.follower.stop();
  followed?.live.close();
  followed = null;
}

function showFollowing(following: Following): void {
  if (!shown || !followed) return;
  shown = { ...shown, following };
  screen?.show(shown);
}

function goOn(report: Report): void {
  if (!shown || !followed) return;
  const rows = [...shown.report.rows.slice(0, report.goneOnFrom), ...report.rows];
  const goesOn = mayGoOn(report);
  const changed = report.verdict !== shown.report.verdict;
  if (!goesOn) unfollow();
  followed?.follower.ended(settledRoot(report));
  remember(report, null);
  const stale = shown.following?.state === 'stale' && shown.following;
  shown = {
    report: { ...report, rows },
    served: null,
    finishedAt: new Date().toISOString(),
    following: goesOn ? stale || { state: 'on' } : null,
  };
  screen?.show(shown);
  if (changed) announce(verdictText(report));
}

// --- screens

function electionPicker(): Child[] {
  if (elections === null) return [loading()];
  const problem =
    listProblem !== null &&
    notice(
      'warn',
      h('p', {}, listProblem),
      button(t('page.again'), 'secondary', 'again', () => void start()),
    );
  const all = offered();
  if (all.length === 0) return [problem || h('p', { class: 'mute' }, t('portal.none'))];
  const label = t(stage === 'done' ? 'verify.again' : 'verify.button');
  const go = button(label, 'primary', 'verify', () => verifyElection());
  return [problem, h('div', {}, ...electionSelect(all, chosen, (uuid) => (chosen = uuid)), go)];
}

function picker(): HTMLElement {
  return h('section', { class: 'panel no-print stack' }, ...electionPicker(), dropZone(verifyFile));
}

const address = (name: View): string => (name === 'verify' ? `#${chosen}` : `#${chosen}/${name}`);

function tabs(): Child {
  const tab = (name: View, label: string): Child =>
    h('a', { href: address(name), testid: `tab-${name}`, ...(name === view && { 'aria-current': 'page' }) }, label);
  return h(
    'nav',
    { class: 'tabs no-print', 'aria-label': t('watch.views') },
    tab('verify', t('watch.verify')),
    tab('live', t('watch.live')),
    tab('people', t('centre.people')),
    tab('notes', t('watch.notes')),
  );
}

function watchContent(shown: WatchView): Child[] {
  const all = offered();
  const choose = (uuid: string): void => {
    chosen = uuid;
    history.replaceState(null, '', address(shown));
    draw();
  };
  const name = all.find(({ uuid }) => uuid === chosen)?.name ?? t('title.supervisor');
  return [
    h('h1', { testid: 'election-name' }, name),
    all.length > 1 && h('div', {}, ...electionSelect(all, chosen, choose)),
    ...watch.content(shown, chosen, about()),
  ];
}

function content(): Child[] {
  if (watch.atLogin) return [watch.staff.screen()];
  return [tabs(), ...(view === 'verify' ? verifyContent() : watchContent(view))];
}

function verifyContent(): Child[] {
  const title = h('h1', { testid: 'subject' }, stage === 'start' ? t('verify.title') : subject);
  switch (stage) {
    case 'start':
      return [title, h('p', {}, t('verify.lead')), picker()];
    case 'running':
      return [title, runningPanel()];
    case 'failed':
      return [errorSummary([{ field: null, text: t(`verify.failed.${failure}`) }]), title, picker()];
    case 'done':
      screen!.draw();
      return [title, ...screen!.elements];
  }
}

function draw(): void {
  page().replaceChildren(...(content().filter(Boolean) as Node[]));
}

window.addEventListener('hashchange', () => {
  const [uuid = '', name = ''] = location.hash.slice(1).split('/');
  if (uuidForm.test(uuid)) chosen = uuid;
  view = viewOf(name);
  draw();
  focusTitle();
});

// A bundle may be dropped anywhere on the page.
document.addEventListener('dragover', (event) => {
  event.preventDefault();
  page().querySelector('.drop')?.classList.add('is-over');
});
document.addEventListener('dragleave', () => page().querySelector('.drop')?.classList.remove('is-over'));
document.addEventListener('drop', (event) => {
  event.preventDefault();
  const file = event.dataTransfer?.files[0];
  if (file) verifyFile(file);
});

startShell({
  title: 'title.supervisor',
  render: () => {
    watch.relabel();
    draw();
  },
  end: () => watch.headerEnd(),
});
void watch.staff.start();
void start();
