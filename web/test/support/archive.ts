import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { vectors } from './paths.ts';

// The texts of an independent program's archive in their order, without the program's own reader.
export async function archiveTexts(name: 'basic' | 'threshold'): Promise<string[]> {
  const bytes = await readFile(join(vectors, 'belenios', name, 'election.bel'));
  const texts: string[] = [];
  for (let at = 0; at < bytes.length;) {
    const size = parseInt(bytes.toString('latin1', at + 124, at + 135), 8);
    texts.push(bytes.toString('utf8', at + 512, at + 512 + size));
    at += 512 + 512 * Math.ceil(size / 512);
  }
  return texts;
}
