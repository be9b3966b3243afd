import type { Recorded } from './make-election.ts';

// Ledgers that a service signed although they are not right: every value of every event changed in one place, every event
// by everyone else, left out, and twice. Which places, goes by a seed.

export interface Lie {
  name: string;
  events: Recorded[];
}

const actors = [
  'service',
  'committee:ani',
  'trustee:x',
  'voter',
  'registrar:r',
  'committee',
  'voter:x',
  'supervisor:a',
];

type Path = (string | number)[];

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
  let state = seed;
  const random = (): number => (state = (state * 48271) % 2147483647);
  for (const [seq, { type, data, actor }] of events.entries()) {
    for (const path of leaves(data)) {
      yield { name: `${seq} ${type} ${path.join('.')}`, events: changed(events, seq, path, random) };
    }
    for (const other of actors.filter((each) => each !== actor)) {
      const copy = structuredClone(events);
      copy[seq]!.actor = other;
      yield { name: `${seq} ${type} by ${other}`, events: copy };
    }
    const [before, from] = [events.slice(0, seq), events.slice(seq)];
    yield { name: `${seq} ${type} left out`, events: [...before, ...from.slice(1)] };
    yield { name: `${seq} ${type} twice`, events: [...before, from[0]!, ...from] };
  }
}
