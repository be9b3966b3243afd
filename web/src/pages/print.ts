import type { Election, Me } from '../base/api.ts';
import { h, type Child } from '../base/dom.ts';
import { ApiError, get } from '../base/http.ts';
import { t, type MessageKey } from '../base/i18n.ts';
import { button, loading, notice } from '../base/parts.ts';
import { drawHeader, page, startShell } from '../base/shell.ts';
import { StaffLogin } from '../base/staff-login.ts';
import { candidatesPaper } from './print-candidates.ts';
import { minutesData, minutesFoot, minutesPaper } from './print-minutes.ts';
import { attendancePaper, loadVoters, rollPaper } from './print-people.ts';

// Papers of an election, ready to print on A4: /print/<uuid>/<paper>.

interface Paper {
  title: MessageKey;
  staff: boolean; // holds names
  load: (election: Election) => Promise<Sheets>;
}

interface Sheets {
  draw: () => Child[];
  foot?: () => string; // stands below each page, beside its number
}

const papers: Record<string, Paper> = {
  candidates: {
    title: 'print.candidates',
    staff: false,
    load: async (given) => ({ draw: () => candidatesPaper(given) }),
  },
  minutes: {
    title: 'print.minutes',
    staff: false,
    load: async ({ uuid }) => {
      const data = await minutesData(uuid);
      return { draw: () => minutesPaper(data), foot: () => minutesFoot(data) };
    },
  },
  attendance: { title: 'print.attendance', staff: true, load: async (given) => people(given, attendancePaper) },
  roll: { title: 'print.roll', staff: true, load: async (given) => people(given, rollPaper) },
};

const [, uuid = '', name = ''] = /^\/print\/([^/]+)\/([a-z]+)$/.exec(location.pathname) ?? [];
const paper = papers[name];

const manyVoters = 3000; // of a larger roll one place at a time is shown

let election: Election | null = null;
let places: Election['places'] = []; // whose voters may be read here
let place = new URLSearchParams(location.search).get('place') ?? '';
let content: Sheets | null = null;
let problem: string | null = null;
let progress = '';

const login = new StaffLogin(start, () => {
  content = null;
  election = null;
  draw();
});

async function people(
  given: Election,
  view: (election: Election, voters: Awaited<ReturnType<typeof loadVoters>>) => Child[],
): Promise<Sheets> {
  const voters = await loadVoters(given.uuid, place, (loaded, total) => {
    progress = t('print.loaded', { loaded, total: total ?? loaded });
    document.getElementById('progress')?.replaceChildren(progress);
  });
  return { draw: () => view(given, voters) };
}

// An officer reads the voters of the own place alone.
async function readable(shown: Election): Promise<Election['places']> {
  const { roles } = await get<Me>(`/elections/${shown.uuid}/me`);
  const readsAll = roles.some(({ role }) => role !== 'officer');
  return readsAll ? shown.places : shown.places.filter(({ id }) => roles.some((held) => held.place === id));
}

async function start(): Promise<void> {
  if (!paper) return draw();
  problem = null;
  content = null;
  draw();
  try {
    election = await get<Election>(`/elections/${uuid}`);
    if (paper.staff) {
      places = await readable(election);
      const all = places.length === election.places.length;
      const choosable = place !== '' && places.some(({ id }) => id === place);
      if (!choosable) place = all && (election.voters <= manyVoters || places.length < 2) ? '' : (places[0]?.id ?? '');
    }
    content = await paper.load(election);
  } catch (error) {
    if (login.endedBy(error)) return;
    problem = error instanceof ApiError ? error.text() : t('error.internal');
  }
  draw();
}

async function choosePlace(chosen: string): Promise<void> {
  place = chosen;
  history.replaceState(null, '', chosen ? `?place=${encodeURIComponent(chosen)}` : location.pathname);
  await start();
}

function placePicker(shown: Election): Child {
  if (!paper?.staff || places.length < 2) return null;
  const select = h(
    'select',
    { class: 'form-select', id: 'place', testid: 'place', on: { change: () => void choosePlace(select.value) } },
    places.length === shown.places.length && h('option', { value: '' }, t('print.allPlaces', { n: places.length })),
    places.map(({ id, name: title }) => h('option', { value: id }, title)),
  );
  select.value = place;
  return h('div', { class: 'field' }, h('label', { class: 'form-label', for: 'place' }, t('print.place')), select);
}

function toolbar(shown: Election): HTMLElement {
  const link = (other: string, { title }: Paper): HTMLElement =>
    h('a', { href: `/print/${uuid}/${other}`, 'aria-current': other === name ? 'page' : undefined }, t(title));
  return h(
    'div',
    { class: 'panel no-print paper-tools' },
    h(
      'nav',
      { class: 'paper-links', 'aria-label': t('print.papers') },
      h('a', { href: `/elections/${uuid}` }, shown.name),
      Object.entries(papers).map(([other, given]) => link(other, given)),
    ),
    placePicker(shown),
    h('p', { class: 'mute small-text mb-2' }, t('print.hint')),
    button(t('print.do'), 'primary', 'print', () => window.print()),
  );
}

function screen(): Child[] {
  if (!paper) return [notice('bad', h('p', {}, t('print.unknown')))];
  if (problem) {
    return [
      notice('bad', h('p', { testid: 'problem' }, problem)),
      button(t('page.again'), 'primary', 'again', () => void start()),
    ];
  }
  if (!election) return [loading()];
  const sheets = content?.draw();
  return [
    toolbar(election),
    sheets
      ? h('article', { class: 'paper', testid: 'paper', 'data-paper': name }, ...sheets)
      : h('p', { id: 'progress', class: 'mute', role: 'status' }, progress || t('page.loading')),
  ];
}

function draw(): void {
  drawHeader();
  if (paper?.staff && login.session === null) return page().replaceChildren(login.screen());
  page().replaceChildren(...(screen().filter(Boolean) as Node[]));
  // A file saved from here is named by it.
  if (election && paper) document.title = `${t(paper.title)} – ${election.name}`;
  const foot = content?.foot?.() ?? election?.name ?? '';
  document.documentElement.style.setProperty('--paper-foot', JSON.stringify(foot));
}

startShell({ title: 'title.print', render: draw, end: () => (paper?.staff ? login.headerEnd() : []) });
void (paper?.staff ? login.start() : start());
