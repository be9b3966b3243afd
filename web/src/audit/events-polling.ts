import { count, element, hexHash, list, members, Refusal, text } from '../ballot/json.ts';
import { fromBase64 } from '../crypto/bytes.ts';
import { elementText } from '../crypto/group.ts';
import { readVerifierKey, type VerifierKey } from '../log/note.ts';
import { oneOf, timeText } from './draft.ts';
import { rollChunk, voter, type EnrolledVoter } from './event-parts.ts';
import type { PublicCredential } from './objects.ts';

// Events of polling day: who holds which office, steps that two agree on, changes of the roll, devices, incidents.

export const appointable = [
  ...(['committee', 'registrar', 'officer', 'trustee', 'witness', 'supervisor', 'auditor'] as const),
];

export interface Official {
  login: string;
  role: (typeof appointable)[number];
  place: string | null; // exactly of an officer
}

const steps = ['seal', 'close', 'certify', 'cancel', 'correct'] as const;
export type Step = (typeof steps)[number];

export type PollingEvent =
  | { type: 'OfficialAppointed'; official: Official }
  | { type: 'OfficialRevoked'; official: Official; reason: string }
  | { type: 'StepProposed'; step: Step; reason: string; entry: number | null }
  | { type: 'ProposalWithdrawn'; step: Step }
  | { type: 'ElectionCancelled'; reason: string }
  | { type: 'CorrectionRecorded'; entry: number; reason: string }
  | { type: 'VotingExtended'; closesAt: string; reason: string }
  | { type: 'ReserveImported'; credentials: PublicCredential[]; place: string }
  | { type: 'CredentialReplaced'; lost: string; issued: string; reason: string }
  | { type: 'CredentialsWithdrawn'; reason: string }
  | { type: 'VoterCorrected'; was: string; voter: EnrolledVoter; reason: string }
  | { type: 'VoterRemoved'; voter: string; reason: string }
  | { type: 'DeviceEnrolled'; device: string; name: string; place: string }
  | { type: 'DeviceRevoked'; device: string; reason: string }
  | { type: 'IncidentNoted'; text: string; entries: number[] }
  | { type: 'KeyRotated'; key: VerifierKey; proof: Uint8Array };

type Readers = { [T in PollingEvent['type']]: (data: unknown) => Extract<PollingEvent, { type: T }> };

const maxIncidentEntries = 20;

function official(login: unknown, role: unknown, place: unknown): Official {
  return { login: text(login), role: oneOf(role, ...appointable), place: place === undefined ? null : text(place) };
}

// A credential that is compared with others; few events have one, so it is read here and not by other hands.
const credential = (value: unknown): string => elementText(element(value));

function reasonOf<T extends 'ElectionCancelled' | 'CredentialsWithdrawn'>(
  type: T,
): (data: unknown) => { type: T; reason: string } {
  return (data) => ({ type, reason: text(members(data, 'reason').reason) });
}

export const pollingReaders: Readers = {
  OfficialAppointed: (data) => {
    const { login, place, role } = members(data, 'login', 'place?', 'role');
    return { type: 'OfficialAppointed', official: official(login, role, place) };
  },
  OfficialRevoked: (data) => {
    const { login, place, reason, role } = members(data, 'login', 'place?', 'reason', 'role');
    return { type: 'OfficialRevoked', official: official(login, role, place), reason: text(reason) };
  },
  StepProposed: (data) => {
    const { entry, reason, step } = members(data, 'entry?', 'reason', 'step');
    const of = entry === undefined ? null : count(entry);
    return { type: 'StepProposed', step: oneOf(step, ...steps), reason: text(reason), entry: of };
  },
  ProposalWithdrawn: (data) => ({ type: 'ProposalWithdrawn', step: oneOf(members(data, 'step').step, ...steps) }),
  ElectionCancelled: reasonOf('ElectionCancelled'),
  CorrectionRecorded: (data) => {
    const { entry, reason } = members(data, 'entry', 'reason');
    return { type: 'CorrectionRecorded', entry: count(entry), reason: text(reason) };
  },
  VotingExtended: (data) => {
    const { closes_at, reason } = members(data, 'closes_at', 'reason');
    return { type: 'VotingExtended', closesAt: timeText(closes_at), reason: text(reason) };
  },
  ReserveImported: (data) => ({ type: 'ReserveImported', ...rollChunk(data) }),
  CredentialReplaced: (data) => {
    const { issued, lost, reason } = members(data, 'issued', 'lost', 'reason');
    return { type: 'CredentialReplaced', lost: credential(lost), issued: credential(issued), reason: text(reason) };
  },
  CredentialsWithdrawn: reasonOf('CredentialsWithdrawn'),
  VoterCorrected: (data) => {
    const object = members(data, 'reason', 'voter', 'was');
    return {
      type: 'VoterCorrected',
      reason: text(object.reason),
      voter: voter(object.voter),
      was: hexHash(object.was),
    };
  },
  VoterRemoved: (data) => {
    const object = members(data, 'reason', 'voter');
    return { type: 'VoterRemoved', reason: text(object.reason), voter: hexHash(object.voter) };
  },
  DeviceEnrolled: (data) => {
    const { device, name, place } = members(data, 'device', 'name', 'place');
    return { type: 'DeviceEnrolled', device: text(device), name: text(name), place: text(place) };
  },
  DeviceRevoked: (data) => {
    const { device, reason } = members(data, 'device', 'reason');
    return { type: 'DeviceRevoked', device: text(device), reason: text(reason) };
  },
  IncidentNoted: (data) => {
    const { entries, text: told } = members(data, 'entries', 'text');
    return {
      type: 'IncidentNoted',
      entries: list(entries, 0, maxIncidentEntries, (each) => count(each)),
      text: text(told),
    };
  },
  KeyRotated: (data) => {
    const { key, proof } = members(data, 'key', 'proof');
    const read = readVerifierKey(text(key));
    const signature = fromBase64(text(proof));
    if (!read) throw new Refusal("not a ledger's key");
    if (signature?.length !== 64) throw new Refusal('not a signature');
    return { type: 'KeyRotated', key: read, proof: signature };
  },
};
