import { phases, type Election, type Phase } from '../base/api.ts';
import { h, type Child } from '../base/dom.ts';
import { dateTime, number, percent, zoneOf, type Zone } from '../base/format.ts';
import { t } from '../base/i18n.ts';
import { icon, notice, type IconName } from '../base/parts.ts';
import { portrait, type PhotoSource } from '../base/photo.ts';
import { faultNotice } from './fault-notice.ts';
import { actorWords } from './live-words.ts';
import type { Records } from './portal-data.ts';

// What the public sees of one election beside its charts; the portal and its saved copy show the same.

const phaseSigns: Record<Phase, [string, IconName]> = {
  draft: ['tone-mute', 'wait'],
  sealed: ['tone-mute', 'shield'],
  open: ['tone-warn', 'wait'],
  closed: ['tone-mute', 'wait'],
  tallied: ['tone-ok', 'ok'],
  certified: ['tone-ok', 'shield'],
  cancelled: ['tone-bad', 'bad'],
};

export function phaseChip(phase: Phase): HTMLElement {
  const [tone, sign] = phaseSigns[phase];
  return h('span', { class: `chip ${tone}`, testid: 'phase', 'data-phase': phase }, icon(sign), t(`phase.${phase}`));
}

// When it will open or close, where that is planned and still to come.
export function scheduleText({ phase, schedule, closes_at: closes, time_zone: name }: SummaryTimes): string {
  const zone = zoneOf(name);
  const end = closes ?? schedule?.closes_at;
  const opens = schedule && (phase === 'draft' || phase === 'sealed');
  const shut = end && (opens || phase === 'sealed' || phase === 'open');
  return [
    opens && t('schedule.opens', { time: dateTime(schedule.opens_at, zone) }),
    shut && t('schedule.closes', { time: dateTime(end, zone) }),
  ]
    .filter(Boolean)
    .join(' ');
}
type SummaryTimes = Pick<Election, 'phase' | 'schedule' | 'closes_at' | 'time_zone'>;

function lead(shown: Election): string {
  const said = t(`lead.${shown.phase}`, {
    voted: number(shown.voted),
    voters: number(shown.voters),
    share: percent(shown.voted, shown.voters),
  });
  return `${said} ${scheduleText(shown)}`.trimEnd();
}

export function headline(election: Election, ...below: Child[]): Child[] {
  return [
    h('p', {}, phaseChip(election.phase)),
    h('h1', { class: 'headline', testid: 'election-name' }, election.name),
    h('p', { class: 'standfirst', testid: 'lead' }, lead(election)),
    election.description && h('p', { class: 'mute' }, election.description),
    election.phase === 'cancelled' && cancelledNotice(election),
    faultNotice(election, 'fault.shown'),
    ...below,
  ];
}

function cancelledNotice({ cancelled_at: time, cancel_reason: reason, time_zone: name }: Election): HTMLElement {
  return notice(
    'bad',
    h('h2', {}, t('cancelled.title')),
    time && h('p', {}, t('cancelled.when', { time: dateTime(time, zoneOf(name)) })),
    reason && h('p', { testid: 'cancel-reason' }, t('cancelled.reason', { reason })),
    h('p', {}, t('cancelled.noResult')),
  );
}

export function candidatesPanel({ contests }: Election, photos?: PhotoSource): HTMLElement {
  return h(
    'section',
    { class: 'panel', testid: 'candidates' },
    h('h2', {}, t('candidates.title')),
    contests.length === 0 && h('p', { class: 'mute' }, t('candidates.none')),
    contests
      .map(({ question, candidates }) => [
        h('h3', { class: 'candidates-question' }, question),
        h(
          'ul',
          { class: 'profiles' },
          candidates.map((candidate) =>
            h(
              'li',
              { class: 'profile' },
              portrait(candidate, photos),
              h(
                'div',
                {},
                h(
                  'h4',
                  { class: 'profile-name' },
                  h('span', { class: 'disc', 'aria-hidden': 'true' }, candidate.number),
                  h('span', { class: 'visually-hidden' }, t('choose.number', { number: candidate.number })),
                  candidate.name,
                ),
                candidate.vision && h('p', {}, candidate.vision),
                candidate.mission.length > 0 && mission(candidate.name, candidate.mission),
              ),
            ),
          ),
        ),
      ])
      .flat(),
  );
}

function mission(name: string, items: string[]): HTMLElement {
  return h(
    'details',
    { 'data-keep': `mission ${name}` },
    h('summary', {}, t('choose.mission'), h('span', { class: 'visually-hidden' }, `: ${name}`)),
    h(
      'ol',
      {},
      items.map((item) => h('li', {}, item)),
    ),
  );
}

interface Step {
  phase: Phase;
  time: string | null;
  planned: string | null;
}

// A cancelled election went as far as it has times.
function stepsOf(shown: Election): Step[] {
  const times: Record<Phase, string | null> = {
    draft: shown.drafted_at,
    sealed: shown.sealed_at,
    open: shown.opened_at,
    closed: shown.closed_at,
    tallied: shown.tallied_at,
    certified: shown.certified_at,
    cancelled: shown.cancelled_at ?? null,
  };
  const zone = zoneOf(shown.time_zone);
  const put = shown.closes_at && shown.schedule && shown.closes_at !== shown.schedule.closes_at;
  const planned: Partial<Record<Phase, string>> = shown.schedule
    ? {
        open: t('schedule.planned', { time: dateTime(shown.schedule.opens_at, zone) }),
        closed: put
          ? t('schedule.extended', { time: dateTime(shown.closes_at!, zone) })
          : t('schedule.planned', { time: dateTime(shown.schedule.closes_at, zone) }),
      }
    : {};
  const steps = phases.map((phase) => ({ phase, time: times[phase], planned: planned[phase] ?? null }));
  if (shown.phase !== 'cancelled') return steps;
  return [...steps.filter(({ time }) => time), { phase: 'cancelled', time: times.cancelled, planned: null }];
}

export function timeline(shown: Election): HTMLElement {
  const zone = zoneOf(shown.time_zone);
  const at = phases.indexOf(shown.phase);
  return h(
    'section',
    { class: 'panel' },
    h('h2', {}, t('portal.timeline')),
    h(
      'ol',
      { class: 'timeline', testid: 'timeline' },
      stepsOf(shown).map(({ phase, time, planned }, i) => {
        const cancelled = phase === 'cancelled';
        const reached = shown.phase === 'cancelled' || i <= at;
        return h(
          'li',
          { class: reached ? '' : 'is-later' },
          h(
            'span',
            { class: cancelled ? 'tone-bad' : reached ? 'tone-ok' : 'tone-mute' },
            icon(cancelled ? 'bad' : reached ? 'ok' : 'wait'),
          ),
          h(
            'div',
            {},
            t(`phase.${phase}`),
            h('div', { class: 'mute small-text' }, time ? dateTime(time, zone) : (planned ?? t('portal.notYet'))),
          ),
        );
      }),
    ),
  );
}

export function recordsPanel({ incidents, corrections }: Records, zone: Zone): HTMLElement {
  const rows = [
    ...incidents.map(({ seq, time, by, text, entries }) => ({
      seq,
      time,
      by,
      title: t('records.incident'),
      text,
      about: entries.length > 0 ? t('records.about', { entries: entries.map(number).join(', ') }) : null,
    })),
    ...corrections.map(({ seq, time, actor, data }) => ({
      seq,
      time,
      by: actor,
      title: t('records.correction', { entry: Number(data?.entry) }),
      text: String(data?.reason ?? ''),
      about: null,
    })),
  ].sort((a, b) => b.seq - a.seq);
  return h(
    'section',
    { class: 'panel', testid: 'records' },
    h('h2', {}, t('records.title')),
    rows.length === 0 && h('p', { class: 'mute' }, t('records.none')),
    rows.length > 0 &&
      h(
        'ul',
        { class: 'records' },
        rows.map((row) =>
          h(
            'li',
            {},
            h('h3', {}, row.title),
            h('p', { class: 'kept mb-1' }, row.text),
            row.about && h('p', { class: 'mute small-text mb-0' }, row.about),
            h(
              'p',
              { class: 'mute small-text mb-0' },
              t('records.by', { who: actorWords(row.by), time: dateTime(row.time, zone), seq: row.seq }),
            ),
          ),
        ),
      ),
  );
}
