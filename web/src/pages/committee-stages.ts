import { phases, type Election, type Phase } from '../base/api.ts';
import { h, type Child } from '../base/dom.ts';
import { dateTime, number, zoneOf } from '../base/format.ts';
import { t } from '../base/i18n.ts';
import { icon } from '../base/parts.ts';
import type { StepName } from './committee-steps.ts';

// The way of an election as a vertical path; the stage it is in stands open, with its one next step.

export const nextStep: Partial<Record<Phase, StepName>> = {
  draft: 'seal',
  sealed: 'open',
  open: 'close',
  closed: 'publish',
  tallied: 'certify',
};

function timeOf(election: Election, phase: Phase): string | null {
  const times: Record<Phase, string | null | undefined> = {
    draft: election.drafted_at,
    sealed: election.sealed_at,
    open: election.opened_at,
    closed: election.closed_at,
    tallied: election.tallied_at,
    certified: election.certified_at,
    cancelled: election.cancelled_at,
  };
  return times[phase] ?? null;
}

// The stages a cancelled election went through, and where it left the way.
function pathOf(election: Election): Phase[] {
  if (election.phase !== 'cancelled') return [...phases];
  return [...phases.filter((phase) => timeOf(election, phase) !== null), 'cancelled'];
}

// When the schedule, or what it was put off to, opens or closes by itself.
function scheduled({ phase, schedule, closes_at: closes, time_zone: zone }: Election): string | null {
  const at = phase === 'open' ? (closes ?? schedule?.closes_at) : phase === 'sealed' ? schedule?.opens_at : null;
  if (!at) return null;
  return t(phase === 'open' ? 'stage.closesBy' : 'stage.opensBy', { time: dateTime(at, zoneOf(zone)) });
}

export function stagePath(election: Election, ...body: Child[]): HTMLElement {
  const path = pathOf(election);
  const at = path.indexOf(election.phase);
  return h(
    'ol',
    { class: 'path' },
    path.map((phase, i) => {
      const over = phase === 'certified' || phase === 'cancelled'; // nothing is left to be done in it
      const state = i < at || (i === at && over) ? 'is-done' : i === at ? 'is-current' : 'is-later';
      const time = timeOf(election, phase);
      const current = i === at;
      const sign = phase === 'cancelled' ? icon('bad') : state === 'is-done' ? icon('ok') : number(i + 1);
      const when = current && scheduled(election);
      return h(
        'li',
        {
          class: `${state}${phase === 'cancelled' ? ' is-cancelled' : ''}`,
          ...(current && { 'aria-current': 'step' }),
        },
        h('span', { class: 'knot' }, sign),
        h(
          'h2',
          { class: 'stage-name', ...(current && { testid: 'current-stage', 'data-phase': phase, tabindex: '-1' }) },
          t(`phase.${phase}`),
          i < at && h('span', { class: 'visually-hidden' }, ` (${t('stage.isDone')})`),
        ),
        time && i <= at && h('div', { class: 'mute small-text' }, dateTime(time, zoneOf(election.time_zone))),
        current &&
          h(
            'div',
            { class: 'stage-body' },
            h('p', { class: 'mute' }, t(`stage.${phase}`)),
            when && h('p', { class: 'scheduled', testid: 'scheduled' }, icon('wait'), ' ', when),
            phase === 'cancelled' &&
              election.cancel_reason &&
              h('blockquote', { class: 'reason' }, election.cancel_reason),
            ...body,
          ),
      );
    }),
  );
}
