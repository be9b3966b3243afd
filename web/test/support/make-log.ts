import { concat, toBase64, toHex, utf8 } from '../../src/crypto/bytes.ts';
import { sha256 } from '../../src/crypto/hash.ts';
import { sodium } from '../../src/crypto/sodium.ts';
import { rotationMessage } from '../../src/log/key-chain.ts';
import { canonicalJson } from '../../src/log/canonical-json.ts';
import { ledgerKey, witnessKey } from '../../src/log/note.ts';
import type { LogSource } from '../../src/log/source.ts';
import { bundlesOf, TileBuilder, tilePath } from '../../src/log/tiles.ts';
import { GrowingTree, leafHash } from '../../src/log/tree.ts';

export interface TestKey {
  keys: { publicKey: Uint8Array; privateKey: Uint8Array };
  keyHash: Uint8Array;
  vkey: string;
}

// A ledger's key, or a witness's (type 4).
export function testKey(name: string, seed: number, type = ledgerKey): TestKey {
  const keys = sodium.crypto_sign_seed_keypair(new Uint8Array(32).fill(seed));
  const typed = concat(Uint8Array.of(type), keys.publicKey);
  const keyHash = sha256(concat(utf8(`${name}\n`), typed)).slice(0, 4);
  return { keys, keyHash, vkey: `${name}+${toHex(keyHash)}+${toBase64(typed)}` };
}

const sign = (message: Uint8Array, { keys }: TestKey): Uint8Array =>
  sodium.crypto_sign_detached(message, keys.privateKey);

// A small ledger signed in the test, with the same bytes the service writes.
export class TestLedger {
  readonly handed: TestKey[]; // its keys, oldest first
  private inForce: TestKey;
  readonly entries: Uint8Array[] = [];
  witnesses = { keys: [] as string[], needed: 0 }; // what keys.json says
  private prev = '0'.repeat(64);

  constructor(
    readonly origin: string,
    seed = 1,
  ) {
    this.inForce = testKey(origin, seed);
    this.handed = [this.inForce];
  }

  get vkey(): string {
    return this.handed[0]!.vkey;
  }

  append(type: string, data: unknown, time: string, actor = 'service'): { seq: number; leaf: string } {
    const seq = this.entries.length;
    const body = utf8(canonicalJson({ actor, data, ledger: this.origin, prev: this.prev, seq, time, type, v: 1 }));
    const signature = sign(concat(utf8('suara.event.v1\n'), body), this.inForce);
    const entry = concat(body, utf8(`\n${toHex(this.inForce.keyHash)} ${toBase64(signature)}\n`));
    this.entries.push(entry);
    this.prev = toHex(leafHash(entry));
    return { seq, leaf: this.prev };
  }

  // What KeyRotated says where that key takes over.
  rotation(seed: number): { key: string; proof: string } {
    const next = testKey(this.origin, seed);
    return { key: next.vkey, proof: toBase64(sign(rotationMessage(this.inForce.vkey, next.vkey), next)) };
  }

  // From here on that key signs; keys.json lists it.
  signWith(seed: number): void {
    this.inForce = testKey(this.origin, seed);
    this.handed.push(this.inForce);
  }

  checkpoint(size = this.entries.length): string {
    const tree = new GrowingTree();
    for (const entry of this.entries.slice(0, size)) tree.append(leafHash(entry));
    const text = `${this.origin}\n${size}\n${toBase64(tree.root())}\n`;
    return `${text}\n\u2014 ${this.origin} ${toBase64(concat(this.inForce.keyHash, sign(utf8(text), this.inForce)))}\n`;
  }

  // Every file of the log, as a server or a bundle holds them.
  async files(size = this.entries.length): Promise<Map<string, Uint8Array>> {
    const files = new Map<string, Uint8Array>();
    files.set('checkpoint', utf8(this.checkpoint(size)));
    const { keys, needed } = this.witnesses;
    const ledger = this.handed.map(({ vkey }) => vkey);
    files.set('keys.json', utf8(JSON.stringify({ ledger, policy: { witnesses: needed }, witnesses: keys })));
    for (const bundle of bundlesOf(size)) {
      const parts = this.entries.slice(bundle.n * 256, bundle.n * 256 + bundle.width);
      files.set(
        tilePath(bundle),
        concat(...parts.map((entry) => concat(Uint8Array.of(entry.length >> 8, entry.length & 255), entry))),
      );
    }
    const builder = new TileBuilder(async (tile, nodes) => void files.set(tilePath(tile), concat(...nodes)));
    for (const entry of this.entries.slice(0, size)) await builder.append(leafHash(entry));
    await builder.finish();
    return files;
  }
}

// The note with a witness's line under it.
export function cosigned(note: string, name: string, seed: number, time = 1_790_000_000): string {
  const key = testKey(name, seed, witnessKey);
  const text = note.slice(0, note.indexOf('\n\n') + 1);
  const when = new Uint8Array(8);
  new DataView(when.buffer).setBigUint64(0, BigInt(time));
  const signature = sign(utf8(`cosignature/v1\ntime ${time}\n${text}`), key);
  return `${note}\u2014 ${name} ${toBase64(concat(key.keyHash, when, signature))}\n`;
}

export function memorySource(files: Map<string, Uint8Array>): LogSource {
  return { read: async (path) => files.get(path) ?? null };
}

export const sampleUuid = 'ucSijHEHGk8LHG';

export const sampleDraft = {
  administrator: 'Panitia',
  contests: [
    {
      candidates: ['Ani', 'Budi', 'Citra'].map((name, i) => ({ mission: [], name, number: i + 1, vision: '' })),
      max: 1,
      min: 1,
      question: 'Siapa?',
    },
  ],
  credential_authority: 'Panitia',
  description: '',
  name: 'Ketua kelas',
  places: [{ id: 'tps-1', name: 'TPS 1' }],
  policies: { min_batch: 2, revote: 'last-counts', tally: 'sealed', verification: 'online' },
  time_zone: 'WIB',
  trustees: 1,
};

export const sampleTime = (seq: number): string => new Date(1700000000000 + seq * 1000).toISOString();

// A legal ledger of any size: opened, drafted, and then one voter enrolled with each entry.
export function sampleLedger(size: number, seed = 1): TestLedger {
  const ledger = new TestLedger(`suara.test/2026/${sampleUuid}`, seed);
  for (let i = 0; i < size; i++) appendSample(ledger);
  return ledger;
}

export function appendSample(ledger: TestLedger, mark = 'a'): void {
  const seq = ledger.entries.length;
  const time = sampleTime(seq);
  if (seq === 0) ledger.append('LedgerOpened', { key: ledger.vkey, uuid: sampleUuid }, time, 'committee:ani');
  else if (seq === 1) ledger.append('ElectionDrafted', { draft: sampleDraft }, time, 'committee:ani');
  else {
    const commitment = toHex(sha256(`${mark} ${seq}`));
    const voters = [{ commitment, place: 'tps-1' }];
    ledger.append('VotersEnrolled', { first: seq - 2, voters }, time, 'registrar:sri');
  }
}
