import type { Election, Turnout } from '../base/api.ts';
import { h, type Child } from '../base/dom.ts';
import { dateTime, number, percent, span, zoneOf } from '../base/format.ts';
import { t } from '../base/i18n.ts';
import type { LiveState } from '../base/live.ts';
import { qrCode } from '../base/qr.ts';
import { signedIn, standingOf, type Standing } from '../charts/attendance.ts';
import { asOfText, tallyPanel, turnoutPanel } from './committee-panels.ts';

// What stands on the wall, each part from what is known now.

export const phaseWords = ({ phase }: Election): string => t(`phase.${phase}`);

// What a hall wants to know about time: when it opens, how long is left, or that it is over.
export function endText(election: Election): string {
  const zone = zoneOf(election.time_zone);
  const { phase, schedule, closes_at: end, closed_at: closed } = election;
  if (phase === 'sealed' && schedule) return t('hall.opens', { time: dateTime(schedule.opens_at, zone) });
  if (phase === 'open' && end) {
    const left = Date.parse(end) - Date.now();
    return left > 0 ? t('hall.left', { left: span(left), time: dateTime(end, zone) }) : t('hall.closing');
  }
  return closed ? t('hall.closed', { time: dateTime(closed, zone) }) : '';
}

function figure(name: string, value: Child, below: Child): HTMLElement {
  return h(
    'div',
    { class: 'hall-figure' },
    h('div', { class: 'figure-name' }, name),
    h('div', { class: 'figure-value' }, value),
    h('div', { class: 'figure-name' }, below),
  );
}

// Shorter than where it is explained: it is read from the back.
function standingWords({ kind, n, both }: Standing, turnout: Turnout): string {
  if (both) return t('hall.signedIn', { n: signedIn(turnout) });
  if (kind === 'waiting') return t('hall.waiting', { n });
  if (kind === 'over') return t('hall.over', { n });
  return t(kind === 'even' ? 'hall.even' : 'attendance.nobody');
}

export function hallFigures(election: Election, { turnout }: LiveState): Child[] {
  const { voted, voters, ballots } = turnout ?? election;
  const { verification } = election.policies;
  const standing = turnout ? standingOf(turnout, verification) : null;
  return [
    figure(
      t('figure.turnout'),
      h('span', { testid: 'turnout' }, percent(voted, voters)),
      h('span', { testid: 'voted', 'data-count': voted }, t('figure.votedOf', { voted, voters })),
    ),
    figure(
      t('figure.ballots'),
      h('span', { testid: 'ballots', 'data-count': ballots }, number(ballots)),
      ballots > voted ? t('hall.replaced', { n: ballots - voted }) : t('figure.noneReplaced'),
    ),
    turnout &&
      standing &&
      figure(
        t('figure.attended'),
        h('span', { testid: 'attended', 'data-count': turnout.attended }, number(turnout.attended)),
        standingWords(standing, turnout),
      ),
  ];
}

// While no count is public, the curve of the turnout stands in its place.
export function hallTally(election: Election, { tally, turnout }: LiveState): Child[] {
  const zone = zoneOf(election.time_zone);
  const panel = tallyPanel(election, tally, zone);
  const hidden = !tally || tally.status === 'none' || tally.status === 'sealed';
  if (!hidden) return panel;
  return [
    ...panel,
    turnout && turnout.hours.length > 0 && h('div', { class: 'hall-curve' }, turnoutPanel(turnout, zone)),
  ];
}

export function hallFoot(election: Election, turnout: Turnout | undefined): Child[] {
  const link = `${location.origin}/elections/${election.uuid}`;
  return [
    qrCode(link, t('hall.qr'), 'hall-qr'),
    h(
      'div',
      {},
      turnout && asOfText(turnout.as_of, zoneOf(election.time_zone)),
      h('p', {}, t('hall.follow')),
      h('p', { class: 'mono', testid: 'hall-address' }, link.replace(/^https?:\/\//, '')),
    ),
  ];
}
