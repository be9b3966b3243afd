import { ciphertextsOf, faultOfBallot, readBallot } from '../ballot/ballot.ts';
import { readElection, type Election } from '../ballot/election.ts';
import { elementText, parseElement } from '../crypto/group.ts';

// The slow work of an audit, in pieces that any worker can do by itself.

export type Job = { kind: 'ballot'; election: string; ballot: string } | { kind: 'elements'; texts: string[] };

export interface JudgedBallot {
  electionUuid: string;
  electionHash: string;
  credential: string;
  tracker: string;
  ciphertexts: string[][]; // [question][choice], "alpha,beta"
  fault: string | null; // a wrong proof, signature, shape
}

export interface Outcomes {
  ballot: JudgedBallot | string; // a text: it cannot be read
  elements: number; // index of the first that is not in the group, or -1
}

let known: { text: string; election: Election | null } | null = null;

function electionOf(text: string): Election | null {
  if (known?.text !== text) known = { text, election: readElection(text) };
  return known.election;
}

function judgeBallot(electionText: string, ballotText: string): JudgedBallot | string {
  const ballot = readBallot(ballotText);
  if (typeof ballot === 'string') return ballot;
  const election = electionOf(electionText);
  const all = ciphertextsOf(ballot);
  let at = 0;
  return {
    electionUuid: ballot.electionUuid,
    electionHash: ballot.electionHash,
    credential: elementText(ballot.credential),
    tracker: ballot.tracker,
    ciphertexts: ballot.answers.map(({ choices }) => all.slice(at, (at += choices.length))),
    fault: election ? faultOfBallot(election, ballot) : 'no election to judge it by',
  };
}

export function work<J extends Job>(job: J): Outcomes[J['kind']] {
  const done =
    job.kind === 'ballot'
      ? judgeBallot(job.election, job.ballot)
      : job.texts.findIndex((text) => parseElement(text) === null);
  return done as Outcomes[J['kind']];
}

export interface Labour {
  run<J extends Job>(job: J): Promise<Outcomes[J['kind']]>;
}

// All in this thread, one after the other, each when its turn comes.
export const ownLabour: Labour = {
  run: async (job) => work(job),
};
