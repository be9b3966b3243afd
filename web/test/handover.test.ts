import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { sodiumReady } from '../src/ballot/index.ts';
import { rotatesKey } from '../src/audit/rules-setup.ts';
import type { State } from '../src/audit/state.ts';
import { utf8 } from '../src/crypto/bytes.ts';
import { handedOver } from '../src/log/handover.ts';
import { maxKeys } from '../src/log/note.ts';
import { heldIn, openByLog, openReceipt, type Held } from '../src/log/receipt.ts';
import type { LogSource } from '../src/log/source.ts';
import type { Trust } from '../src/log/trust.ts';
import { readTlogProof, writeTlogProof } from '../src/log/tlog-proof.ts';
import { memorySource, testKey, type TestLedger } from './support/make-log.ts';
import { ledgerWithBallot, opened, receiptOf, time, trustOf } from './support/make-receipt.ts';

before(sodiumReady);

function grow(ledger: TestLedger, count: number): void {
  for (let i = 0; i < count; i++) ledger.append('ElectionOpened', {}, time);
}

function rotate(ledger: TestLedger, seed: number): void {
  ledger.append('KeyRotated', ledger.rotation(seed), time, 'committee:ani');
  ledger.signWith(seed);
}

const pinned = (ledger: TestLedger, seed: number): Trust => ({
  ...trustOf(ledger),
  ledger: [testKey(ledger.origin, seed).vkey],
});
const told = ({ held, ...more }: Held): string => (held === false && 'why' in more ? more.why : `${held}`);
const first = 1;
const second = 7;
const third = 8;

// Changes its key twice; `early` is a receipt of before.
async function twiceRotated(): Promise<{ ledger: TestLedger; early: string }> {
  const ledger = ledgerWithBallot();
  const early = await receiptOf(ledger);
  grow(ledger, 500);
  rotate(ledger, second);
  grow(ledger, 700);
  rotate(ledger, third);
  return { ledger, early };
}

describe('a key that took over', () => {
  test('signs for whoever holds a key of before, wherever the changes stand', async () => {
    const { ledger, early } = await twiceRotated();
    const receipt = opened(early, trustOf(ledger));
    for (const more of [0, 1, 300]) {
      grow(ledger, more);
      const log = memorySource(await ledger.files());
      for (const seed of [first, second, third]) {
        assert.equal(told(await heldIn(log, pinned(ledger, seed), receipt)), 'true', `${seed}, ${more} after`);
      }
    }
    const close = ledgerWithBallot();
    rotate(close, second);
    rotate(close, third);
    assert.equal(told(await heldIn(memorySource(await close.files()), trustOf(close), receipt)), 'true');
  });

  test('is found by reading few of the entries, and none where the key is known', async () => {
    const { ledger, early } = await twiceRotated();
    grow(ledger, 256 * 60);
    const files = await ledger.files();
    let bundles = 0;
    const counted: LogSource = {
      read: async (path) => {
        if (path.startsWith('tile/entries/')) bundles++;
        return files.get(path) ?? null;
      },
    };
    const receipt = opened(early, trustOf(ledger));
    assert.equal(told(await heldIn(counted, pinned(ledger, third), receipt)), 'true');
    assert.equal(bundles, 0);
    assert.equal(told(await heldIn(counted, trustOf(ledger), receipt)), 'true');
    assert.ok(bundles <= 12, `${bundles} of 65`);
  });

  test('makes its receipts genuine for the key of before, and the other way', async () => {
    const { ledger, early } = await twiceRotated();
    grow(ledger, 3);
    const late = utf8(await receiptOf(ledger));
    const log = memorySource(await ledger.files());
    assert.ok(openReceipt(late, pinned(ledger, third)).ok, 'its checkpoint vouches for an entry of before');
    for (const [file, seed] of [
      [late, first],
      [late, second],
      [utf8(early), second],
      [utf8(early), third],
    ] as const) {
      const trust = pinned(ledger, seed);
      assert.deepEqual(openReceipt(file, trust), { ok: false, verdict: 'forged', fault: 'otherKey' });
      const found = await openByLog(log, file, trust);
      assert.ok(found?.judged.ok, `${seed}`);
      assert.equal(told(await heldIn(log, found.trust, found.judged.receipt)), 'true');
      const later = ledgerOnwards(await twiceRotated());
      assert.equal(told(await heldIn(memorySource(await later.files()), found.trust, found.judged.receipt)), 'true');
    }
  });

  test('still answers for what was signed before it', async () => {
    const { early } = await twiceRotated();
    const other = ledgerWithBallot(9, '{"election_uuid":"another"}');
    rotate(other, second);
    grow(other, 20);
    const receipt = opened(early, trustOf(other));
    assert.equal(told(await heldIn(memorySource(await other.files()), trustOf(other), receipt)), 'replaced');
  });
});

// The same ledger, which has changed its key once more since.
function ledgerOnwards({ ledger }: { ledger: TestLedger }): TestLedger {
  grow(ledger, 3);
  rotate(ledger, 9);
  grow(ledger, 1);
  return ledger;
}

describe('a key that nobody handed over to', () => {
  const receiptFor = async (ledger: TestLedger): Promise<string> => told(await held(ledger, first));

  async function held(ledger: TestLedger, seed: number): Promise<Held> {
    const receipt = opened(await receiptOf(ledgerWithBallot()), pinned(ledger, first));
    return heldIn(memorySource(await ledger.files()), pinned(ledger, seed), receipt);
  }

  test('tells nothing of the ballot, whatever keys.json lists', async () => {
    const madeUp = ledgerWithBallot();
    madeUp.signWith(second);
    grow(madeUp, 3);
    assert.equal(await receiptFor(madeUp), 'null', 'no entry');

    const unproven = ledgerWithBallot();
    unproven.append('KeyRotated', { ...unproven.rotation(second), proof: unproven.rotation(9).proof }, time);
    unproven.signWith(second);
    assert.equal(await receiptFor(unproven), 'null', 'not signed by the new key');

    const usurped = ledgerWithBallot();
    const rotation = usurped.rotation(second);
    usurped.signWith(second);
    usurped.append('KeyRotated', rotation, time);
    assert.equal(await receiptFor(usurped), 'null', 'signed by the new key');

    const falsely = ledgerWithBallot();
    rotate(falsely, second);
    const entry = falsely.entries[20]!;
    falsely.entries[20] = entry.map((byte, i) => (i === entry.length - 20 ? (byte === 65 ? 66 : 65) : byte));
    assert.equal(await receiptFor(falsely), 'null', 'under a false signature of the old key');

    const right = ledgerWithBallot();
    rotate(right, second);
    const files = await right.files();
    const receipt = opened(await receiptOf(ledgerWithBallot()), trustOf(right));
    const without = async (path: string, bytes?: Uint8Array): Promise<string> => {
      const changed = new Map(files);
      if (bytes) changed.set(path, bytes);
      else changed.delete(path);
      return told(await heldIn(memorySource(changed), trustOf(right), receipt));
    };
    assert.equal(await without('keys.json'), 'null');
    assert.equal(await without('tile/entries/000.p/21'), 'null');
    const lone = { ledger: [testKey(right.origin, second).vkey], policy: { witnesses: 0 }, witnesses: [] };
    assert.equal(await without('keys.json', utf8(JSON.stringify(lone))), 'null');
    const hashes = files.get('tile/0/000.p/21')!.map((byte, i) => (i === 32 * 3 ? byte ^ 1 : byte));
    assert.equal(await without('tile/0/000.p/21', hashes), 'null', 'the entry does not lead to the signed root');
  });

  test('is a former key too, once another took over', async () => {
    const ledger = ledgerWithBallot();
    ledger.append('KeyRotated', ledger.rotation(second), time, 'committee:ani');
    ledger.handed.push(testKey(ledger.origin, second));
    grow(ledger, 3);
    assert.equal(told(await held(ledger, second)), 'null', 'the old key signs on');

    // Whoever stole the old key can tell of the change elsewhere, but not sign what follows it.
    const right = ledgerWithBallot();
    rotate(right, second);
    const stolen = readTlogProof(await receiptOf(ledger))!;
    const trust = pinned(right, second);
    const log = memorySource(await right.files());
    assert.equal(await openByLog(log, utf8(writeTlogProof(stolen)), trust), null);
    assert.ok((await openByLog(log, utf8(await receiptOf(ledgerWithBallot())), trust))?.judged.ok);
  });

  test('is told from one that was published a moment after the head', async () => {
    const ledger = ledgerWithBallot();
    rotate(ledger, second);
    const files = await ledger.files();
    ledger.handed.push(testKey(ledger.origin, third));
    files.set('keys.json', (await ledger.files()).get('keys.json')!);
    const trust = await handedOver(memorySource(files), files.get('checkpoint')!, trustOf(ledger));
    assert.deepEqual([trust?.ledger.length, trust?.rotatedAt], [2, [20]]);
  });
});

test('a ledger has as many keys as a keys.json may list, and no more', () => {
  const name = 'suara.test/2026';
  const keys = Array.from({ length: maxKeys }, (_, i) => `${name}+${i}`);
  const event = { key: { text: `${name}+new`, name } } as Parameters<typeof rotatesKey>[1];
  assert.match(rotatesKey({ keys } as State, event)!.rule, /at most 64/);
});
