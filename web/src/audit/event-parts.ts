import { list, count, hexHash, members, Refusal, text } from '../ballot/json.ts';
import type { PublicCredential } from './objects.ts';

// What several types of events have in them.

export const maxVoters = 400;
const maxCredentials = 500;
export const maxTrustees = 20;
const maxVoterWeight = 1_000_000;

// A text that is an object of the protocol.
export function within<T extends object>(value: unknown, read: (exact: string) => T | string): T {
  const object = read(text(value));
  if (typeof object === 'string') throw new Refusal(object);
  return object;
}

export function elementText(value: unknown): string {
  const element = text(value);
  if (!/^[0-9a-f]{64}$/.test(element)) throw new Refusal('not the text of an element');
  return element;
}

function weightAbove1(value: unknown): number {
  const weight = count(value, maxVoterWeight);
  if (weight < 2) throw new Refusal('a weight that is not from 2 to 1000000');
  return weight;
}

export interface EnrolledVoter {
  commitment: string;
  place: string;
  weight: number;
}

export function voter(value: unknown): EnrolledVoter {
  const object = members(value, 'commitment', 'place', 'weight?');
  const weight = object.weight === undefined ? 1 : weightAbove1(object.weight);
  return { commitment: hexHash(object.commitment), place: text(object.place), weight };
}

function rollCredential(value: unknown): PublicCredential {
  const match = /^([0-9a-f]{64})(?:,([1-9][0-9]{0,6}))?$/.exec(text(value));
  if (!match) throw new Refusal('not a credential of a roll');
  return { key: match[1]!, weight: match[2] === undefined ? 1 : weightAbove1(Number(match[2])) };
}

// One place's credentials.
export function rollChunk(data: unknown): { credentials: PublicCredential[]; place: string } {
  const { credentials, place } = members(data, 'credentials', 'place');
  return { credentials: list(credentials, 1, maxCredentials, rollCredential), place: text(place) };
}
