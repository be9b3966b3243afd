import type { EnrolledVoter } from './event-parts.ts';
import type { AuditEvent } from './events.ts';
import type { JudgedBallot } from './labour.ts';
import type { Actor } from './permits.ts';
import { stepOf } from './rules-office.ts';
import { certificateKeys, officialKey, type State } from './state.ts';

// What each legal event changes.

// What was proposed to be sealed is no longer what would be sealed.
const changesSetup = ({ type }: AuditEvent): boolean =>
  type === 'ElectionDrafted' ||
  type === 'TrusteeKeyPublished' ||
  type === 'TrusteeCertificatePublished' ||
  type === 'TrusteeCoefexpsPublished' ||
  type === 'TrusteeShareConfirmed' ||
  type === 'KeyCeremonyRestarted' ||
  type === 'VotersEnrolled' ||
  type === 'VoterCorrected' ||
  type === 'VoterRemoved' ||
  type === 'RollImported' ||
  type === 'ReserveImported' ||
  type === 'CredentialsWithdrawn';

function enrol(state: State, { commitment, place, weight }: EnrolledVoter): void {
  state.voters.set(commitment, { place, weight, attended: null });
  state.pairAt(place, weight).voters++;
  state.votersWeight += weight;
}

function remove(state: State, commitment: string): void {
  const { place, weight } = state.voters.get(commitment)!;
  state.voters.delete(commitment);
  state.pairAt(place, weight).voters--;
  state.votersWeight -= weight;
}

// An attendance that was corrected while voters come is void: the voter can be marked again.
function correct(state: State, entry: number): void {
  const commitment = state.attendances.get(entry);
  if (commitment === undefined) return;
  state.correctedAttendances.add(entry);
  if (state.phase === 'open') state.voters.get(commitment)!.attended = null;
}

export function fold(state: State, event: AuditEvent, seq: number, actor: Actor, time: string): void {
  const step = stepOf(event);
  if (step !== null && event.type !== 'RollSealed') state.proposals.delete(step);
  if (changesSetup(event)) state.proposals.delete('seal');
  switch (event.type) {
    case 'LedgerOpened':
      state.uuid = event.uuid;
      state.keys = [event.key];
      break;
    case 'KeyRotated':
      state.keys.push(event.key.text);
      break;
    case 'ElectionDrafted':
      state.draft = event.draft;
      state.closesAt = event.draft.schedule?.closesAt ?? null;
      state.phase = 'draft';
      break;
    case 'TrusteeKeyPublished':
      state.trustees.push({ key: event.key, exact: event.exact });
      break;
    case 'TrusteeCertificatePublished': {
      const { certificate, exact, coefexpsHash } = event;
      state.ceremony.push({ certificate, certificateText: exact, coefexpsHash, coefexps: null, confirmed: null });
      break;
    }
    case 'TrusteeCoefexpsPublished':
      state.ceremony[event.trustee - 1]!.coefexps = { read: event.coefexps, exact: event.exact };
      break;
    case 'TrusteeShareConfirmed':
      state.ceremony[event.trustee - 1]!.confirmed = { key: event.key, exact: event.exact };
      break;
    case 'KeyCeremonyRestarted':
      for (const key of certificateKeys(state)) state.voidKeys.add(key);
      state.ceremony = [];
      break;
    case 'VotersEnrolled':
      for (const voter of event.voters) enrol(state, voter);
      state.enrolled += event.voters.length;
      break;
    case 'VoterCorrected':
      remove(state, event.was);
      enrol(state, event.voter);
      break;
    case 'VoterRemoved':
      remove(state, event.voter);
      break;
    case 'RollImported':
      for (const { key, weight } of event.credentials) {
        state.credentials.set(key, { place: event.place, weight, use: 'active' });
        state.pairAt(event.place, weight).credentials++;
      }
      break;
    case 'ReserveImported':
      for (const { key, weight } of event.credentials) {
        state.credentials.set(key, { place: event.place, weight, use: 'reserve' });
        state.pairAt(event.place, weight).reserve++;
      }
      break;
    case 'CredentialsWithdrawn':
      state.credentials.clear();
      for (const pair of [...state.pairs.values()].flatMap((weights) => [...weights.values()])) {
        pair.credentials = pair.reserve = 0;
      }
      break;
    case 'CredentialReplaced':
      state.credentials.get(event.lost)!.use = 'replaced';
      state.credentials.get(event.issued)!.use = 'active';
      break;
    case 'RollSealed':
      state.rollSealed = true;
      break;
    case 'ElectionSealed':
      state.sealed = event;
      state.phase = 'sealed';
      if (state.draft!.policies.verification === 'online') state.voters.clear();
      break;
    case 'ElectionOpened':
      state.phase = 'open';
      break;
    case 'VoterVerified':
      if (event.method === 'credential') state.verified.add(event.credential);
      else {
        state.voters.get(event.voter)!.attended = seq;
        state.attendances.set(seq, event.voter);
      }
      break;
    case 'LiveTallyPublished': {
      const { live } = state;
      const counted = live.since.filter(({ seq }) => seq <= event.through);
      state.live = {
        accepted: event.accepted,
        counted: event.numTallied,
        weight: event.totalWeight,
        time,
        since: live.since.slice(counted.length),
      };
      break;
    }
    case 'ElectionClosed':
      state.phase = 'closed';
      break;
    case 'TallyComputed':
      state.tally = event;
      break;
    case 'TallyDecrypted':
      state.shares.set(event.owner, event);
      break;
    case 'ResultPublished':
      state.result = event.counts;
      state.phase = 'tallied';
      break;
    case 'ResultCertified':
      state.phase = 'certified';
      break;
    case 'ElectionCancelled':
      state.phase = 'cancelled';
      break;
    case 'OfficialAppointed':
      state.appointed = true;
      state.officials.add(officialKey(event.official));
      break;
    case 'OfficialRevoked':
      state.officials.delete(officialKey(event.official));
      break;
    case 'StepProposed':
      state.proposals.set(event.step, { login: actor.login, reason: event.reason, entry: event.entry });
      break;
    case 'ProposalWithdrawn':
      state.proposals.delete(event.step);
      break;
    case 'CorrectionRecorded':
      correct(state, event.entry);
      break;
    case 'VotingExtended':
      state.closesAt = event.closesAt;
      break;
    case 'DeviceEnrolled':
      state.devices.set(event.device, { place: event.place, revoked: false });
      break;
    case 'DeviceRevoked':
      state.devices.get(event.device)!.revoked = true;
      break;
  }
}

function useUp(state: State, ballot: JudgedBallot): void {
  for (const ciphertext of ballot.ciphertexts.flat()) state.ciphertexts.add(ciphertext);
}

export function foldCast(state: State, seq: number, ballot: JudgedBallot): void {
  const { credential } = ballot;
  const weightAdded = state.lastBallot.has(credential) ? 0 : state.credentials.get(credential)!.weight;
  state.lastBallot.add(credential);
  state.votedWeight += weightAdded;
  state.trackers.add(ballot.tracker);
  useUp(state, ballot);
  state.ballots++;
  if (state.draft!.policies.tally === 'live') state.live.since.push({ seq, credential, weightAdded });
}

export function foldChallenge(state: State, ballot: JudgedBallot): void {
  state.challenged.add(ballot.tracker);
  state.challenges.set(ballot.credential, (state.challenges.get(ballot.credential) ?? 0) + 1);
  useUp(state, ballot);
}
