import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import {
  checkOpening,
  credentialSecret,
  encryptBallot,
  openingJson,
  openingLink,
  openingRows,
  readElection,
  readOpening,
  readOpeningLink,
  sodiumReady,
  type Opening,
} from '../src/ballot/index.ts';
import * as group from '../src/crypto/group.ts';
import { archiveTexts } from './support/archive.ts';

const marks = [
  [0, 1, 0, 0, 1],
  [0, 1, 0],
];

describe('the opening of a challenged ballot', () => {
  let opening: Opening;
  let tracker: string;
  before(async () => {
    await sodiumReady();
    const election = (await archiveTexts('threshold')).find((text) => text.startsWith('{"version":1,"description"'))!;
    const read = readElection(election)!;
    const made = encryptBallot(read, credentialSecret('0123456789ABCDEFGHJT', read.uuid), marks);
    opening = { election, ballot: made.text, randomness: made.randomness };
    tracker = made.tracker;
  });

  test('shows what the ballot holds, from a file and from a link', () => {
    const fromFile = checkOpening(readOpening(openingJson(opening))!);
    assert.ok(fromFile.ok);
    assert.deepEqual([fromFile.marks, fromFile.tracker], [marks, tracker]);

    const link = openingLink('ucSijHEHGk8LHG', tracker, opening.randomness);
    assert.match(link, /^\/check\/ucSijHEHGk8LHG#[A-Za-z0-9_-]{43}\.[A-Za-z0-9_-]+$/);
    const linked = readOpeningLink(link.slice(link.indexOf('#')))!;
    assert.equal(linked.tracker, tracker);
    const rows = openingRows(fromFile.election, linked.scalars)!;
    const fromLink = checkOpening({ ...opening, randomness: rows });
    assert.deepEqual(fromLink.ok && fromLink.marks, marks);
    assert.equal(openingRows(fromFile.election, linked.scalars.slice(1)), null);
  });

  test('with other randomness, of another ballot or of another election opens nothing', () => {
    const changed = opening.randomness.map((row) => [...row]);
    changed[1]![2] = group.addScalars(changed[1]![2]!, group.scalarFromNumber(1));
    const fault = (given: Partial<Opening>): unknown => checkOpening({ ...opening, ...given });
    assert.deepEqual(fault({ randomness: changed }), { ok: false, fault: 'randomness', question: 1, choice: 2 });
    assert.deepEqual(fault({ randomness: [opening.randomness[0]!] }), {
      ok: false,
      fault: 'randomness',
      question: 1,
      choice: 0,
    });
    const next = (_: string, front: string, last: string): string => `${front}${(Number(last) + 1) % 10}"`;
    const digit = opening.ballot.replace(/("response":"[0-9]*)([0-9])"/, next);
    assert.deepEqual(fault({ ballot: digit }), { ok: false, fault: 'proofs' });
    assert.deepEqual(fault({ ballot: ` ${opening.ballot}` }), { ok: false, fault: 'ballot' });
    assert.deepEqual(fault({ election: opening.election.replace('Pemilihan', 'Pemilu') }), {
      ok: false,
      fault: 'proofs',
    });
    assert.deepEqual(fault({ election: '{}' }), { ok: false, fault: 'election' });
  });

  test('a damaged file or link is not read', () => {
    const text = openingJson(opening);
    assert.equal(readOpening(text.slice(0, -1)), null);
    assert.equal(readOpening(text.replace('"version":1', '"version":2')), null);
    assert.equal(readOpening(text.replace('[["', '[["0')), null);
    assert.equal(readOpening('null'), null);
    const link = openingLink('ucSijHEHGk8LHG', tracker, opening.randomness).split('#')[1]!;
    assert.ok(readOpeningLink(link));
    for (const wrong of ['', '#', link.replace('.', ''), `${link}.`, link.slice(0, -1), `${link}AAAA`, `A${link}`]) {
      assert.equal(readOpeningLink(wrong), null, wrong);
    }
    const high = `${link.split('.')[0]}.${'_'.repeat(42)}8`; // 32 bytes of 255: not below the order
    assert.equal(readOpeningLink(high), null);
  });
});
