import type { BoardItem, ElectionSummary } from '../base/api.ts';
import { h, type Child } from '../base/dom.ts';
import { dateTime, number, zoneOf, type Zone } from '../base/format.ts';
import { t, type MessageKey } from '../base/i18n.ts';
import { button, copyButton, icon, notice, saveFile, type Tone } from '../base/parts.ts';
import type { Held, Judged, OpenedReceipt } from '../log/receipt.ts';
import { isSeen, proofName, witnessText } from './inclusion-panel.ts';
import type { Verdict } from './receipt-protocol.ts';
import { boardLink, fateOf, toneOf } from './tracker.ts';

// What a receipt file shows, in words.

// `none`: the entry is no ballot; `absent`: the board does not know it, `elsewhere`: the ledger is not on this server.
export type Standing =
  | { state: BoardItem['status']; item: BoardItem }
  | { state: 'checking' | 'none' | 'absent' | 'elsewhere' | 'unreachable' };

interface Shown {
  file: Uint8Array;
  verdict: Verdict;
  held: Held | null; // null: not known yet, or it could not be read
  standing: Standing;
  election: ElectionSummary | null;
}

type Gone = Extract<Held, { held: false }>;

export type VerdictName = 'valid' | 'unwitnessed' | 'forged' | 'unreadable' | 'missing';

export function verdictName(judged: Judged | null, held: Held | null): VerdictName {
  if (!judged) return 'unreadable';
  if (!judged.ok) return judged.verdict;
  if (held?.held === false) return 'missing';
  const { seen, needed } = judged.receipt;
  return isSeen(seen.length, { needed }) ? 'valid' : 'unwitnessed';
}

const looks: Record<VerdictName, Tone> = {
  valid: 'ok',
  unwitnessed: 'warn',
  forged: 'bad',
  unreadable: 'warn',
  missing: 'bad',
};

function verdictNotice(name: VerdictName, fault: string, ...text: Child[]): HTMLElement {
  const tone = looks[name];
  return h(
    'section',
    { class: `panel verdict-line tone-${tone}`, testid: 'receipt-verdict', 'data-verdict': name, 'data-fault': fault },
    icon(tone),
    h('div', {}, h('h1', {}, t(`proof.verdict.${name}`)), ...text),
  );
}

export function resultView(shown: Shown): Child[] {
  const { verdict, held } = shown;
  const { judged } = verdict;
  const name = verdictName(judged, held);
  if (!judged) {
    return [
      verdictNotice(name, 'unknownLedger', h('p', {}, t('proof.unknownLedger', { origin: verdict.origin }))),
      notice('info', h('p', {}, t('proof.addKeys'))),
    ];
  }
  if (!judged.ok) {
    return [
      verdictNotice(name, judged.fault, h('p', {}, t(`proof.fault.${judged.fault}`))),
      name === 'forged' && notice('warn', h('p', {}, t('proof.forgedWhat'))),
    ];
  }
  const { receipt } = judged;
  const zone = zoneOf(shown.election?.time_zone ?? 'WIB');
  const gone = held?.held === false ? held : null;
  return [
    verdictNotice(
      name,
      gone?.why ?? '',
      gone ? h('p', {}, goneWords(gone, receipt)) : h('p', {}, t(...entryWords(receipt, zone))),
      name === 'unwitnessed' && h('p', {}, t('proof.unwitnessed', witnessCounts(receipt))),
    ),
    held?.held === null && notice('warn', h('p', { testid: 'receipt-other-key' }, t('proof.otherKeyNow'))),
    gone && evidence(shown, receipt, gone),
    details(receipt, shown, zone),
  ];
}

const goneWords = ({ why, size }: Gone, receipt: OpenedReceipt): string =>
  t(`proof.gone.${why}`, { seq: number(receipt.seq), size: number(size), signed: number(receipt.size) });

const witnessCounts = ({ seen, needed }: OpenedReceipt): Record<string, number> => ({ k: seen.length, needed });

const entryWords = (receipt: OpenedReceipt, zone: Zone): [MessageKey, Record<string, string>] => [
  receipt.tracker ? 'proof.says' : 'proof.saysOther',
  {
    seq: number(receipt.seq),
    time: dateTime(receipt.time, zone),
    size: number(receipt.size),
    type: receipt.type,
  },
];

// A genuine receipt that the log no longer bears out is evidence, and its holder may be the only one to have it.
function evidence({ file }: Shown, { seq }: OpenedReceipt, { note }: Gone): HTMLElement {
  return h(
    'section',
    { class: 'panel', testid: 'receipt-evidence' },
    h('h2', {}, t('proof.evidence')),
    h('p', {}, t('proof.evidenceText')),
    h(
      'div',
      { class: 'row-actions no-print' },
      button(t('proof.saveReceipt'), 'primary', 'save-receipt', () =>
        saveFile(proofName(seq), new TextDecoder().decode(file), 'text/plain'),
      ),
      note !== null &&
        button(t('proof.saveHead'), 'secondary', 'save-head', () => saveFile('checkpoint', note, 'text/plain')),
    ),
  );
}

function fact(name: string, ...value: Child[]): Child[] {
  return [h('dt', {}, name), h('dd', {}, ...value)];
}

function details(receipt: OpenedReceipt, shown: Shown, zone: Zone): HTMLElement {
  const { verdict, election, held } = shown;
  const trust = verdict.trust!;
  const names = receipt.seen.map(({ name }) => name);
  const enough = isSeen(names.length, trust);
  const number_ = { testid: 'receipt-entry', 'data-seq': receipt.seq };
  return h(
    'section',
    { class: 'panel' },
    h(
      'dl',
      { class: 'receipt-facts' },
      ...(election ? fact(t('proof.election'), election.name) : fact(t('proof.ledger'), h('code', {}, receipt.origin))),
      ...(receipt.tracker
        ? fact(t('board.tracker'), h('code', { testid: 'receipt-tracker' }, receipt.tracker))
        : fact(t('proof.type'), h('code', {}, receipt.type))),
      ...fact(
        t('board.entry'),
        h('span', number_, t('proof.entryOf', { seq: number(receipt.seq), size: number(receipt.size) })),
      ),
      ...fact(t('board.time'), dateTime(receipt.time, zone)),
      ...fact(
        t('witness.title'),
        h(
          'span',
          { testid: 'receipt-witnesses', 'data-count': names.length, class: enough ? '' : 'tone-warn' },
          !enough && icon('warn'),
          !enough && ' ',
          witnessText(names, trust),
        ),
      ),
      ...fact(t('proof.now'), standingView(shown, zone)),
    ),
    h(
      'div',
      { class: 'row-actions no-print' },
      receipt.tracker !== null && copyButton(receipt.tracker, 'copy-tracker', t('proof.copyTracker')),
      receipt.tracker !== null &&
        election !== null &&
        held?.held !== false &&
        h('a', { class: 'btn btn-link', href: boardLink(election.uuid, receipt.tracker) }, t('receipt.toBoard')),
    ),
  );
}

function standingView({ standing, held }: Shown, zone: Zone): HTMLElement {
  const { state } = standing;
  const said = { testid: 'receipt-status', 'data-state': state, 'aria-live': 'polite' };
  if ('item' in standing) {
    // What a log says that contradicts itself, or that nobody trusted has signed, is a claim.
    if (held && !held.held) {
      const claim = held.held === null ? 'proof.claimsUnproven' : 'proof.claims';
      return h('span', said, t(claim, { said: fateOf(standing.item, zone) }));
    }
    const tone = toneOf(standing.item);
    return h('span', { ...said, class: `tone-${tone}` }, icon(tone), ' ', fateOf(standing.item, zone));
  }
  const absent = state === 'absent';
  const text = t(`proof.now.${state}` as MessageKey);
  return h('span', { ...said, class: absent ? 'tone-bad' : '' }, absent && icon('bad'), absent && ' ', text);
}
