import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { createTar } from 'nanotar';
import { sodiumReady } from '../src/ballot/index.ts';
import { concat, toBase64, utf8 } from '../src/crypto/bytes.ts';
import { auditLedger } from '../src/audit/ledger.ts';
import type { KnownLedger, Memory, Report } from '../src/audit/report.ts';
import { withFullTiles, type StoredEntries } from '../src/log/source.ts';
import { bundleOf, splitBundle, tilePath } from '../src/log/tiles.ts';
import { tarSource } from '../src/log/tar-source.ts';
import { leafHash } from '../src/log/tree.ts';

import { logCases } from './support/log-lies.ts';
import { appendSample, memorySource, sampleLedger, sampleTime, TestLedger } from './support/make-log.ts';

before(sodiumReady);

// Hash tiles of all levels in a tree of this size.
const tilesOf = (size: number): number => (size === 0 ? 0 : Math.ceil(size / 256) + tilesOf(Math.floor(size / 256)));

const nothing: Memory = [];
type Files = Map<string, Uint8Array>;

const verify = (files: Files, memory = nothing, mayBeOlder = false): Promise<Report> =>
  auditLedger(memorySource(files), { memory, mayBeOlder });

function changed(files: Files, path: string, change: (bytes: Uint8Array) => void): Files {
  const bytes = files.get(path)!.slice();
  change(bytes);
  return new Map(files).set(path, bytes);
}

const rootOf = (ledger: TestLedger, size: number): string => ledger.checkpoint(size).split('\n')[2]!;

// As a device remembers it that saw it at these sizes.
const knownOf = (ledger: TestLedger, ...sizes: number[]): KnownLedger => ({
  origin: ledger.origin,
  key: ledger.vkey,
  checkpoints: sizes.map((size) => ({ size, root: rootOf(ledger, size), note: ledger.checkpoint(size) })),
});

describe('a whole log', () => {
  test('that is right is intact, at sizes around the edges of tiles', async () => {
    const ledger = sampleLedger(600);
    for (const size of [1, 255, 256, 257, 512, 600]) {
      const report = await verify(await ledger.files(size));
      assert.equal(report.verdict, 'intact', JSON.stringify(report.faults));
      assert.equal(report.size, size);
      assert.equal(report.rows.length, size);
      const count = (id: string): number => report.checks.find((check) => check.id === id)!.count;
      assert.equal(count('signatures'), size);
      assert.equal(count('chain'), size);
      assert.equal(count('tree'), 1 + tilesOf(size));
      assert.equal(count('legality'), size);
    }
  });

  test('any flipped bit of an entry is found and placed', async () => {
    const ledger = sampleLedger(6);
    const files = await ledger.files();
    const path = tilePath(bundleOf(0, 6));
    const bytes = files.get(path)!;
    let at = 0;
    for (let seq = 0; seq < 6; seq++) {
      const length = 2 + ledger.entries[seq]!.length;
      for (let offset = 0; offset < length; offset += 11) {
        const report = await verify(changed(files, path, (copy) => (copy[at + offset]! ^= 1 << (offset % 8))));
        assert.equal(report.verdict, 'broken');
        assert.equal(report.faults[0]!.seq, seq, `byte ${offset} of entry ${seq}: ${JSON.stringify(report.faults[0])}`);
      }
      at += length;
    }
    assert.equal(at, bytes.length);
  });

  test('a changed hash tile names the entry whose hash is wrong', async () => {
    const files = await sampleLedger(300).files();
    const report = await verify(changed(files, 'tile/0/001.p/44', (copy) => (copy[32 * 7]! ^= 1)));
    assert.deepEqual([report.faultCount, report.faults[0]!.check, report.faults[0]!.seq], [1, 'tree', 263]);
  });

  test('an entry that the key signed anew breaks the chain after it and the root', async () => {
    const ledger = sampleLedger(10);
    const forged = sampleLedger(4);
    appendSample(forged, 'lain');
    ledger.entries[4] = forged.entries[4]!;
    const honest = await sampleLedger(10).files();
    const files = (await ledger.files())
      .set('checkpoint', honest.get('checkpoint')!)
      .set('tile/0/000.p/10', honest.get('tile/0/000.p/10')!);
    const report = await verify(files);
    assert.deepEqual([report.faults[0]!.check, report.faults[0]!.seq], ['tree', 4]);
    assert.ok(report.faults.some((fault) => fault.check === 'chain' && fault.seq === 5));
    assert.ok(report.faults.some((fault) => fault.check === 'tree' && fault.path === 'checkpoint'));
  });

  test('time that runs backwards, a foreign ledger and a number out of order are named', async () => {
    const late = sampleLedger(3);
    const data = { first: 1, voters: [{ commitment: 'ab'.repeat(32), place: 'tps-1' }] };
    late.append('VotersEnrolled', data, sampleTime(1), 'registrar:sri');
    const early = await verify(await late.files());
    assert.deepEqual([early.faults[0]!.check, early.faults[0]!.seq], ['entries', 3]);

    const removed = sampleLedger(5);
    removed.entries.splice(2, 1);
    const gap = await verify(await removed.files());
    assert.deepEqual([gap.faults[0]!.check, gap.faults[0]!.seq], ['entries', 2]);
  });

  test('missing or cut files are placed, and what follows is still checked', async () => {
    const files = await sampleLedger(600).files();
    const without = new Map(files);
    without.delete('tile/entries/001');
    const report = await verify(without);
    assert.deepEqual([report.verdict, report.faults[0]!.check, report.faults[0]!.seq], ['broken', 'entries', 256]);
    assert.equal(report.checks.find((check) => check.id === 'signatures')!.count, 600 - 256);

    const cut = new Map(files).set('tile/entries/002.p/88', files.get('tile/entries/002.p/88')!.slice(0, -1));
    assert.equal((await verify(cut)).faults[0]!.seq, 599);
  });

  test('no keys, no checkpoint or none of this key cannot pass', async () => {
    const files = await sampleLedger(5).files();
    for (const path of ['keys.json', 'checkpoint']) {
      const without = new Map(files);
      without.delete(path);
      assert.equal((await verify(without)).verdict, 'unreadable');
    }
    const foreign = new Map(files).set('keys.json', (await sampleLedger(5, 2).files()).get('keys.json')!);
    const report = await verify(foreign);
    assert.equal(report.verdict, 'broken');
    assert.ok(report.faults.some((fault) => fault.check === 'checkpoint'));
  });
});

describe('a log that grows while it is read', () => {
  test('is verified at the size of its checkpoint, from full tiles where the partial ones are gone', async () => {
    const ledger = sampleLedger(600);
    const files = new Map([...(await ledger.files()), ...(await ledger.files(500))]);
    for (const path of ['tile/0/001.p/244', 'tile/entries/001.p/244']) assert.ok(files.delete(path));
    const report = await auditLedger(withFullTiles(memorySource(files)), { memory: nothing, mayBeOlder: false });
    assert.deepEqual([report.verdict, report.size], ['intact', 500], JSON.stringify(report.faults));

    const bytes = files.get('tile/entries/001')!;
    bytes[100]! ^= 1;
    const broken = await auditLedger(withFullTiles(memorySource(files)), { memory: nothing, mayBeOlder: false });
    assert.deepEqual([broken.verdict, broken.faults[0]!.seq], ['broken', 256]);
  });
});

describe('the rows behind a published log', () => {
  const rows =
    (entries: Uint8Array[]): StoredEntries =>
    async (n, width) => {
      const asked = entries.slice(n * 256, n * 256 + width);
      if (asked.length === 0) return null;
      return concat(...asked.map((entry) => concat(Uint8Array.of(entry.length >> 8, entry.length & 255), entry)));
    };
  const check = async (ledger: TestLedger, stored: StoredEntries): Promise<Report> =>
    auditLedger(memorySource(await ledger.files()), { memory: nothing, mayBeOlder: false, stored });

  test('are compared one by one; a changed or missing one is named', async () => {
    const ledger = sampleLedger(300);
    const same = await check(ledger, rows(ledger.entries));
    assert.deepEqual([same.verdict, same.checks.find(({ id }) => id === 'stored')!.count], ['intact', 300]);

    const changedRow = ledger.entries.map((entry) => entry.slice());
    changedRow[270]![20]! ^= 1;
    const report = await check(ledger, rows(changedRow));
    assert.deepEqual([report.verdict, report.faultCount, report.faults[0]!.seq], ['broken', 1, 270]);

    const removed = await check(ledger, rows(ledger.entries.slice(0, 290)));
    assert.deepEqual([removed.faultCount, removed.faults[0]!.check, removed.faults[0]!.seq], [10, 'stored', 290]);
    assert.equal((await check(ledger, rows(ledger.entries.slice(0, 256)))).faults[0]!.seq, 256);

    const unreachable = await check(ledger, () => Promise.reject(new Error('no database')));
    assert.deepEqual([unreachable.verdict, unreachable.checks.find(({ id }) => id === 'stored')!.count], ['intact', 0]);
  });
});

describe('what was seen before', () => {
  test('a log that only grew says so', async () => {
    const ledger = sampleLedger(300);
    const memory = [knownOf(ledger, 1, 255, 256, 290)];
    const report = await verify(await ledger.files(), memory);
    assert.deepEqual([report.verdict, report.comparedWith, report.keyKnown], ['intact', 290, true]);
  });

  test('a log that shrank, forked or changed its key is refused', async () => {
    const ledger = sampleLedger(300);
    const seen = [knownOf(ledger, 290)];
    const shrunk = await verify(await ledger.files(280), seen);
    assert.deepEqual([shrunk.faults[0]!.check, shrunk.olderThanKnown], ['growth', true]);

    const fork = sampleLedger(200);
    for (let i = 200; i < 300; i++) appendSample(fork, 'lain');
    const forked = await verify(await fork.files(), seen);
    assert.deepEqual([forked.faultCount, forked.faults[0]!.check], [1, 'growth']);

    const rekeyed = await verify(await sampleLedger(300, 2).files(), seen);
    assert.equal(
      rekeyed.faults.some((fault) => fault.check === 'keys'),
      true,
    );
  });

  test('a bundle may be older than what was seen', async () => {
    const ledger = sampleLedger(300);
    const seen = [knownOf(ledger, 290)];
    const report = await verify(await ledger.files(280), seen, true);
    assert.deepEqual([report.verdict, report.olderThanKnown, report.comparedWith], ['intact', true, null]);
  });
});

describe('a bundle in a tar', () => {
  test('is verified the same, in the root or in a folder', async () => {
    const files = await sampleLedger(300).files();
    for (const folder of ['', './', 'ucSijHEHGk8LHG/']) {
      const tar = createTar([...files].map(([name, data]) => ({ name: folder + name, data })));
      const report = await auditLedger(tarSource(tar)!, { memory: nothing, mayBeOlder: true });
      assert.deepEqual([report.verdict, report.size], ['intact', 300]);
    }
  });

  test('other files are told apart', () => {
    assert.equal(tarSource(utf8('not a tar at all')), null);
    assert.equal(tarSource(createTar([{ name: 'a.txt', data: utf8('x') }])), null);
    assert.equal(tarSource(new Uint8Array(0)), null);
  });
});

test('the test ledger itself chains', () => {
  const ledger = sampleLedger(2);
  const { entries } = splitBundle(new Uint8Array(0));
  assert.equal(entries.length, 0);
  assert.ok(
    new TextDecoder().decode(ledger.entries[1]).includes(Buffer.from(leafHash(ledger.entries[0]!)).toString('hex')),
  );
  assert.equal(toBase64(leafHash(ledger.entries[0]!)).length, 44);
});

describe('what contradicts what was seen before', () => {
  test('is a fork only where the ledger’s key signed it, not where a file is damaged', async () => {
    const ledger = sampleLedger(40);
    const memory = [knownOf(ledger, 30)];
    const forked = sampleLedger(20);
    while (forked.entries.length < 40) appendSample(forked, 'b');
    const fork = await verify(await forked.files(), memory);
    assert.deepEqual([fork.verdict, fork.contradicted?.kind], ['broken', 'fork']);
    const path = tilePath(bundleOf(0, 40));
    const damaged = await verify(
      changed(await ledger.files(), path, (bytes) => void (bytes[60]! ^= 1)),
      memory,
    );
    assert.deepEqual([damaged.verdict, damaged.contradicted], ['broken', null]);
  });
});

describe('a ledger whose key is changed, or that witnesses watch', () => {
  test('is judged by the check that must find the lie', async () => {
    for (const { name, check, seq, files } of await logCases()) {
      const { faults } = await verify(files);
      assert.deepEqual([faults[0]?.check ?? null, faults[0]?.seq ?? null], [check, seq], name);
    }
  });

  test('waits for witnesses where they alone are missing, and for nothing else', async () => {
    const cases = await logCases();
    const verdictOf = async (sought: string): Promise<string> =>
      (await verify(cases.find(({ name }) => name === sought)!.files)).verdict;
    assert.equal(await verdictOf('a result that nobody saw'), 'unwitnessed');
    assert.equal(await verdictOf('an end seen by one'), 'unwitnessed');
    assert.equal(await verdictOf('an end that was seen'), 'intact');
    const files = new Map(cases.find(({ name }) => name === 'an end that nobody saw')!.files);
    const path = tilePath(bundleOf(0, 3));
    assert.equal((await verify(changed(files, path, (copy) => (copy[40]! ^= 1)))).verdict, 'broken');
  });

  test('tells who saw how much of it', async () => {
    const found = (await logCases()).find(({ name }) => name === 'seen in part')!;
    const { witnessed, notes, size } = await verify(found.files);
    assert.deepEqual(notes, ['no-result', 'partly-witnessed']);
    assert.equal(witnessed!.size, size - 1);
    assert.deepEqual(
      witnessed!.seen.map(({ name }) => name),
      ['saksi.test/1', 'saksi.test/3'],
    );
  });
});
