import { fromBase64, fromUtf8, utf8, concat } from '../crypto/bytes.ts';
import { canonicalJson } from './canonical-json.ts';
import { ed25519Verified, keyId, type VerifierKey } from './note.ts';

// entry = body LF key-id SP signature LF
// body  = RFC 8785 JSON of {actor, data, ledger, prev, seq, time, type, v}

export interface Entry {
  body: Uint8Array;
  keyId: string;
  signature: Uint8Array;
  actor: string;
  ledger: string;
  prev: string;
  seq: number;
  time: string;
  type: string;
  v: number;
  data: unknown;
}

const members = ['actor', 'data', 'ledger', 'prev', 'seq', 'time', 'type', 'v'];
const sealLength = 1 + 8 + 1 + 88 + 1;
const context = utf8('suara.event.v1\n');
const lineFeed = 10;

export const isTime = (text: string): boolean =>
  /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z$/.test(text) && !Number.isNaN(Date.parse(text));

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

// Everything that an entry's own bytes tell. A text is what is wrong with its form, in English, for the report.
export function readEntry(bytes: Uint8Array): Entry | string {
  const bodyLength = bytes.length - sealLength;
  if (bodyLength < 1) return 'shorter than an entry can be';
  const body = bytes.subarray(0, bodyLength);
  if (body.includes(lineFeed) || bytes[bodyLength] !== lineFeed) return 'not one line of JSON and one of signature';
  const seal = fromUtf8(bytes.subarray(bodyLength + 1));
  const match = seal && /^([0-9a-f]{8}) ([A-Za-z0-9+/=]{88})\n$/.exec(seal);
  const signature = match && fromBase64(match[2]!);
  if (!match || !signature || signature.length !== 64) return 'no signature line';
  const text = fromUtf8(body);
  if (text === null) return 'not UTF-8';
  let value: Record<string, unknown>;
  try {
    value = JSON.parse(text) as Record<string, unknown>;
  } catch {
    return 'not JSON';
  }
  if (typeof value !== 'object' || value === null || Object.keys(value).join() !== members.join()) {
    return `members other than ${members.join(', ')}`;
  }
  if (canonicalJson(value) !== text) return 'JSON not in canonical form';
  const { actor, ledger, prev, seq, time, type, v, data } = value;
  if (typeof actor !== 'string' || typeof ledger !== 'string' || typeof type !== 'string')
    return 'a member of a wrong kind';
  if (typeof prev !== 'string' || !/^[0-9a-f]{64}$/.test(prev)) return 'prev is not a hash';
  if (!isCount(seq) || !isCount(v)) return 'seq or v is not a number';
  if (typeof time !== 'string' || !isTime(time)) return 'time is not UTC with milliseconds';
  return { body, keyId: match[1]!, signature, actor, ledger, prev, seq, time, type, v, data };
}

export function signatureVerified(entry: Entry, keys: VerifierKey[]): boolean {
  const key = keys.find((candidate) => keyId(candidate) === entry.keyId);
  return key !== undefined && ed25519Verified(entry.signature, concat(context, entry.body), key.publicKey);
}
