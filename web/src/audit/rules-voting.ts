import type { JudgedBallot } from './labour.ts';
import { breach, type Breach, type State } from './state.ts';

// Rules of ballots that need the others: whose they are, and that nothing stands twice.

const maxChallenges = 10;

export function signsIn(state: State, credential: string): Breach | null {
  if (state.verified.has(credential)) return breach('legality', 'a credential verified once', credential);
  return state.credentials.has(credential) ? null : breach('legality', 'a credential of the roll', credential);
}

function acceptable(state: State, ballot: JudgedBallot): Breach | null {
  const { fingerprint } = state.sealed!.election;
  if (ballot.electionUuid !== state.uuid || ballot.electionHash !== fingerprint) {
    return breach('ballots', `${state.uuid} ${fingerprint}`, `${ballot.electionUuid} ${ballot.electionHash}`);
  }
  if (!state.credentials.has(ballot.credential))
    return breach('ballots', 'a credential of the roll', ballot.credential);
  const all = ballot.ciphertexts.flat();
  const repeated = all.find((each, i) => state.ciphertexts.has(each) || all.indexOf(each) !== i);
  return repeated === undefined ? null : breach('ballots', 'no ciphertext twice', repeated);
}

export function casts(state: State, ballot: JudgedBallot): Breach | null {
  if (state.trackers.has(ballot.tracker)) return breach('ballots', 'no ballot twice', ballot.tracker);
  if (state.challenged.has(ballot.tracker)) return breach('ballots', 'no challenged ballot is cast', ballot.tracker);
  if (state.draft!.policies.revote === 'refused' && state.lastBallot.has(ballot.credential)) {
    return breach('ballots', 'one ballot a credential', ballot.credential);
  }
  return acceptable(state, ballot);
}

export function challenges(state: State, ballot: JudgedBallot): Breach | null {
  if (state.challenged.has(ballot.tracker)) return breach('ballots', 'no ballot challenged twice', ballot.tracker);
  if (state.trackers.has(ballot.tracker)) return breach('ballots', 'no cast ballot is challenged', ballot.tracker);
  if ((state.challenges.get(ballot.credential) ?? 0) >= maxChallenges) {
    return breach('ballots', `at most ${maxChallenges} challenges a credential`, ballot.credential);
  }
  return acceptable(state, ballot);
}
