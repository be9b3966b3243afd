import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import type { BallotReceipt, BoardItem } from '../src/base/api.ts';
import { ApiError } from '../src/base/http.ts';
import {
  forgetUnanswered,
  keepUnanswered,
  pauseBefore,
  sendBallot,
  unanswered,
  type Sending,
} from '../src/pages/vote-unanswered.ts';

const ballot = { text: '{"election_uuid":"u","answers":[]}', tracker: 'T'.repeat(43) };
const receipt: BallotReceipt = { tracker: ballot.tracker, seq: 7, leaf: 'aa', time: '2026-11-25T08:00:00.000Z' };
const onBoard: BoardItem = { tracker: ballot.tracker, seq: 7, time: receipt.time, status: 'counted' };
const refuse = (code: string): (() => Promise<never>) => {
  return () => Promise.reject(new ApiError(code, ''));
};

// A service that answers in turn, and remembers what it was sent.
function service(...answers: (() => Promise<BallotReceipt>)[]): Sending & { sent: string[] } {
  const sent: string[] = [];
  return {
    sent,
    post: (text) => {
      sent.push(text);
      return answers[sent.length - 1]!();
    },
    find: () => Promise.resolve(null),
  };
}

describe('a ballot on its way', () => {
  const cells = new Map<string, string>();
  beforeEach(() => {
    cells.clear();
    Object.defineProperty(globalThis, 'sessionStorage', {
      configurable: true,
      value: {
        getItem: (key: string) => cells.get(key) ?? null,
        setItem: (key: string, value: string) => void cells.set(key, value),
        removeItem: (key: string) => void cells.delete(key),
      },
    });
  });

  test('outlives a reload byte for byte, and nothing but it is kept', () => {
    const sealed = { ...ballot, code: 'K7QD-SECRET', marks: [[0, 1]] };
    keepUnanswered('u1', sealed);
    assert.deepEqual(unanswered('u1'), ballot);
    assert.equal(unanswered('u2'), null);
    assert.doesNotMatch([...cells.values()].join(), /SECRET|marks/);
    forgetUnanswered('u1');
    assert.equal(cells.size, 0);
  });

  test('damaged or refused storage is no ballot, and no failure', () => {
    for (const text of ['{', 'null', '{"text":1,"tracker":"x"}', '[]']) {
      cells.set('suara.unanswered.u1', text);
      assert.equal(unanswered('u1'), null);
    }
    Object.defineProperty(globalThis, 'sessionStorage', {
      configurable: true,
      get: () => {
        throw new Error('refused');
      },
    });
    keepUnanswered('u1', ballot);
    assert.equal(unanswered('u1'), null);
    forgetUnanswered('u1');
  });

  test('whose answer is unknown is sent again with the same bytes until it is known', async () => {
    for (const lost of ['network', 'timeout', 'internal', 'unavailable']) {
      const asked = service(refuse(lost), refuse(lost), () => Promise.resolve(receipt));
      assert.equal((await sendBallot(ballot, false, asked)).kind, 'unknown', lost);
      assert.equal((await sendBallot(ballot, true, asked)).kind, 'unknown', lost);
      assert.deepEqual(await sendBallot(ballot, true, asked), { kind: 'recorded', receipt });
      assert.deepEqual(asked.sent, [ballot.text, ballot.text, ballot.text]);
    }
  });

  test('that the service was too busy for is known not to be recorded, unless an earlier answer was lost', async () => {
    assert.equal((await sendBallot(ballot, false, service(refuse('overloaded')))).kind, 'later');
    assert.equal((await sendBallot(ballot, true, service(refuse('overloaded')))).kind, 'unknown');
  });

  test('refused after a lost answer is looked for on the board before it is given up', async () => {
    assert.equal((await sendBallot(ballot, false, service(refuse('wrong_phase')))).kind, 'refused');
    assert.equal((await sendBallot(ballot, true, service(refuse('wrong_phase')))).kind, 'refused');
    const found = { ...service(refuse('not_permitted')), find: () => Promise.resolve(onBoard) };
    const { tracker, seq, time } = receipt;
    assert.deepEqual(await sendBallot(ballot, true, found), { kind: 'recorded', receipt: { tracker, seq, time } });
    const unreachable = { ...service(refuse('not_permitted')), find: refuse('network') };
    assert.equal((await sendBallot(ballot, true, unreachable)).kind, 'unknown');
  });

  test('is never taken for another', async () => {
    const other = service(() => Promise.resolve({ ...receipt, tracker: 'U'.repeat(43) }));
    assert.equal((await sendBallot(ballot, false, other)).kind, 'refused');
  });

  test('is sent again soon, then less often, and not before the service asks for it', () => {
    const lost = new ApiError('network', '');
    assert.deepEqual(
      [0, 1, 2, 3, 9].map((attempt) => pauseBefore(attempt, lost)),
      [2000, 4000, 8000, 15000, 15000],
    );
    assert.equal(pauseBefore(0, new ApiError('rate_limited', '', [], 30)), 30000);
  });
});
