import { concat, equalBytes, fromBase64, fromUtf8, utf8 } from '../crypto/bytes.ts';
import { ed25519Verified, readKeyOfType, type VerifierKey } from './note.ts';

// What a witness says of a checkpoint (C2SP tlog-cosignature, version 1):
//   value = 4-byte key hash || 8-byte big-endian seconds since 1970 || Ed25519("cosignature/v1" LF "time " seconds LF text)

const cosignature = 4;

export const readWitnessKey = (text: string): VerifierKey | null => readKeyOfType(text, cosignature);

export interface Seen {
  name: string;
  time: number; // seconds since 1970, the latest where it signed more than once
}

const timeOf = (bytes: Uint8Array): number => bytes.reduce((sum, byte) => sum * 256 + byte, 0);

// Which of the witnesses cosigned the note, each once, in the list's order. Lines of others are passed over. null where
// the note is not in its form or a line of a listed witness does not verify.
export function seenBy(note: Uint8Array, witnesses: VerifierKey[]): Seen[] | null {
  const whole = fromUtf8(note);
  const end = whole?.indexOf('\n\n') ?? -1;
  if (!whole || end < 0 || !whole.endsWith('\n')) return null;
  const text = whole.slice(0, end + 1);
  const times = new Map<VerifierKey, number>();
  for (const line of whole.slice(end + 2, -1).split('\n')) {
    const match = /^\u2014 ([^\s+]+) ([A-Za-z0-9+/=]+)$/.exec(line);
    const value = match && fromBase64(match[2]!);
    if (!match || !value || value.length < 5) return null;
    const witness = witnesses.find((key) => key.name === match[1] && equalBytes(key.keyHash, value.subarray(0, 4)));
    if (!witness) continue;
    const time = timeOf(value.subarray(4, 12));
    const signed = concat(utf8(`cosignature/v1\ntime ${time}\n`), utf8(text));
    if (!Number.isSafeInteger(time) || !ed25519Verified(value.subarray(12), signed, witness.publicKey)) return null;
    times.set(witness, Math.max(time, times.get(witness) ?? 0));
  }
  return witnesses.flatMap((key) => (times.has(key) ? [{ name: key.name, time: times.get(key)! }] : []));
}
