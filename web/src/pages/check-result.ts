import { h, type Child } from '../base/dom.ts';
import { dateTime, number, zoneOf } from '../base/format.ts';
import { t, type MessageKey } from '../base/i18n.ts';
import { icon, notice, type IconName } from '../base/parts.ts';
import type { CheckResult, HeldAnswer, Recorded } from './check-protocol.ts';
import { plainFace } from './vote-choose.ts';
import { trackerText } from './vote-receipt.ts';

// What an opened ballot held, what the ledger says of it, and whether all of it recomputes.

// `right`: recomputes and is recorded as opened; `unrecorded`: recomputes, but the ledger does not say so; `counted`:
// recomputes, though the ledger takes it for a vote; `wrong`: does not recompute; `unreadable`: nothing to recompute.
export type Verdict = 'right' | 'unrecorded' | 'counted' | 'wrong' | 'unreadable';

const unreadable = ['notAFile', 'noBallot', 'unpublished', 'network'];

export function verdictOf(result: CheckResult): Verdict {
  if (!result.ok) return unreadable.includes(result.failure) ? 'unreadable' : 'wrong';
  switch (result.recorded.state) {
    case 'challenged':
      return 'right';
    case 'counted':
    case 'replaced':
      return 'counted';
    default:
      return 'unrecorded';
  }
}

const signs: Record<Verdict, [string, IconName]> = {
  right: ['tone-ok', 'ok'],
  unrecorded: ['tone-warn', 'warn'],
  counted: ['tone-bad', 'bad'],
  wrong: ['tone-bad', 'bad'],
  unreadable: ['tone-warn', 'warn'],
};

function answerView({ question, names, blank }: HeldAnswer, i: number): HTMLElement {
  const held = blank ? [t('choose.blank')] : names.length > 0 ? names : [t('choose.none')];
  const plain = blank || names.length === 0;
  return h(
    'section',
    { class: 'panel', testid: `held-${i}` },
    h('h2', {}, question),
    held.map((name) =>
      h(
        'div',
        { class: 'held' },
        plain ? plainFace(name)[0] : h('span', { class: 'tone-ok' }, icon('ok')),
        h('span', { testid: 'held-choice' }, name),
      ),
    ),
  );
}

function recordedText(recorded: Recorded): [tone: 'ok' | 'warn' | 'bad', text: string] {
  switch (recorded.state) {
    case 'challenged': {
      const params = { seq: number(recorded.seq), time: dateTime(recorded.time, zoneOf(recorded.zone)) };
      return ['ok', t('opened.challenged', params)];
    }
    case 'counted':
    case 'replaced':
      return ['bad', t('opened.counted', { seq: number(recorded.seq) })];
    case 'absent':
      return ['warn', t('opened.absent')];
    case 'elsewhere':
      return ['warn', t('opened.elsewhere')];
    case 'unreachable':
      return ['warn', t('opened.unreachable')];
  }
}

function whatFailed(result: CheckResult & { ok: false }): string {
  if (result.failure === 'randomness') {
    return t('opened.fault.randomness', { question: result.question + 1, choice: result.choice + 1 });
  }
  return t(`opened.fault.${result.failure}` as MessageKey);
}

export function resultView(result: CheckResult): Child[] {
  const verdict = verdictOf(result);
  const [tone, sign] = signs[verdict];
  const head = h(
    'section',
    { class: 'panel opened-verdict', testid: 'check-verdict', 'data-verdict': verdict },
    h('span', { class: tone }, icon(sign)),
    h('h1', {}, t(`opened.verdict.${verdict}`)),
    result.ok ? h('p', {}, t('opened.compare')) : h('p', { testid: 'check-fault' }, whatFailed(result)),
    verdict === 'wrong' && h('p', {}, t('opened.report')),
  );
  if (!result.ok) return [head];
  const [recordedTone, text] = recordedText(result.recorded);
  return [
    head,
    h('h2', { class: 'mt-4' }, t('opened.held', { name: result.name })),
    ...result.answers.map(answerView),
    h('h2', { class: 'mt-4' }, t('opened.inLedger')),
    notice(recordedTone, h('p', { testid: 'check-recorded', 'data-state': result.recorded.state }, text)),
    h('section', { class: 'panel' }, h('h3', {}, t('challenge.tracker')), trackerText(result.tracker)),
    result.recorded.state !== 'elsewhere' &&
      h('p', {}, h('a', { href: `/supervisor#${result.uuid}` }, t('ledger.verify'))),
  ];
}
