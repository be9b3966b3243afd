import type { Proof } from '../crypto/proof.ts';
import { readEncryptedTally, readPartialDecryption, readStrongProofs } from '../ballot/decrypt.ts';
import type { EncryptedTally, PartialDecryption } from '../ballot/decrypt.ts';
import { electionOrFault, type Election } from '../ballot/election.ts';
import { count, hexHash, list, members, readValue, Refusal, text } from '../ballot/json.ts';
import { readCertificate, readCoefexps, readTrusteeKey } from '../ballot/trustees.ts';
import type { Certificate, Coefexps, TrusteeKey } from '../ballot/trustees.ts';
import { toHex } from '../crypto/bytes.ts';
import { sha256 } from '../crypto/hash.ts';
import { draft, oneOf, type Draft } from './draft.ts';
import { elementText, maxTrustees, maxVoters, rollChunk, voter, within, type EnrolledVoter } from './event-parts.ts';
import { pollingReaders, type PollingEvent } from './events-polling.ts';
import { readResult, readSizedTally, readTrustees } from './objects.ts';
import type { PublicCredential, TrusteeItem } from './objects.ts';

// Events of version 1 as schema/README.md tells them, with the protocol's objects in them read too. Ballots are only
// texts here, and credentials not yet known to be in the group: that is slow work for labour.ts.

export interface Share {
  owner: number;
  partial: PartialDecryption;
  strong: Proof[][];
}

export interface RecordedTally {
  tally: EncryptedTally;
  numTallied: number;
  totalWeight: number;
}

export type AuditEvent =
  | { type: 'LedgerOpened'; key: string; uuid: string }
  | { type: 'ElectionDrafted'; draft: Draft }
  | { type: 'TrusteeKeyPublished'; key: TrusteeKey; exact: string; trustee: number }
  | {
      type: 'TrusteeCertificatePublished';
      certificate: Certificate;
      exact: string;
      coefexpsHash: string;
      trustee: number;
    }
  | { type: 'TrusteeCoefexpsPublished'; coefexps: Coefexps; exact: string; shares: string[]; trustee: number }
  | { type: 'TrusteeShareConfirmed'; trustee: number; key: TrusteeKey; exact: string }
  | { type: 'KeyCeremonyRestarted'; reason: string }
  | { type: 'VotersEnrolled'; first: number; voters: EnrolledVoter[] }
  | { type: 'RollImported'; credentials: PublicCredential[]; place: string }
  | { type: 'RollSealed'; credentials: number; credentialsHash: string; voters: number }
  | {
      type: 'ElectionSealed';
      credentialsHash: string;
      exact: string;
      election: Election;
      trustees: TrusteeItem[];
      exactTrustees: string;
    }
  | { type: 'ElectionOpened' }
  | { type: 'VoterVerified'; method: 'credential'; credential: string }
  | { type: 'VoterVerified'; method: 'officer'; place: string; voter: string }
  | { type: 'BallotCast'; ballot: string }
  | { type: 'BallotChallenged'; ballot: string }
  | ({
      type: 'LiveTallyPublished';
      through: number;
      accepted: number;
      shares: Share[];
      counts: number[][];
    } & RecordedTally)
  | { type: 'ElectionClosed' }
  | ({ type: 'TallyComputed' } & RecordedTally)
  | ({ type: 'TallyDecrypted' } & Share)
  | { type: 'ResultPublished'; counts: number[][] }
  | { type: 'ResultCertified' }
  | PollingEvent;

export type EventType = AuditEvent['type'];
export type EventOf<T extends EventType> = Extract<AuditEvent, { type: T }>;

function share(object: Record<string, unknown>): Share {
  return {
    owner: count(object.owner),
    partial: within(object.partial_decryption, readPartialDecryption),
    strong: within(object.strong_proofs, readStrongProofs),
  };
}

function recordedTally(object: Record<string, unknown>): RecordedTally {
  const tally = within(object.encrypted_tally, readEncryptedTally);
  const sized = within(object.sized_tally, readSizedTally);
  if (sized.encryptedTally !== toHex(sha256(object.encrypted_tally as string))) {
    throw new Refusal('a sized tally of another encrypted tally');
  }
  return { tally, numTallied: sized.numTallied, totalWeight: sized.totalWeight };
}

const shareMembers = ['owner', 'partial_decryption', 'strong_proofs'];

function bare<T extends 'ElectionOpened' | 'ElectionClosed' | 'ResultCertified'>(
  type: T,
): (data: unknown) => { type: T } {
  return (data) => {
    members(data);
    return { type };
  };
}

function ballotOf<T extends 'BallotCast' | 'BallotChallenged'>(
  type: T,
): (data: unknown) => { type: T; ballot: string } {
  return (data) => ({ type, ballot: text(members(data, 'ballot').ballot) });
}

const readers: { [T in EventType]: (data: unknown) => EventOf<T> } = {
  LedgerOpened: (data) => {
    const { key, uuid } = members(data, 'key', 'uuid');
    return { type: 'LedgerOpened', key: text(key), uuid: text(uuid) };
  },
  ElectionDrafted: (data) => ({ type: 'ElectionDrafted', draft: draft(members(data, 'draft').draft) }),
  TrusteeKeyPublished: (data) => {
    const { public_key, trustee } = members(data, 'public_key', 'trustee');
    const key = within(public_key, readTrusteeKey);
    return { type: 'TrusteeKeyPublished', key, exact: public_key as string, trustee: count(trustee) };
  },
  TrusteeCertificatePublished: (data) => {
    const object = members(data, 'certificate', 'coefexps_hash', 'trustee');
    return {
      type: 'TrusteeCertificatePublished',
      certificate: within(object.certificate, readCertificate),
      exact: text(object.certificate),
      coefexpsHash: hexHash(object.coefexps_hash),
      trustee: count(object.trustee),
    };
  },
  TrusteeCoefexpsPublished: (data) => {
    const object = members(data, 'coefexps', 'shares', 'trustee');
    return {
      type: 'TrusteeCoefexpsPublished',
      coefexps: within(object.coefexps, readCoefexps),
      exact: text(object.coefexps),
      shares: list(object.shares, 1, maxTrustees, hexHash),
      trustee: count(object.trustee),
    };
  },
  TrusteeShareConfirmed: (data) => {
    const { trustee, verification_key } = members(data, 'trustee', 'verification_key');
    const key = within(verification_key, readTrusteeKey);
    return { type: 'TrusteeShareConfirmed', trustee: count(trustee), key, exact: text(verification_key) };
  },
  KeyCeremonyRestarted: (data) => ({ type: 'KeyCeremonyRestarted', reason: text(members(data, 'reason').reason) }),
  VotersEnrolled: (data) => {
    const object = members(data, 'first', 'voters');
    return { type: 'VotersEnrolled', first: count(object.first), voters: list(object.voters, 1, maxVoters, voter) };
  },
  RollImported: (data) => ({ type: 'RollImported', ...rollChunk(data) }),
  RollSealed: (data) => {
    const object = members(data, 'credentials', 'credentials_hash', 'voters');
    return {
      type: 'RollSealed',
      credentials: count(object.credentials),
      credentialsHash: hexHash(object.credentials_hash),
      voters: count(object.voters),
    };
  },
  ElectionSealed: (data) => {
    const object = members(data, 'credentials_hash', 'election', 'trustees');
    return {
      type: 'ElectionSealed',
      credentialsHash: hexHash(object.credentials_hash),
      exact: text(object.election),
      election: within(object.election, electionOrFault),
      trustees: within(object.trustees, readTrustees),
      exactTrustees: text(object.trustees),
    };
  },
  ElectionOpened: bare('ElectionOpened'),
  VoterVerified: (data) => {
    const method = oneOf((data as { method?: unknown }).method, 'credential', 'officer');
    if (method === 'credential') {
      const { credential } = members(data, 'credential', 'method');
      return { type: 'VoterVerified', method, credential: elementText(credential) };
    }
    const { place, voter } = members(data, 'method', 'place', 'voter');
    return { type: 'VoterVerified', method, place: text(place), voter: hexHash(voter) };
  },
  BallotCast: ballotOf('BallotCast'),
  BallotChallenged: ballotOf('BallotChallenged'),
  LiveTallyPublished: (data) => {
    const object = members(data, 'accepted', 'encrypted_tally', 'result', 'shares', 'sized_tally', 'through');
    return {
      type: 'LiveTallyPublished',
      accepted: count(object.accepted),
      through: count(object.through),
      counts: within(object.result, readResult),
      shares: list(object.shares, 1, maxTrustees, (each) => share(members(each, ...shareMembers))),
      ...recordedTally(object),
    };
  },
  ElectionClosed: bare('ElectionClosed'),
  TallyComputed: (data) => ({
    type: 'TallyComputed',
    ...recordedTally(members(data, 'encrypted_tally', 'sized_tally')),
  }),
  TallyDecrypted: (data) => ({ type: 'TallyDecrypted', ...share(members(data, ...shareMembers)) }),
  ResultPublished: (data) => ({
    type: 'ResultPublished',
    counts: within(members(data, 'result').result, readResult),
  }),
  ResultCertified: bare('ResultCertified'),
  ...pollingReaders,
};

const isKnown = (type: string): type is EventType => Object.keys(readers).includes(type);

// The event of an entry, or what is wrong with it.
export function readEvent(type: string, version: number, data: unknown): AuditEvent | string {
  if (!isKnown(type)) return `a type of event that is not known: ${type}`;
  if (version !== 1) return `version ${version} of ${type}, which is not known`;
  return readValue<AuditEvent>(data, readers[type]);
}
