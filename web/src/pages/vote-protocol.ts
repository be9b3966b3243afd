import type { WorkerClient } from '../base/worker-client.ts';
import type { Receipt } from '../log/inclusion.ts';
import type { Proven } from './receipt-protocol.ts';

// What the ballot page and its worker say to each other.

export interface ShownContest {
  question: string;
  min: number;
  max: number;
  blank: boolean;
  candidates: string[];
}

export interface SealedBallot {
  text: string;
  tracker: string;
}

// What opens a challenged ballot: the file, and the path of the page that shows it with the short form.
export interface RevealedBallot {
  file: string;
  path: string;
}

export type VoteCall =
  | { type: 'open'; uuid: string; text: string; fingerprint: string; contests: ShownContest[] }
  | { type: 'signIn'; code: string; nonce: string }
  | { type: 'encrypt'; marks: number[][] }
  | { type: 'reveal' }
  | { type: 'decideToCast' }
  | { type: 'forget' }
  | { type: 'inclusion'; uuid: string; key: string; receipt: Receipt };

export type VoteRequest = VoteCall & { id: number };
export type VoteReply =
  { id: number; progress: number } | { id: number; result: unknown } | { id: number; error: string };

export interface VoteResults {
  open: boolean;
  signIn: { credential: string; proof: string };
  encrypt: SealedBallot;
  reveal: RevealedBallot;
  decideToCast: null;
  forget: null;
  inclusion: Proven;
}

export type VoteClient = WorkerClient<VoteCall, VoteResults>;
