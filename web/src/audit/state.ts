import type { Certificate, Coefexps, TrusteeKey } from '../ballot/trustees.ts';
import { toHex } from '../crypto/bytes.ts';
import { elementText } from '../crypto/group.ts';
import { sha256 } from '../crypto/hash.ts';
import type { Draft } from './draft.ts';
import type { AuditEvent, RecordedTally, Share } from './events.ts';
import type { Official, Step } from './events-polling.ts';
import type { CheckId } from './report.ts';

// What an audit knows of an election after the events it has read. Elements stand as texts, which compare faster.

export type Phase = 'none' | 'draft' | 'sealed' | 'open' | 'closed' | 'tallied' | 'certified' | 'cancelled';

export interface Member {
  certificate: Certificate;
  certificateText: string;
  coefexpsHash: string;
  coefexps: { read: Coefexps; exact: string } | null;
  confirmed: { key: TrusteeKey; exact: string } | null;
}

export const keysOf = ({ verification, encryption }: Certificate): string[] =>
  [verification, encryption].map(elementText);
export const certificateKeys = ({ ceremony }: { ceremony: Member[] }): string[] =>
  ceremony.flatMap(({ certificate }) => keysOf(certificate));

export const officialKey = ({ login, role, place }: Official): string => `${role}:${login} ${place ?? ''}`;

type Sealed = Extract<AuditEvent, { type: 'ElectionSealed' }>;

// Voters and credentials of one weight at one place, the reserve's apart.
export interface Pair {
  voters: number;
  credentials: number;
  reserve: number;
}

export interface Credential {
  place: string;
  weight: number;
  use: 'active' | 'reserve' | 'replaced';
}

export interface Voter {
  place: string;
  weight: number;
  attended: number | null; // the entry that says so
}

export interface Proposal {
  login: string;
  reason: string;
  entry: number | null;
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
  keys: string[] = []; // the ledger's, as its events name them; the last is in force
  draft: Draft | null = null;
  trustees: { key: TrusteeKey; exact: string }[] = [];
  ceremony: Member[] = [];
  voidKeys = new Set<string>(); // of certificates before the ceremony's last restart
  voters = new Map<string, Voter>(); // by commitment; kept after the sealing only where officers mark attendance
  enrolled = 0; // ever, also of those who were removed
  votersWeight = 0;
  pairs = new Map<string, Map<number, Pair>>();
  credentials = new Map<string, Credential>();
  rollSealed = false;
  sealed: Sealed | null = null;
  appointed = false; // whether anyone ever was
  officials = new Set<string>(); // see officialKey()
  proposals = new Map<Step, Proposal>();
  devices = new Map<string, { place: string; revoked: boolean }>();
  closesAt: string | null = null; // the schedule's, or that of the last extension
  verified = new Set<string>();
  attendances = new Map<number, string>(); // entry to commitment
  correctedAttendances = new Set<number>(); // entries
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
    if (!pair) weights.set(weight, (pair = { voters: 0, credentials: 0, reserve: 0 }));
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
  const weighted = [...state.credentials.values()].some(({ weight }) => weight !== 1);
  const items = keys.map((key) => (weighted ? `"${key},${state.credentials.get(key)!.weight}"` : `"${key}"`));
  return toHex(sha256(`[${items.join(',')}]`));
}
