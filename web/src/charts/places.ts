import type { Turnout } from '../base/api.ts';
import { h, s, type Child } from '../base/dom.ts';
import { number, percent } from '../base/format.ts';
import { t } from '../base/i18n.ts';
import { chart, tableTwin } from './parts.ts';

// Polling places as a grid of cells, each with its share of voters.

const maxCells = 400; // beyond it the table alone is readable

export function placesGrid(turnout: Turnout, asOf: Child): HTMLElement {
  const { places } = turnout;
  const share = (place: Turnout['places'][number]): number => (place.voters === 0 ? 0 : place.voted / place.voters);
  const ranked = [...places].sort((a, b) => share(b) - share(a));
  const [first, last] = [ranked[0], ranked.at(-1)];
  const finding =
    !first || !last || turnout.voted === 0
      ? t('places.nobody', { n: places.length })
      : share(first) === share(last)
        ? t('places.level', { share: percent(first.voted, first.voters) })
        : t('places.finding', {
            first: first.name,
            most: percent(first.voted, first.voters),
            last: last.name,
            least: percent(last.voted, last.voters),
          });
  const grid = h(
    'ul',
    { class: 'places' },
    places
      .slice(0, maxCells)
      .map((place) =>
        h(
          'li',
          { testid: `place-${place.id}` },
          h('div', {}, place.name),
          h('div', { class: 'share' }, percent(place.voted, place.voters)),
          s(
            'svg',
            { 'aria-hidden': 'true', focusable: 'false' },
            s('rect', { class: 'track', width: '100%', height: '100%', rx: 3 }),
            place.voted > 0 &&
              s('rect', { class: 'mark fill-1', width: `${100 * Math.min(1, share(place))}%`, height: '100%', rx: 3 }),
          ),
          h('div', { class: 'mute small-text' }, t('places.of', { voted: place.voted, voters: place.voters })),
        ),
      ),
  );
  const table = tableTwin(
    'places',
    [
      { name: t('places.place') },
      { name: t('places.voted'), number: true },
      { name: t('places.voters'), number: true },
      { name: t('tally.share'), number: true },
    ],
    places.map((place) => [place.name, number(place.voted), number(place.voters), percent(place.voted, place.voters)]),
  );
  return chart('places-chart', finding, asOf, grid, table);
}
