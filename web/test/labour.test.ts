import assert from 'node:assert/strict';
import { afterEach, before, describe, test } from 'node:test';
import { work, type Job } from '../src/audit/labour.ts';
import { Pace } from '../src/audit/pace.ts';
import { sodiumReady } from '../src/ballot/index.ts';
import { ManyHands } from '../src/pages/supervisor-labour.ts';
import { belParts } from './support/make-bel.ts';

before(sodiumReady);

// What the page's workers are here: each answers when the test lets it.
class FakeWorker {
  static all: FakeWorker[] = [];
  static refuse = false;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onerror: (() => void) | null = null;
  asked: { id: number; job: Job }[] = [];
  ended = false;

  constructor() {
    if (FakeWorker.refuse) throw new Error('no workers from workers');
    FakeWorker.all.push(this);
  }
  postMessage(message: { id: number; job: Job }): void {
    this.asked.push(message);
  }
  terminate(): void {
    this.ended = true;
  }
  answer(): void {
    const { id, job } = this.asked.shift()!;
    this.onmessage!({ data: { id, outcome: work(job) } });
  }
}

Object.assign(globalThis, { Worker: FakeWorker, AUDIT_WORKER_URL: '/audit-worker.js' });
afterEach(() => {
  FakeWorker.all = [];
  FakeWorker.refuse = false;
});

// One with n elements before a bad one, so that its outcome is n. The element is the generator.
const generator = `${'6'.repeat(62)}58`;
const jobs: Job[] = [1, 2, 3, 4].map((n) => ({ kind: 'elements', texts: [...Array<string>(n).fill(generator), 'x'] }));

describe('many hands', () => {
  test('get the work spread over them, and each answer goes to who asked', async () => {
    const hands = new ManyHands(2);
    const outcomes = Promise.all(jobs.map((job) => hands.run(job)));
    const [first, second] = FakeWorker.all as [FakeWorker, FakeWorker];
    assert.deepEqual([first.asked.length, second.asked.length], [2, 2]);
    for (const worker of [second, first, first, second]) worker.answer();
    assert.deepEqual(await outcomes, [1, 2, 3, 4]);
  });

  test('that fail leave no work undone', async () => {
    const hands = new ManyHands(2);
    const outcomes = Promise.all(jobs.map((job) => hands.run(job)));
    const [first, second] = FakeWorker.all as [FakeWorker, FakeWorker];
    first.onerror!();
    second.answer();
    second.onerror!();
    assert.deepEqual(await outcomes, [1, 2, 3, 4]);
    assert.ok(first.ended && second.ended);
    assert.equal(await hands.run(jobs[2]!), 3);
  });

  test('are not needed where a browser has none', async () => {
    FakeWorker.refuse = true;
    assert.equal(await new ManyHands(2).run(jobs[0]!), 1);
  });

  test('judge a ballot to the same end as this thread, by its texts alone', async () => {
    const parts = await belParts('threshold');
    const hands = new ManyHands(1);
    const outcome = hands.run({ kind: 'ballot', election: parts.election, ballot: parts.ballots[0]! });
    FakeWorker.all[0]!.answer();
    const judged = await outcome;
    assert.ok(typeof judged !== 'string');
    assert.deepEqual([judged.fault, judged.ciphertexts.map((row) => row.length)], [null, [5, 3]]);
    const other = work({ kind: 'ballot', election: parts.election.replace('RW', 'RT'), ballot: parts.ballots[0]! });
    assert.equal(typeof other !== 'string' && other.fault, 'another election');
    assert.equal(typeof work({ kind: 'ballot', election: parts.election, ballot: '{}' }), 'string');
  });
});

test('the time left goes by the pace of the last seconds', () => {
  const pace = new Pace(8000);
  assert.equal(pace.left(0, 0, 1000), null);
  assert.equal(pace.left(1000, 500, 1000), null); // too little is known
  assert.equal(pace.left(2000, 500, 1000), 2000); // 500 in 2 s
  for (let second = 3; second <= 12; second++) pace.left(second * 1000, 500 + second, 1000);
  assert.equal(pace.left(13_000, 513, 1000), 487_000); // one a second since
});
