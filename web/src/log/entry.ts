import { fromBase64, fromUtf8, utf8, concat } from '../crypto/bytes.ts';
import { canonicalJson } from './canonical-json.ts';
import { ed25519Verified, isKeyName, keyId, type VerifierKey } from './note.ts';

// entry = body LF key-id SP signature LF
// body  = RFC 8785 JSON of {actor, data, ledger, prev, seq, time, type, v}

export interface Entry {
  body: Uint8Array;
  keyId: string;
  signature: Uint8Array | null; // null where it is not the base64 of 64 bytes
  actor: string;
  ledger: string;
  prev: string;
  seq: number;
  time: string;
  type: string;
  v: number;
  data: Record<string, unknown>;
}

const members = ['actor', 'data', 'ledger', 'prev', 'seq', 'time', 'type', 'v'];
const sealLength = 1 + 8 + 1 + 88 + 1;
const maxLength = 65535;
const maxDepth = 32;
const context = utf8('suara.event.v1\n');
const lineFeed = 10;

// Of the one form, and a moment that exists.
export function isTime(text: string): boolean {
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z$/.test(text)) return false;
  const millis = Date.parse(text);
  return millis >= 0 && new Date(millis).toISOString() === text;
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const isWord = /^[a-z0-9._-]{1,64}(:[a-z0-9._-]{1,64})?$/;
const isType = /^[A-Z][A-Za-z0-9]{0,63}$/;

// What the format's JSON has not: numbers other than integers, half characters, great depth.
function foreign(value: unknown, depth: number): boolean {
  if (typeof value === 'number') return !Number.isSafeInteger(value);
  if (typeof value === 'string') return /\p{Surrogate}/u.test(value);
  if (typeof value !== 'object' || value === null) return false;
  if (depth >= maxDepth) return true;
  if (Array.isArray(value)) return value.some((item) => foreign(item, depth + 1));
  return Object.entries(value).some(([name, item]) => foreign(name, depth) || foreign(item, depth + 1));
}

function readBody(body: Uint8Array): Record<string, unknown> | string {
  const text = fromUtf8(body);
  if (text === null) return 'not UTF-8';
  try {
    const value = JSON.parse(text) as Record<string, unknown>;
    if (typeof value !== 'object' || value === null || Object.keys(value).join() !== members.join()) {
      return `members other than ${members.join(', ')}`;
    }
    if (foreign(value, 0) || canonicalJson(value) !== text) return 'JSON not in canonical form';
    return value;
  } catch {
    return 'not JSON';
  }
}

// Everything that an entry's own bytes tell. A text is what is wrong with its form, in English, for the report.
export function readEntry(bytes: Uint8Array): Entry | string {
  const bodyLength = bytes.length - sealLength;
  if (bodyLength < 1 || bytes.length > maxLength) return 'shorter or longer than an entry can be';
  const body = bytes.subarray(0, bodyLength);
  if (body.includes(lineFeed) || bytes[bodyLength] !== lineFeed) return 'not one line of JSON and one of signature';
  const seal = fromUtf8(bytes.subarray(bodyLength + 1));
  const match = seal === null ? null : /^([0-9a-f]{8}) (.{88})\n$/.exec(seal);
  if (!match) return 'no signature line';
  const value = readBody(body);
  if (typeof value === 'string') return value;
  const { actor, ledger, prev, seq, time, type, v, data } = value;
  if (typeof actor !== 'string' || !isWord.test(actor)) return 'actor is not role or role:id';
  if (typeof ledger !== 'string' || !isKeyName(ledger)) return 'ledger is not a name';
  if (typeof type !== 'string' || !isType.test(type)) return 'type is not a name of a type';
  if (typeof prev !== 'string' || !/^[0-9a-f]{64}$/.test(prev)) return 'prev is not a hash';
  if (!isCount(seq) || !isCount(v) || v < 1 || v >= 2 ** 32) return 'seq or v is not a number';
  if (typeof time !== 'string' || !isTime(time)) return 'time is not UTC with milliseconds';
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return 'data is not an object';
  const raw = fromBase64(match[2]!);
  const signature = raw?.length === 64 ? raw : null;
  return {
    ...{ body, keyId: match[1]!, signature, actor, ledger, prev, seq, time, type, v },
    data: data as Record<string, unknown>,
  };
}

export const signatureVerified = (entry: Entry, key: VerifierKey): boolean =>
  keyId(key) === entry.keyId &&
  entry.signature !== null &&
  ed25519Verified(entry.signature, concat(context, entry.body), key.publicKey);
