import { fromBase64, toBase64 } from '../crypto/bytes.ts';
import { readTreeSize, type Hash } from './tree.ts';

// A receipt as C2SP tlog-proof, with the whole entry as `extra`, so that it needs nothing beside it but keys:
//   "c2sp.org/tlog-proof@v1" LF "extra " base64 LF "index " N LF *(base64 hash LF) LF note

export interface TlogProof {
  entry: Uint8Array | null; // null where the file carries none
  index: number;
  hashes: Hash[]; // from the leaf's sibling up
  note: string; // the signed checkpoint
}

const firstLine = 'c2sp.org/tlog-proof@v1';
const maxHashes = 64;
const maxEntry = 65535;

export function writeTlogProof({ entry, index, hashes, note }: TlogProof): string {
  const extra = entry ? [`extra ${toBase64(entry)}`] : [];
  return [firstLine, ...extra, `index ${index}`, ...hashes.map(toBase64), '', note].join('\n');
}

// null where it is not in its form. What it says is not judged here.
export function readTlogProof(text: string): TlogProof | null {
  const gap = text.indexOf('\n\n');
  if (gap < 0) return null;
  const [first, ...lines] = text.slice(0, gap).split('\n');
  if (first !== firstLine) return null;
  let entry: Uint8Array | null = null;
  if (lines[0]?.startsWith('extra ')) {
    entry = fromBase64(lines.shift()!.slice('extra '.length));
    if (!entry || entry.length > maxEntry) return null;
  }
  const place = lines.shift() ?? '';
  const index = place.startsWith('index ') ? readTreeSize(place.slice('index '.length)) : null;
  const hashes = lines.map(fromBase64);
  if (index === null || hashes.length > maxHashes || !hashes.every((hash) => hash?.length === 32)) return null;
  return { entry, index, hashes: hashes as Hash[], note: text.slice(gap + 2) };
}
