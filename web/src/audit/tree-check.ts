import { equalBytes, toBase64, toHex } from '../crypto/bytes.ts';
import type { LogSource } from '../log/source.ts';
import { splitTile, tilePath, tileWidth, type Tile } from '../log/tiles.ts';
import type { Hash } from '../log/tree.ts';
import type { Findings } from './findings.ts';

// One published hash tile against the hashes made from the entries. The fault stands at the first entry under the
// first hash that differs.
export async function checkTile(source: LogSource, tile: Tile, nodes: Hash[], findings: Findings): Promise<void> {
  const path = tilePath(tile);
  const bytes = await source.read(path);
  const hashes = bytes && splitTile(bytes, tile.width);
  const wrong = hashes ? hashes.findIndex((hash, i) => !equalBytes(hash, nodes[i]!)) : 0;
  const span = tileWidth ** (tile.level as number);
  findings.note('tree', hashes !== null && wrong < 0, () => ({
    seq: (tile.n * tileWidth + wrong) * span,
    path,
    expected: hashes ? toHex(nodes[wrong]!) : `${tile.width} x 32`,
    found: hashes ? toHex(hashes[wrong]!) : bytes ? `${bytes.length}` : 'no file',
  }));
}

// `root` is null where entries are missing, so that it cannot be computed.
export function checkRoot(root: Hash | null, signed: Hash, findings: Findings): void {
  findings.note('tree', root !== null && equalBytes(root, signed), () => ({
    seq: null,
    path: 'checkpoint',
    expected: toBase64(signed),
    found: root ? toBase64(root) : '?',
  }));
}
