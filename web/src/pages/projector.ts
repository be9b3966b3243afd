import type { Election } from '../base/api.ts';
import { h, type Child } from '../base/dom.ts';
import { clock, zoneOf } from '../base/format.ts';
import { ApiError, get } from '../base/http.ts';
import { t } from '../base/i18n.ts';
import { LiveElection, type LivePart } from '../base/live.ts';
import { button, icon, loading, notice } from '../base/parts.ts';
import { drawHeader, page, startShell } from '../base/shell.ts';
import { endText, hallFigures, hallFoot, hallTally, phaseWords } from './projector-parts.ts';
import { HallPlaces, hasMany } from './projector-places.ts';
import { HallQuestions } from './projector-questions.ts';

// For the wall of a hall: what everybody there may see, large, and always with its age. Nobody sits at this page, so it
// comes back by itself from whatever happens to the network.

const uuid = decodeURIComponent(location.pathname.replace(/^\/projector\/?/, '')).replace(/\/$/, '');
const retryMs = 3000;

let election: Election | null = null;
let live: LiveElection | null = null;
let staleSince: Date | null = null;
let problem: string | null = null;

const hallPlaces = new HallPlaces(() => drawHeader());

const parts = {
  head: h('div', { class: 'hall-head' }),
  stale: h('div', { class: 'hall-note', role: 'status' }),
  figures: h('div', { class: 'hall-figures' }),
  tally: h('section', { class: 'panel hall-tally', testid: 'hall-tally' }),
  foot: h('div', { class: 'hall-foot' }),
};
const wall = h('div', { class: 'hall' });
const questions = new HallQuestions(parts.tally, {
  held: () => hallPlaces.paused,
  turned: () => fitWall(),
  turns: () => drawHeader(),
});
type PartName = keyof typeof parts | 'places';

const shownBy: Record<LivePart, PartName[]> = {
  election: ['head', 'figures', 'tally'],
  turnout: ['figures', 'tally', 'places', 'foot'],
  tally: ['tally'],
  ledger: [],
  witnesses: [],
  activity: [],
  alerts: [],
};

async function start(): Promise<void> {
  try {
    election = await get<Election>(`/elections/${encodeURIComponent(uuid)}`);
    problem = null;
  } catch (error) {
    problem = error instanceof ApiError ? error.text() : t('error.internal');
    draw();
    setTimeout(() => void start(), retryMs);
    return;
  }
  draw();
  live = new LiveElection(election.uuid, {
    onPart: (part) => {
      const summary = live?.state.election;
      if (part === 'election' && election && summary) election = { ...election, ...summary };
      for (const name of shownBy[part]) drawPart(name);
    },
    onStale: (since) => {
      staleSince = since;
      drawPart('stale');
    },
  });
}

function head(shown: Election): Child[] {
  return [
    h('h1', { testid: 'election-name' }, shown.name),
    h('p', { class: 'hall-phase' }, h('strong', { testid: 'phase', 'data-phase': shown.phase }, phaseWords(shown))),
    h('p', { class: 'hall-end', testid: 'hall-end' }, endText(shown)),
    shown.fault && h('p', { class: 'hall-stale', testid: 'fault' }, icon('bad'), ' ', t('fault.hall')),
  ];
}

function staleBanner(shown: Election): Child[] {
  page().classList.toggle('is-stale', staleSince !== null);
  if (!staleSince) return [];
  const time = clock(staleSince.toISOString(), zoneOf(shown.time_zone));
  return [h('p', { class: 'hall-stale', testid: 'stale' }, icon('warn'), ' ', t('live.stale', { time }))];
}

function drawPart(name: PartName): void {
  if (!election) return;
  const state = live?.state ?? {};
  if (name === 'places') {
    hallPlaces.show(election, state.turnout);
    return;
  }
  const content: Record<keyof typeof parts, () => Child[]> = {
    head: () => head(election!),
    stale: () => staleBanner(election!),
    figures: () => hallFigures(election!, state),
    tally: () => hallTally(election!, state),
    foot: () => hallFoot(election!, state.turnout),
  };
  parts[name].replaceChildren(...(content[name]().filter((child) => child instanceof Node) as Node[]));
  fitWall();
}

// A wall is not scrolled: what does not fit is drawn closer together, and before letters become small of several questions
// one at a time.
const densities = ['is-dense', 'is-denser', 'is-densest', 'is-double'];
const readable = 1; // so many of them

function fits(most: number): boolean {
  for (let n = 0; n <= most; n++) {
    wall.className = ['hall', ...densities.slice(0, n)].join(' ');
    if (document.documentElement.scrollHeight <= window.innerHeight) return true;
  }
  return false;
}

function fitWall(): void {
  questions.show(false);
  const inTurn = !fits(readable) && questions.canTurn;
  questions.show(inTurn);
  fits(densities.length);
  questions.settle(inTurn);
}

function draw(): void {
  if (problem) {
    page().replaceChildren(
      h('h1', {}, t('vote.problem')),
      notice('bad', h('p', {}, problem), h('p', {}, t('hall.retries'))),
    );
    return;
  }
  if (!election) {
    page().replaceChildren(loading());
    return;
  }
  const { head: top, stale, figures, tally, foot } = parts;
  const sides = h('div', { class: hasMany(election) ? 'hall-sides is-many' : 'hall-sides' }, tally, hallPlaces.element);
  wall.replaceChildren(top, stale, figures, sides, foot);
  page().replaceChildren(wall);
  for (const name of [...Object.keys(parts), 'places'] as PartName[]) drawPart(name);
}

// Whoever reads slowly can hold the places and the question that are shown.
function holdButton(): Child {
  if (!hallPlaces.inTurn && !questions.inTurn) return null;
  const { paused } = hallPlaces;
  return button(t(paused ? 'hall.goOn' : 'hall.hold'), 'secondary', 'hall-hold', () => {
    hallPlaces.paused = !paused;
    drawHeader();
    document.querySelector<HTMLElement>('[data-testid="hall-hold"]')?.focus();
  });
}

startShell({ title: 'title.projector', render: draw, foot: false, end: () => [holdButton()] });
window.addEventListener('resize', fitWall);
// What is left of the time moves without news.
setInterval(() => drawPart('head'), 10000);
void start();
