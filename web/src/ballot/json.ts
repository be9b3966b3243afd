import { isIdentity, parseElement, parseScalar, type Element, type Scalar } from '../crypto/group.ts';
import type { Proof } from '../crypto/proof.ts';

// Strict reading of the protocol's objects. Each has one text: compact, members in the protocol's order, no needless
// escapes. That is what JSON.stringify writes, so a text that comes back from it unchanged, and whose members each
// reader below found in its order, is that one text. Readers throw Refusal; readStrict() is the only way in.

export class Refusal extends Error {}

function refuse(why: string): never {
  throw new Refusal(why);
}

// The object, or in English what is wrong with the text.
export function readStrict<T extends object>(text: string, maxLength: number, read: (value: unknown) => T): T | string {
  if (text.length > maxLength) return `longer than ${maxLength} characters`;
  let value: unknown;
  try {
    value = JSON.parse(text);
    if (JSON.stringify(value) !== text) return 'not in its one accepted form';
  } catch {
    return 'not JSON';
  }
  return readValue(value, read);
}

// The same of a value whose text was held to its form already.
export function readValue<T extends object>(value: unknown, read: (value: unknown) => T): T | string {
  try {
    return read(value);
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
}

// The same for a text within an object.
export function readInner<T extends object>(exact: string, maxLength: number, read: (value: unknown) => T): T {
  const inner = readStrict(exact, maxLength, read);
  return typeof inner === 'string' ? refuse(`a message ${inner}`) : inner;
}

// An object of exactly these members in this order; those that end in "?" may be absent.
export function members(value: unknown, ...names: string[]): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) refuse('not an object');
  const found = Object.keys(value);
  let at = 0;
  for (const name of names) {
    if (found[at] === name.replace('?', '')) at++;
    else if (!name.endsWith('?')) refuse(`no member ${name} where it belongs`);
  }
  if (at !== found.length) refuse(`a member ${found[at]} where it does not belong`);
  return value as Record<string, unknown>;
}

export function list<T>(value: unknown, min: number, max: number, item: (value: unknown) => T): T[] {
  if (!Array.isArray(value)) refuse('not a list');
  if (value.length < min || value.length > max) refuse(`a list of ${value.length}, not ${min} to ${max}`);
  return value.map((each) => item(each));
}

// Half a surrogate pair has no bytes in UTF-8, though JSON can name it.
export function text(value: unknown): string {
  if (typeof value !== 'string') refuse('not a text');
  if (/\p{Surrogate}/u.test(value)) {
    refuse('a text with half a character');
  }
  return value;
}

export function count(value: unknown, max = Number.MAX_SAFE_INTEGER): number {
  if (!Number.isSafeInteger(value) || (value as number) < 0 || (value as number) > max) refuse('not a count');
  return value as number;
}

export function hexHash(value: unknown): string {
  const hash = text(value);
  if (!/^[0-9a-f]{64}$/.test(hash)) refuse('not a hash');
  return hash;
}

export function scalar(value: unknown): Scalar {
  return parseScalar(text(value)) ?? refuse('not a number below the order of the group');
}

export function element(value: unknown): Element {
  return parseElement(text(value)) ?? refuse('not an element of the group');
}

// A key: the identity's secret is known to anyone.
export function keyElement(value: unknown): Element {
  const key = element(value);
  return isIdentity(key) ? refuse('a key that is the identity') : key;
}

export function proof(value: unknown): Proof {
  const { challenge, response } = members(value, 'challenge', 'response');
  return { challenge: scalar(challenge), response: scalar(response) };
}
