import { utf8 } from '../crypto/bytes.ts';
import { readKeys, readVerifierKey, readWitnessKey } from './note.ts';
import type { LogSource } from './source.ts';

// The keys that someone holds a log to: the ledger's own, oldest first, the witnesses', and how many of those must have
// seen a checkpoint (0: none were asked for).
export interface Trust {
  ledger: string[];
  witnesses: string[];
  needed: number;
}

// Keys as people paste them: a log's keys.json, or keys of ledgers and witnesses, one a line. null where any of it is
// neither, or there is none of a ledger.
export function readTrust(text: string): Trust | null {
  const file = readKeys(utf8(text));
  if (file) {
    const { ledger, witnesses, needed } = file;
    if (!witnesses.every((key) => readWitnessKey(key))) return null;
    return { ledger: ledger.map((key) => key.text), witnesses, needed };
  }
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  const ledger = lines.filter((line) => readVerifierKey(line));
  const witnesses = lines.filter((line) => readWitnessKey(line));
  const whole = ledger.length + witnesses.length === lines.length;
  return whole && ledger.length > 0 ? { ledger, witnesses, needed: 0 } : null;
}

// What a log says of its own keys, as far as the one that is known stands among them; else that one alone.
export async function trustIn(source: LogSource, known: string): Promise<Trust> {
  const bytes = await source.read('keys.json').catch(() => null);
  const trust = bytes && readTrust(new TextDecoder().decode(bytes));
  return trust?.ledger.includes(known) ? trust : { ledger: [known], witnesses: [], needed: 0 };
}
