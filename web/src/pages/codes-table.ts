import { h } from '../base/dom.ts';
import { number } from '../base/format.ts';
import { t } from '../base/i18n.ts';

// How many voters and codes there are, by polling place.

export interface RollCounts {
  voters: number;
  places: { place: string; voters: number; credentials: number; reserve: number }[];
}

export function codesTable(places: RollCounts['places'], nameOf: (id: string) => string): HTMLElement {
  const heads = [t('column.place'), t('codes.voters'), t('codes.inUse'), t('codes.reserve')];
  const sum = (key: 'voters' | 'credentials' | 'reserve'): number =>
    places.reduce((all, place) => all + place[key], 0);
  const row = (name: string, voters: number, credentials: number, reserve: number): HTMLElement =>
    h(
      'tr',
      {},
      h('th', { scope: 'row' }, name),
      [voters, credentials, reserve].map((n) => h('td', { class: 'num' }, number(n))),
    );
  return h(
    'div',
    { class: 'table-scroll', tabindex: '0', role: 'region', 'aria-label': t('codes.counts') },
    h(
      'table',
      { class: 'table mb-0', testid: 'codes' },
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          heads.map((head, i) => h('th', { scope: 'col', class: i > 0 ? 'num' : '' }, head)),
        ),
      ),
      h(
        'tbody',
        {},
        places.map(({ place, voters, credentials, reserve }) =>
          row(nameOf(place), voters, credentials, reserve),
        ),
      ),
      places.length > 1 && h('tfoot', {}, row(t('codes.all'), sum('voters'), sum('credentials'), sum('reserve'))),
    ),
  );
}
