import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { chosenCandidates, emptyRow, standing, tap } from '../src/pages/vote-selection.ts';

const one = { min: 1, max: 1 };
const oneOrBlank = { min: 1, max: 1, blank: true };
const upToThree = { min: 0, max: 3 };
const twoOrBlank = { min: 2, max: 2, blank: true };
const candidates = (n: number): { number: number; name: string; vision: string; mission: string[] }[] =>
  Array.from({ length: n }, (_, i) => ({ number: i + 1, name: `${i}`, vision: '', mission: [] }));

describe('a tap', () => {
  test('moves the mark where one may be chosen, the blank vote being one of them', () => {
    assert.deepEqual(tap(one, [0, 1, 0], 2), { row: [0, 0, 1], told: null });
    assert.deepEqual(tap(oneOrBlank, [0, 1, 0], 0), { row: [1, 0, 0], told: null });
    assert.deepEqual(tap(oneOrBlank, [1, 0, 0], 2), { row: [0, 0, 1], told: null });
    assert.deepEqual(tap(oneOrBlank, [1, 0, 0], 0), { row: [1, 0, 0], told: null });
  });

  test('sets and takes a mark where several may be chosen', () => {
    assert.deepEqual(tap(upToThree, [1, 0, 0, 0], 2), { row: [1, 0, 1, 0], told: null });
    assert.deepEqual(tap(upToThree, [1, 0, 1, 0], 0), { row: [0, 0, 1, 0], told: null });
  });

  test('over the maximum changes nothing and is told', () => {
    const full = [1, 1, 0, 1];
    assert.deepEqual(tap(upToThree, full, 2), { row: full, told: 'tooMany' });
    assert.deepEqual(tap(upToThree, full, 0), { row: [0, 1, 0, 1], told: null });
  });

  test('on a blank vote takes the marks away, and the other way round, and is told', () => {
    assert.deepEqual(tap(twoOrBlank, [0, 1, 1, 0], 0), { row: [1, 0, 0, 0], told: 'clearedForBlank' });
    assert.deepEqual(tap(twoOrBlank, [0, 0, 0, 0], 0), { row: [1, 0, 0, 0], told: null });
    assert.deepEqual(tap(twoOrBlank, [1, 0, 0, 0], 3), { row: [0, 0, 0, 1], told: 'clearedBlank' });
    assert.deepEqual(tap(twoOrBlank, [1, 0, 0, 0], 0), { row: [0, 0, 0, 0], told: null });
  });

  test('leaves the row that it was given as it was', () => {
    const row = [0, 1, 0];
    tap(one, row, 0);
    tap(upToThree, row, 0);
    assert.deepEqual(row, [0, 1, 0]);
  });
});

describe('a row', () => {
  test('is legal from the minimum on, and says how many may still be chosen', () => {
    assert.deepEqual(standing(upToThree, [0, 0, 0, 0]), { kind: 'none', chosen: 0, left: 3 });
    assert.deepEqual(standing(upToThree, [0, 1, 0, 1]), { kind: 'fewer', chosen: 2, left: 1 });
    assert.deepEqual(standing(upToThree, [1, 1, 0, 1]), { kind: 'full', chosen: 3 });
    assert.deepEqual(standing(one, [0, 0]), { kind: 'tooFew', chosen: 0, missing: 1 });
    assert.deepEqual(standing({ min: 2, max: 4 }, [1, 0, 0, 0]), { kind: 'tooFew', chosen: 1, missing: 1 });
  });

  test('is legal as a blank vote whatever the minimum', () => {
    assert.deepEqual(standing(twoOrBlank, [1, 0, 0, 0]), { kind: 'blank', chosen: 0 });
    assert.deepEqual(standing(twoOrBlank, [0, 1, 0, 0]), { kind: 'tooFew', chosen: 1, missing: 1 });
  });

  test('names the candidates chosen, with a blank vote before them or without', () => {
    assert.deepEqual(chosenCandidates(upToThree, [1, 0, 1]), [0, 2]);
    assert.deepEqual(chosenCandidates(twoOrBlank, [0, 1, 0, 1]), [0, 2]);
    assert.deepEqual(chosenCandidates(twoOrBlank, [1, 0, 0, 0]), []);
  });

  test('begins empty, as long as the ballot has choices', () => {
    assert.deepEqual(emptyRow({ question: '?', min: 1, max: 1, candidates: candidates(2) }), [0, 0]);
    assert.deepEqual(emptyRow({ question: '?', min: 1, max: 1, blank: true, candidates: candidates(2) }), [0, 0, 0]);
  });
});
