import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { sodiumReady } from '../src/ballot/index.ts';
import { toBase64 } from '../src/crypto/bytes.ts';
import { consistencyProof, isConsistent, provenRoot, type TreeHead } from '../src/log/consistency.ts';
import { tileNodeReader } from '../src/log/tiles.ts';
import { GrowingTree, leafHash } from '../src/log/tree.ts';
import { memorySource, sampleLedger } from './support/make-log.ts';
import { vectors } from './support/paths.ts';

before(sodiumReady);

const bytes64 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'));

describe('consistency of two sizes', () => {
  test('proofs of an independent program', async () => {
    const folder = join(vectors, 'merkle', 'consistency');
    let wanted = 0;
    let refused = 0;
    for (const name of await readdir(folder, { recursive: true })) {
      if (!name.endsWith('.json')) continue;
      const vector = JSON.parse(await readFile(join(folder, name), 'utf8'));
      const holds = isConsistent(
        { size: vector.size1, root: bytes64(vector.root1) },
        { size: vector.size2, root: bytes64(vector.root2) },
        (vector.proof ?? []).map(bytes64),
      );
      assert.equal(holds, !vector.wantErr, name);
      if (vector.wantErr) refused++;
      else wanted++;
    }
    assert.ok(wanted > 3 && refused > 50, `${wanted} ${refused}`);
  });

  test('is proved from tiles, and of no other root', async () => {
    const sizes = [1, 2, 3, 7, 8, 255, 256, 257, 300, 511, 512, 513, 600];
    const ledger = sampleLedger(600);
    const tree = new GrowingTree();
    const heads = new Map<number, TreeHead>();
    for (const [i, entry] of ledger.entries.entries()) {
      tree.append(leafHash(entry));
      if (sizes.includes(i + 1)) heads.set(i + 1, { size: i + 1, root: tree.root() });
    }
    for (const newer of sizes) {
      const source = memorySource(await ledger.files(newer));
      const read = tileNodeReader(newer, async (path) => (await source.read(path))!);
      for (const older of sizes.filter((size) => size <= newer)) {
        const [from, to] = [heads.get(older)!, heads.get(newer)!];
        const proof = await consistencyProof(older, newer, read);
        assert.ok(isConsistent(from, to, proof), `${older} ${newer}`);
        for (let i = 0; i < proof.length; i++) {
          const changed = proof.map((hash) => hash.slice());
          changed[i]![0]! ^= 1;
          assert.ok(!isConsistent(from, to, changed), `${older} ${newer} ${i}`);
        }
        const root = await provenRoot(source, older, to);
        assert.equal(root && toBase64(root), toBase64(from.root), `${older} ${newer}`);
        if (older < newer) assert.equal(await provenRoot(source, older, { ...to, root: from.root }), null);
      }
    }
  });

  test('is not claimed of a log whose tiles are other ones', async () => {
    const files = await sampleLedger(600).files();
    const head = { size: 600, root: bytes64(sampleLedger(600).checkpoint().split('\n')[2]!) };
    const tile = files.get('tile/0/001')!.slice();
    tile[32 * 44]! ^= 1; // the leaf of entry 300
    const changed = memorySource(new Map(files).set('tile/0/001', tile));
    assert.equal(await provenRoot(changed, 301, head), null);
    assert.equal(await provenRoot(changed, 601, head), null);
    files.delete('tile/0/001');
    await assert.rejects(provenRoot(memorySource(files), 301, head));
  });
});
