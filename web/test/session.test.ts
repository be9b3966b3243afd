import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { sodiumReady } from '../src/ballot/index.ts';
import { work, type Job, type Labour, type Outcomes } from '../src/audit/labour.ts';
import { auditLedger, AuditSession } from '../src/audit/ledger.ts';
import type { Memory, Report } from '../src/audit/report.ts';
import { utf8 } from '../src/crypto/bytes.ts';
import { ledgerOf, makeElection } from './support/make-election.ts';
import { appendSample, cosigned, memorySource, sampleLedger, TestLedger } from './support/make-log.ts';
import { logCases } from './support/log-lies.ts';
import { twoAgree } from './support/make-polling.ts';

type Files = Map<string, Uint8Array>;
const nothing: Memory = { key: null, checkpoints: [] };

const done = new Map<string, unknown>();
const labour: Labour = {
  run: async <J extends Job>(job: J) => {
    const key = JSON.stringify(job);
    if (!done.has(key)) done.set(key, work(job));
    return done.get(key) as Outcomes[J['kind']];
  },
};

const audit = (files: Files, session?: AuditSession, memory = nothing): Promise<Report> =>
  auditLedger(memorySource(files), { memory, mayBeOlder: false, labour, session });

// Everything but how long it took and how much of it was looked at.
const told = ({ millis: _, recalled: __, checks, ...rest }: Report): unknown => ({
  ...rest,
  checks: checks.map(({ millis: ___, ...check }) => check),
});

before(sodiumReady);

describe('an audit that goes on from the last one', () => {
  async function heldAgainstWhole(ledger: TestLedger, sizes: number[]): Promise<void> {
    const session = new AuditSession();
    for (const [i, size] of sizes.entries()) {
      const files = await ledger.files(size);
      const report = await audit(files, session);
      assert.deepEqual(told(report), told(await audit(files)), `size ${size} of ${sizes.join()}`);
      assert.equal(report.recalled, i === 0 ? 0 : sizes[i - 1], `size ${size} of ${sizes.join()}`);
    }
  }

  test('tells what an audit of the whole tells, wherever it begins', async () => {
    const ledger = sampleLedger(600);
    await heldAgainstWhole(ledger, [3, 255, 256, 257, 511, 512, 600, 600]);
    await heldAgainstWhole(ledger, [256, 512, 600]);
    await heldAgainstWhole(ledger, [100, 599]);
  });

  test('over elections, from each of their entries', async () => {
    for (const events of [makeElection({ live: true }).events, makeElection().events, twoAgree()]) {
      const ledger = ledgerOf(events);
      const all = ledger.entries.length;
      await heldAgainstWhole(
        ledger,
        Array.from({ length: all - 1 }, (_, i) => i + 2),
      );
      for (let size = 3; size < all; size += 7) await heldAgainstWhole(ledger, [size, all]);
    }
  });

  test('finds a lie among what is new, at its place', async () => {
    const ledger = sampleLedger(300);
    const session = new AuditSession();
    await audit(await ledger.files(), session);
    appendSample(ledger);
    ledger.append('ElectionOpened', {}, '2026-11-23T07:00:01.000Z', 'committee:ani');
    const report = await audit(await ledger.files(), session);
    assert.deepEqual([report.faults[0]!.seq, report.faults[0]!.check], [301, 'legality']);
    assert.deepEqual(told(report), told(await audit(await ledger.files())));
    assert.equal(session.walk, null);
  });

  test('looks at the whole again where it is not the old ledger grown', async () => {
    const memory: Memory = nothing;
    for (const [size, other] of [
      [300, 300],
      [300, 299],
      [300, 420],
      [300, 200],
    ] as const) {
      const session = new AuditSession();
      await audit(await sampleLedger(size).files(), session, memory);
      const forked = sampleLedger(250);
      while (forked.entries.length < other) appendSample(forked, 'b');
      const files = await forked.files(other);
      const report = await audit(files, session, memory);
      assert.equal(report.recalled, 0, `${size} then ${other}`);
      assert.deepEqual(told(report), told(await audit(files)), `${size} then ${other}`);
    }
  });

  test('still compares the file of a bundle that it has seen half', async () => {
    const ledger = sampleLedger(20);
    const session = new AuditSession();
    await audit(await ledger.files(), session);
    for (let i = 0; i < 3; i++) appendSample(ledger);
    const files = await ledger.files();
    const path = 'tile/entries/000.p/23';
    const changed = files.get(path)!.slice();
    changed[40]! ^= 1; // in entry 0
    files.set(path, changed);
    const report = await audit(files, session);
    assert.equal(report.verdict, 'broken');
    assert.deepEqual(told(report), told(await audit(files)));
  });

  test('keeps nothing of an audit that was cut short', async () => {
    const ledger = sampleLedger(40);
    const session = new AuditSession();
    await audit(await ledger.files(30), session);
    assert.ok(session.walk);
    const cut = auditLedger(memorySource(await ledger.files()), {
      memory: nothing,
      mayBeOlder: false,
      session,
      onProgress: () => {
        throw new Error('superseded');
      },
    });
    await assert.rejects(cut, /superseded/);
    assert.equal(session.walk, null);
  });

  test('judges witnesses and changed keys as an audit of the whole does', async () => {
    for (const { name, files } of await logCases()) {
      const session = new AuditSession();
      const first = await audit(files, session);
      const again = await audit(files, session);
      assert.deepEqual(told(again), told(first), name);
    }
    const witnessed = (await logCases()).find(({ name }) => name === 'not seen yet')!.files;
    const session = new AuditSession();
    await audit(witnessed, session);
    const note = new TextDecoder().decode(witnessed.get('checkpoint')!);
    const forged = new Map(witnessed).set('checkpoint.witnessed', utf8(cosigned(note, 'saksi.test/1', 99)));
    assert.equal((await audit(forged, session)).verdict, (await audit(forged)).verdict);
  });
});
