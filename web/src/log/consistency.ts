import { equalBytes } from '../crypto/bytes.ts';
import { sha256 } from '../crypto/hash.ts';
import { nodesIn, type LogSource } from './source.ts';
import { nodeHash, rangeHash, rootOfFirst, splitPoint, type Hash, type NodeReader } from './tree.ts';

// RFC 6962, 2.1.2: that the tree of `newer` leaves begins with the whole tree of `older` leaves.

// 0 < older <= newer.
export const consistencyProof = (older: number, newer: number, read: NodeReader): Promise<Hash[]> =>
  subProof(older, 0, newer, true, read);

// `known`: the older tree's root is a subtree of its own, which whoever checks the proof has.
async function subProof(older: number, start: number, size: number, known: boolean, read: NodeReader): Promise<Hash[]> {
  if (older === size) return known ? [] : [await rangeHash(start, size, read)];
  const k = splitPoint(size);
  return older <= k
    ? [...(await subProof(older, start, k, known, read)), await rangeHash(start + k, size - k, read)]
    : [...(await subProof(older - k, start + k, size - k, false, read)), await rangeHash(start, k, read)];
}

export interface TreeHead {
  size: number;
  root: Hash;
}

// Whether the proof shows it. Of an empty tree there is nothing to show.
export function isConsistent(older: TreeHead, newer: TreeHead, proof: Hash[]): boolean {
  if (older.size === 0 || older.size > newer.size) return false;
  if (older.size === newer.size) return proof.length === 0 && equalBytes(older.root, newer.root);
  const roots = rootsOf(older, newer.size, true, proof);
  return roots !== null && equalBytes(roots[0], older.root) && equalBytes(roots[1], newer.root);
}

// Both roots that a proof leads to; null where it has not the length that the sizes ask for.
function rootsOf({ size: older, root }: TreeHead, size: number, known: boolean, proof: Hash[]): [Hash, Hash] | null {
  const last = proof[proof.length - 1];
  if (older === size) {
    if (known) return last ? null : [root, root];
    return last && proof.length === 1 ? [last, last] : null;
  }
  if (!last) return null;
  const k = splitPoint(size);
  const rest = proof.slice(0, -1);
  if (older <= k) {
    const inner = rootsOf({ size: older, root }, k, known, rest);
    return inner && [inner[0], nodeHash(inner[1], last)];
  }
  const inner = rootsOf({ size: older - k, root }, size - k, false, rest);
  return inner && [nodeHash(last, inner[0]), nodeHash(last, inner[1])];
}

// The root that the tree had at an older size, read from the log's tiles and proved to be the beginning of the head that
// is given; null where the tiles do not prove it. Throws where a tile is missing or cannot be asked for.
export async function provenRoot(source: LogSource, older: number, head: TreeHead): Promise<Hash | null> {
  if (older === 0) return sha256('');
  if (older > head.size) return null;
  const read = nodesIn(source, head.size);
  const root = await rootOfFirst(older, read);
  return isConsistent({ size: older, root }, head, await consistencyProof(older, head.size, read)) ? root : null;
}
