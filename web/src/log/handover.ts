import { equalBytes, fromBase64 } from '../crypto/bytes.ts';
import { readEntry, signatureVerified } from './entry.ts';
import { KeyChain, type Rotation } from './key-chain.ts';
import { keyId, openCheckpoint, readKeys, readVerifierKey, type Checkpoint, type VerifierKey } from './note.ts';
import { MissingFile, nodesIn, required, type LogSource } from './source.ts';
import { bundleOf, splitBundle, tilePath, tileWidth } from './tiles.ts';
import { inclusionProof, leafHash, rootFromInclusion, type NodeReader } from './tree.ts';
import { keysAt, type Trust } from './trust.ts';

// Whoever trusts one key of a ledger can trust those that its entries hand over to, and from. A keys.json may list what
// it likes; that each of its keys handed over to the next is shown by an entry under the signed head.

// Trust in all the keys that the log hands over, each for its own time; null where none that is trusted is among them,
// or the log does not show it. Throws what the source throws.
export async function handedOver(source: LogSource, head: Uint8Array, trust: Trust): Promise<Trust | null> {
  const chain = await chainUnder(source, head).catch((error: unknown) => {
    if (error instanceof MissingFile) return null;
    throw error;
  });
  const ledger = chain?.all.map(({ text }) => text) ?? [];
  if (!chain || !ledger.some((key) => trust.ledger.includes(key))) return null;
  const all: Trust = { ...trust, ledger, rotatedAt: chain.keep().rotatedAt };
  return openCheckpoint(head, keysAt(all, sizeOf(head))).ok ? all : null;
}

// What a head says of its size, whoever signed it.
export const sizeOf = (head: Uint8Array): number => openCheckpoint(head, []).checkpoint?.size ?? 0;

// The keys of keys.json as far as the entries hand them over. What was published after the head goes beyond it.
async function chainUnder(source: LogSource, head: Uint8Array): Promise<KeyChain | null> {
  const listed = readKeys(await required(source, 'keys.json'))?.ledger;
  const reading = listed && openCheckpoint(head, listed);
  if (!listed || !reading?.ok) return null;
  const { checkpoint } = reading;
  const entries = entriesIn(source, checkpoint.size);
  const nodes = nodesIn(source, checkpoint.size);
  const chain = new KeyChain(listed[0]!);
  let from = 0;
  for (let i = 1; i < listed.length; i++) {
    const seq = await lastSignedBefore(listed, i, from, checkpoint.size, entries);
    const bytes = seq === null ? null : await entries(seq);
    if (seq === null || !bytes || !(await isIn(checkpoint, seq, bytes, nodes))) break;
    const rotation = rotationIn(bytes, seq, chain.current);
    if (rotation?.key.text !== listed[i]!.text) break;
    chain.rotate(seq, rotation);
    if (chain.all.length === i) break; // the new key has not signed that it takes over
    from = seq + 1;
  }
  return chain;
}

async function isIn({ size, root }: Checkpoint, seq: number, entry: Uint8Array, nodes: NodeReader): Promise<boolean> {
  const led = rootFromInclusion(leafHash(entry), seq, size, await inclusionProof(seq, size, nodes));
  return led !== null && equalBytes(led, root);
}

// What the entry says where the key before has signed it.
function rotationIn(bytes: Uint8Array, seq: number, before: VerifierKey): Rotation | null {
  const entry = readEntry(bytes);
  if (typeof entry === 'string' || entry.type !== 'KeyRotated' || entry.v !== 1) return null;
  if (entry.seq !== seq || entry.ledger !== before.name || !signatureVerified(entry, before)) return null;
  const { key, proof } = entry.data;
  const next = typeof key === 'string' ? readVerifierKey(key) : null;
  const signature = typeof proof === 'string' ? fromBase64(proof) : null;
  return next && signature ? { key: next, proof: signature } : null;
}

// The entry that may have handed over to the i-th key: the last one before those that it and later ones signed. Found by
// halving, in few of the bundles; whether it did, others judge.
async function lastSignedBefore(
  listed: VerifierKey[],
  i: number,
  from: number,
  size: number,
  entries: (seq: number) => Promise<Uint8Array | null>,
): Promise<number | null> {
  const former = new Set(listed.slice(0, i).map(keyId));
  let [first, end] = [from, size];
  while (first < end) {
    const middle = Math.floor((first + end) / 2);
    const bytes = await entries(middle);
    const entry = bytes && readEntry(bytes);
    if (!entry || typeof entry === 'string') return null;
    if (former.has(entry.keyId)) first = middle + 1;
    else end = middle;
  }
  return first > from ? first - 1 : null;
}

// Entries by their numbers; a bundle is read once.
function entriesIn(source: LogSource, size: number): (seq: number) => Promise<Uint8Array | null> {
  const bundles = new Map<string, Promise<Uint8Array[]>>();
  return async (seq) => {
    const path = tilePath(bundleOf(seq, size));
    let bundle = bundles.get(path);
    if (!bundle) {
      bundle = required(source, path).then((bytes) => splitBundle(bytes).entries);
      bundles.set(path, bundle);
    }
    return (await bundle)[seq % tileWidth] ?? null;
  };
}
