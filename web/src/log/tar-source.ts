import { parseTar } from 'nanotar';
import type { LogSource } from './source.ts';

// A bundle as an uncompressed tar: the log's files, in the archive's root or in one folder of it. null where the bytes
// are no tar or hold no checkpoint.
export function tarSource(bytes: Uint8Array): LogSource | null {
  // The reader stops at a zero block, which some writers leave out at the end.
  const padded = new Uint8Array(bytes.length + 1024);
  padded.set(bytes);
  const files = new Map<string, Uint8Array>();
  try {
    for (const file of parseTar(padded.buffer)) {
      if (file.data && file.type === 'file') files.set(file.name.replace(/^(\.\/)+/, ''), file.data);
    }
  } catch {
    return null;
  }
  const checkpoint = [...files.keys()].find((name) => name === 'checkpoint' || name.endsWith('/checkpoint'));
  if (checkpoint === undefined) return null;
  const folder = checkpoint.slice(0, -'checkpoint'.length);
  return { read: async (path) => files.get(folder + path) ?? null };
}
