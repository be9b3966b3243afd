import { nodeHash, type Hash, type NodeReader } from './tree.ts';

// The tree cut into files (C2SP tlog-tiles):
//   hash tile    tile/<L>/<N>        256 hashes of 32 bytes: the nodes of level 8L, indices 256N..256N+255
//   entry bundle tile/entries/<N>    256 entries, each preceded by its length as big-endian uint16
//   partial      the same + .p/<W>   only the first W (1 to 255)
export const tileWidth = 256;
export const hashSize = 32;

function numberPath(n: number): string {
  let path = String(n % 1000).padStart(3, '0');
  for (let rest = Math.floor(n / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    path = `x${String(rest % 1000).padStart(3, '0')}/${path}`;
  }
  return path;
}

const tail = (width: number): string => (width === tileWidth ? '' : `.p/${width}`);

export interface Tile {
  level: number | 'entries';
  n: number;
  width: number;
}

export const tilePath = ({ level, n, width }: Tile): string => `tile/${level}/${numberPath(n)}${tail(width)}`;

// How wide tile n is where the level has `nodes` nodes in all.
const widthOf = (n: number, nodes: number): number => Math.min(tileWidth, nodes - n * tileWidth);

// The bundles that hold entries `from` to `size` - 1.
export function* bundlesOf(size: number, from = 0): Generator<Tile> {
  if (from >= size) return;
  for (let n = Math.floor(from / tileWidth); n * tileWidth < size; n++) {
    yield { level: 'entries', n, width: widthOf(n, size) };
  }
}

export function bundleOf(index: number, size: number): Tile {
  const n = Math.floor(index / tileWidth);
  return { level: 'entries', n, width: widthOf(n, size) };
}

export function splitTile(bytes: Uint8Array, width: number): Hash[] | null {
  if (bytes.length !== width * hashSize) return null;
  return Array.from({ length: width }, (_, i) => bytes.subarray(hashSize * i, hashSize * (i + 1)));
}

// Views into the bundle's entries as far as its lengths lead; `whole` where that is to the last byte.
export function splitBundle(bytes: Uint8Array): { entries: Uint8Array[]; whole: boolean } {
  const entries: Uint8Array[] = [];
  let at = 0;
  while (at + 2 <= bytes.length) {
    const length = (bytes[at]! << 8) | bytes[at + 1]!;
    if (at + 2 + length > bytes.length) break;
    entries.push(bytes.subarray(at + 2, at + 2 + length));
    at += 2 + length;
  }
  return { entries, whole: at === bytes.length };
}

// The first `width` entries of a bundle, or as many as it has.
export function cutBundle(bytes: Uint8Array, width: number): Uint8Array {
  const { entries } = splitBundle(bytes);
  const length = entries.slice(0, width).reduce((sum, entry) => sum + 2 + entry.length, 0);
  return bytes.subarray(0, length);
}

// Of each level the tile that is not yet whole.
export type OpenTiles = { n: number; nodes: Hash[] }[];

// The tiles' hashes as they must be, made while the leaves go by; calls `onTile` for each as soon as it is whole.
export class TileBuilder {
  constructor(
    private readonly onTile: (tile: Tile, nodes: Hash[]) => Promise<void>,
    readonly levels: OpenTiles = [],
  ) {}

  async append(leaf: Hash, level = 0): Promise<void> {
    const row = (this.levels[level] ??= { n: 0, nodes: [] });
    row.nodes.push(leaf);
    if (row.nodes.length < tileWidth) return;
    const { n, nodes } = row;
    this.levels[level] = { n: n + 1, nodes: [] };
    await this.onTile({ level, n, width: tileWidth }, nodes);
    await this.append(perfectRoot(nodes), level + 1);
  }

  async finish(): Promise<void> {
    for (const [level, { n, nodes }] of this.levels.entries()) {
      if (nodes.length > 0) await this.onTile({ level, n, width: nodes.length }, nodes);
    }
  }
}

function perfectRoot(nodes: Hash[]): Hash {
  let row = nodes;
  while (row.length > 1) {
    row = Array.from({ length: row.length / 2 }, (_, i) => nodeHash(row[2 * i]!, row[2 * i + 1]!));
  }
  return row[0]!;
}

// Nodes of a tree of `size` read through its tiles; each tile is read once. Throws where a tile is missing or short.
export function tileNodeReader(size: number, read: (path: string) => Promise<Uint8Array>): NodeReader {
  const cache = new Map<string, Promise<Hash[]>>();
  const tileHashes = (tile: Tile): Promise<Hash[]> => {
    const path = tilePath(tile);
    let found = cache.get(path);
    if (!found) {
      found = read(path).then((bytes) => {
        const hashes = splitTile(bytes, tile.width);
        if (!hashes) throw new Error(`${path} has not ${tile.width} hashes`);
        return hashes;
      });
      cache.set(path, found);
    }
    return found;
  };
  return async (level, index) => {
    const tileLevel = Math.floor(level / 8);
    const span = 2 ** (level % 8); // how many of the tile's nodes the wanted one covers
    const first = index * span;
    const n = Math.floor(first / tileWidth);
    const nodesAtLevel = Math.floor(size / tileWidth ** tileLevel);
    const hashes = await tileHashes({ level: tileLevel, n, width: widthOf(n, nodesAtLevel) });
    const offset = first - n * tileWidth;
    return perfectRoot(hashes.slice(offset, offset + span));
  };
}
