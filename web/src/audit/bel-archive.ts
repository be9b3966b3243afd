import { count, hexHash, members, readStrict, Refusal, text } from '../ballot/json.ts';
import { fromUtf8, toHex } from '../crypto/bytes.ts';
import { sha256 } from '../crypto/hash.ts';
import type { BelTar, TarEntry } from './bel-tar.ts';
import { readSizedTally } from './objects.ts';
import type { CheckId } from './report.ts';

// The events and data of a `.bel` archive: names that are hashes, one chain of events, before each event exactly the
// data that it needs and none before it did.

export const eventTypes = ['Setup', 'Ballot', 'EndBallots', 'EncryptedTally', 'PartialDecryption', 'Result'] as const;
export type BelEventType = (typeof eventTypes)[number];

export interface BelEvent {
  parent: string | null;
  height: number;
  type: BelEventType;
  payload: string | null;
}

export interface SetupData {
  election: string;
  trustees: string;
  credentials: string;
}

const maxSmall = 4096;

function belEvent(value: unknown): BelEvent {
  const object = members(value, 'parent?', 'height', 'type', 'payload?');
  const type = eventTypes.find((known) => known === object.type);
  if (!type) throw new Refusal('a type of event that is not known');
  return {
    parent: object.parent === undefined ? null : hexHash(object.parent),
    height: count(object.height),
    type,
    payload: object.payload === undefined ? null : hexHash(object.payload),
  };
}

const readBelEvent = (exact: string): BelEvent | string => readStrict(exact, maxSmall, belEvent);

export const readSetupData = (exact: string): SetupData | string =>
  readStrict(exact, maxSmall, (value) => {
    const { election, trustees, credentials } = members(value, 'election', 'trustees', 'credentials');
    return { election: hexHash(election), trustees: hexHash(trustees), credentials: hexHash(credentials) };
  });

export const readOwned = (exact: string): { owner: number; payload: string } | string =>
  readStrict(exact, maxSmall, (value) => {
    const { owner, payload } = members(value, 'owner', 'payload');
    return { owner: count(owner, 2 ** 32 - 1), payload: hexHash(payload) };
  });

function headIsRight({ name, content }: TarEntry, mtime: number): boolean {
  if (name !== 'BELENIOS') return false;
  const read = readStrict(fromUtf8(content) ?? '', maxSmall, (value) => {
    const { version, timestamp } = members(value, 'version', 'timestamp');
    return { version: count(version), timestamp: text(timestamp) };
  });
  return typeof read !== 'string' && read.version === 1 && read.timestamp === String(mtime);
}

const mayFollow: Record<BelEventType, readonly BelEventType[]> = {
  Setup: ['Ballot', 'EndBallots'],
  Ballot: ['Ballot', 'EndBallots'],
  EndBallots: ['EncryptedTally'],
  EncryptedTally: ['PartialDecryption', 'Result'],
  PartialDecryption: ['PartialDecryption', 'Result'],
  Result: [],
};

export type OnFault = (check: CheckId, seq: number, expected: string, found: string) => void;

export interface BelArchive {
  events: BelEvent[];
  data: Map<string, string>; // by hex SHA-256, as texts
}

// Reads on over faults as far as it makes sense; each is told with the number of the event it stands at or before.
export class ArchiveReader {
  private readonly archive: BelArchive = { events: [], data: new Map() };
  private waiting: string[] = []; // data that no event has needed so far
  private readonly used = new Set<string>();
  private lastId: string | null = null;

  constructor(private readonly fault: OnFault) {}

  read(tar: BelTar): BelArchive {
    const { events } = this.archive;
    const [head, ...rest] = tar.entries;
    if (head && !headIsRight(head, tar.mtime)) {
      this.fault('entries', 0, `BELENIOS {"version":1,"timestamp":"${tar.mtime}"}`, head.name);
    }
    for (const entry of rest) if (!this.take(entry)) return this.archive;
    if (tar.fault !== null) this.fault('entries', events.length, 'old-style tar', tar.fault);
    else if (events.length === 0) this.fault('entries', 0, 'events', 'none');
    else if (this.waiting.length > 0)
      this.fault('entries', events.length, 'no data after the last event', this.waiting[0]!);
    return this.archive;
  }

  // false where what follows cannot be read
  private take({ name, content }: TarEntry): boolean {
    const seq = this.archive.events.length;
    const match = /^([0-9a-f]{64})\.(data|event)\.json$/.exec(name);
    const hash = toHex(sha256(content));
    if (match?.[1] !== hash) this.fault('entries', seq, `${hash}.data.json or .event.json`, name);
    if (!match) return false;
    const exact = fromUtf8(content);
    if (exact === null) {
      this.fault('entries', seq, 'UTF-8', name);
      return false;
    }
    if (match[2] === 'event') return this.takeEvent(exact, hash);
    if (this.archive.data.has(match[1]!)) this.fault('entries', seq, 'no data twice', name);
    this.archive.data.set(match[1]!, exact);
    this.waiting.push(match[1]!);
    return true;
  }

  private takeEvent(exact: string, id: string): boolean {
    const { events } = this.archive;
    const seq = events.length;
    const event = readBelEvent(exact);
    if (typeof event === 'string') {
      this.fault('entries', seq, 'an event', event);
      return false;
    }
    if (event.height !== seq) this.fault('chain', seq, `height ${seq}`, `${event.height}`);
    if (event.parent !== this.lastId) this.fault('chain', seq, `parent ${this.lastId ?? 'absent'}`, `${event.parent}`);
    const before = events.at(-1);
    const allowed = before ? mayFollow[before.type] : (['Setup'] as const);
    if (!(allowed as readonly string[]).includes(event.type)) {
      this.fault('legality', seq, allowed.join(' or ') || 'nothing after Result', event.type);
    }
    if ((event.type === 'EndBallots') === (event.payload !== null)) {
      this.fault('entries', seq, 'a payload but for EndBallots', event.type);
    }
    this.checkNeeds(event, seq);
    this.lastId = id;
    events.push(event);
    return true;
  }

  private checkNeeds(event: BelEvent, seq: number): void {
    const fresh: string[] = [];
    for (const hash of this.neededBy(event)) {
      if (!this.archive.data.has(hash)) this.fault('entries', seq, `data ${hash}`, 'missing');
      else if (!this.used.has(hash) && !fresh.includes(hash)) fresh.push(hash);
    }
    if (fresh.join() !== this.waiting.join()) {
      this.fault('entries', seq, `data ${fresh.join(' ') || 'none'}`, this.waiting.join(' ') || 'none');
    }
    for (const hash of [...fresh, ...this.waiting]) this.used.add(hash);
    this.waiting = [];
  }

  // In the order in which they stand: what the payload refers to, then the payload.
  private neededBy({ type, payload }: BelEvent): string[] {
    if (payload === null) return [];
    const exact = this.archive.data.get(payload) ?? '';
    if (type === 'Setup') {
      const setup = readSetupData(exact);
      if (typeof setup !== 'string') return [setup.election, setup.trustees, setup.credentials, payload];
    } else if (type === 'EncryptedTally') {
      const sized = readSizedTally(exact);
      if (typeof sized !== 'string') return [sized.encryptedTally, payload];
    } else if (type === 'PartialDecryption') {
      const owned = readOwned(exact);
      if (typeof owned !== 'string') return [owned.payload, payload];
    }
    return [payload];
  }
}
