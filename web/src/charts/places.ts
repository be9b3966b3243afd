import type { Turnout } from '../base/api.ts';
import { h, s, type Child } from '../base/dom.ts';
import { number, percent } from '../base/format.ts';
import { t } from '../base/i18n.ts';
import { icon } from '../base/parts.ts';
import { signedIn, standingOf, standingText, type Standing, type Verification } from './attendance.ts';
import { chart, tableTwin } from './parts.ts';

// Polling places as a grid of cells, each with its share of voters and, where officers mark who is present, how the
// present and the votes go together.

const maxCells = 400; // beyond it the table alone is readable

type Place = Turnout['places'][number];
const share = (place: Place): number => (place.voters === 0 ? 0 : place.voted / place.voters);

// A place with more votes than people comes before all else that could be said.
function finding({ places, voted }: Turnout, verification: Verification): string {
  const over = places.find((place) => standingOf(place, verification)?.kind === 'over');
  if (over) return t('places.over', { name: over.name, n: over.voted - over.verified });
  const ranked = [...places].sort((a, b) => share(b) - share(a));
  const [first, last] = [ranked[0], ranked.at(-1)];
  if (!first || !last || voted === 0) return t('places.nobody', { n: places.length });
  if (share(first) === share(last)) return t('places.level', { share: percent(first.voted, first.voters) });
  return t('places.finding', {
    first: first.name,
    most: percent(first.voted, first.voters),
    last: last.name,
    least: percent(last.voted, last.voters),
  });
}

function attendanceLine(place: Place, standing: Standing): Child {
  const bad = standing.kind === 'over';
  const came = standing.both
    ? t('attendance.cameOrSignedIn', { n: place.attended, online: signedIn(place) })
    : t('attendance.came', { n: place.attended });
  return h(
    'div',
    {
      class: `attendance small-text ${bad ? 'tone-bad' : 'mute'}`,
      'data-standing': standing.kind,
      'data-n': standing.n,
    },
    h('div', {}, came),
    h('div', {}, bad && icon('bad'), bad && ' ', standingText(standing)),
  );
}

function cell(place: Place, verification: Verification): HTMLElement {
  const standing = standingOf(place, verification);
  return h(
    'li',
    { testid: `place-${place.id}` },
    h('div', { class: 'place-name' }, place.name),
    h('div', { class: 'share' }, percent(place.voted, place.voters)),
    s(
      'svg',
      { 'aria-hidden': 'true', focusable: 'false' },
      s('rect', { class: 'track', width: '100%', height: '100%', rx: 3 }),
      place.voted > 0 &&
        s('rect', { class: 'mark fill-1', width: `${100 * Math.min(1, share(place))}%`, height: '100%', rx: 3 }),
    ),
    h('div', { class: 'mute small-text' }, t('places.of', { voted: place.voted, voters: place.voters })),
    standing && attendanceLine(place, standing),
  );
}

export function placesGrid(turnout: Turnout, asOf: Child, verification: Verification = 'online'): HTMLElement {
  const { places } = turnout;
  const grid = h(
    'ul',
    { class: 'places' },
    places.slice(0, maxCells).map((place) => cell(place, verification)),
  );
  const attended = places.some((place) => standingOf(place, verification) !== null);
  const both = verification === 'both';
  const table = tableTwin(
    'places',
    [
      { name: t('places.place') },
      ...(attended ? [{ name: t('places.attended'), number: true }] : []),
      ...(both ? [{ name: t('places.signedIn'), number: true }] : []),
      { name: t('places.voted'), number: true },
      ...(attended ? [{ name: t(both ? 'places.differenceBoth' : 'places.difference'), number: true }] : []),
      { name: t('places.voters'), number: true },
      { name: t('tally.share'), number: true },
    ],
    places.map((place) => [
      place.name,
      ...(attended ? [number(place.attended)] : []),
      ...(both ? [number(signedIn(place))] : []),
      number(place.voted),
      ...(attended ? [number(place.verified - place.voted)] : []),
      number(place.voters),
      percent(place.voted, place.voters),
    ]),
  );
  return chart('places-chart', finding(turnout, verification), asOf, grid, table);
}
