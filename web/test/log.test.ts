import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { sodiumReady } from '../src/ballot/index.ts';
import { equalBytes, toBase64, toHex, utf8 } from '../src/crypto/bytes.ts';
import { sha256Base64 } from '../src/crypto/hash.ts';
import { canonicalJson } from '../src/log/canonical-json.ts';
import { checkInclusion, type Inclusion } from '../src/log/inclusion.ts';
import { openCheckpoint, readKeys, readVerifierKey } from '../src/log/note.ts';
import { readTlogProof, writeTlogProof } from '../src/log/tlog-proof.ts';
import { splitBundle, splitTile, tilePath } from '../src/log/tiles.ts';
import { GrowingTree, leafHash, readTreeSize, rootFromInclusion } from '../src/log/tree.ts';
import { memorySource, sampleLedger, TestLedger } from './support/make-log.ts';
import { vectors } from './support/paths.ts';

before(sodiumReady);

const bytes64 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'));

describe('tree', () => {
  test('inclusion proofs of an independent program', async () => {
    const folder = join(vectors, 'merkle', 'inclusion');
    let wanted = 0;
    let refused = 0;
    for (const name of await readdir(folder, { recursive: true })) {
      if (!name.endsWith('.json')) continue;
      const vector = JSON.parse(await readFile(join(folder, name), 'utf8'));
      const proof = (vector.proof ?? []).map(bytes64);
      const leaf = bytes64(vector.leafHash ?? '');
      const root = rootFromInclusion(leaf, vector.leafIdx, vector.treeSize, proof);
      const holds = root !== null && leaf.length === 32 && equalBytes(root, bytes64(vector.root ?? ''));
      assert.equal(holds, !vector.wantErr, name);
      if (vector.wantErr) refused++;
      else wanted++;
    }
    assert.ok(wanted > 5 && refused > 50, `${wanted} ${refused}`);
  });

  test('a log of an independent program: checkpoints, tiles, bundles', async () => {
    const key = readVerifierKey('example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx')!;
    const folder = join(vectors, 'tlog', 'log');
    for (let size = 1; size <= 15; size++) {
      const reading = openCheckpoint(await readFile(join(folder, `checkpoint.${size}`)), [key]);
      assert.ok(reading.ok, `checkpoint.${size}`);
      assert.equal(reading.checkpoint.size, size);
      const tree = new GrowingTree();
      const tile = splitTile(await readFile(join(folder, tilePath({ level: 0, n: 0, width: size }))), size)!;
      const { entries, whole } = splitBundle(
        await readFile(join(folder, tilePath({ level: 'entries', n: 0, width: size }))),
      );
      assert.ok(whole);
      assert.equal(entries.length, size);
      entries.forEach((entry, i) => {
        assert.deepEqual(Buffer.from(leafHash(entry)), Buffer.from(tile[i]!));
        tree.append(leafHash(entry));
      });
      assert.equal(toBase64(tree.root()), toBase64(reading.checkpoint.root));
    }
  });

  test('paths of tiles', () => {
    assert.equal(tilePath({ level: 'entries', n: 1234067, width: 256 }), 'tile/entries/x001/x234/067');
    assert.equal(tilePath({ level: 0, n: 0, width: 17 }), 'tile/0/000.p/17');
    assert.equal(tilePath({ level: 2, n: 1000, width: 256 }), 'tile/2/x001/000');
  });
});

describe('notes', () => {
  test('a checkpoint of another key, another origin or with a changed digit is refused', () => {
    const ledger = sampleLedger(3);
    const other = new TestLedger('suara.test/2026/ucSijHEHGk8LHG', 2);
    const key = readVerifierKey(ledger.vkey)!;
    const fault = (note: string, keys = [key]): unknown => {
      const reading = openCheckpoint(utf8(note), keys);
      return reading.ok ? null : reading.fault;
    };
    const note = ledger.checkpoint();
    assert.equal(fault(note), null);
    assert.equal(fault(note, [readVerifierKey(other.vkey)!]), 'unsigned');
    assert.equal(fault(note.replace('\n3\n', '\n4\n')), 'bad-signature');
    assert.equal(fault(note.replace('\n3\n', '\n03\n')), 'unreadable');
    assert.equal(fault(note.slice(0, -1)), 'unreadable');
    assert.equal(fault(''), 'unreadable');
  });

  test('a checkpoint is read within the bounds that suara-verify has', () => {
    const ledger = sampleLedger(3);
    const key = readVerifierKey(ledger.vkey)!;
    const note = ledger.checkpoint();
    const fault = (text: string): unknown => {
      const reading = openCheckpoint(utf8(text), [key]);
      return reading.ok ? null : reading.fault;
    };
    const strangers = (count: number, name = 'saksi'): string => `\u2014 ${name} ${'A'.repeat(96)}\n`.repeat(count);
    assert.equal(fault(note + strangers(31)), null);
    assert.equal(fault(note + strangers(32)), 'unreadable', 'more than 32 signatures');
    assert.equal(fault(note + strangers(1, 'a'.repeat(200))), null);
    assert.equal(fault(note + strangers(1, 'a'.repeat(201))), 'unreadable', 'a signer that no key can name');
    assert.equal(fault(note.replace(ledger.origin, `${ledger.origin}+x`)), 'unreadable', 'an origin that is no name');
    assert.equal(fault(note.replace('\n3\n', `\n${2 ** 48 - 1}\n`)), 'bad-signature');
    assert.equal(fault(note.replace('\n3\n', `\n${2 ** 48}\n`)), 'unreadable', 'more than a tree can hold');
    assert.equal(readTreeSize(`${2 ** 48 - 1}`), 2 ** 48 - 1);
    for (const text of [`${2 ** 48}`, '', '01', '-1', '1 ', '1e3']) assert.equal(readTreeSize(text), null, text);
    const proof = { entry: null, hashes: [], note };
    assert.ok(readTlogProof(writeTlogProof({ ...proof, index: 2 ** 48 - 1 })));
    assert.equal(readTlogProof(writeTlogProof({ ...proof, index: 2 ** 48 })), null);
  });

  test('a keys.json is read within the bounds that suara-verify has', () => {
    const { vkey } = sampleLedger(0);
    const right = { ledger: [vkey], policy: { witnesses: 0 }, witnesses: [] as string[] };
    const read = (changed: object): boolean => readKeys(utf8(JSON.stringify({ ...right, ...changed }))) !== null;
    assert.ok(read({}));
    assert.ok(read({ ledger: Array(64).fill(vkey) }));
    assert.ok(!read({ ledger: Array(65).fill(vkey) }));
    assert.ok(!read({ witnesses: Array(65).fill('w') }));
    for (const policy of [{ witnesses: -1 }, { witnesses: 65 }, { witnesses: 0, more: 1 }, {}, null, 0]) {
      assert.ok(!read({ policy }), JSON.stringify(policy));
    }
    assert.equal(readKeys(utf8(JSON.stringify(right) + ' '.repeat(65536))), null);
  });

  test('a verifier key whose id is not its own is refused', () => {
    const { vkey } = sampleLedger(0);
    assert.ok(readVerifierKey(vkey));
    assert.equal(readVerifierKey(vkey.replace(/\+[0-9a-f]{8}\+/, '+00000000+')), null);
    assert.equal(readVerifierKey(vkey.slice(0, -4)), null);
  });

  test('canonical JSON sorts members at every depth and keeps everything else', () => {
    assert.equal(canonicalJson({ b: [{ d: 1, c: 'é\n\u20ac' }], a: null }), '{"a":null,"b":[{"c":"é\\n€","d":1}]}');
  });
});

describe('inclusion of a ballot', () => {
  const ballotText = '{"election_uuid":"ucSijHEHGk8LHG"}';

  // A log of 600 entries in which entry 300 is the ballot.
  function ledgerWithBallot(): { ledger: TestLedger; leaf: string } {
    const ledger = sampleLedger(300);
    const { leaf } = ledger.append('BallotCast', { ballot: ballotText }, '2026-11-23T07:00:00.000Z', 'voter');
    for (let i = 0; i < 299; i++) ledger.append('ElectionOpened', {}, '2026-11-23T07:00:01.000Z');
    return { ledger, leaf };
  }

  test('is shown by the log files alone, and the proof it gives has the published form', async () => {
    const { ledger, leaf } = ledgerWithBallot();
    const receipt = { tracker: sha256Base64(ballotText), seq: 300, leaf };
    const trusted = { ledger: [ledger.vkey], witnesses: [] };
    for (const size of [301, 302, 511, 512, 513, 600]) {
      const result = await checkInclusion(memorySource(await ledger.files(size)), trusted, receipt);
      assert.equal(result.state, 'included', `size ${size}`);
      const { proof } = result as Extract<Inclusion, { state: 'included' }>;
      const [head, extra, index, ...rest] = proof.split('\n');
      assert.equal(head, 'c2sp.org/tlog-proof@v1');
      assert.equal(extra, `extra ${toBase64(ledger.entries[300]!)}`);
      assert.equal(index, 'index 300');
      assert.equal(writeTlogProof(readTlogProof(proof)!), proof);
      const hashes = rest.slice(0, rest.indexOf('')).map(bytes64);
      const root = rootFromInclusion(new Uint8Array(Buffer.from(leaf, 'hex')), 300, size, hashes)!;
      assert.equal(toBase64(root), ledger.checkpoint(size).split('\n')[2]);
    }
  });

  test('waits for a checkpoint that covers it, and refuses everything that is not it', async () => {
    const { ledger, leaf } = ledgerWithBallot();
    const receipt = { tracker: sha256Base64(ballotText), seq: 300, leaf };
    const files = await ledger.files();
    const check = (changed: Map<string, Uint8Array>, asked = receipt, key = ledger.vkey): Promise<Inclusion> =>
      checkInclusion(memorySource(changed), { ledger: [key], witnesses: [] }, asked);
    const reason = async (result: Promise<Inclusion>): Promise<unknown> => {
      const inclusion = await result;
      return inclusion.state === 'refused' ? inclusion.reason : inclusion.state;
    };
    const flipped = (path: string, at: number): Map<string, Uint8Array> => {
      const copy = new Map(files);
      const bytes = files.get(path)!.slice();
      bytes[at]! ^= 1;
      return copy.set(path, bytes);
    };

    assert.equal(await reason(check(await ledger.files(300))), 'pending');
    assert.equal(await reason(check(files, { ...receipt, tracker: sha256Base64('other') })), 'other-ballot');
    assert.equal(await reason(check(files, { ...receipt, leaf: toHex(leafHash(utf8('x'))) })), 'other-ballot');
    assert.equal(await reason(check(files, receipt, new TestLedger(ledger.origin, 9).vkey)), 'checkpoint');
    assert.equal(await reason(check(flipped('tile/1/000.p/2', 0))), 'tree');
    assert.equal(await reason(check(flipped('tile/0/002.p/88', 0))), 'tree');
    const missing = new Map(files);
    missing.delete('tile/0/001');
    assert.equal(await reason(check(missing)), 'missing');
  });
});
