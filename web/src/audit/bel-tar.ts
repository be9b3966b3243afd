import { equalBytes, fromUtf8, utf8 } from '../crypto/bytes.ts';

// The old-style tar of a `.bel` archive, of which each entry has only one form:
//   header[512]   name[100] "0000644\0" "0000000\0" "0000000\0" size[11 octal]\0 mtime[11 octal]\0
//                 checksum[6 octal]\0' ' '0', all else zero
//   content, padded with zeros to 512 bytes; nothing after the last entry

export interface TarEntry {
  name: string;
  content: Uint8Array;
}

export interface BelTar {
  mtime: number; // of the first entry, and so of all
  entries: TarEntry[];
  fault: string | null; // of the entry after those, where the archive goes wrong
}

const block = 512;
const sizeAt = 124;
const mtimeAt = 136;
const checksumAt = 148;

function octal(bytes: Uint8Array): number | null {
  const text = fromUtf8(bytes);
  return text !== null && /^[0-7]+$/.test(text) ? parseInt(text, 8) : null;
}

function headerOf(name: Uint8Array, size: number, mtime: number): Uint8Array {
  const header = new Uint8Array(block);
  const digits = (value: number, length: number): Uint8Array => utf8(value.toString(8).padStart(length, '0'));
  header.set(name, 0);
  header.set(utf8('0000644'), 100);
  header.set(utf8('0000000'), 108);
  header.set(utf8('0000000'), 116);
  header.set(digits(size, 11), sizeAt);
  header.set(digits(mtime, 11), mtimeAt);
  header.set(utf8('        0'), checksumAt);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.set(digits(sum, 6), checksumAt);
  header[checksumAt + 6] = 0;
  return header;
}

export function readBelTar(bytes: Uint8Array): BelTar {
  const tar: BelTar = { mtime: 0, entries: [], fault: null };
  const stop = (fault: string): BelTar => ({ ...tar, fault });
  for (let at = 0; at < bytes.length;) {
    if (bytes.length - at < block) return stop('cut off');
    const header = bytes.subarray(at, at + block);
    const size = octal(header.subarray(sizeAt, sizeAt + 11));
    const mtime = octal(header.subarray(mtimeAt, mtimeAt + 11));
    const end = header.indexOf(0);
    const name = header.subarray(0, end < 0 || end > 100 ? 100 : end);
    const text = fromUtf8(name);
    if (size === null || mtime === null || !text) return stop('a header that cannot be read');
    if (tar.entries.length === 0) tar.mtime = mtime;
    if (!equalBytes(header, headerOf(name, size, tar.mtime))) return stop('a header of another form');
    const padded = Math.ceil(size / block) * block;
    if (padded > bytes.length - at - block) return stop('cut off');
    const content = bytes.subarray(at + block, at + block + size);
    if (bytes.subarray(at + block + size, at + block + padded).some((byte) => byte !== 0)) {
      return stop('not padded with zeros');
    }
    tar.entries.push({ name: text, content });
    at += block + padded;
  }
  return tar;
}

// Whether the bytes are at all meant to be such an archive.
export const looksLikeBel = (bytes: Uint8Array): boolean => equalBytes(bytes.subarray(0, 9), utf8('BELENIOS\0'));
