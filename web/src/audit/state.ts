import type { Certificate, Coefexps, TrusteeKey } from '../ballot/trustees.ts';
import { toHex } from '../crypto/bytes.ts';
import { elementText } from '../crypto/group.ts';
import { sha256 } from '../crypto/hash.ts';
import type { Draft } from './draft.ts';
import type { AuditEvent, RecordedTally, Share } from './events.ts';
import type { CheckId } from './report.ts';

// What an audit knows of an election after the events it has read. Elements stand as texts, which compare faster.

export type Phase = 'none' | 'draft' | 'sealed' | 'open' | 'closed' | 'tallied' | 'certified';

export interface Member {
  certificate: Certificate;
  certificateText: string;
  coefexpsHash: string;
  coefexps: { read: Coefexps; exact: string } | null;
  confirmed: { key: TrusteeKey; exact: string } | null;
}

export const keysOf = ({ verification, encryption }: Certificate): string[] => [verification, encryption].map(elementText);
export const certificateKeys = ({ ceremony }: { ceremony: Member[] }): string[] =>
  ceremony.flatMap(({ certificate }) => keysOf(certificate));

type Sealed = Extract<AuditEvent, { type: 'ElectionSealed' }>;

// Voters and credentials of one weight at one place.
export interface Pair {
  voters: number;
  credentials: number;
}

export interface Cast {
  seq: number;
  credential: string;
  weightAdded: number; // 0 where the credential had a ballot before
}

export class State {
  phase: Phase = 'none';
  size = 0;
  lastTime = '';
  uuid = '';
  draft: Draft | null = null;
  trustees: { key: TrusteeKey; exact: string }[] = [];
  ceremony: Member[] = [];
  voidKeys = new Set<string>(); // of certificates before the ceremony's last restart
  commitments = new Set<string>();
  pairs = new Map<string, Map<number, Pair>>();
  voters = 0;
  votersWeight = 0;
  credentials = new Map<string, number>(); // to the weight
  rollSealed = false;
  sealed: Sealed | null = null;
  verified = new Set<string>();
  trackers = new Set<string>();
  challenged = new Set<string>();
  challenges = new Map<string, number>();
  ciphertexts = new Set<string>();
  lastBallot = new Set<string>(); // credentials with a ballot
  votedWeight = 0;
  ballots = 0;
  // Of live tallies: what they counted so far, and the ballots since.
  live = { accepted: 0, counted: 0, weight: 0, time: '', since: [] as Cast[] };
  tally: RecordedTally | null = null;
  shares = new Map<number, Share>();
  result: number[][] | null = null;

  pairAt(place: string, weight: number): Pair {
    let weights = this.pairs.get(place);
    if (!weights) this.pairs.set(place, (weights = new Map<number, Pair>()));
    let pair = weights.get(weight);
    if (!pair) weights.set(weight, (pair = { voters: 0, credentials: 0 }));
    return pair;
  }
}

// A rule that was broken.
export interface Breach {
  check: CheckId;
  rule: string;
  found: string;
}

export const breach = (check: CheckId, rule: string, found: unknown = ''): Breach => ({
  check,
  rule,
  found: String(found),
});

// SHA-256 of the Belenios list of all credentials, sorted; weights stand with all where one is not 1.
export function credentialsHash(state: State): string {
  const keys = [...state.credentials.keys()].sort();
  const weighted = [...state.credentials.values()].some((weight) => weight !== 1);
  const items = keys.map((key) => (weighted ? `"${key},${state.credentials.get(key)}"` : `"${key}"`));
  return toHex(sha256(`[${items.join(',')}]`));
}
