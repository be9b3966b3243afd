import { equalBytes, fromUtf8, toHex } from '../crypto/bytes.ts';
import { sha256Base64 } from '../crypto/hash.ts';
import { readEntry, signatureVerified } from './entry.ts';
import { openCheckpoint, readVerifierKey, readWitnessKey, seenBy, type Checkpoint, type VerifierKey } from './note.ts';
import { MissingFile, nodesIn, required, type LogSource } from './source.ts';
import { bundleOf, splitBundle, tilePath, tileWidth } from './tiles.ts';
import { writeTlogProof } from './tlog-proof.ts';
import { inclusionProof, leafHash, rootFromInclusion } from './tree.ts';

export interface Receipt {
  tracker: string;
  seq: number;
  leaf?: string; // hex, where the service has told it
}

// Keys that are trusted: the ledger's, oldest first, and those of the witnesses who are to have seen it.
export interface LogKeys {
  ledger: string[];
  witnesses: string[];
}

// `pending`: the ballot is recorded, but no checkpoint covers it yet; ask again in a moment. `seen`: the witnesses that
// cosigned the checkpoint in the proof.
export type Inclusion =
  | { state: 'included'; size: number; proof: string; seen: string[]; entry: Uint8Array }
  | { state: 'pending'; size: number }
  | { state: 'refused'; reason: 'key' | 'checkpoint' | 'missing' | 'other-ballot' | 'signature' | 'tree' };

export const isBallot = (type: string): boolean => type === 'BallotCast' || type === 'BallotChallenged';

interface Head {
  note: Uint8Array;
  checkpoint: Checkpoint;
}

// The checkpoint that witnesses have seen, where it covers the entry, else the newest.
async function headFor(source: LogSource, newest: Head, keys: VerifierKey[], seq: number): Promise<Head> {
  const note = await source.read('checkpoint.witnessed').catch(() => null);
  const reading = note && openCheckpoint(note, keys);
  if (!reading?.ok || reading.checkpoint.size <= seq) return newest;
  return { note: note!, checkpoint: reading.checkpoint };
}

// Finds out, from the log's files alone, that the ballot with this tracker is entry `seq` of the tree that the ledger's
// key signed. `proof` is a C2SP tlog-proof file that anyone can check later without the log.
export async function checkInclusion(
  source: LogSource,
  { ledger, witnesses }: LogKeys,
  receipt: Receipt,
): Promise<Inclusion> {
  const keys = ledger.map(readVerifierKey);
  const watchers = witnesses.map(readWitnessKey);
  if (keys.length === 0 || !keys.every((key) => key !== null)) return { state: 'refused', reason: 'key' };
  const note = await required(source, 'checkpoint');
  const reading = openCheckpoint(note, keys);
  if (!reading.ok) return { state: 'refused', reason: 'checkpoint' };
  const newest = { note, checkpoint: reading.checkpoint };
  if (newest.checkpoint.size <= receipt.seq) return { state: 'pending', size: newest.checkpoint.size };
  const head = watchers.length > 0 ? await headFor(source, newest, keys, receipt.seq) : newest;
  try {
    return await checkIn(source, head, keys);
  } catch (error) {
    if (error instanceof MissingFile) return { state: 'refused', reason: 'missing' };
    throw error;
  }

  async function checkIn(log: LogSource, { checkpoint, note }: Head, trusted: VerifierKey[]): Promise<Inclusion> {
    const bundle = bundleOf(receipt.seq, checkpoint.size);
    const bytes = splitBundle(await required(log, tilePath(bundle))).entries[receipt.seq % tileWidth];
    const entry = bytes && readEntry(bytes);
    if (!bytes || !entry || typeof entry === 'string') return { state: 'refused', reason: 'missing' };
    const { ballot } = entry.data;
    if (!isBallot(entry.type) || typeof ballot !== 'string' || sha256Base64(ballot) !== receipt.tracker) {
      return { state: 'refused', reason: 'other-ballot' };
    }
    const leaf = leafHash(bytes);
    if (receipt.leaf !== undefined && toHex(leaf) !== receipt.leaf) return { state: 'refused', reason: 'other-ballot' };
    if (!trusted.some((key) => signatureVerified(entry, key))) return { state: 'refused', reason: 'signature' };
    const hashes = await inclusionProof(receipt.seq, checkpoint.size, nodesIn(log, checkpoint.size));
    const root = rootFromInclusion(leaf, receipt.seq, checkpoint.size, hashes);
    if (!root || !equalBytes(root, checkpoint.root)) return { state: 'refused', reason: 'tree' };
    const seen = seenBy(
      note,
      watchers.filter((key) => key !== null),
    );
    if (!seen) return { state: 'refused', reason: 'checkpoint' };
    return {
      state: 'included',
      size: checkpoint.size,
      proof: writeTlogProof({ entry: bytes, index: receipt.seq, hashes, note: fromUtf8(note)! }),
      seen: seen.map(({ name }) => name),
      entry: bytes,
    };
  }
}
