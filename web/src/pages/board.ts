import type { BoardItem, Election } from '../base/api.ts';
import { announce, h, replaceKeepingFocus, type Child } from '../base/dom.ts';
import { clock, dateTime, number, zoneOf } from '../base/format.ts';
import { ApiError, get } from '../base/http.ts';
import { t } from '../base/i18n.ts';
import { LiveElection } from '../base/live.ts';
import { button, icon, loading, notice, type IconName } from '../base/parts.ts';
import { focusTitle, page, startShell } from '../base/shell.ts';
import { WorkerClient } from '../base/worker-client.ts';
import { boardEntry } from './board-entry.ts';
import { earlierThan, laterThan, readPage, type BoardPage, type Place } from './board-list.ts';
import { asOfText } from './committee-panels.ts';
import type { ReceiptCall, ReceiptClient, ReceiptResults } from './receipt-protocol.ts';
import { trackerSearch } from './tracker-search.ts';
import { boardLink, readSearch } from './tracker.ts';

declare const RECEIPT_WORKER_URL: string; // set by the build

// The bulletin board of one election: every ballot by its tracker, and what became of it. No choice, no name.

const uuid = decodeURIComponent(/^\/board\/([^/]+)/.exec(location.pathname)?.[1] ?? '');
const quietMs = 2000; // between two readings of a page that changes

const client: ReceiptClient = new WorkerClient<ReceiptCall, ReceiptResults>(RECEIPT_WORKER_URL);

let election: Election | null = null;
let shown: BoardPage | null = null;
let opened: HTMLElement | null = null;
let problem: string | null = null;
let staleSince: Date | null = null;

const asked = (): string => {
  try {
    return readSearch(decodeURIComponent(location.hash.slice(1))) ?? '';
  } catch {
    return '';
  }
};

const textOf = (error: unknown): string => (error instanceof ApiError ? error.text() : t('error.internal'));

async function start(): Promise<void> {
  problem = null;
  draw();
  try {
    election = await get<Election>(`/elections/${encodeURIComponent(uuid)}`);
    shown = await readPage(uuid, { at: 'first' });
  } catch (error) {
    problem = textOf(error);
    draw();
    return;
  }
  draw();
  new LiveElection(uuid, {
    onPart: (part, { election: summary }) => {
      if (part !== 'election' || !election || !summary) return;
      const grown = summary.entries !== shown?.board.as_of.entries;
      election = { ...election, ...summary };
      if (grown) readAgainSoon();
    },
    onStale: (since) => {
      staleSince = since;
      drawStale();
    },
  });
}

let timer: ReturnType<typeof setTimeout> | undefined;
let lastRead = Date.now();

function readAgainSoon(): void {
  timer ??= setTimeout(
    () => {
      timer = undefined;
      if (shown) void turnTo(shown.place, false);
    },
    Math.max(0, lastRead + quietMs - Date.now()),
  );
}

let run = 0;

async function turnTo(place: Place, asked = true): Promise<void> {
  const own = ++run;
  try {
    const next = await readPage(uuid, place);
    if (own !== run) return;
    shown = next;
    lastRead = Date.now();
    drawList();
    if (asked) announce(rangeText(next));
    // What was folded is a moment behind what is recorded.
    if (election && next.board.as_of.entries < election.entries) readAgainSoon();
  } catch (error) {
    if (asked) announce(textOf(error));
    else readAgainSoon();
    lastRead = Date.now();
  }
}

function rangeText({ board: { ballots } }: BoardPage): string {
  if (ballots.length === 0) return t('board.none');
  return t('board.range', { from: number(ballots[0]!.seq), to: number(ballots.at(-1)!.seq), n: ballots.length });
}

const signs: Record<BoardItem['status'], [string, IconName]> = {
  counted: ['tone-ok', 'ok'],
  replaced: ['tone-mute', 'info'],
  challenged: ['tone-warn', 'warn'],
};

export function statusChip({ status }: BoardItem): HTMLElement {
  const [tone, sign] = signs[status];
  return h('span', { class: `chip ${tone}`, 'data-status': status }, icon(sign), t(`board.status.${status}`));
}

function open(item: BoardItem): void {
  if (!election) return;
  opened = boardEntry(election, item, client, () => {
    opened = null;
    drawEntry();
    document.querySelector<HTMLElement>(`[data-testid="open-${item.seq}"]`)?.focus();
  });
  history.replaceState(null, '', boardLink(uuid, item.tracker));
  drawEntry();
  opened.querySelector<HTMLElement>('h2')?.focus({ preventScroll: true });
  opened.scrollIntoView({ block: 'start' });
}

// A narrow screen lays the table out as cards, which must stay a table to those who hear it.
const cell = (kind: string, content: Child): HTMLElement => h('td', { role: 'cell', class: kind }, content);

function row(item: BoardItem): HTMLElement {
  const zone = zoneOf(election!.time_zone);
  const label = t('board.open', { seq: number(item.seq) });
  return h(
    'tr',
    { role: 'row', testid: `ballot-${item.seq}`, 'data-status': item.status },
    cell(
      'num',
      h(
        'button',
        {
          type: 'button',
          class: 'btn btn-link',
          testid: `open-${item.seq}`,
          'aria-label': label,
          on: { click: () => open(item) },
        },
        h('span', { class: 'when-narrow' }, t('board.entry')),
        number(item.seq),
      ),
    ),
    cell('board-tracker', h('code', {}, item.tracker)),
    cell('board-status', statusChip(item)),
    cell('board-time mute', h('time', { datetime: item.time }, dateTime(item.time, zone))),
  );
}

function turns({ hasEarlier, hasLater, board: { ballots } }: BoardPage): HTMLElement {
  const turn = (key: 'first' | 'earlier' | 'later' | 'last', can: boolean, place: Place): HTMLElement => {
    const control = button(t(`board.turn.${key}`), 'secondary', `board-${key}`, () => void turnTo(place));
    control.disabled = !can;
    return control;
  };
  return h(
    'nav',
    { class: 'row-actions', 'aria-label': t('board.pages') },
    turn('first', hasEarlier, { at: 'first' }),
    turn('earlier', hasEarlier, earlierThan(ballots)),
    turn('later', hasLater, laterThan(ballots)),
    turn('last', hasLater, { at: 'last' }),
  );
}

function list(from: BoardPage): Child[] {
  const { board, hasEarlier, hasLater } = from;
  const zone = zoneOf(election!.time_zone);
  const column = (name: string, kind = ''): HTMLElement =>
    h('th', { role: 'columnheader', scope: 'col', class: kind }, name);
  return [
    h('h2', {}, t('board.list')),
    h('p', { class: 'mute', testid: 'board-range', 'data-count': board.ballots.length }, rangeText(from)),
    board.ballots.length > 0 &&
      h(
        'table',
        { role: 'table', class: 'table board-table', testid: 'board' },
        h('caption', { class: 'visually-hidden' }, t('board.caption')),
        h(
          'thead',
          { role: 'rowgroup' },
          h(
            'tr',
            { role: 'row' },
            column(t('board.entry'), 'num'),
            column(t('board.tracker')),
            column(t('board.statusColumn')),
            column(t('board.time')),
          ),
        ),
        h('tbody', { role: 'rowgroup' }, board.ballots.map(row)),
      ),
    (hasEarlier || hasLater) && turns(from),
    asOfText(board.as_of, zone),
  ];
}

function into(id: string, content: Child | Child[]): void {
  const place = document.getElementById(id);
  if (place) replaceKeepingFocus(place, content);
}

function drawList(): void {
  if (shown) into('board-list', list(shown));
}

function drawEntry(): void {
  document.getElementById('board-entry')?.replaceChildren(...(opened ? [opened] : []));
}

function drawStale(): void {
  const text =
    staleSince && election && t('live.stale', { time: clock(staleSince.toISOString(), zoneOf(election.time_zone)) });
  into('board-stale', text ? notice('warn', h('p', { testid: 'stale' }, text)) : null);
}

function draw(): void {
  if (problem) {
    page().replaceChildren(
      h('h1', {}, t('vote.problem')),
      notice('bad', h('p', { testid: 'problem' }, problem)),
      button(t('page.again'), 'primary', 'again', () => void start()),
    );
    focusTitle();
    return;
  }
  if (!election) {
    page().replaceChildren(loading());
    return;
  }
  page().replaceChildren(
    h('h1', { class: 'headline', testid: 'election-name' }, election.name),
    h('p', { class: 'standfirst' }, t('board.lead')),
    h('div', { id: 'board-stale' }),
    trackerSearch(election, { asked: asked(), open }),
    h('div', { id: 'board-entry' }),
    h('section', { class: 'panel', id: 'board-list' }),
    h(
      'p',
      { class: 'row-actions no-print' },
      h('a', { class: 'btn btn-outline-secondary', href: `/elections/${election.uuid}` }, t('phase.toPortal')),
      h('a', { class: 'btn btn-link', href: '/receipt' }, t('tracker.toReceipt')),
    ),
  );
  drawStale();
  drawEntry();
  drawList();
}

window.addEventListener('hashchange', draw);
startShell({ title: 'title.board', render: draw });
void start();
