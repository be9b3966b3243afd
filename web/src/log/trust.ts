import { readVerifierKey, readWitnessKey } from './note.ts';
import type { LogSource } from './source.ts';

// The keys that someone holds a log to: the ledger's own, oldest first, the witnesses', and how many of those must have
// seen a checkpoint (0: none were asked for).
export interface Trust {
  ledger: string[];
  witnesses: string[];
  needed: number;
}

const texts = (value: unknown): string[] | null =>
  Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : null;

function readKeysFile(text: string): Trust | null {
  try {
    const value = JSON.parse(text) as { ledger?: unknown; witnesses?: unknown; policy?: { witnesses?: unknown } };
    const [ledger, witnesses, needed] = [texts(value.ledger), texts(value.witnesses), value.policy?.witnesses];
    if (!ledger || !witnesses || !Number.isSafeInteger(needed)) return null;
    return { ledger, witnesses, needed: needed as number };
  } catch {
    return null;
  }
}

// Keys as people paste them: a log's keys.json, or keys of ledgers and witnesses, one a line. null where any of it is
// neither, or there is none of a ledger.
export function readTrust(text: string): Trust | null {
  const file = readKeysFile(text);
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  const trust = file ?? {
    ledger: lines.filter((line) => readVerifierKey(line)),
    witnesses: lines.filter((line) => readWitnessKey(line)),
    needed: 0,
  };
  const whole = file
    ? trust.ledger.every((key) => readVerifierKey(key)) && trust.witnesses.every((key) => readWitnessKey(key))
    : trust.ledger.length + trust.witnesses.length === lines.length;
  return whole && trust.ledger.length > 0 ? trust : null;
}

// What a log says of its own keys, as far as the one that is known stands among them; else that one alone.
export async function trustIn(source: LogSource, known: string): Promise<Trust> {
  const bytes = await source.read('keys.json').catch(() => null);
  const trust = bytes && readTrust(new TextDecoder().decode(bytes));
  return trust?.ledger.includes(known) ? trust : { ledger: [known], witnesses: [], needed: 0 };
}
