import type { Tally } from '../base/api.ts';
import { h, s, type Child } from '../base/dom.ts';
import { number, percent } from '../base/format.ts';
import { t } from '../base/i18n.ts';
import { chart, tableTwin } from './parts.ts';

type Contest = Tally['contests'][number];
type Counted = { number: number; name: string; count: number; order: number };

const seriesCount = 8;

function sorted(contest: Contest): Counted[] {
  return contest.candidates
    .map(({ number: n, name, count }, order) => ({ number: n, name, count: count ?? 0, order }))
    .sort((a, b) => b.count - a.count || a.order - b.order);
}

// Who leads, or that nobody does. `final` where nothing can change any more.
export function finding(contest: Contest, final: boolean): string {
  const rows = sorted(contest);
  const total = rows.reduce((sum, { count }) => sum + count, 0);
  const [first, second] = rows;
  if (!first || total === 0) return t('tally.noVotes');
  if (second && second.count === first.count) {
    const level = rows.filter(({ count }) => count === first.count);
    return t('tally.tie', { numbers: level.map((row) => row.number).join(', '), share: percent(first.count, total) });
  }
  return t(final ? 'tally.won' : 'tally.leads', {
    number: first.number,
    name: first.name,
    share: percent(first.count, total),
  });
}

// Sorted by votes, with counts and percents; each bar is named by the candidate's number, so it reads without colour.
export function tallyBars(contest: Contest, final: boolean, asOf: Child, testid = 'tally'): HTMLElement {
  const rows = sorted(contest);
  const total = rows.reduce((sum, { count }) => sum + count, 0);
  const most = Math.max(1, ...rows.map(({ count }) => count));
  const list = h(
    'ol',
    { class: 'bars' },
    rows.map((row) =>
      h(
        'li',
        {},
        h('span', { class: 'disc', 'aria-hidden': 'true' }, row.number),
        h('span', {}, h('span', { class: 'visually-hidden' }, t('choose.number', { number: row.number })), row.name),
        h(
          'span',
          { class: 'count' },
          h('span', { testid: `count-${row.number}`, 'data-count': row.count }, number(row.count)),
          ' ',
          h('span', { class: 'share' }, percent(row.count, total)),
        ),
        s(
          'svg',
          { 'aria-hidden': 'true', focusable: 'false' },
          s('rect', { class: 'track', width: '100%', height: '100%', rx: 4 }),
          row.count > 0 &&
            s('rect', {
              class: `mark fill-${(row.order % seriesCount) + 1}`,
              width: `${(100 * row.count) / most}%`,
              height: '100%',
              rx: 4,
            }),
        ),
      ),
    ),
  );
  const table = tableTwin(
    testid,
    [
      { name: t('tally.candidate') },
      { name: t('tally.votes'), number: true },
      { name: t('tally.share'), number: true },
    ],
    rows.map((row) => [`${row.number}. ${row.name}`, number(row.count), percent(row.count, total)]),
  );
  return chart(testid, finding(contest, final), asOf, list, table);
}
