import { fromBase64, toHex } from '../crypto/bytes.ts';

// A witness's verifier key as far as its form tells, for pages that have no libsodium: name, key id, and base64 of 0x04
// and a public key. Whether the id is that of the key the service finds out.

const witnessType = 4;

export function readWitness(text: string): { name: string; publicKey: string } | null {
  const match = /^([^\s+]+)\+[0-9a-f]{8}\+([A-Za-z0-9+/=]+)$/.exec(text);
  const key = match && fromBase64(match[2]!);
  return key?.length === 33 && key[0] === witnessType ? { name: match![1]!, publicKey: toHex(key) } : null;
}

export const witnessNames = (keys: string[]): string => keys.map((key) => readWitness(key)?.name ?? key).join(', ');
