import type { BallotReceipt, Election } from '../base/api.ts';
import { h, type Child } from '../base/dom.ts';
import { dateTime, zoneOf } from '../base/format.ts';
import { t } from '../base/i18n.ts';
import { button, copyButton, icon } from '../base/parts.ts';
import { qrCode } from '../base/qr.ts';
import { InclusionPanel } from './inclusion-panel.ts';
import { receiptCountdown } from './kiosk-clock.ts';
import { boardLink } from './tracker.ts';
import type { VoteClient } from './vote-protocol.ts';
import type { Acknowledged } from './vote-unanswered.ts';

// The receipt: proof that a ballot is in the ledger, and never what was chosen.

export function checkLink(uuid: string, tracker: string): string {
  return `${location.origin}/elections/${uuid}#bukti=${encodeURIComponent(tracker)}`;
}

// In fours to be read and compared; copied, the text has no gaps.
export function trackerText(tracker: string, testid = 'tracker'): HTMLElement {
  const groups = tracker.match(/.{1,4}/g) ?? [];
  return h(
    'p',
    { class: 'tracker', testid, 'data-tracker': tracker },
    groups.map((group) => h('span', {}, group)),
  );
}

function inclusionPanel(
  client: VoteClient,
  election: Election,
  receipt: BallotReceipt,
  ownDevice: boolean,
): HTMLElement {
  const { uuid, ledger } = election;
  const { tracker, seq, leaf } = receipt;
  const sought = { tracker, seq, leaf };
  return new InclusionPanel(sought, {
    heading: t('receipt.inLedger'),
    included: 'receipt.included',
    mayPend: true,
    save: ownDevice,
    prove: () => client.ask<'inclusion'>({ type: 'inclusion', uuid, key: ledger.key, receipt: sought }),
  }).element;
}

export function receiptScreen(
  client: VoteClient,
  election: Election,
  receipt: Acknowledged,
  finishKiosk: (() => void) | null,
): Child[] {
  const { leaf } = receipt;
  const link = checkLink(election.uuid, receipt.tracker);
  return [
    h(
      'div',
      { class: 'thanks' },
      icon('ok'),
      h('h1', {}, t('receipt.thanks')),
      h('p', { testid: 'thanks' }, t('receipt.recorded', { time: dateTime(receipt.time, zoneOf(election.time_zone)) })),
    ),
    h(
      'section',
      { class: 'panel' },
      h('h2', {}, t('receipt.tracker')),
      trackerText(receipt.tracker),
      h('p', { class: 'mute' }, t('receipt.trackerHelp')),
      h(
        'div',
        { class: 'row-actions mb-3 no-print' },
        // What one voter copies on a shared device is there for the next to paste.
        !finishKiosk && copyButton(receipt.tracker, 'copy-tracker'),
        button(t('page.print'), 'secondary', 'print', () => window.print()),
      ),
      qrCode(link, t('receipt.qr'), 'receipt-qr'),
      h('p', { class: 'mute small-text' }, t('receipt.qrHelp')),
    ),
    leaf !== undefined && inclusionPanel(client, election, { ...receipt, leaf }, finishKiosk === null),
    h('p', { class: 'mute' }, t('receipt.noChoice')),
    finishKiosk
      ? receiptCountdown(finishKiosk)
      : h(
          'div',
          { class: 'row-actions no-print' },
          h('a', { class: 'btn btn-outline-secondary', href: `/elections/${election.uuid}` }, t('receipt.toPortal')),
          h(
            'a',
            { class: 'btn btn-link', href: boardLink(election.uuid, receipt.tracker), testid: 'to-board' },
            t('receipt.toBoard'),
          ),
        ),
  ];
}
