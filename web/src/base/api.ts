// The shapes of schema/openapi.yaml that pages read.

export type Phase = 'draft' | 'sealed' | 'open' | 'closed' | 'tallied' | 'certified' | 'cancelled';
// The way of an election that is not cancelled.
export const phases: readonly Phase[] = ['draft', 'sealed', 'open', 'closed', 'tallied', 'certified'];

export interface Policies {
  tally: 'live' | 'sealed';
  revote: 'last-counts' | 'refused';
  verification: 'online' | 'polling-place' | 'both';
  min_batch: number;
  approval?: 'single' | 'two'; // absent: single
  witnesses?: WitnessPolicy; // absent: nobody must witness
}

// Any `needed` of these verifier keys must cosign a checkpoint.
export interface WitnessPolicy {
  needed: number;
  keys: string[];
}

export interface Witness {
  name: string;
  key: string;
  url?: string;
  size: number; // of the largest checkpoint it cosigned, 0 where none is known
  time: string | null;
  state: 'current' | 'behind' | 'unreachable' | 'refused';
  detail: string; // English; may be empty
}

export interface Witnesses {
  policy: WitnessPolicy | null;
  witnesses: Witness[];
  witnessed: { size: number; time: string } | null;
}

export interface ElectionSummary {
  uuid: string;
  name: string;
  description: string;
  phase: Phase;
  time_zone: string;
  policies: Policies;
  voters: number;
  voted: number;
  ballots: number;
  entries: number;
  fault?: string | null; // why nothing is recorded any more
  drafted_at: string | null;
  sealed_at: string | null;
  opened_at: string | null;
  closed_at: string | null;
  tallied_at: string | null;
  certified_at: string | null;
  cancelled_at?: string | null;
  cancel_reason?: string | null;
  schedule?: { opens_at: string; closes_at: string } | null;
  closes_at?: string | null; // the schedule's, or what it was put off to
}

export interface Candidate {
  number: number;
  name: string;
  vision: string;
  mission: string[];
  photo?: string; // SHA-256 of the picture, which is at /api/v1/photos/<photo>
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
  draft_seq: number; // of the entry that holds the draft in force
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
  verified: number; // marked by an officer, or signed in on a device of their own
  attended: number; // of these, marked by an officer
  voted: number;
  ballots: number;
  places: { id: string; name: string; voters: number; verified: number; attended: number; voted: number }[];
  hours: { hour: string; verified: number; voted: number; ballots: number }[];
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

// An entry as the public list of events shows it.
export interface Activity {
  seq: number;
  time: string;
  type: string;
  actor: string;
  data: Record<string, unknown> | null; // null: too long to be listed
}

export interface Incident {
  seq: number;
  time: string;
  by: string;
  text: string;
  entries: number[];
}

export interface Session {
  login: string;
  role: string;
  csrf_token: string;
  expires: string;
  totp?: boolean; // a second factor is asked for at the log-in
}

export type RoleName =
  'administrator' | 'committee' | 'registrar' | 'officer' | 'trustee' | 'witness' | 'supervisor' | 'auditor';

// What one who is logged in is in one election, and the names of the commands that this allows in some phase.
export interface Me {
  login: string;
  roles: { role: RoleName; place?: string }[];
  may: string[];
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
