import type { AuditEvent } from './events.ts';
import type { JudgedBallot } from './labour.ts';
import { certificateKeys, type State } from './state.ts';

// What each legal event changes.

export function fold(state: State, event: AuditEvent, time: string): void {
  switch (event.type) {
    case 'LedgerOpened':
      state.uuid = event.uuid;
      break;
    case 'ElectionDrafted':
      state.draft = event.draft;
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
      for (const { commitment, place, weight } of event.voters) {
        state.commitments.add(commitment);
        state.pairAt(place, weight).voters++;
        state.votersWeight += weight;
      }
      state.voters += event.voters.length;
      break;
    case 'RollImported':
      for (const { key, weight } of event.credentials) {
        state.credentials.set(key, weight);
        state.pairAt(event.place, weight).credentials++;
      }
      break;
    case 'RollSealed':
      state.rollSealed = true;
      break;
    case 'ElectionSealed':
      state.sealed = event;
      state.phase = 'sealed';
      state.commitments.clear();
      break;
    case 'ElectionOpened':
      state.phase = 'open';
      break;
    case 'VoterVerified':
      state.verified.add(event.credential);
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
  }
}

function useUp(state: State, ballot: JudgedBallot): void {
  for (const ciphertext of ballot.ciphertexts.flat()) state.ciphertexts.add(ciphertext);
}

export function foldCast(state: State, seq: number, ballot: JudgedBallot): void {
  const { credential } = ballot;
  const weightAdded = state.lastBallot.has(credential) ? 0 : state.credentials.get(credential)!;
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
