import { concat, toHex, utf8 } from '../../src/crypto/bytes.ts';
import { sha256 } from '../../src/crypto/hash.ts';
import { archiveTexts } from './archive.ts';

// A `.bel` archive taken apart into what it says, and written anew from that: whatever is changed between, its hashes
// and its chain are right again.
export interface BelParts {
  timestamp: string;
  election: string;
  trustees: string;
  credentials: string;
  ballots: string[];
  tally: string;
  sized: string; // its hash of the tally is made right when written
  decryptions: { owner: number; partial: string }[];
  result: string;
}

const hash = (text: string): string => toHex(sha256(text));

export async function belParts(name: 'basic' | 'threshold'): Promise<BelParts> {
  const texts = await archiveTexts(name);
  const starting = (start: string): string[] => texts.filter((text) => text.startsWith(start));
  const owned = starting('{"owner":').map((text) => JSON.parse(text) as { owner: number; payload: string });
  return {
    timestamp: (JSON.parse(texts[0]!) as { timestamp: string }).timestamp,
    election: starting('{"version":1,"description"')[0]!,
    trustees: starting('[["')[0]!,
    credentials: starting('["')[0]!,
    ballots: starting('{"election_uuid"'),
    tally: starting('[[{"alpha"')[0]!,
    sized: starting('{"num_tallied"')[0]!,
    decryptions: owned.map(({ owner, payload }) => ({ owner, partial: texts.find((text) => hash(text) === payload)! })),
    result: starting('{"result"')[0]!,
  };
}

function tarEntry(name: string, content: Uint8Array, mtime: number): Uint8Array {
  const header = new Uint8Array(512);
  const octal = (value: number, digits: number): string => value.toString(8).padStart(digits, '0');
  const fields: [number, string][] = [
    [0, name],
    [100, '0000644'],
    [108, '0000000'],
    [116, '0000000'],
    [124, octal(content.length, 11)],
    [136, octal(mtime, 11)],
    [148, '        0'],
  ];
  for (const [at, text] of fields) header.set(utf8(text), at);
  const sum = header.reduce((a, b) => a + b, 0);
  header.set(utf8(`${octal(sum, 6)}\0 `), 148);
  return concat(header, content, new Uint8Array((512 - (content.length % 512)) % 512));
}

export class BelWriter {
  private readonly entries: Uint8Array[] = [];
  private readonly written = new Set<string>();
  private parent: string | null = null;
  private height = 0;

  constructor(private readonly mtime: number) {
    this.put('BELENIOS', `{"version":1,"timestamp":"${mtime}"}`);
  }

  put(name: string, text: string): void {
    this.entries.push(tarEntry(name, utf8(text), this.mtime));
  }

  data(text: string): string {
    const id = hash(text);
    if (!this.written.has(id)) this.put(`${id}.data.json`, text);
    this.written.add(id);
    return id;
  }

  event(type: string, payload: string | null, other: { height?: number; parent?: string } = {}): void {
    const parent = other.parent ?? this.parent;
    const text = JSON.stringify({
      ...(parent === null ? {} : { parent }),
      height: other.height ?? this.height,
      type,
      ...(payload === null ? {} : { payload }),
    });
    this.put(`${hash(text)}.event.json`, text);
    this.parent = hash(text);
    this.height++;
  }

  bytes(): Uint8Array {
    return concat(...this.entries);
  }
}

export function writeBel(parts: BelParts): Uint8Array {
  const out = new BelWriter(Number(parts.timestamp));
  const setup = {
    election: out.data(parts.election),
    trustees: out.data(parts.trustees),
    credentials: out.data(parts.credentials),
  };
  out.event('Setup', out.data(JSON.stringify(setup)));
  for (const ballot of parts.ballots) out.event('Ballot', out.data(ballot));
  out.event('EndBallots', null);
  const tally = out.data(parts.tally);
  out.event(
    'EncryptedTally',
    out.data(parts.sized.replace(/"encrypted_tally":"[0-9a-f]*"/, `"encrypted_tally":"${tally}"`)),
  );
  for (const { owner, partial } of parts.decryptions) {
    const payload = out.data(partial);
    out.event('PartialDecryption', out.data(JSON.stringify({ owner, payload })));
  }
  out.event('Result', out.data(parts.result));
  return out.bytes();
}
