import { concat } from '../crypto/bytes.ts';
import { sha256 } from '../crypto/hash.ts';

// RFC 6962: leaf = SHA-256(0x00 entry), node = SHA-256(0x01 left right), the empty tree SHA-256().

export type Hash = Uint8Array;

export const maxTreeSize = 2 ** 48 - 1; // what tiles of levels 0 to 5 hold

// Decimal, without sign or leading zeros; null where it is more than a tree can have.
export function readTreeSize(text: string): number | null {
  const size = /^(0|[1-9][0-9]{0,14})$/.test(text) ? Number(text) : Infinity;
  return size <= maxTreeSize ? size : null;
}

export const leafHash = (entry: Uint8Array): Hash => sha256(concat(Uint8Array.of(0), entry));
export const nodeHash = (left: Hash, right: Hash): Hash => sha256(concat(Uint8Array.of(1), left, right));

// The heads of growing trees: perfect subtrees from the largest to the smallest, as the bits of the size say.
export class GrowingTree {
  constructor(
    readonly stack: Hash[] = [],
    public size = 0,
  ) {}

  append(leaf: Hash): void {
    let node = leaf;
    for (let bits = this.size; bits % 2 === 1; bits = Math.floor(bits / 2)) node = nodeHash(this.stack.pop()!, node);
    this.stack.push(node);
    this.size++;
  }

  root(): Hash {
    if (this.stack.length === 0) return sha256('');
    return this.stack.reduceRight((right, left) => nodeHash(left, right));
  }
}

// The largest power of two below n (n > 1).
export function splitPoint(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

// The root that an inclusion proof leads to; null where the proof has not the length that index and size ask for.
export function rootFromInclusion(leaf: Hash, index: number, size: number, proof: Hash[]): Hash | null {
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) return null;
  const walk = (at: number, n: number, from: Hash[]): Hash | null => {
    if (n === 1) return from.length === 0 ? leaf : null;
    const sibling = from[from.length - 1];
    if (!sibling) return null;
    const k = splitPoint(n);
    const rest = from.slice(0, -1);
    if (at < k) {
      const left = walk(at, k, rest);
      return left && nodeHash(left, sibling);
    }
    const right = walk(at - k, n - k, rest);
    return right && nodeHash(sibling, right);
  };
  return walk(index, size, proof);
}

// Reads the perfect subtree of 2^level leaves that starts at leaf index * 2^level.
export type NodeReader = (level: number, index: number) => Promise<Hash>;

// The root of the `size` leaves from `start` on, where a perfect subtree of at least that many could begin.
export async function rangeHash(start: number, size: number, read: NodeReader): Promise<Hash> {
  const level = Math.log2(size);
  if (Number.isInteger(level)) return read(level, start / size);
  const k = splitPoint(size);
  return nodeHash(await rangeHash(start, k, read), await rangeHash(start + k, size - k, read));
}

// The root of the first `size` leaves.
export const rootOfFirst = (size: number, read: NodeReader): Promise<Hash> => rangeHash(0, size, read);

// From the leaf's sibling up.
export async function inclusionProof(index: number, size: number, read: NodeReader): Promise<Hash[]> {
  const proof: Hash[] = [];
  let start = 0;
  let n = size;
  while (n > 1) {
    const k = splitPoint(n);
    if (index - start < k) {
      proof.push(await rangeHash(start + k, n - k, read));
      n = k;
    } else {
      proof.push(await rangeHash(start, k, read));
      start += k;
      n -= k;
    }
  }
  return proof.reverse();
}
