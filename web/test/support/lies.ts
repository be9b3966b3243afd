import { writeBel, type BelParts } from './make-bel.ts';
import type { Recorded } from './make-election.ts';

// Ledgers that a service signed although they are not right: every value of every event changed in one place, every event
// by others, left out, and twice. Which places and which others, goes by a seed.

export interface Lie {
  name: string;
  events: Recorded[];
}

// Roles and forms; members who hold an office and who do not.
const actors = [
  ...['service', 'committee:ani', 'committee:budi', 'committee:x', 'administrator:root', 'trustee:x', 'voter'],
  ...['registrar:r', 'committee', 'voter:x', 'supervisor:a', 'officer:omar', 'officer:x', 'witness:w', 'auditor:a'],
];

type Path = (string | number)[];

// The same numbers for the same seed.
function numbers(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647);
}

function* leaves(value: unknown, path: Path = []): Generator<Path> {
  if (typeof value !== 'object' || value === null) {
    yield path;
    return;
  }
  for (const [key, inner] of Object.entries(value))
    yield* leaves(inner, [...path, Array.isArray(value) ? Number(key) : key]);
}

function otherText(text: string, random: () => number): string {
  const places = [...text.matchAll(/[0-9a-f]/g)].map((match) => match.index!);
  if (places.length === 0) return `${text}x`;
  const at = places[random() % places.length]!;
  const digit = Number(text[at]);
  const other = Number.isNaN(digit) ? (text[at] === 'a' ? 'b' : 'a') : String((digit + 1) % 10);
  return text.slice(0, at) + other + text.slice(at + 1);
}

function changed(events: Recorded[], seq: number, path: Path, random: () => number): Recorded[] {
  const copy = structuredClone(events);
  let at = copy[seq]!.data as Record<string | number, unknown>;
  for (const step of path.slice(0, -1)) at = at[step] as Record<string | number, unknown>;
  const last = path.at(-1)!;
  const value = at[last];
  if (typeof value === 'number') at[last] = value + 1;
  else if (typeof value === 'string') at[last] = otherText(value, random);
  else at[last] = !value;
  return copy;
}

export function* liesAbout(events: Recorded[], seed = 1): Generator<Lie> {
  const random = numbers(seed);
  for (const [seq, { type, data, actor }] of events.entries()) {
    for (const path of leaves(data)) {
      yield { name: `${seq} ${type} ${path.join('.')}`, events: changed(events, seq, path, random) };
    }
    for (const other of actors.filter((each) => each !== actor && random() % 5 < 2)) {
      const copy = structuredClone(events);
      copy[seq]!.actor = other;
      yield { name: `${seq} ${type} by ${other}`, events: copy };
    }
    const [before, from] = [events.slice(0, seq), events.slice(seq)];
    yield { name: `${seq} ${type} left out`, events: [...before, ...from.slice(1)] };
    yield { name: `${seq} ${type} twice`, events: [...before, from[0]!, ...from] };
  }
}

export interface ArchiveLie {
  name: string;
  bytes: Uint8Array;
}

type PartsChange = [name: string, change: (parts: BelParts) => void];

// One place of each text that the archive carries, several of the long ones.
function* changedTexts(parts: BelParts, random: () => number): Generator<PartsChange> {
  for (const member of ['election', 'trustees', 'credentials', 'tally', 'sized', 'result'] as const) {
    const times = Math.min(12, Math.ceil(parts[member].length / 300));
    for (let i = 0; i < times; i++) {
      yield [`${member} ${i}`, (copy) => (copy[member] = otherText(copy[member], random))];
    }
  }
  for (const i of parts.ballots.keys()) {
    yield [`ballot ${i}`, (copy) => (copy.ballots[i] = otherText(copy.ballots[i]!, random))];
  }
  for (const i of parts.decryptions.keys()) {
    const share = (copy: BelParts): BelParts['decryptions'][number] => copy.decryptions[i]!;
    yield [`decryption ${i}`, (copy) => (share(copy).partial = otherText(share(copy).partial, random))];
    yield [`owner ${i}`, (copy) => (share(copy).owner += 1)];
  }
}

function* rearranged(parts: BelParts): Generator<PartsChange> {
  for (const list of ['ballots', 'decryptions'] as const) {
    for (const i of parts[list].keys()) {
      yield [`${list} without ${i}`, (copy) => copy[list].splice(i, 1)];
      yield [`${list} with ${i} twice`, (copy) => copy[list].push(copy[list][i]! as never)];
      yield [`${list} with ${i} last`, (copy) => copy[list].push(copy[list].splice(i, 1)[0]! as never)];
    }
  }
}

// The same of a `.bel` archive: what it says changed, with its hashes and its chain right again, and its bytes changed.
export function* liesAboutArchive(parts: BelParts, seed = 1): Generator<ArchiveLie> {
  const random = numbers(seed);
  for (const [name, change] of [...changedTexts(parts, random), ...rearranged(parts)]) {
    const copy = structuredClone(parts);
    change(copy);
    yield { name, bytes: writeBel(copy) };
  }
  const whole = writeBel(parts);
  for (let i = 0; i < 60; i++) {
    const at = random() % whole.length;
    const bytes = whole.slice();
    bytes[at]! ^= 1 << (random() % 8);
    yield { name: `byte ${at}`, bytes };
    yield { name: `cut at ${at}`, bytes: whole.slice(0, at) };
    const block = 512 * Math.floor(at / 512);
    yield { name: `cut at ${block}`, bytes: whole.slice(0, block) };
  }
}
