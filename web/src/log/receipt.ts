import { equalBytes, fromUtf8, toBase64, toHex, utf8 } from '../crypto/bytes.ts';
import { sha256Base64 } from '../crypto/hash.ts';
import { provenRoot } from './consistency.ts';
import { readEntry, signatureVerified } from './entry.ts';
import { handedOver, sizeOf } from './handover.ts';
import { isBallot } from './inclusion.ts';
import { keyId, openCheckpoint, readWitnessKey, seenBy, type CheckpointFault, type Seen } from './note.ts';
import { MissingFile, nodesIn, type LogSource } from './source.ts';
import { readTlogProof, type TlogProof } from './tlog-proof.ts';
import { inclusionProof, leafHash, rootFromInclusion } from './tree.ts';
import { keysAt, type Trust } from './trust.ts';

// A receipt file, judged by keys alone: no network, no log.

export interface OpenedReceipt {
  origin: string;
  seq: number;
  time: string;
  type: string; // of the entry; only a ballot's has a tracker
  tracker: string | null;
  size: number; // of the checkpoint
  root: string; // base64
  leaf: string; // hex
  seen: Seen[]; // witnesses that cosigned it
  needed: number; // of the witnesses that were asked for; 0: none were
}

export type UnreadableReceipt = 'notAFile' | 'noEntry' | 'entry' | 'checkpoint';
export type ForgedReceipt =
  | 'otherKey' // no trusted key signed the checkpoint
  | 'checkpointSignature'
  | 'tree' // the proof does not lead from the entry to the signed root
  | 'otherEntry' // the entry says that it is another one, or of another ledger
  | 'entrySignature'
  | 'witness'; // a witness's cosignature does not verify

export type Judged =
  | { ok: true; receipt: OpenedReceipt }
  | { ok: false; verdict: 'unreadable'; fault: UnreadableReceipt }
  | { ok: false; verdict: 'forged'; fault: ForgedReceipt };

const maxFileSize = 1 << 18; // an entry, its proof and a note, all in base64, are well below

const forged = (fault: ForgedReceipt): Judged => ({ ok: false, verdict: 'forged', fault });
const unreadable = (fault: UnreadableReceipt): Judged => ({ ok: false, verdict: 'unreadable', fault });

const faultOf: Record<CheckpointFault, ForgedReceipt | null> = {
  unreadable: null,
  unsigned: 'otherKey',
  'bad-signature': 'checkpointSignature',
  'wrong-origin': 'otherKey',
};

const present = <T>(items: (T | null)[]): T[] => items.filter((item) => item !== null) as T[];

function proofIn(file: Uint8Array): TlogProof | null {
  const text = file.length <= maxFileSize ? fromUtf8(file) : null;
  return text === null ? null : readTlogProof(text);
}

// The name of the ledger that a receipt is of, to find keys by; it proves nothing.
export function originOf(file: Uint8Array): string | null {
  const proof = proofIn(file);
  const reading = proof && openCheckpoint(utf8(proof.note), []);
  return (reading && !reading.ok && reading.checkpoint?.origin) || null;
}

export function openReceipt(file: Uint8Array, trust: Trust): Judged {
  const proof = proofIn(file);
  if (!proof) return unreadable('notAFile');
  if (!proof.entry) return unreadable('noEntry');
  const entry = readEntry(proof.entry);
  if (typeof entry === 'string') return unreadable('entry');
  const note = utf8(proof.note);
  const reading = openCheckpoint(note, keysAt(trust, sizeOf(note)));
  if (!reading.ok) {
    const fault = faultOf[reading.fault];
    return fault ? forged(fault) : unreadable('checkpoint');
  }
  const { origin, size, root } = reading.checkpoint;
  if (entry.seq !== proof.index || entry.ledger !== origin) return forged('otherEntry');
  const leaf = leafHash(proof.entry);
  const led = rootFromInclusion(leaf, proof.index, size, proof.hashes);
  if (!led || !equalBytes(led, root)) return forged('tree');
  // The entry of a key that nobody trusts here is vouched for by the checkpoint's.
  const signers = keysAt(trust, entry.seq).filter((key) => keyId(key) === entry.keyId);
  const falsely = signers.length > 0 && !signers.some((key) => signatureVerified(entry, key));
  if (falsely || entry.signature === null) return forged('entrySignature');
  const seen = seenBy(note, present(trust.witnesses.map(readWitnessKey)));
  if (!seen) return forged('witness');
  const { ballot } = entry.data;
  const tracker = isBallot(entry.type) && typeof ballot === 'string' ? sha256Base64(ballot) : null;
  const { seq, time, type } = entry;
  return {
    ok: true,
    receipt: {
      origin,
      seq,
      time,
      type,
      tracker,
      size,
      root: toBase64(root),
      leaf: toHex(leaf),
      seen,
      needed: trust.needed,
    },
  };
}

// The same, where none of the trusted keys signed the checkpoint but the log hands over from them to one that did, or
// the other way; null where it does not.
export async function openByLog(
  source: LogSource,
  file: Uint8Array,
  trust: Trust,
): Promise<{ judged: Judged; trust: Trust } | null> {
  const head = await source.read('checkpoint');
  const all = head && (await handedOver(source, head, trust));
  const judged = all && openReceipt(file, all);
  return judged && (judged.ok || judged.fault !== 'otherKey') ? { judged, trust: all } : null;
}

// What a log holds now where a genuine receipt says its entry is. `lost`: it is shorter than what it signed before,
// `replaced`: another entry stands there, `rewritten`: the entry is there, but others before or around it are not those
// that were signed, `incomplete`: files of it are missing or do not lead to its signed root. null: it is signed by a key
// that no trusted one has handed over to, which says nothing of the entry.
export type Held =
  | { held: true; size: number }
  | { held: false; why: 'lost' | 'replaced' | 'rewritten' | 'incomplete'; size: number; note: string | null }
  | { held: null };

export async function heldIn(source: LogSource, trust: Trust, receipt: OpenedReceipt): Promise<Held> {
  const bytes = await source.read('checkpoint');
  if (!bytes) return { held: false, why: 'incomplete', size: 0, note: null };
  const note = new TextDecoder().decode(bytes);
  let reading = openCheckpoint(bytes, keysAt(trust, sizeOf(bytes)));
  if (!reading.ok && reading.fault === 'unsigned') {
    const all = await handedOver(source, bytes, trust);
    if (!all) return { held: null };
    reading = openCheckpoint(bytes, keysAt(all, sizeOf(bytes)));
  }
  if (!reading.ok) return { held: false, why: 'incomplete', size: reading.checkpoint?.size ?? 0, note };
  const { size, root } = reading.checkpoint;
  const gone = (why: 'lost' | 'replaced' | 'rewritten' | 'incomplete'): Held => ({ held: false, why, size, note });
  try {
    const reader = nodesIn(source, size);
    if (receipt.seq < size) {
      const leaf = await reader(0, receipt.seq);
      const led = rootFromInclusion(leaf, receipt.seq, size, await inclusionProof(receipt.seq, size, reader));
      if (!led || !equalBytes(led, root)) return gone('incomplete');
      if (toHex(leaf) !== receipt.leaf) return gone('replaced');
    }
    if (size < receipt.size) return gone('lost');
    const before = await provenRoot(source, receipt.size, { size, root });
    if (!before) return gone('incomplete');
    return toBase64(before) === receipt.root ? { held: true, size } : gone('rewritten');
  } catch (error) {
    if (error instanceof MissingFile) return gone('incomplete');
    throw error;
  }
}
