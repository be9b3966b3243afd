import type { Ciphertext } from '../ballot/ciphertext.ts';
import type { EncryptedTally, PartialDecryption } from '../ballot/decrypt.ts';
import { choicesOf, type Question } from '../ballot/election.ts';
import * as group from '../crypto/group.ts';
import type { Element, Scalar } from '../crypto/group.ts';
import { maxWeightOfAll, type TrusteeItem } from './objects.ts';

// What ballots add up to, and what a decryption gives.

const one = (): Element => group.generatorPower(group.zero);

export const sameTally = (a: EncryptedTally, b: EncryptedTally): boolean =>
  a.length === b.length &&
  a.every(
    (row, q) =>
      row.length === b[q]!.length &&
      row.every(
        ({ alpha, beta }, i) =>
          group.equalElements(alpha, b[q]![i]!.alpha) && group.equalElements(beta, b[q]![i]!.beta),
      ),
  );

export const fitsQuestions = (rows: unknown[][], questions: Question[]): boolean =>
  rows.length === questions.length && rows.every((row, q) => row.length === choicesOf(questions[q]!));

// The product of ballots, each raised to its weight. A replaced ballot is divided out again.
export class Product {
  private rows: Ciphertext[][];

  constructor(questions: Question[], rows?: EncryptedTally) {
    this.rows =
      rows ??
      questions.map((question) =>
        Array.from({ length: choicesOf(question) }, () => ({ alpha: one(), beta: one() })),
      );
  }

  add(choices: Ciphertext[][], weight: number): void {
    this.combine(choices, weight, group.multiply);
  }

  remove(choices: Ciphertext[][], weight: number): void {
    this.combine(choices, weight, group.divide);
  }

  get tally(): EncryptedTally {
    return this.rows;
  }

  private combine(choices: Ciphertext[][], weight: number, by: (a: Element, b: Element) => Element): void {
    const exponent = group.scalarFromNumber(weight);
    const raised = (element: Element): Element => (weight === 1 ? element : group.power(element, exponent));
    this.rows = this.rows.map((row, q) =>
      row.map(({ alpha, beta }, i) => {
        const choice = choices[q]![i]!;
        return { alpha: by(alpha, raised(choice.alpha)), beta: by(beta, raised(choice.beta)) };
      }),
    );
  }
}

// Π k/(k-δ) over the other members: what member δ's factor is raised to.
function lagrange(members: number[], member: number): Scalar {
  let above = group.scalarFromNumber(1);
  let below = above;
  for (const k of members) {
    if (k === member) continue;
    const other = group.scalarFromNumber(k);
    above = group.mulScalars(above, other);
    below = group.mulScalars(below, group.subScalars(other, group.scalarFromNumber(member)));
  }
  return group.mulScalars(above, group.invertScalar(below));
}

interface Part {
  factors: Element[][];
  exponent: Scalar | null; // null: 1
}

// The shares (by owner) that a decryption takes: of a group the first as many as it needs. The number of the first
// owner or group that has too few, where there is one.
function partsOf(items: TrusteeItem[], shares: Map<number, PartialDecryption>): Part[] | { missing: number } {
  const parts: Part[] = [];
  let next = 1;
  for (const item of items) {
    const first = next;
    if (item.kind === 'single') {
      const share = shares.get(next++);
      if (!share) return { missing: first };
      parts.push({ factors: share.factors, exponent: null });
      continue;
    }
    const size = item.verificationKeys.length;
    next += size;
    const members = Array.from({ length: size }, (_, i) => i + 1)
      .filter((member) => shares.has(first + member - 1))
      .slice(0, item.threshold);
    if (members.length < item.threshold) return { missing: first };
    for (const member of members) {
      parts.push({ factors: shares.get(first + member - 1)!.factors, exponent: lagrange(members, member) });
    }
  }
  return parts;
}

// g^count of each choice.
function decrypted(tally: EncryptedTally, parts: Part[]): Element[][] {
  return tally.map((row, q) =>
    row.map(({ beta }, i) =>
      parts.reduce((left, { factors, exponent }) => {
        const factor = factors[q]![i]!;
        return group.divide(left, exponent ? group.power(factor, exponent) : factor);
      }, beta),
    ),
  );
}

// The count from 0 to `most` with g^count = element, by baby steps and giant steps; null where there is none.
export function discreteLog(element: Element, most: number): number | null {
  const width = Math.ceil(Math.sqrt(most + 1));
  const generator = group.generatorPower(group.scalarFromNumber(1));
  const small = new Map<string, number>();
  let step = one();
  for (let i = 0; i < width; i++, step = group.multiply(step, generator)) small.set(group.elementText(step), i);
  for (let giant = 0, left = element; giant <= most; giant += width, left = group.divide(left, step)) {
    const found = small.get(group.elementText(left));
    if (found !== undefined && giant + found <= most) return giant + found;
  }
  return null;
}

// Where the counts are not what the shares decrypt: what was expected, what was found. Raising g to each count and
// comparing needs no logarithm; one is looked for only to say what a wrong count should be.
export function wrongCounts(
  items: TrusteeItem[],
  { tally, totalWeight }: { tally: EncryptedTally; totalWeight: number },
  shares: Map<number, PartialDecryption>,
  counts: number[][],
): [expected: string, found: string] | null {
  if (totalWeight > maxWeightOfAll) return ['a total weight of at most 2^32', String(totalWeight)];
  const parts = partsOf(items, shares);
  if ('missing' in parts) return ['the decryption of every trustee needed', `owner ${parts.missing} is missing`];
  const powers = decrypted(tally, parts);
  const shape = (rows: unknown[][]): string => rows.map((row) => row.length).join();
  if (shape(powers) !== shape(counts)) return [`counts of the shape ${shape(powers)}`, shape(counts)];
  for (const [q, row] of powers.entries()) {
    for (const [i, power] of row.entries()) {
      const count = counts[q]![i]!;
      const given = group.generatorPower(group.scalarFromNumber(count));
      if (count <= totalWeight && group.equalElements(power, given)) continue;
      const right = discreteLog(power, totalWeight) ?? `none up to ${totalWeight}`;
      return [`question ${q + 1}, count ${i + 1}: ${right}`, String(count)];
    }
  }
  return null;
}
