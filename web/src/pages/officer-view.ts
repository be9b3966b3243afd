import type { Election, Turnout } from '../base/api.ts';
import { h, type Child } from '../base/dom.ts';
import { clock, number, zoneOf } from '../base/format.ts';
import { language, t } from '../base/i18n.ts';
import { button, icon, notice } from '../base/parts.ts';
import { signedIn, standingOf, standingText } from '../charts/attendance.ts';
import { placeName } from './live-words.ts';
import {
  deliveryOf,
  mostRows,
  undecided,
  unsureOf,
  type Delivery,
  type DeskState,
  type Missed,
  type Outcome,
  type Voter,
} from './officer-desk.ts';

// The officer's desk as it is seen: the rows found, the voter who stands there, what became of it, the place's figures.

export interface DeskActions {
  choose: (voter: Voter) => void;
  mark: () => void;
  next: () => void;
  lookUp: (missed: Missed) => void;
}

export const rowId = (i: number): string => `found-${i}`;

function row(voter: Voter, i: number, state: DeskState, actions: DeskActions): HTMLElement {
  const current = i === state.at;
  return h(
    'li',
    {
      id: rowId(i),
      role: 'option',
      class: current ? 'is-current' : '',
      'aria-selected': String(current),
      testid: `voter-${voter.id}`,
      on: { click: () => actions.choose(voter) },
    },
    h('span', { class: 'voter-name' }, voter.name),
    h('span', { class: 'mute' }, [voter.class, voter.id].filter(Boolean).join(' · ')),
    voter.attended && h('span', { class: 'chip tone-ok' }, icon('ok'), t('officer.present')),
  );
}

export function hintText(state: DeskState): string {
  const unsure = unsureOf(state);
  if (unsure === 'several') return t('officer.several');
  return unsure ? t('officer.otherNumber', { text: state.found?.of ?? '' }) : '';
}

export function foundView(state: DeskState, actions: DeskActions): Child[] {
  const { found, note, problem, searching } = state;
  if (note === 'secret') return [notice('warn', h('p', { testid: 'secret-note' }, t('officer.secret')))];
  if (problem) return [notice('bad', h('p', {}, problem.text()))];
  if (!found) return [h('p', { class: 'mute' }, searching ? t('page.wait') : t('officer.begin'))];
  if (found.voters.length === 0) {
    return [notice('warn', h('p', { testid: 'nobody-found' }, t('officer.nobody', { text: found.of })))];
  }
  const more = found.total - found.voters.length;
  const hint = hintText(state);
  return [
    hint !== '' && h('p', { class: 'standing', testid: 'unsure' }, icon('info'), h('span', {}, hint)),
    h(
      'ul',
      { class: 'found', id: 'found', role: 'listbox', 'aria-label': t('officer.found'), testid: 'found' },
      found.voters.map((voter, i) => row(voter, i, state, actions)),
    ),
    more > 0 && h('p', { class: 'mute' }, t('officer.more', { shown: mostRows, more })),
  ];
}

function envelope(delivery: Delivery): HTMLElement {
  const hands = delivery === 'place';
  return h(
    'p',
    { class: 'hand-over', testid: 'delivery', 'data-delivery': delivery },
    icon(hands ? 'envelope' : 'person'),
    h(
      'span',
      {},
      h('strong', {}, t(hands ? 'officer.handOver' : 'officer.ownCode')),
      ' ',
      t(hands ? 'officer.handOverHow' : 'officer.ownCodeHow'),
    ),
  );
}

function outcomeView(outcome: Outcome, voter: Voter, election: Election): Child[] {
  const zone = zoneOf(election.time_zone);
  switch (outcome.kind) {
    case 'marked': {
      const { time, seq, delivery } = outcome.marked;
      return [
        h(
          'p',
          { class: 'outcome tone-ok', testid: 'marked', 'data-seq': seq },
          icon('ok'),
          h('span', {}, t('officer.marked', { time: clock(time, zone), seq })),
        ),
        outcome.late && h('p', {}, t('officer.late')),
        envelope(delivery),
      ];
    }
    case 'already': {
      const { attended, place } = outcome;
      const where = placeName(election, place);
      const first = attended
        ? t('officer.already', { time: clock(attended.time, zone), place: where, seq: attended.seq })
        : t('officer.alreadySomewhen', { place: where });
      return [
        h(
          'p',
          { class: 'outcome tone-warn', testid: 'already', 'data-seq': attended?.seq },
          icon('warn'),
          h('span', {}, first),
        ),
        h('p', {}, t(outcome.asked ? 'officer.alreadyAsked' : 'officer.alreadyDo')),
      ];
    }
    case 'unknown':
      return [notice('warn', h('p', { testid: 'attendance-unknown' }, t('officer.unknown', { name: voter.name })))];
    case 'later':
    case 'refused': {
      const { error } = outcome;
      const detail = language() === 'en' && error.detail ? h('p', {}, error.detail) : null;
      return [notice('bad', h('p', { testid: 'attendance-refused', 'data-code': error.code }, error.text()), detail)];
    }
  }
}

function mainButton(state: DeskState, actions: DeskActions): Child[] {
  const { outcome, busy } = state;
  if (!outcome || undecided(outcome)) {
    const label = t(outcome ? 'page.again' : 'officer.mark');
    const mark = button(busy ? t('page.wait') : label, 'primary', 'mark', actions.mark);
    const leave = button(t(outcome ? 'officer.next' : 'page.cancel'), 'secondary', 'next', actions.next);
    mark.disabled = leave.disabled = busy;
    return [mark, leave];
  }
  return [button(t('officer.next'), 'primary', 'next', actions.next)];
}

export function voterView(state: DeskState, election: Election, actions: DeskActions): Child[] {
  const { voter, outcome } = state;
  if (!voter) return [];
  return [
    h(
      'section',
      { class: 'panel voter', testid: 'voter', 'data-outcome': outcome?.kind ?? 'none', 'aria-live': 'polite' },
      h('h2', { class: 'voter-title' }, voter.name),
      h(
        'dl',
        { class: 'facts' },
        h('dt', {}, t('officer.number')),
        h('dd', {}, voter.id),
        voter.class !== '' && [h('dt', {}, t('officer.class')), h('dd', {}, voter.class)],
        h('dt', {}, t('places.place')),
        h('dd', {}, placeName(election, voter.place)),
        !outcome && [
          h('dt', {}, t('officer.code')),
          h('dd', {}, t(deliveryOf(voter, election) === 'place' ? 'officer.codeHere' : 'officer.codeSent')),
        ],
      ),
      outcome && outcomeView(outcome, voter, election),
      h('div', { class: 'row-actions' }, mainButton(state, actions)),
    ),
  ];
}

function missedText({ voter: { name }, outcome }: Missed): string {
  switch (outcome.kind) {
    case 'later':
    case 'refused':
      return t('officer.missedRefused', { name, why: outcome.error.text() });
    case 'already':
      return t('officer.missedAlready', { name });
    default:
      return t('officer.missedUnknown', { name });
  }
}

// Of voters whose answers came, or were given up, while others stood here.
export function missedView({ missed }: DeskState, { uuid }: Election, actions: DeskActions): Child[] {
  return missed
    .filter(({ election }) => election === uuid)
    .map((one) => {
      const { voter, outcome } = one;
      const look = button(t('officer.lookUp', { name: voter.name }), 'secondary', 'look-up', () => actions.lookUp(one));
      const told = h('p', { testid: 'missed', 'data-voter': voter.id, 'data-outcome': outcome.kind }, missedText(one));
      return notice('warn', told, look);
    });
}

export function doneView({ done }: DeskState, election: Election): Child[] {
  if (done.length === 0) return [];
  return [
    h('h2', {}, t('officer.done')),
    h(
      'ol',
      { class: 'feed' },
      done.map(({ voter, marked }) =>
        h(
          'li',
          {},
          h(
            'time',
            { class: 'mute small-text', datetime: marked.time },
            clock(marked.time, zoneOf(election.time_zone)),
          ),
          h('span', {}, voter.name, h('span', { class: 'mute' }, voter.class && ` · ${voter.class}`)),
        ),
      ),
    ),
  ];
}

// One place's numbers, or those of all together.
export function placeFigures(election: Election, turnout: Turnout | undefined, place: string | null): Child[] {
  if (!turnout) return [h('p', { class: 'mute' }, t('page.loading'))];
  const places = turnout.places.filter(({ id }) => place === null || id === place);
  const sum = (of: (row: Turnout['places'][number]) => number): number => places.reduce((n, row) => n + of(row), 0);
  const [voters, voted, verified, attended] = [
    sum((row) => row.voters),
    sum((row) => row.voted),
    sum((row) => row.verified),
    sum((row) => row.attended),
  ];
  const standing = standingOf({ voted, verified }, election.policies.verification);
  const fact = (name: string, testid: string, value: number): Child[] => [
    h('dt', {}, name),
    h('dd', { testid, 'data-count': value }, number(value)),
  ];
  return [
    h('h2', {}, place === null ? t('officer.allPlaces') : placeName(election, place)),
    h(
      'dl',
      { class: 'facts numbers' },
      ...fact(t('places.voters'), 'place-voters', voters),
      ...fact(t('places.attended'), 'place-attended', attended),
      standing?.both && fact(t('places.signedIn'), 'place-signed-in', signedIn({ verified, attended })),
      ...fact(t('places.voted'), 'place-voted', voted),
    ),
    standing &&
      h(
        'p',
        { class: standing.kind === 'over' ? 'tone-bad' : 'mute', testid: 'place-standing' },
        standingText(standing),
      ),
  ];
}
