import { concat, fromBase64, fromBase64Url, toBase64NoPadding, toBase64Url } from '../crypto/bytes.ts';
import * as group from '../crypto/group.ts';
import type { Scalar } from '../crypto/group.ts';
import { faultOfBallot, readBallot } from './ballot.ts';
import type { Ciphertext } from './ciphertext.ts';
import { choicesOf, readElection, type Election } from './election.ts';

// What opens a challenged ballot: the randomness of each of its ciphertexts, with which anyone can see what it holds.

export interface Opening {
  election: string; // the Belenios election's exact text
  ballot: string; // the ballot's exact text
  randomness: Scalar[][]; // [question][choice]
}

export function openingJson({ election, ballot, randomness }: Opening): string {
  return JSON.stringify({
    version: 1,
    election,
    ballot,
    randomness: randomness.map((row) => row.map(group.scalarText)),
  });
}

// null where the text is not an opening file
export function readOpening(text: string): Opening | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  if (Object.keys(value).sort().join() !== 'ballot,election,randomness,version') return null;
  const { version, election, ballot, randomness } = value as Record<string, unknown>;
  if (version !== 1 || typeof election !== 'string' || typeof ballot !== 'string' || !Array.isArray(randomness)) {
    return null;
  }
  const rows = randomness.map((row: unknown) =>
    Array.isArray(row) ? row.map((item) => (typeof item === 'string' ? group.parseScalar(item) : null)) : [null],
  );
  return rows.flat().includes(null) ? null : { election, ballot, randomness: rows as Scalar[][] };
}

// The short form for a QR code: it names the ballot by its tracker, and the page fetches election and ballot from the
// log. It stands after the '#', which browsers send to no server.
export function openingLink(uuid: string, tracker: string, randomness: Scalar[][]): string {
  const hash = fromBase64(`${tracker}=`)!;
  return `/check/${uuid}#${toBase64Url(hash)}.${toBase64Url(concat(...randomness.flat()))}`;
}

export interface LinkedOpening {
  tracker: string;
  scalars: Scalar[];
}

// `fragment` with or without its '#'. null where it is not of this form.
export function readOpeningLink(fragment: string): LinkedOpening | null {
  const [tracker, opened, ...rest] = fragment.replace(/^#/, '').split('.');
  const hash = tracker && fromBase64Url(tracker);
  const bytes = opened && fromBase64Url(opened);
  if (!hash || hash.length !== 32 || !bytes || rest.length > 0 || bytes.length % 32 !== 0) return null;
  const scalars: Scalar[] = [];
  for (let at = 0; at < bytes.length; at += 32) {
    const scalar = group.scalarFromBytes(bytes.subarray(at, at + 32));
    if (!scalar) return null;
    scalars.push(scalar);
  }
  return { tracker: toBase64NoPadding(hash), scalars };
}

// The scalars of a link in the rows of this election's questions; null where they are not as many.
export function openingRows(election: Election, scalars: Scalar[]): Scalar[][] | null {
  const counts = election.questions.map(choicesOf);
  if (counts.reduce((a, b) => a + b, 0) !== scalars.length) return null;
  let at = 0;
  return counts.map((count) => scalars.slice(at, (at += count)));
}

// `election` and `ballot`: the text cannot be read; `proofs`: the ballot is not a right one of this election;
// `randomness`: it opens not each ciphertext of the ballot (question and choice, from 0, are the first it fails on).
export type OpeningReading =
  | { ok: true; election: Election; tracker: string; marks: number[][] }
  | { ok: false; fault: 'election' | 'ballot' | 'proofs' }
  | { ok: false; fault: 'randomness'; question: number; choice: number };

// 0 or 1 as the ciphertext holds when it was made with this randomness; null where it was not.
function markOf(key: group.Element, { alpha, beta }: Ciphertext, randomness: Scalar): 0 | 1 | null {
  if (!group.equalElements(alpha, group.generatorPower(randomness))) return null;
  const held = group.divide(beta, group.power(key, randomness));
  if (group.isIdentity(held)) return 0;
  return group.equalElements(held, group.generatorPower(group.scalarFromNumber(1))) ? 1 : null;
}

// Recomputes each ciphertext. The marks stand in the order of the ballot's choices, a blank vote first.
export function checkOpening(opening: Opening): OpeningReading {
  const election = readElection(opening.election);
  if (!election) return { ok: false, fault: 'election' };
  const ballot = readBallot(opening.ballot);
  if (typeof ballot === 'string') return { ok: false, fault: 'ballot' };
  if (faultOfBallot(election, ballot) !== null) return { ok: false, fault: 'proofs' };
  const marks: number[][] = [];
  if (opening.randomness.length !== ballot.answers.length) {
    return {
      ok: false,
      fault: 'randomness',
      question: Math.min(opening.randomness.length, ballot.answers.length),
      choice: 0,
    };
  }
  for (const [question, { choices }] of ballot.answers.entries()) {
    const row = opening.randomness[question]!;
    if (row.length !== choices.length) return { ok: false, fault: 'randomness', question, choice: 0 };
    const read = choices.map((choice, i) => markOf(election.publicKey, choice, row[i]!));
    const wrong = read.indexOf(null);
    if (wrong >= 0) return { ok: false, fault: 'randomness', question, choice: wrong };
    marks.push(read as number[]);
  }
  return { ok: true, election, tracker: ballot.tracker, marks };
}
