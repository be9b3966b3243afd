import * as group from '../crypto/group.ts';
import type { Element, Scalar } from '../crypto/group.ts';
import { proofJson, type Proof } from '../crypto/proof.ts';
import { ciphertext, type Ciphertext } from './ciphertext.ts';
import { maxAnswers, maxQuestions } from './election.ts';
import { element, list, members, proof, readStrict } from './json.ts';

// A trustee's share of the decryption of a tally: alpha^x for each ciphertext, with a proof that it is the x of its
// key. Version 1's proof leaves out alpha and the factor from what is hashed; the strong proof holds them too.

export type EncryptedTally = Ciphertext[][];

export interface PartialDecryption {
  factors: Element[][];
  proofs: Proof[][];
}

const maxLength = 1 << 20;
const table =
  <T>(item: (value: unknown) => T) =>
  (value: unknown): T[][] =>
    list(value, 0, maxQuestions, (row) => list(row, 0, maxAnswers + 1, item));

export const readEncryptedTally = (exact: string): EncryptedTally | string =>
  readStrict(exact, maxLength, table(ciphertext));

export const readStrongProofs = (exact: string): Proof[][] | string => readStrict(exact, maxLength, table(proof));

export const readPartialDecryption = (exact: string): PartialDecryption | string =>
  readStrict(exact, maxLength, (value) => {
    const object = members(value, 'decryption_factors', 'decryption_proofs');
    return { factors: table(element)(object.decryption_factors), proofs: table(proof)(object.decryption_proofs) };
  });

type Prefix = (key: Element, alpha: Element, factor: Element) => string;

const plainPrefix =
  (fingerprint: string): Prefix =>
  (key) =>
    `decrypt|${fingerprint}|${group.elementText(key)}`;

const strongPrefix =
  (fingerprint: string): Prefix =>
  (key, alpha, factor) =>
    `suara-decrypt|${fingerprint}|${group.elementText(key)}|${[alpha, factor].map(group.elementText).join(',')}`;

const challengeOf = (prefix: string, a: Element, b: Element): Scalar =>
  group.hashToScalar(`${prefix}|${group.elementText(a)},${group.elementText(b)}`);

function prove(secret: Scalar, prefix: string, alpha: Element): Proof {
  const w = group.randomScalar();
  const challenge = challengeOf(prefix, group.generatorPower(w), group.power(alpha, w));
  return { challenge, response: group.subScalars(w, group.mulScalars(secret, challenge)) };
}

function proven(
  key: Element,
  prefix: string,
  alpha: Element,
  factor: Element,
  { challenge, response }: Proof,
): boolean {
  const a = group.multiply(group.generatorPower(response), group.power(key, challenge));
  const b = group.multiply(group.power(alpha, response), group.power(factor, challenge));
  return group.equalScalars(challengeOf(prefix, a, b), challenge);
}

const jsonTable = <T>(rows: T[][], item: (value: T) => string): string =>
  `[${rows.map((row) => `[${row.map(item).join(',')}]`).join(',')}]`;

// Both texts as the service takes them.
export function decryptTally(
  tally: EncryptedTally,
  secret: Scalar,
  fingerprint: string,
): { partialDecryption: string; strongProofs: string } {
  const key = group.generatorPower(secret);
  const factors = tally.map((row) => row.map(({ alpha }) => group.power(alpha, secret)));
  const proofsBy = (prefix: Prefix): Proof[][] =>
    tally.map((row, q) => row.map(({ alpha }, i) => prove(secret, prefix(key, alpha, factors[q]![i]!), alpha)));
  const factorTable = jsonTable(factors, (factor) => `"${group.elementText(factor)}"`);
  const proofTable = jsonTable(proofsBy(plainPrefix(fingerprint)), proofJson);
  return {
    partialDecryption: `{"decryption_factors":${factorTable},"decryption_proofs":${proofTable}}`,
    strongProofs: jsonTable(proofsBy(strongPrefix(fingerprint)), proofJson),
  };
}

const sameShape = (a: unknown[][], b: unknown[][]): boolean =>
  a.length === b.length && a.every((row, q) => row.length === b[q]!.length);

function allProven(
  tally: EncryptedTally,
  factors: Element[][],
  proofs: Proof[][],
  key: Element,
  prefix: Prefix,
): boolean {
  if (!sameShape(tally, factors) || !sameShape(tally, proofs)) return false;
  return tally.every((row, q) =>
    row.every(({ alpha }, i) => {
      const factor = factors[q]![i]!;
      return proven(key, prefix(key, alpha, factor), alpha, factor, proofs[q]![i]!);
    }),
  );
}

export const decryptionProven = (
  tally: EncryptedTally,
  { factors, proofs }: PartialDecryption,
  key: Element,
  fingerprint: string,
): boolean => allProven(tally, factors, proofs, key, plainPrefix(fingerprint));

export const stronglyProven = (
  tally: EncryptedTally,
  { factors }: PartialDecryption,
  strong: Proof[][],
  key: Element,
  fingerprint: string,
): boolean => allProven(tally, factors, strong, key, strongPrefix(fingerprint));
