import {
  phases,
  type Decryption,
  type Election,
  type ElectionSummary,
  type LedgerHead,
  type Phase,
  type Tally,
  type Turnout,
} from '../base/api.ts';
import { h, replaceKeepingFocus, type Child } from '../base/dom.ts';
import { clock, dateTime, number, percent, zoneOf } from '../base/format.ts';
import { ApiError, get } from '../base/http.ts';
import { t } from '../base/i18n.ts';
import { LiveElection, type LivePart } from '../base/live.ts';
import { button, icon, loading, notice, saveFile, type IconName } from '../base/parts.ts';
import { focusTitle, page, startShell } from '../base/shell.ts';
import { countedContests, placesPanel, tallyPanel, turnoutPanel } from './committee-panels.ts';
import { describe } from './described.ts';
import { trackerSearch } from './portal-tracker.ts';
import { missingText } from './trustee-missing.ts';
import { absentIn, nothingAbsent } from './trustee-steps.ts';

// The public's pages: the list of elections at /, one election at /elections/<uuid>.

const uuid = /^\/elections\/([^/]+)/.exec(location.pathname)?.[1] ?? null;

let elections: ElectionSummary[] | null = null;
let election: Election | null = null;
let decryption: Decryption | null = null; // after the close, while the trustees open the result
let live: LiveElection | null = null;
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

// A certified election does not change any more: asking once is enough.
async function follow(shown: Election): Promise<void> {
  if (shown.phase !== 'certified') {
    live = new LiveElection(shown.uuid, { onPart: update, onStale: (since) => ((staleSince = since), drawNote()) });
    return;
  }
  const path = `/elections/${shown.uuid}`;
  const [turnout, tally, ledger] = await Promise.all([
    get<Turnout>(`${path}/turnout`),
    get<Tally>(`${path}/tally`),
    get<LedgerHead>(`${path}/ledger`),
  ]);
  still = { turnout, tally, ledger };
}

async function followTrustees(closed: string): Promise<void> {
  try {
    ({ decryption } = await describe(closed));
    drawHead();
  } catch {
    // What was known of the trustees stays; the next entry asks again.
  }
}

function trusteesText(): string | null {
  if (election?.phase !== 'closed' || election.policies.tally === 'live' || !decryption) return null;
  const absent = absentIn(decryption);
  return nothingAbsent(absent) ? null : missingText(absent);
}

let still: { turnout?: Turnout; tally?: Tally; ledger?: LedgerHead } = {};

const state = (): typeof still => live?.state ?? still;

function update(part: LivePart): void {
  const summary = live?.state.election;
  if (part === 'election' && summary && election) {
    const before = election;
    election = { ...election, ...summary };
    drawHead();
    if (before.phase !== election.phase) drawSide();
    if (election.phase === 'closed' && before.entries !== election.entries) void followTrustees(election.uuid);
  }
  if (part !== 'ledger' && part !== 'election') drawPanels();
}

const phaseSigns: Record<Phase, [string, IconName]> = {
  draft: ['tone-mute', 'wait'],
  sealed: ['tone-mute', 'shield'],
  open: ['tone-warn', 'wait'],
  closed: ['tone-mute', 'wait'],
  tallied: ['tone-ok', 'ok'],
  certified: ['tone-ok', 'shield'],
  cancelled: ['tone-bad', 'bad'],
};

function phaseChip(phase: Phase): HTMLElement {
  const [tone, sign] = phaseSigns[phase];
  return h('span', { class: `chip ${tone}`, testid: 'phase', 'data-phase': phase }, icon(sign), t(`phase.${phase}`));
}

// --- the list

function listItem(item: ElectionSummary): HTMLElement {
  return h(
    'li',
    { class: 'panel', testid: `election-${item.uuid}` },
    h('h2', {}, h('a', { href: `/elections/${item.uuid}` }, item.name)),
    h('p', {}, phaseChip(item.phase)),
    item.description && h('p', { class: 'mute' }, item.description),
    h(
      'p',
      {},
      t('portal.turnout', { voted: item.voted, voters: item.voters, share: percent(item.voted, item.voters) }),
    ),
    item.phase === 'open' && h('a', { class: 'btn btn-primary', href: `/vote/${item.uuid}` }, t('portal.vote')),
  );
}

function listScreen(): Child[] {
  return [
    h('h1', { class: 'headline' }, t('portal.title')),
    h('p', { class: 'mute' }, t('portal.lead')),
    elections === null
      ? loading()
      : elections.length === 0
        ? notice('info', h('p', {}, t('portal.none')))
        : h('ul', { class: 'election-list', testid: 'elections' }, elections.map(listItem)),
  ];
}

// --- one election

function lead(shown: Election): string {
  const turnout = {
    voted: number(shown.voted),
    voters: number(shown.voters),
    share: percent(shown.voted, shown.voters),
  };
  return t(`lead.${shown.phase}`, turnout);
}

function drawHead(): void {
  const head = document.getElementById('head');
  if (!head || !election) return;
  const trustees = trusteesText();
  replaceKeepingFocus(head, [
    h('p', {}, phaseChip(election.phase)),
    h('h1', { class: 'headline', testid: 'election-name' }, election.name),
    election.description && h('p', { class: 'mute' }, election.description),
    h('p', { testid: 'lead' }, lead(election)),
    trustees !== null && h('p', { class: 'mute', testid: 'decryption-missing' }, t('portal.trustees'), ' ', trustees),
    election.phase === 'open' &&
      h(
        'p',
        {},
        h('a', { class: 'btn btn-primary', href: `/vote/${election.uuid}`, testid: 'vote' }, t('portal.vote')),
      ),
  ]);
}

function drawNote(): void {
  const note = document.getElementById('stale-note');
  if (!note || !election) return;
  const text = staleSince && t('live.stale', { time: clock(staleSince.toISOString(), zoneOf(election.time_zone)) });
  note.replaceChildren(...(text ? [notice('warn', h('p', { testid: 'stale' }, text))] : []));
  document.getElementById('panels')?.classList.toggle('is-stale', staleSince !== null);
}

function drawPanels(): void {
  const panels = document.getElementById('panels');
  if (!panels || !election) return;
  const zone = zoneOf(election.time_zone);
  const { tally, turnout } = state();
  replaceKeepingFocus(panels, [
    h(
      'section',
      { class: 'panel', testid: 'result' },
      tallyPanel(election, tally, zone),
      tally && csvButton(election, tally),
    ),
    h('section', { class: 'panel' }, turnoutPanel(turnout, zone)),
    h('section', { class: 'panel' }, placesPanel(turnout, zone)),
  ]);
}

function csvButton(shown: Election, tally: Tally): Child {
  if (tally.status === 'none' || tally.status === 'sealed') return null;
  const quoted = (text: string): string => `"${text.replace(/"/g, '""')}"`;
  const rows = countedContests(shown, tally).flatMap(({ question, candidates, blank }) => {
    const line = (n: number | string, name: string, count: number | null): string =>
      [quoted(question), n, quoted(name), count ?? '', tally.status, tally.as_of.entries].join(',');
    const counted = candidates.map((row) => line(row.number, row.name, row.count));
    return blank === undefined ? counted : [...counted, line('', t('tally.blank'), blank)];
  });
  const text = ['question,number,name,votes,status,entries', ...rows].join('\r\n') + '\r\n';
  return button(t('portal.csv'), 'link', 'csv', () => saveFile(`${uuid}.csv`, text, 'text/csv'));
}

function timeline(shown: Election): HTMLElement {
  const times: Record<Phase, string | null> = {
    draft: shown.drafted_at,
    sealed: shown.sealed_at,
    open: shown.opened_at,
    closed: shown.closed_at,
    tallied: shown.tallied_at,
    certified: shown.certified_at,
    cancelled: shown.cancelled_at ?? null,
  };
  const at = phases.indexOf(shown.phase);
  return h(
    'section',
    { class: 'panel' },
    h('h2', {}, t('portal.timeline')),
    h(
      'ol',
      { class: 'timeline' },
      phases.map((phase, i) =>
        h(
          'li',
          { class: i <= at ? '' : 'is-later' },
          h('span', { class: i <= at ? 'tone-ok' : 'tone-mute' }, icon(i <= at ? 'ok' : 'wait')),
          h(
            'div',
            {},
            t(`phase.${phase}`),
            h(
              'div',
              { class: 'mute small-text' },
              times[phase] ? dateTime(times[phase]!, zoneOf(shown.time_zone)) : t('portal.notYet'),
            ),
          ),
        ),
      ),
    ),
  );
}

function howToCheck(shown: Election): HTMLElement {
  const file = `${shown.uuid}.tar`;
  return h(
    'section',
    { class: 'panel' },
    h('h2', {}, t('portal.how')),
    h('p', {}, t('portal.howText')),
    h(
      'p',
      {},
      h(
        'a',
        { href: `/supervisor#${shown.uuid}`, class: 'btn btn-outline-secondary', testid: 'verify-here' },
        t('portal.verifyHere'),
      ),
    ),
    h('p', {}, t('portal.howTool')),
    h(
      'pre',
      { class: 'raw' },
      `suara --server ${location.origin} export ${shown.uuid} --out ${file}\nsuara-verify ${file} --key '${shown.ledger.key}'`,
    ),
    h(
      'ul',
      {},
      h('li', {}, h('a', { href: `/log/${shown.uuid}/checkpoint`, testid: 'link-checkpoint' }, t('portal.checkpoint'))),
      h('li', {}, h('a', { href: `/log/${shown.uuid}/keys.json` }, t('portal.keys'))),
      h('li', {}, h('a', { href: `/api/v1/elections/${shown.uuid}/tally` }, t('portal.json'))),
    ),
  );
}

function drawSide(): void {
  const side = document.getElementById('side');
  if (side && election) side.replaceChildren(timeline(election), howToCheck(election));
}

function electionScreen(): Child[] {
  if (!election) return [loading()];
  const search = trackerSearch(election, asked);
  return [
    h('div', { id: 'head' }),
    h('div', { id: 'stale-note' }),
    asked !== '' && search,
    h(
      'div',
      { class: 'two-sides wide-first' },
      h('div', { id: 'panels', class: 'live' }),
      h('div', {}, asked === '' && search, h('div', { id: 'side' })),
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
  page().replaceChildren(...((uuid ? electionScreen() : listScreen()).filter(Boolean) as Node[]));
  drawHead();
  drawNote();
  drawPanels();
  drawSide();
}

startShell({ title: 'title.portal', render: draw });
void start();
