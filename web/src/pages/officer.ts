import type { Election } from '../base/api.ts';
import { announce, h, replaceKeepingFocus, type Child } from '../base/dom.ts';
import { clock, zoneOf } from '../base/format.ts';
import { get } from '../base/http.ts';
import { t } from '../base/i18n.ts';
import { notice } from '../base/parts.ts';
import { page } from '../base/shell.ts';
import { StaffPage } from '../base/staff-page.ts';
import { faultNotice } from './fault-notice.ts';
import { placeName } from './live-words.ts';
import { Desk, undecided, type Marked, type Missed } from './officer-desk.ts';
import { scanOf } from './officer-scan.ts';
import {
  doneView,
  foundView,
  hintText,
  missedView,
  placeFigures,
  rowId,
  voterView,
  type DeskActions,
} from './officer-view.ts';

// The page of a polling place's officers: find the voter who stands there, mark attendance once, say whether to hand
// over a code. Made for a queue: a scanner or a keyboard does all of it, and Enter always takes the next step.

interface Chosen {
  election: Election;
}

const typingMs = 150;

const officer: StaffPage<Chosen> = new StaffPage<Chosen>({
  title: 'title.officer',
  describe: async (uuid) => ({ election: await get<Election>(`/elections/${uuid}`) }),
  content,
  empty: () => [h('h1', {}, t('portal.none'))],
  drawn: () => {
    drawDesk();
    drawPlace();
    input.focus();
  },
  news: (part) => {
    if (part === 'turnout' || part === 'election') drawPlace();
    if (part === 'election') drawPhase();
  },
  stale: drawStale,
  left: () => {
    place = null;
    desk.next();
  },
});

let place: string | null = null;
let typing: ReturnType<typeof setTimeout> | undefined;
let input = h('input', {});
let placeSelect = h('select', {});
const newParts = (): Record<'stale' | 'phase' | 'missed' | 'voter' | 'found' | 'done' | 'place', HTMLElement> => ({
  stale: h('div', {}),
  phase: h('div', {}),
  missed: h('div', { 'aria-live': 'polite' }),
  voter: h('div', {}),
  found: h('section', { class: 'panel' }),
  done: h('section', { class: 'panel' }),
  place: h('section', { class: 'panel', testid: 'place-panel' }),
});
let parts = newParts();

const desk = new Desk({
  election: () => officer.chosen!.election,
  place: () => place,
  send: (path, body) => officer.staff.send<Marked>(path, body),
  changed: drawDesk,
  fail: (error) => officer.staff.endedBy(error),
});

const actions: DeskActions = {
  choose: (voter) => desk.choose(voter),
  mark: () => void desk.mark(),
  next: () => {
    clearTimeout(typing);
    desk.next();
    input.focus();
  },
  lookUp: (missed) => {
    place = missed.place;
    placeSelect.value = place ?? '';
    drawPlace();
    actions.next();
    void desk.enter(scanOf(missed.voter.id));
  },
};

// Places that this person works at; one who runs the election works at all of them.
function ownPlaces(): string[] {
  const { roles } = officer.me ?? { roles: [] };
  return roles.flatMap(({ role, place: at }) => (role === 'officer' && at ? [at] : []));
}

const runsAll = (): boolean => officer.me?.roles.some(({ role }) => role === 'committee') ?? false;

// --- drawing

let drawn: { voter: unknown; outcome: unknown } = { voter: null, outcome: null };
let drawnMissed: Missed[] | null = null;
let hinted = '';

function drawDesk(): void {
  if (!officer.chosen) return;
  const { election } = officer.chosen;
  const { state } = desk;
  const put = (part: HTMLElement, content: Child[]): void => replaceKeepingFocus(part, content);
  put(parts.voter, voterView(state, election, actions));
  put(parts.found, state.voter ? [] : foundView(state, actions));
  put(parts.done, doneView(state, election));
  if (state.missed !== drawnMissed) put(parts.missed, missedView(state, election, actions));
  drawnMissed = state.missed;
  for (const control of parts.missed.querySelectorAll('button')) control.disabled = state.busy;
  placeSelect.disabled = state.busy;
  if (input.value !== state.query && (state.query === '' || document.activeElement !== input))
    input.value = state.query;
  const rows = state.voter ? 0 : (state.found?.voters.length ?? 0);
  input.setAttribute('aria-expanded', String(rows > 0));
  hint(hintText(state));
  if (rows > 0 && state.at >= 0) input.setAttribute('aria-activedescendant', rowId(state.at));
  else input.removeAttribute('aria-activedescendant');
  parts.found.querySelector('.is-current')?.scrollIntoView({ block: 'nearest' });
  // Whoever came forward, and whatever became of it: the next step has the keyboard.
  const { voter, outcome } = state;
  if (voter && !state.busy && (voter !== drawn.voter || outcome !== drawn.outcome)) {
    parts.voter.querySelector<HTMLElement>('.btn-primary')?.focus();
    parts.voter.scrollIntoView({ block: 'nearest' });
  }
  if (!state.busy) drawn = { voter, outcome };
}

function hint(text: string): void {
  if (text !== '' && text !== hinted) announce(text);
  hinted = text;
}

function drawPlace(): void {
  if (officer.chosen)
    replaceKeepingFocus(parts.place, placeFigures(officer.chosen.election, officer.live?.state.turnout, place));
}

function drawPhase(): void {
  const phase = officer.chosen?.election.phase;
  const said =
    phase !== 'open' &&
    phase &&
    notice(
      'info',
      h('p', { testid: 'phase', 'data-phase': phase }, t('officer.notOpen', { phase: t(`phase.${phase}`) })),
    );
  const fault = officer.chosen && faultNotice(officer.chosen.election, 'fault.staff');
  parts.phase.replaceChildren(...([fault, said].filter(Boolean) as Node[]));
}

function drawStale(since: Date | null): void {
  const zone = zoneOf(officer.chosen?.election.time_zone ?? 'WIB');
  const text = since && t('live.stale', { time: clock(since.toISOString(), zone) });
  parts.stale.replaceChildren(...(text ? [notice('warn', h('p', { testid: 'stale' }, text))] : []));
}

function placePicker(election: Election): Child {
  const own = ownPlaces();
  const offered = runsAll() ? election.places.map(({ id }) => id) : own;
  place = offered.includes(place ?? '') ? place : runsAll() ? null : (own[0] ?? null);
  if (offered.length < 2)
    return h('p', { class: 'desk-place', testid: 'own-place' }, placeName(election, offered[0] ?? ''));
  const select = h('select', {
    class: 'form-select',
    id: 'place',
    testid: 'place-select',
    on: {
      change: () => {
        place = select.value === '' ? null : select.value;
        clearTimeout(typing);
        desk.next();
        drawPlace();
      },
    },
  });
  placeSelect = select;
  if (runsAll()) select.append(h('option', { value: '' }, t('officer.allPlaces')));
  select.append(...offered.map((id) => h('option', { value: id }, placeName(election, id))));
  select.value = place ?? '';
  return h('div', { class: 'field' }, h('label', { class: 'form-label', for: 'place' }, t('places.place')), select);
}

function searchField(): HTMLElement {
  input = h('input', {
    type: 'text',
    id: 'search',
    testid: 'search',
    class: 'form-control search-input',
    role: 'combobox',
    autocomplete: 'off',
    autocapitalize: 'none',
    spellcheck: 'false',
    enterkeyhint: 'search',
    'aria-controls': 'found',
    'aria-expanded': 'false',
    'aria-describedby': 'search-help',
    on: { input: () => typed(), keydown: (event) => pressed(event) },
  });
  const submit = (event: Event): void => {
    event.preventDefault();
    clearTimeout(typing);
    hinted = ''; // told again to whom presses Enter in vain
    void desk.enter(input.value).then(() => hint(hintText(desk.state)));
  };
  return h(
    'form',
    { class: 'panel', on: { submit } },
    h('label', { class: 'form-label', for: 'search' }, t('officer.search')),
    input,
    h('p', { class: 'form-text mb-0', id: 'search-help' }, t('officer.searchHelp')),
  );
}

function typed(): void {
  clearTimeout(typing);
  typing = setTimeout(() => void desk.search(input.value), typingMs);
}

function pressed(event: KeyboardEvent): void {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (by === undefined) return;
  event.preventDefault();
  desk.move(by);
}

function content({ election }: Chosen): Child[] {
  if (!officer.may('verify_at_place')) {
    return [
      officer.picker(),
      h('h1', { testid: 'election-name' }, election.name),
      notice('info', h('p', { testid: 'not-officer' }, t('officer.notOfficer', { role: officer.rolesText() }))),
    ];
  }
  if (election.policies.verification === 'online') {
    return [
      officer.picker(),
      h('h1', { testid: 'election-name' }, election.name),
      notice('info', h('p', { testid: 'no-attendance' }, t('officer.online'))),
    ];
  }
  parts = newParts();
  drawnMissed = null;
  const top = h(
    'div',
    { class: 'desk-top' },
    h('h1', { testid: 'election-name' }, election.name),
    placePicker(election),
  );
  const desktop = h('div', { class: 'desk-main' }, searchField(), parts.voter, parts.found);
  const side = h('div', {}, parts.place, parts.done);
  drawPhase();
  return [
    officer.picker(),
    top,
    parts.stale,
    parts.phase,
    parts.missed,
    h('div', { class: 'two-sides wide-first' }, desktop, side),
  ];
}

// Escape: this voter is done with. Where the outcome is shown, typing or scanning is already the next voter's; and where
// no control has the keyboard, what is typed is meant for the search.
document.addEventListener('keydown', (event) => {
  const { voter, outcome, busy, query } = desk.state;
  if (!officer.chosen || busy || !page().contains(input)) return;
  if (event.key === 'Escape' && (voter || query || input.value)) {
    event.preventDefault();
    actions.next();
    return;
  }
  const types = event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.altKey && !event.metaKey;
  if (!types || event.target === input) return;
  const inControl =
    event.target instanceof Element && event.target.closest('input, select, button, a, summary') !== null;
  if (outcome && !undecided(outcome)) actions.next();
  else if (!inControl && !voter) input.focus();
});

officer.start();
