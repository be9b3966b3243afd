import { cutBundle, hashSize, tileNodeReader } from './tiles.ts';
import type { NodeReader } from './tree.ts';

// Where a log's files come from. A path is relative to the log: "checkpoint", "keys.json", "tile/0/000.p/12".
// `read` gives null for a file that is not there and throws where it could not be found out (no network).
export interface LogSource {
  read(path: string): Promise<Uint8Array | null>;
}

export class MissingFile extends Error {}

// A file that must be there. Throws MissingFile.
export async function required(source: LogSource, path: string): Promise<Uint8Array> {
  const bytes = await source.read(path);
  if (!bytes) throw new MissingFile(`${path} is missing`);
  return bytes;
}

// The nodes of a tree of `size` entries out of its tiles. Throws MissingFile.
export const nodesIn = (source: LogSource, size: number): NodeReader =>
  tileNodeReader(size, (path) => required(source, path));

const maxFileSize = 256 * (2 + 65535) + 1024;

// Never from the browser's cache: what is judged is what the server gives now.
function httpFiles(base: string): LogSource {
  return {
    async read(path) {
      const response = await fetch(base + path, { cache: 'no-store' });
      if (response.status === 404) return null;
      if (!response.ok) throw new Error(`${path}: HTTP ${response.status}`);
      const bytes = new Uint8Array(await response.arrayBuffer());
      if (bytes.length > maxFileSize) throw new Error(`${path}: larger than any file of a log`);
      return bytes;
    },
  };
}

// A growing log drops a tile's partial files once the tile is full: the full one then begins with what they held.
export function withFullTiles(source: LogSource): LogSource {
  return {
    async read(path) {
      const bytes = await source.read(path);
      const partial = /^(tile\/(entries|[0-9]+)\/.+)\.p\/([0-9]+)$/.exec(path);
      if (bytes || !partial) return bytes;
      const [, fullPath, level, width] = partial as unknown as [string, string, string, string];
      const full = await source.read(fullPath);
      if (!full) return null;
      return level === 'entries' ? cutBundle(full, Number(width)) : full.subarray(0, Number(width) * hashSize);
    },
  };
}

export const httpSource = (base: string): LogSource => withFullTiles(httpFiles(base));

// The same entries as the service's database holds them now: bundle n, its first `width` entries, in a bundle's form.
export type StoredEntries = (n: number, width: number) => Promise<Uint8Array | null>;

// null also where the service refuses because its rows are not what they should be; it throws where it cannot be asked.
export function httpStoredEntries(uuid: string): StoredEntries {
  return async (n, width) => {
    const response = await fetch(`/api/v1/elections/${uuid}/entries/${n}?count=${width}`, { cache: 'no-store' });
    if (response.status === 404 || response.status === 500) return null;
    if (!response.ok) throw new Error(`stored entries ${n}: HTTP ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  };
}
