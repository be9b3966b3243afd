import type { Election, ElectionSummary } from '../base/api.ts';
import { announce, byId, h, replaceKeepingFocus, type Child } from '../base/dom.ts';
import { clock, zoneOf } from '../base/format.ts';
import { ApiError, call } from '../base/http.ts';
import { t } from '../base/i18n.ts';
import { LiveElection, type LivePart } from '../base/live.ts';
import { button, loading, notice } from '../base/parts.ts';
import { drawHeader, page, startShell } from '../base/shell.ts';
import { elapsedText, figures, ledgerPanel, placesPanel, tallyPanel, turnoutPanel } from './committee-panels.ts';
import { describe, listElections, type Described } from './described.ts';
import { stagePath, type StageAction } from './committee-stages.ts';
import { StaffLogin } from './staff-login.ts';

// The committee's page: log in, see one election live, take its next step. The service decides what each role may do;
// this page only does not offer what it would refuse.

const mayCommand = ['administrator', 'committee'];

const staff = new StaffLogin(loadElections, leave);
let elections: ElectionSummary[] | null = null;
let election: Election | null = null;
let described: Described | null = null; // the same election, as it was last asked for
let live: LiveElection | null = null;
let staleSince: Date | null = null;
let problem: string | null = null;
let pending: StageAction | null = null; // waits to be confirmed
let acting = false;
let actionError: ApiError | null = null;

async function loadElections(): Promise<void> {
  problem = null;
  try {
    const listed = await listElections();
    elections = listed.elections;
    if (listed.first) await choose(listed.first.uuid);
    else draw();
  } catch (error) {
    fail(error);
  }
}

function fail(error: unknown): void {
  if (staff.endedBy(error)) return;
  problem = error instanceof ApiError ? error.text() : t('error.internal');
  draw();
}

function leave(): void {
  live?.close();
  live = null;
  election = null;
  described = null;
  elections = null;
  pending = null;
  actionError = null;
  draw();
}

async function choose(uuid: string): Promise<void> {
  live?.close();
  live = null;
  staleSince = null;
  pending = null;
  actionError = null;
  described = await describe(uuid);
  election = described.election;
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
    const asked = await describe(summary.uuid);
    const next = asked.election;
    if (election?.uuid !== next.uuid) return;
    if (next.phase !== election.phase) {
      pending = null;
      announce(t(`phase.${next.phase}`));
    }
    described = asked;
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

// --- the election

async function act(action: StageAction): Promise<void> {
  if (!election || !staff.session || acting) return;
  acting = true;
  actionError = null;
  drawStages();
  try {
    const path = { seal: 'seal', open: 'open', close: 'close', publish: 'result', certify: 'certification' }[action];
    await call(`/elections/${election.uuid}/${path}`, {
      method: 'POST',
      headers: staff.csrf(),
    });
    described = await describe(election.uuid);
    election = described.election;
    pending = null;
    announce(t(`phase.${election.phase}`));
  } catch (error) {
    acting = false;
    if (staff.endedBy(error)) return;
    actionError = error instanceof ApiError ? error : new ApiError('internal', '');
    pending = null;
  }
  acting = false;
  drawStages();
  const next = actionError ? '[data-testid="error-summary"]' : '[data-testid="current-stage"]';
  page().querySelector<HTMLElement>(next)?.focus();
}

function drawStages(): void {
  const side = document.getElementById('stages');
  if (!side || !election || !described || !staff.session) return;
  replaceKeepingFocus(
    side,
    stagePath(
      { ...described, election },
      {
        allowed: mayCommand.includes(staff.session.role),
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
      },
    ),
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
  const role = staff.session!.role;
  return [
    electionPicker(),
    h('h1', { testid: 'election-name' }, election.name),
    !mayCommand.includes(role) &&
      notice(
        'info',
        h('p', { testid: 'read-only' }, t('committee.readOnly', { role: t(`role.${role as 'supervisor'}`) })),
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
  if (staff.session === undefined) page().replaceChildren(loading());
  else if (staff.session === null) page().replaceChildren(staff.screen());
  else {
    page().replaceChildren(...(electionScreen().filter(Boolean) as Node[]));
    drawStages();
    drawPanels();
  }
}

startShell({ title: 'title.committee', render: draw, end: () => staff.headerEnd() });
// The clock of an open election moves without news.
setInterval(() => {
  const text = document.getElementById('elapsed');
  if (text && election) text.textContent = elapsedText(election);
}, 10000);
void staff.start();
