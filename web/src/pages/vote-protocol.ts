import type { CastableBallot } from '../ballot/index.ts';
import type { Inclusion, Receipt } from '../log/inclusion.ts';

// What the ballot page and its worker say to each other.

export interface ShownContest {
  question: string;
  min: number;
  max: number;
  candidates: string[];
}

export type VoteCall =
  | { type: 'open'; uuid: string; text: string; fingerprint: string; contests: ShownContest[] }
  | { type: 'signIn'; code: string; nonce: string }
  | { type: 'encrypt'; marks: number[][] }
  | { type: 'forget' }
  | { type: 'inclusion'; uuid: string; key: string; receipt: Receipt };

export type VoteRequest = VoteCall & { id: number };
export type VoteReply =
  { id: number; progress: number } | { id: number; result: unknown } | { id: number; error: string };

export interface VoteResults {
  open: boolean;
  signIn: { credential: string; proof: string };
  encrypt: CastableBallot;
  forget: null;
  inclusion: Inclusion;
}
