import type { BallotReceipt, Election } from '../base/api.ts';
import { h, type Child } from '../base/dom.ts';
import { dateTime, number, zoneOf } from '../base/format.ts';
import { t, type MessageKey } from '../base/i18n.ts';
import { button, copyButton, icon, notice, saveFile } from '../base/parts.ts';
import { qrCode } from '../base/qr.ts';
import type { Inclusion } from '../log/inclusion.ts';
import { receiptCountdown } from './kiosk-clock.ts';
import type { VoteClient } from './vote-protocol.ts';
import type { Acknowledged } from './vote-unanswered.ts';

// The receipt: proof that a ballot is in the ledger, and never what was chosen.

const pollMs = 1000;
const polls = 30;

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

const later = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function findInclusion(client: VoteClient, election: Election, receipt: BallotReceipt): Promise<Inclusion> {
  const call = {
    type: 'inclusion',
    uuid: election.uuid,
    key: election.ledger.key,
    receipt: { tracker: receipt.tracker, seq: receipt.seq, leaf: receipt.leaf },
  } as const;
  for (let i = 0; ; i++) {
    const inclusion = await client.ask<'inclusion'>(call);
    if (inclusion.state !== 'pending' || i === polls) return inclusion;
    await later(pollMs);
  }
}

function inclusionPanel(
  client: VoteClient,
  election: Election,
  receipt: BallotReceipt,
  ownDevice: boolean,
): HTMLElement {
  const result = h('div', { testid: 'inclusion', 'data-state': 'checking', 'aria-live': 'polite' });
  const again = button(t('receipt.checkAgain'), 'secondary', 'check-inclusion', () => void check());
  const panel = h('section', { class: 'panel' }, h('h2', {}, t('receipt.inLedger')), result, again);

  const show = (state: string, shown: HTMLElement): void => {
    result.setAttribute('data-state', state);
    result.replaceChildren(shown);
  };
  const check = async (): Promise<void> => {
    show('checking', notice('info', h('p', {}, t('receipt.checking'))));
    again.disabled = true;
    try {
      const inclusion = await findInclusion(client, election, receipt);
      if (inclusion.state === 'included') {
        show(
          'included',
          notice('ok', h('p', {}, t('receipt.included', { seq: number(receipt.seq), size: number(inclusion.size) }))),
        );
        if (ownDevice) offerProof(inclusion.proof);
      } else if (inclusion.state === 'pending') {
        show('pending', notice('warn', h('p', {}, t('receipt.pending'))));
      } else {
        const key = `refused.${inclusion.reason}` as MessageKey;
        show('refused', notice('bad', h('p', {}, t(key)), h('p', {}, t('receipt.tellCommittee'))));
      }
    } catch {
      show('unknown', notice('warn', h('p', {}, t('receipt.noAnswer'))));
    }
    again.disabled = false;
  };
  const offerProof = (proof: string): void => {
    panel.querySelector('[data-testid="save-proof"]')?.remove();
    const save = (): void => saveFile(`bukti-suara-${receipt.seq}.tlog-proof`, proof, 'text/plain');
    panel.append(button(t('receipt.saveProof'), 'link', 'save-proof', save));
  };
  void check();
  return panel;
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
        copyButton(receipt.tracker, 'copy-tracker'),
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
          'a',
          { class: 'btn btn-outline-secondary no-print', href: `/elections/${election.uuid}` },
          t('receipt.toPortal'),
        ),
  ];
}
