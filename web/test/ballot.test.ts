import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import {
  credentialSecret,
  encryptBallot,
  encryptionSteps,
  formatCode,
  publicCredential,
  readCode,
  readElection,
} from '../src/ballot/index.ts';
import { signInProof, sodiumReady, type Election } from '../src/ballot/index.ts';
import { faultOfBallot as faultOfRead, readBallot } from '../src/ballot/ballot.ts';
import * as group from '../src/crypto/group.ts';
import { pbkdf2Sha256 } from '../src/crypto/hash.ts';
import { knowledgeProven } from '../src/crypto/proof.ts';
import { pbkdf2Sync } from 'node:crypto';
import { archiveTexts } from './support/archive.ts';

const code = '0123456789ABCDEFGHJT';

before(sodiumReady);

async function archive(
  name: 'basic' | 'threshold' = 'basic',
): Promise<{ election: Election; electionText: string; ballots: string[] }> {
  const texts = await archiveTexts(name);
  const electionText = texts.find((text) => text.startsWith('{"version":1,"description"'))!;
  const ballots = texts.filter((text) => text.startsWith('{"election_uuid"'));
  return { election: readElection(electionText)!, electionText, ballots };
}

function faultOfBallot(election: Election, text: string): string | null {
  const ballot = readBallot(text);
  return typeof ballot === 'string' ? ballot : faultOfRead(election, ballot);
}

describe('voter codes', () => {
  test('the documented example is read, however it is typed', () => {
    for (const typed of [code, ' 0123-4567-89ab-cdef-ghjt ', 'oi23 4567 89AB CDEF GHJT', 'OL23–4567—89ab-cdef-ghjt']) {
      assert.deepEqual(readCode(typed), { ok: true, code });
    }
  });

  test('every single wrong character and every exchange of two is found', () => {
    const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
    for (let i = 0; i < code.length; i++) {
      for (const c of alphabet) {
        if (c === code[i]) continue;
        assert.equal(readCode(code.slice(0, i) + c + code.slice(i + 1)).ok, false);
      }
      for (let j = i + 1; j < code.length; j++) {
        const swapped = [...code];
        [swapped[i], swapped[j]] = [swapped[j]!, swapped[i]!];
        assert.equal(readCode(swapped.join('')).ok, false, `${i} and ${j}`);
      }
    }
  });

  test('the fault is named', () => {
    const fault = (typed: string): unknown => {
      const reading = readCode(typed);
      return reading.ok ? null : reading.fault;
    };
    assert.deepEqual(fault(' - '), { kind: 'empty' });
    assert.deepEqual(fault('0123-4'), { kind: 'short', length: 5 });
    assert.deepEqual(fault(code + '0'), { kind: 'long' });
    assert.deepEqual(fault('0123-U567'), { kind: 'character', position: 5 });
    assert.deepEqual(fault('0123456789ABCDEFGHJS'), { kind: 'check' });
  });

  test('typing is grouped in fours', () => {
    assert.equal(formatCode('01234'), '0123-4');
    assert.equal(formatCode('0123'), '0123');
    assert.equal(formatCode(formatCode('0123-4567 89ab')), '0123-4567-89AB');
  });
});

describe('secrets', () => {
  test('PBKDF2 agrees with another implementation', () => {
    const ours = pbkdf2Sha256(code, 'ucSijHEHGk8LHG', 1000);
    assert.deepEqual(Buffer.from(ours), pbkdf2Sync(code, 'ucSijHEHGk8LHG', 1000, 32, 'sha256'));
  });

  test('a sign-in proof shows the credential, for one nonce of one election', () => {
    const secret = credentialSecret(code, 'ucSijHEHGk8LHG');
    const key = group.parseElement(publicCredential(secret))!;
    const proof = signInProof(secret, 'phi', 'n1');
    assert.ok(knowledgeProven(key, proof, 'suara-sign-in|phi|n1'));
    assert.ok(!knowledgeProven(key, proof, 'suara-sign-in|phi|n2'));
    assert.ok(!knowledgeProven(key, proof, 'suara-sign-in|psi|n1'));
  });
});

describe('group', () => {
  test('the identity is an ordinary value', () => {
    const g = group.generatorPower(group.scalarFromNumber(1));
    const one = group.generatorPower(group.zero);
    assert.equal(group.elementText(one), '0'.repeat(63) + '1');
    assert.ok(group.isIdentity(group.divide(g, g)));
    assert.ok(group.isIdentity(group.power(g, group.zero)));
    assert.ok(group.isIdentity(group.power(one, group.scalarFromNumber(7))));
    assert.deepEqual(group.multiply(g, one), g);
  });

  test('texts that are not canonical are refused', () => {
    assert.equal(group.parseScalar('01'), null);
    assert.equal(group.parseScalar('-1'), null);
    assert.equal(group.parseScalar(group.groupOrder.toString()), null);
    const last = (group.groupOrder - 1n).toString();
    assert.equal(group.scalarText(group.parseScalar(last)!), last);
    assert.equal(group.parseElement('f'.repeat(64)), null); // not canonical
    assert.equal(group.parseElement('7' + 'f'.repeat(61) + 'ec'), null); // y = -1 has order 2
    assert.equal(
      group.parseElement(group.elementText(group.generatorPower(group.scalarFromNumber(5))).toUpperCase()),
      null,
    );
  });
});

describe('ballots', () => {
  test('an election of an independent program is read', async () => {
    const { election, ballots } = await archive();
    assert.equal(election.questions[0]!.answers.length, 4);
    assert.equal(ballots.length, 10);
    for (const ballot of ballots) assert.equal(faultOfBallot(election, ballot), null);
  });

  test('with weights, a blank choice and several questions too', async () => {
    const { election, ballots } = await archive('threshold');
    assert.deepEqual(
      election.questions.map(({ blank, answers }) => [blank, answers.length]),
      [
        [true, 4],
        [false, 3],
      ],
    );
    assert.equal(ballots.length, 7);
    for (const ballot of ballots) assert.equal(faultOfBallot(election, ballot), null);
  });

  test('what is encrypted here satisfies the same equations, for every choice and at both bounds', async () => {
    const { election } = await archive();
    const secret = credentialSecret(code, election.uuid);
    const wide: Election = { ...election, questions: [{ ...election.questions[0]!, min: 0, max: 3 }] };
    const cases: [Election, number[]][] = [
      [election, [1, 0, 0, 0]],
      [election, [0, 0, 0, 1]],
      [wide, [0, 0, 0, 0]],
      [wide, [1, 0, 1, 1]],
    ];
    for (const [of, marks] of cases) {
      let steps = 0;
      const { text, tracker } = encryptBallot(of, secret, [marks], () => steps++);
      assert.equal(faultOfBallot(of, text), null);
      assert.match(tracker, /^[A-Za-z0-9+/]{43}$/);
      assert.equal(steps, encryptionSteps(of));
      assert.ok(!text.includes(code));
    }
  });

  test('blank votes and marks of several questions are proven alike', async () => {
    const { election } = await archive('threshold');
    const secret = credentialSecret(code, election.uuid);
    const none: Election = { ...election, questions: [{ ...election.questions[0]!, min: 0 }, election.questions[1]!] };
    const cases: [Election, number[][]][] = [
      [
        election,
        [
          [1, 0, 0, 0, 0],
          [1, 1, 1],
        ],
      ],
      [
        election,
        [
          [0, 1, 0, 0, 1],
          [0, 0, 0],
        ],
      ],
      [
        none,
        [
          [0, 0, 0, 0, 0],
          [0, 1, 0],
        ],
      ],
      [
        none,
        [
          [1, 0, 0, 0, 0],
          [0, 1, 0],
        ],
      ],
    ];
    for (const [of, marks] of cases) {
      let steps = 0;
      const { text } = encryptBallot(of, secret, marks, () => steps++);
      assert.equal(faultOfBallot(of, text), null);
      assert.equal(steps, encryptionSteps(of));
    }
    for (const marks of [
      [
        [1, 1, 0, 0, 0],
        [0, 0, 0],
      ],
      [
        [0, 0, 0, 0, 0],
        [0, 0, 0],
      ],
      [
        [1, 0, 0, 0],
        [0, 0, 0],
      ],
    ]) {
      assert.throws(() => encryptBallot(election, secret, marks));
    }
  });

  test('a changed digit of any number is found', async () => {
    const { election } = await archive('threshold');
    const marks = [
      [1, 0, 0, 0, 0],
      [0, 1, 0],
    ];
    const { text } = encryptBallot(election, credentialSecret(code, election.uuid), marks);
    const numbers = [...text.matchAll(/"(challenge|response)":"([0-9]+)"/g)];
    // two of each choice, an interval 1..2 with a blank branch, the blank proof, an interval 0..3, the signature
    assert.equal(numbers.length, 2 * (2 * 8 + 3 + 2 + 4 + 1));
    for (const match of numbers) {
      const at = match.index! + match[0].length - 2;
      const digit = String((Number(text[at]) + 1) % 10);
      assert.notEqual(faultOfBallot(election, text.slice(0, at) + digit + text.slice(at + 1)), null);
    }
  });

  test('marks that the election does not allow are refused before anything is made', async () => {
    const { election } = await archive();
    const secret = credentialSecret(code, election.uuid);
    for (const marks of [[], [[1, 0, 0]], [[1, 1, 1, 1, 1]], [[2, 0, 0, 0]]]) {
      assert.throws(() => encryptBallot(election, secret, marks));
    }
  });

  test('only the one text of a ballot is read', async () => {
    const { election, ballots } = await archive('threshold');
    const text = ballots[0]!;
    const whole = JSON.parse(text) as Record<string, unknown>;
    const { signature, ...rest } = whole;
    const others = [
      ` ${text}`,
      `${text}\n`,
      JSON.stringify({ signature, ...rest }),
      JSON.stringify({ ...whole, more: 1 }),
      text.replace('"alpha"', '"\\u0061lpha"'),
      text.replace('"election_hash":', '"election_hash":"x","election_hash":'),
      text.replace(/"response":"/, '"response":"0'),
    ];
    for (const other of others) {
      assert.notEqual(other, text);
      assert.equal(typeof readBallot(other), 'string', other.slice(0, 80));
    }
    assert.equal(faultOfBallot({ ...election, fingerprint: 'x' }, text), 'another election');
  });

  test('an election of another group, with a bad key or in another form is not voted in', async () => {
    const { electionText } = await archive();
    assert.equal(readElection(electionText.replace('Ed25519', 'RFC-3526-2048')), null);
    assert.equal(
      readElection(electionText.replace(/"public_key":"[0-9a-f]{64}"/, `"public_key":"${'0'.repeat(63)}1"`)),
      null,
    );
    assert.equal(readElection(electionText.replace('"min":', '"blank":false,"min":')), null);
    assert.equal(readElection(electionText.replace(/"min":[0-9]+/, '"min":9')), null);
    assert.equal(readElection(electionText.replace('","name"', '\\ud800","name"')), null);
    assert.equal(readElection(`${electionText}\n`), null);
    assert.equal(readElection('{'), null);
  });
});
