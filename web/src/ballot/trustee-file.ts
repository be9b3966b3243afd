import { fromHex, toHex } from '../crypto/bytes.ts';
import * as group from '../crypto/group.ts';
import type { Scalar } from '../crypto/group.ts';
import { seedLength } from './ceremony.ts';
import { readTrusteeKey, trusteeKeyJson } from './trustees.ts';

// The file that a trustee keeps; the same for the command line (`suara trustee ...`) and for the trustee's page.

export interface SingleKeyFile {
  kind: 'single';
  publicKey: string; // the exact text that is published
  secret: Scalar;
}

export interface ThresholdKeyFile {
  kind: 'threshold';
  election: string; // uuid
  seed: Uint8Array;
  share: { trustee: number; secret: Scalar } | null; // null until the ceremony is done
}

export type TrusteeKeyFile = SingleKeyFile | ThresholdKeyFile;

export function trusteeKeyFileText(file: TrusteeKeyFile): string {
  const object =
    file.kind === 'single'
      ? { version: 1, public_key: file.publicKey, secret: group.scalarText(file.secret) }
      : {
          version: 1,
          kind: 'threshold',
          election: file.election,
          seed: toHex(file.seed),
          ...(file.share ? { trustee: file.share.trustee, secret: group.scalarText(file.share.secret) } : {}),
        };
  return `${JSON.stringify(object)}\n`;
}

const secretOf = (value: unknown): Scalar | null => (typeof value === 'string' ? group.parseScalar(value) : null);

function readSingle(object: Record<string, unknown>): SingleKeyFile | null {
  const secret = secretOf(object.secret);
  const publicKey = object.public_key;
  const key = typeof publicKey === 'string' ? readTrusteeKey(publicKey) : '';
  if (!secret || typeof key === 'string') return null;
  if (!group.equalElements(group.generatorPower(secret), key.publicKey)) return null;
  return { kind: 'single', publicKey: publicKey as string, secret };
}

function readThreshold(object: Record<string, unknown>): ThresholdKeyFile | null {
  const { kind, election, seed, trustee } = object;
  const bytes = typeof seed === 'string' ? fromHex(seed) : null;
  if (kind !== 'threshold' || typeof election !== 'string' || bytes?.length !== seedLength) return null;
  if (trustee === undefined) return { kind, election, seed: bytes, share: null };
  const secret = secretOf(object.secret);
  if (!Number.isInteger(trustee) || (trustee as number) < 1 || !secret) return null;
  return { kind, election, seed: bytes, share: { trustee: trustee as number, secret } };
}

// null where the text is no key file, is damaged, or its public key is not that of its secret.
export function readTrusteeKeyFile(text: string): TrusteeKeyFile | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const object = value as Record<string, unknown>;
  if (object.version !== 1) return null;
  switch (Object.keys(object).sort().join()) {
    case 'public_key,secret,version':
      return readSingle(object);
    case 'election,kind,seed,version':
    case 'election,kind,secret,seed,trustee,version':
      return readThreshold(object);
    default:
      return null;
  }
}

export function newSingleKey(): SingleKeyFile {
  const secret = group.randomScalar();
  return { kind: 'single', publicKey: trusteeKeyJson(secret), secret };
}
