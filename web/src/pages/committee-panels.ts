import type { AsOf, Election, LedgerHead, Tally, Turnout } from '../base/api.ts';
import { h, type Child } from '../base/dom.ts';
import { clock, dateTime, number, percent, span, zoneOf, type Zone } from '../base/format.ts';
import { t } from '../base/i18n.ts';
import type { LiveState } from '../base/live.ts';
import { icon, type IconName } from '../base/parts.ts';
import { signedIn, standingOf, standingText, type Verification } from '../charts/attendance.ts';
import { tallyBars, type CountedContest } from '../charts/bars.ts';
import { turnoutCurve } from '../charts/curve.ts';
import { placesGrid } from '../charts/places.ts';

// The figures and charts of one election; shared by the committee's page and the portal.

export function asOfText(asOf: AsOf, zone: Zone): Child {
  const text =
    asOf.entries === 0 || asOf.time === null
      ? t('asOf.nothing')
      : t('asOf.entry', { n: asOf.entries - 1, time: clock(asOf.time, zone) });
  return h('p', { class: 'as-of', testid: 'as-of' }, text);
}

const tones: Record<Tally['status'], [string, IconName]> = {
  none: ['tone-mute', 'wait'],
  sealed: ['tone-mute', 'shield'],
  preliminary: ['tone-warn', 'wait'],
  tallied: ['tone-ok', 'ok'],
  certified: ['tone-ok', 'shield'],
};

export function statusChip(status: Tally['status']): HTMLElement {
  const [tone, sign] = tones[status];
  return h(
    'span',
    { class: `chip ${tone}`, testid: 'tally-status', 'data-status': status },
    icon(sign),
    t(`status.${status}`),
  );
}

// While it is open and its end is known, what is left is what people ask for; else how long it is or was open.
const isRunning = ({ phase, closes_at: end }: Election): boolean => phase === 'open' && Boolean(end);

export function elapsedText(election: Election): string {
  if (!election.opened_at) return '–';
  if (isRunning(election)) return span(Date.parse(election.closes_at!) - Date.now());
  const end = election.closed_at ? Date.parse(election.closed_at) : Date.now();
  return span(end - Date.parse(election.opened_at));
}

function figure(name: string, value: Child, below: Child): HTMLElement {
  return h(
    'div',
    { class: 'panel' },
    h('div', { class: 'figure-name' }, name),
    h('div', { class: 'figure-value' }, value),
    h('div', { class: 'mute small-text' }, below),
  );
}

export function figures(election: Election, state: LiveState): Child[] {
  const turnout = state.turnout;
  const voted = turnout?.voted ?? election.voted;
  const voters = turnout?.voters ?? election.voters;
  const ballots = turnout?.ballots ?? election.ballots;
  const replaced = ballots - voted;
  return [
    figure(
      t('figure.ballots'),
      h('span', { testid: 'ballots', 'data-count': ballots }, number(ballots)),
      replaced > 0 ? t('figure.replaced', { n: replaced }) : t('figure.noneReplaced'),
    ),
    figure(
      t('figure.turnout'),
      h('span', { testid: 'turnout' }, percent(voted, voters)),
      h('span', { testid: 'voted', 'data-count': voted }, t('figure.votedOf', { voted, voters })),
    ),
    turnout && attendanceFigure(turnout, election),
    timeFigure(election),
  ];
}

// Under the policy `online` nobody is marked as present, and a zero would only puzzle.
function attendanceFigure(turnout: Turnout, { policies: { verification } }: Election): Child {
  const standing = standingOf(turnout, verification);
  if (!standing) return null;
  return figure(
    t('figure.attended'),
    h('span', { testid: 'attended', 'data-count': turnout.attended }, number(turnout.attended)),
    h(
      'span',
      { class: standing.kind === 'over' ? 'tone-bad' : '' },
      standing.both && `${t('figure.signedIn', { n: signedIn(turnout) })} `,
      standingText(standing),
    ),
  );
}

function timeFigure(election: Election): HTMLElement {
  const { opened_at: since, closes_at: end, time_zone: name } = election;
  const zone = zoneOf(name);
  const elapsed = h('span', { id: 'elapsed' }, elapsedText(election));
  if (isRunning(election)) return figure(t('figure.left'), elapsed, t('figure.until', { time: dateTime(end!, zone) }));
  return figure(
    t(election.closed_at ? 'figure.wasOpen' : 'figure.open'),
    elapsed,
    since ? t('figure.since', { time: clock(since, zone) }) : t('figure.notOpened'),
  );
}

export const isFinal = (status: Tally['status']): boolean => status === 'tallied' || status === 'certified';

function hiddenTally(election: Election, tally: Tally): string {
  if (tally.status === 'sealed') return t('tally.sealed');
  return election.policies.tally === 'live' ? t('tally.first', { n: election.policies.min_batch }) : t('tally.sealed');
}

export function tallyPanel(election: Election, tally: Tally | undefined, zone: Zone): Child[] {
  if (!tally) return [h('p', { class: 'mute' }, t('page.loading'))];
  if (tally.status === 'none' || tally.status === 'sealed') {
    return [
      h('h2', { class: 'chart-title' }, t('tally.title')),
      h('p', {}, statusChip(tally.status)),
      h('p', { class: 'mute', testid: 'tally-hidden' }, hiddenTally(election, tally)),
      asOfText(tally.as_of, zone),
    ];
  }
  const said = h(
    'div',
    { class: 'stack' },
    h(
      'p',
      { class: 'as-of' },
      statusChip(tally.status),
      ' ',
      h(
        'span',
        { testid: 'tally-counted', 'data-counted': tally.counted, 'data-accepted': tally.accepted },
        t('tally.counted', { counted: tally.counted, accepted: tally.accepted }),
      ),
      tally.through !== null && ` ${t('tally.through', { n: tally.through })}`,
    ),
    weightText(tally),
    asOfText(tally.as_of, zone),
  );
  const final = isFinal(tally.status);
  const [first, ...others] = countedContests(election, tally);
  if (!first) return [said];
  if (others.length === 0) return [tallyBars(first, { final, asOf: said, testid: 'tally', heading: 'h2' })];
  // What holds for all questions is said once, above them.
  return [
    said,
    ...[first, ...others].map((contest, i) =>
      h(
        'section',
        { class: 'question-tally' },
        h('h2', {}, contest.question),
        tallyBars(contest, { final, asOf: null, testid: i === 0 ? 'tally' : `tally-${i}`, heading: 'h3' }),
      ),
    ),
  ];
}

// Said only where a voter's ballot can weigh more than another's.
function weightText({ total_weight: weight, counted }: Tally): Child {
  if (weight === undefined || weight === counted) return null;
  return h(
    'p',
    { class: 'as-of', testid: 'tally-weight', 'data-weight': weight },
    t('tally.weight', { weight, counted }),
  );
}

export function countedContests(election: Election, tally: Tally): CountedContest[] {
  return tally.contests.map(({ question, blank, candidates }, i) => {
    const max = election.contests[i]?.max ?? 1;
    return {
      question,
      candidates,
      ...(blank && { blank: tally.counts[i]?.[0] ?? null }),
      ...(max > 1 && { several: { max, ballots: tally.total_weight ?? tally.counted } }),
    };
  });
}

export function turnoutPanel(turnout: Turnout | undefined, zone: Zone): Child {
  if (!turnout) return h('p', { class: 'mute' }, t('page.loading'));
  return turnoutCurve(turnout, zone, asOfText(turnout.as_of, zone));
}

export function placesPanel(turnout: Turnout | undefined, zone: Zone, verification?: Verification): Child {
  if (!turnout) return h('p', { class: 'mute' }, t('page.loading'));
  return placesGrid(turnout, asOfText(turnout.as_of, zone), verification);
}

function lagText(projection: LedgerHead['projections'][number]): Child {
  if (projection.stopped)
    return h('span', { class: 'tone-bad' }, icon('bad'), ' ', t('ledger.stopped', { why: projection.stopped }));
  if (projection.lag === 0) return h('span', { class: 'tone-ok' }, icon('ok'), ' ', t('ledger.current'));
  return h('span', { class: 'tone-warn' }, icon('wait'), ' ', t('ledger.behind', { n: projection.lag }));
}

export function ledgerPanel(election: Election, head: LedgerHead | undefined): Child[] {
  const title = h('h2', {}, t('ledger.title'));
  if (!head) return [title, h('p', { class: 'mute' }, t('page.loading'))];
  return [
    title,
    h(
      'dl',
      { class: 'facts', testid: 'ledger' },
      h('dt', {}, t('ledger.size')),
      h('dd', { testid: 'ledger-size', 'data-count': head.size }, number(head.size)),
      h('dt', {}, t('ledger.checkpoint')),
      h(
        'dd',
        {},
        head.checkpoint
          ? [t('ledger.covers', { n: head.checkpoint.size }), ' ', h('code', {}, head.checkpoint.root)]
          : t('ledger.noCheckpoint'),
      ),
      h('dt', {}, t('ledger.key')),
      h('dd', {}, h('code', {}, head.key)),
      ...head.projections.flatMap((projection) => [
        h('dt', {}, t('ledger.projection', { name: projection.name })),
        h('dd', { testid: `lag-${projection.name}`, 'data-lag': projection.lag }, lagText(projection)),
      ]),
    ),
    h('p', { class: 'mt-2' }, h('a', { href: `/supervisor#${election.uuid}` }, t('ledger.verify'))),
  ];
}
