import type { BoardItem, Election } from '../base/api.ts';
import { h } from '../base/dom.ts';
import { number, zoneOf } from '../base/format.ts';
import { t } from '../base/i18n.ts';
import { button, copyButton, notice } from '../base/parts.ts';
import { InclusionPanel } from './inclusion-panel.ts';
import type { ReceiptClient } from './receipt-protocol.ts';
import { fateOf, toneOf } from './tracker.ts';

// One ballot of the board: what became of it, whether the signed ledger holds it, its proof, and the entry as it is.

export function boardEntry(election: Election, item: BoardItem, client: ReceiptClient, close: () => void): HTMLElement {
  const { uuid, ledger } = election;
  const receipt = { tracker: item.tracker, seq: item.seq };
  const raw = h('div', {});
  const inclusion = new InclusionPanel(receipt, {
    heading: t('receipt.inLedger'),
    included: 'board.included',
    mayPend: true,
    save: true,
    prove: () => client.ask<'prove'>({ type: 'prove', uuid, key: ledger.key, receipt }),
    found: ({ entry }) =>
      raw.replaceChildren(
        h(
          'details',
          {},
          h('summary', {}, t('board.raw')),
          h('pre', { class: 'raw', testid: 'board-entry-text', tabindex: '0' }, new TextDecoder().decode(entry)),
        ),
      ),
  });
  return h(
    'section',
    { class: 'panel', testid: 'board-entry', 'data-seq': item.seq },
    h(
      'div',
      { class: 'with-action mb-2' },
      h('h2', { tabindex: '-1' }, t('board.entryTitle', { seq: number(item.seq) })),
      button(t('board.close'), 'secondary', 'close-entry', close),
    ),
    notice(toneOf(item), h('p', {}, fateOf(item, zoneOf(election.time_zone)))),
    h('p', { class: 'mb-1' }, h('strong', {}, t('board.tracker'))),
    h('p', {}, h('code', { testid: 'entry-tracker' }, item.tracker)),
    h('div', { class: 'row-actions mb-3 no-print' }, copyButton(item.tracker, 'copy-tracker')),
    inclusion.element,
    raw,
  );
}
