import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { auditBel } from '../src/audit/bel.ts';
import { readBelTar } from '../src/audit/bel-tar.ts';
import { discreteLog } from '../src/audit/count.ts';
import type { CheckId } from '../src/audit/report.ts';
import { sodiumReady } from '../src/ballot/index.ts';
import * as group from '../src/crypto/group.ts';
import { belParts, BelWriter, writeBel, type BelParts } from './support/make-bel.ts';
import { vectors } from './support/paths.ts';

before(sodiumReady);

const original = async (name: string): Promise<Uint8Array> =>
  new Uint8Array(await readFile(join(vectors, 'belenios', name, 'election.bel')));

const firstFault = async (bytes: Uint8Array): Promise<[CheckId | null, number | null]> => {
  const { faults } = await auditBel(bytes, {});
  return [faults[0]?.check ?? null, faults[0]?.seq ?? null];
};

describe('an archive of an independent program', () => {
  for (const [name, result, ballots, counted, weight] of [
    ['basic', [[1, 5, 2, 1]], 10, 9, 9],
    ['threshold', [[6, 4, 10, 5, 4], [12, 9, 14]], 7, 6, 21], // prettier-ignore
  ] as const) {
    test(`is intact, with its result: ${name}`, async () => {
      const report = await auditBel(await original(name), {});
      assert.deepEqual([report.verdict, report.faults], ['intact', []]);
      const { election } = report;
      assert.deepEqual(election!.result, result);
      assert.deepEqual([election!.ballots, election!.counted, election!.weight], [ballots, counted, weight]);
      assert.deepEqual(report.notes, ['no-strong-proofs']);
      const applying = report.checks.filter(({ applies }) => applies);
      assert.ok(applying.every(({ count }) => count > 0));
      assert.equal(applying.length, 9);
    });
  }

  test('is written anew to the same bytes, so that what is changed below is all that differs', async () => {
    for (const name of ['basic', 'threshold'] as const) {
      assert.deepEqual(Buffer.from(writeBel(await belParts(name))), Buffer.from(await original(name)));
    }
  });

  test('that ends at any event is that of an election which is still going on', async () => {
    const bytes = await original('threshold');
    const { entries } = readBelTar(bytes);
    let at = 0;
    let intact = 0;
    for (const { name, content } of entries) {
      at += 512 + 512 * Math.ceil(content.length / 512);
      if (!name.endsWith('.event.json')) continue;
      const report = await auditBel(bytes.slice(0, at), {});
      assert.equal(report.verdict, 'intact', `${at}`);
      intact++;
    }
    assert.equal(intact, 14);
  });
});

const digit =
  (name: string, n: number) =>
  (text: string): string => {
    let seen = 0;
    const changed = text.replace(
      new RegExp(`("${name}":"[0-9]+)([0-9])"`, 'g'),
      (whole, front: string, last: string) => (seen++ === n ? `${front}${(Number(last) + 1) % 10}"` : whole),
    );
    assert.notEqual(changed, text);
    return changed;
  };

type Change = (parts: BelParts) => void;

// In the threshold archive: Setup 0, ballots 1 to 7, EndBallots 8, EncryptedTally 9, shares 10 to 12, Result 13.
const lies: [name: string, check: CheckId, seq: number, change: Change][] = [
  ['an election in another form', 'roll', 0, (p) => (p.election = p.election.replace('"blank":true', '"blank": true'))],
  ['an election of another group', 'roll', 0, (p) => (p.election = p.election.replace('Ed25519', 'RFC-3526-2048'))],
  [
    'another public key',
    'trustees',
    0,
    (p) => {
      const own = group.elementText(group.generatorPower(group.scalarFromNumber(5)));
      p.election = p.election.replace(/"public_key":"[0-9a-f]+"/, `"public_key":"${own}"`);
    },
  ],
  ['a trustee’s proof', 'trustees', 0, (p) => (p.trustees = digit('response', 0)(p.trustees))],
  ['a certificate’s signature', 'trustees', 0, (p) => (p.trustees = digit('challenge', 1)(p.trustees))],
  ['the coefexps’ signature', 'trustees', 0, (p) => (p.trustees = digit('response', 4)(p.trustees))],
  ['a verification key’s proof', 'trustees', 0, (p) => (p.trustees = digit('response', 9)(p.trustees))],
  ['another threshold', 'trustees', 0, (p) => (p.trustees = p.trustees.replace('"threshold":2', '"threshold":3'))],
  [
    'a kind of trustee that does not exist',
    'trustees',
    0,
    (p) => (p.trustees = p.trustees.replace('"Single"', '"Double"')),
  ],
  [
    'a credential twice',
    'roll',
    0,
    (p) => {
      const [first, ...rest] = JSON.parse(p.credentials) as string[];
      p.credentials = JSON.stringify([first, first, ...rest]);
    },
  ],
  [
    'a credential that is no element',
    'roll',
    0,
    (p) => (p.credentials = p.credentials.replace(/"[0-9a-f]{64}/, `"7${'f'.repeat(61)}ec`)),
  ],
  [
    'a credential that is missing',
    'ballots',
    1,
    (p) => {
      const credential = (JSON.parse(p.ballots[0]!) as { credential: string }).credential;
      p.credentials = JSON.stringify(
        (JSON.parse(p.credentials) as string[]).filter((each) => !each.startsWith(credential)),
      );
    },
  ],
  ['a proof of a choice', 'ballots', 3, (p) => (p.ballots[2] = digit('challenge', 0)(p.ballots[2]!))],
  ['the proof of the number of marks', 'ballots', 3, (p) => (p.ballots[2] = digit('response', 11)(p.ballots[2]!))],
  ['the proof of the blank vote', 'ballots', 3, (p) => (p.ballots[2] = digit('response', 13)(p.ballots[2]!))],
  ['a ballot’s signature', 'ballots', 5, (p) => (p.ballots[4] = digit('response', 25)(p.ballots[4]!))],
  [
    'a ballot of another election',
    'ballots',
    2,
    (p) => (p.ballots[1] = p.ballots[1]!.replace('ki6wYZrDsA5aXe', 'ki6wYZrDsA5aXf')),
  ],
  ['a ballot repeated', 'ballots', 4, (p) => (p.ballots[3] = p.ballots[2]!)],
  ['a ballot left out', 'tally', 8, (p) => p.ballots.pop()],
  [
    'ballots in another order, so that another one is the last',
    'tally',
    9,
    (p) => ([p.ballots[1], p.ballots[5]] = [p.ballots[5]!, p.ballots[1]!]),
  ],
  ['a voter’s weight', 'tally', 9, (p) => (p.credentials = p.credentials.replace(/,5"/, ',6"'))],
  ['a number of ballots', 'tally', 9, (p) => (p.sized = p.sized.replace('"num_tallied":6', '"num_tallied":7'))],
  ['a total weight', 'tally', 9, (p) => (p.sized = p.sized.replace('"total_weight":21', '"total_weight":22'))],
  [
    'a tally with two counts exchanged',
    'tally',
    9,
    (p) => {
      const rows = JSON.parse(p.tally) as unknown[][];
      [rows[0]![1], rows[0]![2]] = [rows[0]![2], rows[0]![1]];
      p.tally = JSON.stringify(rows);
    },
  ],
  [
    'a decryption’s proof',
    'decryption',
    11,
    (p) => (p.decryptions[1]!.partial = digit('challenge', 7)(p.decryptions[1]!.partial)),
  ],
  ['a decryption under another’s number', 'decryption', 11, (p) => (p.decryptions[1]!.owner = 4)],
  ['a decryption of nobody', 'decryption', 12, (p) => (p.decryptions[2]!.owner = 5)],
  ['a decryption twice', 'decryption', 12, (p) => (p.decryptions[2] = p.decryptions[1]!)],
  ['too few decryptions', 'result', 12, (p) => p.decryptions.pop()],
  ['a vote moved in the result', 'result', 13, (p) => (p.result = p.result.replace('[12,9,14]', '[13,8,14]'))],
  ['a result of another shape', 'result', 13, (p) => (p.result = p.result.replace(',[12,9,14]', ''))],
];

describe('a lie in an archive whose hashes are right', () => {
  for (const [name, check, seq, change] of lies) {
    test(`is found: ${name}`, async () => {
      const parts = await belParts('threshold');
      change(parts);
      assert.deepEqual(await firstFault(writeBel(parts)), [check, seq]);
    });
  }
});

describe('the form of an archive', () => {
  test('has no byte that may differ', async () => {
    const bytes = await original('basic');
    const step = 97; // prime to the blocks' size, so that all kinds of places are met
    for (let at = 0; at < bytes.length; at += step * 50) {
      const changed = bytes.slice();
      changed[at]! ^= 1 << (at % 8);
      assert.equal((await firstFault(changed))[0], 'entries', `byte ${at}`);
    }
    for (const end of [1, 511, 512, 1024]) assert.equal((await firstFault(bytes.slice(0, -end)))[0], 'entries');
    assert.equal((await firstFault(new Uint8Array([...bytes, ...new Uint8Array(1024)])))[0], 'entries');
    assert.deepEqual(await firstFault(new Uint8Array(0)), ['entries', 0]);
  });

  test('is one chain in the protocol’s order, with the data that each event needs', async () => {
    const parts = await belParts('basic');
    const written = (change: (out: BelWriter) => void): Uint8Array => {
      const out = new BelWriter(Number(parts.timestamp));
      const setup = [parts.election, parts.trustees, parts.credentials].map((text) => out.data(text));
      const data = JSON.stringify({ election: setup[0], trustees: setup[1], credentials: setup[2] });
      out.event('Setup', out.data(data));
      change(out);
      return out.bytes();
    };
    const ballot = parts.ballots[0]!;
    const cases: [CheckId, number, (out: BelWriter) => void][] = [
      ['chain', 1, (out) => out.event('Ballot', out.data(ballot), { height: 2 })],
      ['chain', 1, (out) => out.event('Ballot', out.data(ballot), { parent: '0'.repeat(64) })],
      ['legality', 1, (out) => out.event('Result', out.data(parts.result))],
      ['legality', 2, (out) => (out.event('EndBallots', null), out.event('Ballot', out.data(ballot)))],
      ['entries', 1, (out) => out.event('Ballot', '0'.repeat(64))],
      ['entries', 1, (out) => (out.data('surplus'), out.event('Ballot', out.data(ballot)))],
      ['entries', 1, (out) => void out.data('surplus')],
      ['entries', 1, (out) => out.event('Ballot', null)],
      ['entries', 1, (out) => out.event('Shuffle', out.data(ballot))],
      ['entries', 1, (out) => out.put(`${'0'.repeat(64)}.data.json`, 'x')],
      ['entries', 1, (out) => out.put('readme', 'x')],
    ];
    assert.deepEqual(await firstFault(written((out) => out.event('Ballot', out.data(ballot)))), [null, null]);
    for (const [i, [check, seq, change]] of cases.entries()) {
      assert.deepEqual(await firstFault(written(change)), [check, seq], `case ${i}`);
    }
  });
});

test('a discrete logarithm is found at the bounds, and none beyond', () => {
  const power = (n: number): group.Element => group.generatorPower(group.scalarFromNumber(n));
  for (const most of [0, 1, 2, 35, 36, 37]) {
    for (const n of [0, 1, most]) assert.equal(discreteLog(power(n), most), n <= most ? n : null);
    assert.equal(discreteLog(power(most + 1), most), null);
  }
});
