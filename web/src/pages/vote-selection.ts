import type { Contest } from '../base/api.ts';

// What may stand on one question's part of a ballot. A row holds 0 or 1 for each choice, in the order of the ballot's
// ciphertexts: the blank vote first where the question allows one, then the candidates.

type Rules = Pick<Contest, 'min' | 'max' | 'blank'>;

export const blankChoice = 0;
export const choiceOf = (contest: Rules, candidate: number): number => candidate + (contest.blank ? 1 : 0);
export const emptyRow = (contest: Contest): number[] =>
  new Array<number>(choiceOf(contest, contest.candidates.length)).fill(0);

const isBlank = (contest: Rules, row: number[]): boolean => contest.blank === true && row[blankChoice] === 1;
const marksIn = (row: number[]): number => row.reduce((a, b) => a + b, 0);

export function chosenCandidates(contest: Rules, row: number[]): number[] {
  const marks = contest.blank ? row.slice(1) : row;
  return marks.flatMap((mark, i) => (mark === 1 ? [i] : []));
}

// `tooMany`: nothing was changed, since the question has no room for this one. `clearedForBlank`, `clearedBlank`: a
// blank vote and marks do not go together, so the one took the place of the other.
export type Told = 'tooMany' | 'clearedForBlank' | 'clearedBlank' | null;

export interface Tap {
  row: number[];
  told: Told;
}

// The row after a tap on this choice. Where one may be chosen a tap moves the mark, otherwise it sets or takes it.
export function tap(contest: Rules, row: number[], choice: number): Tap {
  const only = (): number[] => row.map((_, i) => (i === choice ? 1 : 0));
  const marked = row[choice] === 1;
  if (contest.blank && choice === blankChoice) {
    if (marked) return { row: contest.max === 1 ? row : row.map(() => 0), told: null };
    return { row: only(), told: contest.max > 1 && marksIn(row) > 0 ? 'clearedForBlank' : null };
  }
  if (contest.max === 1) return { row: only(), told: null };
  if (isBlank(contest, row)) return { row: only(), told: 'clearedBlank' };
  if (marked) return { row: row.map((mark, i) => (i === choice ? 0 : mark)), told: null };
  if (marksIn(row) >= contest.max) return { row, told: 'tooMany' };
  return { row: row.map((mark, i) => (i === choice ? 1 : mark)), told: null };
}

// How the row stands: complete; legal with fewer than could be, or none at all; or not yet legal.
export type Standing =
  | { kind: 'blank' | 'full'; chosen: number }
  | { kind: 'fewer' | 'none'; chosen: number; left: number }
  | { kind: 'tooFew'; chosen: number; missing: number };

export function standing(contest: Rules, row: number[]): Standing {
  const chosen = marksIn(row);
  if (isBlank(contest, row)) return { kind: 'blank', chosen: 0 };
  if (chosen < contest.min) return { kind: 'tooFew', chosen, missing: contest.min - chosen };
  if (chosen === contest.max) return { kind: 'full', chosen };
  return { kind: chosen === 0 ? 'none' : 'fewer', chosen, left: contest.max - chosen };
}
