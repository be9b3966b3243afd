import { h, type Child } from '../base/dom.ts';
import { number } from '../base/format.ts';
import { t, type MessageKey } from '../base/i18n.ts';
import { button, icon, notice, saveFile } from '../base/parts.ts';
import type { Inclusion, Receipt } from '../log/inclusion.ts';
import type { Trust } from '../log/trust.ts';
import type { Proven } from './receipt-protocol.ts';

// Whether a ballot is in the ledger, as this device finds out from the log's files; its proof to be saved; and how many
// of the witnesses have seen it, which may come later and holds up nothing.

const pollMs = 1000;
const polls = 30; // until a checkpoint covers the ballot
const witnessPollMs = 2000;
const witnessPolls = 150;

const later = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export const isSeen = (seen: number, { needed }: Pick<Trust, 'needed'>): boolean => seen >= needed;

export function witnessText(seen: string[], { needed, witnesses, policyKnown }: Trust): string {
  if (witnesses.length === 0) return t(policyKnown ? 'witness.none' : 'witness.notAsked');
  const counts = { k: seen.length, n: witnesses.length, needed };
  const text = t(isSeen(seen.length, { needed }) ? 'witness.enough' : 'witness.waiting', counts);
  return seen.length === 0 ? text : `${text} ${t('witness.names', { names: seen.join(', ') })}`;
}

// What to know before a proof is saved that too few witnesses stand under; null where there are enough.
export const earlyText = (seen: number, { needed }: Pick<Trust, 'needed'>): string | null =>
  isSeen(seen, { needed }) ? null : t('receipt.saveEarly', { k: seen, needed });

export const proofName = (seq: number): string => `bukti-suara-${seq}.tlog-proof`;

interface InclusionOptions {
  heading: string;
  included: MessageKey; // takes seq and size
  mayPend: boolean; // the ballot was accepted a moment ago
  save: boolean; // not on a device that others use next
  prove: () => Promise<Proven>;
  found?: (inclusion: Extract<Inclusion, { state: 'included' }>) => void;
}

export class InclusionPanel {
  readonly element: HTMLElement;
  private readonly result = h('div', { testid: 'inclusion', 'data-state': 'checking', 'aria-live': 'polite' });
  private readonly watched = h('div', { class: 'mb-2' });
  private readonly saving = h('div', { class: 'no-print' });
  private readonly early = h('p', { class: 'tone-warn no-print', testid: 'save-early' });
  private readonly again: HTMLButtonElement;
  private proof = '';
  private run = 0;

  constructor(
    private readonly receipt: Receipt,
    private readonly options: InclusionOptions,
  ) {
    this.again = button(t('receipt.checkAgain'), 'secondary', 'check-inclusion', () => void this.check());
    this.element = h(
      'section',
      { class: 'panel' },
      h('h2', {}, options.heading),
      this.result,
      this.watched,
      h('div', { class: 'row-actions no-print' }, this.again, this.saving),
      options.save && this.early,
    );
    void this.check();
  }

  private show(state: string, shown: Child): void {
    this.result.setAttribute('data-state', state);
    this.result.replaceChildren(shown as Node);
  }

  private async check(): Promise<void> {
    const run = ++this.run;
    this.show('checking', notice('info', h('p', {}, t('receipt.checking'))));
    this.again.disabled = true;
    this.saving.replaceChildren(); // what is found now may say more
    this.tellEarly(null);
    try {
      const proven = await this.find(run);
      if (run !== this.run) return;
      this.tell(proven);
      this.again.disabled = false;
      await this.followWitnesses(proven, run);
    } catch {
      if (run !== this.run) return;
      this.show('unknown', notice('warn', h('p', {}, t('receipt.noAnswer'))));
    }
    this.again.disabled = false;
  }

  private async find(run: number): Promise<Proven> {
    for (let i = 0; ; i++) {
      const proven = await this.options.prove();
      const waits = proven.inclusion.state === 'pending' && this.options.mayPend && i < polls;
      if (!waits || run !== this.run) return proven;
      await later(pollMs);
    }
  }

  private tell({ inclusion, trust }: Proven): void {
    if (inclusion.state === 'pending') {
      this.show('pending', notice('warn', h('p', {}, t('receipt.pending'))));
    } else if (inclusion.state === 'refused') {
      const key = `refused.${inclusion.reason}` as MessageKey;
      this.show('refused', notice('bad', h('p', {}, t(key)), h('p', {}, t('receipt.tellCommittee'))));
    } else {
      const counts = { seq: number(this.receipt.seq), size: number(inclusion.size) };
      this.show('included', notice('ok', h('p', {}, t(this.options.included, counts))));
      this.options.found?.(inclusion);
      this.tellWitnesses(inclusion, trust);
    }
  }

  private tellWitnesses({ seen, proof }: Extract<Inclusion, { state: 'included' }>, trust: Trust): void {
    const enough = isSeen(seen.length, trust);
    if (trust.needed > 0 || seen.length > 0) {
      const counts = { 'data-count': seen.length, 'data-needed': trust.needed };
      const text = h('p', { testid: 'inclusion-witnesses', ...counts }, witnessText(seen, trust));
      this.watched.replaceChildren(notice(enough ? 'ok' : 'info', text));
    }
    if (!this.options.save) return;
    this.proof = proof;
    this.tellEarly(earlyText(seen.length, trust));
    if (this.saving.hasChildNodes()) return; // a button that is being pressed stays
    const save = (): void => saveFile(proofName(this.receipt.seq), this.proof, 'text/plain');
    this.saving.append(button(t('receipt.saveProof'), 'secondary', 'save-proof', save));
  }

  private tellEarly(text: string | null): void {
    this.early.hidden = text === null;
    this.early.replaceChildren(...(text === null ? [] : [icon('warn'), ` ${text}`]));
  }

  // The file can be saved meanwhile; one saved later says more.
  private async followWitnesses(proven: Proven, run: number): Promise<void> {
    let { inclusion, trust } = proven;
    for (let i = 0; i < witnessPolls && inclusion.state === 'included'; i++) {
      if (isSeen(inclusion.seen.length, trust)) return;
      await later(witnessPollMs);
      if (run !== this.run || !this.element.isConnected) return;
      const next = await this.options.prove().catch(() => null);
      if (run !== this.run) return;
      if (next?.inclusion.state !== 'included') continue; // what was found stays; the next look may find more
      this.tellWitnesses(next.inclusion, next.trust);
      ({ inclusion, trust } = next);
    }
  }
}
