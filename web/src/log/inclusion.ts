import { equalBytes, fromUtf8, toHex } from '../crypto/bytes.ts';
import { sha256Base64 } from '../crypto/hash.ts';
import { readEntry, signatureVerified } from './entry.ts';
import { openCheckpoint, readVerifierKey, type Checkpoint } from './note.ts';
import type { LogSource } from './source.ts';
import { writeTlogProof } from './tlog-proof.ts';
import { bundleOf, splitBundle, tileNodeReader, tilePath, tileWidth } from './tiles.ts';
import { inclusionProof, leafHash, rootFromInclusion } from './tree.ts';

export interface Receipt {
  tracker: string;
  seq: number;
  leaf: string; // hex
}

// `pending`: the ballot is recorded, but no checkpoint covers it yet; ask again in a moment.
export type Inclusion =
  | { state: 'included'; size: number; proof: string }
  | { state: 'pending'; size: number }
  | { state: 'refused'; reason: 'key' | 'checkpoint' | 'missing' | 'other-ballot' | 'signature' | 'tree' };

async function required(source: LogSource, path: string): Promise<Uint8Array> {
  const bytes = await source.read(path);
  if (!bytes) throw new MissingFile(path);
  return bytes;
}

export class MissingFile extends Error {}

// Finds out, from the log's files alone, that the ballot with this tracker is entry `seq` of the tree that the ledger's
// key signed. `proof` is a C2SP tlog-proof file that anyone can check later without the log.
export async function checkInclusion(source: LogSource, keyText: string, receipt: Receipt): Promise<Inclusion> {
  const key = readVerifierKey(keyText);
  if (!key) return { state: 'refused', reason: 'key' };
  const note = await required(source, 'checkpoint');
  const reading = openCheckpoint(note, [key]);
  if (!reading.ok) return { state: 'refused', reason: 'checkpoint' };
  const { checkpoint } = reading;
  if (checkpoint.size <= receipt.seq) return { state: 'pending', size: checkpoint.size };
  try {
    return await checkIn(source, checkpoint, note);
  } catch (error) {
    if (error instanceof MissingFile) return { state: 'refused', reason: 'missing' };
    throw error;
  }

  async function checkIn(log: LogSource, head: Checkpoint, headNote: Uint8Array): Promise<Inclusion> {
    const bundle = bundleOf(receipt.seq, head.size);
    const bytes = splitBundle(await required(log, tilePath(bundle))).entries[receipt.seq % tileWidth];
    const entry = bytes && readEntry(bytes);
    if (!bytes || !entry || typeof entry === 'string') return { state: 'refused', reason: 'missing' };
    const ballot = (entry.data as { ballot?: unknown } | null)?.ballot;
    if (entry.type !== 'BallotCast' || typeof ballot !== 'string' || sha256Base64(ballot) !== receipt.tracker) {
      return { state: 'refused', reason: 'other-ballot' };
    }
    const leaf = leafHash(bytes);
    if (toHex(leaf) !== receipt.leaf) return { state: 'refused', reason: 'other-ballot' };
    if (!signatureVerified(entry, key!)) return { state: 'refused', reason: 'signature' };
    const reader = tileNodeReader(head.size, (path) => required(log, path));
    const proof = await inclusionProof(receipt.seq, head.size, reader);
    const root = rootFromInclusion(leaf, receipt.seq, head.size, proof);
    if (!root || !equalBytes(root, head.root)) return { state: 'refused', reason: 'tree' };
    const file = writeTlogProof({ entry: bytes, index: receipt.seq, hashes: proof, note: fromUtf8(headNote)! });
    return { state: 'included', size: head.size, proof: file };
  }
}
