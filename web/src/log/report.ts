// What a verification found out, in a form that passes between a worker and its page.

export const checkIds = [
  'keys',
  'checkpoint',
  'files',
  'form',
  'order',
  'chain',
  'time',
  'signatures',
  'root',
  'tiles',
  'growth',
  'stored',
] as const;
export type CheckId = (typeof checkIds)[number];

export interface Check {
  id: CheckId;
  count: number; // things checked
  faults: number;
  millis: number;
}

// `expected` and `found` are hashes, numbers, times or file contents' facts: shown as they are in every language.
export interface Fault {
  check: CheckId;
  seq: number | null;
  path: string | null;
  expected: string;
  found: string;
}

export interface KnownCheckpoint {
  size: number;
  root: string; // base64
}

// What the reader's own device remembers of this ledger from earlier, verified visits.
export interface Memory {
  key: string | null;
  checkpoints: KnownCheckpoint[];
}

export interface EntryRow {
  type: string;
  time: string;
  actor: string;
}

export interface Report {
  verdict: 'intact' | 'broken' | 'unreadable';
  origin: string | null;
  size: number;
  root: string | null;
  key: string | null;
  keyKnown: boolean; // the key is the one remembered from before
  comparedWith: number | null; // size of the largest remembered checkpoint that this log was found to extend
  olderThanKnown: boolean; // a bundle may be older than what was seen; a served log may not
  lastTime: string | null;
  checks: Check[];
  faults: Fault[]; // by place, at most maxFaults of them
  faultCount: number;
  millis: number;
  rows: EntryRow[]; // one an entry; a form fault leaves empty texts
}

export const maxFaults = 100;
export const entryChecks: readonly CheckId[] = ['form', 'order', 'chain', 'time', 'signatures'];
