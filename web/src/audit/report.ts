import type { Seen } from '../log/note.ts';

// What an audit found out, in a form that passes between a worker and its page. The checks up to `witnesses` are those of
// `suara-verify`, by the same names and in the same order: two programs, one report.

export const checkIds = [
  'keys', // keys.json is well-formed and names the key that is known
  'checkpoint', // its form and signature
  'entries', // form and numbering of entries; of an archive: its bytes, names, data
  'chain', // each names the hash of the one before
  'signatures', // each entry's
  'tree', // root and tiles
  'legality', // each event in its phase, by someone who may, under the policies
  'roll', // voters, credentials, and what was sealed of them
  'trustees', // their keys' proofs, the key ceremony, the election's key
  'ballots', // each ballot: whose, every proof, signature, nothing repeated
  'tally', // the last ballot of each credential, multiplied
  'live_tallies', // the same for each live tally, with its decryption and counts
  'decryption', // both proofs of each share
  'result', // the counts are what the shares give
  'trackers', // no two ballots, cast or challenged, have one tracker
  'witnesses', // under a policy of witnesses: enough of them cosigned this very history
  'growth', // what this device saw before has only grown
  'stored', // the rows behind a served log are what was published
] as const;
export type CheckId = (typeof checkIds)[number];

export interface Check {
  id: CheckId;
  applies: boolean; // whether what is audited has such a thing
  count: number; // things checked
  faults: number;
  millis: number;
}

// `expected` and `found` are facts of the format: hashes, numbers, times, rules in the format's own terms. They are
// shown as they are in every language.
export interface Fault {
  check: CheckId;
  seq: number | null; // of the entry, or the event of an archive
  path: string | null;
  expected: string;
  found: string;
}

export interface KnownCheckpoint {
  size: number;
  root: string; // base64
  note: string | null; // as it was signed; null: remembered before notes were
}

// A ledger as the reader's own device saw and verified it before.
export interface KnownLedger {
  origin: string;
  key: string | null; // its first
  checkpoints: KnownCheckpoint[];
}

// All that it remembers of an election: as a rule one ledger.
export type Memory = KnownLedger[];

// What this device saw, signed, and what is signed now: both cannot be true. `key`: it knows the election by other keys
// or names than what is shown now.
export type Contradiction =
  { kind: 'fork' | 'rollback'; seen: KnownCheckpoint } | { kind: 'key'; known: KnownLedger[] };

export interface EntryRow {
  type: string;
  time: string;
  actor: string;
}

// What the record says of its election, as far as it was understood.
export interface AuditedElection {
  uuid: string;
  name: string;
  questions: { question: string; choices: (string | null)[] }[]; // null: the blank vote
  ballots: number; // cast
  challenged: number;
  counted: number; // credentials with a ballot
  weight: number; // of them
  result: number[][] | null; // [question][choice]
}

export type Note =
  | 'no-result' // none is published yet
  | 'no-strong-proofs' // shares carry version 1's proofs only
  | 'unwitnessed' // enough witnesses saw no checkpoint yet
  | 'partly-witnessed'; // the last entries nobody but the service vouches for yet

// Under a policy of witnesses: what each has cosigned, and who saw the largest checkpoint that enough of them saw.
export interface Witnessed {
  needed: number;
  witnesses: { name: string; keyId: string; newest: { size: number; time: number } | null }[]; // seconds since 1970
  seen: Seen[];
  size: number; // of that checkpoint; 0: there is none
  awaited: boolean; // the outcome is told, and too few have seen it: a fault, unless they come
}

// `unwitnessed`: nothing is wrong but that too few witnesses have seen the outcome yet.
export type Verdict = 'intact' | 'unwitnessed' | 'broken' | 'unreadable';

export interface Report {
  kind: 'ledger' | 'bel';
  verdict: Verdict;
  origin: string | null;
  size: number; // entries, or events of an archive
  root: string | null;
  key: string | null;
  keyKnown: boolean; // the key is the one remembered from before
  comparedWith: number | null; // size of the largest remembered checkpoint that this log was found to extend
  olderThanKnown: boolean; // a bundle may be older than what was seen; a served log may not
  lastTime: string | null;
  election: AuditedElection | null;
  notes: Note[];
  checks: Check[];
  faults: Fault[]; // by place, at most maxFaults of them
  faultCount: number;
  millis: number;
  witnessed: Witnessed | null;
  note: string | null; // the checkpoint as it is signed
  contradicted: Contradiction | null; // by what the device remembers
  goneOnFrom: number; // entries that this device had audited before and did not audit again
  rows: EntryRow[]; // one an entry; a form fault leaves empty texts
}

export const maxFaults = 100;
