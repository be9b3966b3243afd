import type { Decryption, Election, ElectionSummary } from '../base/api.ts';
import { h, replaceKeepingFocus, type Child } from '../base/dom.ts';
import { clock, zoneOf } from '../base/format.ts';
import { ApiError, get } from '../base/http.ts';
import { t } from '../base/i18n.ts';
import { LiveElection, type LivePart, type LiveState } from '../base/live.ts';
import { button, loading, notice } from '../base/parts.ts';
import { focusTitle, page, startShell } from '../base/shell.ts';
import { describe } from './described.ts';
import { portalData, recordsOf, type PortalData, type Records } from './portal-data.ts';
import { downloadsPanel } from './portal-downloads.ts';
import { candidatesPanel, headline, recordsPanel, timeline } from './portal-election.ts';
import { figuresPanels } from './portal-figures.ts';
import { howToCheck } from './portal-how.ts';
import { listScreen } from './portal-list.ts';
import { trackerSearch } from './tracker-search.ts';
import { missingText } from './trustee-missing.ts';
import { absentIn, nothingAbsent } from './trustee-steps.ts';

// The public's pages: the list of elections at /, one election at /elections/<uuid>.

const uuid = /^\/elections\/([^/]+)/.exec(location.pathname)?.[1] ?? null;

let elections: ElectionSummary[] | null = null;
let election: Election | null = null;
let decryption: Decryption | null = null; // after the close, while the trustees open the result
let records: Records | null = null;
let live: LiveElection | null = null;
let settled: PortalData | null = null; // all of it, once nothing changes any more
let problem: string | null = null;
let staleSince: Date | null = null;

// "bukti" in the fragment is what the QR code of a receipt carries; fragments are not sent to the server.
const asked = new URLSearchParams(location.hash.slice(1)).get('bukti') ?? '';

async function start(): Promise<void> {
  problem = null;
  draw();
  try {
    if (uuid) {
      ({ election, decryption } = await describe(uuid));
      await follow(election);
    } else {
      elections = (await get<{ elections: ElectionSummary[] }>('/elections')).elections;
    }
  } catch (error) {
    problem = error instanceof ApiError ? error.text() : t('error.internal');
  }
  draw();
}

// What is certified or cancelled does not change any more: asking once is enough.
const isOver = ({ phase }: ElectionSummary): boolean => phase === 'certified' || phase === 'cancelled';

async function follow(shown: Election): Promise<void> {
  if (isOver(shown)) return settle(shown.uuid);
  void followRecords(shown.uuid);
  live = new LiveElection(shown.uuid, { onPart: update, onStale: (since) => ((staleSince = since), drawNote()) });
}

async function settle(over: string): Promise<void> {
  settled = await portalData(over);
  ({ election, records } = settled);
  live?.close();
  live = null;
  staleSince = null;
}

async function followTrustees(closed: string): Promise<void> {
  try {
    ({ decryption } = await describe(closed));
    drawHead();
  } catch {
    // What was known of the trustees stays; the next entry asks again.
  }
}

async function followRecords(shown: string): Promise<void> {
  try {
    records = await recordsOf(shown);
    drawRecords();
  } catch {
    // What was on record stays; the next one asks again.
  }
}

function trusteesText(): string | null {
  if (election?.phase !== 'closed' || election.policies.tally === 'live' || !decryption) return null;
  const absent = absentIn(decryption);
  return nothingAbsent(absent) ? null : missingText(absent);
}

const state = (): LiveState => settled ?? live?.state ?? {};
const onRecord = new Set(['IncidentNoted', 'CorrectionRecorded']);

function update(part: LivePart, { election: summary, activity }: LiveState): void {
  if (!election) return;
  if (part === 'election' && summary) {
    const before = election;
    election = { ...election, ...summary };
    drawHead();
    if (before.phase !== election.phase) drawSections();
    if (isOver(election)) void settle(election.uuid).then(draw, () => {}); // the stream goes on where it cannot be asked
    if (election.phase === 'closed' && before.entries !== election.entries) void followTrustees(election.uuid);
  }
  if (part === 'tally' || part === 'turnout') drawPanels();
  if (part === 'ledger') drawDownloads();
  if (part === 'activity') {
    const known = new Set([...(records?.incidents ?? []), ...(records?.corrections ?? [])].map(({ seq }) => seq));
    const isNew = activity?.events.some(({ type, seq }) => onRecord.has(type) && !known.has(seq));
    if (isNew) void followRecords(election.uuid);
  }
}

// --- the parts of the page, each drawn by itself

function into(id: string, content: Child | Child[]): void {
  const place = document.getElementById(id);
  if (place) replaceKeepingFocus(place, content);
}

function drawHead(): void {
  if (!election) return;
  const trustees = trusteesText();
  into(
    'head',
    headline(
      election,
      trustees !== null && h('p', { class: 'mute', testid: 'decryption-missing' }, t('portal.trustees'), ' ', trustees),
      election.phase === 'open' &&
        !election.fault &&
        h(
          'p',
          {},
          h('a', { class: 'btn btn-primary', href: `/vote/${election.uuid}`, testid: 'vote' }, t('portal.vote')),
        ),
      // On a phone the panel that says more is far below.
      h('p', { class: 'no-print' }, h('a', { href: `/verify-help#${election.uuid}` }, t('portal.checkHow'))),
    ),
  );
}

function drawNote(): void {
  if (!election) return;
  const text = staleSince && t('live.stale', { time: clock(staleSince.toISOString(), zoneOf(election.time_zone)) });
  into('stale-note', text ? notice('warn', h('p', { testid: 'stale' }, text)) : null);
  document.getElementById('panels')?.classList.toggle('is-stale', staleSince !== null);
}

function drawPanels(): void {
  if (election) into('panels', figuresPanels(election, state()));
}

function drawRecords(): void {
  if (election && records) into('records', recordsPanel(records, zoneOf(election.time_zone)));
}

function drawDownloads(): void {
  if (election) into('downloads', downloadsPanel(election, state().ledger, settled));
}

// What changes with the phase alone.
function drawSections(): void {
  if (!election) return;
  into('candidates', candidatesPanel(election));
  into('timeline', timeline(election));
  into('how', howToCheck(election));
  drawRecords();
  drawDownloads();
}

function electionScreen(shown: Election | null): Child[] {
  if (!shown) return [loading()];
  const search = trackerSearch(shown, { asked });
  const part = (id: string): HTMLElement => h('div', { id });
  const panels = h('div', { id: 'panels', class: 'live' });
  // Before the vote people ask who stands; later, what came of it.
  const early = shown.phase === 'draft' || shown.phase === 'sealed';
  return [
    part('head'),
    part('stale-note'),
    asked !== '' && search,
    h(
      'div',
      { class: 'two-sides wide-first' },
      h('div', {}, early ? [part('candidates'), panels] : [panels, part('candidates')], part('records')),
      h('div', {}, part('how'), asked === '' && search, part('downloads'), part('timeline')),
    ),
  ];
}

function draw(): void {
  if (problem) {
    page().replaceChildren(
      h('h1', {}, t('vote.problem')),
      notice('bad', h('p', { testid: 'problem' }, problem)),
      h(
        'div',
        { class: 'row-actions' },
        button(t('page.again'), 'primary', 'again', () => void start()),
        h('a', { class: 'btn btn-outline-secondary', href: '/' }, t('foot.portal')),
      ),
    );
    focusTitle();
    return;
  }
  const screen = uuid ? electionScreen(election) : listScreen(elections);
  page().replaceChildren(...(screen.filter(Boolean) as Node[]));
  drawHead();
  drawNote();
  drawPanels();
  drawSections();
}

startShell({ title: 'title.portal', render: draw });
void start();
