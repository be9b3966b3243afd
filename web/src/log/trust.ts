import { utf8 } from '../crypto/bytes.ts';
import { KeyChain } from './key-chain.ts';
import { readKeys, readVerifierKey, readWitnessKey, type VerifierKey } from './note.ts';
import type { LogSource } from './source.ts';

// The keys that someone holds a log to: the ledger's own, oldest first, the witnesses', and how many of those must have
// seen a checkpoint.
export interface Trust {
  ledger: string[];
  witnesses: string[];
  needed: number;
  policyKnown: boolean; // from a keys.json: without witnesses in it, the election names none
  rotatedAt?: number[]; // where it was shown: [i]: the entry by which ledger[i] handed over to the next
}

// The ledger's keys that may sign a tree of so many entries.
export function keysAt({ ledger, rotatedAt }: Pick<Trust, 'ledger' | 'rotatedAt'>, size: number): VerifierKey[] {
  const [first, ...later] = ledger.map(readVerifierKey).filter((key) => key !== null) as VerifierKey[];
  if (!first) return [];
  return rotatedAt ? [new KeyChain(first, later, rotatedAt).atSize(size)] : [first, ...later];
}

const isSet = (keys: string[]): boolean => new Set(keys).size === keys.length;

// Keys as people paste them: a log's keys.json, or keys of ledgers and witnesses, one a line, of whose witnesses all
// must have seen it. null where any of it is neither, there is none of a ledger, or a file's rule cannot be kept.
export function readTrust(text: string): Trust | null {
  const file = readKeys(utf8(text));
  if (file) {
    const { witnesses, needed } = file;
    const ledger = file.ledger.map((key) => key.text);
    const sound = isSet(witnesses) && needed <= witnesses.length && witnesses.every((key) => readWitnessKey(key));
    return sound ? { ledger, witnesses, needed, policyKnown: true } : null;
  }
  const lines = new Set(
    text
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean),
  );
  const ledger = [...lines].filter((line) => readVerifierKey(line));
  const witnesses = [...lines].filter((line) => readWitnessKey(line));
  const whole = ledger.length + witnesses.length === lines.size;
  return whole && ledger.length > 0 ? { ledger, witnesses, needed: witnesses.length, policyKnown: false } : null;
}

// What a log says of its own keys, as far as the one that is known stands among them; else that one alone.
export async function trustIn(source: LogSource, known: string): Promise<Trust> {
  const bytes = await source.read('keys.json').catch(() => null);
  const trust = bytes && readTrust(new TextDecoder().decode(bytes));
  return trust?.ledger.includes(known) ? trust : { ledger: [known], witnesses: [], needed: 0, policyKnown: false };
}
