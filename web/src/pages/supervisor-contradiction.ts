import { h, type Child } from '../base/dom.ts';
import { t } from '../base/i18n.ts';
import { button, icon, saveFile } from '../base/parts.ts';
import { uuidOf } from '../audit/memory.ts';
import type { Contradiction, KnownCheckpoint, KnownLedger, Report } from '../audit/report.ts';
import { allKnown, forget } from './supervisor-memory.ts';

// What this device saw before and what is shown now cannot both be true. `redraw` is asked for once the device has
// forgotten it.
export function contradictionView(report: Report, redraw: () => void): HTMLElement | null {
  const { contradicted } = report;
  if (!contradicted) return null;
  const { kind } = contradicted;
  const name = `${kind}-${uuidOf(report.origin ?? 'ledger')}.txt`;
  return h(
    'section',
    { class: 'panel tone-bad', testid: 'fork', 'data-kind': kind, role: 'alert' },
    icon('bad'),
    h('h2', {}, t(`contradicted.${kind}`)),
    contradicted.kind === 'key' ? bothKeys(report, contradicted.known) : otherHistory(contradicted),
    button(t('contradicted.save'), 'primary', 'evidence', () =>
      saveFile(name, evidence(contradicted, report), 'text/plain'),
    ),
    contradicted.kind === 'key' && forgetting(contradicted.known, redraw),
  );
}

function otherHistory({ kind, seen }: Extract<Contradiction, { seen: KnownCheckpoint }>): Child[] {
  return [
    h('p', {}, t(`contradicted.${kind}.lead`, { n: seen.size })),
    h('p', {}, t('contradicted.keep')),
    seen.note === null && h('p', { class: 'mute' }, t('contradicted.noNote')),
  ];
}

const newest = ({ checkpoints }: KnownLedger): KnownCheckpoint | undefined => checkpoints.at(-1);

function bothKeys({ key, size }: Report, known: KnownLedger[]): Child[] {
  const ledger = (label: string, text: string, n: number): Child[] => [
    h('dt', {}, label),
    h('dd', {}, h('code', {}, text), h('div', { class: 'mute small-text' }, t('contradicted.key.size', { n }))),
  ];
  return [
    h('p', {}, t('contradicted.key.lead')),
    h(
      'dl',
      { class: 'facts mb-3' },
      known.flatMap((each) => ledger(t('contradicted.key.before'), each.key ?? each.origin, newest(each)?.size ?? 0)),
      ledger(t('contradicted.key.now'), key ?? '\u2013', size),
    ),
  ];
}

// A server must not bring it about by itself, so it takes two steps and says what is lost by it.
function forgetting(known: KnownLedger[], redraw: () => void): HTMLElement {
  const still = allKnown().some(({ origin }) => known.some((each) => each.origin === origin));
  if (!still) return h('p', { testid: 'forgotten', tabindex: '-1' }, t('contradicted.forgotten'));
  return h(
    'details',
    { 'data-keep': 'forget' },
    h('summary', { testid: 'forget-offer' }, t('contradicted.forget')),
    h('p', {}, t('contradicted.forget.lead')),
    button(t('contradicted.forget.do'), 'secondary', 'forget', () => {
      forget(known);
      redraw();
      document.querySelector<HTMLElement>('[data-testid="forgotten"]')?.focus();
    }),
  );
}

const head = (seen: KnownCheckpoint | undefined): string =>
  seen ? (seen.note ?? `${seen.size}\n${seen.root}\n`) : '';

// The signed heads in one file; each stands as it was signed.
export function evidence(contradicted: Contradiction, { key, note }: Pick<Report, 'key' | 'note'>): string {
  if (contradicted.kind !== 'key') {
    return `--- seen before\n${head(contradicted.seen)}\n--- shown now\n${note ?? ''}`;
  }
  const { known } = contradicted;
  const before = known.map((each) => `--- seen before: ${each.key ?? each.origin}\n${head(newest(each))}\n`);
  return `${before.join('')}--- shown now: ${key ?? ''}\n${note ?? ''}`;
}
