import type { ElectionSummary } from '../base/api.ts';
import { announce, byId, h, replaceKeepingFocus, type Child } from '../base/dom.ts';
import { ApiError } from '../base/http.ts';
import { t } from '../base/i18n.ts';
import { LiveElection } from '../base/live.ts';
import { button, loading, notice } from '../base/parts.ts';
import { drawHeader, focusTitle, page, startShell } from '../base/shell.ts';
import { describe, listElections, type Described } from './described.ts';
import { StaffLogin } from './staff-login.ts';
import { KeyDesk } from './trustee-key.ts';
import { restartPanel } from './trustee-restart.ts';
import { statusPanels } from './trustee-screens.ts';

// The trustees' page: the key ceremony before an election is sealed, and the opening of its result after the close.
// A trustee's secret is in a file of the trustee's own; the page reads it for one step and then drops it.

const mayAct = ['trustee', 'committee'];
const mayRestart = ['committee', 'administrator'];

const staff = new StaffLogin(loadElections, leave);
const desk = new KeyDesk({ csrf: () => staff.csrf(), ended: (error) => staff.endedBy(error), refresh });
let elections: ElectionSummary[] | null = null;
let described: Described | null = null;
let live: LiveElection | null = null;
let problem: string | null = null;

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
  focusTitle();
}

function leave(): void {
  live?.close();
  live = null;
  described = null;
  elections = null;
  desk.clear();
  draw();
}

async function choose(uuid: string): Promise<void> {
  live?.close();
  desk.clear();
  described = await describe(uuid);
  history.replaceState(null, '', `#${uuid}`);
  draw();
  // Others' steps show as they are taken.
  live = new LiveElection(uuid, {
    onPart: (part, { election }) => {
      if (part === 'election' && election && election.entries !== described?.election.entries) void refresh();
    },
    onStale: () => {},
  });
}

async function refresh(): Promise<void> {
  if (!described) return;
  try {
    const next = await describe(described.election.uuid);
    if (described?.election.uuid !== next.election.uuid) return;
    described = next;
    drawStatus();
    desk.show(next);
  } catch (error) {
    if (!staff.endedBy(error)) announce(error instanceof ApiError ? error.text() : t('error.internal'));
  }
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
  select.value = described?.election.uuid ?? '';
  return h('div', {}, h('label', { class: 'form-label', for: 'election' }, t('committee.election')), select);
}

function content(): Child[] {
  if (problem) {
    return [
      h('h1', {}, t('vote.problem')),
      notice('bad', h('p', {}, problem)),
      button(t('page.again'), 'primary', 'again', () => void loadElections()),
    ];
  }
  if (!elections) return [loading()];
  if (!described) return [h('h1', {}, t('committee.none')), h('p', {}, t('trustee.noElection'))];
  const { role } = staff.session!;
  const acts = mayAct.includes(role) && described.election.policies.tally === 'sealed';
  return [
    electionPicker(),
    h('h1', { testid: 'election-name' }, described.election.name),
    h('p', { class: 'mute' }, t('trustee.lead')),
    h(
      'div',
      { class: 'two-sides even' },
      h('div', {}, acts ? desk.view : readOnly(role), h('div', { id: 'restart' })),
      h('div', { id: 'status' }),
    ),
  ];
}

function readOnly(role: string): Child {
  const text = t('committee.readOnly', { role: t(`role.${role as 'supervisor'}`) });
  return notice('info', h('p', { testid: 'read-only' }, text));
}

async function restarted(): Promise<void> {
  await refresh();
  focusTitle();
  announce(t('restart.done'));
}

function drawStatus(): void {
  const status = document.getElementById('status');
  if (!status || !described) return;
  replaceKeepingFocus(status, statusPanels(described));
  const restart = byId('restart');
  const begun = described.election.phase === 'draft' && (described.ceremony?.members.length ?? 0) > 0;
  if (!begun || !mayRestart.includes(staff.session!.role)) restart.replaceChildren();
  else if (restart.childElementCount === 0) {
    restart.append(restartPanel(described.election.uuid, () => staff.csrf(), restarted));
  }
}

function draw(): void {
  drawHeader();
  if (staff.session === undefined) page().replaceChildren(loading());
  else if (staff.session === null) page().replaceChildren(staff.screen());
  else {
    page().replaceChildren(...(content().filter(Boolean) as Node[]));
    drawStatus();
    if (described) desk.show(described);
  }
}

// A file dropped beside its place must not replace the page.
for (const name of ['dragover', 'drop']) document.addEventListener(name, (event) => event.preventDefault());
startShell({ title: 'title.trustee', render: draw, end: () => staff.headerEnd() });
void staff.start();
