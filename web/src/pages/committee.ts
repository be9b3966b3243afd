import type { Election, ElectionSummary, Session } from '../base/api.ts';
import { announce, byId, h, replaceKeepingFocus, type Child } from '../base/dom.ts';
import { clock, zoneOf } from '../base/format.ts';
import { ApiError, call, get, post } from '../base/http.ts';
import { t } from '../base/i18n.ts';
import { LiveElection, type LivePart } from '../base/live.ts';
import { button, icon, loading, notice, type Fault } from '../base/parts.ts';
import { drawHeader, focusTitle, page, startShell } from '../base/shell.ts';
import { loginScreen } from './committee-login.ts';
import { elapsedText, figures, ledgerPanel, placesPanel, tallyPanel, turnoutPanel } from './committee-panels.ts';
import { stagePath, type StageAction } from './committee-stages.ts';

// The committee's page: log in, see one election live, take its next step. The service decides what each role may do;
// this page only does not offer what it would refuse.

const mayCommand = ['administrator', 'committee'];

let session: Session | null | undefined; // undefined: not yet known
let elections: ElectionSummary[] | null = null;
let election: Election | null = null;
let live: LiveElection | null = null;
let staleSince: Date | null = null;
let loginFaults: Fault[] = [];
let loginName = '';
let problem: string | null = null;
let pending: StageAction | null = null; // waits to be confirmed
let acting = false;
let actionError: ApiError | null = null;

async function start(): Promise<void> {
  try {
    session = await get<Session>('/session');
  } catch (error) {
    session = null;
    const code = error instanceof ApiError ? error.code : 'internal';
    if (code !== 'unauthenticated') loginFaults = [{ field: null, text: (error as ApiError).text() }];
  }
  if (session) await loadElections();
  else draw();
}

async function loadElections(): Promise<void> {
  problem = null;
  try {
    elections = (await get<{ elections: ElectionSummary[] }>('/elections')).elections;
    const asked = location.hash.slice(1);
    const first = elections.find(({ uuid }) => uuid === asked) ?? elections[0];
    if (first) await choose(first.uuid);
    else draw();
  } catch (error) {
    fail(error);
  }
}

function fail(error: unknown): void {
  if (error instanceof ApiError && error.code === 'unauthenticated') {
    endSession(t('login.expired'));
    return;
  }
  problem = error instanceof ApiError ? error.text() : t('error.internal');
  draw();
}

function endSession(text: string | null): void {
  session = null;
  live?.close();
  live = null;
  election = null;
  elections = null;
  pending = null;
  actionError = null;
  loginFaults = text ? [{ field: null, text }] : [];
  draw();
}

async function choose(uuid: string): Promise<void> {
  live?.close();
  live = null;
  staleSince = null;
  pending = null;
  actionError = null;
  election = await get<Election>(`/elections/${uuid}`);
  history.replaceState(null, '', `#${uuid}`);
  draw();
  live = new LiveElection(uuid, { onPart: update, onStale: showStale });
}

// What streams is a summary; what stands only in the full description is asked for when it may have changed.
let lastDescribed = '';

async function refreshElection(summary: ElectionSummary): Promise<void> {
  if (!election || summary.uuid !== election.uuid) return;
  const quiet = summary.phase === 'open' || summary.phase === 'certified';
  const mark = `${summary.uuid} ${summary.phase} ${quiet ? '' : summary.entries}`;
  if (mark === lastDescribed) return;
  lastDescribed = mark;
  try {
    const next = await get<Election>(`/elections/${summary.uuid}`);
    if (election?.uuid !== next.uuid) return;
    if (next.phase !== election.phase) {
      pending = null;
      announce(t(`phase.${next.phase}`));
    }
    election = next;
    drawStages();
  } catch {
    lastDescribed = ''; // the next message of the stream asks again
  }
}

function update(part: LivePart): void {
  if (!election || !live) return;
  const { state } = live;
  if (part === 'election' && state.election) {
    election = { ...election, ...state.election };
    void refreshElection(state.election);
  }
  drawPanels(part);
}

function showStale(since: Date | null): void {
  staleSince = since;
  drawPanels();
  if (since) announce(t('live.stale', { time: clock(since.toISOString(), zoneOf(election?.time_zone ?? 'WIB')) }));
}

// --- log in

async function logIn(login: string, password: string): Promise<void> {
  loginName = login;
  loginFaults = [];
  if (loginName === '') loginFaults.push({ field: 'login', text: t('login.noLogin') });
  if (password === '') loginFaults.push({ field: 'password', text: t('login.noPassword') });
  if (loginFaults.length === 0) {
    try {
      session = await post<Session>('/session', { login: loginName, password });
      await loadElections();
      focusTitle();
      return;
    } catch (error) {
      const field = error instanceof ApiError && error.code === 'bad_login' ? 'password' : null;
      loginFaults = [{ field, text: error instanceof ApiError ? error.text() : t('error.internal') }];
    }
  }
  draw();
  page().querySelector<HTMLElement>('[data-testid="error-summary"]')?.focus();
}

async function logOut(): Promise<void> {
  try {
    await call('/session', { method: 'DELETE', headers: { 'X-CSRF-Token': session?.csrf_token ?? '' } });
  } catch {
    // The session ends here in any case; on the service it ends by itself.
  }
  endSession(null);
}

// --- the election

async function act(action: StageAction): Promise<void> {
  if (!election || !session || acting) return;
  acting = true;
  actionError = null;
  drawStages();
  try {
    const path = { seal: 'seal', open: 'open', close: 'close', publish: 'result', certify: 'certification' }[action];
    await call(`/elections/${election.uuid}/${path}`, {
      method: 'POST',
      headers: { 'X-CSRF-Token': session.csrf_token },
    });
    election = await get<Election>(`/elections/${election.uuid}`);
    pending = null;
    announce(t(`phase.${election.phase}`));
  } catch (error) {
    const refused = error instanceof ApiError ? error : new ApiError('internal', '');
    if (refused.code === 'unauthenticated') {
      acting = false;
      endSession(t('login.expired'));
      return;
    }
    actionError = refused;
    pending = null;
  }
  acting = false;
  drawStages();
  const next = actionError ? '[data-testid="error-summary"]' : '[data-testid="current-stage"]';
  page().querySelector<HTMLElement>(next)?.focus();
}

function drawStages(): void {
  const side = document.getElementById('stages');
  if (!side || !election || !session) return;
  replaceKeepingFocus(
    side,
    stagePath(election, {
      allowed: mayCommand.includes(session.role),
      pending,
      busy: acting,
      error: actionError,
      ask: (action) => {
        pending = action;
        actionError = null;
        drawStages();
        page()
          .querySelector<HTMLElement>(`[data-testid="${action ? 'confirm-action' : 'current-stage'}"]`)
          ?.focus();
      },
      act: (action) => void act(action),
    }),
  );
}

// Which panels show which part of the stream; without a part, all are drawn.
const panelsOf: Record<LivePart, string[]> = {
  election: ['figures', 'tally-panel'],
  turnout: ['figures', 'turnout-panel', 'places-panel'],
  tally: ['tally-panel'],
  ledger: ['ledger-panel'],
};

function drawPanels(part?: LivePart): void {
  const area = document.getElementById('live');
  if (!area || !election) return;
  const zone = zoneOf(election.time_zone);
  const state = live?.state ?? {};
  const contents: Record<string, () => Child | Child[]> = {
    figures: () => figures(election!, state),
    'tally-panel': () => tallyPanel(election!, state.tally, zone),
    'turnout-panel': () => turnoutPanel(state.turnout, zone),
    'places-panel': () => placesPanel(state.turnout, zone),
    'ledger-panel': () => ledgerPanel(election!, state.ledger),
  };
  for (const id of part ? panelsOf[part] : Object.keys(contents)) replaceKeepingFocus(byId(id), contents[id]!());
  if (part) return;
  area.classList.toggle('is-stale', staleSince !== null);
  const text = staleSince && t('live.stale', { time: clock(staleSince.toISOString(), zone) });
  byId('stale-note').replaceChildren(...(text ? [notice('warn', h('p', { testid: 'stale' }, text))] : []));
}

function electionPicker(): Child {
  if (!elections || elections.length < 2) return null;
  const select = h('select', {
    class: 'form-select mb-3',
    id: 'election',
    testid: 'election-select',
    on: { change: () => void choose(select.value).catch(fail) },
  });
  select.append(...elections.map(({ uuid, name }) => h('option', { value: uuid }, name)));
  select.value = election?.uuid ?? '';
  return h('div', {}, h('label', { class: 'form-label', for: 'election' }, t('committee.election')), select);
}

function electionScreen(): Child[] {
  if (problem) {
    return [
      h('h1', {}, t('vote.problem')),
      notice('bad', h('p', {}, problem)),
      button(t('page.again'), 'primary', 'again', () => void loadElections()),
    ];
  }
  if (!elections) return [loading()];
  if (!election) {
    return [
      h('h1', {}, t('committee.none')),
      h('p', {}, t('committee.noneText')),
      h('pre', { class: 'raw' }, 'suara --user panitia election draft pemilihan.json'),
    ];
  }
  return [
    electionPicker(),
    h('h1', { testid: 'election-name' }, election.name),
    !mayCommand.includes(session!.role) &&
      notice(
        'info',
        h('p', { testid: 'read-only' }, t('committee.readOnly', { role: t(`role.${session!.role as 'supervisor'}`) })),
      ),
    h(
      'div',
      { class: 'two-sides' },
      h('section', { class: 'panel', id: 'stages', 'aria-label': t('committee.stages') }),
      h(
        'div',
        {},
        h('div', { id: 'stale-note' }),
        h(
          'div',
          { id: 'live', class: 'live' },
          h('div', { id: 'figures', class: 'figures' }),
          h('section', { class: 'panel', id: 'tally-panel' }),
          h('section', { class: 'panel', id: 'turnout-panel' }),
          h('section', { class: 'panel', id: 'places-panel' }),
          h('section', { class: 'panel', id: 'ledger-panel' }),
        ),
      ),
    ),
  ];
}

function draw(): void {
  drawHeader();
  if (session === undefined) page().replaceChildren(loading());
  else if (session === null)
    page().replaceChildren(loginScreen(loginFaults, loginName, (...given) => void logIn(...given)) as Node);
  else {
    page().replaceChildren(...(electionScreen().filter(Boolean) as Node[]));
    drawStages();
    drawPanels();
  }
}

function headerEnd(): Child[] {
  if (!session) return [];
  return [
    h(
      'span',
      { class: 'mute', testid: 'session' },
      icon('info'),
      ` ${session.login} · ${t(`role.${session.role as 'supervisor'}`)}`,
    ),
    button(t('login.out'), 'secondary', 'log-out', () => void logOut()),
  ];
}

startShell({ title: 'title.committee', render: draw, end: headerEnd });
// The clock of an open election moves without news.
setInterval(() => {
  const text = document.getElementById('elapsed');
  if (text && election) text.textContent = elapsedText(election);
}, 10000);
void start();
