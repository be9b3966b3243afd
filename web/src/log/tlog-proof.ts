import { fromBase64, fromUtf8, toBase64, utf8 } from '../crypto/bytes.ts';
import { hashSize } from './tiles.ts';
import type { Hash } from './tree.ts';

// A receipt that verifies offline for ever (C2SP tlog-proof):
//   proof = "c2sp.org/tlog-proof@v1" LF ["extra " base64 LF] "index " N LF *(base64 hash LF) LF note
// The hashes lead from the leaf's sibling up; the note is a signed checkpoint. In our receipts `extra` is the whole
// entry, so that the file needs nothing beside it but keys.

export interface TlogProof {
  index: number;
  hashes: Hash[];
  checkpoint: Uint8Array; // the whole note
  extra: Uint8Array | null; // proves nothing by itself
}

const header = 'c2sp.org/tlog-proof@v1';
const maxHashes = 63;
export const maxProofSize = 1 << 18; // an entry, its proof and a note, all in base64, are well below

export function writeTlogProof({ index, hashes, checkpoint, extra }: TlogProof): string {
  const lines = [header, ...(extra ? [`extra ${toBase64(extra)}`] : []), `index ${index}`, ...hashes.map(toBase64)];
  return `${lines.join('\n')}\n\n${fromUtf8(checkpoint)}`;
}

export function readTlogProof(bytes: Uint8Array): TlogProof | null {
  const text = bytes.length <= maxProofSize ? fromUtf8(bytes) : null;
  const end = text?.indexOf('\n\n') ?? -1;
  if (text === null || end < 0) return null;
  const lines = text.slice(0, end).split('\n');
  if (lines.shift() !== header) return null;
  let extra: Uint8Array | null = null;
  if (lines[0]?.startsWith('extra ')) {
    extra = fromBase64(lines.shift()!.slice('extra '.length));
    if (!extra) return null;
  }
  const index = /^index (0|[1-9][0-9]{0,14})$/.exec(lines.shift() ?? '');
  if (!index || lines.length > maxHashes) return null;
  const hashes: Hash[] = [];
  for (const line of lines) {
    const hash = fromBase64(line);
    if (hash?.length !== hashSize) return null;
    hashes.push(hash);
  }
  return { index: Number(index[1]), hashes, checkpoint: utf8(text.slice(end + 2)), extra };
}
