import type { Tally } from '../base/api.ts';
import { h, s, type Child } from '../base/dom.ts';
import { number, percent } from '../base/format.ts';
import { t } from '../base/i18n.ts';
import { chart, tableTwin } from './parts.ts';

// `blank`: votes that chose nobody, where the question allows them. `several`: how many a ballot may choose and how much
// all ballots weigh, where that is more than one: shares are then of the ballots, and need not make up a whole.
export type CountedContest = Omit<Tally['contests'][number], 'blank'> & {
  blank?: number | null;
  several?: { max: number; ballots: number };
};
type Counted = { number: number; name: string; count: number; order: number };

const seriesCount = 8;

function sorted(contest: CountedContest): Counted[] {
  return contest.candidates
    .map(({ number: n, name, count }, order) => ({ number: n, name, count: count ?? 0, order }))
    .sort((a, b) => b.count - a.count || a.order - b.order);
}

const votesIn = (rows: Counted[]): number => rows.reduce((sum, { count }) => sum + count, 0);
const wholeOf = ({ several }: CountedContest, rows: Counted[]): number => several?.ballots ?? votesIn(rows);

// Who leads, or that nobody does. `final` where nothing can change any more.
export function finding(contest: CountedContest, final: boolean): string {
  const rows = sorted(contest);
  const total = wholeOf(contest, rows);
  const [first, second] = rows;
  if (!first || votesIn(rows) === 0) return t('tally.noVotes');
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

interface Drawing {
  final: boolean;
  asOf: Child;
  testid: string;
  heading: 'h2' | 'h3';
}

function bar(share: number, fill: string): SVGElement {
  return s(
    'svg',
    { 'aria-hidden': 'true', focusable: 'false' },
    s('rect', { class: 'track', width: '100%', height: '100%', rx: 4 }),
    share > 0 && s('rect', { class: `mark ${fill}`, width: `${100 * share}%`, height: '100%', rx: 4 }),
  );
}

// Below the candidates and without a share: a blank vote is for nobody.
function blankRow(count: number, most: number): HTMLElement {
  return h(
    'li',
    { class: 'blank' },
    h('span', { class: 'disc', 'aria-hidden': 'true' }, '–'),
    h('span', {}, t('tally.blank')),
    h(
      'span',
      { class: 'count' },
      h('span', { testid: 'count-blank', 'data-count': count }, number(count)),
      ' ',
      h('span', { class: 'share' }),
    ),
    bar(count / most, 'fill-blank'),
  );
}

// Sorted by votes, with counts and percents; each bar is named by the candidate's number, so it reads without colour.
export function tallyBars(contest: CountedContest, { final, asOf, testid, heading }: Drawing): HTMLElement {
  const rows = sorted(contest);
  const total = wholeOf(contest, rows);
  const blank = contest.blank ?? 0;
  const withBlank = contest.blank !== undefined;
  const most = Math.max(1, blank, ...rows.map(({ count }) => count));
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
        bar(row.count / most, `fill-${(row.order % seriesCount) + 1}`),
      ),
    ),
    withBlank && blankRow(blank, most),
  );
  const table = tableTwin(
    testid,
    [
      { name: t('tally.candidate') },
      { name: t('tally.votes'), number: true },
      { name: t('tally.share'), number: true },
    ],
    [
      ...rows.map((row) => [`${row.number}. ${row.name}`, number(row.count), percent(row.count, total)]),
      ...(withBlank ? [[t('tally.blank'), number(blank), '–']] : []),
    ],
  );
  const { several } = contest;
  const notes = [withBlank && t('tally.blankNote'), several && t('tally.severalNote', { max: several.max })]
    .filter((note) => note)
    .join(' ');
  const note = notes !== '' && h('p', { class: 'mute small-text mb-0' }, notes);
  return chart(testid, finding(contest, final), asOf, [list, note], table, heading);
}
