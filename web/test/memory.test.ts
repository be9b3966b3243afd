import assert from 'node:assert/strict';
import { before, beforeEach, describe, test } from 'node:test';
import { auditLedger } from '../src/audit/ledger.ts';
import { auditFile, type Served } from '../src/audit/memory.ts';
import type { KnownLedger, Report } from '../src/audit/report.ts';
import { sodiumReady } from '../src/ballot/index.ts';
import type { LogSource } from '../src/log/source.ts';
import { evidence } from '../src/pages/supervisor-contradiction.ts';
import { allKnown, forget, memoryOfElection, remember } from '../src/pages/supervisor-memory.ts';
import { appendSample, memorySource, sampleLedger, sampleUuid, TestLedger } from './support/make-log.ts';

before(sodiumReady);

const cells = new Map<string, string>();
beforeEach(() => {
  cells.clear();
  Object.defineProperty(globalThis, 'localStorage', {
    configurable: true,
    value: {
      getItem: (key: string) => cells.get(key) ?? null,
      setItem: (key: string, value: string) => void cells.set(key, value),
      removeItem: (key: string) => void cells.delete(key),
      key: (i: number) => [...cells.keys()][i] ?? null,
      get length() {
        return cells.size;
      },
    },
  });
});

const origin = `suara.test/2026/${sampleUuid}`;
const known = (name = origin): KnownLedger | undefined => allKnown().find((each) => each.origin === name);

describe('what a device remembers', () => {
  const report = (size: number, verdict: Report['verdict'] = 'intact', key = 'k1'): Report =>
    ({ verdict, origin, size, root: `root ${size}`, key, note: `note ${size}` }) as Report;

  test('is only what was intact, and keeps its first key', () => {
    remember(report(5, 'broken'), null);
    assert.deepEqual(allKnown(), []);
    remember(report(5), null);
    remember(report(9), null);
    const checkpoints = [5, 9].map((size) => ({ size, root: `root ${size}`, note: `note ${size}` }));
    assert.deepEqual(allKnown(), [{ origin, key: 'k1', checkpoints }]);
  });

  test('is of each election the ledger that was seen first: none of another key or name takes its place', () => {
    remember(report(5), null);
    const first = allKnown();
    remember(report(9, 'intact', 'k2'), null);
    for (const name of [`x/${sampleUuid}`, sampleUuid]) remember({ ...report(9), origin: name }, null);
    assert.deepEqual(allKnown(), first);
    remember({ ...report(9), origin: 'suara.test/2026/another' }, null);
    assert.equal(allKnown().length, 2);
  });

  test('is found by the election, whatever origin its log gives itself now', () => {
    remember(report(5), null);
    assert.deepEqual(memoryOfElection(sampleUuid), allKnown());
    assert.deepEqual(memoryOfElection(sampleUuid.slice(1)), []);
  });

  test('stays small, with the first, the newest and some between', () => {
    for (let size = 1; size <= 200; size++) remember(report(size), null);
    const sizes = known()!.checkpoints.map(({ size }) => size);
    assert.equal(sizes.length, 20);
    assert.equal(sizes[0], 1);
    assert.equal(sizes.at(-1), 200);
  });

  test('may have been written before notes were kept', () => {
    cells.set(`suara.seen.${origin}`, '{"key":"k1","checkpoints":[{"size":5,"root":"root 5"}]}');
    assert.deepEqual(allKnown(), [{ origin, key: 'k1', checkpoints: [{ size: 5, root: 'root 5', note: null }] }]);
  });

  test('damaged memory is no memory', () => {
    for (const text of ['{', '[]', '{"checkpoints":[{"size":"1","root":2},null]}', 'null']) {
      cells.set(`suara.seen.${origin}`, text);
      assert.deepEqual(memoryOfElection(sampleUuid), [], text);
    }
  });
});

// The uuid of the sample election under another name.
function renamed(size: number, seed = 9): TestLedger {
  const ledger = new TestLedger(`x/${sampleUuid}`, seed);
  while (ledger.entries.length < size) appendSample(ledger);
  return ledger;
}

const none: LogSource = { read: () => Promise.resolve(null) };
const unreachable: LogSource = { read: () => Promise.reject(new Error('no network')) };
const serving = async (ledger: TestLedger): Promise<LogSource> => memorySource(await ledger.files());

// As the supervisor page does with a file that is dropped on it.
async function dropped(ledger: TestLedger, server = none): Promise<{ report: Report; served: Served | null }> {
  const files = await ledger.files();
  const found = await auditFile(files.get('checkpoint')!, allKnown(), {
    audit: (memory) => auditLedger(memorySource(files), { memory, mayBeOlder: true }),
    server: (uuid) => (uuid === sampleUuid ? server : none),
  });
  remember(found.report, found.served);
  return found;
}

// And with what the server has of the sample election.
async function served(ledger: TestLedger): Promise<Report> {
  const memory = memoryOfElection(sampleUuid);
  const report = await auditLedger(await serving(ledger), { memory, uuid: sampleUuid, mayBeOlder: false });
  remember(report, null);
  return report;
}

const told = ({ verdict, contradicted }: Report): unknown[] => [verdict, contradicted?.kind ?? null];

describe('a ledger of another name or key than the one of its election that was seen first', () => {
  test('is never remembered, be it dropped or served, so that it bears out no later one', async () => {
    const genuine = sampleLedger(20);
    assert.deepEqual(told(await served(genuine)), ['intact', null]);
    const first = allKnown();
    for (const false_ of [renamed(5), renamed(5, 1), sampleLedger(5, 2), renamed(30)]) {
      const { report, served: asked } = await dropped(false_, await serving(false_));
      assert.deepEqual([...told(report), asked], ['broken', 'key', null]);
      assert.deepEqual(report.contradicted, { kind: 'key', known: first });
      assert.deepEqual(allKnown(), first);
      assert.deepEqual(told(await served(false_)), ['broken', 'key']);
    }
    appendSample(genuine);
    const grown = await served(genuine);
    assert.deepEqual([...told(grown), grown.comparedWith], ['intact', null, 20]);
  });

  test('is no fork or rollback of it, which its own key must have signed', async () => {
    await served(sampleLedger(20));
    const fork = sampleLedger(10);
    while (fork.entries.length < 30) appendSample(fork, 'lain');
    assert.deepEqual(told(await served(fork)), ['broken', 'fork']);
    assert.deepEqual(told(await served(sampleLedger(10))), ['broken', 'rollback']);
    assert.deepEqual(told(await served(renamed(10))), ['broken', 'key']);
    const unsigned = await renamed(30).files();
    unsigned.set('checkpoint', (await renamed(29).files()).get('checkpoint')!);
    const report = await auditLedger(memorySource(unsigned), { memory: allKnown(), mayBeOlder: true });
    assert.deepEqual(told(report), ['broken', null]);
  });

  test('is found where several were remembered, as devices did before, in whatever order', async () => {
    const genuine = sampleLedger(20);
    const false_ = renamed(10);
    await served(genuine);
    const [remembered] = allKnown();
    cells.clear();
    await served(false_);
    cells.set(`suara.seen.${origin}`, JSON.stringify(remembered));
    const [first, second] = allKnown();
    assert.deepEqual([first!.origin, second!.origin], [origin, false_.origin]);
    appendSample(false_);
    assert.deepEqual((await served(false_)).contradicted, { kind: 'key', known: [first] });
    assert.deepEqual((await served(genuine)).contradicted, { kind: 'key', known: [second] });
    const fork = sampleLedger(10);
    while (fork.entries.length < 30) appendSample(fork, 'lain');
    assert.deepEqual(told(await served(fork)), ['broken', 'fork']);
    assert.deepEqual(allKnown(), [first, second]);
  });

  test('is what the device remembers once the first is forgotten on purpose', async () => {
    await served(renamed(10));
    const genuine = sampleLedger(20);
    const { contradicted } = await served(genuine);
    assert.ok(contradicted?.kind === 'key');
    const text = evidence(contradicted, { key: genuine.vkey, note: genuine.checkpoint() });
    for (const part of [renamed(10).vkey, renamed(10).checkpoint(), genuine.vkey, genuine.checkpoint()]) {
      assert.ok(text.includes(part), text);
    }
    forget(contradicted.known);
    assert.deepEqual(allKnown(), []);
    assert.deepEqual(told(await served(genuine)), ['intact', null]);
    assert.equal(known()!.key, genuine.vkey);
  });
});

describe('a file of an election that the device has not seen', () => {
  test('is remembered where this server has the same ledger, or none of that election', async () => {
    for (const [server, expected] of [
      [await serving(sampleLedger(3)), 'same'],
      [none, 'none'],
    ] as const) {
      cells.clear();
      const { report, served: asked } = await dropped(sampleLedger(10), server);
      assert.deepEqual([report.verdict, asked, known()?.key], ['intact', expected, sampleLedger(0).vkey]);
      const fork = sampleLedger(5);
      while (fork.entries.length < 30) appendSample(fork, 'lain');
      assert.deepEqual(told(await served(fork)), ['broken', 'fork']);
    }
  });

  test('does not decide what this server’s ledger is held against', async () => {
    const genuine = sampleLedger(20);
    const unreadable = memorySource(new Map([['keys.json', new Uint8Array(3)]]));
    for (const [server, expected] of [
      [await serving(genuine), 'other'],
      [unreachable, 'unknown'],
      [unreadable, 'unknown'],
    ] as const) {
      for (const copy of [renamed(10), sampleLedger(10, 2)]) {
        const { report, served: asked } = await dropped(copy, server);
        assert.deepEqual([report.verdict, asked, allKnown()], ['intact', expected, []]);
      }
    }
    assert.deepEqual(told(await served(genuine)), ['intact', null]);
  });

  test('is not asked about where it is broken, or known already', async () => {
    const broken = sampleLedger(10);
    broken.entries[4]![9]! ^= 1;
    assert.deepEqual((await dropped(broken, unreachable)).served, null);
    await served(sampleLedger(5));
    const { report, served: asked } = await dropped(sampleLedger(10), unreachable);
    assert.deepEqual([report.verdict, asked, known()!.checkpoints.length], ['intact', null, 2]);
  });
});

test('a server that gives the ledger of another election is not believed', async () => {
  const options = { memory: [], mayBeOlder: false };
  const { verdict, faults } = await auditLedger(await serving(sampleLedger(5)), { ...options, uuid: 'another' });
  assert.deepEqual([verdict, faults[0]!.check, faults[0]!.expected], ['broken', 'keys', 'another']);
});
