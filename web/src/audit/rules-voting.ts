import type { EventOf } from './events.ts';
import type { JudgedBallot } from './labour.ts';
import type { CheckId } from './report.ts';
import { beforeTheEnd } from './rules-office.ts';
import { breach, type Breach, type State } from './state.ts';

// Rules of ballots that need the others: whose they are, and that nothing stands twice.

const maxChallenges = 10;

export function verifies(state: State, event: EventOf<'VoterVerified'>, time: string): Breach | null {
  const late = beforeTheEnd(state, time);
  if (late) return late;
  return event.method === 'credential' ? signsIn(state, event.credential) : attends(state, event.voter, event.place);
}

// Someone with this credential, wherever they are.
function signsIn(state: State, credential: string): Breach | null {
  if (state.draft!.policies.verification === 'polling-place') {
    return breach('legality', 'an officer under the policy polling-place', 'credential');
  }
  if (state.verified.has(credential)) return breach('legality', 'a credential verified once', credential);
  return inUse(state, credential, 'legality');
}

// Someone whom an officer knows, at a polling place.
function attends(state: State, commitment: string, place: string): Breach | null {
  const { verification } = state.draft!.policies;
  if (verification === 'online') return breach('legality', 'a credential under the policy online', 'officer');
  const voter = state.voters.get(commitment);
  if (!voter) return breach('legality', 'a voter of the roll', commitment);
  if (voter.place !== place) return breach('legality', `the place ${voter.place}`, place);
  return voter.attended === null ? null : breach('legality', 'a voter who attends once', `entry ${voter.attended}`);
}

function inUse(state: State, credential: string, check: CheckId): Breach | null {
  const use = state.credentials.get(credential)?.use ?? 'none of the roll';
  return use === 'active' ? null : breach(check, 'a credential of the roll that is in use', `${use}: ${credential}`);
}

function acceptable(state: State, ballot: JudgedBallot): Breach | null {
  const { fingerprint } = state.sealed!.election;
  if (ballot.electionUuid !== state.uuid || ballot.electionHash !== fingerprint) {
    return breach('ballots', `${state.uuid} ${fingerprint}`, `${ballot.electionUuid} ${ballot.electionHash}`);
  }
  const unused = inUse(state, ballot.credential, 'ballots');
  if (unused) return unused;
  const all = ballot.ciphertexts.flat();
  const repeated = all.find((each, i) => state.ciphertexts.has(each) || all.indexOf(each) !== i);
  return repeated === undefined ? null : breach('ballots', 'no ciphertext twice', repeated);
}

export function casts(state: State, ballot: JudgedBallot, time: string): Breach | null {
  const late = beforeTheEnd(state, time);
  if (late) return late;
  if (state.trackers.has(ballot.tracker)) return breach('ballots', 'no ballot twice', ballot.tracker);
  if (state.challenged.has(ballot.tracker)) return breach('ballots', 'no challenged ballot is cast', ballot.tracker);
  if (state.draft!.policies.revote === 'refused' && state.lastBallot.has(ballot.credential)) {
    return breach('ballots', 'one ballot a credential', ballot.credential);
  }
  return acceptable(state, ballot);
}

export function challenges(state: State, ballot: JudgedBallot, time: string): Breach | null {
  const late = beforeTheEnd(state, time);
  if (late) return late;
  if (state.challenged.has(ballot.tracker)) return breach('ballots', 'no ballot challenged twice', ballot.tracker);
  if (state.trackers.has(ballot.tracker)) return breach('ballots', 'no cast ballot is challenged', ballot.tracker);
  if ((state.challenges.get(ballot.credential) ?? 0) >= maxChallenges) {
    return breach('ballots', `at most ${maxChallenges} challenges a credential`, ballot.credential);
  }
  return acceptable(state, ballot);
}
