import type { BoardItem } from '../base/api.ts';

// What the page that shows opened ballots and its worker say to each other.

export interface CheckRequest {
  run: number;
  origin: { type: 'file'; text: string } | { type: 'link'; uuid: string; fragment: string };
}

export interface HeldAnswer {
  question: string;
  names: string[];
  blank: boolean;
}

// What the ledger that this server keeps says of the tracker; `absent`: it has no such ballot, `elsewhere`: no such
// election, `unreachable`: it could not be asked.
export type Recorded =
  | { state: BoardItem['status']; seq: number; time: string; zone: string }
  | { state: 'absent' | 'elsewhere' | 'unreachable' };

export type CheckFailure =
  | 'notAFile' // neither an opening file nor an opening link
  | 'election'
  | 'ballot'
  | 'proofs'
  | 'noBallot' // a link's ballot is not in the ledger
  | 'unpublished' // or not yet in its published part
  | 'network';

export type CheckResult =
  | { ok: true; uuid: string; name: string; tracker: string; answers: HeldAnswer[]; recorded: Recorded }
  | { ok: false; failure: CheckFailure }
  | { ok: false; failure: 'randomness'; question: number; choice: number };

export type CheckReply = { run: number; result: CheckResult };
