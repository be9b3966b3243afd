import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { sodiumReady } from '../src/ballot/index.ts';
import { utf8 } from '../src/crypto/bytes.ts';
import type { Kept } from '../src/audit/kept.ts';
import type { LogSource } from '../src/log/source.ts';
import { work, type Job, type Labour, type Outcomes } from '../src/audit/labour.ts';
import { auditLedger, type AuditOptions } from '../src/audit/ledger.ts';
import type { Report } from '../src/audit/report.ts';
import { liesAbout } from './support/lies.ts';
import { logCases, note, opened, watchedLedger, type LogCase } from './support/log-lies.ts';
import { ledgerOf, makeElection } from './support/make-election.ts';
import { appendSample, cosigned, memorySource, sampleLedger, sampleTime } from './support/make-log.ts';
import { twoAgree } from './support/make-polling.ts';

before(sodiumReady);

type Files = Map<string, Uint8Array>;
const plain: AuditOptions = { memory: [], mayBeOlder: false };

// Ballots that were judged once are not judged again; how many were is counted.
class Counting implements Labour {
  asked = 0;
  private readonly done = new Map<string, unknown>();

  run = async <J extends Job>(job: J): Promise<Outcomes[J['kind']]> => {
    this.asked++;
    const name = JSON.stringify(job);
    if (!this.done.has(name)) this.done.set(name, work(job));
    return this.done.get(name) as Outcomes[J['kind']];
  };
}

async function keptOf(files: Files, options = plain): Promise<Kept | null> {
  let kept: Kept | null = null;
  await auditLedger(memorySource(files), { ...options, onKept: (given) => (kept = structuredClone(given)) });
  return kept;
}

// All but how long it took and where it began.
function told(report: Report): unknown {
  const checks = report.checks.map((check) => ({ ...check, millis: 0 }));
  return { ...report, checks, millis: 0, goneOnFrom: 0 };
}

// An audit that goes on must tell what a whole one tells.
async function same(files: Files, from: Kept, name: string, options = plain): Promise<Report> {
  const whole = await auditLedger(memorySource(files), options);
  const report = await auditLedger(memorySource(files), { ...options, from: structuredClone(from) });
  assert.deepEqual(told(report), told(whole), name);
  return report;
}

describe('an audit that goes on', () => {
  test('tells of whole elections what one from the first entry tells, wherever it was cut', async () => {
    const labour = new Counting();
    const options = { ...plain, labour };
    for (const events of [makeElection({ live: true }).events, twoAgree()]) {
      const ledger = ledgerOf(events);
      const files = await ledger.files();
      for (let cut = 1; cut <= events.length; cut++) {
        const kept = await keptOf(await ledger.files(cut), options);
        assert.equal(kept?.size, cut);
        const report = await same(files, kept, `cut ${cut}`, options);
        assert.equal(report.verdict, 'intact');
        assert.equal(report.goneOnFrom, cut);
      }
    }
  });

  test('reads only what is new, at sizes around the edges of tiles', async () => {
    const ledger = sampleLedger(600);
    const files = await ledger.files();
    for (const cut of [1, 255, 256, 257, 511, 512, 599, 600]) {
      const kept = (await keptOf(await ledger.files(cut)))!;
      const read: string[] = [];
      const source = { read: async (path: string) => (read.push(path), files.get(path) ?? null) };
      const report = await auditLedger(source, { ...plain, from: structuredClone(kept) });
      assert.deepEqual([report.verdict, report.goneOnFrom, report.size, report.rows.length], ['intact', cut, 600, 600]);
      const bundles = read.filter((path) => path.startsWith('tile/entries/'));
      assert.equal(bundles.length, cut === 600 ? 0 : 3 - Math.floor(cut / 256), `cut ${cut}: ${bundles.join(' ')}`);
      await same(files, kept, `cut ${cut}`);
    }
  });

  test('can be kept again and again', async () => {
    const ledger = sampleLedger(0);
    let kept: Kept | null = null;
    for (let size = 1; size <= 40; size++) {
      appendSample(ledger);
      const report = await auditLedger(memorySource(await ledger.files()), {
        ...plain,
        from: kept,
        onKept: (given) => (kept = given),
      });
      assert.deepEqual([report.verdict, report.goneOnFrom, report.size], ['intact', size - 1, size]);
    }
    await same(await ledger.files(), kept!, 'at the end');
  });

  test('finds the lies that come after, and begins anew to tell of them', async () => {
    const labour = new Counting();
    const options = { ...plain, labour };
    const { events } = makeElection({ live: true });
    const ledger = ledgerOf(events);
    const keptAt = new Map<number, Kept>();
    for (let cut = 1; cut < events.length; cut++) keptAt.set(cut, (await keptOf(await ledger.files(cut), options))!);
    let broken = 0;
    for (const [i, { name, events: told }] of [...liesAbout(events)].entries()) {
      const from = keptAt.get(Number(name.split(' ')[0]));
      if (i % 9 !== 0 || !from) continue;
      const report = await same(await ledgerOf(told).files(), from, name, options);
      if (report.verdict === 'broken') broken++;
    }
    assert.ok(broken > 20, `${broken}`);
  });

  test('follows a key handed over before, between and after', async () => {
    const ledger = opened();
    const kept: Kept[] = [];
    const keep = async (): Promise<void> => void kept.push((await keptOf(await ledger.files()))!);
    await keep();
    note(ledger);
    await keep();
    ledger.append('KeyRotated', ledger.rotation(7), sampleTime(3), 'committee:ani');
    ledger.signWith(7);
    await keep();
    note(ledger);
    await keep();
    for (const from of kept) {
      const report = await same(await ledger.files(), from, `from ${from.size}`);
      assert.deepEqual([report.verdict, report.goneOnFrom], ['intact', from.size]);
    }
    ledger.append('KeyRotated', ledger.rotation(1), sampleTime(5), 'committee:ani');
    ledger.signWith(1);
    for (const from of kept) assert.equal((await same(await ledger.files(), from, 'again')).faults[0]?.check, 'keys');
  });

  test('finds a fork and a rollback by itself, and holds them against what is remembered', async () => {
    const ledger = sampleLedger(300);
    const kept = (await keptOf(await ledger.files()))!;
    const root = ledger.checkpoint().split('\n')[2]!;
    const checkpoints = [{ size: 300, root, note: ledger.checkpoint() }];
    const options = { ...plain, memory: [{ origin: ledger.origin, key: ledger.vkey, checkpoints }] };
    const fork = sampleLedger(299);
    for (let i = 0; i < 20; i++) appendSample(fork, 'lain');
    const forked = await same(await fork.files(), kept, 'fork', options);
    assert.deepEqual([forked.contradicted?.kind, forked.goneOnFrom], ['fork', 0]);
    const rolledBack = await same(await ledger.files(280), kept, 'rollback', options);
    assert.deepEqual([rolledBack.contradicted?.kind, rolledBack.goneOnFrom], ['rollback', 0]);
  });

  test('proves from the tiles what it did not note when it went by', async () => {
    const ledger = sampleLedger(600);
    const kept = (await keptOf(await ledger.files(500)))!;
    const rootOf = (size: number): string => ledger.checkpoint(size).split('\n')[2]!;
    const checkpoints = [0, 1, 77, 256, 499].map((size) => ({ size, root: rootOf(size), note: null }));
    const options = { ...plain, memory: [{ origin: ledger.origin, key: ledger.vkey, checkpoints }] };
    const report = await same(await ledger.files(), kept, 'remembered sizes', options);
    assert.deepEqual([report.verdict, report.comparedWith, report.goneOnFrom], ['intact', 499, 500]);
    checkpoints[2]!.root = rootOf(78);
    const other = await same(await ledger.files(), kept, 'another root', options);
    assert.deepEqual([other.contradicted?.kind, other.goneOnFrom], ['fork', 0]);
  });

  test('sees which witnesses saw what had been audited before', async () => {
    const ledger = watchedLedger();
    const early = ledger.checkpoint();
    for (let i = 0; i < 3; i++) note(ledger);
    const kept = (await keptOf(await ledger.files()))!;
    note(ledger);
    const seen = [1, 3].reduce((text, n) => cosigned(text, `saksi.test/${n}`, n + 10), early);
    const report = await same((await ledger.files()).set('checkpoint.witnessed', utf8(seen)), kept, 'seen early');
    assert.deepEqual([report.verdict, report.witnessed!.size, report.goneOnFrom], ['intact', 2, 5]);
  });

  test('misses the witnesses of a result that had been audited before', async () => {
    const cases = await logCases();
    const named = (sought: string): LogCase => cases.find(({ name }) => name === sought)!;
    const unseen = named('a result that nobody saw');
    const kept = (await keptOf(named('a result that was seen').files))!;
    assert.equal((await same(named('a result that was seen').files, kept, 'seen')).goneOnFrom, kept.size);
    const { verdict, faults } = await same(unseen.files, kept, 'no longer witnessed');
    assert.deepEqual([verdict, faults[0]!.check, faults[0]!.seq], ['unwitnessed', 'witnesses', unseen.seq]);
  });

  test('does not go on from another ledger, or from what it cannot read', async () => {
    const files = await sampleLedger(20).files();
    const kept = (await keptOf(await sampleLedger(10).files()))!;
    const others = [
      (await keptOf(await sampleLedger(10, 2).files()))!,
      { ...kept, stack: [] },
      { ...kept, keys: undefined },
      { ...kept, meaning: {} },
      { ...kept, previous: '0'.repeat(64) },
      {},
    ] as Kept[];
    for (const [i, other] of others.entries()) {
      const report = await same(files, other, `${i}`);
      assert.deepEqual([report.verdict, report.goneOnFrom], ['intact', 0], `${i}`);
    }
  });

  test('gives up, and begins nothing anew, where a file could not be asked for', async () => {
    const files = await sampleLedger(600).files();
    const kept = (await keptOf(await sampleLedger(500).files()))!;
    const asked: string[] = [];
    const source = memorySource(files);
    const cutOff: LogSource = {
      read: async (path) => {
        asked.push(path);
        if (path.startsWith('tile/entries/002')) throw new Error('no network');
        return source.read(path);
      },
    };
    await assert.rejects(auditLedger(cutOff, { ...plain, from: structuredClone(kept) }), /no network/);
    assert.ok(!asked.includes('tile/entries/000'), asked.join(' '));
  });

  test('is not kept where something was wrong', async () => {
    const broken = await sampleLedger(10).files();
    broken.set('tile/0/000.p/10', new Uint8Array(320));
    assert.equal(await keptOf(broken), null);
    const files = await sampleLedger(10).files();
    assert.equal(await keptOf(files, { ...plain, stored: () => Promise.reject(new Error('no database')) }), null);
  });
});
