import * as group from '../crypto/group.ts';
import type { Proof } from '../crypto/proof.ts';
import { ciphertextText, product, type Ciphertext } from './ciphertext.ts';
import type { Question } from './election.ts';

// Every proof of a ballot shows that one of several statements "this ciphertext holds g^message" is true, without
// telling which. They differ in their statements and in what is hashed to the sum of their challenges.

export interface Branch {
  ciphertext: Ciphertext;
  message: number;
}

export interface Disjunction {
  branches: Branch[];
  prefix: string; // of the text that is hashed, before the commitments
}

function challengeOf(prefix: string, commitments: group.Element[]): group.Scalar {
  return group.hashToScalar(`${prefix}|${commitments.map(group.elementText).join(',')}`);
}

const interval = (ciphertext: Ciphertext, min: number, max: number): Branch[] =>
  Array.from({ length: max - min + 1 }, (_, i) => ({ ciphertext, message: min + i }));

function intervalProof(statement: string, ciphertext: Ciphertext, min: number, max: number): Disjunction {
  return {
    branches: interval(ciphertext, min, max),
    prefix: `prove|${statement}|${ciphertextText(ciphertext)}`,
  };
}

// That a choice is marked or not. `statement` is the election's fingerprint and the credential.
export const choiceProof = (statement: string, choice: Ciphertext): Disjunction =>
  intervalProof(statement, choice, 0, 1);

// That the marks are as many as the question allows, or that the vote is blank.
export function overallProof(statement: string, question: Question, choices: Ciphertext[]): Disjunction {
  const whole = `${statement}|${choices.map(ciphertextText).join(',')}`;
  if (!question.blank) return intervalProof(whole, product(choices), question.min, question.max);
  const marks = interval(product(choices.slice(1)), question.min, question.max);
  return { branches: [{ ciphertext: choices[0]!, message: 1 }, ...marks], prefix: `bproof1|${whole}` };
}

// That the vote is not blank, or nothing else is marked.
export function blankProof(statement: string, choices: Ciphertext[]): Disjunction {
  return {
    branches: [
      { ciphertext: choices[0]!, message: 0 },
      { ciphertext: product(choices.slice(1)), message: 0 },
    ],
    prefix: `bproof0|${statement}|${choices.map(ciphertextText).join(',')}`,
  };
}

function commit(key: group.Element, { ciphertext, message }: Branch, { challenge, response }: Proof): group.Element[] {
  const shifted =
    message === 0
      ? ciphertext.beta
      : group.divide(ciphertext.beta, group.generatorPower(group.scalarFromNumber(message)));
  return [
    group.multiply(group.generatorPower(response), group.power(ciphertext.alpha, challenge)),
    group.multiply(group.power(key, response), group.power(shifted, challenge)),
  ];
}

// The branch `honest`, whose ciphertext was made with `randomness`, is proven; the others are simulated with
// challenges drawn beforehand.
export function proveOneOf(
  key: group.Element,
  { branches, prefix }: Disjunction,
  honest: number,
  randomness: group.Scalar,
): Proof[] {
  const w = group.randomScalar();
  let simulated = group.zero;
  const commitments: group.Element[] = [];
  const proofs = branches.map((branch, i) => {
    if (i === honest) {
      commitments.push(group.generatorPower(w), group.power(key, w));
      return { challenge: group.zero, response: group.zero };
    }
    const proof = { challenge: group.randomScalar(), response: group.randomScalar() };
    commitments.push(...commit(key, branch, proof));
    simulated = group.addScalars(simulated, proof.challenge);
    return proof;
  });
  const challenge = group.subScalars(challengeOf(prefix, commitments), simulated);
  proofs[honest] = { challenge, response: group.subScalars(w, group.mulScalars(randomness, challenge)) };
  return proofs;
}

export function oneOfProven(key: group.Element, { branches, prefix }: Disjunction, proofs: Proof[]): boolean {
  if (proofs.length !== branches.length) return false;
  const commitments = branches.flatMap((branch, i) => commit(key, branch, proofs[i]!));
  const sum = proofs.reduce((total, { challenge }) => group.addScalars(total, challenge), group.zero);
  return group.equalScalars(sum, challengeOf(prefix, commitments));
}
