// The shapes of schema/openapi.yaml that pages read.

export type Phase = 'draft' | 'sealed' | 'open' | 'closed' | 'tallied' | 'certified' | 'cancelled';
// The way of an election that is not cancelled.
export const phases: readonly Phase[] = ['draft', 'sealed', 'open', 'closed', 'tallied', 'certified'];

export type Verification = 'online' | 'polling-place' | 'both';

export interface ElectionSummary {
  uuid: string;
  name: string;
  description: string;
  phase: Phase;
  time_zone: string;
  policies: { tally: 'live' | 'sealed'; revote: 'last-counts' | 'refused'; verification: Verification; min_batch: number };
  voters: number;
  voted: number;
  ballots: number;
  entries: number;
  drafted_at: string | null;
  sealed_at: string | null;
  opened_at: string | null;
  closed_at: string | null;
  tallied_at: string | null;
  certified_at: string | null;
  cancelled_at?: string | null;
  cancel_reason?: string | null;
  schedule?: { opens_at: string; closes_at: string } | null;
  closes_at?: string | null; // the schedule's, or the latest extension's
  approval?: 'single' | 'two';
}

export interface Candidate {
  number: number;
  name: string;
  vision: string;
  mission: string[];
  photo?: string; // its SHA-256, as /photos/ takes it
}

export interface Contest {
  question: string;
  min: number;
  max: number;
  blank?: boolean; // may be answered by a blank vote instead
  candidates: Candidate[];
}

export type CeremonyStep = 'certificates' | 'coefexps' | 'confirmations' | 'done';

export interface Election extends ElectionSummary {
  administrator: string;
  credential_authority: string;
  credentials: number;
  total_weight?: number; // of all credentials; absent where each weighs 1
  places: { id: string; name: string; voters: number; credentials: number }[];
  contests: Contest[];
  trustees: { expected: number; keys: string[]; decrypted: number[]; missing: string[] };
  threshold?: { needed: number; trustees: number; step: CeremonyStep } | null;
  ledger: { origin: string; key: string };
  election: string | null;
  fingerprint: string | null;
}

export interface AsOf {
  entries: number;
  time: string | null;
}

export interface Turnout {
  as_of: AsOf;
  voters: number;
  voted: number;
  ballots: number;
  // `verified`: marked as present by an officer, where people vote at polling places
  places: { id: string; name: string; voters: number; voted: number; verified?: number }[];
  hours: { hour: string; voted: number; ballots: number; verified?: number }[];
}

export interface Tally {
  as_of: AsOf;
  status: 'none' | 'sealed' | 'preliminary' | 'tallied' | 'certified';
  through: number | null;
  accepted: number;
  counted: number;
  total_weight?: number; // of the ballots that count; absent while there are no counts
  contests: {
    question: string;
    blank: boolean;
    candidates: { number: number; name: string; count: number | null }[];
  }[];
  counts: (number | null)[][]; // [contest][choice], the blank votes first where the contest has blank
}

export interface LedgerHead {
  origin: string;
  key: string;
  size: number;
  checkpoint: { size: number; root: string } | null;
  projections: { name: string; position: number; lag: number; stopped?: string | null }[];
}

export interface Session {
  login: string;
  role: string;
  csrf_token: string;
  expires: string;
}

export interface BallotReceipt {
  tracker: string;
  seq: number;
  leaf: string;
  time: string;
}

export interface BoardItem {
  seq: number;
  time: string;
  tracker: string;
  status: 'counted' | 'replaced' | 'challenged';
}

export interface CeremonyMember {
  trustee: number;
  actor: string; // "role:login"
  certificate: string;
  coefexps_hash: string;
  coefexps?: string;
  confirmed: boolean;
}

export interface Ceremony {
  needed: number;
  trustees: number;
  step: CeremonyStep;
  members: CeremonyMember[];
}

export interface TrusteeOwner {
  owner: number;
  key: string;
  kind: 'single' | 'threshold';
  actor: string;
}

export interface Decryption {
  election: string;
  encrypted_tally: string;
  trustees: string;
  owners: TrusteeOwner[];
  submitted: number[];
  needed: { mandatory: number[]; groups: { absent: number[]; missing: number }[] };
}
