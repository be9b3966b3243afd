import type { Ceremony, Decryption } from '../base/api.ts';
import type { Memory } from '../audit/report.ts';
import type { CeremonyFault, ConfirmedShare, KeyInfo, MadeDecryption, PublishedCoefexps } from './trustee-work.ts';

// What the trustees' page and its worker say to each other. `file` is the text of a key file.

export type TrusteeCall =
  | { type: 'newKey'; kind: 'single' | 'threshold'; uuid: string }
  | { type: 'keyInfo'; file: string; needed: number }
  | { type: 'publishedBefore'; uuid: string; certificate: string }
  | { type: 'coefexps'; file: string; ceremony: Ceremony; self: number }
  | { type: 'confirm'; file: string; ceremony: Ceremony; self: number; shares: string[] }
  | { type: 'audit'; uuid: string; memory: Memory; decryption: Decryption }
  | { type: 'decrypt'; file: string; decryption: Decryption };

export type TrusteeRequest = TrusteeCall & { id: number };
export type TrusteeReply =
  { id: number; progress: number } | { id: number; result: unknown } | { id: number; error: string };

// `other`: the service gives another tally than the ledger; `broken`: the ledger does not hold what it must, so
// neither does the tally; `pending`: its published part does not reach the tally yet.
export type Audit = { state: 'sound' | 'other' | 'pending' } | { state: 'broken'; faults: number; first: string };

export interface TrusteeResults {
  newKey: string;
  keyInfo: KeyInfo | null;
  publishedBefore: boolean;
  coefexps: PublishedCoefexps | CeremonyFault;
  confirm: ConfirmedShare | CeremonyFault;
  audit: Audit;
  decrypt: MadeDecryption | null;
}
