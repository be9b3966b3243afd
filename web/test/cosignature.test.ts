import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { sodiumReady } from '../src/ballot/index.ts';
import { fromUtf8, utf8 } from '../src/crypto/bytes.ts';
import { openCheckpoint, readVerifierKey, readWitnessKey, seenBy, witnessKey } from '../src/log/note.ts';
import type { Seen, VerifierKey } from '../src/log/note.ts';
import { cosigned, testKey } from './support/make-log.ts';
import { webRoot } from './support/paths.ts';

before(sodiumReady);

const golden = (name: string): Promise<Buffer> => readFile(join(webRoot, '..', 'tests', 'golden', 'log', name));
const keyText = async (name: string): Promise<string> => (await golden(name)).toString().trim();

describe('a cosigned checkpoint', () => {
  test('is read as the golden one, which another program wrote', async () => {
    const note = await golden('checkpoint.cosigned');
    const witness = readWitnessKey(await keyText('witness.vkey'))!;
    const seen = seenBy(note, [witness])!;
    assert.deepEqual(
      seen.map(({ name }) => name),
      ['saksi.example/1'],
    );
    assert.ok(openCheckpoint(note, [readVerifierKey(await keyText('ledger.vkey'))!]).ok);
    for (let at = note.lastIndexOf(' ') + 1; at < note.length - 4; at += 3) {
      const changed = Uint8Array.from(note);
      changed[at] = changed[at] === 65 ? 66 : 65;
      const answer = seenBy(changed, [witness]);
      // In the key's hash the line is then of somebody unknown, anywhere else it does not verify.
      assert.ok(answer === null || answer.length === 0, `${at}`);
    }
  });

  test('tells each witness once, by its latest line, and passes over strangers', async () => {
    const note = fromUtf8(await golden('checkpoint'))!;
    const twice = cosigned(cosigned(cosigned(note, 'a', 1, 50), 'b', 2, 60), 'a', 1, 40);
    const seen = (name: string, seed: number): Seen[] | null => seenBy(utf8(twice), [keyOf(name, seed)]);
    assert.deepEqual(seen('a', 1), [{ name: 'a', time: 50 }]);
    assert.deepEqual(seen('b', 2), [{ name: 'b', time: 60 }]);
    assert.deepEqual(seen('b', 3), []);
    assert.deepEqual(seen('c', 1), []);
  });

  test('is of this text alone', async () => {
    const note = fromUtf8(await golden('checkpoint'))!;
    const key = keyOf('a', 1);
    const other = cosigned(note, 'a', 1).replace('\n3\n', '\n4\n');
    assert.equal(seenBy(utf8(other), [key]), null);
    assert.deepEqual(seenBy(utf8('no note'), [key]), []);
  });

  test('needs keys of its own type', async () => {
    assert.equal(readWitnessKey(await keyText('ledger.vkey')), null);
    assert.equal(readVerifierKey(await keyText('witness.vkey')), null);
  });
});

const keyOf = (name: string, seed: number): VerifierKey => readWitnessKey(testKey(name, seed, witnessKey).vkey)!;
