import type { WorkerClient } from '../base/worker-client.ts';
import type { Inclusion, Receipt } from '../log/inclusion.ts';
import type { Held, Judged, OpenedReceipt } from '../log/receipt.ts';
import type { Trust } from '../log/trust.ts';

// What the pages of receipts and of the bulletin board, and their worker, say to each other. `key`: the ledger's, as the
// service names it.

export interface Proven {
  inclusion: Inclusion;
  trust: Trust; // by which it was judged
}

// A ledger of this server and its keys.
export interface KnownLedger {
  uuid: string;
  origin: string;
  trust: Trust;
}

// `origin`: the ledger that the file names, null where it names none. `trust`: the keys that it was judged by, null
// where none for that ledger are known. `uuid`: the election of this server with that ledger.
export type Verdict =
  | { judged: Judged; origin: string | null; trust: Trust; uuid: string | null }
  | { judged: null; origin: string; trust: null; uuid: null };

export type ReceiptCall =
  | { type: 'prove'; uuid: string; key: string; receipt: Receipt }
  | { type: 'known'; uuids: string[] }
  | { type: 'judge'; file: Uint8Array; ledgers: KnownLedger[]; pasted: string }
  | { type: 'byLog'; uuid: string; file: Uint8Array; trust: Trust }
  | { type: 'held'; uuid: string; trust: Trust; receipt: OpenedReceipt };

export type ReceiptRequest = ReceiptCall & { id: number };

export interface ReceiptResults {
  prove: Proven;
  known: KnownLedger[];
  judge: Verdict | 'badKeys';
  byLog: Verdict | null; // by the keys that the log hands over; null where that tells no more
  held: Held;
}

export type ReceiptClient = WorkerClient<ReceiptCall, ReceiptResults>;
