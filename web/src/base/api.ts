// The shapes of schema/openapi.yaml that pages read.

export type Phase = 'draft' | 'sealed' | 'open' | 'closed' | 'tallied' | 'certified';
export const phases: readonly Phase[] = ['draft', 'sealed', 'open', 'closed', 'tallied', 'certified'];

export interface ElectionSummary {
  uuid: string;
  name: string;
  description: string;
  phase: Phase;
  time_zone: string;
  policies: { tally: 'live' | 'sealed'; revote: 'last-counts' | 'refused'; verification: string; min_batch: number };
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
}

export interface Candidate {
  number: number;
  name: string;
  vision: string;
  mission: string[];
}

export interface Contest {
  question: string;
  min: number;
  max: number;
  candidates: Candidate[];
}

export interface Election extends ElectionSummary {
  administrator: string;
  credential_authority: string;
  credentials: number;
  places: { id: string; name: string; voters: number; credentials: number }[];
  contests: Contest[];
  trustees: { expected: number; keys: string[]; decrypted: number[] };
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
  places: { id: string; name: string; voters: number; voted: number }[];
  hours: { hour: string; voted: number; ballots: number }[];
}

export interface Tally {
  as_of: AsOf;
  status: 'none' | 'sealed' | 'preliminary' | 'tallied' | 'certified';
  through: number | null;
  accepted: number;
  counted: number;
  contests: { question: string; candidates: { number: number; name: string; count: number | null }[] }[];
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
  status: 'counted' | 'replaced';
}
