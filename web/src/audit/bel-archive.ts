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

interface BelEvent {
  parent: string | null;
  height: number;
  type: BelEventType;
  payload: string | null;
}

// An event that may stand where it does, with the text of its payload.
export interface JudgedEvent {
  seq: number;
  type: BelEventType;
  payload: string; // empty for EndBallots
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
  size: number; // events, legal or not
  events: JudgedEvent[];
  types: BelEventType[]; // of all events
  data: Map<string, string>; // by hex SHA-256, as texts
}

// Which check it is a fault of that a payload, which should name other data, cannot be read.
const payloadCheck: Partial<Record<BelEventType, CheckId>> = {
  Setup: 'roll',
  EncryptedTally: 'tally',
  PartialDecryption: 'decryption',
};

// Reads on over faults; each is told with the number of the event it stands at or before.
export class ArchiveReader {
  private readonly archive: BelArchive = { size: 0, events: [], types: [], data: new Map() };
  private waiting: string[] = []; // data that no event has needed so far
  private readonly used = new Set<string>();
  private lastId: string | null = null;

  constructor(private readonly onFault: OnFault) {}

  read(tar: BelTar): BelArchive {
    const [head, ...rest] = tar.entries;
    if (head && !headIsRight(head, tar.mtime)) {
      this.fault('entries', `BELENIOS {"version":1,"timestamp":"${tar.mtime}"}`, head.name);
    }
    for (const entry of rest) this.take(entry);
    if (tar.fault !== null) this.fault('entries', 'old-style tar', tar.fault);
    else if (this.archive.size === 0) this.fault('entries', 'events', 'none');
    else if (this.waiting.length > 0) this.fault('entries', 'no data after the last event', this.waiting[0]!);
    return this.archive;
  }

  private fault(check: CheckId, expected: string, found: string): void {
    this.onFault(check, this.archive.size, expected, found);
  }

  private take({ name, content }: TarEntry): void {
    const match = /^([0-9a-f]{64})\.(data|event)\.json$/.exec(name);
    const hash = toHex(sha256(content));
    if (match?.[1] !== hash) return this.fault('entries', `${hash}.data.json or .event.json`, name);
    const exact = fromUtf8(content) ?? ''; // which is none of the protocol's objects either
    if (match[2] === 'event') return this.takeEvent(exact, hash);
    if (this.archive.data.has(hash)) return this.fault('entries', 'no data twice', name);
    this.archive.data.set(hash, exact);
    this.waiting.push(hash);
  }

  private takeEvent(exact: string, id: string): void {
    const event = readStrict(exact, maxSmall, belEvent);
    if (typeof event === 'string') return this.fault('entries', 'an event', event);
    const { size: seq, events, data } = this.archive;
    if (event.height !== seq) this.fault('chain', `height ${seq}`, `${event.height}`);
    if (event.parent !== this.lastId) this.fault('chain', `parent ${this.lastId ?? 'absent'}`, `${event.parent}`);
    const before = events.at(-1);
    const allowed: readonly string[] = before ? mayFollow[before.type] : ['Setup'];
    const legal = allowed.includes(event.type);
    if (!legal) this.fault('legality', allowed.join(' or ') || 'nothing after Result', event.type);
    const whole = this.takeData(event);
    const payload = event.payload === null ? '' : (data.get(event.payload) ?? '');
    if (legal && whole) events.push({ seq, type: event.type, payload });
    this.archive.types.push(event.type);
    this.archive.size++;
    this.lastId = id;
    this.waiting = [];
  }

  // false where data are missing, so that the event cannot be judged
  private takeData(event: BelEvent): boolean {
    if ((event.type === 'EndBallots') === (event.payload !== null)) {
      this.fault('entries', 'a payload but for EndBallots', event.type);
      return false;
    }
    const needed = this.neededBy(event);
    if (typeof needed === 'string') {
      this.fault(payloadCheck[event.type]!, `the payload of ${event.type}`, needed);
      return true;
    }
    const missing = needed.find((hash) => !this.archive.data.has(hash));
    if (missing !== undefined) {
      this.fault('entries', `data ${missing}`, 'missing');
      return false;
    }
    const fresh = needed.filter((hash, i) => !this.used.has(hash) && needed.indexOf(hash) === i);
    for (const hash of fresh) this.used.add(hash);
    if (fresh.join() !== this.waiting.join()) {
      this.fault('entries', `data ${fresh.join(' ') || 'none'}`, this.waiting.join(' ') || 'none');
    }
    return true;
  }

  // In the order in which they stand: what the payload refers to, then the payload. A text: the payload cannot be read.
  private neededBy({ type, payload }: BelEvent): string[] | string {
    if (payload === null) return [];
    const exact = this.archive.data.get(payload);
    if (exact === undefined) return [payload];
    switch (type) {
      case 'Setup': {
        const setup = readSetupData(exact);
        return typeof setup === 'string' ? setup : [setup.election, setup.trustees, setup.credentials, payload];
      }
      case 'EncryptedTally': {
        const sized = readSizedTally(exact);
        return typeof sized === 'string' ? sized : [sized.encryptedTally, payload];
      }
      case 'PartialDecryption': {
        const owned = readOwned(exact);
        return typeof owned === 'string' ? owned : [owned.payload, payload];
      }
      default:
        return [payload];
    }
  }
}
